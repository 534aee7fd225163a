//! One question: `GET /spoergsmaal/nyt` as it is being put together, `GET /spoergsmaal/{id}` as it was saved. The answer stands
//! below it at once. Five queries at most.

use std::collections::HashMap;

use analysis::{CATALOGUE, Question, View};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::workdays::local_date;
use jiff::civil::Date;
use store::{Seen, Versioned};
use uuid::Uuid;

use super::answer::{self, AnswerView};
use super::ask::ask;
use super::commands::{self, QuestionInput};
use super::form::{self, Choices};
use super::saved::SavedQuestion;
use super::{file, queries};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Link, Nav, dates};
use crate::mailbox::{as_download, note_export};
use crate::quality::FileKind;
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, records};

#[derive(Template)]
#[template(path = "questions/page.html")]
pub(super) struct QuestionPage {
    frame: Frame,
    heading: String,
    /// Who saved it, when somebody did.
    saved: Option<SavedView>,
    measure: &'static str,
    /// What the measure is called; none when it is not there any more.
    measured: Option<&'static str>,
    splits: Vec<Choice>,
    splits2: Vec<Choice>,
    filters: Vec<Choices>,
    periods: Vec<Choice>,
    errors: Vec<FormError>,
    problem: Option<String>,
    answer: Option<AnswerView>,
    files: Option<String>,
    /// The question that was answered, for the form that saves it.
    fields: Vec<(&'static str, String)>,
    name: Field,
    shared: bool,
    monthly: bool,
    save_to: String,
}

struct SavedView {
    href: String,
    version: i64,
    own: bool,
    kept: Vec<KeptView>,
}

struct KeptView {
    link: Link,
    fresh: bool,
}

impl QuestionPage {
    fn error(&self, field: &str) -> Option<String> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
    }
}

/// What is known of a page before the question is asked.
#[derive(Default)]
struct Around {
    saved: Option<(Versioned<SavedQuestion>, Vec<queries::Kept>)>,
    /// As it was typed in the form that saves.
    typed: Option<Fields>,
    error: Option<AppError>,
}

