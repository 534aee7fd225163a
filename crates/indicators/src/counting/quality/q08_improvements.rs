//! Q08: improvement projects of a year with an aim, an indicator and at least one tested change (KS-9.1-14).

use jiff::civil::date;
use standard::rules::filled;

use crate::counting::{Seen, Tell, Unit};
use crate::definition::{Breakdown, newest};

pub(super) fn count<'a>(seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in &seen.at.municipality.tables().improvements {
        let tested = one.pdsa_count.is_some_and(|count| count > 0);
        let whole = filled(one.aim.as_ref()) && filled(one.indicator_id.as_ref()) && tested;
        let Some(from) = one.active_from.filter(|_| whole) else { continue };
        let area = one.indicator_id.as_deref().and_then(newest).map(|definition| definition.area.word());
        let last = one.active_to.unwrap_or(seen.at.today);
        for year in from.year()..=last.year() {
            let begins = date(year, 1, 1);
            if year > from.year() && begins.yesterday().is_ok_and(|before| !seen.is_over(before)) {
                break;
            }
            let unit = Unit::on(begins.max(from));
            tell(area.map_or(unit, |area| unit.own(Breakdown::Area, area)));
        }
        // A project without an end goes on into the next year.
        seen.is_over(date(last.year(), 12, 31));
    }
}
