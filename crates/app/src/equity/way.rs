//! The way from request to completed and the waiting times as pictures, of all that was kept of an offer, small numbers hidden.

use charts::{Bin, Flow, Loss, Stage, WaitingTimes};
use indicators::equity::way::{Way, WayStep};
use indicators::suppression::{self, Release, Shown, Sum};

/// Days in a column, and columns of so many before the open one.
const DAYS: u32 = 14;
const COLUMNS: u32 = 7;

const fn label(step: WayStep) -> &'static str {
    match step {
        WayStep::Referred => "Henvist",
        WayStep::Contacted => "Nået",
        WayStep::Talked => "Samtale holdt",
        WayStep::Started => "Begyndt",
        WayStep::Completed => "Gennemført",
    }
}

/// Where people are; none when nobody was referred, or too few to say how many.
pub(super) fn flow(way: &Way) -> Option<Flow> {
    // The smallest parts: of each step those who left there, and those still on the way.
    let counts: Vec<u32> = WayStep::ALL
        .into_iter()
        .flat_map(|step| {
            let open = way.under_way_at(step);
            [way.stopped_at(step).saturating_sub(open), open]
        })
        .collect();
    if counts.iter().sum::<u32>() == 0 {
        return None;
    }
    let steps = WayStep::ALL.len();
    let mut figures: Vec<Sum> = (0..steps).map(|at| Sum::total(at * 2..steps * 2)).collect();
    figures.extend((0..counts.len()).map(Sum::cell));
    let shown = Release::of(&counts, &figures);
    let (sums, parts) = shown.split_at(steps);
    let stages = WayStep::ALL.into_iter().zip(sums).zip(parts.chunks_exact(2)).map(|((step, sum), parts)| Stage {
        name: label(step).into(),
        count: sum.exact(),
        losses: losses(parts),
    });
    let flow = Flow { title: "Fra henvisning til gennemført".to_owned(), stages: stages.collect() };
    flow.stages.first().is_some_and(|first| first.count.is_some()).then_some(flow)
}

/// Those who left and those still on the way; what is hidden for the sake of others is not said.
fn losses(parts: &[Shown]) -> Vec<Loss> {
    let of = |(shown, reason): (&Shown, &str)| match shown {
        Shown::Exact(0) | Shown::Hidden | Shown::Rounded(_) | Shown::Withheld => None,
        Shown::Exact(_) | Shown::UnderFive => Some(Loss { reason: reason.into(), count: shown.exact() }),
    };
    parts.iter().zip(["stoppede", "er stadig i gang"]).filter_map(of).collect()
}

/// How long those waited who began; none when nobody did, or too few for a median.
pub(super) fn waiting(way: &Way) -> Option<WaitingTimes> {
    let waits: Vec<(u32, u32)> = way.waits().collect();
    let each: Vec<f64> = waits.iter().flat_map(|(days, count)| (0..*count).map(move |_| f64::from(*days))).collect();
    let median = suppression::shown_median(&each)?;
    let within = |from: u32, to: Option<u32>| -> u32 {
        let own = waits.iter().filter(|(days, _)| *days >= from && to.is_none_or(|to| *days <= to));
        own.map(|(_, count)| count).sum()
    };
    let spans: Vec<(u32, Option<u32>)> =
        (0..=COLUMNS).map(|at| (at * DAYS, (at < COLUMNS).then_some((at + 1) * DAYS - 1))).collect();
    let counts: Vec<u32> = spans.iter().map(|(from, to)| within(*from, *to)).collect();
    let shown = suppression::list(&counts).cells;
    let bins = spans.into_iter().zip(shown).map(|((from, to), shown)| Bin { from, to, count: shown.exact() });
    Some(WaitingTimes {
        title: "Dage fra henvisning til første gang".to_owned(),
        bins: bins.collect(),
        limit: None,
        median: Some(median),
        ninetieth: suppression::shown_percentile(&each, 90),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use indicators::totals::Cell;

    use super::*;

    fn way(groups: &[(&str, i64)], waits: &[(i64, i64)]) -> Way {
        let mut way = Way::default();
        way.add(&Cell {
            groups: groups.iter().map(|(name, count)| ((*name).into(), *count)).collect(),
            values: waits.iter().map(|(days, count)| (days * 1_000, *count)).collect(),
            ..Cell::default()
        });
        way
    }

    /// Of 60 twenty are not spoken with, of whom eight still wait; ten more left before a talk; thirty completed.
    #[test]
    fn each_step_holds_those_who_came_to_it_or_further() {
        let found = way(&[("at_referred", 20), ("open_referred", 8), ("at_contacted", 10), ("at_completed", 30)], &[]);
        let flow = flow(&found).unwrap();
        assert_eq!(flow.stages.iter().map(|stage| stage.count).collect::<Vec<_>>(), [60, 40, 30, 30, 30].map(Some));
        let told: Vec<_> = flow.stages[0].losses.iter().map(|loss| (loss.reason.words(), loss.count)).collect();
        assert_eq!(told, [("stoppede", Some(12)), ("er stadig i gang", Some(8))]);
        assert_eq!(super::flow(&Way::default()), None);
    }

    /// Two left after the first step: 40 and 38 would say so.
    #[test]
    fn a_few_who_left_are_not_told_by_two_steps() {
        let flow = flow(&way(&[("at_referred", 2), ("at_completed", 38)], &[]));
        assert!(flow.is_none_or(|flow| flow.stages[1].count.is_none()));
    }

    #[test]
    fn waits_are_columns_of_a_fortnight_and_few_are_hidden() {
        let found = waiting(&way(&[], &[(3, 6), (13, 4), (14, 8), (200, 2)])).unwrap();
        assert_eq!((found.bins.len(), found.bins[2].count, found.bins[7].count), (8, Some(0), None));
        assert!(
            found.bins[0].count.is_none() || found.bins[1].count.is_none(),
            "ten or eight would be told with the sum"
        );
        assert_eq!(found.median, Some(13.5));
        assert_eq!(waiting(&Way::default()), None);
    }
}
