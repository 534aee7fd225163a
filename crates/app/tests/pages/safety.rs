//! Safety and support: warnings in the talk and on the course's page, reasons, checklists, time rules as tasks, levels of
//! support, and adaptations that steer booking and letters by themselves.

use app::calendar::{self, AppointmentInput, PractitionerInput};
use app::records::CitizenRecord;
use domain::adaptation::Adaptation;
use domain::calendar::{Need, NeedArrangement, NeedState, Workday, WorkingHours};
use domain::codes::{EncounterClass, InterventionCode};
use domain::competence::Competence;
use domain::ids::{CitizenId, CourseId, UserId};
use domain::permission::Role;
use domain::stratification::Stratum;
use jiff::civil::time;
use store::{Scope, Seen};
use testkit::database::Database;
use testkit::municipality::staff;
use testkit::on_both_engines;

use crate::course::{act, href, planned};
use crate::talk::{self, record, whole, with};
use crate::{Desk, leads_to, log_in, value_of};

/// A course whose plan has these interventions, each for one citizen; the talk tells of a weight loss.
pub async fn with_plan(
    database: &Database,
    words: &[&'static str],
    more: &[(&str, &str)],
) -> (Desk, CourseId, CitizenId) {
    let (mut desk, talk, citizen) = talk::talk(database).await;
    let step = value_of(&desk.browser.get(&talk::href(talk, "")).await, "set");
    let chosen: Vec<(String, &str)> = words
        .iter()
        .flat_map(|word| [(format!("indsats-{word}"), "ja"), (format!("levering-{word}"), "individual")])
        .collect();
    let mut form = whole();
    form.retain(|(id, _)| !id.contains("dietary_guidance"));
    let form = with(&form, &[("set", &*step), ("risikofaktorer", "Tabt sig uden at ville det, 4 kg.")]);
    let chosen: Vec<(&str, &str)> = chosen.iter().map(|(id, value)| (id.as_str(), *value)).collect();
    let form = [&form[..], &chosen[..], more].concat();
    assert_eq!(desk.browser.post(&talk::href(talk, "/afslut"), &form).await.status, 303);
    let course = record(&desk.app, citizen).await.open_course().unwrap().value.id;
    (desk, course, citizen)
}

/// Open tasks of a kind: when they are due, and by which rule.
async fn tasks(desk: &Desk, kind: &'static str) -> Vec<(String, String)> {
    const SQL: &str =
        "select due_on, rule from task where organization = $1 and kind = $2 and state = 'open' order by id";
    let read = move |tx: &mut store::Tx<'_>| {
        let rows = tx.query(SQL, &[kind.into()], |r| Ok((r.take::<jiff::civil::Date>()?.to_string(), r.take()?)))?;
        Ok::<_, app::AppError>(Seen::nothing(rows))
    };
    desk.app.store.view(Scope::system(1, desk.app.now(), "test"), read).await.unwrap()
}

/// Whoever sits at the desk may hold what asks for this competence, every morning.
pub async fn may(desk: &Desk, competence: Competence) -> UserId {
    let user = crate::calendar::user(&desk.app, 1, "professional").await;
    let (from, to) = (time(9, 0, 0, 0), time(12, 0, 0, 0));
    let hours = Workday::ALL.iter().map(|day| WorkingHours { day: *day, from, to, place: "Lokale 3".into() });
    let input = PractitionerInput {
        competences: [competence].into(),
        hours: hours.collect(),
        absences: Vec::new(),
        authorised: false,
    };
    calendar::set_practitioner_role(&desk.app, &staff(1, Role::Leader), user, None, input).await.unwrap();
    user
}

/// A time for an intervention, with the interpreter that the talk found; gives its address.
async fn booked(desk: &Desk, intervention: &str) -> String {
    let professional = may(desk, Competence::Nutrition).await;
    let needs = vec![NeedArrangement { need: Need::Interpreter, state: NeedState::Asked, reason: None }];
    let start = "2026-11-25T09:00:00Z".parse().unwrap();
    let input =
        AppointmentInput { professional, start, end: None, class: EncounterClass::AtPremises, needs, despite: false };
    let id = intervention.parse::<uuid::Uuid>().unwrap().into();
    let time = calendar::book(&desk.app, &staff(1, Role::Professional), id, input).await.unwrap();
    format!("/kalender/tider/{time}")
}

