//! Notification to child and family services: called for by a rule, decided either way, sent once, and in the way of closing
//! until somebody has decided.

use domain::ids::{CitizenId, CourseId};
use domain::notification::{ConsentSought, Told};
use domain::permission::Role;
use testkit::database::Database;
use testkit::on_both_engines;

use crate::course::{act, href, planned};
use crate::talk::record;
use crate::{Desk, leads_to, log_in, value_of};

/// A course in which somebody pregnant drinks harmfully.
async fn pregnant(database: &Database) -> (Desk, CourseId, CitizenId) {
    let (mut desk, course, citizen) = planned(database).await;
    let safety = href(course, "/sikkerhed");
    let version = value_of(&desk.browser.get(&safety).await, "version");
    let answers =
        [("version", &*version), ("svar-pregnant", "ja"), ("audit", "17"), ("svar-notification_considered", "ja")];
    assert_eq!(leads_to(&desk.browser.post(&safety, &answers).await), safety);
    (desk, course, citizen)
}

fn whole<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let all = [
        ("beslutning", "ja"),
        ("begrundelse", "Drikker dagligt i uge 14."),
        ("samtykke", "refused"),
        ("orienteret", "told"),
    ];
    let kept = all.into_iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    kept.chain(more.iter().copied()).collect()
}

on_both_engines! {
    async fn an_open_decision_is_a_task_and_keeps_the_course_from_closing(database: &Database) {
        let (mut desk, course, citizen) = pregnant(database).await;
        let decide = href(course, "/underretning");
        assert!(!desk.browser.get(&href(course, "/sikkerhed")).await.body.contains("Er en underretning vurderet?"), "a tick decides nothing");
        let page = desk.browser.get(&href(course, "")).await.body;
        assert!(page.contains("KS-8.2-08") && page.contains("Skriv beslutningen") && page.contains(&decide));
        let start = desk.browser.get("/").await.body;
        assert!(start.contains(&decide) && start.contains("Ingen har besluttet, om der skal underrettes"));
        assert!(desk.browser.get(&href(course, "/afslut")).await.body.contains("sikkerhedsopgave er åben"));
        let aside = [("regel", "KS-8.2-08"), ("om", ""), ("grund", "Ikke nu")];
        assert_eq!(act(&mut desk, course, "/kvitter", &aside).await.status, 422, "a reason does not set it aside");
        let nothing = desk.browser.post(&decide, &[("begrundelse", "Drikker")]).await;
        assert_eq!(nothing.status, 422);
        for text in ["Vælg, om I underretter.", "Vælg, om I har spurgt borgeren om samtykke.", "Vælg, om borgeren er orienteret.", ">Drikker</textarea>"] {
            assert!(nothing.body.contains(text), "{text}");
        }
        let danger = desk.browser.post(&decide, &whole(&[("orienteret", "endangers"), ("fare", " ")])).await;
        assert!(danger.status == 422 && danger.body.contains("Skriv, hvordan det vil bringe barnet i fare"));
        assert_eq!(desk.browser.post(&decide, &whole(&[("begrundelse", " ")])).await.status, 422);
        assert!(record(&desk.app, citizen).await.notifications.is_empty(), "nothing is half-written");
        let no = [("beslutning", "nej"), ("begrundelse", "Er stoppet og følges af jordemoder."), ("samtykke", "given")];
        assert_eq!(leads_to(&desk.browser.post(&decide, &whole(&no)).await), decide);
        let kept = record(&desk.app, citizen).await.notifications[0].value.clone();
        assert_eq!((kept.notify, kept.consent, kept.told), (false, ConsentSought::Given, Told::Told));
        let page = desk.browser.get(&decide).await.body;
        assert!(page.contains("Der underrettes ikke") && page.contains("følges af jordemoder") && !page.contains("Se underretningen"));
        assert!(!desk.browser.get(&href(course, "")).await.body.contains("KS-8.2-08"));
        assert!(!desk.browser.get(&href(course, "/afslut")).await.body.contains("sikkerhedsopgave er åben"));
        assert!(!desk.browser.get("/").await.body.contains(&decide), "the task is done");
        assert!(desk.queries_of(&decide).await <= 6);
    }
}

on_both_engines! {
    async fn a_yes_is_a_letter_and_a_task_until_it_is_sent(database: &Database) {
        let (mut desk, course, citizen) = pregnant(database).await;
        let decide = href(course, "/underretning");
        let told = [("orienteret", "endangers"), ("fare", "Partneren er voldelig.")];
        let letter = leads_to(&desk.browser.post(&decide, &whole(&told)).await);
        let page = desk.browser.get(&letter).await.body;
        for text in ["Børne- og familieområdet", "Drikker dagligt i uge 14.", "Ja, og borgeren er ikke enig", "Partneren er voldelig.", "Den er sendt", "CPR-nummer"] {
            assert!(page.contains(text), "{text}");
        }
        let start = desk.browser.get("/").await.body;
        assert!(start.contains(&letter) && start.contains("Send underretningen"));
        assert!(desk.browser.get(&format!("/borgere/{citizen}")).await.body.contains("Se underretningen"));
        assert!(desk.queries_of(&letter).await <= 6);
        let sent = format!("{letter}/sendt");
        let next_door = testkit::municipality::add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut other = log_in(&desk.app, next_door.key, "nabo", Role::Leader).await;
        for path in [&letter, &decide, &href(course, "/stop")] {
            assert_eq!(other.get(path).await.status, 404, "{path}");
        }
        assert_eq!(other.post(&sent, &[]).await.status, 404);
        assert_eq!(other.post(&decide, &whole(&[])).await.status, 404);
        assert_eq!(leads_to(&desk.browser.post(&sent, &[]).await), letter);
        let again = desk.browser.post(&sent, &[]).await;
        assert!(again.status == 422 && again.body.contains("Underretningen er allerede sendt"));
        let page = desk.browser.get(&letter).await.body;
        assert!(page.contains("Sendt tirsdag 24. november") && !page.contains("Den er sendt"));
        assert!(!desk.browser.get("/").await.body.contains(&letter), "the task is done");
        // A changed mind is a decision beside the first.
        assert_eq!(leads_to(&desk.browser.post(&decide, &whole(&[("beslutning", "nej")])).await), decide);
        assert_eq!(record(&desk.app, citizen).await.notifications.len(), 2);
    }
}

on_both_engines! {
    async fn a_screening_that_says_pregnant_calls_for_it_at_once(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let form = format!("/borgere/{citizen}/maalinger/ny/audit");
        let id = value_of(&desk.browser.get(&form).await, "svar-id");
        let points = ["4", "4", "4", "3", "0", "0", "2", "0", "0", "0"];
        let names: Vec<String> = (1..=10).map(|item| format!("sp-{item}")).collect();
        let mut fields = vec![("svar-id", &*id), ("gem", "svar"), ("oplysninger", "1"), ("oplysning", "pregnant")];
        fields.extend(names.iter().map(String::as_str).zip(points));
        leads_to(&desk.browser.post(&form, &fields).await);
        assert!(desk.browser.get("/").await.body.contains(&href(course, "/underretning")));
        assert!(desk.browser.get(&href(course, "")).await.body.contains("KS-8.2-08"));
    }
}
