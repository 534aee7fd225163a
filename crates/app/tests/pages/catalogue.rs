//! The catalogue: an offer described, published, gone through, copied to SOFT, run out; and what everybody sees of it.

use app::catalogue;
use app::nightly;
use domain::permission::Role;
use store::{Scope, Seen};
use testkit::database::Database;
use testkit::municipality::{add, staff};
use testkit::on_both_engines;

use crate::browser::{Answer, Browser};
use crate::{Desk, addresses, leads_to, log_in, value_of, version_of};

const PUBLIC: &str = "/tilbud/999";

/// Everything that a reader must know.
pub const COMPLETE: [(&str, &str); 17] = [
    ("navn", "Kvit på hold"),
    ("indsats", "nicotine_cessation"),
    ("maalgruppe", "Voksne, der vil slippe cigaretter"),
    ("hvad-sker", "Vi lægger en plan sammen."),
    ("omfang", "6 gange à 2 timer"),
    ("vidensgrundlag", "Sundhedsstyrelsens anbefalinger"),
    ("henvis", "Skriv, hvad borgeren bruger."),
    ("sted", "Sundhedscentret"),
    ("telefon", "70 00 00 99"),
    ("form", "group"),
    ("form", "digital"),
    ("tid", "evening"),
    ("sprog", "da"),
    ("sprog", "ar"),
    ("kompetence", "nicotine_group"),
    ("leverandoer", "own"),
    ("tidsbegraensning", "ingen"),
];

/// The complete form with some fields said otherwise.
fn with<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = COMPLETE.into_iter().filter(|(name, _)| !other.iter().any(|(changed, _)| changed == name));
    kept.chain(other.iter().copied()).collect()
}

/// A draft of it, and where it is.
async fn draft(desk: &mut Desk, fields: &[(&str, &str)]) -> String {
    assert_eq!(desk.browser.get("/katalog/nyt").await.status, 200);
    leads_to(&desk.browser.post("/katalog/nyt", fields).await)
}

pub async fn published(desk: &mut Desk, fields: &[(&str, &str)]) -> String {
    let href = draft(desk, fields).await;
    assert_eq!(leads_to(&desk.browser.post(&format!("{href}/udgiv"), &[]).await), href);
    href
}

/// Saves the form of an offer on the version that it shows.
async fn save(desk: &mut Desk, href: &str, fields: &[(&str, &str)]) -> Answer {
    let version = version_of(&desk.browser.get(&format!("{href}/ret")).await);
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    desk.browser.post(&format!("{href}/ret"), &all).await
}

/// The queries of a page about no citizen: all statements of the request, less those of a page that reads nothing and of an
/// empty look. Nothing goes into the access log.
pub async fn queries_of(desk: &mut Desk, path: &str) -> u64 {
    let page = desk.statements_of(path).await;
    let read_nothing = desk.statements_of("/borgere").await;
    let before = desk.app.store.statements();
    let scope = Scope::system(1, desk.app.now(), "test");
    let looked: Result<(), app::AppError> = desk.app.store.view(scope, |_| Ok(Seen::nothing(()))).await;
    looked.unwrap();
    page.saturating_sub(read_nothing + desk.app.store.statements() - before)
}

/// Somebody who never logged in.
async fn seen_by_anybody(desk: &Desk, path: &str) -> Answer {
    Browser::on(&desk.app).get(path).await
}

fn public_of(href: &str) -> String {
    href.replace("/katalog/", &format!("{PUBLIC}/"))
}

