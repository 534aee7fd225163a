//! The calendar: from a chosen talk to its time, moving, calling off, the letter; what two who book at once see.

use std::collections::BTreeSet;

use app::calendar::{self, AppointmentInput, PractitionerInput};
use app::citizens::{self, CitizenInput};
use app::referrals::{self, AttemptInput, CheckInput, RouteInput};
use app::{App, AppError};
use domain::calendar::{AppointmentError, Workday, WorkingHours};
use domain::citizen::Needs;
use domain::codes::EncounterClass;
use domain::competence::Competence;
use domain::contact::ContactChannel;
use domain::ids::{CitizenId, PlannedInterventionId, ServiceRequestId, UserId};
use domain::permission::Role;
use domain::referral::FirstStep;
use jiff::Timestamp;
use jiff::civil::time;
use store::{Scope, Seen};
use testkit::database::Database;
use testkit::municipality::{add, staff};
use testkit::on_both_engines;

use crate::browser::Browser;
use crate::{Desk, PASSWORD, addresses, leads_to, log_in, value_of};

const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";
const BRUNO: &str = "02-xref15-hospital-copd";

/// The people of an organization by user name.
pub async fn user(app: &App, organization: i64, name: &str) -> UserId {
    app::access::users(app, organization).await.unwrap().into_iter().find(|u| u.user_name == name).unwrap().id
}

/// A nurse who may hold clarifying talks from nine to twelve every day.
pub async fn nurse(app: &App) -> UserId {
    log_in(app, 1, "tn-sygeplejerske", Role::Professional).await;
    let id = user(app, 1, "tn-sygeplejerske").await;
    let hours = Workday::ALL.iter().map(|day| WorkingHours {
        day: *day,
        from: time(9, 0, 0, 0),
        to: time(12, 0, 0, 0),
        place: "Sundhedscentret, lokale 3".into(),
    });
    let input = PractitionerInput {
        competences: BTreeSet::from([Competence::ClarifyingTalk]),
        hours: hours.collect(),
        absences: Vec::new(),
        authorised: false,
    };
    calendar::set_practitioner_role(app, &staff(1, Role::Leader), id, None, input).await.unwrap();
    id
}

/// A referral that is reached and led to a clarifying talk: the talk and whose it is.
pub async fn routed(desk: &mut Desk, name: &str) -> (PlannedInterventionId, CitizenId) {
    let href = desk.request_of(name).await;
    let id = ServiceRequestId(href.rsplit('/').next().unwrap().parse().unwrap());
    let who = staff(1, Role::Visitator);
    referrals::check(&desk.app, &who, id, None, CheckInput::default()).await.unwrap();
    let reached = AttemptInput {
        reached: true,
        channel: ContactChannel::Phone,
        note: Some("Vil gerne komme".into()),
        next_on: None,
    };
    referrals::attempt(&desk.app, &who, id, None, reached).await.unwrap();
    let step = RouteInput { step: FirstStep::ClarifyingTalk, reason: None };
    let made = referrals::route(&desk.app, &who, id, None, step).await.unwrap();
    let read = move |tx: &mut store::Tx<'_>| {
        Ok::<_, AppError>(Seen::nothing(app::records::citizen_of(tx, "service_request", id.0)?))
    };
    let citizen = desk.app.store.view(Scope::system(1, desk.app.now(), "test"), read).await.unwrap();
    (made.intervention.unwrap(), citizen)
}

/// A talk that the nurse holds today, with whose it is and the nurse's own browser.
pub async fn booked_today(desk: &mut Desk, name: &str) -> (PlannedInterventionId, CitizenId, Browser) {
    let nurse = nurse(&desk.app).await;
    let (talk, citizen) = routed(desk, name).await;
    let start = "2026-11-24T09:30:00Z".parse().unwrap();
    let input = AppointmentInput {
        professional: nurse,
        start,
        end: None,
        class: EncounterClass::AtPremises,
        needs: vec![],
        despite: false,
    };
    calendar::book(&desk.app, &staff(1, Role::Visitator), talk, input).await.unwrap();
    let mut browser = Browser::on(&desk.app);
    assert_eq!(browser.log_in("tn-sygeplejerske", PASSWORD).await.status, 303);
    (talk, citizen, browser)
}

