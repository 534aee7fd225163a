//! How the municipality is set up: who may see and change what, what is refused, and that the log knows why.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use app::administration::DemoReset;
use app::{App, AppError, organizations};
use domain::permission::Role;
use store::{Scope, Seen};
use testkit::database::Database;
use testkit::on_both_engines;

use crate::browser::Browser;
use crate::{Desk, PASSWORD, addresses, leads_to, log_in, said, value_of, version_of};

const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";
const PAGES: [&str; 6] = [
    "/administration",
    "/administration/medarbejdere",
    "/administration/adresser",
    "/administration/frister",
    "/administration/tekster",
    "/administration/beskeder",
];

/// The last action in the audit that was given a reason: the action and the reason.
async fn last_reason(app: &App) -> (String, String) {
    let read = |tx: &mut store::Tx<'_>| {
        let sql = "select action, reason from audit where organization = $1 and reason is not null order by seq desc";
        Ok::<_, AppError>(Seen::nothing(tx.first(sql, &[], |r| Ok((r.take()?, r.take()?)))?))
    };
    app.store.view(Scope::system(1, app.now(), "test"), read).await.unwrap().unwrap()
}

/// Every limit as the page shows it, with some changed.
fn limits(page: &str, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let rows = page.split("inputmode=\"numeric\" id=\"").skip(1);
    let read = |row: &str| {
        let id = row.split('"').next().unwrap().to_owned();
        let stored = row.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let value = changes.iter().find(|(name, _)| *name == id).map_or(stored, |(_, value)| (*value).to_owned());
        (id, value)
    };
    rows.map(read).collect()
}

async fn post(browser: &mut Browser, path: &str, form: &[(String, String)]) -> crate::browser::Answer {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &form).await
}

#[tokio::test]
async fn leader_and_administrator_see_it_and_others_are_told_that_they_may_not() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Administrator, &[NANCY]).await;
    let mut leader = log_in(&desk.app, 1, "leder", Role::Leader).await;
    for path in PAGES {
        assert_eq!(desk.browser.get(path).await.status, 200, "{path}");
        let page = leader.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(PAGES.iter().all(|tab| addresses(&page.body).contains(tab)), "{path}");
    }
    for role in [Role::Visitator, Role::Professional, Role::Coordinator, Role::Quality] {
        let mut browser = log_in(&desk.app, 1, &format!("{}-x", role.word()), role).await;
        for path in PAGES {
            let page = browser.get(path).await;
            assert_eq!(page.status, 403, "{role:?} {path}");
            assert!(page.body.contains("Til overblikket") && !page.body.contains("5790009999003"), "{role:?} {path}");
        }
    }
    let form = [("navn", "Kapret"), ("afdeling", "x"), ("gln", "5790009999003")];
    leader.get("/administration").await;
    assert_eq!(
        leader.post("/administration", &form).await.status,
        403,
        "where messages come from is the administrator's"
    );
    assert_eq!(leader.get("/administration/adresser/ny").await.status, 403);
    assert!(leader.get("/administration").await.body.contains("Administratoren retter navn og numre"));
}

on_both_engines! {
    async fn names_and_numbers_are_checked_saved_and_logged_with_the_reason(database: &Database) {
        let mut desk = Desk::with(database, Role::Administrator, &[]).await;
        let page = desk.browser.get("/administration").await;
        assert!(page.body.contains("Testby Kommune") && page.body.contains("5790009999003"));
        let stand = value_of(&page, "stand");
        let form = |gln: &'static str, sor: &'static str| [
            ("stand", stand.clone()), ("navn", "Nyby Kommune".into()), ("afdeling", "Sundhed".into()), ("sor", sor.into()),
            ("gln", gln.into()), ("telefon", "70000098".into()), ("hvorfor", "Nyt navn fra 1. december".into()),
        ].map(|(name, value): (&str, String)| (name.to_owned(), value));
        let wrong = post(&mut desk.browser, "/administration", &form("5790009999004", "123")).await;
        assert_eq!(wrong.status, 422);
        for text in ["Ret 2 felter", "href=\"#gln\"", "href=\"#sor\"", "kontrolciffer", "Nyby Kommune", "Nyt navn fra 1. december"] {
            assert!(wrong.body.contains(text), "{text}");
        }
        let right = form("5790009999003\n5790000120314", "451000016003");
        let saved = post(&mut desk.browser, "/administration", &right).await;
        assert_eq!(leads_to(&saved), "/administration");
        let kept = organizations::find(&desk.app, 1).await.unwrap();
        assert_eq!((kept.name.as_str(), kept.department.as_str(), kept.glns.len()), ("Nyby Kommune", "Sundhed", 2));
        assert_eq!(last_reason(&desk.app).await, ("organization.change".into(), "Nyt navn fra 1. december".into()));
        assert_eq!(desk.app.organization_of_gln("5790000120314").await.unwrap(), Some(1), "messages to it are ours");
        let page = desk.browser.get("/administration").await.body;
        assert!(page.contains("Organisationen er gemt.") && page.contains("Nyby Kommune · Administrator"));
        let stale = post(&mut desk.browser, "/administration", &right).await;
        assert_eq!(stale.status, 409, "somebody saved since the form was made");
        assert!(stale.body.contains("Genindlæs siden"));
    }
}