on_both_engines! {
    async fn an_offer_is_described_published_found_and_withdrawn(database: &Database) {
        let mut desk = Desk::with(database, Role::Coordinator, &[]).await;
        let empty = desk.browser.get("/katalog").await.body;
        assert!(empty.contains("Der er ingen tilbud endnu") && addresses(&empty).contains(&PUBLIC));
        assert!(seen_by_anybody(&desk, PUBLIC).await.body.contains("Der er ingen tilbud lige nu"));
        desk.browser.get("/katalog/nyt").await;
        let wrong = with(&[("navn", ""), ("telefon", "12"), ("ventetid", "snart")]);
        let refused = desk.browser.post("/katalog/nyt", &wrong).await;
        assert_eq!(refused.status, 422);
        for text in ["href=\"#navn\"", "href=\"#telefon\"", "href=\"#ventetid\"", "value=\"snart\"", "Vi lægger en plan sammen.", "id=\"form-digital\" name=\"form\" value=\"digital\" checked"] {
            assert!(refused.body.contains(text), "{text}");
        }
        let href = draft(&mut desk, &COMPLETE).await;
        let page = desk.browser.get(&href).await.body;
        for text in ["Tilbuddet er oprettet som kladde.", "Ingen har alle kompetencerne", "Kladde", "Udgiv", "lokationsnummer 5790009999003", "Nikotinrådgivning, hold"] {
            assert!(page.contains(text), "{text}");
        }
        assert_eq!(seen_by_anybody(&desk, &public_of(&href)).await.status, 404, "a draft is nobody's business");
        leads_to(&desk.browser.post(&format!("{href}/udgiv"), &[]).await);
        let found = seen_by_anybody(&desk, &format!("{PUBLIC}?soeg=rygestop+aften&behov=nicotine&sprog=ar&tid=evening&form=digital&sted=Sundhedscentret")).await;
        assert!(!found.body.contains("Kvit på hold"), "aften is no word of the text");
        let found = seen_by_anybody(&desk, &format!("{PUBLIC}?soeg=RYGESTOP&behov=nicotine&sprog=ar&tid=evening&form=digital&sted=Sundhedscentret")).await;
        for text in ["Kvit på hold", "1 tilbud", "Røg og nikotin", "value=\"RYGESTOP\"", &public_of(&href)] {
            assert!(found.body.contains(text), "{text}");
        }
        for other in ["behov=food", "sprog=so", "tid=day", "form=phone", "sted=Naboby", "soeg=fodbold"] {
            let nothing = seen_by_anybody(&desk, &format!("{PUBLIC}?{other}")).await.body;
            assert!(nothing.contains("Intet tilbud passer") && !nothing.contains("Kvit på hold"), "{other}");
        }
        let page = seen_by_anybody(&desk, &public_of(&href)).await;
        for text in ["Hvordan henviser jeg?", "MedCom-henvisning (REF15)", "href=\"tel:70000099\"", "Sundhedsstyrelsens anbefalinger", "Ingen tidsbegrænsning"] {
            assert!(page.body.contains(text), "{text}");
        }
        let again = desk.browser.post(&format!("{href}/udgiv"), &[]).await;
        assert!(again.status == 422 && again.body.contains("allerede udgivet"));
        leads_to(&desk.browser.post(&format!("{href}/traek-tilbage"), &[("hvorfor", "Holdet er nedlagt")]).await);
        let page = desk.browser.get(&href).await.body;
        assert!(page.contains("Trukket tilbage") && page.contains("Holdet er nedlagt"));
        assert!(page.contains(&format!("action=\"{href}/udgiv\"")), "there is a way back");
        assert_eq!(seen_by_anybody(&desk, &public_of(&href)).await.status, 404);
        leads_to(&desk.browser.post(&format!("{href}/udgiv"), &[]).await);
        assert_eq!(seen_by_anybody(&desk, &public_of(&href)).await.status, 200);
    }
}

on_both_engines! {
    async fn what_is_in_public_stays_complete_and_a_colleagues_change_is_not_overwritten(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let bare = draft(&mut desk, &[("navn", "Ny idé"), ("indsats", "mental_coping")]).await;
        let page = desk.browser.get(&bare).await.body;
        assert!(page.contains("Mangler") && page.contains("SP-004-01") && !page.contains(">Udgiv</button>"));
        let refused = desk.browser.post(&format!("{bare}/udgiv"), &[]).await;
        assert!(refused.status == 422 && refused.body.contains("kan ikke være udgivet uden: Målgruppe, Indhold"));
        let href = published(&mut desk, &COMPLETE).await;
        let refused = save(&mut desk, &href, &with(&[("maalgruppe", " "), ("hvad-sker", "Nyt indhold")])).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("href=\"#maalgruppe\"") && refused.body.contains("Nyt indhold"));
        let refused = save(&mut desk, &href, &with(&[("ikke-offentligt", "Lukket hold")])).await;
        assert!(refused.status == 422 && refused.body.contains("href=\"#ikke-offentligt\""));
        let old = version_of(&desk.browser.get(&format!("{href}/ret")).await);
        assert_eq!(leads_to(&save(&mut desk, &href, &with(&[("omfang", "8 gange")])).await), href);
        let mut late = vec![("version", old.as_str())];
        late.extend(with(&[("omfang", "10 gange")]));
        let refused = desk.browser.post(&format!("{href}/ret"), &late).await;
        assert!(refused.status == 409 && refused.body.contains("En kollega har gemt imens") && refused.body.contains("10 gange"));
    }
}

