//! What of the stages may be shown: every stage of every group, and the sums, are protected together, so that neither a sum
//! nor one stage taken from another gives a few citizens away.

use std::collections::BTreeMap;

use indicators::equity::participation::{Participants, Reached};
use indicators::suppression::{Release, Shown, Sum};

/// The four stages, in their order.
pub(super) const STAGES: [Reached; 4] = [Reached::Referred, Reached::Started, Reached::Completed, Reached::Gained];

/// The stages of one group as they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ShownStages([Shown; 4]);

impl ShownStages {
    /// Nobody.
    pub(super) const NONE: Self = Self([Shown::Exact(0); 4]);

    pub(super) const fn of(self, stage: Reached) -> Shown {
        let [referred, started, completed, gained] = self.0;
        match stage {
            Reached::Referred => referred,
            Reached::Started => started,
            Reached::Completed => completed,
            Reached::Gained => gained,
        }
    }

    /// A stage that is shown as it is.
    pub(super) const fn exact(self, stage: Reached) -> Option<u32> {
        self.of(stage).exact()
    }
}

/// Everything that is shown of the groups of an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ShownGroups {
    groups: BTreeMap<String, ShownStages>,
    /// Of all groups together; none where somebody may be in several.
    pub(super) sum: Option<ShownStages>,
}

impl ShownGroups {
    /// The stages of a group; nobody where it has none.
    pub(super) fn of(&self, group: &str) -> ShownStages {
        self.groups.get(group).copied().unwrap_or(ShownStages::NONE)
    }

    /// Whether some stages of a group are shown as they are.
    pub(super) fn is_exact(&self, group: &str, stages: &[Reached]) -> bool {
        stages.iter().all(|stage| self.of(group).exact(*stage).is_some())
    }

    /// Whether a reader knows how many there are in some groups together: each is shown, or the sum and all the others are.
    pub(super) fn is_known(&self, groups: &[&str], stages: &[Reached]) -> bool {
        let others = || self.groups.keys().filter(|group| !groups.contains(&group.as_str()));
        let sum = self.sum.is_some_and(|sum| stages.iter().all(|stage| sum.exact(*stage).is_some()));
        (sum && others().all(|group| self.is_exact(group, stages)))
            || groups.iter().all(|group| self.is_exact(group, stages))
    }
}

/// How the stages of some groups are shown; `add_up` says that nobody is in more than one of them.
pub(super) fn protect(groups: &[(&str, Participants)], add_up: bool) -> ShownGroups {
    // The smallest parts of a group: those who gained, and those who stopped after each stage before.
    let counts: Vec<u32> = groups.iter().flat_map(|(_, stages)| parts(*stages)).collect();
    let first = |at: usize| at * STAGES.len();
    let of = |at: usize, stage: usize| first(at)..first(at) + STAGES.len() - stage;
    let mut figures: Vec<Sum> =
        (0..groups.len()).flat_map(|at| (0..STAGES.len()).map(move |stage| Sum::total(of(at, stage)))).collect();
    if add_up {
        figures.extend((0..STAGES.len()).map(|stage| Sum::total((0..groups.len()).flat_map(|at| of(at, stage)))));
    }
    let shown = Release::of(&counts, &figures);
    let mut each = shown.chunks_exact(STAGES.len()).filter_map(|four| four.try_into().ok()).map(ShownStages);
    let groups = groups.iter().map(|(name, _)| (*name).to_owned()).zip(each.by_ref()).collect();
    ShownGroups { groups, sum: each.next() }
}

/// Those who gained, completed without, began without, and were referred without.
fn parts(stages: Participants) -> [u32; 4] {
    let count = |count: i64| u32::try_from(count).unwrap_or(0);
    let Participants { referred, started, completed, gained } = stages;
    [count(gained), count(completed - gained), count(started - completed), count(referred - started)]
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;

    const fn stages(referred: i64, started: i64, completed: i64, gained: i64) -> Participants {
        Participants { referred, started, completed, gained }
    }

    #[test]
    fn large_groups_are_shown_as_they_are() {
        let shown = protect(&[("Nord", stages(60, 40, 30, 20)), ("Syd", stages(80, 50, 30, 10))], true);
        assert_eq!(STAGES.map(|stage| shown.of("Nord").exact(stage)), [60, 40, 30, 20].map(Some));
        assert_eq!(STAGES.map(|stage| shown.sum.unwrap().exact(stage)), [140, 90, 60, 30].map(Some));
        assert!(shown.is_known(&["Nord"], &STAGES) && shown.of("Vest") == ShownStages::NONE);
    }

    /// Three of Vest began: neither they nor what the sum would leave of them is told.
    #[test]
    fn a_small_group_is_hidden_with_what_would_give_it_away() {
        let groups = [("Nord", stages(60, 40, 30, 20)), ("Syd", stages(80, 50, 30, 10)), ("Vest", stages(30, 3, 0, 0))];
        let shown = protect(&groups, true);
        assert_eq!(shown.of("Vest").of(Reached::Started), Shown::UnderFive);
        let known = ["Nord", "Syd"].map(|group| shown.of(group).exact(Reached::Started));
        let sum = shown.sum.unwrap().exact(Reached::Started);
        assert!(known.contains(&None) || sum.is_none(), "{shown:?}");
        assert!(!shown.is_known(&["Nord", "Syd", "Vest"], &[Reached::Started]) || sum.is_some());
    }

    /// Of 42 referred 40 began: two did not, and both numbers would say so.
    #[test]
    fn one_stage_does_not_give_away_what_is_left_of_another() {
        let shown = protect(&[("Nord", stages(42, 40, 20, 10))], true);
        let (referred, started) = (shown.of("Nord").exact(Reached::Referred), shown.of("Nord").exact(Reached::Started));
        assert!(referred.is_none() || started.is_none(), "{shown:?}");
    }

    /// Ten groups are many; it must not take long.
    #[test]
    fn many_groups_are_protected_too() {
        let names: Vec<String> = (0..12).map(|at| format!("{at:02}")).collect();
        let groups: Vec<(&str, Participants)> =
            names.iter().zip(1..).map(|(name, at)| (name.as_str(), stages(at * 7, at * 5, at * 3, at))).collect();
        let shown = protect(&groups, true);
        assert_eq!(shown.of("00").of(Reached::Gained), Shown::UnderFive);
    }
}
