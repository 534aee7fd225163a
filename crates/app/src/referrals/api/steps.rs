//! The steps of a request before a course. Each answers with the request's new version and next step.

use axum::extract::Path;
use domain::ids::ServiceRequestId;
use domain::permission::Permission;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::Versioned;
use utoipa::OpenApi;
use uuid::Uuid;

use super::super::{
    self as referrals, AskInput, AttemptInput, CheckInput, DeclineInput, Ended, ForwardInput, RejectInput, ReturnInput,
    RouteInput, Routed, TellSender,
};
use crate::AppError;
use crate::records::StoredRequest;
use crate::web::{Answer, Command, Failure, NoInput, Routes};

#[derive(OpenApi)]
#[openapi(paths(
    check,
    attempt,
    letter,
    forward,
    take_over,
    give_back,
    reject,
    decline,
    tell_sender,
    ask,
    answer_read,
    route,
    mark_error
))]
pub(super) struct Steps;

pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/api/v1/referrals/{id}/check", Permission::ReferralWrite, check)
        .post("/api/v1/referrals/{id}/attempts", Permission::ReferralWrite, attempt)
        .post("/api/v1/referrals/{id}/letter", Permission::ReferralWrite, letter)
        .post("/api/v1/referrals/{id}/forward", Permission::ReferralWrite, forward)
        .post("/api/v1/referrals/{id}/take-over", Permission::ReferralWrite, take_over)
        .post("/api/v1/referrals/{id}/return", Permission::ReferralWrite, give_back)
        .post("/api/v1/referrals/{id}/reject", Permission::ReferralWrite, reject)
        .post("/api/v1/referrals/{id}/decline", Permission::ReferralWrite, decline)
        .post("/api/v1/referrals/{id}/tell-sender", Permission::ReferralWrite, tell_sender)
        .post("/api/v1/referrals/{id}/ask", Permission::ReferralWrite, ask)
        .post("/api/v1/referrals/{id}/answer-read", Permission::ReferralWrite, answer_read)
        .post("/api/v1/referrals/{id}/route", Permission::ReferralWrite, route)
        .post("/api/v1/referrals/{id}/error", Permission::ReferralWrite, mark_error)
}

/// A request after a step.
#[derive(Serialize, utoipa::ToSchema)]
struct Stepped {
    /// The request.
    id: Uuid,
    /// Its version now.
    version: i64,
    /// The citizen.
    citizen: Uuid,
    /// Where it stands, as a word.
    state: &'static str,
    /// What to do next, as a word.
    next_step: Option<&'static str>,
    /// By when.
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Date>,
    /// The message to the sender, under the data folder, when one was queued.
    file: Option<String>,
}

fn stepped(after: Versioned<StoredRequest>) -> Result<Answer, AppError> {
    ended(Ended { after, file: None })
}

fn ended(Ended { after, file }: Ended) -> Result<Answer, AppError> {
    let Versioned { version, value: StoredRequest { request, next, .. } } = after;
    let (next_step, due_on) = next.map(|n| (n.kind.word(), n.due_on)).unzip();
    let (id, citizen, state) = (request.id.0, request.citizen.0, request.state.word());
    Answer::version(&Stepped { id, version, citizen, state, next_step, due_on, file }, version)
}

/// Why a request was registered wrongly.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
struct ErrorInput {
    /// In words.
    reason: String,
}

/// Read and found to be ours, with what staff found.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/check", tag = "referrals", params(("id" = Uuid, Path)), request_body = CheckInput,
    responses((status = 200, description = "Done", body = Stepped)))]
async fn check(Path(id): Path<Uuid>, command: Command<CheckInput>) -> Result<Answer, Failure> {
    let id = ServiceRequestId(id);
    command.run(async move |go, input| stepped(referrals::check(&go.app, &go.who, id, go.version, input).await?)).await
}

/// An attempt to reach the citizen.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/attempts", tag = "referrals", params(("id" = Uuid, Path)), request_body = AttemptInput,
    responses((status = 200, description = "Done", body = Stepped)))]
async fn attempt(Path(id): Path<Uuid>, command: Command<AttemptInput>) -> Result<Answer, Failure> {
    let id = ServiceRequestId(id);
    command
        .run(async move |go, input| stepped(referrals::attempt(&go.app, &go.who, id, go.version, input).await?))
        .await
}

/// The letter after the last attempt was sent.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/letter", tag = "referrals", params(("id" = Uuid, Path)), request_body = NoInput,
    responses((status = 200, description = "Done", body = Stepped)))]
async fn letter(Path(id): Path<Uuid>, command: Command<NoInput>) -> Result<Answer, Failure> {
    let id = ServiceRequestId(id);
    command.run(async move |go, _| stepped(referrals::send_letter(&go.app, &go.who, id, go.version).await?)).await
}

/// Moved to another unit of the municipality.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/forward", tag = "referrals", params(("id" = Uuid, Path)), request_body = ForwardInput,
    responses((status = 200, description = "Done", body = Stepped)))]