on_both_engines! {
    async fn going_through_it_and_what_stands_on_soft_are_remembered_until_it_changes(database: &Database) {
        let mut desk = Desk::with(database, Role::Coordinator, &[]).await;
        let href = published(&mut desk, &COMPLETE).await;
        let list = desk.browser.get("/katalog?visning=se-paa").await.body;
        assert!(list.contains("Skal gennemgås") && list.contains("Ikke lagt på SOFT"));
        leads_to(&desk.browser.post(&format!("{href}/gennemgaaet"), &[]).await);
        let page = desk.browser.get(&href).await.body;
        assert!(page.contains("Gennemgået 24. november 2026") && page.contains("Koordinator"));
        let sheet = desk.browser.get(&format!("{href}/soft")).await;
        for text in ["data-copy=\"felt-target_group\"", "Voksne, der vil slippe cigaretter", "På hold, Digitalt", "Dokumentation (vidensgrundlag)"] {
            assert!(sheet.body.contains(text), "{text}");
        }
        let hash = value_of(&sheet, "ark");
        assert_eq!(hash.len(), 64);
        leads_to(&desk.browser.post(&format!("{href}/soft"), &[("ark", &hash)]).await);
        let list = desk.browser.get("/katalog?visning=se-paa").await.body;
        assert!(list.contains("Alle tilbud er i orden"), "nothing is left to do");
        leads_to(&save(&mut desk, &href, &with(&[("ventetid", "3")])).await);
        assert!(desk.browser.get("/katalog?visning=se-paa").await.body.contains("Alle tilbud er i orden"), "waiting time is not on SOFT");
        desk.clock.set("2026-11-25T08:00:00Z");
        desk.browser = log_in(&desk.app, 1, "kollega", Role::Coordinator).await;
        leads_to(&save(&mut desk, &href, &with(&[("omfang", "8 gange")])).await);
        let list = desk.browser.get("/katalog?visning=se-paa").await.body;
        assert!(list.contains("Ændret siden SOFT") && list.contains("Skal gennemgås"));
        let stale = desk.browser.post(&format!("{href}/soft"), &[("ark", &hash)]).await;
        assert_eq!(stale.status, 422, "what was copied is another text");
        let file = desk.browser.get(&format!("{href}/json/hent")).await;
        let json = file.json();
        assert_eq!(json["content_hash"], value_of(&desk.browser.get(&format!("{href}/soft")).await, "ark"));
        assert_eq!(json["sheet"][4]["text"], "8 gange");
        let html = desk.browser.get(&format!("{href}/html/hent")).await;
        assert!(html.header("content-disposition").starts_with("attachment") && html.body.contains("<h2>Målgruppe</h2>"));
    }
}

on_both_engines! {
    async fn an_offer_warns_before_its_last_day_and_is_gone_the_day_after(database: &Database) {
        let mut desk = Desk::with(database, Role::Coordinator, &[]).await;
        let over = with(&[("tidsbegraensning", "til"), ("sidste-dag", "2026-12-17")]);
        let href = published(&mut desk, &over).await;
        assert!(desk.browser.get("/katalog").await.body.contains("Udløber om 23 dage"));
        assert!(seen_by_anybody(&desk, &public_of(&href)).await.body.contains("Til og med 17. december 2026"));
        desk.clock.set("2026-12-17T20:00:00Z");
        nightly::round(&desk.app).await.unwrap();
        assert_eq!(seen_by_anybody(&desk, &public_of(&href)).await.status, 200, "its last day is a day");
        desk.clock.set("2026-12-18T06:00:00Z");
        assert_eq!(seen_by_anybody(&desk, &public_of(&href)).await.status, 404, "before the night has been, too");
        nightly::round(&desk.app).await.unwrap();
        nightly::round(&desk.app).await.unwrap();
        let mut colleague = log_in(&desk.app, 1, "kollega", Role::Coordinator).await;
        let past = colleague.get("/katalog?visning=tidligere").await.body;
        assert!(past.contains("Kvit på hold") && past.contains("Udløbet"));
        let page = colleague.get(&href).await.body;
        assert!(page.contains("Sidste dag var 17. december 2026") && !page.contains(">Udgiv</button>"));
    }
}

