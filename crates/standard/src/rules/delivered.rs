//! What was delivered: the sessions a citizen had of an intervention, when it ended, and what is due around its sessions.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::case::Case;
use crate::context::Context;
use crate::facts::words::{AttendanceStatus, Fsiii, InterventionStatus};
use crate::facts::{CourseFacts, Group, Intervention, Offer, Session};
use crate::rules::forms::end;

/// The sessions the citizen had of an intervention, in order of date: its own held ones, and the held ones of groups that
/// the citizen came to.
pub struct Delivered<'a> {
    sessions: Vec<(&'a Session, Option<&'a Group>)>,
}

impl<'a> Delivered<'a> {
    /// Collects them.
    pub fn of(course: &'a CourseFacts, of: &Intervention, at: &'a Context<'_>) -> Self {
        let own = course.sessions.iter().filter(|one| one.intervention.as_deref() == Some(&of.id));
        let came = |status| matches!(status, Some(AttendanceStatus::Present | AttendanceStatus::Late));
        let grouped = course
            .attendances
            .iter()
            .filter(|one| came(one.status) && one.intervention.as_deref() == Some(&of.id))
            .filter_map(|one| at.municipality.session(one.session.as_deref()?))
            .map(|(group, session)| (session, Some(group)));
        let mut sessions: Vec<_> = own.map(|session| (session, None)).chain(grouped).collect();
        sessions.retain(|(session, _)| session.held == Some(true));
        sessions.sort_by_key(|(session, _)| (session.date.is_none(), session.date));
        Self { sessions }
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.sessions.len()
    }

    /// Each of them.
    pub fn sessions(&self) -> impl Iterator<Item = &'a Session> {
        self.sessions.iter().map(|(session, _)| *session)
    }

    /// Their days, in order; those without one are left out.
    pub fn days(&self) -> impl DoubleEndedIterator<Item = Date> {
        self.sessions.iter().filter_map(|(session, _)| session.date.map(|date| date.date()))
    }

    /// Day of the first one.
    pub fn first_day(&self) -> Option<Date> {
        self.days().next()
    }

    /// Day of the second one.
    pub fn second_day(&self) -> Option<Date> {
        self.days().nth(1)
    }

    /// Day of the last one.
    pub fn last_day(&self) -> Option<Date> {
        self.days().next_back()
    }

    /// Whether anybody recorded what any of the sessions covered.
    pub fn is_recorded(&self) -> bool {
        self.sessions().any(|session| !session.elements_covered.is_empty())
    }

    /// The elements covered in any of them.
    pub fn elements(&self) -> BTreeSet<&'a str> {
        self.elements_of(|_| true)
    }

    /// The elements covered in those of no group, and of the groups that `counts`.
    pub(super) fn elements_of(&self, counts: impl Fn(&Group) -> bool) -> BTreeSet<&'a str> {
        let counted = self.sessions.iter().filter(|(_, group)| group.is_none_or(&counts));
        counted.flat_map(|(session, _)| session.elements_covered.iter().map(String::as_str)).collect()
    }
}

/// How many of a list are among the elements covered.
pub(super) fn covered(of: &[&str], elements: &BTreeSet<&str>) -> i32 {
    i32::try_from(of.iter().filter(|one| elements.contains(*one)).count()).unwrap_or(i32::MAX)
}

/// Whether an intervention was under way on any day of the period.
pub(super) fn is_alive(of: &Intervention, at: &Context<'_>) -> bool {
    let begun = of.granted_on.or(of.started_on).is_some_and(|day| day <= at.to);
    begun && of.status != Some(InterventionStatus::Cancelled) && end(of).is_none_or(|day| day >= at.from)
}

/// Whether a course ran on any day of the period.
pub(super) fn ran(course: &CourseFacts, at: &Context<'_>) -> bool {
    course.started_on.is_some_and(|day| day <= at.to) && course.closed_on.is_none_or(|day| day >= at.from)
}

/// Whether an offer can be had on the day.
pub(super) fn is_active(offer: &Offer, at: &Context<'_>) -> bool {
    offer.active_from.is_none_or(|from| from <= at.today) && offer.active_to.is_none_or(|to| to >= at.today)
}

/// Whether people who work can come, when the offer says.
pub(super) fn outside_working_hours(offer: &Offer) -> Option<bool> {
    offer.time_of_day.as_deref().map(|time| matches!(time, "evening" | "weekend" | "free"))
}

/// Yes when any says yes, no when all say no, and else nobody knows.
pub(super) fn any_known(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut unknown = false;
    for answer in answers {
        match answer {
            Some(true) => return Some(true),
            Some(false) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(false)
}

/// Due on a day before the second session. One that ended without a second is judged at its end; while it runs, the day is
/// not known yet.
pub(super) fn before_second_session(case: Case, had: &Delivered<'_>, of: &Intervention) -> Case {
    match (had.second_day().and_then(|day| day.yesterday().ok()), end(of)) {
        (Some(day), _) | (None, Some(day)) => case.by(day),
        (None, None) => case.waits(true),
    }
}

/// Due on the day of the second session; otherwise as [`before_second_session`].
pub(super) fn by_second_session(case: Case, had: &Delivered<'_>, of: &Intervention) -> Case {
    match had.second_day().or(end(of)) {
        Some(day) => case.by(day),
        None => case.waits(true),
    }
}

/// The first offer of an intervention of some kind: one that was answered goes before one that was not.
pub(super) fn offered(course: &CourseFacts, is: impl Fn(Fsiii) -> bool) -> Option<&Intervention> {
    let offers = course.interventions.iter().filter(|one| one.fsiii_code.is_some_and(&is) && one.offered_on.is_some());
    offers.min_by_key(|one| (one.answer.is_none(), one.offered_on))
}
