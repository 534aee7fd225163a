//! SQL of the files that schedules made.

use domain::cooperation::PackKind;
use domain::ids::PackScheduleId;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Row, StoreError, Tx};
use uuid::Uuid;

/// A file without what is in it.
pub(super) struct FileRow {
    pub(super) id: Uuid,
    pub(super) pack: PackKind,
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) made_at: Timestamp,
    /// Somebody has fetched it.
    pub(super) fetched: bool,
}

/// The newest files, the newest first.
pub(super) fn files(tx: &mut Tx<'_>) -> Result<Vec<FileRow>, StoreError> {
    const SQL: &str = "select id, pack, period_from, period_to, made_at, fetched_at is not null from pack_file
        where organization = $1 order by made_at desc, id desc limit 50";
    tx.query(SQL, &[], |row| {
        let id = row.take()?;
        let pack = PackKind::parse(&row.take::<String>()?).map_err(|_| StoreError::Unreadable { what: "pack_file" })?;
        Ok(FileRow { id, pack, from: row.take()?, to: row.take()?, made_at: row.take()?, fetched: row.take()? })
    })
}

/// Whether a schedule made the file of a period.
pub(super) fn is_made(tx: &mut Tx<'_>, schedule: PackScheduleId, from: Date) -> Result<bool, StoreError> {
    const SQL: &str = "select 1 from pack_file where organization = $1 and schedule = $2 and period_from = $3";
    Ok(tx.first(SQL, &[schedule.0.into(), from.into()], |_| Ok(()))?.is_some())
}

/// A file to keep.
pub(super) struct NewFile<'a> {
    pub(super) id: Uuid,
    pub(super) schedule: PackScheduleId,
    pub(super) pack: PackKind,
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) name: &'a str,
    pub(super) body: &'a [u8],
}

/// Keeps a file; one of the same schedule and period is there already and stays.
pub(super) fn add(tx: &mut Tx<'_>, new: &NewFile<'_>) -> Result<(), StoreError> {
    const SQL: &str = "insert into pack_file
            (organization, id, schedule, pack, period_from, period_to, made_at, file_name, body)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing";
    let at = tx.scope().at;
    let values = [
        new.id.into(),
        new.schedule.0.into(),
        new.pack.word().into(),
        new.from.into(),
        new.to.into(),
        at.into(),
        new.name.into(),
        new.body.into(),
    ];
    tx.execute(SQL, &values).map(|_| ())
}

/// A file's name and bytes.
pub(super) fn file(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    const SQL: &str = "select file_name, body from pack_file where organization = $1 and id = $2";
    tx.first(SQL, &[id.into()], |row: &mut Row<'_>| Ok((row.take()?, row.take()?)))
}

/// Says that a file was fetched; the first who did stays.
pub(super) fn fetched(tx: &mut Tx<'_>, id: Uuid) -> Result<(), StoreError> {
    const SQL: &str = "update pack_file set fetched_by = $3, fetched_at = $4
        where organization = $1 and id = $2 and fetched_at is null";
    let (at, by) = (tx.scope().at, tx.scope().actor);
    tx.execute(SQL, &[id.into(), by.into(), at.into()]).map(|_| ())
}
