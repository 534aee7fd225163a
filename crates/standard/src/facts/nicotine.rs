//! Nicotine cessation and STOPbasen.

use jiff::civil::Date;

use super::answers::{Consent, Need, Ternary};
use super::entity::entity;
use super::values::{Amount, Loose, Product};
use super::words::{CourseType, MedicineKind, NicotineGoal, NicotineOutcome};

entity! {
    /// A course of nicotine cessation.
    pub struct Nicotine: "nicotine" {
        /// The intervention.
        pub intervention: Option<String>,
        /// Day of the record.
        pub recorded_on: Option<Date>,
        /// Why medicine does not matter for a product without smoke.
        pub psychotropics_not_relevant_reason: Option<String>,
        /// The citizen declines medicine.
        pub medicine_declined: Option<bool>,
        /// An adapted dependence test was recorded.
        pub adapted_test: Option<bool>,
        /// List with kind and amount per day or week.
        pub products: Vec<Product>,
        /// Yes/no/later.
        pub wish_to_stop: Option<Need>,
        /// Stop, reduction, undecided.
        pub goal_type: Option<NicotineGoal>,
        /// Amount.
        pub reduction_from: Option<Loose>,
        /// Amount and date.
        pub reduction_to: Option<Amount>,
        /// Intensive, flexible, short.
        pub recommended_type: Option<CourseType>,
        /// Not intensive reason: text.
        pub not_intensive_reason: Option<String>,
        /// Expected wait days: integer.
        pub expected_wait_days: Option<i32>,
        /// Phone, video, sms, other.
        pub bridge_mode: Option<String>,
        /// None, over_the_counter, prescription, both.
        pub medicine_kind: Option<MedicineKind>,
        /// Pharmacy, municipality.
        pub product_advice_by: Option<String>,
        /// Dose advice: text.
        pub dose_advice: Option<String>,
        /// Duration weeks: integer.
        pub duration_weeks: Option<i32>,
        /// Taper plan: text.
        pub taper_plan: Option<String>,
        /// Gp contact on: date.
        pub gp_contact_on: Option<Date>,
        /// Yes/no/unknown.
        pub psychotropics: Option<Ternary>,
        /// Doctor contact on: date.
        pub doctor_contact_on: Option<Date>,
        /// Stop date: date.
        pub stop_date: Option<Date>,
        /// Stopped, reduced, unchanged, unknown.
        pub outcome: Option<NicotineOutcome>,
        /// Relapse on: date.
        pub relapse_on: Option<Date>,
    }
}

entity! {
    /// STOPbasen about an intervention.
    pub struct Stop: "stop" {
        /// The intervention.
        pub intervention: Option<String>,
        /// Yes/no with date.
        pub consent: Option<Consent>,
        /// Baseline complete: yes/no.
        pub baseline_complete: Option<bool>,
        /// End complete: yes/no.
        pub end_complete: Option<bool>,
        /// Followup complete: yes/no.
        pub followup_complete: Option<bool>,
        /// Whether the citizen was reached six months after the end: the form is complete with the reason why not, too.
        pub followup_reached: Option<bool>,
        /// Exported on: date.
        pub exported_on: Option<Date>,
    }
}
