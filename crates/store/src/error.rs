//! What can go wrong between a decision and the disk.

/// A failure of the store. Texts hold no values of rows: they are safe to log.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody saved the same record first.
    #[error("the record has a newer version")]
    Conflict,
    /// The record is not of the version that the change was asked for.
    #[error("version {expected} was expected, the record has {found}")]
    Changed {
        /// The version the change builds on.
        expected: i64,
        /// The version there is.
        found: i64,
    },
    /// A row that must be unique exists.
    #[error("a row with the same key exists")]
    Exists,
    /// A column was not of the expected type.
    #[error("column {index} is not of the expected type")]
    Column {
        /// Position in the select list, from zero.
        index: usize,
    },
    /// A stored text is no longer readable as what it was.
    #[error("stored {what} cannot be read")]
    Unreadable {
        /// What it should be.
        what: &'static str,
    },
    /// The organization is not set up.
    #[error("no such organization")]
    NoOrganization,
    /// The database is of a newer program.
    #[error("the database has migration {found}, this program knows {known}")]
    Newer {
        /// Newest migration in the database.
        found: i64,
        /// Newest migration of the program.
        known: i64,
    },
    /// The store is shutting down, or its thread has died.
    #[error("the store is closed")]
    Closed,
    /// The commit of a group failed; nothing of it was stored.
    #[error("the commit failed, nothing was stored")]
    CommitFailed,
    /// A transaction's code panicked and was rolled back.
    #[error("a transaction failed unexpectedly and was rolled back")]
    Panicked,
    /// The file system said no.
    #[error("the data folder cannot be used")]
    Io(#[from] std::io::Error),
    /// SQLite said no.
    #[error("sqlite: {}", sqlite_text(.0))]
    Sqlite(rusqlite::Error),
    /// PostgreSQL said no.
    #[error("postgres: {}", postgres_text(.0))]
    Postgres(postgres::Error),
    /// The log of changes or of reads does not fit together.
    #[error("the {log} chain of organization {organization} breaks at entry {seq}")]
    ChainBroken {
        /// Which chain.
        log: &'static str,
        /// Whose.
        organization: i64,
        /// First entry that does not fit.
        seq: i64,
    },
}

/// Only the code: SQLite's message may name a value.
fn sqlite_text(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(code, text) => {
            let text = text.as_deref().unwrap_or_default();
            format!("{:?} {}", code.code, text.split(':').next().unwrap_or_default())
        }
        other => format!("{other}"),
    }
}

/// Severity, code and message without the detail line, which may name a value.
fn postgres_text(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(db) => format!("{} {}", db.code().code(), db.message()),
        None => "connection failed".to_owned(),
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error() {
            Some(code) if code.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY => Self::Exists,
            Some(code) if code.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE => Self::Exists,
            _ => Self::Sqlite(error),
        }
    }
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        match error.code() {
            Some(code) if *code == postgres::error::SqlState::UNIQUE_VIOLATION => Self::Exists,
            _ => Self::Postgres(error),
        }
    }
}
