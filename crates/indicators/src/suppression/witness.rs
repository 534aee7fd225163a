//! The proof that a hidden figure stays hidden: another set of counts that would be shown in exactly the same way.

use std::collections::BTreeSet;

use super::layout::Layout;

/// Between what a shown figure lies; none when it is withheld.
pub(super) type Bounds = Option<(u64, u64)>;

/// Moves tried for one figure before it counts as given away: erring to that side hides a little more.
const TRIES: u32 = 4_000;

/// Whether there is another set of counts, in which the counts at `target` have another sum and everything known holds. No
/// when there is none, or when none was found in time.
///
/// The sum is moved by one, up or down, and then each broken sum is mended by moving one more count by one; no count is
/// moved twice. What is found is a proof; what is not found is treated as given away. Sums are kept while counts move, so that
/// a move costs what the count is part of and not the whole table.
pub(super) fn is_hidden(layout: &Layout<'_>, bounds: &[Bounds], target: &[usize]) -> bool {
    let now: u64 = super::layout::sum(layout.counts, target);
    let mut free = vec![true; layout.counts.len()];
    for (figure, bounds) in layout.figures.iter().zip(bounds) {
        if let ([at], Some((low, high))) = (figure.members(), bounds)
            && low == high
            && let Some(free) = free.get_mut(*at)
        {
            *free = false;
        }
    }
    // Short chains first: most hidden cells have a neighbour that takes the difference.
    for depth in [4, 8, 16] {
        for up in [true, false] {
            if !up && now == 0 {
                continue;
            }
            let mut search = Search {
                layout,
                bounds,
                target,
                goal: if up { 1 } else { -1 },
                counts: layout.counts.to_vec(),
                sums: layout.sums.clone(),
                broken: BTreeSet::new(),
                free: free.clone(),
                tries: TRIES,
            };
            if search.mend(depth) {
                return true;
            }
        }
    }
    false
}

struct Search<'a> {
    layout: &'a Layout<'a>,
    bounds: &'a [Bounds],
    target: &'a [usize],
    /// How far the target's sum still has to move.
    goal: i64,
    counts: Vec<u32>,
    /// The sum of each figure with the counts as they are now.
    sums: Vec<u64>,
    /// Figures whose sum would be shown in another way.
    broken: BTreeSet<usize>,
    /// Counts that are neither shown nor moved already.
    free: Vec<bool>,
    tries: u32,
}

impl<'a> Search<'a> {
    /// Mends the first broken sum, and what that breaks in turn. Leaves the counts as they were when it cannot.
    fn mend(&mut self, depth: u32) -> bool {
        let Some((up, members)) = self.first_broken() else { return true };
        if depth == 0 {
            return false;
        }
        for at in members {
            if !self.may_move(*at, up) {
                continue;
            }
            if self.tries == 0 {
                return false;
            }
            self.tries -= 1;
            self.step(*at, up);
            self.free[*at] = false;
            if self.mend(depth - 1) {
                return true;
            }
            self.step(*at, !up);
            self.free[*at] = true;
        }
        false
    }

    /// Which way the first broken sum has to move, and its counts: the target, then the figures in order.
    fn first_broken(&self) -> Option<(bool, &'a [usize])> {
        if self.goal != 0 {
            return Some((self.goal > 0, self.target));
        }
        let at = *self.broken.first()?;
        let (low, _) = self.bounds.get(at).copied().flatten()?;
        Some((self.sums.get(at)? < &low, self.layout.figures.get(at)?.members()))
    }

    fn may_move(&self, at: usize, up: bool) -> bool {
        self.free.get(at) == Some(&true) && self.counts.get(at).is_some_and(|count| up || *count > 0)
    }

    fn step(&mut self, at: usize, up: bool) {
        let layout = self.layout;
        self.counts[at] = if up { self.counts[at].saturating_add(1) } else { self.counts[at].saturating_sub(1) };
        if self.target.binary_search(&at).is_ok() {
            self.goal += if up { -1 } else { 1 };
        }
        for figure in &layout.over[at] {
            let sum = if up { self.sums[*figure] + 1 } else { self.sums[*figure].saturating_sub(1) };
            self.sums[*figure] = sum;
            match self.bounds[*figure] {
                Some((low, high)) if sum < low || high < sum => self.broken.insert(*figure),
                Some(_) | None => self.broken.remove(figure),
            };
        }
    }
}