fn intervention(record: &CitizenRecord, code: InterventionCode) -> String {
    record.interventions.iter().find(|i| i.value.code == code).unwrap().value.id.to_string()
}

on_both_engines! {
    async fn a_warning_is_shown_answered_set_aside_and_comes_back(database: &Database) {
        let (mut desk, course, citizen) = with_plan(database, &["physical_training"], &[]).await;
        let page = desk.browser.get(&href(course, "")).await.body;
        for text in ["Træning alene kan øge vægttabet.", "KS-6.2-11", "KS-6.4-02", "2 venter"] {
            assert!(page.contains(text), "{text}");
        }
        let rule = [("regel", "KS-6.2-11"), ("om", "physical_training")];
        let none = act(&mut desk, course, "/kvitter", &[&rule[..], &[("grund", " ")]].concat()).await;
        assert_eq!(none.status, 422);
        assert!(none.body.contains("Skriv, hvorfor det er rigtigt alligevel."));
        let unknown = [("regel", "KS-8.2-03"), ("om", ""), ("grund", "Ved det godt")];
        let unknown = act(&mut desk, course, "/kvitter", &unknown).await;
        assert!(unknown.status == 422 && unknown.body.contains("Ved det godt"), "nothing typed is lost");
        let why = [&rule[..], &[("grund", "Er hos en privat diætist")]].concat();
        assert_eq!(leads_to(&act(&mut desk, course, "/kvitter", &why).await), href(course, "#advarsler"));
        let page = desk.browser.get(&href(course, "")).await.body;
        assert!(page.contains("”Er hos en privat diætist”") && page.contains("1 venter") && page.contains("Kvitteret"));
        let kept = record(&desk.app, citizen).await;
        assert_eq!(kept.acknowledgements.len(), 1);
        assert_eq!(kept.acknowledgements[0].value.rule, "KS-6.2-11");
        // The answer settles one, and leaves the other where it was.
        let path = href(course, "/sikkerhed");
        let version = value_of(&desk.browser.get(&path).await, "version");
        let answers = [("version", &*version), ("svar-training_caution", "ja"), ("audit", "41")];
        let refused = desk.browser.post(&path, &answers).await;
        assert!(refused.status == 422 && refused.body.contains("AUDIT er et tal fra 0 til 40."));
        assert!(refused.body.contains("id=\"svar-training_caution-ja\" name=\"svar-training_caution\" value=\"ja\" checked"));
        let answers = [("version", &*version), ("svar-training_caution", "nej"), ("audit", "20"), ("svar-mental_illness", "ja")];
        assert_eq!(leads_to(&desk.browser.post(&path, &answers).await), path);
        let page = desk.browser.get(&href(course, "")).await.body;
        assert!(!page.contains("KS-6.4-02") && page.contains("KS-8.2-03") && page.contains("KS-8.2-06"));
        assert_eq!(desk.browser.post(&path, &answers).await.status, 409, "somebody was first");
        let changed = record(&desk.app, citizen).await;
        assert_eq!((changed.safety_answers.len(), changed.safety_answers[0].version), (1, 1));
        assert!(desk.queries_of(&path).await <= 6, "the safety page");
        assert!(desk.queries_of(&href(course, "")).await <= 6, "the course's page");
    }
}

