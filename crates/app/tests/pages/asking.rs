//! Asking the sender of a referral, and the answer that comes back to it.

use app::mailbox as post;
use domain::permission::Role;
use testkit::database::Database;
use testkit::municipality::fixture;
use testkit::on_both_engines;
use uuid::Uuid;

use crate::{Desk, leads_to, version_of};

const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";
const COURSE: &str = "1f6c0d6a9b7e4c3f8a52d0e1b3c47f90";
const QUESTION: &str = "Hvilket telefonnummer kan vi træffe hende på?";

/// Correspondence from the doctor about Nancy, made from the one that goes to the doctor.
pub fn answer(number: u8, course: &str, subject: &str, text: &str) -> Vec<u8> {
    let letter: String = fixture("15-xdis91-correspondence-to-gp").into_iter().map(char::from).collect();
    let (before, after) = letter.split_once("<Text01>").unwrap();
    let letter = format!("{before}<Text01>{text}{}", &after[after.find("</Text01>").unwrap()..])
        .replace("5790009999003", "ours")
        .replace("5790009999010", "5790009999003")
        .replace("ours", "5790009999010")
        .replace("000050</Identifier>", &format!("0001{number:02}</Identifier>"))
        .replace("Vedr. henvisning til forebyggelsestilbud", subject)
        .replace("<OrganisationName>Testby Kommune", "<OrganisationName>Lægehuset Prøvegade")
        .replace(
            &format!("<EpisodeOfCareIdentifier>{COURSE}</EpisodeOfCareIdentifier>"),
            &if course.is_empty() {
                String::new()
            } else {
                format!("<EpisodeOfCareIdentifier>{course}</EpisodeOfCareIdentifier>")
            },
        );
    letter.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

async fn ask(desk: &mut Desk, href: &str, text: &str) -> String {
    let version = version_of(&desk.browser.get(href).await);
    for _ in 0..2 {
        let sent = desk.browser.post(&format!("{href}/spoerg"), &[("version", &version), ("spoerg-tekst", text)]).await;
        assert_eq!(leads_to(&sent), href, "the second click is answered as done");
    }
    desk.browser.get(href).await.body
}

async fn take(desk: &Desk, number: u8, file: Vec<u8>) -> post::Received {
    post::receive(&desk.app, Uuid::from_u128(9_000 + u128::from(number)), file).await.unwrap()
}

fn letters(page: &str) -> usize {
    page.split("<ol class=\"fb-said\">")
        .nth(1)
        .map_or(0, |rest| rest.split("</ol>").next().unwrap().matches("<li").count())
}

on_both_engines! {
    async fn a_question_goes_to_the_sender_once_and_its_answer_comes_back_to_the_referral(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[NANCY]).await;
        let href = desk.request_of("Nancy Ann Test Berggren").await;
        let page = ask(&mut desk, &href, QUESTION).await;
        for text in ["Afventer svar fra afsender siden 24. nov.", "Afventer svar fra afsender. Spurgt i dag", QUESTION] {
            assert!(page.contains(text), "{text}");
        }
        assert_eq!(letters(&page), 1, "two clicks, one message");
        let list = desk.browser.get("/henvisninger").await.body;
        assert!(list.contains("afventer svar fra afsender, spurgt 24. nov."));
        let citizen = page.split("href=\"/borgere/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let record = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert!(record.contains("Rykker for svar") && record.contains("Fristen er 27. nov."));

        let came = take(&desk, 1, answer(1, COURSE, "SV: Spørgsmål", "Ring på 70 00 00 77 &lt;b&gt;")).await;
        assert_eq!(came.referrals.len(), 1, "{came:?}");
        let page = desk.browser.get(&href).await.body;
        for text in ["Afsenderen har svaret 24. nov.", "Ring på 70 00 00 77", "Svar fra afsender", "Lægehuset Prøvegade"] {
            assert!(page.contains(text), "{text}");
        }
        assert!(!page.contains("Afventer svar") && !page.contains("77 <b>"), "waits no more, and nothing is markup");
        assert_eq!(letters(&page), 2);
        assert!(desk.browser.get("/henvisninger").await.body.contains("svar fra afsender"));
        let record = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert!(record.contains("Læs svar fra afsender") && !record.contains("Rykker for svar"));

        let version = version_of(&desk.browser.get(&href).await);
        let read = desk.browser.post(&format!("{href}/svar-laest"), &[("version", &version)]).await;
        assert_eq!(leads_to(&read), href);
        let page = desk.browser.get(&href).await.body;
        assert!(page.contains("Svaret er læst") && !page.contains("Afsenderen har svaret"));
        assert_eq!(letters(&page), 2, "what was said stays");
        let record = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert!(!record.contains("Læs svar fra afsender"));
    }
}

#[tokio::test]
async fn an_answer_finds_its_referral_by_course_by_number_or_by_who_owes_it() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let href = desk.request_of("Nancy Ann Test Berggren").await;
    let stray = take(&desk, 1, answer(1, "", "Noget andet", "Uden forbindelse")).await;
    assert!(stray.referrals.is_empty(), "nothing ties it to the referral, and nothing was asked");
    let named = take(&desk, 2, answer(2, "", "SV: brev BRV20250310001", "Efter nummer")).await;
    let by_course = take(&desk, 3, answer(3, COURSE, "Trækkes tilbage", "Efter forløb")).await;
    ask(&mut desk, &href, QUESTION).await;
    let owed = take(&desk, 4, answer(4, "", "Svar", "Efter spørgsmål")).await;
    let again = take(&desk, 5, answer(4, "", "Svar", "Efter spørgsmål")).await;
    assert_eq!((named.referrals.len(), by_course.referrals.len(), owed.referrals.len()), (1, 1, 1));
    assert_eq!(again.outcome, "duplicate");
    let page = desk.browser.get(&href).await.body;
    assert_eq!(letters(&page), 4);
    for text in ["Efter nummer", "Efter forløb", "Efter spørgsmål"] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("Uden forbindelse"));
}

