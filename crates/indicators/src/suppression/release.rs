//! All figures that are shown of one set of counts, protected together: only then can no two of them be subtracted to give
//! a third.

use std::collections::BTreeSet;

use super::layout::Layout;
use super::witness::{Bounds, is_hidden};
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
    /// rounded, where a cell is hidden; one of a single count is that count by itself.
    pub fn total(members: impl IntoIterator<Item = usize>) -> Self {
        let mut members: Vec<usize> = members.into_iter().collect();
        members.sort_unstable();
        members.dedup();
        Self { total: members.len() > 1, members }
    }

    /// Places of the counts in it, in order.
    pub(super) fn members(&self) -> &[usize] {
        &self.members
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
    layout: Layout<'a>,
    shown: Vec<Shown>,
    bounds: Vec<Bounds>,
    /// Groups proved to be hidden. Each step widens what a figure is known to lie between, so a proof holds for good.
    proved: BTreeSet<Vec<usize>>,
}

impl<'a> Release<'a> {
    /// How each figure is shown, in the order they came.
    pub fn of(counts: &'a [u32], figures: &'a [Sum]) -> Vec<Shown> {
        let layout = Layout::of(counts, figures);
        let shown: Vec<Shown> = layout.sums.iter().map(|sum| Shown::alone(narrow(*sum))).collect();
        let bounds = shown.iter().copied().map(bounds_of).collect();
        let mut release = Self { layout, shown, bounds, proved: BTreeSet::new() };
        // Each step shows one figure less exactly than before, so there is a last one.
        while let Some(target) = release.given_away() {
            if !release.weaken(&target) {
                break;
            }
        }
        release.shown
    }

    /// The first group of citizens that must stay hidden and does not.
    fn given_away(&mut self) -> Option<Vec<usize>> {
        for target in self.targets() {
            if self.proved.contains(&target) {
                continue;
            }
            if !is_hidden(&self.layout, &self.bounds, &target) {
                return Some(target);
            }
            self.proved.insert(target);
        }
        None
    }

    /// Every group that must stay hidden: what is shown as hidden, each count of 1 to 4, and each group of 1 to 4 by which
    /// two figures differ, also when one of them is withheld: others may tell what it was, or which the exact figures leave of
    /// a total.
    fn targets(&self) -> BTreeSet<Vec<usize>> {
        let hidden = |shown: &Shown| matches!(shown, Shown::UnderFive | Shown::Hidden);
        let pairs = || self.layout.figures.iter().zip(&self.shown);
        let cells = pairs().filter(|(_, shown)| hidden(shown)).map(|(figure, _)| figure.members.clone());
        let counts = self.layout.counts.iter().enumerate().filter(|(_, count)| is_small(**count));
        let visible = |at: usize| self.shown.get(at).is_some_and(|shown| *shown != Shown::Withheld);
        let totals = (0..self.shown.len()).filter(|at| visible(*at) && self.layout.figures[*at].total);
        let left = totals.map(|at| self.left_of(at)).filter(|left| is_small(self.sum(left)));
        cells
            .chain(counts.map(|(at, _)| vec![at]))
            .chain(self.layout.differences.iter().map(|(_, _, group)| group.clone()))
            .chain(left)
            .collect()
    }

    fn sum(&self, members: &[usize]) -> u32 {
        narrow(super::layout::sum(self.layout.counts, members))
    }

    /// What remains of a total when the exact figures inside it are taken away, largest first.
    fn left_of(&self, total: usize) -> Vec<usize> {
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for at in &self.layout.inside[total] {
            let members = self.layout.figures[*at].members();
            if matches!(self.shown[*at], Shown::Exact(_)) && !members.iter().any(|member| taken.contains(member)) {
                taken.extend(members);
            }
        }
        let members = self.layout.figures[total].members().iter().copied();
        members.filter(|member| !taken.contains(member)).collect()
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
        self.layout.sums.get(figure).map_or(0, |sum| narrow(*sum))
    }

    /// Exact cells of five and more that stand under a common total with a group, smallest first.
    fn cells_beside(&self, target: &[usize]) -> Vec<usize> {
        let totals = self.totals_meeting(target).filter(|at| self.shown[*at] != Shown::Withheld);
        let under: BTreeSet<usize> = totals.flat_map(|at| self.layout.figures[at].members()).copied().collect();
        let beside = under.iter().filter(|at| target.binary_search(at).is_err());
        let cells = beside
            .flat_map(|at| &self.layout.over[*at])
            .copied()
            .filter(|at| !self.layout.figures[*at].total && matches!(self.shown[*at], Shown::Exact(MIN_CELL..)));
        let mut cells: Vec<usize> = cells.collect();
        cells.sort_unstable();
        cells.dedup();
        cells.sort_by_key(|at| self.count(*at));
        cells
    }

    /// Totals over some of a group, smallest first; the group itself is not one of them.
    fn totals_over(&self, target: &[usize], wanted: impl Fn(Shown) -> bool) -> Vec<usize> {
        let over = self.totals_meeting(target);
        let mut totals: Vec<usize> =
            over.filter(|at| wanted(self.shown[*at]) && self.layout.figures[*at].members != target).collect();
        totals.sort_by_key(|at| self.count(*at));
        totals
    }

    fn totals_meeting(&self, target: &[usize]) -> impl Iterator<Item = usize> {
        let figures = target.iter().filter_map(|at| self.layout.over.get(*at)).flatten();
        let totals: BTreeSet<usize> = figures.copied().filter(|at| self.layout.figures[*at].total).collect();
        totals.into_iter()
    }

    fn is_enough(&mut self, figure: usize, shown: Shown, target: &[usize]) -> bool {
        let Some(before) = self.shown.get(figure).copied() else { return false };
        self.show(figure, shown);
        let safe = is_hidden(&self.layout, &self.bounds, target);
        self.show(figure, before);
        safe
    }

    /// Shows a figure in another way, and with it every other that is the sum of the same counts.
    fn show(&mut self, figure: usize, shown: Shown) {
        let Some(changed) = self.layout.figures.get(figure) else { return };
        let first = changed.members().first().and_then(|at| self.layout.over.get(*at));
        // Nobody is in an empty sum, and nothing is hidden of it.
        for at in first.into_iter().flatten() {
            if self.layout.figures[*at].has_the_same(changed) {
                self.shown[*at] = shown;
                self.bounds[*at] = bounds_of(shown);
            }
        }
    }
}

/// What a reader knows of a figure that is shown so.
fn bounds_of(shown: Shown) -> Bounds {
    let (low, high) = shown.bounds();
    let high = if high == u32::MAX { u64::MAX } else { u64::from(high) };
    (shown != Shown::Withheld).then_some((u64::from(low), high))
}

fn narrow(sum: u64) -> u32 {
    u32::try_from(sum).unwrap_or(u32::MAX)
}