pub(super) async fn new(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, AppError> {
    // What is counted is chosen in the list.
    if !asked.contains_key("maal") {
        return Ok(Redirect::to("/spoergsmaal").into_response());
    }
    page(&app, &caller, &visit, form::question(&asked), Around::default()).await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, AppError> {
    let saved = read(&app, &caller, id).await?;
    // Another choice is tried before it is saved.
    let question = if asked.contains_key("periode") { form::question(&asked) } else { saved.0.value.question.clone() };
    page(&app, &caller, &visit, question, Around { saved: Some(saved), ..Around::default() }).await
}

async fn read(
    app: &App,
    caller: &Caller,
    id: Uuid,
) -> Result<(Versioned<SavedQuestion>, Vec<queries::Kept>), AppError> {
    let user = caller.user;
    app.store
        .view(caller.scope("question.show", app.now()), move |tx| {
            let found = records::one::<SavedQuestion>(tx, Uuid::nil(), id)?.filter(|it| it.value.is_seen_by(user));
            let found = found.ok_or(AppError::NotFound("question"))?;
            let kept = queries::kept(tx)?.into_iter().filter(|it| it.question == id).collect();
            Ok(Seen::nothing((found, kept)))
        })
        .await
}

pub(super) async fn save_new(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(typed): PageForm<Fields>,
) -> Result<Response, AppError> {
    save(&app, &caller, &visit, None, typed).await
}

pub(super) async fn change(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(typed): PageForm<Fields>,
) -> Result<Response, AppError> {
    save(&app, &caller, &visit, Some(id), typed).await
}

async fn save(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: Option<Uuid>,
    typed: Fields,
) -> Result<Response, AppError> {
    let input = QuestionInput {
        name: fields::text(&typed, "navn").to_owned(),
        shared: typed.contains_key("del"),
        monthly: typed.contains_key("fast"),
        question: form::question(&typed),
    };
    let question = input.question.clone();
    let of = id.map(|id| (id, fields::version(&typed)));
    match commands::save(app, caller, of, input).await {
        Ok(id) => Ok(visit.done(&format!("/spoergsmaal/{id}"), "Spørgsmålet er gemt.").await?.into_response()),
        Err(error) => {
            let error = error.at_the_form()?;
            let saved = match id {
                Some(id) => Some(read(app, caller, id).await?),
                None => None,
            };
            page(app, caller, visit, question, Around { saved, typed: Some(typed), error: Some(error) }).await
        }
    }
}

pub(super) async fn withdraw(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(typed): PageForm<Fields>,
) -> Result<Response, AppError> {
    commands::withdraw(&app, &caller, id, fields::version(&typed)).await?;
    Ok(visit.done("/spoergsmaal", "Spørgsmålet er slettet.").await?.into_response())
}

/// The answer as a file, whether the question was saved or not.
pub(super) async fn download(
    State(app): State<App>,
    caller: Caller,
    Path(kind): Path<String>,
    Query(typed): Query<HashMap<String, String>>,
) -> Result<Response, AppError> {
    let kind = FileKind::parse(&kind)?;
    let question = form::question(&typed);
    let asked = question.asked().map_err(|error| AppError::field(error.field(), "question", error.user_message()))?;
    let answered = ask(&app, &caller, asked).await?;
    let body = file::make(kind, &answered.asked.measure.label, &answered)?;
    let (media_type, ending) = kind.media();
    let id = crate::ids::new(app.now());
    note_export(&app, &caller, "question.export", id, &body).await?;
    let day = local_date(app.now());
    Ok(as_download(body, media_type, &format!("{}-{day}.{ending}", answered.asked.measure.id)))
}

/// An answer that was kept.
pub(super) async fn kept(
    State(app): State<App>,
    caller: Caller,
    Path((id, until)): Path<(Uuid, Date)>,
) -> Result<Response, AppError> {
    let (saved, _) = read(&app, &caller, id).await?;
    let (_, body) = app
        .store
        .write(caller.scope("question.kept_export", app.now()), move |tx| {
            let found = queries::file(tx, id, until)?.ok_or(AppError::NotFound("answer"))?;
            queries::mark_seen(tx, id, until)?;
            tx.note(&format!("export {id} {until} {}", store::sha256_hex(&found.1)));
            Ok::<_, AppError>(found)
        })
        .await?;
    let (media_type, ending) = FileKind::Xlsx.media();
    Ok(as_download(body, media_type, &format!("{}-{until}.{ending}", saved.value.question.measure)))
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    question: Question,
    around: Around,
) -> Result<Response, AppError> {
    let today = local_date(app.now());
    let measure = CATALOGUE.measure(&question.measure);
    let view = measure.and_then(|measure| CATALOGUE.view(&measure.view));
    let mut errors = Vec::new();
    let mut problem = None;
    let answer = match question.asked() {
        Ok(asked) => Some(ask(app, caller, asked).await?),
        Err(error) => {
            errors.push(FormError { field: error.field(), message: error.user_message() });
            None
        }
    };
    match around.error {
        Some(AppError::Field { field, message, .. }) if errors.is_empty() => errors.push(FormError { field, message }),
        Some(AppError::Field { .. }) | None => {}
        Some(other) => problem = Some(other.user_message()),
    }
    let status = if errors.is_empty() && problem.is_none() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let split = |at: usize| question.splits.get(at).map_or("", String::as_str);
    let filter = form::fields(&question)[3].1.clone();
    let choices =
        |of: fn(&'static View, &str) -> Vec<Choice>, chosen: &str| view.map_or_else(Vec::new, |v| of(v, chosen));
    let own = around.saved.as_ref().is_none_or(|(saved, _)| saved.value.owner == caller.user);
    let (id, name, shared, monthly) = match &around.saved {
        Some((saved, _)) => (Some(saved.value.id), saved.value.name.clone(), saved.value.shared, saved.value.monthly),
        None => (None, String::new(), false, false),
    };
    let typed = around.typed.as_ref();
    let page = QuestionPage {
        frame: visit.frame(Nav::Quality, Counts::default()).await?,
        heading: if name.is_empty() { "Nyt spørgsmål".to_owned() } else { name.clone() },
        saved: around.saved.as_ref().map(|(saved, kept)| saved_view(saved, kept, own, today)),
        measure: measure.map_or("", |measure| measure.id.as_str()),
        measured: measure.map(|measure| measure.label.as_str()),
        splits: choices(form::splits, split(0)),
        splits2: choices(form::splits, split(1)),
        filters: view.map_or_else(Vec::new, |view| form::filters(view, &filter)),
        periods: form::periods(today, &question.period),
        name: Field {
            value: typed.map_or(name, |typed| fields::text(typed, "navn").to_owned()),
            error: errors.iter().find(|error| error.field == "navn").map(|error| error.message.clone()),
        },
        errors,
        problem,
        files: answer.as_ref().filter(|it| it.answer.is_ok()).map(|_| form::address(&question)),
        answer: answer.map(|answered| answer::view(&answered, visit.language(), today)),
        fields: form::fields(&question),
        shared: typed.map_or(shared, |typed| typed.contains_key("del")),
        monthly: typed.map_or(monthly, |typed| typed.contains_key("fast")),
        save_to: id.filter(|_| own).map_or_else(|| "/spoergsmaal/nyt".to_owned(), |id| format!("/spoergsmaal/{id}")),
    };
    Ok((status, Page(page)).into_response())
}

fn saved_view(saved: &Versioned<SavedQuestion>, kept: &[queries::Kept], own: bool, today: Date) -> SavedView {
    let href = format!("/spoergsmaal/{}", saved.value.id);
    let link = |it: &queries::Kept| KeptView {
        link: Link::new(
            format!("{href}/hent/{}", it.until),
            format!("Svar til og med {}", dates::month_day(it.until, today)),
        ),
        fresh: !it.seen,
    };
    SavedView { version: saved.version, own, kept: kept.iter().map(link).collect(), href }
}
