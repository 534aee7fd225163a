//! The citizen's screen: `GET` and `POST /svar`. One question at a time, big answers, a way back, and nothing else: no
//! name, no record, no menu. A press on an answer goes on to the next question.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response as Answered};
use instruments::{FaultKind, check};
use uuid::Uuid;

use super::form::{self, ItemView, Typed};
use super::tablet::{self, Laid, Pass};
use crate::layout::{Counts, Frame, Nav};
use crate::web::{Page, PageForm, Settings, Visit, cookie};
use crate::{App, AppError, Caller, access};

/// The cookie of the screen. It goes to `/svar` alone.
const COOKIE: &str = "forebyg_svar";

#[derive(Template)]
#[template(path = "measures/tablet.html")]
pub(super) struct TabletPage {
    frame: Frame,
    municipality: String,
    phone: Option<String>,
    lead: Option<String>,
    step: Step,
}

enum Step {
    /// One question.
    Ask(Question),
    /// All are passed; what is not answered can be gone back to.
    Ready { unanswered: usize, back: u16 },
    /// Ended, or the word opens nothing.
    Over { thanks: bool },
}

struct Question {
    item: ItemView,
    place: usize,
    of: usize,
    back: Option<u16>,
    /// The same number sent again is meant.
    again: bool,
}

/// Opens the screen to the citizen and logs the staff member out of it.
pub(super) async fn hand_over(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    settings: Option<Extension<Settings>>,
    Path((citizen, instrument)): Path<(Uuid, String)>,
) -> Result<Answered, AppError> {
    let pass = tablet::hand_over(&app, &caller, citizen.into(), instrument).await?;
    access::end(visit.session()?).await?;
    Ok(with_pass(Redirect::to("/svar").into_response(), &pass.text(), settings))
}

/// The pass of the tablet; an empty one is forgotten.
fn with_pass(mut response: Answered, pass: &str, settings: Option<Extension<Settings>>) -> Answered {
    let age = if pass.is_empty() { "; Max-Age=0" } else { "" };
    let settings = settings.map(|Extension(settings)| settings).unwrap_or_default();
    settings.give_cookie(&mut response, &format!("{COOKIE}={pass}; Path=/svar; HttpOnly; SameSite=Strict{age}"));
    response
}

/// Which question is asked for.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Place {
    nr: Option<u16>,
    tak: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    Query(place): Query<Place>,
) -> Result<Page<TabletPage>, AppError> {
    let pass = cookie(&headers, COOKIE).and_then(Pass::parse);
    let frame = visit.frame(Nav::None, Counts::default()).await?;
    let Some((pass, laid)) = opened(&app, pass).await? else {
        return Ok(Page(over(frame, place.tak.is_some())));
    };
    let asked = laid.asked();
    let unanswered = || asked.iter().copied().find(|no| !laid.answers.contains_key(no));
    let no = place.nr.filter(|no| *no == 0 || asked.contains(no)).or_else(unanswered).unwrap_or(0);
    let typed = Typed::of_answers(&laid.answers);
    Ok(Page(page(&app, frame, &pass, &laid, no, &typed, None).await?))
}

async fn opened(app: &App, pass: Option<Pass>) -> Result<Option<(Pass, Laid)>, AppError> {
    let Some(pass) = pass else { return Ok(None) };
    Ok(tablet::laid(app, &pass).await?.map(|laid| (pass, laid)))
}

fn over(mut frame: Frame, thanks: bool) -> TabletPage {
    frame.nav.clear();
    let none = String::new;
    TabletPage { frame, municipality: none(), phone: None, lead: None, step: Step::Over { thanks } }
}

async fn page(
    app: &App,
    mut frame: Frame,
    pass: &Pass,
    laid: &Laid,
    no: u16,
    typed: &Typed,
    fault: Option<FaultKind>,
) -> Result<TabletPage, AppError> {
    frame.nav.clear();
    let home = app.organization(pass.organization()).await?;
    let asked = laid.asked();
    let step = match asked.iter().position(|one| *one == no).and_then(|place| Some((place, laid.instrument.item(no)?)))
    {
        Some((place, item)) => {
            let mut view = form::view(item, typed);
            view.error = fault.map(FaultKind::user_message);
            let back = place.checked_sub(1).and_then(|before| asked.get(before)).copied();
            let again = fault.is_some_and(FaultKind::can_be_confirmed);
            Step::Ask(Question { item: view, place: place + 1, of: asked.len(), back, again })
        }
        None => Step::Ready {
            unanswered: asked.iter().filter(|no| !laid.answers.contains_key(no)).count(),
            back: asked.last().copied().unwrap_or(1),
        },
    };
    Ok(TabletPage {
        frame,
        municipality: home.name.clone(),
        phone: home.phone.clone(),
        lead: laid.instrument.lead.clone(),
        step,
    })
}

/// An answer was pressed or written.
pub(super) async fn answer(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Answered, AppError> {
    let pass = cookie(&headers, COOKIE).and_then(Pass::parse);
    let Some((pass, mut laid)) = opened(&app, pass).await? else {
        return Ok(Redirect::to("/svar").into_response());
    };
    let typed = Typed::new(pairs);
    let no: u16 = typed.get("nr").parse().unwrap_or(0);
    let Some(item) = laid.instrument.item(no) else { return Ok(Redirect::to("/svar").into_response()) };
    let skip = typed.has("spring-over");
    let answer = if skip { Ok(None) } else { form::answer(item, &typed) };
    let fault = match &answer {
        Ok(Some(answer)) => {
            let found = check(&laid.instrument, &[(no, answer.clone())].into()).into_iter().map(|f| f.kind).next();
            found.filter(|kind| !(kind.can_be_confirmed() && typed.has("rigtigt")))
        }
        Ok(None) => None,
        Err(()) => Some(FaultKind::NotAnOption),
    };
    if let Some(fault) = fault {
        let frame = visit.frame(Nav::None, Counts::default()).await?;
        let page = page(&app, frame, &pass, &laid, no, &typed, Some(fault)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    }
    match answer {
        Ok(Some(answer)) => laid.answers.insert(no, answer),
        _ => laid.answers.remove(&no),
    };
    let asked = laid.asked();
    laid.answers.retain(|no, _| asked.contains(no));
    tablet::keep(&app, &pass, laid.answers.clone()).await?;
    let next = asked.iter().copied().find(|one| *one > no).unwrap_or(0);
    Ok(Redirect::to(&format!("/svar?nr={next}")).into_response())
}

/// The citizen is done.
pub(super) async fn finish(
    State(app): State<App>,
    headers: HeaderMap,
    settings: Option<Extension<Settings>>,
) -> Result<Answered, AppError> {
    if let Some(pass) = cookie(&headers, COOKIE).and_then(Pass::parse) {
        match tablet::finish(&app, &pass).await {
            // Pressed twice: it is ended.
            Ok(()) | Err(AppError::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(with_pass(Redirect::to("/svar?tak=1").into_response(), "", settings))
}
