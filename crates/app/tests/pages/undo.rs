//! Taking back what moved a referral or wrote to its sender.

use domain::permission::Role;
use store::{Scope, Seen};
use testkit::database::Database;
use testkit::on_both_engines;

use crate::{Desk, leads_to, log_in, said, version_of};

const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";
const NAME: &str = "Nancy Ann Test Berggren";

type Fields = &'static [(&'static str, &'static str)];

/// The steps that can be taken back: the form, its fields, and what the page says after it.
const STEPS: [(&str, Fields, &str); 5] = [
    ("videresend", &[("videresend-til", "Jobcentret")], "Sendt videre til Jobcentret"),
    ("retur", &[("retur-aarsag", "lives_elsewhere"), ("retur-tekst", "Bor i Naboby")], "Sendt retur. "),
    ("takker-nej", &[("nej-aarsag", "not_said")], "Borgeren takkede nej. "),
    ("afvis", &[("afvis-tekst", "Uden for målgruppen")], "Afvist<span lang=\"da\">. Uden for målgruppen"),
    ("spoerg", &[("spoerg-tekst", "Hvad er HbA1c?")], "Spørgsmål sendt til afsenderen"),
];

/// Takes the step on the page of a referral; gives where it is undone.
async fn step(desk: &mut Desk, href: &str, action: &str, fields: &[(&str, &str)]) -> String {
    let version = version_of(&desk.browser.get(href).await);
    let all = [&[("version", version.as_str())], fields].concat();
    assert_eq!(leads_to(&desk.browser.post(&format!("{href}/{action}"), &all).await), href);
    let page = desk.browser.get(href).await.body;
    page.split("action=\"")
        .map(|rest| rest.split('"').next().unwrap())
        .find(|a| a.contains("/fortryd/"))
        .unwrap()
        .to_owned()
}

/// The open tasks and the letters that wait to be sent.
async fn waiting(desk: &Desk) -> (Vec<String>, i64) {
    let scope = Scope::system(1, desk.app.now(), "test");
    let read = |tx: &mut store::Tx<'_>| {
        let tasks = "select kind from task where organization = $1 and state = 'open' order by kind";
        let letters =
            "select count(*) from outgoing where organization = $1 and delivery = 'queued' and kind = 'XDIS91'";
        let tasks: Vec<String> = tx.query(tasks, &[], |r| r.take())?;
        Ok::<_, app::AppError>(Seen::nothing((tasks, tx.first(letters, &[], |r| r.take())?.unwrap_or_default())))
    };
    desk.app.store.view(scope, read).await.unwrap()
}

on_both_engines! {
    async fn what_moved_a_referral_is_taken_back_whole_and_stays_in_its_history(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[NANCY]).await;
        let href = desk.request_of(NAME).await;
        for action in ["gennemgaa", "truffet"] {
            let version = version_of(&desk.browser.get(&href).await);
            assert_eq!(leads_to(&desk.browser.post(&format!("{href}/{action}"), &[("version", &version)]).await), href);
        }
        let before = waiting(&desk).await;
        for (number, (action, fields, text)) in (1..).zip(STEPS) {
            desk.clock.set(&format!("2026-11-24T09:{number:02}:00Z"));
            let undo = step(&mut desk, &href, action, fields).await;
            if action != "videresend" {
                assert_ne!(waiting(&desk).await, before, "{action}");
            }
            desk.clock.set(&format!("2026-11-24T09:{number:02}:05Z"));
            for _ in 0..2 {
                assert_eq!(leads_to(&desk.browser.post(&undo, &[]).await), href, "{action}: sent twice is done once");
            }
            let page = desk.browser.get(&href).await.body;
            assert!(page.contains("Det er fortrudt") && page.contains(text), "{action}");
            assert_eq!(page.matches("Fortrudt. Henvisningen er, som den var før").count(), number, "{action}");
            assert_eq!(waiting(&desk).await, before, "{action}: the tasks are those of before, and no letter waits");
        }
    }
}

#[tokio::test]
async fn what_has_left_or_was_built_on_or_is_another_s_is_not_taken_back() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let href = desk.request_of(NAME).await;
    let mut colleague = log_in(&desk.app, 1, "to", Role::Visitator).await;
    let asked = step(&mut desk, &href, "spoerg", STEPS[4].1).await;
    colleague.get(&href).await;
    assert_eq!(colleague.post(&asked, &[]).await.status, 422, "another's step");

    // A colleague has built on it.
    let version = version_of(&colleague.get(&href).await);
    assert_eq!(colleague.post(&format!("{href}/tag"), &[("version", &version)]).await.status, 303);
    let late = desk.browser.post(&asked, &[]).await;
    assert_eq!((late.status.as_u16(), said(&late).contains("Der er sket andet siden")), (422, true));

    // The message has left.
    let back = step(&mut desk, &href, "retur", STEPS[1].1).await;
    let folders = tempfile::tempdir().unwrap();
    desk.clock.set("2026-11-24T08:17:00Z");
    let exchange = app::mailbox::Folders::open(folders.path(), std::time::Duration::ZERO).unwrap();
    app::mailbox::send_queued(&desk.app, &exchange, jiff::SignedDuration::from_secs(10)).await.unwrap();
    let left = desk.browser.post(&back, &[]).await;
    assert_eq!((left.status.as_u16(), said(&left).contains("afsendt")), (422, true));
    assert!(desk.browser.get(&href).await.body.contains("Sendt retur. "));

    for nonsense in [format!("{href}/fortryd/1"), format!("{href}/fortryd/99")] {
        assert_eq!(desk.browser.post(&nonsense, &[]).await.status, 404, "{nonsense}");
    }
    assert_eq!(desk.browser.post(&format!("{href}/fortryd/to"), &[]).await.status, 400);
}

#[tokio::test]
async fn a_question_whose_letter_is_taken_back_was_not_asked() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let href = desk.request_of(NAME).await;
    let before = waiting(&desk).await;
    desk.clock.set("2026-11-24T09:00:00Z");
    step(&mut desk, &href, "spoerg", STEPS[4].1).await;
    desk.clock.set("2026-11-24T09:00:05Z");
    let page = desk.browser.get(&href).await.body;
    let letter = page.split("href=\"/udgaaende/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answer = desk.browser.post(&format!("/udgaaende/{letter}/fortryd"), &[]).await;
    assert_eq!(leads_to(&answer), format!("/udgaaende/{letter}"));
    assert_eq!(waiting(&desk).await, before);
    assert!(!desk.browser.get("/henvisninger").await.body.contains("afventer svar"));
}