async fn forward(Path(id): Path<Uuid>, command: Command<ForwardInput>) -> Result<Answer, Failure> {
    let id = ServiceRequestId(id);
    command
        .run(async move |go, input| stepped(referrals::forward(&go.app, &go.who, id, go.version, input).await?))
        .await
}

/// Taken on by the caller.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/take-over", tag = "referrals", params(("id" = Uuid, Path)), request_body = NoInput,
    responses((status = 200, description = "Done", body = Stepped)))]
async fn take_over(Path(id): Path<Uuid>, command: Command<NoInput>) -> Result<Answer, Failure> {
    let id = ServiceRequestId(id);
    command.run(async move |go, _| stepped(referrals::take_over(&go.app, &go.who, id, go.version).await?)).await
}

/// Sent back to where it came from; a sender by MedCom gets the reason and the note (XDIS91).
#[utoipa::path(post, path = "/api/v1/referrals/{id}/return", tag = "referrals", params(("id" = Uuid, Path)), request_body = ReturnInput,
    responses((status = 200, description = "Done", body = Stepped)))]
async fn give_back(Path(id): Path<Uuid>, command: Command<ReturnInput>) -> Result<Answer, Failure> {
    let id = ServiceRequestId(id);
    command
        .run(async move |go, input| ended(referrals::return_to_sender(&go.app, &go.who, id, go.version, input).await?))
        .await
}

/// Outside the target group.
///
/// A sender by MedCom is told that no course started, nothing more: on the citizen's consent `referrer_feedback`, or on
/// `tell_sender` with its reason. `tell_sender` with neither is refused with `consent_missing`.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/reject", tag = "referrals", params(("id" = Uuid, Path)), request_body = RejectInput,
    responses((status = 200, description = "Done", body = Stepped)))]
async fn reject(Path(id): Path<Uuid>, command: Command<RejectInput>) -> Result<Answer, Failure> {
    let id = ServiceRequestId(id);
    command.run(async move |go, input| ended(referrals::reject(&go.app, &go.who, id, go.version, input).await?)).await
}

/// The citizen wants nothing now. The sender is told as for `reject`.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/decline", tag = "referrals", params(("id" = Uuid, Path)), request_body = DeclineInput,
    responses((status = 200, description = "Done", body = Stepped)))]
async fn decline(Path(id): Path<Uuid>, command: Command<DeclineInput>) -> Result<Answer, Failure> {
    let id = ServiceRequestId(id);
    command.run(async move |go, input| ended(referrals::decline(&go.app, &go.who, id, go.version, input).await?)).await
}

/// Tells the sender of a request that led to no course so (unreachable, never reached, rejected, declined), once.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/tell-sender", tag = "referrals", params(("id" = Uuid, Path)), request_body = TellSender,
    responses((status = 200, description = "Queued", body = Stepped)))]
async fn tell_sender(Path(id): Path<Uuid>, command: Command<TellSender>) -> Result<Answer, Failure> {
    let id = ServiceRequestId(id);
    command
        .run(async move |go, input| ended(referrals::tell_sender(&go.app, &go.who, id, go.version, input).await?))
        .await
}

/// Asks the sender of a referral for what it lacks. The request waits for the answer, which comes back to it.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/ask", tag = "referrals", params(("id" = Uuid, Path)), request_body = AskInput,
    responses((status = 200, description = "Queued", body = Stepped)))]
async fn ask(Path(id): Path<Uuid>, command: Command<AskInput>) -> Result<Answer, Failure> {
    let id = ServiceRequestId(id);
    command
        .run(async move |go, input| ended(referrals::ask_sender(&go.app, &go.who, id, go.version, input).await?))
        .await
}

/// The sender's answer was read, or was got in another way.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/answer-read", tag = "referrals", params(("id" = Uuid, Path)), request_body = NoInput,
    responses((status = 200, description = "Done", body = Stepped)))]
async fn answer_read(Path(id): Path<Uuid>, command: Command<NoInput>) -> Result<Answer, Failure> {
    let id = ServiceRequestId(id);
    command.run(async move |go, _| stepped(referrals::answer_read(&go.app, &go.who, id, go.version).await?)).await
}

/// Registered wrongly: kept and marked.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/error", tag = "referrals", params(("id" = Uuid, Path)), request_body = ErrorInput,
    responses((status = 200, description = "Done", body = Stepped)))]
async fn mark_error(Path(id): Path<Uuid>, command: Command<ErrorInput>) -> Result<Answer, Failure> {
    let id = ServiceRequestId(id);
    command
        .run(async move |go, input| {
            stepped(referrals::mark_error(&go.app, &go.who, id, go.version, input.reason).await?)
        })
        .await
}

/// Chooses the first step: the request joins a course, and the talk or intervention is planned.
#[utoipa::path(post, path = "/api/v1/referrals/{id}/route", tag = "referrals", params(("id" = Uuid, Path)),
    request_body = RouteInput, responses((status = 200, description = "In a course", body = Routed)))]
async fn route(Path(id): Path<Uuid>, command: Command<RouteInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            let routed = referrals::route(&go.app, &go.who, ServiceRequestId(id), go.version, input).await?;
            go.answer::<StoredRequest, _>(id, &routed).await
        })
        .await
}
