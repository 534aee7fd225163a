//! The quarterly sheet of a practice: `/samarbejde/praksis/{id}`, to print, and as a workbook. Three queries.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::cooperation::ConsultantNote;
use domain::ids::OrganizationId;
use domain::workdays::local_date;
use indicators::period::FigurePeriod;
use store::{Seen, Tx};
use uuid::Uuid;

use super::document::{Table, workbook};
use super::notes_page::{self, NoteLine};
use super::period::{PeriodChoice, chosen, word};
use super::{kept, practice_figures, referred, sheet};
use crate::layout::{Counts, Frame, Nav};
use crate::mailbox::{as_download, note_export};
use crate::quality::{self, XLSX};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, ids};

#[derive(Template)]
#[template(path = "cooperation/sheet.html")]
pub(super) struct SheetPage {
    frame: Frame,
    name: String,
    period: String,
    periods: Vec<PeriodChoice>,
    href: String,
    file: String,
    tables: Vec<Table>,
    notes: Vec<NoteLine>,
}

/// Where a practice has its sheet.
pub(super) fn href(practice: OrganizationId) -> String {
    format!("/samarbejde/praksis/{practice}")
}

struct Found {
    name: String,
    tables: Vec<Table>,
    notes: Vec<store::Versioned<ConsultantNote>>,
}

async fn found(app: &App, caller: &Caller, id: Uuid, period: FigurePeriod) -> Result<Found, AppError> {
    let today = local_date(app.now());
    let home = app.organization(caller.organization).await?;
    let read = move |tx: &mut Tx<'_>| {
        let limits = quality::limits_in_force(tx, &home)?;
        let all = referred::read(tx, (period.from(), period.to()), Some(OrganizationId(id)))?;
        let (practice, answers) = all.into_iter().next().ok_or(AppError::NotFound("practice"))?;
        let notes = kept::all::<ConsultantNote>(tx)?.into_iter().filter(|it| it.value.practice == Some(practice.id));
        let tables = sheet::tables(&practice_figures::of(&answers, &limits, today));
        Ok::<_, AppError>(Seen::nothing(Found { name: practice.name, tables, notes: notes.collect() }))
    };
    app.store.view(caller.scope("practice.sheet", app.now()), read).await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Page<SheetPage>, AppError> {
    let (period, periods) = chosen(asked.get("periode").map(String::as_str), local_date(app.now()))?;
    let Found { name, tables, notes } = found(&app, &caller, id, period).await?;
    let href = href(OrganizationId(id));
    Ok(Page(SheetPage {
        frame: visit.frame(Nav::Cooperation, Counts::default()).await?,
        name,
        period: period.label(),
        periods,
        file: format!("{href}/hent/xlsx?periode={}", word(period)),
        href,
        tables,
        notes: notes_page::lines(notes, &[], &app),
    }))
}

pub(super) async fn file(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, AppError> {
    let today = local_date(app.now());
    let (period, _) = chosen(asked.get("periode").map(String::as_str), today)?;
    let Found { name, tables, .. } = found(&app, &caller, id, period).await?;
    let home = app.organization(caller.organization).await?;
    let about = [
        ("Praksis", name),
        ("Periode", period.label()),
        ("Fra", home.name.clone()),
        ("Opgjort", domain::workdays::full_day(today)),
    ];
    let body = workbook(&about, &tables)?;
    note_export(&app, &caller, "practice.sheet_export", ids::new(app.now()), &body).await?;
    Ok(as_download(body, XLSX, &format!("praksisark-{}.xlsx", word(period))))
}
