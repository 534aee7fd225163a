//! Tilrettelæggelse: how offers are laid out, and how a citizen's interventions are held together (standard, chapter 3).

mod course;
mod offer;

pub(super) use course::{COURSE, HIGHEST_LEVEL, is_open};
pub(super) use offer::OFFER;
