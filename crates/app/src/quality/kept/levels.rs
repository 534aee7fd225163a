//! The levels of support that were decided, of what is kept: whole and by one breakdown, in some months.

use indicators::definition::Breakdown;
use indicators::equity::drift::{Drift, LEVELS};
use indicators::period::Month;
use jiff::civil::Date;
use store::{StoreError, Tx};

use super::cells::named;

/// Reads them of the months from one day to another, in one query. What is kept is brought up to date by
/// [`super::up_to_date`] before.
pub(crate) fn levels(tx: &mut Tx<'_>, by: Breakdown, (from, to): (Date, Date)) -> Result<Drift, StoreError> {
    const SQL: &str = "select breakdown, indicator, part, stratum, month, counts from indicator_cell
        where organization = $1 and breakdown in ($2, '') and indicator = $3 and month >= $4 and month <= $5";
    let mut drift = Drift::default();
    let (first, last) = (Month::of(from).first_day(), Month::of(to).first_day());
    let values = [by.word().into(), LEVELS.into(), first.into(), last.into()];
    for (name, cell) in tx.query(SQL, &values, named)? {
        drift.put(&name, &cell);
    }
    Ok(drift)
}
