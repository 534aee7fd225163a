//! Whom the offers reach: figures of a small municipality worked out by hand, against its population and against those referred,
//! small numbers hidden also against subtraction, who may see what, files, and that what is kept is what counting gives.

use std::collections::BTreeMap;

use app::population::{PopulationInput, PopulationSubject, import};
use app::{App, AppError, Caller};
use domain::permission::Role;
use indicators::equity::participation::{PARTICIPATION, Participants};
use jiff::civil::{Date, date};
use store::Tx;
use testkit::municipality::{add, staff};
use testkit::on_both_engines;

use crate::browser::Browser;
use crate::monitoring::shown;
use crate::{Desk, log_in};

const MONTH: Date = date(2026, 9, 1);

/// A row of what is kept, as it would stand had the citizens been counted: breakdown, group, and how many came how far.
type Row = (&'static str, &'static str, [i64; 4]);

/// Of 130 referred 60 began, 40 completed and 20 gained.
const AREAS: [Row; 2] = [("district", "Nord", [60, 35, 25, 15]), ("district", "Syd", [70, 25, 15, 5])];

async fn keep(app: &App, who: &Caller, offer: &str, rows: &[Row]) {
    const SQL: &str = "insert into indicator_cell (organization, breakdown, indicator, part, stratum, month, counts)
        values ($1, $2, $3, $4, $5, $6, $7)";
    app::quality::refresh(app, who).await.unwrap();
    let (offer, rows) = (offer.to_owned(), rows.to_vec());
    let write = move |tx: &mut Tx<'_>| {
        for (by, stratum, [referred, started, completed, gained]) in rows {
            let cell = Participants { referred, started, completed, gained }.cell();
            let counts = serde_json::to_string(&cell).unwrap();
            let offer = offer.as_str();
            let values =
                [by.into(), PARTICIPATION.into(), offer.into(), stratum.into(), MONTH.into(), (&counts).into()];
            tx.execute(SQL, &values)?;
        }
        Ok::<_, AppError>(())
    };
    app.store.write(who.scope("test", app.now()), write).await.unwrap();
}

/// Takes in how many adults there are in each area.
async fn areas(app: &App, all: &[(&str, u32)]) {
    let lines: Vec<String> = all.iter().map(|(area, persons)| format!("0999;{area};{persons}\n")).collect();
    let lines = lines.concat();
    let table = PopulationInput {
        subject: PopulationSubject::Residents,
        source: "Sundhedsprofilen".to_owned(),
        dataset_on: date(2026, 1, 1),
        file_name: "profil.csv".to_owned(),
        content: format!("kommune;distrikt;antal\n{lines}"),
        columns: ["municipality", "district", "persons"].map(str::to_owned).into(),
        total: "I alt".to_owned(),
        any_disease: "Alle".to_owned(),
    };
    import(app, &staff(1, Role::Leader), table, None).await.unwrap();
}

fn section<'a>(body: &'a str, id: &str) -> &'a str {
    let part = body.split(&format!("id=\"{id}\"")).nth(1).unwrap_or_else(|| panic!("{id}"));
    part.split("</section>").next().unwrap()
}

/// The cells of a row of a part of the page: the words of each, with a blank between.
pub fn row(body: &str, id: &str, name: &str) -> Vec<String> {
    let rows: Vec<&str> = section(body, id).split("<tr").collect();
    let head = |row: &&&str| words(row.split("</th>").next().unwrap()) == name;
    let found = rows.iter().find(head).unwrap_or_else(|| panic!("{name}"));
    let found = found.split("</tr>").next().unwrap();
    found.split("<td").skip(1).map(|cell| words(&format!("<td{cell}"))).collect()
}

fn words(html: &str) -> String {
    let texts = html.split('<').filter_map(|piece| piece.split_once('>').map(|(_, text)| text.trim()));
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ").replace('\u{a0}', " ").replace("&#60;", "<")
}

async fn file(browser: &mut Browser, path: &str) -> BTreeMap<String, Vec<String>> {
    let file = browser.get(path).await;
    assert_eq!(file.status, 200, "{path}");
    let lines = file.body.lines().skip(1).map(|line| line.split(';').map(str::to_owned).collect::<Vec<_>>());
    lines.map(|cells| (cells[2].clone(), cells)).collect()
}

