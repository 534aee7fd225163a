//! What a series says: its finding, and what stands beside a point in the table.

use super::{Change, PeriodStep, Point, PointValue, Series, Signal};
use crate::number::{at_first, capital, in_words};

impl Series {
    /// Where the figure lies, where the line lies, and what the points say.
    pub(super) fn say(&self) -> String {
        let Some(last) = self.last() else {
            return if self.any(|point| point.reading == PointValue::Hidden) {
                "Alle tal er skjult, fordi de bygger på få borgere.".to_owned()
            } else {
                "Der er ingen tal endnu.".to_owned()
            };
        };
        let value = self.value(last).unwrap_or_default();
        let mut sentences = vec![format!(
            "{} ligger på {} i {}{}.",
            self.subject,
            self.unit.say(value, 1),
            self.points.get(last).map_or("", |point| &point.name),
            self.say_line(),
        )];
        if self.lines.is_empty() {
            sentences.push(format!("Der er for få punkter til {} {}.", self.article(), self.line_word()));
        } else {
            sentences.extend(self.say_signals());
        }
        if self.lines.len() > 1 {
            sentences.push("Uden sammenligningsgruppe er det en ændring, ikke en effekt.".to_owned());
        }
        sentences.extend(self.goal.map(|goal| format!("Målet er {}.", self.unit.say(goal, 1))));
        sentences.join(" ")
    }

    fn article(&self) -> &'static str {
        if self.has_limits() { "et" } else { "en" }
    }

    /// "medianen", "gennemsnittet".
    pub(super) fn the_line(&self) -> &'static str {
        if self.has_limits() { "gennemsnittet" } else { "medianen" }
    }

    fn say_line(&self) -> String {
        let value = |at: usize| self.lines.get(at).map(|line| self.unit.say(line.value, 1)).unwrap_or_default();
        match self.lines.len() {
            0 => String::new(),
            1 => format!(", {} er {}", self.the_line(), value(0)),
            n => format!(", {} er {}, før {}", self.the_line(), value(n - 1), value(n - 2)),
        }
    }

    fn say_signals(&self) -> Vec<String> {
        let mut said: Vec<String> = self.signals.last().map(|signal| self.say_signal(*signal)).into_iter().collect();
        if let Some((crossings, least)) = self.few_crossings {
            let times = if crossings == 1 { "én gang".to_owned() } else { format!("{} gange", in_words(crossings)) };
            let line = capital(self.the_line());
            said.push(format!("{line} krydses {times}, hvor tilfældighed giver mindst {}: et skift.", in_words(least)));
        }
        if let Some(&at) = self.outside.last() {
            let name = self.points.get(at).map_or("", |point| &point.name);
            said.push(match self.outside.len() {
                1 => format!("Ét punkt ligger uden for grænserne: {name}."),
                n => format!("{} punkter ligger uden for grænserne, senest {name}.", at_first(n)),
            });
        }
        if said.is_empty() {
            said.push(format!("Punkterne varierer tilfældigt omkring {}.", self.the_line()));
        }
        said
    }

    fn say_signal(&self, signal: Signal) -> String {
        let steps = match self.step {
            PeriodStep::Month => "måneder",
            PeriodStep::Quarter => "kvartaler",
            PeriodStep::Other => "punkter",
        };
        let shift = match signal.better {
            Some(true) => "et skift til det bedre",
            Some(false) => "et skift til det værre",
            None => "et skift",
        };
        let side = if signal.above { "over" } else { "under" };
        format!("{} {steps} i træk {side} {}: {shift}.", at_first(signal.points), self.the_line())
    }

    /// What stands in the field of a run: "10 punkter i træk over medianen".
    pub(super) fn field_words(&self, signal: Signal) -> String {
        let side = if signal.above { "over" } else { "under" };
        format!("{} punkter i træk {side} {}", signal.points, self.the_line())
    }

    /// The last point that is final; the last with a figure when none is.
    fn last(&self) -> Option<usize> {
        let with = |wanted: &dyn Fn(&Point) -> bool| {
            (0..self.points.len())
                .rev()
                .find(|at| self.value(*at).is_some() && self.points.get(*at).is_some_and(wanted))
        };
        with(&|point| !point.preliminary).or_else(|| with(&|_| true))
    }

    /// What the drawing shows of a point beside its value.
    pub(super) fn remarks(&self, at: usize, point: &Point) -> String {
        let mut remarks = Vec::new();
        if point.preliminary {
            remarks.push("Foreløbig".to_owned());
        }
        if self.outside.contains(&at) {
            remarks.push("Uden for grænserne".to_owned());
        }
        if self.signals.iter().any(|signal| signal.from <= at && at <= signal.to) {
            remarks.push("Del af en serie".to_owned());
        }
        for (number, Change { .. }) in self.change_at(at) {
            remarks.push(match self.changes.len() {
                1 => "Ændring".to_owned(),
                _ => format!("Ændring {}", crate::canvas::letter(number)),
            });
        }
        remarks.join(", ")
    }
}
