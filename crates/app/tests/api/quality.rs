//! The quality standard by the API: where it stands, what is missing and for whom, what is declared.

use domain::permission::Role;
use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::client::World;

const LEADER: (i64, Role) = (1, Role::Leader);
const QUALITY: (i64, Role) = (1, Role::Quality);

async fn got(world: &World, who: (i64, Role), path: &str) -> Value {
    world.call(who, "GET", path, None, &[]).await.json()
}

fn of<'a>(all: &'a Value, id: &str) -> &'a Value {
    all["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap()
}

on_both_engines! {
    async fn what_came_counts_what_is_missing_names_a_citizen_only_to_who_may_see_it(database: &Database) {
        let world = World::new(database).await;
        world.message("01-xref15-gp-type2-diabetes-diet").await.done();
        let all = got(&world, QUALITY, "/quality").await;
        assert_eq!((all["items"].as_array().unwrap().len(), &all["behind"]), (256, &json!(false)));
        assert_eq!((&of(&all, "KS-2.2-03")["met"], &of(&all, "KS-2.2-03")["fulfilled"]), (&json!(1), &json!(true)));
        assert_eq!(of(&all, "KS-2.2-06")["not_yet_due"], 1);
        let missing = got(&world, LEADER, "/quality/KS-2.2-06/missing").await;
        let item = &missing["items"][0];
        assert_eq!((&item["outcome"], item["citizen"].is_string()), (&json!("not_yet_due"), true));
        assert_eq!(item["missing"], json!(["contact.attempted_on"]));
        assert_eq!(got(&world, QUALITY, "/quality/KS-2.2-06/missing").await["items"], json!([]));
        let unknown = world.call(QUALITY, "GET", "/quality/KS-0/missing", None, &[]).await;
        assert_eq!(unknown.problem().0, 404);
    }
}

on_both_engines! {
    async fn what_no_record_shows_is_declared(database: &Database) {
        let world = World::new(database).await;
        let path = "/quality/declarations";
        let without = json!({ "requirement": "KS-1.1-01", "owner": "Lone Leder", "evidence": " " });
        let refused = world.call(QUALITY, "POST", path, Some(without), &[]).await;
        assert_eq!(refused.problem().0, 422);
        let right = json!({ "requirement": "KS-1.1-01", "owner": "Lone Leder", "evidence": "Referat 12" });
        assert_eq!(world.call(QUALITY, "POST", path, Some(right), &[]).await.json()["version"], 1);
        assert_eq!(of(&got(&world, QUALITY, "/quality").await, "KS-1.1-01")["fulfilled"], true);
        assert_eq!(of(&got(&world, (2, Role::Quality), "/quality").await, "KS-1.1-01")["fulfilled"], false, "another's");
    }
}
