//! English as the second language: chosen at the foot of a page, remembered by the browser, and never in the record.

use domain::permission::Role;
use testkit::database::Database;

use crate::{Desk, leads_to, version_of};

const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";

#[tokio::test]
async fn a_page_is_read_in_the_chosen_language_and_what_is_written_stays_as_it_is() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let danish = desk.browser.get("/henvisninger?visning=nye").await.body;
    assert!(
        danish.contains("<html lang=\"da\">")
            && danish.contains("name=\"tilbage\" value=\"/henvisninger?visning=nye\"")
    );
    let choice = desk.browser.post("/sprog", &[("sprog", "en"), ("tilbage", "/henvisninger?visning=nye")]).await;
    assert_eq!(leads_to(&choice), "/henvisninger?visning=nye", "back to where it was pressed");

    let list = desk.browser.get("/henvisninger?visning=nye").await.body;
    for text in [
        "<html lang=\"en\">",
        "<title>Referrals – Forebyg</title>",
        "1 referral",
        "In 7 days",
        "Nancy Ann Test Berggren",
    ] {
        assert!(list.contains(text), "{text}");
    }
    let href = desk.request_of("Nancy Ann Test Berggren").await;
    let page = desk.browser.get(&href).await.body;
    assert!(
        page.contains("The referral is for us") && page.contains("ønske om fokus på kost"),
        "the letter is the sender's"
    );

    // What is written while the page is read in English is Danish in the record.
    let version = version_of(&desk.browser.get(&href).await);
    let fields = [("version", version.as_str()), ("retur-aarsag", "lives_elsewhere"), ("retur-tekst", "Bor i Naboby")];
    desk.browser.post(&format!("{href}/retur"), &fields).await;
    let page = desk.browser.get(&href).await.body;
    assert!(page.contains("Returned. The citizen lives in another municipality"));
    let events = page.rsplit("Message to the referrer <span").next().unwrap();
    let letter = events.split("href=\"/udgaaende/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let letter = desk.browser.get(&format!("/udgaaende/{letter}")).await.body;
    assert!(letter.contains("Vi sender henvisningen retur") && letter.contains("Message"));

    let refused = desk.browser.post("/henvisninger/ny", &[("cpr", "251248-999")]).await;
    assert!(refused.body.contains("1 digit is missing. A CPR number has 10."), "refusals too");
    desk.browser.post("/sprog", &[("sprog", "da"), ("tilbage", "/")]).await;
    assert!(desk.browser.get("/henvisninger").await.body.contains("<html lang=\"da\">"));
}

#[tokio::test]
async fn a_choice_leads_to_no_other_site_and_comes_from_our_own_page() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[]).await;
    desk.browser.get("/").await;
    for elsewhere in ["//andet.example", "https://andet.example", "/\\andet.example", ""] {
        let choice = desk.browser.post("/sprog", &[("sprog", "en"), ("tilbage", elsewhere)]).await;
        assert_eq!(leads_to(&choice), "/", "{elsewhere}");
    }
    desk.browser.token = String::new();
    assert_eq!(desk.browser.post("/sprog", &[("sprog", "en")]).await.status, 403);
    let answer = desk.browser.get("/henvisninger/01/findes-ikke").await;
    assert!(answer.status == 404 && answer.body.contains("<html lang=\"en\">"), "errors are pages as well");
}
