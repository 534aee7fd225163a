//! `forebyg report build`: the delivery reports of the days that are over.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use app::reporting::{Again, BuildFailure, Built, build_day, build_due};
use jiff::civil::Date;
use serde_json::json;

use crate::commands::exit;
use crate::context::{self, Context};
use crate::output::progress;

/// Which reports.
pub struct Wanted {
    /// This day only.
    pub date: Option<Date>,
    /// Where to write them.
    pub out: Option<PathBuf>,
    /// Whose.
    pub organization: Option<String>,
}

/// Builds; ends with 1 when a citizen's report could not be built.
pub async fn run(context: &Context, wanted: Wanted) -> anyhow::Result<ExitCode> {
    let app = context.app()?;
    let mut whole = true;
    for organization in context::organizations_named(&app, wanted.organization.as_deref()).await? {
        let who = context::operator(organization.key);
        let built = match wanted.date {
            Some(day) => build_day(&app, &who, day, Again::Asked).await,
            None => build_due(&app, &who, Again::Asked).await,
        };
        let built = built.context("the reports could not be built")?;
        let bar = progress(built.reports.len() as u64, "reports");
        for report in &built.reports {
            let file = wanted.out.as_deref().map(|out| write(out, report)).transpose()?;
            bar.suspend(|| tell(context, report, file.as_deref()))?;
            bar.inc(1);
        }
        bar.finish_and_clear();
        for failure in &built.failures {
            whole = false;
            tell_failure(context, failure)?;
        }
        if built.reports.is_empty() && built.failures.is_empty() {
            let when = wanted.date.map_or_else(|| "up to yesterday".to_owned(), |day| format!("for {day}"));
            eprintln!("{}: nothing to report {when}", organization.name);
        }
    }
    Ok(exit(whole))
}

/// Written beside and renamed, so that whoever fetches never sees half a report.
fn write(out: &Path, report: &Built) -> anyhow::Result<PathBuf> {
    let folder = out.join(report.day.to_string());
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let file = folder.join(format!("{}.json", report.id));
    let half = file.with_extension("json.tmp");
    std::fs::write(&half, &report.json)
        .and_then(|()| std::fs::rename(&half, &file))
        .with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(file)
}

fn tell(context: &Context, report: &Built, file: Option<&Path>) -> anyhow::Result<()> {
    let line =
        json!({ "day": report.day, "id": report.id, "citizen": report.citizen, "new": report.new, "file": file });
    context.output.line(&line, |_| {
        let new = if report.new { "built" } else { "built earlier" };
        let file = file.map(|file| format!(" · {}", file.display())).unwrap_or_default();
        format!("{} {} {new}{file}", report.day, report.id)
    })
}

fn tell_failure(context: &Context, failure: &BuildFailure) -> anyhow::Result<()> {
    let line = json!({ "day": failure.day, "citizen": failure.citizen, "failed": true, "reason": failure.text });
    context.output.line(&line, |_| format!("{} citizen {} NOT built: {}", failure.day, failure.citizen, failure.text))
}
