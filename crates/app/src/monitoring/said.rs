//! How a figure is said: its number, what it is of, and what stands beside it. As the treating unit sees it, or as it may leave
//! that unit.

use charts::{count, decimal, percent};
use indicators::counting::label;
use indicators::definition::{Definition, Kind};
use indicators::period::Finality;
use indicators::results::published::{PublishedValue, published};
use indicators::results::{PeriodFigure, Spread, Value};
use indicators::statistics::{Interval, MeanChange, Share};
use indicators::suppression::{SMALL_NOTE, Shown, list, needs_small_note};
use jiff::civil::Date;

use super::protect::ShownCounts;
use crate::layout::dates;

/// Where there is no number.
pub(super) const NOTHING: &str = "–";
/// What is shown of too few.
pub(super) const HIDDEN: &str = "Skjult";

/// A figure in words.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Said {
    /// "79 %", "12 dage", "Skjult", "–".
    pub(super) number: String,
    /// "441 af 560".
    pub(super) of: String,
    /// Interval, quartiles, share in time.
    pub(super) more: Vec<String>,
    /// The number for a chart and a file.
    pub(super) value: Option<f64>,
    /// Numerator and denominator as they are shown.
    pub(super) counts: Option<(String, String)>,
    /// 95 % interval.
    pub(super) interval: Option<String>,
    /// The groups of a distribution with how many are in each.
    pub(super) groups: Vec<(String, String)>,
    pub(super) is_hidden: bool,
    /// Why nobody can tell it.
    pub(super) unknown: Option<&'static str>,
}

/// A figure as the treating unit sees it.
pub(super) fn exactly(figure: &PeriodFigure, definition: &Definition) -> Said {
    let met = definition.kind != Kind::Count && definition.kind != Kind::Rate;
    let counts = met.then(|| (count(figure.met), count(figure.of)));
    match &figure.value {
        Value::Unknown(why) => unknown(why),
        Value::Nothing => nothing(),
        Value::Count(number, spread) => Said {
            number: count(*number),
            more: spread.iter().flat_map(|spread| spread_words(spread, days(definition))).collect(),
            value: Some(f64::from(*number)),
            ..Said::default()
        },
        Value::Share(share, interval) => Said { counts, ..of_share(*share, *interval) },
        Value::Median(spread, within) => Said { counts, ..of_spread(spread, *within, definition) },
        Value::Mean(mean, matters) => Said { counts, ..of_mean(mean, Some(*matters)) },
        Value::Distribution(groups) => {
            let all: u32 = groups.iter().map(|(_, count)| *count).sum();
            let rows = groups.iter().map(|(name, number)| (named(name), count(*number)));
            Said { number: count(all), value: Some(f64::from(all)), groups: rows.collect(), ..Said::default() }
        }
    }
}

/// A figure as it may leave the unit, with its counts as they are protected beside all that is shown with it.
pub(super) fn protected(figure: &PeriodFigure, shown: ShownCounts, definition: &Definition) -> Said {
    let counts = Some((shown.met.text(), shown.of.text()));
    let hidden = || Said { counts: counts.clone(), ..hidden() };
    match published(figure).value {
        PublishedValue::Unknown(why) => unknown(why),
        PublishedValue::Nothing => nothing(),
        PublishedValue::Count(_) => match shown.of {
            Shown::Exact(number) => Said { number: count(number), value: Some(f64::from(number)), ..Said::default() },
            other => Said { number: other.text(), is_hidden: true, ..Said::default() },
        },
        PublishedValue::Share(share, interval) if shown.is_exact() => Said { counts, ..of_share(share, interval) },
        PublishedValue::Share(..) | PublishedValue::Hidden => hidden(),
        PublishedValue::Median(spread, within) => {
            Said { counts, ..of_spread(&spread, within.filter(|_| shown.is_exact()), definition) }
        }
        PublishedValue::Mean(mean, matters) => {
            let matters = matters.filter(|_| shown.is_exact());
            Said { counts, ..of_mean(&mean, matters) }
        }
        PublishedValue::Distribution(..) => of_groups(figure),
    }
}

