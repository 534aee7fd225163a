//! In which form and where one session is held: `GET` and `POST /hold/{id}/gange/{session}/form`. Each session has its own
//! (KS-6.3-01), and those after it can be given the same at once.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::codes::EncounterClass;
use domain::ids::{SessionId, TeamId};
use serde::Deserialize;
use store::{Seen, Tx};
use uuid::Uuid;

use super::words::{session_href, team_href, when};
use super::{clash, queries};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Link, Nav, capitalised};
use crate::records;
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

/// How a session is held.
#[derive(Debug, Clone)]
pub struct HoldInput {
    /// In which form.
    pub class: EncounterClass,
    /// Where; the team's own place when left out.
    pub place: Option<String>,
    /// The sessions after it too.
    pub onwards: bool,
    /// Saved although the room is taken.
    pub despite: bool,
}

/// Says how a session is held.
pub async fn hold_session(
    app: &App,
    who: &Caller,
    id: TeamId,
    session: SessionId,
    input: HoldInput,
) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("team.session_form", now), move |tx| {
            let before = queries::team(tx, id)?;
            let place = input.place.as_deref().map(str::trim).filter(|place| !place.is_empty());
            let team = before.value.clone().hold_in(session, input.class, place, input.onwards)?;
            if !input.despite {
                let both = before.value.sessions.iter().zip(&team.sessions);
                let moved: Vec<_> = both.filter(|(was, is)| was.place != is.place).map(|(_, is)| is.start).collect();
                let new: Vec<_> = team.meetings(now).into_iter().filter(|one| moved.contains(&one.start)).collect();
                let found = clash::find(tx, &team, &new)?;
                if !found.is_empty() {
                    return Err(AppError::field("sted", "clash", clash::in_words(&found, now)));
                }
            }
            records::save_if_changed(tx, &before, &team)?;
            Ok(())
        })
        .await
}

#[derive(Template)]
#[template(path = "teams/session_setting.html")]
pub(super) struct SessionSettingPage {
    frame: Frame,
    href: String,
    back: String,
    team: Link,
    facts: String,
    ways: Vec<Choice>,
    place: Field,
    onwards: bool,
    /// The room is taken: it is asked about.
    ask: bool,
    errors: Vec<FormError>,
}

/// What the form sends.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct SettingForm {
    form: String,
    sted: String,
    frem: String,
    alligevel: String,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
) -> Result<Page<SessionSettingPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, (TeamId(team), SessionId(session)), None, Vec::new()).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
    PageForm(form): PageForm<SettingForm>,
) -> Result<Response, AppError> {
    let (team, session) = (TeamId(team), SessionId(session));
    let done = match EncounterClass::parse(&form.form) {
        Ok(class) => {
            let place = Some(form.sted.clone());
            let input = HoldInput { class, place, onwards: form.frem == "ja", despite: form.alligevel == "ja" };
            hold_session(&app, &caller, team, session, input).await
        }
        Err(_) => Err(AppError::field("form", "required", "Vælg, hvordan holdgangen holdes.")),
    };
    let error = match done {
        Ok(()) => {
            let href = session_href(team, session);
            return Ok(visit.done(&href, "Form og sted er gemt.").await?.into_response());
        }
        Err(error) => error.at_the_form()?,
    };
    let field = if let AppError::Field { field, .. } = &error { field } else { "form" };
    let errors = vec![FormError { field, message: error.user_message() }];
    let page = page(&app, &caller, &visit, (team, session), Some(form), errors).await?;
    Ok((error.form_status(), Page(page)).into_response())
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    (team, session): (TeamId, SessionId),
    typed: Option<SettingForm>,
    errors: Vec<FormError>,
) -> Result<SessionSettingPage, AppError> {
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::team(tx, team)?.value));
    let team = app.store.view(caller.scope("team.session_form", now), read).await?;
    let session = team.session(session).map_err(|_| AppError::NotFound("session"))?;
    let typed = typed.unwrap_or_else(|| SettingForm {
        form: session.class.word().to_owned(),
        sted: session.place.clone().unwrap_or_default(),
        ..SettingForm::default()
    });
    let choice = |class: &EncounterClass| Choice {
        value: class.word().to_owned(),
        label: class.label().to_owned(),
        hint: None,
        selected: class.word() == typed.form,
    };
    let ask = errors.iter().any(|error| error.field == "sted");
    Ok(SessionSettingPage {
        frame: visit.frame(Nav::Teams, Counts::default()).await?,
        href: format!("{}/form", session_href(team.id, session.id)),
        back: session_href(team.id, session.id),
        team: Link::new(team_href(team.id), team.name.clone()),
        facts: capitalised(&when(session, now)),
        ways: EncounterClass::ALL.iter().map(choice).collect(),
        place: Field {
            value: typed.sted.clone(),
            error: errors.iter().find(|error| error.field == "sted").map(|error| error.message.clone()),
        },
        onwards: typed.frem == "ja",
        ask,
        errors,
    })
}
