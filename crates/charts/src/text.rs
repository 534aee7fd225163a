//! Texts in a figure: escaped, and marked when they are somebody's own words.

/// A label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// Ours: it may be read in another language.
    Ours(String),
    /// Written by people in the system (the name of a team, a place, a tested change): it stays as it is.
    Record(String),
}

impl Text {
    /// What somebody wrote.
    pub fn record(text: impl Into<String>) -> Self {
        Self::Record(text.into())
    }

    /// The words.
    pub fn words(&self) -> &str {
        match self {
            Self::Ours(text) | Self::Record(text) => text,
        }
    }

    /// In HTML.
    pub(crate) fn html(&self) -> String {
        match self {
            Self::Ours(text) => escape(text),
            Self::Record(text) => format!("<span lang=\"da\">{}</span>", escape(text)),
        }
    }

    pub(crate) const fn is_record(&self) -> bool {
        matches!(self, Self::Record(_))
    }
}

impl<T: Into<String>> From<T> for Text {
    fn from(text: T) -> Self {
        Self::Ours(text.into())
    }
}

/// Text as it stands in HTML and XML. Control characters, which XML cannot hold, become spaces.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(' '),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Size of the letters in a drawing, in its own units.
pub(crate) const LETTER: f64 = 14.5;

/// The mean width of a letter of the page's font to its size, a little on the large side.
const LETTER_WIDTH: f64 = 0.535;

/// About how wide a text is: too wide rather than too narrow.
pub(crate) fn width_of(text: &str) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a label has some hundred letters at most")]
    let letters = text.chars().count() as f64;
    letters * LETTER * LETTER_WIDTH
}

/// A text in lines that fit a width. A word that is longer than the line is broken.
pub(crate) fn lines(text: &str, width: f64) -> Vec<String> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width of a drawing, at least eight")]
    let most = (width / (LETTER * LETTER_WIDTH)).max(8.0) as usize;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace().flat_map(|word| pieces(word, most)) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

fn pieces(word: &str, most: usize) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    // The width is an estimate on the large side: a word that is a little too long for it is left whole.
    if letters.len() <= most + most / 6 {
        return vec![word.to_owned()];
    }
    // The hyphen takes a place, and the last piece has none.
    let cut = most - 1;
    let last = letters.len().div_ceil(cut) - 1;
    let piece = |(at, part): (usize, &[char])| {
        let hyphen = if at < last { "-" } else { "" };
        part.iter().collect::<String>() + hyphen
    };
    letters.chunks(cut).enumerate().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_cannot_leave_its_place() {
        assert_eq!(escape("<b> & \"x\" 'y'\u{0}\n"), "&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;  ");
        assert_eq!(Text::record("<i>").html(), "<span lang=\"da\">&lt;i&gt;</span>");
    }

    #[test]
    fn a_long_text_is_broken_between_words_and_a_long_word_inside() {
        let width = LETTER * LETTER_WIDTH * 10.2;
        assert_eq!(lines("Hold for mænd", width), ["Hold for", "mænd"]);
        assert_eq!(lines("Rygestoprådgiverne", width), ["Rygestopr-", "ådgiverne"]);
        assert_eq!(lines("Rygestopper", width), ["Rygestopper"]);
        assert_eq!(lines("", width), Vec::<String>::new());
    }
}
