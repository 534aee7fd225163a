//! The commands as an operator and a script meet them: words, lines, exit codes.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod support;

use serde_json::{Value, json};
use std::path::Path;
use support::{Place, fixture, lines, receive, said};

/// Kind, outcome and answers of a line, in short: `referral accepted XCTL03`.
fn short(line: &Value) -> String {
    let answers = line["answers"].as_array().unwrap().iter().map(|answer| match answer["code"].as_str() {
        Some(code) => format!(" {}:{code}", answer["type"].as_str().unwrap()),
        None => format!(" {}", answer["type"].as_str().unwrap()),
    });
    format!("{} {}{}", line["kind"].as_str().unwrap(), line["outcome"].as_str().unwrap(), answers.collect::<String>())
}

#[test]
fn help_names_every_command_and_wrong_usage_ends_with_two() {
    let place = Place::on_sqlite();
    let help = place.run(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    let text = String::from_utf8(help.stdout).unwrap();
    for command in [
        "serve",
        "migrate",
        "doctor",
        "organization",
        "user",
        "token",
        "receive",
        "send",
        "report",
        "quality",
        "indicators",
        "extract",
        "simulate",
        "audit",
        "backup",
        "restore",
        "bench",
    ] {
        assert!(text.contains(&format!("\n  {command} ")), "{command}");
    }
    for wrong in [&["nonsense"][..], &["receive"], &["organization", "add", "--code", "999"], &["serve", "--port", "x"]]
    {
        assert_eq!(place.run(wrong).status.code(), Some(2), "{wrong:?}");
    }
    assert!(!place.data.exists(), "wrong usage makes nothing");
}

#[test]
fn a_wrong_gln_is_wrong_usage_and_a_taken_code_is_refused() {
    let place = Place::on_sqlite();
    let add = |gln| place.run(&["organization", "add", "--code", "999", "--name", "Testby Kommune", "--gln", gln]);
    assert_eq!(add("5790009999004").status.code(), Some(2));
    assert_eq!(add("5790009999003").status.code(), Some(0));
    assert_eq!(add("5790009999010").status.code(), Some(1));
    let listed = lines(&place.run(&["organization", "list", "--json"]));
    assert_eq!(listed[0]["glns"], json!(["5790009999003"]));
}

#[test]
fn without_an_organization_messages_are_refused_with_what_to_do() {
    let place = Place::on_sqlite();
    let output = place.run(&["receive", fixture("01-xref15-gp-type2-diabetes-diet").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("forebyg organization add"), "{}", said(&output));
}

#[test]
fn every_good_message_becomes_what_its_page_says() {
    let place = Place::on_sqlite().with_testby();
    let names = [
        "01-xref15-gp-type2-diabetes-diet",
        "16-xbin02-attachment-for-02",
        "02-xref15-hospital-copd",
        "03-xref15-gp-nicotine-cessation",
        "13-vansenvelope-carrying-03",
        "04-xref15-gp-alcohol-talk",
        "05-xref15-free-text-diagnosis-only",
        "06-xref15-iso-8859-1",
        "07-xref15-corrected-letter-addon-code",
        "08-xref15-xh1531r-newer-namespace",
        "12-xctl01-negative-vans-receipt-for-09",
        "01-xref15-gp-type2-diabetes-diet",
    ];
    let got = receive(&place, &names);
    let accepted = "referral accepted XCTL03";
    let expected = [
        accepted,
        "attachment parked XCTL03",
        accepted,
        accepted,
        "referral duplicate XCTL03 VANS",
        "referral accepted",
        accepted,
        accepted,
        accepted,
        accepted,
        "receipt logged",
        "referral duplicate XCTL03",
    ];
    assert_eq!(got.iter().map(short).collect::<Vec<_>>(), expected);
    assert_eq!(got[0]["referrals"], got[8]["referrals"], "07 corrects 01");
    assert_eq!(got[3]["referrals"], got[4]["referrals"], "13 carries 03");
    assert_eq!(got[0]["referrals"], got[11]["referrals"], "01 twice");
    let keys: Vec<&String> = got[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["answers", "file", "kind", "outcome", "reason", "referrals"]);
}

#[test]
fn every_bad_message_becomes_what_its_page_says_and_stops_none_after_it() {
    let place = Place::on_sqlite().with_testby();
    let folder = fixture("bad/x").parent().unwrap().display().to_string();
    let output = place.run(&["receive", "--json", &folder]);
    assert_eq!(output.status.code(), Some(0));
    let got: Vec<String> = lines(&output)
        .iter()
        .map(|l| {
            let name = Path::new(l["file"].as_str().unwrap()).file_name().unwrap().to_string_lossy()[..5].to_owned();
            format!("{name} {}", short(l))
        })
        .collect();
    let syntax = "refused XCTL02:syntaksfejl";
    let expected = [
        format!("bad01 unknown {syntax}"),
        "bad02 unknown refused XCTL02:problem_med_version".to_owned(),
        format!("bad03 unknown {syntax}"),
        "bad04 unknown refused XCTL02:ikke_specificeret".to_owned(),
        "bad05 referral refused XCTL02:ukendt_lokationsnummer".to_owned(),
        "bad06 unknown refused XCTL02:problem_med_version".to_owned(),
        "bad07 unknown quarantined".to_owned(),
        "bad08 unknown quarantined".to_owned(),
        "bad09 unknown quarantined".to_owned(),
        format!("bad10 unknown {syntax}"),
        format!("bad11 unknown {syntax}"),
        format!("bad12 unknown {syntax}"),
        "bad13 receipt logged".to_owned(),
    ];
    assert_eq!(got, expected);
    assert!(lines(&output).iter().all(|l| l["referrals"] == json!([])));
}

#[test]
fn a_file_that_is_not_there_is_told_and_the_others_are_taken_in() {
    let place = Place::on_sqlite().with_testby();
    let good = fixture("03-xref15-gp-nicotine-cessation");
    let output = place.run(&["receive", "--json", "no-such-file.xml", good.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let got = lines(&output);
    assert_eq!((got[0]["kind"].as_str(), got[1]["outcome"].as_str()), (Some("unknown"), Some("accepted")));
    assert!(good.exists(), "files stay where they are");
}

#[test]
fn a_message_on_standard_input_is_taken_in_and_its_answer_handed_over() {
    let place = Place::on_sqlite().with_testby();
    let letter = std::fs::read(fixture("03-xref15-gp-nicotine-cessation")).unwrap();
    let got = lines(&place.run_with(&["receive", "--json", "-"], &letter));
    assert_eq!((got[0]["file"].as_str(), short(&got[0]).as_str()), (Some("-"), "referral accepted XCTL03"));
    let answer = place.data.join(got[0]["answers"][0]["file"].as_str().unwrap());
    assert!(!answer.exists());
    assert_eq!(lines(&place.run(&["send", "--json"])), [json!({ "sent": 1 })]);
    assert!(std::fs::read_to_string(answer).unwrap().contains("XCTL03"));
    assert_eq!(lines(&place.run(&["send", "--json"])), [json!({ "sent": 0 })]);
}

#[test]
fn a_backup_is_restored_into_an_empty_place_only_and_verifies() {
    let place = Place::on_sqlite().with_testby();
    receive(&place, &["01-xref15-gp-type2-diabetes-diet", "02-xref15-hospital-copd"]);
    let file = place.data.join("backup.sqlite3").display().to_string();
    assert_eq!(place.run(&["backup", &file]).status.code(), Some(0));
    assert_eq!(place.run(&["backup", &file]).status.code(), Some(1), "a backup is not overwritten");
    assert_eq!(place.run(&["restore", &file]).status.code(), Some(1), "what is there is not overwritten");
    let empty = Place::on_sqlite();
    assert_eq!(empty.run(&["restore", &file]).status.code(), Some(0));
    let (before, after) = (place.run(&["audit", "verify", "--json"]), empty.run(&["audit", "verify", "--json"]));
    assert_eq!(lines(&before), lines(&after));
    assert_eq!(lines(&after)[0]["intact"], true);
    let again = receive(&empty, &["01-xref15-gp-type2-diabetes-diet"]);
    assert_eq!(again[0]["outcome"], "duplicate", "the restored one knows the letter");
}

#[test]
fn doctor_fails_before_the_database_is_made_and_warns_of_what_is_missing_after() {
    let place = Place::on_sqlite();
    assert_eq!(place.run(&["doctor"]).status.code(), Some(1));
    assert!(!place.data.exists(), "doctor makes nothing");
    let place = place.with_testby();
    let output = place.run(&["doctor", "--chains", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let findings = lines(&output);
    let warned = findings.iter().find(|f| f["check"] == "organization").unwrap();
    assert_eq!(warned["status"], "warn", "no SOR code");
    assert!(findings.iter().any(|f| f["check"] == "log chains" && f["status"] == "ok"));
}

#[test]
fn a_report_is_checked_and_a_broken_one_ends_with_one() {
    let place = Place::on_sqlite();
    let good = concat!(env!("CARGO_MANIFEST_DIR"), "/../fhir_gateway/fixtures/example-report.json");
    let output = place.run(&["report", "check", "--json", good]);
    assert_eq!((output.status.code(), lines(&output)[0]["accepted"].as_bool()), (Some(0), Some(true)));
    let broken = std::fs::read_to_string(good).unwrap().replacen(
        "\"resourceType\": \"Patient\"",
        "\"resourceType\": \"Person\"",
        1,
    );
    assert_ne!(broken, std::fs::read_to_string(good).unwrap());
    let output = place.run_with(&["report", "check", "--json", good, "-"], broken.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let got = lines(&output);
    assert_eq!((got[0]["accepted"].as_bool(), got[1]["accepted"].as_bool()), (Some(true), Some(false)));
    assert!(got[1]["issues"][0]["rule"].is_string() && got[1]["issues"][0]["path"].is_string());
}

#[test]
fn the_demo_is_refused_outside_the_machine() {
    let place = Place::on_sqlite();
    let output = place.run(&["serve", "--demo", "--host", "0.0.0.0", "--port", "0"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("without a password"), "{}", said(&output));
}

#[test]
fn a_user_is_added_with_a_password_from_standard_input_and_deactivated() {
    let place = Place::on_sqlite().with_testby();
    let add = ["user", "add", "--json", "Ada", "--name", "Ada Prøve", "--role", "visitator"];
    assert_eq!(place.run_with(&add, b"short\n").status.code(), Some(1));
    assert_eq!(place.run_with(&add, b"four words in a row\n").status.code(), Some(0));
    assert_eq!(place.run_with(&add, b"four words in a row\n").status.code(), Some(1), "the name is taken");
    assert_eq!(place.run(&["user", "deactivate", "ada"]).status.code(), Some(0));
    let listed = lines(&place.run(&["user", "list", "--json"]));
    assert_eq!((listed[0]["user_name"].as_str(), listed[0]["initials"].as_str()), (Some("ada"), Some("AP")));
    assert_eq!(listed[0]["active"], false);
}

#[test]
fn a_token_is_shown_once_and_revoked_by_its_id() {
    let place = Place::on_sqlite().with_testby();
    let made = lines(&place.run(&["token", "add", "--json", "Fagsystem"]));
    let token = made[0]["token"].as_str().unwrap().to_owned();
    let listed = place.run(&["token", "list", "--json"]);
    assert!(!String::from_utf8_lossy(&listed.stdout).contains(&token));
    let id = lines(&listed)[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(place.run(&["token", "revoke", &id]).status.code(), Some(0));
    assert!(lines(&place.run(&["token", "list", "--json"]))[0]["revoked_at"].is_string());
}

#[test]
fn generated_referrals_are_all_accepted_by_the_reader() {
    let place = Place::on_sqlite();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letters.txt").display().to_string();
    assert_eq!(place.run(&["bench", "generate-referrals", "30", &file]).status.code(), Some(0));
    let got = lines(&place.run(&["bench", "parse", &file, "--rounds", "2"]));
    assert_eq!(got.len(), 2);
    assert_eq!((got[0]["accepted"].as_u64(), got[0]["refused"].as_u64()), (Some(30), Some(0)));
}

#[test]
fn an_unknown_setting_in_the_environment_is_refused() {
    let place = Place::on_sqlite().with("FOREBYG_MAILBOX_SETLE_SECONDS", "3");
    let output = place.run(&["migrate"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("FOREBYG_MAILBOX_SETLE_SECONDS"));
}