// Of 3,000 adults 60 began: 2 of a hundred. Of 1,000 in Nord 35 did, 20 were to be expected; of 2,000 in Syd 25, expected 40.
on_both_engines! {
    async fn each_area_is_told_against_the_population_and_those_missing_with_it(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let offer = crate::catalogue::published(&mut desk, &crate::catalogue::COMPLETE).await;
        let id = offer.rsplit('/').next().unwrap().to_owned();
        let leader = staff(1, Role::Leader);
        keep(&desk.app, &leader, "", &AREAS).await;
        keep(&desk.app, &leader, &id, &[("district", "Nord", [30, 20, 10, 5]), ("district", "Syd", [30, 10, 5, 0])]).await;
        areas(&desk.app, &[("Nord", 1_000), ("Syd", 2_000)]).await;
        let body = shown(&mut desk.browser, "/lighed").await;
        assert_eq!(row(&body, "grupper", "Nord"), ["1.000", "60", "35 58 %", "25 42 %", "15 25 %"]);
        assert_eq!(row(&body, "grupper", "Syd"), ["2.000", "70", "25 36 %", "15 21 %", "5 7 %"]);
        assert_eq!(row(&body, "grupper", "I alt"), ["3.000", "130", "60 46 %", "40 31 %", "20 15 %"]);
        assert_eq!(row(&body, "mangler", "Nord"), ["35", "20", "0"]);
        assert_eq!(row(&body, "mangler", "Syd"), ["25", "40", "15"]);
        assert_eq!(row(&body, "pr-tilbud", "Alle tilbud"), ["60", "15", "Syd"]);
        assert_eq!(row(&body, "pr-tilbud", "Kvit på hold"), ["30", "10", "Syd"]);
        for text in ["Gruppernes del af dem, der er begyndt", "Én gruppe ligger under befolkningen og én gruppe over.",
            "Voksne borgere", "Sundhedsprofilen", "Det viser ikke hvorfor.", "aria-current=\"page\" href=\"/lighed\""] {
            assert!(body.contains(text) || body.contains(&text.replace("aria-current=\"page\" ", "")), "{text}");
        }
        let of_offer = shown(&mut desk.browser, &format!("/lighed?tilbud={id}&trin=gennemfoert")).await;
        assert_eq!(row(&of_offer, "mangler", "Syd"), ["5", "10", "5"]);
        assert_eq!(row(&of_offer, "grupper", "I alt"), ["3.000", "60", "30 50 %", "15 25 %", "5 8 %"]);
        let lines = file(&mut desk.browser, &format!("/lighed/hent/csv?tilbud={id}")).await;
        assert_eq!(lines["Syd"][4..9], ["2000", "30", "10", "5", "0"]);
        assert_eq!(lines["Syd"][12..], ["Begyndt", "10"]);
        assert_eq!(lines["I alt"][13], "10");
        let book = desk.browser.get("/lighed/hent/xlsx").await;
        assert!(book.status == 200 && book.header("content-disposition").contains("lighed-2026-11-24.xlsx"));
        for path in ["/lighed".to_owned(), format!("/lighed?tilbud={id}&periode=2026&opdel=education")] {
            let queries = desk.queries_of(&path).await;
            assert!(queries <= 6, "{path}: {queries}");
        }
    }
}

// No table is split by sex: of 130 referred 60 began, 46 of a hundred; of 65 men 20 did and 30 would have.
on_both_engines! {
    async fn without_a_table_those_referred_are_what_is_measured_against_and_it_is_said(database: &Database) {
        let mut desk = Desk::with(database, Role::Quality, &[]).await;
        let empty = shown(&mut desk.browser, "/lighed").await;
        assert!(empty.contains("Ingen er henvist i perioden") && !empty.contains("/lighed/hent/"));
        let sexes = [("sex", "male", [65, 20, 10, 5]), ("sex", "female", [65, 40, 20, 10])];
        keep(&desk.app, &staff(1, Role::Leader), "", &sexes).await;
        areas(&desk.app, &[("Nord", 1_000), ("Syd", 2_000)]).await;
        let body = shown(&mut desk.browser, "/lighed?opdel=sex").await;
        assert_eq!(row(&body, "grupper", "Mand"), ["65", "20 31 %", "10 15 %", "5 8 %"]);
        assert_eq!(row(&body, "mangler", "Mand"), ["20", "30", "10"]);
        assert_eq!(row(&body, "mangler", "Kvinde"), ["40", "30", "0"]);
        for text in ["Dem, der er henvist. Ingen af kommunens befolkningstal er delt på denne måde.",
            "href=\"/befolkning/ny\"", "Andel af de henviste, der er begyndt", "2 grupper afviger"] {
            assert!(body.contains(text) || (text.starts_with('2') && body.contains("To grupper afviger")), "{text}");
        }
        let referred = shown(&mut desk.browser, "/lighed?opdel=sex&trin=henvist").await;
        assert!(referred.contains("Henviste kan ikke måles mod sig selv.") && !referred.contains("id=\"mangler\""));
        // The period is before all of it.
        let before = shown(&mut desk.browser, "/lighed?opdel=sex&periode=2025").await;
        assert!(before.contains("Ingen er henvist i perioden"));
    }
}

