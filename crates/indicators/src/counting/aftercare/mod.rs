//! Closing and after: talks, messages, bridging and follow-up (A01–A08).

mod a01_closing_talk;
mod a02_feedback;
mod a03_consent;
mod a04_message_to_gp;
mod a05_maintenance_plan;
mod a06_bridging;
mod a07_follow_up;
mod a08_new_course;

use jiff::civil::Date;
use standard::facts::words::MessageKind;
use standard::facts::{CourseFacts, Message};

use super::{Count, Indicator};

pub(super) const INDICATORS: &[Indicator] = &[
    Indicator::new("A01", &[Count::Course(a01_closing_talk::count)]),
    Indicator::new("A02", &[Count::Course(a02_feedback::count)]),
    Indicator::new("A03", &[Count::Course(a03_consent::count)]),
    Indicator::new("A04", &[Count::Course(a04_message_to_gp::count)]),
    Indicator::new("A05", &[Count::Course(a05_maintenance_plan::count)]),
    Indicator::new("A06", &[Count::Course(a06_bridging::count)]),
    Indicator::new("A07", &[Count::Course(a07_follow_up::count)]),
    Indicator::new("A08", &[Count::Citizen(a08_new_course::count)]),
];

/// Feedback and closing statuses that were sent, with their day (KS-2.2-07: both count).
fn feedback(course: &CourseFacts) -> impl Iterator<Item = (&Message, Date)> {
    let told = |one: &&Message| matches!(one.kind, Some(MessageKind::Feedback | MessageKind::ClosingStatus));
    course.messages.iter().filter(told).filter_map(|one| Some((one, one.sent_on?)))
}
