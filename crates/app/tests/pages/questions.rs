//! Own questions: answered over the reporting schema, hidden where few are, saved, shared, answered by themselves, refused when
//! a field is gone; and the schema itself, which nobody reads another organization's rows in.

use analysis::{CATALOGUE, Question, can_split, filter_values};
use app::questions::{self, QuestionInput, SavedQuestion};
use app::{AppError, records};
use domain::permission::Role;
use jiff::civil::date;
use store::{Location, Scope, Seen, Tx};
use testkit::database::{Database, read_by_reader};
use testkit::municipality::{add, staff};
use testkit::on_both_engines;
use testkit::population::populate;
use uuid::Uuid;

use crate::course::planned;
use crate::{Desk, leads_to, log_in};

/// A municipality of made-up citizens, with a leader at the desk.
async fn peopled(database: &Database, count: u64) -> Desk {
    let desk = Desk::with(database, Role::Leader, &[]).await;
    let home = app::organizations::list(&desk.app).await.unwrap().remove(0);
    populate(&desk.app, &home, 7, count).await;
    desk
}

async fn number(desk: &Desk, organization: i64, sql: &'static str) -> i64 {
    let scope = Scope::system(organization, desk.app.now(), "test");
    let work = move |tx: &mut Tx<'_>| {
        let mut built = analysis::Built::default();
        built.add(sql);
        Ok::<_, AppError>(Seen::nothing(tx.ask(&built, &[], |r| r.take::<i64>())?.remove(0)))
    };
    desk.app.store.view(scope, work).await.unwrap()
}

on_both_engines! {
    async fn a_question_is_answered_as_table_and_figure_with_the_statement_behind(database: &Database) {
        let mut desk = peopled(database, 300).await;
        let list = desk.browser.get("/spoergsmaal").await.body;
        assert!(list.contains("/spoergsmaal/nyt?maal=henvisninger") && list.contains("Antal henvisninger"));
        let whole = desk.browser.get("/spoergsmaal/nyt?maal=henvisninger&periode=2025").await;
        assert_eq!(whole.status, 200);
        let counted = number(&desk, 1, "select count(*) from reporting.referral where organization = $1
            and received_on between '2025-01-01' and '2025-12-31'").await;
        assert!(counted > 10 && whole.body.contains(&format!("<td class=\"fb-num\">{counted}</td>")), "{counted}");
        let split = "/spoergsmaal/nyt?maal=henvisninger&opdel=source&opdel2=aar&kun=joined%3Aja&periode=2025";
        let page = desk.browser.get(split).await.body;
        for text in ["Hvem henviser", "I alt", "<svg", "group by split_1, split_2", "joined = $4", "organization = $1", "Førte til forløb: Ja"] {
            assert!(page.contains(text), "{text}");
        }
        for path in ["/spoergsmaal", split] {
            let queries = desk.queries_of(path).await;
            assert!(queries <= 6, "{path}: {queries}");
        }
        let csv = desk.browser.get("/spoergsmaal/hent/csv?maal=henvisninger&opdel=source&periode=2025").await;
        assert!(csv.status == 200 && csv.body.contains("Hvem henviser;Antal henvisninger") && csv.body.contains("I alt;"));
        assert_eq!(desk.browser.get("/spoergsmaal/hent/xlsx?maal=henvisninger&periode=2025").await.status, 200);
        assert_eq!(desk.browser.get("/spoergsmaal/hent/pdf?maal=henvisninger&periode=2025").await.status, 404);
    }
}

on_both_engines! {
    async fn everything_that_can_be_chosen_can_be_asked(database: &Database) {
        let desk = peopled(database, 60).await;
        let who = staff(1, Role::Leader);
        for measure in &CATALOGUE.measures {
            let view = CATALOGUE.view(&measure.view).unwrap();
            let plain = Question { measure: measure.id.clone(), period: "12-maaneder".into(), ..Question::default() };
            questions::ask(&desk.app, &who, plain.asked().unwrap()).await.unwrap();
            for column in view.columns.iter().filter(|column| can_split(column)) {
                let filter = filter_values(column).first().map(|(word, _)| (column.name.clone(), (*word).to_owned()));
                let splits = vec!["kvartal".to_owned(), column.name.clone()];
                let question = Question { splits, filter, ..plain.clone() };
                let answered = questions::ask(&desk.app, &who, question.asked().unwrap()).await;
                assert!(answered.is_ok(), "{} by {}: {answered:?}", measure.id, column.name);
            }
        }
    }
}

on_both_engines! {
    async fn a_question_is_saved_shared_and_answered_by_itself_until_it_is_taken_away(database: &Database) {
        let mut desk = peopled(database, 120).await;
        let mut quality = log_in(&desk.app, 1, "kvalitet", Role::Quality).await;
        let asked = [("maal", "henvisninger"), ("opdel", "source"), ("periode", "12-maaneder"), ("navn", " "), ("fast", "ja")];
        assert_eq!(desk.browser.get("/spoergsmaal/nyt?maal=henvisninger").await.status, 200);
        let refused = desk.browser.post("/spoergsmaal/nyt", &asked).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Skriv et navn.") && refused.body.contains("id=\"fast\" name=\"fast\" value=\"ja\" checked"));
        let named = [&asked[..3], &[("navn", "Hvem henviser til os"), ("fast", "ja")]].concat();
        let page = leads_to(&desk.browser.post("/spoergsmaal/nyt", &named).await);
        assert!(desk.browser.get(&page).await.body.contains("Hvem henviser til os"));
        assert_eq!(quality.get(&page).await.status, 404, "not shared");
        let shared = [&named[..], &[("del", "ja"), ("version", "1")]].concat();
        assert_eq!(leads_to(&desk.browser.post(&page, &shared).await), page);
        assert_eq!(desk.browser.post(&page, &[&named[..], &[("version", "1")]].concat()).await.status, 422, "an older version");
        assert!(quality.get("/spoergsmaal").await.body.contains("Hvem henviser til os"));
        assert_eq!(quality.get(&page).await.status, 200);
        assert_eq!(quality.post(&page, &[&shared[..5], &[("version", "2")]].concat()).await.status, 422, "a colleague's");

        let program = staff(1, Role::System);
        assert_eq!(questions::answer_due(&desk.app, &program).await.unwrap(), 1);
        assert_eq!(questions::answer_due(&desk.app, &program).await.unwrap(), 0, "once a period");
        let list = quality.get("/spoergsmaal").await.body;
        assert!(list.contains("Nyt svar"));
        let file = format!("{page}/hent/2026-10-31");
        assert!(quality.get(&page).await.body.contains(&file));
        assert_eq!(quality.get(&file).await.status, 200);
        assert!(!quality.get("/spoergsmaal").await.body.contains("Nyt svar"), "somebody has it");
        let mut other = log_in(&desk.app, add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await.key, "anden", Role::Leader).await;
        for path in [&page, &file] {
            assert_eq!(other.get(path).await.status, 404);
        }
        assert!(!other.get("/spoergsmaal").await.body.contains("Hvem henviser"));
        assert_eq!(leads_to(&desk.browser.post(&format!("{page}/slet"), &[("version", "2")]).await), "/spoergsmaal");
        assert_eq!(desk.browser.get(&page).await.status, 404);
        assert_eq!(quality.get(&file).await.status, 404);
        assert_eq!(questions::answer_due(&desk.app, &program).await.unwrap(), 0, "nobody asks any more");
    }
}

