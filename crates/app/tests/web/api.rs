//! What another system meets: tokens, problem documents, keys that make a request safe to send again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use app::web::{self, Answer, ApiJson, Failure, IdempotencyKey, IfMatch, Routes, Settings, idempotent};
use app::{App, AppError, Caller, access};
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::{Extension, Router};
use domain::permission::{Permission, Role};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Scope;
use testkit::on_both_engines;

use crate::browser::{self, send};
use crate::program;

#[derive(Deserialize, Serialize)]
struct Thing {
    name: String,
    size: u32,
}

type Made = Extension<Arc<AtomicU32>>;

async fn make(
    State(app): State<App>,
    Extension(made): Made,
    caller: Caller,
    key: IdempotencyKey,
    body: ApiJson<Thing>,
) -> Result<Answer, Failure> {
    idempotent(&app, &caller, key, body.hash, async || {
        if body.value.size == 0 {
            return Err(AppError::field("size", "size_zero", "Størrelsen skal være over nul."));
        }
        let number = made.fetch_add(1, Ordering::SeqCst) + 1;
        Answer::created(&json!({ "name": body.value.name, "number": number }), i64::from(number))
    })
    .await
}

async fn version(IfMatch(version): IfMatch) -> Result<Answer, AppError> {
    Answer::ok(&json!({ "version": version }))
}

async fn panic() {
    panic!("251248-9996 stood here")
}

fn routes() -> Routes {
    Routes::new()
        .post("/api/v1/proeve", Permission::ReferralWrite, make)
        .get("/api/v1/proeve", Permission::ReferralRead, version)
        .get("/api/v1/kun-leder", Permission::OverrideBlocker, version)
        .get("/api/v1/panik", Permission::LoggedIn, panic)
}

struct Client {
    router: Router,
    token: String,
    made: Arc<AtomicU32>,
}

impl Client {
    async fn new(app: &App) -> Self {
        let token = access::new_token(app, 1, "Prøvesystem", Role::System).await.unwrap();
        let made = Arc::new(AtomicU32::new(0));
        let router = web::serve(routes(), app.clone(), Settings::default()).layer(Extension(Arc::clone(&made)));
        Self { router, token, made }
    }

    async fn get(&self, path: &str, header: (&str, &str)) -> browser::Answer {
        let request = Request::get(path).header("authorization", format!("Bearer {}", self.token));
        send(&self.router, request.header(header.0, header.1).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, key: Option<&str>, body: &str) -> browser::Answer {
        let mut request = Request::post("/api/v1/proeve")
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", "application/json");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        send(&self.router, request.body(Body::from(body.to_owned())).unwrap()).await
    }
}

fn problem(answer: &browser::Answer) -> (u16, String) {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.body);
    let document = answer.json();
    assert_eq!(document["status"], answer.status.as_u16());
    assert!(document["title"].is_string() && document["detail"].is_string() && document["type"].is_string());
    (answer.status.as_u16(), document["code"].as_str().unwrap().to_owned())
}

on_both_engines! {
    async fn a_token_opens_the_api_until_it_is_revoked(database: &Database) {
        let (app, _) = program(database).await;
        let mut client = Client::new(&app).await;
        assert!(client.token.starts_with("fb_") && client.token.len() == 46);
        assert_eq!(client.get("/api/v1/proeve", ("if-match", "\"v3\"")).await.json(), json!({ "version": 3 }));

        let listed = access::tokens(&app, 1).await.unwrap();
        assert_eq!((listed.len(), listed[0].label.as_str(), listed[0].role), (1, "Prøvesystem", Role::System));
        assert!(access::users(&app, 1).await.unwrap().is_empty(), "a token is no colleague");
        access::revoke_token(&app, Scope::system(1, app.now(), "test"), listed[0].id).await.unwrap();
        let refused = client.get("/api/v1/proeve", ("accept", "*/*")).await;
        assert_eq!(problem(&refused), (401, "not_logged_in".into()));
        assert_eq!(refused.header("www-authenticate"), "Bearer");

        client.token = "fb_noget-andet".into();
        assert_eq!(problem(&client.get("/api/v1/proeve", ("accept", "*/*")).await).0, 401);
    }
}

