//! When cessation begins, what happens while one waits and afterwards, and STOPbasen (standard, section 5.3).

use domain::deadlines::{Deadline, nicotine_wait_over, six_months_after};
use jiff::civil::Date;

use super::{began_some_day, first_session, is_nicotine, record, start_talk};
use crate::case::Case;
use crate::context::{Context, days_between};
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{ContactPurpose, InterventionStatus, NicotineOutcome, TalkKind};
use crate::facts::{Contact, CourseFacts, FollowUp, Intervention, Talk};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::delivered::Delivered;
use crate::rules::forms::{end, filled};

pub(in crate::rules) const RULES: &[Rule] = &[
    Rule { requirement: "KS-5.3-05", decide: Decide::Intervention(soon) },
    Rule { requirement: "KS-5.3-06", decide: Decide::Intervention(contact_while_waiting) },
    Rule { requirement: "KS-5.3-07", decide: Decide::Talk(bridge_agreed) },
    Rule { requirement: "KS-5.3-11", decide: Decide::Intervention(new_occasion) },
    Rule { requirement: "KS-5.3-12", decide: Decide::Intervention(stopbasen) },
];

/// From the start talk to the first session.
struct Wait {
    talked_on: Date,
    first: Option<Date>,
    /// It began, although nobody wrote when.
    unknown: bool,
}