pub async fn desk(database: &Database) -> (Desk, UserId) {
    let desk = Desk::with(database, Role::Visitator, &[NANCY, BRUNO]).await;
    let nurse = nurse(&desk.app).await;
    (desk, nurse)
}

pub fn booking(talk: PlannedInterventionId) -> String {
    format!("/kalender/book/{talk}")
}

/// The time that is chosen already.
pub fn proposed(page: &str) -> String {
    let before = page.split(" checked><label for=\"forslag-").next().unwrap();
    before.rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_owned()
}

on_both_engines! {
    async fn a_talk_gets_its_time_by_one_press_and_the_tasks_follow(database: &Database) {
        let (mut desk, _) = desk(database).await;
        let (talk, citizen) = routed(&mut desk, "Nancy Ann Test Berggren").await;
        let record = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert!(record.contains("Book samtale") && record.contains(&booking(talk)), "somebody must find a time");
        let page = desk.browser.get(&booking(talk)).await.body;
        for text in ["Book afklarende samtale", "Tre forslag", "Tirsdag 24. november kl. 9.30", "Holdes senest", "Book tiden"] {
            assert!(page.contains(text), "{text}");
        }
        assert_eq!(page.matches("button-primary").count(), 1);
        let tid = proposed(&page);
        let time = leads_to(&desk.browser.post(&booking(talk), &[("tid", &tid), ("form", "at_premises")]).await);
        let page = desk.browser.get(&time).await.body;
        for text in ["Tiden er booket: tirsdag 24. november kl. 9.30.", "9.30–10.30", "Sundhedscentret, lokale 3", "Vil gerne komme", "Type 2-diabetes", "Se invitationen"] {
            assert!(page.contains(text), "{text}");
        }
        let record = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert!(record.contains("Næste tid") && record.contains("Send invitation") && !record.contains("Book samtale"));
        let again = desk.browser.post(&booking(talk), &[("tid", &tid)]).await;
        assert_eq!(leads_to(&again), time, "a second press does nothing twice");
        let week = desk.browser.get("/kalender?uge=2026-48&hvem=alle").await.body;
        assert!(week.contains("Åbn næste samtale") && week.contains("Nancy Ann Test Berggren") && week.contains(&time));
    }
}

on_both_engines! {
    async fn what_was_taken_meanwhile_is_said_and_nothing_is_lost(database: &Database) {
        let (mut desk, nurse) = desk(database).await;
        let (nancy, citizen) = routed(&mut desk, "Nancy Ann Test Berggren").await;
        let (bruno, _) = routed(&mut desk, "Bruno Test Elmer").await;
        let needs = Needs { asked: true, interpreter: true, transport: true, ..Needs::default() };
        let input = CitizenInput { needs: Some(needs), language: Some("Arabisk".into()), ..CitizenInput::default() };
        citizens::edit(&desk.app, &staff(1, Role::Visitator), citizen, None, input).await.unwrap();
        let page = desk.browser.get(&booking(nancy)).await.body;
        assert!(page.contains("Tolk: arabisk") && page.contains("Tolk kan ikke nås"), "today is too soon");
        let tid = proposed(&page);
        let start: Timestamp = tid.split('/').nth(1).unwrap().parse().unwrap();
        let other = AppointmentInput { professional: nurse, start, end: None, class: EncounterClass::AtPremises, needs: vec![], despite: false };
        calendar::book(&desk.app, &staff(1, Role::Visitator), bruno, other).await.unwrap();
        let fields = [("tid", tid.as_str()), ("behov-tolk", "not_possible"), ("behov-tolk-hvorfor", "Datteren vil med"), ("behov-koersel", "declined")];
        let answer = desk.browser.post(&booking(nancy), &fields).await;
        assert_eq!(answer.status, 409);
        assert!(answer.body.contains("lige blevet taget") && answer.body.contains("Datteren vil med"));
        assert!(answer.body.contains("value=\"declined\" selected"));
        let free = proposed(&desk.browser.get(&booking(nancy)).await.body);
        let unsaid = desk.browser.post(&booking(nancy), &[("tid", &*free), ("behov-tolk", "not_possible"), ("behov-koersel", "asked")]).await;
        assert_eq!(unsaid.status, 422);
        assert!(unsaid.body.contains("href=\"#behov-tolk-hvorfor\"") && unsaid.body.contains("Skriv, hvorfor tiden bookes alligevel"));
        let unanswered = desk.browser.post(&booking(nancy), &[("tid", &*free), ("behov-tolk", "asked")]).await;
        assert!(unanswered.status == 422 && unanswered.body.contains("href=\"#behov-koersel\""));
        let time = leads_to(&desk.browser.post(&booking(nancy), &[("tid", &*free), ("behov-tolk", "asked"), ("behov-koersel", "arranged")]).await);
        let page = desk.browser.get(&time).await;
        assert!(page.body.contains("Skal bestilles"));
        let version = value_of(&page, "version");
        let done = desk.browser.post(&format!("{time}/behov"), &[("version", &*version), ("behov-tolk", "arranged")]).await;
        assert_eq!(leads_to(&done), time);
        assert!(!desk.browser.get(&time).await.body.contains("Skal bestilles"));
    }
}

