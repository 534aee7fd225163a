//! What a figure is made of: `GET /maaltal/{id}/raekker`, for those who may open records. Whose rows were shown stands in the
//! access log.

use askama::Template;
use axum::extract::{Path, Query as FromQuery, State};
use charts::decimal;
use indicators::definition::Kind;
use indicators::period::{Every, FigurePeriod, Month};
use indicators::totals::Cell;

use super::asked::{Query, Question};
use super::{page, period, said};
use crate::layout::{Counts, Frame, Nav, Tag};
use crate::quality::{Behind, Figure, behind};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "monitoring/rows.html")]
pub(super) struct RowsPage {
    frame: Frame,
    title: &'static str,
    part: Option<String>,
    period: String,
    back: String,
    rows: Vec<RowView>,
    more: bool,
    values: bool,
}

/// What somebody adds to the figure in a month, with one standing.
struct RowView {
    name: String,
    href: Option<String>,
    month: String,
    tag: Tag,
    count: i64,
    value: String,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<String>,
    FromQuery(query): FromQuery<Query>,
) -> Result<Page<RowsPage>, AppError> {
    let today = domain::workdays::local_date(app.now());
    let question = Question::read(&id, &query, caller.role, today)?;
    let definition = question.definition;
    if question.bad_period || !page::has_rows(&definition.id) || definition.kind == Kind::Gap {
        return Err(AppError::NotFound("rows"));
    }
    let figure = Figure {
        definition,
        part: question.part.clone(),
        period: question.choice.period,
        is_last: period::is_last(definition),
    };
    let (found, more) = behind(&app, &caller, figure).await?;
    let rows: Vec<RowView> = found.iter().flat_map(|it| views(it, definition.kind)).collect();
    Ok(Page(RowsPage {
        frame: visit.frame(Nav::Monitoring, Counts::default()).await?,
        title: &definition.danish.title,
        part: Some(question.part.as_str()).filter(|part| !part.is_empty()).map(said::named),
        period: page::period_label(&question.choice),
        back: question.href("", None, &question.part),
        values: rows.iter().any(|row| !row.value.is_empty()),
        rows,
        more,
    }))
}

fn views(of: &Behind, kind: Kind) -> Vec<RowView> {
    let view = |month: &Month, tag: Tag, count: i64, value: String| RowView {
        name: of.citizen.as_ref().map_or_else(|| "Kommunen".to_owned(), |(_, name)| name.clone()),
        href: of.citizen.as_ref().map(|(id, _)| format!("/borgere/{id}")),
        month: FigurePeriod::containing(Every::Month, month.first_day()).label(),
        tag,
        count,
        value,
    };
    let mut views = Vec::new();
    for (month, cell) in &of.months {
        let mut value = value(cell);
        for (tag, count) in standings(cell, kind) {
            // What was counted has the value, whichever standing is told first.
            views.push(view(month, tag, count, std::mem::take(&mut value)));
        }
    }
    views
}

/// How many stand how, those in the numerator first.
fn standings(cell: &Cell, kind: Kind) -> impl Iterator<Item = (Tag, i64)> {
    let beside = if kind == Kind::Share {
        Tag::of("mute", "half", "Kun i nævneren")
    } else {
        Tag::of("mute", "done", "Talt med")
    };
    [
        (Tag::done("I tælleren"), cell.met),
        (beside, cell.of - cell.met),
        (Tag::of("mute", "wait", "Venter på, at tiden er gået"), cell.pending),
        (Tag::of("soon", "info", "Ikke oplyst"), cell.missing),
        (Tag::of("mute", "close", "Ikke med efter definitionen"), cell.excluded),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
}

/// Days, sessions or changes, or the groups of a distribution.
fn value(cell: &Cell) -> String {
    #[expect(clippy::cast_precision_loss, reason = "days, sessions and points are far below")]
    let number = |thousandths: &i64| decimal(*thousandths as f64 / 1_000.0, 1);
    let numbers = cell.values.keys().map(number);
    numbers.chain(cell.groups.keys().map(|group| said::named(group))).collect::<Vec<_>>().join(", ")
}
