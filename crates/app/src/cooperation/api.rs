//! The cooperation in the API: what is kept, and every change that a page can make.

use axum::extract::{Path, State};
use domain::cooperation::{ConsultantNote, Estimate, Meeting, PracticeNews};
use domain::ids::{AgreedId, OrganizationId};
use domain::permission::Permission;
use serde::{Deserialize, Serialize};
use store::{Seen, Tx};
use utoipa::OpenApi;
use uuid::Uuid;

use super::kept::{self, Kept};
use super::{
    AgreedChange, AgreedInput, EstimateInput, Imported, MeetingInput, NewsInput, NoteInput, add_meeting, add_news,
    add_note, agree, change_agreed, correct_meeting, correct_news, correct_note, import_estimates, news_sent,
    set_estimate, strike_estimate, strike_meeting, strike_news, strike_note,
};
use crate::web::{Answer, Changed, Command, Failure, Go, Routes};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(
    meetings,
    new_meeting,
    save_meeting,
    remove_meeting,
    new_agreed,
    save_agreed,
    notes,
    new_note,
    save_note,
    remove_note,
    news,
    new_news,
    save_news,
    send_news,
    remove_news,
    estimates,
    put_estimate,
    file,
    remove_estimate
))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of the cooperation.
pub fn routes() -> Routes {
    const MAY: Permission = Permission::Cooperation;
    Routes::new()
        .get("/api/v1/cooperation/meetings", MAY, meetings)
        .post("/api/v1/cooperation/meetings", MAY, new_meeting)
        .put("/api/v1/cooperation/meetings/{id}", MAY, save_meeting)
        .post("/api/v1/cooperation/meetings/{id}/strike", MAY, remove_meeting)
        .post("/api/v1/cooperation/meetings/{id}/agreements", MAY, new_agreed)
        .post("/api/v1/cooperation/meetings/{id}/agreements/{agreement}", MAY, save_agreed)
        .get("/api/v1/cooperation/notes", MAY, notes)
        .post("/api/v1/cooperation/notes", MAY, new_note)
        .put("/api/v1/cooperation/notes/{id}", MAY, save_note)
        .post("/api/v1/cooperation/notes/{id}/strike", MAY, remove_note)
        .get("/api/v1/cooperation/news", MAY, news)
        .post("/api/v1/cooperation/news", MAY, new_news)
        .put("/api/v1/cooperation/news/{id}", MAY, save_news)
        .post("/api/v1/cooperation/news/{id}/sent", MAY, send_news)
        .post("/api/v1/cooperation/news/{id}/strike", MAY, remove_news)
        .get("/api/v1/cooperation/estimates", MAY, estimates)
        .post("/api/v1/cooperation/estimates", MAY, put_estimate)
        .post("/api/v1/cooperation/estimates/file", MAY, file)
        .post("/api/v1/cooperation/estimates/{id}/strike", MAY, remove_estimate)
}

/// Why something is struck.
#[derive(Deserialize, utoipa::ToSchema)]
struct Reason {
    /// In words.
    reason: String,
}

/// A record with its version.
#[derive(Serialize)]
struct Item<R> {
    version: i64,
    #[serde(flatten)]
    record: R,
}

#[derive(Serialize)]
struct Items<R> {
    items: Vec<Item<R>>,
}

async fn all<R: Kept + Send + 'static>(app: &App, who: &Caller, action: &'static str) -> Result<Answer, AppError> {
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(kept::all::<R>(tx)?));
    let found = app.store.view(who.scope(action, app.now()), read).await?;
    let items = found.into_iter().map(|it| Item { version: it.version, record: it.value }).collect();
    Answer::ok(&Items { items })
}

fn changed(id: Uuid, version: i64) -> Result<Answer, AppError> {
    Answer::version(&Changed { id, version }, version)
}

/// Meetings with what was agreed, without those struck.
#[utoipa::path(get, path = "/api/v1/cooperation/meetings", tag = "cooperation",
    responses((status = 200, description = "The meetings", body = Object)))]
async fn meetings(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    all::<Meeting>(&app, &who, "meeting.list").await
}

/// Writes a meeting down.
#[utoipa::path(post, path = "/api/v1/cooperation/meetings", tag = "cooperation", request_body = MeetingInput,
    responses((status = 201, description = "Written", body = Changed)))]
async fn new_meeting(command: Command<MeetingInput>) -> Result<Answer, Failure> {
    command.run(async |go, input| Go::made(add_meeting(&go.app, &go.who, &input).await?)).await
}

