//! Teams: made with their sessions, filled from those who wait, attendance on one screen and what follows from it.

use app::courses::{self, GrantInput, TalkInput};
use app::referrals::{self, AttemptInput, CheckInput, NewRequest, RouteInput};
use domain::citizen::Needs;
use domain::codes::{DeliveryType, EncounterClass, InterventionCode, RequestedArea};
use domain::contact::ContactChannel;
use domain::course::{RiskFactor, TalkArea, TalkNotes};
use domain::encounter::EncounterStatus;
use domain::ids::{CitizenId, PlannedInterventionId};
use domain::permission::Role;
use domain::referral::FirstStep;
use domain::service_request::{Channel, Source};
use store::{Scope, Seen};
use testkit::database::Database;
use testkit::municipality::staff;
use testkit::on_both_engines;

use crate::{Desk, addresses, leads_to, log_in};

/// Official test persons.
pub const PERSONS: [(&str, &str, &str); 8] = [
    ("0201609995", "Einer Test", "Lauridsen"),
    ("0201609996", "Lonni Test", "Lauridsen"),
    ("0108589995", "Schwendlund Test", "Mosebryggersen"),
    ("0108629996", "May June Test", "Moberg"),
    ("1509819996", "Brita Test", "Berggren"),
    ("0107729995", "Max Test", "Berggren"),
    ("2911829996", "Kirsten Test", "Berggren"),
    ("0504909995", "Magnus Test", "Lauridsen"),
];

pub type Granted = (PlannedInterventionId, CitizenId);

/// From a telephone call to training granted in a group.
pub async fn granted(desk: &Desk, person: (&str, &str, &str)) -> Granted {
    granted_for(desk, person, InterventionCode::PhysicalTraining).await
}

/// The same for another intervention.
pub async fn granted_for(desk: &Desk, person: (&str, &str, &str), code: InterventionCode) -> Granted {
    granted_at_risk(desk, person, code, true).await
}

/// The same for somebody who has a chronic disease, or is at risk of one.
pub async fn granted_at_risk(
    desk: &Desk,
    (cpr, given, surname): (&str, &str, &str),
    code: InterventionCode,
    chronic: bool,
) -> Granted {
    let (app, who) = (&desk.app, staff(1, Role::Professional));
    let new = NewRequest {
        cpr: Some(cpr.to_owned()),
        given: Some(given.to_owned()),
        surname: Some(surname.to_owned()),
        phone: Some("70000001".to_owned()),
        source: Source::Citizen,
        channel: Channel::Phone,
        areas: [RequestedArea::PhysicalActivity].into(),
        chronic_disease: Some(chronic),
        operation_on: None,
        text: Some("Vil gerne i gang.".to_owned()),
        anonymous: false,
    };
    let asked = referrals::register(app, &who, new).await.unwrap();
    referrals::check(app, &who, asked.id, None, CheckInput::default()).await.unwrap();
    let reached = AttemptInput { reached: true, channel: ContactChannel::Phone, note: None, next_on: None };
    referrals::attempt(app, &who, asked.id, None, reached).await.unwrap();
    let step = RouteInput { step: FirstStep::ClarifyingTalk, reason: None };
    let talk = referrals::route(app, &who, asked.id, None, step).await.unwrap().intervention.unwrap();
    let held = courses::hold_talk(app, &who, talk, talk_input(code)).await.unwrap();
    (held.interventions[0].intervention, asked.citizen)
}

fn talk_input(code: InterventionCode) -> TalkInput {
    let said = || "Klarer det meste selv.".to_owned();
    TalkInput {
        acknowledged: Vec::new(),
        start: "2026-11-24T06:00:00Z".parse().unwrap(),
        end: "2026-11-24T07:00:00Z".parse().unwrap(),
        class: EncounterClass::AtPremises,
        notes: TalkNotes {
            areas: TalkArea::ALL.iter().map(|area| (*area, said())).collect(),
            risk_factors: RiskFactor::ALL.iter().map(|factor| (*factor, said())).collect(),
            maintenance: Some(said()),
            ..TalkNotes::default()
        },
        needs: Some(Needs { asked: true, hearing: true, ..Needs::default() }),
        goals: vec![courses::GoalInput { words: "Jeg vil kunne gå en tur.".to_owned() }],
        consents: Vec::new(),
        conditions: Vec::new(),
        interventions: vec![GrantInput {
            team: None,
            code,
            delivery: DeliveryType::Group,
            reasons: Vec::new(),
            choice_reason: Some("Vil helst sammen med andre.".to_owned()),
            care_plan: None,
            planned_end_on: None,
            performer: None,
            service_request: None,
        }],
    }
}

