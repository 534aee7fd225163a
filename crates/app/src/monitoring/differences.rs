//! The difference between each group and the others: what the indicators of gaps (E03, E04) are made of.

use charts::{Equity, EquityGroup, Unit, percent};
use indicators::counting::label;
use indicators::definition::{Breakdown, newest};
use indicators::results::gaps::{StratumGap, gaps, made_of};
use indicators::statistics::wilson;
use indicators::suppression;
use standard::LimitValues;

use super::asked::Question;
use super::chart;
use super::read::Kept;
use super::said;
use crate::language::Language;

/// The differences in one figure.
pub(super) struct Differences {
    /// Of what.
    pub(super) title: String,
    /// The picture, as HTML.
    pub(super) chart: String,
    pub(super) rows: Vec<Row>,
}

/// A group against the others.
pub(super) struct Row {
    pub(super) name: String,
    /// Its name is the municipality's own.
    pub(super) own: bool,
    pub(super) share: String,
    pub(super) rest: String,
    pub(super) difference: String,
    /// It is certain and large enough to be called a difference.
    pub(super) is_called: bool,
}

/// The differences of a question about them.
pub(super) fn of(
    question: &Question,
    kept: &Kept,
    by: Breakdown,
    values: &LimitValues,
    language: Language,
) -> Vec<Differences> {
    let each = made_of(&question.definition.id).iter().enumerate();
    each.map(|(at, (id, part))| {
        let title = newest(id).map_or_else(|| (*id).to_owned(), |one| one.danish.title.clone());
        let found = gaps(&kept.totals, (id, part), by, question.choice.period, values);
        let shown = |gap: &StratumGap| question.exact || gap.may_be_published;
        let picture = Equity {
            title: title.clone(),
            subject: "Andelen".to_owned(),
            unit: Unit::Share,
            all: None,
            population: None,
            groups: found.iter().map(|gap| group(gap, shown(gap))).collect(),
        };
        Differences {
            chart: chart::html(language, &format!("forskel-{at}"), &picture),
            rows: found.iter().map(|gap| row(gap, shown(gap))).collect(),
            title,
        }
    })
    .collect()
}

fn group(gap: &StratumGap, shown: bool) -> EquityGroup {
    let own = gap.own.filter(|_| shown);
    EquityGroup {
        name: if label(&gap.stratum).is_some() {
            said::named(&gap.stratum).into()
        } else {
            charts::Text::record(&*gap.stratum)
        },
        figure: own.map(|share| {
            let interval = wilson(share);
            (share.value(), interval.low, interval.high)
        }),
        whole: own.map(indicators::statistics::Share::whole),
        population: None,
        gap: gap.is_called && shown,
    }
}

fn row(gap: &StratumGap, shown: bool) -> Row {
    let share = |share: Option<indicators::statistics::Share>| match share.filter(|_| shown) {
        Some(share) => percent(share.value(), 0),
        None => said::HIDDEN.to_owned(),
    };
    let difference = match gap.gap.as_ref().filter(|_| shown) {
        Some(found) => {
            let (points, interval) = (found.difference * 100.0, found.interval);
            let number = |value: f64| charts::decimal(value, 0);
            format!(
                "{} procentpoint ({} til {})",
                number(points),
                number(interval.low * 100.0),
                number(interval.high * 100.0)
            )
        }
        None if shown => format!("For få: under {} i en af grupperne", suppression::SMALL),
        None => said::HIDDEN.to_owned(),
    };
    Row {
        name: said::named(&gap.stratum),
        own: label(&gap.stratum).is_none(),
        share: share(gap.own),
        rest: share(gap.rest),
        difference,
        is_called: gap.is_called && shown,
    }
}
