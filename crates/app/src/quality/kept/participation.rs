//! Who takes part, of what is kept: the rows of one breakdown in some months, and of the way unsplit.

use indicators::definition::Breakdown;
use indicators::equity::participation::{PARTICIPATION, Participation};
use indicators::equity::way::{WAY, Way};
use indicators::period::{FigurePeriod, Month};
use store::{StoreError, Tx};

use super::cells::named;

/// What is kept of those who take part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TakePart {
    /// By one breakdown, of every offer.
    pub(crate) participation: Participation,
    /// The way with one offer, or with all of them.
    pub(crate) way: Way,
}

/// Reads them of the months of a period, in one query. What is kept is brought up to date by [`super::up_to_date`] before.
pub(crate) fn take_part(
    tx: &mut Tx<'_>,
    by: Breakdown,
    offer: &str,
    period: FigurePeriod,
) -> Result<TakePart, StoreError> {
    const SQL: &str = "select breakdown, indicator, part, stratum, month, counts from indicator_cell
        where organization = $1 and breakdown in ($2, '') and indicator in ($3, $4) and month >= $5 and month <= $6";
    let mut found = TakePart::default();
    let last = Month::of(period.to()).first_day();
    let values = [by.word().into(), PARTICIPATION.into(), WAY.into(), period.from().into(), last.into()];
    for (name, cell) in tx.query(SQL, &values, named)? {
        if name.indicator == WAY && name.part == offer {
            found.way.add(&cell);
        } else {
            found.participation.put(&name, &cell);
        }
    }
    Ok(found)
}
