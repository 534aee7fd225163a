//! The alcohol talk.

use jiff::civil::Date;

use super::answers::{Noted, Ternary};
use super::entity::entity;
use super::values::Chosen;
use super::words::{AlcoholClass, AlcoholGoal, TreatmentAnswer};

entity! {
    /// What an alcohol talk found.
    pub struct Alcohol: "alcohol" {
        /// The intervention.
        pub intervention: Option<String>,
        /// Already in alcohol treatment.
        pub in_treatment: Option<bool>,
        /// Units day: number.
        pub units_day: Option<f64>,
        /// None, storforbrug, skadeligt, afhaengighed.
        pub class: Option<AlcoholClass>,
        /// Very high use: yes/no.
        pub very_high_use: Option<bool>,
        /// Reduction, stop, none.
        pub goal_type: Option<AlcoholGoal>,
        /// Diary advised: yes/no.
        pub diary_advised: Option<bool>,
        /// Uses medicine: yes/no.
        pub uses_medicine: Option<Ternary>,
        /// Medicine advice given: yes/no.
        pub medicine_advice_given: Option<bool>,
        /// Medical need: yes/no.
        pub medical_need: Option<bool>,
        /// Medical referral on: date.
        pub medical_referral_on: Option<Date>,
        /// Treatment referral on: date.
        pub treatment_referral_on: Option<Date>,
        /// Accepted, declined, later.
        pub treatment_answer: Option<TreatmentAnswer>,
        /// Family clinic referral on: date.
        pub family_clinic_referral_on: Option<Date>,
        /// Yes/no with date and person.
        pub notification_considered: Option<Noted>,
        /// Made, not_made with reason.
        pub notification_decision: Option<Chosen>,
        /// List of four items.
        pub info_given: Vec<String>,
    }
}
