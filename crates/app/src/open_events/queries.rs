//! All SQL about open offers. No citizen is in them.

use domain::ids::{OfferId, OpenEventId};
use domain::open_event::{OpenEvent, OpenEventKind, OpenHours};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Row, StoreError, Tx};
use uuid::Uuid;

/// A count as it was written once.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    pub(super) event: OpenEvent,
    pub(super) version: i64,
    pub(super) struck: bool,
    /// Initials.
    pub(super) by: String,
    pub(super) at: Timestamp,
}

/// The columns that [`version`] reads.
macro_rules! versions_where {
    ($rest:literal) => {
        concat!(
            "select e.id, e.kind, e.held_on, e.place, e.people, e.talked, e.went_on, e.note,
                e.from_minute, e.to_minute, e.offer, e.requests, e.version, e.struck,
                coalesce(u.initials, ''), e.at from open_event e
            left join user_account u on u.organization = e.organization and u.id = e.by_user where ",
            $rest
        )
    };
}

fn version(row: &mut Row<'_>) -> Result<Counted, StoreError> {
    let number = |row: &mut Row<'_>| {
        let number: i64 = row.take()?;
        u16::try_from(number).map_err(|_| StoreError::Unreadable { what: "open_event" })
    };
    let id = OpenEventId(row.take()?);
    let kind =
        OpenEventKind::parse(&row.take::<String>()?).map_err(|_| StoreError::Unreadable { what: "open_event" })?;
    let (held_on, place) = (row.take()?, row.take()?);
    let (people, talked, went_on) = (number(row)?, number(row)?, number(row)?);
    let note = row.take()?;
    let minute = |row: &mut Row<'_>| {
        let minute: Option<i64> = row.take()?;
        minute.map(u16::try_from).transpose().map_err(|_| StoreError::Unreadable { what: "open_event" })
    };
    let hours = minute(row)?.zip(minute(row)?).map(|(from, to)| OpenHours { from, to });
    let offer = row.take::<Option<Uuid>>()?.map(OfferId);
    let requests = number(row)?;
    let event = OpenEvent { id, kind, held_on, hours, place, offer, people, talked, went_on, requests, note };
    Ok(Counted { event, version: row.take()?, struck: row.take()?, by: row.take()?, at: row.take()? })
}

/// Those held between two days, both included, the newest first.
pub(super) fn held(tx: &mut Tx<'_>, from: Date, to: Date) -> Result<Vec<Counted>, StoreError> {
    const SQL: &str = versions_where!(
        "e.organization = $1 and e.newest and not e.struck and e.held_on between $2 and $3
        order by e.held_on desc, e.id desc"
    );
    tx.query(SQL, &[from.into(), to.into()], version)
}

/// Every version of one, the newest first; none for an id that is not ours.
pub(super) fn versions(tx: &mut Tx<'_>, id: Uuid) -> Result<Vec<Counted>, StoreError> {
    const SQL: &str = versions_where!("e.organization = $1 and e.id = $2 order by e.version desc");
    tx.query(SQL, &[id.into()], version)
}

/// The first year that something was counted in.
pub(super) fn first_day(tx: &mut Tx<'_>) -> Result<Option<Date>, StoreError> {
    const SQL: &str = "select min(held_on) from open_event where organization = $1 and newest and not struck";
    Ok(tx.first(SQL, &[], |row| row.take::<Option<Date>>())?.flatten())
}

/// Writes a version; the one before is kept.
pub(super) fn write(tx: &mut Tx<'_>, event: &OpenEvent, version: i64, struck: bool) -> Result<(), StoreError> {
    const OLD: &str = "update open_event set newest = $3 where organization = $1 and id = $2 and newest";
    const NEW: &str =
        "insert into open_event (organization, id, version, newest, struck, kind, held_on, place, people, talked,
            went_on, note, by_user, at, from_minute, to_minute, offer, requests)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    let (at, actor) = (tx.scope().at, tx.scope().actor);
    tx.execute(OLD, &[event.id.0.into(), false.into()])?;
    tx.execute(
        NEW,
        &[
            event.id.0.into(),
            version.into(),
            true.into(),
            struck.into(),
            event.kind.word().into(),
            event.held_on.into(),
            event.place.as_str().into(),
            i64::from(event.people).into(),
            i64::from(event.talked).into(),
            i64::from(event.went_on).into(),
            event.note.as_deref().into(),
            actor.into(),
            at.into(),
            event.hours.map(|hours| i64::from(hours.from)).into(),
            event.hours.map(|hours| i64::from(hours.to)).into(),
            event.offer.map(|offer| offer.0).into(),
            i64::from(event.requests).into(),
        ],
    )?;
    Ok(())
}
