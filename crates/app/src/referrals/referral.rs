//! The page of one request: `GET /henvisninger/{id}`. The person, what the sender wrote, the decision, what happened.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::ServiceRequestId;
use domain::permission::Permission;
use domain::referral::{ReferralError, ReferralState};
use domain::service_request::Flag;
use domain::workdays::local_date;
use store::Seen;
use uuid::Uuid;

use super::actions::{Action, ActionForm, field_error};
use super::conversation::{ConversationView, conversation, with_ready};
use super::decision::{ContactView, Decision, Typed, contact, decision};
use super::history::{Event, Step, events, newest, steps};
use super::letter::{LetterView, letter_view};
use super::queries::{self, ReferralView};
use super::sender_view::{TellPanel, tell_panel};
use crate::layout::{Counts, FormError, Frame, Nav, PersonHeader, Tag, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, calendar, citizens};

#[derive(Template)]
#[template(path = "referrals/referral.html")]
pub(super) struct ReferralPage {
    frame: Frame,
    href: String,
    version: i64,
    heading: String,
    /// What it is about, in the sender's words; follows the heading.
    diagnosis: Option<String>,
    tags: Vec<Tag>,
    problem: Option<Problem>,
    errors: Vec<FormError>,
    person: PersonHeader,
    letter: LetterView,
    running: Option<Running>,
    decision: Decision,
    contact: Option<ContactView>,
    sender: Option<TellPanel>,
    conversation: Option<ConversationView>,
    events: Vec<Event>,
}

/// The course a new request meets.
struct Running {
    since: String,
    interventions: Vec<&'static str>,
    href: String,
}

/// What stood in the way of a form, when it is no single field.
struct Problem {
    title: String,
    text: String,
}

impl ReferralPage {
    /// The message of a field that was refused.
    fn error(&self, field: &str) -> Option<String> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
    }
}

/// A request with its versions.
type Loaded = (ReferralView, Vec<Step>);

async fn load(app: &App, caller: &Caller, id: ServiceRequestId) -> Result<Loaded, AppError> {
    let scope = caller.scope("referral.open", app.now());
    app.store
        .view(scope, move |tx| {
            let view = queries::referral(tx, id)?;
            let citizen = view.record.citizen.value.id;
            let steps = steps(tx, citizen, id)?;
            Ok::<_, AppError>(Seen::record(citizen.0, (view, steps)))
        })
        .await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<ReferralPage>, AppError> {
    let loaded = load(&app, &caller, id.into()).await?;
    Ok(Page(page(&app, &caller, &visit, &loaded, (None, &ActionForm::default())).await?))
}

/// The page again after a form that was refused, with what was typed; or on, when the same form was sent before.
pub(super) async fn refused(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: ServiceRequestId,
    action: Action,
    form: ActionForm,
    error: AppError,
) -> Result<Response, AppError> {
    let loaded = load(app, caller, id).await?;
    let clash = matches!(error, AppError::Changed { .. } | AppError::Referral(ReferralError::AlreadyHandled(_)));
    if clash && loaded.1.last().is_some_and(|newest| action.left_it_so(newest, caller, &form)) {
        let notice = "Det var allerede noteret. Dit andet klik ændrede ikke noget.";
        return Ok(visit.done(&format!("/henvisninger/{id}"), notice).await?.into_response());
    }
    let mut page = page(app, caller, visit, &loaded, (Some(action), &form)).await?;
    match field_error(action, &error) {
        Some(error) => page.errors = vec![error],
        None if clash => page.problem = Some(overtaken(app, &loaded)),
        None => page.problem = Some(Problem { title: "Det kan ikke gøres nu".into(), text: error.user_message() }),
    }
    let status = if clash { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, Page(page)).into_response())
}

/// The page again with one more ready question in the text; nothing is sent yet.
pub(super) async fn ask_more(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: ServiceRequestId,
    form: ActionForm,
) -> Result<Response, AppError> {
    let loaded = load(app, caller, id).await?;
    let form = with_ready(form);
    Ok(Page(page(app, caller, visit, &loaded, (Some(Action::Ask), &form)).await?).into_response())
}

