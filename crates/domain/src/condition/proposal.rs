//! Conditions proposed from what was written in a talk; a person confirms or drops each.
//!
//! A plain word list (`codes/condition-words.csv`), so that anybody can see why something was proposed and mend it.
//! Source: acceptance scenario C3; the twenty conditions of FSIII § 119.

use std::sync::LazyLock;

use crate::codes::ConditionCode;

/// A condition and the words that point to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionProposal {
    /// Which of the twenty.
    pub code: ConditionCode,
    /// The part of a sentence that it was seen in, as it was written.
    pub quote: String,
}

/// Longest quote, in characters.
const QUOTE: usize = 70;
/// Said before a word, these mean that it is not so.
const DENIALS: [&str; 7] = ["ikke", "ingen", "aldrig", "uden", "nej", "intet", "stoppet"];
/// So many words before it.
const DENIAL_REACH: usize = 3;

static WORDS: LazyLock<Vec<(ConditionCode, Vec<&'static str>)>> = LazyLock::new(|| {
    let lines = include_str!("../../codes/condition-words.csv").lines().filter(|line| !line.starts_with('#'));
    let parsed = lines.filter_map(|line| line.split_once(','));
    parsed.filter_map(|(code, words)| Some((ConditionCode::parse(code).ok()?, words.split('|').collect()))).collect()
});

/// What texts point to: each condition once, by its first sign, in the order of the code list.
pub fn propose_conditions<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<ConditionProposal> {
    let clauses: Vec<Clause<'_>> = texts.into_iter().flat_map(clauses).collect();
    let sign = |(code, words): &(ConditionCode, Vec<&'static str>)| {
        let clause = clauses.iter().find(|clause| words.iter().any(|word| clause.says(word)))?;
        Some(ConditionProposal { code: *code, quote: clause.quote() })
    };
    WORDS.iter().filter_map(sign).collect()
}

/// A part of a sentence.
struct Clause<'a> {
    written: &'a str,
    small: String,
}

fn clauses(text: &str) -> impl Iterator<Item = Clause<'_>> {
    let parts = text.split(['.', ',', ';', ':', '!', '?', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts.flat_map(|part| part.split(" men ")).map(|written| Clause { written, small: written.to_lowercase() })
}

impl Clause<'_> {
    /// The word or phrase begins a word here, and is not denied just before.
    fn says(&self, phrase: &str) -> bool {
        self.small.match_indices(phrase).any(|(at, _)| {
            let before = &self.small[..at];
            let begins = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let mut near = before.split_whitespace().rev().take(DENIAL_REACH);
            begins && !near.any(|word| DENIALS.contains(&word))
        })
    }

    fn quote(&self) -> String {
        if self.written.chars().count() <= QUOTE {
            return self.written.to_owned();
        }
        self.written.chars().take(QUOTE - 1).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<ConditionCode> {
        propose_conditions([text]).into_iter().map(|p| p.code).collect()
    }

    #[test]
    fn every_condition_has_words_and_every_line_is_read() {
        let known: Vec<ConditionCode> = WORDS.iter().map(|(code, _)| *code).collect();
        assert!(ConditionCode::ALL.iter().all(|code| known.contains(code)), "{known:?}");
        assert_eq!(known.len(), ConditionCode::ALL.len());
        for (code, words) in WORDS.iter() {
            assert!(words.iter().all(|w| !w.is_empty() && **w == w.to_lowercase()), "{code:?}");
        }
    }

    #[test]
    fn a_condition_is_proposed_with_the_words_it_was_seen_in() {
        let text = "Springer morgenmad over på arbejdsdage. Cykler til stationen, ellers ikke meget bevægelse.";
        let found = propose_conditions([text]);
        let quote = |code| found.iter().find(|p| p.code == code).map(|p| p.quote.as_str());
        assert_eq!(quote(ConditionCode::EatingPattern), Some("Springer morgenmad over på arbejdsdage"));
        assert_eq!(quote(ConditionCode::PhysicalActivity), Some("ellers ikke meget bevægelse"));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn what_is_denied_is_not_proposed() {
        assert_eq!(
            codes("Ryger ikke mere"),
            [ConditionCode::TobaccoAndNicotine],
            "said first, denied after: a person decides"
        );
        assert_eq!(codes("Har aldrig røget, ingen smerter, er ikke ensom"), []);
        assert_eq!(codes("Ingen smerter, men sover dårligt"), [ConditionCode::SleepAndRest]);
    }

    #[test]
    fn only_the_beginning_of_a_word_counts_and_text_of_any_kind_is_borne() {
        assert_eq!(codes("Har et alkoholfrit hjem"), [ConditionCode::Alcohol]);
        assert_eq!(codes("Bor på Enkelstrup"), []);
        assert_eq!(codes("…, . ÆØÅ 🙂\n\n"), []);
        assert_eq!(propose_conditions(["Sover dårligt ".repeat(50).as_str()])[0].quote.chars().count(), 70);
    }
}
