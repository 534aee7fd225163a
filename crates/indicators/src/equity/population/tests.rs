//! A small health profile, and what is refused in it.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const GOOD: &str = "\
kommune;sygdom;alder;køn;antal
0101;DE11;18-39 år;Mænd;1.200
0101;DE11;18-39 år;Kvinder;1.100
0101;DE11;18-39 år;I alt;2.300
0101;Alle;80+;Mænd;40
0147;DE11;18-39 år;Mænd;90
";

fn mapping() -> Mapping {
    Mapping {
        source: "Sundhedsprofil".to_owned(),
        dataset_date: date(2026, 1, 1),
        delimiter: ';',
        municipality: "kommune".to_owned(),
        persons: "antal".to_owned(),
        disease: Some("sygdom".to_owned()),
        any_disease: "Alle".to_owned(),
        strata: vec![(Breakdown::AgeBand, "alder".to_owned()), (Breakdown::Sex, "køn".to_owned())],
        total: "I alt".to_owned(),
    }
}

fn code(code: &str) -> MunicipalityCode {
    MunicipalityCode::parse(code).unwrap()
}

/// What is wrong when a text of the good file is changed.
fn faults(from: &str, to: &str) -> Vec<(u64, String, FaultKind)> {
    assert!(GOOD.contains(from));
    let faults = read(&GOOD.replacen(from, to, 1), &mapping(), &[code("101"), code("147")]).unwrap_err();
    faults.into_iter().map(|fault| (fault.line, fault.column, fault.kind)).collect()
}

#[test]
fn persons_are_counted_by_disease_and_stratum_and_sums_once() {
    let table = read(&format!("\u{feff}{GOOD}"), &mapping(), &[code("101"), code("147")]).unwrap();
    assert_eq!(table.persons(&code("101"), Some("DE11")), Some(2_300));
    assert_eq!(table.persons(&code("101"), None), Some(40));
    assert_eq!(table.persons(&code("147"), Some("DJ44")), None);
    let by_sex = table.strata(&code("101"), Some("DE11"), Breakdown::Sex);
    assert_eq!(by_sex, Some(vec![("female", 1_100), ("male", 1_200)]));
    assert_eq!(table.strata(&code("101"), Some("DE11"), Breakdown::Education), None);
    assert_eq!((table.rows().len(), table.diseases()), (4, vec!["DE11"]));
}

#[test]
fn what_does_not_fit_is_refused_with_line_and_column() {
    let kommune = || "kommune".to_owned();
    assert_eq!(faults("0147", "0999"), [(6, kommune(), FaultKind::UnknownMunicipality("0999".to_owned()))]);
    assert_eq!(faults("0147;", "0101;")[0], (0, kommune(), FaultKind::MissingMunicipality(code("147"))));
    assert_eq!(faults(";2.300", ";2.301"), [(4, "antal".to_owned(), FaultKind::Sum { said: 2_301, parts: 2_300 })]);
    assert_eq!(faults(";90", ";9,5"), [(6, "antal".to_owned(), FaultKind::NoNumber("9,5".to_owned()))]);
    assert_eq!(faults(";90", ";1.20"), [(6, "antal".to_owned(), FaultKind::NoNumber("1.20".to_owned()))]);
    assert_eq!(faults("80+", "85+"), [(5, "alder".to_owned(), FaultKind::UnknownStratum("85+".to_owned()))]);
    assert_eq!(faults("Alle", ""), [(5, "sygdom".to_owned(), FaultKind::Empty)]);
    assert_eq!(faults(";90", ""), [(6, String::new(), FaultKind::Form)]);
    assert_eq!(faults("køn;", "kon;"), [(1, "køn".to_owned(), FaultKind::NoColumn)]);
}

#[test]
fn every_fault_is_told_at_once_and_a_line_said_twice_is_one() {
    let text = format!("{GOOD}0999;DE11;18-39 år;Mænd;x\n");
    let found = read(&text, &mapping(), &[]).unwrap_err();
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].user_message(), "Linje 7, kolonnen »kommune«: Ingen kommune har koden »0999«.");
    let text = format!("{GOOD}0147;DE11;18-39 år;Mænd;95\n");
    let found = read(&text, &mapping(), &[]).unwrap_err();
    assert_eq!(found[0].user_message(), "Linje 7: Linjen siger det samme som linje 6.");
    let found = read(GOOD, &mapping(), &[code("751")]).unwrap_err();
    assert_eq!(found[0].user_message(), "Kolonnen »kommune«: Aarhus Kommune (751) mangler i filen.");
}

#[test]
fn a_line_is_counted_as_the_sender_sees_it_also_below_empty_ones() {
    let text = GOOD.replace("0101;Alle", "\n\r\n0101;Alle").replace(";90", ";ni");
    let found = read(&text, &mapping(), &[code("101")]).unwrap_err();
    assert_eq!(found[0].line, 8);
}

#[test]
fn a_mapping_that_names_a_column_twice_is_refused() {
    let twice = Mapping { persons: "kommune".to_owned(), ..mapping() };
    assert_eq!(read(GOOD, &twice, &[]).unwrap_err()[0].kind, FaultKind::ColumnTwice);
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_fall(text in "[\\PC\n\r;\"]{0,200}", lines in 0usize..4) {
        let _ = read(&text, &mapping(), &[code("101")]);
        let begun: String = GOOD.split_inclusive('\n').take(lines).collect();
        let _ = read(&format!("{begun}{text}"), &mapping(), &[]);
    }

    #[test]
    fn what_is_written_is_read(persons in prop::collection::vec(0u64..3_000_000, 12)) {
        let ages = ["18-39", "40-49", "50-59", "60-69", "70-79", "80+"];
        let cells = ages.iter().flat_map(|age| ["Mænd", "Kvinder"].map(|sex| (*age, sex)));
        let lines = cells.zip(&persons).map(|((age, sex), persons)| format!("0101;DE11;{age};{sex};{persons}\n"));
        let whole: u64 = persons.iter().sum();
        let text = format!("kommune;sygdom;alder;køn;antal\n{}0101;DE11;I alt;I alt;{whole}\n", lines.collect::<String>());
        let table = read(&text, &mapping(), &[code("101")]).unwrap();
        prop_assert_eq!(table.persons(&code("101"), Some("DE11")), Some(whole));
        let by_age = table.strata(&code("101"), Some("DE11"), Breakdown::AgeBand).unwrap();
        let read: Vec<u64> = by_age.into_iter().map(|(_, persons)| persons).collect();
        let written: Vec<u64> = persons.chunks(2).map(|pair| pair.iter().sum()).collect();
        prop_assert_eq!(read, written);
    }
}
