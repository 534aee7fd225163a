//! The database: engine, migration, integrity, chains, and whether it is set up.

use app::App;
use store::{Engine, Location, Row, Store, StoreError, verify_chains};

use super::Finding;
use crate::context::Context;

/// Opens the database; a SQLite file that is not there is not made here.
pub fn open(context: &Context) -> Result<App, Finding> {
    if let Location::Sqlite(file) = context.location()
        && !file.exists()
    {
        return Err(Finding::fail("database", format!("{} is not there; `forebyg migrate` makes it", file.display())));
    }
    context.app().map_err(|error| Finding::fail("database", format!("{error:#}")))
}

/// What the database says of itself.
pub async fn findings(app: &App, chains: bool) -> Vec<Finding> {
    let mut findings = vec![engine(app), migration(app).await, integrity(app).await];
    let organizations = match app::organizations::list(app).await {
        Ok(organizations) => organizations,
        Err(error) => {
            findings.push(Finding::fail("organizations", error.to_string()));
            return findings;
        }
    };
    if organizations.is_empty() {
        findings.push(Finding::warn("organizations", "none is set up: forebyg organization add"));
    }
    for organization in organizations {
        let name = &organization.name;
        findings.push(match &organization.sor {
            Some(sor) if !sor.has_valid_check_digit() => {
                Finding::warn("organization", format!("{name}: the check digit of the SOR code does not fit"))
            }
            Some(_) => Finding::ok("organization", name.clone()),
            None => Finding::warn("organization", format!("{name} has no SOR code; no delivery report can be built")),
        });
        if chains {
            findings.push(chain(app, organization.key, name).await);
        }
    }
    findings
}

fn engine(app: &App) -> Finding {
    Finding::ok(
        "database",
        match app.store.engine() {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        },
    )
}

async fn migration(app: &App) -> Finding {
    const SQL: &str = "select coalesce(max(number), 0) from schema_step";
    let found = app.store.look_up(|u| u.query(SQL, &[], number)).await;
    match found.map(|rows| rows.first().copied().unwrap_or(0)) {
        Ok(found) => {
            let known = Store::newest_migration();
            Finding::warn_if("migration", found != known, format!("{found} of {known}"))
        }
        Err(error) => Finding::fail("migration", error.to_string()),
    }
}

/// SQLite reads every page; PostgreSQL checks its pages itself as it reads them.
async fn integrity(app: &App) -> Finding {
    let sql = match app.store.engine() {
        Engine::Sqlite => "pragma quick_check(1)",
        Engine::Postgres => "select 'ok'",
    };
    match app.store.look_up(move |u| u.query(sql, &[], word)).await {
        Ok(answer) if answer == ["ok"] => Finding::ok("integrity", "ok"),
        Ok(_) => Finding::fail("integrity", "the database file is damaged; restore the latest backup"),
        Err(error) => Finding::fail("integrity", error.to_string()),
    }
}

async fn chain(app: &App, organization: i64, name: &str) -> Finding {
    match verify_chains(&app.store, organization, app.now()).await {
        Ok(report) => Finding::ok("log chains", format!("{name}: {} changes, {} reads", report.changes, report.reads)),
        Err(error @ StoreError::ChainBroken { .. }) => Finding::fail("log chains", format!("{name}: {error}")),
        Err(error) => Finding::fail("log chains", error.to_string()),
    }
}

fn number(row: &mut Row<'_>) -> Result<i64, StoreError> {
    row.take()
}

fn word(row: &mut Row<'_>) -> Result<String, StoreError> {
    row.take()
}