fn wait(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Option<Wait> {
    let talked_on = start_talk(course, of).filter(|_| is_nicotine(of))?.held_on?;
    let first = first_session(&Delivered::of(course, of, at), of);
    let unknown = first.is_none() && began_some_day(of);
    let given_up = matches!(of.status, Some(InterventionStatus::Stopped | InterventionStatus::Cancelled));
    (first.is_some() || !given_up).then_some(Wait { talked_on, first, unknown })
}

/// KS-5.3-05, section 5.3: the first session comes within `nicotine_wait_days` of the start talk. The figure is the wait.
fn soon(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let found = wait(course, of, at).filter(|wait| at.in_period(Some(wait.talked_on)).is_some());
    let Some(Wait { talked_on, first, unknown }) = found else { return Verdict::OUTSIDE };
    Case::on(talked_on)
        .except("wished_later", of.citizen_wished_later.is_some())
        .needs("session.date", !unknown)
        .by(nicotine_wait_over(talked_on))
        .done("session.date", first)
        .figure(first.map(|first| f64::from(days_between(talked_on, first).max(0))))
        .decide(at)
}

/// KS-5.3-06, section 5.3: who waits longer than `nicotine_wait_days` is contacted with at most `nicotine_bridge_days`
/// between, from then until the first session. One that has not even had its start talk waits for a contact as long after the
/// grant, and is not judged.
fn contact_while_waiting(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let granted = of.status == Some(InterventionStatus::Granted) && of.started_on.is_none() && is_nicotine(of);
    if granted && start_talk(course, of).is_none_or(|talk| talk.held_on.is_none()) {
        let due = of.granted_on.map(|on| at.due(Deadline::BridgeContact, nicotine_wait_over(on)));
        return Verdict::OUTSIDE.ahead("contact.date", due);
    }
    let found = wait(course, of, at).filter(|wait| at.in_period(Some(wait.talked_on)).is_some());
    let Some(Wait { talked_on, first, unknown }) = found else { return Verdict::OUTSIDE };
    let from = nicotine_wait_over(talked_on);
    let begins = first.or(of.planned_start_on.filter(|planned| *planned >= at.today)).unwrap_or(at.today);
    if !unknown && begins <= from {
        return Verdict::OUTSIDE;
    }
    let until = first.unwrap_or(at.today);
    let bridges = || course.contacts.iter().filter(|contact| is_bridge(contact, of));
    let mut days: Vec<Date> = bridges().filter_map(|one| one.date).filter(|day| (from..=until).contains(day)).collect();
    days.sort_unstable();
    let (kept, last) = days
        .into_iter()
        .chain(first)
        .fold((true, from), |(kept, last), day| (kept && day <= at.due(Deadline::BridgeContact, last), day));
    let next = at.due(Deadline::BridgeContact, last);
    let undated = bridges().any(|contact| contact.date.is_none());
    let told = |citizen: &crate::facts::Citizen| citizen.no_contact_on.is_some_and(|day| day <= until);
    let case = Case::on(talked_on)
        .except("no_contact", course.citizen.as_ref().is_some_and(told))
        .needs("session.date", !unknown)
        .needs("contact.date", !undated || (kept && (first.is_some() || at.today <= next)))
        .holds("long_gap", kept);
    match first {
        Some(_) => case.decide(at),
        None => case.recorded("contact.date", false).by(next).decide(at),
    }
}

fn is_bridge(contact: &Contact, of: &Intervention) -> bool {
    let about = contact.intervention.as_ref().is_none_or(|id| *id == of.id);
    contact.purpose == Some(ContactPurpose::Bridge) && about
}

/// KS-5.3-07, section 5.3: a start talk that expects more than `nicotine_wait_days` agrees how to keep in touch.
fn bridge_agreed(course: &CourseFacts, talk: &Talk, at: &Context<'_>) -> Verdict {
    let start = talk.kind == Some(TalkKind::Opstartssamtale);
    let Some(held_on) = at.in_period(talk.held_on).filter(|_| start) else { return Verdict::OUTSIDE };
    let record = talk.intervention.as_deref().and_then(|intervention| record(course, intervention));
    let expected = record.and_then(|record| record.expected_wait_days);
    if expected.is_some_and(|days| days <= at.count(LimitId::NicotineWaitDays)) {
        return Verdict::OUTSIDE;
    }
    Case::on(held_on)
        .needs("nicotine.expected_wait_days", expected.is_some())
        .recorded("nicotine.bridge_mode", record.is_some_and(|record| filled(record.bridge_mode.as_ref())))
        .decide(at)
}

/// KS-5.3-11, section 5.3: who only uses less, or began again, is contacted within `relapse_followup_days` of the end or of
/// the relapse.
fn new_occasion(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(closed_on) = end(of).filter(|_| is_nicotine(of)) else { return Verdict::OUTSIDE };
    let record = record(course, &of.id);
    let outcome = record.and_then(|record| record.outcome);
    let relapse = record.and_then(|record| record.relapse_on);
    let stopped = matches!(outcome, Some(NicotineOutcome::Stopped | NicotineOutcome::Unchanged));
    let from = relapse.map_or(closed_on, |day| day.max(closed_on));
    let due = at.due(Deadline::NewOccasion, from);
    if (stopped && relapse.is_none()) || due < at.from || from > at.to {
        return Verdict::OUTSIDE;
    }
    let known = relapse.is_some() || outcome == Some(NicotineOutcome::Reduced);
    let told = |citizen: &crate::facts::Citizen| citizen.no_contact_on.is_some_and(|day| day <= due);
    let about = |one: &&FollowUp| one.intervention.as_ref().is_none_or(|id| *id == of.id);
    let follow_ups = || course.follow_ups.iter().filter(about);
    // The call in which a relapse was told is not yet the new occasion.
    let later = |day: &Date| *day >= from && relapse.is_none_or(|told| *day > told);
    let done_on = follow_ups().filter_map(|one| one.done_on).filter(later).min();
    let planned = follow_ups().any(|one| one.planned_on.is_some());
    Case::on(from)
        .except("no_contact", course.citizen.as_ref().is_some_and(told))
        .needs("nicotine.outcome", known)
        .by(due)
        .recorded("followup.planned_on", planned)
        .done("followup.done_on", done_on)
        .decide(at)
}

/// KS-5.3-12, section 5.3: with consent the forms of STOPbasen are complete, at start, at the end and after
/// `stop_followup_months`, and sent. When it has ended it waits for the form after that.
fn stopbasen(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = at.in_period(of.started_on).filter(|_| is_nicotine(of)) else { return Verdict::OUTSIDE };
    let stop = course.stops.iter().find(|one| one.intervention.as_deref() == Some(&of.id));
    let consent = stop.and_then(|stop| stop.consent.as_ref());
    let refused = |consent: &crate::facts::Consent| !consent.answer || consent.withdrawn_on.is_some();
    let had = Delivered::of(course, of, at);
    let end = end(of);
    let six_months = end.map(|end| at.due(Deadline::StopFollowUp, six_months_after(end)));
    let baseline_due = end.is_some() || had.second_day().is_some_and(|day| day < at.today);
    let baseline = stop.and_then(|stop| stop.baseline_complete);
    let six_due = six_months.is_some_and(|last| last < at.today);
    let later = stop.and_then(|stop| stop.followup_complete);
    let case = Case::on(started_on)
        .except("no_consent", consent.is_some_and(refused))
        .needs("stop.consent", consent.is_some())
        .needs("stop.baseline_complete", !baseline_due || baseline.is_some())
        .needs("stop.followup_complete", !six_due || later.is_some())
        .holds("baseline_incomplete", !baseline_due || baseline != Some(false))
        .holds("followup_incomplete", !six_due || later != Some(false))
        .answered("stop.end_complete", stop.and_then(|stop| stop.end_complete))
        .recorded("stop.exported_on", stop.is_some_and(|stop| stop.exported_on.is_some()));
    match end {
        Some(end) => case.by(end),
        None => case.waits(true),
    }
    .decide(at)
    .ahead("stop.followup_complete", six_months.filter(|_| consent.is_some() && later.is_none()))
}
