//! Messages and letters.

use domain::care_plan::PlanStatus;
use domain::codes::InterventionCode;
use domain::consent::Basis;
use domain::ids::PlannedInterventionId;
use domain::message::Delivery;
use domain::notice::{NoticeKind, NoticeState};
use domain::referral::ReferralState;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use standard::facts::Message;
use standard::facts::words::{LegalBasis, MessageKind};
use uuid::Uuid;

use super::codes::{fsiii, of_course};
use super::{CourseView, KeptBeside, MessageText, NoticeKept, OutgoingKept, referral};
use crate::records::StoredRequest;

/// The messages of the course: receipts, questions and answers to those who referred, closing notes, and the letters to the
/// citizen and about them. One that was taken back or fell away is none.
pub(super) fn of(view: &CourseView<'_>) -> Vec<Message> {
    let carried = |id: Uuid| view.kept.notices.iter().any(|it| it.subject == id);
    let by_mailbox = view.kept.outgoing.iter().filter(|it| !carried(it.id) && belongs(view, it));
    let by_mailbox = by_mailbox.filter_map(|it| outgoing(it, request_of(view, it), view));
    let letters = view.kept.notices.iter().filter(|it| it.course.is_some_and(|course| of_course(view, course)));
    by_mailbox.chain(letters.filter_map(|it| notice(it, view))).collect()
}

/// The messages about a request that led to no course.
pub(super) fn of_request(request: &StoredRequest, kept: &KeptBeside) -> Vec<Message> {
    let mine = kept.outgoing.iter().filter(|it| is_about(request, it));
    mine.filter_map(|it| {
        let kind = kind_of(it, Some(request))?;
        Some(Message { referral: Some(request.request.id.to_string()), ..sent(it, kind) })
    })
    .collect()
}

fn is_about(request: &StoredRequest, message: &OutgoingKept) -> bool {
    let letter = request.request.letter.as_ref().map(|letter| letter.message.0);
    message.service_request == Some(request.request.id.0)
        || message.service_request.is_none() && message.answers.is_some() && message.answers == letter
}

fn request_of<'a>(view: &CourseView<'a>, message: &OutgoingKept) -> Option<&'a StoredRequest> {
    referral::joined(view).find(|request| is_about(request, message))
}

/// About a request of the course; or a closing note to the own doctor, written while this was the newest course.
fn belongs(view: &CourseView<'_>, message: &OutgoingKept) -> bool {
    if request_of(view, message).is_some() {
        return true;
    }
    let day = local_date(message.queued_at);
    let opened = view.course.opened_on;
    let mut later = view.record.courses.iter().map(|it| it.value.opened_on).filter(|other| *other > opened);
    let newest = opened <= day && !later.any(|other| other <= day);
    message.kind == "XDIS15" && message.service_request.is_none() && newest
}

fn outgoing(message: &OutgoingKept, request: Option<&StoredRequest>, view: &CourseView<'_>) -> Option<Message> {
    let kind = kind_of(message, request)?;
    let (offered, completed) =
        if kind == MessageKind::ClosingStatus { named(view, message.queued_at) } else { Default::default() };
    Some(Message {
        referral: request.map(|it| it.request.id.to_string()),
        recipient_unit: Some(view.partners.receiver(&message.receiver)),
        interventions_offered: offered,
        interventions_completed: completed,
        ..sent(message, kind)
    })
}

/// What a message by the mailbox is. Of those to a referrer that are about a request, the question needs no basis, and what
/// tells that no course began or that the request comes back is feedback. An envelope's own receipt is no message.
fn kind_of(message: &OutgoingKept, request: Option<&StoredRequest>) -> Option<MessageKind> {
    if message.delivery == Delivery::TakenBack {
        return None;
    }
    match message.kind.as_str() {
        "XCTL02" | "XCTL03" => Some(MessageKind::Receipt),
        "XDIS15" => Some(MessageKind::ClosingStatus),
        "XDIS91" => {
            let returned = request.is_some_and(|it| match it.request.state {
                ReferralState::Returned { at, .. } => together(at, message.queued_at),
                _ => false,
            });
            let free = matches!(message.basis, None | Some(Basis::NoneNeeded));
            Some(if free && !returned { MessageKind::Query } else { MessageKind::Feedback })
        }
        _ => None,
    }
}

/// Written by the same act.
fn together(one: Timestamp, other: Timestamp) -> bool {
    one.duration_since(other).abs() < jiff::SignedDuration::from_secs(1)
}

