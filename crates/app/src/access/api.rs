//! Verifying the logs through the API.

use axum::extract::State;
use domain::permission::Permission;
use serde::Serialize;
use store::StoreError;
use utoipa::OpenApi;

use crate::web::{Answer, Routes};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(verify))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of the audit.
pub fn routes() -> Routes {
    Routes::new().get("/api/v1/audit/verify", Permission::Audit, verify)
}

/// What was verified.
#[derive(Serialize, utoipa::ToSchema)]
struct Verified {
    /// Both chains fit together and every version is what the audit says.
    whole: bool,
    /// Entries in the chain of changes.
    changes: i64,
    /// Entries in the chain of reads.
    reads: i64,
    /// Record versions compared.
    versions: i64,
    /// The chain that breaks.
    broken_log: Option<&'static str>,
    /// Its first entry that does not fit.
    broken_at: Option<i64>,
}

/// Recomputes the chains of changes and of reads from the first entry.
#[utoipa::path(get, path = "/api/v1/audit/verify", tag = "audit",
    responses((status = 200, description = "What was found", body = Verified)))]
async fn verify(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    let found = match store::verify_chains(&app.store, who.organization, app.now()).await {
        Ok(report) => Verified {
            whole: true,
            changes: report.changes,
            reads: report.reads,
            versions: report.versions,
            broken_log: None,
            broken_at: None,
        },
        Err(StoreError::ChainBroken { log, seq, .. }) => {
            tracing::error!(target: "security", log, seq, "a chain of the audit is broken");
            Verified { whole: false, changes: 0, reads: 0, versions: 0, broken_log: Some(log), broken_at: Some(seq) }
        }
        Err(error) => return Err(error.into()),
    };
    Answer::ok(&found)
}
