//! The texts, from `english/*.toml`: the Danish one on the left, the English one on the right.
//!
//! A text with something in it has a hole for it, `{…}`, and the hole's name says what may stand there: `{n}` and `{n2}` a
//! number (kept), `{text}` another text of the catalogue (read as well), anything else, such as `{name}`, just what it is.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::LazyLock;

use super::holes::{Holed, Piece, ends_of, filled, pieces};
use crate::{capacity, monitoring, quality};

/// The files, a capability each. `words.toml` has what is shared.
const FILES: [(&str, &str); 34] = [
    ("words", include_str!("english/words.toml")),
    ("administration", include_str!("english/administration.toml")),
    ("bridge", include_str!("english/bridge.toml")),
    ("calendar", include_str!("english/calendar.toml")),
    ("capacity", include_str!("english/capacity.toml")),
    ("catalogue", include_str!("english/catalogue.toml")),
    ("charts", include_str!("english/charts.toml")),
    ("citizens", include_str!("english/citizens.toml")),
    ("cooperation", include_str!("english/cooperation.toml")),
    ("courses", include_str!("english/courses.toml")),
    ("equity", include_str!("english/equity.toml")),
    ("errors", include_str!("english/errors.toml")),
    ("feeds", include_str!("english/feeds.toml")),
    ("improvement", include_str!("english/improvement.toml")),
    ("letters", include_str!("english/letters.toml")),
    ("mailbox", include_str!("english/mailbox.toml")),
    ("open_events", include_str!("english/open_events.toml")),
    ("measures", include_str!("english/measures.toml")),
    ("monitoring", include_str!("english/monitoring.toml")),
    ("notices", include_str!("english/notices.toml")),
    ("overview", include_str!("english/overview.toml")),
    ("packs", include_str!("english/packs.toml")),
    ("population", include_str!("english/population.toml")),
    ("quality", include_str!("english/quality.toml")),
    ("questions", include_str!("english/questions.toml")),
    ("referrals", include_str!("english/referrals.toml")),
    ("reporting", include_str!("english/reporting.toml")),
    ("safety", include_str!("english/safety.toml")),
    ("stopbasen", include_str!("english/stopbasen.toml")),
    ("suppliers", include_str!("english/suppliers.toml")),
    ("together", include_str!("english/together.toml")),
    ("talks", include_str!("english/talks.toml")),
    ("tasks", include_str!("english/tasks.toml")),
    ("teams", include_str!("english/teams.toml")),
];

/// What stands between parts of one line.
const BETWEEN: &str = " · ";

/// Texts within texts within texts, at most.
const DEPTH: u8 = 6;

/// Texts looked for in one, at most: a letter that nobody marked as one must not be searched for long.
const LOOKS: u32 = 2000;

/// All texts.
pub(super) static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| {
    let files = Catalogue::of(&FILES);
    files.with(quality::english()).with(monitoring::english()).with(capacity::english())
});

/// Danish texts and their English ones.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    whole: HashMap<String, String>,
    /// Those with holes, the most certain first.
    holed: Vec<Holed>,
}

/// What a search has found of a part so far, and how deep it was allowed to look.
type Parts = RefCell<HashMap<String, (u8, Option<String>)>>;

/// How far a search may go.
#[derive(Clone, Copy)]
struct Search<'a> {
    depth: u8,
    left: &'a Cell<u32>,
    /// The same part stands in many readings of one text; it is searched once.
    parts: &'a Parts,
}

impl Search<'_> {
    /// One text further in; none when it was far enough.
    fn deeper(self) -> Option<Self> {
        self.left.set(self.left.get().checked_sub(1)?);
        Some(Self { depth: self.depth.checked_sub(1)?, ..self })
    }
}

impl Catalogue {
    /// A file that cannot be read leaves its texts in Danish; a test reads them all.
    fn of(files: &[(&str, &str)]) -> Self {
        let mut all = Self::default();
        for (name, text) in files {
            match toml::from_str::<HashMap<String, String>>(text) {
                Ok(texts) => texts.into_iter().for_each(|(danish, english)| all.add(danish, english)),
                Err(error) => tracing::error!(name, %error, "a file of English texts cannot be read"),
            }
        }
        all.holed.sort_by_key(|holed| std::cmp::Reverse(holed.certainty()));
        all
    }

