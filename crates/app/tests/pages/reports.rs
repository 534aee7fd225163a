//! The pages about daily reports.

use domain::permission::Role;
use testkit::on_both_engines;

use crate::{Desk, addresses, leads_to, log_in, version_of};

/// A course has begun: now there is something to report.
async fn to_a_course(desk: &mut Desk) {
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
