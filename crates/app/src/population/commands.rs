//! Taking in a population table: whole, or not at all.

use domain::organization::ManagingOrganization;
use domain::permission::Permission;
use domain::workdays::local_date;
use indicators::equity::population::{self, PopulationTable};
use jiff::civil::Date;
use uuid::Uuid;

use super::mapping::Chosen;
use super::queries::{self, Kept};
use super::sheet;
use super::subject::PopulationSubject;
use crate::{App, AppError, Caller, ids};

/// A table to take in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PopulationInput {
    /// Who it counts.
    pub subject: PopulationSubject,
    /// Where it is from.
    pub source: String,
    /// The day of its data.
    pub dataset_on: Date,
    /// What the file is called.
    pub file_name: String,
    /// The file between semicolons.
    pub content: String,
    /// A word for each column: `municipality`, `persons`, `disease`, a breakdown, or nothing.
    pub columns: Vec<String>,
    /// What stands for the sum of all groups.
    pub total: String,
    /// What stands for those with any disease.
    pub any_disease: String,
}

/// Why a table was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Something about the whole.
    #[error(transparent)]
    App(#[from] AppError),
    /// Lines that do not fit, each said with line and column.
    #[error("{} lines do not fit", .0.len())]
    Lines(Vec<String>),
}

impl ImportError {
    /// As a field of a request that holds the file.
    pub(crate) fn of_field(self, field: &'static str) -> AppError {
        match self {
            Self::App(error) => error,
            Self::Lines(lines) => AppError::field(field, "lines", lines.join(" ")),
        }
    }
}

/// Reads a table as it would be taken in. Nothing is kept.
pub(super) fn checked(home: &ManagingOrganization, input: &PopulationInput) -> Result<PopulationTable, ImportError> {
    let names = sheet::parsed(&input.content)?.columns;
    let chosen = chosen(input);
    if let Some(twice) = chosen.twice() {
        let message = format!("To kolonner er valgt som »{}«. Vælg kun én.", twice.label());
        return Err(AppError::field("kolonner", "twice", message).into());
    }
    let Some(mapping) = chosen.mapping(&names, &input.source, input.dataset_on) else {
        let message = "Vælg, hvilken kolonne der er kommunens kode, og hvilken der er antallet.";
        return Err(AppError::field("kolonner", "missing", message).into());
    };
    let expected = std::slice::from_ref(&home.code);
    population::read(&input.content, &mapping, expected)
        .map_err(|faults| ImportError::Lines(faults.iter().map(population::Fault::user_message).collect()))
}

fn chosen(input: &PopulationInput) -> Chosen {
    let PopulationInput { columns, total, any_disease, .. } = input;
    Chosen { columns: columns.clone(), total: total.clone(), any_disease: any_disease.clone() }
}

/// What must be said of a table beside its lines.
fn described(input: &PopulationInput, today: Date) -> Result<(), AppError> {
    if input.source.trim().is_empty() || input.source.chars().count() > 200 {
        return Err(AppError::field("kilde", "missing", "Skriv, hvor tallene er fra, med højst 200 tegn."));
    }
    if input.dataset_on > today || input.dataset_on.year() < 1990 {
        return Err(AppError::field("dato", "range", "Skriv den dag, tallene er fra. Den kan ikke ligge i fremtiden."));
    }
    Ok(())
}

/// Takes in a table; the draft that it came from goes. An earlier one of the same subject stays and holds no more.
///
/// # Errors
/// The caller may not; something is missing; lines do not fit, and then nothing is kept.
pub async fn import(app: &App, who: &Caller, input: PopulationInput, draft: Option<Uuid>) -> Result<Uuid, ImportError> {
    who.require(Permission::QualityWrite)?;
    let now = app.now();
    described(&input, local_date(now))?;
    let home = app.organization(who.organization).await?;
    let (input, table) = tokio::task::spawn_blocking(move || {
        let table = checked(&home, &input)?;
        let own = table.persons(&home.code, None).unwrap_or(0);
        Ok::<_, ImportError>((input, (table.rows().len(), own)))
    })
    .await
    .map_err(|_| AppError::from(store::StoreError::Panicked))??;
    let id = ids::new(now);
    let chosen = chosen(&input);
    let PopulationInput { subject, source, dataset_on, file_name, content, .. } = input;
    let kept = Kept {
        id,
        subject,
        source: source.trim().to_owned(),
        dataset_on,
        file_name,
        chosen,
        row_count: i64::try_from(table.0).unwrap_or(i64::MAX),
        persons: i64::try_from(table.1).unwrap_or(i64::MAX),
        imported_at: now,
        imported_by: String::new(),
    };
    app.store
        .write(who.scope("population.import", now), move |tx| {
            queries::insert(tx, &kept, &content)?;
            if let Some(draft) = draft {
                queries::drop_draft(tx, draft)?;
            }
            tx.note(&format!(
                "population_table/{id} {} {}",
                kept.subject.word(),
                store::sha256_hex(content.as_bytes())
            ));
            Ok::<_, AppError>(())
        })
        .await?;
    Ok(id)
}

/// Keeps a file that somebody sent until its columns are understood.
pub(super) async fn keep_draft(app: &App, who: &Caller, name: &str, bytes: Vec<u8>) -> Result<Uuid, AppError> {
    let sheet = tokio::task::spawn_blocking(move || sheet::read(&bytes));
    let sheet = sheet.await.map_err(|_| AppError::from(store::StoreError::Panicked))??;
    let now = app.now();
    let id = ids::new(now);
    let name: String = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(100).collect();
    app.store
        .write(who.scope("population.draft", now), move |tx| {
            queries::draft(tx, id, &name, &sheet.content)?;
            tx.note(&format!("population_draft/{id}"));
            Ok::<_, AppError>(id)
        })
        .await
}
