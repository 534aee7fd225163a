//! How a team is put together: by how much support its participants need and how they function, rather than by disease.
//!
//! It is told and asks nobody to do anything: whoever gives a seat decides. Source: KS-6.3-03 (by functional ability
//! rather than disease), KS-5.3-02 and [`crate::adaptation`] (smaller teams), the levels of [`crate::stratification`].

use crate::safety::SMALL_TEAM_SEATS;
use crate::stratification::Stratum;

/// So many others must be known before somebody can be said to differ from them.
const KNOWN_MIN: usize = 3;

/// What is known of how one participant functions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Functioning {
    /// The newest level of support; none when nobody assessed it.
    pub level: Option<Stratum>,
    /// A smaller team was agreed.
    pub smaller_team: bool,
    /// The newest test of strength in the legs tells of a high risk of losing mobility (instrument `sts30`).
    pub frail: bool,
}

/// How many participants of a team function how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mix {
    /// At each level of support, in the order of [`Stratum::ALL`].
    pub levels: [usize; 3],
    /// Without a level.
    pub unknown: usize,
    /// Promised a smaller team.
    pub smaller_team: usize,
    /// At a high risk of losing mobility.
    pub frail: usize,
}

/// Why a team may not be the right one for somebody. It is said, and stops nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MixHint {
    /// A smaller team was agreed, and this one has so many seats.
    TooLarge(u16),
    /// Most of the team can by themselves, and the citizen needs much support.
    NeedsMore,
    /// Most of the team need much support, and the citizen can alone.
    NeedsLess,
}

impl Mix {
    /// Of these participants.
    pub fn of(all: impl IntoIterator<Item = Functioning>) -> Self {
        let mut mix = Self::default();
        for one in all {
            match one.level.and_then(|level| Stratum::ALL.iter().position(|it| *it == level)) {
                Some(index) => mix.levels[index] += 1,
                None => mix.unknown += 1,
            }
            mix.smaller_team += usize::from(one.smaller_team);
            mix.frail += usize::from(one.frail);
        }
        mix
    }

    /// How many are at a level.
    pub fn at(&self, level: Stratum) -> usize {
        Stratum::ALL.iter().zip(self.levels).find(|(it, _)| **it == level).map_or(0, |(_, count)| count)
    }

    /// What speaks against a team with this mix and so many seats for somebody who is not on it yet. Somebody differs when
    /// more than half of at least three known others are at the other end.
    pub fn against(&self, one: Functioning, seats: u16) -> Vec<MixHint> {
        let known: usize = self.levels.iter().sum();
        let most = |level| known >= KNOWN_MIN && 2 * self.at(level) > known;
        let all = [
            (one.smaller_team && seats > SMALL_TEAM_SEATS, MixHint::TooLarge(seats)),
            (one.level == Some(Stratum::Extended) && most(Stratum::Own), MixHint::NeedsMore),
            (one.level == Some(Stratum::Own) && most(Stratum::Extended), MixHint::NeedsLess),
        ];
        all.into_iter().filter(|(so, _)| *so).map(|(_, hint)| hint).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(level: Stratum) -> Functioning {
        Functioning { level: Some(level), ..Functioning::default() }
    }

    #[test]
    fn everybody_is_counted_once_whether_known_or_not() {
        let agreed = Functioning { smaller_team: true, frail: true, level: None };
        let mix = Mix::of([at(Stratum::Own), at(Stratum::Extended), at(Stratum::Own), agreed]);
        assert_eq!(mix, Mix { levels: [2, 0, 1], unknown: 1, smaller_team: 1, frail: 1 });
        assert_eq!((mix.at(Stratum::Own), mix.at(Stratum::Support), mix.at(Stratum::Extended)), (2, 0, 1));
        assert_eq!(mix.levels.iter().sum::<usize>() + mix.unknown, 4);
    }

    #[test]
    fn who_was_promised_a_smaller_team_is_spoken_for_on_a_large_one_alone() {
        let agreed = Functioning { smaller_team: true, ..Functioning::default() };
        let empty = Mix::default();
        assert_eq!(empty.against(agreed, SMALL_TEAM_SEATS), []);
        assert_eq!(empty.against(agreed, SMALL_TEAM_SEATS + 1), [MixHint::TooLarge(13)]);
        assert_eq!(empty.against(Functioning::default(), 40), []);
    }

    #[test]
    fn somebody_differs_only_from_most_of_enough_known_others() {
        let two = Mix::of([at(Stratum::Own); 2]);
        assert_eq!(two.against(at(Stratum::Extended), 8), [], "two are too few to tell");
        let three = Mix::of([at(Stratum::Own), at(Stratum::Own), at(Stratum::Support)]);
        assert_eq!(three.against(at(Stratum::Extended), 8), [MixHint::NeedsMore]);
        assert_eq!(three.against(at(Stratum::Support), 8), []);
        let half = Mix::of([at(Stratum::Own), at(Stratum::Own), at(Stratum::Extended), at(Stratum::Extended)]);
        assert_eq!(half.against(at(Stratum::Extended), 8), [], "half are not most");
        let other = Mix::of([at(Stratum::Extended); 3]);
        assert_eq!(other.against(at(Stratum::Own), 8), [MixHint::NeedsLess]);
        assert_eq!(other.against(Functioning::default(), 8), [], "of whom nothing is known nothing is said");
    }
}
