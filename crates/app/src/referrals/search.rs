//! Finding a request by who it is about or by what its row says. People are found by an index; text only among the open
//! ones, which are few.

use store::{StoreError, Tx};

use super::worklist::{ROWS, WorklistRow, row, rows_where};
use crate::citizens::{Wanted, after};

/// The rows that fit, the open ones first.
pub(super) fn rows(tx: &mut Tx<'_>, text: &str) -> Result<Vec<WorklistRow>, StoreError> {
    const NUMBER: &str = rows_where!(
        "s.citizen in (select f.id from citizen f where f.organization = $1 and f.number >= $3 and f.number < $4)",
        "s.open desc, s.due_on, s.id desc"
    );
    const NAME: &str = rows_where!(
        "s.citizen in (select f.id from citizen f where f.organization = $1 and f.surname_key >= $3 and f.surname_key < $4
            union select f.id from citizen f where f.organization = $1 and f.name_key >= $3 and f.name_key < $4
            union select f.id from citizen f where f.organization = $1 and f.name_key >= $5 and f.name_key < $6
                and f.surname_key >= $7 and f.surname_key < $8)",
        "s.open desc, s.due_on, s.id desc"
    );
    const TEXT: &str = rows_where!(
        "s.open and s.due_on is not null and (lower(s.about) like $3 or lower(s.wish) like $3 or lower(p.name) like $3)",
        "s.due_on, s.id"
    );
    let limit = i64::from(ROWS);
    let mut found = match Wanted::of(text) {
        Wanted::Nobody => return Ok(Vec::new()),
        Wanted::Number(number) => {
            return tx.query(NUMBER, &[limit.into(), (&number).into(), (&after(&number, ':')).into()], row);
        }
        Wanted::Name([whole, end, first, first_end, last, last_end]) => {
            let [whole, end, first] = [&whole, &end, &first].map(|key| key.into());
            let [first_end, last, last_end] = [&first_end, &last, &last_end].map(|key| key.into());
            tx.query(NAME, &[limit.into(), whole, end, first, first_end, last, last_end], row)?
        }
    };
    let words: String = text.trim().to_lowercase().chars().filter(|c| !matches!(c, '%' | '_' | '\\')).collect();
    if !words.is_empty() {
        found.extend(tx.query(TEXT, &[limit.into(), (&format!("%{words}%")).into()], row)?);
    }
    // One row of the list may be found in both ways.
    let mut seen = std::collections::HashSet::new();
    found.retain(|row| seen.insert(row.id));
    found.truncate(ROWS.into());
    Ok(found)
}
