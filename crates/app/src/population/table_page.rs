//! One table: `GET /befolkning/{id}` with how many there are in each group of the municipality. One query.

use askama::Template;
use axum::extract::{Path, State};
use indicators::equity::population::{self, PopulationTable};
use store::Seen;
use uuid::Uuid;

use super::list::{self, split};
use super::queries;
use super::sheet;
use super::words::{self, Group};
use crate::layout::{Counts, Fact, Frame, Nav, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "population/table.html")]
pub(super) struct TablePage {
    frame: Frame,
    heading: &'static str,
    dataset: String,
    source: String,
    facts: Vec<Fact>,
    by: String,
    groups: Vec<GroupsView>,
}

/// The groups of a breakdown.
struct GroupsView {
    id: &'static str,
    name: &'static str,
    rows: Vec<GroupView>,
}

struct GroupView {
    name: Group,
    persons: String,
    share: String,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<TablePage>, AppError> {
    let found = app
        .store
        .view(caller.scope("population.table", app.now()), move |tx| {
            Ok::<_, AppError>(Seen::nothing(queries::one(tx, id)?))
        })
        .await?;
    let (kept, content) = found.ok_or(AppError::NotFound("population_table"))?;
    let home = app.organization(caller.organization).await?;
    let now = app.now();
    let today = domain::workdays::local_date(now);
    let names = sheet::parsed(&content)?.columns;
    let mapping = kept.chosen.mapping(&names, &kept.source, kept.dataset_on);
    let table = mapping.and_then(|mapping| population::read(&content, &mapping, std::slice::from_ref(&home.code)).ok());
    let groups = table.map(|table| groups(&table, &home.code)).unwrap_or_default();
    Ok(Page(TablePage {
        frame: visit.frame(Nav::Quality, Counts::default()).await?,
        heading: kept.subject.label(),
        dataset: dates::month_day(kept.dataset_on, today),
        facts: vec![
            Fact::said("I kommunen", list::persons(kept.persons)),
            Fact::said("Antal i tabellen", list::persons(kept.row_count)),
            Fact::said("Delt efter", split(&kept).join(", ")),
            Fact::new("Fil", kept.file_name),
            Fact::said("Indlæst", dates::when_exactly(kept.imported_at, now)),
        ],
        source: kept.source,
        by: kept.imported_by,
        groups,
    }))
}

#[expect(clippy::cast_precision_loss, reason = "people of a municipality are far below 2^53")]
fn groups(table: &PopulationTable, of: &domain::identifiers::MunicipalityCode) -> Vec<GroupsView> {
    let views = table.breakdowns().iter().filter_map(|by| {
        let strata = table.strata(of, None, *by)?;
        let whole: u64 = strata.iter().map(|(_, persons)| persons).sum();
        let row = |(word, persons): (&str, u64)| GroupView {
            name: words::group(*by, word),
            persons: list::persons(i64::try_from(persons).unwrap_or(i64::MAX)),
            share: if whole == 0 { "–".to_owned() } else { charts::percent(persons as f64 / whole as f64, 1) },
        };
        Some(GroupsView { id: by.word(), name: by.label(), rows: strata.into_iter().map(row).collect() })
    });
    let mut views: Vec<GroupsView> = views.collect();
    let diseases: Vec<GroupView> = table
        .diseases()
        .into_iter()
        .filter_map(|disease| {
            let persons = table.persons(of, Some(disease))?;
            let share = "–".to_owned();
            let persons = list::persons(i64::try_from(persons).unwrap_or(i64::MAX));
            Some(GroupView { name: Group::File(disease.to_owned()), persons, share })
        })
        .collect();
    if !diseases.is_empty() {
        views.push(GroupsView { id: "disease", name: "Sygdom", rows: diseases });
    }
    views
}
