//! The figures of a page as pictures: a run chart or a p-chart with the rules that say when the points move more than chance,
//! and small multiples of the groups.

use charts::{
    CentreLine, ControlLimits, Multiples, Panel, PeriodStep, Picture, Point, PointValue, Series, Signal, Text, Unit,
};
use indicators::definition::{Chart, Definition, Kind};
use indicators::period::{Every, FigurePeriod};
use indicators::results::PeriodFigure;
use indicators::statistics::Share;
use indicators::statistics::run_chart::{self, Side, SignalRule, Stretch};
use indicators::statistics::shewhart::{P_CHART_RULE, p_chart};

use super::said::{self, Said};
use crate::language::Language;

/// A point: its period, its figure, and how that is said.
pub(super) struct Told {
    pub(super) period: FigurePeriod,
    pub(super) figure: PeriodFigure,
    pub(super) said: Said,
}

/// The picture of an indicator over time.
pub(super) fn over_time(definition: &Definition, part: &str, points: &[Told]) -> Series {
    let points = begun(points);
    let readings: Vec<PointValue> = points.iter().map(|told| reading(&told.said)).collect();
    let title = definition.danish.title.clone();
    let subject = match definition.kind {
        Kind::Share | Kind::Gap => "Andelen",
        Kind::MedianDays => "Medianen",
        Kind::MeanChange => "Gennemsnittet",
        Kind::Count | Kind::Rate | Kind::Distribution => "Antallet",
    };
    let mut series = Series {
        title: if part.is_empty() {
            title
        } else {
            format!("{title}: {}", crate::layout::lower_first(&said::named(part)))
        },
        subject: subject.to_owned(),
        unit: unit(definition),
        step: match definition.every {
            Every::Month | Every::MonthEnd => PeriodStep::Month,
            Every::Quarter => PeriodStep::Quarter,
            Every::RollingYear | Every::Year => PeriodStep::Other,
        },
        points: points.iter().zip(&readings).map(|(told, reading)| point(told, *reading, definition)).collect(),
        lines: Vec::new(),
        signals: Vec::new(),
        few_crossings: None,
        limits: Vec::new(),
        outside: Vec::new(),
        changes: Vec::new(),
        goal: definition.goal_percent.filter(|_| part.is_empty()).map(|percent| f64::from(percent) / 100.0),
        rule: None,
    };
    judge(&mut series, definition, points, &readings);
    series
}

/// The points from the first one with anything in it: before that nothing was written down, which is not the same as none.
fn begun(points: &[Told]) -> &[Told] {
    let is_empty = |told: &Told| {
        let PeriodFigure { of, missing, pending, excluded, .. } = told.figure;
        of + missing + pending + excluded == 0
    };
    let first = points.iter().position(|told| !is_empty(told)).unwrap_or(points.len());
    points.get(first..).unwrap_or_default()
}

pub(super) fn unit(definition: &Definition) -> Unit {
    match definition.kind {
        Kind::Share | Kind::Gap => Unit::Share,
        Kind::MedianDays if said::days(definition) => Unit::Days,
        Kind::MedianDays | Kind::MeanChange | Kind::Count | Kind::Rate | Kind::Distribution => {
            Unit::Count(String::new())
        }
    }
}

pub(super) fn reading(said: &Said) -> PointValue {
    match said.value {
        Some(value) => PointValue::Value(value),
        None if said.is_hidden => PointValue::Hidden,
        None => PointValue::Missing,
    }
}

fn point(told: &Told, reading: PointValue, definition: &Definition) -> Point {
    let shares = matches!(definition.kind, Kind::Share | Kind::Gap) && matches!(reading, PointValue::Value(_));
    Point {
        label: told.period.short_label(),
        year: told.period.to().year(),
        name: told.period.label(),
        reading,
        counts: shares.then_some((told.figure.met, told.figure.of)),
        preliminary: told.figure.finality.is_preliminary(),
    }
}

/// The lines and what the points say. Preliminary points are shown and not judged: they are smaller than they end.
fn judge(series: &mut Series, definition: &Definition, points: &[Told], readings: &[PointValue]) {
    let rule = SignalRule::Chance;
    let final_value = |(told, reading): (&Told, &PointValue)| match reading {
        PointValue::Value(value) if !told.figure.finality.is_preliminary() => Some(*value),
        _ => None,
    };
    let values: Vec<Option<f64>> = points.iter().zip(readings).map(final_value).collect();
    let shares: Vec<Option<Share>> = points
        .iter()
        .zip(&values)
        .map(|(told, value)| value.and_then(|_| Share::new(told.figure.met, told.figure.of)))
        .collect();
    let controlled = if definition.chart == Chart::P { p_chart(&shares, &[], rule) } else { None };
    let Some(stretches) = controlled else {
        let stretches = run_chart::read(&values, &[], rule);
        series.rule = (!stretches.is_empty()).then(|| rule.label().to_owned());
        for stretch in &stretches {
            add(series, stretch, definition);
        }
        return;
    };
    for stretch in &stretches {
        let plain = Stretch { span: stretch.span.clone(), reading: stretch.reading.clone() };
        add(series, &plain, definition);
        let limits = stretch.limits.iter().map(|one| one.map(|it| ControlLimits { low: it.low, high: it.high }));
        series.limits.extend(limits);
        series.outside.extend(stretch.outside.iter().map(|(at, _)| *at));
    }
    series.rule = Some(P_CHART_RULE.to_owned());
}

fn add(series: &mut Series, stretch: &Stretch, definition: &Definition) {
    let reading = &stretch.reading;
    series.lines.push(CentreLine {
        value: reading.centre,
        from: stretch.span.own.start,
        to: stretch.span.own.end,
        carried_to: stretch.span.carried_to,
        preliminary: stretch.span.preliminary,
    });
    series.signals.extend(reading.signals.iter().map(|run| Signal {
        from: run.from,
        to: run.to,
        points: run.length,
        above: run.side == Side::Above,
        better: run.side.is_better(definition.better),
    }));
    if reading.crosses_too_seldom() {
        let least = indicators::statistics::binomial::fewest_crossings_by_chance(reading.useful);
        series.few_crossings = Some((reading.crossings, least));
    }
}

/// Small multiples of the groups, each with its median.
pub(super) fn of_groups(
    definition: &Definition,
    periods: &[FigurePeriod],
    groups: Vec<(Text, Vec<Said>)>,
) -> Multiples {
    let panels = groups.into_iter().map(|(name, told)| {
        let readings: Vec<PointValue> = told.iter().map(reading).collect();
        let values: Vec<Option<f64>> = told.iter().map(|said| said.value).collect();
        let stretches = run_chart::read(&values, &[], SignalRule::Chance);
        Panel {
            name,
            readings,
            line: stretches.last().map(|stretch| stretch.reading.centre),
            signal: stretches.last().is_some_and(|stretch| stretch.reading.is_signal()),
        }
    });
    Multiples {
        title: definition.danish.title.clone(),
        unit: unit(definition),
        periods: periods.iter().map(|period| (period.short_label(), period.label())).collect(),
        panels: panels.collect(),
    }
}

/// A picture as HTML in the language of the reader.
pub(super) fn html(language: Language, id: &str, picture: &impl Picture) -> String {
    language.figure(id, picture)
}
