//! `[log]`: what is written to standard error.

use serde::{Deserialize, Serialize};

/// The log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// Level, or levels by module: `info`, `warn,app=debug`.
    pub filter: String,
    /// How lines look.
    pub format: Format,
}

/// How lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Text on a terminal, JSON elsewhere.
    Auto,
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
}

impl Default for Log {
    fn default() -> Self {
        Self { filter: "info".to_owned(), format: Format::Auto }
    }
}
