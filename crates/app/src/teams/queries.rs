//! SQL of teams.

use domain::ids::TeamId;
use domain::team::Team;
use serde::Serialize;
use store::{StoreError, Tx, Versioned};
use uuid::Uuid;

use crate::AppError;
use crate::records;

/// A team in the list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TeamRow {
    /// The team.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Which intervention, as a word.
    pub code: String,
    /// How many can take part.
    pub seats: i64,
    /// Seats that nobody has.
    pub free: i64,
}

/// All teams by name.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<TeamRow>, StoreError> {
    const SQL: &str = "select id, name, code, seats, free from team where organization = $1 order by name, id";
    tx.query(SQL, &[], |r| {
        Ok(TeamRow { id: r.take()?, name: r.take()?, code: r.take()?, seats: r.take()?, free: r.take()? })
    })
}

/// A team by id.
pub fn team(tx: &mut Tx<'_>, id: TeamId) -> Result<Versioned<Team>, AppError> {
    records::one(tx, Uuid::nil(), id.0)?.ok_or(AppError::NotFound("team"))
}
