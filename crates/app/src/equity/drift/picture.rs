//! The decisions as pictures: the share with another level over time, the levels beside those of the period before, and the
//! groups beside all. Every version has a line of its own, and where one takes over is marked.

use std::ops::Range;

use charts::{
    CentreLine, Change, ControlLimits, Equity, EquityGroup, LevelShare, LevelShift, PeriodStep, PointValue, Series,
    Signal, Text, Unit,
};
use domain::stratification::Stratum;
use indicators::period::Finality;
use indicators::statistics::run_chart::{self, Reading, Side, SignalRule, Span};
use indicators::statistics::shewhart::{P_CHART_RULE, p_chart};
use indicators::statistics::{Share, binomial, gap};
use indicators::suppression::SMALL;
use jiff::civil::Date;

use super::super::picture::{figure, is_gap};
use super::asked::Point;
use super::page::GroupView;
use super::protect::{Decisions, Levels};

/// The share with another level than the model's over time.
pub(super) fn over_time(points: &[Point], shown: &[Decisions], today: Date) -> Series {
    let is_preliminary = |point: &Point| Finality::of(point.period, 0, today).is_preliminary();
    let told = |(point, shown): (&Point, &Decisions)| charts::Point {
        label: point.period.short_label(),
        year: point.period.to().year(),
        name: point.period.label(),
        reading: reading(*shown),
        counts: shown.share().map(|share| (share.part(), share.whole())),
        preliminary: is_preliminary(point),
    };
    let months = points.first().is_some_and(|point| point.period.months().count() == 1);
    let versions = of_versions(points);
    let mut series = Series {
        title: "Andel, hvor der blev valgt et andet niveau end modellens".to_owned(),
        subject: "Andelen".to_owned(),
        unit: Unit::Share,
        step: if months { PeriodStep::Month } else { PeriodStep::Quarter },
        points: points.iter().zip(shown).map(told).collect(),
        lines: Vec::new(),
        signals: Vec::new(),
        few_crossings: None,
        limits: Vec::new(),
        outside: Vec::new(),
        changes: versions.iter().skip(1).map(|(version, own)| change(*version, own)).collect(),
        goal: None,
        rule: None,
    };
    // A period that runs is shown and not judged.
    let judged = points.iter().zip(shown).map(|(point, shown)| shown.share().filter(|_| !is_preliminary(point)));
    judge(&mut series, &judged.collect::<Vec<_>>(), &versions);
    series
}

fn reading(shown: Decisions) -> PointValue {
    match (shown.share(), shown.of.exact()) {
        (Some(share), _) => PointValue::Value(share.value()),
        (None, Some(0)) => PointValue::Missing,
        (None, _) => PointValue::Hidden,
    }
}

fn change(version: u16, own: &Range<usize>) -> Change {
    Change { at: own.start, name: Text::from(format!("Udgave {version}")) }
}

/// The points of each version, in order of time. A point without decisions is of the version before it.
fn of_versions(points: &[Point]) -> Vec<(u16, Range<usize>)> {
    let mut found: Vec<(u16, Range<usize>)> = Vec::new();
    for (at, point) in points.iter().enumerate() {
        let version = point.version.as_ref().map(|of| of.version);
        match found.last_mut() {
            Some((own, range)) if version.is_none_or(|version| version == *own) => range.end = at + 1,
            _ => found.extend(version.map(|version| (version, at..at + 1))),
        }
    }
    found
}

