//! Writing letters: the same element order and layout for all, lengths checked, encoding at the end.
//!
//! Text is brought to NFC, dashes and quotes to the ones every receiver can show, and characters that XML 1.0 does not
//! allow are dropped. Nothing else is changed: text that is too long is an error, never cut.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::encoding::is_xml_char;

mod formatted;
pub(crate) mod parts;
mod split;

pub(crate) use split::split;

/// Encoding of a written message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8: notes and referrals.
    Utf8,
    /// ISO-8859-1, everything outside it as a numeric reference: receipts and correspondence.
    Latin1,
}

/// Why a letter cannot be written. The element is named, its content is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// More characters than the schema allows.
    #[error("{element} is longer than {max} characters")]
    TooLong {
        /// The element.
        element: &'static str,
        /// Characters allowed.
        max: usize,
    },
    /// An element that must have text has none.
    #[error("{element} is empty")]
    Empty {
        /// The element.
        element: &'static str,
    },
    /// The schema demands it, or forbids it, in this version.
    #[error("{element} does not fit the version of the letter")]
    Version {
        /// The element.
        element: &'static str,
    },
    /// More of an element than the schema allows.
    #[error("more than {max} of {element}")]
    TooMany {
        /// The element.
        element: &'static str,
        /// How many are allowed.
        max: usize,
    },
    /// A style inside a style.
    #[error("{element} must not stand inside another style")]
    Nesting {
        /// The inner style.
        element: &'static str,
    },
}

/// An XML document in the making. The first error is kept and returned at the end, so that writing reads like the schema.
pub(crate) struct Writer {
    out: String,
    open: Vec<&'static str>,
    error: Option<WriteError>,
    encoding: Encoding,
}

impl Writer {
    /// Starts the document and its root.
    pub fn new(encoding: Encoding, root: &'static str, namespace: &str) -> Self {
        let label = match encoding {
            Encoding::Utf8 => "UTF-8",
            Encoding::Latin1 => "ISO-8859-1",
        };
        let out = format!("<?xml version=\"1.0\" encoding=\"{label}\"?>\n<{root} xmlns=\"{namespace}\">\n");
        Self { out, open: vec![root], error: None, encoding }
    }

    pub fn fail(&mut self, error: WriteError) {
        self.error.get_or_insert(error);
    }

    fn indent(&mut self) {
        for _ in 0..self.open.len() {
            self.out.push_str("  ");
        }
    }

    pub fn open(&mut self, name: &'static str) {
        self.indent();
        self.push(&["<", name, ">\n"]);
        self.open.push(name);
    }

    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.push(&["</", name, ">\n"]);
        }
    }

    fn push(&mut self, parts: &[&str]) {
        for part in parts {
            self.out.push_str(part);
        }
    }

    /// A required element of 1 to `max` characters.
    pub fn text(&mut self, name: &'static str, max: usize, text: &str) {
        self.text_with(name, "", max, text);
    }

    /// As [`Self::text`] with attributes, written as they are.
    pub fn text_with(&mut self, name: &'static str, attributes: &str, max: usize, text: &str) {
        let text = one_line(text);
        if text.is_empty() {
            self.fail(WriteError::Empty { element: name });
        }
        if text.chars().count() > max {
            self.fail(WriteError::TooLong { element: name, max });
        }
        self.indent();
        self.push(&["<", name, attributes, ">"]);
        escape(&text, &mut self.out);
        self.push(&["</", name, ">\n"]);
    }

    /// An element that is left out when there is nothing to say.
    pub fn optional(&mut self, name: &'static str, max: usize, text: Option<&str>) {
        if let Some(text) = text.filter(|t| !one_line(t).is_empty()) {
            self.text(name, max, text);
        }
    }

    /// More of an element than `max` is an error.
    pub fn at_most(&mut self, element: &'static str, max: usize, count: usize) {
        if count > max {
            self.fail(WriteError::TooMany { element, max });
        }
    }

    /// An element whose content is written as it is: nothing in it needs escaping.
    pub fn raw(&mut self, name: &'static str, content: &str) {
        self.indent();
        self.push(&["<", name, ">", content, "</", name, ">\n"]);
    }

    /// White space of the depth that was reached, for content that has its own lines.
    pub fn margin(&self) -> String {
        "  ".repeat(self.open.len())
    }

    /// Closes everything and encodes.
    pub fn finish(mut self) -> Result<Vec<u8>, WriteError> {
        while !self.open.is_empty() {
            self.close();
        }
        match (self.error, self.encoding) {
            (Some(error), _) => Err(error),
            (None, Encoding::Utf8) => Ok(self.out.into_bytes()),
            (None, Encoding::Latin1) => Ok(latin1(&self.out)),
        }
    }
}

/// True ISO-8859-1. The control characters 0x80–0x9F become references too: many readers take them for windows-1252.
fn latin1(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from(c) {
            Ok(byte) if !(0x80..0xA0).contains(&byte) => out.push(byte),
            _ => out.extend_from_slice(format!("&#{};", u32::from(c)).as_bytes()),
        }
    }
    out
}

/// NFC, plain dashes and quotes, no characters that XML does not allow. Tabs and line ends stay.
pub(crate) fn normalise(text: &str) -> String {
    let plain = text.chars().filter(|c| is_xml_char(*c) && *c != '\r').map(|c| match c {
        '\u{2010}'..='\u{2015}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' => '"',
        c => c,
    });
    let plain: String = plain.collect();
    if is_nfc(&plain) { plain } else { plain.nfc().collect() }
}

/// Normalised text on one line, without white space around it.
fn one_line(text: &str) -> String {
    normalise(text).replace(['\n', '\t'], " ").trim_matches(' ').to_owned()
}

/// The three characters that must not stand in text. Quotes may.
pub(crate) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_brought_to_what_every_receiver_shows() {
        assert_eq!(normalise("A\u{30A}rhus \u{2013} \u{201D}ja\u{201D}\u{0}\u{B}\r\n"), "Århus - \"ja\"\n");
    }

    #[test]
    fn latin1_has_references_for_everything_outside_it() {
        assert_eq!(latin1("æ €\u{80}"), b"\xE6 &#8364;&#128;");
    }

    #[test]
    fn the_first_error_is_the_one_returned() {
        let mut w = Writer::new(Encoding::Utf8, "R", "n");
        w.text("Name", 2, "abc");
        w.text("Other", 2, " \n");
        assert_eq!(w.finish(), Err(WriteError::TooLong { element: "Name", max: 2 }));
    }

    #[test]
    fn characters_are_counted_not_bytes() {
        let mut w = Writer::new(Encoding::Utf8, "R", "n");
        w.text("Name", 3, "æøå");
        assert!(w.finish().is_ok());
    }
}
