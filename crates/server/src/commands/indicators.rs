//! `forebyg indicators`: every indicator with its newest figure. What leaves the program has its small numbers hidden.

use std::io::Write;
use std::process::ExitCode;

use app::monitoring::{self, Newest};
use app::quality::FileKind;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::context::{self, Context};

/// What to show.
#[derive(Debug, Args)]
pub struct IndicatorsArgs {
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

/// Counts what has changed since the last look, and shows the result.
pub async fn run(context: &Context, args: IndicatorsArgs) -> anyhow::Result<ExitCode> {
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
        let kept = monitoring::all_now(&app, organization.key).await?;
        if let Some(kind) = file {
            std::io::stdout().lock().write_all(&monitoring::file_of_all(&kept, kind)?)?;
            continue;
        }
        for figure in monitoring::newest_of_all(&kept) {
            let mut line = as_json(&figure);
            if several {
                line["organization"] = json!(organization.code);
            }
            output.line(&line, |_| as_text(&figure))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(of: &Newest) -> Value {
    let Newest {
        id,
        version,
        title: _,
        from,
        to,
        number: _,
        value,
        numerator,
        denominator,
        hidden,
        preliminary,
        unknown,
    } = of;
    json!({
        "id": id,
        "version": version,
        "from": from,
        "to": to,
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "hidden": hidden,
        "preliminary": preliminary,
        "unknown": unknown,
    })
}

fn as_text(of: &Newest) -> String {
    let counts = of.numerator.as_ref().zip(of.denominator.as_ref());
    let counts = counts.map(|(met, of)| format!("{met}/{of}")).unwrap_or_default();
    format!("{:<4} {:>12} {:>12} {}..{} {}", of.id, of.number, counts, of.from, of.to, of.title)
}
