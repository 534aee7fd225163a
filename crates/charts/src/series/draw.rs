//! The drawing of a series.

use super::{CentreLine, ControlLimits, PointValue, Series, Signal};
use crate::canvas::{Anchor, Canvas, Key, LINE, Mark, Sign, fits, letter};
use crate::figure::{Drawn, Sheet, Width};
use crate::number::capital;
use crate::scale::Scale;
use crate::text::Text;

const PLOT: f64 = 220.0;

/// Where things lie.
struct Frame<'a> {
    series: &'a Series,
    wide: bool,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// Across for one point.
    step: f64,
    up: Scale,
}

pub(super) fn draw(series: &Series, sheet: Sheet<'_>) -> Drawn {
    let mut canvas = sheet.canvas();
    let frame = Frame::of(series, sheet.width);
    canvas.height = frame.bottom + 44.0;
    frame.fields(&mut canvas);
    frame.axis(&mut canvas);
    frame.limits(&mut canvas);
    frame.lines(&mut canvas);
    frame.changes(&mut canvas);
    frame.points(&mut canvas);
    frame.periods(&mut canvas);
    if frame.wide {
        frame.labels(&mut canvas);
    }
    let key = frame.key(&canvas);
    canvas.key(if frame.wide { frame.left } else { 0.0 }, &key);
    canvas.into()
}

impl<'a> Frame<'a> {
    fn of(series: &'a Series, width: Width) -> Self {
        let wide = width.is_wide();
        let all = (0..series.points.len()).filter_map(|at| series.value(at));
        let limits = series.limits.iter().flatten().flat_map(|limits| [limits.low, limits.high]);
        let lines = series.lines.iter().map(|line| line.value);
        let up = Scale::of(&series.unit, all.chain(limits).chain(lines).chain(series.goal));
        let above = if series.changes.is_empty() && series.unit.name().is_empty() { 12.0 } else { 30.0 };
        let (left, right) = (52.0, width.units() - if wide { 128.0 } else { 10.0 });
        let (top, bottom) = (above, above + PLOT);
        #[expect(clippy::cast_precision_loss, reason = "some hundred points at most")]
        let step = (right - left) / series.points.len().max(1) as f64;
        Self { series, wide, left, right, top, bottom, step, up: up.on(bottom, top) }
    }

    /// The middle of a point; a place between two is the end of the first.
    fn x(&self, at: usize) -> f64 {
        self.begin(at) + self.step / 2.0
    }

