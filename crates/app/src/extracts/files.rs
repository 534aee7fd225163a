//! The files of an extract: a table for each view, the data dictionary, and all of it in a zip file.

use std::io::{Cursor, Write};

use analysis::dictionary;
use analysis::extract::{Check, Plan};
use analysis::{Column, Kind, View};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::parquet;
use crate::AppError;
use crate::stopbasen::csv_cell;

/// A file of an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, of letters, underscores and an ending.
    pub name: String,
    /// What is in it.
    pub body: Vec<u8>,
}

/// Which kinds of file are made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Formats {
    pub csv: bool,
    pub parquet: bool,
}

/// Makes all files.
pub(super) fn make(plan: &Plan, checks: &[(&'static View, Check)], formats: Formats) -> Result<Vec<File>, AppError> {
    let mut files = vec![File { name: "felter.csv".to_owned(), body: described(plan).into_bytes() }];
    for (view, check) in checks {
        let columns = plan.columns(view);
        if formats.csv {
            files.push(File { name: format!("{}.csv", view.name), body: csv(&columns, check).into_bytes() });
        }
        if formats.parquet {
            let body = parquet::write(view, &columns, &check.rows).map_err(|error| {
                tracing::error!(%error, view = view.name, "a Parquet file could not be written");
                AppError::Rule { code: "file_not_made", message: "Filen kunne ikke laves. Vælg CSV." }
            })?;
            files.push(File { name: format!("{}.parquet", view.name), body });
        }
    }
    Ok(files)
}

/// The data dictionary of what is in the extract.
fn described(plan: &Plan) -> String {
    let lines = plan.views.iter().flat_map(|view| {
        plan.columns(view).into_iter().map(|column| {
            let mut line = dictionary::line(view, column);
            if column.kind == Kind::Day {
                line[3] = plan.days.label().to_lowercase();
            }
            line.map(|text| csv_cell(&text)).join(";")
        })
    });
    text(std::iter::once(dictionary::COLUMNS.map(csv_cell).join(";")).chain(lines))
}

/// Separated by semicolons and marked as UTF-8, with a decimal point; the names of the columns first.
fn csv(columns: &[&'static Column], check: &Check) -> String {
    let head = columns.iter().map(|column| csv_cell(&column.name)).collect::<Vec<_>>().join(";");
    let cell = |(column, value): (&&Column, &Option<String>)| match (column.kind, value) {
        (_, None) => String::new(),
        (Kind::Number, Some(number)) => number.parse::<f64>().map_or_else(|_| String::new(), |it| it.to_string()),
        (_, Some(text)) => csv_cell(text),
    };
    let rows = check.rows.iter().map(|row| columns.iter().zip(row).map(cell).collect::<Vec<_>>().join(";"));
    text(std::iter::once(head).chain(rows))
}

fn text(lines: impl Iterator<Item = String>) -> String {
    let mut text = String::from("\u{feff}");
    for line in lines {
        text.push_str(&line);
        text.push_str("\r\n");
    }
    text
}

/// All files in one.
///
/// # Errors
///
/// The zip file cannot be written.
pub fn zipped(files: &[File]) -> Result<Vec<u8>, AppError> {
    let write = || -> Result<Vec<u8>, zip::result::ZipError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for file in files {
            zip.start_file(file.name.as_str(), SimpleFileOptions::default())?;
            zip.write_all(&file.body)?;
        }
        Ok(zip.finish()?.into_inner())
    };
    write().map_err(|error| {
        tracing::error!(%error, "an extract could not be packed");
        AppError::Rule { code: "file_not_made", message: "Filen kunne ikke laves. Prøv igen." }
    })
}
