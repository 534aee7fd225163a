//! The kept counts of indicators, brought up to date as far as a page waits.

use domain::workdays::local_date;
use indicators::totals::Totals;
use jiff::Timestamp;
use jiff::civil::Date;
use store::Seen;

use crate::quality::{self, Wanted};
use crate::{App, AppError, Caller};

/// Kept counts with how far they have come. `indicators::results` makes figures of them: `figure` of a period, `split` by a
/// breakdown, `series` over time.
#[derive(Debug, Clone)]
pub struct Kept {
    /// When they were brought up to date; none before the first time.
    pub at: Option<Timestamp>,
    /// Something was changed that is not counted yet.
    pub behind: bool,
    /// What is set of the standard: its limits bear on some figures.
    pub set: quality::Set,
    /// Today.
    pub today: Date,
    /// The counts that were wanted.
    pub totals: Totals,
}

/// Reads the counts that are wanted: three queries to be up to date when nothing was changed, and those of the counts.
///
/// # Errors
///
/// The store cannot be read or written.
pub async fn kept(app: &App, who: &Caller, wanted: Wanted) -> Result<Kept, AppError> {
    let standing = quality::up_to_date(app, who).await?;
    let scope = who.scope("monitoring.read", app.now());
    let read = move |tx: &mut store::Tx<'_>| Ok::<_, AppError>(Seen::nothing(quality::indicator_totals(tx, &wanted)?));
    let totals = app.store.view(scope, read).await?;
    let quality::Standing { at, behind, set, .. } = standing;
    Ok(Kept { at, behind, set, today: local_date(app.now()), totals })
}
