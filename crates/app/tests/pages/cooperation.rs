//! Cooperation with general practice: meetings with what is agreed, notes, news to practices, estimates.

use domain::permission::Role;
use testkit::database::Database;
use testkit::on_both_engines;

use crate::browser::Answer;
use crate::catalogue::{COMPLETE, published, queries_of};
use crate::{Desk, addresses, leads_to, log_in, said, version_of};

pub const GP: &str = "01-xref15-gp-type2-diabetes-diet";
const LIST: &str = "/samarbejde";

fn meeting<'a>(day: &'a str, agenda: &'a str, decisions: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("forum", "klu"),
        ("dag", day),
        ("deltagere", "To læger og sundhedschefen"),
        ("dagsorden", agenda),
        ("forebyggelse", "ja"),
        ("beslutninger", decisions),
    ]
}

/// The first address on a page that begins so and ends so.
fn address(page: &Answer, begins: &str, ends: &str) -> String {
    let mut all = addresses(&page.body).into_iter();
    let found = all.find(|href| href.starts_with(begins) && href.ends_with(ends) && href.len() > begins.len());
    found.unwrap_or_else(|| panic!("{begins}…{ends}: {}", said(page))).to_owned()
}

on_both_engines! {
    async fn a_meeting_is_held_agreed_at_corrected_and_struck(database: &Database) {
        let mut desk = Desk::with(database, Role::Coordinator, &[]).await;
        assert!(desk.browser.get(LIST).await.body.contains("Der er ingen møder endnu"));
        let new = "/samarbejde/moeder/nyt";
        desk.browser.get(new).await;
        let href = leads_to(&desk.browser.post(new, &meeting("2026-11-10", "Kapacitet\nVentetid", "Tal hvert kvartal")).await);
        desk.browser.get(&href).await;
        let agree = format!("{href}/aftaler");
        let late = [("hvad", "Send tal"), ("hvem", "Sundhedschefen"), ("hvornaar", "2026-11-20")];
        assert_eq!(leads_to(&desk.browser.post(&agree, &late).await), href);
        let list = desk.browser.get(LIST).await;
        for text in ["Send tal", "Sundhedschefen", "4 dage over", "Kapacitet", "1 ikke udført"] {
            assert!(list.body.contains(text), "{text}");
        }
        let page = desk.browser.get(&href).await;
        let done = address(&page, &agree, "/udfoert");
        assert_eq!(leads_to(&desk.browser.post(&done, &[]).await), href);
        assert!(desk.browser.get(LIST).await.body.contains("Alt, der er aftalt, er udført"));
        let undone = done.replace("/udfoert", "/ikke-udfoert");
        assert_eq!(leads_to(&desk.browser.post(&undone, &[]).await), href);

        let edit = format!("{href}/ret");
        let version = version_of(&desk.browser.get(&edit).await);
        let mut right = meeting("2026-11-11", "Kapacitet\nVentetid", "Tal hvert halve år");
        right.push(("version", &version));
        assert_eq!(leads_to(&desk.browser.post(&edit, &right).await), href);
        let page = desk.browser.get(&href).await;
        for text in ["Tal hvert halve år", "Det stod der før", "Tal hvert kvartal", "10. november 2026", "Send tal"] {
            assert!(page.body.contains(text), "{text}");
        }
        let old = desk.browser.post(&edit, &right).await;
        assert!(old.status == 409 && old.body.contains("En kollega har gemt imens"), "made from an old page");
        assert!(old.body.contains("Tal hvert halve år"), "nothing typed is lost");

        let strike = format!("{href}/stryg");
        let version = version_of(&desk.browser.get(&href).await);
        let without = desk.browser.post(&strike, &[("version", &version)]).await;
        assert!(without.status == 422 && without.body.contains("Skriv hvorfor"));
        assert_eq!(leads_to(&desk.browser.post(&strike, &[("version", &version), ("hvorfor", "Skrevet to gange")]).await), LIST);
        assert_eq!(desk.browser.get(&href).await.status, 404);
        assert!(queries_of(&mut desk, LIST).await <= 1);
    }
}

