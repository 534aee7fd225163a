//! Q03: units that meet a requirement, of those that meet it, do not, or are unknown (KS-9.1-01). Split by requirement it says
//! how many requirements are met by nine in ten.

use standard::{Finding, Outcome, STANDARD};

use crate::counting::{Tell, Unit};
use crate::definition::Breakdown;

pub(super) fn count<'a>(finding: &'a Finding<'a>, tell: Tell<'_, 'a>) {
    let Some(on) = finding.verdict.month() else { return };
    let (outcome, requirement) = (finding.verdict.outcome, STANDARD.requirement(finding.requirement));
    if matches!(outcome, Outcome::NotApplicable | Outcome::NotYetDue) {
        return;
    }
    // What a rule decides is decided from data.
    let unit = Unit::on(on).requirement(requirement).own(Breakdown::Check, "data");
    let unit = unit.own(Breakdown::Area, requirement.map_or("", |one| one.area.as_str()));
    tell(unit.met(outcome == Outcome::Met));
}
