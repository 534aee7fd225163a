//! An indicator beside others' of the same definition, version and period: `GET /maaltal/{id}/andre`. Five queries.

use askama::Template;
use axum::extract::{Path, State};
use charts::{Equity, EquityGroup, Text};
use domain::permission::Permission;
use indicators::definition::{Definition, Kind};
use indicators::period::{FigurePeriod, Month};
use indicators::results::{Asked, figure};
use indicators::statistics::{Share, gap, wilson};
use indicators::suppression::SMALL;
use jiff::civil::Date;
use standard::{LimitId, LimitValues};
use store::Seen;

use super::file::Figure;
use super::queries;
use crate::layout::{Counts, Frame, Nav};
use crate::monitoring::asked::known;
use crate::monitoring::protect::{Of, protect};
use crate::monitoring::read::{Kept, kept};
use crate::monitoring::said::{self, Said};
use crate::monitoring::{chart, period};
use crate::quality::{self, Wanted};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "monitoring/elsewhere/compare.html")]
pub(in crate::monitoring) struct ComparePage {
    frame: Frame,
    definition: &'static Definition,
    periods: Vec<PeriodView>,
    may_write: bool,
}

struct PeriodView {
    id: String,
    label: String,
    chart: Option<String>,
    rows: Vec<RowView>,
}

struct RowView {
    name: String,
    own: bool,
    said: Said,
    /// It differs from our own by more than chance and more than the limit of a gap.
    is_called: bool,
}

/// Our figure of a period and those of others.
pub(in crate::monitoring) struct Compared {
    pub(in crate::monitoring) period: FigurePeriod,
    pub(in crate::monitoring) own: Said,
    pub(in crate::monitoring) others: Vec<Figure>,
}

pub(in crate::monitoring) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Page<ComparePage>, AppError> {
    let definition = known(&id)?;
    let home = app.organization(caller.organization).await?;
    let exact = caller.role.may(Permission::CitizenRead);
    let (compared, set) = compared(&app, &caller, definition, exact).await?;
    let values = LimitValues::new(&home.settings.limits, &set.settings.value.local_limits());
    let points = values.number(LimitId::EquityGapPoints);
    let language = visit.language();
    let view = |(at, one): (usize, Compared)| {
        let rows = rows(definition, &home.name, &one, points);
        let picture = picture(definition, &one.period.label(), &rows);
        PeriodView {
            id: format!("periode-{at}"),
            label: one.period.label(),
            chart: picture.map(|picture| chart::html(language, &format!("andre-{at}"), &picture)),
            rows,
        }
    };
    Ok(Page(ComparePage {
        frame: visit.frame(Nav::Monitoring, Counts::default()).await?,
        definition,
        periods: compared.into_iter().enumerate().map(view).collect(),
        may_write: caller.role.may(Permission::QualityWrite),
    }))
}

/// Others' figures by period, the newest first, each with our own of the very same period; and what is set of the standard.
///
/// # Errors
/// The store cannot be read or written.
pub(in crate::monitoring) async fn compared(
    app: &App,
    who: &Caller,
    definition: &'static Definition,
    exact: bool,
) -> Result<(Vec<Compared>, quality::Set), AppError> {
    let scope = who.scope("figures.compare", app.now());
    let read = move |tx: &mut store::Tx<'_>| {
        Ok::<_, AppError>(Seen::nothing(queries::of_indicator(tx, &definition.id, definition.version)?))
    };
    let others = app.store.view(scope, read).await?;
    let Some(first) = others.iter().map(|one| one.period.from()).min() else {
        return Ok((Vec::new(), quality::Set::default()));
    };
    let wanted = Wanted { indicators: vec![definition.id.as_str()], by: Vec::new(), from: first };
    let kept = kept(app, who, wanted).await?;
    let mut compared: Vec<Compared> = Vec::new();
    for figure in others {
        match compared.last_mut().filter(|last| last.period == figure.period) {
            Some(last) => last.others.push(figure),
            None => {
                compared.push(Compared { period: figure.period, own: Said::default(), others: vec![figure] });
            }
        }
    }
    let periods: Vec<FigurePeriod> = compared.iter().map(|one| one.period).collect();
    for (one, own) in compared.iter_mut().zip(ours(definition, &kept, &periods, exact)) {
        one.own = own;
    }
    Ok((compared, kept.set))
}

