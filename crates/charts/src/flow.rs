//! The way from referral to completed, and where people leave it.

use crate::canvas::{Anchor, Key, LINE, Sign};
use crate::figure::{Drawn, Picture, Sheet, Table};
use crate::number::{count, percent};
use crate::text::Text;

/// A step on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its name: "Henvist", "Nået".
    pub name: Text,
    /// How many came to it; none when it is hidden.
    pub count: Option<u32>,
    /// Why those who left did so before the next step.
    pub losses: Vec<Loss>,
}

/// A reason to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// As a sentence ends with it: "nået ikke", "sagde nej".
    pub reason: Text,
    /// How many; none when it is hidden.
    pub count: Option<u32>,
}

/// The whole way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// What it is about.
    pub title: String,
    /// From the first step to the last.
    pub stages: Vec<Stage>,
}

impl Flow {
    fn first(&self) -> Option<u32> {
        self.stages.first()?.count.filter(|count| *count > 0)
    }

    /// How many left before each next step.
    fn lost_after(&self, at: usize) -> Option<u32> {
        let (here, next) = (self.stages.get(at)?.count?, self.stages.get(at + 1)?.count?);
        Some(here.saturating_sub(next))
    }

    fn share(&self, count: u32) -> Option<f64> {
        self.first().map(|first| f64::from(count) / f64::from(first))
    }

    fn value(&self, stage: &Stage) -> String {
        match (stage.count, stage.count.and_then(|count| self.share(count))) {
            (Some(number), Some(share)) => format!("{} · {}", count(number), percent(share, 0)),
            (Some(number), None) => count(number),
            (None, _) => "Skjult".to_owned(),
        }
    }

    /// "41 gik ikke videre: 30 nået ikke, 11 sagde nej"
    fn say_losses(&self, at: usize, stage: &Stage) -> Option<Text> {
        self.stages.get(at + 1)?;
        let lost = self.lost_after(at).map_or_else(|| "Skjult antal".to_owned(), count);
        let reason = |loss: &Loss| {
            let number = loss.count.map_or_else(|| "<5".to_owned(), count);
            format!("{number} {}", loss.reason.words())
        };
        let reasons: Vec<String> = stage.losses.iter().map(reason).collect();
        let reasons = if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join(", ")) };
        let words = format!("{lost} gik ikke videre{reasons}");
        let record = stage.losses.iter().any(|loss| loss.reason.is_record());
        Some(if record { Text::Record(words) } else { Text::Ours(words) })
    }
}

impl Picture for Flow {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn finding(&self) -> String {
        let (Some(first), Some(last)) = (self.first(), self.stages.last().and_then(|stage| stage.count)) else {
            return "Der er ingen tal endnu.".to_owned();
        };
        let share = percent(f64::from(last) / f64::from(first), 1);
        let reached = format!("{} af {} kom hele vejen ({share}).", count(last), count(first));
        let most = (0..self.stages.len()).filter_map(|at| self.lost_after(at).map(|gone| (gone, at))).max_by_key(
            // The first of two that are alike.
            |(gone, at)| (*gone, std::cmp::Reverse(*at)),
        );
        let name = |at: usize| self.stages.get(at).map_or("", |stage| stage.name.words());
        match most {
            Some((gone, at)) if gone > 0 => {
                format!("{reached} Flest gik ikke videre efter ”{}”: {}.", name(at), count(gone))
            }
            _ => reached,
        }
    }

    fn draw(&self, sheet: Sheet<'_>) -> Drawn {
        let width = sheet.width;
        let mut canvas = sheet.canvas();
        let across = |count: u32| self.share(count).unwrap_or(0.0).min(1.0) * width.units();
        let mut top = 0.0;
        let mut before: Option<u32> = None;
        for (at, stage) in self.stages.iter().enumerate() {
            let value = self.value(stage);
            canvas.say("fb-chart-value", (canvas.width, top + LINE), Anchor::End, &value);
            let room = canvas.width - canvas.width_of(value.as_str()) - 12.0;
            let foot = canvas.wrapped("fb-chart-name", (0.0, top + LINE), room, &stage.name);
            let bar = foot + 8.0;
            if let Some(count) = stage.count {
                if let Some(before) = before.filter(|before| *before > count) {
                    let gone = across(before) - across(count);
                    canvas.field("fb-chart-lost", (across(count), bar + 1.0), (gone - 1.0, 16.0));
                }
                canvas.field("fb-chart-bar", (0.0, bar), (across(count), 18.0));
            } else {
                canvas.field("fb-chart-lost", (0.0, bar + 1.0), (canvas.width - 1.0, 16.0));
            }
            top = bar + 18.0;
            if let Some(words) = self.say_losses(at, stage) {
                top = canvas.wrapped("fb-chart-word", (0.0, top + LINE), canvas.width, &words);
            }
            top += 12.0;
            before = stage.count;
        }
        canvas.height = top;
        canvas.key(
            0.0,
            &[
                Key::new(Sign::Field("fb-chart-bar"), "Kom til trinnet"),
                Key::new(Sign::Field("fb-chart-lost"), "Gik ikke videre fra trinnet før"),
            ],
        );
        canvas.into()
    }

    fn table(&self) -> Table {
        let row = |(at, stage): (usize, &Stage)| -> Vec<Text> {
            let dash = || "–".to_owned();
            vec![
                stage.name.clone(),
                stage.count.map_or_else(|| "Skjult".to_owned(), count).into(),
                stage.count.and_then(|count| self.share(count)).map_or_else(dash, |share| percent(share, 1)).into(),
                self.say_losses(at, stage).unwrap_or_else(|| dash().into()),
            ]
        };
        Table {
            columns: ["Trin", "Borgere", "Af de første", "Gik ikke videre"].map(Text::from).into(),
            rows: self.stages.iter().enumerate().map(row).collect(),
        }
    }
}
