//! Times of talks over HTTP: booked, moved, called off; what is refused, by code.

use domain::permission::Role;
use serde_json::json;
use testkit::on_both_engines;

use crate::client::{World, text};
use crate::course::hours;

/// A talk that waits for a time.
async fn talk(world: &World) -> String {
    let id = text(&world.registered().await["id"]);
    world.post(&format!("/referrals/{id}/check"), json!({"areas": ["nutrition"], "chronic_disease": true})).await;
    world.post(&format!("/referrals/{id}/attempts"), json!({"reached": true})).await;
    text(&world.post(&format!("/referrals/{id}/route"), json!({"step": "clarifying_talk"})).await["intervention"])
}

on_both_engines! {
    async fn a_time_is_booked_moved_and_called_off(database: &Database) {
        let world = World::new(database).await;
        let talk = talk(&world).await;
        let path = format!("/interventions/{talk}/appointments");
        let at = |start: &str| json!({"professional": world.professional, "start": start});
        let refused = world.try_post(&path, at("2026-03-12T09:00:00Z")).await;
        assert_eq!(refused.problem(), (422, "appointment_rule".into()), "nobody has said what she may hold");
        let staff = format!("/practitioners/{}", world.professional);
        let set = world.call((1, Role::Leader), "PUT", &staff, Some(hours()), &[]).await;
        assert_eq!(set.header("etag"), "\"v1\"");
        for start in ["2026-03-12T05:00:00Z", "2026-03-14T09:00:00Z", "2026-03-09T09:00:00Z"] {
            assert_eq!(world.try_post(&path, at(start)).await.problem(), (422, "appointment_rule".into()), "{start}");
        }
        let key = [("Idempotency-Key", "book-1")];
        let who = (1, Role::System);
        let booked = world.call(who, "POST", &path, Some(at("2026-03-12T09:00:00Z")), &key).await;
        let again = world.call(who, "POST", &path, Some(at("2026-03-12T09:00:00Z")), &key).await;
        assert_eq!((booked.status.as_u16(), booked.text()), (201, again.text()));
        let id = text(&booked.json()["id"]);
        let twice = world.try_post(&path, at("2026-03-13T09:00:00Z")).await;
        assert_eq!(twice.problem(), (422, "appointment_rule".into()), "a talk has one time");
        let mut to = at("2026-03-13T10:00:00Z");
        to["reason"] = json!("citizen");
        let time = format!("/appointments/{id}");
        let stale = world.call(who, "POST", &format!("{time}/move"), Some(to.clone()), &[("If-Match", "\"v7\"")]).await;
        assert_eq!(stale.problem(), (412, "changed".into()));
        let moved = world.call(who, "POST", &format!("{time}/move"), Some(to), &[("If-Match", "\"v1\"")]).await;
        assert_eq!((moved.status.as_u16(), moved.header("etag")), (200, "\"v2\""));
        let found = world.get(&time).await;
        assert_eq!((&found["state"]["is"], &found["start"]), (&json!("moved"), &json!("2026-03-13T10:00:00Z")));
        let list = world.get("/appointments?from=2026-03-10&to=2026-03-16").await;
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
        assert!(list["items"][0].get("name").is_none(), "a list holds no names");
        world.post(&format!("{time}/cancel"), json!({"reason": "staff"})).await;
        let over = world.try_post(&format!("{time}/cancel"), json!({"reason": "staff"})).await;
        assert_eq!(over.problem(), (422, "appointment_rule".into()));
        assert_eq!(world.get("/appointments?from=2026-03-10").await["items"], json!([]));
        let tasks = world.get("/tasks").await;
        let kinds: Vec<&str> = tasks["items"].as_array().unwrap().iter().filter_map(|t| t["kind"].as_str()).collect();
        assert_eq!(kinds, ["book_talk", "hold_talk"], "a new time must be found");
    }
}

on_both_engines! {
    async fn what_falls_away_takes_its_time_with_it(database: &Database) {
        let world = World::new(database).await;
        let talk = talk(&world).await;
        let id = crate::course::booked(&world, &talk).await;
        let citizen = text(&world.get(&format!("/appointments/{id}")).await["citizen"]);
        world.post(&format!("/citizens/{citizen}/death"), json!({"on": "2026-03-09"})).await;
        let time = world.get(&format!("/appointments/{id}")).await;
        assert_eq!((&time["state"]["is"], &time["state"]["reason"]), (&json!("cancelled"), &json!("ended")));
        assert_eq!(world.get("/tasks").await["items"], json!([]), "nothing is sent and nobody is ordered");
    }
}
