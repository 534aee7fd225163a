//! Differentiering: how delivery is fitted to the citizen, and who is kept (standard, section 3.4).

use std::collections::BTreeSet;

use domain::deadlines::Deadline;
use jiff::civil::Date;

use super::afklarende_samtale::filled;
use super::delivered::is_active;
use super::ending::died;
use super::forms::{ATTEMPT_RESULT, of, stopped_in};
use super::tilrettelaeggelse::is_open;
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{Area, AttendanceStatus, ContactPurpose, ContactResult, Network};
use crate::facts::{Assessment, Attendance, Contact, CourseFacts, Intervention};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::totals::HIGHEST_LEVEL;

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-3.4-01", decide: Decide::Intervention(differentiated) },
    Rule { requirement: "KS-3.4-03", decide: Decide::Municipality(forms_of_delivery) },
    Rule { requirement: "KS-3.4-05", decide: Decide::Course(kept) },
    Rule { requirement: "KS-3.4-06", decide: Decide::Municipality(places) },
    Rule { requirement: "KS-3.4-07", decide: Decide::Attendance(asked_why) },
    Rule { requirement: "KS-3.4-08", decide: Decide::Intervention(welcome_back) },
];

/// What a choice can rest on, in the standard's words.
const BASES: [&str; 6] = ["sundhedskompetence", "præferencer", "motivation", "ressourcer", "behov", "data"];

/// KS-3.4-01, section 3.4: format, intensity or support level was chosen, on one of the six bases and with a reason.
fn differentiated(_: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = at.in_period(intervention.started_on) else { return Verdict::OUTSIDE };
    let offer = intervention.offer.as_ref().and_then(|id| at.municipality.offer(id));
    let chosen = intervention.format.is_some()
        || filled(intervention.intensity.as_ref())
        || intervention.support_level.is_some();
    let based = intervention.differentiation_basis.iter().any(|basis| BASES.contains(&basis.as_str()));
    Case::on(started_on)
        .except("drop_in", offer.is_some_and(|offer| offer.drop_in == Some(true)))
        .recorded("intervention.format", chosen)
        .recorded("intervention.differentiation_basis", based)
        .recorded("intervention.differentiation_reason", filled(intervention.differentiation_reason.as_ref()))
        .decide(at)
}

/// A count as a figure.
fn figure(count: usize) -> Option<f64> {
    u32::try_from(count).ok().map(f64::from)
}

/// KS-3.4-03, section 3.4: how the offers of the five areas of intervention can be had. The figure is the forms of delivery,
/// counted in each area.
fn forms_of_delivery(at: &Context<'_>) -> Verdict {
    let offers = at.municipality.tables().offers.iter().filter(|one| is_active(one, at));
    let offers = offers.filter_map(|one| one.area.filter(|area| *area != Area::AfklarendeSamtale).zip(Some(one)));
    let offers: Vec<_> = offers.collect();
    if offers.is_empty() {
        return Verdict::OUTSIDE;
    }
    let forms = offers.iter().flat_map(|(area, one)| one.delivery_modes.iter().map(move |mode| (area.word(), mode)));
    Case::today()
        .needs("offer.delivery_modes", offers.iter().all(|(_, one)| !one.delivery_modes.is_empty()))
        .figure(figure(forms.collect::<BTreeSet<_>>().len()))
        .decide(at)
}

/// KS-3.4-05, section 3.4: for one at the highest level, with low health literacy or with no network, something is done by the
/// first session to keep them.
fn kept(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let assessed = |is: fn(&Assessment) -> bool| course.assessments.iter().any(is);
    let in_need = course.strat_level == Some(HIGHEST_LEVEL)
        || assessed(|one| one.health_literacy_low == Some(true) || one.network == Some(Network::None));
    let unsure = !in_need && assessed(|one| one.health_literacy_low.is_none());
    if !is_open(course) || !in_need && !unsure {
        return Verdict::OUTSIDE;
    }
    let agreed = !course.retention_measures.is_empty();
    let case = course.started_on.map_or_else(Case::today, Case::on);
    let case = case
        .except("declined", course.retention_declined == Some(true))
        .needs("assessment.health_literacy_low", !unsure)
        .recorded("course.retention_measures", agreed);
    match course.first_session_on {
        Some(first_on) => case.by(first_on).holds("late", course.retention_on.is_none_or(|on| on <= first_on)),
        None => case.waits(true),
    }
    .decide(at)
}

