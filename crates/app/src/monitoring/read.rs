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

/// The same for the program itself, of all indicators unsplit over the last twelve complete months, however long it takes.
///
/// # Errors
///
/// The store cannot be read or written.
pub async fn all_now(app: &App, organization: i64) -> Result<Kept, AppError> {
    let who = crate::nightly::program(organization);
    quality::refresh(app, &who).await?;
    super::list::everything(app, &who).await
}

/// Several organizations as one, on the common level: the sum of what each of them keeps. The limits are the standard's own, for
/// each may have set others. Nothing is read but what is kept, so it costs the same however many citizens there are.
///
/// # Errors
///
/// The store cannot be read or written.
pub async fn together(app: &App, organizations: &[i64]) -> Result<Kept, AppError> {
    let today = local_date(app.now());
    let mut all = Kept { at: None, behind: false, set: quality::Set::default(), today, totals: Totals::default() };
    for organization in organizations {
        let one = all_now(app, *organization).await?;
        all.totals.merge(&one.totals);
        all.behind |= one.behind;
        all.at = match (all.at, one.at) {
            (Some(first), Some(other)) => Some(first.min(other)),
            (first, other) => first.or(other),
        };
    }
    Ok(all)
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
