//! Offers in the API: the list, one, made, changed, published, withdrawn, gone through; and what everybody may read.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::ids::OfferId;
use domain::offer::Offer;
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::civil::Date;
use serde::Serialize;
use store::{Seen, Tx, Versioned};
use utoipa::OpenApi;
use uuid::Uuid;

use super::capacity::{Availability, Capacity};
use super::{OfferInput, OnSoftInput, WithdrawInput, content_hash, public, queries};
use crate::web::{Answer, Changed, Command, Failure, Go, NoInput, Routes};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(list, one, create, save, publish, withdraw, review, on_soft, in_public))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of offers.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/offers", Permission::OfferRead, list)
        .post("/api/v1/offers", Permission::OfferWrite, create)
        .get("/api/v1/offers/{id}", Permission::OfferRead, one)
        .put("/api/v1/offers/{id}", Permission::OfferWrite, save)
        .post("/api/v1/offers/{id}/publish", Permission::OfferWrite, publish)
        .post("/api/v1/offers/{id}/withdraw", Permission::OfferWrite, withdraw)
        .post("/api/v1/offers/{id}/review", Permission::OfferWrite, review)
        .post("/api/v1/offers/{id}/soft", Permission::OfferWrite, on_soft)
        .get("/api/v1/municipalities/{code}/offers", Permission::Public, in_public)
}

/// An offer with its version and the hash of its sheet.
#[derive(Serialize)]
struct OfferOut {
    version: i64,
    content_hash: String,
    #[serde(flatten)]
    offer: Offer,
}

/// All offers.
#[derive(Serialize, utoipa::ToSchema)]
struct Offers {
    /// By name.
    #[schema(value_type = Vec<Object>)]
    items: Vec<OfferOut>,
}

/// All offers, drafts and past ones too.
#[utoipa::path(get, path = "/api/v1/offers", tag = "offers",
    responses((status = 200, description = "The offers", body = Offers)))]
async fn list(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    let home = app.organization(who.organization).await?;
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::all(tx)?));
    let all = app.store.view(who.scope("offer.list", app.now()), read).await?;
    let out =
        |Versioned { version, value }| OfferOut { version, content_hash: content_hash(&value, &home), offer: value };
    Answer::ok(&Offers { items: all.into_iter().map(out).collect() })
}

/// One offer.
#[utoipa::path(get, path = "/api/v1/offers/{id}", tag = "offers", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The offer", body = Object)))]
async fn one(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Answer, AppError> {
    let home = app.organization(who.organization).await?;
    let Versioned { version, value } = super::find(&app, &who, OfferId(id)).await?;
    Answer::version(&OfferOut { version, content_hash: content_hash(&value, &home), offer: value }, version)
}

/// Makes an offer, as a draft.
#[utoipa::path(post, path = "/api/v1/offers", tag = "offers", request_body = OfferInput,
    responses((status = 201, description = "Made", body = Changed)))]
async fn create(command: Command<OfferInput>) -> Result<Answer, Failure> {
    command.run(async |go, input| Go::made(super::create(&go.app, &go.who, input).await?.0)).await
}

/// Changes all that is said of an offer.
#[utoipa::path(put, path = "/api/v1/offers/{id}", tag = "offers", params(("id" = Uuid, Path)),
    request_body = OfferInput, responses((status = 200, description = "Stored", body = Changed)))]
async fn save(Path(id): Path<Uuid>, command: Command<OfferInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            let version = super::save(&go.app, &go.who, OfferId(id), go.version, input).await?;
            Answer::version(&Changed { id, version }, version)
        })
        .await
}

/// Puts an offer in public.
#[utoipa::path(post, path = "/api/v1/offers/{id}/publish", tag = "offers", params(("id" = Uuid, Path)),
    request_body = NoInput, responses((status = 200, description = "Published", body = Changed)))]
async fn publish(Path(id): Path<Uuid>, command: Command<NoInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, _| {
            go.expect::<Offer>(id).await?;
            let version = super::publish(&go.app, &go.who, OfferId(id)).await?;
            Answer::version(&Changed { id, version }, version)
        })
        .await
}

