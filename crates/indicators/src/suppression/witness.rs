//! The proof that a hidden figure stays hidden: another set of counts that would be shown in exactly the same way.

/// A sum that is known to lie between two bounds.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// Places of the counts in it, in order.
    pub members: Vec<usize>,
    pub low: u64,
    pub high: u64,
}

impl Known {
    /// How far a sum has to move to be within: positive upwards.
    fn off(&self, counts: &[u32]) -> i64 {
        let sum: u64 = self.members.iter().filter_map(|at| counts.get(*at)).map(|count| u64::from(*count)).sum();
        let (low, high, sum) = (signed(self.low), signed(self.high), signed(sum));
        if sum < low { low - sum } else { high.min(sum) - sum }
    }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Repairs tried for one figure before it counts as given away: erring to that side hides a little more.
const TRIES: u32 = 4_000;

/// Another set of counts, in which the counts at `target` have another sum and everything known holds. None when there is
/// none, or when none was found in time.
///
/// The sum is moved by one, up or down, and then each broken sum is mended by moving one more count by one; no count is
/// moved twice. What is found is a proof; what is not found is treated as given away.
pub(super) fn another(counts: &[u32], known: &[Known], target: &[usize]) -> Option<Vec<u32>> {
    let now: u64 = target.iter().filter_map(|at| counts.get(*at)).map(|count| u64::from(*count)).sum();
    let mut free = vec![true; counts.len()];
    for sum in known.iter().filter(|sum| sum.low == sum.high) {
        if let [at] = sum.members[..]
            && let Some(free) = free.get_mut(at)
        {
            *free = false;
        }
    }
    // Short chains first: most hidden cells have a neighbour that takes the difference.
    for depth in [4, 8, 16] {
        for wanted in [Some(now + 1), now.checked_sub(1)].into_iter().flatten() {
            let goal = Known { members: target.to_vec(), low: wanted, high: wanted };
            let mut search = Search { known, goal, counts: counts.to_vec(), free: free.clone(), tries: TRIES };
            if search.mend(depth) {
                return Some(search.counts);
            }
        }
    }
    None
}

struct Search<'a> {
    known: &'a [Known],
    goal: Known,
    counts: Vec<u32>,
    /// Counts that are neither shown nor moved already.
    free: Vec<bool>,
    tries: u32,
}

impl Search<'_> {
    /// Mends the first broken sum, and what that breaks in turn. Leaves the counts as they were when it cannot.
    fn mend(&mut self, depth: u32) -> bool {
        let broken = std::iter::once(&self.goal).chain(self.known).find_map(|sum| match sum.off(&self.counts) {
            0 => None,
            off => Some((off > 0, sum.members.clone())),
        });
        let Some((up, members)) = broken else { return true };
        if depth == 0 {
            return false;
        }
        for at in members {
            if self.tries == 0 {
                return false;
            }
            self.tries -= 1;
            if self.moves(at, up) {
                if self.mend(depth - 1) {
                    return true;
                }
                self.put_back(at, up);
            }
        }
        false
    }

    fn moves(&mut self, at: usize, up: bool) -> bool {
        let (Some(count), Some(free)) = (self.counts.get_mut(at), self.free.get_mut(at)) else { return false };
        let next = if up { count.checked_add(1) } else { count.checked_sub(1) };
        let Some(next) = next.filter(|_| *free) else { return false };
        *count = next;
        *free = false;
        true
    }

    fn put_back(&mut self, at: usize, up: bool) {
        if let (Some(count), Some(free)) = (self.counts.get_mut(at), self.free.get_mut(at)) {
            *count = if up { *count - 1 } else { *count + 1 };
            *free = true;
        }
    }
}