on_both_engines! {
    async fn two_who_book_the_same_time_at_once_cannot_both_have_it(database: &Database) {
        let (mut desk, nurse) = desk(database).await;
        let (nancy, _) = routed(&mut desk, "Nancy Ann Test Berggren").await;
        let (bruno, _) = routed(&mut desk, "Bruno Test Elmer").await;
        // The second begins while the first is still going on.
        let at = |start: &str| AppointmentInput {
            professional: nurse,
            start: start.parse().unwrap(),
            end: None,
            class: EncounterClass::AtPremises,
            needs: Vec::new(),
            despite: false,
        };
        for (day, first, second) in [("2026-11-25", "08:00", "08:30"), ("2026-11-26", "08:00", "08:00")] {
            let (one, two) = (at(&format!("{day}T{first}:00Z")), at(&format!("{day}T{second}:00Z")));
            let who = staff(1, Role::Visitator);
            let (one, two) = tokio::join!(
                calendar::book(&desk.app, &who, nancy, one),
                calendar::book(&desk.app, &who, bruno, two)
            );
            let refused = [&one, &two].into_iter().filter_map(|done| done.as_ref().err()).collect::<Vec<_>>();
            assert_eq!(refused.len(), 1, "{day}: {refused:?}");
            assert!(matches!(refused[0], AppError::Appointment(AppointmentError::Taken)), "{refused:?}");
            let booked = one.or(two).unwrap();
            let reason = domain::calendar::AppointmentReason::Mistake;
            calendar::cancel(&desk.app, &who, booked, None, calendar::CancelInput { reason }).await.unwrap();
        }
        let who = staff(1, Role::Visitator);
        let (one, two) = (at("2026-11-27T08:00:00Z"), at("2026-11-27T09:30:00Z"));
        let (one, two) =
            tokio::join!(calendar::book(&desk.app, &who, nancy, one), calendar::book(&desk.app, &who, nancy, two));
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "a talk has one time");
    }
}

