//! Where a request stands, and what may happen to it next: the first of the four state machines.
//!
//! Source: the flow of the quality standard, chapters 2 and 3, and the booklet on cooperation with general practice.
//! `docs/course.md` holds the picture. Each state holds only what is known in it.

mod machine;
mod notice;
mod route;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use machine::{ReferralError, ReferralEvent, apply};
pub use notice::{NotTold, SenderNotice};
pub use route::{FirstStep, Proposal, RouteError, RouteFacts, asks_for_chronic_disease, check_route, propose};

use crate::ids::{CourseId, ServiceRequestId};
use crate::words::word_enum;

/// Where a request stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ReferralState {
    /// Stored, read by nobody.
    Received,
    /// Found to be ours; background answered or marked unknown.
    Checked {
        /// When it was read.
        at: Timestamp,
    },
    /// Tried, not reached yet.
    Contacting {
        /// Failed attempts so far.
        attempts: u8,
        /// When the last one was made.
        last_at: Timestamp,
    },
    /// The citizen has been spoken to.
    Reached {
        /// When they were spoken to.
        at: Timestamp,
    },
    /// Attempts used up; a letter holds the offer open until the day given.
    Unreachable {
        /// Day of the letter.
        letter_on: Date,
        /// Last day the offer stands.
        open_until: Date,
    },
    /// First step chosen with the citizen.
    Routed {
        /// When it was chosen.
        at: Timestamp,
        /// The step.
        step: FirstStep,
    },
    /// Part of a course.
    Joined {
        /// When it was joined.
        at: Timestamp,
        /// The course.
        course: CourseId,
    },
    /// The letter was not answered in time.
    NeverReached {
        /// When it was closed.
        at: Timestamp,
    },
    /// Sent back: the citizen lives elsewhere, or it was not for us.
    Returned {
        /// When it was sent back.
        at: Timestamp,
        /// Why.
        reason: ReturnReason,
    },
    /// Outside the target group.
    Rejected {
        /// When it was rejected.
        at: Timestamp,
        /// Why, in words.
        reason: String,
    },
    /// The citizen wants nothing now.
    Declined {
        /// When they said so.
        at: Timestamp,
        /// Why, as far as it was said.
        reason: DeclineReason,
    },
    /// The same request was already open.
    Duplicate {
        /// When it was found.
        at: Timestamp,
        /// The request that stays open.
        of: ServiceRequestId,
    },
    /// A newer request stands in its place.
    Replaced {
        /// When it was replaced.
        at: Timestamp,
        /// The newer request.
        by: ServiceRequestId,
    },
    /// The citizen moved away before a course began.
    Moved {
        /// When we learned it.
        at: Timestamp,
    },
    /// The citizen died.
    Dead {
        /// When we learned it.
        at: Timestamp,
    },
    /// Sent to us by mistake or registered wrongly.
    EnteredInError {
        /// When it was found.
        at: Timestamp,
    },
}

word_enum! {
    /// Why a request is sent back.
    pub enum ReturnReason {
        /// Lives in another municipality.
        LivesElsewhere = ("lives_elsewhere", "Borgeren bor i en anden kommune"),
        /// Meant for somebody outside the municipality. What belongs to another unit of ours is sent on, never back (SP-004-05).
        NotForUs = ("not_for_us", "Henvisningen er til nogen uden for kommunen"),
    }
}

word_enum! {
    /// Why a citizen wants nothing now; asked, never demanded.
    pub enum DeclineReason {
        /// No need seen.
        NoNeed = ("no_need", "Har ikke behov"),
        /// Not now.
        NotNow = ("not_now", "Vil ikke nu"),
        /// Illness.
        OtherIllness = ("other_illness", "Anden sygdom"),
        /// Transport.
        Transport = ("transport", "Transporten er en hindring"),
        /// Work or family.
        WorkOrFamily = ("work_or_family", "Arbejde eller familie"),
        /// Does something elsewhere.
        Elsewhere = ("elsewhere", "Er i gang et andet sted"),
        /// Nothing said.
        NotSaid = ("not_said", "Ikke oplyst"),
    }
}

/// Where a request stands, without the facts: for lists, database and API.
impl ReferralState {
    /// The stable word of the state.
    pub const fn word(&self) -> &'static str {
        self.describe().0
    }

    /// What staff read.
    pub const fn label(&self) -> &'static str {
        self.describe().1
    }

    /// A request is open until it is joined to a course or closed; an open one always has a next task and an owner.
    pub const fn is_open(&self) -> bool {
        match self {
            Self::Received
            | Self::Checked { .. }
            | Self::Contacting { .. }
            | Self::Reached { .. }
            | Self::Unreachable { .. }
            | Self::Routed { .. } => true,
            Self::Joined { .. }
            | Self::NeverReached { .. }
            | Self::Returned { .. }
            | Self::Rejected { .. }
            | Self::Declined { .. }
            | Self::Duplicate { .. }
            | Self::Replaced { .. }
            | Self::Moved { .. }
            | Self::Dead { .. }
            | Self::EnteredInError { .. } => false,
        }
    }

    const fn describe(&self) -> (&'static str, &'static str) {
        match self {
            Self::Received => ("received", "Modtaget"),
            Self::Checked { .. } => ("checked", "Gennemgået"),
            Self::Contacting { .. } => ("contacting", "Kontaktes"),
            Self::Reached { .. } => ("reached", "Truffet"),
            Self::Unreachable { .. } => ("unreachable", "Ikke truffet, brev sendt"),
            Self::Routed { .. } => ("routed", "Indgang valgt"),
            Self::Joined { .. } => ("joined", "I forløb"),
            Self::NeverReached { .. } => ("never_reached", "Aldrig truffet"),
            Self::Returned { .. } => ("returned", "Sendt retur"),
            Self::Rejected { .. } => ("rejected", "Uden for målgruppen"),
            Self::Declined { .. } => ("declined", "Borgeren takkede nej"),
            Self::Duplicate { .. } => ("duplicate", "Dublet"),
            Self::Replaced { .. } => ("replaced", "Erstattet af ny henvisning"),
            Self::Moved { .. } => ("moved", "Flyttet"),
            Self::Dead { .. } => ("dead", "Død"),
            Self::EnteredInError { .. } => ("entered_in_error", "Fejlregistreret"),
        }
    }
}
