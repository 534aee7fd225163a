//! Holding a talk on one screen: what is written is kept while it is typed, and becomes record when the talk is ended.
//!
//! The words become contact, goals, conditions, consents and plan through [`crate::courses::hold_talk`].

mod before;
mod citizen_side;
mod draft;
mod fields;
mod keeping;
mod page;
mod parts;
mod routes;
mod wheel;
mod words;

pub(crate) use draft::{forget, same_step};
pub(crate) use fields::ANSWERS as RISK_ANSWERS;
pub use routes::routes;

use domain::codes::InterventionCode;
use domain::ids::PlannedInterventionId;

/// Whether a talk is held on this screen; the closing talk has its own.
pub(crate) const fn has_page(code: InterventionCode) -> bool {
    matches!(code, InterventionCode::ClarifyingTalk | InterventionCode::NeedsTalk)
}

/// Where a talk is held.
pub(crate) fn talk_href(talk: PlannedInterventionId) -> String {
    format!("/samtaler/{talk}")
}
