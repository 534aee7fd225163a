//! Points over time: the run chart, and the p-chart when there are limits.
//!
//! What is a signal is decided elsewhere and only shown here: a tinted field with its words. The last figure is hollow while
//! it is preliminary, a change that was tested is a dashed line with its name, and a month without a figure is a gap.

mod draw;
mod words;

use crate::canvas::letter;
use crate::figure::{Drawn, Picture, Sheet, Table};
use crate::number::{count, percent};
use crate::scale::Unit;
use crate::text::Text;

/// What there is to show of a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PointValue {
    /// Its value.
    Value(f64),
    /// Too few to be shown.
    Hidden,
    /// Nothing happened, or nothing was recorded.
    Missing,
}

/// A period with its figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// On the axis, without the year: "nov."
    pub label: String,
    /// The year, told once on the axis.
    pub year: i16,
    /// In sentences and the table: "november 2026".
    pub name: String,
    /// Its figure.
    pub reading: PointValue,
    /// Numerator and denominator, for the table.
    pub counts: Option<(u32, u32)>,
    /// It can still change by itself.
    pub preliminary: bool,
}

/// A median or mean over a stretch. Places are points counted from zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CentreLine {
    /// Its value.
    pub value: f64,
    /// First point of the stretch.
    pub from: usize,
    /// The point after the last of its own.
    pub to: usize,
    /// The point after the last that it is carried on to, dotted.
    pub carried_to: usize,
    /// Made of ten or eleven points.
    pub preliminary: bool,
}

/// A run that is more than chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signal {
    /// First point.
    pub from: usize,
    /// Last point.
    pub to: usize,
    /// Points that count.
    pub points: usize,
    /// On which side of the line.
    pub above: bool,
    /// Whether that side is better; none when neither is.
    pub better: Option<bool>,
}

/// A change that was tested (PDSA).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The first point after it.
    pub at: usize,
    /// What was changed.
    pub name: Text,
}

/// What chance allows in one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ControlLimits {
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// What a point stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PeriodStep {
    /// A month.
    #[default]
    Month,
    /// A quarter.
    Quarter,
    /// Another period.
    Other,
}

/// A run chart or p-chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What it is about: "Gennemførte af startede".
    pub title: String,
    /// What a value is, as a sentence begins with it: "Andelen", "Ventetiden", "Antallet".
    pub subject: String,
    /// What is measured.
    pub unit: Unit,
    /// What a point stands for.
    pub step: PeriodStep,
    /// In order of time.
    pub points: Vec<Point>,
    /// In order of time; a second one is the new median.
    pub lines: Vec<CentreLine>,
    /// Runs that are too long.
    pub signals: Vec<Signal>,
    /// How often the line is crossed and how often chance would at least, when it is crossed too seldom.
    pub few_crossings: Option<(usize, usize)>,
    /// ControlLimits of each point; empty in a run chart.
    pub limits: Vec<Option<ControlLimits>>,
    /// Points outside their limits.
    pub outside: Vec<usize>,
    /// Tested changes.
    pub changes: Vec<Change>,
    /// What one wants to reach.
    pub goal: Option<f64>,
    /// The rule that is on, as it stands beside the chart.
    pub rule: Option<String>,
}

impl Series {
    fn has_limits(&self) -> bool {
        self.limits.iter().any(Option::is_some)
    }

    /// "median" in a run chart, "gennemsnit" in a p-chart.
    fn line_word(&self) -> &'static str {
        if self.has_limits() { "gennemsnit" } else { "median" }
    }

    fn value(&self, at: usize) -> Option<f64> {
        match self.points.get(at)?.reading {
            PointValue::Value(value) if value.is_finite() => Some(value),
            PointValue::Value(_) | PointValue::Hidden | PointValue::Missing => None,
        }
    }

    fn any(&self, wanted: impl Fn(&Point) -> bool) -> bool {
        self.points.iter().any(wanted)
    }

    fn change_at(&self, at: usize) -> impl Iterator<Item = (usize, &Change)> {
        self.changes.iter().enumerate().filter(move |(_, change)| change.at == at)
    }

    fn row(&self, at: usize, point: &Point) -> Vec<Text> {
        let shown = |at| self.value(at).map_or_else(|| "Ingen tal".to_owned(), |value| self.unit.say(value, 1));
        let figure = match point.reading {
            PointValue::Hidden => "Skjult".to_owned(),
            PointValue::Value(_) | PointValue::Missing => shown(at),
        };
        let mut row: Vec<Text> = vec![point.name.clone().into(), figure.into()];
        if self.any(|point| point.counts.is_some()) {
            let counts = point.counts.filter(|_| point.reading != PointValue::Hidden);
            row.push(counts.map_or_else(|| "–".to_owned(), |(part, _)| count(part)).into());
            row.push(counts.map_or_else(|| "–".to_owned(), |(_, whole)| count(whole)).into());
        }
        if self.has_limits() {
            let limits = self.limits.get(at).copied().flatten();
            let text = |limit: f64| percent(limit, 1);
            row.push(
                limits.map_or_else(|| "–".to_owned(), |both| format!("{}–{}", text(both.low), text(both.high))).into(),
            );
        }
        row.push(self.remarks(at, point).into());
        row
    }
}

impl Picture for Series {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn finding(&self) -> String {
        self.say()
    }

    fn draw(&self, sheet: Sheet<'_>) -> Drawn {
        draw::draw(self, sheet)
    }

    fn table(&self) -> Table {
        let mut columns: Vec<&str> = vec!["Periode", "Tal"];
        if self.any(|point| point.counts.is_some()) {
            columns.extend(["Tæller", "Nævner"]);
        }
        if self.has_limits() {
            columns.push("Grænser");
        }
        columns.push("Bemærk");
        Table {
            columns: columns.into_iter().map(Text::from).collect(),
            rows: self.points.iter().enumerate().map(|(at, point)| self.row(at, point)).collect(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = self.rule.iter().cloned().collect();
        if !self.signals.is_empty() {
            notes.push("Det farvede felt er mere end tilfældig variation.".to_owned());
        }
        if self.lines.last().is_some_and(|line| line.preliminary) {
            let word = crate::number::capital(self.the_line());
            notes.push(format!("{word} bygger på under 12 punkter og er foreløbig."));
        }
        if self.any(|point| point.reading == PointValue::Hidden) {
            notes.push("Tal, der bygger på få borgere, er skjult.".to_owned());
        }
        notes
    }

    fn letters(&self) -> Vec<(String, Text)> {
        if self.changes.len() < 2 {
            return Vec::new();
        }
        self.changes.iter().enumerate().map(|(at, change)| (letter(at), change.name.clone())).collect()
    }
}
