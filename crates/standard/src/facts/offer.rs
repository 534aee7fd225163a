//! Offers and associations.

use jiff::civil::Date;

use super::entity::entity;
use super::values::DateOrNone;
use super::words::{Area, Fsiii, ProviderType, TargetGroup};

entity! {
    /// A local offer.
    pub struct Offer: "offer" {
        /// The unit.
        pub id: String,
        /// What people call it.
        pub name: Option<String>,
        /// Open for everybody without enrolment.
        pub drop_in: Option<bool>,
        /// A café group.
        pub cafe: Option<bool>,
        /// Hours of the telephone.
        pub contact_hours: Option<String>,
        /// See areas.
        pub area: Option<Area>,
        /// One of the 14.
        pub fsiii_code: Option<Fsiii>,
        /// Active from: date.
        pub active_from: Option<Date>,
        /// Active to: date.
        pub active_to: Option<Date>,
        /// Own, cross_municipal, external.
        pub provider_type: Option<ProviderType>,
        /// Requires chronic disease: yes/no.
        pub requires_chronic_disease: Option<bool>,
        /// Target groups: list.
        pub target_groups: Vec<TargetGroup>,
        /// Adapted for: list.
        pub adapted_for: Vec<String>,
        /// Delivery modes: list.
        pub delivery_modes: Vec<String>,
        /// Day, evening, weekend, free.
        pub time_of_day: Option<String>,
        /// Languages: list.
        pub languages: Vec<String>,
        /// Disease specific elements: yes/no.
        pub disease_specific_elements: Option<bool>,
        /// List of instruments.
        pub test_battery: Vec<String>,
        /// Soft published: yes/no.
        pub soft_published: Option<bool>,
        /// Soft checked on: date.
        pub soft_checked_on: Option<Date>,
        /// Public changed on: date.
        pub public_changed_on: Option<Date>,
        /// Not public reason: text.
        pub not_public_reason: Option<String>,
        /// Evidence base: text.
        pub evidence_base: Option<String>,
        /// Date or none.
        pub time_limit: Option<DateOrNone>,
        /// Phone.
        pub contact_phone: Option<String>,
        /// Name.
        pub contact_person: Option<String>,
        /// Contact checked on: date.
        pub contact_checked_on: Option<Date>,
    }
}

entity! {
    /// An association of the directory.
    pub struct Association: "association" {
        /// The unit.
        pub id: String,
        /// First and last month it is open, as two digits.
        pub season: Vec<String>,
        /// Partner: yes/no.
        pub partner: Option<bool>,
        /// Last contact on: date.
        pub last_contact_on: Option<Date>,
        /// Confirmed on: date.
        pub confirmed_on: Option<Date>,
    }
}