on_both_engines! {
    async fn its_teams_say_seats_and_next_start_and_the_public_is_told_no_numbers(database: &Database) {
        let mut desk = Desk::with(database, Role::Coordinator, &[]).await;
        let href = published(&mut desk, &with(&[("indsats", "physical_training"), ("navn", "Træn med KOL")])).await;
        let id = href.rsplit('/').next().unwrap().to_owned();
        let other = published(&mut desk, &COMPLETE).await.rsplit('/').next().unwrap().to_owned();
        let form = desk.browser.get("/hold/nyt").await.body;
        assert!(form.contains("Tilbud (kan udelades)") && form.contains("Træn med KOL"));
        let mut team = vec![("navn", "Tirsdagshold"), ("indsats", "physical_training"), ("pladser", "8"), ("dato", "2027-01-12"), ("fra", "09:00"), ("til", "10:30"), ("antal", "3")];
        team.push(("tilbud", &other));
        let refused = desk.browser.post("/hold/nyt", &team).await;
        assert!(refused.status == 422 && refused.body.contains("href=\"#tilbud\"") && refused.body.contains("Tirsdagshold"));
        team.pop();
        let made = leads_to(&desk.browser.post("/hold/nyt", &team).await);
        let page = desk.browser.get(&href).await.body;
        assert!(page.contains("Ingen hold hører til tilbuddet.") && page.contains("Tilføj et hold"));
        let hold = made.rsplit('/').next().unwrap().to_owned();
        assert_eq!(leads_to(&desk.browser.post(&format!("{href}/hold"), &[("hold", &*hold)]).await), href);
        let page = desk.browser.get(&href).await.body;
        for text in ["Holdet hører nu til tilbuddet.", "8 ledige af 8 pladser", "Næste start 12. januar 2027", &made] {
            assert!(page.contains(text), "{text}");
        }
        assert!(desk.browser.get("/katalog").await.body.contains("8 af 8 ledige"));
        for path in [PUBLIC.to_owned(), public_of(&href)] {
            let public = seen_by_anybody(&desk, &path).await.body;
            assert!(public.contains("Ledige pladser") && public.contains("Næste start 12. januar 2027"), "{path}");
            assert!(!public.contains("Tirsdagshold") && !public.contains("8 ledige"), "{path}");
        }
        team.push(("tilbud", &id));
        leads_to(&desk.browser.post("/hold/nyt", &team).await);
        assert!(desk.browser.get(&href).await.body.contains("16 ledige af 16 pladser"));
        leads_to(&desk.browser.post(&format!("{href}/hold"), &[("hold", &*hold), ("fjern", "true")]).await);
        assert!(desk.browser.get(&href).await.body.contains("8 ledige af 8 pladser"));
        for path in ["/katalog", &href, &format!("{href}/soft"), &format!("{href}/ret"), "/hold/nyt"] {
            let queries = queries_of(&mut desk, path).await;
            assert!((1..=6).contains(&queries), "{path}: {queries}");
        }
    }
}

on_both_engines! {
    async fn another_municipality_sees_and_changes_nothing_and_the_public_pages_know_nobody(database: &Database) {
        let mut desk = Desk::with(database, Role::Coordinator, &[]).await;
        let href = published(&mut desk, &COMPLETE).await;
        let neighbour = add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut other = log_in(&desk.app, neighbour.key, "nabo", Role::Coordinator).await;
        assert!(!other.get("/katalog").await.body.contains("Kvit på hold"));
        for path in ["", "/ret", "/soft", "/html/hent", "/json/hent"] {
            assert_eq!(other.get(&format!("{href}{path}")).await.status, 404, "{path}");
        }
        other.get("/katalog/nyt").await;
        for path in ["/ret", "/udgiv", "/traek-tilbage", "/gennemgaaet"] {
            assert_eq!(other.post(&format!("{href}{path}"), &COMPLETE).await.status, 404, "{path}");
        }
        let stolen = [("hold", &*uuid::Uuid::nil().to_string())];
        assert_eq!(other.post(&format!("{href}/hold"), &stolen).await.status, 404);
        let nothing = seen_by_anybody(&desk, &public_of(&href).replace("999", "316")).await;
        assert_eq!(nothing.status, 404);
        for path in ["/tilbud/101", "/tilbud/999x", &format!("{PUBLIC}/x"), &format!("{PUBLIC}/{}", uuid::Uuid::nil())] {
            let unknown = seen_by_anybody(&desk, path).await;
            assert_eq!((unknown.status.as_u16(), &unknown.body), (404, &nothing.body), "{path}");
        }
        for path in [PUBLIC.to_owned(), public_of(&href)] {
            let page = seen_by_anybody(&desk, &path).await;
            assert!(page.header("cache-control").starts_with("public"), "{path}");
            assert!(page.headers.get("set-cookie").is_none() && !page.body.contains("<script") && !page.body.contains("csrf"), "{path}");
        }
        let english = seen_by_anybody(&desk, &format!("{PUBLIC}?laes=en")).await.body;
        assert!(english.contains("<html lang=\"en\"") && english.contains("Health offers") && english.contains("Kvit på hold"));
        let json = seen_by_anybody(&desk, "/api/v1/municipalities/0999/offers").await.json();
        assert_eq!(json["municipality"], "Testby Kommune");
        assert_eq!(json["items"][0]["sheet"]["name"], "Kvit på hold");
        assert_eq!(json["items"][0]["availability"], "no_team");
        assert_eq!(seen_by_anybody(&desk, "/api/v1/municipalities/316/offers").await.json()["items"].as_array().unwrap().len(), 0);
        assert_eq!(seen_by_anybody(&desk, "/api/v1/municipalities/101/offers").await.status, 404);
    }
}

