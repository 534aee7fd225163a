//! All SQL about population tables. No citizen is in them.

use jiff::Timestamp;
use jiff::civil::Date;
use store::{Row, StoreError, Tx, Value};
use uuid::Uuid;

use super::mapping::{Chosen, Column};
use super::subject::PopulationSubject;

/// A table that was taken in, without its lines.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) id: Uuid,
    pub(super) subject: PopulationSubject,
    pub(super) source: String,
    pub(super) dataset_on: Date,
    pub(super) file_name: String,
    pub(super) chosen: Chosen,
    pub(super) row_count: i64,
    /// Of the own municipality; zero when the table does not tell.
    pub(super) persons: i64,
    pub(super) imported_at: Timestamp,
    /// Initials.
    pub(super) imported_by: String,
}

fn kept(row: &mut Row<'_>) -> Result<Kept, StoreError> {
    let id = row.take()?;
    let subject = PopulationSubject::parse(&row.take::<String>()?);
    let unreadable = || StoreError::Unreadable { what: "population_table" };
    let subject = subject.ok_or_else(unreadable)?;
    let (source, dataset_on, file_name) = (row.take()?, row.take()?, row.take()?);
    let chosen = serde_json::from_str(&row.take::<String>()?).map_err(|_| unreadable())?;
    let (row_count, persons, imported_at) = (row.take()?, row.take()?, row.take()?);
    let imported_by = row.take::<Option<String>>()?.unwrap_or_default();
    Ok(Kept { id, subject, source, dataset_on, file_name, chosen, row_count, persons, imported_at, imported_by })
}

/// Every table that was ever taken in, by subject, the newest data first and of those the newest import.
pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<Kept>, StoreError> {
    const SQL: &str = "select t.id, t.subject, t.source, t.dataset_on, t.file_name, t.mapping, t.row_count, t.persons,
            t.imported_at, u.initials
        from population_table t left join user_account u on u.organization = $1 and u.id = t.imported_by
        where t.organization = $1 order by t.subject, t.dataset_on desc, t.imported_at desc, t.id desc";
    tx.query(SQL, &[], kept)
}

/// A table with its lines.
pub(super) fn one(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<(Kept, String)>, StoreError> {
    const SQL: &str = "select t.id, t.subject, t.source, t.dataset_on, t.file_name, t.mapping, t.row_count, t.persons,
            t.imported_at, u.initials, t.content
        from population_table t left join user_account u on u.organization = $1 and u.id = t.imported_by
        where t.organization = $1 and t.id = $2";
    tx.first(SQL, &[id.into()], |row| Ok((kept(row)?, row.take()?)))
}

/// The table of a subject that holds, with its lines.
pub(super) fn in_force(tx: &mut Tx<'_>, subject: PopulationSubject) -> Result<Option<(Kept, String)>, StoreError> {
    const SQL: &str = "select id from population_table where organization = $1 and subject = $2
        order by dataset_on desc, imported_at desc, id desc limit 1";
    let newest = tx.first(SQL, &[subject.word().into()], |row| row.take())?;
    newest.map_or(Ok(None), |id| one(tx, id))
}

/// The newest table of all residents that has a column, else that of those with a chronic disease, with its lines.
pub(super) fn with_column(tx: &mut Tx<'_>, column: Column) -> Result<Option<(Kept, String)>, StoreError> {
    const SQL: &str = "select t.id, t.subject, t.source, t.dataset_on, t.file_name, t.mapping, t.row_count, t.persons,
            t.imported_at, u.initials, t.content
        from population_table t left join user_account u on u.organization = $1 and u.id = t.imported_by
        where t.organization = $1 and t.subject in ('residents', 'chronic_disease') and t.persons > 0
            and cast(t.mapping as text) like $2
        order by case t.subject when 'residents' then 0 else 1 end, t.dataset_on desc, t.imported_at desc, t.id desc
        limit 1";
    let quoted = format!("%\"{}\"%", column.word());
    tx.first(SQL, &[(&quoted).into()], |row| Ok((kept(row)?, row.take()?)))
}

/// The adults of the municipality by the newest table of all residents.
pub(crate) fn own_adults(tx: &mut Tx<'_>) -> Result<Option<i64>, StoreError> {
    const SQL: &str = "select persons from population_table where organization = $1 and subject = 'residents'
        and persons > 0 order by dataset_on desc, imported_at desc, id desc limit 1";
    tx.first(SQL, &[], |row| row.take())
}

/// Keeps a table.
pub(super) fn insert(tx: &mut Tx<'_>, table: &Kept, content: &str) -> Result<(), StoreError> {
    const SQL: &str = "insert into population_table (organization, id, subject, source, dataset_on, file_name, mapping,
            content, row_count, persons, imported_at, imported_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let mapping = serde_json::to_string(&table.chosen).map_err(|_| StoreError::Unreadable { what: "mapping" })?;
    let (at, actor) = (tx.scope().at, tx.scope().actor);
    let values = [
        table.id.into(),
        table.subject.word().into(),
        table.source.as_str().into(),
        table.dataset_on.into(),
        table.file_name.as_str().into(),
        Value::Json(&mapping),
        content.into(),
        table.row_count.into(),
        table.persons.into(),
        at.into(),
        actor.into(),
    ];
    tx.execute(SQL, &values).map(|_| ())
}

/// Keeps a file that is not taken in yet, in place of those of the days before.
pub(super) fn draft(tx: &mut Tx<'_>, id: Uuid, name: &str, content: &str) -> Result<(), StoreError> {
    const OLD: &str = "delete from population_draft where organization = $1 and made_at < $2";
    const NEW: &str = "insert into population_draft (organization, id, file_name, content, made_at, made_by)
        values ($1, $2, $3, $4, $5, $6)";
    let (at, actor) = (tx.scope().at, tx.scope().actor);
    let yesterday = at.checked_sub(jiff::SignedDuration::from_hours(24)).unwrap_or(at);
    tx.execute(OLD, &[yesterday.into()])?;
    tx.execute(NEW, &[id.into(), name.into(), content.into(), at.into(), actor.into()]).map(|_| ())
}

/// A file that is not taken in yet: its name and content.
pub(super) fn drafted(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<(String, String)>, StoreError> {
    const SQL: &str = "select file_name, content from population_draft where organization = $1 and id = $2";
    tx.first(SQL, &[id.into()], |row| Ok((row.take()?, row.take()?)))
}

/// Lets a draft go.
pub(super) fn drop_draft(tx: &mut Tx<'_>, id: Uuid) -> Result<(), StoreError> {
    const SQL: &str = "delete from population_draft where organization = $1 and id = $2";
    tx.execute(SQL, &[id.into()]).map(|_| ())
}
