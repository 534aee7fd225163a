//! `forebyg backup FILE`: the whole database in one file, taken while it is used.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::Args;
use serde_json::json;

use crate::context::Context;
use crate::output::progress;

/// Where the backup goes.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// File to make; one that exists is not overwritten
    pub file: PathBuf,
}

/// Copies beside, syncs and renames: a file under the final name is always whole.
pub async fn run(context: &Context, args: BackupArgs) -> anyhow::Result<ExitCode> {
    let file = args.file;
    if file.exists() {
        bail!("{} exists already and is not overwritten", file.display());
    }
    let store = context.store()?;
    let half = half_of(&file);
    let to = half.clone();
    let bar = progress(100, "%");
    let copied = tokio::task::spawn_blocking(move || {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share from 0 to 1")]
        store.backup(&to, |share| bar.set_position((share * 100.0) as u64))
    })
    .await?;
    if let Err(error) = copied {
        let _ = fs::remove_file(&half);
        return Err(error).context("the backup failed and was removed");
    }
    File::open(&half)?.sync_all()?;
    fs::rename(&half, &file)?;
    let bytes = fs::metadata(&file)?.len();
    let line = json!({ "file": file, "bytes": bytes });
    context.output.line(&line, |_| format!("{} written, {} kB.", file.display(), bytes / 1000))?;
    Ok(ExitCode::SUCCESS)
}

fn half_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".part");
    name.into()
}
