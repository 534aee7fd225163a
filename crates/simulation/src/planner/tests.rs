//! What more and less of something leads to, and what is refused.

use super::*;
use crate::setup::TeamPlan;
use domain::codes::InterventionCode;

const RUNS: u32 = 9;

fn now() -> Inputs {
    Inputs::of(40_000, Calibration::stated())
}

fn outcome(inputs: &Inputs) -> PlanOutcome {
    plan(inputs, Calibration::stated(), RUNS).unwrap()
}

fn training(outcome: &PlanOutcome) -> &ProgrammeOutcome {
    outcome.programmes.iter().find(|one| one.code == InterventionCode::PhysicalTraining).unwrap()
}

/// The inputs with another number of training classes.
fn with_starts(change: impl Fn(u32) -> u32) -> Inputs {
    let mut inputs = now();
    for one in inputs.teams.iter_mut().filter(|one| one.code == InterventionCode::PhysicalTraining) {
        one.starts_a_year = change(one.starts_a_year);
    }
    inputs
}

#[test]
fn the_same_plan_leads_to_the_same() {
    assert_eq!(outcome(&now()), outcome(&now()));
    let other = Inputs { seed: 2, ..now() };
    assert_ne!(outcome(&now()), outcome(&other));
}

#[test]
fn half_the_classes_make_people_wait_and_fewer_complete() {
    let (before, after) = (outcome(&now()), outcome(&with_starts(|starts| starts / 2)));
    let (before, after) = (training(&before), training(&after));
    assert!(after.wait.unwrap().low > before.wait.unwrap().high, "{before:?} {after:?}");
    assert!(after.completed.high < before.completed.low);
    assert!(after.fill.unwrap().middle >= before.fill.unwrap().middle);
    assert!(after.waiting.middle > before.waiting.middle + 20.0);
}

#[test]
fn twice_the_classes_stand_half_empty() {
    let more = outcome(&with_starts(|starts| starts * 2));
    assert!(training(&more).fill.unwrap().middle < 0.7, "{more:?}");
    assert!(training(&more).wait.unwrap().middle <= training(&outcome(&now())).wait.unwrap().middle);
}

#[test]
fn fewer_professionals_make_the_talk_wait() {
    let fewer = Inputs { professionals: now().professionals / 2, ..now() };
    let (before, after) = (outcome(&now()), outcome(&fewer));
    assert!(after.talk_wait_most.unwrap().low > before.talk_wait_most.unwrap().high, "{before:?} {after:?}");
    assert!(after.staff_use.middle > before.staff_use.middle);
}

#[test]
fn more_referrals_fill_the_same_classes() {
    let more = Inputs { referrals: 1.5, ..now() };
    let (before, after) = (outcome(&now()), outcome(&more));
    assert!(after.courses.low > before.courses.high);
    assert!(training(&after).waiting.middle > training(&before).waiting.middle);
}

#[test]
fn nothing_in_gives_nothing_out_and_no_figure_of_no_one() {
    let none = Inputs { referrals: 0.0, ..with_starts(|_| 0) };
    let outcome = outcome(&none);
    assert_eq!(training(&outcome).fill, None);
    assert_eq!(training(&outcome).wait, None);
    assert!(training(&outcome).completed.high < 1.0);
}

#[test]
fn all_that_is_wrong_is_told_at_once_in_danish_and_where() {
    let mut inputs = Inputs { inhabitants: 3, referrals: f64::NAN, professionals: 0, ..now() };
    inputs.teams[0].seats = 0;
    inputs.teams[1].starts_a_year = 5000;
    let talk = TeamPlan { code: InterventionCode::AlcoholTalk, seats: 8, starts_a_year: 3 };
    inputs.teams.extend([talk, inputs.teams[0]]);
    let faults = plan(&inputs, Calibration::stated(), 0).unwrap_err();
    let fields: Vec<Field> = faults.iter().map(|fault| fault.field).collect();
    let (first, second) = (inputs.teams[0].code, inputs.teams[1].code);
    let expected = [
        Field::Inhabitants,
        Field::Referrals,
        Field::Professionals,
        Field::Seats(first),
        Field::Starts(second),
        Field::Programme(InterventionCode::AlcoholTalk),
        Field::Programme(first),
        Field::Seats(first),
        Field::Runs,
    ];
    assert_eq!(fields, expected);
    assert_eq!(faults[3].text, "Fysisk træning, pladser på hvert hold: Skriv et tal fra 1 til 40.");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(12))]
    #[test]
    fn any_plan_that_is_accepted_has_ordered_figures(
        inhabitants in 500_u32..20_000, referrals in 0.0_f64..5.0, professionals in 1_u32..20, seats in 1_u16..40,
        starts in 0_u32..60, seed: u64,
    ) {
        let mut inputs = Inputs { referrals, professionals, seed, ..Inputs::of(inhabitants, Calibration::stated()) };
        for one in &mut inputs.teams {
            (one.seats, one.starts_a_year) = (seats, starts);
        }
        let outcome = plan(&inputs, Calibration::stated(), 5).unwrap();
        let ordered = |one: Spread| 0.0 <= one.low && one.low <= one.middle && one.middle <= one.high;
        for one in &outcome.programmes {
            proptest::prop_assert!(ordered(one.completed) && ordered(one.waiting));
            proptest::prop_assert!(one.fill.is_none_or(|fill| ordered(fill) && fill.high <= 1.0));
            proptest::prop_assert!(one.wait.is_none_or(ordered));
        }
        proptest::prop_assert!(ordered(outcome.staff_use) && ordered(outcome.completed));
        proptest::prop_assert!(outcome.completed.middle <= outcome.courses.middle * 3.0 + 10.0);
    }
}