fn sent(message: &OutgoingKept, kind: MessageKind) -> Message {
    let (legal_basis, consent_id) = basis(message.basis.as_ref());
    let text = message.text.clone().unwrap_or_default();
    let MessageText { course, outcome, follow_up, sender_name, sender_title, sender_contact } = text;
    Message {
        id: message.id.to_string(),
        kind: Some(kind),
        sent_on: handed_over(message),
        course_text: course,
        outcome_text: outcome,
        // A note without that section says that nothing was agreed.
        followup_need: message.text.is_some().then(|| follow_up.unwrap_or_else(|| "none".to_owned())),
        sender_name,
        sender_title,
        sender_contact,
        legal_basis,
        consent_id,
        ..Message::default()
    }
}

/// The day it left; none while it waits or is held back.
fn handed_over(message: &OutgoingKept) -> Option<Date> {
    message.sent_at.map(local_date)
}

/// Section 41 is used for a current treatment only. What needs no consent has no ground of the four.
fn basis(basis: Option<&Basis>) -> (Option<LegalBasis>, Option<String>) {
    match basis {
        Some(Basis::Consent { id }) => (Some(LegalBasis::Consent), Some(id.to_string())),
        Some(Basis::Section41 { .. }) => (Some(LegalBasis::Section41Treatment), None),
        Some(Basis::NoneNeeded) | None => (None, None),
    }
}

/// The interventions that a closing note names, offered and completed, as they stood when it was written: it names each of
/// the course that is no follow-up.
fn named(view: &CourseView<'_>, at: Timestamp) -> (Vec<String>, Vec<String>) {
    let day = local_date(at);
    let all = view.record.interventions.iter().map(|it| &it.value).filter(|it| it.course == view.course.id);
    let told = all.filter(|it| {
        it.code != InterventionCode::FollowUp
            && it.granted_on <= day
            && !matches!(it.status, PlanStatus::EnteredInError { .. })
    });
    let (mut offered, mut completed) = (Vec::new(), Vec::new());
    for it in told {
        let word = fsiii(it.code).word().to_owned();
        if matches!(it.status, PlanStatus::Completed { ended_on } if ended_on <= day) {
            completed.push(word.clone());
        }
        offered.push(word);
    }
    (offered, completed)
}

fn notice(notice: &NoticeKept, view: &CourseView<'_>) -> Option<Message> {
    let carrier = view.kept.outgoing.iter().find(|it| it.id == notice.subject);
    let gone = carrier.is_some_and(|it| it.delivery == Delivery::TakenBack);
    if notice.state == NoticeState::Dropped || gone {
        return None;
    }
    let kind = match notice.kind {
        NoticeKind::Confirmed => MessageKind::Invitation,
        NoticeKind::SeatOffer | NoticeKind::Seat => MessageKind::Offer,
        NoticeKind::Plan => MessageKind::Plan,
        NoticeKind::Offered => MessageKind::OtherOfferNotice,
        NoticeKind::NonStart => MessageKind::Feedback,
        NoticeKind::TreatmentReferral | NoticeKind::FamilyClinic => MessageKind::ReferralOnward,
        NoticeKind::Cancelled
        | NoticeKind::TimeOff
        | NoticeKind::Closing
        | NoticeKind::FollowUp
        | NoticeKind::DoctorQuestion
        | NoticeKind::ScreeningResult
        | NoticeKind::Transfer => MessageKind::Letter,
        // A reminder is a contact.
        NoticeKind::Reminder | NoticeKind::DayReminder => return None,
    };
    let (legal_basis, consent_id) = basis(notice.basis.as_ref());
    let unit = carrier.map(|it| view.partners.receiver(&it.receiver));
    Some(Message {
        id: notice.id.to_string(),
        referral: carrier.and_then(|it| it.service_request).map(|id| id.to_string()),
        intervention: intervention(notice, view),
        kind: Some(kind),
        sent_on: carrier.map_or_else(|| given_on(notice), handed_over),
        recipient_unit: unit.or_else(|| notice.recipient.clone()),
        legal_basis,
        consent_id,
        ..Message::default()
    })
}

/// The day it was given, printed and sent, or told.
pub(super) fn given_on(notice: &NoticeKept) -> Option<Date> {
    (notice.state == NoticeState::Done).then(|| local_date(notice.ended_at.unwrap_or(notice.made_at)))
}

/// The intervention that a letter about a time or a seat is about.
fn intervention(notice: &NoticeKept, view: &CourseView<'_>) -> Option<String> {
    let of_time = view.record.appointments.iter().map(|it| &it.value).find(|it| it.id.0 == notice.subject);
    let id = of_time.map_or(PlannedInterventionId(notice.subject), |time| time.intervention);
    view.record.intervention(id).ok().map(|it| it.value.id.to_string())
}
