//! Consent, purpose by purpose, and when a message may leave.
//!
//! Sources: sundhedsloven §§ 41–42 as the booklet on cooperation with general practice states them; quality standard
//! KS-2.2-09 and KS-3.5-02, which ask for the citizen's consent for feedback and status whoever sends. The stricter
//! rule is followed; § 41 without consent stays a separate, deliberate act with a reason.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{CitizenId, ConsentId, UserId};
use crate::words::word_enum;

/// A citizen's answer for one purpose. Withdrawal works at once and for the future.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Stable id.
    pub id: ConsentId,
    /// Whose.
    pub citizen: CitizenId,
    /// For what.
    pub purpose: ConsentPurpose,
    /// Given or refused. "Not asked" is that no consent exists for the purpose.
    pub given: bool,
    /// How it was said.
    pub form: ConsentForm,
    /// Day it was said.
    pub on: Date,
    /// Who asked.
    pub asked_by: UserId,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
}

impl Consent {
    /// Given and not withdrawn.
    pub const fn stands(&self) -> bool {
        self.given && self.withdrawn_at.is_none()
    }
}

/// What is asked of a consent to find the newest answer for a purpose.
pub trait Said {
    /// For what, whether it was given and stands, the day it was said and its id.
    fn said(&self) -> (ConsentPurpose, bool, Date, ConsentId);
}

impl Said for Consent {
    fn said(&self) -> (ConsentPurpose, bool, Date, ConsentId) {
        (self.purpose, self.stands(), self.on, self.id)
    }
}

word_enum! {
    /// What a consent is for; each is its own.
    pub enum ConsentPurpose {
        /// Tell the referrer what was offered (KS-2.2-09).
        ReferrerFeedback = ("referrer_feedback", "Svar til henviseren"),
        /// Status to the doctor at closing (KS-3.5-02).
        StatusToDoctor = ("status_to_doctor", "Status til egen læge"),
        /// Registration in STOPbasen.
        Stopbasen = ("stopbasen", "STOPbasen"),
        /// Contact from STOPbasen's follow-up after six months.
        StopbasenFollowUp = ("stopbasen_follow_up", "STOPbasens opfølgning efter seks måneder"),
        /// Relatives may be told.
        Relatives = ("relatives", "Oplysninger til pårørende"),
        /// A supplier outside the municipality's responsibility.
        Supplier = ("supplier", "Oplysninger til ekstern leverandør"),
        /// Research.
        Research = ("research", "Forskning"),
        /// Whoever escorts the citizen to an association may be told more than first name, time and place.
        Escort = ("escort", "Oplysninger til følgeven"),
        /// Referral onward to treatment.
        TreatmentReferral = ("treatment_referral", "Henvisning videre til behandling"),
        /// A question or a result to the doctor who treats the citizen.
        TreatingDoctor = ("treating_doctor", "Spørgsmål til behandlende læge"),
        /// Plan, status and tests to the municipality that takes over.
        Transfer = ("transfer", "Overdragelse til anden kommune"),
    }
}

impl ConsentPurpose {
    /// Who is told on the ground of it. A consent for one recipient is none for another.
    pub const fn recipient(self) -> &'static str {
        match self {
            Self::ReferrerFeedback => "Henviseren",
            Self::StatusToDoctor => "Egen læge",
            Self::Stopbasen | Self::StopbasenFollowUp => "STOPbasen",
            Self::Relatives => "Pårørende",
            Self::Supplier => "Leverandøren",
            Self::Research => "Forskere",
            Self::Escort => "Følgeven",
            Self::TreatmentReferral => "Behandlingsstedet",
            Self::TreatingDoctor => "Behandlende læge",
            Self::Transfer => "Den anden kommune",
        }
    }
}

word_enum! {
    /// How a consent was said.
    pub enum ConsentForm {
        /// Spoken.
        Oral = ("oral", "Mundtligt"),
        /// On paper.
        Written = ("written", "Skriftligt"),
        /// Digitally.
        Digital = ("digital", "Digitalt"),
    }
}

/// Where the answer for a purpose stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Yes; holds the consent that says so.
    Given(ConsentId),
    /// No, or withdrawn.
    Refused,
    /// Nobody has asked.
    NotAsked,
}

/// The newest answer for a purpose.
pub fn answer<S: Said>(consents: &[S], purpose: ConsentPurpose) -> Answer {
    let said = consents.iter().map(Said::said).filter(|(of, ..)| *of == purpose);
    match said.max_by_key(|(.., on, id)| (*on, *id)) {
        None => Answer::NotAsked,
        Some((_, true, _, id)) => Answer::Given(id),
        Some(_) => Answer::Refused,
    }
}

