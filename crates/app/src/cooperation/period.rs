//! The periods that figures are asked for: a month, a quarter or a year, as a word in an address: `2026-10`, `2026-k3`, `2026`.

use indicators::period::{Every, FigurePeriod};
use jiff::civil::{Date, date};

use crate::AppError;

/// A period to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PeriodChoice {
    /// Its word.
    pub(crate) word: String,
    /// As people say it.
    pub(crate) label: String,
    /// The one that is shown.
    pub(crate) selected: bool,
}

/// The period of a word; none when it is no period.
pub(crate) fn parse(word: &str) -> Option<FigurePeriod> {
    let (year, rest) = word.split_once('-').map_or((word, None), |(year, rest)| (year, Some(rest)));
    let year: i16 = year.parse().ok().filter(|year| (2000..=2999).contains(year))?;
    let of = |every, month: i8| Some(FigurePeriod::containing(every, date(year, month, 1)));
    match rest {
        None => of(Every::Year, 1),
        Some(quarter @ ("k1" | "k2" | "k3" | "k4")) => {
            let number: i8 = quarter[1..].parse().ok()?;
            of(Every::Quarter, number * 3 - 2)
        }
        Some(month) if month.len() == 2 => {
            month.parse().ok().filter(|month| (1..=12).contains(month)).and_then(|month| of(Every::Month, month))
        }
        Some(_) => None,
    }
}

/// The word of a period.
pub(crate) fn word(period: FigurePeriod) -> String {
    let from = period.from();
    match period.months().count() {
        1 => format!("{}-{:02}", from.year(), from.month()),
        3 => format!("{}-k{}", from.year(), (from.month() - 1) / 3 + 1),
        _ => from.year().to_string(),
    }
}

/// The period that is asked for, and all that may be: quarters first, the last that is over chosen when nothing is.
///
/// # Errors
/// What is asked for is no period: figures of another one would be taken for it.
pub(crate) fn chosen(asked: Option<&str>, today: Date) -> Result<(FigurePeriod, Vec<PeriodChoice>), AppError> {
    let back = |every, periods: i32| FigurePeriod::last_complete(every, today).step(-periods);
    let mut all: Vec<FigurePeriod> = (0..4).map(|at| back(Every::Quarter, at)).collect();
    all.push(FigurePeriod::containing(Every::Quarter, today));
    all.extend((0..3).map(|at| back(Every::Month, at)));
    all.extend([FigurePeriod::containing(Every::Year, today), back(Every::Year, 0)]);
    let period = match asked.filter(|word| !word.is_empty()) {
        Some(word) => parse(word).ok_or_else(|| AppError::field("periode", "not_a_period", NO_PERIOD))?,
        None => all[0],
    };
    if !all.contains(&period) {
        all.push(period);
    }
    let choice = |one: &FigurePeriod| {
        let running = if one.to() >= today { " (indtil nu)" } else { "" };
        PeriodChoice { word: word(*one), label: format!("{}{running}", one.label()), selected: *one == period }
    };
    Ok((period, all.iter().map(choice).collect()))
}

const NO_PERIOD: &str = "Perioden findes ikke. Skriv et år, et kvartal eller en måned, fx 2026, 2026-k3 eller 2026-10.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_word_and_a_word_a_period() {
        for text in ["2026-10", "2026-k3", "2026"] {
            assert_eq!(parse(text).map(word).as_deref(), Some(text));
        }
        for wrong in ["", "2026-13", "2026-k5", "26", "2026-k", "2026-1", "næste", "2026-10-01"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_last_quarter_that_is_over_is_chosen_when_nothing_is() -> Result<(), AppError> {
        let today = date(2026, 11, 24);
        for nothing in [None, Some("")] {
            let (period, all) = chosen(nothing, today)?;
            assert_eq!((word(period).as_str(), all.len()), ("2026-k3", 10));
            assert!(all[0].selected && all[4].label.ends_with("(indtil nu)"), "{all:?}");
        }
        let (period, all) = chosen(Some("2024-01"), today)?;
        assert_eq!((word(period).as_str(), all.len()), ("2024-01", 11), "another may be asked for by its address");
        let wrong = chosen(Some("1980-k1"), today);
        assert!(matches!(wrong, Err(AppError::Field { field: "periode", .. })), "{wrong:?}");
        Ok(())
    }
}