// Three of Vest began. Neither they, nor what would tell them by subtraction, stand on the page or in the file.
on_both_engines! {
    async fn few_are_hidden_on_the_page_and_in_the_file_also_against_subtraction(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let rows = [AREAS[0], AREAS[1], ("district", "Vest", [30, 3, 0, 0])];
        keep(&desk.app, &staff(1, Role::Leader), "", &rows).await;
        areas(&desk.app, &[("Nord", 1_000), ("Syd", 2_000), ("Vest", 900)]).await;
        let body = shown(&mut desk.browser, "/lighed").await;
        // Without the share that may stand after it; a rounded number is two words.
        let started = |name: &str| {
            let cell = row(&body, "grupper", name)[2].clone();
            let count: Vec<&str> = cell.split(' ').take(if cell.starts_with("ca.") { 2 } else { 1 }).collect();
            count.join(" ")
        };
        assert_eq!(started("Vest"), "<5");
        let others = [started("Nord"), started("Syd")];
        // Whoever knows both others and the sum would know the three.
        let all_told = others == ["35", "25"] && started("I alt") == "63";
        assert!(!all_told, "{others:?} {}", started("I alt"));
        assert_eq!(row(&body, "mangler", "Vest"), ["<5", "Skjult", "Skjult"]);
        let told: Vec<String> = ["Nord", "Syd"].map(|name| row(&body, "mangler", name)[2].clone()).into();
        assert!(others.iter().zip(&told).all(|(count, missing)| count != "Skjult" || missing == "Skjult"), "{told:?}");
        let lines = file(&mut desk.browser, "/lighed/hent/csv").await;
        assert_eq!(lines["Vest"][6], "<5");
        assert_eq!(lines["Vest"][13], "Skjult");
        for name in ["Nord", "Syd", "I alt"] {
            assert_eq!(lines[name][6], started(name), "the file says what the page says");
        }
    }
}

on_both_engines! {
    async fn who_may_not_see_it_is_refused_and_another_municipality_sees_its_own(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        keep(&desk.app, &staff(1, Role::Leader), "", &AREAS).await;
        areas(&desk.app, &[("Nord", 1_000), ("Syd", 2_000)]).await;
        assert!(shown(&mut desk.browser, "/lighed").await.contains("Nord"));
        for role in [Role::Visitator, Role::Supplier, Role::Guest, Role::Authority] {
            let mut other = log_in(&desk.app, 1, &format!("x-{}", role.word()), role).await;
            for path in ["/lighed", "/lighed/hent/csv"] {
                assert_eq!(other.get(path).await.status, 403, "{path} {role:?}");
            }
        }
        // What is sensitive is for those who answer for quality.
        let mut professional = log_in(&desk.app, 1, "fag", Role::Professional).await;
        assert!(!shown(&mut professional, "/lighed").await.contains("opdel=education"));
        for path in ["/lighed?opdel=education", "/lighed/hent/csv?opdel=mental_illness"] {
            assert_eq!(professional.get(path).await.status, 404, "{path}");
        }
        add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut theirs = log_in(&desk.app, 2, "anden", Role::Leader).await;
        let body = shown(&mut theirs, "/lighed").await;
        assert!(body.contains("Ingen er henvist i perioden") && !body.contains("Nord") && !body.contains("Sundhedsprofilen"));
    }
}