on_both_engines! {
    async fn the_talk_warns_while_it_is_planned_and_keeps_the_reason(database: &Database) {
        let (mut desk, talk, citizen) = talk::talk(database).await;
        let path = talk::href(talk, "");
        let typed = [
            ("set", "0"),
            ("sygdomssituation", "Har tabt sig uden at ville det"),
            ("indsats-physical_training", "ja"),
            ("indsats-dietary_treatment", "ja"),
        ];
        assert_eq!(desk.browser.post(&talk::href(talk, "/kladde"), &typed).await.status, 303);
        let page = desk.browser.get(&path).await;
        assert!(page.body.contains("KS-7.5-03") && page.body.contains("KS-6.4-02"));
        assert!(!page.body.contains("KS-6.2-11"), "a nutrition intervention is beside it");
        assert!(desk.queries_of(&path).await <= 6);
        let step = value_of(&desk.browser.get(&path).await, "set");
        let reason = ("kvit-KS-6.4-02-physical_training", "Spørges ved første træning");
        let form = with(&whole(), &[("set", &*step), ("indsats-physical_training", "ja"), reason]);
        assert_eq!(desk.browser.post(&talk::href(talk, "/afslut"), &form).await.status, 303);
        let record = record(&desk.app, citizen).await;
        let said: Vec<_> = record.acknowledgements.iter().map(|a| (a.value.rule.as_str(), a.value.reason.as_str())).collect();
        assert_eq!(said, [("KS-6.4-02", "Spørges ved første træning")]);
        let course = record.open_course().unwrap().value.id;
        assert!(desk.browser.get(&href(course, "")).await.body.contains("”Spørges ved første træning”"));
    }
}

on_both_engines! {
    async fn the_content_of_an_intervention_is_ticked_and_what_is_missing_is_said(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let page = desk.browser.get(&href(course, "")).await.body;
        assert!(page.contains("De officielle Kostråd") && page.contains("KS-7.2-03") && page.contains("mangler"));
        let id = intervention(&record(&desk.app, citizen).await, InterventionCode::DietaryGuidance);
        let form = [("indsats", &*id), ("version", "0"), ("indhold-habits", "ja"), ("indhold-goals", "ja"), ("indhold-unknown", "ja")];
        assert_eq!(leads_to(&act(&mut desk, course, "/indhold", &form).await), href(course, "#indsatser"));
        let kept = record(&desk.app, citizen).await;
        assert_eq!(kept.checklists[0].value.ticks.keys().map(String::as_str).collect::<Vec<_>>(), ["goals", "habits"]);
        let before = page.matches(" checked").count();
        assert_eq!(desk.browser.get(&href(course, "")).await.body.matches(" checked").count(), before + 2);
        assert_eq!(act(&mut desk, course, "/indhold", &form).await.status, 409, "somebody was first");
        let off = [("indsats", &*id), ("version", "1"), ("indhold-habits", "ja")];
        assert_eq!(act(&mut desk, course, "/indhold", &off).await.status, 303);
        assert_eq!(record(&desk.app, citizen).await.checklists[0].value.ticks.len(), 1);
    }
}

on_both_engines! {
    async fn what_is_due_by_a_day_becomes_a_task_and_ends_when_it_is_done(database: &Database) {
        let (mut desk, course, citizen) = with_plan(database, &["nicotine_cessation"], &[]).await;
        app::nightly::round(&desk.app).await.unwrap();
        assert_eq!(tasks(&desk, "bridge_contact").await, [], "the wait has just begun");
        desk.clock.set("2026-12-09T08:00:00Z");
        app::nightly::round(&desk.app).await.unwrap();
        app::nightly::round(&desk.app).await.unwrap();
        let owed = tasks(&desk, "bridge_contact").await;
        assert_eq!(owed, [("2026-12-18".to_owned(), "KS-5.3-06".to_owned())], "once, however often it is looked at");
        let mut browser = log_in(&desk.app, 1, "morgen", Role::Professional).await;
        let person = browser.get(&format!("/borgere/{citizen}")).await.body;
        assert!(person.contains("Ring i ventetiden") && person.contains("Se forløbet"));
        let why = [("regel", "KS-5.3-06"), ("om", "nicotine_cessation"), ("grund", "Ringer selv")];
        desk.browser = browser;
        assert_eq!(act(&mut desk, course, "/kvitter", &why).await.status, 303);
        assert_eq!(tasks(&desk, "bridge_contact").await, [], "a reason was given");
    }
}