on_both_engines! {
    async fn a_meeting_about_prevention_meets_the_standard_until_it_is_struck(database: &Database) {
        let mut desk = Desk::with(database, Role::Quality, &[]).await;
        let standing = async |desk: &mut Desk| {
            let page = desk.browser.get("/kvalitet/krav/SP-004-15").await.body;
            (page.contains("Opfyldt</span>"), page.contains("Ikke opfyldt</span>"))
        };
        assert_eq!(standing(&mut desk).await, (false, true));
        let new = "/samarbejde/moeder/nyt";
        desk.browser.get(new).await;
        let href = leads_to(&desk.browser.post(new, &meeting("2026-11-10", "Ventetid", "")).await);
        assert_eq!(standing(&mut desk).await, (true, false));
        let version = version_of(&desk.browser.get(&href).await);
        let why = [("version", version.as_str()), ("hvorfor", "Mødet var aflyst")];
        leads_to(&desk.browser.post(&format!("{href}/stryg"), &why).await);
        assert_eq!(standing(&mut desk).await, (false, true));
    }
}

#[tokio::test]
async fn what_a_meeting_cannot_be_is_told_at_its_field() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Leader, &[]).await;
    let new = "/samarbejde/moeder/nyt";
    desk.browser.get(new).await;
    for (form, told) in [
        (meeting("2026-11-25", "Ventetid", "Besluttet"), "Mødet er ikke holdt endnu"),
        (meeting("i går", "Ventetid", ""), "Skriv datoen som dag, måned og år"),
        (meeting("2026-11-10", " ", ""), "Skriv dagsordenen"),
        (meeting("2026-11-10", "Ring til 251248-9996", ""), "Skriv ikke CPR-numre her"),
    ] {
        let page = desk.browser.post(new, &form).await;
        assert!(page.status == 422 && page.body.contains(told), "{told}");
        assert!(page.body.contains("To læger og sundhedschefen"), "nothing typed is lost");
    }
    let href = leads_to(&desk.browser.post(new, &meeting("2026-11-30", "Ventetid", "")).await);
    assert!(desk.browser.get(&href).await.body.contains("Planlagt"), "it may be planned");
    let before = [("hvad", "Send tal"), ("hvem", ""), ("hvornaar", "2026-11-29")];
    let page = desk.browser.post(&format!("{href}/aftaler"), &before).await;
    assert!(
        page.status == 422 && page.body.contains("Skriv, hvem der gør det") && page.body.contains("value=\"Send tal\"")
    );
    let before = [("hvad", "Send tal"), ("hvem", "Chefen"), ("hvornaar", "2026-11-29")];
    let page = desk.browser.post(&format!("{href}/aftaler"), &before).await;
    assert!(page.status == 422 && page.body.contains("Fristen ligger før mødet"));
}