on_both_engines! {
    async fn the_same_key_and_body_give_the_same_answer_again(database: &Database) {
        let (app, _) = program(database).await;
        let client = Client::new(&app).await;
        let body = r#"{"name":"a","size":1}"#;
        let first = client.post(Some("k1"), body).await;
        assert_eq!((first.status, first.header("etag")), (StatusCode::CREATED, "\"v1\""));
        let again = client.post(Some("k1"), body).await;
        assert_eq!((again.status, again.header("etag"), &again.body), (StatusCode::CREATED, "\"v1\"", &first.body));
        assert_eq!(client.made.load(Ordering::SeqCst), 1);

        let other = client.post(Some("k1"), r#"{"name":"b","size":1}"#).await;
        assert_eq!(problem(&other), (422, "idempotency_key_reused".into()));
        assert_eq!(client.post(Some("k2"), body).await.header("etag"), "\"v2\"");
        assert_eq!(client.post(None, body).await.header("etag"), "\"v3\"");
        assert_eq!(client.post(None, body).await.header("etag"), "\"v4\"", "without a key it is done again");
    }
}

on_both_engines! {
    async fn what_was_refused_can_be_tried_again_under_the_same_key(database: &Database) {
        let (app, _) = program(database).await;
        let client = Client::new(&app).await;
        let zero = r#"{"name":"a","size":0}"#;
        assert_eq!(problem(&client.post(Some("k1"), zero).await), (422, "size_zero".into()));
        assert_eq!(problem(&client.post(Some("k1"), zero).await), (422, "size_zero".into()));
        assert_eq!(client.post(Some("k1"), r#"{"name":"a","size":1}"#).await.status, StatusCode::CREATED);
    }
}

on_both_engines! {
    async fn the_same_request_at_the_same_time_is_done_once(database: &Database) {
        let (app, _) = program(database).await;
        let client = Client::new(&app).await;
        let body = r#"{"name":"a","size":1}"#;
        let (a, b, c) = tokio::join!(client.post(Some("k1"), body), client.post(Some("k1"), body), client.post(Some("k1"), body));
        assert_eq!(client.made.load(Ordering::SeqCst), 1);
        let made = [&a, &b, &c].iter().filter(|answer| answer.status == StatusCode::CREATED).count();
        assert!(made >= 1, "{} {} {}", a.body, b.body, c.body);
        for answer in [a, b, c].iter().filter(|answer| answer.status != StatusCode::CREATED) {
            assert_eq!(problem(answer), (409, "idempotency_in_progress".into()));
        }
    }
}

#[tokio::test]
async fn a_key_is_the_organizations_own() {
    let (app, _) = program(&testkit::database::Database::sqlite()).await;
    testkit::municipality::add(&app, "998", "Prøveby Kommune", "5790009999010").await;
    let mine = Client::new(&app).await;
    let token = access::new_token(&app, 2, "Andet system", Role::System).await.unwrap();
    let theirs = Client { token, router: mine.router.clone(), made: Arc::clone(&mine.made) };
    mine.post(Some("k1"), r#"{"name":"a","size":1}"#).await;
    assert_eq!(theirs.post(Some("k1"), r#"{"name":"b","size":1}"#).await.header("etag"), "\"v2\"");
}

#[tokio::test]
async fn an_unreadable_body_is_told_by_place_and_never_by_content() {
    let (app, _) = program(&testkit::database::Database::sqlite()).await;
    let client = Client::new(&app).await;
    for (body, status, code, field) in [
        ("{\"name\":", 400, "unreadable", None),
        (r#"{"name":"a"}"#, 422, "field_missing", Some("size")),
        (r#"{"name":"a","size":"2512489996"}"#, 422, "field_unreadable", Some("size")),
    ] {
        let answer = client.post(None, body).await;
        assert_eq!(problem(&answer), (status, code.to_owned()), "{body}");
        assert_eq!(answer.json()["field"].as_str(), field, "{body}");
        assert!(!answer.body.contains("2512489996"), "{}", answer.body);
    }
}

#[tokio::test]
async fn refusals_and_failures_are_problem_documents() {
    let (app, _) = program(&testkit::database::Database::sqlite()).await;
    let client = Client::new(&app).await;
    let any = ("accept", "*/*");
    assert_eq!(problem(&client.get("/api/v1/kun-leder", any).await), (403, "forbidden".into()));
    assert_eq!(problem(&client.get("/api/v1/findes-ikke", any).await), (404, "not_found".into()));
    assert_eq!(problem(&client.get("/api/v1/proeve", ("if-match", "3")).await), (400, "if_match_unreadable".into()));
    let failed = client.get("/api/v1/panik", any).await;
    assert_eq!(problem(&failed), (500, "failed".into()));
    assert!(!failed.body.contains("251248"));
    let put = Request::put("/api/v1/proeve").body(Body::empty()).unwrap();
    assert_eq!(problem(&send(&client.router, put).await), (405, "method_not_allowed".into()));
}

#[tokio::test]
async fn a_session_does_not_open_the_api() {
    let (app, _) = program(&testkit::database::Database::sqlite()).await;
    crate::user(&app, Role::Visitator).await;
    let mut browser = browser::Browser::with(&app, routes());
    browser.log_in("visitator", crate::PASSWORD).await;
    assert_eq!(problem(&browser.get("/api/v1/proeve").await), (401, "not_logged_in".into()));
}
