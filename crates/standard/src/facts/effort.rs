//! Tests and what is planned for training.

use jiff::civil::Date;

use super::answers::Noted;
use super::entity::entity;
use super::values::Caution;
use super::words::{Phase, TrainingIntensity};

entity! {
    /// A result of an instrument.
    pub struct TestResult: "testresult" {
        /// The result.
        pub id: Option<String>,
        /// The intervention.
        pub intervention: Option<String>,
        /// Id in instruments.toml.
        pub instrument: Option<String>,
        /// Version: text.
        pub version: Option<String>,
        /// Date: date.
        pub date: Option<Date>,
        /// Start, mid, end, followup.
        pub phase: Option<Phase>,
        /// Complete: yes/no.
        pub complete: Option<bool>,
        /// Total: number.
        pub total: Option<f64>,
        /// Number, end minus start with better direction.
        pub change: Option<f64>,
        /// Comparable: yes/no.
        pub comparable: Option<bool>,
        /// Place: text.
        pub place: Option<String>,
        /// Equipment: text.
        pub equipment: Option<String>,
        /// Choice reason: text.
        pub choice_reason: Option<String>,
        /// Refused reason: text.
        pub refused_reason: Option<String>,
        /// Not possible reason: text.
        pub not_possible_reason: Option<String>,
    }
}

entity! {
    /// An activity plan.
    pub struct ActivityPlan: "activityplan" {
        /// The plan.
        pub id: Option<String>,
        /// The intervention.
        pub intervention: Option<String>,
        /// Created on: date.
        pub created_on: Option<Date>,
        /// Start, end.
        pub phase: Option<Phase>,
    }
}

entity! {
    /// What is planned for supervised training.
    pub struct Training: "training" {
        /// The intervention.
        pub intervention: Option<String>,
        /// Individual plan: yes/no.
        pub individual_plan: Option<bool>,
        /// List of kondition, styrke, balance, motorik.
        pub focus: Vec<String>,
        /// Guideline id: id.
        pub guideline_id: Option<String>,
        /// Low, moderate, high.
        pub intensity: Option<TrainingIntensity>,
        /// Low intensity reason: text.
        pub low_intensity_reason: Option<String>,
        /// Per week: number.
        pub per_week: Option<f64>,
        /// Minutes: number.
        pub minutes: Option<f64>,
        /// Weeks: number.
        pub weeks: Option<f64>,
        /// Deviation reason: text.
        pub deviation_reason: Option<String>,
        /// Yes/no with note.
        pub nutrition_considered: Option<Noted>,
        /// None, named, doubt.
        pub caution: Option<Caution>,
        /// Doctor contact on: date.
        pub doctor_contact_on: Option<Date>,
    }
}
