//! The simulated municipality of the demo: made by commands, once, in the order of time, and mended when it was broken off.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::date;
use store::{Column, Row, Scope, Seen, StoreError, verify_chains};
use testkit::database::Database;

use super::*;
use crate::demo::testby;

/// A clock that stands, so that midnight comes in no test.
const NOW: &str = "2026-11-24T08:16:00Z";
const SOME: Wanted = Wanted { days: 60, inhabitants: 4_000 };

/// The demo's program on a database, as one that was just started.
fn started(database: &Database) -> App {
    let clock = app::SteppedClock::at(NOW.parse().unwrap());
    let mut app = App::new(database.open(), Arc::new(clock));
    app.demo = true;
    app
}

/// A database with the municipality that is made by hand, as far as it matters here.
async fn beside_testby(database: &Database) -> App {
    let app = started(database);
    let key = organizations::add(&app, testby().unwrap()).await.unwrap().key;
    access::add_demo_users(&app, key).await.unwrap();
    app
}

async fn column<T: Column + Send + 'static>(app: &App, organization: i64, sql: &'static str) -> Vec<T> {
    let scope = Scope::system(organization, app.now(), "test");
    let one = |row: &mut Row<'_>| row.take::<T>();
    let view = app.store.view(scope, move |tx| Ok::<_, StoreError>(Seen::nothing(tx.query(sql, &[], one)?)));
    view.await.unwrap()
}

async fn count(app: &App, organization: i64, sql: &'static str) -> i64 {
    column::<i64>(app, organization, sql).await[0]
}

/// Both logs of the municipality hold, and neither ever goes back in time.
async fn holds(app: &App, organization: i64) {
    verify_chains(&app.store, organization, app.now()).await.unwrap();
    for log in [
        "select at from audit where organization = $1 order by seq",
        "select at from access_log where organization = $1 order by seq",
    ] {
        let entries: Vec<Timestamp> = column(app, organization, log).await;
        assert!(entries.is_sorted(), "{log}");
        assert!(entries.iter().all(|at| *at <= app.now()));
    }
}

const CITIZENS: &str = "select count(*) from citizen where organization = $1";
const REQUESTS: &str = "select count(*) from service_request where organization = $1";
const CHANGES: &str = "select count(*) from audit where organization = $1";
const WAITING: &str = "select count(*) from outgoing where organization = $1 and delivery <> 'sent'
    and delivery <> 'delivered'";

#[tokio::test]
async fn it_is_made_by_commands_beside_the_other_and_only_once() {
    let database = Database::sqlite();
    let app = beside_testby(&database).await;
    let unmade = prepare(&app, SOME).await.unwrap().unwrap();
    let key = unmade.home.key;
    assert!(app.is_held_back(key));
    let before = count(&app, key, CHANGES).await;
    app::nightly::round(&app).await.unwrap();
    app::quality::keep_up(&app).await.unwrap();
    assert_eq!(count(&app, key, CHANGES).await, before, "nothing happens in it by itself meanwhile");
    let mut days = Vec::new();
    let made = unmade.fill(|day| days.push(day)).await.unwrap();
    assert!(made.requests > 5 && days.len() > 15 && days.is_sorted(), "{made:?} {days:?}");
    assert_eq!(count(&app, key, REQUESTS).await, i64::try_from(made.requests).unwrap());
    assert_eq!(count(&app, key, WAITING).await, 0, "whoever referred has fetched and acknowledged everything");
    let codes = "select count(*) from population_table where organization = $1";
    assert_eq!(count(&app, key, codes).await, 1);
    let mut roles: Vec<Role> =
        access::users(&app, key).await.unwrap().into_iter().filter(|user| user.demo).map(|user| user.role).collect();
    roles.sort_by_key(|role| ROLES.iter().position(|one| one == role));
    assert_eq!(roles, ROLES);
    assert!(!app.is_held_back(key));
    holds(&app, key).await;
    app::nightly::round(&app).await.unwrap();
    holds(&app, key).await;

    assert_eq!(count(&app, 1, CITIZENS).await, 0, "the other municipality has none of it");
    let again = started(&database);
    let before = count(&again, key, CHANGES).await;
    assert!(prepare(&again, SOME).await.unwrap().is_none(), "what is there is left");
    assert_eq!(count(&again, key, CHANGES).await, before);
    assert!(!again.is_held_back(key));
    assert!(crate::demo::users_text(&again).await.unwrap().contains("leader-998 (Leder)"));
}

