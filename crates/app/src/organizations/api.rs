//! Partners in the API: the address book, and the numbers that letters leave out.

use axum::extract::{Path, State};
use domain::ids::OrganizationId;
use domain::organization::Organization;
use domain::permission::Permission;
use serde::Serialize;
use store::{Seen, Tx};
use utoipa::OpenApi;
use uuid::Uuid;

use super::{PartnerInput, edit_partner, partner, partners};
use crate::web::{Answer, Changed, Command, Failure, Routes};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(list, organization, edit))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of partners.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/organizations", Permission::LoggedIn, list)
        .get("/api/v1/organizations/{id}", Permission::LoggedIn, organization)
        .patch("/api/v1/organizations/{id}", Permission::Report, edit)
}

/// The address book.
#[derive(Serialize, utoipa::ToSchema)]
struct Partners {
    /// By name.
    #[schema(value_type = Vec<Object>)]
    items: Vec<Organization>,
}

/// Partners: referrers, suppliers, own units, associations.
#[utoipa::path(get, path = "/api/v1/organizations", tag = "organizations",
    responses((status = 200, description = "The address book", body = Partners)))]
async fn list(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(partners(tx)?));
    let items = app.store.view(who.scope("partner.list", app.now()), read).await?;
    Answer::ok(&Partners { items })
}

/// A partner with its version.
#[derive(Serialize)]
struct PartnerOut {
    version: i64,
    #[serde(flatten)]
    partner: Organization,
}

/// One partner.
#[utoipa::path(get, path = "/api/v1/organizations/{id}", tag = "organizations", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The partner", body = Object)))]
async fn organization(State(app): State<App>, who: Caller, Path(id): Path<Uuid>) -> Result<Answer, AppError> {
    let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(partner(tx, OrganizationId(id))?));
    let found = app.store.view(who.scope("partner.open", app.now()), read).await?;
    Answer::version(&PartnerOut { version: found.version, partner: found.value }, found.version)
}

/// Completes a partner: SOR code, telephone; an administrator also the location number.
#[utoipa::path(patch, path = "/api/v1/organizations/{id}", tag = "organizations", params(("id" = Uuid, Path)),
    request_body = PartnerInput, responses((status = 200, description = "Stored", body = Changed)))]
async fn edit(Path(id): Path<Uuid>, command: Command<PartnerInput>) -> Result<Answer, Failure> {
    command
        .run(async move |go, input| {
            let version = edit_partner(&go.app, &go.who, OrganizationId(id), go.version, input).await?;
            Answer::version(&Changed { id, version }, version)
        })
        .await
}