on_both_engines! {
    async fn a_time_is_moved_and_called_off_with_a_reason(database: &Database) {
        let (mut desk, _) = desk(database).await;
        let (talk, citizen) = routed(&mut desk, "Nancy Ann Test Berggren").await;
        let tid = proposed(&desk.browser.get(&booking(talk)).await.body);
        let time = leads_to(&desk.browser.post(&booking(talk), &[("tid", &tid)]).await);
        let page = desk.browser.get(&format!("{time}/flyt")).await;
        assert!(page.body.contains("Flyt afklarende samtale") && page.body.contains("Tiden er nu tirsdag 24. november kl. 9.30"));
        let later = page.body.split("id=\"forslag-2\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let version = value_of(&page, "version");
        let without = desk.browser.post(&format!("{time}/flyt"), &[("version", &*version), ("tid", &*later)]).await;
        assert!(without.status == 422 && without.body.contains("href=\"#hvorfor\""));
        let fields = [("version", version.as_str()), ("tid", later.as_str()), ("hvorfor", "citizen")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{time}/flyt"), &fields).await), time);
        assert_eq!(leads_to(&desk.browser.post(&format!("{time}/flyt"), &fields).await), time, "pressed twice");
        let page = desk.browser.get(&time).await;
        assert!(page.body.contains("Flyttet") && page.body.contains("Onsdag 25. november kl. 9.00"));
        let fields = [("version", "1"), ("aarsag", "staff")];
        let old = desk.browser.post(&format!("{time}/aflys"), &fields).await;
        assert!(old.status == 409 && old.body.contains("En kollega har gemt imens"), "made from an old page");
        let version = value_of(&page, "version");
        let fields = [("version", version.as_str()), ("aarsag", "staff")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{time}/aflys"), &fields).await), time);
        assert_eq!(leads_to(&desk.browser.post(&format!("{time}/aflys"), &fields).await), time, "pressed twice");
        let page = desk.browser.get(&time).await.body;
        assert!(page.contains("Aflyst: medarbejderen kan ikke") && page.contains("Book en ny tid"));
        let record = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert!(record.contains("Book samtale") && !record.contains("Næste tid") && !record.contains("Send invitation"));
        assert!(desk.browser.get("/kalender").await.body.contains("Mangler en tid"));
        let letter = desk.browser.get(&format!("{time}/invitation")).await.body;
        assert!(letter.contains("Der er ingen invitation at sende"));
    }
}

/// Somebody with a time for a talk, and its address.
pub async fn booked(database: &Database) -> (Desk, String) {
    let (mut desk, _) = desk(database).await;
    let (talk, _) = routed(&mut desk, "Nancy Ann Test Berggren").await;
    let tid = proposed(&desk.browser.get(&booking(talk)).await.body);
    let time = leads_to(&desk.browser.post(&booking(talk), &[("tid", &tid)]).await);
    (desk, time)
}

#[tokio::test]
async fn the_letter_is_plain_and_never_holds_a_protected_address_or_a_number() {
    let (mut desk, _) = desk(&Database::sqlite()).await;
    let (talk, citizen) = routed(&mut desk, "Nancy Ann Test Berggren").await;
    let tid = proposed(&desk.browser.get(&booking(talk)).await.body);
    let time = leads_to(&desk.browser.post(&booking(talk), &[("tid", &tid)]).await);
    let letter = format!("{time}/invitation");
    let page = desk.browser.get(&letter).await.body;
    for text in [
        "Du har fået en tid til en samtale",
        "Tirsdag 24. november",
        "kl. 9.30 til 10.30",
        "Hindbærvej 23",
        "Ring til os på 70 00 00 99",
        "En fagperson",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("251248"), "no CPR number on paper");
    assert!(!page.to_lowercase().contains("diabetes"), "no disease on paper");
    assert!(addresses(&page).iter().all(|href| !href.contains("2512489996")));
    let protect = CitizenInput { protected_address: Some(true), ..CitizenInput::default() };
    citizens::edit(&desk.app, &staff(1, Role::Visitator), citizen, None, protect).await.unwrap();
    let page = desk.browser.get(&letter).await.body;
    assert!(!page.contains("Hindbærvej") && page.contains("beskyttet adresse"));
    assert_eq!(leads_to(&desk.browser.post(&letter, &[]).await), time);
    let record = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
    assert!(!record.contains("Send invitation"), "the letter went out");
}

#[tokio::test]
async fn nobody_with_the_competence_is_said_with_the_next_step() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Leader, &[NANCY]).await;
    let (talk, _) = routed(&mut desk, "Nancy Ann Test Berggren").await;
    let page = desk.browser.get(&booking(talk)).await.body;
    assert!(page.contains("Ingen kolleger har kompetencen afklarende samtale"));
    assert!(page.contains("href=\"/kalender/medarbejdere\""));
    let me = user(&desk.app, 1, "leader").await;
    let form = format!("/kalender/medarbejdere/{me}");
    let page = desk.browser.get(&form).await;
    let version = value_of(&page, "version");
    let wrong = [
        ("version", &*version),
        ("kompetence", "clarifying_talk"),
        ("monday-1-fra", "12:00"),
        ("monday-1-til", "9.00"),
        ("monday-1-sted", "Lokale 3"),
    ];
    let answer = desk.browser.post(&form, &wrong).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.body.contains("href=\"#arbejdstid\"")
            && answer.body.contains("value=\"12:00\"")
            && answer.body.contains("value=\"Lokale 3\"")
    );
    let right = [
        ("version", &*version),
        ("kompetence", "clarifying_talk"),
        ("monday-1-fra", "09:00"),
        ("monday-1-til", "12:00"),
        ("monday-1-sted", "Lokale 3"),
        ("fravaer-fra", "2026-11-30T08:00"),
        ("fravaer-til", "2026-11-30T16:00"),
        ("fravaer-hvad", "Kursus"),
    ];
    assert_eq!(leads_to(&desk.browser.post(&form, &right).await), "/kalender/medarbejdere");
    assert!(desk.browser.get("/kalender/medarbejdere").await.body.contains("mandag 9.00–12.00"));
    let stale = desk.browser.post(&form, &right).await;
    assert_eq!(stale.status, 409, "made from an old page");
    let page = desk.browser.get(&booking(talk)).await.body;
    assert!(
        page.contains("Mandag 7. december kl. 9.00") && !page.contains("Mandag 30. november kl. 9.00"),
        "away on the 30th"
    );
}

