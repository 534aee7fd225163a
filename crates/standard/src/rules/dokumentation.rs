//! Dokumentation: what is recorded and reported (standard, section 9.1, and the FSIII catalogue).

use jiff::civil::{Date, date};

use super::ending::{given_up, taken_up, weakest};
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::{CourseFacts, Offer, Report};
use crate::limits::LimitId;
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-9.1-02", decide: Decide::Course(complete) },
    Rule { requirement: "KS-9.1-03", decide: Decide::Course(reported) },
    Rule { requirement: "FS-003-01", decide: Decide::Offer(coded_offer) },
];

/// The first day whose events are reported: the end of 2025.
const REPORTED_FROM: Date = date(2025, 12, 31);

/// KS-9.1-02, section 9.1: the core record of a course is filled to at least `completeness_target`. The figure is the share.
fn complete(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let active =
        course.started_on.is_some_and(|start| start <= at.to) && course.closed_on.is_none_or(|end| at.from <= end);
    if !active {
        return Verdict::OUTSIDE;
    }
    let mut cells = vec![("course.target_group", course.target_group.is_some())];
    cells.extend(course.referrals.iter().map(|one| ("referral.source", one.source.is_some())));
    for one in taken_up(course) {
        cells.push(("intervention.fsiii_code", one.fsiii_code.is_some()));
        cells.push(("intervention.granted_on", one.granted_on.is_some()));
        cells.push(("intervention.status", one.status.is_some()));
    }
    cells.extend(course.attendances.iter().map(|one| ("attendance.status", one.status.is_some())));
    let filled = cells.iter().filter(|(_, filled)| *filled).count();
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let share = count(filled) / count(cells.len());
    let short = share < at.limit(LimitId::CompletenessTarget);
    let case = Case::today().figure(Some(share));
    cells.into_iter().fold(case, |case, (fact, filled)| case.recorded(fact, filled || !short)).decide(at)
}

/// KS-9.1-03, section 9.1: every event is reported and accepted within `reporting_days`, and every intervention has code,
/// delivery type, status and, when it was given up, the reason.
fn reported(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let events = course.reports.iter().filter_map(|one| Some((one, at.in_period(one.event_on)?)));
    let mut parts: Vec<Verdict> = events
        .filter(|(_, event_on)| *event_on >= REPORTED_FROM)
        .map(|(report, event_on)| event(course, report, event_on, at))
        .collect();
    if let Some(day) = parts.iter().filter_map(|part| part.due).max() {
        let coded = Case::on(day)
            .except("anonymous", course.anonymous == Some(true))
            .recorded("intervention.fsiii_code", taken_up(course).all(|one| one.fsiii_code.is_some()))
            .recorded("intervention.delivery_type", taken_up(course).all(|one| one.delivery_type.is_some()))
            .holds("no_status", taken_up(course).all(|one| one.status.is_some()))
            .recorded(
                "intervention.stop_reason",
                taken_up(course).all(|one| !given_up(one) || one.stop_reason.is_some()),
            );
        parts.push(coded.decide(at));
    }
    weakest(parts)
}

/// KS-9.1-03: one event. An error stands open until the limit.
fn event(course: &CourseFacts, report: &Report, event_on: Date, at: &Context<'_>) -> Verdict {
    let case = Case::on(event_on)
        .except("anonymous", course.anonymous == Some(true))
        .by(at.days_after(event_on, LimitId::ReportingDays))
        .done("report.sent_on", report.sent_on);
    match (report.sent_on, report.accepted) {
        (Some(_), Some(false)) => case.recorded("report.error", false).decide(at),
        (Some(_), accepted) => case.answered("report.accepted", accepted).decide(at),
        (None, _) => case.decide(at),
    }
}

/// FS-003-01, introduction of the FSIII catalogue: an active local offer has one of the 14 codes.
fn coded_offer(offer: &Offer, at: &Context<'_>) -> Verdict {
    let begun = offer.active_from.is_none_or(|from| from <= at.today);
    if !begun || offer.active_to.is_some_and(|to| to < at.today) {
        return Verdict::OUTSIDE;
    }
    Case::today()
        .needs("offer.active_from", offer.active_from.is_some())
        .recorded("offer.fsiii_code", offer.fsiii_code.is_some())
        .decide(at)
}
