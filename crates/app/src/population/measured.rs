//! What participation is measured against: the newest table that is split as it is.

use domain::identifiers::MunicipalityCode;
use indicators::definition::Breakdown;
use indicators::equity::population::{self, PopulationTable};
use jiff::civil::Date;
use standard::facts::Population;
use store::{StoreError, Tx};

use super::list::{self, Standing};
use super::mapping::Column;
use super::subject::PopulationSubject;
use super::{queries, sheet};

/// A table with where it is from.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    /// Its page.
    pub(crate) href: String,
    /// Who is counted.
    pub(crate) subject: PopulationSubject,
    /// Where it is from.
    pub(crate) source: String,
    /// The day of its data.
    pub(crate) dataset_on: Date,
    /// The table.
    pub(crate) table: PopulationTable,
}

/// The newest table of adults that is split by something: of all of them, else of those with a chronic disease. One query.
pub(crate) fn split_by(
    tx: &mut Tx<'_>,
    by: Breakdown,
    home: &MunicipalityCode,
) -> Result<Option<Measured>, StoreError> {
    let column = if by == Breakdown::Disease { Column::Disease } else { Column::By(by) };
    Ok(queries::with_column(tx, column)?.and_then(|(kept, content)| measured(kept, &content, home)))
}

/// The tables in force, as the facts that the requirements about the population are decided from. One query.
pub(crate) fn facts(tx: &mut Tx<'_>) -> Result<Vec<Population>, StoreError> {
    let all = queries::all(tx)?;
    let standings = list::standings(&all);
    let in_force = all.iter().zip(standings).filter(|(_, standing)| *standing == Standing::InForce);
    Ok(in_force.map(|(kept, _)| fact(kept)).collect())
}

fn fact(kept: &queries::Kept) -> Population {
    let columns = kept.chosen.columns.iter().filter_map(|word| Column::parse(word));
    let split = columns.filter(|column| matches!(column, Column::By(_) | Column::Disease));
    Population {
        source: Some(kept.source.clone()),
        dataset_date: Some(kept.dataset_on),
        count: i32::try_from(kept.persons).ok().filter(|persons| *persons > 0),
        strata: split.map(|column| column.word().to_owned()).collect(),
        ..Population::default()
    }
}

/// A table that was taken in can be read; should it not, it is none.
fn measured(kept: queries::Kept, content: &str, home: &MunicipalityCode) -> Option<Measured> {
    let names = sheet::parsed(content).ok()?.columns;
    let mapping = kept.chosen.mapping(&names, &kept.source, kept.dataset_on)?;
    Some(Measured {
        table: population::read(content, &mapping, std::slice::from_ref(home)).ok()?,
        href: format!("/befolkning/{}", kept.id),
        subject: kept.subject,
        source: kept.source,
        dataset_on: kept.dataset_on,
    })
}