pub const TEAM: [(&str, &str); 8] = [
    ("navn", "Træning tirsdag"),
    ("indsats", "physical_training"),
    ("pladser", "8"),
    ("sted", "Sal 2"),
    ("dato", "2026-11-24"),
    ("fra", "09:00"),
    ("til", "10:30"),
    ("antal", "3"),
];

/// A team with a session now and two later, and the first `count` persons on it.
pub async fn team_of(database: &Database, count: usize) -> (Desk, String, Vec<Granted>) {
    let mut desk = Desk::with(database, Role::Professional, &[]).await;
    let mut all = Vec::new();
    for person in &PERSONS[..count] {
        all.push(granted(&desk, *person).await);
    }
    assert_eq!(desk.browser.get("/hold/nyt").await.status, 200);
    let team = leads_to(&desk.browser.post("/hold/nyt", &TEAM).await);
    for (intervention, _) in &all {
        seat(&mut desk, &team, *intervention).await;
    }
    (desk, team, all)
}

async fn seat(desk: &mut Desk, team: &str, intervention: PlannedInterventionId) {
    let indsats = intervention.to_string();
    let done = desk.browser.post(&format!("{team}/pladser"), &[("indsats", &*indsats)]).await;
    assert_eq!(leads_to(&done), team);
}

/// The address of the session that can be taken now.
pub async fn session_now(desk: &mut Desk, team: &str) -> String {
    let page = desk.browser.get(team).await.body;
    let before = page.split("\">Tag fremmøde").next().unwrap();
    before.rsplit("href=\"").next().unwrap().to_owned()
}

/// The form as it stands with nobody pressed, and those who are missing with why.
pub fn pressed(all: &[Granted], missing: &[(CitizenId, &str)], note: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> =
        all.iter().map(|(_, citizen)| ("deltager".to_owned(), citizen.to_string())).collect();
    for (_, citizen) in all {
        let why = missing.iter().find(|(id, _)| id == citizen).map_or("absent", |(_, why)| why);
        fields.push((format!("hvorfor-{citizen}"), why.to_owned()));
    }
    fields.extend(missing.iter().map(|(citizen, _)| ("mangler".to_owned(), citizen.to_string())));
    fields.push(("note".to_owned(), note.to_owned()));
    fields
}

/// Where the contact of a citizen with the team stands, and its note; one that was an error does not count.
pub async fn contact_of(desk: &Desk, citizen: CitizenId) -> (EncounterStatus, Option<String>) {
    let read = move |tx: &mut store::Tx<'_>| {
        let record = app::records::citizen_record(tx, citizen)?;
        let newest = record
            .encounters
            .iter()
            .map(|e| &e.value)
            .rfind(|e| e.session.is_some() && e.status != EncounterStatus::EnteredInError);
        let newest = newest.ok_or(app::AppError::NotFound("encounter"))?;
        Ok::<_, app::AppError>(Seen::record(citizen.0, (newest.status, newest.note.clone())))
    };
    desk.app.store.view(Scope::system(1, desk.app.now(), "test"), read).await.unwrap()
}

pub fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

