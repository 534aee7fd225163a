//! The citizen's page, search, and correcting contact data.

use domain::permission::Role;
use testkit::database::Database;
use testkit::municipality::add;
use testkit::on_both_engines;

use crate::{Desk, addresses, leads_to, log_in, version_of};

const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";

impl Desk {
    /// The address of a citizen's page, found by the search.
    async fn citizen(&mut self, text: &str) -> String {
        self.browser.get("/borgere").await;
        let found = self.browser.post("/borgere/soeg", &[("tekst", text)]).await.body;
        let rest = found.split_once("href=\"/borgere/").unwrap().1;
        format!("/borgere/{}", rest.split('"').next().unwrap())
    }
}

on_both_engines! {
    async fn the_page_shows_tasks_messages_versions_and_readers_in_at_most_six_queries(database: &Database) {
        let mut desk = Desk::with(database, Role::Professional, &[NANCY]).await;
        let href = desk.citizen("berggren").await;
        desk.browser.get(&href).await;
        let page = desk.browser.get(&href).await.body;
        for text in [
            "Nancy Ann Test Berggren",
            "251248-9996",
            "Henvist, endnu uden forløb",
            "Læs henvisningen",
            "Type 2-diabetes",
            "Kvittering til afsenderen",
            "Stamoplysninger oprettet",
            "Fagperson i test",
            "Journalen",
            "Søgning",
            "Ret kontaktoplysninger",
        ] {
            assert!(page.contains(text), "{text}");
        }
        assert!(desk.queries_of(&href).await <= 6);
    }
}

#[tokio::test]
async fn a_search_travels_in_the_body_and_leaves_no_number_in_an_address() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let start = desk.browser.get("/borgere").await.body;
    assert!(
        start.contains("method=\"post\" action=\"/borgere/soeg\"") && start.contains("Hvert opslag bliver noteret")
    );
    let found = desk.browser.post("/borgere/soeg", &[("tekst", "251248-9996")]).await.body;
    assert!(found.contains("1 borger") && found.contains("77 år"));
    assert!(addresses(&found).iter().all(|address| !address.contains("251248")));
    let nobody = desk.browser.post("/borgere/soeg", &[("tekst", "Ukendtsen")]).await.body;
    assert!(nobody.contains("Ingen borgere passer til ”Ukendtsen”") && nobody.contains("Ny henvendelse"));
}

#[tokio::test]
async fn another_municipality_does_not_find_our_citizens() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let href = desk.citizen("berggren").await;
    add(&desk.app, "998", "Naboby Kommune", "5790009999904").await;
    let mut neighbour = log_in(&desk.app, 2, "nabo", Role::Visitator).await;
    assert_eq!(neighbour.get(&href).await.status, 404);
    assert_eq!(neighbour.get(&format!("{href}/ret")).await.status, 404);
    assert_eq!(neighbour.post(&format!("{href}/ret"), &[("version", "1"), ("telefon", "70000012")]).await.status, 404);
    assert!(neighbour.post("/borgere/soeg", &[("tekst", "2512489996")]).await.body.contains("Ingen borgere"));
}

on_both_engines! {
    async fn a_protected_address_is_on_no_page(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[NANCY, "07-xref15-corrected-letter-addon-code"]).await;
        let href = desk.citizen("berggren").await;
        assert!(desk.browser.get(&href).await.body.contains("Hindbærvej"));
        let form = desk.browser.get(&format!("{href}/ret")).await;
        let fields = [("version", version_of(&form)), ("telefon", "70000010".into()), ("gade", "Hindbærvej 23".into()), ("beskyttet", "ja".into())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(id, text)| (*id, text.as_str())).collect();
        leads_to(&desk.browser.post(&format!("{href}/ret"), &fields).await);
        let record = desk.browser.get(&href).await.body;
        let referral = desk.request_of("Nancy Ann Test Berggren").await;
        let pages = addresses(&record).into_iter().filter(|a| a.starts_with("/beskeder/") || a.starts_with("/udgaaende/"));
        let mut all: Vec<String> = pages.map(str::to_owned).collect();
        assert!(all.len() >= 4, "letters and receipts are links");
        all.extend([href.clone(), format!("{href}/ret"), referral, "/henvisninger".into(), "/".into()]);
        for path in all {
            let page = desk.browser.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(!page.body.contains("Hindbærvej"), "{path}");
        }
        assert!(record.contains("Beskyttet adresse"));
    }
}

on_both_engines! {
    async fn two_who_correct_different_fields_both_get_their_way(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[NANCY]).await;
        let href = desk.citizen("berggren").await;
        let version = version_of(&desk.browser.get(&format!("{href}/ret")).await);
        let mut colleague = log_in(&desk.app, 1, "leder", Role::Leader).await;
        colleague.get(&href).await;
        let contact = [("version", version.as_str()), ("gade", "Hindbærvej 23"), ("postnr", "9998"), ("by", "Testby")];
        let theirs = [&contact[..], &[("telefon", "70000010"), ("bedst", "Om morgenen")]].concat();
        leads_to(&colleague.post(&format!("{href}/ret"), &theirs).await);
        let mine = [&contact[..], &[("telefon", "70000012"), ("hoerelse", "ja")]].concat();
        leads_to(&desk.browser.post(&format!("{href}/ret"), &mine).await);
        let page = desk.browser.get(&href).await.body;
        for text in ["70 00 00 12", "Om morgenen", "Nedsat hørelse", "er bevaret"] {
            assert!(page.contains(text), "{text}");
        }
    }
}

#[tokio::test]
async fn the_same_field_corrected_twice_shows_both_texts() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let href = desk.citizen("berggren").await;
    let version = version_of(&desk.browser.get(&format!("{href}/ret")).await);
    let mut colleague = log_in(&desk.app, 1, "leder", Role::Leader).await;
    colleague.get(&href).await;
    for (browser, text, status) in [(&mut colleague, "Om morgenen", 303), (&mut desk.browser, "Om aftenen", 409)] {
        let fields = [("version", version.as_str()), ("telefon", "70000010"), ("bedst", text)];
        let answer = browser.post(&format!("{href}/ret"), &fields).await;
        assert_eq!(answer.status, status, "{text}");
        if status == 409 {
            assert!(answer.body.contains("Om morgenen") && answer.body.contains("Om aftenen"));
            assert!(answer.body.contains("<bdi>Leder LE</bdi> gemte i dag 9.16"));
            assert_ne!(version_of(&answer), version);
        }
    }
}

#[tokio::test]
async fn a_wrong_telephone_number_is_told_at_its_field() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let href = desk.citizen("berggren").await;
    let version = version_of(&desk.browser.get(&format!("{href}/ret")).await);
    let fields = [("version", version.as_str()), ("telefon", "7000001"), ("bedst", "Om aftenen")];
    let answer = desk.browser.post(&format!("{href}/ret"), &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Der mangler 1 ciffer") && answer.body.contains("Om aftenen"));
}
