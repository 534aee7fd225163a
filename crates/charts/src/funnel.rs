//! Units compared in one period, each by its own size: who differs more than chance would. Never a league table.

use crate::canvas::{Anchor, Canvas, Key, Mark, Sign, letter};
use crate::figure::{Drawn, Picture, Sheet, Table};
use crate::number::{at_first, count, percent};
use crate::scale::{Scale, Unit};
use crate::text::Text;

/// Where a unit lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FunnelPlace {
    /// Chance explains it.
    Within,
    /// Outside 95 %.
    Outside95,
    /// Outside 99.8 %.
    Outside998,
    /// Too few to compare.
    TooFew,
}

impl FunnelPlace {
    const ALL: [Self; 4] = [Self::Within, Self::Outside95, Self::Outside998, Self::TooFew];

    const fn label(self) -> &'static str {
        match self {
            Self::Within => "Inden for grænserne",
            Self::Outside95 => "Uden for 95\u{a0}%",
            Self::Outside998 => "Uden for 99,8\u{a0}%",
            Self::TooFew => "Under 20: sammenlignes ikke",
        }
    }

    const fn mark(self) -> (Mark, &'static str) {
        match self {
            Self::Within => (Mark::Dot, "fb-chart-point"),
            Self::Outside95 => (Mark::Diamond, "fb-chart-other"),
            Self::Outside998 => (Mark::Diamond, "fb-chart-outside"),
            Self::TooFew => (Mark::Dot, "fb-chart-hollow"),
        }
    }

    const fn is_outside(self) -> bool {
        matches!(self, Self::Outside95 | Self::Outside998)
    }
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunnelUnit {
    /// Its name.
    pub name: Text,
    /// Numerator.
    pub part: u32,
    /// Denominator.
    pub whole: u32,
    /// Where it lies.
    pub place: FunnelPlace,
}

impl FunnelUnit {
    fn share(&self) -> f64 {
        if self.whole == 0 { 0.0 } else { f64::from(self.part) / f64::from(self.whole) }
    }
}

/// Limits for a denominator: a point of the curves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelLimits {
    /// The denominator.
    pub whole: u32,
    /// 95 %, lower and upper.
    pub near: (f64, f64),
    /// 99.8 %, lower and upper.
    pub far: (f64, f64),
}

/// A funnel plot. Hidden units are left out by who makes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// What it is about.
    pub title: String,
    /// What the denominator counts: "henviste".
    pub of: String,
    /// The share of all together.
    pub centre: f64,
    /// The units, in the order of their names.
    pub units: Vec<FunnelUnit>,
    /// The curves, by growing denominator.
    pub limits: Vec<FunnelLimits>,
}

impl Funnel {
    fn how_many(&self, place: FunnelPlace) -> usize {
        self.units.iter().filter(|unit| unit.place == place).count()
    }

    fn outside(&self) -> impl Iterator<Item = &FunnelUnit> {
        self.units.iter().filter(|unit| unit.place.is_outside())
    }

    fn curves(&self, canvas: &mut Canvas<'_>, along: Scale, up: Scale) {
        type Pick = fn(&FunnelLimits) -> f64;
        let curves: [(&str, Pick); 4] = [
            ("fb-chart-limit fb-chart-near", |one| one.near.0),
            ("fb-chart-limit fb-chart-near", |one| one.near.1),
            ("fb-chart-limit", |one| one.far.0),
            ("fb-chart-limit", |one| one.far.1),
        ];
        for (class, pick) in curves {
            let way: Vec<(f64, f64)> =
                self.limits.iter().map(|one| (along.at(f64::from(one.whole)), up.at(pick(one)))).collect();
            canvas.path(class, &way);
        }
    }
}