/// KS-3.4-06, section 3.4: where groups meet. The figure is the number of places; how many with great needs came stands by
/// district in [`Totals::high_need`](crate::Totals::high_need).
fn places(at: &Context<'_>) -> Verdict {
    let sessions = at.municipality.tables().groups.iter().flat_map(|group| &group.session);
    let in_period = sessions.filter(|one| at.in_period(one.date.map(|on| on.date())).is_some());
    let had: Vec<_> = in_period.filter(|one| one.held != Some(false)).collect();
    if had.is_empty() {
        return Verdict::OUTSIDE;
    }
    let places: BTreeSet<&String> = had.iter().filter_map(|one| one.place.as_ref()).collect();
    Case::today()
        .needs("session.place", had.iter().all(|one| filled(one.place.as_ref())))
        .figure(figure(places.len()))
        .decide(at)
}

/// The day somebody tried to reach the citizen.
fn tried_on(contact: &Contact) -> Option<Date> {
    contact.attempted_on.or(contact.date)
}

/// Whether the citizen had asked by a day not to be contacted.
fn no_contact_by(course: &CourseFacts, day: Date) -> bool {
    course.citizen.as_ref().and_then(|citizen| citizen.no_contact_on).is_some_and(|on| on <= day)
}

/// KS-3.4-07, section 3.4: after a no-show somebody tries to reach the citizen within `noshow_workdays`, and whoever was
/// reached has said why.
fn asked_why(course: &CourseFacts, attendance: &Attendance, at: &Context<'_>) -> Verdict {
    let missed = |one: &Attendance| one.date.filter(|_| one.status == Some(AttendanceStatus::NoShow));
    let Some(missed_on) = at.in_period(missed(attendance)) else { return Verdict::OUTSIDE };
    let next_on = course.attendances.iter().filter_map(missed).filter(|on| *on > missed_on).min();
    let between = |on: Date| on >= missed_on && next_on.is_none_or(|next| on < next);
    let about = |one: &&Contact| match &one.attendance {
        Some(id) => *id == attendance.id,
        None => one.purpose == Some(ContactPurpose::NoShow) && tried_on(one).is_some_and(between),
    };
    let contacts = || course.contacts.iter().filter(about);
    let reached = || contacts().filter(|one| one.result == Some(ContactResult::Reached));
    let due = at.due(Deadline::NoShow, missed_on);
    Case::on(missed_on)
        .except("no_contact_wished", no_contact_by(course, due))
        .needs(ATTEMPT_RESULT, reached().next().is_some() || contacts().all(|one| one.result.is_some()))
        .by(due)
        .done("contact.attempted_on", contacts().filter_map(tried_on).min())
        .recorded("contact.reason", reached().next().is_none() || reached().any(|one| filled(one.reason.as_ref())))
        .decide(at)
}

/// KS-3.4-08, section 3.4: after an intervention was stopped somebody tries to reach the citizen within `dropout_days` and
/// tells of the way back.
fn welcome_back(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(stopped_on) = stopped_in(intervention, at) else { return Verdict::OUTSIDE };
    let dropout =
        |one: &&Contact| one.purpose == Some(ContactPurpose::Dropout) && of(one.intervention.as_ref(), intervention);
    let contacts = || course.contacts.iter().filter(dropout);
    let told = contacts().map(|one| one.info_renewed_help).max();
    let due = at.days_after(stopped_on, LimitId::DropoutDays);
    let case = Case::on(stopped_on)
        .except("dead", died(course))
        .except("moved", course.citizen.as_ref().is_some_and(|citizen| citizen.moved_on.is_some()))
        .except("no_contact_wished", no_contact_by(course, due))
        .by(due)
        .done("contact.attempted_on", contacts().filter_map(tried_on).min());
    match told {
        Some(told) => case.answered("contact.info_renewed_help", told),
        None => case,
    }
    .decide(at)
}
