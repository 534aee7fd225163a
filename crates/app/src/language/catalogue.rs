//! The texts, from `english/*.toml`: the Danish one on the left, the English one on the right.
//!
//! A text with something in it has a hole for it, `{…}`, and the hole's name says what may stand there: `{n}` and `{n2}` a
//! number (kept), `{text}` another text of the catalogue (read as well), anything else, such as `{name}`, just what it is.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The files, a capability each. `words.toml` has what is shared.
const FILES: [(&str, &str); 7] = [
    ("words", include_str!("english/words.toml")),
    ("administration", include_str!("english/administration.toml")),
    ("calendar", include_str!("english/calendar.toml")),
    ("errors", include_str!("english/errors.toml")),
    ("mailbox", include_str!("english/mailbox.toml")),
    ("reporting", include_str!("english/reporting.toml")),
    ("teams", include_str!("english/teams.toml")),
];

/// What stands between parts of one line.
const BETWEEN: &str = " · ";

/// What stands between the texts of a list; a text may have it itself.
const IN_LIST: &str = ", ";

/// Texts within texts within texts, at most.
const DEPTH: u8 = 4;

/// All texts.
pub(super) static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::of(&FILES));

/// Danish texts and their English ones.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    whole: HashMap<String, String>,
    /// Those with holes, the most certain first.
    holed: Vec<(Vec<Piece>, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Said(String),
    Hole(String),
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
        all.holed.sort_by_key(|(pieces, _)| std::cmp::Reverse(said(pieces)));
        all
    }

    fn add(&mut self, danish: String, english: String) {
        let pieces = pieces(&danish);
        if pieces.iter().any(|piece| matches!(piece, Piece::Hole(_))) {
            self.holed.push((pieces, english));
        } else {
            self.whole.insert(danish, english);
        }
    }

    /// The English text, when there is one. What has no letters is the same in both languages.
    pub(super) fn english(&self, danish: &str) -> Option<String> {
        self.at_depth(danish, DEPTH)
    }

    fn at_depth(&self, danish: &str, depth: u8) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        self.one(danish, depth).or_else(|| self.list(danish, depth))
    }

    fn one(&self, danish: &str, depth: u8) -> Option<String> {
        if !danish.chars().any(char::is_alphabetic) {
            return Some(danish.to_owned());
        }
        if let Some(english) = self.exactly(danish) {
            return Some(english);
        }
        // One line of several parts: each is a text of its own.
        if danish.contains(BETWEEN) {
            let parts: Option<Vec<String>> = danish.split(BETWEEN).map(|part| self.at_depth(part, depth)).collect();
            if let Some(parts) = parts {
                return Some(parts.join(BETWEEN));
            }
        }
        self.holed.iter().find_map(|(pieces, english)| {
            let mut found = Vec::new();
            self.fits(pieces, danish, depth, &mut found).then(|| filled(english, &found))
        })
    }

    /// A list of texts, however long.
    fn list(&self, danish: &str, depth: u8) -> Option<String> {
        danish.match_indices(IN_LIST).find_map(|(at, _)| {
            let first = self.one(&danish[..at], depth)?;
            let rest = &danish[at + IN_LIST.len()..];
            let rest = self.one(rest, depth).or_else(|| self.list(rest, depth))?;
            Some(first + IN_LIST + &rest)
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
    fn fits(&self, pieces: &[Piece], text: &str, depth: u8, found: &mut Vec<(String, String)>) -> bool {
        let Some((piece, rest)) = pieces.split_first() else { return text.is_empty() };
        match piece {
            Piece::Said(said) => {
                text.strip_prefix(said.as_str()).is_some_and(|after| self.fits(rest, after, depth, found))
            }
            Piece::Hole(name) => {
                let ends = ends_of(rest, text);
                ends.into_iter().any(|end| {
                    if !shaped(rest, &text[end..]) {
                        return false;
                    }
                    let Some(value) = self.value(name, &text[..end], depth) else { return false };
                    let before = found.len();
                    found.push((name.clone(), value));
                    let fits = self.fits(rest, &text[end..], depth, found);
                    if !fits {
                        found.truncate(before);
                    }
                    fits
                })
            }
        }
    }

    fn value(&self, hole: &str, text: &str, depth: u8) -> Option<String> {
        match kind(hole) {
            "n" => is_number(text).then(|| text.to_owned()),
            "text" => self.at_depth(text, depth),
            _ => Some(text.to_owned()),
        }
    }
}

fn kind(hole: &str) -> &str {
    hole.trim_end_matches(|c: char| c.is_ascii_digit())
}

fn is_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || ".,-–: /".contains(c)) && text.chars().any(|c| c.is_ascii_digit())
}

/// Whether a text may be made of these pieces, before the dear question is asked whether what stands in them is known.
fn shaped(pieces: &[Piece], text: &str) -> bool {
    let Some((piece, rest)) = pieces.split_first() else { return text.is_empty() };
    match piece {
        Piece::Said(said) => text.strip_prefix(said.as_str()).is_some_and(|after| shaped(rest, after)),
        Piece::Hole(name) => ends_of(rest, text)
            .into_iter()
            .any(|end| (kind(name) != "n" || is_number(&text[..end])) && shaped(rest, &text[end..])),
    }
}

/// Where what stands in a hole may end: before each place where the next piece is said, or at the end.
fn ends_of(rest: &[Piece], text: &str) -> Vec<usize> {
    match rest.first() {
        None => vec![text.len()].into_iter().filter(|end| *end > 0).collect(),
        Some(Piece::Said(next)) => text.match_indices(next.as_str()).map(|(at, _)| at).filter(|end| *end > 0).collect(),
        Some(Piece::Hole(_)) => text.char_indices().map(|(at, _)| at).filter(|end| *end > 0).collect(),
    }
}

fn said(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| if let Piece::Said(text) = piece { text.chars().count() } else { 0 }).sum()
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, (hole, after))) = rest.split_once('{').and_then(|(b, a)| Some((b, a.split_once('}')?))) {
        if !before.is_empty() {
            pieces.push(Piece::Said(before.to_owned()));
        }
        pieces.push(Piece::Hole(hole.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Said(rest.to_owned()));
    }
    pieces
}

fn filled(english: &str, found: &[(String, String)]) -> String {
    let value = |name: &str| found.iter().find(|(hole, _)| hole == name).map_or("", |(_, value)| value);
    pieces(english)
        .iter()
        .map(|piece| match piece {
            Piece::Said(text) => text.as_str(),
            Piece::Hole(name) => value(name),
        })
        .collect()
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
        assert_eq!(read("Mål, om 3 dage, mål, i morgen, 4, mål"), None, "the small letter is for whole texts");
        assert_eq!(read("Mål, i morgen, mål, mål, 4, mål").as_deref(), Some("Goals, tomorrow, goals, goals, 4, goals"));
        assert_eq!(read("Frist i aften"), None);
        assert_eq!(read("Bruno har tid en dag"), None, "a text in a hole must be known too");
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
                assert!(said(&pieces(&danish)) > 0 || danish.contains("text"), "{name}: {danish} is any text");
                assert_eq!(danish.trim(), danish, "{name}");
                assert!(!english.trim().is_empty(), "{name}: {danish}");
                if let Some(other) = seen.insert(danish.clone(), name) {
                    panic!("{danish} stands in {other} and in {name}");
                }
            }
        }
    }
}
