//! Citizen: number, whether dead, who keeps the record.

use super::super::Check;
use super::super::json::Node;
use super::super::path::Path;
use super::super::table::{IDENTIFIER, Kind, Shape, list, maybe, one, resource};
use super::sor;
use crate::systems::{CPR, SOR};

static MANAGING: Shape =
    Shape { elements: &[one("identifier", Kind::Object(&IDENTIFIER))], prohibited: &["reference", "type", "display"] };

/// klgateway-119-citizen.
pub static SHAPE: Shape = resource!(
    [
        list("identifier", 1, 1, Kind::Object(&IDENTIFIER)),
        maybe("active", Kind::Boolean),
        one("deceasedBoolean", Kind::Boolean),
        one("managingOrganization", Kind::Object(&MANAGING)),
    ],
    prohibited: [
        "deceasedDateTime", "name", "telecom", "gender", "birthDate", "address", "maritalStatus", "multipleBirth[x]",
        "photo", "contact", "communication", "generalPractitioner", "link",
    ]
);

/// DK Core's systems of replacement numbers.
const REPLACEMENT_NUMBERS: [&str; 2] = ["urn:oid:1.2.208.176.1.6.1.1", "urn:oid:1.2.208.176.1.6.1.3"];

/// The rules on the two numbers.
pub fn rules(check: &mut Check<'_>, resource: &Node<'_>, path: &Path<'_>) {
    let identifiers = path.child("identifier");
    for (i, identifier) in resource.items_of("identifier").iter().enumerate() {
        number(check, identifier, &identifiers.at(i));
    }
    let managing = path.child("managingOrganization");
    let at = managing.child("identifier");
    let Some(identifier) = resource.get("managingOrganization").and_then(|m| m.get("identifier")) else { return };
    if identifier.text_of("system").is_some_and(|system| system != SOR) {
        check.error("fixed-value", &at.child("system"), "Den journalførende organisation angives med SOR-kode.");
    } else if let Some(value) = identifier.text_of("value") {
        sor(check, value, &at.child("value"));
    }
}

fn number(check: &mut Check<'_>, identifier: &Node<'_>, path: &Path<'_>) {
    match identifier.text_of("system") {
        Some(CPR) if identifier.text_of("value").is_none_or(is_cpr) => {}
        Some(CPR) => check.error("cpr", &path.child("value"), "CPR-nummeret har ikke ti cifre med en dato først."),
        Some(system) if REPLACEMENT_NUMBERS.contains(&system) => {
            check.error("prohibited", path, "Borgere med erstatnings-CPR kan ikke indberettes.");
        }
        Some(_) => check.error("fixed-value", &path.child("system"), "Borgeren skal have et CPR-nummer."),
        None => {}
    }
}

/// DK Core's pattern: ten digits, of which four are a day of a month in any year; no modulus 11.
fn is_cpr(value: &str) -> bool {
    let digits = value.as_bytes();
    if digits.len() != 10 || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let two = |i: usize| (digits[i] - b'0') * 10 + digits[i + 1] - b'0';
    let last = match two(2) {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 29,
        _ => 0,
    };
    (1..=last).contains(&two(0))
}

#[cfg(test)]
mod tests {
    use super::is_cpr;

    #[test]
    fn the_pattern_of_dk_core_is_kept() {
        assert!(is_cpr("2509479989"));
        assert!(is_cpr("2902565000"));
        for wrong in
            ["250947-9989", "3002479989", "3104479989", "0001479989", "3213479989", "25094799890", "250947998x"]
        {
            assert!(!is_cpr(wrong), "{wrong}");
        }
    }
}
