//! `forebyg report send`: hands the reports that wait to the gateway.

use std::process::ExitCode;

use anyhow::ensure;
use app::reporting::{self, DeliveryRound};
use serde_json::json;

use crate::commands::exit;
use crate::context::{self, Context};

/// Sends for every organization. Refused by the gateway, or left waiting, is exit code 1.
pub async fn run(context: &Context) -> anyhow::Result<ExitCode> {
    let app = context.app()?;
    ensure!(
        app.report_gateway.is_some(),
        "no gateway is set (report.gateway); reports can be written to files with: forebyg report build --out DIR"
    );
    let mut well = true;
    for organization in context::organizations(&app).await? {
        let who = context::operator(organization.key);
        let DeliveryRound { accepted, rejected, waiting } = reporting::deliver(&app, &who).await?;
        let code = organization.code.as_str();
        let line = json!({ "organization": code, "accepted": accepted, "rejected": rejected, "waiting": waiting });
        context
            .output
            .line(&line, |_| format!("{code}: {accepted} accepted · {rejected} rejected · {waiting} wait"))?;
        well &= rejected + waiting == 0;
    }
    Ok(exit(well))
}
