//! Each rule by one deliberate break of a valid report: it is found, under its own id.
#![allow(clippy::unwrap_used, reason = "tests")]

use fhir_gateway::sample::case;
use fhir_gateway::{CheckOptions, Options, Outcome, Severity, check, check_with};
use serde_json::{Value, json};

const EXAMPLE: &str = include_str!("../fixtures/example-report.json");
const STRUCTURE: &str = "http://fhir.kl.dk/prevention/StructureDefinition/";
const PATIENT: usize = 0;
const ORGANIZATION: usize = 1;
const CONDITION: usize = 2;
const PLAN: usize = 3;
const INTERVENTION: usize = 4;
const ENCOUNTER: usize = 5;

fn example() -> Value {
    serde_json::from_str(EXAMPLE).unwrap()
}

fn resource(report: &mut Value, entry: usize) -> &mut Value {
    &mut report["entry"][entry]["resource"]
}

fn remove(object: &mut Value, name: &str) {
    assert!(object.as_object_mut().unwrap().remove(name).is_some(), "{name} stood there");
}

fn outcome(report: &Value) -> Outcome {
    check(&serde_json::to_vec(report).unwrap())
}

fn found(outcome: &Outcome, severity: Severity, rule: &str) -> bool {
    outcome.issues.iter().any(|issue| issue.rule == rule && issue.severity == severity)
}

/// Breaks one resource of the example.
fn broken(entry: usize, edit: impl FnOnce(&mut Value)) -> Outcome {
    let mut report = example();
    edit(resource(&mut report, entry));
    outcome(&report)
}

fn assert_refused(outcome: &Outcome, rule: &str) {
    assert!(found(outcome, Severity::Error, rule), "{rule} is missing in {:?}", outcome.issues);
    assert!(!outcome.accepted());
}

fn detail(plan: &mut Value) -> &mut Value {
    &mut plan["activity"][0]["detail"]
}

fn code(intervention: &mut Value, code: &str, display: &str) {
    let coding = &mut detail(intervention)["code"]["coding"][0];
    coding["code"] = json!(code);
    coding["display"] = json!(display);
}

#[test]
fn the_example_is_accepted_without_a_word() {
    assert_eq!(check(EXAMPLE.as_bytes()), Outcome::default());
}

#[test]
fn a_cancelled_course_without_reason_is_refused() {
    let outcome = broken(PLAN, |plan| {
        plan["status"] = json!("unknown");
        detail(plan)["status"] = json!("cancelled");
    });
    assert_refused(&outcome, "klgateway-119-care-plan-1");
}

#[test]
fn a_reason_on_a_running_course_is_refused() {
    let outcome = broken(PLAN, |plan| {
        detail(plan)["statusReason"] = json!({"coding": [{
            "system": "http://fhir.kl.dk/term/CodeSystem/CareSocialCodes",
            "code": "82e99421-31da-4915-96ed-168ccfa1d20c"
        }]});
    });
    assert_refused(&outcome, "klgateway-119-care-plan-1");
}

#[test]
fn dietary_guidance_without_a_course_is_refused() {
    let outcome = broken(INTERVENTION, |it| {
        code(it, "c9a99304-1788-43b7-b7be-e187b092ae9c", "Kostvejledning");
        remove(it, "basedOn");
    });
    assert_refused(&outcome, "klgateway-119-intervention-1");
}

#[test]
fn a_second_coding_does_not_switch_the_rules_on_courses_off() {
    let local = json!({
        "system": "http://gateway.kl.dk/1.0/CodeSystem/LocallyDefinedInterventions", "code": "T1", "display": "Hold"
    });
    let add = |it: &mut Value| detail(it)["code"]["coding"].as_array_mut().unwrap().push(local.clone());
    assert!(broken(INTERVENTION, add).accepted());
    let outcome = broken(INTERVENTION, |it| {
        add(it);
        remove(it, "basedOn");
    });
    assert_refused(&outcome, "klgateway-119-intervention-1");
}

