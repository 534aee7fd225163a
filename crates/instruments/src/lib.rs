//! Questionnaires and screening instruments: one file each, found through [`CATALOGUE`].
//!
//! Forms, scores and documents walk the catalogue, so a new instrument is its file and its line here. A published version
//! is never edited: a change is a new version beside it, and old answers keep theirs.
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod who5;

pub use who5::WHO5;

/// Every instrument.
pub static CATALOGUE: [&Instrument; 1] = [&WHO5];

/// A questionnaire or screening instrument.
#[derive(Debug)]
pub struct Instrument {
    /// Stable code.
    pub code: &'static str,
    /// Version of items and scoring.
    pub version: u8,
    /// Danish title.
    pub title: &'static str,
    /// The items in order.
    pub items: &'static [Item],
    /// The score of a full set of answers, one per item.
    pub score: fn(&[u8]) -> Result<Score, ScoreError>,
}

/// One question.
#[derive(Debug)]
pub struct Item {
    /// The question in Danish.
    pub text: &'static str,
    /// The highest answer; the lowest is zero.
    pub max: u8,
}

/// A score on the instrument's own scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(pub u16);

/// Why answers give no score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    /// Not one answer per item.
    #[error("an answer is missing")]
    Incomplete,
    /// An answer outside the item's range.
    #[error("answer {item} is outside its range")]
    OutOfRange {
        /// Which item, from one.
        item: usize,
    },
}

impl Instrument {
    /// Checks the answers against the items, then scores them.
    pub fn score(&self, answers: &[u8]) -> Result<Score, ScoreError> {
        if answers.len() != self.items.len() {
            return Err(ScoreError::Incomplete);
        }
        let outside = answers.iter().zip(self.items).position(|(answer, item)| *answer > item.max);
        match outside {
            Some(place) => Err(ScoreError::OutOfRange { item: place + 1 }),
            None => (self.score)(answers),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_every_item_has_a_text() {
        let mut codes: Vec<_> = CATALOGUE.iter().map(|i| (i.code, i.version)).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), CATALOGUE.len());
        assert!(CATALOGUE.iter().flat_map(|i| i.items).all(|item| !item.text.is_empty() && item.max > 0));
    }
}