on_both_engines! {
    async fn limits_show_unit_source_and_default_and_new_work_follows_them(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let page = desk.browser.get("/administration/frister").await;
        for text in ["Første kontakt efter modtagelsen", "KS-2.2", "Standard: 5 arbejdsdage", "Status til egen læge", "KS-3.5-02"] {
            assert!(page.body.contains(text), "{text}");
        }
        let stand = ("stand".to_owned(), value_of(&page, "stand"));
        let why = ("hvorfor".to_owned(), "Udvalget 12. november".to_owned());
        let wrong = [("contact_workdays", "0"), ("start_days", "mange")];
        let form: Vec<_> = limits(&page.body, &wrong).into_iter().chain([stand.clone(), why.clone()]).collect();
        assert_eq!(form.len(), 27, "twenty-five limits");
        let refused = post(&mut desk.browser, "/administration/frister", &form).await;
        assert_eq!(refused.status, 422);
        for text in ["Ret 2 felter", "Første kontakt efter modtagelsen: skriv et helt tal fra 1 til 30.", "value=\"mange\"", "Udvalget 12. november"] {
            assert!(refused.body.contains(text), "{text}");
        }
        let form: Vec<_> = limits(&page.body, &[("contact_workdays", "2")]).into_iter().chain([stand, why]).collect();
        assert_eq!(leads_to(&post(&mut desk.browser, "/administration/frister", &form).await), "/administration/frister");
        assert_eq!(last_reason(&desk.app).await, ("organization.limits".into(), "Udvalget 12. november".into()));
        let page = desk.browser.get("/administration/frister").await.body;
        assert!(page.contains("Fristerne er gemt.") && page.contains("Standard: 5 arbejdsdage. Ændret hos jer"));
        app::mailbox::receive(&desk.app, app::ids::new(desk.app.now()), testkit::municipality::fixture(NANCY)).await.unwrap();
        let list = desk.browser.get("/henvisninger").await.body;
        assert!(list.contains("Om 2 dage"), "the promise of new work is the new one");
    }
}

on_both_engines! {
    async fn addresses_are_found_added_and_mended(database: &Database) {
        let mut desk = Desk::with(database, Role::Administrator, &[NANCY]).await;
        let list = desk.browser.get("/administration/adresser").await.body;
        assert!(list.contains("Lægehuset Prøvegade") && list.contains("mangler SOR-kode"));
        let none = desk.browser.get("/administration/adresser?tekst=findes-ikke").await.body;
        assert!(none.contains("Ingen adresser passer") && none.contains("Vis alle"));
        let empty = desk.browser.post("/administration/adresser/ny", &[("gln", "12")]).await;
        assert_eq!(empty.status, 422);
        for text in ["Ret 3 felter", "href=\"#navn\"", "href=\"#type\"", "href=\"#gln\"", "value=\"12\""] {
            assert!(empty.body.contains(text), "{text}");
        }
        let new = [("navn", "Apoteket Solsikken"), ("type", "supplier"), ("gln", "5790000120314"), ("hvorfor", "Ny leverandør")];
        assert_eq!(leads_to(&desk.browser.post("/administration/adresser/ny", &new).await), "/administration/adresser");
        assert_eq!(last_reason(&desk.app).await, ("partner.add".into(), "Ny leverandør".into()));
        let twice = desk.browser.post("/administration/adresser/ny", &new).await;
        assert!(twice.status == 422 && twice.body.contains("Stedet er her allerede"));
        let list = desk.browser.get("/administration/adresser?tekst=solsikken").await.body;
        assert!(list.contains("1 adresse.") && list.contains("Leverandør"));
        let href = addresses(&list).into_iter().find(|a| a.len() > 50 && a.starts_with("/administration/adresser/")).unwrap();
        let form = desk.browser.get(href).await;
        assert!(form.body.contains("value=\"supplier\" selected"));
        let version = version_of(&form);
        let mended = [("version", &*version), ("navn", "Apoteket Solsikken"), ("type", "supplier"), ("gln", "5790000120314"), ("sor", "451000016003"), ("telefon", "70000097")];
        assert_eq!(leads_to(&desk.browser.post(href, &mended).await), "/administration/adresser");
        let behind = desk.browser.post(href, &mended).await;
        assert!(behind.status == 409 && behind.body.contains("En kollega har rettet adressen"));
        let list = desk.browser.get("/administration/adresser?tekst=451000016003").await.body;
        assert!(list.contains("Apoteket Solsikken") && list.contains("70000097"));
    }
}

