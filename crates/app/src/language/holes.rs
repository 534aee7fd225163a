//! A text with holes, and what may stand in them.

/// A text with holes.
#[derive(Debug)]
pub(super) struct Holed {
    pub(super) pieces: Vec<Piece>,
    pub(super) english: String,
    /// Bytes of what is said; each hole has one more at least.
    least: usize,
}

impl Holed {
    pub(super) fn new(pieces: Vec<Piece>, english: String) -> Self {
        let least = pieces.iter().map(|piece| piece.said().map_or(1, str::len)).sum();
        Self { pieces, english, least }
    }

    /// Characters of what is said: the more, the more certain.
    pub(super) fn certainty(&self) -> usize {
        self.pieces.iter().filter_map(Piece::said).map(|said| said.chars().count()).sum()
    }

    /// Whether a text can be this one, by its length and by how it begins and ends. Most cannot, and this is quick.
    pub(super) fn may_be(&self, text: &str) -> bool {
        let first = self.pieces.first().and_then(Piece::said);
        let last = self.pieces.last().and_then(Piece::said);
        text.len() >= self.least
            && first.is_none_or(|said| text.starts_with(said))
            && last.is_none_or(|said| text.ends_with(said))
    }
}

/// What is said, or a hole with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Said(String),
    Hole(String),
}

impl Piece {
    pub(super) fn said(&self) -> Option<&str> {
        if let Self::Said(text) = self { Some(text) } else { None }
    }
}

/// Where what stands in a hole may end: before each place where the next piece is said, or at the end.
pub(super) fn ends_of(rest: &[Piece], text: &str) -> Vec<usize> {
    match rest.first() {
        None => vec![text.len()].into_iter().filter(|end| *end > 0).collect(),
        Some(Piece::Said(next)) => text.match_indices(next.as_str()).map(|(at, _)| at).filter(|end| *end > 0).collect(),
        Some(Piece::Hole(_)) => text.char_indices().map(|(at, _)| at).filter(|end| *end > 0).collect(),
    }
}

/// A text as what is said and the holes between.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
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

/// A text with what was found in its holes.
pub(super) fn filled(english: &str, found: &[(String, String)]) -> String {
    let value = |name: &str| found.iter().find(|(hole, _)| hole == name).map_or("", |(_, value)| value);
    pieces(english)
        .iter()
        .map(|piece| match piece {
            Piece::Said(text) => text.as_str(),
            Piece::Hole(name) => value(name),
        })
        .collect()
}
