//! D04: diet treatments of more than three months without a gap above `diet_followup_days` between individual contacts, in
//! each quarter they ran; not those paused in it (KS-7.3-03, KS-7.3-04).

use jiff::ToSpan;
use jiff::civil::Date;
use standard::facts::words::{Format, Fsiii};
use standard::facts::{CourseFacts, Intervention};
use standard::rules::end;
use standard::{LimitId, days_between};

use crate::counting::shared::{interventions, is_of};
use crate::counting::{Seen, Tell, Unit};
use crate::period::{Every, FigurePeriod};

const MONTHS: i32 = 3;

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in interventions(course, Fsiii::Diaetbehandling) {
        let Some(begun) = one.started_on else { continue };
        let until = end(one).or(course.closed_on);
        let contacts = contact_days(course, one);
        let mature = begun.saturating_add(MONTHS.months());
        let first = FigurePeriod::containing(Every::Quarter, mature);
        let quarters = std::iter::successors(Some(first), |quarter| Some(quarter.step(1)));
        for quarter in quarters.take_while(|quarter| seen.is_over(quarter.to())) {
            if until.is_some_and(|day| day <= quarter.from() || day <= mature) {
                break;
            }
            let last = until.map_or(quarter.to(), |day| day.min(quarter.to()));
            let longest = longest_gap(&contacts, begun, (quarter.from(), last));
            let kept = longest <= seen.at.count(LimitId::DietFollowupDays);
            tell(Unit::of(course, quarter.to()).intervention(one).except(is_paused(one, quarter)).met(kept));
        }
    }
}

/// Days of sessions alone and of other contacts about it, in order.
fn contact_days(course: &CourseFacts, of: &Intervention) -> Vec<Date> {
    let alone = course.sessions.iter().filter(|one| {
        is_of(one.intervention.as_ref(), of) && one.held == Some(true) && one.format != Some(Format::Group)
    });
    let others = course.contacts.iter().filter(|one| is_of(one.intervention.as_ref(), of));
    let mut days: Vec<Date> =
        alone.filter_map(|one| Some(one.date?.date())).chain(others.filter_map(|one| one.date)).collect();
    days.sort_unstable();
    days
}

/// The longest gap of which some lies in a span; time before the first contact and after the last counts.
fn longest_gap(contacts: &[Date], begun: Date, (from, to): (Date, Date)) -> i32 {
    let before = contacts.iter().copied().filter(|day| *day < from).max().unwrap_or(begun);
    let within = contacts.iter().copied().filter(|day| (from..=to).contains(day));
    let (longest, _) =
        within.chain([to]).fold((0, before), |(longest, last), day| (days_between(last, day).max(longest), day));
    longest
}

fn is_paused(of: &Intervention, quarter: FigurePeriod) -> bool {
    of.paused
        .iter()
        .any(|span| span.from.is_some_and(|from| from <= quarter.to()) && span.to.is_none_or(|to| to >= quarter.from()))
}