/// Takes an offer out of public.
#[utoipa::path(post, path = "/api/v1/offers/{id}/withdraw", tag = "offers", params(("id" = Uuid, Path)),
    request_body = WithdrawInput, responses((status = 200, description = "Withdrawn", body = Changed)))]
async fn withdraw(Path(id): Path<Uuid>, command: Command<WithdrawInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Offer>(id).await?;
            let version = super::withdraw(&go.app, &go.who, OfferId(id), input).await?;
            Answer::version(&Changed { id, version }, version)
        })
        .await
}

/// Says that the caller went through the offer and found it right.
#[utoipa::path(post, path = "/api/v1/offers/{id}/review", tag = "offers", params(("id" = Uuid, Path)),
    request_body = NoInput, responses((status = 200, description = "Gone through", body = Changed)))]
async fn review(Path(id): Path<Uuid>, command: Command<NoInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, _| {
            go.expect::<Offer>(id).await?;
            let version = super::review(&go.app, &go.who, OfferId(id)).await?;
            Answer::version(&Changed { id, version }, version)
        })
        .await
}

/// Says that the sheet of a hash stands on SOFT.
#[utoipa::path(post, path = "/api/v1/offers/{id}/soft", tag = "offers", params(("id" = Uuid, Path)),
    request_body = OnSoftInput, responses((status = 200, description = "Remembered", body = Changed)))]
async fn on_soft(Path(id): Path<Uuid>, command: Command<OnSoftInput>) -> Result<Answer, Failure> {
    command
        .run(async move |mut go, input| {
            go.expect::<Offer>(id).await?;
            let version = super::put_on_soft(&go.app, &go.who, OfferId(id), input).await?;
            Answer::version(&Changed { id, version }, version)
        })
        .await
}

/// An offer as everybody may read it: what its sheet says, and whether there is a seat.
#[derive(Serialize, utoipa::ToSchema)]
struct PublicOffer {
    /// The offer.
    id: Uuid,
    /// The intervention as a word.
    intervention: &'static str,
    /// What people look for when they look for it.
    theme: &'static str,
    /// Whether there is a seat.
    availability: Availability,
    /// When the next team begins.
    #[schema(value_type = Option<String>, format = Date)]
    next_start_on: Option<Date>,
    /// Weeks that one waits, when no team says it.
    wait_weeks: Option<u8>,
    /// Changes when the sheet does.
    content_hash: String,
    /// The fields of the sheet by key.
    #[schema(value_type = Object)]
    sheet: serde_json::Map<String, serde_json::Value>,
}

/// A municipality's offers in public.
#[derive(Serialize, utoipa::ToSchema)]
struct PublicOffers {
    /// The municipality.
    municipality: String,
    /// By name.
    items: Vec<PublicOffer>,
}

/// A municipality's offers as everybody may read them, without a token.
#[utoipa::path(get, path = "/api/v1/municipalities/{code}/offers", tag = "offers", security(()),
    params(("code" = String, Path)), responses((status = 200, description = "In public", body = PublicOffers)))]
async fn in_public(State(app): State<App>, Path(code): Path<String>) -> Result<Response, AppError> {
    let found = public::read(&app, &code).await?;
    let entrance = super::export::entrance(&found.home);
    let out = |offer: &Offer| {
        let capacity = Capacity::of(offer.id, &found.teams, found.now);
        let sheet = domain::offer::sheet(offer, &entrance);
        PublicOffer {
            id: offer.id.0,
            intervention: offer.code.word(),
            theme: offer.theme().word(),
            availability: capacity.availability(),
            next_start_on: capacity.next_start.map(local_date),
            wait_weeks: offer.wait_weeks,
            content_hash: super::export::hash_of(&sheet),
            sheet: sheet.into_iter().map(|field| (field.key.to_owned(), field.text.into())).collect(),
        }
    };
    let items = found.offers.iter().map(out).collect();
    let offers = PublicOffers { municipality: found.home.name.clone(), items };
    let answer = Answer::ok(&offers)?;
    Ok(([(header::CACHE_CONTROL, "public, max-age=300")], answer).into_response())
}
