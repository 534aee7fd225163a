//! The start page: what each role sees without a click, and that nothing hides.

use app::AppError;
use domain::permission::Role;
use store::Scope;
use testkit::database::Database;
use testkit::on_both_engines;

use crate::calendar::{booked_today, routed};
use crate::{Desk, addresses, log_in};

const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";
const BRUNO: &str = "02-xref15-hospital-copd";

/// Takes the task of every request away, as a fault in the rules would.
async fn forget_every_task(desk: &Desk) {
    let scope = Scope::system(1, desk.app.now(), "test");
    let forget = |tx: &mut store::Tx<'_>| {
        tx.execute("update task set state = 'cancelled' where organization = $1", &[])?;
        tx.note("test");
        Ok::<_, AppError>(())
    };
    desk.app.store.write(scope, forget).await.unwrap();
}

/// The part of a page that a heading opens.
fn panel<'p>(page: &'p str, id: &str) -> &'p str {
    page.split(&format!("aria-labelledby=\"{id}\"")).nth(1).unwrap().split("</section>").next().unwrap()
}

on_both_engines! {
    async fn the_visitator_sees_new_own_and_late_work_each_with_its_reason_and_one_step(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[NANCY, BRUNO]).await;
        let page = desk.browser.get("/").await.body;
        let new = panel(&page, "nye");
        assert!(new.contains("2 henvisninger") && new.contains("Nancy Ann Test Berggren") && new.contains("Se henvisning"));
        assert!(panel(&page, "over").contains("Ingen opgaver er over fristen"));
        assert!(panel(&page, "glemt").contains("0 uden næste skridt"), "the count is shown when it is 0");
        assert!(panel(&page, "glemt").contains("2 åbne henvisninger: alle har en ejer"));
        assert!(desk.queries_of("/").await <= 5);
        assert!(addresses(&page).iter().all(|address| !address.contains("251248")) && !page.contains("251248"));
        let (_, _) = routed(&mut desk, "Nancy Ann Test Berggren").await;
        let mine = desk.browser.get("/").await.body;
        let mine = panel(&mine, "mine");
        assert!(mine.contains("Mine og modtagelsens opgaver") && mine.contains("Book samtale"));
        assert!(mine.contains("Samtalen har ingen tid endnu") && mine.contains("/kalender/book/"));
        desk.clock.set("2026-12-02T08:00:00Z");
        desk.browser = log_in(&desk.app, 1, "to", Role::Visitator).await;
        let page = desk.browser.get("/").await.body;
        let late = panel(&page, "over");
        assert!(late.contains("Bruno Test Elmer") && late.contains("1 dag over"));
        assert!(late.contains("Ingen har læst den. Kontakt er lovet inden 5 arbejdsdage. Fristen var 1. dec."));
        assert_eq!(page.matches("button-primary").count(), 1, "one step stands out");
    }
}

on_both_engines! {
    async fn a_referral_without_a_next_step_stands_first_on_everybodys_page(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[NANCY]).await;
        forget_every_task(&desk).await;
        for role in [Role::Visitator, Role::Professional, Role::Leader] {
            let mut browser = log_in(&desk.app, 1, &format!("{}-to", role.word()), role).await;
            let page = browser.get("/").await.body;
            assert!(panel(&page, "glemt").contains("1 uden næste skridt"), "{role:?}");
            let bare = panel(&page, "uden");
            assert!(bare.contains("Nancy Ann Test Berggren") && bare.contains("Vælg næste skridt"), "{role:?}");
        }
        let first = desk.browser.get("/").await.body;
        assert!(first.find("id=\"uden\"").unwrap() < first.find("id=\"over\"").unwrap());
    }
}

