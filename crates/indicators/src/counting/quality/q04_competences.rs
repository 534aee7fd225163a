//! Q04: attestations of competence that are there and not expired, of those that somebody needs (KS-3.2-04, KS-5.5-01,
//! KS-6.5-01, KS-8.5-01). Only the newest is recorded, so the figure is that of the day.

use jiff::civil::Date;
use standard::facts::{Competence, DateOrNone};

use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let today = seen.at.today;
    for one in &seen.at.municipality.tables().competences {
        // It stands on the day it is looked at, so it changes with the next.
        seen.is_over(today);
        let requirement = one.requirement_id.as_deref().and_then(|id| standard::STANDARD.requirement(id));
        let unit = Unit::on(today).requirement(requirement);
        let area = requirement.map(|requirement| requirement.area.as_str());
        let unit = area.map_or(unit, |area| unit.own(crate::definition::Breakdown::Area, area));
        tell(unit.met(is_valid(one, today)));
    }
}

/// Given by a day and not expired on it.
pub(in crate::counting) fn is_valid(one: &Competence, on: Date) -> bool {
    let expired = matches!(one.expires_on, Some(DateOrNone::On(last)) if last < on);
    one.given_on.is_some_and(|given| given <= on) && !expired
}
