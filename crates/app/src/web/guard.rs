//! What stands before every handler: who calls, may they, does a change come from our own page; and what stands behind it:
//! failures and panics become a page or a problem document.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use axum::extract::{DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::permission::Permission;

use super::visit::Visit;
use super::{Failure, Route, form};
use crate::{App, AppError, Caller, access};

/// Who reads the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// A person with a browser and a session.
    Page,
    /// A program with a token.
    Api,
}

impl Side {
    fn of(path: &str) -> Self {
        if path.starts_with("/api/") || path.starts_with("/fhir/") { Self::Api } else { Self::Page }
    }
}

/// Runs a handler behind its permission.
pub(super) async fn serve<H: Handler<T, App>, T: 'static>(
    app: App,
    request: Request,
    route: Route,
    handler: H,
) -> Response {
    match Side::of(request.uri().path()) {
        Side::Page => page(app, request, route, handler).await,
        Side::Api => api(app, request, route, handler).await,
    }
}

async fn api<H: Handler<T, App>, T: 'static>(app: App, mut request: Request, route: Route, handler: H) -> Response {
    let admitted = admit_token(&app, request.headers(), route.permission).await;
    let response = match admitted {
        Ok(caller) => {
            request.extensions_mut().extend(caller.map(extension).unwrap_or_default());
            run(app, request, route, handler).await
        }
        Err(error) => error.into_response(),
    };
    failure_in(&response).map_or(response, |failure| failure.problem())
}

async fn admit_token(app: &App, headers: &HeaderMap, permission: Permission) -> Result<Option<Caller>, AppError> {
    let token = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
    let caller = match token {
        Some(token) => access::caller_of_token(app, token.trim()).await?,
        None => None,
    };
    admit(caller.as_ref(), permission)?;
    Ok(caller)
}

fn admit(caller: Option<&Caller>, permission: Permission) -> Result<(), AppError> {
    match caller {
        _ if permission == Permission::Public => Ok(()),
        Some(caller) => caller.require(permission),
        None => Err(AppError::NotLoggedIn),
    }
}

async fn page<H: Handler<T, App>, T: 'static>(app: App, mut request: Request, route: Route, handler: H) -> Response {
    // The answer to a form has no address to come back to.
    let own = request.uri().path_and_query().filter(|_| request.method().is_safe());
    let here = own.map(|address| address.as_str().to_owned()).unwrap_or_default();
    let visit = match Visit::begin(&app, request.headers(), request.extensions(), here).await {
        Ok(visit) => visit,
        Err(error) => return Failure::from(error).problem(),
    };
    let response = match admit_page(&visit, &mut request, route).await {
        Ok(()) => {
            request.extensions_mut().extend(visit.caller().cloned().map(extension).unwrap_or_default());
            request.extensions_mut().insert(visit.clone());
            run(app, request, route, handler).await
        }
        Err(response) => response,
    };
    let mut response = match failure_in(&response) {
        Some(failure) => {
            let mut page = visit.failure_page(&failure).await;
            if let Some(wait) = response.headers().get(header::RETRY_AFTER) {
                page.headers_mut().insert(header::RETRY_AFTER, wait.clone());
            }
            page
        }
        None => response,
    };
    visit.hand_out_token(&mut response);
    response
}

fn extension<T: Clone + Send + Sync + 'static>(value: T) -> Extensions {
    let mut extensions = Extensions::new();
    extensions.insert(value);
    extensions
}

async fn admit_page(visit: &Visit, request: &mut Request, route: Route) -> Result<(), Response> {
    match admit(visit.caller(), route.permission) {
        Err(AppError::NotLoggedIn) => return Err(to_login(request)),
        Err(error) => return Err(error.into_response()),
        Ok(()) => {}
    }
    if request.method().is_safe() {
        return Ok(());
    }
    form::from_our_own_page(request, visit.csrf(), route.body_limit).await.map_err(IntoResponse::into_response)
}

/// To the log-in page, which leads back here. Only the path travels: a query may hold what somebody searched for.
fn to_login(request: &Request) -> Response {
    let back = if request.method().is_safe() { request.uri().path() } else { "/" };
    let address = if back == "/" { "/log-ind".to_owned() } else { format!("/log-ind?next={back}") };
    // A part of a page cannot become the log-in page; htmx moves the whole window instead.
    if request.headers().contains_key("hx-request") {
        let header = HeaderValue::from_str(&address).unwrap_or(HeaderValue::from_static("/log-ind"));
        return (StatusCode::NO_CONTENT, [("hx-redirect", header)]).into_response();
    }
    Redirect::to(&address).into_response()
}

async fn run<H: Handler<T, App>, T: 'static>(app: App, mut request: Request, route: Route, handler: H) -> Response {
    DefaultBodyLimit::max(route.body_limit).apply(&mut request);
    let mut answer = pin!(handler.call(request, app));
    let answer = std::future::poll_fn(|context| {
        // The state behind a panic is dropped with the request; the store rolls its transaction back.
        match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(context))) {
            Ok(poll) => poll.map(Some),
            Err(_) => Poll::Ready(None),
        }
    });
    answer.await.unwrap_or_else(|| {
        tracing::error!(route = route.path, "a handler panicked");
        Failure::of_status(StatusCode::INTERNAL_SERVER_ERROR).into_response()
    })
}

/// What a response stands for when it is a failure; the framework's own refusals are texts in English.
fn failure_in(response: &Response) -> Option<Failure> {
    if let Some(failure) = response.extensions().get::<Failure>() {
        return Some(failure.clone());
    }
    let status = response.status();
    let bare = response.headers().get(header::CONTENT_TYPE).is_none_or(|t| t.as_bytes().starts_with(b"text/plain"));
    ((status.is_client_error() || status.is_server_error()) && bare).then(|| Failure::of_status(status))
}
