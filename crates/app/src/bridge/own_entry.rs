//! The association's own page: `/forening/{token}`. No log-in; the link opens one entry and says nothing about anybody else.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::workdays::local_date;

use super::commands::change_by_link;
use super::entry_form::{EntryFields, entry, form_of};
use super::links::{self, Linked};
use crate::citizens::phone_text;
use crate::layout::{Counts, FormError, Frame, MessagePage, Nav, dates};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError};

#[derive(Template)]
#[template(path = "bridge/own_entry.html")]
pub(super) struct OwnEntryPage {
    frame: Frame,
    action: String,
    municipality: String,
    phone: Option<String>,
    title: String,
    confirmed_on: String,
    version: String,
    fields: EntryFields,
    errors: Vec<FormError>,
    problem: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, AppError> {
    let Some(linked) = links::open(&app, &token).await? else { return over(&visit).await };
    let mut form = form_of(&linked.activity.value.entry);
    form.insert("version".to_owned(), linked.activity.version.to_string());
    Ok(Page(page(&app, &visit, &token, &linked, &form, Vec::new(), None).await?).into_response())
}

/// Nothing is said about what a link once led to.
async fn over(visit: &Visit) -> Result<Response, AppError> {
    let page = MessagePage {
        frame: visit.frame(Nav::None, Counts::default()).await?,
        heading: "Linket virker ikke mere".to_owned(),
        text: "Det er for gammelt, eller der er kommet et nyt. Ring til kommunen, og få et nyt link.".to_owned(),
        unsaved: Vec::new(),
        links: Vec::new(),
    };
    Ok((StatusCode::NOT_FOUND, Page(page)).into_response())
}

pub(super) async fn save(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let Some(linked) = links::open(&app, &token).await? else { return over(&visit).await };
    let version = fields::parsed(&form, "version").ok_or(AppError::Unreadable("form"))?;
    let entry = match entry(&form, Some(linked.activity.value.entry.kind)) {
        Ok(entry) => entry,
        Err(errors) => {
            let page = page(&app, &visit, &token, &linked, &form, errors, None).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
        }
    };
    match change_by_link(&app, &linked, version, entry).await {
        Ok(()) => {
            let page = MessagePage {
                frame: visit.frame(Nav::None, Counts::default()).await?,
                heading: "Tak for hjælpen".to_owned(),
                text: "Oplysningerne er gemt og bekræftet i dag. I behøver ikke gøre mere.".to_owned(),
                unsaved: Vec::new(),
                links: Vec::new(),
            };
            Ok(Page(page).into_response())
        }
        Err(error @ (AppError::Changed { .. } | AppError::Rule { .. })) => {
            let status = match error {
                AppError::Changed { .. } => StatusCode::CONFLICT,
                _ => StatusCode::TOO_MANY_REQUESTS,
            };
            let text = match error {
                AppError::Changed { .. } => {
                    "Oplysningerne er ændret af andre imens. Åbn linket igen, og se, hvad der står nu.".to_owned()
                }
                other => other.user_message(),
            };
            let page = page(&app, &visit, &token, &linked, &form, Vec::new(), Some(text)).await?;
            Ok((status, Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn page(
    app: &App,
    visit: &Visit,
    token: &str,
    linked: &Linked,
    form: &Fields,
    errors: Vec<FormError>,
    problem: Option<String>,
) -> Result<OwnEntryPage, AppError> {
    let home = app.organization(linked.organization).await?;
    let activity = &linked.activity.value;
    Ok(OwnEntryPage {
        frame: visit.frame(Nav::None, Counts::default()).await?,
        action: format!("/forening/{token}"),
        municipality: home.name.clone(),
        phone: home.phone.as_deref().map(phone_text),
        title: activity.entry.title.clone(),
        confirmed_on: dates::short_day(activity.confirmed_on, local_date(app.now())),
        version: form.get("version").cloned().unwrap_or_default(),
        fields: EntryFields::new(form, &errors, false),
        errors,
        problem,
    })
}
