//! In and out, and who stays out.

use app::{HeldBack, access};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::permission::Role;
use store::Scope;
use testkit::{municipality, on_both_engines};

use crate::browser::Browser;
use crate::{PASSWORD, program, user};

on_both_engines! {
    async fn who_logs_in_comes_back_to_where_they_were_and_out_again(database: &Database) {
        let (app, _) = program(database).await;
        user(&app, Role::Visitator).await;
        let mut browser = Browser::on(&app);

        let away = browser.get("/").await;
        assert_eq!((away.status, away.header("location")), (StatusCode::SEE_OTHER, "/log-ind"));
        let page = browser.get("/log-ind?next=/henvisninger").await;
        assert!(page.body.contains("Testby Kommune") && page.body.contains("value=\"/henvisninger\""), "{}", page.body);

        let fields = [("next", "/henvisninger"), ("brugernavn", " Visitator "), ("adgangskode", PASSWORD)];
        let back = browser.post("/log-ind", &fields).await;
        assert_eq!((back.status, back.header("location")), (StatusCode::SEE_OTHER, "/henvisninger"));
        let cookie = back.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");

        let start = browser.get("/").await;
        assert!(start.status.is_success() && start.body.contains("Tirsdag 24. november"), "{}", start.body);
        assert_eq!(browser.post("/log-ud", &[]).await.header("location"), "/log-ind");
        assert_eq!(browser.get("/").await.header("location"), "/log-ind");
    }
}

on_both_engines! {
    async fn an_old_cookie_opens_nothing_after_logging_out(database: &Database) {
        let (app, _) = program(database).await;
        user(&app, Role::Visitator).await;
        let mut browser = Browser::on(&app);
        browser.log_in("visitator", PASSWORD).await;
        browser.get("/").await;
        let stolen = browser.cookies.clone();
        browser.post("/log-ud", &[]).await;
        browser.cookies = stolen;
        assert_eq!(browser.get("/").await.header("location"), "/log-ind");
    }
}

on_both_engines! {
    async fn every_log_in_has_a_session_id_of_its_own(database: &Database) {
        let (app, _) = program(database).await;
        user(&app, Role::Visitator).await;
        let mut browser = Browser::on(&app);
        browser.log_in("visitator", PASSWORD).await;
        let first = browser.cookies["forebyg"].clone();
        browser.get("/").await;
        browser.post("/log-ind", &[("brugernavn", "visitator"), ("adgangskode", PASSWORD)]).await;
        let second = browser.cookies["forebyg"].clone();
        assert_ne!(first, second);
        browser.cookies.insert("forebyg".into(), first);
        assert_eq!(browser.get("/").await.header("location"), "/log-ind", "the one before is gone");
    }
}

