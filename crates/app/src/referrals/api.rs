//! Requests in the API: the worklist, one request, registering by hand, and every step before a course.

mod steps;

use axum::extract::{Path, Query, State};
use domain::ids::{CourseId, ServiceRequestId};
use domain::permission::Permission;
use domain::service_request::{FocusCondition, ServiceRequest};
use domain::workdays::local_date;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::Seen;
use utoipa::OpenApi;
use uuid::Uuid;

use super::queries::{self, AttachmentRow};
use super::worklist::{self, Stands, View, Whose, WorklistRow};
use super::{NewRequest, ReferralView, RequestOutcome};
use crate::mailbox::OutgoingRow;
use crate::records::NextStep;
use crate::web::{Answer, Command, Failure, Routes};
use crate::{App, AppError, Caller};

/// Rows on a page when nothing is said, and at most.
const PAGE: (i64, i64) = (50, 200);

#[derive(OpenApi)]
#[openapi(paths(worklist, register, referral))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi().merge_from(steps::Steps::openapi())
}

/// The routes of requests.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/referrals", Permission::ReferralRead, worklist)
        .post("/api/v1/referrals", Permission::ReferralWrite, register)
        .get("/api/v1/referrals/{id}", Permission::ReferralRead, referral)
        .merge(steps::routes())
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct WorklistQuery {
    /// `open` (all open, the default), `new`, `asked` (the sender owes an answer), `mine`, `unowned`, `late` or `closed`.
    view: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows on a page: 50 when left out, at most 200.
    limit: Option<i64>,
}

/// A page of the worklist.
#[derive(Serialize, utoipa::ToSchema)]
struct WorklistPage {
    /// The requests, oldest promise first; closed ones newest first.
    items: Vec<WorklistRow>,
    /// `after` of the next page; none on the last.
    next: Option<String>,
}

/// A page of the worklist.
#[utoipa::path(get, path = "/api/v1/referrals", tag = "referrals", params(WorklistQuery),
    responses((status = 200, description = "The page", body = WorklistPage)))]
async fn worklist(State(app): State<App>, who: Caller, Query(query): Query<WorklistQuery>) -> Result<Answer, AppError> {
    let view = view_of(query.view.as_deref(), who.user.0)?;
    let after = query.after.as_deref().map(place).transpose()?;
    let limit = query.limit.unwrap_or(PAGE.0).clamp(1, PAGE.1);
    let today = local_date(app.now());
    let read = move |tx: &mut store::Tx<'_>| {
        let items = worklist::worklist(tx, view, today, after, limit)?;
        let citizens = items.iter().map(|row| row.citizen).collect();
        Ok::<_, AppError>(Seen::list(citizens, items))
    };
    let items = app.store.view(who.scope("worklist", app.now()), read).await?;
    let full = i64::try_from(items.len()).is_ok_and(|count| count == limit);
    let next = items.last().filter(|_| full).map(|row| format!("{}_{}", row.due_on.unwrap_or(Date::ZERO), row.id));
    Answer::ok(&WorklistPage { items, next })
}

fn view_of(word: Option<&str>, me: Uuid) -> Result<View, AppError> {
    let (stands, owner) = match word.unwrap_or("open") {
        "open" => (Stands::Open, Whose::Any),
        "new" => (Stands::New, Whose::Any),
        "asked" => (Stands::Asked, Whose::Any),
        "mine" => (Stands::Open, Whose::Of(me)),
        "unowned" => (Stands::Open, Whose::Nobody),
        "late" => (Stands::Late, Whose::Any),
        "closed" => (Stands::Closed, Whose::Any),
        _ => {
            let words = "Vælg open, new, asked, mine, unowned, late eller closed.";
            return Err(AppError::field("view", "unknown", words));
        }
    };
    Ok(View { stands, owner })
}

