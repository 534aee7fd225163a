//! "Aflys og giv besked": `GET` and `POST /hold/{id}/gange/{session}/aflys`. The day instead is proposed ready-made.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{SessionId, TeamId};
use domain::notice::{NoticeChannel, channel_for};
use domain::team::{CancelReason, TeamError};
use domain::workdays::{instant, local};
use uuid::Uuid;

use super::SessionInput;
use super::cancel::{self, CancelSession, cancel_session};
use super::session_form::time;
use super::session_page::{Loaded, facts, load};
use super::words::{counted, session_href, team_href};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Link, Nav, capitalised};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "teams/cancel.html")]
pub(super) struct CancelPage {
    frame: Frame,
    href: String,
    back: String,
    team: Link,
    heading: String,
    facts: String,
    errors: Vec<FormError>,
    reasons: Vec<Choice>,
    replace: bool,
    day: Field,
    from: Field,
    until: Field,
    /// The chosen day is a holiday: it is asked about.
    closed: bool,
    /// An instructor or the room is taken then: it is asked about.
    clash: bool,
    /// Who is told, by how.
    told: String,
}

type Form = HashMap<String, String>;

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
) -> Result<Page<CancelPage>, AppError> {
    let loaded = load(&app, &caller, TeamId(team), SessionId(session)).await?;
    let mut form = Form::from([("aarsag".to_owned(), CancelReason::Instructor.word().to_owned())]);
    if let Some(new) = cancel::proposal(&loaded.team, &loaded.session) {
        let (start, end) = (local(new.start), local(new.end));
        form.insert("erstat".to_owned(), "ja".to_owned());
        form.insert("dato".to_owned(), start.date().to_string());
        form.insert("fra".to_owned(), start.strftime("%H:%M").to_string());
        form.insert("til".to_owned(), end.strftime("%H:%M").to_string());
    }
    page(&app, &visit, &loaded, &form, Vec::new()).await
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
    PageForm(form): PageForm<Form>,
) -> Result<Response, AppError> {
    let (team, session) = (TeamId(team), SessionId(session));
    let href = team_href(team);
    let mut clash = false;
    let errors = match input(&form) {
        Err(errors) => errors,
        Ok(input) => match cancel_session(&app, &caller, team, session, input).await {
            Ok(0) => return Ok(visit.done(&href, "Holdgangen er aflyst.").await?.into_response()),
            Ok(told) => {
                let told = counted(told, "deltager", "deltagere");
                let notice = format!("Holdgangen er aflyst. {told} får besked fra ring- og beskedlisten.");
                return Ok(visit.done(&href, notice).await?.into_response());
            }
            // Pressed twice, or a colleague was first: it is called off, as was wanted, and everybody is told once.
            Err(AppError::Team(TeamError::Cancelled)) => {
                return Ok(visit.done(&href, "Holdgangen er allerede aflyst.").await?.into_response());
            }
            Err(AppError::Field { field, code, message }) => {
                clash = code == "clash";
                vec![FormError { field, message }]
            }
            Err(AppError::Team(error)) => {
                let field = if error == TeamError::EndsBeforeStart { "til" } else { "aarsag" };
                vec![FormError { field, message: error.user_message().to_owned() }]
            }
            Err(error) => return Err(error),
        },
    };
    let loaded = load(&app, &caller, team, session).await?;
    let mut page = page(&app, &visit, &loaded, &form, errors).await?;
    page.0.clash = clash;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// What is called off and what comes instead, or what is wrong with it.
fn input(form: &Form) -> Result<CancelSession, Vec<FormError>> {
    let text = |id: &str| form.get(id).map_or("", |text| text.trim());
    let mut errors = Vec::new();
    let mut wrong = |field, message: &str| errors.push(FormError { field, message: message.to_owned() });
    let reason = CancelReason::parse(text("aarsag"));
    if reason.is_err() {
        wrong("aarsag", "Vælg, hvorfor holdgangen er aflyst.");
    }
    let mut replacement = None;
    if text("erstat") == "ja" {
        let day = text("dato").parse().ok();
        let at = |id| day.zip(time(text(id))).and_then(|(day, time)| instant(day, time));
        match (day, at("fra"), at("til")) {
            (_, Some(start), Some(end)) => replacement = Some(SessionInput { start, end }),
            (None, ..) => wrong("dato", "Vælg den nye dag, eller fjern fluebenet."),
            (_, None, _) => wrong("fra", "Skriv, hvornår den begynder, for eksempel 10.00."),
            (_, _, None) => wrong("til", "Skriv, hvornår den slutter, for eksempel 11.30."),
        }
    }
    match reason {
        Ok(reason) if errors.is_empty() => Ok(CancelSession {
            reason,
            replacement,
            on_closed_day: text("lukket") == "ja",
            despite: text("alligevel") == "ja",
        }),
        _ => Err(errors),
    }
}

async fn page(
    app: &App,
    visit: &Visit,
    loaded: &Loaded,
    form: &Form,
    errors: Vec<FormError>,
) -> Result<Page<CancelPage>, AppError> {
    let (team, session) = (&loaded.team, &loaded.session);
    let text = |id: &str| form.get(id).cloned().unwrap_or_default();
    let field = |id: &str| Field {
        value: text(id),
        error: errors.iter().find(|error| error.field == id).map(|error| error.message.clone()),
    };
    let reason = |reason: &CancelReason| Choice {
        value: reason.word().to_owned(),
        label: reason.label().to_owned(),
        hint: None,
        selected: reason.word() == text("aarsag"),
    };
    Ok(Page(CancelPage {
        frame: visit.frame(Nav::Teams, Counts::default()).await?,
        href: format!("{}/aflys", session_href(team.id, session.id)),
        back: session_href(team.id, session.id),
        team: Link::new(team_href(team.id), team.name.clone()),
        heading: team.name.clone(),
        facts: capitalised(&facts(loaded, app.now())),
        reasons: CancelReason::ALL.iter().map(reason).collect(),
        replace: text("erstat") == "ja",
        day: field("dato"),
        from: field("fra"),
        until: field("til"),
        closed: text("dato").parse().is_ok_and(domain::team::is_closed),
        clash: false,
        told: told(loaded),
        errors,
    }))
}

/// "3 deltagere får besked: 2 SMS, 1 Opringning".
fn told(loaded: &Loaded) -> String {
    let channels: Vec<_> = loaded.members.values().filter_map(|member| channel_for(&member.citizen)).collect();
    let count = |channel: &NoticeChannel| channels.iter().filter(|one| *one == channel).count();
    let parts = NoticeChannel::ALL.iter().filter(|channel| count(channel) > 0);
    let parts: Vec<_> = parts.map(|channel| format!("{} {}", count(channel), channel.label())).collect();
    match channels.len() {
        0 => "Ingen har plads på holdet, så ingen skal have besked.".to_owned(),
        all => format!("{} får besked: {}", counted(all, "deltager", "deltagere"), parts.join(", ")),
    }
}