/// Makes the past as far as a day, as a program does that is killed then.
async fn broken_off(app: &App, day: u32) -> i64 {
    let unmade = prepare(app, SOME).await.unwrap().unwrap();
    let key = unmade.home.key;
    let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let far = async { while heard.recv().await.is_some_and(|come| come < day) {} };
    tokio::select! {
        biased;
        () = far => {}
        _ = unmade.fill(move |day| told.send(day).unwrap()) => panic!("the past is shorter than that"),
    }
    // What the writer has in hand is done before this: a program that is killed leaves nothing that comes later.
    let scope = Scope::system(1, app.now(), "test");
    let note = |tx: &mut store::Tx<'_>| {
        tx.note("test");
        Ok::<_, StoreError>(())
    };
    app.store.write(scope, note).await.unwrap();
    key
}

#[tokio::test]
async fn a_past_that_was_broken_off_early_is_emptied_and_goes_on_after_it() {
    let database = Database::sqlite();
    let key = broken_off(&beside_testby(&database).await, 15).await;
    let app = started(&database);
    assert!(count(&app, key, CHANGES).await > 10);
    let left_out = prepare(&app, Wanted { days: 0, ..SOME }).await.unwrap();
    assert!(left_out.is_none() && app.is_held_back(key), "half made, it is nobody's to work in");
    assert!(!app.is_making_a_past(), "and nobody is told to wait for it");

    let unmade = prepare(&app, SOME).await.unwrap().unwrap();
    let Begin::After(first_day) = unmade.begin else { panic!("{:?}", unmade.begin) };
    let made = unmade.fill(|_| ()).await.unwrap();
    assert_eq!(count(&app, key, REQUESTS).await, i64::try_from(made.requests).unwrap(), "nothing of before is left");
    let received: Vec<Timestamp> =
        column(&app, key, "select received_at from service_request where organization = $1").await;
    assert!(received.iter().all(|at| local_date(*at) >= first_day));
    assert!(!app.is_held_back(key));
    holds(&app, key).await;
}

#[tokio::test]
async fn a_past_that_was_broken_off_late_is_kept_as_far_as_it_came() {
    let database = Database::sqlite();
    let key = broken_off(&beside_testby(&database).await, 45).await;
    let app = started(&database);
    let requests = count(&app, key, REQUESTS).await;
    let unmade = prepare(&app, SOME).await.unwrap().unwrap();
    assert_eq!(unmade.begin, Begin::AtTheEnd);
    assert_eq!(unmade.fill(|_| ()).await.unwrap(), Simulated::default());
    assert!(requests > 0 && count(&app, key, REQUESTS).await == requests);
    assert!(access::users(&app, key).await.unwrap().iter().any(|user| user.demo));
    holds(&app, key).await;
}

#[tokio::test]
async fn without_days_there_is_no_second_municipality() {
    let database = Database::sqlite();
    let app = beside_testby(&database).await;
    assert!(prepare(&app, Wanted::days(0)).await.unwrap().is_none());
    assert_eq!(organizations::list(&app).await.unwrap().len(), 1);
}

#[test]
fn the_longer_of_what_lies_behind_and_what_is_left_is_kept() {
    let (first, today) = (date(2025, 6, 1), date(2026, 12, 1));
    let begin = |to| begin_after((first, to), first, today);
    assert_eq!(begin(date(2025, 6, 1)), Begin::After(date(2025, 6, 2)));
    assert_eq!(begin(date(2026, 2, 1)), Begin::After(date(2026, 2, 2)));
    assert_eq!(begin(date(2026, 5, 1)), Begin::AtTheEnd);
    assert_eq!(begin(date(2026, 12, 1)), Begin::AtTheEnd);
    let later = begin_after((first, date(2025, 6, 20)), date(2026, 6, 1), today);
    assert_eq!(later, Begin::After(date(2026, 6, 1)), "no more days than are wanted");
}

#[test]
fn the_figures_are_of_this_municipality_and_nobody_has_its_code_or_its_postal_codes() {
    let code = MunicipalityCode::parse(CODE).unwrap();
    assert_eq!(domain::codes::municipality_name(&code), None);
    assert!(DISTRICTS.iter().all(|district| district.post_code < "0555"), "the first that the post office gives");
    let lines: Vec<Vec<&str>> = RESIDENTS.lines().skip(1).map(|line| line.split(';').collect()).collect();
    assert!(lines.iter().all(|line| line[0] == "0998" && DISTRICTS.iter().any(|one| one.post_code == line[1])));
    let adults: u32 = lines.iter().map(|line| line[4].parse::<u32>().unwrap()).sum();
    assert_eq!(adults, INHABITANTS / 5 * 4);
    let shares: f64 = DISTRICTS.iter().map(|district| district.share).sum();
    assert!((shares - 1.0).abs() < 1e-9);
}
