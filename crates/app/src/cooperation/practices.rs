//! The practices that the municipality knows: those of the address book that are general practice.

use domain::ids::OrganizationId;
use store::{StoreError, Tx};

use crate::AppError;

/// A practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Practice {
    pub(crate) id: OrganizationId,
    pub(crate) name: String,
}

/// All of them by name.
pub(crate) fn all(tx: &mut Tx<'_>) -> Result<Vec<Practice>, StoreError> {
    const SQL: &str = "select id, name from partner where organization = $1 and kind = 'general_practice'
        order by name, id";
    tx.query(SQL, &[], |row| Ok(Practice { id: OrganizationId(row.take()?), name: row.take()? }))
}

/// Refuses what is none of them, at a field.
pub(super) fn known(tx: &mut Tx<'_>, id: OrganizationId, field: &'static str) -> Result<(), AppError> {
    const SQL: &str = "select 1 from partner where organization = $1 and id = $2 and kind = 'general_practice'";
    tx.first(SQL, &[id.0.into()], |_| Ok(()))?
        .ok_or_else(|| AppError::field(field, "unknown", "Vælg en praksis fra listen."))
}