/// Corrects a meeting; what was agreed stays.
#[utoipa::path(put, path = "/api/v1/cooperation/meetings/{id}", tag = "cooperation", params(("id" = Uuid, Path)),
    request_body = MeetingInput, responses((status = 200, description = "Corrected", body = Changed)))]
async fn save_meeting(Path(id): Path<Uuid>, command: Command<MeetingInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| changed(id, correct_meeting(&go.app, &go.who, (id, go.version), input).await?))
        .await
}

/// Strikes a meeting.
#[utoipa::path(post, path = "/api/v1/cooperation/meetings/{id}/strike", tag = "cooperation",
    params(("id" = Uuid, Path)), request_body = Reason,
    responses((status = 200, description = "Struck", body = Changed)))]
async fn remove_meeting(Path(id): Path<Uuid>, command: Command<Reason>) -> Result<Answer, Failure> {
    command
        .run(async move |go, why| changed(id, strike_meeting(&go.app, &go.who, (id, go.version), &why.reason).await?))
        .await
}

/// Adds what was agreed.
#[utoipa::path(post, path = "/api/v1/cooperation/meetings/{id}/agreements", tag = "cooperation",
    params(("id" = Uuid, Path)), request_body = AgreedInput,
    responses((status = 201, description = "Agreed; the id is the agreement's", body = Changed)))]
async fn new_agreed(Path(id): Path<Uuid>, command: Command<AgreedInput>) -> Result<Answer, Failure> {
    command.run(async move |go, input| Go::made(agree(&go.app, &go.who, (id, go.version), input).await?.0)).await
}

/// What is done with an agreement: exactly one of the members.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum AgreedAct {
    /// It says something else.
    Correct(AgreedInput),
    /// It is done, or after all not.
    Done(bool),
    /// It should not have been written: why.
    Strike(Reason),
}

/// Corrects an agreement, says that it is done, or strikes it.
#[utoipa::path(post, path = "/api/v1/cooperation/meetings/{id}/agreements/{agreement}", tag = "cooperation",
    params(("id" = Uuid, Path), ("agreement" = Uuid, Path)), request_body = AgreedAct,
    responses((status = 200, description = "Changed", body = Changed)))]
async fn save_agreed(
    Path((id, agreement)): Path<(Uuid, Uuid)>,
    command: Command<AgreedAct>,
) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, act| {
            go.expect_of::<Meeting>(Uuid::nil(), id);
            let change = match act {
                AgreedAct::Correct(input) => AgreedChange::Correct(input),
                AgreedAct::Done(true) => AgreedChange::Done,
                AgreedAct::Done(false) => AgreedChange::NotDone,
                AgreedAct::Strike(why) => AgreedChange::Strike(why.reason),
            };
            changed(id, change_agreed(&go.app, &go.who, (id, AgreedId(agreement)), change).await?)
        })
        .await
}

/// Notes of practice consultants.
#[utoipa::path(get, path = "/api/v1/cooperation/notes", tag = "cooperation",
    responses((status = 200, description = "The notes", body = Object)))]
async fn notes(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    all::<ConsultantNote>(&app, &who, "consultant_note.list").await
}

/// Keeps a note.
#[utoipa::path(post, path = "/api/v1/cooperation/notes", tag = "cooperation", request_body = NoteInput,
    responses((status = 201, description = "Kept", body = Changed)))]
async fn new_note(command: Command<NoteInput>) -> Result<Answer, Failure> {
    command.run(async |go, input| Go::made(add_note(&go.app, &go.who, input).await?)).await
}

/// Corrects a note.
#[utoipa::path(put, path = "/api/v1/cooperation/notes/{id}", tag = "cooperation", params(("id" = Uuid, Path)),
    request_body = NoteInput, responses((status = 200, description = "Corrected", body = Changed)))]
async fn save_note(Path(id): Path<Uuid>, command: Command<NoteInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| changed(id, correct_note(&go.app, &go.who, (id, go.version), input).await?))
        .await
}

/// Strikes a note.
#[utoipa::path(post, path = "/api/v1/cooperation/notes/{id}/strike", tag = "cooperation",
    params(("id" = Uuid, Path)), request_body = Reason,
    responses((status = 200, description = "Struck", body = Changed)))]
async fn remove_note(Path(id): Path<Uuid>, command: Command<Reason>) -> Result<Answer, Failure> {
    command
        .run(async move |go, why| changed(id, strike_note(&go.app, &go.who, (id, go.version), &why.reason).await?))
        .await
}

/// News to practices, with who has it.
#[utoipa::path(get, path = "/api/v1/cooperation/news", tag = "cooperation",
    responses((status = 200, description = "The news", body = Object)))]