on_both_engines! {
    async fn a_team_is_made_with_its_sessions_and_filled_from_those_who_wait(database: &Database) {
        let mut desk = Desk::with(database, Role::Professional, &[]).await;
        let empty = desk.browser.get("/hold").await.body;
        assert!(empty.contains("Der er ingen hold endnu") && empty.contains("href=\"/hold/nyt\""));
        let (intervention, citizen) = granted(&desk, PERSONS[0]).await;
        let wrong = [("navn", "Træning tirsdag"), ("indsats", "clarifying_talk"), ("pladser", "0"), ("dato", "2026-11-24"), ("fra", "10:00"), ("til", "09:00"), ("antal", "3")];
        let answer = desk.browser.post("/hold/nyt", &wrong).await;
        assert_eq!(answer.status, 422);
        for text in ["href=\"#indsats\"", "href=\"#pladser\"", "href=\"#til\"", "Sluttidspunktet skal ligge efter starttidspunktet", "value=\"Træning tirsdag\"", "value=\"2026-11-24\""] {
            assert!(answer.body.contains(text), "{text}");
        }
        let team = leads_to(&desk.browser.post("/hold/nyt", &TEAM).await);
        let page = desk.browser.get(&team).await.body;
        for text in ["Træning tirsdag er oprettet. 3 holdgange er lagt ind.", "Fysisk træning · <bdi>Sal 2</bdi>", "0 optaget · 8 ledige", "Tir. 24. nov.</a>", "kl. 9.00–10.30", "Tir. 8. dec.</a>", "Einer Test Lauridsen", "Bevilget i dag", "Tilbyd plads", "Giv plads uden at spørge"] {
            assert!(page.contains(text), "{text}");
        }
        seat(&mut desk, &team, intervention).await;
        let page = desk.browser.get(&team).await.body;
        for text in ["1 optaget · 7 ledige", "Ikke begyndt", "Ingen venter.", "Tag fremmøde", &format!("/borgere/{citizen}")] {
            assert!(page.contains(text), "{text}");
        }
        seat(&mut desk, &team, intervention).await;
        assert!(desk.browser.get(&team).await.body.contains("1 optaget"), "a second press gives no second seat");
        let list = desk.browser.get("/hold").await.body;
        for text in ["Dagens hold", "9.00–10.30", "1. gang af 3 · 1 deltager · <bdi>Sal 2</bdi>", "7 ledige af 8", "Tag fremmøde"] {
            assert!(list.contains(text), "{text}");
        }
        let start = desk.browser.get("/").await.body;
        assert!(start.contains("Dagens hold") && start.contains("Tag fremmøde"), "today's class is one press from the start page");
        let freed = [("indsats", &*intervention.to_string())];
        assert_eq!(leads_to(&desk.browser.post(&format!("{team}/frigiv"), &freed).await), team);
        let page = desk.browser.get(&team).await.body;
        assert!(page.contains("0 optaget") && page.contains("Giv plads"), "without a seat the citizen waits again");
    }
}

on_both_engines! {
    async fn everybody_counts_as_present_and_each_absence_leads_on(database: &Database) {
        let (mut desk, team, all) = team_of(database, 8).await;
        let session = session_now(&mut desk, &team).await;
        let page = desk.browser.get(&session).await.body;
        assert_eq!(page.matches("class=\"fb-att-box\"").count(), 8);
        assert!(!page.contains("fb-att-box\" checked") && page.contains("Alle står som til stede"));
        assert!(page.contains("1. gang af 3") && page.contains("Nedsat hørelse"), "what matters for support stands there");
        let fields = pressed(&all, &[(all[1].1, "absent"), (all[3].1, "regrets")], "Balance og styrke.");
        let done = desk.browser.post(&session, &borrowed(&fields)).await;
        assert_eq!(leads_to(&done), session);
        let page = desk.browser.get(&session).await.body;
        for text in ["Fremmødet er gemt: 6 mødt, 1 afbud, 1 udeblevet.", "6 af 8 mødte", "kontakt efter udeblivelse, senest", "Tirsdag 1. december kl. 9.00–10.30"] {
            assert!(page.contains(text), "{text}");
        }
        assert!(page.find("Lonni").unwrap() < page.find("Einer").unwrap(), "who is missing stands first");
        let again = desk.browser.post(&session, &borrowed(&fields)).await;
        assert_eq!(leads_to(&again), session, "a second press does nothing twice");
        let other = pressed(&all, &[], "");
        let late = desk.browser.post(&session, &borrowed(&other)).await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains("dine tryk er ikke kommet med") && late.body.contains("6 af 8 mødte"));
        assert_eq!(contact_of(&desk, all[0].1).await, (EncounterStatus::Finished, Some("Balance og styrke.".to_owned())));
        assert_eq!(contact_of(&desk, all[1].1).await, (EncounterStatus::NoShow, None));
        assert_eq!(contact_of(&desk, all[3].1).await, (EncounterStatus::Cancelled, None));
        let lonni = desk.browser.get(&format!("/borgere/{}", all[1].1)).await.body;
        assert!(lonni.contains("Kontakt efter udeblivelse"));
        let page = desk.browser.get(&team).await.body;
        assert!(page.contains("1 af 3 holdt") && page.contains("mødt 6 af 8") && page.contains("Mødt 0 af 1"));
        assert!(desk.browser.get("/hold").await.body.contains("Fremmøde gemt"));
        assert!(desk.browser.get("/").await.body.contains("Fremmøde gemt"));
    }
}

