//! Every board: `GET /forbedring`. One query.

use askama::Template;
use axum::extract::State;
use domain::improvement::ImprovementBoard;
use domain::permission::Permission;
use indicators::definition::newest;
use jiff::civil::Date;
use store::Seen;

use super::queries;
use crate::layout::{Counts, Frame, Nav, Tag, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "improvement/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    rows: Vec<RowView>,
    may_write: bool,
}

struct RowView {
    href: String,
    name: String,
    measure: &'static str,
    tests: String,
    started: String,
    tag: Tag,
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<ListPage>, AppError> {
    let boards = app
        .store
        .view(caller.scope("improvement.list", app.now()), |tx| Ok::<_, AppError>(Seen::nothing(queries::all(tx)?)))
        .await?;
    let today = domain::workdays::local_date(app.now());
    Ok(Page(ListPage {
        rows: boards.into_iter().map(|board| row(board, today)).collect(),
        frame: visit.frame(Nav::Quality, Counts::default()).await?,
        may_write: caller.role.may(Permission::QualityWrite),
    }))
}

fn row(board: ImprovementBoard, today: Date) -> RowView {
    RowView {
        href: href(board.id),
        measure: title(&board.measure.indicator),
        tests: match board.tested_by(today) {
            1 => "1 afprøvning".to_owned(),
            count => format!("{count} afprøvninger"),
        },
        started: dates::month_day(board.started_on, today),
        tag: tag(&board),
        name: board.name,
    }
}

/// Whether the work goes on.
pub(super) fn tag(board: &ImprovementBoard) -> Tag {
    if board.ended_on.is_some() { Tag::of("mute", "close", "Lukket") } else { Tag::of("line", "swap", "I gang") }
}

/// The address of a board.
pub(super) fn href(id: domain::ids::ImprovementBoardId) -> String {
    format!("/forbedring/{id}")
}

/// What an indicator is called.
pub(super) fn title(indicator: &str) -> &'static str {
    newest(indicator).map_or("Måltallet findes ikke mere", |one| one.danish.title.as_str())
}
