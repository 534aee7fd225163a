//! A meeting, first written or corrected: `/samarbejde/moeder/nyt` and `/samarbejde/moeder/{id}/ret`.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::cooperation::{Forum, Meeting};
use domain::workdays::local_date;
use uuid::Uuid;

use super::form::{Typed, carried_out};
use super::kept;
use super::meeting::{self, MeetingInput};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "cooperation/meeting_form.html")]
pub(super) struct MeetingForm {
    frame: Frame,
    /// Where it goes; without a meeting it is new.
    action: String,
    back: String,
    version: Option<i64>,
    forums: Vec<Choice>,
    forum_error: Option<String>,
    day: Field,
    participants: Field,
    agenda: Field,
    about_prevention: bool,
    decisions: Field,
    errors: Vec<FormError>,
    problem: Option<String>,
}

const NEW: &str = "/samarbejde/moeder/nyt";

fn of(it: &Meeting, version: i64) -> Typed {
    Typed::of([
        ("forum", it.forum.word().to_owned()),
        ("dag", it.held_on.to_string()),
        ("deltagere", it.participants.clone().unwrap_or_default()),
        ("dagsorden", it.agenda.clone()),
        ("forebyggelse", if it.about_prevention { "ja" } else { "" }.to_owned()),
        ("beslutninger", it.decisions.clone().unwrap_or_default()),
        ("version", version.to_string()),
    ])
}

/// The meeting as it was typed, or everything that is wrong with it.
fn read(mut typed: Typed, app: &App) -> Result<(MeetingInput, Typed), Typed> {
    let forum = Forum::parse(typed.text("forum")).ok();
    if forum.is_none() {
        typed.wrong("forum", "Vælg, hvem mødet er med.");
    }
    let held_on = typed.day("dag");
    let today = local_date(app.now());
    let input = MeetingInput {
        forum: forum.unwrap_or(Forum::Klu),
        held_on: held_on.unwrap_or(today),
        participants: typed.said("deltagere"),
        agenda: typed.text("dagsorden").to_owned(),
        about_prevention: typed.text("forebyggelse") == "ja",
        decisions: typed.said("beslutninger"),
    };
    for fault in input.meeting(domain::ids::MeetingId(Uuid::nil())).faults(today) {
        let field = match fault.field() {
            "participants" => "deltagere",
            "decisions" => "beslutninger",
            _ => "dagsorden",
        };
        typed.wrong(field, fault.user_message());
    }
    if typed.errors.is_empty() { Ok((input, typed)) } else { Err(typed) }
}

pub(super) async fn new(State(app): State<App>, visit: Visit) -> Result<Page<MeetingForm>, AppError> {
    let typed = Typed::of([
        ("forum", Forum::Klu.word().to_owned()),
        ("dag", local_date(app.now()).to_string()),
        ("forebyggelse", "ja".to_owned()),
    ]);
    Ok(Page(page(&visit, None, typed).await?))
}

async fn page(visit: &Visit, id: Option<Uuid>, typed: Typed) -> Result<MeetingForm, AppError> {
    let choice = |one: &Forum| Choice {
        value: one.word().to_owned(),
        label: one.label().to_owned(),
        hint: None,
        selected: one.word() == typed.text("forum"),
    };
    let own = id.map(|id| format!("/samarbejde/moeder/{id}"));
    Ok(MeetingForm {
        frame: visit.frame(Nav::Cooperation, Counts::default()).await?,
        action: own.as_ref().map_or_else(|| NEW.to_owned(), |own| format!("{own}/ret")),
        back: own.unwrap_or_else(|| "/samarbejde".to_owned()),
        version: id.map(|_| typed.version()),
        forums: Forum::ALL.iter().map(choice).collect(),
        forum_error: typed.error("forum"),
        day: typed.field("dag"),
        participants: typed.field("deltagere"),
        agenda: typed.field("dagsorden"),
        about_prevention: typed.text("forebyggelse") == "ja",
        decisions: typed.field("beslutninger"),
        errors: typed.errors,
        problem: typed.problem,
    })
}

pub(super) async fn add(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let (app, caller) = (&app, &caller);
    let add = |input, _| async move { meeting::add_meeting(app, caller, &input).await };
    match carried_out(read(Typed::sent(pairs), app), add).await? {
        Ok(id) => Ok(visit.done(&format!("/samarbejde/moeder/{id}"), "Mødet er skrevet ind.").await?.into_response()),
        Err((typed, status)) => Ok((status, Page(page(&visit, None, typed).await?)).into_response()),
    }
}

pub(super) async fn edit(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<MeetingForm>, AppError> {
    let versions = kept::versions::<Meeting>(&app, &caller, "meeting.open", id).await?;
    let newest = versions.first().ok_or(AppError::NotFound("meeting"))?;
    Ok(Page(page(&visit, Some(id), of(&newest.value, newest.version)).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let refused = match read(Typed::sent(pairs), &app) {
        Ok((input, typed)) => match meeting::correct_meeting(&app, &caller, (id, Some(typed.version())), input).await {
            Ok(_) => {
                let to = format!("/samarbejde/moeder/{id}");
                return Ok(visit.done(&to, "Mødet er rettet.").await?.into_response());
            }
            Err(error) => typed.refused(error)?,
        },
        Err(typed) => {
            // A form about nothing is not shown again.
            kept::versions::<Meeting>(&app, &caller, "meeting.open", id).await?;
            (typed, StatusCode::UNPROCESSABLE_ENTITY)
        }
    };
    Ok((refused.1, Page(page(&visit, Some(id), refused.0).await?)).into_response())
}
