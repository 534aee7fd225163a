//! Patterns in attendance that somebody should ring about before the citizen is gone (equity cases: who follows the
//! citizens with the greatest needs through all contacts).

use jiff::civil::Date;

use crate::team::Presence;

/// So many times in a row without a miss are a stable period.
pub const STABLE_TIMES: usize = 5;

/// A pattern that was broken, with the day of the newest miss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrokenPattern {
    /// Stayed away twice in a row.
    MissedTwice {
        /// The second time.
        on: Date,
    },
    /// Missed for the first time, by regrets or without, after so many times in a row.
    FirstMiss {
        /// The day.
        on: Date,
        /// How many times before it.
        after: usize,
    },
}

impl BrokenPattern {
    /// The day of the newest miss.
    pub const fn on(self) -> Date {
        match self {
            Self::MissedTwice { on } | Self::FirstMiss { on, .. } => on,
        }
    }
}

/// What is broken in a citizen's attendance, oldest session first; nothing when they came the last time.
pub fn broken_pattern(sessions: &[(Date, Presence)]) -> Option<BrokenPattern> {
    let ((on, last), before) = sessions.split_last()?;
    if *last == Presence::Present {
        return None;
    }
    if *last == Presence::Absent && before.last().is_some_and(|(_, presence)| *presence == Presence::Absent) {
        return Some(BrokenPattern::MissedTwice { on: *on });
    }
    let after = before.iter().rev().take_while(|(_, presence)| *presence == Presence::Present).count();
    (after >= STABLE_TIMES).then_some(BrokenPattern::FirstMiss { on: *on, after })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;

    fn weeks(text: &str) -> Vec<(Date, Presence)> {
        let presence = |letter| match letter {
            'm' => Presence::Present,
            'a' => Presence::Regrets,
            _ => Presence::Absent,
        };
        let day = |n: usize| date(2026, 9, 1).saturating_add(i64::try_from(n).unwrap().weeks());
        text.chars().enumerate().map(|(n, letter)| (day(n), presence(letter))).collect()
    }

    #[test]
    fn staying_away_twice_in_a_row_is_a_broken_pattern() {
        assert_eq!(broken_pattern(&weeks("muu")), Some(BrokenPattern::MissedTwice { on: date(2026, 9, 15) }));
        assert_eq!(broken_pattern(&weeks("muum")), None, "came again");
        assert_eq!(broken_pattern(&weeks("mumu")), None, "not in a row");
        assert_eq!(broken_pattern(&weeks("mua")), None, "said so the second time");
    }

    #[test]
    fn the_first_miss_after_a_long_stable_period_is_one_too() {
        let on = date(2026, 10, 6);
        assert_eq!(broken_pattern(&weeks("mmmmmu")), Some(BrokenPattern::FirstMiss { on, after: 5 }));
        assert_eq!(broken_pattern(&weeks("mmmmma")), Some(BrokenPattern::FirstMiss { on, after: 5 }));
        assert_eq!(broken_pattern(&weeks("mmmmu")), None, "four are not stable yet");
        assert_eq!(broken_pattern(&[]), None);
    }
}
