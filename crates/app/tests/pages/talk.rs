//! The talk on one screen: what is typed is kept, two may write, and ending it makes contact, goals, conditions and plan.

use std::sync::Arc;

use app::records::{self, CitizenRecord};
use app::{App, AppError};
use domain::codes::{ConditionCode, InterventionCode};
use domain::ids::{CitizenId, PlannedInterventionId};
use domain::permission::Role;
use store::{Scope, Seen};
use testkit::database::Database;
use testkit::on_both_engines;

use crate::browser::Answer;
use crate::calendar::routed;
use crate::{Desk, leads_to, log_in, value_of};

const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";
const FOOD: &str = "Springer morgenmad over. Ellers ikke meget bevægelse.";

/// A talk that is ready to be held, and whose it is.
pub async fn talk(database: &Database) -> (Desk, PlannedInterventionId, CitizenId) {
    let mut desk = Desk::with(database, Role::Professional, &[NANCY]).await;
    let (talk, citizen) = routed(&mut desk, "Nancy Ann Test Berggren").await;
    (desk, talk, citizen)
}

pub async fn record(app: &App, citizen: CitizenId) -> CitizenRecord {
    let read =
        move |tx: &mut store::Tx<'_>| Ok::<_, AppError>(Seen::record(citizen.0, records::citizen_record(tx, citizen)?));
    Arc::unwrap_or_clone(app.store.view(Scope::system(1, app.now(), "test"), read).await.unwrap())
}

/// Everything that a clarifying talk must have touched.
pub fn whole() -> Vec<(&'static str, &'static str)> {
    let mut form: Vec<_> = ["funktionsevne", "hverdagsliv", "sygdomssituation"].map(|id| (id, "Går fint")).into();
    form.push(("risikofaktorer", FOOD));
    form.extend(["rygning", "alkohol", "bevaegelse", "kost", "mentalt"].map(|id| match id {
        "kost" => ("kram-kost", "risiko"),
        "rygning" => ("kram-rygning", "ingen"),
        "alkohol" => ("kram-alkohol", "siger-ikke"),
        "bevaegelse" => ("kram-bevaegelse", "risiko"),
        _ => ("kram-mentalt", "ingen"),
    }));
    form.extend([
        ("hele", "1"),
        ("hjul-food", "3"),
        ("maal-1", "Jeg vil kunne tage trapperne"),
        ("fastholdelse", "Går en tur hver dag"),
        ("gennemgaaet", "ja"),
        ("behov-tolk", "ja"),
        ("samtykke-henviser", "ja"),
        ("tilstand-eating_pattern", "ja"),
        ("tilstand-physical_activity", "nej"),
        ("indsats-dietary_guidance", "ja"),
        ("levering-dietary_guidance", "individual"),
        ("valg-dietary_guidance", "Vil helst tale alene"),
        ("dato", "2026-11-24"),
        ("fra", "08:00"),
        ("til", "09:00"),
        ("sted", "at_premises"),
    ]);
    form
}

pub fn with<'a>(form: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = form.iter().filter(|(id, _)| !more.iter().any(|(other, _)| other == id)).copied();
    kept.chain(more.iter().copied()).collect()
}

pub fn href(talk: PlannedInterventionId, what: &str) -> String {
    format!("/samtaler/{talk}{what}")
}

on_both_engines! {
    async fn a_talk_is_written_kept_and_ended_and_becomes_record(database: &Database) {
        let (mut desk, talk, citizen) = talk(database).await;
        let page = desk.browser.get(&href(talk, "")).await;
        for text in ["Funktionsevne", "Samtalehjul", "Det mangler, før samtalen kan afsluttes", "Afslut samtalen"] {
            assert!(page.body.contains(text), "{text}");
        }
        assert_eq!(page.body.matches("button-primary").count(), 1);
        for area in ["funktionsevne", "hverdagsliv", "risikofaktorer", "sygdomssituation"] {
            assert!(page.body.contains(&format!("href=\"#del-{area}\"")), "{area}: in any order");
        }
        let kept = desk.browser.post(&href(talk, "/kladde"), &[("set", "0"), ("risikofaktorer", FOOD)]).await;
        assert_eq!(leads_to(&kept), href(talk, ""));
        let page = desk.browser.get(&href(talk, "")).await;
        let proposed = page.body.split("data-proposed").nth(1).unwrap().split("data-rest").next().unwrap();
        assert!(proposed.contains("”Springer morgenmad over”") && proposed.contains("Fysisk aktivitet"));
        let step = value_of(&page, "set");
        let early = desk.browser.post(&href(talk, "/afslut"), &[("set", &*step), ("hele", "1")]).await;
        assert_eq!(early.status, 422);
        assert!(early.body.contains(FOOD), "nothing typed is lost");
        let form = whole();
        let step = value_of(&early, "set");
        let form = with(&form, &[("set", &*step)]);
        let ended = desk.browser.post(&href(talk, "/afslut"), &form).await;
        let course = record(&desk.app, citizen).await.courses[0].value.id;
        assert_eq!(leads_to(&ended), format!("/forloeb/{course}"));
        let again = desk.browser.post(&href(talk, "/afslut"), &form).await;
        assert_eq!(leads_to(&again), format!("/forloeb/{course}"), "a second press does nothing twice");
        let record = record(&desk.app, citizen).await;
        assert_eq!(record.goals.iter().map(|g| g.value.words.as_str()).collect::<Vec<_>>(), ["Jeg vil kunne tage trapperne"]);
        assert_eq!(record.conditions.iter().map(|c| c.value.code).collect::<Vec<_>>(), [ConditionCode::EatingPattern]);
        let granted = record.interventions.iter().find(|i| i.value.code == InterventionCode::DietaryGuidance).unwrap();
        assert_eq!(granted.value.reasons, [record.conditions[0].value.id]);
        assert_eq!(granted.value.choice_reason.as_deref(), Some("Vil helst tale alene"));
        assert!(record.citizen.value.needs.interpreter && record.encounters.len() == 1);
        let note = record.encounters[0].value.note.clone().unwrap();
        assert!(note.contains("Usund kost: Risiko") && note.contains("Mad og vægt 3"), "{note}");
        let late = desk.browser.get(&href(talk, "")).await;
        assert!(late.status == 200 && late.body.contains("Samtalen er afsluttet"));
        let side = desk.browser.get(&href(talk, "/borger")).await;
        assert!(side.body.contains("Tal om mad og gode vaner") && side.body.contains("Jeg vil kunne tage trapperne"));
        assert!(side.body.contains("Det gør du selv") && side.body.contains("Går en tur hver dag"), "after the talk too");
    }
}

