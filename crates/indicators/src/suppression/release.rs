//! All figures that are shown of one set of counts, protected together: only then can no two of them be subtracted to give
//! a third.

use super::witness::{Known, another};
use super::{MIN_CELL, Shown, is_small};

/// A figure of a release: the sum of some of its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    members: Vec<usize>,
    total: bool,
}

impl Sum {
    /// One count by itself.
    pub fn cell(at: usize) -> Self {
        Self { members: vec![at], total: false }
    }

    /// A sum of several: of a row, a longer period, a district with others inside. When it would give a cell away it is
    /// rounded, where a cell is hidden.
    pub fn total(members: impl IntoIterator<Item = usize>) -> Self {
        let mut members: Vec<usize> = members.into_iter().collect();
        members.sort_unstable();
        members.dedup();
        Self { total: members.len() > 1, members }
    }

    /// Whether a count is part of it.
    #[cfg(test)]
    pub(super) fn holds(&self, at: usize) -> bool {
        self.members.contains(&at)
    }

    /// Whether it is the sum of the same counts.
    pub(super) fn has_the_same(&self, other: &Self) -> bool {
        self.members == other.members
    }
}

/// Figures that are shown together.
///
/// Overlapping periods and nested districts are one release: its counts are the smallest parts (the months, the
/// smallest districts), its figures whatever is shown of them, also what was published before.
#[derive(Debug)]
pub struct Release<'a> {
    counts: &'a [u32],
    figures: &'a [Sum],
    shown: Vec<Shown>,
}

impl<'a> Release<'a> {
    /// How each figure is shown, in the order they came.
    pub fn of(counts: &'a [u32], figures: &'a [Sum]) -> Vec<Shown> {
        let shown = figures.iter().map(|figure| Shown::alone(sum(counts, &figure.members))).collect();
        let mut release = Self { counts, figures, shown };
        // Each step shows one figure less exactly than before, so there is a last one.
        while let Some(target) = release.given_away() {
            if !release.weaken(&target) {
                break;
            }
        }
        release.shown
    }

    /// What a reader knows.
    fn known(&self) -> Vec<Known> {
        let bounds = |(figure, shown): (&Sum, &Shown)| {
            let (low, high) = shown.bounds();
            let high = if high == u32::MAX { u64::MAX } else { u64::from(high) };
            Known { members: figure.members.clone(), low: u64::from(low), high }
        };
        let visible = |(_, shown): &(&Sum, &Shown)| **shown != Shown::Withheld;
        self.figures.iter().zip(&self.shown).filter(visible).map(bounds).collect()
    }

    /// The first group of citizens that must stay hidden and does not.
    fn given_away(&self) -> Option<Vec<usize>> {
        let known = self.known();
        self.targets().into_iter().find(|target| another(self.counts, &known, target).is_none())
    }

    /// Every group that must stay hidden: what is shown as hidden, each count of 1 to 4, and each group of 1 to 4 by which
    /// two figures differ or which the exact figures leave of a total.
    fn targets(&self) -> Vec<Vec<usize>> {
        let hidden = |shown: &Shown| matches!(shown, Shown::UnderFive | Shown::Hidden);
        let cells = self.figures.iter().zip(&self.shown).filter(|(_, shown)| hidden(shown));
        let mut targets: Vec<Vec<usize>> = cells.map(|(figure, _)| figure.members.clone()).collect();
        targets.extend(self.counts.iter().enumerate().filter(|(_, count)| is_small(**count)).map(|(at, _)| vec![at]));
        let visible: Vec<&Sum> = self.visible().map(|at| &self.figures[at]).collect();
        for (first, figure) in visible.iter().enumerate() {
            for other in visible.iter().skip(first + 1) {
                targets.extend(self.differences(&figure.members, &other.members));
            }
        }
        for total in visible.iter().filter(|figure| figure.total) {
            let left = self.left_of(total);
            targets.extend(is_small(sum(self.counts, &left)).then_some(left));
        }
        targets.sort_unstable();
        targets.dedup();
        targets
    }

    fn visible(&self) -> impl Iterator<Item = usize> {
        self.shown.iter().enumerate().filter(|(_, shown)| **shown != Shown::Withheld).map(|(at, _)| at)
    }

    fn differences(&self, one: &[usize], other: &[usize]) -> Vec<Vec<usize>> {
        let shared: Vec<usize> = one.iter().copied().filter(|at| other.binary_search(at).is_ok()).collect();
        if shared.is_empty() {
            return Vec::new();
        }
        [shared, without(one, other), without(other, one)]
            .into_iter()
            .filter(|group| is_small(sum(self.counts, group)))
            .collect()
    }