on_both_engines! {
    async fn choices_about_messages_are_saved_and_staff_are_listed(database: &Database) {
        let mut desk = Desk::with(database, Role::Administrator, &[]).await;
        let page = desk.browser.get("/administration/beskeder").await;
        assert!(page.body.contains("120 minutter uden kvittering") && page.body.contains("5790009999003"));
        let stand = value_of(&page, "stand");
        let few = desk.browser.post("/administration/beskeder", &[("stand", &stand), ("aar", "5")]).await;
        assert!(few.status == 422 && few.body.contains("Loven kræver mindst 10") && few.body.contains("href=\"#aar\""));
        let form = [("stand", &*stand), ("risiko", "ja"), ("aar", "12"), ("hvorfor", "Politisk valg")];
        leads_to(&desk.browser.post("/administration/beskeder", &form).await);
        let settings = organizations::find(&desk.app, 1).await.unwrap().settings;
        assert!(settings.at_risk_offers && !settings.report_service_request_link && settings.retention_years == 12);
        assert_eq!(last_reason(&desk.app).await, ("organization.messages".into(), "Politisk valg".into()));
        log_in(&desk.app, 1, "tn-sygeplejerske", Role::Professional).await;
        let staff = desk.browser.get("/administration/medarbejdere").await.body;
        assert!(staff.contains("Fagperson TN") && staff.contains("tn-sygeplejerske") && staff.contains("/kalender/medarbejdere/"));
    }
}

#[tokio::test]
async fn only_a_demo_is_started_anew_and_it_asks_once() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Administrator, &[]).await;
    assert!(!desk.browser.get("/administration").await.body.contains("Nulstil"));
    assert_eq!(desk.browser.post("/administration/nulstil", &[]).await.status, 404, "this is no demo");
    let played = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&played);
    let mut app = desk.app.clone();
    app.demo = true;
    app.demo_reset = Some(DemoReset::new(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        async { Ok(()) }
    }));
    let mut browser = Browser::on(&app);
    assert_eq!(browser.log_in("administrator", crate::PASSWORD).await.status, 303);
    let page = browser.get("/administration").await.body;
    assert!(addresses(&page).contains(&"/administration/nulstil"));
    let asked = browser.get("/administration/nulstil").await.body;
    assert!(
        asked.contains("Nulstil demoen?") && asked.contains("kan ikke fortrydes") && played.load(Ordering::SeqCst) == 0
    );
    assert_eq!(leads_to(&browser.post("/administration/nulstil", &[]).await), "/administration");
    assert_eq!(played.load(Ordering::SeqCst), 1);
    assert!(browser.get("/administration").await.body.contains("Demoen er nulstillet."));
}

/// A new member of staff as the form has it.
const BODIL: [(&str, &str); 6] = [
    ("navn", "Bodil i test"),
    ("initialer", "bi"),
    ("titel", "Diætist"),
    ("rolle", "professional"),
    ("brugernavn", "bodil"),
    ("adgangskode", "en ganske lang adgangskode"),
];

