//! `forebyg indicators`: every indicator with its newest figure. What leaves the program has its small numbers hidden.

use std::process::ExitCode;

use app::monitoring::{self, Newest};
use serde_json::{Value, json};

use super::table::{self, TableArgs};
use crate::context::Context;

/// Counts what has changed since the last look, and shows the result.
pub async fn run(context: &Context, args: &TableArgs) -> anyhow::Result<ExitCode> {
    let app = context.app()?;
    let table = args.read(context, &app).await?;
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
