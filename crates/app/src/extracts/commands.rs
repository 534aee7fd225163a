//! Making an extract: everything is read at one moment, checked and made before anything is written or handed over.

use std::collections::BTreeMap;

use analysis::extract::{Check, Plan, Rare};
use analysis::{Secret, View};
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::civil::Date;
use store::Seen;
use uuid::Uuid;

use super::files::{self, File, Formats};
use super::made::ResearchExtract;
use super::queries;
use crate::{App, AppError, Caller, ids, records};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct ExtractInput {
    /// Views and what is done with them.
    pub plan: Plan,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// What it is for.
    pub purpose: String,
    /// The legal basis.
    pub basis: String,
    /// Semicolon-separated files.
    pub csv: bool,
    /// Parquet files.
    pub parquet: bool,
}

/// An extract that is ready to leave.
#[derive(Debug)]
pub struct Prepared {
    /// Its files.
    pub files: Vec<File>,
    /// What is kept of it.
    pub record: ResearchExtract,
}

/// How the asking ended.
#[derive(Debug)]
pub enum Outcome {
    /// Ready.
    Ready(Box<Prepared>),
    /// Too few citizens share these combinations; nothing was made.
    Rare(Vec<Rare>),
}

/// Reads, checks and makes the files. Nothing is written, and nothing has left yet: see [`log`].
///
/// # Errors
///
/// Purpose or basis is missing, the period is none or has no rows, the store cannot be read.
pub async fn prepare(app: &App, who: &Caller, input: ExtractInput) -> Result<Outcome, AppError> {
    who.require(Permission::Extract)?;
    let purpose = said(&input.purpose, "formaal", "Skriv, hvad udtrækket skal bruges til.")?;
    let basis = said(&input.basis, "grundlag", "Skriv hjemlen: hvilken godkendelse, aftale eller beslutning.")?;
    if input.to < input.from {
        return Err(AppError::field("til", "order", "Slutdatoen skal ligge efter startdatoen."));
    }
    if !input.csv && !input.parquet {
        return Err(AppError::field("format", "missing", "Vælg mindst én slags fil."));
    }
    let secret = Secret(ids::secret());
    let (plan, days) = (input.plan.clone(), (input.from, input.to));
    let checks: Vec<(&'static View, Check)> = app
        .store
        .view(who.scope_because("extract.read", app.now(), Some(purpose.clone())), move |tx| {
            let read = |view: &&'static View| {
                let rows = queries::rows(tx, &plan, view, days)?;
                Ok::<_, AppError>((*view, Check::of(&plan, view, &secret, rows)))
            };
            let all = plan.views.iter().map(read).collect::<Result<Vec<_>, _>>()?;
            Ok::<_, AppError>(Seen::nothing(all))
        })
        .await?;
    if !input.plan.leave_out_rare {
        let rare: Vec<Rare> = checks.iter().flat_map(|(_, check)| check.rare.iter().cloned()).collect();
        if !rare.is_empty() {
            return Ok(Outcome::Rare(rare));
        }
    }
    if checks.iter().all(|(_, check)| check.rows.is_empty()) {
        return Err(AppError::field("fra", "empty", "Der er ingen rækker i perioden. Vælg en længere."));
    }
    let files = files::make(&input.plan, &checks, Formats { csv: input.csv, parquet: input.parquet })?;
    let record = ResearchExtract {
        id: ids::new(app.now()),
        by: who.user,
        on: local_date(app.now()),
        purpose,
        basis,
        from: input.from,
        to: input.to,
        rows: checks.iter().map(|(view, check)| (view.name.clone(), check.rows.len() as u64)).collect(),
        left_out_rows: checks.iter().map(|(_, check)| check.left_out as u64).sum(),
        left_out: input.plan.left_out.iter().map(|name| (*name).to_owned()).collect(),
        days: input.plan.days.word().to_owned(),
        k: input.plan.k,
        files: files.iter().map(|file| (file.name.clone(), store::sha256_hex(&file.body))).collect::<BTreeMap<_, _>>(),
    };
    Ok(Outcome::Ready(Box::new(Prepared { files, record })))
}

/// Writes down that an extract leaves: a record, and the log with purpose, who and when. Only then are the files handed over.
///
/// # Errors
///
/// The store cannot be written.
pub async fn log(app: &App, who: &Caller, record: &ResearchExtract) -> Result<Uuid, AppError> {
    who.require(Permission::Extract)?;
    let (record, id) = (record.clone(), record.id);
    let scope = who.scope_because("extract.export", app.now(), Some(record.purpose.clone()));
    app.store
        .write(scope, move |tx| {
            records::add(tx, &record)?;
            for (name, hash) in &record.files {
                tx.note(&format!("export {id} {name} {hash}"));
            }
            Ok::<_, AppError>(id)
        })
        .await
}

fn said(text: &str, field: &'static str, message: &'static str) -> Result<String, AppError> {
    let text = text.trim();
    if text.is_empty() { Err(AppError::field(field, "missing", message)) } else { Ok(text.to_owned()) }
}
