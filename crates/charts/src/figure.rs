//! The whole of a figure: what is seen in a sentence, the drawing, and the numbers as a table.

use std::fmt::Write as _;

use crate::canvas::Canvas;
use crate::text::{Text, escape};

/// The place a drawing is made for. Both stand in the page; the stylesheet shows the one that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// 640 units: a column of a page, or paper.
    Wide,
    /// 280 units: a phone, or a narrow column.
    Narrow,
}

impl Width {
    pub(crate) const fn units(self) -> f64 {
        match self {
            Self::Wide => 640.0,
            Self::Narrow => 280.0,
        }
    }

    pub(crate) const fn is_wide(self) -> bool {
        matches!(self, Self::Wide)
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }
}

/// What a picture is drawn on: how wide it is, and the language it is read in.
#[derive(Clone, Copy)]
pub struct Sheet<'a> {
    pub(crate) width: Width,
    read: &'a Read<'a>,
}

/// A Danish text in another language; none leaves it as it is.
pub type Read<'a> = dyn Fn(&str) -> Option<String> + 'a;

impl<'a> Sheet<'a> {
    pub(crate) const fn canvas(self) -> Canvas<'a> {
        Canvas::new(self)
    }

    /// A text of ours in the reader's language; what people wrote stays.
    pub(crate) fn say(self, text: &Text) -> Text {
        match text {
            Text::Ours(words) => Text::Ours((self.read)(words).unwrap_or_else(|| words.clone())),
            Text::Record(_) => text.clone(),
        }
    }
}

/// A drawing that is done.
pub struct Drawn {
    across: f64,
    down: f64,
    body: String,
}

impl From<Canvas<'_>> for Drawn {
    fn from(canvas: Canvas<'_>) -> Self {
        let (across, down, body) = canvas.into_parts();
        Self { across, down, body }
    }
}

/// The numbers of a figure. The first cell of a row is its name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// What each column holds.
    pub columns: Vec<Text>,
    /// A row for each point, bar or group.
    pub rows: Vec<Vec<Text>>,
}

/// Something that can be drawn. What it says and what it draws come from the same data.
pub trait Picture {
    /// What it is about.
    fn title(&self) -> String;
    /// What is seen, in a sentence or two: the description for those who listen, and the caption for those who look.
    fn finding(&self) -> String;
    /// The drawing for a place.
    fn draw(&self, sheet: Sheet<'_>) -> Drawn;
    /// Its numbers.
    fn table(&self) -> Table;
    /// How to read it: the rule that is on, what is hidden.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
    /// Letters in the drawing and what they stand for.
    fn letters(&self) -> Vec<(String, Text)> {
        Vec::new()
    }
}

/// A figure, ready for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The drawing for a wide place: one `<svg>`.
    pub wide: String,
    /// The drawing for a narrow place.
    pub narrow: String,
    /// The numbers: one `<table>`.
    pub table: String,
    /// What is seen.
    pub finding: String,
    title: String,
    notes: Vec<String>,
    letters: Vec<(String, Text)>,
    numbers: String,
    language: String,
}

impl Figure {
    /// Draws a picture in Danish. `id` must be the only one of its kind in the page; other than letters, digits and hyphens
    /// are left out.
    pub fn of(id: &str, picture: &impl Picture) -> Self {
        Self::read_in("da", &|_| None, id, picture)
    }

    /// Draws a picture in another language, by its code: each text of ours is read before it is broken into lines, so the
    /// figure says its language itself and is not read again with the page.
    pub fn read_in(language: &str, read: &Read<'_>, id: &str, picture: &impl Picture) -> Self {
        let id: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let say = |text: String| read(&text).unwrap_or(text);
        let (title, finding) = (say(picture.title()), say(picture.finding()));
        let sheet = |width| Sheet { width, read };
        let svg = |width| svg(&id, width, &title, &finding, &picture.draw(sheet(width)));
        Self {
            wide: svg(Width::Wide),
            narrow: svg(Width::Narrow),
            table: table(&title, &picture.table(), sheet(Width::Wide)),
            notes: picture.notes().into_iter().map(say).collect(),
            letters: picture.letters(),
            numbers: say("Vis som tabel".to_owned()),
            language: language.to_owned(),
            title,
            finding,
        }
    }

    /// The figure as HTML. Its heading is the page's: here stand the finding, the drawing, the notes and the table, which is
    /// folded until somebody asks for it.
    pub fn html(&self) -> String {
        let mut notes = String::new();
        for (letter, words) in &self.letters {
            let _ = write!(notes, "<li><strong>{}</strong> {}</li>", escape(letter), words.html());
        }
        for note in &self.notes {
            let _ = write!(notes, "<li>{}</li>", escape(note));
        }
        let notes = if notes.is_empty() { notes } else { format!("<ul class=\"fb-chart-notes\">{notes}</ul>") };
        format!(
            "<figure class=\"fb-chart\" lang=\"{}\"><figcaption class=\"fb-chart-finding\">{}</figcaption>{}{}{notes}\
             <details class=\"fb-chart-numbers\"><summary>{}</summary>\
             <div class=\"fb-chart-scroll\" role=\"region\" aria-label=\"{}\" tabindex=\"0\">{}</div></details></figure>",
            escape(&self.language),
            escape(&self.finding),
            self.wide,
            self.narrow,
            escape(&self.numbers),
            escape(&self.title),
            self.table,
        )
    }
}

fn svg(id: &str, width: Width, title: &str, finding: &str, drawn: &Drawn) -> String {
    let Drawn { across, down, body } = drawn;
    let word = width.word();
    format!(
        "<svg class=\"fb-chart-svg fb-chart-{word}\" viewBox=\"0 0 {across:.0} {down:.0}\" role=\"img\" \
         aria-labelledby=\"{id}-{word}-title {id}-{word}-desc\" xmlns=\"http://www.w3.org/2000/svg\">\
         <title id=\"{id}-{word}-title\">{}</title><desc id=\"{id}-{word}-desc\">{}</desc>{body}</svg>",
        escape(title),
        escape(finding),
    )
}

fn table(title: &str, table: &Table, sheet: Sheet<'_>) -> String {
    let mut html = format!(
        "<table class=\"fb-table fb-table--keep fb-chart-table\"><caption class=\"fb-meta\">{}</caption><thead><tr>",
        escape(title)
    );
    for (at, column) in table.columns.iter().enumerate() {
        let class = if at == 0 { "" } else { " class=\"fb-num\"" };
        let _ = write!(html, "<th scope=\"col\"{class}>{}</th>", sheet.say(column).html());
    }
    html.push_str("</tr></thead><tbody>");
    for row in &table.rows {
        html.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let _ = match at {
                0 => write!(html, "<th scope=\"row\">{}</th>", sheet.say(cell).html()),
                _ => write!(html, "<td class=\"fb-num\">{}</td>", sheet.say(cell).html()),
            };
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table>");
    html
}
