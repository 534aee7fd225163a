//! Deleting what may no longer be kept: records whose last entry is older than the organization's retention setting.
//!
//! The only deletion there is. Each is a note in the audit (which citizen's id, how many versions and messages), so that
//! the chain still verifies and says what is gone and when. Journalføringsbekendtgørelsen asks for at least ten years
//! for some of the professions in a course, so ten is the default for all of it.

use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use store::{Scope, Seen, StoreError, Tx};
use uuid::Uuid;

use crate::{App, AppError, ids, quality};

/// What a run deleted, or would delete.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Deleted {
    /// Citizens whose whole record went.
    pub citizens: u64,
    /// Versions of records.
    pub versions: u64,
    /// Messages with their original bytes.
    pub messages: u64,
}

/// Citizens in one transaction.
const BATCH: i64 = 50;

/// Deletes what is older than the organization keeps. With `dry_run` nothing is deleted, only counted.
pub async fn apply(app: &App, organization: i64, dry_run: bool) -> Result<Deleted, AppError> {
    let home = app.organization(organization).await?;
    let now = app.now();
    let before = domain::workdays::local(now).saturating_sub(home.settings.retention_years.years()).timestamp();
    let mut total = Deleted::default();
    let mut after = Uuid::nil();
    loop {
        let scope = Scope::system(organization, now, "retention.delete");
        let due =
            app.store.view(scope.clone(), move |tx| Ok::<_, AppError>(Seen::nothing(due(tx, before, after)?))).await?;
        let Some(last) = due.last().copied() else { return Ok(total) };
        after = last;
        let gone = app.store.write(scope, move |tx| Ok::<_, AppError>(delete_all(tx, &due, dry_run)?)).await?;
        total.citizens += gone.citizens;
        total.versions += gone.versions;
        total.messages += gone.messages;
    }
}

/// Citizens with nothing open whose newest entry is too old, a batch at a time in the order of their ids.
fn due(tx: &mut Tx<'_>, before: Timestamp, after: Uuid) -> Result<Vec<Uuid>, StoreError> {
    // Whoever came to be known since cannot be due: ids are in the order of time, so that they are not looked at.
    const SQL: &str = "select c.id from citizen c where c.organization = $1 and c.id > $2 and c.id < $5
        and not exists (select 1 from record_version v where v.organization = $1 and v.citizen = c.id and v.at >= $3)
        and not exists (select 1 from service_request r where r.organization = $1 and r.citizen = c.id and r.open)
        and not exists (select 1 from course o where o.organization = $1 and o.citizen = c.id and o.open)
        order by c.id limit $4";
    let newer = ids::first_at(before);
    tx.query(SQL, &[after.into(), before.into(), BATCH.into(), newer.into()], |r| r.take())
}

fn delete_all(tx: &mut Tx<'_>, citizens: &[Uuid], dry_run: bool) -> Result<Deleted, StoreError> {
    let mut gone = Deleted::default();
    for citizen in citizens {
        let (versions, messages) = if dry_run { count(tx, *citizen)? } else { delete(tx, *citizen)? };
        gone.citizens += 1;
        gone.versions += versions;
        gone.messages += messages;
        if !dry_run {
            tx.note(&format!("retention {citizen} {versions} {messages}"));
        }
    }
    Ok(gone)
}

fn count(tx: &mut Tx<'_>, citizen: Uuid) -> Result<(u64, u64), StoreError> {
    const VERSIONS: &str = "select count(*) from record_version where organization = $1 and citizen = $2";
    const MESSAGES: &str = "select count(*) from message where organization = $1 and citizen = $2";
    let mut one =
        |sql| Ok::<_, StoreError>(tx.first(sql, &[citizen.into()], |r| r.take::<i64>())?.unwrap_or(0).unsigned_abs());
    Ok((one(VERSIONS)?, one(MESSAGES)?))
}

/// Children before parents; gives versions and messages deleted.
fn delete(tx: &mut Tx<'_>, citizen: Uuid) -> Result<(u64, u64), StoreError> {
    const BEFORE: [&str; 26] = [
        "delete from delivery_report_resource where organization = $1 and citizen = $2",
        "delete from delivery_report where organization = $1 and citizen = $2",
        "delete from changed_day where organization = $1 and citizen = $2",
        "delete from outgoing where organization = $1 and (citizen = $2 or answers in
            (select id from message where organization = $1 and citizen = $2))",
        "delete from attachment where organization = $1 and citizen = $2",
        "delete from announced_attachment where organization = $1 and citizen = $2",
        "delete from incoming_letter where organization = $1 and citizen = $2",
        "delete from task where organization = $1 and citizen = $2",
        "delete from tablet where organization = $1 and citizen = $2",
        "delete from response where organization = $1 and citizen = $2",
        "delete from stop_exported where organization = $1 and citizen = $2",
        "delete from stop_standing where organization = $1 and citizen = $2",
        "delete from consent where organization = $1 and citizen = $2",
        "delete from talk_draft where organization = $1 and citizen = $2",
        "delete from notice where organization = $1 and citizen = $2",
        "delete from appointment where organization = $1 and citizen = $2",
        "delete from bridge where organization = $1 and citizen = $2",
        "delete from supplier_enrolment where organization = $1 and citizen = $2",
        "delete from coordination where organization = $1 and citizen = $2",
        "delete from encounter where organization = $1 and citizen = $2",
        "delete from condition where organization = $1 and citizen = $2",
        "delete from planned_intervention where organization = $1 and citizen = $2",
        "delete from care_plan where organization = $1 and citizen = $2",
        "delete from service_request where organization = $1 and citizen = $2",
        "delete from course where organization = $1 and citizen = $2",
        "delete from citizen where organization = $1 and id = $2",
    ];
    tx.forget();
    quality::forget(tx, citizen)?;
    for sql in BEFORE {
        tx.execute(sql, &[citizen.into()])?;
    }
    let messages = tx.execute("delete from message where organization = $1 and citizen = $2", &[citizen.into()])?;
    let versions =
        tx.execute("delete from record_version where organization = $1 and citizen = $2", &[citizen.into()])?;
    Ok((versions, messages))
}
