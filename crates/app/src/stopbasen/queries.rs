//! SQL of STOPbasen: what a class is asked, and what was exported when.

use domain::consent::Consent;
use domain::ids::CitizenId;
use domain::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{StoreError, Tx, Value};
use uuid::Uuid;

use crate::records::content;

/// Citizens asked about in one query.
const AT_ONCE: usize = 24;

/// The newest version of every consent of these citizens.
pub(super) fn consents_of(tx: &mut Tx<'_>, citizens: &[CitizenId]) -> Result<Vec<Consent>, StoreError> {
    const SQL: &str = "select content from record_version r where organization = $1 and kind = 'consent'
        and citizen in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
            $23, $24, $25)
        and not exists (select 1 from record_version n where n.organization = $1 and n.citizen = r.citizen
            and n.kind = r.kind and n.id = r.id and n.version > r.version)
        order by id";
    let mut all = Vec::new();
    for some in citizens.chunks(AT_ONCE) {
        let mut ids: Vec<Value<'_>> = some.iter().map(|citizen| citizen.0.into()).collect();
        ids.resize(AT_ONCE, Uuid::nil().into());
        all.extend(tx.query(SQL, &ids, content::<Consent>)?);
    }
    Ok(all)
}

/// The newest answers of two instruments of these citizens, the oldest day first; errors are left out.
pub(super) fn readings_of(tx: &mut Tx<'_>, citizens: &[CitizenId]) -> Result<Vec<Response>, StoreError> {
    const SQL: &str = "select v.content from response r
        join record_version v on v.organization = r.organization and v.citizen = r.citizen and v.kind = 'response'
            and v.id = r.id and v.version = r.version
        where r.organization = $1 and not r.in_error and r.instrument in ('co', 'smoke_free')
            and r.citizen in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
            $22, $23, $24, $25) order by r.measured_on, r.id";
    let mut all = Vec::new();
    for some in citizens.chunks(AT_ONCE) {
        let mut ids: Vec<Value<'_>> = some.iter().map(|citizen| citizen.0.into()).collect();
        ids.resize(AT_ONCE, Uuid::nil().into());
        all.extend(tx.query(SQL, &ids, content::<Response>)?);
    }
    Ok(all)
}

/// A file that was fetched.
pub(super) struct Fetched {
    pub(super) form: String,
    pub(super) from: Date,
    pub(super) until: Date,
    pub(super) at: Timestamp,
    pub(super) by: Option<String>,
    pub(super) rows: i64,
    pub(super) new_rows: i64,
}

/// So many files are listed.
const FILES: i64 = 50;

/// What was fetched, the newest first.
pub(super) fn fetched(tx: &mut Tx<'_>) -> Result<Vec<Fetched>, StoreError> {
    const SQL: &str = "select e.form, e.from_on, e.until_on, e.made_at, u.title, u.initials, e.rows_in, e.rows_new
        from stop_export e left join user_account u on u.organization = e.organization and u.id = e.made_by
        where e.organization = $1 order by e.made_at desc, e.id desc limit $2";
    tx.query(SQL, &[FILES.into()], |r| {
        let (form, from, until, at) = (r.take()?, r.take()?, r.take()?, r.take()?);
        let (title, initials): (Option<String>, Option<String>) = (r.take()?, r.take()?);
        let by = title.zip(initials).map(|(title, initials)| format!("{title} {initials}"));
        Ok(Fetched { form, from, until, at, by, rows: r.take()?, new_rows: r.take()? })
    })
}

/// A file to keep the memory of.
pub(super) struct NewFile<'a> {
    pub(super) id: Uuid,
    pub(super) form: &'a str,
    pub(super) from: Date,
    pub(super) until: Date,
    pub(super) made_by: Uuid,
    pub(super) rows: i64,
    pub(super) new_rows: i64,
}

/// Keeps what was fetched.
pub(super) fn keep_file(tx: &mut Tx<'_>, file: &NewFile<'_>) -> Result<(), StoreError> {
    const SQL: &str = "insert into stop_export (organization, id, form, from_on, until_on, made_at, made_by, rows_in,
            rows_new)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let at = tx.scope().at;
    let NewFile { id, form, from, until, made_by, rows, new_rows } = *file;
    let values =
        [id.into(), form.into(), from.into(), until.into(), at.into(), made_by.into(), rows.into(), new_rows.into()];
    tx.execute(SQL, &values).map(|_| ())
}

/// Marks an answered form as exported; says whether it was not before. A second time changes nothing.
pub(super) fn mark(tx: &mut Tx<'_>, citizen: Uuid, response: Uuid) -> Result<bool, StoreError> {
    const SQL: &str = "insert into stop_exported (organization, response, citizen, first_at) values ($1, $2, $3, $4)
        on conflict (organization, response) do nothing";
    let at = tx.scope().at;
    Ok(tx.execute(SQL, &[response.into(), citizen.into(), at.into()])? > 0)
}

/// When the forms of a citizen were exported first.
pub(super) fn exported_of(tx: &mut Tx<'_>, citizen: CitizenId) -> Result<Vec<(Uuid, Timestamp)>, StoreError> {
    const SQL: &str = "select response, first_at from stop_exported where organization = $1 and citizen = $2";
    tx.query(SQL, &[citizen.0.into()], |r| Ok((r.take()?, r.take()?)))
}
