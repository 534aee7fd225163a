//! Sending a file: `GET` and `POST /befolkning/ny`.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::commands;
use crate::layout::{Counts, Field, FormError, Frame, Nav};
use crate::web::{Page, Upload, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "population/upload.html")]
pub(super) struct UploadPage {
    frame: Frame,
    file: Field,
    errors: Vec<FormError>,
}

async fn page(visit: &Visit, error: Option<String>) -> Result<UploadPage, AppError> {
    let errors = error.iter().map(|message| FormError { field: "fil", message: message.clone() }).collect();
    let file = Field { value: String::new(), error };
    Ok(UploadPage { frame: visit.frame(Nav::Quality, Counts::default()).await?, file, errors })
}

pub(super) async fn show(visit: Visit) -> Result<Page<UploadPage>, AppError> {
    Ok(Page(page(&visit, None).await?))
}

pub(super) async fn send(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    upload: Upload,
) -> Result<Response, AppError> {
    let (name, bytes) = upload.file.unwrap_or_default();
    match commands::keep_draft(&app, &caller, &name, bytes).await {
        Ok(id) => Ok(axum::response::Redirect::to(&format!("/befolkning/kladde/{id}")).into_response()),
        Err(error) => {
            let message = error.at_the_form()?.user_message();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page(&visit, Some(message)).await?)).into_response())
        }
    }
}
