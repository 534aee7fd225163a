//! Giving a planned talk its time, or another one: `/kalender/book/{talk}` and `/kalender/tider/{id}/flyt`.
//!
//! One form: three suggestions, the week below them, what goes along. The first suggestion is chosen already, so that a
//! time is one press away.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use domain::calendar::{Appointment, AppointmentError, AppointmentReason, FreeTime};
use domain::codes::EncounterClass;
use domain::ids::{AppointmentId, PlannedInterventionId, UserId};
use domain::workdays::local_date;
use jiff::Timestamp;
use serde::Deserialize;
use store::{Seen, Versioned};
use uuid::Uuid;

use super::booking_page::{BookingPage, page};
use super::commands::{AppointmentInput, MoveInput, book, move_appointment};
use super::finding::{Found, free_times_for};
use super::series::{SeriesInput, book_series, days_of};
use super::words::time_text;
use super::{needs_form, proof};
use crate::layout::{Choice, FormError};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, records};

/// Which part of it is shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct BookingQuery {
    pub(super) uge: String,
    pub(super) kollega: String,
}

/// What a form sends.
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
    let talk = loaded.0.record.intervention(loaded.0.talk)?.value.code.is_talk();
    if let Some(time) = loaded.0.record.time_of(loaded.0.talk).filter(|_| talk) {
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
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let what = What::Book(id.into());
    let done = match (input(&form), form.contains_key("gange")) {
        (Ok(first), true) => book_several(&app, &caller, id.into(), first, &form).await,
        (Ok(input), false) => book(&app, &caller, id.into(), input).await.map(Booked::one),
        (Err(error), _) => Err(error),
    };
    answer(&app, &caller, &visit, what, form, done).await
}

/// What was booked: the first time, and what is said of the others.
struct Booked {
    first: AppointmentId,
    others: Option<String>,
}

impl Booked {
    const fn one(first: AppointmentId) -> Self {
        Self { first, others: None }
    }
}

async fn book_several(
    app: &App,
    caller: &Caller,
    id: PlannedInterventionId,
    first: AppointmentInput,
    form: &Fields,
) -> Result<Booked, AppError> {
    let number = |field: &str| form.get(field).map_or(Some(1), |text| text.trim().parse().ok());
    let unreadable = || AppError::field("gange", "unreadable", "Vælg, hvor mange gange og hvor tit.");
    let (count, weeks) = number("gange").zip(number("hver")).ok_or_else(unreadable)?;
    let input = SeriesInput { first, count, weeks, skip_taken: form.contains_key("spring-over") };
    let series = book_series(app, caller, id, input).await?;
    let days = days_of(&series.left_out, local_date(app.now()));
    let others = match (series.appointments.len(), series.left_out.is_empty()) {
        (1, true) => None,
        (all, true) => Some(format!("{all} tider er booket.")),
        (all, false) => Some(format!("{all} tider er booket. Sprunget over: {days}.")),
    };
    let first = series.appointments.first().copied().ok_or(AppError::NotFound("appointment"))?;
    Ok(Booked { first, others })
}

pub(super) async fn save_move(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let version = Some(fields::version(&form));
    let missing = || AppError::field("hvorfor", "required", "Vælg, hvorfor tiden flyttes.");
    let reason = form.get("hvorfor").and_then(|word| AppointmentReason::parse(word).ok()).ok_or_else(missing);
    let done = match (reason, input(&form)) {
        (Ok(reason), Ok(to)) => {
            let moved = move_appointment(&app, &caller, id.into(), version, MoveInput { reason, to }).await;
            moved.map(|()| Booked::one(AppointmentId(id)))
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    answer(&app, &caller, &visit, What::Move(id.into()), form, done).await
}

/// The chosen time. One that clashed is in no list of free ones; it is chosen by saying that it is meant.
fn chosen(form: &Fields) -> Option<(UserId, Timestamp)> {
    let time = |name: &str| form.get(name).and_then(|text| parse_time(text));
    time("alligevel").or_else(|| time("tid"))
}

fn input(form: &Fields) -> Result<AppointmentInput, AppError> {
    let missing = || AppError::field("tid", "required", "Vælg en tid.");
    let (professional, start) = chosen(form).ok_or_else(missing)?;
    let class = form.get("form").map_or(Ok(EncounterClass::AtPremises), |word| EncounterClass::parse(word));
    let class = class.map_err(|_| AppError::Unreadable("form"))?;
    Ok(AppointmentInput {
        professional,
        start,
        end: None,
        class,
        needs: needs_form::answers(form),
        despite: form.contains_key("alligevel"),
    })
}

/// A choice as a form sends it: whose time, and from when.
pub(super) fn time_value(time: &FreeTime) -> String {
    format!("{}/{}", time.professional, time.period.start)
}

pub(super) fn parse_time(text: &str) -> Option<(UserId, Timestamp)> {
    let (user, start) = text.split_once('/')?;
    Some((UserId(user.parse().ok()?), start.parse().ok()?))
}

/// On to the time; or the page again, with what was chosen and what stood in the way.
async fn answer(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    what: What,
    form: Fields,
    done: Result<Booked, AppError>,
) -> Result<Response, AppError> {
    let error = match done {
        Ok(Booked { first: id, others }) => {
            let start = chosen(&form).map(|(_, start)| start);
            let when = start.map(|start| time_text(start, app.now())).unwrap_or_default();
            let verb = if matches!(what, What::Book(_)) { "booket" } else { "flyttet" };
            let proof = proof::of_time(app, caller, id).await?;
            let notice = match others {
                Some(others) => format!("{others} Den første er {when}.{proof}"),
                None => format!("Tiden er {verb}: {when}.{proof}"),
            };
            return Ok(visit.done(&format!("/kalender/tider/{id}"), notice).await?.into_response());
        }
        Err(error) => error.at_the_form()?,
    };
    let loaded = load(app, caller, what).await?;
    // The same form sent twice: the first one did it.
    if let Some(there) = same_time(&loaded, &form) {
        let notice = "Tiden var allerede booket. Dit andet klik ændrede ikke noget.";
        return Ok(visit.done(&format!("/kalender/tider/{there}"), notice).await?.into_response());
    }
    let status = error.form_status();
    let mut page = page(app, caller, visit, loaded, &BookingQuery::default(), Some(&form)).await?;
    if error.code() == "clash" {
        page.meant = form.get("tid").and_then(|tid| parse_time(tid)).map(|(_, start)| Choice {
            value: form.get("tid").cloned().unwrap_or_default(),
            label: time_text(start, app.now()),
            hint: None,
            selected: false,
        });
    }
    match field_error(&error) {
        Some(error) => page.errors = vec![error],
        None => page.problem = Some(error.user_message()),
    }
    Ok((status, Page(page)).into_response())
}

fn same_time((found, _): &Loaded, form: &Fields) -> Option<AppointmentId> {
    let (professional, start) = chosen(form)?;
    let mut times = found.record.times_of(found.talk).map(|time| &time.value);
    times.find(|time| time.professional == professional && time.start == start).map(|time| time.id)
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
pub(super) type Loaded = (Found, Option<Versioned<Appointment>>);

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