on_both_engines! {
    async fn a_level_is_filled_with_what_is_known_and_another_one_needs_a_reason(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let path = href(course, "/stoette");
        let page = desk.browser.get(&path).await;
        assert!(page.body.contains("Mestringsevne og kompleksitet") && page.body.contains("Tre faktorgrupper"), "side by side");
        assert!(page.body.contains("Brug for tolk"), "the talk found that");
        assert!(page.body.contains("id=\"esbjerg-complexity-middle\" name=\"faktor-complexity\" value=\"middle\" checked"));
        assert_eq!(page.body.matches("button-primary").count(), 1);
        let model = [("handling", "niveau"), ("model", "esbjerg"), ("udgave", "1"), ("faktor-coping", "middle")];
        let missing = desk.browser.post(&path, &model).await;
        assert!(missing.status == 422 && missing.body.contains("Svar på alle modellens spørgsmål."));
        let full = [&model[..], &[("faktor-complexity", "middle")]].concat();
        let other = [&full[..], &[("niveau", "extended"), ("begrundelse", " ")]].concat();
        let unsaid = desk.browser.post(&path, &other).await;
        assert!(unsaid.status == 422 && unsaid.body.contains("Skriv, hvorfor niveauet er et andet end modellens."));
        assert!(unsaid.body.contains("id=\"esbjerg-niveau-extended\" name=\"niveau\" value=\"extended\" checked"));
        assert_eq!(leads_to(&desk.browser.post(&path, &full).await), format!("{path}#niveau"));
        let page = desk.browser.get(&path).await.body;
        assert!(page.contains("Har brug for støtte") && page.contains("Fordi:"));
        desk.clock.set("2026-11-24T08:17:00Z");
        let other = [&full[..], &[("niveau", "extended"), ("begrundelse", "Lige blevet alene")]].concat();
        assert_eq!(desk.browser.post(&path, &other).await.status, 303);
        let page = desk.browser.get(&path).await.body;
        assert!(page.contains("Modellen siger") && page.contains("”Lige blevet alene”") && page.contains("Følgeskab"));
        let kept = record(&desk.app, citizen).await;
        let levels: Vec<_> = kept.stratifications.iter().map(|s| (s.value.scored, s.value.decided)).collect();
        assert_eq!(levels, [(Stratum::Support, Stratum::Support), (Stratum::Support, Stratum::Extended)]);
        assert!(desk.browser.get(&href(course, "")).await.body.contains("Udvidet forløbskoordination"));
        assert!(desk.queries_of(&path).await <= 6);
    }
}

on_both_engines! {
    async fn what_was_accepted_steers_the_letters_and_the_next_booking(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let guidance = intervention(&record(&desk.app, citizen).await, InterventionCode::DietaryGuidance);
        let time = booked(&desk, &guidance).await;
        assert_eq!(tasks(&desk, "send_invitation").await.len(), 1);
        let path = href(course, "/stoette");
        let version = value_of(&desk.browser.get(&path).await, "version");
        let marks = [("handling", "maerker"), ("version", &*version), ("maerke-written_hard", "ja")];
        assert_eq!(desk.browser.post(&path, &marks).await.status, 303);
        let page = desk.browser.get(&path).await;
        assert_eq!(page.body.matches("Foreslået").count(), 3);
        let version = value_of(&page, "version");
        let chosen = [
            ("handling", "hensyn"),
            ("version", &*version),
            ("hensyn-call_instead_of_letter", "ja"),
            ("hensyn-picture_letter", "ja"),
            ("hensyn-read_aloud", "ja"),
            ("hensyn-interpreter", "ja"),
            ("hensyn-transport", "ja"),
        ];
        assert_eq!(desk.browser.post(&path, &chosen).await.status, 303);
        assert_eq!(desk.browser.post(&path, &chosen).await.status, 409, "somebody was first");
        assert_eq!(tasks(&desk, "send_invitation").await, [], "the letter that waited");
        assert_eq!(tasks(&desk, "call_about_time").await.len(), 1, "became a call");
        let letter = desk.browser.get(&format!("{time}/invitation")).await.body;
        for text in ["Ring til borgeren i stedet for at sende brev.", "fb-letter--pictures", "Vil du have brevet læst op?"] {
            assert!(letter.contains(text), "{text}");
        }
        assert_eq!(desk.browser.post(&format!("{time}/invitation"), &[]).await.status, 303);
        assert_eq!(tasks(&desk, "call_about_time").await, []);
        let kept = record(&desk.app, citizen).await;
        let adapted = &kept.adaptations[0].value;
        assert!(adapted.has(Adaptation::PictureLetter) && kept.citizen.value.needs.transport);
        assert!(!adapted.decided[&Adaptation::ReadAloud].because.is_empty());
        assert!(desk.browser.get(&href(course, "")).await.body.contains("Opkald i stedet for brev"));
    }
}