on_both_engines! {
    async fn a_wrong_password_is_refused_and_the_sixth_try_must_wait(database: &Database) {
        let (app, clock) = program(database).await;
        user(&app, Role::Visitator).await;
        let mut browser = Browser::on(&app);
        for _ in 0..5 {
            let answer = browser.log_in("visitator", "en helt anden adgangskode").await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.body.contains("passer ikke") && answer.body.contains("value=\"visitator\""));
        }
        assert_eq!(browser.log_in("visitator", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
        clock.set("2026-11-24T08:17:00Z");
        assert_eq!(browser.log_in("visitator", PASSWORD).await.status, StatusCode::SEE_OTHER);
    }
}

on_both_engines! {
    async fn a_session_ends_after_an_hour_unused_and_eight_hours_in_all(database: &Database) {
        let (app, clock) = program(database).await;
        user(&app, Role::Visitator).await;
        let mut browser = Browser::on(&app);
        browser.log_in("visitator", PASSWORD).await;
        for time in ["09:10", "10:05", "11:00", "11:55", "12:50", "13:45", "14:40", "15:35"] {
            clock.set(&format!("2026-11-24T{time}:00Z"));
            assert!(browser.get("/").await.status.is_success(), "used at {time}");
        }
        clock.set("2026-11-24T16:17:00Z");
        assert_eq!(browser.get("/").await.header("location"), "/log-ind", "after eight hours");

        browser.log_in("visitator", PASSWORD).await;
        clock.set("2026-11-24T17:18:00Z");
        assert_eq!(browser.get("/").await.header("location"), "/log-ind", "after an hour unused");
    }
}

on_both_engines! {
    async fn a_deactivated_user_is_out_at_once(database: &Database) {
        let (app, _) = program(database).await;
        let user = user(&app, Role::Visitator).await;
        let mut browser = Browser::on(&app);
        browser.log_in("visitator", PASSWORD).await;
        assert!(browser.get("/").await.status.is_success());
        access::deactivate_user(&app, Scope::system(1, app.now(), "test"), user.id).await.unwrap();
        assert_eq!(browser.get("/").await.header("location"), "/log-ind");
        assert_eq!(browser.log_in("visitator", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!access::users(&app, 1).await.unwrap()[0].active);
    }
}

on_both_engines! {
    async fn demo_users_come_in_without_a_password_in_a_demo_only(database: &Database) {
        let (mut app, _) = program(database).await;
        let users = access::add_demo_users(&app, 1).await.unwrap();
        assert_eq!(access::add_demo_users(&app, 1).await.unwrap(), users, "a second time adds nobody");

        let mut browser = Browser::on(&app);
        assert!(!browser.get("/log-ind").await.body.contains("Prøv demoen"));
        let refused = browser.post("/log-ind", &[("demo", &users[0].user_name)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);

        app.demo = true;
        let mut browser = Browser::on(&app);
        assert!(browser.get("/log-ind").await.body.contains("Fysioterapeut"));
        let answer = browser.post("/log-ind", &[("demo", &users[0].user_name)]).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"));
        assert!(browser.get("/").await.body.contains("Demo: kun testpersoner"));
    }
}

on_both_engines! {
    async fn a_demo_of_several_municipalities_names_each_and_says_that_one_is_on_its_way(database: &Database) {
        let (mut app, _) = program(database).await;
        access::add_demo_users(&app, 1).await.unwrap();
        app.demo = true;
        let mut browser = Browser::on(&app);
        let page = browser.get("/log-ind").await.body;
        assert!(!page.contains("<h3") && !page.contains("bliver gjort klar"), "{page}");

        let other = municipality::add(&app, "998", "Naboby Kommune", "5790009999065").await.key;
        app.hold_back(other, HeldBack::LeftOut);
        assert!(!browser.get("/log-ind").await.body.contains("bliver gjort klar"), "nobody makes it");
        app.hold_back(other, HeldBack::BeingMade);
        let page = browser.get("/log-ind").await.body;
        assert!(!page.contains("<h3") && page.contains("Endnu en kommune bliver gjort klar"), "{page}");

        access::add_demo_users_of(&app, other, &[Role::Leader]).await.unwrap();
        app.let_go(other);
        let page = browser.get("/log-ind").await.body;
        assert!(!page.contains("bliver gjort klar"), "{page}");
        let (ours, theirs) = page.split_once("Naboby Kommune</h3>").unwrap();
        assert!(ours.contains("Testby Kommune</h3>") && ours.matches("name=\"demo\"").count() == 7, "{page}");
        assert_eq!(theirs.matches("name=\"demo\"").count(), 1, "{page}");
        let answer = browser.post("/log-ind", &[("demo", "leader-998")]).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"));
    }
}

on_both_engines! {
    async fn a_demo_lets_nobody_else_in_without_a_password(database: &Database) {
        let (mut app, _) = program(database).await;
        user(&app, Role::Administrator).await;
        app.demo = true;
        let mut browser = Browser::on(&app);
        browser.get("/log-ind").await;
        let answer = browser.post("/log-ind", &[("demo", "administrator")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

on_both_engines! {
    async fn log_ins_stand_in_the_audit_without_what_was_typed(database: &Database) {
        let (app, _) = program(database).await;
        let user = user(&app, Role::Visitator).await;
        let mut browser = Browser::on(&app);
        browser.log_in("visitator", PASSWORD).await;
        app.store
            .view(Scope::system(1, app.now(), "test"), move |tx| {
                let sql = "select action, records from audit where organization = $1 order by seq";
                let rows = tx.query(sql, &[], |r| Ok((r.take::<String>()?, r.take::<String>()?)))?;
                assert!(rows.contains(&("log_in".into(), format!("user/{}\n", user.id))), "{rows:?}");
                assert!(rows.iter().all(|(_, records)| !records.contains("adgangskode")));
                Ok::<_, app::AppError>(store::Seen::nothing(()))
            })
            .await
            .unwrap();
    }
}

on_both_engines! {
    async fn a_signed_in_page_reads_the_session_once_and_writes_nothing(database: &Database) {
        let (app, _) = program(database).await;
        user(&app, Role::Quality).await;
        let mut browser = Browser::on(&app);
        browser.log_in("quality", PASSWORD).await;
        browser.get("/nowhere").await;
        let before = app.store.statements();
        browser.get("/nowhere").await;
        let reads = app.store.statements() - before;
        assert_eq!(reads, 1);
    }
}

#[tokio::test]
async fn a_request_for_a_part_of_a_page_moves_the_whole_window_to_log_in() {
    let (app, _) = program(&testkit::database::Database::sqlite()).await;
    let mut browser = Browser::on(&app);
    let answer = browser.request(Request::get("/").header("hx-request", "true"), Body::empty()).await;
    assert_eq!((answer.status, answer.header("hx-redirect")), (StatusCode::NO_CONTENT, "/log-ind"));
}
