//! A guest instructor: one session, on its day, names and what to mind and attendance; nothing else, and nobody else's.

use domain::encounter::EncounterStatus;
use domain::permission::Role;
use store::{Scope, Seen};
use testkit::municipality::add;
use testkit::on_both_engines;

use crate::browser::Browser;
use crate::teams::{borrowed, contact_of, pressed, session_now, team_of};
use crate::{Desk, PASSWORD, addresses, leads_to, log_in};

/// The users that can be chosen, by what stands beside them.
fn choices(page: &str) -> Vec<(String, String)> {
    let boxes = page.split("name=\"gaest\" value=\"").skip(1);
    let one = |text: &str| {
        let label = text.split("<bdi>").nth(1).unwrap().split("</bdi>").next().unwrap();
        (text.split('"').next().unwrap().to_owned(), label.to_owned())
    };
    boxes.map(one).collect()
}

async fn again(desk: &Desk, user_name: &str) -> Browser {
    let mut browser = Browser::on(&desk.app);
    assert_eq!(browser.log_in(user_name, PASSWORD).await.status, 303);
    browser
}

/// How often somebody's reading stands in the access log.
async fn looks(desk: &Desk, action: &'static str) -> i64 {
    const SQL: &str = "select count(*) from access_log where organization = $1 and what = $2";
    let read = move |tx: &mut store::Tx<'_>| {
        Ok::<_, app::AppError>(Seen::nothing(tx.first(SQL, &[action.into()], |r| r.take())?.unwrap_or(0)))
    };
    desk.app.store.view(Scope::system(1, desk.app.now(), "test"), read).await.unwrap()
}

on_both_engines! {
    async fn a_guest_has_one_session_on_its_day_and_nothing_else(database: &Database) {
        let (mut desk, team, all) = team_of(database, 2).await;
        let session = session_now(&mut desk, &team).await;
        let mut guest = log_in(&desk.app, 1, "gaest", Role::Guest).await;
        let mut other = log_in(&desk.app, 1, "anden", Role::Guest).await;
        let theirs = session.replacen("/hold/", "/gaest/", 1).replacen("/gange/", "/", 1);
        assert_eq!(guest.get(&theirs).await.status, 404, "it is not given yet");
        assert!(guest.get("/gaest").await.body.contains("Du har ingen holdgange i dag"));

        let give = format!("{session}/gaest");
        assert!(desk.browser.get(&session).await.body.contains(&format!("href=\"{give}\"")));
        let page = desk.browser.get(&give).await.body;
        assert!(desk.statements_of(&give).await - desk.statements_of("/borgere").await <= 6);
        let people = choices(&page);
        assert_eq!(people.len(), 2, "whoever reads teams anyway needs no invitation: {people:?}");
        let unchosen = desk.browser.post(&give, &[]).await;
        assert_eq!(unchosen.status, 422);
        assert!(unchosen.body.contains("Vælg, hvem der skal have holdgangen."));
        let page = desk.browser.get("/administration/medarbejdere").await;
        assert_eq!(page.status, 403);
        // The list is in the order of user names.
        let chosen = people[1].0.clone();
        for _ in 0..2 {
            assert_eq!(leads_to(&desk.browser.post(&give, &[("gaest", &chosen)]).await), give, "twice is harmless");
        }
        assert_eq!(desk.browser.get(&give).await.body.matches("Tag adgangen tilbage").count(), 1);

        assert!(guest.get("/gaest").await.body.contains(&format!("href=\"{theirs}\"")));
        let page = guest.get(&theirs).await.body;
        for text in ["Einer Test Lauridsen", "Nedsat hørelse", "Alle står som til stede"] {
            assert!(page.contains(text), "{text}");
        }
        let ways: Vec<_> = addresses(&page).into_iter().filter(|href| !href.starts_with("/assets")).map(str::to_owned).collect();
        assert!(ways.iter().all(|href| !href.starts_with("/borgere") && !href.starts_with("/hold")), "{ways:?}");
        assert!(!page.contains("name=\"note\"") && !page.contains("name=\"linje-"), "nothing is written in a record");
        assert!(looks(&desk, "team.guest").await >= 1, "each look is in the access log");
        for page in ["/hold", &*team, &*session, &*format!("{session}/opmaerksom"), "/borgere", "/henvisninger", &*format!("/borgere/{}", all[0].1)] {
            assert_eq!(guest.get(page).await.status, 403, "{page}");
        }
        assert_eq!(other.get(&theirs).await.status, 404, "nobody else's");
        let mut fields = pressed(&all, &[(all[1].1, "absent")], "En note.");
        fields.push((format!("linje-{}", all[0].1), "En linje.".to_owned()));
        assert_eq!(other.post(&theirs, &borrowed(&fields)).await.status, 404);
        assert_eq!(guest.post(&session, &borrowed(&fields)).await.status, 403);
        for _ in 0..2 {
            assert_eq!(leads_to(&guest.post(&theirs, &borrowed(&fields)).await), theirs, "twice is harmless");
        }
        let page = guest.get(&theirs).await.body;
        assert!(page.contains("Er noget forkert, så sig det til den, der gav dig holdgangen.") && page.contains("Udeblevet"));
        assert_eq!(contact_of(&desk, all[0].1).await, (EncounterStatus::Finished, None));
        assert_eq!(contact_of(&desk, all[1].1).await, (EncounterStatus::NoShow, None));
        let start = desk.browser.get("/").await.body;
        assert!(start.contains("Kontakt efter udeblivelse"), "what follows is the task of whoever gave it");
        assert_eq!(guest.get(&theirs).await.status, 200);
        // The day is over: so is the access, by itself.
        desk.clock.set("2026-11-24T23:00:00Z");
        let mut guest = again(&desk, "gaest").await;
        assert_eq!(guest.get(&theirs).await.status, 404);
        assert!(guest.get("/gaest").await.body.contains("Du har ingen holdgange i dag"));
        desk.browser = again(&desk, "professional").await;
        assert!(desk.browser.get(&give).await.body.contains("Der kan ikke gives adgang"));
        let late = desk.browser.post(&give, &[("gaest", &people[0].0)]).await;
        assert_eq!(late.status, 422);
        assert!(late.body.contains("En gæsteinstruktør har kun adgang den dag."));
    }
}

