//! Measures over HTTP: what is recorded is scored, what cannot be is refused, a deviation needs its reason.

use serde_json::json;
use testkit::on_both_engines;

use crate::client::World;
use crate::course::whole_course;

on_both_engines! {
    async fn a_response_is_scored_corrected_and_decided_on(database: &Database) {
        let world = World::new(database).await;
        let ids = whole_course(&world).await;
        let known = world.get("/instruments").await;
        let ids_of: Vec<&str> = known["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert!(ids_of.contains(&"audit") && !ids_of.contains(&"eq5d5l") && !ids_of.contains(&"hsi"));
        let path = format!("/citizens/{}/responses", ids.citizen);
        let answers = json!({"1": 4, "2": 4, "3": 4, "4": 4, "5": 0, "6": 0, "7": 0, "8": 0, "9": 4, "10": 0});
        let audit = json!({"instrument": "audit", "mode": "interview", "phase": "start", "answers": answers});
        let id = world.post(&path, audit.clone()).await["id"].as_str().unwrap().to_owned();
        let stored = world.get(&format!("/responses/{id}")).await;
        assert_eq!((&stored["score"], &stored["status"]), (&json!(20), &json!("complete")));
        assert_eq!(world.get(&path).await["items"].as_array().unwrap().len(), 2);
        let mut wrong = audit.clone();
        wrong["answers"]["9"] = json!(3);
        let refused = world.call((1, domain::permission::Role::Professional), "POST", &path, Some(wrong), &[]).await;
        assert_eq!(refused.problem().0, 422);
        let mut half = audit.clone();
        half["answers"].as_object_mut().unwrap().remove("10");
        let refused = world.call((1, domain::permission::Role::Professional), "POST", &path, Some(half), &[]).await;
        assert_eq!(refused.problem().0, 422);
        let decision = format!("/responses/{id}/decision");
        let other = json!({"route": "preventive_talk"});
        let refused = world.call((1, domain::permission::Role::Professional), "POST", &decision, Some(other), &[]).await;
        assert_eq!(refused.problem().0, 422);
        world.post(&decision, json!({"route": "treatment", "told": [0, 1, 2, 3]})).await;
        let mut right = audit;
        right["answers"]["9"] = json!(0);
        let correction = json!({"right": right, "why": "Spørgsmål 9 var læst forkert"});
        world.post(&format!("/responses/{id}/correction"), correction).await;
        let stored = world.get(&format!("/responses/{id}")).await;
        assert_eq!((&stored["score"], &stored["decision"]), (&json!(16), &json!(null)), "what was decided on another result falls away");
    }
}