/// The line of each version and what its own points say round it: a p-chart when all of them have enough, else a run chart.
fn judge(series: &mut Series, shares: &[Option<Share>], versions: &[(u16, Range<usize>)]) {
    let rule = SignalRule::Chance;
    let own = |range: &Range<usize>| -> Vec<Option<Share>> {
        shares.iter().enumerate().map(|(at, share)| share.filter(|_| range.contains(&at))).collect()
    };
    let with_figures: Vec<_> = versions
        .iter()
        .map(|(_, range)| (range, own(range)))
        .filter(|(_, shares)| shares.iter().any(Option::is_some))
        .collect();
    let controlled: Option<Vec<_>> =
        with_figures.iter().map(|(range, shares)| Some((*range, p_chart(shares, &[], rule)?))).collect();
    let Some(controlled) = controlled else {
        for (range, shares) in with_figures {
            let values: Vec<Option<f64>> = shares.iter().map(|share| share.map(Share::value)).collect();
            for stretch in run_chart::read(&values, &[], rule) {
                add(series, range, &stretch.span, &stretch.reading);
            }
        }
        series.rule = (!series.lines.is_empty()).then(|| rule.label().to_owned());
        return;
    };
    for (range, stretch) in controlled.iter().flat_map(|(range, all)| all.iter().map(move |one| (*range, one))) {
        add(series, range, &stretch.span, &stretch.reading);
        series.limits.resize(shares.len(), None);
        for (limits, at) in stretch.limits.iter().zip(stretch.span.own.clone()) {
            if let (Some(limits), Some(place)) = (limits, series.limits.get_mut(at)) {
                *place = Some(ControlLimits { low: limits.low, high: limits.high });
            }
        }
        series.outside.extend(stretch.outside.iter().map(|(at, _)| *at));
    }
    series.rule = (!series.lines.is_empty()).then(|| P_CHART_RULE.to_owned());
}

/// A line goes no further than its version.
fn add(series: &mut Series, own: &Range<usize>, span: &Span, reading: &Reading) {
    series.lines.push(CentreLine {
        value: reading.centre,
        from: span.own.start.max(own.start),
        to: span.own.end.min(own.end),
        carried_to: span.own.end.min(own.end),
        preliminary: span.preliminary,
    });
    series.signals.extend(reading.signals.iter().map(|run| Signal {
        from: run.from,
        to: run.to,
        points: run.length,
        above: run.side == Side::Above,
        better: None,
    }));
    if reading.crosses_too_seldom() {
        series.few_crossings = Some((reading.crossings, binomial::fewest_crossings_by_chance(reading.useful)));
    }
}

/// The levels in a period beside those of the one before, where they may be shown.
pub(super) fn levels(now: Levels, before: Option<Levels>, gap_points: f64) -> LevelShift {
    let level = |(at, stratum): (usize, &Stratum)| {
        let (now, before) = (share_at(&now, at), before.as_ref().and_then(|all| share_at(all, at)));
        let enough = |share: &Share| share.whole() >= SMALL;
        let both = now.filter(enough).zip(before.filter(enough));
        LevelShare {
            name: stratum.label().into(),
            now: now.map(figure),
            count: now.map(Share::part),
            before: before.map(Share::value),
            moved: both.is_some_and(|(now, before)| gap(now, before).is_called(gap_points)),
        }
    };
    LevelShift {
        title: "Besluttede niveauer nu og i perioden før".to_owned(),
        levels: Stratum::ALL.iter().enumerate().map(level).collect(),
    }
}

fn share_at(levels: &Levels, at: usize) -> Option<Share> {
    Share::new(levels.each.get(at)?.exact()?, levels.of)
}

/// The share of each group beside that of all.
pub(super) fn groups(groups: &[GroupView], all: Option<Share>, gap_points: f64) -> Equity {
    let group = |group: &GroupView| EquityGroup {
        name: if group.own { Text::record(&*group.name) } else { Text::from(&*group.name) },
        figure: group.moves.both.share().map(figure),
        whole: group.moves.both.of.exact(),
        population: None,
        gap: group
            .moves
            .both
            .share()
            .zip(all)
            .is_some_and(|(own, all)| is_gap(own, (all.part(), all.whole()), gap_points)),
    };
    Equity {
        title: "Andel med et andet niveau end modellens".to_owned(),
        subject: "Andelen".to_owned(),
        unit: Unit::Share,
        all: all.map(Share::value),
        population: None,
        groups: groups.iter().map(group).collect(),
    }
}
