//! Bars of values, one for each group: counts, averages or shares that do not have to add up to anything.

use crate::figure::{Drawn, Picture, Sheet, Table};
use crate::rows::row;
use crate::text::Text;

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueBar {
    /// Its name.
    pub name: Text,
    /// How long it is; none when it is hidden or there is nothing to measure.
    pub value: Option<f64>,
    /// The value as people read it, also when it is hidden.
    pub said: String,
}

/// Bars under each other, in the order they came: no ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueBars {
    /// What it is about.
    pub title: String,
    /// What the groups are: "Køn".
    pub of: String,
    /// What is measured: "Antal forløb".
    pub measured: String,
    /// The bars.
    pub bars: Vec<ValueBar>,
}

impl ValueBars {
    fn shown(&self) -> impl Iterator<Item = (&ValueBar, f64)> {
        self.bars.iter().filter_map(|bar| bar.value.filter(|value| value.is_finite()).map(|value| (bar, value)))
    }
}

impl Picture for ValueBars {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn finding(&self) -> String {
        let least = self.shown().min_by(|one, other| one.1.total_cmp(&other.1));
        let most = self.shown().max_by(|one, other| one.1.total_cmp(&other.1));
        let mut sentences = match (least, most) {
            (Some((least, _)), Some((most, _))) if least.said != most.said => {
                vec![format!("Fra {} til {}.", least.said, most.said)]
            }
            (Some((one, _)), _) => vec![format!("Alle tal er {}.", one.said)],
            _ => vec!["Der er ingen tal at vise.".to_owned()],
        };
        let hidden = self.bars.len() - self.shown().count();
        if hidden > 0 {
            sentences.push(format!("Skjult: {hidden}."));
        }
        sentences.join(" ")
    }

    fn draw(&self, sheet: Sheet<'_>) -> Drawn {
        let width = sheet.width;
        let mut canvas = sheet.canvas();
        let most = self.shown().map(|(_, value)| value.abs()).fold(0.0, f64::max);
        let mut top = 0.0;
        for bar in &self.bars {
            let row = row(&mut canvas, width, top, &bar.name, &bar.said, "");
            canvas.field("fb-chart-track", (row.left, row.y - 4.5), (row.right - row.left, 9.0));
            if let Some(value) = bar.value.filter(|value| value.is_finite() && most > 0.0) {
                let long = (row.right - row.left) * (value.abs() / most);
                canvas.field("fb-chart-bar", (row.left, row.y - 4.5), (long, 9.0));
            }
            top = row.next;
        }
        canvas.height = top.max(20.0);
        canvas.into()
    }

    fn table(&self) -> Table {
        Table {
            columns: vec![self.of.clone().into(), self.measured.clone().into()],
            rows: self.bars.iter().map(|bar| vec![bar.name.clone(), bar.said.clone().into()]).collect(),
        }
    }
}
