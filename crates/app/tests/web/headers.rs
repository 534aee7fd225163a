//! What every answer carries.

use app::layout::assets;
use app::web::{self, Settings};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use testkit::database::Database;

use crate::browser::{Browser, send};
use crate::program;

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let (app, _) = program(&Database::sqlite()).await;
    let mut browser = Browser::on(&app);
    for path in [
        "/",
        "/log-ind",
        "/findes-ikke",
        "/healthz",
        "/readyz",
        "/metrics",
        "/api/v1/findes-ikke",
        "/assets/findes-ikke",
        assets::FOREBYG_CSS,
    ] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        let kept = path == assets::FOREBYG_CSS;
        let wanted = if kept { "public, max-age=31536000, immutable" } else { "no-store" };
        assert_eq!(answer.header("cache-control"), wanted, "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
    }
}

#[tokio::test]
async fn behind_tls_cookies_are_secure_and_browsers_stay() {
    let (app, _) = program(&Database::sqlite()).await;
    let router = web::router(app, Settings { https: true, ..Settings::default() });
    let answer = send(&router, Request::get("/log-ind").body(Body::empty()).unwrap()).await;
    assert!(answer.header("set-cookie").contains("; Secure"), "{}", answer.header("set-cookie"));
    assert!(answer.header("strict-transport-security").starts_with("max-age=31536000"));
}

#[tokio::test]
async fn files_come_compressed_and_with_their_type() {
    let (app, _) = program(&Database::sqlite()).await;
    let router = web::router(app, Settings::default());
    for (path, kind, encoding) in [
        (assets::FOREBYG_CSS, "text/css; charset=utf-8", "br"),
        (assets::ICONS_SVG, "image/svg+xml", "br"),
        (assets::FONTS_PLEX_REGULAR_WOFF2, "font/woff2", ""),
    ] {
        let request = Request::get(path).header("accept-encoding", "gzip, br").body(Body::empty()).unwrap();
        let answer = send(&router, request).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, kind), "{path}");
        assert_eq!(answer.header("content-encoding"), encoding, "{path}");
    }
}

#[tokio::test]
async fn pages_come_compressed_when_the_browser_can() {
    let (app, _) = program(&Database::sqlite()).await;
    let router = web::router(app, Settings::default());
    let request = Request::get("/log-ind").header("accept-encoding", "gzip").body(Body::empty()).unwrap();
    assert_eq!(send(&router, request).await.header("content-encoding"), "gzip");
}

#[tokio::test]
async fn health_answers_and_figures_are_not_for_everybody() {
    let (app, _) = program(&Database::sqlite()).await;
    let settings = Settings { metrics_token: Some("hemmelig".into()), ..Settings::default() };
    let router = web::router(app, settings);
    let get = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    assert_eq!(send(&router, get("/healthz")).await.body, "ok\n");
    assert_eq!(send(&router, get("/readyz")).await.status, StatusCode::OK);
    assert_eq!(send(&router, get("/metrics")).await.status, StatusCode::NOT_FOUND);
    let allowed = Request::get("/metrics").header("authorization", "Bearer hemmelig").body(Body::empty()).unwrap();
    let figures = send(&router, allowed).await;
    assert!(figures.body.contains("route=\"/healthz\",status=\"200\""), "{}", figures.body);
    assert!(figures.body.contains("forebyg_store_statements_total"));
}
