//! What of a figure may leave the unit that treats the citizens: small numbers hidden, also against subtraction. Figures with
//! a figure beside them are protected together (`suppression`).

use super::{PeriodFigure, Spread, Value};
use crate::definition::Breakdown;
use crate::statistics::{Interval, MeanChange, Share, wilson};
use crate::suppression::{self, MIN_CELL, Shown, ShownTable, needs_small_note};

/// A figure as others see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// What it is.
    pub value: PublishedValue,
    /// Whether it carries the note that chance dominates.
    pub small_note: bool,
}

/// What is shown of a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum PublishedValue {
    /// Nobody records what it needs: why.
    Unknown(&'static str),
    /// How many.
    Count(Shown),
    /// How many of how many, with Wilson's interval.
    Share(Share, Interval),
    /// Where values lie, and the share within the limit where that may be shown.
    Median(Spread, Option<Share>),
    /// How much pairs changed, and the share that changed by what matters where that may be shown.
    Mean(MeanChange, Option<Share>),
    /// How they spread, and their sum.
    Distribution(Vec<(String, Shown)>, Shown),
    /// Too few to be shown.
    Hidden,
    /// Nobody in the denominator.
    Nothing,
}

/// Protects a figure that stands alone.
pub fn published(figure: &PeriodFigure) -> Published {
    Published { value: shown(figure), small_note: needs_small_note(figure.of) }
}

fn shown(figure: &PeriodFigure) -> PublishedValue {
    let share = |share: &Share| suppression::share(share.part(), share.whole());
    match &figure.value {
        Value::Unknown(why) => PublishedValue::Unknown(why),
        Value::Nothing => PublishedValue::Nothing,
        Value::Count(count, _) => PublishedValue::Count(Shown::alone(*count)),
        Value::Share(found, _) => {
            share(found).map_or(PublishedValue::Hidden, |found| PublishedValue::Share(found, wilson(found)))
        }
        Value::Median(spread, within) => match spread.values {
            MIN_CELL.. => PublishedValue::Median(*spread, within.as_ref().and_then(share)),
            _ => PublishedValue::Hidden,
        },
        Value::Mean(mean, matters) => match mean.pairs {
            pairs if pairs >= MIN_CELL as usize => PublishedValue::Mean(*mean, share(matters)),
            _ => PublishedValue::Hidden,
        },
        Value::Distribution(groups) => {
            let counts: Vec<u32> = groups.iter().map(|(_, count)| *count).collect();
            let shown = suppression::list(&counts);
            let names = groups.iter().map(|(name, _)| name.clone());
            PublishedValue::Distribution(names.zip(shown.cells).collect(), shown.total)
        }
    }
}

/// A figure by stratum as others see it, protected as one table with its sums.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedSplit {
    /// What it is split by; a sensitive one is for the quality role.
    pub by: Breakdown,
    /// Each stratum with those who meet it, those who do not, both together, and the share where both are shown.
    pub rows: Vec<PublishedRow>,
    /// The same of all strata.
    pub total: PublishedRow,
}

/// A row of a split.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedRow {
    /// The stratum; empty for all of them.
    pub stratum: String,
    /// Those who meet it; of a count everybody.
    pub met: Shown,
    /// The denominator.
    pub of: Shown,
    /// The share; none where one of its counts is not shown exactly.
    pub share: Option<Share>,
    /// Whether it carries the note that chance dominates.
    pub small_note: bool,
}

/// Protects a share by stratum: the table of who meets it and who does not, with its sums. None of a breakdown that never
/// leaves the municipality.
pub fn published_split(strata: &[(String, PeriodFigure)], by: Breakdown) -> Option<PublishedSplit> {
    let counts: Vec<[u32; 2]> =
        strata.iter().map(|(_, figure)| [figure.met, figure.of.saturating_sub(figure.met)]).collect();
    let ShownTable { cells, row_totals, column_totals, total } = suppression::table(&counts);
    let met_and_not = |shown: &[Shown]| (shown.first().copied(), shown.get(1).copied());
    let row = |stratum: &str, cells: &[Shown], of: Shown| {
        let (met, not) = met_and_not(cells);
        let met = met.unwrap_or(Shown::Exact(0));
        let share = match (met, not, of) {
            (Shown::Exact(part), Some(Shown::Exact(_)), Shown::Exact(whole)) => suppression::share(part, whole),
            _ => None,
        };
        let small_note = matches!(of, Shown::Exact(whole) if needs_small_note(whole)) || of == Shown::UnderFive;
        PublishedRow { stratum: stratum.to_owned(), met, of, share, small_note }
    };
    let rows = strata.iter().zip(&cells).zip(&row_totals);
    (!by.is_internal()).then(|| PublishedSplit {
        by,
        rows: rows.map(|(((stratum, _), cells), of)| row(stratum, cells, *of)).collect(),
        total: row("", &column_totals, total),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Finality;

    fn figure(value: Value, of: u32, met: u32) -> PeriodFigure {
        PeriodFigure { value, of, met, missing: 0, pending: 0, excluded: 0, finality: Finality::Final }
    }

    fn share(met: u32, of: u32) -> PeriodFigure {
        let share = Share::new(met, of).unwrap();
        figure(Value::Share(share, wilson(share)), of, met)
    }

    #[test]
    fn a_share_of_few_is_hidden_and_one_of_under_twenty_carries_the_note() {
        assert_eq!(published(&share(3, 30)).value, PublishedValue::Hidden);
        assert_eq!(published(&share(26, 30)).value, PublishedValue::Hidden);
        assert!(matches!(published(&share(7, 14)).value, PublishedValue::Share(..)));
        assert!(published(&share(7, 14)).small_note && !published(&share(10, 20)).small_note);
    }

    #[test]
    fn a_median_needs_five_values_and_a_count_under_five_is_said_as_such() {
        let spread = |values| Spread { values, median: 3.0, lower_quartile: 2.0, upper_quartile: 5.0, ninetieth: 9.0 };
        let median = |values| published(&figure(Value::Median(spread(values), None), values, 0)).value;
        assert_eq!(median(4), PublishedValue::Hidden);
        assert!(matches!(median(5), PublishedValue::Median(..)));
        assert_eq!(published(&figure(Value::Count(2, None), 2, 0)).value, PublishedValue::Count(Shown::UnderFive));
    }

    /// Level 3 has 2 of 22: hidden, and with it another cell of its row and column, so that no sum gives it away.
    #[test]
    fn a_split_is_protected_as_one_table() {
        let strata = [("1".to_owned(), share(40, 60)), ("2".to_owned(), share(30, 55)), ("3".to_owned(), share(2, 22))];
        let split = published_split(&strata, Breakdown::StratLevel).unwrap();
        assert_eq!(split.rows[2].met, Shown::UnderFive);
        assert_eq!(split.rows[2].share, None);
        assert!(split.rows.iter().filter(|row| row.share.is_none()).count() >= 2);
        assert_eq!(published_split(&strata, Breakdown::SenderUnit), None);
    }
}
