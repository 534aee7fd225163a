//! The quality standard in the API: where each requirement stands, what is missing, and declaring what no record shows.

use axum::extract::{Path, State};
use domain::permission::Permission;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use standard::{Check, Kind};
use utoipa::OpenApi;
use uuid::Uuid;

use super::declare::{self, DeclarationInput};
use super::kept::Finding;
use super::read;
use super::requirement::known;
use super::stand::RequirementStand;
use crate::web::{Answer, Command, Failure, Go, Routes};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(standing, missing, declared))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of the quality standard.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/quality", Permission::QualityRead, standing)
        .get("/api/v1/quality/{id}/missing", Permission::QualityRead, missing)
        .post("/api/v1/quality/declarations", Permission::QualityWrite, declared)
}

/// Every requirement with where it stands.
#[derive(Serialize, utoipa::ToSchema)]
struct Standard {
    /// When the outcomes were brought up to date.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    /// Something was changed that is not counted yet.
    behind: bool,
    /// In the order of the standard.
    items: Vec<Item>,
}

/// A requirement with its outcomes.
#[derive(Serialize, utoipa::ToSchema)]
struct Item {
    /// Id in the standard.
    id: &'static str,
    /// Its area.
    area: &'static str,
    /// krav, anbefaling or option.
    kind: &'static str,
    /// data, attest or design.
    check: &'static str,
    /// What it asks, in Danish.
    summary: &'static str,
    /// Whether it is fulfilled; none for what is not judged.
    fulfilled: Option<bool>,
    /// Units that meet it.
    met: u64,
    /// Units that do not.
    not_met: u64,
    /// Units whose time is not up.
    not_yet_due: u64,
    /// Units it does not apply to.
    not_applicable: u64,
    /// Units that nobody can say about.
    unknown: u64,
    /// met / (met + `not_met` + unknown).
    share: Option<f64>,
}

impl Item {
    fn new(stand: &RequirementStand<'_>) -> Self {
        let (requirement, all) = (stand.requirement, stand.all);
        Self {
            id: &requirement.id,
            area: &requirement.area,
            kind: match requirement.kind {
                Kind::Krav => "krav",
                Kind::Anbefaling => "anbefaling",
                Kind::Option => "option",
            },
            check: match requirement.check {
                Check::Data(_) => "data",
                Check::Attest(_) => "attest",
                Check::Design(_) => "design",
            },
            summary: &requirement.summary_da,
            fulfilled: stand.status.is_fulfilled(),
            met: all.met,
            not_met: all.not_met,
            not_yet_due: all.not_yet_due,
            not_applicable: all.not_applicable,
            unknown: all.unknown,
            share: all.share().rate(),
        }
    }
}

/// Where every requirement of the quality standard stands.
#[utoipa::path(get, path = "/api/v1/quality", tag = "quality",
    responses((status = 200, description = "Every requirement", body = Standard)))]
async fn standing(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    let whole = read::whole(&app, &who).await?;
    let items = whole.requirements().iter().map(Item::new).collect();
    Answer::ok(&Standard { at: whole.at, behind: whole.behind, items })
}

/// What is missing of a requirement.
#[derive(Serialize, utoipa::ToSchema)]
struct Missing {
    /// The oldest deadline first.
    items: Vec<MissingItem>,
}

/// A unit that does not meet it, or not yet, or nobody knows.
#[derive(Serialize, utoipa::ToSchema)]
struct MissingItem {
    /// Whose; none for what is about no citizen.
    citizen: Option<Uuid>,
    /// The course, or the request that led to none; an offer or a team when it is about no citizen.
    subject: Uuid,
    /// The unit.
    unit: String,
    /// `not_met`, unknown or `not_yet_due`.
    outcome: &'static str,
    /// The last day in time.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// The facts that are missing, as `entity.fact`.
    missing: Vec<String>,
}

impl From<Finding> for MissingItem {
    fn from(one: Finding) -> Self {
        Self {
            citizen: Some(one.citizen).filter(|citizen| !citizen.is_nil()),
            subject: one.subject,
            unit: one.unit,
            outcome: one.outcome.word(),
            due: one.due,
            missing: one.missing.split_whitespace().map(str::to_owned).collect(),
        }
    }
}

/// What is missing of a requirement; of citizens only for who may open records.
#[utoipa::path(get, path = "/api/v1/quality/{id}/missing", tag = "quality", params(("id" = String, Path)),
    responses((status = 200, description = "What is missing", body = Missing)))]
async fn missing(State(app): State<App>, who: Caller, Path(id): Path<String>) -> Result<Answer, AppError> {
    let requirement = known(&id)?;
    read::whole(&app, &who).await?;
    let found = read::missing(&app, &who, requirement.id.as_str(), read::IN_A_FILE).await?;
    Answer::ok(&Missing { items: found.into_iter().map(MissingItem::from).collect() })
}

/// What is declared.
#[derive(Deserialize, utoipa::ToSchema)]
struct DeclaredInput {
    /// Id of the requirement.
    requirement: String,
    /// Who answers for it.
    owner: String,
    /// What it rests on, and where that is found.
    evidence: String,
    /// Last day it holds, when that is earlier than the standard lets it.
    #[schema(value_type = Option<String>, format = Date)]
    expires_on: Option<Date>,
}

/// Declares a requirement that no record can show.
#[utoipa::path(post, path = "/api/v1/quality/declarations", tag = "quality", request_body = DeclaredInput,
    responses((status = 201, description = "Declared", body = crate::web::Changed)))]
async fn declared(command: Command<DeclaredInput>) -> Result<Answer, Failure> {
    command
        .run(async |go, DeclaredInput { requirement, owner, evidence, expires_on }| {
            let input = DeclarationInput { owner, evidence, expires_on };
            let id = declare::declare(&go.app, &go.who, known(&requirement)?.id.as_str(), input).await?;
            Go::made(id)
        })
        .await
}
