//! Backup while running, and restore: SQLite through its online backup, PostgreSQL through its own tools.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::StoreError;
use crate::open::{Location, Store};

/// Pages copied between two pauses, so that writers get their turn.
const PAGES_A_STEP: i32 = 2000;

impl Store {
    /// Copies the whole database into a file while it is used. `progress` gets the share done, 0 to 1.
    pub fn backup(&self, to: &Path, mut progress: impl FnMut(f64)) -> Result<(), StoreError> {
        match self.location() {
            Location::Sqlite(path) => copy_sqlite(&path, to, &mut progress),
            Location::Postgres(address) => run_tool("pg_dump", &["--format=custom", "--file"], to, &address),
        }
    }

    /// Newest migration this program knows; `doctor` shows it beside the database's own.
    pub const fn newest_migration() -> i64 {
        crate::migrations::newest()
    }
}

impl Location {
    /// Puts a backup back. The place must be empty: nothing that exists is overwritten.
    pub fn restore(&self, from: &Path) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(path) if path.exists() => Err(StoreError::Exists),
            Self::Sqlite(path) => {
                let half = path.with_extension("restoring");
                copy_sqlite(from, &half, &mut |_| ())?;
                check_sqlite(&half)?;
                Ok(std::fs::rename(half, path)?)
            }
            Self::Postgres(address) => {
                run_tool("pg_restore", &["--no-owner", "--exit-on-error", "--single-transaction"], from, address)
            }
        }
    }
}

fn copy_sqlite(from: &Path, to: &Path, progress: &mut dyn FnMut(f64)) -> Result<(), StoreError> {
    let source = rusqlite::Connection::open_with_flags(from, rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let mut target = rusqlite::Connection::open(to)?;
    let backup = rusqlite::backup::Backup::new(&source, &mut target)?;
    loop {
        let step = backup.step(PAGES_A_STEP)?;
        let left = backup.progress();
        progress(1.0 - f64::from(left.remaining) / f64::from(left.pagecount.max(1)));
        match step {
            rusqlite::backup::StepResult::Done => return Ok(()),
            _ => std::thread::sleep(Duration::from_millis(2)),
        }
    }
}

fn check_sqlite(path: &Path) -> Result<(), StoreError> {
    let connection = rusqlite::Connection::open(path)?;
    let answer: String = connection.query_row("pragma quick_check", [], |row| row.get(0))?;
    if answer == "ok" { Ok(()) } else { Err(StoreError::Unreadable { what: "backup" }) }
}

fn run_tool(tool: &str, options: &[&str], file: &Path, address: &str) -> Result<(), StoreError> {
    let mut command = Command::new(tool);
    command.args(options);
    if tool == "pg_dump" {
        command.arg(file).arg(address);
    } else {
        command.arg("--dbname").arg(address).arg(file);
    }
    if command.status()?.success() { Ok(()) } else { Err(StoreError::Unreadable { what: "backup" }) }
}
