//! What a plan leads to: many made-up years, beside the program's own work and no more of them than a page has time for.

use simulation::{Calibration, InputFault, Inputs, PlanOutcome, plan};
use store::StoreError;
use tokio::sync::Semaphore;

use crate::AppError;

/// Plans that are run at once, whoever asks: what waits for the database is not kept from its threads by them.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Years of a plan: as many as give a range, fewer of a large municipality, whose years differ less.
const YEARS: (u32, u32) = (5, 20);
/// So many inhabitants times years are run for a page.
const INHABITED_YEARS: u32 = 1_000_000;

/// How many years are run.
pub(super) fn years(inhabitants: u32) -> u32 {
    (INHABITED_YEARS / inhabitants.max(1)).clamp(YEARS.0, YEARS.1)
}

/// Runs the years of a plan on a thread of its own. What is wrong with it is told field by field.
pub(super) async fn lead_to(
    inputs: &Inputs,
    calibration: &Calibration,
) -> Result<Result<PlanOutcome, Vec<InputFault>>, AppError> {
    let (inputs, calibration) = (inputs.clone(), calibration.clone());
    let Ok(_turn) = TURNS.acquire().await else { return Err(StoreError::Panicked.into()) };
    let work = move || plan(&inputs, &calibration, years(inputs.inhabitants));
    tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Panicked.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_municipality_has_many_years_and_a_large_one_few() {
        assert_eq!((years(2_000), years(57_000), years(100_000), years(650_000)), (20, 17, 10, 5));
    }
}
