//! One figure over time for an improvement board that follows it: of all, or of one group of a breakdown.

use charts::Series;
use domain::improvement::Measure;
use domain::permission::Permission;
use indicators::counting::unrecorded;
use indicators::definition::{Breakdown, Definition, Kind, newest};
use indicators::period::{Every, FigurePeriod, Month};
use indicators::results::{Asked, PeriodFigure, Value, of_cell, series};
use store::Seen;

use super::asked::{may_split, splits};
use super::chart::{self, Told};
use super::period;
use super::protect::{Of, protect};
use super::read::kept;
use super::said::{self, Said};
use crate::quality::{self, Wanted};
use crate::{App, AppError, Caller};

/// A figure over time, ready to be marked.
pub(crate) struct Followed {
    /// The chart.
    pub(crate) series: Series,
    /// The period of each point.
    pub(crate) periods: Vec<FigurePeriod>,
    /// The newest period that has a figure, and how that is said.
    pub(crate) newest: Option<(String, String)>,
}

/// Whether an indicator is a figure that can go up and down over time.
pub(crate) fn is_over_time(definition: &Definition) -> bool {
    let has_value =
        matches!(definition.kind, Kind::Count | Kind::Share | Kind::MedianDays | Kind::MeanChange | Kind::Rate);
    has_value && unrecorded::whole_figure(&definition.id).is_none()
}

/// The groups that an indicator has counts of, for whoever may split so: "breakdown/group", and both in words. What names a
/// practice is left out: a board is seen by more than those who may see that.
pub(crate) async fn groups_of(
    app: &App,
    who: &Caller,
    definition: &'static Definition,
) -> Result<Vec<(String, String)>, AppError> {
    let splits: Vec<Breakdown> = splits(definition, who.role).filter(|by| !by.is_internal()).collect();
    let wanted = splits.clone();
    let id = definition.id.as_str();
    let strata = app
        .store
        .view(who.scope("monitoring.groups", app.now()), move |tx| {
            Ok::<_, AppError>(Seen::nothing(quality::indicator_strata(tx, id, &wanted)?))
        })
        .await?;
    let said = |(by, stratum): (String, String)| {
        let label = splits.iter().find(|one| one.word() == by).map_or("", |one| one.label());
        (format!("{by}/{stratum}"), format!("{label}: {}", said::named(&stratum)))
    };
    Ok(strata.into_iter().map(said).collect())
}

/// Reads a figure for a board: three queries to be up to date and one or two of counts. None when there is no such figure, or
/// the reader may not split so.
pub(crate) async fn followed(app: &App, who: &Caller, measure: &Measure) -> Result<Option<Followed>, AppError> {
    let Some(definition) = newest(&measure.indicator).filter(|one| is_over_time(one)) else { return Ok(None) };
    let group = match &measure.group {
        None => None,
        Some((by, stratum)) => {
            let by = Breakdown::ALL.iter().find(|one| one.word() == by).copied();
            let Some(by) = by.filter(|by| may_split(*by, who.role)) else { return Ok(None) };
            Some((by, stratum.as_str()))
        }
    };
    let today = domain::workdays::local_date(app.now());
    let last = FigurePeriod::containing(definition.every, today);
    let (last, count) = period::points(definition, last, today);
    let wanted = Wanted {
        indicators: vec![definition.id.as_str()],
        by: group.iter().map(|(by, _)| *by).collect(),
        from: first_of(definition, last, count),
    };
    let kept = kept(app, who, wanted).await?;
    let asked = Asked { definition, part: "", period: last, today };
    let figure = |(period, whole): (FigurePeriod, PeriodFigure)| match group {
        None => (period, whole),
        Some(group) => {
            let cell = kept.totals.cell(&definition.id, "", Some(group), period);
            (period, of_cell(&cell, Asked { period, ..asked }))
        }
    };
    let figures: Vec<_> = series(&kept.totals, asked, count).into_iter().map(figure).collect();
    let exact = who.role.may(Permission::CitizenRead);
    let shown = |period: FigurePeriod| {
        let months: Vec<Month> =
            if period::is_last(definition) { vec![Month::of(period.to())] } else { period.months().collect() };
        let by = group.map(|(by, _)| by);
        let of = Of { totals: &kept.totals, id: &definition.id, part: "", points: &[], period: &months, by };
        let protected = protect(&of);
        match group {
            None => protected.period,
            Some((_, stratum)) => protected.groups.get(stratum).copied(),
        }
    };
    let told = |(period, figure): (FigurePeriod, PeriodFigure)| {
        let said = match (exact, shown(period)) {
            (true, _) => said::exactly(&figure, definition),
            (false, Some(shown)) => said::protected(&figure, shown, definition),
            (false, None) if is_nothing(&figure) => said::exactly(&figure, definition),
            (false, None) => Said { number: said::HIDDEN.to_owned(), is_hidden: true, ..Said::default() },
        };
        Told { period, figure, said }
    };
    // The chart begins where there is something to count.
    let points: Vec<Told> = figures.into_iter().skip_while(|(_, figure)| is_nothing(figure)).map(told).collect();
    let newest = points.iter().rev().find(|told| !is_nothing(&told.figure));
    Ok(Some(Followed {
        newest: newest.map(|told| (told.period.label(), told.said.number.clone())),
        periods: points.iter().map(|told| told.period).collect(),
        series: chart::over_time(definition, "", &points),
    }))
}

fn is_nothing(figure: &PeriodFigure) -> bool {
    matches!(figure.value, Value::Nothing | Value::Count(0, _))
}

/// The first day that a chart looks at.
fn first_of(definition: &Definition, last: FigurePeriod, count: u16) -> jiff::civil::Date {
    let back = i32::from(count) - 1;
    match definition.every {
        // Years that roll on by a month.
        Every::RollingYear => Month::of(last.from()).plus(-back).first_day(),
        Every::Month | Every::MonthEnd | Every::Quarter | Every::Year => last.step(-back).from(),
    }
}
