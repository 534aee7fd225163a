//! A simulated municipality in the database: the events of the crate `simulation`, carried out one by one through the same
//! commands as staff use, at a clock that stands where the event does. No row is inserted past a rule.
//!
//! Only an organization without data is filled, and only with what lies behind: a simulation that reached into the future
//! would leave tasks that nobody can do. A rule that refuses a command ends the run with what was refused.

mod arrivals;
mod cast;
mod classes;
mod courses;
mod driver;
mod known;
mod letter;
mod measures;
mod post;
mod stop;

use std::sync::Arc;

use domain::workdays::local_date;
use jiff::{Timestamp, ToSpan};
use simulation::{Setup, Simulation};
use store::{Row, Scope, Seen, Tx};

use crate::{App, AppError, SteppedClock};
use cast::Cast;
use driver::Driver;

/// What a run made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Simulated {
    /// Events carried out.
    pub events: u64,
    /// Requests among them.
    pub requests: u64,
    /// Courses opened.
    pub courses: u64,
    /// Courses closed or stopped.
    pub ended: u64,
}

/// An event that a command refused.
#[derive(Debug, thiserror::Error)]
#[error("simulated event {number} at {at} ({what}) was refused")]
pub struct Refused {
    /// The so-manieth event, from 1 on.
    pub number: u64,
    /// When it happens in the simulation.
    pub at: Timestamp,
    /// What was to be done, as the action is called.
    pub what: &'static str,
    /// Why not.
    #[source]
    pub why: AppError,
}

/// Why a run ended early.
#[derive(Debug, thiserror::Error)]
pub enum SimulationError {
    /// Nothing was begun.
    #[error(transparent)]
    NotBegun(#[from] AppError),
    /// What was done before it stays.
    #[error(transparent)]
    Refused(#[from] Box<Refused>),
    /// The last of it is not on the disk.
    #[error(transparent)]
    NotKept(AppError),
}

/// Fills an organization with a simulated municipality; `told` hears of each day that is done.
///
/// Refused for an organization that has data of its own, and for days that have not been.
pub async fn simulate(
    app: &App,
    organization: i64,
    setup: Setup,
    told: impl FnMut(u32),
) -> Result<Simulated, SimulationError> {
    refuse_unready(app, organization).await?;
    refuse_data(app, organization).await?;
    refuse_future(app, &setup)?;
    // The clock stands back from the first moment, so that nothing in the log is younger than what follows it.
    let simulation = Simulation::new(setup.clone());
    let clock = Arc::new(SteppedClock::at(simulation.day(0)));
    let mut past = app.clone();
    past.clock = clock.clone();
    past.store = app.store.in_bulk();
    let store = past.store.clone();
    let made = carry_out(past, &clock, organization, setup, simulation, told).await;
    // What was done before a refusal stays.
    store.settled().await.map_err(|error| SimulationError::NotKept(error.into()))?;
    made
}

async fn carry_out(
    past: App,
    clock: &SteppedClock,
    organization: i64,
    setup: Setup,
    simulation: Simulation,
    mut told: impl FnMut(u32),
) -> Result<Simulated, SimulationError> {
    let cast = Cast::engage(&past, organization, setup.professionals).await?;
    let mut driver = Driver::new(past, cast, setup.calibration.programmes().to_vec());
    let (mut made, mut day) = (Simulated::default(), 0);
    for event in simulation {
        let today = (local_date(event.at) - setup.first_day).get_days();
        if today > day {
            driver.end_day(made.events).await?;
            day = today;
            told(u32::try_from(day).unwrap_or(0));
            // Who heard of the day may want no further one.
            tokio::task::yield_now().await;
        }
        clock.move_to(event.at);
        made.events += 1;
        let what = driver::name(&event.action);
        let counted = driver::counts(&event.action);
        let done = driver.apply(event.action).await;
        done.map_err(|why| Box::new(Refused { number: made.events, at: event.at, what, why }))?;
        made.requests += u64::from(counted.request);
        made.courses += u64::from(counted.course);
        made.ended += u64::from(counted.end);
    }
    driver.end_day(made.events).await?;
    Ok(made)
}

/// Referrals need an address to come to, and what is granted somebody who delivers it.
async fn refuse_unready(app: &App, organization: i64) -> Result<(), AppError> {
    let home = app.organization(organization).await?;
    if home.glns.is_empty() {
        let message = "Kommunen har intet lokationsnummer, som henvisninger kan komme til. Tilføj et først.";
        return Err(AppError::Rule { code: "no_gln", message });
    }
    if home.default_performer.is_none() {
        let message = "Kommunen har ingen egen enhed, der leverer indsatserne. Tilføj den først.";
        return Err(AppError::Rule { code: "no_performer", message });
    }
    Ok(())
}

/// What makes an organization somebody's: how many citizens, messages and teams it has, in words. None when it has nothing.
///
/// # Errors
/// The store cannot be read.
pub async fn data_of(app: &App, organization: i64) -> Result<Option<String>, AppError> {
    const SQL: &str = "select (select count(*) from citizen where organization = $1),
        (select count(*) from message where organization = $1), (select count(*) from team where organization = $1)";
    let scope = Scope::system(organization, app.now(), "simulation.begin");
    let counts = |row: &mut Row<'_>| Ok([row.take::<i64>()?, row.take()?, row.take()?]);
    let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(tx.first(SQL, &[], counts)?));
    let found = app.store.view(scope, read).await?.unwrap_or_default();
    let words = found.iter().zip(["borgere", "beskeder", "hold"]).filter(|(count, _)| **count > 0);
    let said: Vec<String> = words.map(|(count, what)| format!("{count} {what}")).collect();
    if said.is_empty() {
        return Ok(None);
    }
    let home = app.organization(organization).await?;
    Ok(Some(format!("{} ({}): {}", home.name, home.code.as_str(), said.join(", "))))
}

/// From when to when the log of changes of an organization reaches; none before its first entry. What is simulated there
/// begins after it.
///
/// # Errors
/// The store cannot be read.
pub async fn log_reaches(app: &App, organization: i64) -> Result<Option<(Timestamp, Timestamp)>, AppError> {
    const FIRST: &str = "select at from audit where organization = $1 order by seq limit 1";
    const LAST: &str = "select at from audit where organization = $1 order by seq desc limit 1";
    let scope = Scope::system(organization, app.now(), "simulation.begin");
    let at = |row: &mut Row<'_>| row.take::<Timestamp>();
    let read = move |tx: &mut Tx<'_>| {
        let (first, last) = (tx.first(FIRST, &[], at)?, tx.first(LAST, &[], at)?);
        Ok::<_, AppError>(Seen::nothing(first.zip(last)))
    };
    app.store.view(scope, read).await
}

/// An organization that has anything of a citizen or a team is somebody's.
async fn refuse_data(app: &App, organization: i64) -> Result<(), AppError> {
    let Some(found) = data_of(app, organization).await? else { return Ok(()) };
    let message =
        format!("Der er data i forvejen i {found}. Intet er simuleret. Opret en ny organisation til simuleringen.");
    Err(AppError::field("organization", "has_data", message))
}

fn refuse_future(app: &App, setup: &Setup) -> Result<(), AppError> {
    let last = setup.first_day.saturating_add(i64::from(setup.days).days());
    if last > local_date(app.now()) {
        let message = "Simuleringen ville nå ud i fremtiden. Vælg en tidligere første dag eller færre år.";
        return Err(AppError::Rule { code: "in_future", message });
    }
    Ok(())
}
