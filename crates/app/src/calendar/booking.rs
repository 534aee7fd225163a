//! Giving a planned talk its time, or another one: `/kalender/book/{talk}` and `/kalender/tider/{id}/flyt`.
//!
//! One form: three suggestions, the week below them, what goes along. The first suggestion is chosen already, so that a
//! time is one press away.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::calendar::{Appointment, AppointmentError, AppointmentReason, FreeTime, Period, Unmet, suggest};
use domain::codes::EncounterClass;
use domain::ids::{AppointmentId, PlannedInterventionId, UserId};
use domain::permission::Permission;
use domain::workdays::{day_bounds, local_date};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;
use store::{Seen, Versioned};
use uuid::Uuid;

use super::commands::{AppointmentInput, MoveInput, book, move_appointment};
use super::finding::{Found, WEEKS, free_times_for};
use super::grid::{Item, Press, WeekGrid, week_grid};
use super::needs_form::{self, NeedField};
use super::queries::{Practitioner, Taken};
use super::words::{self, capitalised, lower_first, monday, monday_of, time_text, week_word};
use crate::layout::{Choice, Counts, FormError, Frame, Link, Nav, PersonHeader, Tab, Tag, dates};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, citizens, records};

#[derive(Template)]
#[template(path = "calendar/booking.html")]
pub(super) struct BookingPage {
    frame: Frame,
    back: Link,
    heading: String,
    deadline: Option<Tag>,
    person: PersonHeader,
    problem: Option<String>,
    errors: Vec<FormError>,
    action: String,
    version: i64,
    suggestions: Vec<Suggestion>,
    /// Why there is nothing to choose.
    none: Option<String>,
    staff_href: Option<&'static str>,
    classes: Vec<Choice>,
    needs: Vec<NeedField>,
    /// The time it has, and why it is moved; none when it has none yet.
    moving: Option<Moving>,
    button: &'static str,
    week: String,
    before: Option<Link>,
    after: Option<Link>,
    colleagues: Vec<Tab>,
    grid: WeekGrid,
}

struct Suggestion {
    id: String,
    value: String,
    when: String,
    who: String,
    place: String,
    checked: bool,
    tag: Option<Tag>,
}

struct Moving {
    from: String,
    reasons: Vec<Choice>,
}

impl BookingPage {
    fn error(&self, field: &str) -> Option<String> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
    }
}

/// Which part of it is shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct BookingQuery {
    uge: String,
    kollega: String,
}

/// What a form sends.
type Form = HashMap<String, String>;

/// A talk that gets its first time, or a time that gets another.
#[derive(Debug, Clone, Copy)]
enum What {
    Book(PlannedInterventionId),
    Move(AppointmentId),
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    Query(query): Query<BookingQuery>,
) -> Result<Response, AppError> {
    let loaded = load(&app, &caller, What::Book(id.into())).await?;
    if let Some(time) = loaded.0.record.time_of(loaded.0.talk) {
        let notice = "Samtalen har allerede en tid. Den kan flyttes her.";
        return Ok(visit.done(&format!("/kalender/tider/{}", time.value.id), notice).await?.into_response());
    }
    Ok(Page(page(&app, &caller, &visit, loaded, &query, None).await?).into_response())
}

