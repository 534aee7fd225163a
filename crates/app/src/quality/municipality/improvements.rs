//! Improvement projects: the boards (KS-9.1-14).

use domain::improvement::ImprovementBoard;
use jiff::civil::Date;
use standard::facts::Improvement;

/// Each board with the tests that have begun.
pub(super) fn of(boards: &[ImprovementBoard], on: Date) -> Vec<Improvement> {
    let one = |board: &ImprovementBoard| Improvement {
        active_from: Some(board.started_on),
        active_to: board.ended_on,
        aim: Some(board.aim.clone()),
        indicator_id: Some(board.measure.indicator.clone()),
        pdsa_count: i32::try_from(board.tested_by(on)).ok(),
    };
    boards.iter().map(one).collect()
}
