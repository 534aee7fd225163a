//! Talks and what is said in them: goals and conditions.

use axum::extract::Path;
use domain::condition::Condition;
use domain::course::Course;
use domain::ids::{ConditionId, CourseId, PlannedInterventionId};
use domain::permission::Permission;
use domain::planned_intervention::PlannedIntervention;
use utoipa::OpenApi;
use uuid::Uuid;

use super::super::{self as courses, ConditionChange, ConditionInput, GoalInput, TalkHeld, TalkInput};
use crate::web::{Answer, Changed, Command, Failure, Go, Routes};

#[derive(OpenApi)]
#[openapi(paths(hold_talk, add_goal, add_condition, change_condition))]
pub(super) struct Said;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/api/v1/talks/{id}/hold", Permission::CourseWrite, hold_talk)
        .post("/api/v1/courses/{id}/goals", Permission::CourseWrite, add_goal)
        .post("/api/v1/courses/{id}/conditions", Permission::CourseWrite, add_condition)
        .put("/api/v1/conditions/{id}", Permission::CourseWrite, change_condition)
}

/// A planned talk was held, with all that came out of it.
///
/// A clarifying talk that lacks something is refused with `talk_incomplete`; `missing` lists all that it lacks.
#[utoipa::path(post, path = "/api/v1/talks/{id}/hold", tag = "courses", params(("id" = Uuid, Path)),
    request_body = TalkInput, responses((status = 201, description = "Held", body = TalkHeld)))]
async fn hold_talk(Path(id): Path<Uuid>, command: Command<TalkInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<PlannedIntervention>(id).await?;
            let held = courses::hold_talk(&go.app, &go.who, PlannedInterventionId(id), input).await?;
            go.created::<PlannedIntervention, _>(id, &held).await
        })
        .await
}

/// A goal in the citizen's own words.
#[utoipa::path(post, path = "/api/v1/courses/{id}/goals", tag = "courses", params(("id" = Uuid, Path)),
    request_body = GoalInput, responses((status = 201, description = "Recorded", body = Changed)))]
async fn add_goal(Path(id): Path<Uuid>, command: Command<GoalInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Course>(id).await?;
            Go::made(courses::add_goal(&go.app, &go.who, CourseId(id), input).await?.0)
        })
        .await
}

/// A condition found; one that is in focus already keeps its id.
#[utoipa::path(post, path = "/api/v1/courses/{id}/conditions", tag = "courses", params(("id" = Uuid, Path)),
    request_body = ConditionInput, responses((status = 201, description = "Recorded", body = Changed)))]
async fn add_condition(Path(id): Path<Uuid>, command: Command<ConditionInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Course>(id).await?;
            let condition = courses::add_condition(&go.app, &go.who, CourseId(id), input).await?;
            go.made_or_found::<Condition>(condition.0).await
        })
        .await
}

/// Where a condition stands now.
#[utoipa::path(put, path = "/api/v1/conditions/{id}", tag = "courses", params(("id" = Uuid, Path)),
    request_body = ConditionChange, responses((status = 200, description = "Stored", body = Changed)))]
async fn change_condition(Path(id): Path<Uuid>, command: Command<ConditionChange>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            let version = courses::change_condition(&go.app, &go.who, ConditionId(id), go.version, input).await?;
            Answer::version(&Changed { id, version }, version)
        })
        .await
}
