//! What commands print: lines for people, or one JSON object a line for machines.

use std::io::{self, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

/// Where results go.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// One JSON object a line.
    pub json: bool,
}

impl Output {
    /// Prints one result: as JSON, or as the text made of it. A reader that has gone away is no failure of ours.
    pub fn line<T: Serialize>(self, value: &T, text: impl FnOnce(&T) -> String) -> anyhow::Result<()> {
        let line = if self.json { serde_json::to_string(value)? } else { text(value) };
        let mut out = io::stdout().lock();
        match writeln!(out, "{line}").and_then(|()| out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
            other => Ok(other?),
        }
    }
}

/// A bar on a terminal, nothing in a pipe. `length` is in what `unit` says.
pub fn progress(length: u64, unit: &str) -> ProgressBar {
    // indicatif draws on standard error, and only when that is a terminal.
    let bar = ProgressBar::new(length);
    let template = format!("{{wide_bar}} {{pos}}/{{len}} {unit} {{eta}}");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
