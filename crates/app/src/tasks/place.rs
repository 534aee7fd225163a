//! Where a task is done: the page, and what the link there says.

use domain::safety::NOTIFICATION_RULE;
use domain::task::TaskKind;
use uuid::Uuid;

use crate::layout::Link;
use crate::{bridge, calendar, courses, digital, measures, notifications, suppliers, talks};

/// Where a task is done, by what it is about; none for one that is done where its request or its course is seen.
pub(crate) fn place(kind: TaskKind, rule: &str, subject: Uuid) -> Option<Link> {
    let time = || format!("/kalender/tider/{subject}");
    let (href, label) = match kind {
        TaskKind::BookTalk => (calendar::booking_href(subject.into()), kind.label()),
        TaskKind::ArrangeNeed => (time(), "Se tiden"),
        TaskKind::SendInvitation | TaskKind::CallAboutTime => (format!("{}/invitation", time()), kind.label()),
        TaskKind::HoldTalk | TaskKind::NeedsTalk => (talks::talk_href(subject.into()), kind.label()),
        TaskKind::SendStatus => (format!("{}/afslut", courses::course_href(subject.into())), "Skriv til lægen"),
        TaskKind::ClosingTalk => (format!("{}/afslut", courses::course_href(subject.into())), "Afslut forløbet"),
        TaskKind::Safety if rule == NOTIFICATION_RULE => {
            (notifications::decide_href(subject.into()), "Skriv beslutningen")
        }
        TaskKind::Safety => (measures::result_href(subject.into()), "Se resultatet"),
        TaskKind::SendNotification => (notifications::letter_href(subject.into()), "Se underretningen"),
        TaskKind::FollowUp => (courses::call_href(subject.into()), "Følg op"),
        TaskKind::DigitalContact => (digital::digital_href(subject.into()), "Skriv kontakten"),
        TaskKind::Coordinate => (format!("/koordinering/{subject}"), "Koordinér"),
        TaskKind::AwaitResults | TaskKind::ReadResults => (suppliers::given_href(subject.into()), "Se indsatsen"),
        TaskKind::AskBridge => (bridge::bridge_href(subject.into()), kind.label()),
        TaskKind::RefusedMessage => (format!("/udgaaende/{subject}"), "Se beskeden"),
        TaskKind::CheckReferral
        | TaskKind::ContactCitizen
        | TaskKind::SendLetter
        | TaskKind::ChooseRoute
        | TaskKind::CloseUnreachable
        | TaskKind::StartIntervention
        | TaskKind::ReadCorrection
        | TaskKind::AwaitAnswer
        | TaskKind::ReadAnswer
        | TaskKind::NoShow
        | TaskKind::BridgeContact
        | TaskKind::DietFollowUp
        | TaskKind::DietReassess
        | TaskKind::TrainingDose => return None,
    };
    Some(Link::new(href, label))
}
