//! Bad requests: each is answered with a problem document that says what and where.

use axum::body::Body;
use axum::http::Request;
use domain::permission::Role;
use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::client::{Reply, World, new_request, text};
use crate::course::{on_a_team, to_the_plan};

async fn raw(world: &World, method: &str, path: &str, content_type: &str, body: impl Into<Body>) -> Reply {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {}", world.token(1, Role::System)))
        .header("content-type", content_type);
    world.send(request.body(body.into()).unwrap()).await
}

const JSON: &str = "application/json";

on_both_engines! {
    async fn what_leads_nowhere_and_wrong_methods_are_problem_documents(database: &Database) {
        let world = World::new(database).await;
        assert_eq!(raw(&world, "GET", "/api/v1/findes-ikke", JSON, "").await.problem(), (404, "not_found".into()));
        assert_eq!(raw(&world, "DELETE", "/api/v1/referrals", JSON, "").await.problem(), (405, "method_not_allowed".into()));
        let no_id = raw(&world, "GET", "/api/v1/citizens/2512489996", JSON, "").await;
        assert_eq!(no_id.problem(), (400, "unreadable".into()));
        assert!(!no_id.text().contains("2512489996"));
    }
}

on_both_engines! {
    async fn a_body_that_cannot_be_read_is_answered_with_the_place(database: &Database) {
        let world = World::new(database).await;
        let broken = raw(&world, "POST", "/api/v1/referrals", JSON, "{\n  \"cpr\": \"2512489996\",,\n}").await;
        assert_eq!(broken.problem(), (400, "unreadable".into()));
        assert!(text(&broken.json()["detail"]).contains("linje 2"), "{}", broken.text());
        let twice = raw(&world, "POST", "/api/v1/referrals", JSON, format!("{0}{0}", new_request())).await;
        assert_eq!(twice.problem().0, 400);
        let wrong_type = raw(&world, "POST", "/api/v1/referrals", JSON, r#"{"cpr": 2512489996}"#).await;
        assert_eq!((wrong_type.problem().0, &wrong_type.json()["field"]), (422, &json!("cpr")));
        let missing = raw(&world, "POST", "/api/v1/referrals", JSON, "").await;
        assert_eq!(missing.problem(), (422, "field_missing".into()));
        assert!(![&broken, &wrong_type, &missing].iter().any(|reply| reply.text().contains("2512489996")));
        let unknown = { let mut new = new_request(); new["noget_nyt"] = json!(1); new };
        assert_eq!(raw(&world, "POST", "/api/v1/referrals", JSON, unknown.to_string()).await.status.as_u16(), 201);
    }
}

on_both_engines! {
    async fn a_wrong_cpr_number_is_named_by_its_field_and_not_repeated(database: &Database) {
        let world = World::new(database).await;
        for wrong in ["251248999", "3113489996", "25124899967", "2512A89996", ""] {
            let mut new = new_request();
            new["cpr"] = json!(wrong);
            let reply = world.try_post("/referrals", new).await;
            assert_eq!((reply.problem().0, &reply.json()["field"]), (422, &json!("cpr")), "{wrong}");
            assert!(wrong.is_empty() || !reply.text().contains(wrong), "{}", reply.text());
        }
        assert_eq!(world.get("/referrals").await["items"], json!([]));
    }
}

on_both_engines! {
    async fn other_content_types_and_large_bodies_are_refused_for_every_change(database: &Database) {
        let world = World::new(database).await;
        let large = json!({"text": "x".repeat(3 * 1024 * 1024)}).to_string();
        for route in crate::permissions::routes().into_iter().filter(|r| r.method != "GET" && r.path != "/api/v1/messages") {
            let path = crate::permissions::some_path(route.path);
            let form = raw(&world, route.method, &path, "application/x-www-form-urlencoded", "reached=true").await;
            assert_eq!(form.problem(), (415, "unsupported_media_type".into()), "{}", route.path);
            let big = raw(&world, route.method, &path, JSON, large.clone()).await;
            assert_eq!(big.problem(), (413, "too_large".into()), "{}", route.path);
        }
    }
}

on_both_engines! {
    async fn a_talk_says_everything_that_it_lacks(database: &Database) {
        let world = World::new(database).await;
        let id = text(&world.registered().await["id"]);
        for (step, body) in [("check", json!({})), ("attempts", json!({"reached": true}))] {
            world.post(&format!("/referrals/{id}/{step}"), body).await;
        }
        let routed = world.post(&format!("/referrals/{id}/route"), json!({"step": "clarifying_talk"})).await;
        let bare = json!({"start": "2026-03-10T08:00:00Z", "end": "2026-03-10T08:15:00Z", "class": "phone"});
        let talk = world.try_post(&format!("/talks/{}/hold", text(&routed["intervention"])), bare).await;
        assert_eq!(talk.problem(), (422, "talk_incomplete".into()));
        let missing: Vec<Value> = talk.json()["missing"].as_array().unwrap().clone();
        assert!(missing.contains(&json!({"is": "area", "which": "functioning"})), "{missing:?}");
        assert_eq!(missing.len(), 4 + 5 + 3, "areas, factors, needs, goal, maintenance; nobody to tell");
    }
}

on_both_engines! {
    async fn a_closing_says_everything_that_stands_in_its_way(database: &Database) {
        let world = World::new(database).await;
        let (_, routed, held) = to_the_plan(&world).await;
        let intervention = text(&held["interventions"][0]["intervention"]);
        on_a_team(&world, &intervention).await;
        world.post(&format!("/interventions/{intervention}/end"), json!({})).await;
        let path = format!("/courses/{}/close", text(&routed["course"]));
        let close = world.try_post(&path, json!({})).await;
        assert_eq!(close.problem(), (422, "close_blocked".into()));
        let blockers = ["status_consent_not_asked", "goal_not_evaluated", "follow_up_not_answered"];
        assert_eq!(close.json()["blockers"], json!(blockers.map(|is| json!({"is": is}))));
        let aside = json!({"set_aside": "Borgeren er flyttet"});
        assert_eq!(world.try_post(&path, aside.clone()).await.problem(), (403, "forbidden".into()));
        world.call((1, Role::Leader), "POST", &path, Some(aside), &[]).await.done();
    }
}
