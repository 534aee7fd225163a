//! Outcomes: what changed for those who took part (O01–O10).

mod o01_conditions;
mod o02_physical_tests;
mod o03_wellbeing;
mod o04_goals;
mod o05_stopped_at_end;
mod o06_stopped_after;
mod o07_followed_up;
mod o08_stop_completed;
mod o09_alcohol_goal;
mod o10_satisfaction;

use domain::quantity::Quantity;
use instruments::Instrument;
use standard::facts::words::Phase;
use standard::facts::{CourseFacts, TestResult};

use super::{Count, Indicator};

pub(super) const INDICATORS: &[Indicator] = &[
    Indicator::new("O01", &[Count::Course(o01_conditions::count)]),
    Indicator::new("O02", &[Count::Course(o02_physical_tests::count)]),
    Indicator::new("O03", &[Count::Course(o03_wellbeing::count)]),
    Indicator::new("O04", &[Count::Course(o04_goals::count)]),
    Indicator::new("O05", &[Count::Course(o05_stopped_at_end::count)]),
    Indicator::new("O06", &[Count::Course(o06_stopped_after::count)]),
    Indicator::new("O07", &[Count::Course(o07_followed_up::count)]),
    Indicator::new("O08", &[Count::Course(o08_stop_completed::count)]),
    Indicator::new("O09", &[Count::Course(o09_alcohol_goal::count)]),
    Indicator::new("O10", &[Count::Course(o10_satisfaction::count)]),
];

/// Tests of physical function; the others of the catalogue are questionnaires and screenings.
const PHYSICAL: [&str; 6] = ["sixmwt", "twomwt", "sts30", "tug", "stairs", "step2min"];
/// Questionnaires about health and well-being (PRO).
const WELLBEING: [&str; 5] = ["who5", "pro_generic", "eq5d5l", "hlq", "pam"];

/// A test at the end that has one of the same instrument at the start: both.
fn pairs<'a>(
    course: &'a CourseFacts,
    of: &'static [&'static str],
) -> impl Iterator<Item = (&'a TestResult, &'a TestResult)> {
    let of_phase = |phase| course.test_results.iter().filter(move |one| one.phase == Some(phase));
    let listed = move |one: &&TestResult| one.instrument.as_deref().is_some_and(|id| of.contains(&id));
    of_phase(Phase::End).filter(listed).filter_map(move |end| {
        let same = |one: &&TestResult| one.instrument == end.instrument && one.intervention == end.intervention;
        of_phase(Phase::Start).find(same).map(|start| (start, end))
    })
}

fn instrument(test: &TestResult) -> Option<&'static Instrument> {
    instruments::newest(test.instrument.as_deref()?)
}

/// Whether a change for the better is at least the smallest that matters; none when no such is known for the instrument.
fn matters(end: &TestResult) -> Option<bool> {
    let (least, _) = instrument(end)?.mic.as_ref()?;
    Some(end.change? >= number(*least))
}

/// A quantity of an instrument as the results have it.
fn number(quantity: Quantity) -> f64 {
    f64::from(quantity.as_hundredths()) / 100.0
}