on_both_engines! {
    async fn what_cannot_be_asked_is_told_in_danish_with_what_to_do(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        keep(&desk.app, &staff(1, Role::Leader), "", &AREAS).await;
        for (query, text) in [
            ("tilbud=018f0000-0000-7000-8000-000000000001", "Tilbuddet findes ikke. Vælg et af dem på listen."),
            ("tilbud=x%27", "Tilbuddet findes ikke. Vælg et af dem på listen."),
            ("periode=2027", "Perioden findes ikke eller er ikke begyndt."),
            ("periode=2026-11_2026-01", "Perioden findes ikke eller er ikke begyndt."),
            ("periode=2026-11", "Perioden findes ikke eller er ikke begyndt."),
            ("trin=helt", "Trinnet findes ikke. Vælg et af dem på listen."),
        ] {
            let page = desk.browser.get(&format!("/lighed?{query}")).await;
            assert!(page.status == 422 && page.body.contains(text) && page.body.contains("<title>Fejl: "), "{query}");
            assert_eq!(desk.browser.get(&format!("/lighed/hent/csv?{query}")).await.status, 404, "{query}");
        }
        for path in ["/lighed?opdel=weekday", "/lighed/hent/pdf"] {
            assert_eq!(desk.browser.get(path).await.status, 404, "{path}");
        }
    }
}

/// Where KS-9.1-04 stands: a population table that is not too old, and somebody who looked at who takes part beside it.
async fn population_is_used(app: &App) -> bool {
    let whole = app::quality::whole_now(app, 1).await.unwrap();
    let all = whole.requirements();
    let stand = all.iter().find(|stand| stand.requirement.id == "KS-9.1-04").unwrap();
    stand.status == app::quality::Status::Met
}

// A table alone is not used; a review without a table is of no population; both in the same year are the proof.
on_both_engines! {
    async fn population_tables_and_who_looked_at_them_decide_that_data_on_the_population_are_used(database: &Database) {
        let mut desk = Desk::with(database, Role::Quality, &[]).await;
        let leader = staff(1, Role::Leader);
        keep(&desk.app, &leader, "", &AREAS).await;
        let reviewed = [("opdel", "district"), ("trin", "begyndt"), ("periode", "12m"), ("tilbud", "")];
        let form = |version: &'static str| [&[("version", version)][..], &reviewed[..]].concat();
        let body = shown(&mut desk.browser, "/lighed").await;
        assert!(body.contains("Ingen har noteret, at tallene er gennemgået."));
        let back = crate::leads_to(&desk.browser.post("/lighed/gennemgang", &form("0")).await);
        assert!(back.starts_with("/lighed?opdel=district"), "{back}");
        assert!(!population_is_used(&desk.app).await, "nothing to measure against");
        areas(&desk.app, &[("Nord", 1_000), ("Syd", 2_000)]).await;
        assert!(!population_is_used(&desk.app).await, "nobody has looked since");
        assert!(shown(&mut desk.browser, "/lighed").await.contains("Senest gennemgået 24. november"));
        crate::leads_to(&desk.browser.post("/lighed/gennemgang", &form("1")).await);
        assert!(population_is_used(&desk.app).await);
        assert_eq!(desk.browser.post("/lighed/gennemgang", &form("1")).await.status, 409, "a colleague was first");
        // What is kept of a table that grew too old holds no more.
        desk.clock.set("2027-02-01T08:00:00Z");
        let mut professional = log_in(&desk.app, 1, "fag", Role::Professional).await;
        professional.get("/lighed").await;
        assert_eq!(professional.post("/lighed/gennemgang", &form("2")).await.status, 403);
        assert!(!population_is_used(&desk.app).await, "the next year has its own review");
    }
}

// Of 60 referred twelve left at once and eight still wait, ten left after they were spoken with, and thirty completed.
on_both_engines! {
    async fn where_citizens_leave_and_how_long_they_wait_is_drawn_from_what_is_kept(database: &Database) {
        const SQL: &str = "insert into indicator_cell (organization, breakdown, indicator, part, stratum, month, counts)
            values ($1, '', 'way', '', '', $2, $3)";
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let leader = staff(1, Role::Leader);
        keep(&desk.app, &leader, "", &AREAS).await;
        let write = |tx: &mut Tx<'_>| {
            let counts = r#"[[60,0,0,0,0],{"10000":20,"30000":10},{"at_referred":20,"open_referred":8,"at_contacted":10,"at_completed":30}]"#;
            tx.execute(SQL, &[MONTH.into(), counts.into()])?;
            Ok::<_, AppError>(())
        };
        desk.app.store.write(leader.scope("test", desk.app.now()), write).await.unwrap();
        let body = shown(&mut desk.browser, "/lighed").await;
        for text in ["30 af 60 kom hele vejen", "20 gik ikke videre: 12 stoppede, 8 er stadig i gang",
            "10 gik ikke videre: 10 stoppede", "Halvdelen venter højst 10 dage, ni af ti højst 30 dage."] {
            assert!(body.replace('\u{a0}', " ").contains(text), "{text}");
        }
    }
}
