//! Declarations: `GET /kvalitet/erklaeringer` with all that are asked for and where each stands, and the forms about one
//! requirement.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use standard::Check;
use uuid::Uuid;

use super::declare::{self, DeclarationInput};
use super::list::{self, RowView, requirement_href};
use super::page::{Meta, meta};
use super::read;
use super::requirement::{self, Refused};
use crate::layout::{Counts, FormError, Frame, Nav};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "quality/declarations.html")]
pub(super) struct DeclarationsPage {
    frame: Frame,
    meta: Meta,
    rows: Vec<RowView>,
}

pub(super) async fn all(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
) -> Result<Page<DeclarationsPage>, AppError> {
    let whole = read::whole(&app, &caller).await?;
    let stands = whole.requirements();
    let mut shown: Vec<_> = stands.iter().filter(|stand| matches!(stand.requirement.check, Check::Attest(_))).collect();
    shown.sort_by_key(|stand| stand.status.order());
    let rows = shown.into_iter().map(|stand| list::row(stand, whole.today)).collect();
    let frame = visit.frame(Nav::Quality, Counts::default()).await?;
    Ok(Page(DeclarationsPage { frame, meta: meta(&whole, app.now()), rows }))
}

pub(super) async fn declare(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<String>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let requirement = requirement::known(&id)?;
    let input = fields::day(&form, "udloeb").map(|expires_on| DeclarationInput {
        owner: fields::text(&form, "ansvarlig").to_owned(),
        evidence: fields::text(&form, "bevis").to_owned(),
        expires_on,
    });
    let done = match input {
        Ok(input) => declare::declare(&app, &caller, requirement.id.as_str(), input).await.map(|_| ()),
        Err(error) => Err(error),
    };
    answer(&app, &caller, &visit, requirement, form, (done, "Erklæringen er gemt.")).await
}

pub(super) async fn withdraw(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let requirement = declare::withdraw(&app, &caller, id, fields::version(&form)).await?;
    Ok(visit.done(&requirement_href(&requirement), "Erklæringen er trukket tilbage.").await?.into_response())
}

pub(super) async fn off(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<String>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let requirement = requirement::known(&id)?;
    let reason = fields::text(&form, "hvorfor").to_owned();
    let done = declare::switch_off(&app, &caller, fields::version(&form), requirement.id.as_str(), reason).await;
    answer(&app, &caller, &visit, requirement, form, (done, "Anbefalingen er slået fra.")).await
}

pub(super) async fn on(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<String>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let requirement = requirement::known(&id)?;
    let done = declare::switch_on(&app, &caller, fields::version(&form), requirement.id.as_str()).await;
    answer(&app, &caller, &visit, requirement, form, (done, "Anbefalingen er slået til.")).await
}

/// Back to the requirement; with what was typed when it was refused.
async fn answer(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    requirement: &'static standard::Requirement,
    form: Fields,
    (done, notice): (Result<(), AppError>, &'static str),
) -> Result<Response, AppError> {
    let error = match done {
        Ok(()) => return Ok(visit.done(&requirement_href(&requirement.id), notice).await?.into_response()),
        Err(error) => error.at_the_form()?,
    };
    let (errors, problem) = match error {
        AppError::Field { field, message, .. } => (vec![FormError { field, message }], None),
        other => (Vec::new(), Some(other.user_message())),
    };
    let refused = Refused { fields: form, errors, problem };
    let page = requirement::page(app, caller, visit, requirement, refused).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}
