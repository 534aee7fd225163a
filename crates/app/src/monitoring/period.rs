//! Which period a page is about: the address says it in a word, the page offers those that make sense.

use indicators::counting::{Over, REGISTRY, place};
use indicators::definition::Definition;
use indicators::period::{Every, FigurePeriod, Month};
use jiff::civil::{Date, date};

/// The word of the twelve months that end with the last complete one.
pub(crate) const YEAR: &str = "12m";

/// A period with the word that addresses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) word: String,
    pub(super) period: FigurePeriod,
}

/// Whether the last month of a period stands for all of it.
pub(super) fn is_last(definition: &Definition) -> bool {
    over(definition) == Over::Last
}

pub(super) fn over(definition: &Definition) -> Over {
    place(&definition.id).and_then(|place| REGISTRY.get(place)).map_or(Over::Sum, |one| one.over)
}

/// What is shown when nobody chose: twelve months, or the last complete month where that stands for all.
pub(super) fn usual(definition: &Definition, today: Date) -> Choice {
    let every = if is_last(definition) { Every::Month } else { Every::RollingYear };
    let period = FigurePeriod::last_complete(every, today);
    Choice { word: if is_last(definition) { month_word(period) } else { YEAR.to_owned() }, period }
}

/// The period that a word addresses; none for a word that is none, or a period that has not begun.
pub(super) fn parse(word: &str, today: Date) -> Option<Choice> {
    let period = match word {
        YEAR => FigurePeriod::last_complete(Every::RollingYear, today),
        _ => dated(word)?,
    };
    (period.from() <= today).then(|| Choice { word: word.to_owned(), period })
}

/// What a period is called where it is chosen.
pub(crate) fn name(word: &str, period: FigurePeriod) -> String {
    if word == YEAR { "Seneste 12 måneder".to_owned() } else { period.label() }
}

/// The same, with when the last twelve months are.
pub(crate) fn in_full(word: &str, period: FigurePeriod) -> String {
    let label = period.label();
    if word == YEAR { format!("{} · {label}", name(word, period)) } else { label }
}

fn dated(word: &str) -> Option<FigurePeriod> {
    let (year, rest) = word.split_at_checked(4)?;
    let year: i16 = year.parse().ok().filter(|year| (1900..=2200).contains(year))?;
    let of = |every, month: i8| Some(FigurePeriod::containing(every, date(year, month, 1)));
    match rest.strip_prefix('-') {
        None if rest.is_empty() => of(Every::Year, 1),
        None => None,
        Some(quarter) if quarter.len() == 2 && quarter.starts_with('k') => {
            match quarter.get(1..)?.parse::<i8>().ok()? {
                quarter @ 1..=4 => of(Every::Quarter, quarter * 3),
                _ => None,
            }
        }
        Some(month) if month.len() == 2 => {
            month.parse().ok().filter(|m| (1..=12).contains(m)).and_then(|m| of(Every::Month, m))
        }
        Some(_) => None,
    }
}

fn month_word(period: FigurePeriod) -> String {
    let from = period.from();
    format!("{}-{:02}", from.year(), from.month())
}

/// What can be chosen: twelve months, three years, five quarters, thirteen months; the newest first in each.
pub(super) fn offered(definition: &Definition, today: Date) -> Vec<(&'static str, Vec<Choice>)> {
    let year = |back: i16| today.year() - back;
    let years = (0..3).map(|back| year(back).to_string());
    let this = FigurePeriod::containing(Every::Quarter, today);
    let quarters = (0..5).map(|back| {
        let from = this.step(-back).from();
        format!("{}-k{}", from.year(), (from.month() - 1) / 3 + 1)
    });
    let months = (0..13).map(|back| {
        let first = Month::of(today).plus(-back).first_day();
        month_word(FigurePeriod::containing(Every::Month, first))
    });
    let read =
        |words: &mut dyn Iterator<Item = String>| words.filter_map(|word| parse(&word, today)).collect::<Vec<_>>();
    if is_last(definition) {
        return vec![("Måned", read(&mut months.into_iter()))];
    }
    vec![
        ("År", read(&mut std::iter::once(YEAR.to_owned()).chain(years))),
        ("Kvartal", read(&mut quarters.into_iter())),
        ("Måned", read(&mut months.into_iter())),
    ]
}

/// The periods of a chart that ends with the chosen one, or with the one that runs: so many, the earliest first.
pub(super) fn points(definition: &Definition, chosen: FigurePeriod, today: Date) -> (FigurePeriod, u16) {
    let every = definition.every;
    let last = FigurePeriod::containing(every, chosen.to().min(today));
    let count = match every {
        Every::Month | Every::MonthEnd | Every::RollingYear => 24,
        Every::Quarter => 12,
        Every::Year => 6,
    };
    (last, count)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;

    const TODAY: Date = date(2026, 11, 24);

    fn span(word: &str) -> Option<(Date, Date)> {
        parse(word, TODAY).map(|choice| (choice.period.from(), choice.period.to()))
    }

    #[test]
    fn a_period_is_a_year_a_quarter_a_month_or_the_last_twelve() {
        assert_eq!(span("12m"), Some((date(2025, 11, 1), date(2026, 10, 31))));
        assert_eq!(span("2026"), Some((date(2026, 1, 1), date(2026, 12, 31))));
        assert_eq!(span("2026-k3"), Some((date(2026, 7, 1), date(2026, 9, 30))));
        assert_eq!(span("2026-11"), Some((date(2026, 11, 1), date(2026, 11, 30))));
    }

    #[test]
    fn what_is_no_period_or_has_not_begun_is_none() {
        for word in [
            "", "26", "2026-", "2026-13", "2026-00", "2026-k0", "2026-k5", "2026-1", "2027", "2026-12", "æøå-1",
            "20261",
        ] {
            assert_eq!(span(word), None, "{word}");
        }
    }

    #[test]
    fn everything_that_is_offered_can_be_chosen() {
        let share = indicators::definition::newest("U05").unwrap();
        let offered = offered(share, TODAY);
        let words: Vec<&str> = offered.iter().flat_map(|(_, all)| all).map(|choice| choice.word.as_str()).collect();
        assert_eq!(words.len(), 4 + 5 + 13);
        assert_eq!((words[1], words[4], words[9]), ("2026", "2026-k4", "2026-11"));
        assert_eq!(usual(share, TODAY).word, YEAR);
        assert_eq!(usual(indicators::definition::newest("E01").unwrap(), TODAY).word, "2026-10");
    }
}
