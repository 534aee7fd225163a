//! Capacity: groups, waiting lists and when offers are held (C01–C05).

mod c01_group_fill;
mod c02_waiting_list;
mod c03_per_instructor;
mod c04_cancelled;
mod c05_outside_hours;

use standard::facts::{CourseFacts, Group, Intervention, Session};

use super::{Count, Indicator, Seen};

pub(super) const INDICATORS: &[Indicator] = &[
    Indicator::new("C01", &[Count::Municipality(c01_group_fill::count)]),
    Indicator { over: super::Over::Last, ..Indicator::new("C02", &[Count::Course(c02_waiting_list::count)]) },
    Indicator::new("C03", &[Count::Municipality(c03_per_instructor::count)]),
    Indicator::new("C04", &[Count::Course(c04_cancelled::single), Count::Municipality(c04_cancelled::of_groups)]),
    Indicator::new(
        "C05",
        &[Count::Course(c05_outside_hours::single), Count::Municipality(c05_outside_hours::of_groups)],
    ),
];

/// Sessions of groups.
pub(super) fn group_sessions<'a>(seen: &'a Seen<'a>) -> impl Iterator<Item = (&'a Group, &'a Session)> {
    let groups = seen.at.municipality.tables().groups.iter();
    groups.flat_map(|group| group.session.iter().map(move |session| (group, session)))
}

/// Sessions of a citizen alone, with the intervention.
pub(super) fn single_sessions(course: &CourseFacts) -> impl Iterator<Item = (&Session, Option<&Intervention>)> {
    course.sessions.iter().map(|session| {
        (session, course.interventions.iter().find(|one| session.intervention.as_ref() == Some(&one.id)))
    })
}
