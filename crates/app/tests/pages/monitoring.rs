//! The indicators on their pages: figures worked out by hand, small numbers hidden also against subtraction, charts, who may split
//! by what, rows, files, STOPbasen's five.

use app::{App, AppError, Caller};
use domain::ids::CourseId;
use domain::permission::Role;
use indicators::totals::Cell;
use jiff::civil::{Date, date};
use store::{Seen, Tx};
use testkit::municipality::{add, staff};
use testkit::on_both_engines;
use uuid::Uuid;

use crate::browser::Browser;
use crate::whole_course::gone;
use crate::{Desk, log_in};

const GP_DIET: &str = "01-xref15-gp-type2-diabetes-diet";
const HOSPITAL: &str = "02-xref15-hospital-copd";
const NICOTINE: &str = "03-xref15-gp-nicotine-cessation";

/// A row of what is kept, as it would stand had the citizens been counted.
pub struct Kept {
    by: &'static str,
    stratum: &'static str,
    month: Date,
    of: i64,
    met: i64,
}

pub async fn keep(app: &App, who: &Caller, indicator: &'static str, rows: Vec<Kept>) {
    const SQL: &str = "insert into indicator_cell (organization, breakdown, indicator, part, stratum, month, counts)
        values ($1, $2, $3, '', $4, $5, $6)";
    app::quality::refresh(app, who).await.unwrap();
    let write = move |tx: &mut Tx<'_>| {
        for row in rows {
            let cell = Cell { of: row.of, met: row.met, ..Cell::default() };
            let counts = serde_json::to_string(&cell).unwrap();
            let values = [row.by.into(), indicator.into(), row.stratum.into(), row.month.into(), (&counts).into()];
            tx.execute(SQL, &values)?;
        }
        Ok::<_, AppError>(())
    };
    app.store.write(who.scope("test", app.now()), write).await.unwrap();
}

async fn citizen_of(app: &App, course: CourseId) -> Uuid {
    const SQL: &str = "select citizen from course where organization = $1 and id = $2";
    let read = move |tx: &mut Tx<'_>| {
        Ok::<_, AppError>(Seen::nothing(tx.first(SQL, &[course.0.into()], |row| row.take::<Uuid>())?))
    };
    app.store.view(staff(1, Role::Leader).scope("test", app.now()), read).await.unwrap().unwrap()
}

pub fn whole(month: Date, of: i64, met: i64) -> Kept {
    Kept { by: "", stratum: "", month, of, met }
}

fn split(by: &'static str, stratum: &'static str, month: Date, of: i64, met: i64) -> Kept {
    Kept { by, stratum, month, of, met }
}

/// The number of "Lige nu", and what it is of.
fn now(body: &str) -> String {
    let part = body.split("id=\"nu\"").nth(1).unwrap().split("</section>").next().unwrap();
    part.split('>')
        .filter_map(|piece| piece.split('<').next())
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("|")
}

/// The cells of the row of a table that begins with a name.
fn cells(body: &str, name: &str) -> Vec<String> {
    let row = body
        .split("<tr>")
        .find(|row| row.contains(&format!("\"row\">{name}")) || row.contains(&format!("<bdi>{name}</bdi>")));
    let row = row.unwrap_or_else(|| panic!("{name}"));
    let texts =
        |cell: &str| cell.split('>').filter_map(|piece| piece.split('<').next()).collect::<String>().trim().to_owned();
    let row = row.split("</tr>").next().unwrap();
    row.split("<td").skip(1).map(|cell| texts(&format!("<td{cell}"))).collect()
}

pub async fn shown(browser: &mut Browser, path: &str) -> String {
    let page = browser.get(path).await;
    assert_eq!(page.status, 200, "{path}");
    page.body
}

// Three letters in November 2026: two from practices, one from a hospital. R01 counts them all, by who sent them.
on_both_engines! {
    async fn letters_that_came_are_counted_by_who_sent_them(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[GP_DIET, HOSPITAL, NICOTINE]).await;
        let body = shown(&mut desk.browser, "/maaltal/R01?periode=2026-11&opdel=source").await;
        assert!(now(&body).contains("|3|"), "{}", now(&body));
        assert_eq!(cells(&body, "Almen praksis")[0], "2");
        assert_eq!(cells(&body, "Sygehus")[0], "1");
        assert!(body.contains("Foreløbig til"), "the month runs");
        assert!(body.contains(&indicators::definition::newest("R01").unwrap().danish.numerator));
        let list = shown(&mut desk.browser, "/maaltal").await;
        for text in ["Gennemførte af startede", "Ventetider", "STOPbasens fem", "Det bliver ikke registreret, om sygdommen er nyopdaget."] {
            assert!(list.contains(text), "{text}");
        }
        assert_eq!(list.matches("href=\"/maaltal/").count(), 71 + 4, "every indicator, and the four links above");
        let found = shown(&mut desk.browser, "/maaltal?tekst=udeblivelse").await;
        assert!(found.contains("/maaltal/U08") && !found.contains("/maaltal/U05\""));
        assert!(shown(&mut desk.browser, "/maaltal?tekst=findesikke").await.contains("Ingen målepunkter passer"));
        for path in ["/maaltal", "/maaltal/U05", "/maaltal/U05?opdel=sender_unit", "/maaltal/E03", "/maaltal/E04", "/maaltal/stopbasen"] {
            let queries = desk.queries_of(path).await;
            assert!(queries <= 6, "{path}: {queries}");
        }
    }
}

