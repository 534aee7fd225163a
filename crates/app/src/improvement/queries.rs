//! SQL of boards: few enough to be read whole from their versions.

use domain::ids::ImprovementBoardId;
use domain::improvement::ImprovementBoard;
use store::{StoreError, Tx, Versioned};
use uuid::Uuid;

use crate::AppError;
use crate::records::{self, content};

/// A board by id.
pub(super) fn board(tx: &mut Tx<'_>, id: ImprovementBoardId) -> Result<Versioned<ImprovementBoard>, AppError> {
    records::one(tx, Uuid::nil(), id.0)?.ok_or(AppError::NotFound("improvement_board"))
}

/// Every board: those that go on first, the newest first.
pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<ImprovementBoard>, StoreError> {
    const SQL: &str = "select content from record_version r where organization = $1 and citizen = $2
        and kind = 'improvement_board'
        and not exists (select 1 from record_version n where n.organization = $1 and n.citizen = r.citizen
            and n.kind = r.kind and n.id = r.id and n.version > r.version)";
    let mut boards = tx.query(SQL, &[Uuid::nil().into()], content::<ImprovementBoard>)?;
    boards.sort_by_key(|board| (board.ended_on.is_some(), std::cmp::Reverse((board.started_on, board.id))));
    Ok(boards)
}
