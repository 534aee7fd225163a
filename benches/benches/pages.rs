//! The pages on a full municipality of 50,000 courses, signed in, rights checked, access logged; the handlers called in
//! process, sixteen at once. Beside other servers they are measured with wrk on a folder that `examples/populate` fills.
//!
//! P1 is the worklist; what another page costs is said as a ratio to it, and a page may cost twice as much.
#![allow(clippy::unwrap_used)]

use app::access::{self, NewUser};
use app::web;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use axum::response::Response;
use benches::{goal, once, rate};
use domain::permission::Role;
use store::Scope;
use testkit::database::Database;
use testkit::municipality::testby;
use testkit::population::populate;
use tokio::runtime::Runtime;
use tower::ServiceExt;

const COURSES: u64 = 50_000;
const REQUESTS: usize = 2_000;
const AT_ONCE: usize = 16;
const USER: &str = "maaler";
const PASSWORD: &str = "Regn-over-Randers-2026";

/// Name, address and language of each page beside the worklist.
const PAGES: [(&str, &str, &str); 13] = [
    ("start page", "/", "da"),
    ("search for a citizen", "/borgere", "da"),
    ("calendar", "/kalender", "da"),
    ("teams", "/hold", "da"),
    ("open events", "/hold/aabne", "da"),
    ("messages to give", "/beskedliste", "da"),
    ("follow-ups", "/opfoelgninger", "da"),
    ("associations", "/foreninger", "da"),
    ("catalogue", "/katalog", "da"),
    ("public offers", "/tilbud/999", "da"),
    ("new team", "/hold/nyt", "da"),
    ("start page in English", "/", "en"),
    ("worklist in English", "/henvisninger", "en"),
];

fn main() {
    let runtime = Runtime::new().unwrap();
    let database = Database::sqlite();
    let (app, _, home) = runtime.block_on(testby(&database, "2026-11-22T08:00:00Z"));
    once("population", "courses/s", usize::try_from(COURSES).unwrap(), || {
        runtime.block_on(populate(&app, &home, 50, COURSES));
    });
    let visitator = NewUser {
        user_name: USER.into(),
        name: "Måler".into(),
        initials: "MÅ".into(),
        title: "Sygeplejerske".into(),
        role: Role::Visitator,
        password: Some(PASSWORD.into()),
    };
    let scope = Scope::system(home.key, app.now(), "bench");
    runtime.block_on(access::add_user(&app, scope, visitator)).unwrap();
    let token = runtime.block_on(access::new_token(&app, home.key, "bench", Role::System)).unwrap();
    let router = web::router(app, web::Settings::default());
    let cookie = runtime.block_on(log_in(&router));

    let bearer = (header::AUTHORIZATION, format!("Bearer {token}"));
    measured(&runtime, &router, "worklist by the API", "/api/v1/referrals", &bearer);
    let worklist = measured(&runtime, &router, "worklist", "/henvisninger", &(header::COOKIE, cookie.clone()));
    for (name, path) in runtime.block_on(of_one_course(&router, &cookie)) {
        let pages = measured(&runtime, &router, name, &path, &(header::COOKIE, cookie.clone()));
        goal("pages", &format!("{name} against the worklist"), pages / worklist, 0.5);
    }
    for (name, path, language) in PAGES {
        let cookies = (header::COOKIE, format!("{cookie}; forebyg_language={language}"));
        let pages = measured(&runtime, &router, name, path, &cookies);
        goal("pages", &format!("{name} against the worklist"), pages / worklist, 0.5);
    }
}

/// The pages of one citizen and their course, found as people find them: from the worklist on.
async fn of_one_course(router: &Router, cookie: &str) -> Vec<(&'static str, String)> {
    let referral = link(router, cookie, "/henvisninger", "/henvisninger/").await;
    let citizen = link(router, cookie, &referral, "/borgere/").await;
    let course = link(router, cookie, &citizen, "/forloeb/").await;
    vec![
        ("referral", referral),
        ("citizen", citizen.clone()),
        ("measures", format!("{citizen}/maalinger")),
        ("matching", format!("{citizen}/forening")),
        ("safety", format!("{course}/sikkerhed")),
        ("support", format!("{course}/stoette")),
        ("closing", format!("{course}/afslut")),
        ("course", course),
    ]
}

/// The first address on a page that begins so and ends in an id.
async fn link(router: &Router, cookie: &str, page: &str, start: &str) -> String {
    let request = Request::get(page).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    let body = axum::body::to_bytes(answer.into_body(), 1 << 22).await.unwrap();
    let body = String::from_utf8_lossy(&body).into_owned();
    let links = body.split("href=\"").skip(1).filter_map(|rest| rest.split(['"', '#', '?']).next());
    let is_id = |link: &&str| link.strip_prefix(start).is_some_and(|id| id.len() == 36 && !id.contains('/'));
    links.filter(is_id).map(str::to_owned).next().unwrap_or_else(|| panic!("{page} leads to no {start}"))
}

/// Requests per second of one address.
fn measured(
    runtime: &Runtime,
    router: &Router,
    name: &str,
    path: &str,
    (header, value): &(header::HeaderName, String),
) -> f64 {
    rate(name, "requests/s", REQUESTS, || {
        runtime.block_on(async {
            let tasks: Vec<_> = (0..AT_ONCE)
                .map(|_| {
                    let (router, header, value) = (router.clone(), header.clone(), value.clone());
                    let path = path.to_owned();
                    tokio::spawn(async move {
                        for _ in 0..REQUESTS / AT_ONCE {
                            let request = Request::get(&path).header(&header, &value).body(Body::empty()).unwrap();
                            let response = router.clone().oneshot(request).await.unwrap();
                            assert!(response.status().is_success());
                            axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
                        }
                    })
                })
                .collect();
            for task in tasks {
                task.await.unwrap();
            }
        });
    })
}

/// The cookies of somebody who has logged in.
async fn log_in(router: &Router) -> String {
    let page = router.clone().oneshot(Request::get("/log-ind").body(Body::empty()).unwrap()).await.unwrap();
    let form = cookies_of(&page);
    let body = axum::body::to_bytes(page.into_body(), 1 << 20).await.unwrap();
    let body = String::from_utf8_lossy(&body).into_owned();
    let csrf = body.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap();
    let request = Request::post("/log-ind")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, &form)
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(format!("csrf={csrf}&brugernavn={USER}&adgangskode={PASSWORD}")))
        .unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    assert!(response.status().is_redirection());
    format!("{form}; {}", cookies_of(&response))
}

fn cookies_of(response: &Response) -> String {
    let set = response.headers().get_all(header::SET_COOKIE).iter();
    set.filter_map(|cookie| cookie.to_str().ok()?.split(';').next()).collect::<Vec<_>>().join("; ")
}