on_both_engines! {
    async fn a_question_is_answered_anew_when_another_period_is_over(database: &Database) {
        let desk = peopled(database, 40).await;
        let question = Question { measure: "forloeb".into(), period: "sidste-kvartal".into(), ..Question::default() };
        let input = QuestionInput { name: "Forløb".into(), shared: false, monthly: true, question };
        questions::save(&desk.app, &staff(1, Role::Leader), None, input).await.unwrap();
        let program = staff(1, Role::System);
        for (at, made) in [("2026-11-24T08:16:00Z", 1), ("2026-12-01T06:00:00Z", 0), ("2026-12-31T23:30:00Z", 1), ("2027-02-01T06:00:00Z", 0)] {
            desk.clock.set(at);
            assert_eq!(questions::answer_due(&desk.app, &program).await.unwrap(), made, "{at}");
        }
    }
}

on_both_engines! {
    async fn a_saved_question_on_a_field_that_is_gone_says_where(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let input = QuestionInput {
            name: "Gammelt".into(),
            shared: true,
            monthly: true,
            question: Question { measure: "forloeb".into(), splits: vec!["bydel".into()], filter: None, period: "2025".into() },
        };
        let who = staff(1, Role::Leader);
        let refused = questions::save(&desk.app, &who, None, input.clone()).await.unwrap_err();
        assert!(matches!(refused, AppError::Field { field: "opdel", .. }));
        let old = SavedQuestion {
            id: Uuid::from_u128(9),
            name: input.name,
            owner: who.user,
            shared: true,
            monthly: true,
            question: input.question,
            made_on: date(2026, 1, 1),
            withdrawn_on: None,
        };
        let scope = Scope::system(1, desk.app.now(), "test");
        desk.app.store.write(scope, move |tx| records::add(tx, &old)).await.unwrap();
        let page = desk.browser.get(&format!("/spoergsmaal/{}", Uuid::from_u128(9))).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("Feltet »bydel« i Forløb under »Opdel efter« findes ikke længere."));
        assert!(desk.browser.get("/spoergsmaal").await.body.contains("Kan ikke stilles"));
        assert_eq!(questions::answer_due(&desk.app, &staff(1, Role::System)).await.unwrap(), 0);
    }
}

