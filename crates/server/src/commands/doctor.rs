//! `forebyg doctor`: is everything as it should be? One line per thing looked at; exit code 1 when one fails.

mod database;
mod machine;
mod messages;

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use crate::commands::exit;
use crate::context::Context;

/// How thoroughly.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Verify the log's hash chains as well; takes long on a large database
    #[arg(long)]
    pub chains: bool,
}

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// As it should be.
    Ok,
    /// Somebody should look at it.
    Warn,
    /// The program cannot do its work.
    Fail,
}

/// One thing looked at.
#[derive(Debug, Serialize)]
pub struct Finding {
    check: &'static str,
    status: Status,
    text: String,
}

impl Finding {
    pub(super) fn ok(check: &'static str, text: impl Into<String>) -> Self {
        Self { check, status: Status::Ok, text: text.into() }
    }

    pub(super) fn warn(check: &'static str, text: impl Into<String>) -> Self {
        Self { check, status: Status::Warn, text: text.into() }
    }

    pub(super) fn fail(check: &'static str, text: impl Into<String>) -> Self {
        Self { check, status: Status::Fail, text: text.into() }
    }

    /// A warning when it holds, fine otherwise.
    pub(super) fn warn_if(check: &'static str, holds: bool, text: impl Into<String>) -> Self {
        if holds { Self::warn(check, text) } else { Self::ok(check, text) }
    }
}

/// Looks at the machine first, then at the database, then at what lies in it.
pub async fn run(context: &Context, args: &DoctorArgs) -> anyhow::Result<ExitCode> {
    let mut findings = machine::findings(context);
    match database::open(context) {
        Ok(app) => {
            findings.extend(database::findings(&app, args.chains).await);
            findings.extend(messages::findings(context, &app).await);
        }
        Err(finding) => findings.push(finding),
    }
    for finding in &findings {
        context.output.line(finding, |f| format!("{:<5}{:<14}{}", word(f.status), f.check, f.text))?;
    }
    Ok(exit(findings.iter().all(|finding| finding.status != Status::Fail)))
}

const fn word(status: Status) -> &'static str {
    match status {
        Status::Ok => "ok",
        Status::Warn => "warn",
        Status::Fail => "FAIL",
    }
}
