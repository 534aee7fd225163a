//! The conversation wheel as a picture: a field for each theme, the larger the better it goes.

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use askama::Template;
use domain::course::{WheelStep, WheelTheme};

const CENTER: (f64, f64) = (280.0, 180.0);
const RADIUS: f64 = 130.0;
/// Space between two fields, in turns.
const GAP: f64 = 0.003;
/// At this step and below a field is shown strongly: there is most to talk about.
const LOW: u8 = 5;

/// The wheel of a talk, drawn. Points are in the picture's own units, 560 by 360.
#[derive(Template)]
#[template(path = "talks/wheel.html")]
pub(super) struct Wheel {
    fields: Vec<Field>,
    pub(super) filled: usize,
}

struct Field {
    label: &'static str,
    short: &'static str,
    step: Option<u8>,
    path: String,
    low: bool,
    x: String,
    y: String,
    anchor: &'static str,
}

impl Wheel {
    pub(super) fn of(steps: &BTreeMap<WheelTheme, WheelStep>) -> Self {
        let fields = WheelTheme::ALL.iter().enumerate();
        let fields = fields.map(|(place, theme)| field(place, *theme, steps.get(theme).map(|step| step.get())));
        Self { fields: fields.collect(), filled: steps.len() }
    }
}

#[allow(clippy::cast_precision_loss, reason = "there are fourteen themes")]
fn field(place: usize, theme: WheelTheme, step: Option<u8>) -> Field {
    let all = WheelTheme::ALL.len() as f64;
    let (from, to) = (place as f64 / all + GAP, (place + 1) as f64 / all - GAP);
    let middle = f64::midpoint(from, to);
    let reach = RADIUS * f64::from(step.unwrap_or(0)) / f64::from(WheelStep::MAX);
    let ((x1, y1), (x2, y2)) = (point(from, reach), point(to, reach));
    let (cx, cy) = CENTER;
    let (x, y) = point(middle, RADIUS + 14.0);
    Field {
        label: theme.label(),
        short: short(theme),
        step,
        path: format!("M{cx:.1} {cy:.1}L{x1:.1} {y1:.1}A{reach:.1} {reach:.1} 0 0 1 {x2:.1} {y2:.1}Z"),
        low: step.is_some_and(|step| step <= LOW),
        x: format!("{x:.0}"),
        y: format!("{:.0}", y + 4.0),
        anchor: match middle {
            m if !(0.04..=0.96).contains(&m) || (0.46..0.54).contains(&m) => "middle",
            m if m < 0.5 => "start",
            _ => "end",
        },
    }
}

/// A point so many turns from the top, clockwise.
fn point(turns: f64, distance: f64) -> (f64, f64) {
    let (sin, cos) = (turns * TAU).sin_cos();
    (CENTER.0 + distance * sin, CENTER.1 - distance * cos)
}

/// What fits beside a field of the picture.
const fn short(theme: WheelTheme) -> &'static str {
    match theme {
        WheelTheme::Body => "Krop",
        WheelTheme::Energy => "Energi",
        WheelTheme::Sleep => "Søvn",
        WheelTheme::Mood => "Humør",
        WheelTheme::Food => "Mad",
        WheelTheme::Movement => "Bevægelse",
        WheelTheme::Habits => "Vaner",
        WheelTheme::Treatment => "Medicin",
        WheelTheme::Chores => "Hverdag",
        WheelTheme::Work => "Arbejde",
        WheelTheme::Family => "Familie",
        WheelTheme::Leisure => "Fritid",
        WheelTheme::Help => "At få hjælp",
        WheelTheme::Matters => "Vigtigt for mig",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_has_its_field_and_an_empty_one_no_size() {
        let steps = BTreeMap::from_iter(WheelStep::new(10).map(|ten| (WheelTheme::Body, ten)));
        let wheel = Wheel::of(&steps);
        assert_eq!((wheel.fields.len(), wheel.filled), (14, 1));
        assert!(wheel.fields[0].path.contains("A130.0"), "{}", wheel.fields[0].path);
        assert!(wheel.fields[1].path.contains("A0.0"), "{}", wheel.fields[1].path);
        let text = wheel.render().unwrap_or_default();
        assert!(text.contains("Krop og helbred: 10 af 10"), "{text}");
    }
}
