//! What the system guarantees of who comes in and comes back, of who may be told, and of what is counted apart (quality
//! standard, sections 2.1, 2.2, 3 and 8; inspiration catalogue, themes 2 and 7; Kommunen og almen praksis).

use std::collections::BTreeSet;

use app::AppError;
use app::courses::{self, GrantInput};
use app::referrals::{self, AttemptInput, DeclineInput, NewRequest, RequestOutcome};
use app::safety::AnswersInput;
use app::teams::{self, NewSessions, NewTeam};
use domain::codes::{DeliveryType, InterventionCode, RequestedArea, StopReason};
use domain::contact::ContactChannel;
use domain::ids::{CitizenId, PlannedInterventionId};
use domain::permission::Role;
use domain::referral::{DeclineReason, FirstStep, ReferralState};
use domain::service_request::{Channel, ServiceRequest, Source};
use domain::stratification::Stratum;
use domain::team::Intake;
use store::{Scope, Seen};
use testkit::municipality::staff;
use testkit::on_both_engines;

use crate::course::{act, href, planned};
use crate::delivered::{facts, said};
use crate::talk::record;
use crate::teams::{PERSONS, granted_at_risk};
use crate::{Desk, leads_to, measures, talk, value_of, version_of};

/// The only column of what a query finds.
async fn words(desk: &Desk, sql: &'static str) -> BTreeSet<String> {
    let read = move |tx: &mut store::Tx<'_>| {
        let rows: Vec<String> = tx.query(sql, &[], |row| row.take())?;
        Ok::<_, AppError>(Seen::nothing(rows.into_iter().collect()))
    };
    desk.app.store.view(Scope::system(1, desk.app.now(), "test"), read).await.unwrap()
}

async fn newest(desk: &Desk, citizen: CitizenId) -> ServiceRequest {
    record(&desk.app, citizen).await.requests.last().unwrap().value.request.clone()
}

on_both_engines! {
    async fn figures_tell_those_with_a_disease_from_those_at_risk(database: &Database) {
        let desk = Desk::with(database, Role::Leader, &[]).await;
        granted_at_risk(&desk, PERSONS[0], InterventionCode::PhysicalTraining, true).await;
        granted_at_risk(&desk, PERSONS[1], InterventionCode::PhysicalTraining, false).await;
        app::quality::refresh(&desk.app, &staff(1, Role::Leader)).await.unwrap();
        const SQL: &str = "select distinct stratum from indicator_cell
            where organization = $1 and indicator = 'R01' and breakdown = 'target_group'";
        assert_eq!(words(&desk, SQL).await, ["kronisk", "risiko"].map(str::to_owned).into(), "each is a group of its own");
    }
}

fn asks((cpr, given, surname): (&str, &str, &str), source: Source, channel: Channel) -> NewRequest {
    NewRequest {
        cpr: Some(cpr.to_owned()),
        given: Some(given.to_owned()),
        surname: Some(surname.to_owned()),
        phone: None,
        source,
        channel,
        areas: [RequestedArea::PhysicalActivity].into(),
        chronic_disease: None,
        operation_on: None,
        text: None,
        anonymous: false,
    }
}

async fn register(desk: &Desk, new: NewRequest) -> Result<RequestOutcome, AppError> {
    referrals::register(&desk.app, &staff(1, Role::Visitator), new).await
}

on_both_engines! {
    async fn every_sender_is_coded_and_each_request_begins_with_a_clarifying_talk(database: &Database) {
        let letters = ["01-xref15-gp-type2-diabetes-diet", "02-xref15-hospital-copd"];
        let mut desk = Desk::with(database, Role::Visitator, &letters).await;
        for (name, source) in [("Nancy Ann Test Berggren", Source::GeneralPractice), ("Bruno Test Elmer", Source::Hospital)] {
            let (_, citizen) = crate::calendar::routed(&mut desk, name).await;
            let at = record(&desk.app, citizen).await;
            assert_eq!(at.requests[0].value.request.source, source, "{name}");
            let course = at.open_course().unwrap().value.id;
            let told = facts(&desk, course).await.referrals[0].source.unwrap();
            assert_eq!(format!("{told:?}"), format!("{source:?}"), "{name}");
        }
        // Whoever asks and however, it is one kind of request, and no doctor has said anything.
        let ways = [
            (Source::Citizen, Channel::Web),
            (Source::Citizen, Channel::WalkIn),
            (Source::Citizen, Channel::Phone),
            (Source::MunicipalDepartment, Channel::Phone),
            (Source::OtherMunicipality, Channel::Phone),
            (Source::Relative, Channel::WalkIn),
        ];
        for ((source, channel), person) in ways.into_iter().zip(PERSONS) {
            let made = register(&desk, asks(person, source, channel)).await;
            assert!(made.is_ok(), "{source:?} {channel:?}: {made:?}");
            let citizen = made.unwrap().citizen;
            let at = record(&desk.app, citizen).await;
            let stored = &at.requests[0].value;
            let request = &stored.request;
            assert_eq!((request.source, request.channel, &request.state), (source, channel, &ReferralState::Received));
            assert!(request.referrer.is_none() && request.chronic_disease.is_none() && request.letter.is_none());
            let home = desk.app.organization(1).await.unwrap();
            assert_eq!(referrals::proposal(&at, stored, &home).steps, [FirstStep::ClarifyingTalk], "{source:?}");
            let page = desk.browser.get(&format!("/henvisninger/{}", request.id)).await;
            assert_eq!(page.status, 200, "{source:?}");
        }
    }
}

