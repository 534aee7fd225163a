//! Every route refuses whoever has no token, and whoever's role does not give the right.

use app::web::Route;
use axum::body::Body;
use axum::http::Request;
use domain::permission::{Permission, Role};
use testkit::on_both_engines;

use crate::client::World;

/// A path with some id in every place.
pub fn some_path(path: &str) -> String {
    let id = "0195d6f0-0000-7000-8000-000000000001";
    ["{id}", "{consent}", "{session}", "{follow_up}", "{offer}", "{agreement}", "{pack}"]
        .iter()
        .fold(path.to_owned(), |path, name| path.replace(name, id))
}

pub fn routes() -> Vec<Route> {
    app::openapi::routes().list()
}

on_both_engines! {
    async fn without_a_valid_token_every_route_is_401(database: &Database) {
        let world = World::new(database).await;
        for route in routes().into_iter().filter(|r| r.permission != Permission::Public) {
            for token in [None, Some("Bearer fb_ukendt"), Some("Basic abc"), Some("Bearer ")] {
                let mut request = Request::builder().method(route.method).uri(some_path(route.path));
                if let Some(token) = token {
                    request = request.header("authorization", token);
                }
                let reply = world.send(request.body(Body::empty()).unwrap()).await;
                assert_eq!(reply.problem(), (401, "not_logged_in".into()), "{} {}", route.method, route.path);
                assert_eq!(reply.header("www-authenticate"), "Bearer");
            }
        }
    }
}

on_both_engines! {
    async fn a_role_without_the_right_is_403_on_every_route(database: &Database) {
        let world = World::new(database).await;
        for route in routes() {
            for role in Role::ALL.iter().filter(|role| !role.may(route.permission)) {
                let path = some_path(route.path).replacen("/api/v1", "", 1);
                let reply = world.call((1, *role), route.method, &path, None, &[]).await;
                assert_eq!(reply.problem(), (403, "forbidden".into()), "{role:?} {} {}", route.method, route.path);
            }
        }
    }
}

#[test]
fn only_the_description_and_what_is_in_public_are_for_anybody() {
    let open: Vec<&str> = routes().iter().filter(|r| r.permission == Permission::Public).map(|r| r.path).collect();
    assert_eq!(open, ["/api/v1/municipalities/{code}/offers", "/api/v1/openapi.json"]);
}
