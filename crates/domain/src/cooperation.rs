//! Cooperation with general practice: meetings of the committee with practice (kommunalt-lægeligt udvalg, KLU) and other
//! forums, notes of practice consultants, news to practices, and estimates of a year's referrals.
//!
//! Source: "Forebyggelsestilbud og henvisning" (Kommunen og almen praksis), second part: the committee talks about
//! prevention regularly (SP-004-15), practice consultants are used (SP-004-14), practices hear of changed offers, and the
//! year's referrals are estimated together (SP-004-23). None of it is about a citizen.

mod changes;
mod estimate;
pub mod estimate_file;
mod meeting;
mod news;
mod note;
mod pack;

pub use changes::{OfferChange, change_since, draft};
pub use estimate::{Estimate, EstimateArea, EstimateError, Expected};
pub use meeting::{Agreed, AgreedState, Forum, Meeting, MeetingError};
pub use news::{NewsError, PracticeNews, Recipient};
pub use note::{ConsultantNote, NoteError};
pub use pack::{PackEvery, PackKind, PackSchedule};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::UserId;

/// Longest text of an agenda, a decision, a note or a piece of news, in letters.
pub const TEXT_MOST: usize = 4_000;
/// Longest name, title or line, in letters.
pub const LINE_MOST: usize = 200;

/// That something should not have been written: it stays, with why, and counts no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Struck {
    /// Why.
    pub reason: String,
    /// Who.
    pub by: UserId,
    /// The day.
    pub on: Date,
}

/// Whether a text is there and no longer than it may be.
fn fits(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.trim().chars().count())
}

/// Whether a text that may be left out is too long.
fn too_long(text: Option<&String>, most: usize) -> bool {
    text.is_some_and(|text| text.chars().count() > most)
}

/// Ten digits may be somebody's number; nothing here is about a citizen.
fn names_somebody<'a>(texts: impl IntoIterator<Item = &'a str>) -> bool {
    texts.into_iter().any(crate::open_event::holds_a_number)
}

/// What people read where a text may hold a CPR number.
const NUMBER: &str = "Skriv ikke CPR-numre her. Samarbejdet er uden journal.";
