//! What a person meets: forms that must be ours, roles, errors.

use app::access;
use app::layout::{Counts, MessagePage, Nav};
use app::web::{Page, PageForm, Routes, Visit};
use app::{AppError, Caller};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::Redirect;
use domain::permission::{Permission, Role};
use serde::Deserialize;
use testkit::database::Database;
use testkit::on_both_engines;

use crate::browser::{Browser, form};
use crate::{PASSWORD, program, user};

#[derive(Deserialize)]
struct Wishes {
    #[serde(default)]
    omraade: Vec<String>,
}

async fn show(caller: Caller, visit: Visit) -> Result<Page<MessagePage>, AppError> {
    let frame = visit.frame(Nav::None, Counts::default()).await?;
    let (text, unsaved, links) = (String::new(), Vec::new(), Vec::new());
    Ok(Page(MessagePage { frame, heading: caller.title, text, unsaved, links }))
}

async fn save(visit: Visit, PageForm(form): PageForm<Wishes>) -> Result<Redirect, AppError> {
    visit.done("/proeve", form.omraade.join(" · ")).await
}

async fn refuse() -> Result<(), AppError> {
    Err(AppError::Rule { code: "no", message: "Holdet er fuldt." })
}

async fn panic() {
    panic!("251248-9996 stood here")
}

fn routes() -> Routes {
    Routes::new()
        .get("/proeve", Permission::LoggedIn, show)
        .post("/proeve", Permission::LoggedIn, save)
        .get("/kun-leder", Permission::OverrideBlocker, show)
        .get("/nej", Permission::LoggedIn, refuse)
        .get("/panik", Permission::LoggedIn, panic)
}

async fn visitator(database: &Database) -> Browser {
    let (app, _) = program(database).await;
    user(&app, Role::Visitator).await;
    let mut browser = Browser::with(&app, routes());
    browser.log_in("visitator", PASSWORD).await;
    browser.get("/proeve").await;
    browser
}

on_both_engines! {
    async fn a_form_is_saved_and_its_notice_is_shown_once(database: &Database) {
        let mut browser = visitator(database).await;
        let saved = browser.post("/proeve", &[("omraade", "Mål"), ("omraade", "Notat")]).await;
        assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, "/proeve"));
        assert!(browser.get("/proeve").await.body.contains("Mål · Notat"));
        assert!(!browser.get("/proeve").await.body.contains("Mål"));
    }
}

