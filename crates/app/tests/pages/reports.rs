//! The pages about daily reports.

use app::courses::{self, ConditionInput};
use app::{AppError, reporting};
use domain::codes::ConditionCode;
use domain::ids::{CitizenId, CourseId};
use domain::permission::Role;
use store::{Scope, Seen};
use testkit::municipality::staff;
use testkit::on_both_engines;
use uuid::Uuid;

use crate::{Desk, addresses, leads_to, log_in, version_of};

/// A course has begun: now there is something to report.
pub async fn to_a_course(desk: &mut Desk) {
    let href = desk.request_of("Nancy Ann Test Berggren").await;
    for (action, field) in
        [("gennemgaa", ("kronisk", "ja")), ("truffet", ("", "")), ("indgang", ("route", "clarifying_talk"))]
    {
        let version = version_of(&desk.browser.get(&href).await);
        leads_to(&desk.browser.post(&format!("{href}/{action}"), &[("version", &version), field]).await);
    }
}

on_both_engines! {
    async fn a_day_is_built_shown_and_fetched(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &["01-xref15-gp-type2-diabetes-diet"]).await;
        let empty = desk.browser.get("/indberetning").await.body;
        assert!(empty.contains("Der er ikke dannet nogen indberetning endnu"));
        to_a_course(&mut desk).await;
        desk.clock.set("2026-11-25T08:00:00Z");
        let mut leader = log_in(&desk.app, 1, "ny-leder", Role::Leader).await;
        leader.get("/indberetning").await;
        assert_eq!(leads_to(&leader.post("/indberetning/dan", &[]).await), "/indberetning");
        let list = leader.get("/indberetning").await.body;
        assert!(list.contains("1 indberetning er dannet") && list.contains("href=\"/indberetning/2026-11-24\""));
        let day = leader.get("/indberetning/2026-11-24").await.body;
        assert!(day.contains("Nancy Ann Test Berggren") && day.contains("I kø"));
        let bundle = addresses(&day).into_iter().find(|a| a.ends_with("/bundle")).unwrap().to_owned();
        let answer = leader.get(&bundle).await;
        assert!(answer.header("content-disposition").starts_with("attachment") && answer.body.contains("\"Bundle\""));
        leader.post("/indberetning/dan", &[]).await;
        assert!(leader.get("/indberetning").await.body.contains("ikke noget nyt at indberette"), "twice is harmless");
        assert_eq!(leader.get("/indberetning/i-morgen").await.status, 404);
        let mut quality = log_in(&desk.app, 1, "kvalitet", Role::Quality).await;
        let seen = quality.get("/indberetning/2026-11-24").await.body;
        assert!(!seen.contains("Berggren") && !seen.contains("/borgere/0"), "quality opens no records");
    }
}

/// The only report of a day.
fn report_of(day: &str) -> Uuid {
    let href = addresses(day).into_iter().rfind(|a| a.ends_with("/bundle")).unwrap();
    href.split('/').nth(2).unwrap().parse().unwrap()
}

const REFUSED: &str = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"required",
    "diagnostics":"klgateway-119-x: a condition is missing","location":["Bundle.entry[0].resource"]}]}"#;

/// The citizen of whom something will be reported.
pub async fn citizen_of(desk: &mut Desk) -> CitizenId {
    let page = desk.browser.get("/indberetning").await.body;
    let mut ids =
        addresses(&page).into_iter().filter_map(|href| href.strip_prefix("/borgere/")?.parse().ok()).map(CitizenId);
    ids.next_back().unwrap()
}

pub async fn course_of(desk: &Desk, citizen: CitizenId) -> CourseId {
    let read = move |tx: &mut store::Tx<'_>| {
        let record = app::records::citizen_record(tx, citizen)?;
        let course = record.open_course().map(|course| course.value.id).ok_or(AppError::NotFound("course"))?;
        Ok::<_, AppError>(Seen::record(citizen.0, course))
    };
    desk.app.store.view(Scope::system(1, desk.app.now(), "test"), read).await.unwrap()
}

