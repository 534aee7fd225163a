//! Population tables: a file is sent, its columns are seen, it is taken in whole or not at all, and a newer one corrects it.

use domain::permission::Role;
use testkit::municipality::add;
use testkit::on_both_engines;

use crate::{Desk, leads_to, log_in};

/// 1,410 adults live in the municipality: 1,300 men and 110 women, 210 in the north and 1,200 in the south.
const FILE: &str = "\
kommunekode;aldersgruppe;køn;område;antal
0999;18-39 år;Mænd;Nord;100
0999;18-39 år;Kvinder;Nord;110
0999;40-49;Mænd;Syd;1.200
0999;I alt;I alt;I alt;1.410
0101;18-39 år;Mænd;Vest;5000
";

const COLUMNS: [(&str, &str); 5] = [
    ("kolonne-0", "municipality"),
    ("kolonne-1", "age_band"),
    ("kolonne-2", "sex"),
    ("kolonne-3", "district"),
    ("kolonne-4", "persons"),
];
const ABOUT: [(&str, &str); 5] = [
    ("hvem", "residents"),
    ("kilde", "Sundhedsprofilen"),
    ("dato", "2026-01-01"),
    ("total", "I alt"),
    ("alle", "Alle"),
];

async fn sent(desk: &mut Desk, content: &[u8]) -> String {
    assert_eq!(desk.browser.get("/befolkning/ny").await.status, 200);
    leads_to(&desk.browser.upload("/befolkning/ny", "C:\\tal\\profil.csv", content).await)
}

/// The form of a draft with some fields as they are given.
fn form<'a>(given: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let others = ABOUT.into_iter().chain(COLUMNS).filter(|(name, _)| given.iter().all(|(own, _)| own != name));
    others.chain(given.iter().copied()).collect()
}

async fn taken_in(desk: &mut Desk, content: &[u8], given: &[(&str, &str)]) -> String {
    let draft = sent(desk, content).await;
    assert_eq!(desk.browser.get(&draft).await.status, 200);
    leads_to(&desk.browser.post(&draft, &form(given)).await)
}

on_both_engines! {
    async fn a_file_is_understood_seen_and_taken_in_with_source_and_who(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        assert!(desk.browser.get("/befolkning").await.body.contains("Der er ingen befolkningstal endnu."));
        let draft = sent(&mut desk, FILE.as_bytes()).await;
        let page = desk.browser.get(&draft).await;
        assert_eq!(page.status, 200);
        for text in [
            "<bdi>profil.csv</bdi>",
            "<option value=\"municipality\" selected>",
            "<option value=\"age_band\" selected>",
            "<option value=\"sex\" selected>",
            "<option value=\"district\" selected>",
            "<option value=\"persons\" selected>",
            "4 antal kan læses. I kommunen: 1.410.",
            "2 kommuner er i filen.",
            "97 kommuner mangler",
            "Nord, Syd",
        ] {
            assert!(page.body.contains(text), "{text}");
        }
        assert!(desk.browser.get("/befolkning").await.body.contains("Der er ingen"), "a draft is nothing yet");
        assert!(desk.queries_of(&draft).await <= 3);
        desk.browser.get(&draft).await;
        let table = leads_to(&desk.browser.post(&draft, &form(&[])).await);
        let page = desk.browser.get(&table).await.body;
        for text in ["Tallene er indlæst.", "Voksne borgere", "Sundhedsprofilen", "1. januar", "profil.csv", "<bdi>LE</bdi>"] {
            assert!(page.contains(text), "{text}");
        }
        let rows = |name: &str| {
            let row = page.split_once(&format!("{name}</th>")).or_else(|| page.split_once(&format!("{name}</span></th>"))).unwrap().1;
            row.split("</tr>").next().unwrap().to_owned()
        };
        for (group, persons, share) in [("Mænd", "1.300", "92,2"), ("Kvinder", "110", "7,8"), ("Nord", "210", "14,9"), ("Syd", "1.200", "85,1"), ("18-39", "210", "14,9")] {
            assert!(rows(group).contains(&format!(">{persons}<")) && rows(group).contains(share), "{group}: {}", rows(group));
        }
        assert!(!page.contains("Vest") && !page.contains("5.000"), "another municipality's are not ours");
        assert_eq!(desk.browser.get(&draft).await.status, 404, "the draft is gone");
        for path in ["/befolkning", &table] {
            assert!(desk.queries_of(path).await <= 2, "{path}");
        }
        // 1,410 adults are four of five of 1,763.
        assert!(desk.browser.get("/kapacitet").await.body.contains("1.763 indbyggere efter kommunens befolkningstal."));
    }
}

on_both_engines! {
    async fn what_does_not_fit_is_told_with_line_and_column_and_nothing_is_taken_in(database: &Database) {
        let mut desk = Desk::with(database, Role::Quality, &[]).await;
        let wrong = FILE.replace(";1.410", ";1.411").replace("0101;18-39 år;Mænd", "0101;10-17 år;Mænd");
        let draft = sent(&mut desk, wrong.as_bytes()).await;
        let page = desk.browser.post(&draft, &form(&[])).await;
        assert_eq!(page.status, 422);
        for text in ["1 linje passer ikke.", "Linje 6, kolonnen »aldersgruppe«: »10-17 år« er ikke en af grupperne.", "value=\"Sundhedsprofilen\""] {
            assert!(page.body.contains(text), "{text}");
        }
        let wrong = FILE.replace(";1.410", ";1.411");
        let draft = sent(&mut desk, wrong.as_bytes()).await;
        let page = desk.browser.get(&draft).await.body;
        assert!(page.contains("Linje 5, kolonnen »antal«: Summen er 1411, men dens dele giver 1410."), "it is said at once");
        let without = FILE.replace("0999", "0147");
        let draft = sent(&mut desk, without.as_bytes()).await;
        let page = desk.browser.post(&draft, &form(&[])).await;
        assert!(page.status == 422 && page.body.contains("Kommune (999) mangler i filen."));
        assert!(desk.browser.get("/befolkning").await.body.contains("Der er ingen befolkningstal endnu."));
    }
}