on_both_engines! {
    async fn who_declined_or_stopped_may_come_again_as_anybody(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[]).await;
        let who = staff(1, Role::Visitator);
        let first = register(&desk, asks(PERSONS[2], Source::Citizen, Channel::Phone)).await.unwrap();
        referrals::check(&desk.app, &who, first.id, None, referrals::CheckInput::default()).await.unwrap();
        let reached = AttemptInput { reached: true, channel: ContactChannel::Phone, note: None, next_on: None };
        referrals::attempt(&desk.app, &who, first.id, None, reached).await.unwrap();
        let declined = DeclineInput { reason: DeclineReason::NotNow, tell_sender: None };
        referrals::decline(&desk.app, &who, first.id, None, declined).await.unwrap();
        let (_, stopped) = granted_at_risk(&desk, PERSONS[0], InterventionCode::PhysicalTraining, true).await;
        let course = record(&desk.app, stopped).await.open_course().unwrap().value.id;
        courses::withdraw(&desk.app, &staff(1, Role::Professional), course, StopReason::NoNeedCitizen).await.unwrap();
        for (person, citizen) in [(PERSONS[2], first.citizen), (PERSONS[0], stopped)] {
            let again = register(&desk, asks(person, Source::Citizen, Channel::Phone)).await;
            assert!(again.is_ok(), "what was said before shuts nobody out: {again:?}");
            let again = again.unwrap();
            assert_eq!((again.citizen, again.duplicate_of), (citizen, None));
            assert_eq!(newest(&desk, citizen).await.state, ReferralState::Received);
            assert!(desk.browser.get("/henvisninger").await.body.contains(&format!("/henvisninger/{}", again.id)));
        }
    }
}

on_both_engines! {
    async fn who_comes_back_is_asked_whether_what_was_said_still_holds(database: &Database) {
        let (mut desk, first, citizen) = talk::talk(database).await;
        let page = desk.browser.get(&talk::href(first, "")).await;
        let place = |part: &str| page.body.find(&format!("<section class=\"fb-panel\" id=\"del-{part}\"")).unwrap();
        assert!(place("emner") < place("funktionsevne"), "the citizen's own topics come first");
        assert!(!page.body.contains("Sagt sidst") && !page.body.contains("Svaret før samtalen"), "there is nothing yet");
        let (step, topic) = (value_of(&page, "set"), "Søvnen, som er dårlig");
        let form = talk::with(&talk::whole(), &[("set", &*step), ("emner", topic)]);
        leads_to(&desk.browser.post(&talk::href(first, "/afslut"), &form).await);
        let at = record(&desk.app, citizen).await;
        let note = at.encounters[0].value.note.as_deref().unwrap();
        assert!(note.starts_with("Borgerens egne emner: Søvnen, som er dårlig\n"), "{note}");
        let well = [("sp-1", "3"), ("sp-2", "3"), ("sp-3", "3"), ("sp-4", "3"), ("sp-5", "3")];
        leads_to(&measures::fill(&mut desk, citizen, "who5", &well).await);
        let course = at.open_course().unwrap().value.id;
        courses::withdraw(&desk.app, &staff(1, Role::Professional), course, StopReason::NoNeedCitizen).await.unwrap();

        let nancy = ("2512489996", "Nancy Ann Test", "Berggren");
        let again = register(&desk, asks(nancy, Source::Citizen, Channel::Phone)).await.unwrap();
        assert_eq!(again.citizen, citizen);
        let (second, _) = crate::calendar::routed(&mut desk, "Nancy Ann Test Berggren").await;
        let page = desk.browser.get(&talk::href(second, "")).await.body;
        for text in ["Svaret før samtalen", "WHO-5 trivselsindeks", "60 af 100", "Sagt sidst", ">Går fint</p>", "data-again=\"funktionsevne\""] {
            assert!(page.contains(text), "{text}");
        }
        assert!(page.contains("name=\"funktionsevne\" rows=\"4\"></textarea>"), "nothing is said again by itself");
        assert!(desk.queries_of(&talk::href(second, "")).await <= 6);
    }
}

