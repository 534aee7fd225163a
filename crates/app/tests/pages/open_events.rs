//! Open offers: counted without a record, corrected with what they said before, struck when wrong.

use domain::permission::Role;
use testkit::database::Database;
use testkit::on_both_engines;

use crate::browser::Answer;
use crate::{Desk, addresses, leads_to, version_of};

const LIST: &str = "/hold/aabne";
const NEW: &str = "/hold/aabne/ny";

fn count<'a>(people: &'a str, talked: &'a str, note: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("slags", "cafe"),
        ("dag", "2026-11-23"),
        ("sted", "Biblioteket"),
        ("deltagere", people),
        ("samtaler", talked),
        ("videre", ""),
        ("note", note),
    ]
}

fn first(page: &Answer) -> String {
    let found =
        addresses(&page.body).into_iter().find(|href| href.starts_with("/hold/aabne/") && !href.ends_with("/ny"));
    found.expect("a count stands in the list").to_owned()
}

on_both_engines! {
    async fn a_cafe_is_counted_corrected_and_struck(database: &Database) {
        let mut desk = Desk::with(database, Role::Coordinator, &[]).await;
        assert!(desk.browser.get(LIST).await.body.contains("Der er ikke talt noget i 2026"));
        desk.browser.get(NEW).await;
        assert_eq!(leads_to(&desk.browser.post(NEW, &count("12", "3", "Om søvn")).await), LIST);
        let list = desk.browser.get(LIST).await;
        for text in ["Sundhedscafé", "Biblioteket", "Over 10", "Om søvn", "Det er talt med"] {
            assert!(list.body.contains(text), "{text}");
        }
        let href = first(&list);
        let page = desk.browser.get(&href).await;
        let version = version_of(&page);
        let mut right = count("9", "3", "Om søvn");
        right.push(("version", &version));
        assert_eq!(leads_to(&desk.browser.post(&href, &right).await), LIST);
        let corrected = desk.browser.get(&href).await;
        assert!(corrected.body.contains("Det stod der før") && corrected.body.contains(">12<"), "what it said is kept");
        assert_eq!(desk.browser.post(&href, &right).await.status, 409, "made from an old page");
        let version = version_of(&desk.browser.get(&href).await);
        assert_eq!(leads_to(&desk.browser.post(&format!("{href}/slet"), &[("version", &*version)]).await), LIST);
        assert_eq!(desk.browser.get(&href).await.status, 404);
        assert!(desk.browser.get(LIST).await.body.contains("Der er ikke talt noget i 2026"));
        let bare = desk.statements_of("/borgere").await;
        assert!(desk.statements_of(LIST).await <= bare + 3);
    }
}

#[tokio::test]
async fn what_cannot_be_is_told_at_its_field_and_what_was_typed_stays() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Coordinator, &[]).await;
    desk.browser.get(NEW).await;
    let wrong = desk.browser.post(NEW, &count("3", "4", "Ring til 251248-9996")).await;
    assert_eq!(wrong.status, 422);
    for text in ["flere samtaler end deltagere", "Skriv ikke CPR-numre her", "value=\"Biblioteket\""] {
        assert!(wrong.body.contains(text), "{text}");
    }
    for (people, told) in
        [("", "Kom ingen, så skriv 0"), ("mange", "Kom ingen, så skriv 0"), ("2001", "højst være 2000")]
    {
        let page = desk.browser.post(NEW, &count(people, "", "")).await;
        assert!(page.status == 422 && page.body.contains(told), "{people}");
    }
    let mut later = count("3", "", "");
    later[1].1 = "2026-11-25";
    assert!(desk.browser.post(NEW, &later).await.body.contains("Tæl, når det er holdt"));
    assert!(desk.browser.get("/hold/aabne?aar=1999").await.body.contains("i 2026"));
    assert_eq!(desk.browser.get("/hold/aabne/01a2174c-3500-72c0-b367-6cc8bad1c8c0").await.status, 404);
}

on_both_engines! {
    async fn a_mobile_day_has_its_hours_its_offer_and_the_requests_that_came_of_it(database: &Database) {
        let mut desk = Desk::with(database, Role::Coordinator, &[]).await;
        desk.browser.get(NEW).await;
        let day = |from, until, requests| {
            let mut form = count("12", "3", "");
            form[0].1 = "mobile_day";
            form.extend([("fra", from), ("til", until), ("henvendelser", requests)]);
            form
        };
        for (form, told) in [
            (day("14:00", "10:00", "2"), "Sluttidspunktet skal ligge efter starttidspunktet."),
            (day("10:00", "", "2"), "Skriv, hvornår det sluttede"),
            (day("", "14:00", "2"), "Skriv, hvornår det begyndte"),
            (day("10:00", "14:30", "13"), "Der kan ikke være flere henvendelser end deltagere."),
        ] {
            let page = desk.browser.post(NEW, &form).await;
            assert!(page.status == 422 && page.body.contains(told), "{told}");
            assert!(page.body.contains(&format!("value=\"{}\"", form[9].1)), "nothing typed is lost");
        }
        let unknown = [&day("", "", "")[..], &[("tilbud", "01a2174c-3500-72c0-b367-6cc8bad1c8c0")]].concat();
        let page = desk.browser.post(NEW, &unknown).await;
        assert!(page.status == 422 && page.body.contains("Vælg et af kommunens tilbud."), "{}", page.status);
        assert_eq!(leads_to(&desk.browser.post(NEW, &day("10:00", "14:30", "2")).await), LIST);
        assert_eq!(leads_to(&desk.browser.post(NEW, &day("", "", "")).await), LIST);
        let list = desk.browser.get(LIST).await;
        for text in ["10.00–14.30", "data-title=\"Timer\">4,5<", "data-title=\"Henvendelser\">2<"] {
            assert!(list.body.contains(text), "{text}");
        }
    }
}