    /// What remains of a total when the exact figures inside it are taken away, largest first.
    fn left_of(&self, total: &Sum) -> Vec<usize> {
        let mut inside: Vec<&Sum> = self
            .figures
            .iter()
            .zip(&self.shown)
            .filter(|(figure, shown)| matches!(shown, Shown::Exact(_)) && figure.members.len() < total.members.len())
            .map(|(figure, _)| figure)
            .collect();
        inside.sort_by_key(|figure| std::cmp::Reverse(figure.members.len()));
        inside.into_iter().fold(total.members.clone(), |left, figure| {
            let whole = figure.members.iter().all(|at| left.binary_search(at).is_ok());
            if whole { without(&left, &figure.members) } else { left }
        })
    }

    /// Shows one figure less exactly, for the sake of a group: first the next smallest cell in the same row or column is
    /// hidden, then a total rounded, then one withheld. False when nothing is left to do.
    fn weaken(&mut self, target: &[usize]) -> bool {
        let beside = self.cells_beside(target);
        let exact = self.totals_over(target, |shown| matches!(shown, Shown::Exact(MIN_CELL..)));
        let any = self.totals_over(target, |shown| shown != Shown::Withheld);
        let to_five = |count: u32| Shown::Rounded((count + 2) / 5 * 5);
        self.weaken_one(&beside, target, |_| Shown::Hidden)
            || self.weaken_one(&exact, target, to_five)
            || self.weaken_one(&any, target, |_| Shown::Withheld)
    }

    /// Weakens the first of some figures that is enough by itself, else the first. False when there are none.
    fn weaken_one(&mut self, figures: &[usize], target: &[usize], to: impl Fn(u32) -> Shown) -> bool {
        let enough = figures.iter().copied().find(|at| self.is_enough(*at, to(self.count(*at)), target));
        let Some(at) = enough.or_else(|| figures.first().copied()) else { return false };
        self.show(at, to(self.count(at)));
        true
    }

    fn count(&self, figure: usize) -> u32 {
        self.figures.get(figure).map_or(0, |figure| sum(self.counts, &figure.members))
    }

    /// Exact cells of five and more that stand under a common total with a group, smallest first.
    fn cells_beside(&self, target: &[usize]) -> Vec<usize> {
        let common = |cell: &Sum| {
            self.figures.iter().zip(&self.shown).any(|(total, shown)| {
                total.total && *shown != Shown::Withheld && meets(total, &cell.members) && meets(total, target)
            })
        };
        let mut cells = self.figures_where(|figure, shown| {
            !figure.total && matches!(shown, Shown::Exact(MIN_CELL..)) && !meets(figure, target) && common(figure)
        });
        cells.sort_by_key(|at| self.count(*at));
        cells
    }

    /// Totals over some of a group, smallest first; the group itself is not one of them.
    fn totals_over(&self, target: &[usize], wanted: impl Fn(Shown) -> bool) -> Vec<usize> {
        let over = |figure: &Sum| figure.total && figure.members != target && meets(figure, target);
        let mut totals = self.figures_where(|figure, shown| wanted(shown) && over(figure));
        totals.sort_by_key(|at| self.count(*at));
        totals
    }

    fn figures_where(&self, wanted: impl Fn(&Sum, Shown) -> bool) -> Vec<usize> {
        let pairs = self.figures.iter().zip(&self.shown).enumerate();
        pairs.filter(|(_, (figure, shown))| wanted(figure, **shown)).map(|(at, _)| at).collect()
    }

    fn is_enough(&mut self, figure: usize, shown: Shown, target: &[usize]) -> bool {
        let Some(before) = self.shown.get(figure).copied() else { return false };
        self.show(figure, shown);
        let safe = another(self.counts, &self.known(), target).is_some();
        self.show(figure, before);
        safe
    }

    /// Shows a figure in another way, and with it every other that is the sum of the same counts.
    fn show(&mut self, figure: usize, shown: Shown) {
        let Some(changed) = self.figures.get(figure) else { return };
        for (other, place) in self.figures.iter().zip(&mut self.shown) {
            if other.has_the_same(changed) {
                *place = shown;
            }
        }
    }
}

fn sum(counts: &[u32], members: &[usize]) -> u32 {
    members.iter().filter_map(|at| counts.get(*at)).fold(0, |sum, count| sum.saturating_add(*count))
}

fn meets(figure: &Sum, members: &[usize]) -> bool {
    members.iter().any(|at| figure.members.binary_search(at).is_ok())
}

fn without(members: &[usize], others: &[usize]) -> Vec<usize> {
    members.iter().copied().filter(|at| others.binary_search(at).is_err()).collect()
}