#[tokio::test]
async fn the_question_stands_ready_for_what_is_missing_and_more_can_be_put_in_without_sending() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let href = desk.request_of("Nancy Ann Test Berggren").await;
    let page = desk.browser.get(&href).await;
    assert!(!page.body.contains("Hvilken diagnose"), "the letter has its diagnosis");
    let fields = [("version", &*version_of(&page)), ("spoerg-tekst", "Kære Anna"), ("tilfoej", "behov")];
    let more = desk.browser.post(&format!("{href}/spoerg"), &fields).await;
    assert_eq!(more.status, 200);
    assert!(more.body.contains("Kære Anna\nHar borgeren særlige behov"));
    assert!(more.body.contains("<details open>") && !more.body.contains("value=\"behov\""));
    let empty = [("version", &*version_of(&page)), ("spoerg-tekst", " ")];
    let refused = desk.browser.post(&format!("{href}/spoerg"), &empty).await;
    assert!(refused.status == 422 && refused.body.contains("href=\"#spoerg-tekst\""));
    let long = "x".repeat(4_000);
    let fields = [("version", &*version_of(&page)), ("spoerg-tekst", long.as_str())];
    let refused = desk.browser.post(&format!("{href}/spoerg"), &fields).await;
    assert!(refused.status == 422 && refused.body.contains("tegn for lang"));
    assert_eq!(letters(&desk.browser.get(&href).await.body), 0, "nothing was sent");
}

#[tokio::test]
async fn what_ends_waits_no_more_and_who_came_by_telephone_cannot_be_written_to() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let href = desk.request_of("Nancy Ann Test Berggren").await;
    ask(&mut desk, &href, QUESTION).await;
    let version = version_of(&desk.browser.get(&href).await);
    let fields = [("version", version.as_str()), ("retur-aarsag", "lives_elsewhere"), ("retur-tekst", "")];
    assert_eq!(leads_to(&desk.browser.post(&format!("{href}/retur"), &fields).await), href);
    let page = desk.browser.get(&href).await.body;
    assert!(!page.contains("Afventer svar") && !page.contains("Spørg afsender"));
    assert_eq!(letters(&page), 2, "the question and the return");
}
