//! `forebyg quality`: where every requirement of the quality standard stands.

use std::process::ExitCode;

use app::quality::{self, RequirementStand};
use serde_json::{Value, json};
use standard::Check;

use super::table::{self, TableArgs};
use crate::context::Context;

/// Looks at every record that has changed since the last look, and shows the result.
pub async fn run(context: &Context, args: &TableArgs) -> anyhow::Result<ExitCode> {
    let app = context.app()?;
    let table = args.read(context, &app).await?;
    for organization in &table.organizations {
        let whole = quality::whole_now(&app, organization.key).await?;
        if let Some(kind) = table.file {
            table::write(&quality::file(&whole, kind)?)?;
            continue;
        }
        for stand in whole.requirements() {
            table.row(organization, as_json(&stand), || as_text(&stand))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

const fn check(stand: &RequirementStand<'_>) -> &'static str {
    match stand.requirement.check {
        Check::Data(_) => "data",
        Check::Attest(_) => "attest",
        Check::Design(_) => "design",
    }
}

fn as_json(stand: &RequirementStand<'_>) -> Value {
    let all = stand.all;
    json!({
        "id": stand.requirement.id,
        "check": check(stand),
        "met": all.met,
        "not_met": all.not_met,
        "not_yet_due": all.not_yet_due,
        "not_applicable": all.not_applicable,
        "unknown": all.unknown,
        "share": all.share().rate(),
    })
}

fn as_text(stand: &RequirementStand<'_>) -> String {
    let all = stand.all;
    let share = all.share().rate().map_or_else(|| "    -".to_owned(), |share| format!("{:4.0}%", share * 100.0));
    format!(
        "{:<12} {:<6} {share} {:>7} met {:>7} not met {:>7} unknown {:>7} not yet due {:>7} not applicable",
        stand.requirement.id,
        check(stand),
        all.met,
        all.not_met,
        all.unknown,
        all.not_yet_due,
        all.not_applicable,
    )
}
