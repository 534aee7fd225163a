//! Figures of others beside our own: a file is taken in whole or not at all, and only what is alike stands together.

use domain::permission::Role;
use jiff::civil::date;
use testkit::municipality::{add, staff};
use testkit::on_both_engines;

use crate::monitoring::{keep, whole};
use crate::{Desk, leads_to, log_in};

const HEAD: &str = "Kilde;Målepunkt;Version;Fra;Til;Værdi;Tæller;Nævner\n";

async fn sent(desk: &mut Desk, lines: &str) -> crate::browser::Answer {
    desk.browser.get("/maaltal/andre").await;
    desk.browser.upload("/maaltal/andre", "tal.csv", format!("{HEAD}{lines}").as_bytes()).await
}

on_both_engines! {
    async fn a_figure_stands_beside_those_of_the_same_definition_and_period(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let months = vec![whole(date(2026, 7, 1), 30, 21), whole(date(2026, 9, 1), 30, 24), whole(date(2026, 10, 1), 40, 10)];
        keep(&desk.app, &staff(1, Role::Leader), "A01", months).await;
        let nobody = desk.browser.get("/maaltal/A01/andre").await.body;
        assert!(nobody.contains("Der er ingen tal fra andre for dette målepunkt"));
        let lines = "Nabokommunen;A01;1;2026-07-01;2026-09-30;0,8;160;200\nDanmark;A01;1;2026-07-01;2026-09-30;0,7;;\nDanmark;A04;1;2026-07-01;2026-09-30;0,61;;\n";
        assert_eq!(leads_to(&sent(&mut desk, lines).await), "/maaltal/andre");
        let list = desk.browser.get("/maaltal/andre").await.body;
        assert!(list.contains("3 tal er læst ind.") && list.contains("Nabokommunen") && list.contains("Danmark"));
        let page = desk.browser.get("/maaltal/A01/andre").await.body;
        assert!(page.contains("3. kvartal 2026"), "{page}");
        let row = |name: &str| page.split("<tr").find(|row| row.contains(&format!("<bdi>{name}</bdi>"))).unwrap();
        for (name, told) in [("Testby Kommune", ["75\u{a0}%", "45", "60"]), ("Nabokommunen", ["80\u{a0}%", "160", "200"])] {
            for text in told {
                assert!(row(name).contains(text), "{name} {text}: {}", row(name));
            }
        }
        assert!(!page.contains("61\u{a0}%"), "another definition stands on its own page");
        assert!(page.contains("Ingen gruppe afviger"), "45 of 60 and 160 of 200 may be the same");
        assert!(row("Danmark").contains("70\u{a0}%") && page.contains("class=\"fb-chart"), "{page}");
        assert!(desk.queries_of("/maaltal/A01/andre").await <= 6);
        leads_to(&sent(&mut desk, "Nabokommunen;A01;1;2026-07-01;2026-09-30;0,5;100;200\n").await);
        let page = desk.browser.get("/maaltal/A01/andre").await.body;
        assert!(page.contains("Mere end tilfældigt og mere end grænsen"), "45 of 60 and 100 of 200: {page}");
        assert!(page.contains("50\u{a0}%") && !page.contains("80\u{a0}%"), "a newer figure takes the place of the one before");
        desk.browser.get("/maaltal/andre").await;
        leads_to(&desk.browser.post("/maaltal/andre/fjern", &[("kilde", "Nabokommunen")]).await);
        assert!(!desk.browser.get("/maaltal/A01/andre").await.body.contains("Nabokommunen"));
    }
}

on_both_engines! {
    async fn a_file_with_a_fault_is_told_of_and_nothing_of_it_is_kept(database: &Database) {
        let mut desk = Desk::with(database, Role::Quality, &[]).await;
        let lines = "Nabokommunen;A01;1;2026-07-01;2026-09-30;0,8;160;200\nNabokommunen;X99;1;2026-07-01;2026-09-30;0,8;;\n";
        let answer = sent(&mut desk, lines).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("Linje 3: Målepunktet »X99« version 1 findes ikke."), "{}", answer.body);
        assert!(desk.browser.get("/maaltal/andre").await.body.contains("Der er ingen tal fra andre endnu"));
        let mut professional = log_in(&desk.app, 1, "fys", Role::Professional).await;
        let page = professional.get("/maaltal/andre").await;
        assert!(page.status == 200 && !page.body.contains("Læs tal ind"), "who answers for no quality reads alone");
        assert_eq!(professional.upload("/maaltal/andre", "tal.csv", HEAD.as_bytes()).await.status, 403);
    }
}

on_both_engines! {
    async fn what_one_municipality_gives_away_the_next_reads_in(database: &Database) {
        let mut desk = Desk::with(database, Role::Quality, &[]).await;
        let months = vec![whole(date(2026, 3, 1), 30, 21), whole(date(2026, 9, 1), 30, 24)];
        keep(&desk.app, &staff(1, Role::Leader), "A01", months).await;
        keep(&desk.app, &staff(1, Role::Leader), "A04", vec![whole(date(2026, 9, 1), 4, 3)]).await;
        let file = desk.browser.get("/maaltal/andre/hent/csv").await.body;
        assert!(file.contains("Testby Kommune;A01;1;2025-11-01;2026-10-31;0,7500;45;60"), "{file}");
        assert!(!file.contains(";A04;"), "what is of few stays at home: {file}");
        let second = add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut other = log_in(&desk.app, second.key, "holbaek", Role::Quality).await;
        other.get("/maaltal/andre").await;
        leads_to(&other.upload("/maaltal/andre", "tal.csv", file.as_bytes()).await);
        let page = other.get("/maaltal/A01/andre").await.body;
        assert!(page.contains("<bdi>Testby Kommune</bdi>") && page.contains("75\u{a0}%") && page.contains("jeres egne"), "{page}");
        assert!(!desk.browser.get("/maaltal/andre").await.body.contains("Holbæk"), "nobody sees another's");
    }
}
