//! Many small series side by side on one scale, so that the eye compares their shapes.

use crate::canvas::{Anchor, Canvas, LINE, Mark};
use crate::figure::{Drawn, Picture, Sheet, Table};
use crate::number::at_first;
use crate::scale::{Scale, Unit};
use crate::series::PointValue;
use crate::text::Text;

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Its name.
    pub name: Text,
    /// A figure for each period.
    pub readings: Vec<PointValue>,
    /// Its median.
    pub line: Option<f64>,
    /// Something other than chance is at work.
    pub signal: bool,
}

impl Panel {
    fn value(&self, at: usize) -> Option<f64> {
        match self.readings.get(at)? {
            PointValue::Value(value) if value.is_finite() => Some(*value),
            PointValue::Value(_) | PointValue::Hidden | PointValue::Missing => None,
        }
    }
}

/// Small multiples.
#[derive(Debug, Clone, PartialEq)]
pub struct Multiples {
    /// What it is about.
    pub title: String,
    /// What is measured in all of them.
    pub unit: Unit,
    /// The periods: on the axis, and as the table says them.
    pub periods: Vec<(String, String)>,
    /// The panels, in the order they came.
    pub panels: Vec<Panel>,
}

const PLOT: f64 = 78.0;

impl Multiples {
    fn scale(&self) -> Scale {
        let values = self.panels.iter().flat_map(|panel| (0..panel.readings.len()).filter_map(|at| panel.value(at)));
        Scale::of(&self.unit, values.chain(self.panels.iter().filter_map(|panel| panel.line)))
    }

    fn heading(&self, panel: &Panel) -> String {
        let last = (0..panel.readings.len()).rev().find_map(|at| panel.value(at));
        let last = last.map_or_else(|| "Ingen tal".to_owned(), |value| self.unit.say(value, 0));
        if panel.signal { format!("{last} · skift") } else { last }
    }

    fn panel(&self, canvas: &mut Canvas<'_>, panel: &Panel, (left, top): (f64, f64), across: f64) {
        let up = self.scale().on(top + PLOT, top);
        #[expect(clippy::cast_precision_loss, reason = "some hundred points at most")]
        let step = across / self.periods.len().max(1) as f64;
        if panel.signal {
            canvas.field("fb-chart-field", (left, top), (across, PLOT));
        }
        for (class, value) in [("fb-chart-grid", up.high), ("fb-chart-ground", up.low)] {
            canvas.line(class, (left, up.at(value)), (left + across, up.at(value)));
        }
        if let Some(line) = panel.line {
            canvas.line("fb-chart-line", (left, up.at(line)), (left + across, up.at(line)));
        }
        let mut way = Vec::new();
        let mut x = left + step / 2.0;
        let mut last = None;
        for at in 0..self.periods.len() {
            match panel.value(at) {
                Some(value) => {
                    way.push((x, up.at(value)));
                    last = Some((x, up.at(value)));
                }
                None => canvas.path("fb-chart-way", &std::mem::take(&mut way)),
            }
            x += step;
        }
        canvas.path("fb-chart-way", &way);
        if let Some(place) = last {
            canvas.mark(Mark::Dot, "fb-chart-point", place, 3.6);
        }
        if let (Some((first, _)), Some((last, _))) = (self.periods.first(), self.periods.last()) {
            canvas.say("", (left, top + PLOT + 17.0), Anchor::Start, first);
            if self.periods.len() > 1 {
                canvas.say("", (left + across, top + PLOT + 17.0), Anchor::End, last);
            }
        }
    }
}

impl Picture for Multiples {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn finding(&self) -> String {
        let signals = self.panels.iter().filter(|panel| panel.signal).count();
        if self.panels.is_empty() {
            return "Der er ingen tal endnu.".to_owned();
        }
        let begins = format!("{} serier på samme skala.", at_first(self.panels.len()));
        match signals {
            0 => format!("{begins} Ingen af dem viser mere end tilfældig variation."),
            1 => format!("{begins} Én af dem viser et skift."),
            n => format!("{begins} {} af dem viser et skift.", at_first(n)),
        }
    }

    fn draw(&self, sheet: Sheet<'_>) -> Drawn {
        let width = sheet.width;
        let mut canvas = sheet.canvas();
        let (columns, count): (f64, usize) = if width.is_wide() { (3.0, 3) } else { (2.0, 2) };
        let (left, between) = (50.0, if width.is_wide() { 20.0 } else { 14.0 });
        let across = (canvas.width - left + between) / columns - between;
        let scale = self.scale();
        let mut top = 0.0;
        for row in self.panels.chunks(count) {
            let most = row.iter().map(|panel| canvas.lines(&panel.name, across).len()).max().unwrap_or(1);
            let names = LINE * u32::try_from(most).map_or(1.0, f64::from);
            let plot = top + names + LINE + 12.0;
            let up = scale.on(plot + PLOT, plot);
            for value in [scale.low, scale.high] {
                canvas.say("", (left - 8.0, up.at(value) + 5.0), Anchor::End, &self.unit.tick(value));
            }
            let mut x = left;
            for panel in row {
                canvas.wrapped("fb-chart-name", (x, top + LINE), across, &panel.name);
                canvas.say("fb-chart-word", (x, top + names + LINE), Anchor::Start, &self.heading(panel));
                self.panel(&mut canvas, panel, (x, plot), across);
                x += across + between;
            }
            top = plot + PLOT + 34.0;
        }
        canvas.height = (top - 10.0).max(20.0);
        canvas.into()
    }

    fn table(&self) -> Table {
        let mut columns: Vec<Text> = vec!["Periode".into()];
        columns.extend(self.panels.iter().map(|panel| panel.name.clone()));
        let cell = |panel: &Panel, at: usize| -> Text {
            match (panel.readings.get(at), panel.value(at)) {
                (Some(PointValue::Hidden), _) => "Skjult".into(),
                (_, Some(value)) => self.unit.say(value, 1).into(),
                (_, None) => "Ingen tal".into(),
            }
        };
        let row = |(at, (_, name)): (usize, &(String, String))| {
            let mut row: Vec<Text> = vec![name.clone().into()];
            row.extend(self.panels.iter().map(|panel| cell(panel, at)));
            row
        };
        Table { columns, rows: self.periods.iter().enumerate().map(row).collect() }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if let (Some((_, first)), Some((_, last))) = (self.periods.first(), self.periods.last()) {
            notes.push(format!("Fra {first} til {last}."));
        }
        if self.panels.iter().any(|panel| panel.line.is_some()) {
            notes.push("Den vandrette linje er medianen. Et skift er mere end tilfældig variation.".to_owned());
        }
        notes
    }
}