on_both_engines! {
    async fn what_is_missing_of_the_form_is_told_at_its_field_and_kept(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let draft = sent(&mut desk, FILE.as_bytes()).await;
        desk.browser.get(&draft).await;
        for (given, message) in [
            (&[("hvem", "")][..], "Vælg, hvem tabellen tæller."),
            (&[("kilde", " ")], "Skriv, hvor tallene er fra"),
            (&[("dato", "i går")], "Skriv datoen som dag, måned og år."),
            (&[("dato", "2027-01-01")], "Den kan ikke ligge i fremtiden."),
            (&[("kolonne-4", "")], "Vælg, hvilken kolonne der er kommunens kode, og hvilken der er antallet."),
            (&[("kolonne-3", "sex")], "To kolonner er valgt som »Køn«. Vælg kun én."),
        ] {
            let page = desk.browser.post(&draft, &form(given)).await;
            assert!(page.status == 422 && page.body.contains(message), "{message}");
        }
        let again = desk.browser.post(&draft, &form(&[("kolonne-3", ""), ("kilde", "Halv"), ("kontroller", "ja")])).await;
        assert_eq!(again.status, 200, "{}", again.body);
        assert!(again.body.contains("value=\"Halv\"") && !again.body.contains("Nord, Syd"));
        for (name, content, message) in [
            ("tom.csv", &b""[..], "Vælg en fil med tal."),
            ("billede.png", b"\x89PNG\x00\x01", "Filen kan ikke læses."),
            ("hoved.csv", b"kommune;antal\n", "Der står ingen tal under kolonnernes navne."),
        ] {
            let page = desk.browser.upload("/befolkning/ny", name, content).await;
            assert!(page.status == 422 && page.body.contains(message), "{name}");
        }
        let token = std::mem::replace(&mut desk.browser.token, "et andet".to_owned());
        assert_eq!(desk.browser.upload("/befolkning/ny", "x.csv", FILE.as_bytes()).await.status, 403, "not our own page");
        desk.browser.token = token;
    }
}

on_both_engines! {
    async fn a_newer_import_corrects_an_earlier_one_which_stays(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let first = taken_in(&mut desk, FILE.as_bytes(), &[]).await;
        desk.clock.set("2026-11-24T09:00:00Z");
        let south = FILE.replace("0999;18-39 år;Mænd;Nord;100\n0999;18-39 år;Kvinder;Nord;110\n", "").replace("1.410", "1.200");
        let draft = sent(&mut desk, south.as_bytes()).await;
        let page = desk.browser.get(&draft).await.body;
        let gone = page.split_once("Områder, som de gældende tal har, og filen ikke har:").unwrap().1;
        assert!(gone.split("</p>").next().unwrap().contains("Nord"));
        let second = leads_to(&desk.browser.post(&draft, &form(&[])).await);
        let older = taken_in(&mut desk, FILE.as_bytes(), &[("dato", "2025-01-01")]).await;
        let smokers = taken_in(&mut desk, FILE.as_bytes(), &[("hvem", "smokers")]).await;
        let list = desk.browser.get("/befolkning").await.body;
        for (table, standing) in [(&second, "Gælder"), (&first, "Rettet af en nyere"), (&older, "Ældre tal"), (&smokers, "Gælder")] {
            let row = list.split_once(&format!("href=\"{table}\"")).unwrap().1.split("</tr>").next().unwrap();
            assert!(row.contains(standing), "{standing}: {row}");
        }
        assert!(desk.browser.get(&first).await.body.contains("1.410"), "what was corrected can be seen");
    }
}

on_both_engines! {
    async fn who_may_and_whose_they_are(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let table = taken_in(&mut desk, FILE.as_bytes(), &[]).await;
        let draft = sent(&mut desk, FILE.as_bytes()).await;
        let mut reader = log_in(&desk.app, 1, "fag", Role::Professional).await;
        assert_eq!(reader.get(&table).await.status, 200);
        assert!(!reader.get("/befolkning").await.body.contains("/befolkning/ny"));
        for path in ["/befolkning/ny", draft.as_str()] {
            assert_eq!(reader.get(path).await.status, 403, "{path}");
        }
        let mut visitator = log_in(&desk.app, 1, "modtager", Role::Visitator).await;
        assert_eq!(visitator.get("/befolkning").await.status, 403);
        add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut neighbour = log_in(&desk.app, 2, "nabo", Role::Leader).await;
        assert!(neighbour.get("/befolkning").await.body.contains("Der er ingen befolkningstal endnu."));
        for path in [&table, &draft] {
            assert_eq!(neighbour.get(path).await.status, 404, "{path}");
        }
        assert_eq!(neighbour.post(&draft, &form(&[])).await.status, 404);
    }
}