/// Our figures of some periods. Where small numbers are hidden they are hidden together: periods may overlap.
fn ours(definition: &'static Definition, kept: &Kept, periods: &[FigurePeriod], exact: bool) -> Vec<Said> {
    let today: Date = kept.today;
    let figures =
        periods.iter().map(|period| figure(&kept.totals, Asked { definition, part: "", period: *period, today }));
    if exact {
        return figures.map(|one| said::exactly(&one, definition)).collect();
    }
    let months = |period: &FigurePeriod| -> Vec<Month> {
        if period::is_last(definition) { vec![Month::of(period.to())] } else { period.months().collect() }
    };
    let each: Vec<Vec<Month>> = periods.iter().map(months).collect();
    let period = each.first().cloned().unwrap_or_default();
    let of = Of { totals: &kept.totals, id: &definition.id, part: "", points: &each, period: &period, by: None };
    let shown = protect(&of);
    figures.zip(shown.points).map(|(one, counts)| said::protected(&one, counts, definition)).collect()
}

fn rows(definition: &Definition, home: &str, one: &Compared, points: f64) -> Vec<RowView> {
    let own = share_of(&one.own);
    let others = one.others.iter().map(|figure| {
        let said = said_of(definition, figure);
        let enough = |share: &Share| share.whole() >= SMALL;
        let both = own.filter(enough).zip(share_of(&said).filter(enough));
        let is_called =
            definition.kind == Kind::Share && both.is_some_and(|(own, other)| gap(own, other).is_called(points));
        RowView { name: figure.source.clone(), own: false, said, is_called }
    });
    let own = RowView { name: home.to_owned(), own: true, said: one.own.clone(), is_called: false };
    std::iter::once(own).chain(others).collect()
}

/// A share with its counts, where they are told.
fn share_of(said: &Said) -> Option<Share> {
    let whole = |text: &str| text.replace('.', "").parse::<u32>().ok();
    let (met, of) = said.counts.as_ref()?;
    Share::new(whole(met)?, whole(of)?)
}

/// A figure of others in the words of our own.
fn said_of(definition: &Definition, figure: &Figure) -> Said {
    let counts = figure.counts.map(|(met, of)| (charts::count(met), charts::count(of)));
    let share = figure.counts.and_then(|(met, of)| Share::new(met, of));
    let number = match definition.kind {
        Kind::Share | Kind::Gap => charts::percent(figure.value, 0),
        _ if figure.value.fract().abs() < 1e-9 => charts::decimal(figure.value, 0),
        _ => charts::decimal(figure.value, 1),
    };
    let interval = share.filter(|_| definition.kind == Kind::Share).map(wilson);
    Said {
        number,
        interval: interval.map(|it| format!("{}–{}", charts::percent(it.low, 0), charts::percent(it.high, 0))),
        value: Some(figure.value),
        counts,
        ..Said::default()
    }
}

/// Shares with their uncertainty beside each other, in the order of the table: no ranking.
fn picture(definition: &'static Definition, period: &str, rows: &[RowView]) -> Option<Equity> {
    if definition.kind != Kind::Share || !rows.iter().any(|row| row.said.value.is_some()) {
        return None;
    }
    let group = |row: &RowView| {
        let share = share_of(&row.said);
        let interval = share.map(wilson);
        EquityGroup {
            name: Text::record(&*row.name),
            figure: row.said.value.map(|value| {
                interval.as_ref().map_or((value, value, value), |interval| (value, interval.low, interval.high))
            }),
            whole: share.map(Share::whole),
            population: None,
            gap: row.is_called,
        }
    };
    Some(Equity {
        title: format!("{}, {period}", definition.danish.title),
        subject: "Andelen".to_owned(),
        unit: charts::Unit::Share,
        all: None,
        population: None,
        groups: rows.iter().map(group).collect(),
    })
}
