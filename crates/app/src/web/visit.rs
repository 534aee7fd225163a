//! One request of a person: who they are, the token of their forms, the frame around their page, the notice after a change.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use tower_sessions::Session;

use super::{Failure, Page, Settings};
use crate::access::SignedIn;
use crate::language::{self, Language};
use crate::layout::{Counts, ErrorPage, Frame, Link, Nav, Notice};
use crate::{App, AppError, Caller, access};

/// The cookie that ties the log-in form to the browser before there is a session.
const FORM_COOKIE: &str = "forebyg_form";

/// A request for a page.
#[derive(Clone)]
pub struct Visit {
    app: App,
    session: Option<Session>,
    signed_in: Option<SignedIn>,
    csrf: String,
    language: Language,
    here: String,
    /// The token is new to the browser, and the cookie goes out only over TLS.
    hand_out: Option<Settings>,
}

impl Visit {
    /// Reads the session: one look-up, no write but once a minute.
    pub(super) async fn begin(
        app: &App,
        headers: &HeaderMap,
        extensions: &Extensions,
        here: String,
    ) -> Result<Self, AppError> {
        let session = extensions.get::<Session>().cloned();
        let settings = extensions.get::<Settings>().cloned().unwrap_or_default();
        let signed_in = match &session {
            Some(session) => access::signed_in(app, session).await?,
            None => None,
        };
        let known = signed_in.as_ref().map(|s| s.csrf.clone()).or_else(|| form_cookie(headers));
        let hand_out = if known.is_none() { Some(settings) } else { None };
        let csrf = known.unwrap_or_else(access::random_word);
        let language = language::language_of(headers);
        Ok(Self { app: app.clone(), session, signed_in, csrf, language, here, hand_out })
    }

    /// Who it is, when somebody is logged in.
    pub fn caller(&self) -> Option<&Caller> {
        self.signed_in.as_ref().map(|s| &s.caller)
    }

    /// The token that every form sends as `csrf`.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// The language that they read in; pages follow it by themselves.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// The session behind it; there is one on every route but the start-up's own.
    pub(crate) fn session(&self) -> Result<&Session, AppError> {
        self.session.as_ref().ok_or(AppError::NotLoggedIn)
    }

    /// The frame of a page, with the notice of the change before it. A notice is shown once.
    pub async fn frame(&self, nav: Nav, counts: Counts) -> Result<Frame, AppError> {
        let Some(signed_in) = &self.signed_in else { return Ok(self.bare_frame()) };
        let organization = self.app.organization(signed_in.caller.organization).await?;
        let mut frame = Frame::new(&signed_in.caller, &organization, nav, counts, self.bare_frame());
        if let (Some((text, undo)), Some(session)) = (&signed_in.notice, &self.session) {
            access::clear_notice(session).await?;
            frame.notice = Some(Notice { undo: undo.clone(), ..Notice::done(text) });
        }
        Ok(frame)
    }

    fn bare_frame(&self) -> Frame {
        let bare = Frame::bare(&self.csrf, self.app.demo);
        Frame { language: self.language, here: self.here.clone(), ..bare }
    }

    /// On to another page after a change, where `notice` is shown once.
    pub async fn done(&self, to: &str, notice: impl Into<String>) -> Result<Redirect, AppError> {
        access::set_notice(self.session()?, (notice.into(), None)).await?;
        Ok(Redirect::to(to))
    }

    /// As [`Visit::done`], with where the change is undone by a press.
    pub async fn done_unless(&self, to: &str, notice: impl Into<String>, undo: String) -> Result<Redirect, AppError> {
        access::set_notice(self.session()?, (notice.into(), Some(undo))).await?;
        Ok(Redirect::to(to))
    }

    /// The failure as a page in the person's own frame.
    pub(super) async fn failure_page(&self, failure: &Failure) -> Response {
        let frame = match self.frame(Nav::None, Counts::default()).await {
            Ok(frame) => frame,
            Err(_) => self.bare_frame(),
        };
        let link =
            if frame.nav.is_empty() { Link::new("/log-ind", "Log ind") } else { Link::new("/", "Til overblikket") };
        let page = ErrorPage {
            frame,
            status: failure.status.as_u16(),
            what: failure.title().to_owned(),
            where_: String::new(),
            next: failure.detail.clone(),
            links: vec![link],
        };
        (failure.status, Page(page)).into_response()
    }

    /// Gives the browser its token with the first page that has a form.
    pub(super) fn hand_out_token(&self, response: &mut Response) {
        let html = is_html(response);
        let Some(settings) = self.hand_out.as_ref().filter(|_| html && response.status() == StatusCode::OK) else {
            return;
        };
        let cookie = format!("{FORM_COOKIE}={}; Path=/; HttpOnly; SameSite=Strict", self.csrf);
        settings.give_cookie(response, &cookie);
    }
}

fn form_cookie(headers: &HeaderMap) -> Option<String> {
    cookie(headers, FORM_COOKIE).filter(|value| value.len() >= 32).map(str::to_owned)
}

/// The value of a cookie that the browser sent.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut all = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
    all.find_map(|cookie| cookie.trim().strip_prefix(name)?.strip_prefix('='))
}

/// Whether an answer is a page, or a part of one.
pub(crate) fn is_html(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"))
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AppError> {
        parts.extensions.get::<Self>().cloned().ok_or(AppError::NotLoggedIn)
    }
}

/// Whom the guard let through.
impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AppError> {
        parts.extensions.get::<Self>().cloned().ok_or(AppError::NotLoggedIn)
    }
}

/// On public routes there may be nobody.
impl<S: Send + Sync> OptionalFromRequestParts<S> for Caller {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, AppError> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}
