//! `forebyg audit verify`: proves that nothing was changed or taken out behind the program's back.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;
use store::{StoreError, verify_chains};

use crate::commands::exit;
use crate::context::{self, Context};

/// What can be done with the log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Recompute both chains of every organization from the first entry
    Verify,
}

/// Verifies every organization; a broken chain does not keep the others from being verified.
pub async fn run(context: &Context, command: &AuditCommand) -> anyhow::Result<ExitCode> {
    let AuditCommand::Verify = command;
    let app = context.app()?;
    let mut whole = true;
    for organization in context::organizations(&app).await? {
        let name = &organization.name;
        match verify_chains(&app.store, organization.key, app.now()).await {
            Ok(report) => {
                let (changes, reads, versions) = (report.changes, report.reads, report.versions);
                let line = json!({ "organization": organization.code, "intact": true, "changes": changes, "reads": reads, "versions": versions });
                context.output.line(&line, |_| {
                    format!("{name}: intact. {changes} changes, {reads} reads, {versions} record versions.")
                })?;
            }
            Err(error @ StoreError::ChainBroken { .. }) => {
                whole = false;
                let line = json!({ "organization": organization.code, "intact": false, "reason": error.to_string() });
                context.output.line(&line, |_| format!("{name}: BROKEN. {error}."))?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(exit(whole))
}
