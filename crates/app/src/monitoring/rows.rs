//! What a figure is made of: `GET /maaltal/{id}/raekker`, for those who may open records. Whose records were read stands in the
//! access log.

use askama::Template;
use axum::extract::{Path, Query as FromQuery, State};
use charts::decimal;
use indicators::counting::UnitState;
use indicators::definition::Kind;
use indicators::results::rows::FigureRow;
use jiff::civil::Date;

use super::asked::{Query, Question};
use super::{page, period, said};
use crate::layout::{Counts, Frame, Moment, Nav, Tag};
use crate::quality::{Behind, RowBehind, rows_behind};
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

struct RowView {
    name: Option<String>,
    href: Option<String>,
    what: &'static str,
    on: Moment,
    tag: Tag,
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
    let behind = Behind {
        definition,
        part: question.part.clone(),
        period: question.choice.period,
        is_last: period::is_last(definition),
    };
    let (found, more) = rows_behind(&app, &caller, behind).await?;
    let rows: Vec<RowView> = found.into_iter().map(|row| view(row, definition.kind, today)).collect();
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

fn view(RowBehind { name, href, row }: RowBehind, kind: Kind, today: Date) -> RowView {
    RowView { name, href, what: what(&row), on: Moment::day(row.on, today), tag: tag(&row, kind), value: value(&row) }
}

fn what(row: &FigureRow) -> &'static str {
    match (&row.session, &row.intervention, &row.referral, &row.course) {
        (Some(_), ..) => "Mødegang",
        (_, Some(_), ..) => "Indsats",
        (_, _, Some(_), _) => "Henvisning",
        (.., Some(_)) => "Forløb",
        _ => "Kommunen",
    }
}

fn tag(row: &FigureRow, kind: Kind) -> Tag {
    match row.state {
        UnitState::Counts if row.met => Tag::done("I tælleren"),
        UnitState::Counts if kind == Kind::Share => Tag::of("mute", "half", "Kun i nævneren"),
        UnitState::Counts => Tag::of("mute", "check", "Talt med"),
        UnitState::Pending => Tag::of("mute", "wait", "Venter på, at tiden er gået"),
        UnitState::Missing => Tag::of("soon", "info", "Ikke oplyst"),
        UnitState::Excluded => Tag::of("mute", "close", "Ikke med efter definitionen"),
    }
}

fn value(row: &FigureRow) -> String {
    #[expect(clippy::cast_precision_loss, reason = "days, sessions and points are far below")]
    let number = row.value.map(|thousandths| decimal(thousandths as f64 / 1_000.0, 1));
    number.or_else(|| row.group.as_deref().map(said::named)).unwrap_or_default()
}