pub(super) async fn show_move(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    Query(query): Query<BookingQuery>,
) -> Result<Page<BookingPage>, AppError> {
    let loaded = load(&app, &caller, What::Move(id.into())).await?;
    Ok(Page(page(&app, &caller, &visit, loaded, &query, None).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Form>,
) -> Result<Response, AppError> {
    let what = What::Book(id.into());
    let done = match input(&form) {
        Ok(input) => book(&app, &caller, id.into(), input).await,
        Err(error) => Err(error),
    };
    answer(&app, &caller, &visit, what, form, done).await
}

pub(super) async fn save_move(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Form>,
) -> Result<Response, AppError> {
    let version = Some(form.get("version").and_then(|v| v.parse().ok()).unwrap_or(0));
    let missing = || AppError::field("hvorfor", "required", "Vælg, hvorfor tiden flyttes.");
    let reason = form.get("hvorfor").and_then(|word| AppointmentReason::parse(word).ok()).ok_or_else(missing);
    let done = match (reason, input(&form)) {
        (Ok(reason), Ok(to)) => {
            let moved = move_appointment(&app, &caller, id.into(), version, MoveInput { reason, to }).await;
            moved.map(|()| AppointmentId(id))
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    answer(&app, &caller, &visit, What::Move(id.into()), form, done).await
}

fn input(form: &Form) -> Result<AppointmentInput, AppError> {
    let missing = || AppError::field("tid", "required", "Vælg en tid.");
    let (professional, start) = form.get("tid").and_then(|text| parse_time(text)).ok_or_else(missing)?;
    let class = form.get("form").map_or(Ok(EncounterClass::AtPremises), |word| EncounterClass::parse(word));
    let class = class.map_err(|_| AppError::Unreadable("form"))?;
    Ok(AppointmentInput { professional, start, end: None, class, needs: needs_form::answers(form) })
}

/// A choice as a form sends it: whose time, and from when.
fn time_value(time: &FreeTime) -> String {
    format!("{}/{}", time.professional, time.period.start)
}

fn parse_time(text: &str) -> Option<(UserId, Timestamp)> {
    let (user, start) = text.split_once('/')?;
    Some((UserId(user.parse().ok()?), start.parse().ok()?))
}

/// On to the time; or the page again, with what was chosen and what stood in the way.
async fn answer(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    what: What,
    form: Form,
    done: Result<AppointmentId, AppError>,
) -> Result<Response, AppError> {
    let error = match done {
        Ok(id) => {
            let start = form.get("tid").and_then(|text| parse_time(text)).map(|(_, start)| start);
            let when = start.map(|start| time_text(start, app.now())).unwrap_or_default();
            let verb = if matches!(what, What::Book(_)) { "booket" } else { "flyttet" };
            let notice = format!("Tiden er {verb}: {when}.");
            return Ok(visit.done(&format!("/kalender/tider/{id}"), notice).await?.into_response());
        }
        Err(error @ (AppError::NotFound(_) | AppError::Store(_) | AppError::Forbidden(_))) => return Err(error),
        Err(error) => error,
    };
    let loaded = load(app, caller, what).await?;
    // The same form sent twice: the first one did it.
    if let Some(there) = same_time(&loaded, &form) {
        let notice = "Tiden var allerede booket. Dit andet klik ændrede ikke noget.";
        return Ok(visit.done(&format!("/kalender/tider/{there}"), notice).await?.into_response());
    }
    let status = error.status();
    let mut page = page(app, caller, visit, loaded, &BookingQuery::default(), Some(&form)).await?;
    match field_error(&error) {
        Some(error) => page.errors = vec![error],
        None => page.problem = Some(error.user_message()),
    }
    let status = if status == StatusCode::CONFLICT { status } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, Page(page)).into_response())
}

fn same_time((found, _): &Loaded, form: &Form) -> Option<AppointmentId> {
    let (professional, start) = form.get("tid").and_then(|text| parse_time(text))?;
    let time = &found.record.time_of(found.talk)?.value;
    (time.professional == professional && time.start == start).then_some(time.id)
}

fn field_error(error: &AppError) -> Option<FormError> {
    let field = match error {
        AppError::Field { field, .. } => field,
        AppError::Appointment(AppointmentError::NeedOpen(need)) => needs_form::ids(*need).0,
        AppError::Appointment(AppointmentError::NeedReason(need)) => needs_form::ids(*need).1,
        _ => return None,
    };
    Some(FormError { field, message: error.user_message() })
}

/// What there is to choose between, and the time that is to be moved.
type Loaded = (Found, Option<Versioned<Appointment>>);

async fn load(app: &App, caller: &Caller, what: What) -> Result<Loaded, AppError> {
    let home = app.organization(caller.organization).await?;
    let (now, days) = (app.now(), home.settings.limits.clarifying_days);
    app.store
        .view(caller.scope("calendar.book", now), move |tx| {
            let (talk, moving) = match what {
                What::Book(talk) => (talk, None),
                What::Move(id) => {
                    let citizen = records::citizen_of(tx, "appointment", id.0)?;
                    let time = records::one::<Appointment>(tx, citizen.0, id.0)?;
                    let time = time.ok_or(AppError::NotFound("appointment"))?;
                    (time.value.intervention, Some(time))
                }
            };
            let moving_id = moving.as_ref().map(|time| time.value.id);
            let class = moving.as_ref().map_or(EncounterClass::AtPremises, |time| time.value.class);
            let found = free_times_for(tx, talk, class, moving_id, days, now)?;
            let citizen = found.record.citizen.value.id.0;
            Ok::<_, AppError>(Seen::record(citizen, (found, moving)))
        })
        .await
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    (found, moving): Loaded,
    query: &BookingQuery,
    typed: Option<&Form>,
) -> Result<BookingPage, AppError> {
    let (now, today) = (app.now(), local_date(app.now()));
    let citizen = &found.record.citizen.value;
    let planned = &found.record.intervention(found.talk)?.value;
    let what = lower_first(planned.code.label());
    let action = moving
        .as_ref()
        .map_or_else(|| words::booking_href(found.talk), |time| format!("/kalender/tider/{}/flyt", time.value.id));
    let chosen = typed.and_then(|form| form.get("tid")).map(String::as_str);
    let suggested = suggest(&found.free, &found.wishes);
    let suggestions = suggestion_views(&found, &suggested, chosen, now);
    let shown = monday_of(&query.uge).unwrap_or_else(|| {
        let first = chosen.and_then(parse_time).map(|(_, start)| start).or(suggested.first().map(|t| t.period.start));
        monday(first.map_or(today, local_date))
    });
    let grid = Grid { found: &found, suggested: &suggested, chosen, moving: moving.as_ref() };
    let known = moving.as_ref().map(|time| time.value.needs.clone()).unwrap_or_default();
    let class = typed.and_then(|form| form.get("form")).cloned();
    let class = class.unwrap_or_else(|| moving.as_ref().map_or("at_premises", |t| t.value.class.word()).to_owned());
    let needs = domain::calendar::needs_of(&citizen.needs, EncounterClass::AtPremises);
    let may_staff = caller.role.may(Permission::StaffWrite);
    let person = citizens::person_header(citizen, None, today);
    Ok(BookingPage {
        frame: visit.frame(Nav::Calendar, Counts::default()).await?,
        back: back(planned, citizen.id.0),
        heading: format!("{} {what}", if moving.is_some() { "Flyt" } else { "Book" }),
        deadline: found.wishes.promised_on.map(|day| deadline(day, today)),
        person: PersonHeader { href: Some(format!("/borgere/{}", citizen.id)), ..person },
        problem: None,
        errors: Vec::new(),
        version: moving.as_ref().map_or(0, |time| time.version),
        none: none(&found),
        staff_href: may_staff.then_some("/kalender/medarbejdere"),
        classes: classes(&class),
        needs: needs_form::fields(&needs, citizen.language.as_deref(), &known, typed),
        button: if moving.is_some() { "Flyt tiden" } else { "Book tiden" },
        week: format!("{}, {}", dates::week(shown), shown.year()),
        before: week_link(&action, shown.saturating_sub(1.weeks()), today, query),
        after: week_link(&action, shown.saturating_add(1.weeks()), today, query),
        colleagues: colleague_tabs(&found, &action, shown, query),
        grid: grid.build(shown, today, &query.kollega),
        suggestions,
        moving: moving.map(|time| moving_view(&time.value, typed, now)),
        action,
    })
}

fn back(planned: &domain::planned_intervention::PlannedIntervention, citizen: Uuid) -> Link {
    match planned.service_request {
        Some(id) => Link::new(format!("/henvisninger/{id}"), "Henvisningen"),
        None => Link::new(format!("/borgere/{citizen}"), "Borgeren"),
    }
}

fn deadline(day: Date, today: Date) -> Tag {
    Tag { text: format!("Holdes senest {}", dates::short_day(day, today)), ..Tag::deadline(day, today) }
}

fn none(found: &Found) -> Option<String> {
    let competence = lower_first(found.competence.label());
    if found.colleagues.is_empty() {
        return Some(format!("Ingen kolleger har kompetencen {competence}. En leder kan sætte den på en medarbejder."));
    }
    found.free.is_empty().then(|| {
        format!("Der er ingen ledige tider de næste {WEEKS} uger. En leder kan sætte mere arbejdstid på dem, der har kompetencen {competence}.")
    })
}

fn classes(chosen: &str) -> Vec<Choice> {
    let label = |class: EncounterClass| match class {
        EncounterClass::AtPremises => "Fysisk fremmøde",
        EncounterClass::Home => "Hjemme hos borgeren",
        EncounterClass::Phone => "Telefon",
        EncounterClass::Screen => "Video",
    };
    let all = EncounterClass::ALL.iter();
    all.map(|class| Choice {
        value: class.word().to_owned(),
        label: label(*class).to_owned(),
        hint: None,
        selected: class.word() == chosen,
    })
    .collect()
}

fn suggestion_views(found: &Found, suggested: &[&FreeTime], chosen: Option<&str>, now: Timestamp) -> Vec<Suggestion> {
    let view = |(index, time): (usize, &&FreeTime)| {
        let value = time_value(time);
        let who = found.colleagues.iter().find(|c| c.role.value.id == time.professional);
        let late = found.wishes.unmet(time) == Some(Unmet::AfterPromise);
        Suggestion {
            id: format!("forslag-{}", index + 1),
            checked: chosen.map_or(index == 0, |chosen| chosen == value),
            value,
            when: capitalised(&time_text(time.period.start, now)),
            who: who.map(Practitioner::label).unwrap_or_default(),
            place: time.place.clone(),
            tag: late.then(|| Tag::of("soon", "soon", "Efter fristen")),
        }
    };
    suggested.iter().enumerate().map(view).collect()
}

fn moving_view(time: &Appointment, typed: Option<&Form>, now: Timestamp) -> Moving {
    let chosen = typed.and_then(|form| form.get("hvorfor")).map_or("", String::as_str);
    let reasons = AppointmentReason::ALL.iter().filter(|reason| **reason != AppointmentReason::Ended);
    let reasons = reasons.map(|reason| Choice {
        value: reason.word().to_owned(),
        label: reason.label().to_owned(),
        hint: None,
        selected: reason.word() == chosen,
    });
    Moving { from: time_text(time.start, now), reasons: reasons.collect() }
}

/// The week before or after, as long as there is something to book in it.
fn week_link(action: &str, week: Date, today: Date, query: &BookingQuery) -> Option<Link> {
    let last = monday(today.saturating_add(WEEKS.weeks()));
    let in_reach = (monday(today)..=last).contains(&week);
    let colleague = if query.kollega.is_empty() { String::new() } else { format!("&kollega={}", colleague_id(query)) };
    in_reach.then(|| Link::new(format!("{action}?uge={}{colleague}", week_word(week)), dates::week(week)))
}

/// Only a real id gets into an address.
fn colleague_id(query: &BookingQuery) -> String {
    query.kollega.parse::<Uuid>().map(|id| id.to_string()).unwrap_or_default()
}

fn colleague_tabs(found: &Found, action: &str, shown: Date, query: &BookingQuery) -> Vec<Tab> {
    if found.colleagues.len() < 2 {
        return Vec::new();
    }
    let chosen = query.kollega.parse::<Uuid>().ok();
    let tab = |id: Option<Uuid>, label: String| {
        let colleague = id.map(|id| format!("&kollega={id}")).unwrap_or_default();
        let href = format!("{action}?uge={}{colleague}", week_word(shown));
        Tab { href, label, count: None, current: id == chosen }
    };
    let each = found.colleagues.iter().map(|c| tab(Some(c.role.value.id.0), c.label()));
    std::iter::once(tab(None, "Alle".to_owned())).chain(each).collect()
}

/// The week of the page.
struct Grid<'a> {
    found: &'a Found,
    suggested: &'a [&'a FreeTime],
    chosen: Option<&'a str>,
    moving: Option<&'a Versioned<Appointment>>,
}