on_both_engines! {
    async fn a_course_in_which_nothing_is_planned_is_not_forgotten(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[NANCY]).await;
        let (talk, _) = routed(&mut desk, "Nancy Ann Test Berggren").await;
        forget_every_task(&desk).await;
        let page = desk.browser.get("/").await.body;
        assert!(panel(&page, "glemt").contains("0 uden næste skridt"), "the talk is planned");
        let scope = Scope::system(1, desk.app.now(), "test");
        let end = move |tx: &mut store::Tx<'_>| {
            let today = domain::workdays::local_date(tx.scope().at);
            let sql = "update planned_intervention set ended_on = $2 where organization = $1 and id = $3";
            tx.execute(sql, &[today.into(), talk.0.into()])?;
            tx.note("test");
            Ok::<_, AppError>(())
        };
        desk.app.store.write(scope, end).await.unwrap();
        let page = desk.browser.get("/").await.body;
        let bare = panel(&page, "uden");
        assert!(bare.contains("intet er planlagt") && bare.contains("/forloeb/"));
    }
}

on_both_engines! {
    async fn the_leader_sees_promises_by_owner_before_they_break_and_after(database: &Database) {
        let desk = Desk::with(database, Role::Visitator, &[NANCY, BRUNO]).await;
        let mut browser = log_in(&desk.app, 1, "leder", Role::Leader).await;
        let page = browser.get("/").await.body;
        assert!(panel(&page, "loefter").contains("Ingen løfter er brudt"), "a week is left");
        desk.clock.set("2026-11-27T08:00:00Z");
        let mut desk = Desk { browser: log_in(&desk.app, 1, "leder-2", Role::Leader).await, ..desk };
        let page = desk.browser.get("/").await.body;
        let promises = panel(&page, "loefter");
        assert!(promises.contains("Modtagelsen") && promises.contains("2 inden 2 arbejdsdage") && promises.contains("1. dec."));
        assert!(!promises.contains("fb-tag--late"), "nothing is broken yet");
        assert!(desk.queries_of("/").await <= 6);
        desk.clock.set("2026-12-02T08:00:00Z");
        let mut browser = log_in(&desk.app, 1, "leder-3", Role::Leader).await;
        let page = browser.get("/").await.body;
        let promises = panel(&page, "loefter");
        assert!(promises.contains("2 brudt") && promises.contains("fb-tag--late"));
    }
}

on_both_engines! {
    async fn a_professional_sees_the_talks_of_the_day_and_their_own_tasks_only(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[NANCY, BRUNO]).await;
        let (talk, citizen, mut nurse) = booked_today(&mut desk, "Nancy Ann Test Berggren").await;
        std::mem::swap(&mut desk.browser, &mut nurse);
        let page = desk.browser.get("/").await.body;
        let day = panel(&page, "dag");
        assert!(day.contains("Nancy Ann Test Berggren") && day.contains("Afklarende samtale"));
        assert!(day.contains(&format!("/borgere/{citizen}")) && day.contains("Forbered"));
        assert!(day.contains(&format!("/samtaler/{talk}")) && day.contains("Hold samtalen"));
        assert!(panel(&page, "mine").contains("Hold samtalen"), "the talk is theirs");
        assert!(!page.contains("Bruno Test Elmer"), "new referrals are the intake's");
        assert!(desk.queries_of("/").await <= 5);
    }
}

#[tokio::test]
async fn a_message_that_nobody_answered_waits_for_others() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let scope = Scope::system(1, desk.app.now(), "test");
    let lose = |tx: &mut store::Tx<'_>| {
        tx.execute("update outgoing set delivery = 'unanswered', sent_at = queued_at where organization = $1", &[])?;
        tx.note("test");
        Ok::<_, AppError>(())
    };
    desk.app.store.write(scope, lose).await.unwrap();
    let page = desk.browser.get("/").await.body;
    let waits = panel(&page, "venter");
    assert!(waits.contains("Ubesvaret") && waits.contains("Modtageren har ikke kvitteret"), "{waits}");
    assert!(waits.contains("/udgaaende/") && waits.contains("Følg op"));
}
