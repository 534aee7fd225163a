//! Contacts and attempts at them.

use domain::contact::{ContactAttempt, ContactChannel as OurChannel};
use domain::follow_up::FollowUpState;
use domain::ids::ServiceRequestId;
use domain::notice::{NoticeChannel, NoticeState};
use domain::workdays::local_date;
use standard::facts::Contact;
use standard::facts::words::{ContactChannel, ContactPurpose, ContactResult};

use super::codes::{made_on, said};
use super::{CourseView, referral};
use crate::records::CitizenRecord;

/// The attempts at first contact for the requests of the course, attempts and calls at follow-up, and reminders that were
/// given. A contact after a no-show or in the wait is a task that is ticked off, and its day is not kept in the record.
pub(super) fn of(view: &CourseView<'_>) -> Vec<Contact> {
    let requests: Vec<_> = referral::joined(view).map(|it| it.request.id).collect();
    let first = attempts(view.record, |request| requests.contains(&request));
    let reminders = reminders(view);
    first.into_iter().chain(follow_up_contacts(view)).chain(reminders).collect()
}

/// The attempts at first contact for some requests.
pub(super) fn attempts(record: &CitizenRecord, of: impl Fn(ServiceRequestId) -> bool) -> Vec<Contact> {
    let mine = record.attempts.iter().map(|it| &it.value).filter(|it| of(it.service_request));
    mine.map(attempt).collect()
}

fn attempt(attempt: &ContactAttempt) -> Contact {
    let on = local_date(attempt.at);
    Contact {
        id: Some(attempt.id.to_string()),
        referral: Some(attempt.service_request.to_string()),
        attempted_on: Some(on),
        date: attempt.reached.then_some(on),
        channel: Some(match attempt.channel {
            OurChannel::Phone => ContactChannel::Phone,
            OurChannel::Sms => ContactChannel::Sms,
            OurChannel::Letter => ContactChannel::Letter,
            OurChannel::InPerson => ContactChannel::Visit,
        }),
        result: Some(if attempt.reached { ContactResult::Reached } else { ContactResult::NotReached }),
        reason: attempt.note.as_deref().and_then(said),
        purpose: Some(ContactPurpose::FirstContact),
        ..Contact::default()
    }
}

/// Days on which a follow-up was tried, and the day it was held.
fn follow_up_contacts(view: &CourseView<'_>) -> Vec<Contact> {
    let mine = view.record.follow_ups.iter().map(|it| &it.value).filter(|it| it.course == view.course.id);
    let mut all = Vec::new();
    for follow_up in mine {
        let contact = |on, reached| Contact {
            intervention: follow_up.stop.map(|id| id.to_string()),
            attempted_on: Some(on),
            date: Some(on).filter(|_| reached),
            result: Some(if reached { ContactResult::Reached } else { ContactResult::NotReached }),
            purpose: Some(ContactPurpose::Followup),
            ..Contact::default()
        };
        all.extend(follow_up.attempts.iter().map(|on| contact(*on, false)));
        match follow_up.state {
            FollowUpState::Done { on, .. } | FollowUpState::Declined { on } => all.push(contact(on, true)),
            FollowUpState::NotReached { on } if !follow_up.attempts.contains(&on) => all.push(contact(on, false)),
            FollowUpState::NotReached { .. } | FollowUpState::Planned | FollowUpState::Cancelled { .. } => {}
        }
    }
    all
}

/// Reminders of a time that were given.
fn reminders(view: &CourseView<'_>) -> Vec<Contact> {
    let given = view.kept.notices.iter().filter(|it| it.state == NoticeState::Done && it.kind.is_reminder());
    let mine = given.filter(|it| it.course == Some(view.course.id));
    let contact = |notice: &super::NoticeKept| {
        let on = notice.ended_at.map(local_date).or_else(|| made_on(notice.id));
        Contact {
            id: Some(notice.id.to_string()),
            attempted_on: on,
            date: on,
            channel: Some(match notice.channel {
                NoticeChannel::Sms => ContactChannel::Sms,
                NoticeChannel::Call => ContactChannel::Phone,
                NoticeChannel::Letter => ContactChannel::Letter,
            }),
            purpose: Some(ContactPurpose::Reminder),
            ..Contact::default()
        }
    };
    mine.map(contact).collect()
}
