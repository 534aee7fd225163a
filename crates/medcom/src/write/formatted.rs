//! Writing FormattedText and BreakableText: no layout is added inside, and white space that is meant is kept by `Space`.

use super::{WriteError, Writer, escape, normalise};
use crate::formatted_text::{FormattedText, Inline, Within};

impl Writer {
    /// A required formatted text. White space at both ends is layout and is dropped.
    pub fn formatted(&mut self, name: &'static str, text: &FormattedText) {
        let mut content = String::new();
        let error = Content { out: &mut content, within: Within::Top, after_space: true }.pieces(&text.0).err();
        if let Some(error) = error {
            self.fail(error);
        }
        if content.is_empty() {
            self.fail(WriteError::Empty { element: name });
        }
        self.raw(name, &content);
    }

    /// Text with `Break` for its line ends, at most `max` characters.
    pub fn breakable(&mut self, name: &'static str, max: usize, text: &str) {
        let text = normalise(text);
        let text = text.trim_matches(['\n', ' ', '\t']);
        if text.chars().count() > max {
            self.fail(WriteError::TooLong { element: name, max });
        }
        self.formatted(name, &FormattedText::from_plain(text));
    }
}

struct Content<'a> {
    out: &'a mut String,
    within: Within,
    /// A space that comes now would be taken for layout.
    after_space: bool,
}

impl Content<'_> {
    fn pieces(&mut self, pieces: &[Inline]) -> Result<(), WriteError> {
        for piece in pieces {
            match piece {
                Inline::Text(text) => {
                    self.text(&normalise(text));
                    continue;
                }
                Inline::Break => self.out.push_str("<Break/>"),
                Inline::Space => self.out.push_str("<Space/>"),
                styled => self.styled(styled)?,
            }
            self.after_space = false;
        }
        Ok(())
    }

    fn styled(&mut self, piece: &Inline) -> Result<(), WriteError> {
        let Some(name) = piece.element() else { return Ok(()) };
        let fixed = matches!(piece, Inline::FixedFont(_));
        if self.within == Within::Style || (fixed && self.within == Within::FixedFont) {
            return Err(WriteError::Nesting { element: name });
        }
        let before = self.out.len();
        self.tag("<", name);
        let start = self.out.len();
        // Inside FixedFont white space is meant as it is, in the styles there too.
        let keep = fixed || self.within == Within::FixedFont;
        let within = if fixed { Within::FixedFont } else { Within::Style };
        if keep && within == Within::Style {
            for child in piece.children() {
                self.kept(child)?;
            }
        } else {
            Content { out: self.out, within, after_space: false }.pieces(piece.children())?;
        }
        if self.out.len() == start {
            self.out.truncate(before);
        } else {
            self.tag("</", name);
        }
        Ok(())
    }

    fn tag(&mut self, open: &str, name: &str) {
        self.out.push_str(open);
        self.out.push_str(name);
        self.out.push('>');
    }

    /// A piece of a style inside FixedFont.
    fn kept(&mut self, piece: &Inline) -> Result<(), WriteError> {
        match piece {
            Inline::Text(text) => escape(&normalise(text), self.out),
            Inline::Break => self.out.push_str("<Break/>"),
            Inline::Space => self.out.push_str("<Space/>"),
            styled => return Err(WriteError::Nesting { element: styled.element().unwrap_or("Text") }),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.within == Within::FixedFont {
            escape(text, self.out);
            return;
        }
        let mut word = [0; 4];
        for c in text.chars() {
            let space = matches!(c, ' ' | '\t');
            match c {
                '\n' => self.out.push_str("<Break/>"),
                _ if space && self.after_space => self.out.push_str("<Space/>"),
                _ if space => self.out.push(' '),
                c => escape(c.encode_utf8(&mut word), self.out),
            }
            self.after_space = space && !self.after_space;
        }
    }
}