async fn by_script(browser: &mut crate::browser::Browser, path: &str, form: &[(&str, &str)]) -> Answer {
    browser.post_accepting(path, form, "application/json").await
}

on_both_engines! {
    async fn two_who_write_in_one_talk_both_keep_their_words(database: &Database) {
        let (mut desk, talk, _) = talk(database).await;
        let mut colleague = log_in(&desk.app, 1, "kollega", Role::Professional).await;
    colleague.get(&href(talk, "")).await;
        let keep = href(talk, "/kladde");
        by_script(&mut desk.browser, &keep, &[("set", "0"), ("hverdagsliv", "Bor alene")]).await;
        let theirs = by_script(&mut colleague, &keep, &[("set", "0"), ("hverdagsliv", "Bor med sin mand"), ("fastholdelse", "Går ture")]).await;
        let json = theirs.json();
        assert_eq!(json["refused"], serde_json::json!(["hverdagsliv"]));
        assert_eq!(json["others"]["hverdagsliv"]["text"], "Bor alene");
        let mine = by_script(&mut desk.browser, &keep, &[("set", "1"), ("maal-1", "Gå tur")]).await.json();
        assert_eq!((&mine["refused"], &mine["others"]["fastholdelse"]["text"]), (&serde_json::json!([]), &"Går ture".into()));
        let page = colleague.post(&keep, &[("set", "0"), ("hele", "1"), ("hverdagsliv", "Bor med sin mand")]).await;
        assert_eq!(page.status, 409);
        assert!(page.body.contains("Bor med sin mand") && page.body.contains("”Bor alene”"));
        let step = value_of(&page, "set");
        let decided = colleague.post(&keep, &[("set", &*step), ("hverdagsliv", "Bor med sin mand, de første år alene")]).await;
        assert_eq!(decided.status, 303);
        let form = whole();
        let stale = desk.browser.post(&href(talk, "/afslut"), &with(&form, &[("set", "3")])).await;
        assert_eq!(stale.status, 409, "ended on what was not seen");
        assert!(stale.body.contains("de første år alene"));
    }
}

#[tokio::test]
async fn what_cannot_be_kept_is_said_and_what_was_typed_is_shown() {
    let (mut desk, talk, citizen) = talk(&Database::sqlite()).await;
    let long = "a".repeat(40_001);
    let answer =
        desk.browser.post(&href(talk, "/kladde"), &[("set", "0"), ("hele", "1"), ("hverdagsliv", &long)]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("for lang") && answer.body.contains(&long));
    let unknown = desk.browser.post(&href(talk, "/kladde"), &[("set", "0"), ("noget-andet", "x")]).await;
    assert_eq!(unknown.status, 400);
    let form = whole();
    let wrong = desk.browser.post(&href(talk, "/afslut"), &with(&form, &[("set", "0"), ("til", "07:00")])).await;
    assert!(wrong.status == 422 && wrong.body.contains("href=\"#til\""));
    let mut colleague = log_in(&desk.app, 1, "kollega", Role::Professional).await;
    colleague.get(&href(talk, "")).await;
    let step = value_of(&wrong, "set");
    leads_to(&desk.browser.post(&href(talk, "/afslut"), &with(&form, &[("set", &*step)])).await);
    let late = colleague
        .post(&href(talk, "/afslut"), &with(&form, &[("set", &*step), ("hverdagsliv", "Mine egne ord")]))
        .await;
    assert_eq!(late.status, 409);
    assert!(late.body.contains("Mine egne ord") && late.body.contains(&format!("/borgere/{citizen}")));
}
