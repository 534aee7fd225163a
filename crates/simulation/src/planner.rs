//! The capacity planner: what would other seats, starts, staff or referrals lead to?
//!
//! The model is run many times with the same inputs and different chance. Half a year settles; the year after it is
//! counted. Two plans are compared over the same seed, and then the same citizens come in both: what differs is the plan.

mod inputs;
mod outcome;

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

use jiff::civil::Date;

pub use inputs::{Field, InputFault, Inputs};
pub use outcome::{PlanOutcome, ProgrammeOutcome, Spread};

use crate::calibration::Calibration;
use crate::dice::mixed;
use crate::setup::Setup;
use crate::tally::EventTally;
use crate::world::Simulation;
use outcome::Run;

/// Days in which the municipality settles before anything is counted.
const SETTLE_DAYS: u32 = 182;
/// Days that are counted.
const COUNTED_DAYS: u32 = 365;

/// The day on which every planned year begins to settle: what is compared must not differ by its holidays.
const FIRST_DAY: Date = Date::constant(2026, 7, 1);

/// Runs the model for some inputs. All that is wrong with them is told at once.
///
/// ```
/// use simulation::{Calibration, Inputs, plan};
/// let now = Inputs::of(20_000, Calibration::stated());
/// let outcome = plan(&now, Calibration::stated(), 5).unwrap();
/// assert!(outcome.completed.low <= outcome.completed.high);
/// ```
pub fn plan(inputs: &Inputs, calibration: &Calibration, runs: u32) -> Result<PlanOutcome, Vec<InputFault>> {
    inputs.check(runs)?;
    Ok(PlanOutcome::of(inputs, &years(inputs, calibration, runs)))
}

/// The years in their order, some on each core: somebody waits for them.
fn years(inputs: &Inputs, calibration: &Calibration, runs: u32) -> Vec<Run> {
    let numbers: Vec<u32> = (0..runs).collect();
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let some = |numbers: &[u32]| -> Vec<Run> {
        numbers.iter().map(|number| run(inputs, calibration, mixed(inputs.seed, u64::from(*number)))).collect()
    };
    thread::scope(|scope| {
        let parts = numbers.chunks(numbers.len().div_ceil(cores).max(1));
        let threads: Vec<_> = parts.map(|part| scope.spawn(move || some(part))).collect();
        threads.into_iter().flat_map(|one| one.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

/// One year of one throw of chance.
fn run(inputs: &Inputs, calibration: &Calibration, seed: u64) -> Run {
    let municipality = inputs.municipality();
    let days = SETTLE_DAYS + COUNTED_DAYS;
    let setup = Setup {
        teams: inputs.teams.clone(),
        professionals: inputs.professionals,
        referrals: inputs.referrals,
        ..Setup::of(municipality, seed, FIRST_DAY, days, calibration)
    };
    let mut simulation = Simulation::new(setup);
    let mut tally = EventTally::new(simulation.day(SETTLE_DAYS), simulation.day(days));
    for event in simulation.by_ref() {
        tally.add(&event);
    }
    let staff = simulation.staff_minutes(SETTLE_DAYS, days);
    let waiting = inputs.teams.iter().map(|one| simulation.waiting_for(one.code)).collect();
    Run { tally, staff, waiting }
}

#[cfg(test)]
mod tests;
