//! The sessions a citizen had of an intervention: its own held ones, and the held group sessions attended, in order of date.

use jiff::civil::Date;

use crate::case::Case;
use crate::context::Context;
use crate::facts::words::{AttendanceStatus, Format};
use crate::facts::{CourseFacts, Intervention, Session};

use super::forms;

/// A session the citizen had.
#[derive(Clone, Copy)]
pub(super) struct Had<'a> {
    /// The day; missing when nobody recorded it.
    pub(super) on: Option<Date>,
    /// The session.
    pub(super) session: &'a Session,
    /// How it was held: a session of a group is one in group.
    pub(super) format: Option<Format>,
}

/// The sessions a citizen had of one intervention, those without a day last.
pub(super) struct Sessions<'a>(Vec<Had<'a>>);

impl<'a> Sessions<'a> {
    /// Collects them.
    pub(super) fn of(course: &'a CourseFacts, intervention: &Intervention, at: &Context<'a>) -> Self {
        let of_this = |id: &Option<String>| id.as_deref() == Some(intervention.id.as_str());
        let own = course.sessions.iter().filter(|one| of_this(&one.intervention) && one.held == Some(true));
        let own = own.map(|one| Had { on: one.date.map(|at| at.date()), session: one, format: one.format });
        let attended = course.attendances.iter().filter(|one| {
            of_this(&one.intervention) && matches!(one.status, Some(AttendanceStatus::Present | AttendanceStatus::Late))
        });
        let in_group = attended.filter_map(|one| {
            let (_, session) = at.municipality.session(one.session.as_deref()?)?;
            let on = session.date.map(|at| at.date()).or(one.date);
            let held = session.held == Some(true);
            held.then_some(Had { on, session, format: session.format.or(Some(Format::Group)) })
        });
        let mut all: Vec<Had<'a>> = own.chain(in_group).collect();
        all.sort_by_key(|had| (had.on.is_none(), had.on));
        Self(all)
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Had<'a>> {
        self.0.iter()
    }

    /// How many.
    pub(super) const fn count(&self) -> usize {
        self.0.len()
    }

    /// Their days, in order.
    pub(super) fn days(&self) -> impl Iterator<Item = Date> {
        self.0.iter().filter_map(|had| had.on)
    }

    /// The first one.
    pub(super) fn first(&self) -> Option<&Had<'a>> {
        self.0.first()
    }

    /// Day of the second one.
    pub(super) fn second_on(&self) -> Option<Date> {
        self.days().nth(1)
    }

    /// Day of the last one.
    pub(super) fn last_on(&self) -> Option<Date> {
        self.days().last()
    }

    /// Whether one of them lies in the period.
    pub(super) fn any_in_period(&self, at: &Context<'_>) -> bool {
        self.days().any(|day| at.in_period(Some(day)).is_some())
    }

    /// Until the day of the second session; an intervention that ends without one is judged at its end.
    pub(super) fn by_second(&self, case: Case, intervention: &Intervention) -> Case {
        let second_on = self.second_on();
        let case = case.needs("session.date", second_on.is_some() || self.count() < 2);
        match second_on {
            Some(day) => case.by(day),
            None => forms::by_end(case, intervention),
        }
    }
}
