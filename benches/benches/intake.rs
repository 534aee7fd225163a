//! S1 and S4: one referral durable by itself, and a backlog taken in, beside raw SQLite doing the same disk work.
//!
//! The floor writes six rows in six indexed tables per referral with a 3 kB body, 200 referrals a commit, at full
//! durability. Ours parses, checks, answers and audits as well, and ends at the same commit.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::Arc;

use app::mailbox::{self, File};
use app::{App, SystemClock};
use benches::{goal, once};
use domain::identifiers::AlternativeIdentifier;
use testkit::database::Database;
use testkit::municipality::add;
use tokio::runtime::Runtime;

const BACKLOG: u64 = 20_000;
const SINGLE: u64 = 300;

fn main() {
    let runtime = Runtime::new().unwrap();
    let database = Database::sqlite();
    let floor = once("raw SQLite, 200 referrals a commit (floor)", "referrals/s", 20_000, || floor(database.folder()));
    // The program's own clock: ids of one moment come in order, as they do in a municipality.
    let app = App::new(database.open(), Arc::new(SystemClock));
    runtime.block_on(add(&app, "999", "Testby Kommune", "5790009999003"));
    let letters: Vec<Vec<u8>> = (0..BACKLOG).map(letter).collect();
    let ours = once("backlog import", "referrals/s", letters.len(), || runtime.block_on(import(&app, letters)));
    goal("S4", "backlog against raw batches", ours / floor, 0.4);
    let again: Vec<Vec<u8>> = (0..BACKLOG).map(letter).collect();
    once("the same backlog again", "referrals/s", again.len(), || runtime.block_on(import(&app, again)));
    let singles: Vec<Vec<u8>> = (BACKLOG..BACKLOG + SINGLE).map(letter).collect();
    once("one at a time", "referrals/s", singles.len(), || {
        runtime.block_on(async {
            for letter in singles {
                mailbox::receive(&app, app::ids::new(app.now()), letter).await.unwrap();
            }
        });
    });
}

/// Each letter is about a citizen of its own, as a backlog's are; there are only nineteen test CPR numbers, so they have
/// replacement numbers.
fn letter(number: u64) -> Vec<u8> {
    let (envelope, mut letter) = medcom::sample::sample_referral(number);
    let replacement = AlternativeIdentifier::parse(&format!("T{number:09}")).unwrap();
    letter.patient.id = medcom::PatientId::Alternative(replacement);
    letter.write(&envelope).unwrap()
}

async fn import(app: &App, letters: Vec<Vec<u8>>) {
    let files = letters.into_iter().map(|bytes| File { tag: (), id: app::ids::new(app.now()), bytes: Ok(bytes) });
    mailbox::receive_all(app, files, |(), received| {
        assert!(matches!(received.unwrap().outcome, "accepted" | "duplicate"));
    })
    .await;
}

/// Six rows a referral in six tables with their indexes, 200 referrals a commit.
fn floor(folder: &Path) {
    let connection = rusqlite::Connection::open(folder.join("floor.sqlite3")).unwrap();
    connection
        .execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -65536;
             create table citizen (id integer primary key, tenant int, number text, name text);
             create index c1 on citizen (tenant, number);
             create table message (id integer primary key, tenant int, hash text, received text, body text);
             create index m1 on message (tenant, hash);
             create table referral (id integer primary key, tenant int, citizen int references citizen, message int, source int, received text, status text);
             create index r1 on referral (tenant, status, received);
             create index r2 on referral (citizen);
             create table diagnosis (id integer primary key, referral int references referral, code text, kind text);
             create index d1 on diagnosis (referral);
             create table task (id integer primary key, tenant int, referral int references referral, due text, state text);
             create index t1 on task (tenant, state, due);
             create table audit (id integer primary key, tenant int, who text, what text, at text);
             create index a1 on audit (tenant, at);",
        )
        .unwrap();
    let body = "x".repeat(3000);
    for batch in 0..100i64 {
        connection.execute_batch("begin immediate").unwrap();
        for one in 0..200i64 {
            floor_referral(&connection, batch * 200 + one, &body);
        }
        connection.execute_batch("commit").unwrap();
    }
}

fn floor_referral(connection: &rusqlite::Connection, id: i64, body: &str) {
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| {
        connection.prepare_cached(sql).unwrap().execute(values).unwrap();
    };
    let (tenant, day) = (id % 98, "2026-11-22");
    run("insert into citizen values (?1, ?2, ?3, 'Bruno Elmer')", &[&id, &tenant, &format!("{id:010}")]);
    run("insert into message values (?1, ?2, ?3, ?4, ?5)", &[&id, &tenant, &format!("{id:064x}"), &day, &body]);
    run("insert into referral values (?1, ?2, ?1, ?1, 1, ?3, 'new')", &[&id, &tenant, &day]);
    run("insert into diagnosis values (?1, ?1, 'DE11', 'A')", &[&id]);
    run("insert into task values (?1, ?2, ?1, ?3, 'open')", &[&id, &tenant, &day]);
    run("insert into audit values (?1, ?2, 'sys', 'referral.received', ?3)", &[&id, &tenant, &day]);
}
