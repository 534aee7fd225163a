//! Axes: a span that is chosen by what is measured, never cut to make a difference look larger.

use crate::number::{decimal, percent};

/// What is measured on an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// A share from 0 to 1, shown in per cent.
    Share,
    /// Days.
    Days,
    /// How many: "henvisninger", "borgere".
    Count(String),
    /// A measure with its unit: "m", "kg", "point".
    Measure(String),
}

impl Unit {
    /// A value in a sentence.
    pub(crate) fn say(&self, value: f64, decimals: usize) -> String {
        match self {
            Self::Share => percent(value, decimals),
            Self::Days if (value - 1.0).abs() < 1e-9 => "1\u{a0}dag".to_owned(),
            Self::Days => format!("{}\u{a0}dage", decimal(value, decimals)),
            Self::Count(_) => decimal(value, decimals),
            Self::Measure(unit) => format!("{}\u{a0}{unit}", decimal(value, decimals)),
        }
    }

    /// A value on the axis, where the unit stands above.
    pub(crate) fn tick(&self, value: f64) -> String {
        match self {
            Self::Share => percent(value, 1),
            Self::Days | Self::Count(_) | Self::Measure(_) => decimal(value, 2),
        }
    }

    /// What stands above the axis.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Share => "",
            Self::Days => "dage",
            Self::Count(name) | Self::Measure(name) => name,
        }
    }
}

/// A span of values on a stretch of the drawing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    pub low: f64,
    pub high: f64,
    pub step: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// The span for values of a unit. A share gets one of five spans; everything else begins at zero when nothing is below.
    pub(crate) fn of(unit: &Unit, values: impl Iterator<Item = f64> + Clone) -> Self {
        let values = values.filter(|value| value.is_finite());
        let low = values.clone().fold(f64::INFINITY, f64::min);
        let high = values.fold(f64::NEG_INFINITY, f64::max);
        let (low, high, step) = match unit {
            Unit::Share => share_span(low, high),
            Unit::Days | Unit::Count(_) | Unit::Measure(_) => number_span(low, high),
        };
        Self { low, high, step, from: 0.0, to: 1.0 }
    }

    /// A span that is given.
    pub(crate) fn between(low: f64, high: f64) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        Self { low, high, step: step_for(high - low), from: 0.0, to: 1.0 }
    }

    /// The same span on another stretch of the drawing.
    pub(crate) const fn on(self, from: f64, to: f64) -> Self {
        Self { from, to, ..self }
    }

    /// Where a value lies; one outside the span lies at its end.
    pub(crate) fn at(self, value: f64) -> f64 {
        let part = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from + part * (self.to - self.from)
    }

    /// The values that are marked.
    pub(crate) fn ticks(self) -> Vec<f64> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some ten ticks")]
        let steps = ((self.high - self.low) / self.step).round() as u32;
        (0..=steps.min(20)).map(|step| self.low + f64::from(step) * self.step).collect()
    }
}

fn share_span(low: f64, high: f64) -> (f64, f64, f64) {
    if !high.is_finite() || (low < 0.5 && high > 0.5) {
        (0.0, 1.0, 0.25)
    } else if low >= 0.5 {
        (0.5, 1.0, 0.1)
    } else if high > 0.25 {
        (0.0, 0.5, 0.1)
    } else if high > 0.1 {
        (0.0, 0.25, 0.05)
    } else {
        (0.0, 0.1, 0.02)
    }
}

fn number_span(low: f64, high: f64) -> (f64, f64, f64) {
    if !high.is_finite() {
        return (0.0, 10.0, 2.0);
    }
    let (low, high) = (low.min(0.0), high.max(0.0));
    let step = step_for((high - low).max(4.0));
    ((low / step).floor() * step, ((high / step).ceil() * step).max(step * 4.0), step)
}

/// 1, 2 or 5 times a power of ten, so that there are four to six steps or a few more.
fn step_for(span: f64) -> f64 {
    let rough = span / 6.0;
    let power = 10_f64.powf(rough.log10().floor());
    let times = rough / power;
    power
        * if times <= 1.0 {
            1.0
        } else if times <= 2.0 {
            2.0
        } else if times <= 5.0 {
            5.0
        } else {
            10.0
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(unit: &Unit, values: &[f64]) -> (f64, f64) {
        let scale = Scale::of(unit, values.iter().copied());
        (scale.low, scale.high)
    }

    #[test]
    fn a_share_has_one_of_five_spans() {
        assert_eq!(span(&Unit::Share, &[0.66, 0.81]), (0.5, 1.0));
        assert_eq!(span(&Unit::Share, &[0.31, 0.81]), (0.0, 1.0));
        assert_eq!(span(&Unit::Share, &[0.31, 0.44]), (0.0, 0.5));
        assert_eq!(span(&Unit::Share, &[0.11]), (0.0, 0.25));
        assert_eq!(span(&Unit::Share, &[0.0, 0.04]), (0.0, 0.1));
        assert_eq!(span(&Unit::Share, &[]), (0.0, 1.0));
    }

    #[test]
    fn numbers_begin_at_zero_and_end_at_a_round_one() {
        assert_eq!(span(&Unit::Days, &[9.0, 23.0]), (0.0, 25.0));
        assert_eq!(span(&Unit::Count("borgere".to_owned()), &[480.0, 1_012.0]), (0.0, 1_200.0));
        assert_eq!(span(&Unit::Days, &[]), (0.0, 10.0));
        assert_eq!(span(&Unit::Days, &[0.0]), (0.0, 4.0));
    }

    #[test]
    fn a_value_outside_the_span_lies_at_its_end() {
        let scale = Scale::between(0.0, 10.0).on(100.0, 0.0);
        assert!((scale.at(5.0) - 50.0).abs() < 1e-9 && scale.at(99.0).abs() < 1e-9);
        assert_eq!(Scale::between(3.0, 3.0).ticks().len(), 6);
    }
}
