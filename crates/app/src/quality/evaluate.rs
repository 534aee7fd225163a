//! All rules over all courses of an organization.

use std::sync::Arc;

use hashbrown::HashMap;
use standard::{Context, Finding, Tally, Totals, evaluate};

use super::judging::Judging;
use super::load::{self, Citizens, Everybody};
use crate::quality::facts::PartnerCodes;
use crate::{App, AppError, Caller};

/// What the rules say to a whole organization.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evaluated {
    /// Outcomes by requirement; one without any unit is not here.
    pub tallies: HashMap<&'static str, Tally>,
    /// What the courses add up to.
    pub totals: Totals,
    /// Courses that were looked at, with requests that led to none.
    pub courses: u64,
}

/// Runs every rule in force over every course, on several cores at once, and then those about the whole on what the courses
/// add up to.
///
/// # Errors
///
/// The store cannot be read.
pub async fn evaluate_all(app: &App, who: &Caller, by: &Judging) -> Result<Evaluated, AppError> {
    let (partners, shared) = (load::partners(app, who).await?, Arc::new(by.clone()));
    let look = move |some: Citizens<'_, '_>| Evaluated::of(some, &partners, &shared);
    let mut everybody = Everybody::begin(app, who, load::AT_ONCE, look).await?;
    let mut all = Evaluated::default();
    while let Some(some) = everybody.next().await? {
        all.merge(some);
    }
    let whole = Context { totals: all.totals.clone(), ..by.context() };
    evaluate::municipality(&whole, &by.switches, |finding| {
        all.count(&finding);
    });
    Ok(all)
}

impl Evaluated {
    fn of(citizens: Citizens<'_, '_>, partners: &PartnerCodes, by: &Judging) -> Result<Self, AppError> {
        let (mut own, at) = (Self::default(), by.context());
        citizens.facts(partners, at.municipality, at.today, |_, courses| {
            for course in courses {
                own.courses += 1;
                own.totals.add(&course, by.period);
                evaluate::course(&course, &at, &by.switches, |finding| {
                    own.count(&finding);
                });
            }
            Ok(())
        })?;
        Ok(own)
    }

    fn count(&mut self, finding: &Finding<'_>) {
        self.tallies.entry(finding.requirement).or_default().add(&finding.verdict);
    }

    fn merge(&mut self, Self { tallies, totals, courses }: Self) {
        for (requirement, tally) in tallies {
            self.tallies.entry(requirement).or_default().merge(tally);
        }
        self.totals.merge(totals);
        self.courses += courses;
    }
}
