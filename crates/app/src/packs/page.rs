//! Where a pack is chosen: `/pakker`. A period, and a press for each pack. Two queries.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::cooperation::{PackEvery, PackKind, PackSchedule};
use domain::permission::Permission;
use domain::workdays::local_date;
use store::{Seen, Tx};
use uuid::Uuid;

use super::{queries, schedule};
use crate::cooperation::{PeriodChoice, chosen, kept};
use crate::layout::{Choice, Counts, Frame, Moment, Nav, dates};
use crate::mailbox::as_download;
use crate::quality::XLSX;
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "packs/page.html")]
pub(super) struct PacksPage {
    frame: Frame,
    periods: Vec<PeriodChoice>,
    packs: Vec<PackLine>,
    /// Whoever is of the authority has nothing to do with schedules.
    may: bool,
    files: Vec<FileLine>,
    new: usize,
    schedules: Vec<ScheduleLine>,
    kinds: Vec<Choice>,
    everies: Vec<Choice>,
    error: Option<String>,
    /// Nothing is told at the fields of a schedule: both are told above.
    none: Option<String>,
}

struct PackLine {
    word: &'static str,
    label: &'static str,
    about: &'static str,
}

struct FileLine {
    href: String,
    label: &'static str,
    period: String,
    made: Moment,
    new: bool,
}

struct ScheduleLine {
    id: String,
    label: &'static str,
    every: &'static str,
}

const fn about(kind: PackKind) -> &'static str {
    match kind {
        PackKind::Klu => "Henvisninger pr. praksis, ventetid, svar, kapacitet, skøn og frafald",
        PackKind::Month => "Henvisninger, ventetid, kapacitet, gennemførelse og dokumentation",
        PackKind::Authority => "De samme tal for myndighed og driftsoperatør",
    }
}

/// The packs that somebody may open.
pub(super) fn may(caller: &Caller, kind: PackKind) -> bool {
    match kind {
        PackKind::Klu | PackKind::Month => caller.role.may(Permission::Cooperation),
        PackKind::Authority => caller.role.may(Permission::AuthorityView),
    }
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Page<PacksPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, asked.get("periode").map(String::as_str), None).await?))
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    asked: Option<&str>,
    refused: Option<(&Fields, String)>,
) -> Result<PacksPage, AppError> {
    let now = app.now();
    let (_, periods) = chosen(asked, local_date(now))?;
    let opens = caller.role.may(Permission::Cooperation);
    let read = move |tx: &mut Tx<'_>| {
        let found =
            if opens { (queries::files(tx)?, kept::all::<PackSchedule>(tx)?) } else { (Vec::new(), Vec::new()) };
        Ok::<_, AppError>(Seen::nothing(found))
    };
    let (files, schedules) = app.store.view(caller.scope("pack.list", now), read).await?;
    let file = |it: &queries::FileRow| FileLine {
        href: format!("/pakker/filer/{}", it.id),
        label: it.pack.label(),
        period: format!("{} – {}", dates::full_day(it.from), dates::full_day(it.to)),
        made: Moment::new(it.made_at, now),
        new: !it.fetched,
    };
    let line =
        |it: &PackSchedule| ScheduleLine { id: it.id.to_string(), label: it.pack.label(), every: it.every.label() };
    let typed = |name: &str| refused.as_ref().map_or("", |(form, _)| fields::text(form, name)).to_owned();
    let (pack, every) = (typed("pakke"), typed("hvor-tit"));
    let packs = PackKind::ALL.iter().copied().filter(|kind| may(caller, *kind));
    Ok(PacksPage {
        frame: visit.frame(Nav::Packs, Counts::default()).await?,
        periods,
        packs: packs.map(|kind| PackLine { word: kind.word(), label: kind.label(), about: about(kind) }).collect(),
        may: opens,
        new: files.iter().filter(|it| !it.fetched).count(),
        files: files.iter().map(file).collect(),
        schedules: schedules.iter().map(|it| line(&it.value)).collect(),
        kinds: PackKind::ALL.iter().map(|one| choice(one.word(), one.label(), &pack)).collect(),
        everies: PackEvery::ALL.iter().map(|one| choice(one.word(), one.label(), &every)).collect(),
        error: refused.map(|(_, text)| text),
        none: None,
    })
}

fn choice(word: &str, label: &str, chosen: &str) -> Choice {
    Choice { value: word.to_owned(), label: label.to_owned(), hint: None, selected: word == chosen }
}

pub(super) async fn start(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let pack = PackKind::parse(fields::text(&form, "pakke")).ok();
    let every = PackEvery::parse(fields::text(&form, "hvor-tit")).ok();
    let Some((pack, every)) = pack.zip(every) else {
        let text = "Vælg både en pakke, og hvor tit den skal laves.".to_owned();
        let shown = page(&app, &caller, &visit, None, Some((&form, text))).await?;
        return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, Page(shown)).into_response());
    };
    schedule::start(&app, &caller, pack, every).await?;
    let notice = "Pakken bliver lavet af sig selv. Filen ligger her, når perioden er slut.";
    Ok(visit.done("/pakker", notice).await?.into_response())
}

pub(super) async fn stop(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Redirect, AppError> {
    schedule::stop(&app, &caller, id).await?;
    visit.done("/pakker", "Pakken bliver ikke lavet af sig selv mere. De gamle filer bliver liggende.").await
}

pub(super) async fn file(State(app): State<App>, caller: Caller, Path(id): Path<Uuid>) -> Result<Response, AppError> {
    let (name, body) = app
        .store
        .write(caller.scope("pack.fetch", app.now()), move |tx| {
            let found = queries::file(tx, id)?.ok_or(AppError::NotFound("pack_file"))?;
            queries::fetched(tx, id)?;
            tx.note(&format!("pack_file/{id}/fetched"));
            Ok::<_, AppError>(found)
        })
        .await?;
    Ok(as_download(body, XLSX, &name))
}
