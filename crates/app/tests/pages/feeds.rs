//! Calendar feeds: read back as a calendar program reads them; renewed, stopped, and gone with whoever they were for.

use std::collections::HashMap;

use domain::permission::Role;
use store::Scope;
use testkit::municipality::add;
use testkit::on_both_engines;

use crate::browser::Browser;
use crate::teams::{session_now, team_of};
use crate::{Desk, leads_to, log_in};

/// The events of a calendar, each by the names of its lines; fails on what RFC 5545 does not allow.
fn events(text: &str) -> Vec<HashMap<String, String>> {
    assert!(text.ends_with("END:VCALENDAR\r\n") && !text.replace("\r\n", "").contains('\n'), "lines end in CR LF");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "no line is too long");
    let whole = text.replace("\r\n ", "");
    let mut open: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for line in whole.lines() {
        let (name, value) = line.split_once(':').unwrap();
        match name {
            "BEGIN" => {
                open.push(value.to_owned());
                if value == "VEVENT" {
                    all.push(HashMap::new());
                }
            }
            "END" => assert_eq!(open.pop().as_deref(), Some(value), "what is begun is ended"),
            _ if open.last().is_some_and(|part| part == "VEVENT") => {
                let before = all.last_mut().unwrap().insert(name.to_owned(), value.to_owned());
                assert_eq!(before, None, "{name} stands once");
            }
            _ => {}
        }
    }
    assert!(open.is_empty());
    for event in &all {
        for name in ["UID", "DTSTAMP", "DTSTART;TZID=Europe/Copenhagen", "SUMMARY", "SEQUENCE", "STATUS"] {
            assert!(event.contains_key(name), "{name} in {event:?}");
        }
    }
    assert!(
        whole.contains("TZID:Europe/Copenhagen\n") || whole.contains("TZID:Europe/Copenhagen\r\n"),
        "the zone is told"
    );
    all
}

/// Makes an address and gives its path.
async fn address(desk: &mut Desk, page: &str) -> String {
    let answer = desk.browser.post(page, &[]).await;
    assert_eq!(answer.status, 200);
    let whole = answer.body.split("id=\"adresse\">").nth(1).unwrap().split('<').next().unwrap();
    let at = whole.find("/ical/").unwrap();
    assert!(whole.starts_with("http://"), "a whole address: {whole}");
    whole[at..].to_owned()
}

on_both_engines! {
    async fn a_team_is_read_as_a_calendar_without_names(database: &Database) {
        let (mut desk, team, _) = team_of(database, 2).await;
        let page = format!("{team}/abonnement");
        assert!(desk.browser.get(&team).await.body.contains(&format!("href=\"{page}\"")));
        assert!(desk.browser.get(&page).await.body.contains("Lav en adresse"));
        assert!(desk.statements_of(&page).await - desk.statements_of("/borgere").await <= 6);
        let first = address(&mut desk, &page).await;
        let mut anybody = Browser::on(&desk.app);
        let answer = anybody.get(&first).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "text/calendar; charset=utf-8"));
        let before = events(&answer.body);
        let starts: Vec<_> = before.iter().map(|event| event["DTSTART;TZID=Europe/Copenhagen"].as_str()).collect();
        assert_eq!(starts, ["20261124T090000", "20261201T090000", "20261208T090000"]);
        assert!(before.iter().all(|event| event["SUMMARY"] == "Hold" && event["LOCATION"] == "Sal 2"));
        for secret in ["Einer", "Lauridsen", "Træning"] {
            assert!(!answer.body.contains(secret), "{secret}");
        }
        // Called off: the same time, said to be cancelled, and another one instead.
        let session = session_now(&mut desk, &team).await;
        let off = [("aarsag", "instructor"), ("erstat", "ja"), ("dato", "2026-12-15"), ("fra", "09:00"), ("til", "10:30")];
        leads_to(&desk.browser.post(&format!("{session}/aflys"), &off).await);
        let after = events(&anybody.get(&format!("{first}.ics")).await.body);
        assert_eq!(after.len(), 4);
        assert_eq!((&*after[0]["STATUS"], &*after[0]["SEQUENCE"]), ("CANCELLED", "1"));
        assert_eq!(after[0]["UID"], before[0]["UID"]);
        assert!(after[1..].iter().all(|event| event["STATUS"] == "CONFIRMED"));
        assert!(desk.browser.get(&page).await.body.contains("Adressen er lavet"));
        // A new address stops the old one, and a stopped one opens nothing.
        let second = address(&mut desk, &page).await;
        assert_ne!(first, second);
        // As long as a real one: the page holds its own address.
        let unknown = anybody.get(&format!("/ical/{}", "x".repeat(first.len() - "/ical/".len()))).await;
        let gone = anybody.get(&first).await;
        assert_eq!((gone.status.as_u16(), gone.body.len()), (404, unknown.body.len()), "all the same way");
        assert_eq!(anybody.get(&format!("/ical/{}", "x".repeat(200))).await.status, 404);
        assert_eq!(anybody.get(&second).await.status, 200);
        assert_eq!(leads_to(&desk.browser.post(&page, &[("stop", "ja")]).await), page);
        assert_eq!(anybody.get(&second).await.status, 404);
        // Another municipality can neither see nor make it.
        add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut neighbour = log_in(&desk.app, 2, "nabo", Role::Leader).await;
        assert_eq!(neighbour.get(&page).await.status, 404);
        neighbour.get("/kalender/abonnement").await;
        assert_eq!(neighbour.post(&page, &[]).await.status, 404);
    }
}

