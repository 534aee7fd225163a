//! All SQL of this capability, but for the statements of the questions themselves: `analysis` puts those together.

use jiff::Timestamp;
use jiff::civil::Date;
use store::{StoreError, Tx, Versioned};
use uuid::Uuid;

use super::saved::SavedQuestion;
use crate::records;

/// The questions that are there, the newest first.
pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<Versioned<SavedQuestion>>, StoreError> {
    let rows = records::of_nobody::<SavedQuestion>(tx)?;
    Ok(rows.into_iter().rev().filter(|one| one.value.withdrawn_on.is_none()).collect())
}

/// An answer that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// Of which question.
    pub question: Uuid,
    /// Last day of its period.
    pub until: Date,
    /// When it was made.
    pub made_at: Timestamp,
    /// Somebody has fetched it.
    pub seen: bool,
}

/// The answers kept, the newest first.
pub(super) fn kept(tx: &mut Tx<'_>) -> Result<Vec<Kept>, StoreError> {
    const SQL: &str = "select question, until_day, made_at, seen from kept_answer where organization = $1
        order by until_day desc limit 500";
    tx.query(SQL, &[], |row| {
        Ok(Kept { question: row.take()?, until: row.take()?, made_at: row.take()?, seen: row.take()? })
    })
}

/// A kept answer's name and file.
pub(super) fn file(tx: &mut Tx<'_>, question: Uuid, until: Date) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    const SQL: &str = "select name, body from kept_answer where organization = $1 and question = $2 and until_day = $3";
    tx.first(SQL, &[question.into(), until.into()], |row| Ok((row.take()?, row.take()?)))
}

/// Notes that somebody has fetched it.
pub(super) fn mark_seen(tx: &mut Tx<'_>, question: Uuid, until: Date) -> Result<(), StoreError> {
    const SQL: &str = "update kept_answer set seen = $4 where organization = $1 and question = $2 and until_day = $3";
    tx.execute(SQL, &[question.into(), until.into(), true.into()]).map(|_| ())
}

/// Keeps an answer; one that is there for the period stays as it is.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    (question, until): (Uuid, Date),
    name: &str,
    body: &[u8],
) -> Result<(), StoreError> {
    const SQL: &str = "insert into kept_answer (organization, question, until_day, made_at, name, body)
        values ($1, $2, $3, $4, $5, $6) on conflict (organization, question, until_day) do nothing";
    let at = tx.scope().at;
    tx.execute(SQL, &[question.into(), until.into(), at.into(), name.into(), body.into()]).map(|_| ())
}

/// Takes the answers of a question away.
pub(super) fn forget(tx: &mut Tx<'_>, question: Uuid) -> Result<(), StoreError> {
    const SQL: &str = "delete from kept_answer where organization = $1 and question = $2";
    tx.execute(SQL, &[question.into()]).map(|_| ())
}
