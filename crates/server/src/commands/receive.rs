//! `forebyg receive PATH… | -`: takes message files in, one line of result per file. The files stay where they are.
//!
//! Many files are on their way at a time, so that they share commits; those about the same citizen or letter follow
//! each other in the order given, so that a duplicate is the later one.

mod files;
mod order;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use app::App;
use app::mailbox::{Answer, Received};
use clap::Args;
use indicatif::ProgressBar;
use serde::Serialize;
use tokio::task::JoinHandle;

use crate::commands::exit;
use crate::context::{self, Context};
use crate::output::{Output, progress};
use order::Order;

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

/// Files on their way at a time.
const AT_A_TIME: usize = 256;
/// Bytes on their way at a time; a single larger file goes alone.
const BYTES_AT_A_TIME: usize = 64 << 20;

struct OnItsWay {
    bytes: usize,
    line: JoinHandle<Line>,
}

/// Takes everything in, and ends with 1 when a file could not be taken in. A message that is refused is taken in.
pub async fn run(context: &Context, args: ReceiveArgs) -> anyhow::Result<ExitCode> {
    let app = context.app()?;
    context::organizations(&app).await?;
    let files = files::listed(&args.paths);
    let mut report =
        Report { output: context.output, bar: progress(files.len() as u64, "files"), answers: 0, failed: 0 };
    let (mut order, mut waiting, mut bytes_waiting) = (Order::default(), VecDeque::new(), 0);
    for file in files {
        let next = start(&app, &mut order, &file);
        bytes_waiting += next.bytes;
        waiting.push_back(next);
        while waiting.len() >= AT_A_TIME || (bytes_waiting > BYTES_AT_A_TIME && !waiting.is_empty()) {
            bytes_waiting -= report.first(&mut waiting).await?;
        }
    }
    while !waiting.is_empty() {
        report.first(&mut waiting).await?;
    }
    report.end();
    Ok(exit(report.failed == 0))
}

/// Reads a file and sends it on its way.
fn start(app: &App, order: &mut Order, file: &Path) -> OnItsWay {
    let name = file.display().to_string();
    let limits = app.message_limits;
    let bytes = match files::read(file, limits.file_bytes()) {
        Ok(bytes) => bytes,
        Err(error) => {
            let line = failed(name, format!("Filen kan ikke åbnes: {error}"));
            return OnItsWay { bytes: 0, line: tokio::spawn(async move { line }) };
        }
    };
    let mut turn = order.turn(&bytes, &limits);
    let (app, length) = (app.clone(), bytes.len());
    let line = tokio::spawn(async move {
        turn.come().await;
        match app::mailbox::receive(&app, app::ids::new(app.now()), bytes).await {
            Ok(received) => done(name, received),
            Err(error) => {
                tracing::error!(%error, "a file could not be taken in");
                failed(name, "Filen kunne ikke gemmes. Prøv igen.".to_owned())
            }
        }
    });
    OnItsWay { bytes: length, line }
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
    /// Prints the first of those on their way; gives its bytes back.
    async fn first(&mut self, waiting: &mut VecDeque<OnItsWay>) -> anyhow::Result<usize> {
        let Some(OnItsWay { bytes, line }) = waiting.pop_front() else { return Ok(0) };
        let line = line.await?;
        self.answers += line.answers.len();
        self.failed += usize::from(line.failed);
        self.bar.suspend(|| self.output.line(&line, as_text))?;
        self.bar.inc(1);
        Ok(bytes)
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
