//! A form with a file (`multipart/form-data`): its fields as they were typed, and the file when one was chosen.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, header};

use super::fields::Fields;
use crate::AppError;

/// What such a form sends.
#[derive(Debug, Default)]
pub struct Upload {
    /// The fields.
    pub(crate) fields: Fields,
    /// Name and content of the file. The name is what the sender calls it, and nothing more.
    pub(crate) file: Option<(String, Vec<u8>)>,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &S) -> Result<Self, AppError> {
        let unreadable = |_| AppError::Unreadable("form");
        let mut parts = Multipart::from_request(request, state).await.map_err(|_| AppError::Unreadable("form"))?;
        let mut upload = Self::default();
        while let Some(part) = parts.next_field().await.map_err(unreadable)? {
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let content = part.bytes().await.map_err(|_| AppError::TooLarge)?;
            match file_name {
                // A browser sends a field without a chosen file as an empty one.
                Some(file_name) if !file_name.is_empty() => upload.file = Some((file_name, content.to_vec())),
                Some(_) => {}
                None => drop(upload.fields.insert(name, String::from_utf8_lossy(&content).into_owned())),
            }
        }
        Ok(upload)
    }
}

/// Whether a request is such a form.
pub(super) fn is_upload(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"))
}
