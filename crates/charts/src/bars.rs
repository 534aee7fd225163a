//! Bars of shares, one for each area: how much of it is met.

use crate::figure::{Drawn, Picture, Sheet, Table};
use crate::number::{count, percent};
use crate::rows::row;
use crate::text::Text;

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaBar {
    /// Its name.
    pub name: Text,
    /// Numerator and denominator; none when they are hidden.
    pub counts: Option<(u32, u32)>,
}

impl AreaBar {
    fn share(&self) -> Option<f64> {
        self.counts.filter(|(_, whole)| *whole > 0).map(|(part, whole)| f64::from(part) / f64::from(whole))
    }

    fn value(&self) -> String {
        match self.counts {
            None => "Skjult".to_owned(),
            Some((_, 0)) => "Ingen tal".to_owned(),
            Some((part, whole)) => format!("{} af {}", count(part), count(whole)),
        }
    }
}

/// Bars under each other, in the order they came: no ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaBars {
    /// What it is about.
    pub title: String,
    /// What each area is, as a sentence says it: "områder".
    pub of: String,
    /// The bars.
    pub bars: Vec<AreaBar>,
}

impl Picture for AreaBars {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn finding(&self) -> String {
        let shown: Vec<(u32, u32)> = self.bars.iter().filter_map(|bar| bar.counts).collect();
        let (part, whole) =
            shown.iter().fold((0_u32, 0_u32), |sum, one| (sum.0.saturating_add(one.0), sum.1.saturating_add(one.1)));
        if whole == 0 {
            return "Der er ingen tal endnu.".to_owned();
        }
        let all = shown.iter().filter(|(part, whole)| part == whole && *whole > 0).count();
        let hidden = self.bars.len() - shown.len();
        let mut sentences = vec![format!("{} af {} i {} {}.", count(part), count(whole), shown.len(), self.of)];
        if all > 0 {
            sentences.push(format!("Helt opfyldt: {all}."));
        }
        if hidden > 0 {
            sentences.push(format!("Skjult: {hidden}."));
        }
        sentences.join(" ")
    }

    fn draw(&self, sheet: Sheet<'_>) -> Drawn {
        let width = sheet.width;
        let mut canvas = sheet.canvas();
        let mut top = 0.0;
        for bar in &self.bars {
            let row = row(&mut canvas, width, top, &bar.name, &bar.value(), "");
            canvas.field("fb-chart-track", (row.left, row.y - 4.5), (row.right - row.left, 9.0));
            if let Some(share) = bar.share() {
                canvas.field("fb-chart-bar", (row.left, row.y - 4.5), ((row.right - row.left) * share.min(1.0), 9.0));
            }
            top = row.next;
        }
        canvas.height = top.max(20.0);
        canvas.into()
    }

    fn table(&self) -> Table {
        let row = |bar: &AreaBar| -> Vec<Text> {
            let hidden = || "Skjult".to_owned();
            vec![
                bar.name.clone(),
                bar.counts.map_or_else(hidden, |(part, _)| count(part)).into(),
                bar.counts.map_or_else(hidden, |(_, whole)| count(whole)).into(),
                bar.share().map_or_else(|| "–".to_owned(), |share| percent(share, 1)).into(),
            ]
        };
        Table {
            columns: ["Område", "Tæller", "Nævner", "Andel"].map(Text::from).into(),
            rows: self.bars.iter().map(row).collect(),
        }
    }
}
