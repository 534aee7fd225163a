//! The copy sheet for SOFT: `GET /katalog/{id}/soft`, each field to be copied; "Er lagt på SOFT"; the same as files.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::OfferId;
use domain::offer::{SheetField, sheet};
use domain::permission::Permission;
use serde::Deserialize;
use uuid::Uuid;

use super::words::href;
use super::{OnSoftInput, export};
use crate::layout::{Counts, Frame, Nav, dates};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "catalogue/sheet.html")]
pub(super) struct SheetPage {
    frame: Frame,
    href: String,
    name: String,
    may: bool,
    fields: Vec<SheetField>,
    hash: String,
    on_soft: Option<String>,
    drifted: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<SheetPage>, AppError> {
    let home = app.organization(caller.organization).await?;
    let offer = super::find(&app, &caller, OfferId(id)).await?.value;
    let fields = sheet(&offer, &export::entrance(&home));
    let hash = export::hash_of(&fields);
    let on_soft = offer.on_soft.as_ref();
    Ok(Page(SheetPage {
        frame: visit.frame(Nav::Offers, Counts::default()).await?,
        href: href(offer.id),
        may: caller.role.may(Permission::OfferWrite),
        on_soft: on_soft.map(|copied| format!("Lagt på SOFT {}", dates::full_day(copied.on))),
        drifted: on_soft.is_some_and(|copied| copied.has_drifted(&hash)),
        name: offer.name,
        fields,
        hash,
    }))
}

/// The sheet that was copied.
#[derive(Debug, Deserialize)]
pub(super) struct CopiedForm {
    ark: String,
}

pub(super) async fn copied(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<CopiedForm>,
) -> Result<Redirect, AppError> {
    super::put_on_soft(&app, &caller, OfferId(id), OnSoftInput { hash: form.ark }).await?;
    visit.done(&href(OfferId(id)), "Det er husket, at tilbuddet står på SOFT, som det er nu.").await
}

pub(super) async fn html(State(app): State<App>, caller: Caller, Path(id): Path<Uuid>) -> Result<Response, AppError> {
    let home = app.organization(caller.organization).await?;
    let offer = super::find(&app, &caller, OfferId(id)).await?.value;
    let text = export::ExportPage::new(&offer, &home).render().map_err(|_| AppError::Unreadable("offer"))?;
    // A file for elsewhere, not a page of ours: nothing reads it in English on its way.
    Ok(file(text, "application/octet-stream", "html"))
}

pub(super) async fn json(State(app): State<App>, caller: Caller, Path(id): Path<Uuid>) -> Result<Response, AppError> {
    let home = app.organization(caller.organization).await?;
    let offer = super::find(&app, &caller, OfferId(id)).await?.value;
    Ok(file(export::json(&offer, &home)?, "application/json", "json"))
}

fn file(text: String, kind: &'static str, ending: &str) -> Response {
    let place = format!("attachment; filename=\"tilbud.{ending}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, place)], text).into_response()
}