on_both_engines! {
    async fn access_is_taken_back_and_is_never_another_municipalitys(database: &Database) {
        let (mut desk, team, _) = team_of(database, 1).await;
        let session = session_now(&mut desk, &team).await;
        let mut guest = log_in(&desk.app, 1, "gaest", Role::Guest).await;
        add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut neighbour = log_in(&desk.app, 2, "nabo", Role::Guest).await;
        let mut leader = log_in(&desk.app, 2, "naboleder", Role::Leader).await;
        let give = format!("{session}/gaest");
        let theirs = session.replacen("/hold/", "/gaest/", 1).replacen("/gange/", "/", 1);
        let page = desk.browser.get(&give).await.body;
        let people = choices(&page);
        assert_eq!(people.len(), 1);
        assert!(page.contains("checked"), "the only one is chosen already");
        leads_to(&desk.browser.post(&give, &[("gaest", &people[0].0)]).await);
        assert_eq!(guest.get(&theirs).await.status, 200);
        assert_eq!(neighbour.get(&theirs).await.status, 404);
        for path in [&*give, &*format!("{session}/opmaerksom")] {
            assert_eq!(leader.get(path).await.status, 404, "{path}");
        }
        leader.get("/hold/nyt").await;
        assert_eq!(leader.post(&give, &[("gaest", &people[0].0)]).await.status, 404);
        assert_eq!(leader.post(&give, &[("fjern", &people[0].0)]).await.status, 404);
        assert_eq!(leads_to(&desk.browser.post(&give, &[("fjern", &people[0].0)]).await), give);
        assert_eq!(guest.get(&theirs).await.status, 404);
    }
}
