//! `forebyg receive PATH… | -`: takes message files in, one line of result per file. The files stay where they are.
//!
//! Files are taken in by the batch, in the order given, so that a duplicate is the later one.

mod files;

use std::path::PathBuf;
use std::process::ExitCode;

use app::AppError;
use app::mailbox::{Answer, File, Received, receive_all};
use clap::Args;
use indicatif::ProgressBar;
use serde::Serialize;
use store::StoreError;

use crate::commands::exit;
use crate::context::{self, Context};
use crate::output::{Output, progress};

/// What to take in.
#[derive(Debug, Args)]
pub struct ReceiveArgs {
    /// Files, folders with everything in them, or - for one message on standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// The line of a file.
#[derive(Debug, Serialize)]
struct Line {
    file: String,
    kind: &'static str,
    outcome: &'static str,
    referrals: Vec<uuid::Uuid>,
    answers: Vec<Answer>,
    reason: Option<String>,
    /// Not taken in at all: it could not be opened, or the store failed.
    #[serde(skip)]
    failed: bool,
}

/// Takes everything in, and ends with 1 when a file could not be taken in. A message that is refused is taken in.
pub async fn run(context: &Context, args: ReceiveArgs) -> anyhow::Result<ExitCode> {
    let app = context.app()?;
    context::organizations(&app).await?;
    let files = files::listed(&args.paths);
    let mut report =
        Report { output: context.output, bar: progress(files.len() as u64, "files"), answers: 0, failed: 0 };
    let mut told = Ok(());
    let limit = app.message_limits.file_bytes();
    let files = files.into_iter().map(|path| File {
        tag: path.display().to_string(),
        id: app::ids::new(app.now()),
        bytes: files::read(&path, limit),
    });
    receive_all(&app, files, |name, received| {
        let line = line(name, received);
        if told.is_ok() {
            told = report.tell(&line);
        }
    })
    .await;
    told?;
    report.end();
    Ok(exit(report.failed == 0))
}

fn line(name: String, received: Result<Received, AppError>) -> Line {
    match received {
        Ok(received) => done(name, received),
        Err(AppError::Store(StoreError::Io(error))) => failed(name, format!("Filen kan ikke åbnes: {error}")),
        Err(error) => {
            tracing::error!(%error, "a file could not be taken in");
            failed(name, "Filen kunne ikke gemmes. Prøv igen.".to_owned())
        }
    }
}

fn done(file: String, received: Received) -> Line {
    let Received { kind, outcome, referrals, answers, reason, message: _ } = received;
    Line { file, kind, outcome, referrals, answers, reason, failed: false }
}

fn failed(file: String, reason: String) -> Line {
    use domain::message::{MessageKind, Outcome};
    let (kind, outcome) = (MessageKind::Unknown.word(), Outcome::Refused.word());
    Line { file, kind, outcome, referrals: Vec::new(), answers: Vec::new(), reason: Some(reason), failed: true }
}

/// Prints the lines in the order of the files.
struct Report {
    output: Output,
    bar: ProgressBar,
    answers: usize,
    failed: usize,
}

impl Report {
    fn tell(&mut self, line: &Line) -> anyhow::Result<()> {
        self.answers += line.answers.len();
        self.failed += usize::from(line.failed);
        self.bar.suspend(|| self.output.line(line, as_text))?;
        self.bar.inc(1);
        Ok(())
    }

    fn end(&self) {
        self.bar.finish_and_clear();
        if self.answers > 0 && !self.output.json {
            let answers = self.answers;
            eprintln!("{answers} answers are queued; a running server hands them over, or: forebyg send");
        }
    }
}

fn as_text(line: &Line) -> String {
    let answers: Vec<String> = line
        .answers
        .iter()
        .map(|answer| {
            answer.code.as_ref().map_or_else(|| answer.kind.to_owned(), |code| format!("{} {code}", answer.kind))
        })
        .collect();
    let answers = if answers.is_empty() { "no answer".to_owned() } else { answers.join(", ") };
    let reason = line.reason.as_deref().map(|reason| format!(" · {reason}")).unwrap_or_default();
    format!("{}: {} {} · {answers}{reason}", line.file, line.kind, line.outcome)
}
