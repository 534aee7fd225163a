//! Following up by telephone: what to ask, what was agreed before, and what came of it on one page:
//! `/opfoelgninger/{id}`. Two queries.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::bridge::Bridge;
use domain::condition::ConditionState;
use domain::follow_up::{FollowUp, FollowUpState, Kept};
use domain::ids::FollowUpId;
use domain::limits::Limits;
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::civil::Date;
use store::{Seen, Tx};
use uuid::Uuid;

use super::closing_form::follow_up_day;
use super::lanes::ended_on;
use super::panels::{self, FollowUpLine, GoalLine};
use super::{call_href, course_href};
use crate::bridge::{bridge_href, bridge_tag, match_href};
use crate::courses::{CallInput, CallResult, FollowUpResult, save_call, what_was_held};
use crate::layout::{Choice, Counts, Frame, Link, Nav, PersonHeader, Tag, dates};
use crate::records::{self, CitizenRecord};
use crate::stopbasen::{self, StopCall};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, citizens};

#[derive(Template)]
#[template(path = "courses/pages/call.html")]
pub(super) struct CallPage {
    frame: Frame,
    href: String,
    course_href: String,
    /// Where the screening for alcohol is filled in.
    audit_href: String,
    match_href: String,
    heading: String,
    person: PersonHeader,
    /// Where to ring.
    ring: Option<Link>,
    goals: Vec<GoalLine>,
    conditions: Vec<(&'static str, &'static str)>,
    /// The newest note of the course: what it is and its words.
    note: Option<(String, String)>,
    earlier: Vec<FollowUpLine>,
    bridges: Vec<(Link, Tag)>,
    /// It can still be written down.
    open: bool,
    /// STOPbasen's questions come first; then how it goes.
    after_stop: bool,
    tag: Tag,
    results: Vec<Choice>,
    words: String,
    again: String,
    next: Vec<Choice>,
    /// STOPbasen's follow-up is answered by its form.
    stop: Option<StopCall>,
    may_write: bool,
    problem: Option<String>,
}

async fn load(app: &App, caller: &Caller, id: FollowUpId) -> Result<(Arc<CitizenRecord>, FollowUp), AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "follow_up", id.0)?;
        let record = records::citizen_record(tx, citizen)?;
        let follow_up = record.follow_up(id)?.value.clone();
        Ok::<_, AppError>(Seen::record(citizen.0, (record, follow_up)))
    };
    app.store.view(caller.scope("follow_up.call", app.now()), read).await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<CallPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, FollowUpId(id), &Fields::new(), None).await?))
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: FollowUpId,
    fields: &Fields,
    problem: Option<String>,
) -> Result<CallPage, AppError> {
    let (record, follow_up) = load(app, caller, id).await?;
    let (today, citizen) = (local_date(app.now()), &record.citizen.value);
    let limits = app.organization(caller.organization).await?.settings.limits;
    let person = citizens::person_header(citizen, None, today);
    let number = citizen
        .phones
        .first()
        .and_then(|phone| Some(Link::new(citizens::phone_href(&phone.number)?, citizens::phone_text(&phone.number))));
    let writes = caller.role.may(Permission::CourseWrite) && citizen.deceased_on.is_none();
    let all = panels::follow_ups(&record, follow_up.course, today);
    let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|line| line.id == id.0);
    let typed = |name: &str| fields.get(name).cloned().unwrap_or_default();
    Ok(CallPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        href: call_href(id),
        course_href: course_href(follow_up.course),
        audit_href: crate::measures::fill_href(citizen.id, "audit"),
        match_href: match_href(citizen.id),
        heading: dates::long_day(follow_up.due_on, today),
        person: PersonHeader { href: Some(format!("/borgere/{}", citizen.id)), ..person },
        ring: number,
        goals: panels::goals(&record, follow_up.course, today),
        conditions: conditions(&record, &follow_up),
        note: note(&record, &follow_up, today),
        bridges: bridges(&record, today),
        open: writes && follow_up.asks_how_it_goes(),
        after_stop: follow_up.agreed && follow_up.asks_stop(),
        stop: stopbasen::stop_call(&record, &follow_up, today, fields),
        may_write: writes,
        tag: own.into_iter().next().map_or_else(Tag::draft, |line| line.tag),
        earlier: others.into_iter().filter(|line| !line.planned).collect(),
        results: results(&typed("resultat")),
        words: typed("ord"),
        again: typed("ring"),
        next: next(&record, &follow_up, &limits, today, fields.get("naeste").map(String::as_str)),
        problem,
    })
}

fn conditions(record: &CitizenRecord, follow_up: &FollowUp) -> Vec<(&'static str, &'static str)> {
    let ours = record.conditions.iter().map(|c| &c.value).filter(|c| c.course == follow_up.course);
    ours.filter(|c| c.state != ConditionState::EnteredInError).map(|c| (c.code.label(), c.state.label())).collect()
}

fn note(record: &CitizenRecord, follow_up: &FollowUp, today: Date) -> Option<(String, String)> {
    let ours = record.encounters.iter().map(|e| &e.value).filter(|e| e.course == follow_up.course);
    let newest = ours.filter(|e| e.note.is_some()).max_by_key(|e| e.start)?;
    let day = dates::short_day(local_date(newest.start), today);
    Some((format!("{} · {day}", what_was_held(record, newest)), newest.note.clone()?))
}

