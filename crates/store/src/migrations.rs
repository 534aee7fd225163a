//! The schema, brought up to date step by step. A step is never edited once released; each expands before a later
//! one contracts, so that the program before it keeps working on the new schema.

use std::collections::BTreeSet;

use crate::connection::Connection;
use crate::transaction::sha256_hex;
use crate::{Engine, StoreError, reporting};

/// Number, name and text of each step.
const STEPS: [(i64, &str, &str); 39] = [
    (1, "foundation", include_str!("../migrations/0001_foundation.sql")),
    (2, "course", include_str!("../migrations/0002_course.sql")),
    (3, "messages_and_reports", include_str!("../migrations/0003_messages_and_reports.sql")),
    (4, "messages_packed_and_found", include_str!("../migrations/0004_messages_packed_and_found.sql")),
    (5, "appointments", include_str!("../migrations/0005_appointments.sql")),
    (6, "talk_drafts", include_str!("../migrations/0006_talk_drafts.sql")),
    (7, "teams_found", include_str!("../migrations/0007_teams_found.sql")),
    (8, "reports_rejected", include_str!("../migrations/0008_reports_rejected.sql")),
    (9, "unanswered_messages", include_str!("../migrations/0009_unanswered_messages.sql")),
    (10, "handover", include_str!("../migrations/0010_handover.sql")),
    (11, "sender_asked", include_str!("../migrations/0011_sender_asked.sql")),
    (12, "names_found", include_str!("../migrations/0012_names_found.sql")),
    (13, "phones_found", include_str!("../migrations/0013_phones_found.sql")),
    (14, "running_interventions", include_str!("../migrations/0014_running_interventions.sql")),
    (15, "open_courses", include_str!("../migrations/0015_open_courses.sql")),
    (16, "letter_texts", include_str!("../migrations/0016_letter_texts.sql")),
    (17, "open_events", include_str!("../migrations/0017_open_events.sql")),
    (18, "responses", include_str!("../migrations/0018_responses.sql")),
    (19, "bridge", include_str!("../migrations/0019_bridge.sql")),
    (20, "offers", include_str!("../migrations/0020_offers.sql")),
    (21, "team_offers", include_str!("../migrations/0021_team_offers.sql")),
    (22, "series", include_str!("../migrations/0022_series.sql")),
    (23, "stopbasen", include_str!("../migrations/0023_stopbasen.sql")),
    (24, "reminders", include_str!("../migrations/0024_reminders.sql")),
    (25, "together", include_str!("../migrations/0025_together.sql")),
    (26, "calendar_feeds", include_str!("../migrations/0026_calendar_feeds.sql")),
    (27, "open_event_hours", include_str!("../migrations/0027_open_event_hours.sql")),
    (28, "nicotine_by_grant", include_str!("../migrations/0028_nicotine_by_grant.sql")),
    (29, "waiting_in_order", include_str!("../migrations/0029_waiting_in_order.sql")),
    (30, "quality", include_str!("../migrations/0030_quality.sql")),
    (31, "stop_standing", include_str!("../migrations/0031_stop_standing.sql")),
    (32, "indicators", include_str!("../migrations/0032_indicators.sql")),
    (33, "packs", include_str!("../migrations/0033_packs.sql")),
    (34, "own_questions", include_str!("../migrations/0034_own_questions.sql")),
    (35, "population", include_str!("../migrations/0035_population.sql")),
    (36, "report_delivery", include_str!("../migrations/0036_report_delivery.sql")),
    (37, "figures_elsewhere", include_str!("../migrations/0037_figures_elsewhere.sql")),
    (38, "quality_pass", include_str!("../migrations/0038_quality_pass.sql")),
    (39, "changed_in_place", include_str!("../migrations/0039_changed_in_place.sql")),
];

/// Tables without citizen data: read before it is known whose turn it is.
const REFERENCE: [&str; 9] = [
    "organization",
    "organization_gln",
    "user_account",
    "session",
    "api_token",
    "intake",
    "activity_link",
    "calendar_feed",
    "reporting_definition",
];