on_both_engines! {
    async fn nobody_counts_as_present_who_was_not_in_the_list(database: &Database) {
        let (mut desk, team, mut all) = team_of(database, 2).await;
        let session = session_now(&mut desk, &team).await;
        let fields = pressed(&all, &[(all[1].1, "regrets")], "Gik en tur.");
        let third = granted(&desk, PERSONS[2]).await;
        seat(&mut desk, &team, third.0).await;
        let answer = desk.browser.post(&session, &borrowed(&fields)).await;
        assert_eq!(answer.status, 422);
        for text in ["Holdet er ændret, mens du tog fremmøde", "Schwendlund Test Mosebryggersen", "Gik en tur.", "value=\"regrets\" checked"] {
            assert!(answer.body.contains(text), "{text}");
        }
        assert_eq!(answer.body.matches(" checked><label class=\"fb-att-head\"").count() + answer.body.matches(" checked>\n    <label class=\"fb-att-head\"").count(), 1, "what was pressed is kept");
        all.push(third);
        let fields = pressed(&all, &[(all[1].1, "regrets")], "");
        assert_eq!(leads_to(&desk.browser.post(&session, &borrowed(&fields)).await), session);
    }
}

on_both_engines! {
    async fn attendance_that_was_wrong_is_corrected_and_its_task_falls_away(database: &Database) {
        let (mut desk, team, all) = team_of(database, 2).await;
        let session = session_now(&mut desk, &team).await;
        let fields = pressed(&all, &[(all[1].1, "absent")], "Gik en tur.");
        leads_to(&desk.browser.post(&session, &borrowed(&fields)).await);
        let (ret, lonni) = (format!("{session}/ret"), all[1].1.to_string());
        let unsaid = desk.browser.post(&ret, &[("borger", &*lonni), ("fremmoede", "present"), ("hvorfor", " ")]).await;
        assert_eq!(unsaid.status, 422);
        assert!(unsaid.body.contains("<bdi>Lonni Test Lauridsen</bdi>: Skriv, hvad der var forkert."));
        let right = [("borger", &*lonni), ("fremmoede", "present"), ("hvorfor", "Kom for sent")];
        for _ in 0..2 {
            assert_eq!(leads_to(&desk.browser.post(&ret, &right).await), session, "twice is harmless");
        }
        let page = desk.browser.get(&session).await.body;
        assert!(page.contains("Fremmødet er rettet.") && page.contains("2 af 2 mødte") && !page.contains("senest"));
        assert_eq!(contact_of(&desk, all[1].1).await, (EncounterStatus::Finished, None));
        let record = desk.browser.get(&format!("/borgere/{lonni}")).await.body;
        assert!(!record.contains("Kontakt efter udeblivelse"), "there is nobody to ring to");
        let einer = all[0].1.to_string();
        let away = [("borger", &*einer), ("fremmoede", "absent"), ("hvorfor", "Var der ikke")];
        leads_to(&desk.browser.post(&ret, &away).await);
        assert!(desk.browser.get(&session).await.body.contains("kontakt efter udeblivelse, senest"));
        assert_eq!(contact_of(&desk, all[0].1).await, (EncounterStatus::NoShow, None));
    }
}

