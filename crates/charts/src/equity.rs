//! Groups side by side: each with its figure, its uncertainty, and what the population has beside it.

use crate::canvas::{Anchor, Canvas, Key, LINE, Mark, Sign};
use crate::figure::{Drawn, Picture, Table, Width};
use crate::number::{capital, count, in_words, percent};
use crate::rows::{row, span};
use crate::scale::{Scale, Unit};
use crate::text::Text;

/// A group.
#[derive(Debug, Clone, PartialEq)]
pub struct Stratum {
    /// Its name.
    pub name: Text,
    /// Share and its 95 % interval; none when they are hidden.
    pub share: Option<(f64, f64, f64)>,
    /// How many are in it.
    pub whole: Option<u32>,
    /// The population's share, where it is known.
    pub population: Option<f64>,
    /// The difference is both certain and as large as the limit: it is called a gap.
    pub gap: bool,
}

/// Groups on one scale, in the order they came.
#[derive(Debug, Clone, PartialEq)]
pub struct Equity {
    /// What it is about.
    pub title: String,
    /// What a value is, as a sentence begins with it: "Andelen, der gennemfører,".
    pub subject: String,
    /// The share of all of them together.
    pub all: Option<f64>,
    /// What the population's mark stands for: "Andel af befolkningen".
    pub population: Option<String>,
    /// The groups.
    pub strata: Vec<Stratum>,
}

impl Equity {
    fn scale(&self) -> Scale {
        let shares = self.strata.iter().filter_map(|one| one.share).flat_map(|(share, low, high)| [share, low, high]);
        let population = self.strata.iter().filter_map(|one| one.population);
        Scale::of(&Unit::Share, shares.chain(population).chain(self.all))
    }

    fn gaps(&self) -> Vec<&Stratum> {
        self.strata.iter().filter(|one| one.gap && one.share.is_some()).collect()
    }

    fn axis(&self, canvas: &mut Canvas, along: Scale, (top, bottom): (f64, f64)) {
        for tick in along.ticks() {
            let x = along.at(tick);
            canvas.line("fb-chart-grid", (x, top), (x, bottom));
            canvas.say("", (x, bottom + 18.0), Anchor::Middle, &percent(tick, 0));
        }
        if let Some(all) = self.all {
            let x = along.at(all);
            canvas.line("fb-chart-line", (x, top - 2.0), (x, bottom));
            let words = format!("Alle {}", percent(all, 0));
            let half = crate::text::width_of(&words) / 2.0;
            let x = x.clamp(half, canvas.width - half);
            canvas.say("fb-chart-strong", (x, top - 7.0), Anchor::Middle, &words);
        }
    }
}

impl Picture for Equity {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn finding(&self) -> String {
        let Some(all) = self.all else { return "Der er ingen tal endnu.".to_owned() };
        let gaps = self.gaps();
        let named = gaps.iter().all(|one| !one.name.is_record());
        let names: Vec<&str> = gaps.iter().map(|one| one.name.words()).collect();
        let which = if named { format!(": {}", names.join(", ")) } else { String::new() };
        let found = match gaps.len() {
            0 => "Ingen gruppe afviger mere end tilfældigt og mere end grænsen.".to_owned(),
            1 => format!("Én gruppe afviger mere end tilfældigt og mere end grænsen{which}."),
            n => format!("{} grupper afviger mere end tilfældigt og mere end grænsen{which}.", capital(&in_words(n))),
        };
        format!("{} er {} for alle. {found}", self.subject, percent(all, 1))
    }

    fn draw(&self, width: Width) -> Drawn {
        let mut canvas = Canvas::new(width.units());
        let (from, to) = span(width);
        let along = self.scale().on(from + 18.0, to - 18.0);
        let first = LINE + 6.0;
        // The lines of the scale lie below the rows, so that a row's marks and words stand on top of them.
        let mut measure = Canvas::new(width.units());
        let bottom =
            self.strata.iter().fold(first, |top, one| row(&mut measure, width, top, &one.name, &value(one)).next);
        self.axis(&mut canvas, along, (first, bottom));
        let mut top = first;
        for one in &self.strata {
            let row = row(&mut canvas, width, top, &one.name, &value(one));
            if let Some((share, low, high)) = one.share {
                let (low, high) = (along.at(low), along.at(high));
                canvas.line("fb-chart-interval", (low, row.y), (high, row.y));
                canvas.line("fb-chart-interval", (low, row.y - 4.0), (low, row.y + 4.0));
                canvas.line("fb-chart-interval", (high, row.y - 4.0), (high, row.y + 4.0));
                canvas.mark(Mark::Dot, "fb-chart-point", (along.at(share), row.y), 5.5);
            }
            if let Some(population) = one.population {
                canvas.mark(Mark::Diamond, "fb-chart-other", (along.at(population), row.y), 6.5);
            }
            top = row.next;
        }
        canvas.height = bottom + 24.0;
        let mut key = vec![Key::new(Sign::Mark(Mark::Dot, "fb-chart-point"), "Andel med 95 % interval")];
        if let Some(population) =
            self.population.as_ref().filter(|_| self.strata.iter().any(|one| one.population.is_some()))
        {
            key.push(Key::new(Sign::Mark(Mark::Diamond, "fb-chart-other"), population.clone()));
        }
        canvas.key(0.0, &key);
        Drawn(canvas)
    }

    fn table(&self) -> Table {
        let mut columns = vec!["Gruppe", "Andel", "95 % interval", "Antal"];
        if self.population.is_some() {
            columns.push("Befolkning");
        }
        columns.push("Bemærk");
        let row = |one: &Stratum| -> Vec<Text> {
            let dash = || "–".to_owned();
            let mut row: Vec<Text> = vec![
                one.name.clone(),
                one.share.map_or_else(|| "Skjult".to_owned(), |(share, ..)| percent(share, 1)).into(),
                one.share
                    .map_or_else(dash, |(_, low, high)| format!("{}–{}", percent(low, 0), percent(high, 0)))
                    .into(),
                one.whole.map_or_else(|| "Skjult".to_owned(), count).into(),
            ];
            if self.population.is_some() {
                row.push(one.population.map_or_else(|| "Ikke oplyst".to_owned(), |share| percent(share, 1)).into());
            }
            row.push(if one.gap { "Forskel" } else { "" }.into());
            row
        };
        Table { columns: columns.into_iter().map(Text::from).collect(), rows: self.strata.iter().map(row).collect() }
    }
}

fn value(one: &Stratum) -> String {
    let gap = if one.gap { " · forskel" } else { "" };
    match (one.share, one.whole) {
        (Some((share, ..)), Some(_)) => format!("{}{gap}", percent(share, 0)),
        (Some((share, ..)), None) => percent(share, 0),
        (None, _) => "Skjult".to_owned(),
    }
}
