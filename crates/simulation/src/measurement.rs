//! Measurements and questionnaires: which instrument, and answers that it accepts.

use domain::quantity::Quantity;
use domain::response::{Answer, Answers, Phase};

use crate::dice::Dice;

/// The instruments that the model uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Rises from a chair in 30 seconds, before and after training.
    Rises,
    /// WHO-5, before and after.
    WellBeing,
    /// AUDIT, before a talk about alcohol (001, section 8.2).
    Audit,
    /// Smoke-free since last time, when nicotine cessation ends.
    SmokeFree,
}

impl Tool {
    /// The instrument's id in the catalogue.
    pub const fn instrument(self) -> &'static str {
        match self {
            Self::Rises => "sts30",
            Self::WellBeing => "who5",
            Self::Audit => "audit",
            Self::SmokeFree => "smoke_free",
        }
    }

    /// Points of one item at most, and items that are added up; one item for a plain number.
    const fn shape(self) -> (u32, u16) {
        match self {
            Self::Rises => (45, 1),
            Self::WellBeing => (5, 5),
            Self::Audit => (4, 8),
            Self::SmokeFree => (1, 1),
        }
    }

    /// The sum of points for a value as people say it: the WHO-5 index is four times its points.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of the sum")]
    fn points(self, value: f64) -> u32 {
        let (most, items) = self.shape();
        let scale = if matches!(self, Self::WellBeing) { 4.0 } else { 1.0 };
        (value / scale + 0.5).clamp(0.0, f64::from(most * u32::from(items))) as u32
    }
}

/// One use of an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measurement {
    /// Which instrument.
    pub tool: Tool,
    /// Where in the course.
    pub phase: Phase,
    /// Points in all.
    pub points: u32,
}

impl Measurement {
    /// A use with a value of about this size.
    pub(crate) fn about(tool: Tool, phase: Phase, value: f64) -> Self {
        Self { tool, phase, points: tool.points(value) }
    }

    /// The same with chance around it.
    pub(crate) fn around(tool: Tool, phase: Phase, mean: f64, deviation: f64, dice: &mut Dice) -> Self {
        Self::about(tool, phase, dice.normal(mean, deviation))
    }

    /// Answers that add up to the points.
    pub fn answers(&self) -> Answers {
        let (most, items) = self.tool.shape();
        let value = |points: u32| Answer::Value(Quantity::whole(i32::try_from(points).unwrap_or(i32::MAX)));
        let mut answers: Answers = (1..=items)
            .map(|item| {
                // As even as whole points can be, the first items taking what is left over.
                let (each, over) = (self.points / u32::from(items), self.points % u32::from(items));
                (item, value((each + u32::from(u32::from(item) <= over)).min(most)))
            })
            .collect();
        if matches!(self.tool, Tool::Audit) {
            // Harm to oneself or others, and somebody's worry: not here.
            answers.extend([9, 10].map(|item| (item, value(0))));
            // Who never drinks, or never more than a little, is not asked the rest.
            let asked = |item: &u16| *item <= 3 || *item > 8;
            if self.points < 2 {
                answers.retain(|item, _| asked(item));
            }
            if self.points == 0 {
                answers.retain(|item, _| *item == 1 || *item > 8);
            }
        }
        answers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use instruments::{Instrument, check};

    fn instrument(tool: Tool) -> &'static Instrument {
        instruments::newest(tool.instrument()).unwrap()
    }

    #[test]
    fn every_value_gives_answers_that_the_instrument_accepts() {
        for tool in [Tool::Rises, Tool::WellBeing, Tool::Audit, Tool::SmokeFree] {
            for value in 0..=110 {
                let measured = Measurement::about(tool, Phase::Start, f64::from(value));
                let faults = check(instrument(tool), &measured.answers());
                assert!(faults.is_empty(), "{tool:?} {value}: {faults:?}");
            }
        }
    }
}
