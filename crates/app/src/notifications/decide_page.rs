//! Whether child and family services are notified: `GET` and `POST /forloeb/{id}/underretning`. Three queries.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::ids::CourseId;
use domain::notification::{ConsentSought, NotificationDecision, Told};
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::Timestamp;
use uuid::Uuid;

use super::letter_page::letter_href;
use super::{DecideInput, commands};
use crate::access::{User, name_of};
use crate::courses::{self, course_href};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Moment, Nav, PersonHeader, Tag, dates};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, citizens};

#[derive(Template)]
#[template(path = "notifications/decide.html")]
pub(super) struct DecidePage {
    frame: Frame,
    person: PersonHeader,
    href: String,
    course_href: String,
    may: bool,
    errors: Vec<FormError>,
    notify: &'static str,
    reason: Field,
    consent: Vec<Choice>,
    told: Vec<Choice>,
    danger: Field,
    decisions: Vec<DecisionView>,
}

struct DecisionView {
    tag: Tag,
    at: Moment,
    who: String,
    reason: String,
    consent: &'static str,
    told: &'static str,
    danger: Option<String>,
    /// Where the letter is, of a yes.
    letter: Option<String>,
    sent: Option<String>,
}

/// Where it is decided.
pub(crate) fn decide_href(course: CourseId) -> String {
    format!("{}/underretning", course_href(course))
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<DecidePage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id.into(), &Fields::new(), Vec::new()).await?))
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    course: CourseId,
    typed: &Fields,
    errors: Vec<FormError>,
) -> Result<DecidePage, AppError> {
    let (record, users) = courses::opened(app, caller, "notification.open", course).await?;
    let now = app.now();
    let citizen = &record.citizen.value;
    let person = citizens::person_header(citizen, None, local_date(now));
    let field = |name: &str| Field {
        value: typed.get(name).cloned().unwrap_or_default(),
        error: errors.iter().find(|error| error.field == name).map(|error| error.message.clone()),
    };
    let said = |name: &str| typed.get(name).map_or("", String::as_str);
    let mut decisions: Vec<&NotificationDecision> =
        record.notifications.iter().map(|n| &n.value).filter(|n| n.course == course).collect();
    decisions.reverse();
    Ok(DecidePage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        person: PersonHeader { href: Some(format!("/borgere/{}", citizen.id)), ..person },
        href: decide_href(course),
        course_href: course_href(course),
        may: caller.role.may(Permission::CourseWrite),
        notify: match said("beslutning") {
            "ja" => "ja",
            "nej" => "nej",
            _ => "",
        },
        reason: field("begrundelse"),
        consent: ConsentSought::ALL.iter().map(|it| choice(it.word(), it.label(), said("samtykke"))).collect(),
        told: Told::ALL.iter().map(|it| choice(it.word(), it.label(), said("orienteret"))).collect(),
        danger: field("fare"),
        decisions: decisions.into_iter().map(|it| view(it, &users, now)).collect(),
        errors,
    })
}

fn choice(value: &str, label: &str, chosen: &str) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), hint: None, selected: value == chosen }
}

/// Where a decision stands.
pub(crate) fn decision_tag(decision: &NotificationDecision) -> Tag {
    match (decision.notify, decision.sent_on) {
        (false, _) => Tag::of("mute", "done", "Der underrettes ikke"),
        (true, None) => Tag::of("soon", "late", "Underretning skal sendes"),
        (true, Some(_)) => Tag::done("Underrettet"),
    }
}

fn view(decision: &NotificationDecision, users: &[User], now: Timestamp) -> DecisionView {
    DecisionView {
        tag: decision_tag(decision),
        at: Moment::exactly(decision.at, now),
        who: name_of(users, decision.by),
        reason: decision.reason.clone(),
        consent: decision.consent.label(),
        told: decision.told.label(),
        danger: decision.not_told_because.clone(),
        letter: decision.notify.then(|| letter_href(decision.id)),
        sent: decision.sent_on.map(|day| dates::long_day(day, local_date(now))),
    }
}

/// What was decided, or every field that lacks an answer.
fn input(form: &Fields) -> Result<DecideInput, Vec<FormError>> {
    let said = |name: &str| fields::text(form, name);
    let mut errors = Vec::new();
    let mut lacks = |field: &'static str, text: &str| errors.push(FormError { field, message: text.to_owned() });
    let notify = match said("beslutning") {
        "ja" => Some(true),
        "nej" => Some(false),
        _ => None,
    };
    if notify.is_none() {
        lacks("beslutning-ja", "Vælg, om I underretter.");
    }
    let consent = ConsentSought::parse(said("samtykke")).ok();
    if consent.is_none() {
        lacks("samtykke-given", "Vælg, om I har spurgt borgeren om samtykke.");
    }
    let told = Told::parse(said("orienteret")).ok();
    if told.is_none() {
        lacks("orienteret-told", "Vælg, om borgeren er orienteret.");
    }
    match (notify, consent, told) {
        (Some(notify), Some(consent), Some(told)) => Ok(DecideInput {
            notify,
            reason: said("begrundelse").to_owned(),
            consent,
            told,
            not_told_because: Some(said("fare").to_owned()),
        }),
        _ => Err(errors),
    }
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let course = CourseId(id);
    let errors = match input(&form) {
        Ok(input) => {
            let notify = input.notify;
            match commands::decide(&app, &caller, course, input).await {
                Ok(decision) if notify => {
                    let notice = "Beslutningen er gemt. Send nu underretningen.";
                    return Ok(visit.done(&letter_href(decision), notice).await?.into_response());
                }
                Ok(_) => return Ok(visit.done(&decide_href(course), "Beslutningen er gemt.").await?.into_response()),
                Err(AppError::Field { field, message, .. }) => vec![FormError { field, message }],
                Err(error) => return Err(error),
            }
        }
        Err(errors) => errors,
    };
    let page = page(&app, &caller, &visit, course, &form, errors).await?;
    Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}
