//! `forebyg quality`: where every requirement of the quality standard stands.

use std::io::Write;
use std::process::ExitCode;

use app::quality::{self, FileKind, RequirementStand};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use standard::Check;

use crate::context::{self, Context};

/// What to show.
#[derive(Debug, Args)]
pub struct QualityArgs {
    /// Municipality code, when there are several organizations [default: all]
    #[arg(long, value_name = "CODE")]
    organization: Option<String>,
    /// As a file on standard output instead of lines; of one organization
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// Files a table can be.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// One JSON object a line.
    Json,
    /// Separated by semicolons.
    Csv,
    /// A workbook.
    Xlsx,
}

/// Looks at every record that has changed since the last look, and shows the result.
pub async fn run(context: &Context, args: QualityArgs) -> anyhow::Result<ExitCode> {
    let app = context.app()?;
    let mut all = context::organizations(&app).await?;
    if let Some(code) = &args.organization {
        all.retain(|organization| organization.code.as_str() == code);
        anyhow::ensure!(!all.is_empty(), "there is no organization with code {code}");
    }
    let several = all.len() > 1;
    let file = match args.format {
        Some(Format::Csv) => Some(FileKind::Csv),
        Some(Format::Xlsx) => Some(FileKind::Xlsx),
        Some(Format::Json) | None => None,
    };
    anyhow::ensure!(file.is_none() || !several, "a file is of one organization: say which with --organization");
    let output = crate::output::Output { json: context.output.json || matches!(args.format, Some(Format::Json)) };
    for organization in all {
        let whole = quality::whole_now(&app, organization.key).await?;
        if let Some(kind) = file {
            std::io::stdout().lock().write_all(&quality::file(&whole, kind)?)?;
            continue;
        }
        for stand in whole.requirements() {
            let mut line = as_json(&stand);
            if several {
                line["organization"] = json!(organization.code);
            }
            output.line(&line, |_| as_text(&stand))?;
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
