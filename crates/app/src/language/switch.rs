//! Which language somebody reads in: a cookie of the browser, changed by a press at the foot of every page.

use axum::Extension;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::permission::Permission;
use serde::Deserialize;

use super::catalogue::ENGLISH;
use super::page;
use crate::access;
use crate::web::{PageForm, Routes, Settings, cookie, is_html};

/// Says the language; no cookie is Danish. It says nothing about who somebody is.
const COOKIE: &str = "forebyg_language";
const YEAR: u32 = 365 * 24 * 60 * 60;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Danish, in which everything is written.
    #[default]
    Danish,
    /// English.
    English,
}

impl Language {
    /// As in `lang`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Danish => "da",
            Self::English => "en",
        }
    }

    /// The other one, and what it calls itself.
    pub const fn other(self) -> (Self, &'static str) {
        match self {
            Self::Danish => (Self::English, "English"),
            Self::English => (Self::Danish, "Dansk"),
        }
    }

    /// HTML in this language, for answers that are not pages.
    pub(crate) fn part(self, danish: String) -> String {
        if self == Self::English { page::english(&danish) } else { danish }
    }

    /// A figure in this language. It says its language itself and is not read again with the page.
    pub(crate) fn figure(self, id: &str, picture: &impl charts::Picture) -> String {
        let read = |text: &str| {
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if self == Self::English { ENGLISH.english(&words) } else { None }
        };
        charts::Figure::read_in(self.code(), &read, id, picture).html()
    }

    /// A text in this language, for answers that are not pages.
    pub(crate) fn text(self, danish: &str) -> String {
        let english = if self == Self::English { ENGLISH.english(danish) } else { None };
        english.unwrap_or_else(|| danish.to_owned())
    }
}

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new().post("/sprog", Permission::Public, choose)
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    sprog: String,
    #[serde(default)]
    tilbage: String,
}

async fn choose(Extension(settings): Extension<Settings>, PageForm(chosen): PageForm<Chosen>) -> Response {
    let language = if chosen.sprog == "en" { Language::English } else { Language::Danish };
    let mut response = Redirect::to(access::same_site(&chosen.tilbage).unwrap_or("/")).into_response();
    let cookie = format!("{COOKIE}={}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax", language.code());
    settings.give_cookie(&mut response, &cookie);
    response
}

/// The language that a browser asks for.
pub(crate) fn language_of(headers: &HeaderMap) -> Language {
    if cookie(headers, COOKIE) == Some(Language::English.code()) { Language::English } else { Language::Danish }
}

/// Reads a page in the language that is asked for, on its way out.
pub(crate) async fn in_the_readers_language(request: Request, next: Next) -> Response {
    let language = language_of(request.headers());
    let response = next.run(request).await;
    if language == Language::Danish || !is_html(&response) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // A page is built whole in memory, so there is an end to it.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return parts.into_response() };
    let english = page::english(&String::from_utf8_lossy(&bytes));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(english))
}
