//! How long people wait: columns of days, the limit, the median and what nine of ten wait at most.

use crate::canvas::{Anchor, Key, LINE, Mark, Sign};
use crate::figure::{Drawn, Picture, Sheet, Table};
use crate::number::{count, decimal};
use crate::scale::{Scale, Unit};
use crate::text::Text;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bin {
    /// First day.
    pub from: u32,
    /// Last day; none for "and more".
    pub to: Option<u32>,
    /// How many waited so long; none when it is hidden.
    pub count: Option<u32>,
}

impl Bin {
    fn label(self) -> String {
        match self.to {
            Some(to) if to == self.from => to.to_string(),
            Some(to) => format!("{}–{to}", self.from),
            None => format!("{}+", self.from),
        }
    }
}

/// A distribution of waiting times.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitingTimes {
    /// What it is about.
    pub title: String,
    /// Columns of the same number of days, in order; the last may be open.
    pub bins: Vec<Bin>,
    /// The days that are promised; it must be the last day of a column.
    pub limit: Option<u32>,
    /// Half wait at most so long; none when it is hidden.
    pub median: Option<f64>,
    /// Nine of ten wait at most so long.
    pub ninetieth: Option<f64>,
}

impl WaitingTimes {
    fn is_over(&self, bin: Bin) -> bool {
        self.limit.is_some_and(|limit| bin.from > limit)
    }

    /// How many of how many waited longer than promised; none when a column is hidden or nobody waited.
    fn over(&self) -> Option<(u32, u32)> {
        let sum = |over: bool| {
            let bins = self.bins.iter().filter(|bin| !over || self.is_over(**bin));
            bins.map(|bin| bin.count).try_fold(0_u32, |sum, count| Some(sum.saturating_add(count?)))
        };
        let (over, all) = (sum(true)?, sum(false)?);
        (all > 0 && self.limit.is_some()).then_some((over, all))
    }

    /// Where a day lies, in columns from the left.
    fn columns_to(&self, day: f64) -> f64 {
        let mut left = 0.0;
        for bin in &self.bins {
            let first = f64::from(bin.from);
            let after = bin.to.map_or(f64::INFINITY, |to| f64::from(to) + 1.0);
            if day < after {
                let inside = if after.is_finite() { (day - first) / (after - first) } else { 0.5 };
                return left + inside.clamp(0.0, 1.0);
            }
            left += 1.0;
        }
        left
    }
}

impl Picture for WaitingTimes {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn finding(&self) -> String {
        let mut sentences = Vec::new();
        match (self.median, self.ninetieth) {
            (Some(median), Some(most)) => sentences.push(format!(
                "Halvdelen venter højst {}, ni af ti højst {}.",
                Unit::Days.say(median, 1),
                Unit::Days.say(most, 1)
            )),
            (Some(median), None) => sentences.push(format!("Halvdelen venter højst {}.", Unit::Days.say(median, 1))),
            (None, _) => sentences.push("Der er for få til at vise en median.".to_owned()),
        }
        if let (Some((over, all)), Some(limit)) = (self.over(), self.limit) {
            let limit = Unit::Days.say(f64::from(limit), 0);
            sentences.push(format!("Over {limit} venter {} af {}.", count(over), count(all)));
        }
        sentences.join(" ")
    }

    fn draw(&self, sheet: Sheet<'_>) -> Drawn {
        let width = sheet.width;
        let mut canvas = sheet.canvas();
        let (left, right, top) = (6.0, width.units() - 6.0, LINE * 3.0 + 12.0);
        let bottom = top + 170.0;
        let columns = u32::try_from(self.bins.len().max(1)).map_or(1.0, f64::from);
        let step = (right - left) / columns;
        let up = Scale::of(&Unit::Count(String::new()), self.bins.iter().filter_map(|bin| bin.count).map(f64::from));
        let up = up.on(bottom, top);
        let widest = self.bins.iter().map(|bin| canvas.width_of(bin.label())).fold(0.0, f64::max) + 6.0;
        let every = [1_u32, 2, 3, 4, 6].into_iter().find(|every| step * f64::from(*every) >= widest).unwrap_or(12);
        for (at, bin) in (0_u32..).zip(&self.bins) {
            let x = left + step * f64::from(at);
            let middle = x + step / 2.0;
            if let Some(number) = bin.count {
                let y = up.at(f64::from(number));
                let class = if self.is_over(*bin) { "fb-chart-over" } else { "fb-chart-bar" };
                canvas.field(class, (x + step * 0.1, y), (step * 0.8, bottom - y));
            } else {
                canvas.mark(Mark::Square, "fb-chart-hidden", (middle, bottom - 7.0), 4.0);
            }
            if at % every == 0 {
                canvas.say("", (middle, bottom + 18.0), Anchor::Middle, &bin.label());
            }
        }
        canvas.line("fb-chart-ground", (left, bottom), (right, bottom));
        canvas.say("", (left, bottom + 37.0), Anchor::Start, "Dages ventetid");
        canvas.height = bottom + 44.0;
        let mut marks = vec![(self.limit.map(|day| f64::from(day) + 1.0), "fb-chart-change", "fb-chart-event")];
        marks.push((self.median, "fb-chart-line", "fb-chart-strong"));
        let limit = self.limit.map(|day| format!("Frist {}", Unit::Days.say(f64::from(day), 0)));
        let median = self.median.map(|day| format!("Median {}", Unit::Days.say(day, 1)));
        for ((day, line, class), (words, y)) in marks.into_iter().zip([(limit, LINE - 4.0), (median, LINE * 2.0 - 2.0)])
        {
            let (Some(day), Some(words)) = (day, words) else { continue };
            let x = left + step * self.columns_to(day);
            // A light edge, so that it is seen on a column too.
            canvas.line("fb-chart-edge", (x, y + 4.0), (x, bottom));
            canvas.line(line, (x, y + 4.0), (x, bottom));
            let half = canvas.width_of(words.as_str()) / 2.0;
            canvas.say(class, (x.clamp(half, canvas.width - half), y), Anchor::Middle, &words);
        }
        for (at, bin) in (0_u32..).zip(&self.bins) {
            let Some(number) = bin.count else { continue };
            let place = (left + step * (f64::from(at) + 0.5), up.at(f64::from(number)) - 6.0);
            if canvas.width_of(count(number)) <= step + 4.0 {
                canvas.say("fb-chart-word", place, Anchor::Middle, &count(number));
            }
        }
        let mut key = Vec::new();
        if self.limit.is_some() {
            key.push(Key::new(Sign::Field("fb-chart-bar"), "Inden for fristen"));
            key.push(Key::new(Sign::Field("fb-chart-over"), "Over fristen"));
        }
        if self.bins.iter().any(|bin| bin.count.is_none()) {
            key.push(Key::new(Sign::Mark(Mark::Square, "fb-chart-hidden"), "Skjult, fordi der er få borgere"));
        }
        canvas.key(left, &key);
        canvas.into()
    }

    fn table(&self) -> Table {
        let row = |bin: &Bin| -> Vec<Text> {
            let remark = if self.is_over(*bin) { "Over fristen" } else { "" };
            vec![bin.label().into(), bin.count.map_or_else(|| "Skjult".to_owned(), count).into(), remark.into()]
        };
        Table {
            columns: ["Dage", "Borgere", "Bemærk"].map(Text::from).into(),
            rows: self.bins.iter().map(row).collect(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let most =
            self.ninetieth.map(|days| format!("Ni af ti venter højst {} dage (90-percentil).", decimal(days, 1)));
        most.into_iter().collect()
    }
}
