//! What the sender of a referral is told when it ends without a course, and on which basis.
//!
//! Sources: quality standard KS-2.2-09 (feedback to the referrer with the citizen's consent) and the booklet on
//! cooperation with general practice, with sundhedsloven §§ 41–42 (see [`crate::consent`]). A referral that is sent back
//! is the reply to the sender's own referral and needs no consent; nor does asking the sender what their own letter
//! lacks. That no course started is feedback: it says no more
//! than that, and leaves on the citizen's consent or as a deliberate act under § 41.

use super::{ReferralState, ReturnReason};
use crate::consent::{Basis, Consent, ConsentPurpose, SendRefused, may_send};
use crate::identifiers::Gln;
use crate::service_request::ServiceRequest;

/// What the sender of a referral can be told, from where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SenderNotice {
    /// The referral comes back, with the reason.
    Returned(ReturnReason),
    /// No course started; nothing more.
    NoCourse,
    /// What the letter lacks is asked for.
    Question,
}

/// Why the sender of a request is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTold {
    /// Where the request stands, there is nothing to tell.
    #[error("nothing to tell")]
    NothingToTell,
    /// It did not come by message.
    #[error("the request did not come by message")]
    NoSender,
    /// The sender's location number cannot be answered (MedCom, an EAN that is no GLN).
    #[error("the sender cannot be answered")]
    NoAddress,
    /// That no course started is told once.
    #[error("the sender has been told")]
    AlreadyTold,
    /// Consent, section 41 or death stands in the way.
    #[error(transparent)]
    Refused(#[from] SendRefused),
}

impl NotTold {
    /// What staff read: why, and what to do instead.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::NothingToTell => "Der er ikke noget at give henviseren besked om endnu.",
            Self::NoSender => "Henvendelsen kom ikke med MedCom. Giv selv besked, for eksempel på telefon.",
            Self::NoAddress => {
                "Henviseren kan ikke få besked herfra, fordi lokationsnummeret er ugyldigt. Ring til dem."
            }
            Self::AlreadyTold => "Henviseren har allerede fået besked.",
            Self::Refused(SendRefused::Refused) => {
                "Borgeren har sagt nej til, at henviseren får svar. Der sendes ingen besked."
            }
            Self::Refused(SendRefused::NotAsked) => {
                "Borgeren er ikke spurgt om samtykke til, at henviseren får svar. Uden samtykke kræver beskeden en \
                 begrundelse efter sundhedslovens § 41."
            }
            Self::Refused(other) => other.user_message(),
        }
    }
}

impl SenderNotice {
    /// What a state calls for; none while the request is open for the citizen or belongs to a course.
    ///
    /// A citizen who was not reached in time is one of whom no course started, also while the letter holds the offer open.
    pub const fn of(state: &ReferralState) -> Option<Self> {
        match state {
            ReferralState::Returned { reason, .. } => Some(Self::Returned(*reason)),
            ReferralState::Unreachable { .. }
            | ReferralState::NeverReached { .. }
            | ReferralState::Rejected { .. }
            | ReferralState::Declined { .. } => Some(Self::NoCourse),
            ReferralState::Received
            | ReferralState::Checked { .. }
            | ReferralState::Contacting { .. }
            | ReferralState::Reached { .. }
            | ReferralState::Routed { .. }
            | ReferralState::Joined { .. }
            | ReferralState::Duplicate { .. }
            | ReferralState::Replaced { .. }
            | ReferralState::Moved { .. }
            | ReferralState::Dead { .. }
            | ReferralState::EnteredInError { .. } => None,
        }
    }

    /// Decides whether the sender of a request may be told this, and on what it rests.
    ///
    /// `section_41` is the reason of a professional who deliberately tells without consent; it never overrides a refusal.
    pub fn may_be_told(
        self,
        request: &ServiceRequest,
        consents: &[Consent],
        section_41: Option<&str>,
        citizen_dead: bool,
    ) -> Result<Basis, NotTold> {
        let letter = request.letter.as_ref().ok_or(NotTold::NoSender)?;
        Gln::parse(&letter.sender_ean).map_err(|_| NotTold::NoAddress)?;
        match self {
            Self::Returned(_) | Self::Question if citizen_dead => Err(SendRefused::CitizenDead.into()),
            Self::Returned(_) | Self::Question => Ok(Basis::NoneNeeded),
            Self::NoCourse if request.sender_told_at.is_some() => Err(NotTold::AlreadyTold),
            Self::NoCourse => Ok(may_send(consents, ConsentPurpose::ReferrerFeedback, section_41, citizen_dead)?),
        }
    }
}
