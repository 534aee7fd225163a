//! Capacity in the API: the plan's form as parameters, and what it leads to beside today.

use axum::extract::{Query, State};
use domain::permission::Permission;
use serde::Serialize;
use simulation::{Inputs, PlanOutcome, Spread};
use utoipa::OpenApi;

use super::{form, page};
use crate::web::fields::Fields;
use crate::web::{Answer, Routes};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(plan))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The route of plans.
pub fn routes() -> Routes {
    Routes::new().get("/api/v1/capacity", Permission::Plan, plan)
}

/// Today and the plan.
#[derive(Serialize, utoipa::ToSchema)]
struct Capacity {
    /// The municipality as it is.
    today: Planned,
    /// The plan; none when it is as today.
    planned: Option<Planned>,
}

/// A plan and what it leads to in a year.
#[derive(Serialize, utoipa::ToSchema)]
struct Planned {
    /// Members of staff.
    professionals: u32,
    /// Referrals of doctors and hospitals beside the model's estimate; 1 for as many.
    referrals: f64,
    /// Days from the request to the clarifying talk, the median citizen.
    talk_wait: Option<Interval>,
    /// Courses that begin.
    courses: Interval,
    /// Courses that are closed in the ordinary way.
    completed: Interval,
    /// How much of the professionals' time for citizens is used.
    staff_use: Interval,
    /// By intervention.
    programmes: Vec<Programme>,
}

/// What it leads to for an intervention in classes.
#[derive(Serialize, utoipa::ToSchema)]
struct Programme {
    /// Its word.
    code: &'static str,
    /// Seats of each class.
    seats: u16,
    /// Classes that begin in a year.
    starts: u32,
    /// Days to the first session, the median citizen.
    wait: Option<Interval>,
    /// Seats taken when the class begins, 0 to 1.
    fill: Option<Interval>,
    /// Citizens who complete it.
    completed: Interval,
    /// Who waits for a seat when the year is over.
    waiting: Interval,
}

/// The middle year, and where eight of ten lie.
#[derive(Serialize, utoipa::ToSchema)]
struct Interval {
    /// One year in ten is lower.
    low: f64,
    /// The middle year.
    middle: f64,
    /// One year in ten is higher.
    high: f64,
}

impl From<Spread> for Interval {
    fn from(Spread { low, middle, high }: Spread) -> Self {
        Self { low, middle, high }
    }
}

impl Planned {
    fn new(inputs: &Inputs, outcome: &PlanOutcome) -> Self {
        let programmes = inputs.teams.iter().zip(&outcome.programmes).map(|(plan, one)| Programme {
            code: plan.code.word(),
            seats: plan.seats,
            starts: plan.starts_a_year,
            wait: one.wait.map(Into::into),
            fill: one.fill.map(Into::into),
            completed: one.completed.into(),
            waiting: one.waiting.into(),
        });
        Self {
            professionals: inputs.professionals,
            referrals: inputs.referrals,
            talk_wait: outcome.talk_wait.map(Into::into),
            courses: outcome.courses.into(),
            completed: outcome.completed.into(),
            staff_use: outcome.staff_use.into(),
            programmes: programmes.collect(),
        }
    }
}

/// What other seats, starts, staff or referrals would lead to. Parameters are those of the page: `medarbejdere`,
/// `henvisninger` in per cent of today, `pladser-…` and `starter-…` by intervention. Nothing is changed.
#[utoipa::path(get, path = "/api/v1/capacity", tag = "capacity",
    responses((status = 200, description = "Today and the plan", body = Capacity)))]
async fn plan(State(app): State<App>, who: Caller, Query(form): Query<Fields>) -> Result<Answer, AppError> {
    let home = app.organization(who.organization).await?;
    let (_, today, _) = page::as_it_is(&app, &who, &home).await?;
    let mut planned = form::read(&form, &today);
    let (now, then) = page::outcomes(&today, &mut planned).await?;
    if let Some(fault) = planned.faults.into_iter().next() {
        return Err(AppError::field("plan", "range", format!("{}: {}", fault.field, fault.message)));
    }
    let planned = then.map(|outcome| Planned::new(&planned.inputs, &outcome));
    Answer::ok(&Capacity { today: Planned::new(&today.inputs, &now), planned })
}
