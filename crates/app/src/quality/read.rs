//! What the pages read: how far the outcomes have come, their counts, and what is missing of one requirement.

use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use standard::facts::Attestation;
use store::Seen;

use super::kept::{self, Count, Finding};
use super::settings::Set;
use super::stand::{self, RequirementStand};
use crate::{App, AppError, Caller, nightly};

/// Rows of what is missing on one page.
pub(super) const ON_A_PAGE: i64 = 100;
/// Rows of what is missing in a file.
pub(super) const IN_A_FILE: i64 = 20_000;

/// Everything that the pages about all requirements need.
pub struct Whole {
    /// When the outcomes were brought up to date.
    pub at: Option<Timestamp>,
    /// Something is not counted yet.
    pub behind: bool,
    /// What is set of the standard.
    pub set: Set,
    /// Today.
    pub today: Date,
    counts: Vec<Count>,
    given: Vec<Attestation>,
}

impl Whole {
    /// Where every requirement stands.
    pub fn requirements(&self) -> Vec<RequirementStand<'_>> {
        stand::requirements(&self.counts, &self.set.settings.value, &self.given, self.today)
    }
}

/// Brings the outcomes up to date as far as a page waits, and reads their counts: four queries when nothing was changed.
pub(super) async fn whole(app: &App, who: &Caller) -> Result<Whole, AppError> {
    let standing = kept::standing(app, who).await?;
    with_counts(app, who, standing).await
}

/// The same for the program itself, however long it takes.
///
/// # Errors
///
/// The store cannot be read or written.
pub async fn whole_now(app: &App, organization: i64) -> Result<Whole, AppError> {
    let who = nightly::program(organization);
    let standing = kept::refresh(app, &who).await?;
    with_counts(app, &who, standing).await
}

async fn with_counts(app: &App, who: &Caller, standing: kept::Standing) -> Result<Whole, AppError> {
    let given = standing.set.attestations();
    let kept::Standing { at, behind, set, counts } = standing;
    let counts = match counts {
        Some(counts) => counts,
        None => {
            let scope = who.scope("quality.counts", app.now());
            app.store.view(scope, |tx| Ok::<_, AppError>(Seen::nothing(kept::counts(tx)?))).await?
        }
    };
    Ok(Whole { at, behind, set, today: local_date(app.now()), counts, given })
}

/// What is missing of a requirement; what is about citizens only for a role that may open records, and the access log says
/// whose it was.
pub(super) async fn missing(
    app: &App,
    who: &Caller,
    requirement: &'static str,
    most: i64,
) -> Result<Vec<Finding>, AppError> {
    let opens = who.role.may(Permission::CitizenRead);
    app.store
        .view(who.scope("quality.missing", app.now()), move |tx| {
            let rows = kept::findings(tx, requirement, opens, most)?;
            let mut seen: Vec<_> = rows.iter().map(|row| row.citizen).filter(|citizen| !citizen.is_nil()).collect();
            seen.sort_unstable();
            seen.dedup();
            Ok::<_, AppError>(if seen.is_empty() { Seen::nothing(rows) } else { Seen::list(seen, rows) })
        })
        .await
}
