//! `forebyg migrate`: brings the database's schema up to date.

use std::process::ExitCode;

use serde_json::json;
use store::Store;

use crate::context::Context;

/// Opening the store runs what is missing; `serve` does the same at start.
pub fn run(context: &Context) -> anyhow::Result<ExitCode> {
    context.store()?;
    let migration = Store::newest_migration();
    context
        .output
        .line(&json!({ "migration": migration }), |_| format!("The database has migration {migration}, the newest."))?;
    Ok(ExitCode::SUCCESS)
}
