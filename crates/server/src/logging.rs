//! The log: to standard error, for people on a terminal and as JSON elsewhere. No personal data is written to it.

use std::io::IsTerminal;

use anyhow::Context as _;
use tracing_subscriber::EnvFilter;

use crate::settings::log::{Format, Log};

/// Starts the log.
pub fn start(settings: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::builder().parse(&settings.filter).context("the setting log.filter cannot be read")?;
    let json = match settings.format {
        Format::Auto => !std::io::stderr().is_terminal(),
        Format::Json => true,
        Format::Text => false,
    };
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if json {
        log.json().flatten_event(true).init();
    } else {
        log.compact().init();
    }
    Ok(())
}
