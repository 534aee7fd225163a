//! The citizen: who, what is needed, relatives and consent.

use jiff::civil::Date;

use super::answers::{Consent, MentalIllness, Noted, Pregnant, Ternary};
use super::entity::entity;
use super::values::{Diagnosis, Listed};
use super::words::RelativeAnswer;

entity! {
    /// The citizen of a course.
    pub struct Citizen: "citizen" {
        /// The citizen, without name or CPR number.
        pub id: String,
        /// Day the citizen asked not to be contacted.
        pub no_contact_on: Option<Date>,
        /// Day of death.
        pub dead_on: Option<Date>,
        /// Day the citizen moved away.
        pub moved_on: Option<Date>,
        /// List of codes (SKS or ICPC-2) with text and main/side.
        pub diagnoses: Vec<Diagnosis>,
        /// Integer, years on the day.
        pub age: Option<i32>,
        /// Sex: code.
        pub sex: Option<String>,
        /// District or postcode area.
        pub area: Option<String>,
        /// Local list, self-reported.
        pub occupation: Option<String>,
        /// Local list, self-reported.
        pub education: Option<String>,
        /// Local list, self-reported.
        pub civil_status: Option<String>,
        /// SOR unit of the GP.
        pub gp_unit: Option<String>,
        /// Yes/no/unknown, severe marked.
        pub mental_illness: Option<MentalIllness>,
        /// Yes/no/not relevant/unknown.
        pub pregnant: Option<Pregnant>,
    }
}

entity! {
    /// Practical needs, asked before the talk.
    pub struct Needs: "need" {
        /// Day the block was answered.
        pub answered_on: Option<Date>,
        /// The citizen declines arrangements.
        pub declined: Option<bool>,
        /// Interpreter: yes/no.
        pub interpreter: Option<Ternary>,
        /// ISO code.
        pub language: Option<String>,
        /// Hearing, sight, none.
        pub sensory: Option<Listed>,
        /// Yes/no with kind.
        pub transport: Option<Noted>,
        /// Companion: yes/no.
        pub companion: Option<Ternary>,
        /// Self, help, none.
        pub digital: Option<String>,
        /// None or text.
        pub cognitive: Option<String>,
        /// What was arranged and by whom.
        pub arrangement: Option<String>,
        /// Not met reason: text.
        pub not_met_reason: Option<String>,
    }
}

entity! {
    /// Relatives of the citizen.
    pub struct Relative: "relative" {
        /// The intervention.
        pub intervention: Option<String>,
        /// Asked on: date.
        pub asked_on: Option<Date>,
        /// Yes, no, has_none, later.
        pub citizen_answer: Option<RelativeAnswer>,
        /// Relation.
        pub role: Option<String>,
    }
}

entity! {
    /// Consent by purpose.
    pub struct Consents: "consent" {
        /// Yes/no/withdrawn with dates.
        pub feedback: Option<Consent>,
        /// Yes/no/withdrawn.
        pub gp_status: Option<Consent>,
        /// Yes/no/withdrawn.
        pub treating_doctor: Option<Consent>,
        /// Yes/no/withdrawn.
        pub referral: Option<Consent>,
        /// Yes/no/withdrawn.
        pub coordination: Option<Consent>,
    }
}
