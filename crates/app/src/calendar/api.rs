//! The calendar in the API: free times, booking, moving, calling off; who may hold what and when.

use axum::extract::{Path, Query, State};
use domain::calendar::{Appointment, PractitionerRole};
use domain::codes::EncounterClass;
use domain::ids::{AppointmentId, PlannedInterventionId, UserId};
use domain::permission::Permission;
use domain::workdays::{day_bounds, local_date};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use store::{Seen, Tx};
use utoipa::OpenApi;
use uuid::Uuid;

use super::queries::{self, AppointmentRow};
use super::{AppointmentInput, AttestationInput, CancelInput, MoveInput, PractitionerInput, SeriesBooked, SeriesInput};
use crate::records;
use crate::web::{Answer, Changed, Command, Failure, Routes, etag};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(list, one, free_times, book, book_several, move_to, cancel, practitioners, set_practitioner, attest))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of the calendar.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/appointments", Permission::CitizenRead, list)
        .get("/api/v1/appointments/{id}", Permission::CitizenRead, one)
        .post("/api/v1/appointments/{id}/move", Permission::CourseWrite, move_to)
        .post("/api/v1/appointments/{id}/cancel", Permission::CourseWrite, cancel)
        .get("/api/v1/interventions/{id}/free-times", Permission::CourseWrite, free_times)
        .post("/api/v1/interventions/{id}/appointments", Permission::CourseWrite, book)
        .post("/api/v1/interventions/{id}/appointments/series", Permission::CourseWrite, book_several)
        .get("/api/v1/practitioners", Permission::CitizenRead, practitioners)
        .put("/api/v1/practitioners/{id}", Permission::StaffWrite, set_practitioner)
        .post("/api/v1/practitioners/{id}/attestations", Permission::StaffWrite, attest)
}

#[derive(Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct TimeQuery {
    /// First day; today when left out.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Last day; a week after the first when left out. At most a quarter of a year is answered.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// Only of this member of staff.
    professional: Option<Uuid>,
}

/// Times that stand.
#[derive(Serialize, utoipa::ToSchema)]
struct Appointments {
    /// The first first.
    items: Vec<AppointmentRow>,
}

/// Booked times between two days.
#[utoipa::path(get, path = "/api/v1/appointments", tag = "calendar", params(TimeQuery),
    responses((status = 200, description = "The times", body = Appointments)))]
async fn list(State(app): State<App>, who: Caller, Query(query): Query<TimeQuery>) -> Result<Answer, AppError> {
    let from = query.from.unwrap_or_else(|| local_date(app.now()));
    let to = query.to.unwrap_or_else(|| from.saturating_add(7.days())).min(from.saturating_add(92.days()));
    let within = domain::calendar::Period { start: day_bounds(from).0, end: day_bounds(to).1 };
    let read = move |tx: &mut Tx<'_>| {
        let items = queries::appointments(tx, within, query.professional.map(UserId))?;
        Ok::<_, AppError>(Seen::list(items.iter().map(|row| row.citizen.0).collect(), items))
    };
    let items = app.store.view(who.scope("calendar", app.now()), read).await?;
    Answer::ok(&Appointments { items })
}

/// A time with its version.
#[derive(Serialize)]
struct AppointmentOut {
    version: i64,
    etag: String,
    #[serde(flatten)]
    appointment: Appointment,
}

/// One time.
#[utoipa::path(get, path = "/api/v1/appointments/{id}", tag = "calendar", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The time", body = Object)))]
async fn one(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Answer, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "appointment", id)?;
        let found = records::one::<Appointment>(tx, citizen.0, id)?.ok_or(AppError::NotFound("appointment"))?;
        Ok::<_, AppError>(Seen::record(citizen.0, found))
    };
    let found = app.store.view(who.scope("appointment.open", app.now()), read).await?;
    let out = AppointmentOut { version: found.version, etag: etag(found.version), appointment: found.value };
    Answer::version(&out, found.version)
}

/// A free time.
#[derive(Serialize, utoipa::ToSchema)]
struct FreeTimeOut {
    /// Whose.
    #[schema(value_type = Uuid)]
    professional: UserId,
    /// Start.
    #[schema(value_type = String, format = DateTime)]
    start: Timestamp,
    /// End.
    #[schema(value_type = String, format = DateTime)]
    end: Timestamp,
    /// Where.
    place: String,
    /// One of the three proposed.
    suggested: bool,
    /// Why it does not fit, in Danish.
    unmet: Option<String>,
}

/// What there is to choose between.
#[derive(Serialize, utoipa::ToSchema)]
struct FreeTimes {
    /// The first first, over eight weeks.
    items: Vec<FreeTimeOut>,
}

