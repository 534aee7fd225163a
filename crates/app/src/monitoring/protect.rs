//! What of an indicator's counts may leave the unit that treats the citizens: every month, the period and every group that a
//! page shows are protected together, so that no two of them can be subtracted to give a third.

use std::collections::BTreeMap;

use indicators::definition::Breakdown;
use indicators::period::Month;
use indicators::suppression::{Release, Shown, Sum};
use indicators::totals::{Cell, Totals};

/// Counts as they are shown: those who meet it, those who do not, and both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ShownCounts {
    pub(super) met: Shown,
    pub(super) not: Shown,
    pub(super) of: Shown,
}

impl ShownCounts {
    /// Whether all of them are shown as they are, so that a share may be.
    pub(super) const fn is_exact(self) -> bool {
        matches!((self.met, self.not, self.of), (Shown::Exact(_), Shown::Exact(_), Shown::Exact(_)))
    }
}

/// What is shown of a figure.
#[derive(Debug, Default)]
pub(super) struct Protected {
    /// Each point of the chart.
    pub(super) points: Vec<ShownCounts>,
    /// The period, and each group in it by name.
    pub(super) period: Option<ShownCounts>,
    pub(super) groups: BTreeMap<String, ShownCounts>,
}

/// What is protected.
pub(super) struct Of<'a> {
    pub(super) totals: &'a Totals,
    pub(super) id: &'a str,
    pub(super) part: &'a str,
    /// The months that each point is the sum of.
    pub(super) points: &'a [Vec<Month>],
    /// Those of the period.
    pub(super) period: &'a [Month],
    pub(super) by: Option<Breakdown>,
}

/// A citizen may be in several groups of these at once, so the groups do not add up to the whole.
const fn may_overlap(by: Breakdown) -> bool {
    matches!(by, Breakdown::Disease | Breakdown::Condition | Breakdown::NeedKind)
}

/// The smallest parts: months outside the period whole, months inside it by group.
#[derive(Default)]
struct Parts {
    /// Two for each: those who meet it and those who do not.
    counts: Vec<u32>,
    of_month: BTreeMap<Month, Vec<usize>>,
    of_group: BTreeMap<String, Vec<usize>>,
}

impl Parts {
    fn add(&mut self, cell: &Cell) -> usize {
        let at = self.counts.len();
        let count = |count: i64| u32::try_from(count).unwrap_or(0);
        let (of, met) = (count(cell.of), count(cell.met));
        self.counts.extend([met, of.saturating_sub(met)]);
        at
    }
}

/// How everything that is shown of a figure is shown.
pub(super) fn protect(of: &Of<'_>) -> Protected {
    let mut parts = Parts::default();
    let groups = of.by.map(|by| by_month(of, by)).unwrap_or_default();
    let together = of.by.is_some_and(|by| !may_overlap(by));
    for (month, cell) in of.totals.months(of.id, of.part, None) {
        let inside = of.period.contains(&month);
        let own: Vec<_> = groups.iter().filter_map(|(name, cells)| Some((name, cells.get(&month)?))).collect();
        let places = if together && inside && !own.is_empty() {
            own.iter()
                .map(|(name, cell)| {
                    let at = parts.add(cell);
                    parts.of_group.entry((*name).clone()).or_default().push(at);
                    at
                })
                .collect()
        } else {
            vec![parts.add(cell)]
        };
        parts.of_month.insert(month, places);
    }
    if !together {
        for (name, cells) in &groups {
            let places = cells.values().map(|cell| parts.add(cell)).collect();
            parts.of_group.insert(name.clone(), places);
        }
    }
    release(&parts, of)
}

fn by_month(of: &Of<'_>, by: Breakdown) -> BTreeMap<String, BTreeMap<Month, Cell>> {
    let mut groups: BTreeMap<String, BTreeMap<Month, Cell>> = BTreeMap::new();
    for name in of.totals.strata_in(of.id, of.part, by, of.period) {
        let months = of.totals.months(of.id, of.part, Some((by, name)));
        let own = months.filter(|(month, _)| of.period.contains(month)).map(|(month, cell)| (month, cell.clone()));
        groups.insert(name.to_owned(), own.collect());
    }
    groups
}

fn release(parts: &Parts, of: &Of<'_>) -> Protected {
    let months = |wanted: &[Month]| -> Vec<usize> {
        wanted.iter().filter_map(|month| parts.of_month.get(month)).flatten().copied().collect()
    };
    let mut figures = Vec::new();
    let mut three = |places: &[usize]| {
        let met = places.iter().copied();
        let not = places.iter().map(|at| at + 1);
        figures.extend([Sum::total(met.clone()), Sum::total(not.clone()), Sum::total(met.chain(not))]);
    };
    of.points.iter().for_each(|point| three(&months(point)));
    three(&months(of.period));
    parts.of_group.values().for_each(|places| three(places));
    let shown = Release::of(&parts.counts, &figures);
    let mut each = shown.chunks_exact(3).filter_map(|three| match three {
        [met, not, of] => Some(ShownCounts { met: *met, not: *not, of: *of }),
        _ => None,
    });
    let points = each.by_ref().take(of.points.len()).collect();
    let period = each.next();
    Protected { points, period, groups: parts.of_group.keys().cloned().zip(each).collect() }
}