#[tokio::test]
async fn a_form_without_the_token_is_refused() {
    let mut browser = visitator(&Database::sqlite()).await;
    let token = std::mem::take(&mut browser.token);
    for wrong in ["", "noget-andet"] {
        browser.token = wrong.into();
        let answer = browser.post("/proeve", &[("omraade", "kost")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.body.contains("Siden har stået åben for længe"), "{}", answer.body);
    }
    let by_header = form("/proeve").header("x-csrf-token", &token);
    assert_eq!(browser.request(by_header, Body::from("omraade=kost")).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_even_with_the_token() {
    let mut browser = visitator(&Database::sqlite()).await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://andet.example"),
        ("origin", "null"),
    ] {
        let request = form("/proeve").header(name, value).header("x-csrf-token", &browser.token);
        let answer = browser.request(request, Body::from("omraade=kost")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert!(answer.body.contains("kom fra en anden side"));
    }
    let ours = form("/proeve").header("origin", "http://forebyg.example").header("x-csrf-token", &browser.token);
    assert_eq!(browser.request(ours, Body::from("omraade=kost")).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn somebody_elses_token_does_not_open_the_log_in() {
    let (app, _) = program(&Database::sqlite()).await;
    user(&app, Role::Visitator).await;
    let (mut mine, mut theirs) = (Browser::on(&app), Browser::on(&app));
    mine.get("/log-ind").await;
    theirs.get("/log-ind").await;
    mine.token = theirs.token;
    let answer = mine.post("/log-ind", &[("brugernavn", "visitator"), ("adgangskode", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_role_without_the_permission_gets_a_page_that_says_so() {
    let mut browser = visitator(&Database::sqlite()).await;
    let answer = browser.get("/kun-leder").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("Du har ikke adgang") && answer.body.contains("Til overblikket"), "{}", answer.body);
}

#[tokio::test]
async fn a_rule_is_told_in_its_own_words() {
    let mut browser = visitator(&Database::sqlite()).await;
    let answer = browser.get("/nej").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Holdet er fuldt."));
}

#[tokio::test]
async fn a_panic_becomes_a_page_without_details() {
    let mut browser = visitator(&Database::sqlite()).await;
    let answer = browser.get("/panik").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.body.contains("Noget gik galt hos os"), "{}", answer.body);
    assert!(!answer.body.contains("251248") && !answer.body.contains("panic"));
    assert!(browser.get("/proeve").await.status.is_success(), "the program lives on");
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_told_with_or_without_log_in() {
    let mut browser = visitator(&Database::sqlite()).await;
    let inside = browser.get("/findes-ikke").await;
    assert_eq!(inside.status, StatusCode::NOT_FOUND);
    assert!(inside.body.contains("Det findes ikke") && inside.body.contains("Hovedmenu"));
    browser.cookies.clear();
    let outside = browser.get("/findes-ikke").await;
    assert_eq!(outside.status, StatusCode::NOT_FOUND);
    assert!(outside.body.contains("Log ind") && !outside.body.contains("Hovedmenu"));
    let wrong_way = browser.request(Request::put("/log-ind"), Body::empty()).await;
    assert_eq!(wrong_way.status, StatusCode::FORBIDDEN, "a change without a token, whatever it is");
}

#[tokio::test]
async fn a_form_past_the_limit_is_refused() {
    let mut browser = visitator(&Database::sqlite()).await;
    let long = "a".repeat(app::web::FORM_LIMIT + 1);
    assert_eq!(browser.post("/proeve", &[("omraade", &long)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn roles_that_open_no_records_start_on_a_page_of_theirs() {
    let (app, _) = program(&Database::sqlite()).await;
    user(&app, Role::Quality).await;
    let mut browser = Browser::on(&app);
    let answer = browser.log_in("quality", PASSWORD).await;
    assert_eq!(answer.header("location"), "/kvalitet");
    assert_eq!(browser.get("/").await.header("location"), "/kvalitet");
}

on_both_engines! {
    async fn the_start_page_shows_new_and_late_and_logs_whom(database: &Database) {
        let (mut app, clock) = program(database).await;
        app.demo = true;
        let users = access::add_demo_users(&app, 1).await.unwrap();
        for name in ["01-xref15-gp-type2-diabetes-diet", "03-xref15-gp-nicotine-cessation"] {
            let id = app::ids::new(app.now());
            app::mailbox::receive(&app, id, testkit::municipality::fixture(name)).await.unwrap();
        }
        clock.set("2026-12-07T08:16:00Z");
        let mut browser = Browser::on(&app);
        browser.get("/log-ind").await;
        browser.post("/log-ind", &[("demo", &users[0].user_name)]).await;
        let before = app.store.statements();
        let page = browser.get("/").await;
        let statements = app.store.statements() - before;
        assert!(page.body.contains("2 opgaver over fristen"), "{}", page.body);
        assert!(page.body.contains("2 henvisninger") && page.body.contains("dage over"));
        assert_eq!(page.body.matches("button-primary").count(), 1, "one step stands out");
        assert!(statements <= 12, "session, three panels and the access log: {statements}");
        app.store
            .view(store::Scope::system(1, app.now(), "test"), |tx| {
                let sql = "select what, shown from access_log where organization = $1 order by seq desc";
                let (what, shown) = tx.first(sql, &[], |r| Ok((r.take::<String>()?, r.take::<Vec<u8>>()?)))?.unwrap();
                assert_eq!((what.as_str(), shown.len()), ("overview", 2 * 16));
                Ok::<_, AppError>(store::Seen::nothing(()))
            })
            .await
            .unwrap();
    }
}
