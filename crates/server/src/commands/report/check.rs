//! `forebyg report check FILE…`: each report held against every rule; exit code 1 when one is not accepted.

use std::fmt::Write as _;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use fhir_gateway::{Issue, Outcome, Severity, check_with};
use serde_json::{Value, json};

use crate::commands::exit;
use crate::context::Context;
use crate::output::progress;

/// Checks every file, also after one that cannot be read.
pub fn run(context: &Context, files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let options = context.settings.report.options();
    let bar = progress(files.len() as u64, "reports");
    let mut all = true;
    for file in files {
        let (accepted, issues) = match read(file) {
            Ok(bytes) => {
                let outcome = check_with(&bytes, options);
                (outcome.accepted(), issues(&outcome))
            }
            Err(error) => (false, vec![unreadable(&error)]),
        };
        all &= accepted;
        let line = json!({ "file": file.display().to_string(), "accepted": accepted, "issues": issues });
        bar.suspend(|| context.output.line(&line, as_text))?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(exit(all))
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    if file != Path::new("-") {
        return std::fs::read(file);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn issues(outcome: &Outcome) -> Vec<Value> {
    let json = |issue: &Issue| json!({ "severity": word(issue.severity), "rule": issue.rule, "path": issue.path, "text": issue.text });
    outcome.issues.iter().map(json).collect()
}

fn unreadable(error: &io::Error) -> Value {
    let text = format!("Filen kan ikke åbnes: {error}");
    json!({ "severity": word(Severity::Error), "rule": "file", "path": "", "text": text })
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn as_text(line: &Value) -> String {
    let of = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let accepted = if line["accepted"] == true { "accepted" } else { "NOT accepted" };
    let mut text = format!("{}: {accepted}", of(line, "file"));
    for issue in line["issues"].as_array().into_iter().flatten() {
        let (severity, rule, path) = (of(issue, "severity"), of(issue, "rule"), of(issue, "path"));
        let _ = write!(text, "\n  {severity} {rule} at {path}: {}", of(issue, "text"));
    }
    text
}