on_both_engines! {
    async fn a_consultant_notes_of_a_practice_what_another_may_correct(database: &Database) {
        let mut desk = Desk::with(database, Role::Coordinator, &[GP]).await;
        let list = desk.browser.get("/samarbejde/noter").await;
        let practice = list.body.split("\" lang=\"da\">").next().unwrap().rsplit("value=\"").next().unwrap();
        let practice = practice.to_owned();
        let note = |text: &'static str, practice: &str| {
            vec![
                ("dag".to_owned(), "2026-11-23".to_owned()),
                ("konsulent".to_owned(), "Praksiskonsulenten".to_owned()),
                ("praksis".to_owned(), practice.to_owned()),
                ("tekst".to_owned(), text.to_owned()),
            ]
        };
        let form = |pairs: &[(String, String)]| pairs.to_vec();
        let send = async |desk: &mut Desk, to: &str, pairs: Vec<(String, String)>| {
            let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            desk.browser.post(to, &pairs).await
        };
        let unknown = send(&mut desk, "/samarbejde/noter", note("Vil henvise", "01a2174c-3500-72c0-b367-6cc8bad1c8c0")).await;
        assert!(unknown.status == 422 && unknown.body.contains("Vælg en praksis fra listen."));
        assert!(unknown.body.contains("Vil henvise"), "nothing typed is lost");
        leads_to(&send(&mut desk, "/samarbejde/noter", note("Vil henvise flere rygere", &practice)).await);
        leads_to(&send(&mut desk, "/samarbejde/noter", note("Mødes med alle i marts", "")).await);
        let list = desk.browser.get("/samarbejde/noter").await;
        for text in ["Vil henvise flere rygere", "Mødes med alle i marts", "Gælder alle", "Praksiskonsulenten"] {
            assert!(list.body.contains(text), "{text}");
        }
        let href = address(&list, "/samarbejde/noter/", "");
        let page = desk.browser.get(&href).await;
        let mut right = form(&note("Mødes med alle i april", ""));
        right.push(("version".to_owned(), version_of(&page)));
        leads_to(&send(&mut desk, &href, right).await);
        let page = desk.browser.get(&href).await;
        assert!(page.body.contains("Mødes med alle i april") && page.body.contains("Mødes med alle i marts"));
        let why = [("version", &*version_of(&page)), ("hvorfor", "Forkert")];
        leads_to(&desk.browser.post(&format!("{href}/stryg"), &why).await);
        assert!(!desk.browser.get("/samarbejde/noter").await.body.contains("Mødes med alle"));
        assert!(queries_of(&mut desk, "/samarbejde/noter").await <= 2);
    }
}

on_both_engines! {
    async fn news_begins_with_what_changed_and_is_noted_as_sent(database: &Database) {
        let mut desk = Desk::with(database, Role::Coordinator, &[GP]).await;
        published(&mut desk, &COMPLETE).await;
        let list = desk.browser.get("/samarbejde/nyheder").await;
        assert!(list.body.contains("Kvit på hold") && list.body.contains("Nye tilbud"));
        let form = desk.browser.get("/samarbejde/nyheder/ny").await;
        assert!(form.body.contains("- Kvit på hold") && form.body.contains("checked"), "a draft, to all practices");
        let value = |name: &str| crate::value_of(&form, name);
        let (offer, practice) = (value("tilbud"), value("praksis"));
        let send = |to: &'static str| {
            let mut form = vec![("titel", "Nyt hold"), ("tekst", "Der er kommet et nyt hold."), ("tilbud", &*offer)];
            if !to.is_empty() {
                form.push(("praksis", &*practice));
            }
            form
        };
        let nobody = desk.browser.post("/samarbejde/nyheder/ny", &send("")).await;
        assert!(nobody.status == 422 && nobody.body.contains("Vælg mindst én praksis."));
        assert!(nobody.body.contains("Der er kommet et nyt hold."), "nothing typed is lost");
        let href = leads_to(&desk.browser.post("/samarbejde/nyheder/ny", &send("ja")).await);
        let page = desk.browser.get(&href).await;
        assert!(page.body.contains("Ikke sendt endnu") && page.body.contains("Ret nyheden"));
        let list = desk.browser.get("/samarbejde/nyheder").await;
        assert!(list.body.contains("Intet tilbud er ændret siden.") && list.body.contains("Nyt hold"));
        let none = desk.browser.post(&format!("{href}/sendt"), &[]).await;
        assert!(none.status == 422 && none.body.contains("Vælg, hvem den er sendt til."));
        leads_to(&desk.browser.post(&format!("{href}/sendt"), &[("praksis", &*practice)]).await);
        let page = desk.browser.get(&href).await;
        assert!(page.body.contains("Sendt til alle") && !page.body.contains("Ret nyheden"));
        let mut later = send("ja");
        later.push(("version", "1"));
        let refused = desk.browser.post(&format!("{href}/ret"), &later).await;
        assert_eq!(refused.status, 409, "made from before it was sent");
        leads_to(&desk.browser.post(&format!("{href}/sendt/{practice}/ikke"), &[]).await);
        assert!(desk.browser.get(&href).await.body.contains("Ret nyheden"));
        assert!(queries_of(&mut desk, "/samarbejde/nyheder").await <= 2 && queries_of(&mut desk, "/samarbejde/nyheder/ny").await <= 3);
    }
}

