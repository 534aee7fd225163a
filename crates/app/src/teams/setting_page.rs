//! How a team is set up: `GET` and `POST /hold/{id}/rammer`. Two queries: the team, and who may lead it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::competence::Competence;
use domain::ids::{TeamId, UserId};
use domain::team::{Intake, Team};
use store::{Seen, Tx, Versioned};
use uuid::Uuid;

use super::setting::{SettingInput, set_up};
use super::{queries, words::team_href};
use crate::calendar::{self, Colleague};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "teams/setting.html")]
pub(super) struct SettingPage {
    frame: Frame,
    href: String,
    heading: String,
    version: i64,
    errors: Vec<FormError>,
    seats: Field,
    place: Field,
    people: Vec<Choice>,
    people_error: Option<String>,
    competence: &'static str,
    intakes: Vec<Choice>,
    /// Something clashes: it is asked about.
    ask: bool,
}

/// What was typed; the same field more than once for the instructors.
#[derive(Default)]
struct Typed {
    version: Option<i64>,
    seats: String,
    place: String,
    instructors: Vec<UserId>,
    intake: Intake,
    despite: bool,
}

impl Typed {
    fn of(team: &Team) -> Self {
        Self {
            version: None,
            seats: team.seats.to_string(),
            place: team.place.clone().unwrap_or_default(),
            instructors: team.instructors.clone(),
            intake: team.intake,
            despite: false,
        }
    }

    fn read(pairs: Vec<(String, String)>) -> Self {
        let mut typed = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "version" => typed.version = value.parse().ok(),
                "pladser" => value.trim().clone_into(&mut typed.seats),
                "sted" => value.trim().clone_into(&mut typed.place),
                "undervisere" => typed.instructors.extend(value.parse().ok().map(UserId)),
                "optag" => typed.intake = Intake::parse(&value).unwrap_or_default(),
                "alligevel" => typed.despite = value == "ja",
                _ => {}
            }
        }
        typed
    }

    fn input(&self) -> Result<SettingInput, AppError> {
        let seats = self.seats.parse::<u16>().ok().filter(|seats| (1..=500).contains(seats));
        let message = "Skriv, hvor mange der er plads til, mindst 1.";
        Ok(SettingInput {
            seats: seats.ok_or_else(|| AppError::field("pladser", "required", message))?,
            place: Some(self.place.clone()),
            instructors: self.instructors.clone(),
            intake: self.intake,
            despite: self.despite,
        })
    }
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<SettingPage>, AppError> {
    page(&app, &caller, &visit, TeamId(id), None, Vec::new(), false).await
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let (team, typed) = (TeamId(id), Typed::read(pairs));
    let done = match typed.input() {
        Ok(input) => set_up(&app, &caller, team, typed.version, input).await,
        Err(error) => Err(error),
    };
    let error = match done {
        Ok(()) => return Ok(visit.done(&team_href(team), "Holdets rammer er gemt.").await?.into_response()),
        Err(error @ (AppError::NotFound(_) | AppError::Store(_) | AppError::Forbidden(_))) => return Err(error),
        Err(error) => error,
    };
    let ask = matches!(error.code(), "clash" | "too_many_each");
    let field = if let AppError::Field { field, .. } = &error { field } else { "pladser" };
    let errors = vec![FormError { field, message: error.user_message() }];
    let page = page(&app, &caller, &visit, team, Some(typed), errors, ask).await?;
    Ok((error.form_status(), page).into_response())
}

/// What is said of somebody who does not lead: they teach beside a professional, or what they held has run out.
fn beside(person: &Colleague, needed: Competence) -> Option<String> {
    if person.competences.contains(&needed) {
        None
    } else if person.competences.contains(&Competence::PeerInstructor) {
        Some("Medunderviser".to_owned())
    } else {
        Some("Kompetencen mangler eller er udløbet".to_owned())
    }
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: TeamId,
    typed: Option<Typed>,
    errors: Vec<FormError>,
    ask: bool,
) -> Result<Page<SettingPage>, AppError> {
    let read =
        move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing((queries::team(tx, id)?, calendar::colleagues(tx)?)));
    let (team, people): (Versioned<Team>, Vec<Colleague>) =
        app.store.view(caller.scope("team.setting", app.now()), read).await?;
    let typed = typed.unwrap_or_else(|| Typed::of(&team.value));
    let needed = Competence::for_team(team.value.code);
    let error = |id: &str| errors.iter().find(|error| error.field == id).map(|error| error.message.clone());
    let chosen = |person: &Colleague| typed.instructors.contains(&person.id);
    let may = people.iter().filter(|person| {
        person.competences.contains(&needed)
            || person.competences.contains(&Competence::PeerInstructor)
            || chosen(person)
    });
    let choice = |person: &Colleague| Choice {
        value: person.id.to_string(),
        label: person.label.clone(),
        hint: beside(person, needed),
        selected: chosen(person),
    };
    let intake = |intake: &Intake| Choice {
        value: intake.word().to_owned(),
        label: intake.label().to_owned(),
        hint: None,
        selected: *intake == typed.intake,
    };
    Ok(Page(SettingPage {
        frame: visit.frame(Nav::Teams, Counts::default()).await?,
        href: team_href(id),
        heading: team.value.name.clone(),
        version: typed.version.unwrap_or(team.version),
        seats: Field { value: typed.seats.clone(), error: error("pladser") },
        place: Field { value: typed.place.clone(), error: error("sted") },
        people: may.map(choice).collect(),
        people_error: error("undervisere"),
        competence: needed.label(),
        intakes: Intake::ALL.iter().map(intake).collect(),
        ask,
        errors,
    }))
}
