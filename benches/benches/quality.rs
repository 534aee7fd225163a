//! The quality standard over a full municipality of 50,000 courses and half a million encounters: all rules over everything, and
//! everything that the pages read kept from nothing, beside plain SQLite that merely reads the same rows; one change after that;
//! and figures as they are kept, beside the same figures by plain SQL.
#![allow(clippy::cast_precision_loss, clippy::unwrap_used, reason = "a benchmark prints what it measured")]

use std::hint::black_box;
use std::sync::Arc;

use app::quality::{Judging, Wanted, evaluate_all, municipality, refresh};
use app::{App, AppError, Caller, monitoring, records};
use benches::{goal, once, rate};
use domain::ids::CitizenId;
use domain::permission::Role;
use domain::workdays::local_date;
use indicators::definition::Breakdown;
use jiff::ToSpan;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use store::{Location, Seen, Tx};
use testkit::database::Database;
use testkit::municipality::{staff, testby};
use testkit::population::populate;
use tokio::runtime::Runtime;
use uuid::Uuid;

/// Courses, ten encounters each; the variable `COURSES` makes them fewer or more.
const COURSES: u64 = 50_000;
/// Everything that the facts of a citizen are made of.
const ROWS: [&str; 4] = [
    "select * from record_version order by organization, citizen, kind, id, version",
    "select * from outgoing",
    "select * from notice",
    "select * from delivery_report",
];
/// R01 by plain SQL.
const REQUESTS: &str = "select substr(received_at, 1, 7), source, count(*) from service_request group by 1, 2";
/// The median of the days from a request to the first contact of its course, and how many within fourteen days.
const WAITING: &str = "with first as (select course, min(start_at) as held from encounter group by course),
    wait as (select substr(r.received_at, 1, 7) as month, r.source, julianday(f.held) - julianday(r.received_at) as days
        from service_request r join first f on f.course = r.course),
    placed as (select *, row_number() over (partition by month, source order by days) as place,
        count(*) over (partition by month, source) as n from wait)
    select month, source, max(n), avg(case when place in ((n + 1) / 2, (n + 2) / 2) then days end), sum(days <= 14)
        from placed group by 1, 2";
/// Contacts by month, and how many nobody came to.
const ATTENDANCE: &str = "select substr(start_at, 1, 7), count(*), sum(state = 'no_show') from encounter group by 1";

fn main() {
    let runtime = Runtime::new().unwrap();
    let database = Database::sqlite();
    let (app, _, home) = runtime.block_on(testby(&database, "2026-11-22T08:00:00Z"));
    let many = std::env::var("COURSES").map_or(COURSES, |many| many.parse().unwrap());
    let courses = usize::try_from(many).unwrap();
    once("population", "courses/s", courses, || runtime.block_on(populate(&app, &home, 50, many)));
    let Location::Sqlite(path) = &database.location else { return };
    // As SQLite is built and opened by itself, with its lock around each call; and without it, as our own readers are.
    let [floor, unlocked] = [OpenFlags::SQLITE_OPEN_FULL_MUTEX, OpenFlags::SQLITE_OPEN_NO_MUTEX].map(|lock| {
        let plain = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | lock).unwrap();
        rate(&format!("plain SQLite reads the rows (floor, {lock:?})"), "courses/s", courses, || {
            black_box(ROWS.iter().map(|sql| bytes_of(&plain, sql)).sum::<usize>());
        })
    });
    let plain = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();

    let who = staff(home.key, Role::Leader);
    let rules = rate("all rules over everything", "courses/s", courses, || {
        assert_eq!(
            runtime.block_on(all_rules(&app, &who)),
            many,
            "each citizen has a course, or a request that led to none"
        );
    });
    goal("Q1", "all rules against reading the rows", rules / floor, 0.5);
    println!("against reading them without locks: {:.2}", rules / unlocked);
    let kept = once("rules and indicators kept from nothing", "courses/s", courses, || {
        runtime.block_on(refresh(&app, &who)).unwrap();
    });
    println!("kept from nothing against reading the rows: {:.2}", kept / floor);
    println!("memory at most: {} MB", most_memory());

    let citizen = runtime.block_on(some_citizen(&app, &who));
    let change = rate("kept again after one change", "changes/s", 1, || {
        runtime.block_on(touch(&app, &who, citizen));
        runtime.block_on(refresh(&app, &who)).unwrap();
    });
    println!("I2: {:.1} ms from a change to its figures, with the change itself (goal 10)", 1_000.0 / change);

    let by_source = || vec![Breakdown::Source];
    figure(&runtime, &app, &who, &plain, ("requests by month and source", REQUESTS), ("R01", by_source()));
    figure(&runtime, &app, &who, &plain, ("waiting time by month and source", WAITING), ("T03", by_source()));
    figure(&runtime, &app, &who, &plain, ("attendance by month", ATTENDANCE), ("U09", Vec::new()));
}

