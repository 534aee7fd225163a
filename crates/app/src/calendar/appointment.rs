//! One time: `GET /kalender/tider/{id}`. What to know before the talk on one page, and what can be done with the time.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::calendar::{Appointment, AppointmentReason, AppointmentState, NeedState};
use domain::ids::AppointmentId;
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::Timestamp;
use store::{Seen, Tx, Versioned};
use uuid::Uuid;

use super::commands::{CancelInput, arrange_need, cancel};
use super::needs_form;
use super::queries::{self, Practitioner};
use super::words::{booking_href, room, span, time_text};
use crate::layout::{Choice, Counts, Frame, Link, Moment, Nav, PersonHeader, Tag, capitalised, dates, lower_first};
use crate::records::{self, CitizenRecord};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, citizens, talks};

#[derive(Template)]
#[template(path = "calendar/appointment.html")]
pub(super) struct AppointmentPage {
    frame: Frame,
    href: String,
    version: i64,
    heading: String,
    state: Tag,
    problem: Option<String>,
    person: PersonHeader,
    when: String,
    clock: String,
    with: Option<String>,
    /// None when it is held elsewhere than in a room: the form says where.
    place: Option<String>,
    form: &'static str,
    needs: Vec<NeedLine>,
    why: Vec<Why>,
    before: Vec<Line>,
    goals: Vec<String>,
    record_href: String,
    /// It stands, and the reader may change it.
    open: bool,
    /// Where the talk is held, when it is one that is held on a page of its own.
    hold: Option<String>,
    /// It was called off, and another time can be found.
    others: Vec<Link>,
    again: Option<String>,
    reasons: Vec<Choice>,
}

struct NeedLine {
    word: &'static str,
    label: &'static str,
    tag: Tag,
    reason: String,
    waits: bool,
}

/// What led to the talk.
struct Why {
    /// What it is about in the letter's words; else `title` says it.
    said: String,
    title: String,
    from: String,
    also: String,
    wish: Option<String>,
    words: String,
    link: Link,
}

struct Line {
    at: Moment,
    text: String,
}

/// A time with all that is kept of the citizen, and who holds it.
pub(super) struct Loaded {
    pub(super) record: Arc<CitizenRecord>,
    pub(super) time: Versioned<Appointment>,
    pub(super) professional: Option<Practitioner>,
}

/// Reads a time: three queries.
pub(super) async fn load(
    app: &App,
    caller: &Caller,
    action: &'static str,
    id: AppointmentId,
) -> Result<Loaded, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "appointment", id.0)?;
        let record = records::citizen_record(tx, citizen)?;
        let time = record.appointment(id)?.clone();
        let mut people = queries::practitioners(tx)?.into_iter();
        let professional = people.find(|person| person.role.value.id == time.value.professional);
        Ok::<_, AppError>(Seen::record(citizen.0, Loaded { record, time, professional }))
    };
    app.store.view(caller.scope(action, app.now()), read).await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<AppointmentPage>, AppError> {
    let loaded = load(&app, &caller, "appointment.open", id.into()).await?;
    Ok(Page(page(&app, &caller, &visit, &loaded, None).await?))
}

pub(super) async fn call_off(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let href = format!("/kalender/tider/{id}");
    let reason = form.get("aarsag").and_then(|word| AppointmentReason::parse(word).ok());
    let reason = reason.ok_or_else(|| AppError::field("aarsag", "required", "Vælg, hvorfor tiden aflyses."));
    let done = match reason {
        Ok(reason) => cancel(&app, &caller, id.into(), Some(fields::version(&form)), CancelInput { reason }).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(visit.done(&href, "Tiden er aflyst. Samtalen mangler nu en ny tid.").await?.into_response()),
        Err(error) => refused(&app, &caller, &visit, id, error).await,
    }
}

pub(super) async fn need(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let answer = needs_form::answers(&form).into_iter().next().ok_or(AppError::Unreadable("form"))?;
    match arrange_need(&app, &caller, id.into(), Some(fields::version(&form)), answer).await {
        Ok(()) => Ok(visit.done(&format!("/kalender/tider/{id}"), "Det er noteret.").await?.into_response()),
        Err(error) => refused(&app, &caller, &visit, id, error).await,
    }
}

/// The page again with what stood in the way; one that is called off already is answered as done.
async fn refused(app: &App, caller: &Caller, visit: &Visit, id: Uuid, error: AppError) -> Result<Response, AppError> {
    let error = error.at_the_form()?;
    let loaded = load(app, caller, "appointment.open", id.into()).await?;
    if !loaded.time.value.state.is_active() {
        return Ok(Redirect::to(&format!("/kalender/tider/{id}")).into_response());
    }
    let status = error.form_status();
    let page = page(app, caller, visit, &loaded, Some(error.user_message())).await?;
    Ok((status, Page(page)).into_response())
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    loaded: &Loaded,
    problem: Option<String>,
) -> Result<AppointmentPage, AppError> {
    let (now, time) = (app.now(), &loaded.time.value);
    let today = local_date(now);
    let record = &loaded.record;
    let citizen = &record.citizen.value;
    let may = caller.role.may(Permission::CourseWrite);
    let talk = &record.intervention(time.intervention)?.value;
    let open = may && time.state.is_active();
    // A talk is held once; an intervention may be come to again.
    let over = matches!(time.state, AppointmentState::Cancelled { .. }) && record.time_of(talk.id).is_none();
    let again = may && talk.status.is_open() && (over || !talk.code.is_talk());
    let person = citizens::person_header(citizen, None, today);
    Ok(AppointmentPage {
        frame: visit.frame(Nav::Calendar, Counts::default()).await?,
        href: format!("/kalender/tider/{}", time.id),
        version: loaded.time.version,
        heading: talk.code.label().to_owned(),
        state: state_tag(time, now),
        problem,
        person: PersonHeader { href: Some(format!("/borgere/{}", citizen.id)), ..person },
        when: capitalised(&time_text(time.start, now)),
        clock: span(time.period()),
        with: loaded.professional.as_ref().map(Practitioner::label),
        place: room(time.class, &time.place),
        form: time.class.label(),
        needs: needs(time),
        why: why(record, time, now),
        before: before(record, time, now),
        goals: record.goals.iter().map(|goal| goal.value.words.clone()).collect(),
        record_href: format!("/borgere/{}", citizen.id),
        open,
        hold: (open && talks::has_page(talk.code)).then(|| talks::talk_href(talk.id)),
        others: others(record, time, now),
        again: again.then(|| booking_href(talk.id)),
        reasons: reasons(),
    })
}