impl Picture for Funnel {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn finding(&self) -> String {
        let compared = self.units.len() - self.how_many(FunnelPlace::TooFew);
        if compared == 0 {
            return "Ingen enheder har nok borgere til at blive sammenlignet.".to_owned();
        }
        let enheder = |n: usize| if n == 1 { "Én enhed".to_owned() } else { format!("{} enheder", at_first(n)) };
        let mut sentences =
            vec![format!("{} sammenlignes; for alle er andelen {}.", enheder(compared), percent(self.centre, 1))];
        sentences.push(match (self.how_many(FunnelPlace::Outside95), self.how_many(FunnelPlace::Outside998)) {
            (0, 0) => "Ingen afviger mere end tilfældigt.".to_owned(),
            (near, 0) => format!("{} ligger uden for 95\u{a0}%, som én af tyve gør ved tilfældighed.", enheder(near)),
            (0, far) => format!("{} ligger uden for 99,8\u{a0}%: mere end tilfældigt.", enheder(far)),
            (near, far) => {
                format!(
                    "{} ligger uden for 95\u{a0}% og {} uden for 99,8\u{a0}%.",
                    enheder(near),
                    enheder(far).to_lowercase()
                )
            }
        });
        sentences.join(" ")
    }

    fn draw(&self, sheet: Sheet<'_>) -> Drawn {
        let width = sheet.width;
        let mut canvas = sheet.canvas();
        let (left, right, top, bottom) = (52.0, width.units() - 14.0, 12.0, 262.0);
        let shares = self.units.iter().map(FunnelUnit::share);
        let up = Scale::of(&Unit::Share, shares.chain([self.centre])).on(bottom, top);
        let wholes = self.units.iter().map(|unit| f64::from(unit.whole));
        let along = Scale::of(&Unit::Count(String::new()), wholes).on(left, right);
        for tick in up.ticks() {
            canvas.line("fb-chart-grid", (left, up.at(tick)), (right, up.at(tick)));
            canvas.say("", (left - 8.0, up.at(tick) + 5.0), Anchor::End, &percent(tick, 1));
        }
        let every = if width.is_wide() { 1 } else { 2 };
        for tick in along.ticks().into_iter().step_by(every) {
            canvas.say("", (along.at(tick), bottom + 18.0), Anchor::Middle, &crate::number::decimal(tick, 0));
        }
        canvas.line("fb-chart-ground", (left, bottom), (right, bottom));
        canvas.say("", (left, bottom + 37.0), Anchor::Start, &format!("Antal {}", self.of));
        canvas.line("fb-chart-line", (left, up.at(self.centre)), (right, up.at(self.centre)));
        self.curves(&mut canvas, along, up);
        let mut letters = 0;
        for unit in &self.units {
            let place = (along.at(f64::from(unit.whole)), up.at(unit.share()));
            let (mark, class) = unit.place.mark();
            canvas.mark(mark, class, place, if mark == Mark::Dot { 4.5 } else { 7.0 });
            if unit.place.is_outside() {
                let x = if place.0 > right - 24.0 { place.0 - 20.0 } else { place.0 + 11.0 };
                canvas.sign("fb-chart-strong", (x, place.1 + 5.0), Anchor::Start, &letter(letters));
                letters += 1;
            }
        }
        canvas.height = bottom + 44.0;
        let mut key: Vec<Key> = Vec::new();
        for place in FunnelPlace::ALL.into_iter().filter(|place| self.how_many(*place) > 0) {
            let (mark, class) = place.mark();
            key.push(Key::new(Sign::Mark(mark, class), place.label()));
        }
        key.push(Key::new(Sign::Line("fb-chart-limit fb-chart-near"), "95\u{a0}% grænser"));
        key.push(Key::new(Sign::Line("fb-chart-limit"), "99,8\u{a0}% grænser"));
        canvas.key(if width.is_wide() { left } else { 0.0 }, &key);
        canvas.into()
    }

    fn table(&self) -> Table {
        let row = |unit: &FunnelUnit| -> Vec<Text> {
            vec![
                unit.name.clone(),
                count(unit.part).into(),
                count(unit.whole).into(),
                percent(unit.share(), 1).into(),
                unit.place.label().into(),
            ]
        };
        Table {
            columns: ["Enhed", "Tæller", "Nævner", "Andel", "Bemærk"].map(Text::from).into(),
            rows: self.units.iter().map(row).collect(),
        }
    }

    fn notes(&self) -> Vec<String> {
        vec!["Tragten viser, hvem der afviger mere end tilfældigt. Den er ikke en rangliste.".to_owned()]
    }

    fn letters(&self) -> Vec<(String, Text)> {
        self.outside().enumerate().map(|(at, unit)| (letter(at), unit.name.clone())).collect()
    }
}
