//! After attendance is saved: why somebody did not come is still to be seen, and a wrong number of relatives is corrected.

use domain::ids::TeamId;
use store::{Scope, Seen};
use testkit::on_both_engines;

use crate::leads_to;
use crate::talk::record;
use crate::teams::{borrowed, pressed, session_now, team_of};

on_both_engines! {
    async fn the_reason_of_an_absence_stands_with_the_session_and_in_the_course(database: &Database) {
        let (mut desk, team, all) = team_of(database, 3).await;
        let session = session_now(&mut desk, &team).await;
        let mut fields = pressed(&all, &[(all[1].1, "absent"), (all[2].1, "regrets")], "");
        fields.push((format!("aarsag-{}", all[1].1), "transport".to_owned()));
        fields.push((format!("aarsag-{}", all[2].1), "appointment".to_owned()));
        // A reason for somebody who came is a slip and is not kept.
        fields.push((format!("aarsag-{}", all[0].1), "forgot".to_owned()));
        assert_eq!(leads_to(&desk.browser.post(&session, &borrowed(&fields)).await), session);
        let page = desk.browser.get(&session).await.body;
        let main = page.split("<main").nth(1).unwrap();
        assert!(main.contains("Transport") && main.contains("Anden aftale") && !main.contains("Glemt"));
        assert!(desk.queries_of(&session).await <= 6);
        let course = record(&desk.app, all[1].1).await.open_course().unwrap().value.id;
        let course = crate::course::href(course, "");
        let contacts = |page: &str| page.split("id=\"kontakter\"").nth(1).unwrap().split("</section>").next().unwrap().to_owned();
        assert!(contacts(&desk.browser.get(&course).await.body).contains("Transport"));
        assert!(desk.queries_of(&course).await <= 6);
        // What was told of why is kept when it was regrets after all.
        let right = [("borger", &*all[1].1.to_string()), ("fremmoede", "regrets"), ("hvorfor", "Havde ringet")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{session}/ret"), &right).await), session);
        let main = desk.browser.get(&session).await.body.split("<main").nth(1).unwrap().to_owned();
        assert!(main.contains("Transport") && !main.contains("Opgave på overblikket"));
        assert_eq!(contacts(&desk.browser.get(&course).await.body).matches("Transport").count(), 2, "the wrong one stays");
    }
}

on_both_engines! {
    async fn the_number_of_relatives_is_corrected_and_the_wrong_one_kept(database: &Database) {
        let (mut desk, team, all) = team_of(database, 2).await;
        let session = session_now(&mut desk, &team).await;
        let path = format!("{session}/paaroerende");
        let right = [("antal", "2"), ("hvorfor", "En kom for sent")];
        assert_eq!(desk.browser.post(&path, &right).await.status, 422, "nothing is taken yet");
        let mut fields = pressed(&all, &[], "");
        fields.push(("paaroerende".to_owned(), "1".to_owned()));
        assert_eq!(leads_to(&desk.browser.post(&session, &borrowed(&fields)).await), session);
        assert!(desk.browser.get(&session).await.body.contains("2 af 2 mødte, 1 pårørende med"));
        for (wrong, says) in [
            ([("antal", "to"), ("hvorfor", "En kom for sent")], "Skriv antallet med tal, 0 hvis der ingen var."),
            ([("antal", "101"), ("hvorfor", "En kom for sent")], "Tjek tallet."),
            ([("antal", "2"), ("hvorfor", " ")], "Skriv, hvad der var forkert."),
        ] {
            let answer = desk.browser.post(&path, &wrong).await;
            assert_eq!(answer.status, 422);
            assert!(answer.body.contains(says) && answer.body.contains(&format!("value=\"{}\"", wrong[0].1)), "{says}");
        }
        for _ in 0..2 {
            assert_eq!(leads_to(&desk.browser.post(&path, &right).await), session, "twice is harmless");
        }
        let page = desk.browser.get(&session).await.body;
        assert!(page.contains("2 af 2 mødte, 2 pårørende med") && page.contains("Antallet af pårørende er rettet."));
        let id = TeamId(team.rsplit('/').next().unwrap().parse().unwrap());
        let read = move |tx: &mut store::Tx<'_>| {
            const SQL: &str = "select content, reason from record_version
                where organization = $1 and citizen = $2 and kind = 'team' and id = $3 order by version desc limit 2";
            let rows = tx.query(SQL, &[uuid::Uuid::nil().into(), id.0.into()], |row| {
                let (content, reason): (String, Option<String>) = (row.take()?, row.take()?);
                let team: domain::team::Team = serde_json::from_str(&content).unwrap();
                Ok((team.sessions[0].relatives, reason))
            })?;
            Ok::<_, app::AppError>(Seen::nothing(rows))
        };
        let kept = desk.app.store.view(Scope::system(1, desk.app.now(), "test"), read).await.unwrap();
        assert_eq!(kept[0], (2, Some("En kom for sent".to_owned())));
        assert_eq!(kept[1].0, 1, "what it corrects is kept");
    }
}
