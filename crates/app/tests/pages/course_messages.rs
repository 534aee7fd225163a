//! Everything a course has said to whom: the letters to the citizen, messages to others, and the consent they rest on.

use domain::permission::Role;
use testkit::municipality::staff;
use testkit::on_both_engines;

use crate::course::{act, href, planned};
use crate::measures::{audit, decide, fill};
use crate::talk::record;
use crate::{Desk, leads_to, log_in};

const PAGE: &str = "/beskeder";

/// The link to a letter about a follow-up.
const LETTER: &str = ">Opfølgning<span class=\"sr-only\">";

async fn letter(desk: &mut Desk, page: &str, name: &str) -> String {
    let before = page.split(&format!(">{name}<")).next().unwrap();
    let href = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned();
    desk.browser.get(&href).await.body
}

on_both_engines! {
    async fn the_plan_becomes_a_letter_that_waits_until_it_is_sent(database: &Database) {
        let (mut desk, course, _) = planned(database).await;
        let course_page = desk.browser.get(&href(course, "")).await.body;
        assert!(course_page.contains(&format!("href=\"{}\"", href(course, PAGE))), "it is one press away");
        for now in ["2026-11-24T08:20:00Z", "2026-11-24T08:21:00Z"] {
            desk.clock.set(now);
            leads_to(&act(&mut desk, course, PAGE, &[("besked", "M5")]).await);
        }
        let page = desk.browser.get(&href(course, PAGE)).await.body;
        assert!(page.contains("Skal sendes") && page.contains("M5"));
        assert_eq!(page.matches("Bortfaldet").count(), 1, "the one before gives way");
        assert_eq!(page.matches("button-primary").count(), 1);
        assert!(desk.queries_of(&href(course, PAGE)).await <= 6);
        let sheet = letter(&mut desk, &page, "Plan").await;
        for text in ["Din plan", "Det vil du gerne", "Kostvejledning", "Læs højt", "Brevet er sendt", "Ring til os på 70 00 00 99"] {
            assert!(sheet.contains(text), "{text}");
        }
        assert!(!sheet.contains("251248"), "no number on a sheet that may lie on a table");
        let given = sheet.split("action=\"/beskedliste/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        leads_to(&desk.browser.post(&format!("/beskedliste/{given}"), &[]).await);
        assert!(desk.browser.get(&href(course, PAGE)).await.body.contains("Givet"));
        let unagreed = act(&mut desk, course, PAGE, &[("besked", "M16")]).await;
        assert_eq!(unagreed.status, 422);
        assert!(unagreed.body.contains("Der er ikke aftalt en opfølgning."));
    }
}

on_both_engines! {
    async fn nothing_leaves_to_others_without_consent_or_a_reason_and_never_after_a_no(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        crate::authorise(&desk.app, "professional").await;
        let offered = [("besked", "M6"), ("tekst", "Borgeren er tilbudt kostvejledning i stedet for træning.")];
        let question = [("besked", "M8"), ("tekst", "Skal medicinen justeres før rygestop?")];
        let consent = |svar: &'static str, what: &'static str| [("formaal", what), ("svar", svar), ("maade", "oral")];
        leads_to(&act(&mut desk, course, "/samtykke", &consent("nej", "referrer_feedback")).await);
        for more in [None, Some(("hvorfor", "lægen følger op"))] {
            let form: Vec<_> = offered.into_iter().chain(more).collect();
            let refused = act(&mut desk, course, PAGE, &form).await;
            assert_eq!(refused.status, 422);
            assert!(refused.body.contains("Borgeren har sagt nej") && refused.body.contains("i stedet for træning"));
        }
        let unasked = act(&mut desk, course, PAGE, &question).await;
        assert!(unasked.status == 422 && unasked.body.contains("Spørg borgeren om samtykke, før"), "nobody has asked");
        // Later: of two answers at the same moment neither is the newest.
        desk.clock.set("2026-11-24T08:20:00Z");
        leads_to(&act(&mut desk, course, "/samtykke", &consent("ja", "referrer_feedback")).await);
        leads_to(&act(&mut desk, course, PAGE, &offered).await);
        let why: Vec<_> = question.into_iter().chain([("hvorfor", "Medicinen skal være på plads før stopdatoen.")]).collect();
        let asked = act(&mut desk, course, PAGE, &why).await;
        let doctor = record(&desk.app, citizen).await.citizen.value.general_practitioner;
        assert_eq!(asked.status, if doctor.is_some() { 303 } else { 422 });
        let empty = act(&mut desk, course, PAGE, &[("besked", "M18"), ("til", "Nordby Kommune")]).await;
        assert!(empty.body.contains("Skriv, hvad der skal stå."));
        let transfer = [("besked", "M18"), ("til", "Nordby Kommune"), ("tekst", "Plan og status følger.")];
        assert_eq!(act(&mut desk, course, PAGE, &transfer).await.status, 422, "consent and nothing else");
        leads_to(&act(&mut desk, course, "/samtykke", &consent("ja", "transfer")).await);
        leads_to(&act(&mut desk, course, PAGE, &transfer).await);
        let page = desk.browser.get(&href(course, PAGE)).await.body;
        for text in ["Svar om tilbuddet", "M6", "MedCom", "I kø", "Borgerens samtykke", "Overdragelse til anden kommune", "Nordby Kommune", "Skal sendes"] {
            assert!(page.contains(text), "{text}");
        }
        if doctor.is_some() {
            assert!(page.contains("Sundhedsloven § 41") && page.contains("før stopdatoen"));
        }
        let list = desk.browser.get("/beskedliste").await.body;
        assert!(list.contains("Nordby Kommune") && list.contains("Se og print brevet"), "somebody must send it");
    }
}

on_both_engines! {
    async fn what_a_screening_leads_to_is_written_from_its_decision(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let mut pregnant = audit(["4", "4", "4", "3", "0", "0", "2", "0", "0", "0"]);
        pregnant.extend([("oplysninger", "1"), ("oplysning", "pregnant")]);
        let result = leads_to(&fill(&mut desk, citizen, "audit", &pregnant).await);
        let no = [("rute", "family_clinic_and_treatment"), ("spurgt-consent_referral", "no")];
        leads_to(&decide(&mut desk, &result, &no).await);
        let write = |message: &str| format!("{}?besked={message}#besked", href(course, PAGE));
        assert!(!desk.browser.get(&result).await.body.contains(&write("M10")), "the citizen said no");
        let clinic = [("besked", "M10"), ("til", "Familieambulatoriet"), ("tekst", "AUDIT 17 af 40. Gravid i uge 20.")];
        assert!(act(&mut desk, course, PAGE, &clinic).await.body.contains("Borgeren har sagt nej"));
        desk.clock.set("2026-11-24T08:30:00Z");
        let result = leads_to(&fill(&mut desk, citizen, "audit", &pregnant).await);
        let yes = [("rute", "family_clinic_and_treatment"), ("spurgt-consent_referral", "yes")];
        leads_to(&decide(&mut desk, &result, &yes).await);
        let page = desk.browser.get(&result).await.body;
        assert!(page.contains(&write("M9")) && page.contains(&write("M10")) && !page.contains(&write("M11")));
        let begun = desk.browser.get(&write("M10")).await.body;
        assert!(begun.contains("value=\"M10\" checked") && begun.contains("17 af 40"), "the result is written already");
        let nobody = act(&mut desk, course, PAGE, &[clinic[0], clinic[2]]).await;
        assert!(nobody.body.contains("Skriv, hvem der skal have den."));
        leads_to(&act(&mut desk, course, PAGE, &clinic).await);
        let partner = app::organizations::AddressInput {
            name: "Testby Alkoholrådgivning".into(),
            kind: "other".into(),
            gln: "5790009999010".into(),
            ..Default::default()
        };
        app::organizations::add_address(&desk.app, &staff(1, Role::Administrator), partner).await.unwrap();
        let treatment = [("besked", "M9"), ("til", "testby alkoholrådgivning"), ("tekst", "Ønsker behandling.")];
        leads_to(&act(&mut desk, course, PAGE, &treatment).await);
        let page = desk.browser.get(&href(course, PAGE)).await.body;
        for text in ["Henvisning til familieambulatorium", "Skal sendes", "Testby Alkoholrådgivning", "MedCom", "Borgerens samtykke"] {
            assert!(page.contains(text), "{text}");
        }
        let doctor = act(&mut desk, course, PAGE, &[("besked", "M11"), ("tekst", "AUDIT 17.")]).await;
        assert_eq!(doctor.status, 422, "nobody has asked about the doctor");
    }
}

on_both_engines! {
    async fn closing_gives_the_citizen_a_letter_and_the_dead_get_none(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let it = record(&desk.app, citizen).await.interventions.iter().find(|i| !i.value.code.is_talk()).unwrap().value.id;
        leads_to(&act(&mut desk, course, "/indsats", &[("indsats", &*it.to_string()), ("handling", "gennemfoert")]).await);
        let goals = record(&desk.app, citizen).await.goals.iter().map(|goal| app::courses::GoalEvaluation {
            goal: goal.value.id,
            outcome: domain::goal::GoalOutcome::Reached,
            words: Some("Jeg kan gå til købmanden".into()),
        }).collect();
        let consents = vec![app::courses::ConsentInput {
            purpose: domain::consent::ConsentPurpose::StatusToDoctor,
            given: false,
            form: domain::consent::ConsentForm::Oral,
        }];
        let input = app::courses::CloseInput {
            start: None,
            end: None,
            class: domain::codes::EncounterClass::AtPremises,
            goals,
            consents,
            follow_ups: Some(Vec::new()),
            set_aside: None,
            note: None,
        };
        app::courses::close(&desk.app, &staff(1, Role::Professional), course, None, input).await.unwrap();
        let page = desk.browser.get(&href(course, PAGE)).await.body;
        let sheet = letter(&mut desk, &page, "Afslutningsbrev").await;
        for text in ["Tak for nu", "Nået", "Jeg kan gå til købmanden", "Du kan altid komme igen"] {
            assert!(sheet.contains(text), "{text}");
        }
        let on = jiff::civil::date(2026, 11, 24);
        app::citizens::register_death(&desk.app, &staff(1, Role::Professional), citizen, on).await.unwrap();
        let page = desk.browser.get(&href(course, PAGE)).await.body;
        assert!(page.contains("Bortfaldet") && !page.contains("Skal sendes"));
        assert!(act(&mut desk, course, PAGE, &[("besked", "M5")]).await.body.contains("Borgeren er død."));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_municipality_finds_neither_messages_nor_letters() {
    let database = testkit::database::Database::sqlite();
    let (mut desk, course, _) = planned(&database).await;
    leads_to(&act(&mut desk, course, PAGE, &[("besked", "M5")]).await);
    let page = desk.browser.get(&href(course, PAGE)).await.body;
    let before = page.split(">Plan<").next().unwrap();
    let sheet = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned();
    let other = testkit::municipality::add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
    let mut stranger = log_in(&desk.app, other.key, "fremmed", Role::Professional).await;
    for path in [href(course, PAGE), sheet] {
        assert_eq!(stranger.get(&path).await.status, 404, "{path}");
    }
    assert_eq!(stranger.post(&href(course, PAGE), &[("besked", "M5")]).await.status, 404);
}

/// Closes the course with follow-ups on these days.
pub async fn closed(desk: &mut Desk, course: domain::ids::CourseId, citizen: domain::ids::CitizenId, days: &[&str]) {
    let kept = record(&desk.app, citizen).await;
    let open = |i: &domain::planned_intervention::PlannedIntervention| {
        i.course == course
            && i.status.is_open()
            && !i.code.is_talk()
            && i.code != domain::codes::InterventionCode::FollowUp
    };
    for it in kept.interventions.iter().map(|i| &i.value).filter(|i| open(i)) {
        leads_to(
            &act(desk, course, "/indsats", &[("indsats", &*it.id.to_string()), ("handling", "gennemfoert")]).await,
        );
    }
    let goals = kept.goals.iter().map(|goal| app::courses::GoalEvaluation {
        goal: goal.value.id,
        outcome: domain::goal::GoalOutcome::Reached,
        words: None,
    });
    let consents = vec![app::courses::ConsentInput {
        purpose: domain::consent::ConsentPurpose::StatusToDoctor,
        given: false,
        form: domain::consent::ConsentForm::Oral,
    }];
    let input = app::courses::CloseInput {
        start: None,
        end: None,
        class: domain::codes::EncounterClass::AtPremises,
        goals: goals.collect(),
        consents,
        follow_ups: Some(days.iter().map(|day| app::courses::FollowUpInput { due_on: day.parse().unwrap() }).collect()),
        set_aside: None,
        note: None,
    };
    app::courses::close(&desk.app, &staff(1, Role::Professional), course, None, input).await.unwrap();
}

on_both_engines! {
    async fn the_letter_about_a_follow_up_is_written_by_itself_when_it_is_due_and_once(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        closed(&mut desk, course, citizen, &["2027-02-24", "2027-05-24"]).await;
        let round = async |desk: &Desk| app::nightly::round(&desk.app).await.unwrap();
        desk.clock.set("2027-01-20T08:00:00Z");
        round(&desk).await;
        let mut desk = Desk { browser: log_in(&desk.app, 1, "januar", Role::Professional).await, ..desk };
        assert!(!desk.browser.get(&href(course, PAGE)).await.body.contains(LETTER), "it is not near yet");
        for now in ["2027-01-25T08:00:00Z", "2027-01-25T09:00:00Z", "2027-01-26T08:00:00Z"] {
            desk.clock.set(now);
            round(&desk).await;
        }
        let mut desk = Desk { browser: log_in(&desk.app, 1, "naeste", Role::Professional).await, ..desk };
        let list = desk.browser.get("/beskedliste").await.body;
        assert_eq!(list.matches("Se og print brevet").count(), 2, "the closing letter and one about the follow-up");
        let page = desk.browser.get(&href(course, PAGE)).await.body;
        assert_eq!(page.matches(LETTER).count(), 1);
        assert!(letter(&mut desk, &page, "Opfølgning").await.contains("24. februar"));
        // Written by hand it takes the place of the one that waits, and the round adds none.
        leads_to(&act(&mut desk, course, PAGE, &[("besked", "M16")]).await);
        round(&desk).await;
        let page = desk.browser.get(&href(course, PAGE)).await.body;
        assert_eq!(page.matches("Bortfaldet").count(), 1);
        // What is held needs no announcement; the next one has its own letter in time.
        let held = record(&desk.app, citizen).await;
        let first = held.follow_ups.iter().min_by_key(|f| f.value.due_on).unwrap().value.id;
        let kept = app::courses::FollowUpResult::Done { kept: domain::follow_up::Kept::Kept, words: None };
        app::courses::end_follow_up(&desk.app, &staff(1, Role::Professional), citizen, first, kept).await.unwrap();
        assert_eq!(desk.browser.get(&href(course, PAGE)).await.body.matches("Bortfaldet").count(), 2);
        desk.clock.set("2027-05-01T08:00:00Z");
        round(&desk).await;
        let mut desk = Desk { browser: log_in(&desk.app, 1, "maj", Role::Professional).await, ..desk };
        let page = desk.browser.get(&href(course, PAGE)).await.body;
        assert!(letter(&mut desk, &page, "Opfølgning").await.contains("24. maj"));
    }
}
