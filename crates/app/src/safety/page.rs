//! What to look at in a course, and the answers it rests on: `GET /forloeb/{id}/sikkerhed`.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::codes::InterventionCode;
use domain::competence::Competence;
use domain::ids::{CourseId, TeamId};
use domain::permission::Permission;
use domain::workdays::local_date;
use store::Tx;
use uuid::Uuid;

use super::answers_form::{self, AnswersForm};
use super::{AcknowledgeInput, Colleague, WarningLine, commands, facts, gather, lines, weighed, who};
use crate::access::User;
use crate::layout::{Counts, FormError, Frame, Nav, PersonHeader};
use crate::records::CitizenRecord;
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, citizens, courses};

#[derive(Template)]
#[template(path = "safety/page.html")]
pub(super) struct SafetyPage {
    frame: Frame,
    href: String,
    person: PersonHeader,
    errors: Vec<FormError>,
    problem: Option<String>,
    warnings: Vec<WarningLine>,
    /// Who may give diet treatment, when it is planned.
    dietitians: Vec<String>,
    form: AnswersForm,
    version: i64,
    may_write: bool,
    /// What was typed as a reason that could not be kept.
    unsaved: Option<String>,
}

/// Where the warnings of a course stand.
pub(crate) fn safety_href(course: CourseId) -> String {
    format!("{}/sikkerhed", courses::course_href(course))
}

struct Loaded {
    record: Arc<CitizenRecord>,
    users: Vec<User>,
    seats: BTreeMap<TeamId, u16>,
    dietitians: Vec<Colleague>,
}

async fn load(app: &App, caller: &Caller, course: CourseId) -> Result<Loaded, AppError> {
    let more = move |tx: &mut Tx<'_>, record: &CitizenRecord| {
        let open = record.interventions.iter().map(|i| &i.value).filter(|i| i.status.is_open());
        let diet = open.into_iter().any(|i| i.course == course && i.code == InterventionCode::DietaryTreatment);
        let dietitians = if diet { who::may_hold(tx, Competence::ClinicalDietitian)? } else { Vec::new() };
        Ok((gather::seats(tx, record, course)?, dietitians))
    };
    let (record, users, (seats, dietitians)) = courses::opened_with(app, caller, "safety.open", course, more).await?;
    Ok(Loaded { record, users, seats, dietitians })
}

/// What a refused form leads to.
#[derive(Default)]
struct Shown<'a> {
    typed: Option<&'a Fields>,
    errors: Vec<FormError>,
    problem: Option<String>,
    unsaved: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<SafetyPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id.into(), Shown::default()).await?))
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    course: CourseId,
    shown: Shown<'_>,
) -> Result<SafetyPage, AppError> {
    let Loaded { record, users, seats, dietitians } = load(app, caller, course).await?;
    let limits = app.organization(caller.organization).await?.settings.limits;
    let today = local_date(app.now());
    let citizen = &record.citizen.value;
    let facts = facts(&record, course, &limits, today, &seats);
    let person = citizens::person_header(citizen, None, today);
    Ok(SafetyPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        href: courses::course_href(course),
        person: PersonHeader { href: Some(format!("/borgere/{}", citizen.id)), ..person },
        errors: shown.errors,
        problem: shown.problem,
        warnings: lines(&weighed(&record, course, &facts), &users, today),
        dietitians: dietitians.into_iter().map(|colleague| colleague.label).collect(),
        form: answers_form::fields(&facts.answers, shown.typed),
        version: record.safety_answers.iter().find(|a| a.value.course == course).map_or(0, |a| a.version),
        may_write: caller.role.may(Permission::CourseWrite),
        unsaved: shown.unsaved,
    })
}

pub(super) async fn answer(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let version = fields::version(&form);
    let done = match answers_form::input(&form) {
        Ok(input) => commands::answer(&app, &caller, id.into(), Some(version), input).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(visit.done(&safety_href(id.into()), "Svarene er gemt.").await?.into_response()),
        Err(error) => refused(&app, &caller, &visit, id.into(), error, Some(&form), None).await,
    }
}

pub(super) async fn acknowledge(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let text = |name: &str| fields::text(&form, name).to_owned();
    let (rule, reason) = (text("regel"), text("grund"));
    let input = AcknowledgeInput { rule, about: InterventionCode::parse(&text("om")).ok(), reason: reason.clone() };
    match commands::acknowledge(&app, &caller, id.into(), None, input).await {
        Ok(_) => {
            let back = format!("{}#advarsler", courses::course_href(id.into()));
            Ok(visit.done(&back, "Grunden er skrevet ned. Advarslen står stille.").await?.into_response())
        }
        Err(error) => {
            let unsaved = Some(reason).filter(|reason| !reason.is_empty());
            refused(&app, &caller, &visit, id.into(), error, None, unsaved).await
        }
    }
}

/// The page again with what stood in the way and what was typed.
async fn refused(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    course: CourseId,
    error: AppError,
    typed: Option<&Fields>,
    unsaved: Option<String>,
) -> Result<Response, AppError> {
    let mut shown = Shown { typed, unsaved, ..Shown::default() };
    let status = match error {
        AppError::Field { field, message, .. } => {
            // The reason's own field stands at its warning: it is said above the list.
            if typed.is_some() {
                shown.errors.push(FormError { field, message });
            } else {
                shown.problem = Some(message);
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
        error @ (AppError::Changed { .. } | AppError::Rule { .. }) => {
            shown.problem = Some(error.user_message());
            error.form_status()
        }
        error => return Err(error),
    };
    Ok((status, Page(page(app, caller, visit, course, shown).await?)).into_response())
}

/// Which content was dealt with; each ticked element sends its word as "indhold-<word>".
pub(super) async fn tick(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Redirect, AppError> {
    let intervention = form.get("indsats").and_then(|text| text.parse::<Uuid>().ok());
    let intervention = intervention.ok_or(AppError::Unreadable("form"))?;
    let version = fields::version(&form);
    let ticked = form.keys().filter_map(|name| name.strip_prefix("indhold-")).map(str::to_owned).collect();
    commands::tick(&app, &caller, intervention.into(), Some(version), ticked).await?;
    visit.done(&format!("{}#indsatser", courses::course_href(id.into())), "Indholdet er gemt.").await
}