#[test]
fn a_talk_in_a_course_is_refused() {
    let outcome = broken(INTERVENTION, |it| code(it, "6eddbaf7-2a73-49d4-91e7-6138d419f58c", "Afklarende samtale"));
    assert_refused(&outcome, "klgateway-119-intervention-2");
}

#[test]
fn the_eleven_codes_need_a_course_and_the_three_talks_have_none() {
    let file = include_str!("../../domain/codes/fsiii-119-interventions.csv");
    for row in file.lines().skip(2) {
        let columns: Vec<&str> = row.split(',').collect();
        let alone = broken(INTERVENTION, |it| {
            code(it, columns[1], columns[2]);
            remove(it, "basedOn");
        });
        let within = broken(INTERVENTION, |it| code(it, columns[1], columns[2]));
        let expected = match columns[4] {
            "required" => (true, false, false),
            "optional" => (false, true, false),
            _ => (false, false, true),
        };
        let seen = (
            found(&alone, Severity::Error, "klgateway-119-intervention-1"),
            found(&alone, Severity::Error, "own-2"),
            found(&within, Severity::Error, "klgateway-119-intervention-2"),
        );
        assert_eq!(seen, expected, "{}", columns[2]);
        assert_eq!(found(&within, Severity::Error, "binding"), columns[3] == "no", "{}", columns[2]);
    }
}

