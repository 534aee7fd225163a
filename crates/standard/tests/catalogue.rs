//! Files of the standard that are wrong are refused with words that say where.
#![allow(clippy::unwrap_used)]

use standard::{Files, Part, STANDARD, StandardFault, read};

const AREA: &str = "areas/maalgruppe.toml";

/// The built-in files with one text of the first area changed.
fn area_with(from: &str, to: &str) -> StandardFault {
    let mut areas = Files::BUILT_IN.areas.to_vec();
    assert_eq!(areas[0].0, AREA);
    assert!(areas[0].1.contains(from));
    let changed = areas[0].1.replacen(from, to, 1);
    areas[0].1 = &changed;
    read(&Files { areas: &areas, ..Files::BUILT_IN }).unwrap_err()
}

fn limits_with(from: &str, to: &str) -> StandardFault {
    assert!(Files::BUILT_IN.limits.contains(from));
    let limits = Files::BUILT_IN.limits.replacen(from, to, 1);
    read(&Files { limits: &limits, ..Files::BUILT_IN }).unwrap_err()
}

#[test]
fn the_standard_has_256_requirements_and_no_safety_mark_is_lost() {
    assert_eq!(STANDARD.requirements.len(), 256);
    assert_eq!(STANDARD.requirements.iter().filter(|one| one.safety).count(), 13);
    assert_eq!(STANDARD.requirements.iter().filter(|one| one.is_informational()).count(), 14);
}

#[test]
fn an_unknown_field_is_refused_with_its_file_line_and_requirement() {
    let fault = area_with("kind = \"krav\"", "kinds = \"krav\"");
    let StandardFault::Form { file, line, entry, .. } = &fault else { panic!("{fault:?}") };
    assert_eq!((file.as_str(), entry.as_deref()), (AREA, Some("KS-2.1-01")));
    assert_eq!(*line, 7);
    assert_eq!(
        fault.user_message(),
        "areas/maalgruppe.toml, KS-2.1-01: Linje 7 kan ikke læses. Se, om feltet er skrevet rigtigt."
    );
}

#[test]
fn a_fact_or_limit_that_is_not_there_is_refused_with_its_requirement() {
    let fault = area_with("\"offer.active_from\"", "\"offer.activ_from\"");
    let known = StandardFault::Unknown {
        file: AREA.to_owned(),
        requirement: "KS-2.1-01".to_owned(),
        part: Part::Field,
        found: "offer.activ_from".to_owned(),
    };
    assert_eq!(fault, known);
    assert_eq!(
        fault.user_message(),
        "areas/maalgruppe.toml, KS-2.1-01, fields: Standarden kender ikke feltet »offer.activ_from«."
    );
    let fault = area_with("\"offer_horizon_days\"", "\"offer_horizon\"");
    assert!(matches!(fault, StandardFault::Unknown { part: Part::Limit, .. }), "{fault:?}");
}

#[test]
fn an_area_or_capability_that_is_not_there_is_refused() {
    let fault = area_with("area = \"maalgruppe\"", "area = \"maalgrupper\"");
    assert!(matches!(fault, StandardFault::Unknown { part: Part::Area, .. }), "{fault:?}");
    let fault = area_with("capability = [\"offers\"]", "capability = [\"offer\"]");
    assert!(matches!(fault, StandardFault::Unknown { part: Part::Capability, .. }), "{fault:?}");
}

#[test]
fn a_requirement_without_its_rule_is_refused() {
    let rule = Files::BUILT_IN.areas[0].1.split("[requirement.rule]").nth(1).unwrap().split("\n[[").next().unwrap();
    let fault = area_with(&format!("[requirement.rule]{rule}"), "");
    let missing = StandardFault::WrongTable {
        file: AREA.to_owned(),
        requirement: "KS-2.1-01".to_owned(),
        check: "data",
        needs: "rule",
    };
    assert_eq!(fault, missing);
    assert!(fault.user_message().contains("[requirement.rule]"));
}

#[test]
fn an_id_that_stands_twice_and_a_file_that_lacks_one_are_refused() {
    let fault = area_with("\"KS-2.1-02\"", "\"KS-2.1-01\"");
    assert_eq!(fault, StandardFault::Twice { file: AREA.to_owned(), id: "KS-2.1-01".to_owned() });
    let fault = read(&Files { areas: &Files::BUILT_IN.areas[1..], ..Files::BUILT_IN }).unwrap_err();
    assert!(matches!(fault, StandardFault::Count { .. }), "{fault:?}");
}

#[test]
fn a_limit_out_of_range_of_an_unknown_unit_or_missing_is_refused() {
    let fault = limits_with("id = \"contact_workdays\", value = 5", "id = \"contact_workdays\", value = 500");
    assert!(matches!(&fault, StandardFault::Range { limit, .. } if limit == "contact_workdays"), "{fault:?}");
    assert_eq!(
        fault.user_message(),
        "limits.toml, contact_workdays, value: 500 arbejdsdage kan ikke passe. Skriv et tal fra 0 til 60."
    );
    let fault = limits_with("unit = \"kg/m2\"", "unit = \"bmi\"");
    assert!(matches!(&fault, StandardFault::Form { file, .. } if file == "limits.toml"), "{fault:?}");
    let fault = limits_with("id = \"contact_workdays\"", "id = \"contact_days\"");
    assert!(matches!(&fault, StandardFault::Limits { limit, .. } if limit == "contact_days"), "{fault:?}");
}
