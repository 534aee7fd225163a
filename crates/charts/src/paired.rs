//! Before and after: the mean of pairs at start and at end, each measure on its own scale.
//!
//! Hollow is the start, solid the end. Worse is shown as calmly as better, and without others to compare with it is a
//! change, not an effect.

use crate::canvas::{Key, Mark, Sign};
use crate::figure::{Drawn, Picture, Sheet, Table};
use crate::number::{count, decimal};
use crate::rows::row;
use crate::scale::Scale;
use crate::text::Text;

/// A measure with its pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct PairedRow {
    /// Name of the measure.
    pub name: Text,
    /// Its unit: "m", "point".
    pub unit: String,
    /// The scale, from its lowest to its highest sensible value.
    pub span: (f64, f64),
    /// Mean at start, mean at end and how many pairs; none when they are hidden.
    pub means: Option<(f64, f64, u32)>,
    /// 95 % interval of the mean change.
    pub interval: Option<(f64, f64)>,
}

impl PairedRow {
    fn change(&self) -> Option<f64> {
        self.means.map(|(before, after, _)| after - before)
    }

    fn value(&self) -> String {
        let Some(change) = self.change() else { return "Skjult".to_owned() };
        signed(change)
    }

    /// "384 → 429 m"
    fn means_in_words(&self) -> String {
        let words = |(before, after, _)| format!("{} → {}\u{a0}{}", decimal(before, 1), decimal(after, 1), self.unit);
        self.means.map_or_else(|| "Skjult".to_owned(), words)
    }

    /// "+45 (36,2; 53,8)"
    fn change_in_words(&self) -> String {
        match self.change() {
            Some(change) if self.interval.is_some() => format!("{} ({})", signed(change), self.interval()),
            Some(change) => signed(change),
            None => String::new(),
        }
    }

    fn interval(&self) -> String {
        self.interval.map_or_else(|| "–".to_owned(), |(low, high)| format!("{}; {}", decimal(low, 1), decimal(high, 1)))
    }
}

/// Measures before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Paired {
    /// What it is about.
    pub title: String,
    /// The measures.
    pub rows: Vec<PairedRow>,
}

impl Picture for Paired {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn finding(&self) -> String {
        let shown: Vec<&PairedRow> = self.rows.iter().filter(|row| row.means.is_some()).collect();
        if shown.is_empty() {
            return "Der er for få par til at vise en ændring.".to_owned();
        }
        let mut sentences = Vec::new();
        for row in shown.iter().take(3) {
            if let Some((before, after, _)) = row.means {
                let name = if row.name.is_record() { "Mål" } else { row.name.words() };
                let (before, after) = (decimal(before, 1), decimal(after, 1));
                sentences.push(format!("{name}: fra {before} til {after}\u{a0}{}.", row.unit));
            }
        }
        if shown.len() > 3 {
            sentences.push(format!("Og {} mål til.", shown.len() - 3));
        }
        sentences.push("Uden sammenligningsgruppe er det en ændring, ikke en effekt.".to_owned());
        sentences.join(" ")
    }

    fn draw(&self, sheet: Sheet<'_>) -> Drawn {
        let width = sheet.width;
        let mut canvas = sheet.canvas();
        let mut top = 0.0;
        for measure in &self.rows {
            let row =
                row(&mut canvas, width, top, &measure.name, &measure.means_in_words(), &measure.change_in_words());
            let along = Scale::between(measure.span.0, measure.span.1).on(row.left + 8.0, row.right - 8.0);
            canvas.field("fb-chart-track", (row.left, row.y - 2.5), (row.right - row.left, 5.0));
            if let Some((before, after, _)) = measure.means {
                let (then, now) = (along.at(before), along.at(after));
                canvas.line("fb-chart-step", (then, row.y), (now, row.y));
                canvas.mark(Mark::Dot, "fb-chart-hollow", (then, row.y), 6.0);
                canvas.mark(Mark::Dot, "fb-chart-point", (now, row.y), 6.0);
            }
            top = row.next;
        }
        canvas.height = top;
        canvas.key(
            0.0,
            &[
                Key::new(Sign::Mark(Mark::Dot, "fb-chart-hollow"), "Gennemsnit ved start"),
                Key::new(Sign::Mark(Mark::Dot, "fb-chart-point"), "Gennemsnit ved slut"),
            ],
        );
        canvas.into()
    }

    fn table(&self) -> Table {
        let row = |row: &PairedRow| -> Vec<Text> {
            let mean = |pick: fn((f64, f64, u32)) -> f64| {
                row.means.map_or_else(|| "Skjult".to_owned(), |means| decimal(pick(means), 1))
            };
            vec![
                row.name.clone(),
                row.unit.clone().into(),
                mean(|(before, ..)| before).into(),
                mean(|(_, after, _)| after).into(),
                row.value().into(),
                row.interval().into(),
                row.means.map_or_else(|| "Skjult".to_owned(), |(.., pairs)| count(pairs)).into(),
            ]
        };
        Table {
            columns: ["Mål", "Enhed", "Start", "Slut", "Ændring", "95\u{a0}% interval", "Par"].map(Text::from).into(),
            rows: self.rows.iter().map(row).collect(),
        }
    }
}

fn signed(change: f64) -> String {
    format!("{}{}", if change > 0.0 { "+" } else { "" }, decimal(change, 1))
}
