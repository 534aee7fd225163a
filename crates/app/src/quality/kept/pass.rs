//! The pass over everybody that is under way. Its parts are written as they come and its sums at the end, so whoever finds one
//! that was left on the way counts from nothing: sums and parts do not go together then.

use jiff::{SignedDuration, Timestamp};
use store::{StoreError, Tx};
use uuid::Uuid;

/// A pass of another program that has written nothing for so long was left on the way.
const LEFT_AFTER: SignedDuration = SignedDuration::from_mins(1);

/// Begins a pass, unless another program is at one. `left` is the last one that this program began: it has ended, however.
pub(super) fn begin(tx: &mut Tx<'_>, id: Uuid, left: Option<Uuid>, now: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str = "insert into quality_pass (organization, id, at) values ($1, $2, $3)";
    tx.lock("quality")?;
    if let Some((other, at)) = under_way(tx)? {
        if Some(other) != left && now.duration_since(at) < LEFT_AFTER {
            return Ok(false);
        }
        forget_all(tx)?;
    }
    tx.execute(SQL, &[id.into(), now.into()]).map(|_| true)
}

/// Whether a pass is still the one that is under way; if so it says that it goes on.
pub(super) fn go_on(tx: &mut Tx<'_>, id: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str = "update quality_pass set at = $3 where organization = $1 and id = $2";
    tx.lock("quality")?;
    Ok(tx.execute(SQL, &[id.into(), now.into()])? == 1)
}

/// Ends a pass; false when it is no longer the one that is under way.
pub(super) fn end(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, StoreError> {
    const SQL: &str = "delete from quality_pass where organization = $1 and id = $2";
    tx.lock("quality")?;
    Ok(tx.execute(SQL, &[id.into()])? == 1)
}

/// Whether no pass is under way, so that the sums may be moved together with the parts.
pub(super) fn is_none(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    tx.lock("quality")?;
    Ok(under_way(tx)?.is_none())
}

fn under_way(tx: &mut Tx<'_>) -> Result<Option<(Uuid, Timestamp)>, StoreError> {
    const SQL: &str = "select id, at from quality_pass where organization = $1";
    tx.first(SQL, &[], |row| Ok((row.take()?, row.take()?)))
}

/// Takes out everything that is kept; the next look finds it anew.
///
/// # Errors
///
/// The store cannot be written.
pub fn forget_all(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    const ALL: [&str; 8] = [
        "delete from quality_pass where organization = $1",
        "delete from quality_state where organization = $1",
        "delete from quality_part where organization = $1",
        "delete from quality_count where organization = $1",
        "delete from quality_finding where organization = $1",
        "delete from quality_team where organization = $1",
        "delete from indicator_cell where organization = $1",
        "delete from indicator_part where organization = $1",
    ];
    ALL.iter().try_for_each(|sql| tx.execute(sql, &[]).map(|_| ()))
}