/// A distribution stands by itself: its groups are protected with their sum, and no other sum is shown.
fn of_groups(figure: &PeriodFigure) -> Said {
    let Value::Distribution(groups) = &figure.value else { return nothing() };
    let counts: Vec<u32> = groups.iter().map(|(_, count)| *count).collect();
    let shown = list(&counts);
    let rows = groups.iter().zip(shown.cells).map(|((name, _), cell)| (named(name), cell.text()));
    let (value, is_hidden) = match shown.total {
        Shown::Exact(total) => (Some(f64::from(total)), false),
        _ => (None, true),
    };
    Said { number: shown.total.text(), value, groups: rows.collect(), is_hidden, ..Said::default() }
}

fn unknown(why: &'static str) -> Said {
    Said { number: "Ukendt".to_owned(), unknown: Some(why), ..Said::default() }
}

fn nothing() -> Said {
    Said { number: NOTHING.to_owned(), ..Said::default() }
}

fn hidden() -> Said {
    Said { number: HIDDEN.to_owned(), is_hidden: true, ..Said::default() }
}

fn of_share(share: Share, interval: Interval) -> Said {
    let interval = format!("{}–{}", percent(interval.low, 0), percent(interval.high, 0));
    Said {
        number: percent(share.value(), 0),
        of: format!("{} af {}", count(share.part()), count(share.whole())),
        more: vec![format!("95 % interval: {interval}")],
        interval: Some(interval),
        value: Some(share.value()),
        ..Said::default()
    }
}

fn of_spread(spread: &Spread, within: Option<Share>, definition: &Definition) -> Said {
    let days = days(definition);
    let number = if days { days_words(spread.median) } else { decimal(spread.median, 1) };
    let in_time = within.map(|share| {
        format!("{} inden for grænsen ({} af {})", percent(share.value(), 0), count(share.part()), count(share.whole()))
    });
    Said {
        number,
        of: format!("Median af {}", count(spread.values)),
        more: in_time.into_iter().chain(spread_words(spread, days)).collect(),
        value: Some(spread.median),
        ..Said::default()
    }
}

fn of_mean(mean: &MeanChange, matters: Option<Share>) -> Said {
    let interval = mean.interval.map(|it| format!("{} til {}", decimal(it.low, 1), decimal(it.high, 1)));
    let matters =
        matters.map(|share| format!("{} ændrede sig så meget, at det betyder noget", percent(share.value(), 0)));
    let said = interval.as_ref().map(|interval| format!("95 % interval: {interval}"));
    Said {
        number: decimal(mean.mean, 1),
        of: format!("Gennemsnit af {} par", mean.pairs),
        more: said.into_iter().chain(matters).collect(),
        interval,
        value: Some(mean.mean),
        ..Said::default()
    }
}

fn spread_words(spread: &Spread, days: bool) -> Vec<String> {
    let say = |value: f64| if days { days_words(value) } else { decimal(value, 1) };
    vec![
        format!("Halvdelen ligger fra {} til {}", say(spread.lower_quartile), say(spread.upper_quartile)),
        format!("Ni af ti ligger højst på {}", say(spread.ninetieth)),
    ]
}

fn days_words(days: f64) -> String {
    if (days - 1.0).abs() < 1e-9 { "1 dag".to_owned() } else { format!("{} dage", decimal(days, 1)) }
}

/// Whether its values are days: those of medians are, but for numbers of sessions and people.
pub(super) fn days(definition: &Definition) -> bool {
    definition.kind == Kind::MedianDays && !matches!(definition.id.as_str(), "U10" | "C03") || definition.id == "C02"
}

/// What a group or a stratum is called; what a municipality names itself is read as it stands.
pub(super) fn named(word: &str) -> String {
    label(word).map_or_else(|| word.to_owned(), str::to_owned)
}

/// What of a figure is not known yet or at all: not stated, waiting, left out; counts as they may be shown.
pub(super) fn beside(figure: &PeriodFigure, exact: bool, today: Date) -> Vec<String> {
    let number = |of: u32| if exact { count(of) } else { Shown::alone(of).text() };
    let one = |of: u32, what: &str| (of > 0).then(|| format!("{} {what}", number(of)));
    let preliminary = match figure.finality {
        Finality::Preliminary { until } => Some(format!("Foreløbig til {}", dates::long_day(until, today))),
        Finality::Final => None,
    };
    [
        preliminary,
        one(figure.missing, "er ikke oplyst og er ikke talt med"),
        one(figure.pending, "venter på, at tiden er gået"),
        one(figure.excluded, "er ikke med efter definitionen"),
        (figure.of > 0 && needs_small_note(figure.of)).then(|| SMALL_NOTE.to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect()
}
