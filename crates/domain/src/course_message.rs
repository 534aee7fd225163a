//! The messages and letters of a course, and what each may leave on.
//!
//! Source: the flow, "Messages and letters" (M1–M18) and "Consent and passing of health data", rules 1–12. The rules are
//! asked here and nowhere else; [`crate::consent::may_send`] answers for one purpose.

use crate::consent::{Answer, Basis, Consent, ConsentPurpose, SendRefused, answer, may_send};
use crate::words::word_enum;

word_enum! {
    /// A message or letter, in the order of a course. The words are the numbers of the flow.
    pub enum CourseMessage {
        /// A referral was received.
        Receipt = ("M1", "Kvittering for henvisning"),
        /// What a referral lacks.
        Query = ("M2", "Spørgsmål til henvisning"),
        /// The citizen was not reached by telephone.
        FirstLetter = ("M3", "Første brev"),
        /// MessageSubject the time of a talk.
        Invitation = ("M4", "Invitation til samtale"),
        /// What was agreed.
        Plan = ("M5", "Plan"),
        /// What was offered, other than what was asked for (SP-004-04).
        Offered = ("M6", "Svar om tilbuddet"),
        /// A seat on a team.
        GroupStart = ("M7", "Plads på hold"),
        /// Medicine before a stop date, or caution before training.
        DoctorQuestion = ("M8", "Spørgsmål til lægen"),
        /// To alcohol treatment.
        TreatmentReferral = ("M9", "Henvisning til alkoholbehandling"),
        /// To the region's family clinic.
        FamilyClinic = ("M10", "Henvisning til familieambulatorium"),
        /// Dependence with mental illness.
        ScreeningResult = ("M11", "Resultat af screening"),
        /// To child and family services.
        Notification = ("M12", "Underretning"),
        /// Status at the end (KS-3.5-02).
        ClosingStatus = ("M13", "Afsluttende status"),
        /// Status to the doctor of somebody who came by themselves (KS-2.2-08).
        DoctorAfterSelfReferral = ("M14", "Status til egen læge"),
        /// What the course led to, and the way back.
        ClosingLetter = ("M15", "Afslutningsbrev"),
        /// A follow-up is due.
        FollowUp = ("M16", "Opfølgning"),
        /// No course began.
        NonStart = ("M17", "Forløbet gik ikke i gang"),
        /// Another municipality takes over.
        Transfer = ("M18", "Overdragelse til anden kommune"),
    }
}

/// What a message needs to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageNeed {
    /// Nothing: to the citizen, or the answer to a letter from whoever gets it.
    Nothing,
    /// The citizen's consent; without it, unless it was refused, a deliberate act under section 41 with its reason.
    ConsentOrSection41(ConsentPurpose),
    /// The citizen's consent and nothing else.
    Consent(ConsentPurpose),
    /// The law: consent is sought and does not decide (rule 9).
    Law,
}

impl CourseMessage {
    /// What it needs. Feedback and status need consent whoever sends them (rule 5): who is authorised is not asked.
    pub const fn need(self) -> MessageNeed {
        use ConsentPurpose as P;
        match self {
            Self::Receipt | Self::Query => MessageNeed::Nothing,
            Self::FirstLetter
            | Self::Invitation
            | Self::Plan
            | Self::GroupStart
            | Self::ClosingLetter
            | Self::FollowUp => MessageNeed::Nothing,
            Self::Offered | Self::NonStart => MessageNeed::ConsentOrSection41(P::ReferrerFeedback),
            Self::DoctorQuestion => MessageNeed::ConsentOrSection41(P::TreatingDoctor),
            Self::ClosingStatus | Self::DoctorAfterSelfReferral => MessageNeed::ConsentOrSection41(P::StatusToDoctor),
            Self::TreatmentReferral | Self::FamilyClinic => MessageNeed::Consent(P::TreatmentReferral),
            Self::ScreeningResult => MessageNeed::Consent(P::TreatingDoctor),
            Self::Transfer => MessageNeed::Consent(P::Transfer),
            Self::Notification => MessageNeed::Law,
        }
    }

    /// Whether the citizen reads it.
    pub const fn to_citizen(self) -> bool {
        matches!(
            self,
            Self::FirstLetter | Self::Invitation | Self::Plan | Self::GroupStart | Self::ClosingLetter | Self::FollowUp
        )
    }
}

/// The citizen as far as messages are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageSubject {
    /// Dead: nothing leaves (invariant 11).
    pub dead: bool,
    /// Anonymous alcohol counselling: no message about somebody without a number (rule 10).
    pub anonymous: bool,
}