async fn news(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    all::<PracticeNews>(&app, &who, "practice_news.list").await
}

/// Writes news.
#[utoipa::path(post, path = "/api/v1/cooperation/news", tag = "cooperation", request_body = NewsInput,
    responses((status = 201, description = "Written", body = Changed)))]
async fn new_news(command: Command<NewsInput>) -> Result<Answer, Failure> {
    command.run(async |go, input| Go::made(add_news(&go.app, &go.who, input).await?)).await
}

/// Corrects news that nobody has.
#[utoipa::path(put, path = "/api/v1/cooperation/news/{id}", tag = "cooperation", params(("id" = Uuid, Path)),
    request_body = NewsInput, responses((status = 200, description = "Corrected", body = Changed)))]
async fn save_news(Path(id): Path<Uuid>, command: Command<NewsInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| changed(id, correct_news(&go.app, &go.who, (id, go.version), input).await?))
        .await
}

/// To which practices news was sent.
#[derive(Deserialize, utoipa::ToSchema)]
struct SentTo {
    /// The practices.
    #[schema(value_type = Vec<Uuid>)]
    practices: Vec<OrganizationId>,
}

/// Says that news was sent to practices.
#[utoipa::path(post, path = "/api/v1/cooperation/news/{id}/sent", tag = "cooperation", params(("id" = Uuid, Path)),
    request_body = SentTo, responses((status = 200, description = "Noted", body = Changed)))]
async fn send_news(Path(id): Path<Uuid>, command: Command<SentTo>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, to| {
            go.expect_of::<PracticeNews>(Uuid::nil(), id);
            changed(id, news_sent(&go.app, &go.who, id, to.practices).await?)
        })
        .await
}

/// Strikes news.
#[utoipa::path(post, path = "/api/v1/cooperation/news/{id}/strike", tag = "cooperation",
    params(("id" = Uuid, Path)), request_body = Reason,
    responses((status = 200, description = "Struck", body = Changed)))]
async fn remove_news(Path(id): Path<Uuid>, command: Command<Reason>) -> Result<Answer, Failure> {
    command
        .run(async move |go, why| changed(id, strike_news(&go.app, &go.who, (id, go.version), &why.reason).await?))
        .await
}

/// Estimates of referrals by area and year.
#[utoipa::path(get, path = "/api/v1/cooperation/estimates", tag = "cooperation",
    responses((status = 200, description = "The estimates", body = Object)))]
async fn estimates(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    all::<Estimate>(&app, &who, "estimate.list").await
}

/// Keeps an estimate; one of the same area and year is corrected.
#[utoipa::path(post, path = "/api/v1/cooperation/estimates", tag = "cooperation", request_body = EstimateInput,
    responses((status = 201, description = "Kept", body = Changed)))]
async fn put_estimate(command: Command<EstimateInput>) -> Result<Answer, Failure> {
    command
        .run(async |go, input| {
            let id = set_estimate(&go.app, &go.who, &input).await?;
            go.made_or_found::<Estimate>(id).await
        })
        .await
}

/// A file of estimates.
#[derive(Deserialize, utoipa::ToSchema)]
struct EstimateFile {
    /// CSV: `kommune;område;år;antal;procent;personer;aftalt i`.
    text: String,
}

/// Reads a file of estimates: all of it or nothing. Everything that is wrong is told with line and column.
#[utoipa::path(post, path = "/api/v1/cooperation/estimates/file", tag = "cooperation", request_body = EstimateFile,
    responses((status = 200, description = "Read", body = Imported)))]
async fn file(command: Command<EstimateFile>) -> Result<Answer, Failure> {
    command
        .run(async |go, file| match import_estimates(&go.app, &go.who, &file.text).await? {
            Ok(read) => Answer::ok(&read),
            Err(faults) => {
                let told: Vec<String> =
                    faults.iter().map(domain::cooperation::estimate_file::FileFault::user_message).collect();
                Err(AppError::field("text", "file_unreadable", told.join(" ")))
            }
        })
        .await
}

/// Strikes an estimate.
#[utoipa::path(post, path = "/api/v1/cooperation/estimates/{id}/strike", tag = "cooperation",
    params(("id" = Uuid, Path)), request_body = Reason,
    responses((status = 200, description = "Struck", body = Changed)))]
async fn remove_estimate(Path(id): Path<Uuid>, command: Command<Reason>) -> Result<Answer, Failure> {
    command
        .run(async move |go, why| changed(id, strike_estimate(&go.app, &go.who, (id, go.version), &why.reason).await?))
        .await
}
