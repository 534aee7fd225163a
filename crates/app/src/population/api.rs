//! Population tables in the API: what is there, and taking one in.

use axum::extract::State;
use domain::permission::Permission;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::OpenApi;
use uuid::Uuid;

use super::commands::{self, PopulationInput};
use super::list;
use super::sheet;
use super::subject::PopulationSubject;
use crate::web::{Answer, Command, Failure, Go, Routes};
use crate::{App, AppError, Caller};

#[derive(OpenApi)]
#[openapi(paths(tables, imported))]
struct Document;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The routes of population tables.
pub fn routes() -> Routes {
    Routes::new().get("/api/v1/population", Permission::QualityRead, tables).post(
        "/api/v1/population",
        Permission::QualityWrite,
        imported,
    )
}

/// Every table.
#[derive(Serialize, utoipa::ToSchema)]
struct Tables {
    /// By subject, the newest first.
    items: Vec<TableItem>,
}

/// A table without its lines.
#[derive(Serialize, utoipa::ToSchema)]
struct TableItem {
    /// Its id.
    id: Uuid,
    /// Who is counted.
    subject: &'static str,
    /// Where it is from.
    source: String,
    /// The day of its data.
    #[schema(value_type = String, format = Date)]
    dataset_on: Date,
    /// `in_force`, corrected or older.
    standing: &'static str,
    /// Persons of the own municipality; none when it does not tell.
    persons: Option<i64>,
    /// A word for each column.
    columns: Vec<String>,
}

/// The population tables of the municipality.
#[utoipa::path(get, path = "/api/v1/population", tag = "population",
    responses((status = 200, description = "Every table", body = Tables)))]
async fn tables(State(app): State<App>, who: Caller) -> Result<Answer, AppError> {
    let items = list::tables(&app, &who).await?.into_iter().map(|(kept, standing)| TableItem {
        id: kept.id,
        subject: kept.subject.word(),
        source: kept.source,
        dataset_on: kept.dataset_on,
        standing: standing.word(),
        persons: Some(kept.persons).filter(|persons| *persons > 0),
        columns: kept.chosen.columns,
    });
    Answer::ok(&Tables { items: items.collect() })
}

/// A table to take in.
#[derive(Deserialize, utoipa::ToSchema)]
struct TableInput {
    /// Who is counted: residents, `chronic_disease`, smokers, alcohol, overweight or inactive.
    subject: String,
    /// Where it is from.
    source: String,
    /// The day of its data.
    #[schema(value_type = String, format = Date)]
    dataset_on: Date,
    /// The lines, with the names of the columns first.
    csv: String,
    /// A word for each column: municipality, persons, disease, district, `age_band`, sex, education, `language_need`,
    /// `mental_illness`, origin, or nothing.
    columns: Vec<String>,
    /// What stands for the sum of all groups.
    #[serde(default)]
    total: String,
    /// What stands for those with any disease.
    #[serde(default)]
    any_disease: String,
}

/// Takes in a table, whole or not at all.
#[utoipa::path(post, path = "/api/v1/population", tag = "population", request_body = TableInput,
    responses((status = 201, description = "Taken in", body = crate::web::Changed)))]
async fn imported(command: Command<TableInput>) -> Result<Answer, Failure> {
    command
        .run(async |go, input: TableInput| {
            let unknown = || AppError::field("subject", "unknown", "Ingen befolkningstabel tæller det.");
            let subject = PopulationSubject::parse(&input.subject).ok_or_else(unknown)?;
            let TableInput { source, dataset_on, csv, columns, total, any_disease, .. } = input;
            let content = sheet::read(csv.as_bytes())?.content;
            let file_name = "API".to_owned();
            let table =
                PopulationInput { subject, source, dataset_on, file_name, content, columns, total, any_disease };
            let id = commands::import(&go.app, &go.who, table, None).await.map_err(|error| error.of_field("csv"))?;
            Go::made(id)
        })
        .await
}
