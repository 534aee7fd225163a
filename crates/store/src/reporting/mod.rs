//! The reporting schema in the database: views with stable names, made from `analysis`. On PostgreSQL a schema of its own with
//! comments for BI tools; on SQLite views and functions whose names begin with `reporting_`.
//!
//! A view of PostgreSQL reads with the rights of the program's role, which row-level security holds too (`force`), so a reader
//! needs no right to the tables with names and CPR numbers behind it: docs/decisions/0014. The views are made anew when what
//! they are made from has changed, and are away while the tables behind them change.

mod sqlite;

use std::fmt::Write as _;

use analysis::definition::{Definition, definitions};

use crate::connection::Connection;
use crate::transaction::sha256_hex;
use crate::{Engine, StoreError};

pub(crate) use sqlite::functions;

const FUNCTIONS: &str = include_str!("functions.sql");

/// Takes the views away, so that the tables behind them can change.
pub(crate) fn take_away(connection: &mut Connection) -> Result<(), StoreError> {
    for view in views(connection)? {
        connection.batch(&match connection.engine() {
            Engine::Sqlite => format!("drop view \"{view}\""),
            Engine::Postgres => format!("drop view reporting.\"{view}\""),
        })?;
    }
    Ok(())
}

/// Makes the views as they should be; nothing when they are so.
pub(crate) fn define(connection: &mut Connection) -> Result<(), StoreError> {
    let engine = connection.engine();
    let text = text(engine);
    let hash = sha256_hex(text.as_bytes());
    let known = connection.query("select hash from reporting_definition", &[], |r| r.take::<String>())?;
    let all = definitions().len();
    if known == [hash.clone()] && views(connection)?.len() == all {
        return Ok(());
    }
    connection.batch(if engine == Engine::Sqlite { "begin immediate" } else { "begin" })?;
    let made = take_away(connection)
        .and_then(|()| connection.batch(&text))
        .and_then(|()| connection.batch("delete from reporting_definition"))
        .and_then(|()| {
            connection.execute("insert into reporting_definition (hash) values ($1)", &[(&hash).into()]).map(|_| ())
        });
    connection.batch(if made.is_ok() { "commit" } else { "rollback" })?;
    made
}

fn views(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    const SQLITE: &str = "select name from sqlite_schema where type = 'view' and name like 'reporting\\_%' escape '\\'";
    const POSTGRES: &str = "select viewname::text from pg_views where schemaname = 'reporting'";
    let sql = if connection.engine() == Engine::Sqlite { SQLITE } else { POSTGRES };
    connection.query(sql, &[], |r| r.take::<String>())
}

fn text(engine: Engine) -> String {
    let mut text = String::new();
    if engine == Engine::Postgres {
        text.push_str("create schema if not exists reporting;\n");
        text.push_str(FUNCTIONS);
    }
    for view in definitions() {
        text.push_str(&one(engine, &view));
    }
    engine.reporting(&engine.render(&text))
}

fn one(engine: Engine, view: &Definition) -> String {
    let quoted = |text: &str| text.replace('\'', "''");
    let Definition { name, query, comment, columns } = view;
    match engine {
        Engine::Sqlite => format!("create view reporting.{name} as {};\n", query.replace("{own}", "true")),
        Engine::Postgres => {
            let own = query.replace("{own}", "x.organization = (select reporting.organization())");
            let mut text = format!("create view reporting.{name} with (security_barrier = true) as {own};\n");
            let _ = writeln!(text, "comment on view reporting.{name} is '{}';", quoted(comment));
            for (column, comment) in columns {
                let _ = writeln!(text, "comment on column reporting.{name}.{column} is '{}';", quoted(comment));
            }
            text
        }
    }
}
