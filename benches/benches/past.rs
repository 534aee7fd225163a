//! A simulated past, which goes into the database by the commands that staff use, beside raw SQLite that inserts the same rows
//! of the same tables in batches.
#![allow(clippy::cast_precision_loss, clippy::unwrap_used, reason = "a benchmark prints what it measured")]

use std::path::Path;

use app::simulation::simulate;
use benches::{ROUNDS, goal, median, once};
use domain::identifiers::MunicipalityCode;
use domain::workdays::local_date;
use jiff::ToSpan;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use simulation::{Calibration, Municipality, Setup, Simulation, SizeBasis};
use store::Location;
use testkit::database::Database;
use testkit::municipality::testby;
use tokio::runtime::Runtime;

/// A municipality of ordinary size.
const INHABITANTS: u32 = 57_000;
/// Simulated days.
const DAYS: u32 = 365;
/// Rows in one transaction of raw SQLite.
const BATCH: usize = 1_000;

fn main() {
    let runtime = Runtime::new().unwrap();
    // Each round on databases of its own.
    let rounds = (0..ROUNDS).filter_map(|_| round(&runtime));
    let (by_commands, raw) = rounds.unzip();
    goal("SIM2", "rows of the simulation against raw SQLite, medians", median(by_commands) / median(raw), 0.3);
}

/// Rows a second by commands, and by raw SQLite.
fn round(runtime: &Runtime) -> Option<(f64, f64)> {
    let (database, copy) = (Database::sqlite(), Database::sqlite());
    let (app, _, home) = runtime.block_on(testby(&database, "2026-11-22T08:00:00Z"));
    let (Location::Sqlite(from), Location::Sqlite(to)) = (&database.location, &copy.location) else { return None };
    drop(copy.open());
    let code = MunicipalityCode::parse("999").unwrap();
    let middle = Municipality { code, inhabitants: INHABITANTS, basis: SizeBasis::Given };
    let first_day = local_date(app.now()).saturating_sub(i64::from(DAYS).days());
    let setup = Setup::of(middle.clone(), middle.seed(1), first_day, DAYS, Calibration::stated());

    let events = Simulation::new(setup.clone()).count();
    let carried_out = once("a simulated year by commands", "events/s", events, || {
        runtime.block_on(simulate(&app, home.key, setup, |_| {})).unwrap();
    });
    let seconds = events as f64 / carried_out;

    let kept = Connection::open(from).unwrap();
    let all: Vec<(String, String, Vec<Vec<Value>>)> =
        tables(&kept).into_iter().map(|table| rows_of(&kept, table)).collect();
    let rows = all.iter().map(|(_, _, rows)| rows.len()).sum();
    let raw = once("raw SQLite inserts the same rows (floor)", "rows/s", rows, || insert(to, &all));
    Some((rows as f64 / seconds, raw))
}

/// Inserts all rows into the empty tables of a database, in batches.
fn insert(to: &Path, all: &[(String, String, Vec<Vec<Value>>)]) {
    let to = Connection::open(to).unwrap();
    to.execute_batch("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = off").unwrap();
    for (table, sql, rows) in all {
        // What a new database begins with.
        to.execute_batch(&format!("delete from {table}")).unwrap();
        for batch in rows.chunks(BATCH) {
            to.execute_batch("begin immediate").unwrap();
            let mut insert = to.prepare_cached(sql).unwrap();
            for row in batch {
                insert.execute(params_from_iter(row)).unwrap();
            }
            to.execute_batch("commit").unwrap();
        }
    }
}

fn tables(of: &Connection) -> Vec<String> {
    const SQL: &str = "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name";
    let mut statement = of.prepare(SQL).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// A table with how a row of it is inserted and all of them; without columns that are computed of others.
fn rows_of(of: &Connection, table: String) -> (String, String, Vec<Vec<Value>>) {
    let mut names = of.prepare(&format!("select '\"' || name || '\"' from pragma_table_info('{table}')")).unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let places: Vec<String> = (1..=names.len()).map(|at| format!("?{at}")).collect();
    let (list, places) = (names.join(", "), places.join(", "));
    let read = |row: &rusqlite::Row<'_>| (0..names.len()).map(|at| row.get(at)).collect();
    let mut statement = of.prepare(&format!("select {list} from {table}")).unwrap();
    let all = statement.query_map([], read).unwrap().map(Result::unwrap).collect();
    let sql = format!("insert into {table} ({list}) values ({places})");
    (table, sql, all)
}