#[tokio::test]
async fn the_calendar_of_another_municipality_is_out_of_sight() {
    let (mut desk, _) = desk(&Database::sqlite()).await;
    let (talk, _) = routed(&mut desk, "Nancy Ann Test Berggren").await;
    let tid = proposed(&desk.browser.get(&booking(talk)).await.body);
    let time = leads_to(&desk.browser.post(&booking(talk), &[("tid", &tid)]).await);
    let other = add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
    let mut stranger = log_in(&desk.app, other.key, "fremmed", Role::Leader).await;
    for path in [time.clone(), format!("{time}/invitation"), format!("{time}/flyt"), booking(talk)] {
        assert_eq!(stranger.get(&path).await.status, 404, "{path}");
    }
    assert!(!stranger.get("/kalender?uge=2026-48&hvem=alle").await.body.contains("Nancy"));
    assert_eq!(stranger.post(&format!("{time}/aflys"), &[("version", "1"), ("aarsag", "staff")]).await.status, 404);
    assert_eq!(stranger.post(&booking(talk), &[("tid", &tid)]).await.status, 404);
}

#[tokio::test]
async fn the_pages_read_no_more_than_they_need() {
    let (mut desk, _) = desk(&Database::sqlite()).await;
    let (talk, _) = routed(&mut desk, "Nancy Ann Test Berggren").await;
    assert!(desk.queries_of("/kalender").await <= 4);
    assert!(desk.queries_of(&booking(talk)).await <= 5);
    let tid = proposed(&desk.browser.get(&booking(talk)).await.body);
    let time = leads_to(&desk.browser.post(&booking(talk), &[("tid", &tid)]).await);
    assert!(desk.queries_of(&time).await <= 3);
}

on_both_engines! {
    async fn a_time_that_a_team_has_is_not_proposed_and_is_booked_only_when_it_is_meant(database: &Database) {
        let (mut desk, nurse) = desk(database).await;
        let (talk, _) = routed(&mut desk, "Bruno Test Elmer").await;
        let taken = "2026-11-26T08:00:00Z";
        let before = desk.browser.get(&format!("{}?uge=2026-W48", booking(talk))).await.body;
        assert!(before.contains(&format!("{nurse}/{taken}")), "it is free");
        let new = app::teams::NewTeam {
            name: "Træning torsdag".into(),
            code: domain::codes::InterventionCode::PhysicalTraining,
            seats: 8,
            place: Some("Sal 2".into()),
            performer: None,
            offer: None,
            instructors: vec![nurse],
            intake: domain::team::Intake::Fixed,
        };
        let times = app::teams::SessionInput { start: taken.parse().unwrap(), end: "2026-11-26T09:00:00Z".parse().unwrap() };
        let sessions = app::teams::NewSessions { inputs: vec![times], despite: false };
        app::teams::create(&desk.app, &staff(1, Role::Leader), new, sessions).await.unwrap();
        let page = desk.browser.get(&format!("{}?uge=2026-W48", booking(talk))).await;
        assert!(!page.body.contains(&format!("value=\"{nurse}/{taken}")), "it is not free any more");
        let tid = format!("{nurse}/{taken}");
        let form = [("version", "0"), ("tid", &*tid), ("form", "at_premises")];
        let asked = desk.browser.post(&booking(talk), &form).await;
        assert_eq!(asked.status, 422);
        for text in ["Kollegaen underviser et hold på det tidspunkt.", "alligevel</label>"] {
            assert!(asked.body.contains(text), "{text}: {}", crate::said(&asked));
        }
        let mut meant = form.to_vec();
        meant.push(("alligevel", &tid));
        leads_to(&desk.browser.post(&booking(talk), &meant).await);
    }
}