    /// With texts that come from data; one that a file has stays as the file has it.
    fn with(mut self, more: impl Iterator<Item = (&'static str, String)>) -> Self {
        for (danish, english) in more {
            self.whole.entry(danish.to_owned()).or_insert(english);
        }
        self
    }

    fn add(&mut self, danish: String, english: String) {
        let pieces = pieces(&danish);
        if pieces.iter().any(|piece| matches!(piece, Piece::Hole(_))) {
            self.holed.push(Holed::new(pieces, english));
        } else {
            self.whole.insert(danish, english);
        }
    }

    /// The English text, when there is one. What has no letters is the same in both languages.
    pub(super) fn english(&self, danish: &str) -> Option<String> {
        self.found(danish, Search { depth: DEPTH, left: &Cell::new(LOOKS), parts: &Parts::default() })
    }

    fn found(&self, danish: &str, search: Search<'_>) -> Option<String> {
        if !danish.chars().any(char::is_alphabetic) {
            return Some(danish.to_owned());
        }
        match search.parts.borrow().get(danish) {
            Some((_, Some(english))) => return Some(english.clone()),
            Some((depth, None)) if *depth >= search.depth => return None,
            _ => {}
        }
        let english = self.searched(danish, search.deeper()?);
        search.parts.borrow_mut().insert(danish.to_owned(), (search.depth, english.clone()));
        english
    }

    fn searched(&self, danish: &str, search: Search<'_>) -> Option<String> {
        if let Some(english) = self.exactly(danish) {
            return Some(english);
        }
        if let Some(english) = self.one_by_one(danish, ". ", search) {
            return Some(english);
        }
        // One line of several parts: each is a text of its own.
        if danish.contains(BETWEEN) {
            let parts: Option<Vec<String>> = danish.split(BETWEEN).map(|part| self.found(part, search)).collect();
            if let Some(parts) = parts {
                return Some(parts.join(BETWEEN));
            }
        }
        let holed = self.holed.iter().filter(|holed| holed.may_be(danish)).find_map(|holed| {
            let mut found = Vec::new();
            self.fits(&holed.pieces, danish, search, &mut found).then(|| filled(&holed.english, &found))
        });
        holed.or_else(|| self.one_by_one(danish, ", ", search))
    }

    /// Sentences, or a list. A part may have such a sign of its own, so every place is tried. A sentence keeps its stop,
    /// and the next one begins with a capital letter, which the month of a date does not.
    fn one_by_one(&self, danish: &str, between: &str, search: Search<'_>) -> Option<String> {
        let sentences = between == ". ";
        danish.match_indices(between).find_map(|(at, _)| {
            let rest = danish.get(at + between.len()..)?;
            if sentences && !rest.starts_with(|c: char| c.is_uppercase() || c == '”') {
                return None;
            }
            let whole = danish.get(..=at).filter(|_| sentences);
            let sentence = whole.and_then(|sentence| Some(self.found(sentence, search)? + " "));
            let first = sentence.or_else(|| Some(self.found(danish.get(..at)?, search)? + between))?;
            let rest = self.one_by_one(rest, between, search).or_else(|| self.found(rest, search))?;
            Some(first + &rest)
        })
    }

    /// A text that stands within another begins with a small letter, or the other way round.
    fn exactly(&self, danish: &str) -> Option<String> {
        if let Some(english) = self.whole.get(danish) {
            return Some(english.clone());
        }
        let first = danish.chars().next()?;
        let small = first.is_lowercase();
        let english = self.whole.get(&with_first(danish, !small))?;
        Some(if english.starts_with("I ") || english.starts_with("I'") {
            english.clone()
        } else {
            with_first(english, small)
        })
    }

    /// Whether a text is made of these pieces; what stands in the holes comes out in English.
    fn fits(&self, pieces: &[Piece], text: &str, search: Search<'_>, found: &mut Vec<(String, String)>) -> bool {
        let Some((piece, rest)) = pieces.split_first() else { return text.is_empty() };
        match piece {
            Piece::Said(said) => {
                text.strip_prefix(said.as_str()).is_some_and(|after| self.fits(rest, after, search, found))
            }
            Piece::Hole(name) => {
                let ends = ends_of(rest, text);
                ends.into_iter().any(|end| {
                    let before = found.len();
                    // What stands after the hole is seen quickly; what stands in it may be a long search.
                    let value = self
                        .fits(rest, &text[end..], search, found)
                        .then(|| self.value(name, &text[..end], search))
                        .flatten();
                    let Some(value) = value else {
                        found.truncate(before);
                        return false;
                    };
                    found.push((name.clone(), value));
                    true
                })
            }
        }
    }

    fn value(&self, hole: &str, text: &str, search: Search<'_>) -> Option<String> {
        match hole.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "n" => {
                let number = text.chars().all(|c| c.is_ascii_digit() || ".,-–: /".contains(c));
                (number && text.chars().any(|c| c.is_ascii_digit())).then(|| text.to_owned())
            }
            "text" => text.chars().any(char::is_alphabetic).then(|| self.found(text, search)).flatten(),
            _ => Some(text.to_owned()),
        }
    }
}

