//! The difference between a stratum and the rest (E03 of U05; E04 of O02, O03 and O06), with Newcombe's interval. Of O02 and O03
//! it is the share that changed by at least what matters, so that instruments with different units can be compared.

use standard::LimitValues;

use crate::counting::NOT_STATED;
use crate::definition::Breakdown;
use crate::period::FigurePeriod;
use crate::statistics::{Gap, Share, gap};
use crate::suppression::{SMALL, comparison};
use crate::totals::{Cell, Totals};

/// The indicators that a gap is made of, each with its part.
pub fn made_of(id: &str) -> &'static [(&'static str, &'static str)] {
    match id {
        "E03" => &[("U05", "")],
        "E04" => &[("O02", ""), ("O03", ""), ("O06", "")],
        _ => &[],
    }
}

/// A stratum against the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct StratumGap {
    /// The stratum.
    pub stratum: String,
    /// Its share; none with nobody in it.
    pub own: Option<Share>,
    /// The share of the others, those of whom it is not stated left out.
    pub rest: Option<Share>,
    /// The difference; none with under twenty in either.
    pub gap: Option<Gap>,
    /// Whether it is called a gap: certain, and at least `equity_gap_points` (KS-3.4-02).
    pub is_called: bool,
    /// Whether it may leave the treating unit.
    pub may_be_published: bool,
}

/// Every stratum of a breakdown against the others in a period. Who is not stated is compared with nobody.
pub fn gaps(
    totals: &Totals,
    of: (&str, &str),
    by: Breakdown,
    period: FigurePeriod,
    limits: &LimitValues,
) -> Vec<StratumGap> {
    let strata = totals.strata(of.0, of.1, by, period);
    let stated: Vec<_> = strata.into_iter().filter(|(stratum, _)| *stratum != NOT_STATED).collect();
    let mut all = Cell::default();
    for (_, cell) in &stated {
        all.merge(cell, 1);
    }
    let points = limits.number(standard::LimitId::EquityGapPoints);
    stated
        .iter()
        .map(|(stratum, cell)| {
            let mut rest = all.clone();
            rest.merge(cell, -1);
            against((*stratum).to_owned(), counts(cell), counts(&rest), points)
        })
        .collect()
}

fn against(stratum: String, own: (u32, u32), others: (u32, u32), points: f64) -> StratumGap {
    let (mine, theirs) = (Share::new(own.0, own.1), Share::new(others.0, others.1));
    let enough = |share: &Share| share.whole() >= SMALL;
    let found = mine.filter(enough).zip(theirs.filter(enough)).map(|(mine, theirs)| gap(mine, theirs));
    StratumGap {
        stratum,
        own: mine,
        rest: theirs,
        gap: found,
        is_called: found.is_some_and(|gap| gap.is_called(points)),
        may_be_published: comparison(own, others).is_some(),
    }
}

fn counts(cell: &Cell) -> (u32, u32) {
    let count = |count: i64| u32::try_from(count).unwrap_or(0);
    (count(cell.met), count(cell.of))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 48 of 80 against 56 of 70: 20 points, and certain. 6 of 8 against 14 of 20: too few to say.
    #[test]
    fn a_gap_is_told_of_twenty_in_each_and_called_when_it_is_certain_and_large() {
        let found = against("3".to_owned(), (48, 80), (56, 70), 10.0);
        assert!(found.is_called && found.may_be_published);
        assert!((found.gap.unwrap().difference + 0.2).abs() < 1e-9);
        let few = against("3".to_owned(), (6, 8), (14, 20), 10.0);
        assert_eq!((few.gap, few.is_called, few.may_be_published), (None, false, false));
        assert!(few.own.is_some());
        // Two who do not meet it may not be told apart.
        assert!(!against("3".to_owned(), (38, 40), (30, 40), 10.0).may_be_published);
    }
}