on_both_engines! {
    async fn staff_are_added_given_another_role_and_shut_out(database: &Database) {
        let mut desk = Desk::with(database, Role::Administrator, &[]).await;
        desk.browser.get("/administration/medarbejdere/ny").await;
        let added = desk.browser.post("/administration/medarbejdere/ny", &BODIL).await;
        assert_eq!(leads_to(&added), "/administration/medarbejdere");
        let list = desk.browser.get("/administration/medarbejdere").await.body;
        assert!(list.contains("Diætist BI") && list.contains("Bodil i test, bodil"));
        let mut bodil = Browser::on(&desk.app);
        assert_eq!(bodil.log_in("Bodil", PASSWORD).await.status, 303);
        assert_eq!(bodil.get("/henvisninger").await.status, 200);

        let href = list.split("href=\"").map(|rest| rest.split('"').next().unwrap().to_owned());
        let before = list.split("Diætist BI").next().unwrap();
        let own = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned();
        assert!(href.clone().any(|one| one == own) && own.starts_with("/administration/medarbejdere/"));
        let page = desk.browser.get(&own).await.body;
        assert!(page.contains("Kan logge ind") && !page.contains(PASSWORD), "{page}");
        let leader = [("navn", "Bodil i test"), ("initialer", "BI"), ("titel", "Centerleder"), ("rolle", "leader"), ("aktiv", "ja")];
        assert_eq!(leads_to(&desk.browser.post(&own, &leader).await), "/administration/medarbejdere");
        assert_eq!(bodil.get("/henvisninger").await.status, 303, "another role is another session");
        assert_eq!(bodil.log_in("bodil", PASSWORD).await.status, 303, "the password holds");
        assert!(bodil.get("/").await.body.contains("Centerleder"));

        desk.browser.post(&own, &leader[..4]).await;
        assert_eq!(bodil.get("/").await.status, 303, "shut out at once");
        assert_eq!(bodil.log_in("bodil", PASSWORD).await.status, 422);
        assert!(desk.browser.get("/administration/medarbejdere").await.body.contains("Ikke aktiv"));
        let again = [&leader[..], &[("adgangskode", "endnu en lang adgangskode")]].concat();
        desk.browser.post(&own, &again).await;
        assert_eq!(bodil.log_in("bodil", "endnu en lang adgangskode").await.status, 303);
    }
}

#[tokio::test]
async fn what_is_wrong_with_an_account_is_said_by_field_and_nobody_changes_their_own_access() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Administrator, &[]).await;
    desk.browser.get("/administration/medarbejdere/ny").await;
    for (field, value, text) in [
        ("navn", " ", "Skriv navnet"),
        ("initialer", "B2", "Initialer er 2-4 bogstaver."),
        ("titel", "", "Skriv titlen"),
        ("rolle", "system", "Vælg en rolle."),
        ("brugernavn", "bo dil", "Et brugernavn har 2-100 tegn og ingen mellemrum."),
        ("brugernavn", "administrator", "Brugernavnet er taget. Vælg et andet."),
        ("adgangskode", "kort", "Adgangskoden skal have mindst 12 tegn."),
    ] {
        let form: Vec<_> = BODIL.iter().map(|&(name, old)| (name, if name == field { value } else { old })).collect();
        let refused = desk.browser.post("/administration/medarbejdere/ny", &form).await;
        assert_eq!((refused.status.as_u16(), refused.body.contains(text)), (422, true), "{field}: {}", said(&refused));
        assert!(refused.body.contains(&format!("href=\"#{field}\"")), "{field}");
        assert!(!refused.body.contains("kort\"") && !refused.body.contains(PASSWORD), "a password never comes back");
    }
    let list = desk.browser.get("/administration/medarbejdere").await.body;
    let before = list.split("<bdi>Administrator AD</bdi></a>").next().unwrap();
    let own = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned();
    let lesser = [
        ("navn", "Administrator i test"),
        ("initialer", "AD"),
        ("titel", "Administrator"),
        ("rolle", "leader"),
        ("aktiv", "ja"),
    ];
    let refused = desk.browser.post(&own, &lesser).await;
    assert!(
        refused.status == 422 && refused.body.contains("kun ændres af en anden administrator"),
        "{}",
        said(&refused)
    );
    let closed =
        [("navn", "Administrator i test"), ("initialer", "AD"), ("titel", "Administrator"), ("rolle", "administrator")];
    assert_eq!(desk.browser.post(&own, &closed).await.status, 422);

    let mut leader = log_in(&desk.app, 1, "leder", Role::Leader).await;
    let list = leader.get("/administration/medarbejdere").await.body;
    assert!(list.contains("oprettes og lukkes af en administrator") && !list.contains("/medarbejdere/ny"));
    assert_eq!(leader.post(&own, &lesser).await.status, 403);
    testkit::municipality::add(&desk.app, "998", "Naboby Kommune", "5790009999904").await;
    let mut neighbour = log_in(&desk.app, 2, "nabo", Role::Administrator).await;
    neighbour.get("/administration/medarbejdere").await;
    assert_eq!(neighbour.get(&own).await.status, 404);
    assert_eq!(neighbour.post(&own, &lesser).await.status, 404);
}