/// Somebody was first: what they did stands on the page, and what was typed is still in its field.
fn overtaken(app: &App, (view, steps): &Loaded) -> Problem {
    let who = steps.last().and_then(|step| step.who.clone()).unwrap_or_else(|| "Afsenderen".to_owned());
    let at = steps.last().map(|step| dates::when_exactly(step.at, app.now()).to_lowercase()).unwrap_or_default();
    let last = newest(view, steps, app.now()).unwrap_or_default();
    Problem {
        title: "Henvisningen er ændret, mens du havde den åben".to_owned(),
        text: format!("{who} var her {at}: {last}. Det, du gjorde, er ikke gemt. Det, du skrev, står her endnu."),
    }
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    (view, steps): &Loaded,
    typed: Typed<'_>,
) -> Result<ReferralPage, AppError> {
    let (now, home) = (app.now(), app.organization(caller.organization).await?);
    let request = &view.request.value.request;
    let may_write = caller.role.may(Permission::ReferralWrite);
    let citizen = &view.record.citizen.value;
    let mut person = citizens::person_header(citizen, None, local_date(now));
    person.facts.splice(0..0, calendar::next_time(&view.record, now));
    Ok(ReferralPage {
        frame: visit.frame(Nav::Referrals, Counts::default()).await?,
        href: format!("/henvisninger/{}", request.id),
        version: view.request.version,
        heading: heading(view),
        diagnosis: view.request.value.focus.first().map(|focus| focus.text.clone()).filter(|text| !text.is_empty()),
        tags: tags(view, local_date(now)),
        problem: None,
        errors: Vec::new(),
        person: PersonHeader { href: Some(format!("/borgere/{}", citizen.id)), ..person },
        running: running(view, local_date(now)),
        letter: letter_view(app, view, corrected_at(steps)),
        decision: if may_write || !request.state.is_open() {
            decision(view, &home, caller.user, now, typed)
        } else {
            Decision::default()
        },
        contact: contact(view, &home.settings.limits, may_write, now, typed),
        sender: tell_panel(view, now, typed).filter(|_| may_write),
        conversation: conversation(app, view, may_write, now, typed),
        events: events(view, steps, now),
    })
}

/// The course that runs already, while it is still open where the request leads.
fn running(view: &ReferralView, today: jiff::civil::Date) -> Option<Running> {
    if !view.request.value.request.state.is_open() {
        return None;
    }
    let course = &view.record.open_course()?.value;
    let interventions = view.record.interventions.iter().map(|i| &i.value);
    let open = interventions.filter(|i| i.course == course.id && i.status.is_open());
    Some(Running {
        since: dates::short_day(course.opened_on, today),
        interventions: open.map(|i| i.code.label()).collect(),
        href: format!("/borgere/{}#forloeb", course.citizen),
    })
}

/// What the case is; without a diagnosis, what is wished for.
fn heading(view: &ReferralView) -> String {
    let stored = &view.request.value;
    let word = if stored.request.letter.is_some() { "Henvisning" } else { "Henvendelse" };
    let wish = stored.request.areas.iter().map(|area| area.label().to_lowercase()).collect::<Vec<_>>().join(", ");
    if wish.is_empty() || !stored.focus.is_empty() { word.to_owned() } else { format!("{word}: {wish}") }
}

fn tags(view: &ReferralView, today: jiff::civil::Date) -> Vec<Tag> {
    let stored = &view.request.value;
    let state = match &stored.request.state {
        ReferralState::Received => Tag::of("new", "new", "Ny"),
        ReferralState::Unreachable { .. } => Tag::waits_for("borgeren"),
        ReferralState::Joined { .. } => Tag::done("I forløb"),
        other => Tag::of("line", "flag", other.label()),
    };
    let deadline = stored.next.as_ref().map(|next| {
        let tag = Tag::deadline(next.due_on, today);
        Tag { text: format!("{}: {}", next.kind.label(), lower(&tag.text)), ..tag }
    });
    let flags = stored.request.flags.iter().filter_map(|flag| match flag {
        Flag::CannotBeAnswered => Some(Tag::wrong("Kan ikke besvares")),
        Flag::Corrected => Some(Tag::of("soon", "swap", "Rettet af afsenderen")),
        Flag::CorrectionWithoutOriginal => Some(Tag::of("soon", "swap", "Rettelse uden kendt henvisning")),
        Flag::BackgroundMissing => stored.request.waits_since().map(|at| {
            let day = dates::short_day(local_date(at), today);
            Tag::of("wait", "wait", format!("Afventer svar fra afsender siden {day}"))
        }),
        Flag::Answered => Some(Tag::of("new", "new", "Svar fra afsender")),
        Flag::UnknownCitizen => None,
    });
    [Some(state), deadline].into_iter().flatten().chain(flags).collect()
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// When the letter was last replaced by a corrected one.
fn corrected_at(steps: &[Step]) -> Option<jiff::Timestamp> {
    let letter = |step: &Step| step.stored.request.letter.as_ref().map(|l| l.message);
    steps.windows(2).rev().find(|pair| letter(&pair[0]) != letter(&pair[1])).map(|pair| pair[1].at)
}
