//! The operator's list, single messages and their originals.

use domain::permission::Role;
use testkit::database::Database;
use testkit::municipality::fixture;
use testkit::on_both_engines;

use crate::{Desk, addresses, log_in};

const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";
const MAIL: [&str; 6] = [
    NANCY,
    "13-vansenvelope-carrying-03",
    "bad/bad03-missing-cpr",
    "bad/bad07-billion-laughs",
    "bad/bad09-declared-utf8-but-latin1-bytes",
    "16-xbin02-attachment-for-02",
];

on_both_engines! {
    async fn everything_that_came_is_listed_and_what_needs_somebody_comes_first(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &MAIL).await;
        let page = desk.browser.get("/postkasse").await.body;
        let (trouble, others) = page.split_once("id=\"modtaget\"").unwrap();
        for text in ["Skal ses på", "3 kunne ikke tages ind", "I karantæne", "DOCTYPE", "Afvist"] {
            assert!(trouble.contains(text), "{text}");
        }
        for text in ["Taget ind", "Venter på sit brev", "Lægehuset Prøvegade"] {
            assert!(others.contains(text), "{text}");
        }
        assert!(!page.contains("Berggren"), "nobody is named");
        let links: Vec<String> = addresses(&page).into_iter().filter(|a| a.starts_with("/beskeder/")).map(str::to_owned).collect();
        assert_eq!(links.len(), MAIL.len());
        for link in links {
            assert_eq!(desk.browser.get(&link).await.status, 200, "{link}");
            assert_eq!(desk.browser.get(&format!("{link}/original")).await.status, 200, "{link}");
        }
    }
}

on_both_engines! {
    async fn a_file_waits_until_its_letter_has_come_and_no_longer(database: &Database) {
        let mail = ["16-xbin02-attachment-for-02", "02-xref15-hospital-copd"];
        let mut desk = Desk::with(database, Role::Visitator, &mail).await;
        let page = desk.browser.get("/postkasse").await.body;
        assert!(!page.contains("Venter på sit brev"));
        assert_eq!(page.matches("Taget ind").count(), 2);
    }
}

#[tokio::test]
async fn an_administrator_sees_the_list_and_opens_no_letter() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &MAIL).await;
    let list = desk.browser.get("/postkasse").await.body;
    let letter = addresses(&list).into_iter().find(|a| a.starts_with("/beskeder/")).unwrap().to_owned();
    let mut administrator = log_in(&desk.app, 1, "drift", Role::Administrator).await;
    let page = administrator.get("/postkasse").await;
    assert!(page.status == 200 && !page.body.contains("/beskeder/"));
    assert_eq!(administrator.get(&letter).await.status, 403);
}

#[tokio::test]
async fn a_letter_can_be_read_and_its_original_fetched_byte_for_byte() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let referral = desk.request_of("Nancy Ann Test Berggren").await;
    let page = desk.browser.get(&referral).await.body;
    let letter = addresses(&page).into_iter().find(|a| a.starts_with("/beskeder/")).unwrap().to_owned();
    let read = desk.browser.get(&letter).await.body;
    assert!(read.contains("Henvisning fra <bdi>Lægehuset Prøvegade") && read.contains("<b>Henvises til:</b>"));
    assert!(read.contains("&#60;EANIdentifier&#62;5790009999010"), "the original is text");
    let original = desk.browser.get(&format!("{letter}/original")).await;
    assert_eq!(original.body.as_bytes(), fixture(NANCY));
    assert_eq!(original.header("x-content-type-options"), "nosniff");
    assert!(original.header("content-disposition").starts_with("attachment"));
    let receipt = addresses(&page).into_iter().find(|a| a.starts_with("/udgaaende/")).unwrap().to_owned();
    let read = desk.browser.get(&receipt).await.body;
    assert!(read.contains("Kvittering til afsenderen") && read.contains("Beskeden er modtaget og kan læses"));
    assert!(desk.browser.get(&format!("{receipt}/original")).await.body.contains("XCTL03"));
}

#[tokio::test]
async fn what_does_not_exist_is_told_in_danish() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[]).await;
    let id = "00000000-0000-7000-8000-000000000000";
    for path in ["beskeder", "udgaaende", "bilag", "henvisninger", "borgere"] {
        let page = desk.browser.get(&format!("/{path}/{id}")).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.body.contains("Det findes ikke"), "{path}");
        assert!(desk.browser.get(&format!("/{path}/abc")).await.status.is_client_error(), "{path}");
    }
    assert!(desk.browser.get("/postkasse").await.body.contains("Der er ingen meddelelser endnu"));
}
