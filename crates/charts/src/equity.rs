//! Groups side by side: each with its figure, its uncertainty, and what the population has beside it.

use crate::canvas::{Anchor, Canvas, Key, LINE, Mark, Sign};
use crate::figure::{Drawn, Picture, Sheet, Table};
use crate::number::{at_first, capital, count, in_words};
use crate::rows::{row, span};
use crate::scale::{Scale, Unit};
use crate::text::Text;

/// A group.
#[derive(Debug, Clone, PartialEq)]
pub struct EquityGroup {
    /// Its name.
    pub name: Text,
    /// Its figure and the 95 % interval; none when they are hidden.
    pub figure: Option<(f64, f64, f64)>,
    /// How many are in it.
    pub whole: Option<u32>,
    /// What the population has, in the same unit, where it is known.
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
    /// What is measured: a share, or a rate with its unit.
    pub unit: Unit,
    /// The figure of all of them together.
    pub all: Option<f64>,
    /// What the population's mark stands for: "Andel af befolkningen".
    pub population: Option<String>,
    /// The groups.
    pub groups: Vec<EquityGroup>,
}

impl Equity {
    fn scale(&self) -> Scale {
        let shares =
            self.groups.iter().filter_map(|one| one.figure).flat_map(|(figure, low, high)| [figure, low, high]);
        let population = self.groups.iter().filter_map(|one| one.population);
        Scale::of(&self.unit, shares.chain(population).chain(self.all))
    }

    fn value(&self, one: &EquityGroup) -> String {
        let gap = if one.gap { " · forskel" } else { "" };
        one.figure.map_or_else(|| "Skjult".to_owned(), |(figure, ..)| format!("{}{gap}", self.unit.say(figure, 1)))
    }

    fn gaps(&self) -> Vec<&EquityGroup> {
        self.groups.iter().filter(|one| one.gap && one.figure.is_some()).collect()
    }

    /// How many groups have less, and how many more, than the population by more than their uncertainty.
    fn against_population(&self) -> String {
        let beyond = |wanted: fn(f64, f64, f64) -> bool| {
            let both = self.groups.iter().filter_map(|one| one.figure.zip(one.population));
            both.filter(|((_, low, high), population)| wanted(*low, *high, *population)).count()
        };
        let (less, more) = (beyond(|_, high, all| high < all), beyond(|low, _, all| low > all));
        let groups = |n: usize| if n == 1 { "én gruppe".to_owned() } else { format!("{} grupper", in_words(n)) };
        match (less, more) {
            (0, 0) => "Ingen gruppe afviger mere end tilfældigt fra befolkningen.".to_owned(),
            (less, 0) => format!("{} ligger under befolkningen.", capital(&groups(less))),
            (0, more) => format!("{} ligger over befolkningen.", capital(&groups(more))),
            (less, more) => format!("{} ligger under befolkningen og {} over.", capital(&groups(less)), groups(more)),
        }
    }

    /// The scale below the rows, and its lines: through all of them in a wide place, and at each picture only where names
    /// stand between them.
    fn axis(&self, canvas: &mut Canvas<'_>, along: Scale, lines: &[(f64, f64)], bottom: f64) {
        for tick in along.ticks() {
            let x = along.at(tick);
            for (from, to) in lines {
                canvas.line("fb-chart-grid", (x, *from), (x, *to));
            }
            canvas.say("", (x, bottom + 18.0), Anchor::Middle, &self.unit.tick(tick));
        }
        if let Some(all) = self.all {
            let x = along.at(all);
            for (from, to) in lines {
                canvas.line("fb-chart-line", (x, *from), (x, *to));
            }
            let words = format!("Alle {}", self.unit.say(all, 1));
            let half = canvas.width_of(words.as_str()) / 2.0;
            canvas.say("fb-chart-strong", (x.clamp(half, canvas.width - half), LINE - 2.0), Anchor::Middle, &words);
        }
    }
}

