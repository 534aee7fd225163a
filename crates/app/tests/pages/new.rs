//! Requests taken down by staff.

use domain::permission::Role;
use testkit::database::Database;
use testkit::on_both_engines;

use crate::{Desk, addresses, leads_to, value_of};

pub const NINA: [(&str, &str); 6] = [
    ("cpr", "251248-9996"),
    ("fornavn", "Nancy Ann Test"),
    ("efternavn", "Berggren"),
    ("kilde", "citizen"),
    ("kanal", "phone"),
    ("omraade", "nutrition"),
];

async fn key(desk: &mut Desk) -> String {
    value_of(&desk.browser.get("/henvisninger/ny").await, "noegle")
}

on_both_engines! {
    async fn a_call_becomes_a_request_and_the_same_form_twice_only_one(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[]).await;
        let key = key(&mut desk).await;
        let fields = [&NINA[..], &[("noegle", key.as_str()), ("tekst", "Vil gerne spise sundere")]].concat();
        let first = leads_to(&desk.browser.post("/henvisninger/ny", &fields).await);
        let second = leads_to(&desk.browser.post("/henvisninger/ny", &fields).await);
        assert_eq!(first, second);
        let page = desk.browser.get(&first).await.body;
        assert!(page.contains("Vil gerne spise sundere") && page.contains("Borgeren selv henvendte sig: telefon"));
        assert!(addresses(&page).iter().all(|address| !address.contains("251248")));
        assert!(desk.browser.get("/henvisninger").await.body.contains("1 henvisning<"));
    }
}

#[tokio::test]
async fn a_second_request_about_the_same_leads_to_the_open_one() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[]).await;
    key(&mut desk).await;
    let first = leads_to(&desk.browser.post("/henvisninger/ny", &NINA).await);
    let asked = desk.browser.post("/henvisninger/ny", &NINA).await;
    assert!(
        asked.status == 200 && asked.body.contains("Borgeren er kendt her") && !asked.body.contains("Nej, opret ny")
    );
    let person = asked.body.split("name=\"valg\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [&NINA[..], &[("valg", person.as_str())]].concat();
    let second = leads_to(&desk.browser.post("/henvisninger/ny", &fields).await);
    assert_eq!(first, second);
    assert!(desk.browser.get(&second).await.body.contains("allerede en åben henvisning om det samme"));
}

#[tokio::test]
async fn a_wrong_cpr_number_is_told_at_its_field_and_everything_typed_is_kept() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[]).await;
    desk.browser.get("/henvisninger/ny").await;
    let answer = desk
        .browser
        .post("/henvisninger/ny", &[("cpr", "251248-999"), ("efternavn", "Berggren"), ("kilde", "relative")])
        .await;
    assert_eq!(answer.status, 422);
    for text in [
        "Ret 3 felter",
        "Der mangler 1 ciffer. Et CPR-nummer har 10.",
        "value=\"251248-999\"",
        "value=\"Berggren\"",
        "value=\"relative\" selected",
        "Vælg mindst ét område.",
        "href=\"#kanal\"",
        "id=\"cpr-fejl\"",
    ] {
        assert!(answer.body.contains(text), "{text}");
    }
}

#[tokio::test]
async fn alcohol_counselling_may_be_anonymous_and_nothing_else() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[]).await;
    desk.browser.get("/henvisninger/ny").await;
    let fields = [("anonym", "ja"), ("kilde", "citizen"), ("kanal", "walk_in"), ("omraade", "alcohol")];
    let href = leads_to(&desk.browser.post("/henvisninger/ny", &fields).await);
    let page = desk.browser.get(&href).await.body;
    assert!(page.contains("Anonym") && !page.contains("CPR-nummer</"));
    let both = [&fields[..], &[("omraade", "nutrition")]].concat();
    let answer = desk.browser.post("/henvisninger/ny", &both).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.body.contains("Kun rådgivning om alkohol kan være anonym") && answer.body.contains("id=\"anonym-fejl\"")
    );
}

on_both_engines! {
    async fn who_may_be_known_is_asked_before_anything_is_saved(database: &Database) {
        const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";
        let mut desk = Desk::with(database, Role::Visitator, &[NANCY]).await;
        let key = key(&mut desk).await;
        // A relative with another number calls from Nancy's telephone.
        let call = [("noegle", key.as_str()), ("cpr", "020191-9990"), ("fornavn", "Kirsten"), ("efternavn", "Berggren"),
            ("telefon", "+45 70000010"), ("kilde", "municipal_department"), ("kanal", "walk_in"), ("omraade", "nutrition")];
        let asked = desk.browser.post("/henvisninger/ny", &call).await;
        assert_eq!(asked.status, 200, "{}", crate::said(&asked));
        for text in ["Er det en af disse?", "Nancy Ann Test Berggren", "Samme telefonnummer", "Der er ikke gemt noget endnu"] {
            assert!(asked.body.contains(text), "{text}");
        }
        assert!(asked.body.contains("value=\"Kirsten\""), "what was typed is kept");
        assert!(desk.browser.get("/henvisninger").await.body.contains("1 henvisning<"));
        let other = [&call[..], &[("valg", "00000000-0000-7000-8000-000000000000")]].concat();
        assert_eq!(desk.browser.post("/henvisninger/ny", &other).await.status, 404, "only who was shown can be chosen");
        let new = [&call[..], &[("valg", "ny")]].concat();
        let href = leads_to(&desk.browser.post("/henvisninger/ny", &new).await);
        assert_eq!(leads_to(&desk.browser.post("/henvisninger/ny", &new).await), href, "twice is once");
        let page = desk.browser.get(&href).await.body;
        assert!(page.contains("Kirsten Berggren") && page.contains("Anden afdeling i kommunen henvendte sig: personligt fremmøde"));
    }
}

#[tokio::test]
async fn the_person_chosen_gets_the_request() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &["01-xref15-gp-type2-diabetes-diet"]).await;
    let key = key(&mut desk).await;
    let call = [
        ("noegle", key.as_str()),
        ("cpr", "251248-9996"),
        ("efternavn", "Berggren"),
        ("kilde", "citizen"),
        ("kanal", "phone"),
        ("omraade", "nutrition"),
    ];
    let asked = desk.browser.post("/henvisninger/ny", &call).await;
    let person = asked.body.split("name=\"valg\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [&call[..], &[("valg", person.as_str())]].concat();
    let href = leads_to(&desk.browser.post("/henvisninger/ny", &fields).await);
    let page = desk.browser.get(&href).await.body;
    assert!(page.contains(&format!("/borgere/{person}")), "on the record she has");
}