impl Grid<'_> {
    /// The week of one colleague with what is taken, or the free times of all of them.
    fn build(&self, shown: Date, today: Date, colleague: &str) -> WeekGrid {
        let (start, _) = day_bounds(shown);
        let (_, end) = day_bounds(shown.saturating_add(4.days()));
        let week = Period { start, end };
        let all = &self.found.colleagues;
        let one = colleague.parse::<Uuid>().ok().and_then(|id| all.iter().find(|c| c.role.value.id.0 == id));
        let mut items = match one.or(all.first().filter(|_| all.len() == 1)) {
            Some(one) => self.of(one),
            None => self.of_all(week),
        };
        items.retain(|item| item.period.overlaps(week));
        week_grid(shown, today, &items, "Ingen ledige tider")
    }

    fn of(&self, colleague: &Practitioner) -> Vec<Item> {
        let id = colleague.role.value.id;
        let current = |t: &Taken| self.moving.is_some_and(|time| time.value.id == t.id);
        let own = self.found.taken.iter().filter(|t| t.professional == id);
        let own = own.map(|t| (t.period, if current(t) { "Tiden nu".to_owned() } else { "Optaget".to_owned() }));
        let away = colleague.role.value.absences.iter().map(|a| (a.period, a.what.clone()));
        let taken = own.chain(away).map(|(period, text)| Item {
            period,
            kind: "taken",
            text,
            detail: String::new(),
            press: Press::Nothing,
        });
        let free = self.found.free.iter().enumerate().filter(|(_, time)| time.professional == id);
        let free = free.map(|(index, time)| self.choice(index, time, 0));
        taken.chain(free).collect()
    }

    /// One block a time: what is proposed first, then what fits, then the rest, none over another. How many more are free
    /// at the same time is said on it; their own weeks have them.
    fn of_all(&self, week: Period) -> Vec<Item> {
        let rank = |time: &FreeTime| match (self.is_proposed(time), self.found.wishes.unmet(time)) {
            (true, _) => 0,
            (false, None) => 1,
            (false, Some(_)) => 2,
        };
        let mut free: Vec<(usize, &FreeTime)> = self.found.free.iter().enumerate().collect();
        free.retain(|(_, time)| time.period.overlaps(week));
        free.sort_by_key(|(_, time)| (rank(time), time.period.start));
        let mut placed: Vec<(usize, &FreeTime)> = Vec::new();
        for (index, time) in &free {
            if !placed.iter().any(|(_, other)| other.period.overlaps(time.period)) {
                placed.push((*index, *time));
            }
        }
        let others = |time: &FreeTime| free.iter().filter(|(_, other)| other.period == time.period).count() - 1;
        placed.into_iter().map(|(index, time)| self.choice(index, time, others(time))).collect()
    }

    fn is_proposed(&self, time: &FreeTime) -> bool {
        self.suggested.contains(&time)
    }

    fn choice(&self, index: usize, time: &FreeTime, others: usize) -> Item {
        let unmet = self.found.wishes.unmet(time);
        let value = time_value(time);
        let press = match self.suggested.iter().position(|proposed| *proposed == time) {
            Some(place) => Press::Same(format!("forslag-{}", place + 1)),
            None => {
                let checked = self.chosen == Some(value.as_str());
                Press::Choose { id: format!("tid-{index}"), value, checked }
            }
        };
        let who = self.found.colleagues.iter().find(|c| c.role.value.id == time.professional);
        let more = match others {
            0 => String::new(),
            others => format!(" +{others}"),
        };
        Item {
            period: time.period,
            kind: if unmet.is_some() { "unmet" } else { "free" },
            text: format!("{}{more}", who.map(Practitioner::label).unwrap_or_default()),
            detail: unmet.map(Unmet::label).unwrap_or_default(),
            press,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_read_back_and_nonsense_is_none() {
        let user = UserId(Uuid::from_u128(7));
        let start: Timestamp = "2026-12-01T09:00:00Z".parse().expect("an instant");
        assert_eq!(parse_time(&format!("{user}/{start}")), Some((user, start)));
        assert_eq!(parse_time("i morgen"), None);
        assert_eq!(parse_time("x/y"), None);
    }
}
