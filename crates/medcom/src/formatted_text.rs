//! MedCom's FormattedText (Anamnesis, Text01, Information): text with line breaks and a few styles.
//!
//! `Right`, `Center`, `Bold`, `Italic` and `Underline` hold only text, `Space` and `Break`; `FixedFont` may hold all the
//! others but not itself. Line breaks and runs of spaces in the XML itself are layout and become one space, except
//! inside FixedFont. There is no length limit, and mixed content may be empty.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    cursor::{Cursor, Token, is_space},
    fault::{Read, Reason, safe_name},
};

/// A piece of formatted text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inline {
    /// Text without line breaks.
    Text(String),
    /// A new line.
    Break,
    /// One space that must stay.
    Space,
    /// Bold text; no other style inside.
    Bold(Vec<Inline>),
    /// Italic text; no other style inside.
    Italic(Vec<Inline>),
    /// Underlined text; no other style inside.
    Underline(Vec<Inline>),
    /// Text in a font where all characters are equally wide; other styles may stand inside.
    FixedFont(Vec<Inline>),
    /// Text at the right margin; no style inside.
    Right(Vec<Inline>),
    /// Centred text; no style inside.
    Center(Vec<Inline>),
}

/// Text with line breaks and styles. `Debug` shows only its length: it is what a doctor wrote about a citizen.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FormattedText(pub Vec<Inline>);

impl fmt::Debug for FormattedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FormattedText({} characters)", self.length())
    }
}

/// Makes a styled piece of its content.
type Style = fn(Vec<Inline>) -> Inline;

/// Which styles may stand at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    Top,
    FixedFont,
    Style,
}

impl Inline {
    /// Element name, if it is one.
    pub(crate) fn element(&self) -> Option<&'static str> {
        match self {
            Self::Text(_) => None,
            Self::Break => Some("Break"),
            Self::Space => Some("Space"),
            Self::Bold(_) => Some("Bold"),
            Self::Italic(_) => Some("Italic"),
            Self::Underline(_) => Some("Underline"),
            Self::FixedFont(_) => Some("FixedFont"),
            Self::Right(_) => Some("Right"),
            Self::Center(_) => Some("Center"),
        }
    }

    /// Characters of the plain text.
    pub(crate) fn length(&self) -> usize {
        match self {
            Self::Text(text) => text.chars().count(),
            Self::Break | Self::Space => 1,
            styled => styled.children().iter().map(Self::length).sum(),
        }
    }

    pub(crate) fn children(&self) -> &[Inline] {
        match self {
            Self::Text(_) | Self::Break | Self::Space => &[],
            Self::Bold(inner)
            | Self::Italic(inner)
            | Self::Underline(inner)
            | Self::FixedFont(inner)
            | Self::Right(inner)
            | Self::Center(inner) => inner,
        }
    }

    /// The element if it may stand here, with what may stand in it.
    fn styled(name: &str, within: Within) -> Option<(Style, Within)> {
        let make: Style = match name {
            "Bold" => Self::Bold,
            "Italic" => Self::Italic,
            "Underline" => Self::Underline,
            "Right" => Self::Right,
            "Center" => Self::Center,
            "FixedFont" if within == Within::Top => return Some((Self::FixedFont, Within::FixedFont)),
            _ => return None,
        };
        (within != Within::Style).then_some((make, Within::Style))
    }
}

impl FormattedText {
    /// Lines become text with `Break` between them, runs of spaces keep their width through `Space`.
    pub fn from_plain(text: &str) -> Self {
        let mut out = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if number > 0 {
                out.push(Inline::Break);
            }
            plain_line(line, &mut out);
        }
        Self(out)
    }

    /// Whether there is nothing to read in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Characters of the plain text.
    pub fn length(&self) -> usize {
        self.0.iter().map(Inline::length).sum()
    }

    /// `Break` as a new line, `Space` as a space, the rest as its text.
    pub fn to_plain_text(&self) -> String {
        let mut out = String::new();
        write_plain(&self.0, &mut out);
        out
    }

    /// As HTML with `b`, `i`, `u`, `br`, `tt` and aligned `div`, the elements of MedCom's own view. Text is escaped.
    pub fn to_html(&self) -> String {
        let mut out = String::new();
        write_html(&self.0, false, &mut out);
        out
    }

    /// Reads the required element of this name.
    pub(crate) fn read(c: &mut Cursor<'_>, name: &'static str) -> Read<Self> {
        c.enter(name)?;
        c.keep_space(true);
        let mut content = inline(c, Within::Top)?;
        c.keep_space(false);
        trim(&mut content);
        Ok(Self(content))
    }

    /// As [`Self::read`], when the element is there; an empty one counts as not there.
    pub(crate) fn read_optional(c: &mut Cursor<'_>, name: &'static str) -> Read<Option<Self>> {
        if c.at(name)? { Self::read(c, name).map(|text| Some(text).filter(|t| !t.is_empty())) } else { Ok(None) }
    }
}

