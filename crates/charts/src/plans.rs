//! Today beside a plan: a line from low to high with the middle year on it, twice in each row, on one scale.
//!
//! Hollow is today, solid is the plan. Where the two lines have days in common the difference may be chance, and the
//! finding does not name it.

use crate::canvas::{Anchor, Canvas, Key, LINE, Mark, Sign};
use crate::figure::{Drawn, Picture, Sheet, Table};
use crate::rows::{row, span};
use crate::scale::{Scale, Unit};
use crate::text::Text;

/// Where a figure lies over many years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// One year in ten lies below.
    pub low: f64,
    /// The middle year.
    pub middle: f64,
    /// One year in ten lies above.
    pub high: f64,
}

/// A row: the figure today and under the plan; none where there is no figure.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanRow {
    /// What it is of.
    pub name: Text,
    /// Today.
    pub today: Option<Range>,
    /// Under the plan.
    pub planned: Option<Range>,
}

impl PlanRow {
    /// Both, when no year that is likely in the one is likely in the other.
    fn apart(&self) -> Option<(Range, Range)> {
        let (today, planned) = self.today.zip(self.planned)?;
        (planned.low > today.high || planned.high < today.low).then_some((today, planned))
    }
}

/// Today beside a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plans {
    /// What it is about.
    pub title: String,
    /// What the rows are: "Indsats".
    pub of: String,
    /// What is measured in all of them.
    pub unit: Unit,
    /// Whether there is a plan beside today.
    pub changed: bool,
    /// The rows, in the order they came.
    pub rows: Vec<PlanRow>,
}

/// Rows named in the finding; the others are counted.
const NAMED: usize = 3;

impl Plans {
    fn scale(&self) -> Scale {
        let ranges = self.rows.iter().flat_map(|row| [row.today, row.planned]).flatten();
        let ends = ranges.flat_map(|range| [range.low, range.high]);
        match self.unit {
            // How full something is, is seen against what there is room for.
            Unit::Share => Scale::between(0.0, ends.fold(1.0, f64::max)),
            _ => Scale::of(&self.unit, ends),
        }
    }

    fn say(&self, value: f64) -> String {
        self.unit.say(value, 0)
    }

    fn middle(&self, range: Option<Range>) -> String {
        range.map_or_else(|| "Ingen tal".to_owned(), |range| self.say(range.middle))
    }

    fn interval(&self, range: Option<Range>) -> String {
        range.map_or_else(
            || "–".to_owned(),
            |range| {
                let low =
                    crate::number::decimal(if self.unit == Unit::Share { range.low * 100.0 } else { range.low }, 0);
                format!("{low}–{}", self.say(range.high))
            },
        )
    }

    /// The value of a row, and beside it what it is today.
    fn values(&self, row: &PlanRow) -> (String, String) {
        if self.changed {
            (
                self.middle(row.planned),
                row.today.map_or_else(String::new, |today| format!("i dag {}", self.say(today.middle))),
            )
        } else {
            (self.middle(row.today), String::new())
        }
    }

    fn line(canvas: &mut Canvas<'_>, along: Scale, y: f64, range: Range, class: &str) {
        let (low, high) = (along.at(range.low), along.at(range.high));
        canvas.line("fb-chart-interval", (low, y), (high, y));
        canvas.line("fb-chart-interval", (low, y - 3.0), (low, y + 3.0));
        canvas.line("fb-chart-interval", (high, y - 3.0), (high, y + 3.0));
        canvas.mark(Mark::Dot, class, (along.at(range.middle), y), 5.0);
    }
}

impl Picture for Plans {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn finding(&self) -> String {
        if self.rows.iter().all(|row| row.today.is_none() && row.planned.is_none()) {
            return "Der er ingen tal endnu.".to_owned();
        }
        if !self.changed {
            return "Sådan ser et år ud med det, kommunen har i dag.".to_owned();
        }
        let apart: Vec<_> = self.rows.iter().filter_map(|row| Some((row, row.apart()?))).collect();
        let mut sentences: Vec<String> = apart
            .iter()
            .take(NAMED)
            .map(|(row, (today, planned))| {
                let name = if row.name.is_record() { "Række" } else { row.name.words() };
                format!("{name}: fra {} til {}.", self.say(today.middle), self.say(planned.middle))
            })
            .collect();
        match apart.len().saturating_sub(NAMED) {
            0 if apart.is_empty() => sentences.push("Ingen forskel er større, end den kan være tilfældig.".to_owned()),
            0 => {}
            more => sentences.push(format!("Og {more} mere.")),
        }
        sentences.join(" ")
    }

    fn draw(&self, sheet: Sheet<'_>) -> Drawn {
        let width = sheet.width;
        let mut canvas = sheet.canvas();
        let (from, to) = span(width);
        let along = self.scale().on(from + 18.0, to - 18.0);
        // The lines of the scale lie below the rows, so that a row's marks and words stand on top of them.
        let mut measure = sheet.canvas();
        let (mut bottom, mut lines) = (0.0, Vec::new());
        for one in &self.rows {
            let (value, more) = self.values(one);
            let row = row(&mut measure, width, bottom, &one.name, &value, &more);
            lines.push((row.y - 11.0, row.y + 11.0));
            bottom = row.next;
        }
        let lines = if width.is_wide() { vec![(0.0, bottom)] } else { lines };
        for tick in along.ticks() {
            let x = along.at(tick);
            for (from, to) in &lines {
                canvas.line("fb-chart-grid", (x, *from), (x, *to));
            }
        }
        // On a narrow sheet only the ends of the scale have room for their numbers.
        let ticks = along.ticks();
        let every = if width.is_wide() { 1 } else { ticks.len().saturating_sub(1).max(1) };
        for tick in ticks.into_iter().step_by(every) {
            canvas.say("", (along.at(tick), bottom + 18.0), Anchor::Middle, &self.unit.tick(tick));
        }
        let mut top = 0.0;
        for one in &self.rows {
            let (value, more) = self.values(one);
            let row = row(&mut canvas, width, top, &one.name, &value, &more);
            let (above, below) = if self.changed { (row.y - 6.0, row.y + 6.0) } else { (row.y, row.y) };
            if let Some(range) = one.today {
                Self::line(&mut canvas, along, above, range, "fb-chart-hollow");
            }
            if let Some(range) = one.planned.filter(|_| self.changed) {
                Self::line(&mut canvas, along, below, range, "fb-chart-point");
            }
            top = row.next;
        }
        canvas.height = bottom + LINE + 5.0;
        let mut key = vec![Key::new(Sign::Mark(Mark::Dot, "fb-chart-hollow"), "I dag")];
        if self.changed {
            key.push(Key::new(Sign::Mark(Mark::Dot, "fb-chart-point"), "Planen"));
        }
        key.push(Key::new(Sign::Line("fb-chart-interval"), "Otte af ti år"));
        canvas.key(0.0, &key);
        canvas.into()
    }

    fn table(&self) -> Table {
        let mut columns: Vec<Text> = vec![self.of.clone().into(), "I dag".into(), "Otte af ti år, i dag".into()];
        if self.changed {
            columns.extend(["Planen".into(), "Otte af ti år, planen".into()]);
        }
        let row = |row: &PlanRow| -> Vec<Text> {
            let mut cells = vec![row.name.clone(), self.middle(row.today).into(), self.interval(row.today).into()];
            if self.changed {
                cells.extend([self.middle(row.planned).into(), self.interval(row.planned).into()]);
            }
            cells
        };
        Table { columns, rows: self.rows.iter().map(row).collect() }
    }
}
