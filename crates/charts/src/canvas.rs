//! A drawing under way: shapes with classes, and texts that are escaped.

use std::fmt::Write as _;

use crate::figure::Sheet;
use crate::text::{LETTER, Text, escape, lines, width_of};

/// From one line of text to the next.
pub(crate) const LINE: f64 = 19.0;

/// Where a text stands to its place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// What a row of the key shows beside its words.
#[derive(Clone, Copy)]
pub(crate) enum Sign {
    /// A line of a class.
    Line(&'static str),
    /// A field of a class.
    Field(&'static str),
    /// A mark of a class.
    Mark(Mark, &'static str),
}

/// Marks, told apart by shape.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Dot,
    Diamond,
    Square,
}

/// A row of the key.
pub(crate) struct Key {
    pub sign: Sign,
    pub words: Text,
}

impl Key {
    pub(crate) fn new(sign: Sign, words: impl Into<Text>) -> Self {
        Self { sign, words: words.into() }
    }
}

/// A drawing of a width; it grows downwards.
pub(crate) struct Canvas<'a> {
    sheet: Sheet<'a>,
    pub width: f64,
    pub height: f64,
    body: String,
}

impl<'a> Canvas<'a> {
    pub(crate) const fn new(sheet: Sheet<'a>) -> Self {
        Self { sheet, width: sheet.width.units(), height: 0.0, body: String::new() }
    }

    pub(crate) fn into_parts(self) -> (f64, f64, String) {
        (self.width, self.height, self.body)
    }

    pub(crate) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.put(format_args!(
            r#"<line class="{class}" x1="{}" y1="{}" x2="{}" y2="{}"/>"#,
            n(from.0),
            n(from.1),
            n(to.0),
            n(to.1)
        ));
    }

    /// A rectangle by its corner and size.
    pub(crate) fn field(&mut self, class: &str, corner: (f64, f64), size: (f64, f64)) {
        self.put(format_args!(
            r#"<rect class="{class}" x="{}" y="{}" width="{}" height="{}"/>"#,
            n(corner.0),
            n(corner.1),
            n(size.0.max(0.0)),
            n(size.1.max(0.0))
        ));
    }

    /// A line through points.
    pub(crate) fn path(&mut self, class: &str, points: &[(f64, f64)]) {
        if points.len() < 2 {
            return;
        }
        let mut way = String::new();
        for (at, (x, y)) in points.iter().enumerate() {
            let _ = write!(way, "{}{} {}", if at == 0 { "M" } else { "L" }, n(*x), n(*y));
        }
        self.put(format_args!(r#"<path class="{class}" d="{way}"/>"#));
    }

    /// A mark of a size, from its middle to its edge.
    pub(crate) fn mark(&mut self, mark: Mark, class: &str, (x, y): (f64, f64), size: f64) {
        match mark {
            Mark::Dot => {
                self.put(format_args!(r#"<circle class="{class}" cx="{}" cy="{}" r="{}"/>"#, n(x), n(y), n(size)));
            }
            Mark::Square => self.field(class, (x - size, y - size), (size * 2.0, size * 2.0)),
            Mark::Diamond => self.put(format_args!(
                r#"<path class="{class}" d="M{} {}L{} {}L{} {}L{} {}Z"/>"#,
                n(x),
                n(y - size),
                n(x + size),
                n(y),
                n(x),
                n(y + size),
                n(x - size),
                n(y)
            )),
        }
    }

    /// A line of text; its place is the foot of its letters.
    pub(crate) fn text(&mut self, class: &str, (x, y): (f64, f64), anchor: Anchor, text: &Text) {
        let text = self.sheet.say(text);
        self.words(class, (x, y), anchor, text.words(), text.is_record());
    }

    /// A line of text of ours.
    pub(crate) fn say(&mut self, class: &str, place: (f64, f64), anchor: Anchor, text: &str) {
        self.text(class, place, anchor, &Text::from(text));
    }

    /// A sign that is the same in every language: a letter, a number.
    pub(crate) fn sign(&mut self, class: &str, place: (f64, f64), anchor: Anchor, sign: &str) {
        self.words(class, place, anchor, sign, false);
    }

    /// A text in the reader's language in lines that fit a width.
    pub(crate) fn lines(&self, text: &Text, width: f64) -> Vec<String> {
        lines(self.sheet.say(text).words(), width)
    }

    /// How wide a text is in the reader's language.
    pub(crate) fn width_of(&self, text: impl Into<Text>) -> f64 {
        width_of(self.sheet.say(&text.into()).words())
    }

    /// Lines under each other that are in the reader's language already.
    pub(crate) fn stacked(&mut self, class: &str, (x, mut y): (f64, f64), lines: &[String]) {
        for line in lines {
            self.words(class, (x, y), Anchor::Middle, line, false);
            y += LINE;
        }
    }

    /// A text in as many lines as it needs, the first at the place; says how far down it came.
    pub(crate) fn wrapped(&mut self, class: &str, (x, y): (f64, f64), width: f64, text: &Text) -> f64 {
        let mut foot = y;
        for (at, line) in self.lines(text, width).iter().enumerate() {
            foot = y + LINE * f64::from(u16::try_from(at).unwrap_or(u16::MAX));
            self.words(class, (x, foot), Anchor::Start, line, text.is_record());
        }
        foot
    }

    fn words(&mut self, class: &str, (x, y): (f64, f64), anchor: Anchor, text: &str, record: bool) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let class = if class.is_empty() { String::new() } else { format!(r#" class="{class}""#) };
        let lang = if record { r#" lang="da""# } else { "" };
        self.put(format_args!(r#"<text{class}{lang} x="{}" y="{}"{anchor}>{}</text>"#, n(x), n(y), escape(text)));
    }

    /// The key below the drawing: as many beside each other as there is room for.
    pub(crate) fn key(&mut self, left: f64, rows: &[Key]) {
        if rows.is_empty() {
            return;
        }
        let (mut x, mut y) = (left, self.height + LINE + 5.0);
        for row in rows {
            let width = 34.0 + self.width_of(row.words.clone());
            if x > left && x + width > self.width {
                (x, y) = (left, y + LINE + 3.0);
            }
            let middle = y - LETTER * 0.35;
            match row.sign {
                Sign::Line(class) => self.line(class, (x, middle), (x + 24.0, middle)),
                Sign::Field(class) => self.field(class, (x, middle - 7.0), (24.0, 14.0)),
                Sign::Mark(mark, class) => {
                    self.mark(mark, class, (x + 12.0, middle), if mark == Mark::Diamond { 6.5 } else { 5.0 });
                }
            }
            let foot = self.wrapped("fb-chart-word", (x + 34.0, y), self.width - x - 34.0, &row.words);
            if foot > y {
                // What is broken into lines stands alone.
                (x, y) = (left, foot + LINE + 3.0);
            } else {
                x += width + 22.0;
            }
        }
        self.height = if x > left { y } else { y - LINE - 3.0 } + 7.0;
    }

    fn put(&mut self, shape: std::fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(shape);
    }
}

/// Whether a text fits a width on one line.
pub(crate) fn fits(text: &str, width: f64) -> bool {
    width_of(text) <= width
}

/// A number of the drawing: one decimal is a tenth of a dot.
fn n(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The letter of a mark that is named beside the drawing: A, B … and numbers past Z.
pub(crate) fn letter(at: usize) -> String {
    let letter = u8::try_from(at).ok().filter(|at| *at < 26);
    letter.map_or_else(|| (at + 1).to_string(), |at| char::from(b'A' + at).to_string())
}
