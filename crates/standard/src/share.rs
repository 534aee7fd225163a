//! The share met: met / (met + not met + unknown), with the number unknown always beside it.

use crate::outcome::{Outcome, Verdict};

/// How many units of each outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Met.
    pub met: u64,
    /// Not met.
    pub not_met: u64,
    /// Time not up.
    pub not_yet_due: u64,
    /// Excluded; units that the requirement is not about are not counted.
    pub not_applicable: u64,
    /// Unknown.
    pub unknown: u64,
}

impl Tally {
    /// Counts a verdict in.
    pub const fn add(&mut self, verdict: &Verdict) {
        if !verdict.is_outside() {
            let count = self.count_of(verdict.outcome);
            *count += 1;
        }
    }

    /// Takes a verdict out that was counted before.
    pub const fn remove(&mut self, verdict: &Verdict) {
        if !verdict.is_outside() {
            let count = self.count_of(verdict.outcome);
            *count = count.saturating_sub(1);
        }
    }

    /// Adds what others were told.
    pub const fn merge(&mut self, Self { met, not_met, not_yet_due, not_applicable, unknown }: Self) {
        self.met += met;
        self.not_met += not_met;
        self.not_yet_due += not_yet_due;
        self.not_applicable += not_applicable;
        self.unknown += unknown;
    }

    const fn count_of(&mut self, outcome: Outcome) -> &mut u64 {
        match outcome {
            Outcome::Met => &mut self.met,
            Outcome::NotMet => &mut self.not_met,
            Outcome::NotYetDue => &mut self.not_yet_due,
            Outcome::NotApplicable => &mut self.not_applicable,
            Outcome::Unknown => &mut self.unknown,
        }
    }

    /// The share, in which unknown counts as not met.
    pub const fn share(&self) -> Share {
        Share { met: self.met, of: self.met + self.not_met + self.unknown, unknown: self.unknown }
    }
}

/// A share met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many met it.
    pub met: u64,
    /// Of how many.
    pub of: u64,
    /// How many of these are unknown; shown wherever the share is.
    pub unknown: u64,
}

impl Share {
    /// Between zero and one; none without units.
    #[expect(clippy::cast_precision_loss, reason = "counts of courses, far below where it would matter")]
    pub fn rate(self) -> Option<f64> {
        (self.of > 0).then(|| self.met as f64 / self.of as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_counts_as_not_met_and_is_told_beside_it() {
        let mut tally = Tally::default();
        let all = [
            (Outcome::Met, 6),
            (Outcome::NotMet, 2),
            (Outcome::Unknown, 2),
            (Outcome::NotYetDue, 5),
            (Outcome::NotApplicable, 3),
        ];
        for (outcome, times) in all {
            let reason = (outcome == Outcome::NotApplicable).then_some("dead");
            (0..times).for_each(|_| tally.add(&Verdict { outcome, reason, ..Verdict::OUTSIDE }));
        }
        tally.add(&Verdict::OUTSIDE);
        assert_eq!(tally.share(), Share { met: 6, of: 10, unknown: 2 });
        assert_eq!(tally.share().rate(), Some(0.6));
        assert_eq!(tally.not_applicable, 3);
    }

    #[test]
    fn a_verdict_taken_out_leaves_no_trace() {
        let mut tally = Tally::default();
        let verdict = Verdict { outcome: Outcome::Met, ..Verdict::OUTSIDE };
        tally.add(&verdict);
        tally.remove(&verdict);
        assert_eq!(tally, Tally::default());
        assert_eq!(tally.share().rate(), None);
    }
}