fn bridges(record: &CitizenRecord, today: Date) -> Vec<(Link, Tag)> {
    let line = |bridge: &Bridge| (Link::new(bridge_href(bridge.id), &bridge.agreed.title), bridge_tag(bridge, today));
    record.bridges.iter().rev().map(|stored| line(&stored.value)).collect()
}

/// What can come of a call, in the order it is asked.
fn results(chosen: &str) -> Vec<Choice> {
    let kept = Kept::ALL.iter().map(|kept| (kept.word(), kept.label()));
    let others = [("again", "Ring igen en anden dag"), ("not_reached", "Ikke truffet, og der ringes ikke mere")];
    let all = kept.chain(others).chain([("declined", "Borgeren takker nej")]);
    let choice = |(value, label): (&str, &str)| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: None,
        selected: chosen == value,
    };
    all.map(choice).collect()
}

/// The days a next follow-up is offered for, counted from the end of the course; the first that is to come is chosen
/// already, unless one is agreed.
fn next(
    record: &CitizenRecord,
    follow_up: &FollowUp,
    limits: &Limits,
    today: Date,
    chosen: Option<&str>,
) -> Vec<Choice> {
    let end = record.course(follow_up.course).ok().and_then(|course| ended_on(&course.value.state)).unwrap_or(today);
    let agreed =
        |day: Date| record.follow_ups.iter().any(|f| f.value.state == FollowUpState::Planned && f.value.due_on >= day);
    let days = limits.follow_up_months().map(|months| (months, follow_up_day(end, i64::from(months))));
    let due = follow_up.due_on.max(today);
    let mut offered: Vec<(String, String)> = days
        .into_iter()
        .filter(|(_, day)| *day > due)
        .map(|(months, day)| {
            (day.to_string(), format!("{months} måneder efter afslutningen, {}", dates::long_day(day, today)))
        })
        .collect();
    if offered.is_empty() {
        let months = limits.follow_up_first_months;
        let day = follow_up_day(today, i64::from(months));
        offered.push((day.to_string(), format!("Om {months} måneder, {}", dates::long_day(day, today))));
    }
    let tomorrow = due.tomorrow().unwrap_or(due);
    let first = offered.first().filter(|_| !agreed(tomorrow)).map(|(value, _)| value.clone());
    let none = ("ingen".to_owned(), "Ingen flere end dem, der er aftalt".to_owned());
    let chosen = chosen.map_or_else(|| first.unwrap_or_else(|| none.0.clone()), str::to_owned);
    let choice = |(value, label): (String, String)| Choice { selected: value == chosen, value, label, hint: None };
    offered.into_iter().chain([none]).map(choice).collect()
}

fn input(form: &Fields) -> Result<CallInput, AppError> {
    let words = fields::said(form, "ord").map(|text| text.chars().take(4000).collect::<String>());
    let result = match fields::said(form, "resultat").unwrap_or_default() {
        "again" => {
            let day = fields::parsed(form, "ring");
            CallResult::RingAgain(
                day.ok_or_else(|| AppError::field("ring", "required", "Vælg den dag, I har aftalt at ringe igen."))?,
            )
        }
        "not_reached" => CallResult::Over(FollowUpResult::NotReached),
        "declined" => CallResult::Over(FollowUpResult::Declined),
        word => match Kept::parse(word) {
            Ok(kept) => CallResult::Over(FollowUpResult::Done { kept, words: words.clone() }),
            Err(_) => return Err(AppError::field("resultat", "required", "Vælg, hvordan det går.")),
        },
    };
    // Whoever says no is not asked again.
    let declined = matches!(result, CallResult::Over(FollowUpResult::Declined));
    let next_on = fields::said(form, "naeste").filter(|_| !declined).and_then(|text| text.parse().ok());
    let new_course = (fields::said(form, "handling") == Some("nyt-forloeb")).then_some(words);
    Ok(CallInput { result, next_on, new_course })
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let follow_up = FollowUpId(id);
    let again = fields::said(&form, "resultat") == Some("again");
    let done = match input(&form) {
        Ok(input) => save_call(&app, &caller, follow_up, input).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(made) => {
            let (to, notice) = match (made.request, made.next) {
                (Some(request), _) => (
                    format!("/henvisninger/{request}"),
                    "Opfølgningen er gemt. Vælg nu, hvordan borgeren begynder igen.",
                ),
                (None, _) if again => (call_href(follow_up), "Det er noteret, hvornår der ringes igen."),
                (None, Some(_)) => (call_href(follow_up), "Opfølgningen er gemt, og den næste er aftalt."),
                (None, None) => (call_href(follow_up), "Opfølgningen er gemt."),
            };
            Ok(visit.done(&to, notice).await?.into_response())
        }
        Err(error @ (AppError::Field { .. } | AppError::Rule { .. })) => {
            let page = page(&app, &caller, &visit, follow_up, &form, Some(error.user_message())).await?;
            Ok((error.form_status(), Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

/// An attempt at STOPbasen's follow-up that reached nobody: `POST /opfoelgninger/{id}/stopbasen`.
pub(super) async fn save_attempt(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let follow_up = FollowUpId(id);
    let done = match stopbasen::attempt_input(&form) {
        Ok(input) => stopbasen::not_reached(&app, &caller, follow_up, input).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(visit.done(&call_href(follow_up), "Forsøget er gemt.").await?.into_response()),
        Err(error @ (AppError::Field { .. } | AppError::Rule { .. })) => {
            let page = page(&app, &caller, &visit, follow_up, &form, Some(error.user_message())).await?;
            Ok((error.form_status(), Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}