impl Picture for Equity {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn finding(&self) -> String {
        if self.groups.iter().all(|one| one.figure.is_none()) {
            return "Der er ingen tal, som kan vises.".to_owned();
        }
        let gaps = self.gaps();
        let ours = gaps.iter().all(|one| !one.name.is_record());
        let names: Vec<&str> = gaps.iter().map(|one| one.name.words()).collect();
        let which = if ours { format!(": {}", names.join(", ")) } else { String::new() };
        let found = match gaps.len() {
            0 => "Ingen gruppe afviger mere end tilfældigt og mere end grænsen.".to_owned(),
            1 => format!("Én gruppe afviger mere end tilfældigt og mere end grænsen{which}."),
            n => format!("{} grupper afviger mere end tilfældigt og mere end grænsen{which}.", at_first(n)),
        };
        let all = self.all.map(|all| format!("{} er {} for alle. ", self.subject, self.unit.say(all, 1)));
        let compared = if self.population.is_some() { self.against_population() } else { found };
        format!("{}{compared}", all.unwrap_or_default())
    }

    fn draw(&self, sheet: Sheet<'_>) -> Drawn {
        let width = sheet.width;
        let mut canvas = sheet.canvas();
        let (from, to) = span(width);
        let along = self.scale().on(from + 18.0, to - 18.0);
        let first = if self.all.is_some() { LINE + 6.0 } else { 0.0 };
        // The lines of the scale lie below the rows, so that a row's marks and words stand on top of them.
        let mut measure = sheet.canvas();
        let mut bottom = first;
        let mut lines = Vec::new();
        for one in &self.groups {
            let row = row(&mut measure, width, bottom, &one.name, &self.value(one), "");
            lines.push((row.y - 10.0, row.y + 10.0));
            bottom = row.next;
        }
        if width.is_wide() {
            lines = vec![(first, bottom)];
        }
        self.axis(&mut canvas, along, &lines, bottom);
        let mut top = first;
        for one in &self.groups {
            let row = row(&mut canvas, width, top, &one.name, &self.value(one), "");
            if let Some((figure, low, high)) = one.figure {
                let (low, high) = (along.at(low), along.at(high));
                canvas.line("fb-chart-interval", (low, row.y), (high, row.y));
                canvas.line("fb-chart-interval", (low, row.y - 4.0), (low, row.y + 4.0));
                canvas.line("fb-chart-interval", (high, row.y - 4.0), (high, row.y + 4.0));
                canvas.mark(Mark::Dot, "fb-chart-point", (along.at(figure), row.y), 5.5);
            }
            if let Some(population) = one.population {
                canvas.mark(Mark::Diamond, "fb-chart-other", (along.at(population), row.y), 6.5);
            }
            top = row.next;
        }
        canvas.height = bottom + 24.0;
        let mut key = vec![Key::new(
            Sign::Mark(Mark::Dot, "fb-chart-point"),
            format!("{} med 95\u{a0}% interval", if self.unit == Unit::Share { "Andel" } else { "Tal" }),
        )];
        if let Some(population) =
            self.population.as_ref().filter(|_| self.groups.iter().any(|one| one.population.is_some()))
        {
            key.push(Key::new(Sign::Mark(Mark::Diamond, "fb-chart-other"), population.clone()));
        }
        canvas.key(0.0, &key);
        canvas.into()
    }

    fn table(&self) -> Table {
        let mut columns = vec!["Gruppe", "Tal", "95\u{a0}% interval", "Antal"];
        if self.population.is_some() {
            columns.push("Befolkning");
        }
        columns.push("Bemærk");
        let row = |one: &EquityGroup| -> Vec<Text> {
            let dash = || "–".to_owned();
            let mut row: Vec<Text> = vec![
                one.name.clone(),
                one.figure.map_or_else(|| "Skjult".to_owned(), |(figure, ..)| self.unit.say(figure, 1)).into(),
                one.figure
                    .map_or_else(dash, |(_, low, high)| format!("{}–{}", self.unit.tick(low), self.unit.say(high, 1)))
                    .into(),
                one.whole.map_or_else(|| "Skjult".to_owned(), count).into(),
            ];
            if self.population.is_some() {
                row.push(
                    one.population.map_or_else(|| "Ikke oplyst".to_owned(), |figure| self.unit.say(figure, 1)).into(),
                );
            }
            row.push(if one.gap { "Forskel" } else { "" }.into());
            row
        };
        Table { columns: columns.into_iter().map(Text::from).collect(), rows: self.groups.iter().map(row).collect() }
    }
}
