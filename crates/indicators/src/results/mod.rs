//! Figures of a period, made of the totals: value with denominator and numerator, what is missing beside it, and whether it can
//! still change. As the treating unit sees them; [`published`] is what may leave it.

pub mod gaps;
pub mod published;

use jiff::civil::Date;

use crate::counting::unrecorded;
use crate::definition::{Breakdown, Definition, Kind};
use crate::period::{Every, FigurePeriod, Finality, Month};
use crate::statistics::{Histogram, Interval, MeanChange, Share, wilson};
use crate::totals::{Cell, Totals};

/// What a figure is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A fact that it needs is not recorded by anybody: why, in Danish.
    Unknown(&'static str),
    /// How many; nobody is a count too. With the days or numbers that are kept of them, if any.
    Count(u32, Option<Spread>),
    /// How many of how many, with Wilson's interval.
    Share(Share, Interval),
    /// How long or how much, and the share of those within the limit.
    Median(Spread, Option<Share>),
    /// How much pairs changed, and the share that changed by at least what matters.
    Mean(MeanChange, Share),
    /// How they spread over groups, by name.
    Distribution(Vec<(String, u32)>),
    /// Nobody in the denominator.
    Nothing,
}

/// Where values lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// How many values.
    pub values: u32,
    /// The middle one.
    pub median: f64,
    /// A quarter lies at or below.
    pub lower_quartile: f64,
    /// Three quarters lie at or below.
    pub upper_quartile: f64,
    /// Nine in ten lie at or below.
    pub ninetieth: f64,
}

impl Spread {
    /// Of kept values; none without any.
    pub fn of(histogram: Histogram<'_>) -> Option<Self> {
        Some(Self {
            values: narrow(histogram.count()),
            median: histogram.median()?,
            lower_quartile: histogram.percentile(25)?,
            upper_quartile: histogram.percentile(75)?,
            ninetieth: histogram.percentile(90)?,
        })
    }
}

/// A figure with all that stands beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodFigure {
    /// What it is.
    pub value: Value,
    /// In the denominator, or how many.
    pub of: u32,
    /// In the numerator.
    pub met: u32,
    /// Units of which a needed fact is not recorded ("ikke oplyst"): shown wherever the figure is.
    pub missing: u32,
    /// Units whose time is not up.
    pub pending: u32,
    /// Units that the definition leaves out.
    pub excluded: u32,
    /// Whether it can still change by itself.
    pub finality: Finality,
}

/// Which figure is meant.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The indicator.
    pub definition: &'a Definition,
    /// Its part; empty for the main figure.
    pub part: &'a str,
    /// The period.
    pub period: FigurePeriod,
    /// The day it is looked at.
    pub today: Date,
}

/// The figure of all.
pub fn figure(totals: &Totals, asked: Asked<'_>) -> PeriodFigure {
    of_cell(&totals.cell(&asked.definition.id, asked.part, None, asked.period), asked)
}

/// The figures of so many periods that end with the asked one, the earliest first: what a chart is drawn from. Rolling years
/// move on by a month.
pub fn series(totals: &Totals, asked: Asked<'_>, periods: u16) -> Vec<(FigurePeriod, PeriodFigure)> {
    let back = |steps: u16| match asked.definition.every {
        Every::RollingYear => {
            let last = Month::of(asked.period.to()).plus(-i32::from(steps));
            FigurePeriod::containing(Every::RollingYear, last.first_day())
        }
        Every::Month | Every::MonthEnd | Every::Quarter | Every::Year => asked.period.step(-i32::from(steps)),
    };
    (0..periods).rev().map(back).map(|period| (period, figure(totals, Asked { period, ..asked }))).collect()
}

/// The figure of each stratum, by name; those without anybody are left out.
pub fn split(totals: &Totals, asked: Asked<'_>, by: Breakdown) -> Vec<(String, PeriodFigure)> {
    let strata = totals.strata(&asked.definition.id, asked.part, by, asked.period);
    strata.into_iter().map(|(stratum, cell)| (stratum.to_owned(), of_cell(&cell, asked))).collect()
}

/// The figure of counts.
pub fn of_cell(cell: &Cell, asked: Asked<'_>) -> PeriodFigure {
    let finality = Finality::of(asked.period, asked.definition.followed_days(), asked.today);
    let count = |count: i64| narrow(u64::try_from(count).unwrap_or(0));
    let value = match unrecorded::whole_figure(&asked.definition.id) {
        // Where a municipality has the fact after all, the figure is made.
        Some(lacking) if cell.met == 0 => Value::Unknown(lacking.why),
        Some(_) | None => value(cell, asked),
    };
    PeriodFigure {
        value,
        of: count(cell.of),
        met: count(cell.met),
        missing: count(cell.missing),
        pending: count(cell.pending),
        excluded: count(cell.excluded),
        finality,
    }
}

/// Requirements of which at least nine in ten units are met, of those with any unit (Q03). None without a unit.
pub fn requirements_met(totals: &Totals, period: FigurePeriod) -> Option<Share> {
    let each = totals.strata("Q03", "", Breakdown::Requirement, period);
    let met = each.iter().filter(|(_, cell)| cell.met * 10 >= cell.of * 9).count();
    Share::new(u32::try_from(met).ok()?, u32::try_from(each.len()).ok()?)
}

fn value(cell: &Cell, asked: Asked<'_>) -> Value {
    let (of, met) = (positive(cell.of), positive(cell.met));
    let spread = Spread::of(Histogram(&cell.values));
    // A part beside the main figure is what its counts are: values, groups, or a share.
    let kind = if asked.part.is_empty() { asked.definition.kind } else { kind_of(cell) };
    match kind {
        Kind::Count | Kind::Rate if !cell.groups.is_empty() => distribution(cell),
        Kind::Count | Kind::Rate => Value::Count(of, spread),
        Kind::Distribution => distribution(cell),
        Kind::MedianDays => {
            let within = Share::new(met, of).filter(|_| asked.definition.is_limited(asked.part));
            spread.map_or(Value::Nothing, |spread| Value::Median(spread, within))
        }
        Kind::MeanChange => {
            let mean = Histogram(&cell.values).mean_change().zip(Share::new(met, of));
            mean.map_or(Value::Nothing, |(mean, share)| Value::Mean(mean, share))
        }
        Kind::Share | Kind::Gap => {
            Share::new(met, of).map_or(Value::Nothing, |share| Value::Share(share, wilson(share)))
        }
    }
}

fn kind_of(cell: &Cell) -> Kind {
    if !cell.groups.is_empty() {
        Kind::Distribution
    } else if !cell.values.is_empty() {
        Kind::MedianDays
    } else {
        Kind::Share
    }
}

fn distribution(cell: &Cell) -> Value {
    if cell.groups.is_empty() {
        return Value::Nothing;
    }
    Value::Distribution(cell.groups.iter().map(|(group, count)| (group.to_string(), positive(*count))).collect())
}

fn positive(count: i64) -> u32 {
    narrow(u64::try_from(count).unwrap_or(0))
}

fn narrow(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
