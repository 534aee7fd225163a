//! The mailbox loses nothing and doubles nothing, whenever the program is killed.
//!
//! The real program runs on a mailbox that fills up while it is killed (SIGKILL) at random moments, more than fifty times
//! on each database. At the end everything is counted.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod count;
mod letters;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use letters::{Dice, Letters};
use support::{Place, lines};

const KILLS: usize = 55;
const SEED: u64 = 20_261_122;

#[test]
fn killed_at_any_moment_on_sqlite_nothing_is_lost_or_doubled() {
    kill_and_count(Place::on_sqlite());
}

#[test]
fn killed_at_any_moment_on_postgres_nothing_is_lost_or_doubled() {
    if let Some(place) = Place::on_postgres() {
        kill_and_count(place);
    }
}

fn kill_and_count(place: Place) {
    let place =
        place.with("FOREBYG_MAILBOX_SETTLE_SECONDS", "0").with("FOREBYG_MAILBOX_INTERVAL_MS", "3").with_testby();
    let inbox = place.data.join("mailbox/in");
    fs::create_dir_all(&inbox).unwrap();
    let (mut dice, mut letters) = (Dice(SEED), Letters::default());
    let mut caught_at_work = 0;
    for _ in 0..KILLS {
        for _ in 0..=dice.below(4) {
            letters.next(&mut dice).put_into(&inbox);
        }
        let mut program = place.start(&["serve", "--port", "0"]);
        sleep(Duration::from_millis(5 + dice.below(150)));
        for _ in 0..=dice.below(3) {
            letters.next(&mut dice).put_into(&inbox);
        }
        sleep(Duration::from_millis(dice.below(60)));
        program.kill().unwrap();
        program.wait().unwrap();
        caught_at_work += usize::from(!is_empty(&inbox) || !is_empty(&place.data.join("intake")));
    }
    eprintln!("{caught_at_work} of {KILLS} kills came while there was work");
    assert!(caught_at_work > KILLS / 10, "only {caught_at_work} of {KILLS} kills came while there was work");
    drain(&place);
    assert_eq!(place.run(&["send"]).status.code(), Some(0));
    count::everything(&place, &letters);
    let verified = place.run(&["audit", "verify", "--json"]);
    assert_eq!(lines(&verified)[0]["intact"], true);
}

/// Lets the program finish in peace.
fn drain(place: &Place) {
    let mut program = place.start(&["serve", "--port", "0"]);
    let done = (0..600).any(|_| {
        sleep(Duration::from_millis(50));
        is_empty(&place.data.join("mailbox/in")) && is_empty(&place.data.join("intake"))
    });
    program.kill().unwrap();
    program.wait().unwrap();
    assert!(done, "the mailbox was not emptied within half a minute");
}

/// No files; the program makes the folder when it first runs.
fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}
