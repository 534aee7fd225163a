//! What a plan leads to: many made-up years, beside the program's own work and no more of them than a page has time for. What
//! was found is kept, for the same plan always leads to the same.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use simulation::{Calibration, InputFault, Inputs, PlanOutcome, plan};
use store::StoreError;
use tokio::sync::Semaphore;

use crate::AppError;

/// Plans that are kept; a municipality looks at the one it has and a handful beside it.
const KEPT: usize = 200;

/// A plan, and what it leads to.
type Known = (Inputs, Calibration, Arc<PlanOutcome>);

/// Numbers of a municipality and of nobody: the newest last, the oldest goes.
static KNOWN: Mutex<VecDeque<Known>> = Mutex::new(VecDeque::new());

/// Plans that are run at once, whoever asks: what waits for the database is not kept from its threads by them.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Years of a plan: as many as give a range, fewer of a large municipality, whose years differ less.
const YEARS: (u32, u32) = (5, 20);
/// What is run for a page: inhabitants times years, as a municipality of fifty thousand takes some milliseconds a year.
const INHABITED_YEARS: f64 = 1_000_000.0;
/// A class costs as much as so many inhabitants.
const INHABITANTS_A_CLASS: f64 = 100.0;

/// How many years are run of a plan. The first of them meet the same chance in every plan.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of years")]
fn years(plan: &Inputs) -> u32 {
    let starts: u32 = plan.teams.iter().map(|team| team.starts_a_year).sum();
    let cost = f64::from(plan.inhabitants) * plan.referrals.max(1.0) + f64::from(starts) * INHABITANTS_A_CLASS;
    ((INHABITED_YEARS / cost.max(1.0)) as u32).clamp(YEARS.0, YEARS.1)
}

/// What a plan leads to: what is known of it, or its years are run on threads of their own. What is wrong with it is told
/// field by field.
pub(super) async fn lead_to(
    inputs: &Inputs,
    calibration: &Calibration,
) -> Result<Result<Arc<PlanOutcome>, Vec<InputFault>>, AppError> {
    if let Some(known) = known(inputs, calibration) {
        return Ok(Ok(known));
    }
    let (inputs, calibration) = (inputs.clone(), calibration.clone());
    let Ok(_turn) = TURNS.acquire().await else { return Err(StoreError::Panicked.into()) };
    let work = move || {
        let outcome = Arc::new(plan(&inputs, &calibration, years(&inputs))?);
        keep((inputs, calibration, Arc::clone(&outcome)));
        Ok(outcome)
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Panicked.into())
}

fn known(inputs: &Inputs, calibration: &Calibration) -> Option<Arc<PlanOutcome>> {
    let known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let found = known.iter().rev().find(|(of, by, _)| of == inputs && by == calibration);
    found.map(|(_, _, outcome)| Arc::clone(outcome))
}

fn keep(one: Known) {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= KEPT {
        known.pop_front();
    }
    known.push_back(one);
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;

    #[test]
    fn a_small_municipality_has_many_years_and_a_large_one_few() {
        let of = |inhabitants, referrals, starts| {
            let mut plan = Inputs { referrals, ..Inputs::of(inhabitants, Calibration::stated()) };
            plan.teams.iter_mut().for_each(|team| team.starts_a_year = starts);
            plan
        };
        assert_eq!(years(&of(2_000, 0.5, 0)), 20);
        assert_eq!(years(&of(100_000, 1.0, 0)), 10);
        assert_eq!(years(&of(50_000, 2.0, 0)), 10);
        assert_eq!(years(&of(50_000, 1.0, 250)), 8);
        assert_eq!(years(&of(650_000, 3.0, 300)), 5);
    }

    #[tokio::test]
    async fn a_plan_that_is_known_is_not_run_again_and_another_one_is() {
        let (plan, stated) = (Inputs::of(1_900, Calibration::stated()), Calibration::stated());
        let first = lead_to(&plan, stated).await.unwrap().unwrap();
        let again = lead_to(&plan, stated).await.unwrap().unwrap();
        assert!(Arc::ptr_eq(&first, &again));
        let more = Inputs { professionals: plan.professionals + 1, ..plan.clone() };
        assert!(!Arc::ptr_eq(&first, &lead_to(&more, stated).await.unwrap().unwrap()));
        let asked = stated.clone().with(simulation::Parameter::OwnRequestAThousand, 9.0).unwrap();
        assert_ne!(first, lead_to(&plan, &asked).await.unwrap().unwrap());
        let none = Inputs { professionals: 0, ..plan };
        assert_eq!(lead_to(&none, stated).await.unwrap().unwrap_err().len(), 1, "what is wrong is told each time");
    }
}
