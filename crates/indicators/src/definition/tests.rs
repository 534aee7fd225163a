//! The files as they are, and what is refused in them.

use std::collections::BTreeSet;

use super::*;
use crate::counting::REGISTRY;

/// The core set of the standard's monitoring chapter as the project reads it.
const CORE: [&str; 28] = [
    "R01", "R03", "T01", "T02", "T03", "T04", "T05", "T07", "U01", "U05", "U06", "U08", "C01", "C02", "D03", "O02",
    "O05", "O06", "A01", "A02", "A07", "E01", "E02", "E03", "Q01", "Q02", "Q03", "Q07",
];

#[test]
fn every_file_is_read() {
    for (name, text) in FILES {
        assert!(read(text).is_ok(), "{name}: {:?}", read(text));
    }
}

#[test]
fn there_are_seventy_one_indicators_each_once() {
    let ids: BTreeSet<&str> = DEFINITIONS.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids.len(), 71);
    let versions: BTreeSet<(&str, u8)> = DEFINITIONS.iter().map(|one| (one.id.as_str(), one.version)).collect();
    assert_eq!(versions.len(), DEFINITIONS.len());
}

#[test]
fn the_core_set_is_the_standards() {
    let core: BTreeSet<&str> = DEFINITIONS.iter().filter(|one| one.core).map(|one| one.id.as_str()).collect();
    assert_eq!(core, CORE.into());
}

#[test]
fn a_file_holds_one_group_and_a_group_stands_in_one_file() {
    let mut groups = BTreeSet::new();
    for (name, text) in FILES {
        let group: BTreeSet<char> = read(text).unwrap().iter().map(Definition::group).collect();
        assert_eq!(group.len(), 1, "{name}");
        assert!(group.iter().all(|letter| groups.insert(*letter)), "{name}");
    }
}

#[test]
fn what_is_counted_has_a_definition_of_the_same_version() {
    for indicator in REGISTRY.iter() {
        assert!(find(indicator.id, indicator.version).is_some(), "{}", indicator.id);
    }
}

#[test]
fn only_figures_over_time_have_a_chart_and_they_are_monthly() {
    for one in DEFINITIONS.iter().filter(|one| one.chart != Chart::None) {
        assert!(matches!(one.every, Every::Month | Every::MonthEnd), "{}", one.id);
    }
    assert_eq!(newest("U08").unwrap().chart, Chart::P);
    assert_eq!(newest("U08").unwrap().better, Better::Lower);
    assert_eq!(newest("O06").unwrap().goal_percent, Some(50));
    assert_eq!(newest("R08").unwrap().followed_days(), 90);
    assert_eq!(newest("X99"), None);
}

#[test]
fn danish_words_are_danish() {
    for one in DEFINITIONS.iter() {
        let words = [&one.danish.numerator, &one.danish.denominator, &one.danish.time];
        assert!(words.iter().all(|text| text.ends_with('.')), "{}", one.id);
        assert_ne!(one.danish.numerator, one.english.numerator, "{}", one.id);
        assert!(!words.iter().any(|text| text.contains("_days") || text.contains("_workdays")), "{}", one.id);
    }
}

#[test]
fn sensitive_strata_are_those_of_the_standard() {
    let sensitive: Vec<&str> = Breakdown::ALL.iter().filter(|one| one.is_sensitive()).map(|one| one.word()).collect();
    assert_eq!(sensitive, ["language_need", "mental_illness", "education", "origin"]);
    assert!(Breakdown::SenderUnit.is_internal() && !Breakdown::Source.is_internal());
}

/// A file that is right, with one thing changed.
fn changed(from: &str, to: &str) -> FileFault {
    let file = FILES[2].1;
    assert!(file.contains(from), "{from}");
    read(&file.replacen(from, to, 1)).unwrap_err()
}

#[test]
fn an_unknown_field_is_refused_with_its_line() {
    let fault = changed("core = true", "core = true\ncolour = \"red\"");
    assert!(matches!(&fault, FileFault::Form { line: 13, why } if why.contains("colour")), "{fault:?}");
    assert_eq!(fault.user_message(), "Linje 13 i filen kan ikke læses. Se, om feltet er skrevet rigtigt.");
}

#[test]
fn unknown_words_are_refused() {
    for (from, to) in [
        ("kind = \"share\"", "kind = \"percent\""),
        ("chart = \"run\"", "chart = \"pie\""),
        ("better = \"higher\"", "better = \"more\""),
        ("every = \"month\"", "every = \"fortnight\""),
        ("area = \"afklarende_samtale\"", "area = \"samtale\""),
        ("\"age_band\"", "\"shoe_size\""),
    ] {
        assert!(matches!(changed(from, to), FileFault::Form { line: 1.., .. }), "{to}");
    }
}

#[test]
fn what_cannot_be_is_refused_by_the_indicators_name() {
    for (from, to, why) in [
        ("id = \"U01\"", "id = \"U1\"", "Id er et bogstav og to cifre."),
        ("id = \"U02\"", "id = \"U01\"", "Den samme version står to gange."),
        ("version = 1", "version = 0", "Versionen begynder med 1."),
        (
            "kind = \"median_days\"\nchart = \"none\"",
            "kind = \"count\"\nchart = \"p\"",
            "Et kontroldiagram kræver en andel.",
        ),
        ("closes_after_days = 90", "closes_after_days = 0", "Opfølgningen er 1 til 366 dage."),
        ("every = \"month\"", "every = \"month\"\ngoal_percent = 101", "Målet er 1 til 100 %."),
        ("\"sex\"", "\"source\"", "En opdeling står to gange."),
        ("\"KS-3.1-01\"", "\"KS 3.1\"", "Et krav er skrevet forkert."),
        ("\"talk.kind\"", "\"talk\"", "Et felt er skrevet forkert."),
        ("title = \"Ja til afklarende samtale\"", "title = \" \"", "Navn, tæller, nævner og tid skal være skrevet."),
    ] {
        let fault = changed(from, to);
        assert!(matches!(&fault, FileFault::Content { why: said, .. } if *said == why), "{fault:?}");
    }
}
