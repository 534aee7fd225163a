//! `forebyg send`: hands queued messages to the mailbox folder. A running server does the same by itself.

use std::process::ExitCode;

use serde_json::json;

use crate::context::Context;

/// Hands over everything that waits, also letters that could still have been taken back: the operator asked for it.
pub async fn run(context: &Context) -> anyhow::Result<ExitCode> {
    let app = context.app()?;
    let sent = app::mailbox::send_queued(&app, &context.folders()?, jiff::SignedDuration::ZERO).await?;
    context.output.line(&json!({ "sent": sent }), |_| format!("{sent} messages handed over."))?;
    Ok(ExitCode::SUCCESS)
}