on_both_engines! {
    async fn what_cannot_be_asked_is_said_at_its_field_and_a_period_without_data_says_so(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let empty = desk.browser.get("/spoergsmaal/nyt?maal=forloeb&periode=2021").await;
        assert!(empty.status == 200 && empty.body.contains("Der er ingen tal i perioden."));
        for (asked, says) in [
            ("maal=formue", "Det, der tælles, »formue«, findes ikke længere."),
            ("maal=forloeb&opdel=citizen_key", "kan ikke bruges under »Opdel efter«"),
            ("maal=forloeb&opdel=maaned&opdel2=aar", "Vælg to forskellige opdelinger."),
            ("maal=forloeb&kun=sex%3A1%27%20or%201%3D1", "kan ikke være »1&#39; or 1=1«"),
            ("maal=forloeb&periode=i-gaar", "Perioden »i-gaar« findes ikke."),
        ] {
            let page = desk.browser.get(&format!("/spoergsmaal/nyt?{asked}")).await;
            assert_eq!(page.status, 422, "{asked}");
            assert!(page.body.contains(says), "{says}: {}", page.body);
        }
        let mut visitator = log_in(&desk.app, 1, "modtager", Role::Visitator).await;
        assert_eq!(visitator.get("/spoergsmaal").await.status, 403);
    }
}

on_both_engines! {
    async fn the_views_show_pseudonyms_and_no_row_of_another_organization(database: &Database) {
        let (desk, course, citizen) = planned(database).await;
        let other = add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        for view in &CATALOGUE.views {
            let sql = format!("select count(*) from reporting.{} where organization = $1", view.name);
            assert_eq!(number(&desk, other.key, sql.leak()).await, 0, "{}", view.name);
        }
        for view in ["referral", "course", "intervention"] {
            let sql = format!("select count(*) from reporting.{view} where organization = $1 and sex = 'female' and age_band = '70-79'");
            assert!(number(&desk, 1, sql.leak()).await > 0, "{view}");
        }
        let joined = number(&desk, 1, "select count(*) from reporting.course k join reporting.intervention i
            on i.organization = k.organization and i.course_key = k.course_key and i.citizen_key = k.citizen_key
            where k.organization = $1").await;
        assert!(joined > 0, "rows of one citizen are found together");
        for id in [course.0, citizen.0] {
            let sql = format!("select count(*) from reporting.course where organization = $1
                and (course_key in ('{id}', '{simple}') or citizen_key in ('{id}', '{simple}'))", simple = id.simple());
            assert_eq!(number(&desk, 1, sql.leak()).await, 0);
        }
    }
}

/// A BI tool's role: the views of the organization it was admitted to, nothing of another one, and no table behind.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_sees_the_views_of_its_own_organization_and_nothing_behind_them() {
    let Some(database) = Database::postgres() else { return };
    let (desk, _, _) = planned(&database).await;
    let other = add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
    let Location::Postgres(address) = &database.location else { return };
    let courses = "select count(*) from reporting.course";
    assert_eq!(read_by_reader(address, 1, courses), Err("42501".to_owned()), "not admitted");
    database.tamper("select reporting.admit('forebyg_reader', '999')");
    assert!(read_by_reader(address, 1, courses).unwrap() > 0);
    assert_eq!(read_by_reader(address, other.key, courses), Ok(0), "saying to be another shows nothing");
    assert_eq!(read_by_reader(address, 0, courses), Ok(0));
    for behind in ["citizen", "record_version", "reporting_secret", "reporting_reader"] {
        assert_eq!(
            read_by_reader(address, 1, &format!("select count(*) from {behind}")),
            Err("42501".to_owned()),
            "{behind}"
        );
    }
    let admit = "select 1::bigint from (select reporting.admit('forebyg_reader', '316')) x";
    assert_eq!(read_by_reader(address, other.key, admit), Err("42501".to_owned()));
    // The views are made anew, and the reader still reads them.
    database.tamper("delete from reporting_definition");
    drop(database.open());
    assert!(read_by_reader(address, 1, courses).unwrap() > 0);
}
