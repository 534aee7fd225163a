//! Nutrition assessment and diet treatment.

use jiff::civil::Date;

use super::answers::{Loss, Noted};
use super::entity::entity;
use super::values::{Listed, Weight};
use super::words::RiskLevel;

entity! {
    /// A nutrition assessment.
    pub struct Nutrition: "nutrition" {
        /// The intervention it opened, also when only considered.
        pub intervention: Option<String>,
        /// The citizen refuses weighing.
        pub weighing_refused: Option<bool>,
        /// Already in diet treatment at a hospital.
        pub hospital_diet: Option<bool>,
        /// Assessed on: date.
        pub assessed_on: Option<Date>,
        /// Weight kg: number.
        pub weight_kg: Option<f64>,
        /// Height cm: number.
        pub height_cm: Option<f64>,
        /// Bmi: number.
        pub bmi: Option<f64>,
        /// List of dated weights, self-reported marked.
        pub weight_history: Vec<Weight>,
        /// Yes/no with kg and months.
        pub unplanned_loss: Option<Loss>,
        /// Undernutrition: yes/no.
        pub undernutrition: Option<bool>,
        /// Knowledge: code.
        pub knowledge: Option<String>,
        /// Skills: code.
        pub skills: Option<String>,
        /// Motivation: code.
        pub motivation: Option<String>,
        /// None, risk.
        pub risk_level: Option<RiskLevel>,
        /// Diet considered: yes/no.
        pub diet_considered: Option<bool>,
        /// Diet not reason: text.
        pub diet_not_reason: Option<String>,
        /// Yes/no with note.
        pub activity_considered: Option<Noted>,
    }
}

entity! {
    /// Diet treatment.
    pub struct Diet: "diet" {
        /// The intervention.
        pub intervention: Option<String>,
        /// Already in diet treatment at a hospital.
        pub hospital_treatment: Option<bool>,
        /// Text or form.
        pub history: Option<String>,
        /// Needs: text.
        pub needs: Option<String>,
        /// Nutrition diagnosis.
        pub diagnosis: Option<String>,
        /// Text or form.
        pub plan: Option<String>,
        /// Individual advice: yes/no.
        pub individual_advice: Option<bool>,
        /// Monitoring: text.
        pub monitoring: Option<String>,
        /// Evaluation: text.
        pub evaluation: Option<String>,
        /// Closing: date.
        pub closing: Option<Date>,
        /// None or list.
        pub interdisciplinary_need: Option<Listed>,
        /// Need reassessed on: date.
        pub need_reassessed_on: Option<Date>,
    }
}