/// Decides whether a message may leave, and on what it rests.
///
/// `section_41` is the reason of a professional who deliberately sends without consent. It never overrides a refusal, and
/// is no way for what needs consent and nothing else.
pub fn basis(
    message: CourseMessage,
    consents: &[Consent],
    section_41: Option<&str>,
    about: MessageSubject,
) -> Result<Basis, SendRefused> {
    if about.dead {
        return Err(SendRefused::CitizenDead);
    }
    if about.anonymous && !matches!(message.need(), MessageNeed::Law) {
        return Err(SendRefused::Anonymous);
    }
    match message.need() {
        MessageNeed::Nothing | MessageNeed::Law => Ok(Basis::NoneNeeded),
        MessageNeed::ConsentOrSection41(purpose) => may_send(consents, purpose, section_41, about.dead),
        MessageNeed::Consent(purpose) => match answer(consents, purpose) {
            Answer::Given(id) => Ok(Basis::Consent { id }),
            Answer::Refused => Err(SendRefused::Refused),
            Answer::NotAsked => Err(SendRefused::NotAsked),
        },
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::consent::ConsentForm;
    use crate::ids::{CitizenId, ConsentId, UserId};

    const ALIVE: MessageSubject = MessageSubject { dead: false, anonymous: false };

    fn said(purpose: ConsentPurpose, given: bool, withdrawn: bool) -> Consent {
        Consent {
            id: ConsentId(Uuid::from_u128(1)),
            citizen: CitizenId(Uuid::from_u128(2)),
            purpose,
            given,
            form: ConsentForm::Oral,
            on: date(2026, 11, 24),
            asked_by: UserId(Uuid::from_u128(3)),
            withdrawn_at: withdrawn.then_some(Timestamp::UNIX_EPOCH),
        }
    }

    fn purpose(message: CourseMessage) -> Option<ConsentPurpose> {
        match message.need() {
            MessageNeed::ConsentOrSection41(purpose) | MessageNeed::Consent(purpose) => Some(purpose),
            MessageNeed::Nothing | MessageNeed::Law => None,
        }
    }

    #[test]
    fn the_citizens_own_letters_the_receipt_and_the_notification_need_no_consent() {
        let free: Vec<&str> =
            CourseMessage::ALL.iter().filter(|one| purpose(**one).is_none()).map(|one| one.word()).collect();
        assert_eq!(free, ["M1", "M2", "M3", "M4", "M5", "M7", "M12", "M15", "M16"]);
    }

    #[test]
    fn no_feedback_without_consent_and_never_after_a_refusal() {
        for message in CourseMessage::ALL.iter().copied() {
            let Some(purpose) = purpose(message) else { continue };
            let word = message.word();
            assert_eq!(basis(message, &[], None, ALIVE), Err(SendRefused::NotAsked), "{word}");
            for consent in [said(purpose, false, false), said(purpose, true, true)] {
                for reason in [None, Some("lægen følger op")] {
                    let outcome = basis(message, std::slice::from_ref(&consent), reason, ALIVE);
                    assert_eq!(outcome, Err(SendRefused::Refused), "{word}");
                }
            }
            let yes = said(purpose, true, false);
            assert_eq!(
                basis(message, std::slice::from_ref(&yes), None, ALIVE),
                Ok(Basis::Consent { id: yes.id }),
                "{word}"
            );
        }
    }

    #[test]
    fn section_41_is_a_deliberate_act_with_a_reason_where_there_is_a_treatment() {
        let reason = Some("lægen skal justere medicinen");
        for (message, possible) in [
            (CourseMessage::Offered, true),
            (CourseMessage::DoctorQuestion, true),
            (CourseMessage::NonStart, true),
            (CourseMessage::ClosingStatus, true),
            (CourseMessage::Transfer, false),
            (CourseMessage::TreatmentReferral, false),
            (CourseMessage::ScreeningResult, false),
        ] {
            let sent = basis(message, &[], reason, ALIVE);
            assert_eq!(matches!(sent, Ok(Basis::Section41 { .. })), possible, "{}", message.word());
            assert!(basis(message, &[], Some(" "), ALIVE).is_err(), "{}: a reason is written", message.word());
        }
    }

    #[test]
    fn a_consent_for_another_purpose_is_none() {
        let other = said(ConsentPurpose::Research, true, false);
        assert_eq!(basis(CourseMessage::Offered, &[other], None, ALIVE), Err(SendRefused::NotAsked));
    }

    #[test]
    fn nothing_leaves_about_the_dead_and_nothing_but_a_notification_about_the_anonymous() {
        for message in CourseMessage::ALL.iter().copied() {
            let yes: Vec<Consent> = purpose(message).map(|purpose| said(purpose, true, false)).into_iter().collect();
            let dead = MessageSubject { dead: true, anonymous: false };
            assert_eq!(basis(message, &yes, None, dead), Err(SendRefused::CitizenDead));
            let unknown = basis(message, &yes, None, MessageSubject { dead: false, anonymous: true });
            assert_eq!(unknown.is_ok(), message == CourseMessage::Notification, "{}", message.word());
        }
    }
}