/// Runs the steps that the database does not have yet, each in a transaction of its own.
pub(crate) fn run(connection: &mut Connection) -> Result<(), StoreError> {
    connection.batch(
        "create table if not exists schema_step (number bigint primary key, name text not null, hash text not null)",
    )?;
    let done = connection
        .query("select coalesce(max(number), 0) from schema_step", &[], |r| r.take::<i64>())?
        .first()
        .copied()
        .unwrap_or(0);
    let known = newest();
    if done > known {
        return Err(StoreError::Newer { found: done, known });
    }
    if done < known {
        reporting::take_away(connection)?;
    }
    for (number, name, text) in STEPS.iter().filter(|(number, ..)| *number > done) {
        step(connection, *number, name, text)?;
    }
    reporting::define(connection)?;
    if done < known { connection.plan_by_rule() } else { Ok(()) }
}

/// Newest step that this program knows.
pub(crate) const fn newest() -> i64 {
    STEPS[STEPS.len() - 1].0
}

fn step(connection: &mut Connection, number: i64, name: &str, text: &str) -> Result<(), StoreError> {
    let engine = connection.engine();
    connection.batch(if engine == Engine::Sqlite { "begin immediate" } else { "begin" })?;
    let result = hold_owner(connection, text, false)
        .and_then(|()| connection.batch(&engine.render(text)))
        .and_then(|()| hold_owner(connection, text, true))
        .and_then(|()| if engine == Engine::Postgres { lock_rows(connection, text) } else { Ok(()) })
        .and_then(|()| {
            let hash = sha256_hex(text.as_bytes());
            const SQL: &str = "insert into schema_step (number, name, hash) values ($1, $2, $3)";
            connection.execute(SQL, &[number.into(), name.into(), (&hash).into()]).map(|_| ())
        });
    connection.batch(if result.is_ok() { "commit" } else { "rollback" })?;
    result
}

/// A step that changes rows works on those of all organizations: while it runs, row-level security does not hold the owner
/// of the tables that it names. On PostgreSQL; without this such a step would find nothing to change.
fn hold_owner(connection: &mut Connection, text: &str, held: bool) -> Result<(), StoreError> {
    let tables = if connection.engine() == Engine::Postgres { changed_by(text) } else { BTreeSet::new() };
    for table in tables {
        let force = if held { "force" } else { "no force" };
        connection.batch(&format!("alter table {table} {force} row level security"))?;
    }
    Ok(())
}

/// The tables that a step reads and changes which changes rows or makes them of those that are there.
fn changed_by(text: &str) -> BTreeSet<&str> {
    let words: Vec<&str> =
        text.lines().filter(|line| !line.starts_with("--")).flat_map(str::split_whitespace).collect();
    if !words.iter().any(|word| matches!(*word, "update" | "insert")) {
        return BTreeSet::new();
    }
    let named = words.iter().zip(words.iter().skip(1)).filter(|(before, _)| matches!(**before, "update" | "from"));
    // What it makes itself is locked when it is done.
    let own: BTreeSet<&str> = made_by(text).collect();
    named.map(|(_, table)| table.trim_end_matches(';')).filter(|table| !own.contains(table)).collect()
}

/// The tables that a step makes.
fn made_by(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|l| l.strip_prefix("create table ")).filter_map(|l| l.split([' ', '(']).next())
}

/// Row-level security on every table of a step that holds an organization's data, also against the owner.
fn lock_rows(connection: &mut Connection, text: &str) -> Result<(), StoreError> {
    for table in made_by(text).filter(|table| !REFERENCE.contains(table)) {
        connection.batch(&format!(
            "alter table {table} enable row level security;
             alter table {table} force row level security;
             create policy own_organization on {table}
                 using (organization = nullif(current_setting('forebyg.organization', true), '')::bigint);"
        ))?;
    }
    Ok(())
}
