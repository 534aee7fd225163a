//! What a plan leads to, each figure with how much chance moves it.

use domain::codes::InterventionCode;

use super::inputs::Inputs;
use crate::setup::TeamPlan;
use crate::tally::{EventTally, ProgrammeTally, percentile};

/// One run: what was counted, minutes booked and there, and who waits at the end by programme.
pub(super) struct Run {
    pub tally: EventTally,
    pub staff: (u64, u64),
    pub waiting: Vec<usize>,
}

/// A figure over the runs: eight of ten years lie from low to high.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// One year in ten is lower.
    pub low: f64,
    /// As many years lie above as below.
    pub middle: f64,
    /// One year in ten is higher.
    pub high: f64,
}

/// What a plan leads to in a year.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanOutcome {
    /// How many years were run.
    pub runs: u32,
    /// Days from the request to the clarifying talk: the median citizen. None when hardly any was held.
    pub talk_wait: Option<Spread>,
    /// The same: one in ten waits longer.
    pub talk_wait_most: Option<Spread>,
    /// By programme, in the order of the inputs.
    pub programmes: Vec<ProgrammeOutcome>,
    /// Courses opened.
    pub courses: Spread,
    /// Courses closed in the ordinary way: the citizen did not stop it.
    pub completed: Spread,
    /// How much of the professionals' time for citizens is booked, 0 to 1 and above when classes take more than there is.
    pub staff_use: Spread,
}

/// What a plan leads to for one programme.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgrammeOutcome {
    /// Which intervention.
    pub code: InterventionCode,
    /// Days to the first session: the median citizen. None when hardly any class began.
    pub wait: Option<Spread>,
    /// The same: one in ten waits longer.
    pub wait_most: Option<Spread>,
    /// Seats taken when the class begins, 0 to 1. None when there are no classes.
    pub fill: Option<Spread>,
    /// Citizens who completed it.
    pub completed: Spread,
    /// Who waits for a seat when the year is over.
    pub waiting: Spread,
}

impl Spread {
    /// Over the runs; none when fewer than half of them have the figure.
    fn of(runs: &[Run], figure: impl Fn(&Run) -> Option<f64>) -> Option<Self> {
        let values: Vec<f64> = runs.iter().filter_map(figure).collect();
        if values.len() * 2 < runs.len() {
            return None;
        }
        let at = |share| percentile(&values, share);
        Some(Self { low: at(0.1)?, middle: at(0.5)?, high: at(0.9)? })
    }

    /// Of a figure that every run has.
    fn always(runs: &[Run], figure: impl Fn(&Run) -> f64) -> Self {
        Self::of(runs, |run| Some(figure(run))).unwrap_or(Self { low: 0.0, middle: 0.0, high: 0.0 })
    }
}

impl PlanOutcome {
    pub(super) fn of(inputs: &Inputs, runs: &[Run]) -> Self {
        Self {
            runs: u32::try_from(runs.len()).unwrap_or(u32::MAX),
            talk_wait: Spread::of(runs, |run| waited(&run.tally.talk_waits, 0.5)),
            talk_wait_most: Spread::of(runs, |run| waited(&run.tally.talk_waits, 0.9)),
            programmes: inputs.teams.iter().enumerate().map(|(at, one)| programme(runs, at, *one)).collect(),
            courses: Spread::always(runs, |run| f64::from(run.tally.courses)),
            completed: Spread::always(runs, |run| f64::from(run.tally.closed)),
            staff_use: Spread::always(runs, |run| share(run.staff.0, run.staff.1)),
        }
    }
}

fn programme(runs: &[Run], place: usize, one: TeamPlan) -> ProgrammeOutcome {
    let of = |run: &Run, share| tally(run, one.code).and_then(|tally| waited(&tally.waits, share));
    ProgrammeOutcome {
        code: one.code,
        wait: Spread::of(runs, |run| of(run, 0.5)),
        wait_most: Spread::of(runs, |run| of(run, 0.9)),
        fill: Spread::of(runs, |run| {
            let (seats, taken) = run.tally.seats(one.code);
            (seats > 0).then(|| f64::from(taken) / f64::from(seats))
        }),
        completed: Spread::always(runs, |run| tally(run, one.code).map_or(0.0, |tally| f64::from(tally.completed))),
        waiting: Spread::always(runs, |run| run.waiting.get(place).map_or(0.0, |count| count_of(*count))),
    }
}

fn tally(run: &Run, code: InterventionCode) -> Option<&ProgrammeTally> {
    run.tally.programmes.get(&code)
}

fn waited(days: &[i32], share: f64) -> Option<f64> {
    let days: Vec<f64> = days.iter().map(|days| f64::from(*days)).collect();
    percentile(&days, share)
}

#[expect(clippy::cast_precision_loss, reason = "minutes of a year and people of a list fit exactly")]
fn share(part: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { part as f64 / of as f64 }
}

#[expect(clippy::cast_precision_loss, reason = "people of a list")]
const fn count_of(count: usize) -> f64 {
    count as f64
}
