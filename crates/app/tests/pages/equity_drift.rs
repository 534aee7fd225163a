//! Whether a model of stratification drifts: decisions made on courses and counted by hand, a shift over two years with its signal,
//! levels and groups, a new version beside the old one, small numbers hidden also against subtraction, and files.

use std::collections::BTreeMap;

use app::safety::{StratifyInput, stratify};
use app::{App, AppError, Caller};
use domain::ids::{CitizenId, CourseId};
use domain::permission::Role;
use domain::stratification::{ESBJERG, Step, Stratum};
use indicators::equity::drift::LEVELS;
use indicators::totals::Cell;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use store::Tx;
use testkit::municipality::{add, staff};
use testkit::on_both_engines;

use crate::equity::row;
use crate::monitoring::shown;
use crate::talk::record;
use crate::teams::{PERSONS, granted};
use crate::{Desk, log_in};

/// Decides a level on a course: both questions answered alike, and another level than the model's when one is given.
pub async fn decide(desk: &Desk, course: CourseId, weight: Step, level: Option<Stratum>) {
    let answers = ESBJERG.factors.iter().map(|factor| (factor.word.to_owned(), weight)).collect();
    let (model, version, reason) = (ESBJERG.word.to_owned(), ESBJERG.version, "Lige blevet alene".to_owned());
    let input = StratifyInput { model, version, answers, level, reason };
    stratify(&desk.app, &staff(1, Role::Professional), course, input).await.unwrap();
}

async fn course_of(desk: &Desk, citizen: CitizenId) -> CourseId {
    record(&desk.app, citizen).await.open_course().unwrap().value.id
}

/// The cells of a group: of the table below the figure, which has one of its own.
fn group(body: &str, name: &str) -> Vec<String> {
    let below = body.split("id=\"grupper\"").nth(1).unwrap().split("</figure>").last().unwrap();
    row(&format!("<h2 id=\"grupper\">{below}"), "grupper", name)
}

/// Decisions of each month: the version, the district, and how many by what the model gave and what was decided.
type Row = (&'static str, &'static str, &'static [(&'static str, i64)]);

/// Keeps rows, as they would stand had the citizens been counted, in each of the months from one on.
async fn keep(app: &App, who: &Caller, (from, months): (Date, i32), rows: &[Row]) {
    app::quality::refresh(app, who).await.unwrap();
    let rows = rows.to_vec();
    let write = move |tx: &mut Tx<'_>| {
        for month in (0..months).map(|month| from.saturating_add(month.months())) {
            let mut whole: BTreeMap<&str, Vec<(&str, i64)>> = BTreeMap::new();
            for (version, district, pairs) in &rows {
                save(tx, ("district", *version, *district, month), pairs)?;
                whole.entry(*version).or_default().extend_from_slice(pairs);
            }
            for (version, pairs) in whole {
                save(tx, ("", version, "", month), &pairs)?;
            }
        }
        Ok::<_, AppError>(())
    };
    app.store.write(who.scope("test", app.now()), write).await.unwrap();
}

fn save(
    tx: &mut Tx<'_>,
    (by, version, district, month): (&str, &str, &str, Date),
    pairs: &[(&str, i64)],
) -> Result<(), AppError> {
    const SQL: &str = "insert into indicator_cell (organization, breakdown, indicator, part, stratum, month, counts)
        values ($1, $2, $3, $4, $5, $6, $7)";
    let mut cell = Cell::default();
    for (pair, count) in pairs {
        let changed = if pair[..1] == pair[2..] { 0 } else { *count };
        cell.merge(&Cell { of: *count, met: changed, groups: [((*pair).into(), *count)].into(), ..Cell::default() }, 1);
    }
    let counts = serde_json::to_string(&cell).unwrap();
    tx.execute(SQL, &[by.into(), LEVELS.into(), version.into(), district.into(), month.into(), (&counts).into()])?;
    Ok(())
}

const BEFORE: (Date, i32) = (date(2024, 11, 1), 12);
const NOW: (Date, i32) = (date(2025, 11, 1), 12);
const NORTH: Row = ("esbjerg-1", "Nord", &[("1>1", 24), ("1>2", 6)]);

