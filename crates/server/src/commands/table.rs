//! A table that a command shows: a line for each row, or a file.

use std::io::{self, Write};

use app::App;
use app::quality::FileKind;
use clap::{Args, ValueEnum};
use domain::organization::ManagingOrganization;
use serde_json::{Value, json};

use crate::context::{self, Context};
use crate::output::Output;

/// What to show.
#[derive(Debug, Args)]
pub struct TableArgs {
    /// Municipality code, when there are several organizations [default: all]
    #[arg(long, value_name = "CODE")]
    organization: Option<String>,
    /// As a file on standard output instead of lines; of one organization
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// Files a table can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object a line.
    Json,
    /// Separated by semicolons.
    Csv,
    /// A workbook.
    Xlsx,
}

/// Whose table is shown, and how.
#[derive(Debug)]
pub struct Table {
    /// The organizations, one after the other.
    pub organizations: Vec<ManagingOrganization>,
    /// The file that was asked for; none is lines.
    pub file: Option<FileKind>,
    output: Output,
    several: bool,
}

impl TableArgs {
    /// Reads what was asked for.
    pub async fn read(&self, context: &Context, app: &App) -> anyhow::Result<Table> {
        let organizations = context::organizations_named(app, self.organization.as_deref()).await?;
        let several = organizations.len() > 1;
        let file = self.file();
        anyhow::ensure!(file.is_none() || !several, "a file is of one organization: say which with --organization");
        Ok(Table { organizations, file, output: self.output(context), several })
    }

    /// The file that was asked for; none is lines.
    pub fn file(&self) -> Option<FileKind> {
        match self.format {
            Some(Format::Csv) => Some(FileKind::Csv),
            Some(Format::Xlsx) => Some(FileKind::Xlsx),
            Some(Format::Json) | None => None,
        }
    }

    /// How lines are printed.
    pub fn output(&self, context: &Context) -> Output {
        Output { json: context.output.json || self.format == Some(Format::Json) }
    }
}

impl Table {
    /// Prints a row; it says whose it is when there are several organizations.
    pub fn row(&self, of: &ManagingOrganization, mut row: Value, text: impl FnOnce() -> String) -> anyhow::Result<()> {
        if self.several {
            row["organization"] = json!(of.code);
        }
        self.output.line(&row, |_| text())
    }
}

/// Writes a file to standard output.
pub fn write(file: &[u8]) -> anyhow::Result<()> {
    Ok(io::stdout().lock().write_all(file)?)
}
