//! All rules over all courses of an organization.

use std::collections::BTreeMap;

use standard::{Context, Switches, Tally, Totals, evaluate};

use super::load::each_course;
use crate::{App, AppError, Caller};

/// What the rules say to a whole organization.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evaluated {
    /// Outcomes by requirement; one without any unit is not here.
    pub tallies: BTreeMap<&'static str, Tally>,
    /// What the courses add up to.
    pub totals: Totals,
    /// Courses that were looked at, with requests that led to none.
    pub courses: u64,
}

/// Runs every rule in force over every course, and then those about the whole on what the courses add up to.
///
/// # Errors
///
/// The store cannot be read.
pub async fn evaluate_all(
    app: &App,
    who: &Caller,
    at: &Context<'_>,
    switches: &Switches,
) -> Result<Evaluated, AppError> {
    let mut all = Evaluated::default();
    each_course(app, who, at.municipality, at.today, |course| {
        all.courses += 1;
        all.totals.add(&course, (at.from, at.to));
        let tallies = &mut all.tallies;
        evaluate::course(&course, at, switches, |finding| {
            tallies.entry(finding.requirement).or_default().add(&finding.verdict);
        });
    })
    .await?;
    let whole = Context { totals: all.totals.clone(), ..at.clone() };
    let tallies = &mut all.tallies;
    evaluate::municipality(&whole, switches, |finding| {
        tallies.entry(finding.requirement).or_default().add(&finding.verdict);
    });
    Ok(all)
}