on_both_engines! {
    async fn ones_own_times_end_with_ones_access(database: &Database) {
        let (mut desk, team, _) = team_of(database, 1).await;
        assert!(desk.browser.get("/kalender").await.body.contains("href=\"/kalender/abonnement\""));
        let own = address(&mut desk, "/kalender/abonnement").await;
        let mut anybody = Browser::on(&desk.app);
        assert_eq!(events(&anybody.get(&own).await.body).len(), 0, "nobody leads the team yet");
        // The colleague may lead it, and does.
        let me = app::access::users(&desk.app, 1).await.unwrap().into_iter().find(|user| user.user_name == "professional").unwrap();
        let leader = testkit::municipality::staff(1, Role::Leader);
        let may = app::calendar::PractitionerInput {
            competences: [domain::competence::Competence::for_team(domain::codes::InterventionCode::PhysicalTraining)].into(),
            hours: Vec::new(),
            absences: Vec::new(),
            authorised: false,
        };
        app::calendar::set_practitioner_role(&desk.app, &leader, me.id, None, may).await.unwrap();
        let setting = app::teams::SettingInput {
            seats: 8,
            place: Some("Sal 2".to_owned()),
            instructors: vec![me.id],
            intake: domain::team::Intake::Fixed,
            despite: true,
        };
        let id = domain::ids::TeamId(team.rsplit('/').next().unwrap().parse().unwrap());
        app::teams::set_up(&desk.app, &leader, id, None, setting).await.unwrap();
        let theirs = events(&anybody.get(&own).await.body);
        assert_eq!(theirs.len(), 3);
        assert!(theirs.iter().all(|event| event["SUMMARY"] == "Hold"));
        let scope = Scope::system(1, desk.app.now(), "test");
        app::access::deactivate_user(&desk.app, scope, me.id).await.unwrap();
        assert_eq!(anybody.get(&own).await.status, 404, "whoever is shut out reads no times");
    }
}

on_both_engines! {
    async fn who_reads_too_often_or_guesses_waits_and_a_right_address_is_not_held_up_by_guesses(database: &Database) {
        let (mut desk, team, _) = team_of(database, 1).await;
        let right = address(&mut desk, &format!("{team}/abonnement")).await;
        let mut anybody = Browser::on(&desk.app);
        assert_eq!(anybody.get(&right).await.status, 200);
        for number in 0..60 {
            assert_eq!(anybody.get(&format!("/ical/{number}")).await.status, 404);
        }
        let guessed = anybody.get("/ical/en-til").await;
        assert_eq!((guessed.status.as_u16(), guessed.header("retry-after")), (429, "600"));
        assert!(guessed.body.contains("Kalenderen er hentet for mange gange på kort tid."));
        for _ in 1..60 {
            assert_eq!(anybody.get(&right).await.status, 200);
        }
        assert_eq!(anybody.get(&right).await.status, 429);
        desk.clock.set("2026-11-24T08:26:01Z");
        assert_eq!(anybody.get(&right).await.status, 200);
        assert_eq!(anybody.get("/ical/en-til").await.status, 404);
    }
}