// One who went the whole way: one intervention begun and completed, in the month it ended.
on_both_engines! {
    async fn who_completed_stands_behind_the_figure_and_is_logged_as_seen(database: &Database) {
        let (desk, course) = gone(database).await;
        let mut leader = log_in(&desk.app, 1, "chef", Role::Leader).await;
        let today = domain::workdays::local_date(desk.app.now());
        let body = shown(&mut leader, &format!("/maaltal/U05?periode={}", today.year())).await;
        let rows = shown(&mut leader, &format!("/maaltal/U05/raekker?periode={}", today.year())).await;
        let citizen = citizen_of(&desk.app, course).await;
        assert!(rows.contains("I tælleren") && rows.contains(&format!("href=\"/borgere/{citizen}\"")), "{rows}");
        let counted = rows.split("data-title=\"Antal\" class=\"fb-num\">").nth(1).unwrap().split('<').next().unwrap();
        assert!(now(&body).contains(&format!("|{counted} af ")), "{}", now(&body));
        let journal = shown(&mut leader, &format!("/borgere/{citizen}")).await;
        assert!(journal.split("id=\"set\"").nth(1).unwrap().contains("Leder"));
        let mut quality = log_in(&desk.app, 1, "kvalitet", Role::Quality).await;
        assert_eq!(quality.get("/maaltal/U05/raekker").await.status, 403);
        let hidden = shown(&mut quality, &format!("/maaltal/U05?periode={}", today.year())).await;
        assert!(now(&hidden).contains("|Skjult|") && !hidden.contains("raekker"), "{}", now(&hidden));
    }
}

/// Twelve months of thirty with twenty each, then twelve of thirty with twenty-six: a run of twelve above the median.
fn shift() -> Vec<Kept> {
    let month = |at: i16| date(2024 + (10 + at) / 12, i8::try_from((10 + at) % 12 + 1).unwrap(), 1);
    let mut rows: Vec<Kept> = (0..12).map(|at| whole(month(at), 30, 19 + i64::from(at % 3))).collect();
    rows.extend((12..24).map(|at| whole(month(at), 30, 26)));
    rows
}

on_both_engines! {
    async fn a_chart_says_a_shift_and_one_without_points_enough_says_so(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        keep(&desk.app, &staff(1, Role::Leader), "U05", shift()).await;
        let body = shown(&mut desk.browser, "/maaltal/U05").await;
        assert!(now(&body).contains("|87\u{a0}%|312 af 360|"), "{}", now(&body));
        assert!(body.contains("måneder i træk over medianen: et skift til det bedre."));
        assert!(body.contains("Signal: længste serie på samme side er længere"));
        assert!(body.contains("<td class=\"fb-num\">26</td><td class=\"fb-num\">30</td>"), "the table under the chart");
        let year = shown(&mut desk.browser, "/maaltal/U05?periode=2025-k1").await;
        assert!(now(&year).contains("af 90|"), "{}", now(&year));
        assert!(year.contains("Der er for få punkter til en median."));
        let late = desk.browser.get("/maaltal/U05?periode=2027").await;
        assert!(late.status == 422 && late.body.contains("Perioden findes ikke eller er ikke begyndt."));
        let none = shown(&mut desk.browser, "/maaltal/U05?periode=2026-11&opdel=area").await;
        assert!(none.contains("Der er ingen tal i perioden.") && now(&none).contains("|–|"));
        for path in ["/maaltal/U99", "/maaltal/U05?opdel=weekday", "/maaltal/U05?opdel=", "/maaltal/U05/hent/pdf"] {
            assert_eq!(desk.browser.get(path).await.status == 404, !path.ends_with("opdel="), "{path}");
        }
    }
}

