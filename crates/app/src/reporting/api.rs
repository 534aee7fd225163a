//! Reports in the API: days, a day's reports, building, and the report itself as it will be sent.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{Seen, Tx};
use utoipa::OpenApi;
use uuid::Uuid;

use super::{Again, Built, DayRow, DaysBuilt, ReportRow, build_again, build_day, build_due};
use crate::web::{Answer, Command, Failure, NoInput, Routes};
use crate::{App, AppError, Caller};

/// Days in one answer.
const DAYS: i64 = 366;

#[derive(OpenApi)]
#[openapi(paths(reports, build, days, report, again))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of reports.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/reports", Permission::Report, reports)
        .post("/api/v1/reports", Permission::Report, build)
        .get("/api/v1/reports/days", Permission::Report, days)
        .get("/api/v1/reports/{id}", Permission::Report, report)
        .post("/api/v1/reports/{id}/again", Permission::Report, again)
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct DayQuery {
    /// The day; yesterday when left out.
    #[param(value_type = Option<String>, format = Date)]
    day: Option<Date>,
}

/// The reports of a day.
#[derive(Serialize, utoipa::ToSchema)]
struct Reports {
    /// By citizen.
    items: Vec<ReportRow>,
}

/// The reports of a day, yesterday's when none is named.
#[utoipa::path(get, path = "/api/v1/reports", tag = "reports", params(DayQuery),
    responses((status = 200, description = "The reports", body = Reports)))]
async fn reports(State(app): State<App>, who: Caller, Query(query): Query<DayQuery>) -> Result<Answer, AppError> {
    let yesterday = local_date(app.now()).saturating_sub(jiff::Span::new().days(1));
    let day = query.day.unwrap_or(yesterday);
    let read = move |tx: &mut Tx<'_>| {
        let items = super::reports_of_day(tx, day)?;
        Ok::<_, AppError>(Seen::list(items.iter().map(|row| row.citizen).collect(), items))
    };
    let items = app.store.view(who.scope("report.list", app.now()), read).await?;
    Answer::ok(&Reports { items })
}

/// What to build.
#[derive(Deserialize, utoipa::ToSchema)]
struct BuildInput {
    /// One day only; everything due up to yesterday when left out. What changes later on a day that is not over comes
    /// with the next report.
    #[schema(value_type = Option<String>, format = Date)]
    day: Option<Date>,
}

/// Builds reports. One that exists is given as it is; what changed after it makes another of the same day.
#[utoipa::path(post, path = "/api/v1/reports", tag = "reports", request_body = BuildInput,
    responses((status = 200, description = "Built, with those that could not be", body = DaysBuilt)))]
async fn build(command: Command<BuildInput>) -> Result<Answer, Failure> {
    command
        .run(async |go, input| match input.day {
            Some(day) if day > local_date(go.app.now()) => {
                Err(AppError::field("day", "in_the_future", "Dagen ligger i fremtiden."))
            }
            Some(day) => Answer::ok(&build_day(&go.app, &go.who, day, Again::Asked).await?),
            None => Answer::ok(&build_due(&go.app, &go.who, Again::Asked).await?),
        })
        .await
}

/// What came of a refused report.
#[derive(Serialize, utoipa::ToSchema)]
struct BuiltAgain {
    /// The new report in its place; none when all of it is told by now.
    report: Option<Built>,
}

/// Builds a refused report again, as the record is now, under a new id. It is sent with what waits.
#[utoipa::path(post, path = "/api/v1/reports/{id}/again", tag = "reports", params(("id" = Uuid, Path)),
    request_body = NoInput, responses((status = 200, description = "Built again", body = BuiltAgain)))]
async fn again(Path(id): Path<Uuid>, command: Command<NoInput>) -> Result<Answer, Failure> {
    command.run(async move |go, _| Answer::ok(&BuiltAgain { report: build_again(&go.app, &go.who, id).await? })).await
}

/// Days with reports.
#[derive(Serialize, utoipa::ToSchema)]
struct Days {
    /// The newest first.
    items: Vec<DayRow>,
}

/// Days with reports and where they stand, the newest first.
#[utoipa::path(get, path = "/api/v1/reports/days", tag = "reports",
    responses((status = 200, description = "The days", body = Days)))]
async fn days(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(super::days(tx, DAYS)?));
    let items = app.store.view(who.scope("report.days", app.now()), read).await?;
    Answer::ok(&Days { items })
}

/// A report exactly as it is or will be sent.
#[utoipa::path(get, path = "/api/v1/reports/{id}", tag = "reports", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The Bundle", content_type = "application/fhir+json", body = Object)))]
async fn report(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Response, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let (citizen, json) = super::payload(tx, id)?;
        Ok::<_, AppError>(Seen::record(citizen, json))
    };
    let json = app.store.view(who.scope("report.open", app.now()), read).await?;
    // Built once, never anew: there is only this version.
    let headers = [(header::CONTENT_TYPE, "application/fhir+json"), (header::ETAG, "\"v1\"")];
    Ok((headers, json).into_response())
}
