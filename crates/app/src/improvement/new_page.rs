//! A new board: `GET /forbedring/ny` chooses the figure and then asks for the rest on one page; `POST` makes it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::improvement::Measure;
use indicators::definition::{DEFINITIONS, Definition, newest};

use super::{commands, form, list};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav};
use crate::monitoring;
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "improvement/new.html")]
pub(super) struct NewPage {
    frame: Frame,
    /// The figures to choose from; when one is chosen, the form is shown.
    measures: Vec<Choice>,
    chosen: Option<ChosenView>,
    problem: Option<String>,
    errors: Vec<FormError>,
}

struct ChosenView {
    indicator: &'static str,
    title: &'static str,
    numerator: &'static str,
    denominator: &'static str,
    groups: Vec<Choice>,
    group_error: Option<String>,
    name: Field,
    aim: Field,
    plan: Field,
    from: Field,
}

/// Figures that can be followed: those with a value over time.
fn measures(chosen: &str) -> Vec<Choice> {
    let newest = |one: &&Definition| newest(&one.id).is_some_and(|newest| newest.version == one.version);
    let one = |one: &Definition| Choice {
        value: one.id.clone(),
        label: one.danish.title.clone(),
        hint: None,
        selected: one.id == chosen,
    };
    DEFINITIONS.iter().filter(newest).filter(|one| monitoring::is_over_time(one)).map(one).collect()
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Page<NewPage>, AppError> {
    let form: Fields = asked;
    let is_wrong = form.contains_key("maaling") && newest(fields::text(&form, "maaling")).is_none();
    let error = is_wrong.then(|| AppError::field("maaling", "unknown", "Vælg et måltal fra listen."));
    Ok(Page(page(&app, &caller, &visit, &form, error).await?))
}

pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let group = fields::said(&form, "gruppe").and_then(|both| both.split_once('/'));
    let measure = Measure {
        indicator: fields::text(&form, "maaling").to_owned(),
        group: group.map(|(by, stratum)| (by.to_owned(), stratum.to_owned())),
    };
    let made = match form::test(&form) {
        Ok(test) => commands::create(&app, &caller, measure, form::board(&form), test).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(id) => Ok(visit.done(&list::href(id), "Tavlen er lavet.").await?.into_response()),
        Err(error) => {
            let error = error.at_the_form()?;
            let page = page(&app, &caller, &visit, &form, Some(error)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    form: &Fields,
    error: Option<AppError>,
) -> Result<NewPage, AppError> {
    let message = |name: &str| match &error {
        Some(AppError::Field { field, message, .. }) if *field == name => Some(message.clone()),
        _ => None,
    };
    let field = |name: &str| Field { value: fields::text(form, name).to_owned(), error: message(name) };
    let measure = fields::text(form, "maaling");
    let chosen = match newest(measure) {
        None => None,
        Some(definition) => {
            let chosen = fields::text(form, "gruppe");
            let groups = monitoring::groups_of(app, caller, definition).await?;
            let choice = |(value, label): (String, String)| {
                let selected = value == chosen;
                Choice { value, label, hint: None, selected }
            };
            Some(ChosenView {
                indicator: definition.id.as_str(),
                title: definition.danish.title.as_str(),
                numerator: definition.danish.numerator.as_str(),
                denominator: definition.danish.denominator.as_str(),
                groups: groups.into_iter().map(choice).collect(),
                group_error: message("gruppe"),
                name: field("navn"),
                aim: field("maal"),
                plan: field("plan"),
                from: field("fra"),
            })
        }
    };
    let errors = match &error {
        Some(AppError::Field { field, message, .. }) => vec![FormError { field, message: message.clone() }],
        _ => Vec::new(),
    };
    let problem = error.as_ref().filter(|error| !matches!(error, AppError::Field { .. })).map(AppError::user_message);
    let frame = visit.frame(Nav::Quality, Counts::default()).await?;
    Ok(NewPage { frame, measures: measures(measure), chosen, problem, errors })
}

impl NewPage {
    /// What is wrong with the chosen figure.
    fn measure_error(&self) -> Option<String> {
        self.errors.iter().find(|error| error.field == "maaling").map(|error| error.message.clone())
    }
}