/// The other times that stand for the same intervention, the first first.
fn others(record: &CitizenRecord, time: &Appointment, now: Timestamp) -> Vec<Link> {
    let mut all: Vec<_> = record.times_of(time.intervention).map(|t| &t.value).filter(|t| t.id != time.id).collect();
    all.sort_by_key(|other| other.start);
    let link = |other: &Appointment| {
        Link::new(format!("/kalender/tider/{}", other.id), capitalised(&time_text(other.start, now)))
    };
    all.into_iter().map(link).collect()
}

/// The time itself while it stands: on a phone it is read before the rest.
fn state_tag(time: &Appointment, now: Timestamp) -> Tag {
    let (day, today) = (local_date(time.start), local_date(now));
    let when = format!("{} {} kl. {}", dates::weekday(day), dates::short_day(day, today), dates::clock(time.start));
    match &time.state {
        AppointmentState::Booked => Tag::planned(capitalised(&when)),
        AppointmentState::Moved { .. } => Tag::planned(format!("Flyttet til {when}")),
        state @ AppointmentState::Held => Tag::done(state.label()),
        state @ AppointmentState::Cancelled { reason, .. } => {
            Tag::of("line", "close", format!("{}: {}", state.label(), lower_first(reason.label())))
        }
    }
}

fn needs(time: &Appointment) -> Vec<NeedLine> {
    let line = |answer: &domain::calendar::NeedArrangement| NeedLine {
        word: needs_form::ids(answer.need).0,
        label: answer.need.label(),
        tag: match answer.state {
            NeedState::Asked => Tag::of("soon", "wait", answer.state.label()),
            NeedState::Arranged => Tag::done(answer.state.label()),
            NeedState::NotPossible => Tag::wrong(answer.state.label()),
            NeedState::Declined => Tag::of("mute", "info", answer.state.label()),
        },
        reason: answer.reason.clone().unwrap_or_default(),
        waits: answer.state == NeedState::Asked,
    };
    time.needs.iter().map(line).collect()
}

/// The requests behind the talk: the one that led to it first.
fn why(record: &CitizenRecord, time: &Appointment, now: Timestamp) -> Vec<Why> {
    let led = record.intervention(time.intervention).ok().and_then(|talk| talk.value.service_request);
    let of_course = |r: &&Versioned<records::StoredRequest>| {
        let joined = match &r.value.request.state {
            domain::referral::ReferralState::Joined { course, .. } => Some(*course) == Some(time.course),
            _ => false,
        };
        joined || Some(r.value.request.id) == led
    };
    let mut requests: Vec<_> = record.requests.iter().filter(of_course).collect();
    requests.sort_by_key(|r| Some(r.value.request.id) != led);
    let view = |stored: &records::StoredRequest| {
        let request = &stored.request;
        let areas = request.areas.iter().map(|area| area.label()).collect::<Vec<_>>().join(", ");
        let mut focus = stored.focus.iter().map(|focus| focus.text.clone());
        let said = focus.next().unwrap_or_default();
        let received = dates::short_day(local_date(request.received_at), local_date(now));
        Why {
            wish: (!areas.is_empty() && !said.is_empty() && areas != said).then(|| areas.clone()),
            title: if areas.is_empty() { "Henvendelse".to_owned() } else { areas },
            said,
            from: format!("{}, {received}", request.source.label()),
            also: focus.collect::<Vec<_>>().join(", "),
            words: request.reason.clone().unwrap_or_default(),
            link: Link::new(format!("/henvisninger/{}", request.id), "Læs hele henvisningen"),
        }
    };
    requests.into_iter().map(|r| view(&r.value)).collect()
}

/// What was said and held before: calls with a note, contacts with a note, the newest first.
fn before(record: &CitizenRecord, time: &Appointment, now: Timestamp) -> Vec<Line> {
    let calls = record.attempts.iter().map(|a| &a.value).filter_map(|a| Some((a.at, a.note.clone()?)));
    let held = record.encounters.iter().map(|e| &e.value).filter(|e| e.start < time.start);
    let held = held.filter_map(|e| Some((e.start, e.note.clone()?)));
    let mut all: Vec<(Timestamp, String)> = calls.chain(held).collect();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    all.into_iter().take(6).map(|(at, text)| Line { at: Moment::exactly(at, now), text }).collect()
}

fn reasons() -> Vec<Choice> {
    let all = AppointmentReason::ALL.iter().filter(|reason| **reason != AppointmentReason::Ended);
    all.map(|reason| Choice {
        value: reason.word().to_owned(),
        label: reason.label().to_owned(),
        hint: None,
        selected: false,
    })
    .collect()
}