fn place(text: &str) -> Result<(Date, Uuid), AppError> {
    let parts = text.split_once('_').and_then(|(day, id)| Some((day.parse().ok()?, id.parse().ok()?)));
    parts.ok_or_else(|| AppError::field("after", "unreadable", "Brug next fra den forrige side uændret."))
}

/// Takes a request down by hand: telephone, web, in person, department.
///
/// A request about the same areas that is open already makes the new one its duplicate.
#[utoipa::path(post, path = "/api/v1/referrals", tag = "referrals", request_body = NewRequest,
    responses((status = 201, description = "Registered", body = RequestOutcome)))]
async fn register(command: Command<NewRequest>) -> Result<Answer, Failure> {
    command.run(async |go, input| Answer::created(&super::register(&go.app, &go.who, input).await?, 1)).await
}

/// A request with all that its page shows.
#[derive(Serialize, utoipa::ToSchema)]
struct Referral {
    /// Its version, for `If-Match`.
    version: i64,
    /// The request itself.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    request: ServiceRequest,
    /// Where it stands, as a word.
    state_word: &'static str,
    /// Referral diagnoses.
    #[schema(value_type = Vec<Object>)]
    focus: Vec<FocusCondition>,
    /// What happens next and by when.
    #[schema(value_type = Option<Object>)]
    next: Option<NextStep>,
    /// Name of the citizen.
    name: String,
    /// The citizen's open course.
    #[schema(value_type = Option<Uuid>)]
    open_course: Option<CourseId>,
    /// The referring organisation.
    #[schema(value_type = Option<Object>)]
    requesting_organization: Option<domain::organization::Organization>,
    /// The first step that the rules propose.
    proposal: ProposalOut,
    /// Attempts at contact.
    #[schema(value_type = Vec<Object>)]
    attempts: Vec<domain::contact::ContactAttempt>,
    /// Messages that made it, the newest first; their bytes are at `/api/v1/messages/{id}/original`.
    messages: Vec<Uuid>,
    /// Files.
    attachments: Vec<AttachmentRow>,
    /// What was answered and sent about it.
    outgoing: Vec<OutgoingRow>,
}

/// A proposed first step.
#[derive(Serialize, utoipa::ToSchema)]
struct ProposalOut {
    /// The steps, the first one first.
    #[schema(value_type = Vec<String>)]
    steps: Vec<domain::referral::FirstStep>,
    /// Why, in Danish.
    because: &'static str,
    /// The requirement it rests on.
    rule: &'static str,
}

/// One request with its diagnoses, proposal, attempts, files and answers.
#[utoipa::path(get, path = "/api/v1/referrals/{id}", tag = "referrals", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The request", body = Referral)))]
async fn referral(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Answer, AppError> {
    let home = app.organization(who.organization).await?;
    let read = move |tx: &mut store::Tx<'_>| {
        let view = queries::referral(tx, ServiceRequestId(id))?;
        Ok::<_, AppError>(Seen::record(view.record.citizen.value.id.0, view))
    };
    let view = app.store.view(who.scope("referral.open", app.now()), read).await?;
    let proposal = super::proposal(&view.record, &view.request.value, &home);
    let proposal = ProposalOut { steps: proposal.steps, because: proposal.because, rule: proposal.rule };
    let version = view.request.version;
    Answer::version(&shown(view, proposal), version)
}

fn shown(view: ReferralView, proposal: ProposalOut) -> Referral {
    let attempts = view.record.attempts.iter().map(|a| a.value.clone());
    let stored = view.request.value;
    Referral {
        version: view.request.version,
        state_word: stored.request.state.word(),
        attempts: attempts.filter(|a| a.service_request == stored.request.id).collect(),
        name: view.record.citizen.value.name.full(),
        open_course: view.record.open_course().map(|c| c.value.id),
        request: stored.request,
        focus: stored.focus,
        next: stored.next,
        requesting_organization: view.requester,
        proposal,
        messages: view.letters.into_iter().map(|(id, _)| id).collect(),
        attachments: view.attachments,
        outgoing: view.outgoing,
    }
}