#[tokio::test]
async fn a_session_that_has_not_begun_says_when_and_shows_who_comes() {
    let (mut desk, team, all) = team_of(&Database::sqlite(), 1).await;
    let page = desk.browser.get(&team).await.body;
    let later = page.split("\">Tir. 1. dec.").next().unwrap().rsplit("href=\"").next().unwrap().to_owned();
    let shown = desk.browser.get(&later).await.body;
    assert!(shown.contains("når holdgangen er begyndt: tirsdag 1. december kl. 9.00–10.30"));
    assert!(shown.contains("Einer Test Lauridsen") && !shown.contains("Gem fremmøde"));
    let early = desk.browser.post(&later, &borrowed(&pressed(&all, &[], ""))).await;
    assert_eq!(early.status, 422, "the rule holds behind the page");
    let days = [("dato", "2026-12-17"), ("fra", "09:00"), ("til", "10:30"), ("antal", "2")];
    assert_eq!(leads_to(&desk.browser.post(&format!("{team}/gange"), &days).await), team);
    let page = desk.browser.get(&team).await.body;
    for text in ["2 holdgange er lagt ind.", "der er lukket: 24. dec., 31. dec.", "Tor. 7. jan. 2027"] {
        assert!(page.contains(text), "{text}");
    }
    desk.clock.set("2027-01-02T09:00:00Z");
    let mut browser = log_in(&desk.app, 1, "senere", Role::Professional).await;
    let list = browser.get("/hold").await.body;
    assert!(list.contains("Mangler fremmøde") && list.contains("Der er ingen hold i dag."));
    desk.clock.set("2027-03-02T09:00:00Z");
    let mut browser = log_in(&desk.app, 1, "endnu-senere", Role::Professional).await;
    assert!(browser.get("/hold").await.body.contains("Der er ingen hold endnu"));
    assert!(browser.get("/hold?visning=afsluttede").await.body.contains("Træning tirsdag"));
}

#[tokio::test]
async fn the_pages_of_a_team_cost_little_and_name_nobody_in_an_address() {
    let (mut desk, team, _) = team_of(&Database::sqlite(), 3).await;
    let session = session_now(&mut desk, &team).await;
    for (path, most) in [(&*team, 4), (&*session, 2)] {
        let queries = desk.queries_of(path).await;
        assert!(queries <= most, "{path}: {queries}");
        let page = desk.browser.get(path).await.body;
        assert!(addresses(&page).iter().all(|href| !href.contains("0201609995") && !href.contains("Lauridsen")));
        assert!(!page.contains("0201609995") && !page.contains("020160"), "{path}");
    }
}

on_both_engines! {
    async fn why_somebody_did_not_come_is_asked_for_and_kept_in_their_record(database: &Database) {
        let (mut desk, team, all) = team_of(database, 3).await;
        let session = session_now(&mut desk, &team).await;
        let page = desk.browser.get(&session).await.body;
        for text in ["Årsag, hvis den kendes", "Sygdom", "Transport", "Glemt"] {
            assert!(page.contains(text), "{text}");
        }
        let mut fields = pressed(&all, &[(all[1].1, "absent"), (all[2].1, "regrets")], "");
        fields.push((format!("aarsag-{}", all[0].1), "work".to_owned()));
        fields.push((format!("aarsag-{}", all[1].1), "transport".to_owned()));
        fields.push((format!("aarsag-{}", all[2].1), "det rene vrøvl".to_owned()));
        assert_eq!(leads_to(&desk.browser.post(&session, &borrowed(&fields)).await), session);
        for ((_, citizen), expected) in all.iter().zip([None, Some("Transport"), None]) {
            let id = *citizen;
            let read = move |tx: &mut store::Tx<'_>| {
                let record = app::records::citizen_record(tx, id)?;
                let contact = record.encounters.iter().map(|e| &e.value).rfind(|e| e.session.is_some()).unwrap().id;
                Ok::<_, app::AppError>(Seen::record(id.0, contact))
            };
            let contact = desk.app.store.view(Scope::system(1, desk.app.now(), "test"), read).await.unwrap();
            let page = desk.browser.get(&format!("/kontakter/{contact}")).await.body;
            assert_eq!(page.contains("<dt>Årsag</dt>"), expected.is_some(), "{expected:?}");
            assert!(expected.is_none_or(|reason| page.contains(reason)));
        }
    }
}
