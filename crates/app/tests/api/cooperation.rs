//! The cooperation with practice and the packs by the API: what a page can do, and what another role may not.

use domain::permission::Role;
use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::client::World;

const LEADER: (i64, Role) = (1, Role::Leader);

async fn got(world: &World, who: (i64, Role), path: &str) -> Value {
    world.call(who, "GET", path, None, &[]).await.done()
}

on_both_engines! {
    async fn a_meeting_is_written_agreed_at_and_struck(database: &Database) {
        let world = World::new(database).await;
        let path = "/cooperation/meetings";
        let later = json!({"forum": "klu", "held_on": "2026-03-11", "agenda": "Ventetid", "decisions": "Ja"});
        let refused = world.call(LEADER, "POST", path, Some(later), &[]).await;
        assert_eq!((refused.problem().0, &refused.json()["field"]), (422, &json!("decisions")));
        let input = json!({"forum": "klu", "held_on": "2026-03-01", "agenda": "Ventetid", "about_prevention": true});
        let id = world.call(LEADER, "POST", path, Some(input.clone()), &[]).await.done()["id"].clone();
        let one = format!("{path}/{}", id.as_str().unwrap());
        let agreed = json!({"what": "Send tal", "who": "Chefen", "by": "2026-04-01"});
        let agreed = world.call(LEADER, "POST", &format!("{one}/agreements"), Some(agreed), &[]).await.done();
        let act = format!("{one}/agreements/{}", agreed["id"].as_str().unwrap());
        assert_eq!(world.call(LEADER, "POST", &act, Some(json!({"done": true})), &[]).await.done()["version"], 3);
        let items = got(&world, LEADER, path).await["items"].clone();
        assert_eq!((&items[0]["agenda"], &items[0]["agreed"][0]["done"][0]), (&json!("Ventetid"), &json!("2026-03-10")));
        let old = [("if-match", "\"v1\"")];
        let why = json!({"reason": "Skrevet to gange"});
        for (method, path, body) in [
            ("PUT", one.clone(), input),
            ("POST", format!("{one}/strike"), why.clone()),
            ("POST", format!("{one}/agreements"), json!({"what": "x", "who": "y", "by": "2026-04-01"})),
            ("POST", act.clone(), json!({"done": false})),
        ] {
            let reply = world.call(LEADER, method, &path, Some(body), &old).await;
            assert_eq!(reply.problem(), (412, "changed".into()), "{method} {path} on an old version");
        }
        world.call(LEADER, "POST", &format!("{one}/strike"), Some(why), &[]).await.done();
        assert_eq!(got(&world, LEADER, path).await["items"], json!([]));
    }
}

on_both_engines! {
    async fn a_pack_gives_the_authority_no_small_number_and_nothing_of_single_practices(database: &Database) {
        let world = World::new(database).await;
        world.message("01-xref15-gp-type2-diabetes-diet").await.done();
        let figure = |pack: &Value| {
            let table = pack["tables"].as_array().unwrap().iter().find(|it| it["id"] == "henvisninger").unwrap();
            table["rows"][0][1].clone()
        };
        let path = "/packs/myndighed?periode=2026-k1";
        assert_eq!(figure(&got(&world, LEADER, path).await), "1");
        assert_eq!(figure(&got(&world, LEADER, &format!("{path}&set=myndighed")).await), "<5");
        assert_eq!(figure(&got(&world, (1, Role::Authority), path).await), "<5");
        let klu = world.call((1, Role::Authority), "GET", "/packs/klu", None, &[]).await;
        assert_eq!(klu.problem(), (403, "forbidden".into()));
        assert_eq!(got(&world, LEADER, "/packs/klu?periode=2026-k1").await["tables"][0]["rows"][0][1], "<5");
    }
}

on_both_engines! {
    async fn estimates_are_set_and_read_from_a_file_or_refused_with_line_and_column(database: &Database) {
        let world = World::new(database).await;
        let path = "/cooperation/estimates";
        let file = |line: &str| json!({"text": format!("kommune;område;år;antal\n{line}\n")});
        let refused = world.call(LEADER, "POST", &format!("{path}/file"), Some(file("999;alkohol;2026;ti")), &[]).await;
        assert_eq!(refused.problem().0, 422);
        assert!(refused.text().contains("Linje 2, kolonnen »antal«"), "{}", refused.text());
        let read = world.call(LEADER, "POST", &format!("{path}/file"), Some(file("999;alkohol;2026;10")), &[]).await;
        assert_eq!(read.done(), json!({"estimates": 1, "others": 0}));
        let set = json!({"area": "alkohol", "year": 2026, "expected": {"as": "referrals", "number": 12}});
        assert_eq!(world.call(LEADER, "POST", path, Some(set), &[]).await.done()["version"], 2, "the same one corrected");
        assert_eq!(got(&world, LEADER, path).await["items"][0]["expected"]["number"], 12);
        let schedule = json!({"pack": "klu", "every": "month"});
        let made = world.call(LEADER, "POST", "/pack-schedules", Some(schedule), &[]).await.done();
        let stop = format!("/pack-schedules/{}/stop", made["id"].as_str().unwrap());
        let old = world.call(LEADER, "POST", &stop, Some(json!({})), &[("if-match", "\"v9\"")]).await;
        assert_eq!(old.problem(), (412, "changed".into()));
        world.call(LEADER, "POST", &stop, Some(json!({})), &[]).await.done();
        assert_eq!(got(&world, LEADER, "/pack-schedules").await["items"], json!([]));
    }
}
