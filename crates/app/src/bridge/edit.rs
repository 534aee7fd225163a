//! An activity is written down or changed by staff: `/foreninger/ny`, `/foreninger/{id}/ret`.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::ActivityId;
use store::{Seen, Tx};
use uuid::Uuid;

use super::entry_form::{EntryFields, entry, form_of};
use super::{add_activity, change_activity, queries};
use crate::layout::{Counts, FormError, Frame, Nav};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "bridge/edit.html")]
pub(super) struct EditPage {
    frame: Frame,
    heading: &'static str,
    action: String,
    back: String,
    version: String,
    fields: EntryFields,
    errors: Vec<FormError>,
    problem: Option<String>,
}

fn activity_href(id: Uuid) -> String {
    format!("/foreninger/{id}")
}

pub(super) async fn new(visit: Visit) -> Result<Page<EditPage>, AppError> {
    let form = Fields::from([("begyndere".to_owned(), "ja".to_owned()), ("pris-for".to_owned(), "time".to_owned())]);
    Ok(Page(page(&visit, None, &form, Vec::new(), None).await?))
}

pub(super) async fn add(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    match entry(&form, None) {
        Ok(entry) => {
            let id = add_activity(&app, &caller, entry).await?;
            Ok(visit.done(&activity_href(id.0), "Aktiviteten er oprettet.").await?.into_response())
        }
        Err(errors) => {
            let page = page(&visit, None, &form, errors, None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<EditPage>, AppError> {
    let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::activity(tx, ActivityId(id))?));
    let activity = app.store.view(caller.scope("activity.edit", app.now()), read).await?;
    let mut form = form_of(&activity.value.entry);
    form.insert("version".to_owned(), activity.version.to_string());
    Ok(Page(page(&visit, Some(id), &form, Vec::new(), None).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let version = fields::parsed(&form, "version").ok_or(AppError::Unreadable("form"))?;
    let entry = match entry(&form, None) {
        Ok(entry) => entry,
        Err(errors) => {
            let page = page(&visit, Some(id), &form, errors, None).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
        }
    };
    match change_activity(&app, &caller, ActivityId(id), version, entry).await {
        Ok(()) => Ok(visit.done(&activity_href(id), "Aktiviteten er gemt og bekræftet i dag.").await?.into_response()),
        Err(error @ AppError::Changed { .. }) => {
            let page = page(&visit, Some(id), &form, Vec::new(), Some(error.user_message())).await?;
            Ok((StatusCode::CONFLICT, Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn page(
    visit: &Visit,
    id: Option<Uuid>,
    form: &Fields,
    errors: Vec<FormError>,
    problem: Option<String>,
) -> Result<EditPage, AppError> {
    Ok(EditPage {
        frame: visit.frame(Nav::Associations, Counts::default()).await?,
        heading: if id.is_some() { "Ret aktivitet" } else { "Opret aktivitet" },
        action: id.map_or_else(|| "/foreninger/ny".to_owned(), |id| format!("{}/ret", activity_href(id))),
        back: id.map_or_else(|| "/foreninger".to_owned(), activity_href),
        version: form.get("version").cloned().unwrap_or_default(),
        fields: EntryFields::new(form, &errors, true),
        errors,
        problem,
    })
}
