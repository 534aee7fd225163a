//! Versions and keys: two who save the same thing, and a request that is sent twice.

use domain::permission::Role;
use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::client::{Reply, World, new_request, text};
use crate::course::whole_course;
use crate::permissions::routes;
use crate::tenants::body_of;

const US: (i64, Role) = (1, Role::System);

async fn patch(world: &World, id: &str, body: Value, headers: &[(&str, &str)]) -> Reply {
    world.call(US, "PATCH", &format!("/citizens/{id}"), Some(body), headers).await
}

on_both_engines! {
    async fn of_two_who_save_the_same_citizen_the_second_is_told(database: &Database) {
        let world = World::new(database).await;
        let id = text(&world.registered().await["citizen"]);
        let read = world.call(US, "GET", &format!("/citizens/{id}"), None, &[]).await;
        assert_eq!((read.header("etag"), &read.json()["citizen"]["etag"]), ("\"v1\"", &json!("\"v1\"")));
        let first = patch(&world, &id, json!({"email": "a@example.invalid"}), &[("if-match", "\"v1\"")]).await;
        assert_eq!(first.header("etag"), "\"v2\"");
        assert_eq!(first.done(), json!({"id": id, "version": 2}));
        let second = patch(&world, &id, json!({"language": "tyrkisk"}), &[("if-match", "\"v1\"")]).await;
        assert_eq!(second.problem(), (412, "changed".into()));
        assert_eq!(second.json()["version"], 2, "the version there is");
        let again = patch(&world, &id, json!({"language": "tyrkisk"}), &[("if-match", "\"v2\"")]).await;
        assert_eq!(again.header("etag"), "\"v3\"");
        let citizen = &world.get(&format!("/citizens/{id}")).await["citizen"];
        assert_eq!((&citizen["email"], &citizen["language"]), (&json!("a@example.invalid"), &json!("tyrkisk")));
    }
}

on_both_engines! {
    async fn of_many_who_save_at_once_on_one_version_exactly_one_gets_through(database: &Database) {
        let world = World::new(database).await;
        let id = text(&world.registered().await["id"]);
        let path = format!("/referrals/{id}/check");
        let save = || world.call(US, "POST", &path, Some(json!({})), &[("if-match", "\"v1\"")]);
        let replies = tokio::join!(save(), save(), save(), save());
        let statuses = [replies.0.status, replies.1.status, replies.2.status, replies.3.status].map(|s| s.as_u16());
        assert_eq!(statuses.iter().filter(|s| **s == 200).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|s| **s == 412).count(), 3, "{statuses:?}");
    }
}

on_both_engines! {
    async fn no_change_of_something_that_is_there_gets_through_on_an_old_version(database: &Database) {
        let world = World::new(database).await;
        let ids = whole_course(&world).await;
        let record = format!("/citizens/{}", ids.citizen);
        let before = world.get(&record).await;
        // What a course has nothing of is tried by itself, in `cooperation`.
        // A report has one version, and only a refused one is built again.
        let of_course = |path: &str| {
            ["/cooperation/", "/pack-schedules/", "/reports/"].iter().all(|part| !path.contains(part))
        };
        for route in routes().into_iter().filter(|r| r.method != "GET" && r.path.contains('{') && of_course(r.path)) {
            let path = crate::tenants::path_of(&route, &ids);
            let body = body_of(&route, &ids.intervention);
            let reply = world.call(US, route.method, &path, body, &[("if-match", "\"v99\"")]).await;
            assert_eq!(reply.problem(), (412, "changed".into()), "{} {} {}", route.method, route.path, reply.text());
        }
        assert_eq!(world.get(&record).await, before);
    }
}

on_both_engines! {
    async fn a_request_sent_twice_with_its_key_is_done_once(database: &Database) {
        let world = World::new(database).await;
        let key = [("idempotency-key", "telefon-17")];
        let first = world.call(US, "POST", "/referrals", Some(new_request()), &key).await;
        let second = world.call(US, "POST", "/referrals", Some(new_request()), &key).await;
        assert_eq!((first.status.as_u16(), second.status.as_u16()), (201, 201));
        assert_eq!((first.json(), first.header("etag")), (second.json(), second.header("etag")));
        assert_eq!(world.get("/referrals").await["items"].as_array().unwrap().len(), 1);
        let mut other = new_request();
        other["given"] = json!("En anden");
        let reused = world.call(US, "POST", "/referrals", Some(other), &key).await;
        assert_eq!(reused.problem(), (422, "idempotency_key_reused".into()));
        let neighbour = world.call((2, Role::System), "POST", "/referrals", Some(new_request()), &key).await;
        assert_ne!(neighbour.done()["id"], first.json()["id"], "a key is its organization's own");
    }
}

on_both_engines! {
    async fn what_was_refused_can_be_tried_again_with_the_same_key(database: &Database) {
        let world = World::new(database).await;
        let key = [("idempotency-key", "igen")];
        let mut wrong = new_request();
        wrong["surname"] = json!("");
        let refused = world.call(US, "POST", "/referrals", Some(wrong), &key).await;
        assert_eq!(refused.json()["field"], "surname");
        assert_eq!(world.call(US, "POST", "/referrals", Some(new_request()), &key).await.status.as_u16(), 201);
    }
}

on_both_engines! {
    async fn the_worklist_turns_its_pages_by_key(database: &Database) {
        let world = World::new(database).await;
        for area in ["nutrition", "nicotine", "alcohol"] {
            let mut new = new_request();
            new["areas"] = json!([area]);
            world.post("/referrals", new).await;
        }
        let first = world.get("/referrals?view=new&limit=2").await;
        assert_eq!(first["items"].as_array().unwrap().len(), 2);
        let next = text(&first["next"]);
        let second = world.get(&format!("/referrals?view=new&limit=2&after={next}")).await;
        assert_eq!((second["items"].as_array().unwrap().len(), &second["next"]), (1, &Value::Null));
        let wrong = world.call(US, "GET", "/referrals?view=alle", None, &[]).await;
        assert_eq!((wrong.problem(), &wrong.json()["field"]), ((422, "unknown".into()), &json!("view")));
    }
}
