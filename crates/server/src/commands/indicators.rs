//! `forebyg indicators`: every indicator with its newest figure. What leaves the program has its small numbers hidden.

use std::process::ExitCode;

use app::App;
use app::monitoring::{self, Newest};
use serde_json::{Value, json};

use clap::Args;

use super::table::{self, TableArgs};
use crate::context::{self, Context};

/// What to show.
#[derive(Debug, Args)]
pub struct IndicatorArgs {
    #[command(flatten)]
    table: TableArgs,
    /// All organizations as one, such as a region or the country: the sum of what each of them keeps
    #[arg(long, conflicts_with = "organization")]
    together: bool,
}

/// Counts what has changed since the last look, and shows the result.
pub async fn run(context: &Context, args: &IndicatorArgs) -> anyhow::Result<ExitCode> {
    let app = context.app()?;
    if args.together {
        return together(context, &app, args).await;
    }
    let table = args.table.read(context, &app).await?;
    for organization in &table.organizations {
        let kept = monitoring::all_now(&app, organization.key).await?;
        if let Some(kind) = table.file {
            table::write(&monitoring::file_of_all(&kept, kind)?)?;
            continue;
        }
        for figure in monitoring::newest_of_all(&kept) {
            table.row(organization, as_json(&figure), || as_text(&figure))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn together(context: &Context, app: &App, args: &IndicatorArgs) -> anyhow::Result<ExitCode> {
    let keys: Vec<i64> = context::organizations(app).await?.iter().map(|one| one.key).collect();
    let kept = monitoring::together(app, &keys).await?;
    if let Some(kind) = args.table.file() {
        table::write(&monitoring::file_of_all(&kept, kind)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let output = args.table.output(context);
    for figure in monitoring::newest_of_all(&kept) {
        output.line(&as_json(&figure), |_| as_text(&figure))?;
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
