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
const PERSONS: [(&str, &str, &str); 8] = [
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
async fn granted(desk: &Desk, (cpr, given, surname): (&str, &str, &str)) -> Granted {
    let (app, who) = (&desk.app, staff(1, Role::Professional));
    let new = NewRequest {
        cpr: Some(cpr.to_owned()),
        given: Some(given.to_owned()),
        surname: Some(surname.to_owned()),
        phone: Some("70000001".to_owned()),
        source: Source::Citizen,
        channel: Channel::Phone,
        areas: [RequestedArea::PhysicalActivity].into(),
        chronic_disease: Some(true),
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
    let held = courses::hold_talk(app, &who, talk, talk_input()).await.unwrap();
    (held.interventions[0].intervention, asked.citizen)
}

fn talk_input() -> TalkInput {
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
            code: InterventionCode::PhysicalTraining,
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

const TEAM: [(&str, &str); 8] = [
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
fn pressed(all: &[Granted], missing: &[(CitizenId, &str)], note: &str) -> Vec<(String, String)> {
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
async fn contact_of(desk: &Desk, citizen: CitizenId) -> (EncounterStatus, Option<String>) {
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

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
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
    for (path, most) in [(&*team, 3), (&*session, 2)] {
        let queries = desk.queries_of(path).await;
        assert!(queries <= most, "{path}: {queries}");
        let page = desk.browser.get(path).await.body;
        assert!(addresses(&page).iter().all(|href| !href.contains("0201609995") && !href.contains("Lauridsen")));
        assert!(!page.contains("0201609995") && !page.contains("020160"), "{path}");
    }
}

async fn offer(desk: &mut Desk, team: &str, who: &Granted) -> crate::Answer {
    let indsats = who.0.to_string();
    desk.browser.post(&format!("{team}/tilbud"), &[("indsats", &*indsats)]).await
}

/// The addresses of the open offers of a team.
async fn open_offers(desk: &mut Desk, team: &str) -> Vec<String> {
    let page = desk.browser.get(team).await.body;
    let start = format!("action=\"{team}/tilbud/");
    page.match_indices(&start).map(|(at, _)| page[at + 8..].split('"').next().unwrap().to_owned()).collect()
}

const SMALL: [(&str, &str); 8] = [
    ("navn", "KOL-hold tirsdag"),
    ("indsats", "physical_training"),
    ("pladser", "1"),
    ("sted", "Sal 2"),
    ("dato", "2026-12-08"),
    ("fra", "09:00"),
    ("til", "10:30"),
    ("antal", "3"),
];

on_both_engines! {
    async fn a_free_seat_is_offered_by_need_and_goes_on_by_itself(database: &Database) {
        let mut desk = Desk::with(database, Role::Professional, &[]).await;
        let mut all = Vec::new();
        for person in &PERSONS[..3] {
            all.push(granted(&desk, *person).await);
        }
        assert_eq!(desk.browser.get("/hold/nyt").await.status, 200);
        let team = leads_to(&desk.browser.post("/hold/nyt", &SMALL).await);
        let need = [("indsats", &*all[2].0.to_string()), ("behov", "support")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{team}/behov"), &need).await), team);
        let page = desk.browser.get(&team).await.body;
        assert!(page.contains("Øget støtte · Bevilget i dag"), "the order says why");
        assert!(page.find("Schwendlund").unwrap() < page.find("Einer").unwrap(), "who needs it most stands first");
        assert_eq!(leads_to(&offer(&mut desk, &team, &all[2]).await), team);
        let page = desk.browser.get(&team).await.body;
        for text in ["0 optaget · 1 tilbudt · 0 ledige", "Svar senest 27. nov.", "Holdet er fuldt."] {
            assert!(page.contains(text), "{text}");
        }
        assert_eq!(leads_to(&offer(&mut desk, &team, &all[2]).await), team, "a second press makes no second offer");
        let full = offer(&mut desk, &team, &all[0]).await;
        assert_eq!(full.status, 422);
        assert!(full.body.contains("Holdet er fuldt."));
        let list = desk.browser.get("/beskedliste").await.body;
        assert!(list.contains("Ring til os senest fredag 27. november") && list.contains("tirsdag 8. december kl. 9.00–10.30"));
        assert!(!list.contains("KOL-hold"), "the message tells of no disease");
        let [first] = &*open_offers(&mut desk, &team).await else { panic!("one offer") };
        // The time to answer passes; the seat goes on, once, to who has waited longest.
        desk.clock.set("2026-11-30T09:00:00Z");
        desk.browser = log_in(&desk.app, 1, "senere", Role::Professional).await;
        assert_eq!(desk.browser.get(&team).await.status, 200);
        let late = desk.browser.post(first, &[("svar", "ja")]).await;
        assert_eq!(late.status, 422);
        assert!(late.body.contains("Svarfristen er udløbet, og pladsen er gået videre."));
        for _ in 0..2 {
            app::nightly::round(&desk.app).await.unwrap();
        }
        let page = desk.browser.get(&team).await.body;
        assert!(page.contains("1 tilbudt") && page.contains("Spurgt før, svarede ikke · Øget støtte · Ventet 6 dage"));
        let [second] = &*open_offers(&mut desk, &team).await else { panic!("one offer") };
        assert_ne!(first, second);
        let gone = desk.browser.post(first, &[("svar", "ja")]).await;
        assert_eq!(gone.status, 422, "what ran out is over");
        let list = desk.browser.get("/beskedliste").await.body;
        assert!(list.contains("Einer") && !list.contains("Schwendlund"), "a message about what is over falls away");
        let unsaid = desk.browser.post(second, &[("svar", "måske")]).await;
        assert_eq!(unsaid.status, 422);
        assert_eq!(leads_to(&desk.browser.post(second, &[("svar", "ja")]).await), team);
        let page = desk.browser.get(&team).await.body;
        assert!(page.contains("1 optaget · 0 ledige") && page.contains("Borgeren har fået plads på holdet."));
        let again = desk.browser.post(second, &[("svar", "ja")]).await;
        assert_eq!(again.status, 422, "a second yes gives no second seat");
        assert!(again.body.contains("Tilbuddet er allerede besvaret.") && again.body.contains("1 optaget"));
        assert!(desk.browser.get("/beskedliste").await.body.contains("Alle har fået besked"));
    }
}

on_both_engines! {
    async fn a_message_is_ticked_off_and_an_offer_is_taken_back(database: &Database) {
        let mut desk = Desk::with(database, Role::Professional, &[]).await;
        let einer = granted(&desk, PERSONS[0]).await;
        assert_eq!(desk.browser.get("/hold/nyt").await.status, 200);
        let team = leads_to(&desk.browser.post("/hold/nyt", &SMALL).await);
        let past = [("indsats", &*einer.0.to_string()), ("svar_senest", "2026-11-01")];
        let answer = desk.browser.post(&format!("{team}/tilbud"), &past).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("Svarfristen skal ligge efter i dag."));
        assert!(desk.browser.get("/beskedliste").await.body.contains("Alle har fået besked"), "nothing half-written");
        leads_to(&offer(&mut desk, &team, &einer).await);
        let list = desk.browser.get("/beskedliste").await.body;
        let given = list.split("action=\"/beskedliste/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        for _ in 0..2 {
            assert_eq!(leads_to(&desk.browser.post(&format!("/beskedliste/{given}"), &[]).await), "/beskedliste");
        }
        assert!(desk.browser.get("/beskedliste").await.body.contains("Alle har fået besked"));
        let undo = format!("/beskedliste/{}", given.replace("/givet", "/fortryd"));
        assert_eq!(leads_to(&desk.browser.post(&undo, &[]).await), "/beskedliste");
        assert!(desk.browser.get("/beskedliste").await.body.contains("Einer"));
        assert_eq!(desk.queries_of("/beskedliste").await, 1);
        let [open] = &*open_offers(&mut desk, &team).await else { panic!("one offer") };
        assert_eq!(leads_to(&desk.browser.post(open, &[("svar", "traek")]).await), team);
        assert!(desk.browser.get("/beskedliste").await.body.contains("Alle har fået besked"));
        let page = desk.browser.get(&team).await.body;
        assert!(page.contains("0 optaget · 1 ledige") && page.contains("Einer"), "nobody is lost");
    }
}

on_both_engines! {
    async fn a_session_is_called_off_and_everybody_is_told_once(database: &Database) {
        let (mut desk, team, all) = team_of(database, 2).await;
        let session = session_now(&mut desk, &team).await;
        let off = format!("{session}/aflys");
        let page = desk.browser.get(&off).await.body;
        for text in ["value=\"2026-12-15\"", "value=\"09:00\"", "2 deltagere får besked: 2 SMS", "Aflys og giv besked"] {
            assert!(page.contains(text), "{text}");
        }
        let form = |day: &'static str| [("aarsag", "instructor"), ("erstat", "ja"), ("dato", day), ("fra", "09:00"), ("til", "10:30")];
        let holiday = desk.browser.post(&off, &form("2026-12-25")).await;
        assert_eq!(holiday.status, 422);
        assert!(holiday.body.contains("Den dag er der lukket.") && holiday.body.contains("Vi mødes, selv om der er lukket den dag"));
        assert!(desk.browser.get("/beskedliste").await.body.contains("Alle har fået besked"), "nothing half-written");
        for _ in 0..2 {
            assert_eq!(leads_to(&desk.browser.post(&off, &form("2026-12-15")).await), team, "twice is harmless");
        }
        let page = desk.browser.get(&team).await.body;
        for text in ["Aflyst", "Tir. 15. dec.", "0 af 3 holdt"] {
            assert!(page.contains(text), "{text}");
        }
        assert_eq!(page.matches("Tir. 15. dec.").count(), 1);
        let list = desk.browser.get("/beskedliste").await.body;
        assert_eq!(list.matches("Dit hold tirsdag 24. november kl. 9.00–10.30 er aflyst. Vi mødes i stedet tirsdag 15. december").count(), 2);
        assert!(!list.contains("Træning tirsdag"), "the message tells of no disease");
        let shown = desk.browser.get(&session).await.body;
        assert!(shown.contains("Aflyst: Underviser er syg eller væk. I stedet tirsdag 15. december kl. 9.00–10.30."));
        let late = desk.browser.post(&session, &borrowed(&pressed(&all, &[], ""))).await;
        assert_eq!(late.status, 422, "what is called off was not held");
        assert!(!desk.browser.get("/hold").await.body.contains("Mangler fremmøde"));
        assert!(desk.queries_of(&off).await <= 2);
    }
}

on_both_engines! {
    async fn one_note_for_all_and_a_line_for_one_land_in_the_right_records(database: &Database) {
        let (mut desk, team, all) = team_of(database, 3).await;
        let session = session_now(&mut desk, &team).await;
        let mut fields = pressed(&all, &[(all[2].1, "regrets")], "Gik en tur.");
        fields.push((format!("linje-{}", all[0].1), "Blev svimmel på trappen.".to_owned()));
        fields.push((format!("linje-{}", all[2].1), "Barnebarn er syg.".to_owned()));
        assert_eq!(leads_to(&desk.browser.post(&session, &borrowed(&fields)).await), session);
        let both = Some("Gik en tur.\nBlev svimmel på trappen.".to_owned());
        assert_eq!(contact_of(&desk, all[0].1).await, (EncounterStatus::Finished, both));
        assert_eq!(contact_of(&desk, all[1].1).await, (EncounterStatus::Finished, Some("Gik en tur.".to_owned())));
        assert_eq!(contact_of(&desk, all[2].1).await, (EncounterStatus::Cancelled, Some("Barnebarn er syg.".to_owned())));
    }
}

on_both_engines! {
    async fn who_leads_has_the_competence_and_what_clashes_is_asked_about(database: &Database) {
        let (mut desk, team, _) = team_of(database, 2).await;
        let rammer = format!("{team}/rammer");
        let page = desk.browser.get(&rammer).await;
        assert!(page.body.contains("Ingen kolleger har kompetencen Fysisk aktivitet"));
        let user = app::access::users(&desk.app, 1).await.unwrap()[0].id;
        let (version, me) = (crate::version_of(&page), user.to_string());
        fn form<'a>(place: &'a str, seats: &'a str) -> Vec<(&'a str, &'a str)> {
            vec![("pladser", seats), ("sted", place), ("optag", "rolling")]
        }
        let mut wrong = form("Sal 2", "8");
        wrong.extend([("version", &*version), ("undervisere", &*me)]);
        let answer = desk.browser.post(&rammer, &wrong).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("Underviseren skal have kompetencen Fysisk aktivitet."));
        let few = desk.browser.post(&rammer, &form("Sal 2", "1")).await;
        assert_eq!(few.status, 422);
        assert!(few.body.contains("2 har eller er tilbudt en plads."));
        let competences = [domain::competence::Competence::PhysicalActivity].into();
        let role = app::calendar::PractitionerInput { competences, ..Default::default() };
        let leader = staff(1, Role::Leader);
        app::calendar::set_practitioner_role(&desk.app, &leader, user, None, role).await.unwrap();
        // The room is another team's at that time.
        assert_eq!(desk.browser.get("/hold/nyt").await.status, 200);
        let mut other = TEAM;
        (other[0].1, other[3].1) = ("Andet hold", "SAL  3");
        leads_to(&desk.browser.post("/hold/nyt", &other).await);
        let mut taken = form("Sal 3", "12");
        taken.push(("undervisere", &*me));
        let many = desk.browser.post(&rammer, &taken).await;
        assert!(many.body.contains("Der er højst 8 deltagere pr. instruktør. Med 12 pladser mangler der 1."));
        taken[0].1 = "8";
        let clash = desk.browser.post(&rammer, &taken).await;
        assert_eq!(clash.status, 422);
        assert!(clash.body.contains("Lokalet er optaget") && clash.body.contains("Gem alligevel"));
        taken.push(("alligevel", "ja"));
        assert_eq!(leads_to(&desk.browser.post(&rammer, &taken).await), team);
        assert!(desk.browser.get(&team).await.body.contains("<bdi>Sal 3</bdi>"));
        let mut late = form("Sal 4", "8");
        late.push(("version", &*version));
        let late = desk.browser.post(&rammer, &late).await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains("En kollega har gemt imens.") && late.body.contains("value=\"Sal 4\""));
    }
}
