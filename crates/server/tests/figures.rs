//! The commands that tell figures, take extracts out and simulate.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod support;

use serde_json::{Value, json};
use support::{Place, lines, receive, said};

#[test]
fn every_indicator_is_a_line_with_its_newest_figure_and_small_numbers_are_hidden() {
    let place = Place::on_sqlite().with_testby();
    receive(&place, &["01-xref15-gp-type2-diabetes-diet"]);
    let output = place.run(&["indicators", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let all = lines(&output);
    assert_eq!(all.len(), 71);
    let of = |id: &str| all.iter().find(|line| line["id"] == id).unwrap();
    assert!(of("R06")["unknown"].is_string() && of("U05")["value"].is_null());
    let text = String::from_utf8(place.run(&["indicators"]).stdout).unwrap();
    assert!(text.lines().count() == 71 && text.lines().any(|line| line.starts_with("U05 ")));
    let csv = String::from_utf8(place.run(&["indicators", "--format", "csv"]).stdout).unwrap();
    assert!(csv.starts_with('\u{feff}') && csv.lines().count() == 72);
    assert!(place.run(&["indicators", "--format", "xlsx"]).stdout.starts_with(b"PK"));
    assert_eq!(place.run(&["indicators", "--organization", "123"]).status.code(), Some(1));
}

#[test]
fn every_requirement_of_the_standard_is_a_line_and_what_was_received_counts() {
    let place = Place::on_sqlite().with_testby();
    receive(&place, &["01-xref15-gp-type2-diabetes-diet"]);
    let output = place.run(&["quality", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let all = lines(&output);
    assert_eq!(all.len(), 256);
    let of = |id: &str| all.iter().find(|line| line["id"] == id).unwrap();
    let electronic = json!({ "id": "KS-2.2-03", "check": "data", "met": 1, "not_met": 0, "not_yet_due": 0,
        "not_applicable": 0, "unknown": 0, "share": 1.0 });
    assert_eq!(*of("KS-2.2-03"), electronic);
    assert_eq!(of("KS-2.2-06")["not_yet_due"], 1);
    assert_eq!((&of("KS-1.1-01")["check"], &of("KS-1.1-01")["share"]), (&json!("attest"), &Value::Null));
    let text = String::from_utf8(place.run(&["quality"]).stdout).unwrap();
    assert_eq!(text.lines().count(), 256);
    assert!(text.lines().any(|line| line.starts_with("KS-2.2-03") && line.contains(" 100%")));
    let csv = String::from_utf8(place.run(&["quality", "--format", "csv"]).stdout).unwrap();
    assert!(csv.starts_with('\u{feff}') && csv.lines().count() > 256);
    assert!(place.run(&["quality", "--format", "xlsx"]).stdout.starts_with(b"PK"));
    assert_eq!(place.run(&["quality", "--organization", "123"]).status.code(), Some(1));
    assert_eq!(place.run(&["quality", "--format", "pdf"]).status.code(), Some(2));
}

#[test]
fn a_research_extract_is_whole_or_not_there() {
    let place = Place::on_sqlite().with_testby();
    let letters = [
        "01-xref15-gp-type2-diabetes-diet",
        "02-xref15-hospital-copd",
        "03-xref15-gp-nicotine-cessation",
        "04-xref15-gp-alcohol-talk",
        "05-xref15-free-text-diagnosis-only",
        "06-xref15-iso-8859-1",
    ];
    receive(&place, &letters);
    let out = place.data.join("extract");
    let extract = |more: &[&str]| {
        let said =
            ["extract", "--organization", "999", "--purpose", "Effekt", "--basis", "24/1234", "--view", "referral"];
        let days = ["--from", "2000-01-01", "--to", "2099-12-31", "--days", "year", "--out", out.to_str().unwrap()];
        place.run(&[&said[..], &days, more].concat())
    };
    // The database has files of its own beside it that come and go.
    let left = || -> Vec<String> {
        let names = std::fs::read_dir(&place.data).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
        names.filter(|name| !name.starts_with("forebyg.sqlite3")).collect()
    };
    let before = left();
    let wrong = extract(&["--leave-out", "cpr"]);
    assert!(wrong.status.code() == Some(1) && said(&wrong).contains("no view that is asked for has a column 'cpr'"));
    let refused = extract(&["--json"]);
    assert_eq!(refused.status.code(), Some(1));
    let rare = lines(&refused);
    assert!(
        rare.iter().all(|line| line["view"] == "referral") && rare[0]["too_few"].as_str().unwrap().contains("sex = ")
    );
    assert!(said(&refused).contains("nothing was written") && left() == before && !out.exists());
    let enough =
        ["--leave-out", "sex", "--leave-out", "age_band", "--leave-out", "post_code", "--leave-out", "interpreter"];
    let made = extract(&[&enough[..], &["--json"]].concat());
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    assert_eq!(lines(&made)[0]["rows"], json!({ "referral": 6 }));
    let csv = std::fs::read_to_string(out.join("referral.csv")).unwrap();
    assert_eq!(csv.lines().count(), 7);
    for name in ["Berggren", "251248"] {
        assert!(!csv.contains(name));
    }
    assert!(std::fs::read(out.join("referral.parquet")).unwrap().starts_with(b"PAR1"));
    assert!(std::fs::read_to_string(out.join("felter.csv")).unwrap().contains("received_on"));
    assert_eq!(left().len(), before.len() + 1);
    assert_eq!(extract(&enough).status.code(), Some(1), "an extract is not written over");
    assert_eq!(extract(&["--k", "4"]).status.code(), Some(2));
    assert_eq!(place.run(&["extract", "--organization", "999"]).status.code(), Some(2), "without purpose and basis");
}

#[test]
fn a_municipality_is_simulated_once_and_never_over_somebodys_data() {
    let place = Place::on_sqlite().with_testby();
    let simulate = |code| {
        let size = ["--years", "1", "--seed", "7", "--inhabitants", "900", "--json"];
        place.run(&[&["simulate", "--organization", code][..], &size].concat())
    };
    assert_eq!(simulate("998").status.code(), Some(1), "no such organization");
    let first = simulate("999");
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    let line = &lines(&first)[0];
    assert_eq!((line["days"].as_u64(), line["inhabitants_counted"].as_bool()), (Some(365), Some(false)));
    assert!(line["requests"].as_u64() > Some(5) && line["courses"].as_u64() > Some(3), "{line}");
    let verified = lines(&place.run(&["audit", "verify", "--json"]));
    assert_eq!(verified[0]["intact"], true);
    let again = simulate("999");
    assert_eq!(again.status.code(), Some(1));
    let told = said(&again);
    assert!(told.contains("data i forvejen i Testby Kommune (999): ") && told.contains(" borgere, "), "{told}");
    assert_eq!(place.run(&["simulate", "--organization", "999", "--years", "0", "--seed", "1"]).status.code(), Some(2));
}

#[test]
fn the_whole_country_is_simulated_in_one_command_and_not_over_somebodys_data() {
    let place = Place::on_sqlite().with_testby();
    let country = || place.run(&["simulate", "--country", "--days", "14", "--seed", "3", "--divide", "1000", "--json"]);
    let first = country();
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    let made = lines(&first);
    assert_eq!(made.len(), 98);
    let requests: u64 = made.iter().filter_map(|line| line["requests"].as_u64()).sum();
    assert!(requests > 5, "{requests}");
    assert_eq!(lines(&place.run(&["organization", "list", "--json"])).len(), 99, "and the one that was there");
    let again = country();
    assert_eq!(again.status.code(), Some(1));
    let told = said(&again);
    assert!(told.contains("intet er simuleret") && told.contains(" Kommune (") && !told.contains("Testby"), "{told}");
    let neither = place.run(&["simulate", "--days", "14", "--seed", "3"]);
    assert_eq!(neither.status.code(), Some(2), "one municipality or all of them");
}
