//! The worklist.

use app::referrals::{self, NewRequest};
use domain::codes::RequestedArea;
use domain::permission::Role;
use domain::service_request::{Channel, Source};
use testkit::database::Database;
use testkit::municipality::{add, staff};
use testkit::on_both_engines;

use crate::{Desk, addresses, log_in};

/// The names in the list of a page.
fn names(page: &str) -> Vec<&str> {
    page.split("<th scope=\"row\">")
        .skip(1)
        .map(|row| row.split("<bdi>").nth(1).unwrap().split('<').next().unwrap())
        .collect()
}

const REFERRALS: [&str; 5] = [
    "01-xref15-gp-type2-diabetes-diet",
    "02-xref15-hospital-copd",
    "03-xref15-gp-nicotine-cessation",
    "04-xref15-gp-alcohol-talk",
    "05-xref15-free-text-diagnosis-only",
];

on_both_engines! {
    async fn the_worklist_shows_every_open_referral_with_its_deadline_in_at_most_three_queries(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &REFERRALS).await;
        let page = desk.browser.get("/henvisninger").await.body;
        for text in ["Nancy Ann Test Berggren", "Bruno Test Elmer", "77 år", "Type 2-diabetes", "Lægehuset Prøvegade", "Om 7 dage", "Læs henvisningen"] {
            assert!(page.contains(text), "{text}");
        }
        assert!(page.contains("5 henvisninger") && page.contains("Viser 1–5 af 5"));
        assert!(desk.queries_of("/henvisninger").await <= 3);
        assert!(addresses(&page).iter().all(|address| !address.contains("251248")));
        assert!(!page.contains("251248"), "the list shows the age, not the number");
    }
}

#[tokio::test]
async fn each_view_is_an_address_and_an_empty_one_offers_the_nearest_with_a_hit() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &REFERRALS[..1]).await;
    for (view, text) in [
        ("aabne", "1 henvisning"),
        ("nye", "1 henvisning"),
        ("aabne&ansvar=mig", "Du har ingen henvisninger"),
        ("aabne&ansvar=ingen", "1 henvisning"),
        ("nye&ansvar=mig", "Ingen henvisninger er både der og hos den, du har valgt"),
        ("afventer-svar", "Ingen afsendere er spurgt om noget"),
        ("over-fristen", "Ingen henvisninger er over fristen"),
        ("lukkede", "Ingen lukkede henvisninger"),
    ] {
        let page = desk.browser.get(&format!("/henvisninger?visning={view}")).await;
        assert_eq!((page.status.as_u16(), page.body.contains(text)), (200, true), "{view}");
        assert_eq!(page.body.contains("Vis alle åbne"), !text.starts_with('1'), "{view}");
    }
    desk.clock.set("2026-12-04T08:00:00Z");
    let mut browser = log_in(&desk.app, 1, "to", Role::Visitator).await;
    let late = browser.get("/henvisninger?visning=over-fristen").await.body;
    assert!(late.contains("3 dage over") && late.contains("1. december 2026"));
}

#[tokio::test]
async fn a_long_list_is_read_page_by_page() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[]).await;
    for _ in 0..53 {
        let new = NewRequest {
            cpr: None,
            given: None,
            surname: None,
            phone: None,
            source: Source::Citizen,
            channel: Channel::Phone,
            areas: [RequestedArea::Alcohol].into(),
            chronic_disease: None,
            operation_on: None,
            text: None,
            anonymous: true,
        };
        referrals::register(&desk.app, &staff(1, Role::Visitator), new).await.unwrap();
    }
    let first = desk.browser.get("/henvisninger").await.body;
    assert!(first.contains("Viser 1–50 af 53"));
    let next = addresses(&first).into_iter().find(|a| a.contains("efter=")).unwrap().replace("&#38;", "&");
    let second = desk.browser.get(&next).await.body;
    assert!(second.contains("Viser 51–53 af 53") && second.contains("Til de første"), "{next}");
    assert_eq!(second.matches("scope=\"row\"").count(), 3);
}

#[tokio::test]
async fn another_municipality_sees_nothing_of_ours() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &REFERRALS).await;
    add(&desk.app, "998", "Naboby Kommune", "5790009999904").await;
    let ours = desk.request_of("Nancy Ann Test Berggren").await;
    let mut neighbour = log_in(&desk.app, 2, "nabo", Role::Visitator).await;
    let list = neighbour.get("/henvisninger").await.body;
    assert!(!list.contains("Berggren") && list.contains("0 henvisninger"));
    assert_eq!(neighbour.get(&ours).await.status, 404);
    assert_eq!(neighbour.post(&format!("{ours}/gennemgaa"), &[("version", "1")]).await.status, 404);
}

#[tokio::test]
async fn somebody_who_may_not_read_referrals_is_told_so() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Administrator, &REFERRALS[..1]).await;
    assert_eq!(desk.browser.get("/henvisninger").await.status, 403);
}

