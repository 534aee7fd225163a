//! A new team: `GET` and `POST /hold/nyt`. Its sessions may be laid in at once, or later on its own page.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::codes::InterventionCode;
use domain::team::Intake;

use super::session_form::{self, SessionFields, Sessions};
use super::words::{codes, counted, team_href};
use super::{NewSessions, NewTeam, create};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, catalogue};

#[derive(Template)]
#[template(path = "teams/new_team.html")]
pub(super) struct NewTeamPage {
    frame: Frame,
    errors: Vec<FormError>,
    name: Field,
    codes: Vec<Choice>,
    code_error: Option<String>,
    seats: Field,
    place: Field,
    offers: Vec<Choice>,
    offer_error: Option<String>,
    sessions: SessionFields,
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<NewTeamPage>, AppError> {
    page(&app, &caller, &visit, &HashMap::new(), Vec::new()).await
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(form): PageForm<HashMap<String, String>>,
) -> Result<Response, AppError> {
    let (new, sessions) = match input(&form) {
        Ok(input) => input,
        Err(errors) => {
            let page = page(&app, &caller, &visit, &form, errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let name = new.name.clone();
    let sessions = sessions.map(|all| NewSessions { inputs: all.inputs, despite: all.despite }).unwrap_or_default();
    let made = sessions.inputs.len();
    let id = match create(&app, &caller, new, sessions).await {
        Ok(id) => id,
        Err(AppError::Field { field, message, .. }) if matches!(field, "offer" | "dato") => {
            let field = if field == "offer" { "tilbud" } else { field };
            let errors = vec![FormError { field, message }];
            let page = page(&app, &caller, &visit, &form, errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        Err(error) => return Err(error),
    };
    let next = if made == 0 {
        "Læg nu holdgangene ind.".to_owned()
    } else {
        format!("{} er lagt ind.", counted(made, "holdgang", "holdgange"))
    };
    Ok(visit.done(&team_href(id), format!("{name} er oprettet. {next}")).await?.into_response())
}

/// The team and, when a first day is chosen, its sessions; or everything that is wrong at once.
fn input(form: &HashMap<String, String>) -> Result<(NewTeam, Option<Sessions>), Vec<FormError>> {
    let text = |id: &str| form.get(id).map_or("", |text| text.trim());
    let mut errors = Vec::new();
    let mut wrong = |field, message: &str| errors.push(FormError { field, message: message.to_owned() });
    let name = text("navn");
    if name.is_empty() {
        wrong("navn", "Skriv, hvad holdet hedder.");
    }
    let code = InterventionCode::parse(text("indsats")).ok().filter(|code| codes().any(|one| one == *code));
    if code.is_none() {
        wrong("indsats", "Vælg, hvilken indsats holdet leverer.");
    }
    let seats = text("pladser").parse::<u16>().ok().filter(|seats| (1..=500).contains(seats));
    if seats.is_none() {
        wrong("pladser", "Skriv, hvor mange der er plads til, mindst 1.");
    }
    let sessions = if ["dato", "fra", "til"].iter().all(|id| text(id).is_empty()) {
        None
    } else {
        session_form::sessions(form).map_err(|mut found| errors.append(&mut found)).ok()
    };
    match (code, seats) {
        (Some(code), Some(seats)) if errors.is_empty() => {
            let offer = text("tilbud").parse::<uuid::Uuid>().ok().map(Into::into);
            let place = Some(text("sted").to_owned()).filter(|place| !place.is_empty());
            Ok((
                NewTeam {
                    name: name.to_owned(),
                    code,
                    seats,
                    place,
                    performer: None,
                    offer,
                    instructors: Vec::new(),
                    intake: Intake::Fixed,
                },
                sessions,
            ))
        }
        _ => Err(errors),
    }
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    form: &HashMap<String, String>,
    errors: Vec<FormError>,
) -> Result<Page<NewTeamPage>, AppError> {
    let error = |id: &str| errors.iter().find(|error| error.field == id).map(|error| error.message.clone());
    let field = |id: &str| Field { value: form.get(id).cloned().unwrap_or_default(), error: error(id) };
    let chosen = form.get("indsats").map_or("", String::as_str);
    let choice = |code: InterventionCode| Choice {
        value: code.word().to_owned(),
        label: code.label().to_owned(),
        hint: None,
        selected: code.word() == chosen,
    };
    let offers = catalogue::choosable(app, caller).await?.into_iter().map(|offer| {
        let value = offer.id.to_string();
        let selected = form.get("tilbud") == Some(&value);
        Choice { value, label: offer.name, hint: None, selected }
    });
    Ok(Page(NewTeamPage {
        frame: visit.frame(Nav::Teams, Counts::default()).await?,
        name: field("navn"),
        codes: codes().map(choice).collect(),
        code_error: error("indsats"),
        seats: field("pladser"),
        place: field("sted"),
        offers: offers.collect(),
        offer_error: error("tilbud"),
        sessions: SessionFields::typed(Some(form), &errors),
        errors,
    }))
}
