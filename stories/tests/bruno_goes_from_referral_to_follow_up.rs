//! Bruno: a course from the doctor's letter to the follow-up, day by day, over HTTP, on both engines.
//!
//! Source: the story of KL's prevention guide 2.1.1 (official test person 2509479989, Holbæk). Each day's report is
//! compared with the guide's table by the list written here by hand.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Value, json};
use stories::{Report, World};
use testkit::on_both_engines;

const P: &str = "Patient";
const L: &str = "Organization 1037791000016002";
const GP: &str = "Organization 1071391000016009";
const HOSPITAL: &str = "Organization 1347831000016005";
const COOKING: &str = "Forløb 2022-06-10";
const COPD: &str = "Forløb 2022-07-09";

fn letter(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../fixtures/bruno/{name}.xml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[track_caller]
fn id(value: &Value) -> String {
    let Some(text) = value.as_str() else { panic!("no id in {value}") };
    text.to_owned()
}

fn activity(report: &Report, name: &str) -> String {
    id(&report.get(name)["activity"][0]["detail"]["status"])
}

/// What stands in the story between its days.
#[derive(Default)]
struct Thread {
    course: String,
    cooking_plan: String,
    cooking_team: String,
    copd_plan: String,
    copd_team: String,
    nutrition: String,
    literacy: String,
    goal: String,
    citizen: String,
    ids: BTreeMap<String, String>,
    /// What each day's report holds, when it is written down instead of compared.
    told: Option<String>,
}

impl Thread {
    /// The report holds exactly these; with requests linked it holds more, which is written down for the snapshot.
    fn holds(&mut self, report: &Report, expected: &[&str]) {
        match &mut self.told {
            None => assert_eq!(report.holds(), expected.iter().copied().collect::<BTreeSet<_>>()),
            Some(told) => {
                assert!(expected.iter().all(|name| report.holds().contains(name)));
                let day = report.bundle["timestamp"].as_str().unwrap_or_default().get(..10).unwrap_or_default();
                let names: Vec<&str> = report.holds().into_iter().collect();
                writeln!(told, "{day}: {}", names.join(" | ")).unwrap();
            }
        }
    }

    /// What was told before keeps its id.
    fn same_ids(&mut self, report: &Report) {
        for (name, id) in report.ids() {
            assert_eq!(self.ids.entry(name.clone()).or_insert_with(|| id.clone()), &id, "{name} changed its id");
        }
    }
}

async fn day_1_the_doctor_refers_and_a_talk_is_planned(world: &World, thread: &mut Thread) {
    world.it_is("2022-06-02T07:00:00Z");
    let received = world.letter_arrives(letter("01-gp-type2-diabetes")).await;
    assert_eq!((received.outcome, received.answers[0].kind), ("accepted", "XCTL03"));
    let receipts = world.messages_go_out().await;
    assert!(receipts[0].contains("<PositiveReceipt>") && receipts[0].contains("BRUNOB1"));

    let list = world.get("/referrals?view=new").await;
    assert_eq!(list.body["items"][0]["name"], "Bruno Test Elmer", "{}", list.body);
    let referral = received.referrals[0];
    world
        .post(&format!("/referrals/{referral}/check"), json!({ "areas": ["nutrition"], "chronic_disease": true }))
        .await;
    world.post(&format!("/referrals/{referral}/attempts"), json!({ "reached": true, "note": "Vil gerne komme" })).await;
    let routed = world.post(&format!("/referrals/{referral}/route"), json!({ "step": "clarifying_talk" })).await;
    thread.course = id(&routed["course"]);

    let report = world.report_of("2022-06-02").await;
    thread.holds(&report, &[P, L, GP, "Condition DE11", "ServiceRequest 2022-06-02", "Indsats Afklarende samtale"]);
    let request = report.get("ServiceRequest 2022-06-02");
    assert_eq!(request["status"], "active");
    assert_eq!(request["requester"]["reference"], format!("Organization/{}", id(&report.get(GP)["id"])));
    assert_eq!(
        request["reasonReference"][0]["reference"],
        format!("Condition/{}", id(&report.get("Condition DE11")["id"]))
    );
    let talk = report.get("Indsats Afklarende samtale");
    assert_eq!((&talk["status"], &talk["period"]["start"]), (&json!("active"), &json!("2022-06-02")));
    assert_eq!(activity(&report, "Indsats Afklarende samtale"), "in-progress");
    assert!(talk.get("basedOn").is_none());
    thread.same_ids(&report);

    let talk = id(&routed["intervention"]);
    day_2_the_talk_is_held_and_cooking_is_granted(world, thread, &talk).await;
}

async fn day_2_the_talk_is_held_and_cooking_is_granted(world: &World, thread: &mut Thread, talk: &str) {
    world.it_is("2022-06-10T13:00:00Z");
    let hollow = json!({ "start": "2022-06-10T12:10:00Z", "end": "2022-06-10T12:40:00Z", "class": "at_premises" });
    let refused = world.try_post(&format!("/talks/{talk}/hold"), hollow).await;
    assert_eq!((refused.status, refused.body["code"].as_str()), (422, Some("talk_incomplete")));

    let held = world
        .post(
            &format!("/talks/{talk}/hold"),
            json!({
                "start": "2022-06-10T12:10:00Z", "end": "2022-06-10T12:40:00Z", "class": "at_premises",
                "notes": {
                    "areas": { "functioning": "Går 2 km", "everyday_life": "Bor alene", "risk_factors": "Se nedenfor", "disease": "Type 2-diabetes" },
                    "risk_factors": { "smoking": "Nej", "alcohol": "1 genstand om ugen", "inactivity": "Går dagligt", "diet": "Færdigretter", "mental_health": "God" },
                    "maintenance": "Laver mad med naboen"
                },
                "needs": { "transport": false },
                "goals": [{ "words": "Lave mad, der er god for mit blodsukker" }],
                "consents": [{ "purpose": "referrer_feedback", "given": true, "form": "oral" }],
                "conditions": [{ "code": "nutrition", "note": "Uregelmæssige måltider" }],
                "interventions": [{ "code": "cooking_in_practice", "delivery": "group", "choice_reason": "Lærer ved at gøre" }]
            }),
        )
        .await;
    thread.nutrition = id(&held["conditions"][0]);
    thread.cooking_plan = id(&held["interventions"][0]["care_plan"]);
    let cooking = id(&held["interventions"][0]["intervention"]);

    let report = world.report_of("2022-06-10").await;
    thread.holds(
        &report,
        &[
            P,
            L,
            "Encounter 2022-06-10T12:10:00Z",
            "Condition Ernæring",
            COOKING,
            "Indsats Madlavning i praksis",
            "Indsats Afklarende samtale",
        ],
    );
    let talk = report.get("Indsats Afklarende samtale");
    assert_eq!((&talk["status"], &talk["period"]["end"]), (&json!("completed"), &json!("2022-06-10")));
    assert_eq!(activity(&report, "Indsats Afklarende samtale"), "completed");
    assert_eq!(report.get("Condition Ernæring")["recordedDate"], "2022-06-10");
    assert_eq!(report.get("Condition Ernæring")["category"][0]["coding"][0]["code"], "problem-list-item");
    let planned = report.get("Indsats Madlavning i praksis");
    assert_eq!(planned["basedOn"][0]["reference"], format!("CarePlan/{}", id(&report.get(COOKING)["id"])));
    assert_eq!(
        planned["activity"][0]["detail"]["extension"][0]["valueCodeableConcept"]["coding"][0]["display"],
        "Gruppebaseret indsats"
    );
    assert_eq!(report.get("Encounter 2022-06-10T12:10:00Z")["class"]["code"], "AMB");
    thread.same_ids(&report);

    thread.cooking_team = team(world, "Mad ved diabetes", "cooking_in_practice").await;
    world.post(&format!("/teams/{}/enrolments", thread.cooking_team), json!({ "intervention": cooking })).await;
    let record = world.get("/referrals?view=closed").await;
    thread.citizen = id(&record.body["items"][0]["citizen"]);
    let record = world.get(&format!("/citizens/{}", thread.citizen)).await;
    thread.goal = id(&record.body["goals"][0]["id"]);
}

async fn team(world: &World, name: &str, code: &str) -> String {
    id(&world.post("/teams", json!({ "name": name, "code": code, "seats": 8 })).await["id"])
}

/// A session of a team that Bruno comes to, and that day's report: the contact, and what it refers to.
async fn session(world: &World, thread: &mut Thread, team: &str, plan: &str, start: &str, end: &str) {
    let day = &start[..10];
    world.it_is(&format!("{day}T20:30:00Z"));
    let session = world.post(&format!("/teams/{team}/sessions"), json!({ "start": start, "end": end })).await;
    let session = id(&session["session"]);
    world.post(&format!("/teams/{team}/sessions/{session}/attendance"), json!({ "absent": [] })).await;
    let report = world.report_of(day).await;
    thread.holds(&report, &[P, L, plan, &format!("Encounter {start}")]);
    let contact = report.get(&format!("Encounter {start}"));
    assert_eq!((&contact["status"], &contact["period"]["end"]), (&json!("finished"), &json!(end)));
    let based_on = format!("CarePlan/{}", id(&report.get(plan)["id"]));
    assert_eq!(contact["extension"][0]["valueReference"]["reference"], based_on);
    thread.same_ids(&report);
}

async fn days_3_to_5_bruno_cooks(world: &World, thread: &mut Thread) {
    let team = thread.cooking_team.clone();
    for day in ["2022-06-15", "2022-06-22", "2022-06-29"] {
        session(world, thread, &team, COOKING, &format!("{day}T17:00:00Z"), &format!("{day}T19:00:00Z")).await;
    }
}

async fn day_6_the_hospital_refers_and_a_needs_talk_is_planned(world: &World, thread: &mut Thread) -> String {
    world.it_is("2022-07-04T09:00:00Z");
    let received = world.letter_arrives(letter("02-hospital-copd")).await;
    let referral = received.referrals[0];
    world
        .post(&format!("/referrals/{referral}/check"), json!({ "areas": ["disease_coping"], "chronic_disease": true }))
        .await;
    world.post(&format!("/referrals/{referral}/attempts"), json!({ "reached": true })).await;
    let second = world.try_post(&format!("/referrals/{referral}/route"), json!({ "step": "clarifying_talk" })).await;
    assert_eq!((second.status, second.body["code"].as_str()), (422, Some("route_rule")));
    let routed = world.post(&format!("/referrals/{referral}/route"), json!({ "step": "needs_talk" })).await;
    assert_eq!(id(&routed["course"]), thread.course, "the running course takes it in");

    let report = world.report_of("2022-07-04").await;
    thread.holds(&report, &[P, L, HOSPITAL, "Condition DJ44", "ServiceRequest 2022-07-04", "Indsats Behovssamtale"]);
    assert_eq!(activity(&report, "Indsats Behovssamtale"), "in-progress");
    thread.same_ids(&report);
    id(&routed["intervention"])
}

async fn day_7_the_needs_talk_is_held_and_the_copd_team_is_granted(world: &World, thread: &mut Thread, talk: &str) {
    let cooking_team = thread.cooking_team.clone();
    session(world, thread, &cooking_team, COOKING, "2022-07-06T17:00:00Z", "2022-07-06T19:00:00Z").await;
    world.it_is("2022-07-09T14:00:00Z");
    let held = world
        .post(
            &format!("/talks/{talk}/hold"),
            json!({
                "start": "2022-07-09T13:15:00Z", "end": "2022-07-09T13:45:00Z", "class": "at_premises",
                "conditions": [{ "code": "health_literacy" }],
                "interventions": [{ "code": "disease_management", "delivery": "group" }]
            }),
        )
        .await;
    thread.literacy = id(&held["conditions"][0]);
    thread.copd_plan = id(&held["interventions"][0]["care_plan"]);
    let report = world.report_of("2022-07-09").await;
    thread.holds(
        &report,
        &[
            P,
            L,
            "Encounter 2022-07-09T13:15:00Z",
            "Condition Sundhedskompetence",
            COPD,
            "Indsats Sygdomshåndtering",
            "Indsats Behovssamtale",
        ],
    );
    assert_eq!(report.get("Indsats Behovssamtale")["period"]["end"], "2022-07-09");
    thread.same_ids(&report);
    thread.copd_team = team(world, "KOL-hold", "disease_management").await;
    let intervention = id(&held["interventions"][0]["intervention"]);
    world.post(&format!("/teams/{}/enrolments", thread.copd_team), json!({ "intervention": intervention })).await;
}

async fn over_the_summer_the_cooking_course_ends(world: &World, thread: &mut Thread) {
    let team = thread.copd_team.clone();
    session(world, thread, &team, COPD, "2022-08-17T08:00:00Z", "2022-08-17T09:00:00Z").await;
    world.it_is("2022-08-24T10:00:00Z");
    world.post(&format!("/care-plans/{}/end", thread.cooking_plan), json!({})).await;
    world.put(&format!("/conditions/{}", thread.nutrition), json!({ "state": "resolved" })).await;
    let report = world.report_of("2022-08-24").await;
    thread.holds(&report, &[P, L, COOKING, "Indsats Madlavning i praksis", "Condition Ernæring"]);
    assert_eq!(activity(&report, COOKING), "completed");
    assert_eq!(report.get("Condition Ernæring")["clinicalStatus"]["coding"][0]["code"], "inactive");
    thread.same_ids(&report);
}

async fn day_8_the_course_is_closed_and_a_follow_up_agreed(world: &World, thread: &mut Thread) {
    world.it_is("2022-09-30T12:00:00Z");
    world.post(&format!("/care-plans/{}/end", thread.copd_plan), json!({})).await;
    world.put(&format!("/conditions/{}", thread.literacy), json!({ "state": "resolved" })).await;
    let close = json!({
        "start": "2022-09-30T09:05:00Z", "end": "2022-09-30T09:35:00Z",
        "goals": [{ "goal": thread.goal, "outcome": "reached", "words": "Jeg laver mad fire dage om ugen" }],
        "consents": [{ "purpose": "status_to_doctor", "given": true, "form": "oral" }],
        "follow_ups": [{ "due_on": "2023-03-30" }]
    });
    let without_answer = json!({ "start": close["start"], "end": close["end"] });
    let blocked = world.try_post(&format!("/courses/{}/close", thread.course), without_answer).await;
    assert_eq!((blocked.status, blocked.body["code"].as_str()), (422, Some("close_blocked")));
    world.post(&format!("/courses/{}/close", thread.course), close).await;
    world
        .post(
            &format!("/courses/{}/final-note", thread.course),
            json!({ "action_for_doctor": "Kontrol af HbA1c om 3 måneder.", "outcome": "Går 3 km mod 2 km." }),
        )
        .await;

    let report = world.report_of("2022-09-30").await;
    thread.holds(
        &report,
        &[
            P,
            L,
            "Indsats Afsluttende samtale",
            "Encounter 2022-09-30T09:05:00Z",
            "Forløb 2022-09-30 (opfølgning)",
            "Indsats Opfølgning",
            "Condition Sundhedskompetence",
            COPD,
            "Indsats Sygdomshåndtering",
        ],
    );
    let talk = report.get("Indsats Afsluttende samtale");
    assert_eq!(talk["period"], json!({ "start": "2022-09-30", "end": "2022-09-30" }));
    assert_eq!(activity(&report, COPD), "completed");
    assert_eq!(report.get(COPD)["period"]["end"], "2022-09-30");
    let disease = report.get("Indsats Sygdomshåndtering");
    assert_eq!(disease["basedOn"][0]["reference"], format!("CarePlan/{}", id(&report.get(COPD)["id"])));
    let literacy = report.get("Condition Sundhedskompetence");
    assert_eq!(literacy["clinicalStatus"]["coding"][0]["code"], "inactive");
    assert!(literacy.get("category").is_none());
    let follow_up = report.get("Indsats Opfølgning");
    let plan = id(&report.get("Forløb 2022-09-30 (opfølgning)")["id"]);
    assert_eq!(follow_up["basedOn"][0]["reference"], format!("CarePlan/{plan}"));
    thread.same_ids(&report);
}

async fn the_doctor_and_the_hospital_are_told(world: &World) {
    let notes = world.messages_go_out().await;
    let notes: Vec<_> = notes.iter().filter(|text| text.contains("<MunicipalityLetter>")).collect();
    assert_eq!(notes.len(), 2, "one note to each who referred");
    for (note, letter_id, receiver) in [(notes[0], "BRUNOB1", "5790009999065"), (notes[1], "BRUNOB2", "5790009999072")]
    {
        assert!(note.contains("<VersionCode>XD1530L</VersionCode>"));
        assert!(note.contains(letter_id) && note.contains(receiver));
        assert!(note.contains("Kontrol af HbA1c om 3 måneder."));
        assert!(note.contains("Madlavning i praksis") && note.contains("Jeg laver mad fire dage om ugen"));
        let read = medcom::read(note.as_bytes(), &medcom::Limits::default()).unwrap();
        assert!(matches!(read, medcom::Incoming::Emessage(m) if m.letters.iter().all(Result::is_ok)));
    }
}

/// The whole course; `told` gathers what the reports hold when they are not compared.
async fn the_course(world: &World, told: Option<String>) -> Option<String> {
    let mut thread = Thread { told, ..Thread::default() };
    day_1_the_doctor_refers_and_a_talk_is_planned(world, &mut thread).await;
    days_3_to_5_bruno_cooks(world, &mut thread).await;
    let talk = day_6_the_hospital_refers_and_a_needs_talk_is_planned(world, &mut thread).await;
    day_7_the_needs_talk_is_held_and_the_copd_team_is_granted(world, &mut thread, &talk).await;
    over_the_summer_the_cooking_course_ends(world, &mut thread).await;
    day_8_the_course_is_closed_and_a_follow_up_agreed(world, &mut thread).await;
    the_doctor_and_the_hospital_are_told(world).await;
    store::verify_chains(&world.app.store, 1, world.app.now()).await.unwrap();
    thread.told
}

on_both_engines! {
    async fn bruno_goes_from_referral_to_follow_up(database: &Database) {
        let world = World::holbaek(database, "2022-06-02T07:00:00Z", false).await;
        the_course(&world, None).await;
    }
}

on_both_engines! {
    async fn with_requests_linked_each_report_brings_what_its_interventions_came_from(database: &Database) {
        let world = World::holbaek(database, "2022-06-02T07:00:00Z", true).await;
        let told = the_course(&world, Some(String::new())).await;
        insta::assert_snapshot!("with_requests_linked", told.unwrap());
    }
}

on_both_engines! {
    async fn what_changes_after_the_days_report_makes_another_and_nothing_is_told_twice(database: &Database) {
        let world = World::holbaek(database, "2022-06-02T07:00:00Z", false).await;
        let mut thread = Thread { told: None, ..Thread::default() };
        day_1_the_doctor_refers_and_a_talk_is_planned(&world, &mut thread).await;
        world.it_is("2022-06-11T08:00:00Z");
        let first = world.post("/reports", json!({ "day": "2022-06-10" })).await;
        world.post(&format!("/courses/{}/conditions", thread.course), json!({ "code": "weight" })).await;
        let before = world.report_of("2022-06-10").await;
        let later = world.report_of("2022-06-11").await;
        assert_eq!(first["reports"][0]["id"], before.bundle["id"], "the same report again");
        assert_eq!(later.holds(), BTreeSet::from([P, "Condition Vægt"]));
        world.post(&format!("/courses/{}/conditions", thread.course), json!({ "code": "pain" })).await;
        let evening = world.report_of("2022-06-11").await;
        assert_eq!(evening.holds(), BTreeSet::from([P, "Condition Smerte"]));
        assert_ne!(evening.bundle["id"], later.bundle["id"]);
    }
}
