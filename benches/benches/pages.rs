//! P1: the worklist of 50 rows from 50,000 courses, signed in, rights checked, access logged; the handler called in
//! process. Beside other servers it is measured with wrk on a folder that `examples/populate` fills.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use app::{access, web};
use axum::body::Body;
use axum::http::{Request, header};
use benches::{once, rate};
use domain::permission::Role;
use testkit::database::Database;
use testkit::municipality::testby;
use testkit::population::populate;
use tokio::runtime::Runtime;
use tower::ServiceExt;

const COURSES: u64 = 50_000;
const REQUESTS: usize = 2_000;
const AT_ONCE: usize = 16;

fn main() {
    let runtime = Runtime::new().unwrap();
    let database = Database::sqlite();
    let (app, _, home) = runtime.block_on(testby(&database, "2026-11-22T08:00:00Z"));
    once("population", "courses/s", usize::try_from(COURSES).unwrap(), || {
        runtime.block_on(populate(&app, &home, 50, COURSES));
    });
    let token = runtime.block_on(access::new_token(&app, home.key, "bench", Role::System)).unwrap();
    let router = web::router(app, web::Settings::default());
    let bearer: Arc<str> = format!("Bearer {token}").into();
    rate("worklist by the API", "requests/s", REQUESTS, || {
        runtime.block_on(async {
            let each = REQUESTS / AT_ONCE;
            let tasks: Vec<_> = (0..AT_ONCE)
                .map(|_| {
                    let (router, bearer) = (router.clone(), bearer.clone());
                    tokio::spawn(async move {
                        for _ in 0..each {
                            let request = Request::get("/api/v1/referrals")
                                .header(header::AUTHORIZATION, &*bearer)
                                .body(Body::empty())
                                .unwrap();
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
    });
}