#[tokio::test]
async fn who_may_not_write_offers_reads_them() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Professional, &[]).await;
    let who = staff(1, Role::Coordinator);
    let input = serde_json::from_value(serde_json::json!({"name": "Gåtur", "code": "activity_guidance"})).unwrap();
    let id = catalogue::create(&desk.app, &who, input).await.unwrap();
    let href = format!("/katalog/{id}");
    let list = desk.browser.get("/katalog").await.body;
    assert!(list.contains("Gåtur") && !list.contains("/katalog/nyt"));
    let page = desk.browser.get(&href).await.body;
    assert!(!page.contains(&format!("{href}/ret")) && !page.contains("Jeg har gennemgået det"));
    for path in ["/udgiv", "/traek-tilbage", "/gennemgaaet", "/ret"] {
        assert_eq!(desk.browser.post(&format!("{href}{path}"), &[]).await.status, 403, "{path}");
    }
    let mut administrator = log_in(&desk.app, 1, "administrator", Role::Administrator).await;
    assert_eq!(administrator.get("/katalog").await.status, 403);
}

on_both_engines! {
    async fn what_a_competence_rests_on_is_kept_and_what_runs_out_leads_nothing(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        published(&mut desk, &COMPLETE).await;
        let open = desk.browser.get("/katalog/kompetencer").await.body;
        assert!(open.contains("1 tilbud uden nogen, der kan lede") && open.contains("Kvit på hold"));
        let staff = desk.browser.get("/kalender/medarbejdere").await.body;
        let person = addresses(&staff).into_iter().find(|href| href.starts_with("/kalender/medarbejdere/")).unwrap().to_owned();
        let evidence = format!("{person}/dokumentation");
        desk.browser.get(&evidence).await;
        let wrong = [("version", "0"), ("kompetence", "nicotine_group"), ("hvad", "Kursus i 2024"), ("set", "2027-01-01")];
        let refused = desk.browser.post(&evidence, &wrong).await;
        assert!(refused.status == 422 && refused.body.contains("href=\"#set\"") && refused.body.contains("Kursus i 2024"));
        let right = [("version", "0"), ("kompetence", "nicotine_group"), ("hvad", "Kursus i 2024"), ("set", "2024-01-10"), ("udloeber", "2026-12-31")];
        assert_eq!(leads_to(&desk.browser.post(&evidence, &right).await), evidence);
        let page = desk.browser.get(&evidence).await.body;
        assert!(page.contains("Udløber 31. december 2026") && page.contains("Set") && page.contains("Leder LE"), "seen by whom");
        let gaps = desk.browser.get("/katalog/kompetencer").await.body;
        assert!(gaps.contains("Alle tilbud har nogen") && gaps.contains("Udløber 31. december 2026"));
        for path in ["/katalog/kompetencer", &evidence] {
            let queries = queries_of(&mut desk, path).await;
            assert!((1..=6).contains(&queries), "{path}: {queries}");
        }
        desk.clock.set("2027-01-01T08:00:00Z");
        let mut leader = log_in(&desk.app, 1, "leder2", Role::Leader).await;
        let gaps = leader.get("/katalog/kompetencer").await.body;
        assert!(gaps.contains("1 tilbud uden nogen") && gaps.contains("Udløb 31. december 2026"));
        let page = leader.get(&evidence).await;
        let version = version_of(&page);
        leads_to(&leader.post(&format!("{evidence}/fjern"), &[("version", &version), ("linje", "0")]).await);
        assert!(leader.get(&evidence).await.body.contains("Uden dokumentation"));
    }
}
