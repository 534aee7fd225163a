//! `forebyg restore FILE`: puts a backup back into an empty place.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::Args;
use serde_json::json;
use store::{Location, Store, StoreError};

use crate::context::Context;

/// Which backup.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// File that `forebyg backup` made
    pub file: PathBuf,
}

/// Restores, then opens the result once, so that a backup of an older program is brought up to date at once.
pub fn run(context: &Context, args: &RestoreArgs) -> anyhow::Result<ExitCode> {
    let file = args.file.display();
    if !args.file.is_file() {
        bail!("there is no file {file}");
    }
    let location = context.location();
    if let Location::Sqlite(path) = &location {
        context.make_data_folder()?;
        // A log left behind by another database would be played into the restored one.
        for leftover in ["-wal", "-shm"] {
            let leftover = PathBuf::from(format!("{}{leftover}", path.display()));
            if leftover.exists() {
                bail!("{} is left of another database; move it away first", leftover.display());
            }
        }
    }
    location.restore(&args.file).map_err(|error| match error {
        StoreError::Exists => anyhow::anyhow!("the data folder holds a database already; nothing was changed"),
        other => anyhow::Error::from(other).context(format!("{file} cannot be restored")),
    })?;
    Store::open(&location).context("the restored database cannot be opened")?;
    context.output.line(&json!({ "restored": args.file }), |_| {
        format!("{file} restored. Run `forebyg doctor` and `forebyg audit verify`.")
    })?;
    Ok(ExitCode::SUCCESS)
}
