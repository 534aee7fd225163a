//! Lines of indicators: the figure in words, of how many, and how much of it lies within the limit. Where it leaves the unit
//! that treats the citizens, small numbers are hidden.

use domain::codes::StopReason;
use indicators::counting::label;
use indicators::definition::newest;
use indicators::period::{FigurePeriod, Finality};
use indicators::results::published::{PublishedValue, published};
use indicators::results::{Asked, PeriodFigure, Spread, Value, figure};
use indicators::statistics::{Share, wilson};
use indicators::suppression::Shown;
use indicators::totals::Totals;
use jiff::civil::Date;

use crate::cooperation::{Table, days_text};

/// What figures are made of, and whether small numbers are hidden.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) totals: &'a Totals,
    pub(super) period: FigurePeriod,
    pub(super) today: Date,
    pub(super) hides: bool,
}

/// An indicator by its id, and its part.
pub(super) type Indicator = (&'static str, &'static str);

impl Source<'_> {
    /// A table of indicators, a line each.
    pub(super) fn table(&self, id: &'static str, heading: &'static str, indicators: &[Indicator]) -> Table {
        let rows: Vec<Vec<String>> = indicators.iter().filter_map(|one| self.line(*one)).collect();
        let preliminary = rows.iter().any(|row| row.last().is_some_and(|text| text == PRELIMINARY));
        let note =
            preliminary.then_some("Foreløbig: tallet kan ændre sig, fordi perioden eller opfølgningen ikke er slut.");
        Table {
            id,
            heading,
            columns: vec!["Hvad", "Tal", "Ud af", "Inden for fristen", "Bemærkning"],
            rows,
            nothing: "Ingen tal i perioden.",
            note: note.map(str::to_owned),
        }
    }

    /// How an indicator spreads over its groups, the largest first.
    pub(super) fn groups(&self, id: &'static str, heading: &'static str, indicator: &'static str) -> Table {
        let found = self.value((indicator, "")).map(|(_, value)| value);
        let mut rows: Vec<(String, Shown)> = match found {
            Some(PublishedValue::Distribution(groups, _)) => groups,
            _ => Vec::new(),
        };
        let order = |shown: &Shown| std::cmp::Reverse(shown.bounds().0);
        rows.sort_by_key(|(name, shown)| (order(shown), name.clone()));
        Table {
            id,
            heading,
            columns: vec!["Årsag", "Antal"],
            rows: rows.into_iter().map(|(name, shown)| vec![group(&name), shown.text()]).collect(),
            nothing: "Ingen i perioden.",
            note: None,
        }
    }

    fn line(&self, (id, part): Indicator) -> Option<Vec<String>> {
        let (figure, value) = self.value((id, part))?;
        let definition = newest(id)?;
        let title = match label(part) {
            Some(part) => format!("{}: {}", definition.danish.title, crate::layout::lower_first(part)),
            None => definition.danish.title.clone(),
        };
        let [value, of, within] = said(&value);
        let remark = match figure.finality {
            Finality::Preliminary { .. } if value != NOTHING => PRELIMINARY.to_owned(),
            Finality::Final | Finality::Preliminary { .. } => String::new(),
        };
        Some(vec![title, value, of, within, remark])
    }

    fn value(&self, (id, part): Indicator) -> Option<(PeriodFigure, PublishedValue)> {
        let definition = newest(id)?;
        let figure = figure(self.totals, Asked { definition, part, period: self.period, today: self.today });
        let value = if self.hides { published(&figure).value } else { whole(&figure) };
        Some((figure, value))
    }
}

const PRELIMINARY: &str = "Foreløbig";
const NOTHING: &str = "–";

/// A figure as its own unit sees it.
fn whole(figure: &PeriodFigure) -> PublishedValue {
    match &figure.value {
        Value::Unknown(why) => PublishedValue::Unknown(why),
        Value::Nothing => PublishedValue::Nothing,
        Value::Count(count, _) => PublishedValue::Count(Shown::Exact(*count)),
        Value::Share(share, _) => PublishedValue::Share(*share, wilson(*share)),
        Value::Median(spread, within) => PublishedValue::Median(*spread, *within),
        Value::Mean(mean, matters) => PublishedValue::Mean(*mean, Some(*matters)),
        Value::Distribution(groups) => {
            let sum = groups.iter().map(|(_, count)| *count).sum();
            let exact = groups.iter().map(|(name, count)| (name.clone(), Shown::Exact(*count)));
            PublishedValue::Distribution(exact.collect(), Shown::Exact(sum))
        }
    }
}

/// The figure, of how many, and the share within the limit.
fn said(value: &PublishedValue) -> [String; 3] {
    let nothing = String::new;
    match value {
        PublishedValue::Unknown(why) => [NOTHING.to_owned(), nothing(), (*why).to_owned()],
        PublishedValue::Nothing => [NOTHING.to_owned(), nothing(), nothing()],
        PublishedValue::Hidden => ["Skjult".to_owned(), nothing(), nothing()],
        PublishedValue::Count(shown) => [shown.text(), nothing(), nothing()],
        PublishedValue::Share(share, _) => {
            [percent(*share), format!("{} af {}", share.part(), share.whole()), nothing()]
        }
        PublishedValue::Median(Spread { values, median, ninetieth, .. }, within) => [
            format!("{} (90 % inden for {})", days_text(*median), days_text(*ninetieth)),
            values.to_string(),
            within.map(percent).unwrap_or_default(),
        ],
        PublishedValue::Mean(mean, matters) => [
            format!("{:+.1}", mean.mean).replace('.', ","),
            mean.pairs.to_string(),
            matters.map(percent).unwrap_or_default(),
        ],
        PublishedValue::Distribution(_, sum) => [sum.text(), nothing(), nothing()],
    }
}

fn percent(share: Share) -> String {
    format!("{:.0} %", share.value() * 100.0)
}

/// A group as people read it.
fn group(word: &str) -> String {
    let stop = || StopReason::parse(word).ok().map(StopReason::label);
    label(word).or_else(stop).unwrap_or(word).to_owned()
}