    fn begin(&self, at: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "some hundred points at most")]
        let at = at as f64;
        self.left + self.step * at
    }

    fn place(&self, at: usize) -> Option<(f64, f64)> {
        self.series.value(at).map(|value| (self.x(at), self.up.at(value)))
    }

    fn fields(&self, canvas: &mut Canvas<'_>) {
        for signal in &self.series.signals {
            let (from, to) = (self.begin(signal.from), self.begin(signal.to + 1));
            canvas.field(class_of(*signal), (from, self.top), (to - from, self.bottom - self.top));
        }
    }

    /// The words of a field in lines; none when the field is too narrow for them.
    fn words_inside(&self, canvas: &Canvas<'_>, signal: Signal) -> Option<Vec<String>> {
        let width = self.begin(signal.to + 1) - self.begin(signal.from) - 10.0;
        let words = canvas.lines(&self.series.field_words(signal).into(), width);
        (self.wide && width >= 100.0 && words.len() <= 2).then_some(words)
    }

    fn axis(&self, canvas: &mut Canvas<'_>) {
        let ticks = self.up.ticks();
        for (at, tick) in ticks.iter().enumerate() {
            let y = self.up.at(*tick);
            let class = if at == 0 { "fb-chart-ground" } else { "fb-chart-grid" };
            canvas.line(class, (self.left, y), (self.right, y));
            canvas.say("", (self.left - 8.0, y + 5.0), Anchor::End, &self.series.unit.tick(*tick));
        }
        if !self.series.unit.name().is_empty() {
            canvas.say("", (0.0, 14.0), Anchor::Start, &capital(self.series.unit.name()));
        }
    }

    fn limits(&self, canvas: &mut Canvas<'_>) {
        for pick in [|limits: &ControlLimits| limits.low, |limits: &ControlLimits| limits.high] {
            let mut way = Vec::new();
            for (at, limits) in self.series.limits.iter().enumerate() {
                let Some(limits) = limits else {
                    canvas.path("fb-chart-limit", &std::mem::take(&mut way));
                    continue;
                };
                let y = self.up.at(pick(limits));
                way.extend([(self.begin(at), y), (self.begin(at + 1), y)]);
            }
            canvas.path("fb-chart-limit", &way);
        }
    }

    fn lines(&self, canvas: &mut Canvas<'_>) {
        for line in &self.series.lines {
            let y = self.up.at(line.value);
            let (from, to, end) = (self.begin(line.from), self.begin(line.to), self.begin(line.carried_to));
            canvas.line("fb-chart-line", (from, y), (to, y));
            if line.carried_to > line.to {
                canvas.line("fb-chart-line fb-chart-carried", (to, y), (end, y));
            }
        }
        if let Some(goal) = self.series.goal {
            let y = self.up.at(goal);
            canvas.line("fb-chart-goal", (self.left, y), (self.right, y));
        }
    }

    fn changes(&self, canvas: &mut Canvas<'_>) {
        let single = self.series.changes.len() == 1;
        for (number, change) in self.series.changes.iter().enumerate() {
            let x = self.begin(change.at.min(self.series.points.len()));
            canvas.line("fb-chart-change", (x, self.top - 6.0), (x, self.bottom));
            if !single {
                canvas.sign("fb-chart-event", (x, self.top - 11.0), Anchor::Middle, &letter(number));
            } else if let Some(name) = self.direct_name() {
                let half = canvas.width_of(name.clone()) / 2.0;
                let middle = x.clamp(half, (canvas.width - half).max(half));
                canvas.text("fb-chart-event", (middle, self.top - 11.0), Anchor::Middle, &name);
            }
        }
    }

    /// The name of the only change, when there is room for it above.
    fn direct_name(&self) -> Option<Text> {
        match &self.series.changes[..] {
            [only] if self.wide && fits(only.name.words(), 560.0) && self.series.unit.name().is_empty() => {
                Some(only.name.clone())
            }
            _ => None,
        }
    }

    fn points(&self, canvas: &mut Canvas<'_>) {
        let mut way: Vec<(f64, f64)> = Vec::new();
        for at in 0..self.series.points.len() {
            match self.place(at) {
                Some(place) => way.push(place),
                None => canvas.path("fb-chart-way", &std::mem::take(&mut way)),
            }
        }
        canvas.path("fb-chart-way", &way);
        let size = (self.step * 0.32).clamp(2.4, 5.5);
        for (at, point) in self.series.points.iter().enumerate() {
            let Some(place) = self.place(at) else {
                if point.reading == PointValue::Hidden {
                    canvas.mark(Mark::Square, "fb-chart-hidden", (self.x(at), self.bottom - 7.0), size.min(4.0));
                }
                continue;
            };
            let class = if point.preliminary { "fb-chart-hollow" } else { "fb-chart-point" };
            if self.series.outside.contains(&at) {
                canvas.mark(Mark::Diamond, "fb-chart-outside", place, size + 3.5);
            } else {
                canvas.mark(Mark::Dot, class, place, size);
            }
        }
    }

    /// Names of the periods below, as many as there is room for, and the year where it begins.
    fn periods(&self, canvas: &mut Canvas<'_>) {
        let points = &self.series.points;
        let widest = points.iter().map(|point| canvas.width_of(point.label.as_str())).fold(0.0, f64::max) + 8.0;
        let every =
            [1_u8, 2, 3, 4, 6, 12].into_iter().find(|every| self.step * f64::from(*every) >= widest).unwrap_or(12);
        for (at, point) in points.iter().enumerate().filter(|(at, _)| at % usize::from(every) == 0) {
            canvas.say("", (self.x(at), self.bottom + 18.0), Anchor::Middle, &point.label);
        }
        self.years(canvas);
    }

    /// The years below the periods, each where it begins and has room for its name.
    fn years(&self, canvas: &mut Canvas<'_>) {
        let mut starts: Vec<(f64, i16)> = Vec::new();
        for (at, point) in self.series.points.iter().enumerate() {
            if starts.last().is_none_or(|(_, year)| *year != point.year) {
                starts.push((self.begin(at), point.year));
            }
        }
        for (at, (x, year)) in starts.iter().enumerate() {
            if at > 0 {
                canvas.line("fb-chart-ground", (*x, self.bottom), (*x, self.bottom + 38.0));
            }
            let end = starts.get(at + 1).map_or(self.right, |(next, _)| *next);
            if end - x >= 36.0 || starts.len() == 1 {
                canvas.sign("fb-chart-strong", (x + 4.0, self.bottom + 37.0), Anchor::Start, &year.to_string());
            }
        }
    }

    /// Names of the lines at their right ends, pushed apart, and the words of the fields.
    fn labels(&self, canvas: &mut Canvas<'_>) {
        let mut labels: Vec<(f64, &str, String)> = Vec::new();
        let last = self.series.lines.len().saturating_sub(1);
        for (at, line) in self.series.lines.iter().enumerate() {
            let class = if at == last { "fb-chart-strong" } else { "" };
            labels.push((self.up.at(line.value), class, self.line_name(at, line)));
        }
        if let Some(limits) = self.series.limits.iter().rev().flatten().next() {
            labels.push((self.up.at(limits.high), "", "Øvre grænse".to_owned()));
            labels.push((self.up.at(limits.low), "", "Nedre grænse".to_owned()));
        }
        if let Some(goal) = self.series.goal {
            labels.push((self.up.at(goal), "fb-chart-aim", format!("Mål {}", self.series.unit.say(goal, 1))));
        }
        labels.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut free = f64::NEG_INFINITY;
        for (y, class, words) in labels {
            let y = (y + 5.0).max(free);
            canvas.say(class, (self.right + 8.0, y), Anchor::Start, &words);
            free = y + LINE - 1.0;
        }
        for signal in &self.series.signals {
            let Some(words) = self.words_inside(canvas, *signal) else { continue };
            let middle = f64::midpoint(self.begin(signal.from), self.begin(signal.to + 1));
            // On the other side of the line from the points.
            let below = self.bottom - 12.0 - if words.len() > 1 { LINE } else { 0.0 };
            let y = if signal.above { below } else { self.top + LINE };
            canvas.stacked("fb-chart-inside", (middle, y), &words);
        }
    }

    fn line_name(&self, at: usize, line: &CentreLine) -> String {
        let word = self.series.line_word();
        let value = self.series.unit.say(line.value, 1);
        let short = if word == "median" { "median" } else { "middel" };
        if at > 0 { format!("Ny {short} {value}") } else { format!("{} {value}", capital(short)) }
    }

    fn key(&self, canvas: &Canvas<'_>) -> Vec<Key> {
        let series = self.series;
        let mut rows = Vec::new();
        if !self.wide {
            for (at, line) in series.lines.iter().enumerate() {
                let class =
                    if at + 1 < series.lines.len() { "fb-chart-line fb-chart-carried" } else { "fb-chart-line" };
                rows.push(Key::new(Sign::Line(class), self.line_name(at, line)));
            }
            if series.has_limits() {
                rows.push(Key::new(Sign::Line("fb-chart-limit"), "Grænser for tilfældig variation"));
            }
            if let Some(goal) = series.goal {
                rows.push(Key::new(Sign::Line("fb-chart-goal"), format!("Mål {}", series.unit.say(goal, 1))));
            }
        }
        if let [only] = &series.changes[..]
            && self.direct_name().is_none()
        {
            rows.push(Key { sign: Sign::Line("fb-chart-change"), words: only.name.clone() });
        }
        for signal in series.signals.iter().filter(|signal| self.words_inside(canvas, **signal).is_none()) {
            rows.push(Key::new(Sign::Field(class_of(*signal)), series.field_words(*signal)));
        }
        if !series.outside.is_empty() {
            rows.push(Key::new(Sign::Mark(Mark::Diamond, "fb-chart-outside"), "Uden for grænserne"));
        }
        if series.any(|point| point.preliminary && matches!(point.reading, PointValue::Value(_))) {
            rows.push(Key::new(Sign::Mark(Mark::Dot, "fb-chart-hollow"), "Foreløbig"));
        }
        if series.any(|point| point.reading == PointValue::Hidden) {
            rows.push(Key::new(Sign::Mark(Mark::Square, "fb-chart-hidden"), "Skjult, fordi der er få borgere"));
        }
        rows
    }
}

const fn class_of(signal: Signal) -> &'static str {
    match signal.better {
        Some(true) => "fb-chart-field fb-chart-better",
        Some(false) => "fb-chart-field fb-chart-worse",
        None => "fb-chart-field",
    }
}
