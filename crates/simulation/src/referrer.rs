//! Practices and wards: how many there are, which refer at all, and which refer much.

use crate::calibration::{Calibration, Parameter};
use crate::dice::Dice;

/// Who refers, with the weight of each.
#[derive(Debug, Clone)]
pub struct Referrers {
    practices: Vec<f64>,
    wards: [f64; 3],
}

impl Referrers {
    /// The practices of a municipality of this size: some refer nobody, some refer much.
    pub fn of(inhabitants: u32, calibration: &Calibration, dice: &mut Dice) -> Self {
        let each = calibration.whole(Parameter::InhabitantsAPractice).max(1);
        let count = (inhabitants / each).max(1);
        let silent = share_of(count, calibration.of(Parameter::SilentPracticeShare)).min(count - 1);
        let keen = share_of(count - silent, calibration.of(Parameter::KeenPracticeShare));
        let weight = |rank: u32| match rank {
            rank if rank < silent => 0.0,
            rank if rank < silent + keen => calibration.of(Parameter::KeenPracticeWeight),
            _ => 1.0,
        };
        let mut practices: Vec<f64> = (0..count).map(weight).collect();
        shuffle(&mut practices, dice);
        let (first, second) = (calibration.of(Parameter::WardFirstShare), calibration.of(Parameter::WardSecondShare));
        Self { practices, wards: [first, second, (1.0 - first - second).max(0.0)] }
    }

    /// The practice that a referral comes from.
    pub fn practice(&self, dice: &mut Dice) -> u16 {
        let chosen = dice.weighted(self.practices.iter().copied()).unwrap_or(0);
        u16::try_from(chosen).unwrap_or(u16::MAX)
    }

    /// The ward.
    pub fn ward(&self, dice: &mut Dice) -> u16 {
        let chosen = dice.weighted(self.wards.into_iter()).unwrap_or(0);
        u16::try_from(chosen).unwrap_or(0)
    }

    /// How many practices there are, and how many of them refer nobody.
    pub fn practices(&self) -> (usize, usize) {
        (self.practices.len(), self.practices.iter().filter(|weight| **weight <= 0.0).count())
    }
}

/// The nearest whole number to a share of a count.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small count")]
fn share_of(count: u32, share: f64) -> u32 {
    (f64::from(count) * share + 0.5) as u32
}

fn shuffle(list: &mut [f64], dice: &mut Dice) {
    for last in (1..list.len()).rev() {
        let other = dice.below(u32::try_from(last + 1).unwrap_or(1));
        list.swap(last, usize::try_from(other).unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_practices_are_silent_as_the_calibration_says() {
        let calibration = Calibration::stated();
        let referrers = Referrers::of(320_000, calibration, &mut Dice::new(1, 1));
        assert_eq!(referrers.practices(), (100, 20));
        let (count, silent) = Referrers::of(500, calibration, &mut Dice::new(1, 1)).practices();
        assert_eq!((count, silent), (1, 0), "the only practice refers");
    }

    #[test]
    fn a_silent_practice_refers_nobody_and_a_keen_one_much() {
        let mut dice = Dice::new(3, 3);
        let referrers = Referrers::of(64_000, Calibration::stated(), &mut dice);
        let mut counts = [0.0; 20];
        for _ in 0..20_000 {
            counts[usize::from(referrers.practice(&mut dice))] += 1.0;
        }
        for (count, weight) in counts.iter().zip(&referrers.practices) {
            assert_eq!(*count > 0.0, *weight > 0.0);
        }
        let most = counts.iter().copied().fold(0.0, f64::max);
        let least = counts.iter().copied().filter(|count| *count > 0.0).fold(f64::MAX, f64::min);
        assert!((2.5..3.6).contains(&(most / least)), "{most} beside {least}");
    }
}