/// Breaks one resource of the example.
type Break = (&'static str, usize, fn(&mut Value));

#[test]
fn every_rule_refuses_its_break_under_its_own_id() {
    let breaks: &[Break] = &[
        ("gateway-119-report-1", CONDITION, |c| c["meta"]["profile"][0] = json!("http://example.org/x")),
        ("gateway-119-report-1", CONDITION, |c| remove(c, "meta")),
        ("gateway-119-report-2", PLAN, |p| c_profile(p, "klgateway-119-encounter")),
        ("profile", ENCOUNTER, |e| c_profile(e, "klgateway-119-citizen")),
        ("cpr", PATIENT, |p| p["identifier"][0]["value"] = json!("250947-9989")),
        ("cpr", PATIENT, |p| p["identifier"][0]["value"] = json!("3202479989")),
        ("min-digits-sor", ORGANIZATION, |o| o["identifier"][0]["value"] = json!("1037791000")),
        ("min-digits-sor", PATIENT, |p| p["managingOrganization"]["identifier"]["value"] = json!("45100001600A")),
        ("uuid", ORGANIZATION, |o| {
            o["identifier"][0]["system"] = json!("https://kombit.dk/sts/organisation");
            o["identifier"][0]["value"] = json!("urn:uuid:5F0C6F0E-4A0B-4A58-9D2E-0D5F2F6A1C02");
        }),
        ("dk-core-organization-mandatory-identifier", ORGANIZATION, |o| {
            o["identifier"][0]["system"] = json!("urn:oid:1.2.208.176.1.4");
        }),
        ("con-4", CONDITION, |c| c["abatementDateTime"] = json!("2026-03-02")),
        ("con-5", CONDITION, |c| c["verificationStatus"]["coding"][0]["code"] = json!("entered-in-error")),
        ("cpl-3", INTERVENTION, |i| i["activity"][0]["reference"] = json!({"reference": "CarePlan/x"})),
        ("per-1", ENCOUNTER, |e| e["period"]["end"] = json!("2026-03-04T09:59:59+01:00")),
        ("per-1", INTERVENTION, |i| i["period"]["end"] = json!("2026-03-01")),
        ("ref-1", ENCOUNTER, |e| e["subject"]["reference"] = json!("#p")),
        ("reference-not-bundled", PLAN, |p| detail(p)["performer"][0]["reference"] = json!("Organization/x")),
        ("ele-1", CONDITION, |c| c["category"] = json!([])),
        ("ele-1", CONDITION, |c| c["recordedDate"] = json!("")),
        ("ele-1", ENCOUNTER, |e| e["class"] = json!({})),
        ("ele-1", ENCOUNTER, |e| e["class"] = Value::Null),
        ("own-1", PLAN, |p| {
            p["category"][0]["coding"][0]["code"] = json!("9791e55a-656f-47eb-8fd5-c4a06b0a4662");
            p["category"][0]["coding"][0]["display"] = json!("Opfølgningsforløb efter §119");
        }),
        ("own-2", INTERVENTION, |i| {
            code(i, "6d24992e-e0a2-43e7-bc27-0234622a8655", "Nikotin- og tobaksafvænning");
            remove(i, "basedOn");
        }),
        ("own-3", PLAN, |p| {
            detail(p)["performer"][0]["reference"] = json!("Patient/5f0c6f0e-4a0b-4a58-9d2e-0d5f2f6a1c01");
        }),
        ("own-3", ENCOUNTER, |e| {
            let condition = json!("Condition/5f0c6f0e-4a0b-4a58-9d2e-0d5f2f6a1c03");
            e["extension"][0]["valueReference"]["reference"] = condition;
        }),
        ("own-6", INTERVENTION, |i| i["period"]["start"] = json!("2026-03-01")),
        ("dom-3", PLAN, |p| p["contained"] = json!([{"resourceType": "Organization", "id": "p"}])),
        ("cardinality", PLAN, |p| remove(p, "status")),
        ("cardinality", INTERVENTION, |i| remove(detail(i), "extension")),
        ("cardinality", CONDITION, |c| {
            let coding = c["code"]["coding"][0].clone();
            c["code"]["coding"].as_array_mut().unwrap().push(coding);
        }),
        ("cardinality", PATIENT, |p| remove(p, "id")),
        ("prohibited", PATIENT, |p| p["name"] = json!([{"family": "x"}])),
        ("prohibited", PATIENT, |p| p["deceasedDateTime"] = json!("2026-03-02")),
        ("prohibited", PATIENT, |p| p["multipleBirthInteger"] = json!(2)),
        ("prohibited", INTERVENTION, |i| i["category"] = json!([{"text": "x"}])),
        ("prohibited", INTERVENTION, |i| detail(i)["statusReason"] = json!({"text": "x"})),
        ("prohibited", ENCOUNTER, |e| e["type"] = json!([{"text": "x"}])),
        ("prohibited", ENCOUNTER, |e| e["class"]["version"] = json!("1")),
        ("prohibited", CONDITION, |c| c["clinicalStatus"]["coding"][0]["display"] = json!("Active")),
        ("unknown-element", ENCOUNTER, |e| e["colour"] = json!("blue")),
        ("type", ENCOUNTER, |e| e["period"]["start"] = json!(17)),
        ("type", CONDITION, |c| c["recordedDate"] = json!("2026-02-30")),
        ("type", PLAN, |p| p["category"] = json!({"coding": []})),
        ("type", PATIENT, |p| p["deceasedBoolean"] = json!("false")),
        ("type", CONDITION, |c| c["code"]["coding"][0]["code"] = json!(" DE11")),
        ("date-precision", ENCOUNTER, |e| e["period"]["start"] = json!("2026-03-04")),
        ("date-precision", CONDITION, |c| c["recordedDate"] = json!("2026-03")),
        ("binding", CONDITION, |c| {
            c["code"]["coding"][0]["code"] = json!("525b5dd8-d62b-4efa-bf66-262ac47eca5b");
        }),
        ("binding", ENCOUNTER, |e| e["class"]["system"] = json!("http://example.org")),
        ("binding", PLAN, |p| p["status"] = json!("running")),
        ("fixed-value", PLAN, |p| p["intent"] = json!("order")),
        ("slice", INTERVENTION, |i| detail(i)["code"]["coding"][0]["system"] = json!("http://example.org")),
    ];
    for (rule, entry, edit) in breaks {
        assert_refused(&broken(*entry, edit), rule);
    }
}

fn c_profile(resource: &mut Value, id: &str) {
    resource["meta"]["profile"][0] = json!(format!("{STRUCTURE}{id}"));
}

/// Breaks the report itself.
type ReportBreak = (&'static str, fn(&mut Value));

#[test]
fn rules_on_the_report_refuse_their_break_under_their_own_id() {
    let breaks: &[ReportBreak] = &[
        ("bdl-7", |r| {
            let first = r["entry"][1].clone();
            r["entry"].as_array_mut().unwrap().push(first);
        }),
        ("bdl-8", |r| {
            let url = format!("{}/_history/1", r["entry"][1]["fullUrl"].as_str().unwrap());
            r["entry"][1]["fullUrl"] = json!(url);
        }),
        ("own-4", |r| {
            r["entry"][1]["fullUrl"] =
                json!("https://x.example.dk/fhir/Organization/5f0c6f0e-4a0b-4a58-9d2e-0d5f2f6a1c09");
        }),
        ("own-5", second_citizen),
        ("slice-citizen", second_citizen),
        ("slice-citizen", |r| drop(r["entry"].as_array_mut().unwrap().remove(0))),
        ("cardinality", |r| remove(r, "timestamp")),
        ("cardinality", |r| remove(r, "id")),
        ("cardinality", |r| r["meta"]["profile"] = json!(["http://a", "http://b"])),
        ("fixed-value", |r| r["type"] = json!("transaction")),
        ("fixed-value", |r| r["meta"]["profile"] = json!(["http://a"])),
        ("date-precision", |r| r["timestamp"] = json!("2026-03-04")),
        ("prohibited", |r| r["total"] = json!(6)),
        ("prohibited", |r| r["entry"][0]["request"] = json!({"method": "PUT", "url": "x"})),
        ("ele-1", |r| r["entry"] = json!([])),
        ("entry-type", |r| r["entry"][5]["resource"]["resourceType"] = json!("Observation")),
        ("full-url", |r| r["entry"][1]["fullUrl"] = json!("Organization/5f0c6f0e-4a0b-4a58-9d2e-0d5f2f6a1c02")),
    ];
    for (rule, edit) in breaks {
        let mut report = example();
        edit(&mut report);
        assert_refused(&outcome(&report), rule);
    }
}

/// The course is moved to a second citizen.
fn second_citizen(report: &mut Value) {
    let mut second = report["entry"][0].clone();
    let id = "5f0c6f0e-4a0b-4a58-9d2e-0d5f2f6a1c77";
    second["fullUrl"] = json!(format!("https://indberetning.example.dk/fhir/Patient/{id}"));
    second["resource"]["id"] = json!(id);
    report["entry"].as_array_mut().unwrap().push(second);
    resource(report, PLAN)["subject"]["reference"] = json!(format!("Patient/{id}"));
}

#[test]
fn a_subject_that_is_another_citizen_is_found_where_it_stands() {
    let mut report = example();
    second_citizen(&mut report);
    let outcome = outcome(&report);
    assert!(
        outcome.issues.iter().any(|i| i.rule == "own-5" && i.path.ends_with("entry[3].resource.subject.reference"))
    );
}

#[test]
fn some_rules_only_warn() {
    let warns = |outcome: &Outcome, rule: &str| assert!(found(outcome, Severity::Warning, rule), "{rule}");
    let sor = broken(ORGANIZATION, |o| o["identifier"][0]["value"] = json!("1037791000016003"));
    warns(&sor, "own-7");
    assert!(sor.accepted());
    warns(&broken(CONDITION, |c| remove(c, "clinicalStatus")), "con-3");
    let display = broken(CONDITION, |c| c["code"]["coding"][0]["display"] = json!("Fysisk aktivitet (gl.)"));
    warns(&display, "display");
    assert!(display.accepted());
    warns(&broken(ORGANIZATION, |o| o["name"] = json!("Sundhedshuset")), "organization-name");
    let extension = json!([{"url": "http://example.org/x", "valueString": "y"}]);
    let extended =
        broken(ENCOUNTER, |e| e["extension"].as_array_mut().unwrap().extend(extension.as_array().cloned().unwrap()));
    warns(&extended, "extension");
    assert!(extended.accepted());
    let worded = broken(PATIENT, |p| p["text"] = json!({"status": "generated", "div": "<div>x</div>"}));
    warns(&worded, "narrative");
    assert!(worded.accepted());
}

#[test]
fn a_focus_condition_takes_sks_and_icpc_but_not_fsiii() {
    let report = case(1, 0).build(&Options::default()).unwrap().unwrap();
    let report: Value = serde_json::from_slice(&report.json).unwrap();
    assert!(outcome(&report).accepted());
    let place = report["entry"]
        .as_array()
        .unwrap()
        .iter()
        .position(|e| e["resource"]["meta"]["profile"][0].as_str().unwrap().ends_with("focus-condition"));
    let with = |edit: fn(&mut Value)| {
        let mut report = report.clone();
        edit(&mut report["entry"][place.unwrap()]["resource"]);
        outcome(&report)
    };
    assert!(with(|f| f["code"]["coding"][0]["system"] = json!("urn:oid:1.2.208.176.2.31")).accepted());
    assert!(with(|f| f["code"] = json!({"text": "KOL"})).accepted());
    assert_refused(&with(|f| f["code"]["coding"][0]["system"] = json!("urn:oid:1.2.208.176.2.21")), "prohibited");
    assert_refused(&with(|f| f["recordedDate"] = json!("2026-03-02")), "prohibited");
    assert_refused(
        &with(|f| {
            let coding = f["code"]["coding"][0].clone();
            f["code"]["coding"].as_array_mut().unwrap().push(coding);
        }),
        "slice",
    );
    assert_refused(
        &with(|f| {
            f["extension"] = json!([{"url": "http://hl7.dk/fhir/core/StructureDefinition/x", "valueString": "y"}]);
        }),
        "prohibited",
    );
}

#[test]
fn the_two_newer_kinds_of_delivery_wait_for_the_terminology() {
    let mut report = example();
    let coding = &mut detail(resource(&mut report, INTERVENTION))["extension"][0]["valueCodeableConcept"]["coding"][0];
    coding["code"] = json!("284857a4-5e91-499a-a001-64d7f0b7038a");
    coding["display"] = json!("Digital levering af indsats");
    assert_refused(&outcome(&report), "binding");
    let options = CheckOptions { terminology_2_2: true, ..CheckOptions::default() };
    assert!(check_with(&serde_json::to_vec(&report).unwrap(), options).accepted());
}

#[test]
fn entries_may_be_named_by_urn_when_references_are_too() {
    let text = EXAMPLE.to_owned();
    let mut urns = text;
    for kind in ["Patient", "Organization", "Condition", "CarePlan", "Encounter"] {
        urns = urns.replace(&format!("https://indberetning.example.dk/fhir/{kind}/"), "urn:uuid:");
        urns = urns.replace(&format!("\"{kind}/"), "\"urn:uuid:");
    }
    assert_eq!(check(urns.as_bytes()), Outcome::default());
}

#[test]
fn a_reference_is_read_from_the_base_of_its_own_entry() {
    let mut report = example();
    report["entry"][1]["fullUrl"] = json!("https://other.example.dk/Organization/5f0c6f0e-4a0b-4a58-9d2e-0d5f2f6a1c02");
    assert_refused(&outcome(&report), "reference-not-bundled");
}

#[test]
fn text_that_is_no_json_is_refused_without_repeating_it() {
    for text in ["", "[]", "null", "{", "{}", "\"x\"", "{\"a\":1,\"a\":2}"] {
        assert!(!check(text.as_bytes()).accepted(), "{text}");
    }
    assert!(!check(&[0xff, 0xfe]).accepted());
    let twice = EXAMPLE.replacen("\"id\":", "\"id\": \"x\", \"id\":", 1);
    assert_refused(&check(twice.as_bytes()), "json");
}

#[test]
fn no_issue_repeats_a_number() {
    let outcome = broken(PATIENT, |p| p["identifier"][0]["value"] = json!("250947-9989"));
    assert!(outcome.issues.iter().all(|issue| !format!("{issue:?}").contains("250947")));
}
