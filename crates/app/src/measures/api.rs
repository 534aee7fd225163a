//! Measures in the API: the instruments in use, a citizen's responses, one response; recording, correcting, deciding.

use axum::extract::{Path, State};
use domain::citizen::Citizen;
use domain::ids::{CitizenId, ResponseId};
use domain::permission::Permission;
use domain::response::Response;
use serde::Serialize;
use store::{Seen, Tx};
use utoipa::OpenApi;
use uuid::Uuid;

use super::{CorrectionInput, DecisionInput, Instruments, ResponseInput, queries};
use crate::web::{Answer, Changed, Command, Failure, Go, Routes};
use crate::{App, AppError, Caller, ids, records};

#[derive(OpenApi)]
#[openapi(paths(instruments, list, response, record, correct, decide))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of measures.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/instruments", Permission::CitizenRead, instruments)
        .get("/api/v1/citizens/{id}/responses", Permission::CitizenRead, list)
        .post("/api/v1/citizens/{id}/responses", Permission::CitizenWrite, record)
        .get("/api/v1/responses/{id}", Permission::CitizenRead, response)
        .post("/api/v1/responses/{id}/correction", Permission::CitizenWrite, correct)
        .post("/api/v1/responses/{id}/decision", Permission::CitizenWrite, decide)
}

/// An item of an instrument.
#[derive(Serialize, utoipa::ToSchema)]
struct ItemOut {
    /// Number, as answers name it.
    no: u16,
    /// The question in Danish.
    text: String,
    /// Options with their points; empty for a number or a text.
    #[schema(value_type = Vec<Object>)]
    options: Vec<(String, domain::quantity::Quantity)>,
    /// May be left without an answer.
    optional: bool,
}

/// An instrument.
#[derive(Serialize, utoipa::ToSchema)]
struct InstrumentOut {
    /// Id.
    id: String,
    /// Version.
    version: u16,
    /// Danish name.
    name: String,
    /// How it may be answered, as words; the first is the usual way.
    #[schema(value_type = Vec<String>)]
    modes: Vec<domain::response::Mode>,
    /// Terms of use.
    licence: String,
    /// Source.
    reference: String,
    /// Its items in order.
    items: Vec<ItemOut>,
    /// Words of what staff may know.
    facts: Vec<String>,
    /// Words of where a result can lead.
    routes: Vec<String>,
}

impl From<&instruments::Instrument> for InstrumentOut {
    fn from(one: &instruments::Instrument) -> Self {
        let item = |item: &instruments::Item| ItemOut {
            no: item.no,
            text: item.text.clone(),
            options: item.options().to_vec(),
            optional: item.optional,
        };
        Self {
            id: one.id.clone(),
            version: one.version,
            name: one.name.clone(),
            modes: one.modes.clone(),
            licence: one.licence.clone(),
            reference: one.reference.clone(),
            items: one.items.iter().map(item).collect(),
            facts: one.facts.iter().map(|fact| fact.id.clone()).collect(),
            routes: one.routes.iter().map(|route| route.id.clone()).collect(),
        }
    }
}

/// A list.
#[derive(Serialize, utoipa::ToSchema)]
struct InstrumentList {
    /// In the order of the catalogue.
    items: Vec<InstrumentOut>,
}

/// The instruments that the municipality uses, in their newest versions.
#[utoipa::path(get, path = "/api/v1/instruments", tag = "measures",
    responses((status = 200, description = "Those in use", body = InstrumentList)))]
async fn instruments(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    let home = app.organization(who.organization).await?;
    let read = move |tx: &mut Tx<'_>| {
        let known = Instruments::read(tx, &home.settings.instruments_off)?;
        let items: Vec<InstrumentOut> = known.in_use().into_iter().map(InstrumentOut::from).collect();
        Ok::<_, AppError>(Seen::nothing(items))
    };
    let items = app.store.view(who.scope("instrument.list", app.now()), read).await?;
    Answer::ok(&InstrumentList { items })
}

/// A citizen's responses.
#[derive(Serialize, utoipa::ToSchema)]
struct Responses {
    /// The oldest day first; errors are left out.
    #[schema(value_type = Vec<Object>)]
    items: Vec<Response>,
}

/// A citizen's responses in their newest versions.
#[utoipa::path(get, path = "/api/v1/citizens/{id}/responses", tag = "measures", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The responses", body = Responses)))]
async fn list(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Answer, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        records::citizen_of(tx, "citizen", id)?;
        Ok::<_, AppError>(Seen::record(id, queries::of_citizens(tx, &[CitizenId(id)])?))
    };
    let items = app.store.view(who.scope("response.list", app.now()), read).await?;
    Answer::ok(&Responses { items })
}

/// One response.
#[utoipa::path(get, path = "/api/v1/responses/{id}", tag = "measures", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The response", body = Object)))]
async fn response(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Answer, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "response", id)?;
        let found = records::one::<Response>(tx, citizen.0, id)?.ok_or(AppError::NotFound("response"))?;
        Ok::<_, AppError>(Seen::record(citizen.0, found))
    };
    let found = app.store.view(who.scope("response.open", app.now()), read).await?;
    Answer::version(&found.value, found.version)
}

/// Records a response: answers are held against the instrument's items and scored by its newest version.
#[utoipa::path(post, path = "/api/v1/citizens/{id}/responses", tag = "measures", params(("id" = Uuid, Path)),
    request_body = ResponseInput, responses((status = 201, description = "Recorded", body = Changed)))]
async fn record(Path(id): Path<Uuid>, command: Command<ResponseInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Citizen>(id).await?;
            let response: ResponseId = ids::new(go.app.now());
            Go::made(super::record(&go.app, &go.who, CitizenId(id), response, input).await?.0)
        })
        .await
}

/// Corrects a response; what is corrected stays as its earlier version.
#[utoipa::path(post, path = "/api/v1/responses/{id}/correction", tag = "measures", params(("id" = Uuid, Path)),
    request_body = CorrectionInput, responses((status = 200, description = "Corrected", body = Changed)))]
async fn correct(Path(id): Path<Uuid>, command: Command<CorrectionInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            super::correct(&go.app, &go.who, ResponseId(id), go.version, input).await?;
            go.changed::<Response>(id).await
        })
        .await
}

/// Keeps what was decided on a result; a deviation from the proposal needs its reason.
#[utoipa::path(post, path = "/api/v1/responses/{id}/decision", tag = "measures", params(("id" = Uuid, Path)),
    request_body = DecisionInput, responses((status = 200, description = "Decided", body = Changed)))]
async fn decide(Path(id): Path<Uuid>, command: Command<DecisionInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            super::decide(&go.app, &go.who, ResponseId(id), go.version, input).await?;
            go.changed::<Response>(id).await
        })
        .await
}
