//! The words of letters: written by one, approved by another, and then what citizens get.

use domain::permission::Role;
use testkit::database::Database;
use testkit::on_both_engines;

use crate::browser::Answer;
use crate::{Desk, leads_to, log_in};

const LIST: &str = "/administration/tekster";
const INVITATION: &str = "/administration/tekster/invitation";
const LETTER: &str = "# Vi glæder os til at se dig\nHej {{ navn }}\n\n> Dag: {{ dag }}\n> Du taler med: {{ med }}\n\n## Hjælp\n{{ hjælp }}\n\n## Spørgsmål\n{{ ring }}.";
const SMS: &str = "Du har en tid {{ dag }} {{ tid }}. {{ ring }}. {{ afsender }}";

fn form<'a>(letter: &'a str, sms: &'a str, act: &'a str) -> [(&'static str, &'a str); 3] {
    [("brev", letter), ("sms", sms), ("handling", act)]
}

/// The address of the proposal on a page.
fn proposal(page: &Answer) -> String {
    let rest = page.body.split_once("/forslag/").expect("a proposal waits").1;
    format!("{INVITATION}/forslag/{}", rest.split('"').next().unwrap())
}

on_both_engines! {
    async fn a_text_holds_when_somebody_else_has_approved_it(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let mut other = log_in(&desk.app, 1, "anden", Role::Administrator).await;
        assert!(desk.browser.get(LIST).await.body.contains("Standardteksten"));
        let bare = desk.statements_of("/borgere").await;
        assert!(desk.statements_of(LIST).await <= bare + 2 && desk.statements_of(INVITATION).await <= bare + 2);

        desk.browser.get(INVITATION).await;
        assert_eq!(leads_to(&desk.browser.post(INVITATION, &form(LETTER, SMS, "foreslaa")).await), INVITATION);
        let own = desk.browser.get(INVITATION).await;
        assert!(own.body.contains("Du har selv foreslået teksten") && !own.body.contains("value=\"godkend\""));
        let href = proposal(&own);
        let refused = desk.browser.post(&href, &[("handling", "godkend")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("godkendes af en anden"));
        assert!(desk.browser.get(INVITATION).await.body.contains("Standardteksten gælder"), "it only waits");

        let seen = other.get(INVITATION).await;
        assert!(seen.body.contains("Vi glæder os til at se dig") && seen.body.contains("Nancy Ann Berggren"));
        assert_eq!(leads_to(&other.post(&href, &[("handling", "godkend")]).await), INVITATION);
        let now = desk.browser.get(INVITATION).await;
        assert!(now.body.contains("Jeres egen tekst gælder") && now.body.contains("Gælder nu"));
        assert!(desk.browser.get(LIST).await.body.contains("Jeres egen, fra"));

        let again = other.post(&href, &[("handling", "afvis")]).await;
        assert_eq!(again.status, 422, "it is settled");
        desk.browser.get(INVITATION).await;
        let same = desk.browser.post(INVITATION, &form(LETTER, SMS, "foreslaa")).await;
        assert!(same.status == 422 && same.body.contains("allerede gælder"));
    }
}

on_both_engines! {
    async fn the_citizen_gets_the_words_that_hold(database: &Database) {
        let (mut desk, time) = crate::calendar::booked(database).await;
        let before = desk.browser.get(&format!("{time}/invitation")).await.body;
        assert!(before.contains("Du har fået en tid til en samtale") && before.contains("Kan du ikke komme?"));

        let mut leader = log_in(&desk.app, 1, "leder", Role::Leader).await;
        let mut other = log_in(&desk.app, 1, "anden", Role::Administrator).await;
        leader.get(INVITATION).await;
        leader.post(INVITATION, &form(LETTER, SMS, "foreslaa")).await;
        let href = proposal(&other.get(INVITATION).await);
        other.post(&href, &[("handling", "godkend")]).await;

        let after = desk.browser.get(&format!("{time}/invitation")).await.body;
        assert!(after.contains("Vi glæder os til at se dig") && !after.contains("Kan du ikke komme?"));
        let letter = after.split_once("<article").unwrap().1.split_once("</article>").unwrap().0;
        assert!(!letter.contains("Hjælp"), "a heading with nothing below it is left out");
    }
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_and_what_was_typed_stays() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Leader, &[]).await;
    desk.browser.get(INVITATION).await;
    let page = desk.browser.post(INVITATION, &form("Hej\n{{ cpr }}", "Kom til rygestop, {{ navn }}", "foreslaa")).await;
    assert_eq!(page.status, 422);
    for text in
        ["Ret 2 felter", "Linje 2: cpr er ikke et felt", "navn må ikke stå i en sms", "Kom til rygestop, {{ navn }}"]
    {
        assert!(page.body.contains(text), "{text}");
    }
    let told = desk.browser.post(INVITATION, &form(LETTER, "Kom til rygestop. {{ ring }}", "foreslaa")).await;
    assert!(told.body.contains("En sms må ikke nævne helbred: rygestop."));
    let harm = desk.browser.post(INVITATION, &form("{% for x in navn %}{{ x }}{% endfor %}", SMS, "vis")).await;
    assert!(harm.status == 200 && harm.body.contains("Linje 1: mellem krøllede parenteser"));
    let script = desk.browser.post(INVITATION, &form("<script>alert(1)</script> {{ navn }}", SMS, "vis")).await;
    assert!(!script.body.contains("<script>alert") && script.body.contains("alert(1)"));
    let heavy = "Kommunalbestyrelsens sundhedsfaglige forebyggelsesindsatser tilrettelægges individuelt.";
    let shown = desk.browser.post(INVITATION, &form(heavy, SMS, "vis")).await;
    assert!(shown.body.contains("meget svær at læse") && shown.body.contains("Målet er højst 30"));
    let ours = desk.browser.post(INVITATION, &form("", "", "standard")).await;
    assert!(ours.body.contains("# Du har fået en tid til en samtale"));
    assert_eq!(desk.browser.get("/administration/tekster/findes-ikke").await.status, 404);
    assert!(!desk.browser.get(INVITATION).await.body.contains("Forslag, der venter"), "nothing was kept");
}

#[tokio::test]
async fn a_new_proposal_takes_the_place_of_one_that_waits_and_all_are_kept() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Leader, &[]).await;
    let mut other = log_in(&desk.app, 1, "anden", Role::Administrator).await;
    desk.browser.get(INVITATION).await;
    desk.browser.post(INVITATION, &form(LETTER, SMS, "foreslaa")).await;
    let first = proposal(&desk.browser.get(INVITATION).await);
    desk.clock.set("2026-11-24T09:00:00Z");
    desk.browser.post(INVITATION, &form(&format!("{LETTER}\n\nHilsen"), SMS, "foreslaa")).await;
    let second = proposal(&desk.browser.get(INVITATION).await);
    assert_ne!(first, second);
    other.get(INVITATION).await;
    assert_eq!(other.post(&first, &[("handling", "godkend")]).await.status, 422, "the one that was seen is gone");
    assert_eq!(leads_to(&other.post(&second, &[("handling", "afvis"), ("hvorfor", "For kort")]).await), INVITATION);
    let page = desk.browser.get(INVITATION).await.body;
    for text in ["Afløst", "Afvist", "For kort", "Standardteksten gælder"] {
        assert!(page.contains(text), "{text}");
    }
}

#[tokio::test]
async fn who_takes_in_and_holds_talks_does_not_change_the_words() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[]).await;
    assert_eq!(desk.browser.get(LIST).await.status, 403);
    assert_eq!(desk.browser.get(INVITATION).await.status, 403);
}