/// Free times for a planned talk, of everybody who may hold it.
#[utoipa::path(get, path = "/api/v1/interventions/{id}/free-times", tag = "calendar", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The free times", body = FreeTimes)))]
async fn free_times(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Answer, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, days) = (app.now(), home.settings.limits.clarifying_days);
    let read = move |tx: &mut Tx<'_>| {
        let talk = PlannedInterventionId(id);
        let found = super::free_times_for(tx, talk, EncounterClass::AtPremises, None, days, now)?;
        Ok::<_, AppError>(Seen::record(found.record.citizen.value.id.0, found))
    };
    let found = app.store.view(who.scope("calendar.book", now), read).await?;
    let suggested = domain::calendar::suggest(&found.free, &found.wishes);
    let out = |time: &domain::calendar::FreeTime| FreeTimeOut {
        professional: time.professional,
        start: time.period.start,
        end: time.period.end,
        place: time.place.clone(),
        suggested: suggested.contains(&time),
        unmet: found.wishes.unmet(time).map(domain::calendar::Unmet::label),
    };
    Answer::ok(&FreeTimes { items: found.free.iter().map(out).collect() })
}

/// Gives a planned talk its time.
#[utoipa::path(post, path = "/api/v1/interventions/{id}/appointments", tag = "calendar", params(("id" = Uuid, Path)),
    request_body = AppointmentInput, responses((status = 201, description = "Booked", body = Changed)))]
async fn book(Path(id): Path<Uuid>, command: Command<AppointmentInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<domain::planned_intervention::PlannedIntervention>(id).await?;
            crate::web::Go::made(super::book(&go.app, &go.who, PlannedInterventionId(id), input).await?.0)
        })
        .await
}

/// Books several times at the same hour: all of them, or all but what is taken when that is asked for.
#[utoipa::path(post, path = "/api/v1/interventions/{id}/appointments/series", tag = "calendar",
    params(("id" = Uuid, Path)), request_body = SeriesInput,
    responses((status = 200, description = "Booked", body = SeriesBooked)))]
async fn book_several(Path(id): Path<Uuid>, command: Command<SeriesInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<domain::planned_intervention::PlannedIntervention>(id).await?;
            Answer::ok(&super::book_series(&go.app, &go.who, PlannedInterventionId(id), input).await?)
        })
        .await
}

/// Moves a time.
#[utoipa::path(post, path = "/api/v1/appointments/{id}/move", tag = "calendar", params(("id" = Uuid, Path)),
    request_body = MoveInput, responses((status = 200, description = "Moved", body = Changed)))]
async fn move_to(Path(id): Path<Uuid>, command: Command<MoveInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            super::move_appointment(&go.app, &go.who, AppointmentId(id), go.version, input).await?;
            go.changed::<Appointment>(id).await
        })
        .await
}

/// Calls a time off.
#[utoipa::path(post, path = "/api/v1/appointments/{id}/cancel", tag = "calendar", params(("id" = Uuid, Path)),
    request_body = CancelInput, responses((status = 200, description = "Called off", body = Changed)))]
async fn cancel(Path(id): Path<Uuid>, command: Command<CancelInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            super::cancel(&go.app, &go.who, AppointmentId(id), go.version, input).await?;
            go.changed::<Appointment>(id).await
        })
        .await
}

/// A member of staff.
#[derive(Serialize)]
struct PractitionerOut {
    initials: String,
    title: String,
    version: i64,
    #[serde(flatten)]
    role: PractitionerRole,
}

/// All staff.
#[derive(Serialize, utoipa::ToSchema)]
struct Practitioners {
    /// By title and initials.
    #[schema(value_type = Vec<Object>)]
    items: Vec<PractitionerOut>,
}

/// What colleagues may hold and when they work.
#[utoipa::path(get, path = "/api/v1/practitioners", tag = "calendar",
    responses((status = 200, description = "The staff", body = Practitioners)))]
async fn practitioners(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::practitioners(tx)?));
    let found = app.store.view(who.scope("practitioner.list", app.now()), read).await?;
    let out = |person: queries::Practitioner| PractitionerOut {
        initials: person.initials,
        title: person.title,
        version: person.role.version,
        role: person.role.value,
    };
    Answer::ok(&Practitioners { items: found.into_iter().map(out).collect() })
}

/// Sets what a colleague may hold and when they work.
#[utoipa::path(put, path = "/api/v1/practitioners/{id}", tag = "calendar", params(("id" = Uuid, Path)),
    request_body = PractitionerInput, responses((status = 200, description = "Set", body = Changed)))]
async fn set_practitioner(Path(id): Path<Uuid>, command: Command<PractitionerInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            let version = super::set_practitioner_role(&go.app, &go.who, UserId(id), go.version, input).await?;
            Answer::version(&Changed { id, version }, version)
        })
        .await
}

/// Says that the caller has seen what a competence of a colleague rests on; they then hold it.
#[utoipa::path(post, path = "/api/v1/practitioners/{id}/attestations", tag = "calendar", params(("id" = Uuid, Path)),
    request_body = AttestationInput, responses((status = 200, description = "Kept", body = Changed)))]
async fn attest(Path(id): Path<Uuid>, command: Command<AttestationInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            let version = super::attest(&go.app, &go.who, UserId(id), go.version, input).await?;
            Answer::version(&Changed { id, version }, version)
        })
        .await
}