on_both_engines! {
    async fn an_estimate_is_typed_corrected_and_read_from_a_file_of_all_municipalities(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let list = "/samarbejde/skoen";
        let code = desk.app.organization(1).await.unwrap().code.as_str().to_owned();
        desk.browser.get(list).await;
        let typed = |number: &'static str| {
            [("omraade", "alkohol"), ("aar", "2026"), ("antal", number), ("aftalt", "KLU i november")]
        };
        let wrong = desk.browser.post(list, &typed("mange")).await;
        assert!(wrong.status == 422 && wrong.body.contains("Skriv et tal.") && wrong.body.contains("value=\"mange\""));
        for number in ["60", "40"] {
            leads_to(&desk.browser.post(list, &typed(number)).await);
        }
        let page = desk.browser.get(list).await;
        assert!(page.body.contains(">40<") && !page.body.contains(">60<"), "one of an area and a year");
        let head = "kommune;område;år;antal;procent;personer\n";
        let bad = format!("{head}{code};tandpleje;2026;5;;\n{code};alkohol;2026;9;;\n");
        let refused = desk.browser.post(&format!("{list}/fil"), &[("fil", &bad)]).await;
        assert!(refused.status == 422 && refused.body.contains("Linje 2, kolonnen »område«"), "{}", said(&refused));
        assert!(refused.body.contains("tandpleje;2026"), "nothing typed is lost");
        assert!(desk.browser.get(list).await.body.contains(">40<"), "and nothing is half read");
        let good = format!("{head}{code};nikotinafvaenning;2026;;2,0;4.000\n101;alkohol;2026;900;;\n");
        leads_to(&desk.browser.post(&format!("{list}/fil"), &[("fil", &good)]).await);
        let page = desk.browser.get(list).await;
        for text in ["2 % af 4000 borgere", ">80<", "Skøn læst ind: 1.", "Linjer om andre kommuner: 1."] {
            assert!(page.body.contains(text), "{text}");
        }
        let strike = address(&page, "/samarbejde/skoen/", "/stryg");
        let refused = desk.browser.post(&strike, &[("version", "1")]).await;
        assert!(refused.status == 422 && refused.body.contains("Skriv hvorfor"));
        assert!(queries_of(&mut desk, list).await <= 1);
    }
}

#[tokio::test]
async fn who_may_not_keep_the_cooperation_and_another_municipality_see_nothing_of_it() {
    let database = Database::sqlite();
    let mut desk = Desk::with(&database, Role::Leader, &[GP]).await;
    let new = "/samarbejde/moeder/nyt";
    desk.browser.get(new).await;
    let href = leads_to(&desk.browser.post(new, &meeting("2026-11-10", "Hemmeligt punkt", "")).await);
    for role in [Role::Visitator, Role::Professional, Role::Administrator, Role::Supplier, Role::Guest] {
        let mut other = log_in(&desk.app, 1, &format!("anden-{}", role.word()), role).await;
        for path in [LIST, new, &href, "/samarbejde/noter", "/samarbejde/nyheder", "/samarbejde/skoen"] {
            assert_eq!(other.get(path).await.status, 403, "{role:?} {path}");
        }
        assert_eq!(other.post(&format!("{href}/stryg"), &[("version", "1"), ("hvorfor", "x")]).await.status, 403);
    }
    testkit::municipality::add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
    let mut other = log_in(&desk.app, 2, "holbaek", Role::Leader).await;
    assert!(!other.get(LIST).await.body.contains("Hemmeligt punkt"));
    assert!(!other.get("/samarbejde/noter").await.body.contains("\" lang=\"da\">"), "no practice of ours");
    for path in [href.clone(), format!("{href}/ret")] {
        assert_eq!(other.get(&path).await.status, 404, "{path}");
    }
    let agreed = [("hvad", "x"), ("hvem", "y"), ("hvornaar", "2026-12-01")];
    assert_eq!(other.post(&format!("{href}/aftaler"), &agreed).await.status, 404);
}