fn plain_line(line: &str, out: &mut Vec<Inline>) {
    for (number, word) in line.split([' ', '\t']).enumerate() {
        if number > 0 {
            match out.last_mut() {
                Some(Inline::Text(text)) if !text.ends_with(' ') && !word.is_empty() => text.push(' '),
                _ => out.push(Inline::Space),
            }
        }
        match out.last_mut() {
            _ if word.is_empty() => {}
            Some(Inline::Text(text)) => text.push_str(word),
            _ => out.push(Inline::Text(word.to_owned())),
        }
    }
}

/// The content of the element that was just entered, to its end tag.
fn inline(c: &mut Cursor<'_>, within: Within) -> Read<Vec<Inline>> {
    let mut out: Vec<Inline> = Vec::new();
    loop {
        match c.child_or_text()? {
            Token::Text(text) => push_text(&mut out, &text, within == Within::FixedFont || c.in_fixed_font()),
            Token::End => {
                c.step_out();
                return Ok(out);
            }
            Token::Start { name, known, .. } => {
                let element = match name {
                    "Break" | "Space" if known => {
                        c.step_in(false)?;
                        c.leave()?;
                        if name == "Break" { Inline::Break } else { Inline::Space }
                    }
                    _ => {
                        let Some((make, inside)) = Inline::styled(name, within).filter(|_| known) else {
                            return Err(c.rule(Reason::Unexpected { element: safe_name(name) }));
                        };
                        c.step_in(false)?;
                        make(inline(c, inside)?)
                    }
                };
                out.push(element);
            }
            Token::Eof => return Err(c.broken("ends inside an element")),
        }
    }
}

/// Adds text, in one piece with text before it; white space is collapsed unless it is meant.
fn push_text(out: &mut Vec<Inline>, text: &str, keep_space: bool) {
    if !matches!(out.last(), Some(Inline::Text(_))) {
        out.push(Inline::Text(String::with_capacity(text.len())));
    }
    let Some(Inline::Text(held)) = out.last_mut() else { return };
    if keep_space {
        held.push_str(text);
        return;
    }
    // Most text has no layout in it and is copied as it is.
    if !has_layout(text, held.ends_with(' ')) {
        held.push_str(text);
        return;
    }
    for c in text.chars() {
        if !is_space(c) {
            held.push(c);
        } else if !held.ends_with(' ') {
            held.push(' ');
        }
    }
}

/// Whether there is white space to collapse: line ends, tabs, or a space after another.
fn has_layout(text: &str, after_space: bool) -> bool {
    let mut space = after_space;
    text.bytes().any(|b| {
        let doubled = space && b == b' ';
        space = b == b' ';
        doubled || matches!(b, b'\n' | b'\t' | b'\r')
    })
}

/// Layout at both ends of the whole text is dropped, and text that is then empty.
fn trim(content: &mut Vec<Inline>) {
    if let Some(Inline::Text(text)) = content.first_mut() {
        text.drain(..text.len() - text.trim_start_matches(is_space).len());
    }
    if let Some(Inline::Text(text)) = content.last_mut() {
        text.truncate(text.trim_end_matches(is_space).len());
    }
    content.retain(|piece| !matches!(piece, Inline::Text(text) if text.is_empty()));
}

fn write_plain(content: &[Inline], out: &mut String) {
    for piece in content {
        match piece {
            Inline::Text(text) => out.push_str(text),
            Inline::Break => out.push('\n'),
            Inline::Space => out.push(' '),
            styled => write_plain(styled.children(), out),
        }
    }
}

fn write_html(content: &[Inline], fixed: bool, out: &mut String) {
    for piece in content {
        let (open, close) = match piece {
            Inline::Text(text) => {
                escape_html(text, fixed, out);
                continue;
            }
            Inline::Break => ("<br>", ""),
            Inline::Space => ("&nbsp;", ""),
            Inline::Bold(_) => ("<b>", "</b>"),
            Inline::Italic(_) => ("<i>", "</i>"),
            Inline::Underline(_) => ("<u>", "</u>"),
            Inline::FixedFont(_) => ("<tt>", "</tt>"),
            Inline::Right(_) => ("<div align=\"right\">", "</div>"),
            Inline::Center(_) => ("<div align=\"center\">", "</div>"),
        };
        out.push_str(open);
        write_html(piece.children(), fixed || matches!(piece, Inline::FixedFont(_)), out);
        out.push_str(close);
    }
}

/// Escapes text; where all characters are equally wide, spaces and line ends are kept.
fn escape_html(text: &str, fixed: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            ' ' if fixed => out.push_str("&nbsp;"),
            '\n' if fixed => out.push_str("<br>"),
            c => out.push(c),
        }
    }
}
