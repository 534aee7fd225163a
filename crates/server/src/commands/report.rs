//! `forebyg report …`: the delivery reports to KL Gateway.

mod build;
mod check;
mod send;
mod status;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use crate::context::Context;

/// What can be done with reports.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// Build the reports that are due, missed days first; without a day, up to yesterday
    Build {
        /// Build this day only
        #[arg(long, value_name = "YYYY-MM-DD")]
        date: Option<jiff::civil::Date>,
        /// Also write each report as `DIR/DAY/ID.json`
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Municipality code, when there are several organizations [default: all]
        #[arg(long, value_name = "CODE")]
        organization: Option<String>,
    },
    /// Hold reports, ours or another system's, against FHIR R4 and the prevention guide
    Check {
        /// Files with one report each, or - for standard input
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Send the reports that wait to the gateway; a running server does so by itself
    Send,
    /// Show days with reports and where they stand
    Status {
        /// How many days, the newest first
        #[arg(long, default_value_t = 30)]
        days: i64,
    },
}

/// Runs the command asked for.
pub async fn run(context: &Context, command: ReportCommand) -> anyhow::Result<ExitCode> {
    match command {
        ReportCommand::Build { date, out, organization } => {
            build::run(context, build::Wanted { date, out, organization }).await
        }
        ReportCommand::Status { days } => status::run(context, days).await,
        ReportCommand::Check { files } => check::run(context, &files),
        ReportCommand::Send => send::run(context).await,
    }
}