on_both_engines! {
    async fn the_three_groups_of_factors_give_the_same_levels(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let path = href(course, "/stoette");
        assert!(desk.browser.get(&path).await.body.contains("Tre faktorgrupper"), "it is offered");
        let form = [
            ("handling", "niveau"),
            ("model", "vordingborg"),
            ("udgave", "1"),
            ("faktor-clinical", "heavy"),
            ("faktor-social", "light"),
            ("faktor-personal", "middle"),
        ];
        assert_eq!(leads_to(&desk.browser.post(&path, &form).await), format!("{path}#niveau"));
        let kept = record(&desk.app, citizen).await.stratifications[0].value.clone();
        assert_eq!((kept.model.as_str(), kept.decided), ("vordingborg", Stratum::Support));
        assert!(desk.browser.get(&href(course, "")).await.body.contains("Har brug for støtte"));
    }
}

fn alcohol(delivery: DeliveryType) -> GrantInput {
    GrantInput {
        team: None,
        code: InterventionCode::AlcoholTalk,
        delivery,
        reasons: Vec::new(),
        choice_reason: Some("Drikker meget på én aften, og så ikke igen.".to_owned()),
        care_plan: None,
        planned_end_on: None,
        performer: None,
        service_request: None,
    }
}

on_both_engines! {
    async fn a_pattern_of_drinking_is_reason_enough_for_the_talk_and_the_talk_is_never_a_groups(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let who = staff(1, Role::Professional);
        said(&desk, course, &[], AnswersInput { units_a_week: Some(3), ..AnswersInput::default() }).await;
        let granted = courses::grant(&desk.app, &who, course, alcohol(DeliveryType::Individual)).await;
        assert!(granted.is_ok(), "three units a week are no hindrance: {granted:?}");
        let it: PlannedInterventionId = granted.unwrap().intervention;
        let kept = record(&desk.app, citizen).await.intervention(it).unwrap().clone();
        assert_eq!(kept.value.choice_reason.as_deref(), Some("Drikker meget på én aften, og så ikke igen."));
        let together = courses::grant(&desk.app, &who, course, alcohol(DeliveryType::Group)).await;
        assert!(together.is_err_and(|error| error.user_message() == "Samtale om alkohol er altid individuel."));
        let (id, version) = (it.to_string(), kept.version.to_string());
        let form = [("indsats", &*id), ("version", &*version), ("handling", "form"), ("levering", "group")];
        let changed = act(&mut desk, course, "/indsats", &form).await;
        assert!(changed.status == 422 && changed.body.contains("altid individuel"), "not afterwards either");
        assert!(!desk.browser.get("/hold/nyt").await.body.contains("value=\"alcohol_talk\""));
        let team = NewTeam {
            name: "Samtaler tirsdag".to_owned(),
            code: InterventionCode::AlcoholTalk,
            seats: 8,
            place: None,
            performer: None,
            offer: None,
            instructors: Vec::new(),
            intake: Intake::Fixed,
        };
        let made = teams::create(&desk.app, &who, team, NewSessions::default()).await;
        assert!(made.is_err(), "there is no such team");
    }
}

const WITHOUT: &str = "Kun autoriserede sundhedspersoner kan sende uden samtykke";
const SENT: &str = "select envelope_id from outgoing where organization = $1";

on_both_engines! {
    async fn no_way_out_is_open_without_consent_to_who_is_not_authorised(database: &Database) {
        // The answer to a request.
        let mut desk = Desk::with(database, Role::Visitator, &["01-xref15-gp-type2-diabetes-diet"]).await;
        let request = desk.request_of("Nancy Ann Test Berggren").await;
        let sent = words(&desk, SENT).await;
        let version = version_of(&desk.browser.get(&request).await);
        let reject = [("version", &*version), ("afvis-tekst", "Bor på plejehjem"), ("afvis-besked", "ja"), ("afvis-hvorfor", "Lægen følger op")];
        let refused = desk.browser.post(&format!("{request}/afvis"), &reject).await;
        assert!(refused.status == 422 && refused.body.contains(WITHOUT), "{}", refused.status);
        // The note that ends a course.
        let (_, citizen) = crate::calendar::routed(&mut desk, "Nancy Ann Test Berggren").await;
        let course = record(&desk.app, citizen).await.open_course().unwrap().value.id;
        let note = courses::NoteInput { section_41: Some("Lægen følger op".to_owned()), ..courses::NoteInput::default() };
        let by = crate::calendar::user(&desk.app, 1, "visitator").await;
        let who = app::Caller { user: by, ..staff(1, Role::Visitator) };
        let ended = courses::send_final_note(&desk.app, &who, course, note).await;
        assert!(ended.is_err_and(|error| error.user_message().contains(WITHOUT)), "nor in the last note");
        assert_eq!(words(&desk, SENT).await, sent, "nothing has left");
    }
}
