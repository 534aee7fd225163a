//! Telling the sender how a referral ended, by the forms: what is offered, what stands on the page afterwards.

use domain::permission::Role;
use testkit::database::Database;
use testkit::on_both_engines;

use crate::{Desk, leads_to, value_of, version_of};

const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";
const BOX: &str = "Giv henviser besked uden samtykke efter sundhedsloven § 41";

/// Sends a form with the version of the page; gives the answer.
async fn send(desk: &mut Desk, href: &str, action: &str, fields: &[(&str, &str)]) -> crate::browser::Answer {
    let version = version_of(&desk.browser.get(href).await);
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    desk.browser.post(&format!("{href}/{action}"), &all).await
}

/// As [`send`], and gives the page after it.
async fn step(desk: &mut Desk, href: &str, action: &str, fields: &[(&str, &str)]) -> String {
    let answer = send(desk, href, action, fields).await;
    assert_eq!(leads_to(&answer), href);
    desk.browser.get(href).await.body
}

/// How often the message to the sender stands among the events.
fn messages(page: &str) -> usize {
    page.matches("Besked til henviseren <span class=\"fb-tag").count()
}

on_both_engines! {
    async fn a_return_tells_the_sender_and_its_status_can_be_followed(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[NANCY]).await;
        let href = desk.request_of("Nancy Ann Test Berggren").await;
        let open = desk.browser.get(&href).await.body;
        assert!(open.contains("Henviseren får årsagen og bemærkningen i en MedCom-besked."));
        let fields = [("retur-aarsag", "lives_elsewhere"), ("retur-tekst", "Send den til Naboby")];
        let version = version_of(&desk.browser.get(&href).await);
        let twice = [&[("version", version.as_str())], &fields[..]].concat();
        for _ in 0..2 {
            assert_eq!(leads_to(&desk.browser.post(&format!("{href}/retur"), &twice).await), href);
        }
        let page = desk.browser.get(&href).await.body;
        assert!(page.contains("Sendt retur. Borgeren bor i en anden kommune<span lang=\"da\">. Send den til Naboby"));
        assert_eq!(messages(&page), 1);
        assert!(page.contains("I kø"));
        let line = page.split("Besked til henviseren <span").nth(1).unwrap();
        let id = line.split("href=\"/udgaaende/").nth(1).unwrap().split('"').next().unwrap();
        let message = desk.browser.get(&format!("/udgaaende/{id}")).await.body;
        for text in ["Henvisning retur, brev", "Send den til Naboby", "Svar på afsenderens egen henvisning"] {
            assert!(message.contains(text), "{text}");
        }
        let person = open.split("href=\"/borgere/").nth(1).unwrap().split('"').next().unwrap();
        let citizen = desk.browser.get(&format!("/borgere/{person}")).await.body;
        assert!(citizen.contains("Besked til henviseren"));
    }
}

#[tokio::test]
async fn a_rejection_tells_nobody_unless_the_box_is_ticked_with_a_reason() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    crate::authorise(&desk.app, "visitator").await;
    let href = desk.request_of("Nancy Ann Test Berggren").await;
    let page = desk.browser.get(&href).await.body;
    assert!(page.contains(BOX) && !page.contains("checked aria") && page.contains("Borgeren er ikke spurgt"));
    let why = ("afvis-tekst", "Bor på plejehjem");
    for (fields, id) in [
        (vec![why, ("afvis-besked", "ja")], "afvis-hvorfor"),
        (vec![why, ("afvis-hvorfor", "Lægen justerer medicinen")], "afvis-besked"),
    ] {
        let refused = send(&mut desk, &href, "afvis", &fields).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains(&format!("href=\"#{id}\"")), "{id}");
        assert!(refused.body.contains("Bor på plejehjem"));
    }
    let page = step(&mut desk, &href, "afvis", &[why]).await;
    assert!(page.contains("Henvisningen er afvist. Henviseren får ikke besked herfra."));
    assert_eq!(messages(&page), 0);
}

#[tokio::test]
async fn a_sender_who_was_not_told_can_be_told_afterwards_once() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    crate::authorise(&desk.app, "visitator").await;
    let href = desk.request_of("Nancy Ann Test Berggren").await;
    let page = step(&mut desk, &href, "afvis", &[("afvis-tekst", "Bor på plejehjem")]).await;
    assert!(page.contains("<h2 id=\"besked\">Besked til henviseren</h2>") && page.contains(BOX));
    let unticked = send(&mut desk, &href, "besked", &[]).await;
    assert!(unticked.status == 422 && unticked.body.contains("href=\"#giv-besked\""));
    let fields = [("giv-besked", "ja"), ("giv-hvorfor", "Lægen justerer medicinen")];
    let page = step(&mut desk, &href, "besked", &fields).await;
    assert!(page.contains("Beskeden er skrevet. Henviseren får besked."));
    assert!(page.contains("Henviseren fik besked i dag"));
    assert!(page.contains("Besked til henviseren skrevet"));
    assert!(page.contains("Lægen justerer medicinen") && !page.contains(BOX));
    assert_eq!(messages(&page), 1);
}

#[tokio::test]
async fn a_citizen_who_declines_is_told_of_under_section_41_with_its_reason() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    crate::authorise(&desk.app, "visitator").await;
    let href = desk.request_of("Nancy Ann Test Berggren").await;
    step(&mut desk, &href, "gennemgaa", &[]).await;
    step(&mut desk, &href, "truffet", &[]).await;
    let fields = [("nej-aarsag", "not_now"), ("nej-besked", "ja"), ("nej-hvorfor", "Lægen følger op på HbA1c")];
    let page = step(&mut desk, &href, "takker-nej", &fields).await;
    assert!(page.contains("Det er noteret, at borgeren takkede nej. Henviseren får besked."));
    assert_eq!(messages(&page), 1);
}

#[tokio::test]
async fn who_called_on_the_telephone_must_be_told_there() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[]).await;
    let form = desk.browser.get("/henvisninger/ny").await;
    let key = value_of(&form, "noegle");
    let person = [("cpr", "251248-9996"), ("fornavn", "Nancy Ann Test"), ("efternavn", "Berggren")];
    let call = [("noegle", key.as_str()), ("kilde", "citizen"), ("kanal", "phone"), ("omraade", "nutrition")];
    let fields = [&person[..], &call[..]].concat();
    let made = desk.browser.post("/henvisninger/ny", &fields).await;
    let href = leads_to(&made);
    let page = desk.browser.get(&href).await.body;
    assert!(page.contains("Henvendelsen kom ikke med MedCom. Giv selv besked, for eksempel på telefon."));
    assert!(!page.contains(BOX));
}
