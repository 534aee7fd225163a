//! Which counts are in which figure: found once, so that the proofs do not look for it again.

use super::Sum;

/// Counts, figures and how they hang together.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    /// The counts.
    pub counts: &'a [u32],
    /// The figures.
    pub figures: &'a [Sum],
    /// The sum of each figure.
    pub sums: Vec<u64>,
    /// The figures that each count is part of.
    pub over: Vec<Vec<usize>>,
    /// Groups by which two figures differ, or which they share, of 1 to 4 citizens: the two figures and the group.
    pub differences: Vec<(usize, usize, Vec<usize>)>,
    /// For each total the figures inside it, largest first.
    pub inside: Vec<Vec<usize>>,
}

impl<'a> Layout<'a> {
    pub(super) fn of(counts: &'a [u32], figures: &'a [Sum]) -> Self {
        let mut over = vec![Vec::new(); counts.len()];
        for (at, figure) in figures.iter().enumerate() {
            for member in figure.members() {
                if let Some(figures) = over.get_mut(*member) {
                    figures.push(at);
                }
            }
        }
        let sums = figures.iter().map(|figure| sum(counts, figure.members())).collect();
        let mut layout =
            Self { counts, figures, sums, over, differences: Vec::new(), inside: vec![Vec::new(); figures.len()] };
        layout.compare();
        layout
    }

    /// The figures that share a count with a figure and come after it, each once, with how many counts they share.
    fn sharing(&self, first: usize) -> Vec<(usize, usize)> {
        let members = self.figures.get(first).map_or(&[][..], Sum::members);
        let mut shared: Vec<usize> = members.iter().filter_map(|at| self.over.get(*at)).flatten().copied().collect();
        shared.retain(|other| *other > first);
        shared.sort_unstable();
        shared.chunk_by(|one, other| one == other).filter_map(|same| Some((*same.first()?, same.len()))).collect()
    }

    fn compare(&mut self) {
        for first in 0..self.figures.len() {
            for (second, shared) in self.sharing(first) {
                self.compare_two(first, second, shared);
            }
        }
        let figures = self.figures;
        for inside in &mut self.inside {
            inside.sort_by_key(|at| figures.get(*at).map_or(0, |figure| usize::MAX - figure.members().len()));
        }
    }

    fn compare_two(&mut self, first: usize, second: usize, shared: usize) {
        let (one, other) = (self.figures[first].members(), self.figures[second].members());
        if shared == one.len() && shared < other.len() {
            self.inside[second].push(first);
        } else if shared == other.len() && shared < one.len() {
            self.inside[first].push(second);
        }
        // The parts of the smaller tell those of the larger: only the smaller is walked through.
        let (small, large) = if one.len() <= other.len() { (one, other) } else { (other, one) };
        let both: u64 = small
            .iter()
            .filter(|at| large.binary_search(at).is_ok())
            .filter_map(|at| self.counts.get(*at))
            .map(|count| u64::from(*count))
            .sum();
        if is_few(both) {
            let group = small.iter().copied().filter(|at| large.binary_search(at).is_ok()).collect();
            self.differences.push((first, second, group));
        }
        for (from, with, of) in [(one, other, first), (other, one, second)] {
            if is_few(self.sums[of] - both) {
                self.differences.push((first, second, without(from, with)));
            }
        }
    }
}

/// 1 to 4.
const fn is_few(citizens: u64) -> bool {
    0 < citizens && citizens < super::MIN_CELL as u64
}

pub(super) fn sum(counts: &[u32], members: &[usize]) -> u64 {
    members.iter().filter_map(|at| counts.get(*at)).map(|count| u64::from(*count)).sum()
}

pub(super) fn without(members: &[usize], others: &[usize]) -> Vec<usize> {
    members.iter().copied().filter(|at| others.binary_search(at).is_err()).collect()
}