/// An indicator as it is kept, beside plain SQL over the rows it is made of.
fn figure(
    runtime: &Runtime,
    app: &App,
    who: &Caller,
    plain: &Connection,
    (what, sql): (&str, &str),
    (id, by): (&'static str, Vec<Breakdown>),
) {
    let from = local_date(app.now()).saturating_sub(12.months());
    let kept = rate(&format!("{what}, as kept"), "reads/s", 1, || {
        let wanted = Wanted { indicators: vec![id], by: by.clone(), from };
        black_box(runtime.block_on(monitoring::kept(app, who, wanted)).unwrap());
    });
    let sql = rate(&format!("{what}, by plain SQL"), "reads/s", 1, || {
        black_box(bytes_of(plain, sql));
    });
    println!("I1: {what} as kept in {:.2} ms, {:.0} times plain SQL", 1_000.0 / kept, kept / sql);
}

fn bytes_of(plain: &Connection, sql: &str) -> usize {
    let mut statement = plain.prepare(sql).unwrap();
    let columns = statement.column_count();
    let mut rows = statement.query([]).unwrap();
    let mut bytes = 0;
    while let Some(row) = rows.next().unwrap() {
        bytes += (0..columns)
            .map(|at| match row.get_ref(at).unwrap() {
                ValueRef::Text(some) | ValueRef::Blob(some) => some.len(),
                ValueRef::Integer(_) | ValueRef::Real(_) => 8,
                ValueRef::Null => 0,
            })
            .sum::<usize>();
    }
    bytes
}

async fn all_rules(app: &App, who: &Caller) -> u64 {
    let facts = Arc::new(municipality::read(app, who).await.unwrap());
    let today = local_date(app.now());
    let by = Judging::new(facts, today, (today.first_of_month().saturating_sub(12.months()), today));
    evaluate_all(app, who, &by).await.unwrap().courses
}

async fn some_citizen(app: &App, who: &Caller) -> CitizenId {
    const SQL: &str = "select citizen from course where organization = $1 order by id limit 1";
    let find = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(tx.first(SQL, &[], |row| row.take::<Uuid>())?));
    CitizenId(app.store.view(who.scope("bench", app.now()), find).await.unwrap().unwrap())
}

/// A course is written again, as by every step of it.
async fn touch(app: &App, who: &Caller, citizen: CitizenId) {
    let change = move |tx: &mut Tx<'_>| {
        let record = records::citizen_record(tx, citizen)?;
        let course = record.courses.first().unwrap();
        Ok::<_, AppError>(records::save(tx, course.version, &course.value)?)
    };
    app.store.write(who.scope("bench", app.now()), change).await.unwrap();
}

/// Megabytes, as Linux counts them.
fn most_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kilobytes.map_or_else(|| "not known".to_owned(), |kilobytes| (kilobytes / 1024).to_string())
}
