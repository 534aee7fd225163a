//! `forebyg report status`: days with reports, and where the reports stand.

use std::process::ExitCode;

use app::AppError;
use app::reporting::{self, DayRow};
use serde_json::json;
use store::{Scope, Seen};

use crate::context::{self, Context};

/// Shows the newest days of every organization.
pub async fn run(context: &Context, days: i64) -> anyhow::Result<ExitCode> {
    let app = context.app()?;
    for organization in context::organizations(&app).await? {
        let scope = Scope::system(organization.key, app.now(), "report.status");
        let rows =
            app.store.view(scope, move |tx| Ok::<_, AppError>(Seen::nothing(reporting::days(tx, days)?))).await?;
        for DayRow { day, reports, queued, sent, accepted, rejected } in rows {
            let code = organization.code.as_str();
            let line = json!({ "organization": code, "day": day, "reports": reports, "queued": queued,
                "sent": sent, "accepted": accepted, "rejected": rejected });
            context.output.line(&line, |_| {
                format!("{code} {day}: {reports} reports · {queued} queued · {sent} sent · {accepted} accepted · {rejected} rejected")
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