// In October 2026 40 ended: 30 of 35 in one group completed, 3 of 5 in another. Two and three are few, so neither group may be told,
// and the sum may not be told either where it would give one of them away.
on_both_engines! {
    async fn small_numbers_are_hidden_also_against_subtraction(database: &Database) {
        let mut desk = Desk::with(database, Role::Quality, &[]).await;
        let month = date(2026, 10, 1);
        let rows = vec![
            whole(month, 40, 33),
            split("format", "group", month, 35, 30),
            split("format", "individual", month, 5, 3),
        ];
        keep(&desk.app, &staff(1, Role::Leader), "U05", rows).await;
        let body = shown(&mut desk.browser, "/maaltal/U05?opdel=format").await;
        assert_eq!(cells(&body, "Individuelt")[..3], ["Skjult", "&#60;5", "5"]);
        let (big, sum) = (cells(&body, "Hold"), now(&body));
        // Whoever knows the sum and the large group would know the small one.
        assert!(!(big[1] == "30" && sum.contains("33 af 40")), "{big:?} {sum}");
        let file = desk.browser.get("/maaltal/U05/hent/csv?opdel=format").await;
        assert_eq!(file.status, 200);
        let line = file.body.lines().find(|line| line.contains(";Individuelt;")).unwrap();
        assert!(line.contains(";Skjult;;<5;5;"), "{line}");
        // Those who treat the citizens see them, but for what they share.
        let mut leader = log_in(&desk.app, 1, "chef", Role::Leader).await;
        let all = shown(&mut leader, "/maaltal/U05?opdel=format").await;
        assert_eq!(cells(&all, "Individuelt")[..3], ["60\u{a0}%", "3", "5"]);
        assert!(all.contains("Du ser alle tal."));
        let shared = shown(&mut leader, "/maaltal/U05?opdel=format&visning=deling").await;
        assert_eq!(cells(&shared, "Individuelt")[..3], ["Skjult", "&#60;5", "5"]);
        let file = leader.get("/maaltal/U05/hent/xlsx?opdel=format").await;
        assert_eq!(file.status, 200);
    }
}

on_both_engines! {
    async fn what_is_sensitive_and_what_names_a_practice_is_for_few_and_stays_inside(database: &Database) {
        let mut desk = Desk::with(database, Role::Quality, &[]).await;
        let month = date(2026, 10, 1);
        let rows = vec![whole(month, 40, 30), split("sender_unit", "291991000016003", month, 40, 30), split("education", "kort", month, 40, 30)];
        keep(&desk.app, &staff(1, Role::Leader), "U05", rows).await;
        let body = shown(&mut desk.browser, "/maaltal/U05?opdel=sender_unit").await;
        assert_eq!(cells(&body, "291991000016003")[..3], ["75\u{a0}%", "30", "40"]);
        assert!(body.contains("Tal om den enkelte henviser er til brug i kommunen.") && !body.contains("/hent/"));
        assert_eq!(desk.browser.get("/maaltal/U05/hent/csv?opdel=sender_unit").await.status, 422);
        assert!(shown(&mut desk.browser, "/maaltal/U05?opdel=education").await.contains("<bdi>kort</bdi>"));
        let mut professional = log_in(&desk.app, 1, "fag", Role::Professional).await;
        assert!(!shown(&mut professional, "/maaltal/U05").await.contains("opdel=education"));
        assert_eq!(professional.get("/maaltal/U05?opdel=education").await.status, 404);
        let mut administrator = log_in(&desk.app, 1, "admin", Role::Administrator).await;
        assert_eq!(administrator.get("/maaltal/U05?opdel=sender_unit").await.status, 404);
        let mut visitator = log_in(&desk.app, 1, "modtager", Role::Visitator).await;
        for path in ["/maaltal", "/maaltal/U05", "/maaltal/stopbasen", "/maaltal/hent/csv"] {
            assert_eq!(visitator.get(path).await.status, 403, "{path}");
        }
        // Another municipality has none of it.
        add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut other = log_in(&desk.app, 2, "anden", Role::Leader).await;
        let theirs = shown(&mut other, "/maaltal/U05?opdel=sender_unit").await;
        assert!(now(&theirs).contains("|–|") && !theirs.contains("291991000016003"));
    }
}

// Of twelve who began a stop course and ended, nine came to three quarters; of six who were due three were followed up.
on_both_engines! {
    async fn stopbasens_five_say_what_is_missing_before_they_can_be_published(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let month = date(2026, 9, 1);
        let leader = staff(1, Role::Leader);
        keep(&desk.app, &leader, "O08", vec![whole(month, 12, 9)]).await;
        keep(&desk.app, &leader, "O07", vec![whole(month, 7, 3)]).await;
        let body = shown(&mut desk.browser, "/maaltal/stopbasen").await;
        for text in ["Gennemførte stopforløb", "9 af 12", "Mål 80 %", "Mål 50 %", "Mål 90 %", "Mangler 8", "Mangler 1", "Opkald efter seks måneder", "Ingen venter på et opkald."] {
            assert!(body.contains(text), "{text}");
        }
        let mut quality = log_in(&desk.app, 1, "kvalitet", Role::Quality).await;
        let hidden = shown(&mut quality, "/maaltal/stopbasen").await;
        assert!(!hidden.contains("9 af 12") && hidden.contains("Hvem det er, ses af dem, der må åbne journaler."));
    }
}
