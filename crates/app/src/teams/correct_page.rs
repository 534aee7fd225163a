//! What was saved of a session and was wrong: who came (`POST /hold/{id}/gange/{session}/ret`), and how many relatives
//! (`.../paaroerende`). What is corrected stays in the record.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{CitizenId, SessionId, TeamId};
use domain::team::Presence;
use uuid::Uuid;

use super::attendance::correct_relatives;
use super::session_page::load;
use super::taken::{Refused, TakenPage, taken_page};
use super::words::session_href;
use super::{AttendanceCorrection, correct_attendance};
use crate::layout::{Counts, Nav};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

/// A press on "Ret" beside a name.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct CorrectForm {
    borger: Uuid,
    fremmoede: String,
    hvorfor: String,
}

pub(super) async fn correct(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
    PageForm(form): PageForm<CorrectForm>,
) -> Result<Response, AppError> {
    let (team, session, citizen) = (TeamId(team), SessionId(session), CitizenId(form.borger));
    let done = match Presence::parse(&form.fremmoede) {
        Err(_) => Err(AppError::field("fremmoede", "required", "Vælg, hvad der er det rigtige.")),
        Ok(presence) => {
            let input = AttendanceCorrection { citizen, presence, reason: form.hvorfor };
            correct_attendance(&app, &caller, team, session, input).await
        }
    };
    match done {
        Ok(()) => {
            let notice = "Fremmødet er rettet. Det forkerte står i journalen, mærket som fejlregistreret.";
            Ok(visit.done(&session_href(team, session), notice).await?.into_response())
        }
        Err(error) => {
            let (status, page) = again(&app, &caller, &visit, (team, session), Some(citizen), error).await?;
            Ok((status, Page(page)).into_response())
        }
    }
}

/// The right number of relatives, and what was wrong.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct RelativesForm {
    antal: String,
    hvorfor: String,
}

pub(super) async fn relatives(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
    PageForm(form): PageForm<RelativesForm>,
) -> Result<Response, AppError> {
    let (team, session) = (TeamId(team), SessionId(session));
    let done = match form.antal.trim().parse() {
        Ok(count) => correct_relatives(&app, &caller, team, session, count, &form.hvorfor).await,
        Err(_) => Err(AppError::field("antal", "required", "Skriv antallet med tal, 0 hvis der ingen var.")),
    };
    match done {
        Ok(()) => {
            let notice = "Antallet af pårørende er rettet.";
            Ok(visit.done(&session_href(team, session), notice).await?.into_response())
        }
        Err(error) => {
            let (status, page) = again(&app, &caller, &visit, (team, session), None, error).await?;
            Ok((status, Page(page.with_relatives(form.antal, form.hvorfor))).into_response())
        }
    }
}

/// The page of the session once more, with what is wrong and of whom; the error itself when no form can mend it.
async fn again(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    (team, session): (TeamId, SessionId),
    of: Option<CitizenId>,
    error: AppError,
) -> Result<(StatusCode, TakenPage), AppError> {
    let error = error.at_the_form()?;
    let loaded = load(app, caller, team, session).await?;
    let Some(taken) = &loaded.session.attendance else { return Err(error) };
    let frame = visit.frame(Nav::Teams, Counts::default()).await?;
    let problem = Refused { of: of.map(|citizen| loaded.name(citizen)), text: error.user_message() };
    Ok((error.status(), taken_page(frame, &loaded, taken, Some(problem), true, app.now())))
}