// Of the man twelve decisions are the model's and six higher; of the woman five are lower and seven the model's.
on_both_engines! {
    async fn decisions_on_courses_are_counted_by_the_way_they_went_and_by_group(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let (man, woman) = (granted(&desk, PERSONS[0]).await.1, granted(&desk, PERSONS[1]).await.1);
        let (man, woman) = (course_of(&desk, man).await, course_of(&desk, woman).await);
        let of_man = std::iter::repeat_n((Step::Light, None), 12).chain(std::iter::repeat_n((Step::Light, Some(Stratum::Support)), 6));
        for (weight, level) in of_man {
            decide(&desk, man, weight, level).await;
        }
        let of_woman = std::iter::repeat_n((Step::Heavy, Some(Stratum::Own)), 5).chain(std::iter::repeat_n((Step::Heavy, None), 7));
        for (weight, level) in of_woman {
            decide(&desk, woman, weight, level).await;
        }
        app::quality::refresh(&desk.app, &staff(1, Role::Leader)).await.unwrap();
        // Today is in the year and the quarter that run, and not in the last twelve complete months.
        let path = "/lighed/model?opdel=sex&periode=2026";
        let body = shown(&mut desk.browser, path).await;
        assert_eq!(group(&body, "Mand"), ["18", "6", "0", "33 %"]);
        assert_eq!(group(&body, "Kvinde"), ["12", "0", "5", "42 %"]);
        assert_eq!(group(&body, "Alle"), ["30", "6", "5", "37 %"]);
        // Seventeen can do it on their own: twelve of them by the model.
        for (level, count) in [("Kan selv", "17"), ("Har brug for støtte", "6"), ("Udvidet forløbskoordination", "7")] {
            let cells = row(&body, "fordeling", level);
            assert!(cells.contains(&count.to_owned()), "{level}: {cells:?}");
        }
        for text in ["Mestringsevne og kompleksitet", "november 2026", "ingen har gjort noget forkert"] {
            assert!(body.contains(text), "{text}");
        }
        let queries = desk.queries_of(path).await;
        assert!(queries <= 6, "{queries}");
        let link = shown(&mut desk.browser, "/lighed?opdel=strat_level&periode=2026").await;
        assert!(link.contains("/lighed/model?opdel=district&#38;periode=2026"), "no level is split by itself");
        let before = shown(&mut desk.browser, "/lighed/model?opdel=sex&periode=2025").await;
        assert!(before.contains("Ingen niveauer er besluttet i perioden") && !before.contains("id=\"grupper\""));
        assert!(!before.contains("/lighed/model/hent/"));
    }
}

// For a year 12 of 60 a month got another level, then 24: in Syd, where the model's answer is now raised for 18 of 30.
on_both_engines! {
    async fn a_shift_is_a_signal_with_the_levels_and_the_group_it_came_from(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let leader = staff(1, Role::Leader);
        keep(&desk.app, &leader, BEFORE, &[NORTH, ("esbjerg-1", "Syd", &[("2>2", 24), ("3>2", 6)])]).await;
        keep(&desk.app, &leader, NOW, &[NORTH, ("esbjerg-1", "Syd", &[("2>2", 12), ("2>3", 18)])]).await;
        let body = shown(&mut desk.browser, "/lighed/model").await;
        assert_eq!(group(&body, "Nord"), ["360", "72", "0", "20 %"]);
        assert_eq!(group(&body, "Syd"), ["360", "216", "0", "60 %"]);
        assert_eq!(group(&body, "Alle"), ["720", "288", "0", "40 %"]);
        let plain = body.replace('\u{a0}', " ");
        for text in [
            "Andelen ligger på 40 % i oktober 2026, gennemsnittet er 20 %.",
            "Tolv punkter ligger uden for grænserne, senest oktober 2026.",
            "Der er et signal.",
            "Har brug for støtte: fra 60 % til 30 %, mere end tilfældigt og mere end grænsen.",
            "Udvidet forløbskoordination: fra 0 % til 30 %, mere end tilfældigt og mere end grænsen.",
            "To grupper afviger mere end tilfældigt og mere end grænsen",
        ] {
            assert!(plain.contains(text), "{text}");
        }
        assert!(!plain.contains("Kan selv: fra"), "as many as before can do it on their own");
        let file = desk.browser.get("/lighed/model/hent/csv").await;
        assert_eq!(file.status, 200);
        let lines: Vec<&str> = file.body.lines().collect();
        let name = "Mestringsevne og kompleksitet;1";
        for line in [
            format!("{name};Over tid;;oktober 2026;60;24;;;0,4000"),
            format!("{name};Niveau;Har brug for støtte;nov. 2024 – okt. 2025;432;;;;0,6000"),
            format!("{name};Område;Syd;nov. 2025 – okt. 2026;360;216;216;0;0,6000"),
        ] {
            assert!(lines.contains(&&*line), "{line}: {lines:#?}");
        }
        let book = desk.browser.get("/lighed/model/hent/xlsx").await;
        assert!(book.status == 200 && book.header("content-disposition").contains("modeldrift-2026-11-24.xlsx"));
    }
}

