//! SQL of boards: few enough to be read whole from their versions.

use domain::ids::ImprovementBoardId;
use domain::improvement::ImprovementBoard;
use store::{StoreError, Tx, Versioned};
use uuid::Uuid;

use crate::AppError;
use crate::records;

/// A board by id.
pub(super) fn board(tx: &mut Tx<'_>, id: ImprovementBoardId) -> Result<Versioned<ImprovementBoard>, AppError> {
    records::one(tx, Uuid::nil(), id.0)?.ok_or(AppError::NotFound("improvement_board"))
}

/// Every board: those that go on first, the newest first.
pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<ImprovementBoard>, StoreError> {
    let boards = records::of_nobody::<ImprovementBoard>(tx)?;
    let mut boards: Vec<_> = boards.into_iter().map(|it| it.value).collect();
    boards.sort_by_key(|board| (board.ended_on.is_some(), std::cmp::Reverse((board.started_on, board.id))));
    Ok(boards)
}
