//! Figures and agreements of the municipality.

use jiff::civil::Date;

use super::entity::entity;
use super::values::{DateOrNone, Estimate};

entity! {
    /// A population figure.
    pub struct Population: "population" {
        /// Source: text.
        pub source: Option<String>,
        /// Dataset date: date.
        pub dataset_date: Option<Date>,
        /// Count: integer.
        pub count: Option<i32>,
        /// Disease: code.
        pub disease: Option<String>,
        /// Area.
        pub district: Option<String>,
        /// Strata: list.
        pub strata: Vec<String>,
    }
}

entity! {
    /// An indicator and its runs.
    pub struct IndicatorFacts: "indicator" {
        /// Indicator id.
        pub id: Option<String>,
        /// Enabled: yes/no.
        pub enabled: Option<bool>,
        /// Staff id.
        pub owner: Option<String>,
        /// Run on: date.
        pub run_on: Option<Date>,
        /// Data date: date.
        pub data_date: Option<Date>,
        /// Reviewed on: date.
        pub reviewed_on: Option<Date>,
        /// Strata: list.
        pub strata: Vec<String>,
        /// Gap action: text.
        pub gap_action: Option<String>,
    }
}

entity! {
    /// An improvement project.
    pub struct Improvement: "improvement" {
        /// First day.
        pub active_from: Option<Date>,
        /// Last day.
        pub active_to: Option<Date>,
        /// Text with number and date.
        pub aim: Option<String>,
        /// Indicator id: id.
        pub indicator_id: Option<String>,
        /// Pdsa count: integer.
        pub pdsa_count: Option<i32>,
    }
}

entity! {
    /// Meetings and estimates with practice.
    pub struct Collab: "collab" {
        /// Meeting on: date.
        pub meeting_on: Option<Date>,
        /// KLU, cluster, practice consultant, partner.
        pub forum: Option<String>,
        /// Topic: text.
        pub topic: Option<String>,
        /// Number per area and year.
        pub estimate: Option<Estimate>,
    }
}

entity! {
    /// An attested competence.
    pub struct Competence: "competence" {
        /// Staff id.
        pub person: Option<String>,
        /// Id in requirements.toml.
        pub requirement_id: Option<String>,
        /// Given on: date.
        pub given_on: Option<Date>,
        /// Staff id of the leader.
        pub given_by: Option<String>,
        /// Text or file.
        pub evidence: Option<String>,
        /// Date or none.
        pub expires_on: Option<DateOrNone>,
    }
}

entity! {
    /// An attestation of a requirement.
    pub struct Attestation: "attestation" {
        /// Requirement id: id.
        pub requirement_id: Option<String>,
        /// Municipality, unit or offer.
        pub scope: Option<String>,
        /// Staff id.
        pub by: Option<String>,
        /// Given on: date.
        pub given_on: Option<Date>,
        /// Text or file.
        pub evidence: Option<String>,
        /// Date or none.
        pub expires_on: Option<DateOrNone>,
    }
}