/// What a sent message rests on; kept with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Basis {
    /// The citizen's consent.
    Consent {
        /// Which one.
        id: ConsentId,
    },
    /// Sundhedsloven § 41, part of a current treatment, with the reason written down.
    Section41 {
        /// Why it is sent without consent.
        reason: String,
    },
    /// Needs no consent: receipts, and replies to the referrer's own request.
    NoneNeeded,
}

/// Why a message must not be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendRefused {
    /// The citizen is dead: no message leaves (flow, "what must hold", 11).
    #[error("the citizen is dead")]
    CitizenDead,
    /// The citizen is anonymous: there is nobody to name in a message (rule 10 of the flow).
    #[error("the citizen is anonymous")]
    Anonymous,
    /// The citizen said no.
    #[error("the citizen has refused")]
    Refused,
    /// The question was not asked.
    #[error("consent has not been asked")]
    NotAsked,
    /// Whoever sends is no authorised health person, and named § 41.
    #[error("section 41 is for authorised health persons")]
    NotAuthorised,
    /// § 41 was named without a reason.
    #[error("section 41 needs a reason")]
    ReasonMissing,
}

impl SendRefused {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::CitizenDead => "Borgeren er død. Der sendes ingen beskeder.",
            Self::Anonymous => "Borgeren er anonym. Der sendes ingen beskeder.",
            Self::Refused => "Borgeren har sagt nej til, at beskeden sendes.",
            Self::NotAsked => "Spørg borgeren om samtykke, før beskeden sendes.",
            Self::NotAuthorised => {
                "Kun autoriserede sundhedspersoner kan sende uden samtykke efter sundhedslovens § 41. Spørg borgeren om samtykke først."
            }
            Self::ReasonMissing => "Skriv, hvorfor beskeden sendes uden samtykke efter sundhedslovens § 41.",
        }
    }
}

/// The reason under section 41 as a sender may use it. Whoever is no authorised health person always needs the citizen's
/// consent (SP-004-10).
pub const fn section_41(authorised: bool, reason: Option<&str>) -> Result<Option<&str>, SendRefused> {
    match (authorised, reason) {
        (true, _) | (false, None) => Ok(reason),
        (false, Some(_)) => Err(SendRefused::NotAuthorised),
    }
}

/// Decides whether feedback or a status may leave, and on what it rests.
///
/// `section_41` is the reason when a professional deliberately sends as part of a current treatment; it never
/// overrides a refusal.
pub fn may_send(
    consents: &[Consent],
    purpose: ConsentPurpose,
    section_41: Option<&str>,
    citizen_dead: bool,
) -> Result<Basis, SendRefused> {
    if citizen_dead {
        return Err(SendRefused::CitizenDead);
    }
    match (answer(consents, purpose), section_41.map(str::trim)) {
        (Answer::Refused, _) => Err(SendRefused::Refused),
        (Answer::Given(id), _) => Ok(Basis::Consent { id }),
        (Answer::NotAsked, Some("")) => Err(SendRefused::ReasonMissing),
        (Answer::NotAsked, Some(reason)) => Ok(Basis::Section41 { reason: reason.to_owned() }),
        (Answer::NotAsked, None) => Err(SendRefused::NotAsked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    const PURPOSE: ConsentPurpose = ConsentPurpose::StatusToDoctor;

    fn said(n: u128, given: bool, on: Date) -> Consent {
        let (id, citizen, asked_by) =
            (ConsentId(Uuid::from_u128(n)), CitizenId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        Consent { id, citizen, purpose: PURPOSE, given, form: ConsentForm::Oral, on, asked_by, withdrawn_at: None }
    }

    #[test]
    fn a_citizen_may_change_their_mind_both_ways() {
        let (yes, no) = (said(1, true, date(2026, 3, 2)), said(2, false, date(2026, 3, 9)));
        assert_eq!(answer(&[yes.clone(), no.clone()], PURPOSE), Answer::Refused);
        let later_yes = said(3, true, date(2026, 3, 16));
        assert_eq!(answer(&[yes, no, later_yes.clone()], PURPOSE), Answer::Given(later_yes.id));
    }

    #[test]
    fn a_reason_after_section_41_never_overrides_a_refusal() {
        let no = [said(1, false, date(2026, 3, 2))];
        assert_eq!(may_send(&no, PURPOSE, Some("behandling"), false), Err(SendRefused::Refused));
    }

    #[test]
    fn the_reason_after_section_41_is_kept_without_spaces_around() {
        let basis = may_send(&[], PURPOSE, Some(" lægen følger op "), false);
        assert_eq!(basis, Ok(Basis::Section41 { reason: "lægen følger op".into() }));
    }
}