on_both_engines! {
    async fn a_request_is_found_by_name_number_or_word_and_the_search_stands_in_no_address(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &REFERRALS).await;
        desk.browser.get("/henvisninger").await;
        for (text, found) in [
            ("berg", vec!["Nancy Ann Test Berggren", "Ruddi Test Berggren"]),
            ("RUDDI", vec!["Ruddi Test Berggren"]),
            ("nancy  berg", vec!["Nancy Ann Test Berggren"]),
            ("251248-99", vec!["Nancy Ann Test Berggren"]),
            ("bruno", vec!["Bruno Test Elmer"]),
            ("alkohol", vec!["Niels Test Vendelboe"]),
            ("prøvegade", vec!["Nancy Ann Test Berggren", "Niels Test Vendelboe"]), ("%_", vec![]),
            ("zzz", vec![]),
            ("b", vec![]),
        ] {
            let page = desk.browser.post("/henvisninger/soeg", &[("tekst", text)]).await;
            assert_eq!(page.status, 200, "{text}");
            let mut names = names(&page.body);
            names.sort_unstable();
            assert_eq!(names, found, "{text}");
            assert!(addresses(&page.body).iter().all(|a| !a.contains("berg") && !a.contains("2512")), "{text}");
            assert_eq!(page.body.contains("role=\"status\">0 henvisninger passer"), found.is_empty(), "{text}");
        }
        let all = desk.browser.post("/henvisninger/soeg", &[("tekst", " ")]).await;
        assert_eq!(names(&all.body).len(), 5, "nothing asked for is the list");
        let people = desk.browser.post("/borgere/soeg", &[("tekst", "bruno elm")]).await;
        assert_eq!(names(&people.body), ["Bruno Test Elmer"]);
    }
}

on_both_engines! {
    async fn a_view_is_where_they_stand_and_whose_they_are_and_the_last_one_is_remembered(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &REFERRALS[..3]).await;
        let mut colleague = log_in(&desk.app, 1, "to", Role::Visitator).await;
        for (name, browser) in [("Nancy Ann Test Berggren", 0), ("Bruno Test Elmer", 1)] {
            let href = desk.request_of(name).await;
            let version = crate::version_of(&desk.browser.get(&href).await);
            let browser = if browser == 0 { &mut desk.browser } else { &mut colleague };
            browser.get(&href).await;
            browser.post(&format!("{href}/tag"), &[("version", &version)]).await;
        }
        let all = desk.browser.get("/henvisninger").await.body;
        assert_eq!(chosen(&all), ["Alle åbne", "Alle"]);
        let hrefs: Vec<String> = addresses(&all).into_iter().map(|a| a.replace("&#38;", "&")).collect();
        let others = hrefs.iter().find(|a| a.contains("ansvar=") && !a.contains("ansvar=mig") && !a.contains("ansvar=ingen"));
        let others = others.unwrap().clone();
        for (address, who) in [
            ("/henvisninger?visning=aabne&ansvar=mig", vec!["Nancy Ann Test Berggren"]),
            (&others, vec!["Bruno Test Elmer"]),
            ("/henvisninger?visning=aabne&ansvar=ingen", vec!["Ruddi Test Berggren"]),
            ("/henvisninger?visning=nye&ansvar=mig", vec!["Nancy Ann Test Berggren"]),
            ("/henvisninger?visning=over-fristen&ansvar=mig", vec![]),
        ] {
            assert_eq!(names(&desk.browser.get(address).await.body), who, "{address}");
        }
        assert!(desk.queries_of("/henvisninger?visning=over-fristen&ansvar=mig").await <= 3);
        let again = desk.browser.get("/henvisninger").await.body;
        assert_eq!(chosen(&again), ["Over fristen", "Mig"], "the menu opens what was chosen last");
        assert!(again.contains("Vis alle åbne"));
        let shared = colleague.get("/henvisninger?visning=aabne&ansvar=mig").await.body;
        assert_eq!(names(&shared), ["Bruno Test Elmer"], "a shared address says \"mine\" to each");
        let nonsense = desk.browser.get("/henvisninger?visning=aabne&ansvar=%3Cb%3E").await.body;
        assert_eq!(chosen(&nonsense), ["Alle åbne", "Alle"]);
    }
}

/// Where they stand and whose they are, as the page says.
fn chosen(page: &str) -> Vec<String> {
    let text = |after: &str| {
        let (mut text, mut tag) = (String::new(), false);
        for letter in after.chars() {
            match letter {
                '<' => tag = true,
                '>' => tag = false,
                _ if !tag => text.push(letter),
                _ => {}
            }
        }
        text.trim().trim_end_matches(|c: char| c.is_ascii_digit()).trim().to_owned()
    };
    let main = page.split("<main").nth(1).unwrap().split("fb-panel").next().unwrap();
    main.split("aria-current=\"page\">").skip(1).map(|rest| text(rest.split("</a>").next().unwrap())).collect()
}