on_both_engines! {
    async fn diet_treatment_is_begun_by_a_dietitian_and_others_are_led_to_one(database: &Database) {
        let (mut desk, course, citizen) = with_plan(database, &["dietary_treatment"], &[]).await;
        let kept = record(&desk.app, citizen).await;
        let (id, plan) = (intervention(&kept, InterventionCode::DietaryTreatment), kept.care_plans[0].value.id.to_string());
        let page = desk.browser.get(&href(course, "")).await.body;
        assert!(page.contains(&format!("href=\"/kalender/book/{id}\"")) && page.contains("Book en diætist"));
        let contact = [("plan", &*plan), ("dato", "2026-11-24"), ("fra", "09:00"), ("til", "09:10"), ("notat", "Talte om mad")];
        let refused = act(&mut desk, course, "/kontakt", &contact).await;
        assert!(refused.status == 422 && refused.body.contains("Diætbehandling gives af en klinisk diætist"));
        assert!(refused.body.contains("Talte om mad"), "nothing typed is lost");
        may(&desk, Competence::ClinicalDietitian).await;
        let safety = desk.browser.get(&href(course, "/sikkerhed")).await.body;
        assert!(safety.contains("Diætbehandling kan gives af:"));
        assert!(desk.queries_of(&href(course, "/sikkerhed")).await <= 6);
        assert_eq!(act(&mut desk, course, "/kontakt", &contact).await.status, 303);
        assert!(!desk.browser.get(&href(course, "")).await.body.contains("KS-7.5-03"));
        desk.clock.set("2027-01-25T08:00:00Z");
        app::nightly::round(&desk.app).await.unwrap();
        assert_eq!(tasks(&desk, "diet_follow_up").await, [("2027-02-24".to_owned(), "KS-7.3-03".to_owned())]);
    }
}

#[tokio::test]
async fn another_municipality_finds_nothing_of_it() {
    let (desk, course, citizen) = planned(&Database::sqlite()).await;
    let neighbour = testkit::municipality::add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
    let mut stranger = log_in(&desk.app, neighbour.key, "nabo", Role::Leader).await;
    let before = record(&desk.app, citizen).await;
    for path in [href(course, "/sikkerhed"), href(course, "/stoette")] {
        assert_eq!(stranger.get(&path).await.status, 404, "{path}");
    }
    let id = intervention(&before, InterventionCode::DietaryGuidance);
    for (what, form) in [
        ("/sikkerhed", vec![("version", "0"), ("svar-pregnant", "ja")]),
        ("/kvitter", vec![("regel", "KS-6.2-11"), ("om", ""), ("grund", "x")]),
        ("/indhold", vec![("indsats", &*id), ("version", "0")]),
        ("/stoette", vec![("handling", "maerker"), ("version", "0")]),
        ("/stoette", vec![("handling", "hensyn"), ("version", "0")]),
        (
            "/stoette",
            vec![
                ("handling", "niveau"),
                ("model", "esbjerg"),
                ("udgave", "1"),
                ("faktor-coping", "light"),
                ("faktor-complexity", "light"),
            ],
        ),
    ] {
        assert_eq!(stranger.post(&href(course, what), &form).await.status, 404, "{what}");
    }
    assert_eq!(record(&desk.app, citizen).await, before);
}
