//! The persons of the demo who come by telephone, web or in person: official test persons of the Danish health sector.

use std::collections::BTreeSet;

use app::referrals::NewRequest;
use domain::codes::RequestedArea;
use domain::service_request::{Channel, Source};

/// A test person: number, first names, surname.
pub type Person = (&'static str, &'static str, &'static str);

pub const EINER: Person = ("0201609995", "Einer Test", "Lauridsen");
pub const LONNI: Person = ("0201609996", "Lonni Test", "Lauridsen");
pub const SCHWENDLUND: Person = ("0108589995", "Schwendlund Test", "Mosebryggersen");
pub const MAY_JUNE: Person = ("0108629996", "May June Test", "Moberg");
pub const BRITA: Person = ("1509819996", "Brita Test", "Berggren");
pub const MAX: Person = ("0107729995", "Max Test", "Berggren");
pub const KIRSTEN: Person = ("2911829996", "Kirsten Test", "Berggren");
pub const MAGNUS: Person = ("0504909995", "Magnus Test", "Lauridsen");
pub const RASMUS: Person = ("0504909989", "Rasmus Test", "Lauridsen");
pub const ANDERS: Person = ("3103979995", "Anders Test", "Jensen");
pub const MUHAMMED: Person = ("1007059995", "Muhammed Test", "Abdul");
pub const CAESAR: Person = ("2311143995", "Cæsar Test", "Østergård");

/// A request of a person about some areas, by telephone from the person until said otherwise.
pub fn request((cpr, given, surname): Person, areas: &[RequestedArea], text: &str) -> NewRequest {
    NewRequest {
        cpr: Some(cpr.to_owned()),
        given: Some(given.to_owned()),
        surname: Some(surname.to_owned()),
        phone: Some("70000001".to_owned()),
        source: Source::Citizen,
        channel: Channel::Phone,
        areas: areas.iter().copied().collect(),
        chronic_disease: Some(true),
        operation_on: None,
        text: Some(text.to_owned()),
        anonymous: false,
    }
}

/// Counselling about alcohol without a name.
pub fn anonymous() -> NewRequest {
    NewRequest {
        cpr: None,
        given: None,
        surname: None,
        phone: None,
        areas: BTreeSet::from([RequestedArea::Alcohol]),
        chronic_disease: None,
        text: Some("Vil gerne tale med nogen om sit forbrug.".to_owned()),
        anonymous: true,
        ..request(EINER, &[], "")
    }
}