on_both_engines! {
    async fn what_will_be_reported_of_whom_stands_there_the_same_day(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &["01-xref15-gp-type2-diabetes-diet"]).await;
        assert!(desk.browser.get("/indberetning").await.body.contains("Alt er indberettet eller dannet."));
        to_a_course(&mut desk).await;
        let page = desk.browser.get("/indberetning").await.body;
        for text in ["Indberettes næste gang", "Nancy Ann Test Berggren", "Ny: ", "anledning", "Ændret i dag", "Når dagen er gået"] {
            assert!(page.contains(text), "{text}");
        }
        desk.clock.set("2026-11-25T08:00:00Z");
        let mut leader = log_in(&desk.app, 1, "ny-leder", Role::Leader).await;
        let page = leader.get("/indberetning").await.body;
        assert!(page.contains("Ændret siden 24. nov.") && page.contains("Klar til at dannes"));
        leads_to(&leader.post("/indberetning/dan", &[]).await);
        assert!(leader.get("/indberetning").await.body.contains("Alt er indberettet eller dannet."));
        let mut quality = log_in(&desk.app, 1, "kvalitet", Role::Quality).await;
        assert!(!quality.get("/indberetning").await.body.contains("Berggren"), "quality opens no records");
    }
}

on_both_engines! {
    async fn a_refused_report_says_why_and_is_sent_again_as_the_record_is_mended(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &["01-xref15-gp-type2-diabetes-diet"]).await;
        to_a_course(&mut desk).await;
        let citizen = citizen_of(&mut desk).await;
        let course = course_of(&desk, citizen).await;
        desk.clock.set("2026-11-25T08:00:00Z");
        let mut leader = log_in(&desk.app, 1, "ny-leder", Role::Leader).await;
        leader.get("/indberetning").await;
        leads_to(&leader.post("/indberetning/dan", &[]).await);
        let first = report_of(&leader.get("/indberetning/2026-11-24").await.body);
        let scope = Scope::system(1, desk.app.now(), "test");
        let refused = desk.app.store.write(scope, move |tx| {
            reporting::settle(tx, first, reporting::ReportState::Rejected, Some(422), Some(REFUSED))
        });
        refused.await.unwrap();
        let page = leader.get("/indberetning").await.body;
        for text in ["Afviste indberetninger", "Indberetning for tirsdag 24. november", "Borger:</strong> Der mangler en oplysning. Udfyld den i journalen.", "klgateway-119-x: a condition is missing", "Ret i journalen", &format!("href=\"/borgere/{citizen}\""), "Afvist før, sendes igen"] {
            assert!(page.contains(text), "{text}");
        }
        let mended = ConditionInput { code: ConditionCode::WellBeing, note: None };
        courses::add_condition(&desk.app, &staff(1, Role::Professional), course, mended).await.unwrap();
        leads_to(&leader.post("/indberetning/dan", &[]).await);
        let page = leader.get("/indberetning").await.body;
        assert!(page.contains("1 indberetning er dannet.") && !page.contains("Afviste indberetninger"));
        let day = leader.get("/indberetning/2026-11-24").await.body;
        assert!(day.contains("2 indberetninger") && day.contains("Afvist") && day.contains("I kø"));
        assert_ne!(report_of(&day), first, "a new try has a number of its own");
        let all = leader.get("/indberetning/2026-11-24/hent").await;
        assert!(all.header("content-disposition").contains("indberetninger-2026-11-24.ndjson"));
        let lines: Vec<&str> = all.body.lines().collect();
        let told = ConditionCode::WellBeing.code();
        assert_eq!(lines.len(), 2);
        assert!(!lines[0].contains(told) && lines[1].contains(told), "the new try tells what was mended after its day");
        assert!(page.contains("Alt er indberettet eller dannet."), "what the new try told is not told twice");
        assert_eq!(leader.get("/indberetning/2026-11-20/hent").await.status, 404);
        let mut visitator = log_in(&desk.app, 1, "visitator", Role::Visitator).await;
        assert_eq!(visitator.get("/indberetning/2026-11-24/hent").await.status, 403);
    }
}
