//! Samtykke: what every message with health data rests on (the booklet on cooperation).

use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{LegalBasis, MessageKind};
use crate::facts::{Consent, Consents, CourseFacts, Message};
use crate::outcome::Verdict;
use crate::rules::delivered::filled;

pub(super) const RULES: &[Rule] = &[Rule { requirement: "SP-004-12", decide: Decide::Message(rests_on_something) }];

/// SP-004-12, informed consent: a message with health data rests on a consent that stands, on section 41 with the course
/// named, or on another law.
fn rests_on_something(course: &CourseFacts, message: &Message, at: &Context<'_>) -> Verdict {
    let Some(sent_on) = at.in_period(message.sent_on).filter(|_| tells_of_health(message)) else {
        return Verdict::OUTSIDE;
    };
    let case = Case::on(sent_on).recorded("message.legal_basis", message.legal_basis.is_some());
    match message.legal_basis {
        None | Some(LegalBasis::Law) => case,
        Some(LegalBasis::Section41Treatment | LegalBasis::Section41Other) => {
            case.holds("course_not_named", filled(message.course_text.as_ref()))
        }
        Some(LegalBasis::Consent) => {
            let consent = course.consents.as_ref().and_then(|all| named(all, message.consent_id.as_ref()?));
            let dated = consent.is_none_or(|consent| !consent.answer || consent.on.is_some());
            case.needs("message.consent_id", dated)
                .holds("consent_does_not_stand", consent.is_some_and(|consent| consent.stands_on(sent_on)))
        }
    }
    .decide(at)
}

/// Whether a message tells somebody else about the citizen's health.
fn tells_of_health(message: &Message) -> bool {
    match message.kind {
        Some(
            MessageKind::Feedback
            | MessageKind::ClosingStatus
            | MessageKind::OtherOfferNotice
            | MessageKind::ReferralOnward,
        ) => true,
        Some(MessageKind::Letter) => message.recipient_unit.is_some(),
        _ => false,
    }
}

fn named<'a>(all: &'a Consents, id: &String) -> Option<&'a Consent> {
    let purposes = [&all.feedback, &all.gp_status, &all.treating_doctor, &all.referral, &all.coordination];
    purposes.into_iter().flatten().find(|consent| consent.id.as_ref() == Some(id))
}
