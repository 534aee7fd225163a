//! Capacity, population tables and improvement boards by the API: what a plan leads to, a table whole or not at all, a board
//! with an aim that has a number.

use domain::permission::Role;
use serde_json::json;
use testkit::on_both_engines;

use crate::client::World;

const LEADER: (i64, Role) = (1, Role::Leader);
const NEIGHBOUR: (i64, Role) = (2, Role::Leader);

on_both_engines! {
    async fn a_plan_stands_beside_today(database: &Database) {
        let world = World::new(database).await;
        let today = world.call(LEADER, "GET", "/capacity", None, &[]).await.json();
        assert!(today["planned"].is_null() && today["today"]["courses"]["middle"].as_f64() > Some(0.0));
        let more = world.call(LEADER, "GET", "/capacity?henvisninger=200", None, &[]).await.json();
        let begun = |plan: &str| more[plan]["courses"]["middle"].as_f64().unwrap();
        assert!(begun("planned") > begun("today"));
        assert_eq!(world.call(LEADER, "GET", "/capacity?medarbejdere=mange", None, &[]).await.problem().0, 422);
        assert_eq!(world.call((1, Role::Quality), "GET", "/capacity", None, &[]).await.problem().0, 403);
    }
}

on_both_engines! {
    async fn a_table_is_taken_in_whole_or_not_at_all(database: &Database) {
        let world = World::new(database).await;
        let table = |csv: &str| {
            json!({
                "subject": "residents", "source": "Sundhedsprofilen", "dataset_on": "2025-01-01", "csv": csv,
                "columns": ["municipality", "sex", "persons"], "total": "I alt",
            })
        };
        let wrong = table("kommune;køn;antal\n0999;Mænd;5\n0999;Andre;7\n");
        let refused = world.call(LEADER, "POST", "/population", Some(wrong), &[]).await;
        assert_eq!(refused.problem().0, 422);
        let asked = &world;
        let items = |who| async move { asked.call(who, "GET", "/population", None, &[]).await.json()["items"].clone() };
        assert_eq!(items(LEADER).await, json!([]));
        let right = table("kommune;køn;antal\n0999;Mænd;5\n0999;Kvinder;7\n");
        world.call(LEADER, "POST", "/population", Some(right), &[]).await.json();
        let all = items(LEADER).await;
        assert_eq!((&all[0]["persons"], &all[0]["standing"]), (&json!(12), &json!("in_force")));
        assert_eq!(items(NEIGHBOUR).await, json!([]), "another's");
    }
}

on_both_engines! {
    async fn a_board_has_an_aim_with_a_number(database: &Database) {
        let world = World::new(database).await;
        let board = |aim: &str| json!({ "name": "Udeblivelse", "aim": aim, "indicator": "U08" });
        assert_eq!(world.call(LEADER, "POST", "/improvement", Some(board("Færre")), &[]).await.problem().0, 422);
        let made = world.call(LEADER, "POST", "/improvement", Some(board("Fra 20 % til 10 %")), &[]).await.json();
        let path = format!("/improvement/{}", made["id"].as_str().unwrap());
        let one = world.call(LEADER, "GET", &path, None, &[]).await.json();
        assert_eq!((&one["aim"], &one["measure"]["indicator"]), (&json!("Fra 20 % til 10 %"), &json!("U08")));
        assert_eq!(world.call(NEIGHBOUR, "GET", &path, None, &[]).await.problem().0, 404);
        let all = world.call(NEIGHBOUR, "GET", "/improvement", None, &[]).await.json();
        assert_eq!(all["items"], json!([]));
    }
}