// Version 2 is used from November 2025: it has a line and sums of its own, and version 1 keeps its own.
on_both_engines! {
    async fn a_new_version_is_marked_and_never_added_to_the_old_one(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let leader = staff(1, Role::Leader);
        keep(&desk.app, &leader, BEFORE, &[NORTH]).await;
        // In its last month the old one was used as well.
        keep(&desk.app, &leader, (date(2025, 11, 1), 1), &[NORTH]).await;
        keep(&desk.app, &leader, NOW, &[("esbjerg-2", "Nord", &[("1>1", 20), ("1>2", 20)])]).await;
        let body = shown(&mut desk.browser, "/lighed/model").await;
        assert_eq!(group(&body, "Nord"), ["480", "240", "0", "50 %"]);
        let plain = body.replace('\u{a0}', " ");
        for text in [
            "Udgave 2",
            "gennemsnittet er 50 %, før 20 %.",
            "Hver udgave af modellen har sin egen linje og tælles for sig.",
            "Der er ingen tal fra perioden før, som kan vises ved siden af.",
            "value=\"esbjerg-1\"",
            "value=\"esbjerg-2\" selected",
        ] {
            assert!(plain.contains(text), "{text}");
        }
        assert!(!plain.contains("Der er et signal."), "neither line moves");
        let old = shown(&mut desk.browser, "/lighed/model?model=esbjerg-1&periode=2025").await;
        // Ten months of 2025 and the one with both; in each six of thirty were raised.
        assert_eq!(group(&old, "Nord"), ["330", "66", "0", "20 %"]);
        let lines = desk.browser.get("/lighed/model/hent/csv").await.body;
        assert!(lines.contains("kompleksitet;2;Over tid;;november 2025;40;20;;;0,5000"), "{lines}");
        assert!(lines.contains("kompleksitet;1;Over tid;;oktober 2025;30;6;;;0,2000"), "{lines}");
    }
}

// One of three a month, and two in Vest in all: quarters are shown, the two are not, and neither is what would tell them.
on_both_engines! {
    async fn few_are_hidden_on_the_page_and_in_the_file(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let leader = staff(1, Role::Leader);
        keep(&desk.app, &leader, NOW, &[("esbjerg-1", "Nord", &[("1>1", 3), ("1>2", 2)])]).await;
        keep(&desk.app, &leader, (date(2026, 9, 1), 1), &[("esbjerg-2", "Vest", &[("1>1", 9), ("1>2", 2)])]).await;
        let body = shown(&mut desk.browser, "/lighed/model").await;
        assert_eq!(group(&body, "Nord"), ["60", "24", "0", "40 %"]);
        assert!(body.contains("4. kvartal 2025") && !body.contains("november 2025"));
        for path in ["/lighed/model?model=esbjerg-2", "/lighed/model/hent/csv?model=esbjerg-2"] {
            let body = desk.browser.get(path).await.body;
            assert!(!body.contains("Vest"), "two were raised there: {path}");
        }
        let few = shown(&mut desk.browser, "/lighed/model?model=esbjerg-2").await;
        assert!(few.contains("Et andet niveau er valgt 1 til 4 gange i perioden."));
    }
}

on_both_engines! {
    async fn what_cannot_be_asked_or_seen_is_refused_and_each_sees_their_own(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let empty = shown(&mut desk.browser, "/lighed/model").await;
        assert!(empty.contains("Ingen niveauer er besluttet i perioden") && empty.contains("Støtte og hensyn"));
        keep(&desk.app, &staff(1, Role::Leader), NOW, &[NORTH]).await;
        for (query, text) in [
            ("model=helt-1", "Modellen findes ikke i den udgave. Vælg en af dem på listen."),
            ("model=x%27", "Modellen findes ikke i den udgave. Vælg en af dem på listen."),
            ("periode=2027", "Perioden findes ikke eller er ikke begyndt."),
        ] {
            let page = desk.browser.get(&format!("/lighed/model?{query}")).await;
            assert!(page.status == 422 && page.body.contains(text) && page.body.contains("<title>Fejl: "), "{query}");
            assert_eq!(desk.browser.get(&format!("/lighed/model/hent/csv?{query}")).await.status, 404, "{query}");
        }
        for path in ["/lighed/model?opdel=strat_level", "/lighed/model?opdel=weekday", "/lighed/model/hent/pdf"] {
            assert_eq!(desk.browser.get(path).await.status, 404, "{path}");
        }
        let mut professional = log_in(&desk.app, 1, "fag", Role::Professional).await;
        assert!(shown(&mut professional, "/lighed/model").await.contains("Nord"));
        assert_eq!(professional.get("/lighed/model?opdel=education").await.status, 404, "what is sensitive");
        for role in [Role::Visitator, Role::Supplier, Role::Guest, Role::Authority] {
            let mut other = log_in(&desk.app, 1, &format!("x-{}", role.word()), role).await;
            for path in ["/lighed/model", "/lighed/model/hent/csv"] {
                assert_eq!(other.get(path).await.status, 403, "{path} {role:?}");
            }
        }
        add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut theirs = log_in(&desk.app, 2, "anden", Role::Leader).await;
        assert!(!shown(&mut theirs, "/lighed/model").await.contains("Nord"));
    }
}