fn with_first(text: &str, small: bool) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| if small { c.to_lowercase().to_string() } else { c.to_uppercase().to_string() });
    first.unwrap_or_default() + chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn few() -> Catalogue {
        Catalogue::of(&[(
            "few",
            r#"
            "I morgen" = "Tomorrow"
            "Frist i dag" = "Due today"
            "tirsdag" = "Tuesday"
            "marts" = "March"
            "Mål" = "Goals"
            "{text} {n}. {text2}" = "{text} {n} {text2}"
            "Om {n} dage" = "In {n} days"
            "Om {what}" = "About {what}"
            "{name} har tid {text}" = "{name} has an appointment {text}"
            "#,
        )])
    }

    #[test]
    fn a_text_is_found_whole_with_a_small_letter_in_parts_and_with_holes() {
        let few = few();
        let read = |text: &str| few.english(text);
        assert_eq!(read("Frist i dag").as_deref(), Some("Due today"));
        assert_eq!(read("frist i dag").as_deref(), Some("due today"));
        assert_eq!(read("tirsdag 3. marts").as_deref(), Some("Tuesday 3 March"));
        assert_eq!(read("Mål · Om 3 dage · 4").as_deref(), Some("Goals · In 3 days · 4"));
        assert_eq!(read("Bruno har tid tirsdag 3. marts").as_deref(), Some("Bruno has an appointment Tuesday 3 March"));
        assert_eq!(read("12–14").as_deref(), Some("12–14"));
        assert_eq!(read("Frist i aften"), None);
        assert_eq!(read("Bruno har tid en dag"), None, "a text in a hole must be known too");
    }

    #[test]
    fn lists_and_sentences_are_read_part_by_part() {
        let few = Catalogue::of(&[(
            "few",
            r#"
            "Det mangler: {text}." = "Missing: {text}."
            "et mål" = "a goal"
            "behov (tolk, syn)" = "needs (interpreter, sight)"
            "Ring op." = "Call."
            "marts" = "March"
            "nov" = "Nov"
            "nov." = "Nov"
            "{n}. {text}" = "{n} {text}"
            "Notat" = "Note"
            "Modtaget {text}. {text2}" = "Received {text}. {text2}"
            "#,
        )]);
        let read = |text: &str| few.english(text);
        let missing = "Det mangler: et mål, behov (tolk, syn), notat.";
        assert_eq!(read(missing).as_deref(), Some("Missing: a goal, needs (interpreter, sight), note."));
        assert_eq!(read("Ring op. 3. marts. Notat").as_deref(), None, "a sentence begins with a capital letter");
        assert_eq!(read("Ring op. Notat. Ring op.").as_deref(), Some("Call. Note. Call."));
        assert_eq!(read("Modtaget 25. nov. Ring op.").as_deref(), Some("Received 25 Nov. Call."), "a day is one text");
        assert_eq!(read("Notat, et brev"), None);
        assert_eq!(read(&"Notat, et mål, et brev. ".repeat(200)), None, "it is not searched for long");
    }

    #[test]
    fn the_most_certain_text_is_taken() {
        assert_eq!(few().english("Om 3 dage").as_deref(), Some("In 3 days"));
        assert_eq!(few().english("Om tre dage").as_deref(), Some("About tre dage"));
    }

    /// Every file is read, no text stands twice, and each English text has the holes of its Danish one.
    #[test]
    fn the_catalogue_holds_together() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for (name, text) in FILES {
            for (danish, english) in toml::from_str::<HashMap<String, String>>(text).expect(name) {
                let holes = |text: &str| {
                    let mut holes: Vec<Piece> =
                        pieces(text).into_iter().filter(|p| matches!(p, Piece::Hole(_))).collect();
                    holes.sort_by_key(|hole| format!("{hole:?}"));
                    holes
                };
                assert_eq!(holes(&danish), holes(&english), "{name}: {danish}");
                assert!(
                    pieces(&danish).iter().any(|piece| piece.said().is_some()) || danish.contains("text"),
                    "{name}: {danish} is any text"
                );
                assert_eq!(danish.trim(), danish, "{name}");
                assert!(!english.trim().is_empty(), "{name}: {danish}");
                if let Some(other) = seen.insert(danish.clone(), name) {
                    panic!("{danish} stands in {other} and in {name}");
                }
            }
        }
    }
}
