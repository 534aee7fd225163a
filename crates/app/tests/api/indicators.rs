//! The indicators by the API: every one with its newest figure, one over time and by group, and no small number.

use domain::permission::Role;
use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::client::World;

const QUALITY: (i64, Role) = (1, Role::Quality);

async fn got(world: &World, path: &str) -> Value {
    world.call(QUALITY, "GET", path, None, &[]).await.json()
}

on_both_engines! {
    async fn what_came_is_counted_and_a_number_under_five_is_not_told(database: &Database) {
        let world = World::new(database).await;
        world.message("01-xref15-gp-type2-diabetes-diet").await.done();
        let all = got(&world, "/indicators").await;
        let items = all["items"].as_array().unwrap();
        assert_eq!((items.len(), &all["behind"]), (71, &json!(false)));
        let of = |id: &str| items.iter().find(|item| item["id"] == id).unwrap();
        assert!(of("R06")["figure"]["unknown"].is_string());
        assert_eq!((&of("O06")["goal_percent"], &of("O06")["kind"]), (&json!(50), &json!("share")));
        assert!(of("R01")["breakdowns"].as_array().unwrap().contains(&json!("source")));
        assert!(!items.iter().any(|item| item["breakdowns"].as_array().unwrap().contains(&json!("sender_unit"))));
        let one = got(&world, "/indicators/R01?periode=2026&opdel=source").await;
        let figure = &one["indicator"]["figure"];
        assert_eq!((&figure["hidden"], &figure["value"], &figure["preliminary"]), (&json!(true), &Value::Null, &json!(true)));
        assert_eq!((&one["by"], &one["groups"][0]["group"]), (&json!("source"), &json!("general_practice")));
        assert_eq!(one["groups"][0]["figure"]["hidden"], true);
        assert_eq!(one["points"].as_array().unwrap().len(), 24);
    }
}

on_both_engines! {
    async fn what_is_no_indicator_no_period_or_no_breakdown_is_refused(database: &Database) {
        let world = World::new(database).await;
        let status = async |who, path: &str| world.call(who, "GET", path, None, &[]).await.problem().0;
        assert_eq!(status(QUALITY, "/indicators/X01").await, 404);
        assert_eq!(status(QUALITY, "/indicators/U05?periode=2999").await, 422);
        assert_eq!(status(QUALITY, "/indicators/U05?opdel=weekday").await, 404);
        assert_eq!(status(QUALITY, "/indicators/U05?opdel=sender_unit").await, 422);
        assert_eq!(status((1, Role::Visitator), "/indicators").await, 403);
        assert_eq!(status((1, Role::Professional), "/indicators/U05?opdel=education").await, 404);
    }
}
