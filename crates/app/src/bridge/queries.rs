//! SQL of activities, their links, and what was not found.

use domain::activity::{Activity, ActivityGap};
use domain::ids::ActivityId;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{StoreError, Tx, Unscoped, Versioned};
use uuid::Uuid;

use crate::AppError;
use crate::records;

/// All activities that are not closed, or the closed ones, by association and name. There are some hundreds at most.
pub(super) fn activities(tx: &mut Tx<'_>, closed: bool) -> Result<Vec<Versioned<Activity>>, StoreError> {
    const SQL: &str = "select a.version, v.content from activity a
        join record_version v on v.organization = a.organization and v.citizen = $2 and v.kind = 'activity'
            and v.id = a.id and v.version = a.version
        where a.organization = $1 and a.closed = $3 order by a.association, a.title, a.id";
    tx.query(SQL, &[Uuid::nil().into(), closed.into()], records::versioned)
}

/// An activity by id.
pub(super) fn activity(tx: &mut Tx<'_>, id: ActivityId) -> Result<Versioned<Activity>, AppError> {
    records::one(tx, Uuid::nil(), id.0)?.ok_or(AppError::NotFound("activity"))
}

/// A version of an activity: when, by whom, what it was.
pub(super) struct Was {
    pub(super) at: Timestamp,
    /// Title and initials; none when it came by the association's link.
    pub(super) by: Option<(String, String)>,
    pub(super) activity: Activity,
}

/// All versions of an activity, the newest first.
pub(super) fn history(tx: &mut Tx<'_>, id: ActivityId) -> Result<Vec<Was>, StoreError> {
    const SQL: &str = "select v.at, u.title, u.initials, v.content from record_version v
        left join user_account u on u.organization = v.organization and u.id = v.actor
        where v.organization = $1 and v.citizen = $2 and v.kind = 'activity' and v.id = $3 order by v.version desc";
    tx.query(SQL, &[Uuid::nil().into(), id.0.into()], |r| {
        let at = r.take()?;
        let (title, initials): (Option<String>, Option<String>) = (r.take()?, r.take()?);
        Ok(Was { at, by: title.zip(initials), activity: records::content(r)? })
    })
}

/// How it went for those who were helped on to an activity: still come, came once, did not come, not asked yet.
pub(super) fn outcomes(tx: &mut Tx<'_>, id: ActivityId) -> Result<[i64; 4], StoreError> {
    const SQL: &str =
        "select count(*) filter (where outcome = 'still_comes'), count(*) filter (where outcome = 'came_once'),
            count(*) filter (where outcome = 'did_not_come'), count(*) filter (where outcome is null)
        from bridge where organization = $1 and activity = $2";
    let row = tx.first(SQL, &[id.0.into()], |r| Ok([r.take()?, r.take()?, r.take()?, r.take()?]))?;
    Ok(row.unwrap_or_default())
}

/// What was not found from one day until another, the newest first.
pub(super) fn gaps(tx: &mut Tx<'_>, from: Date, until: Date) -> Result<Vec<ActivityGap>, StoreError> {
    const SQL: &str = "select v.content from activity_gap g
        join record_version v on v.organization = g.organization and v.citizen = $2 and v.kind = 'activity_gap'
            and v.id = g.id and v.version = g.version
        where g.organization = $1 and g.noted_on >= $3 and g.noted_on < $4 order by g.noted_on desc, g.id desc";
    tx.query(SQL, &[Uuid::nil().into(), from.into(), until.into()], records::content)
}

/// Gives an activity a link; the one before it stops working.
pub(super) fn add_link(
    tx: &mut Tx<'_>,
    hash: &[u8],
    id: ActivityId,
    made_at: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    const OLD: &str = "delete from activity_link where organization = $1 and activity = $2";
    const NEW: &str = "insert into activity_link (organization, hash, activity, made_at, expires_at, saves)
        values ($1, $2, $3, $4, $5, 0)";
    tx.execute(OLD, &[id.0.into()])?;
    tx.execute(NEW, &[hash.into(), id.0.into(), made_at.into(), expires_at.into()]).map(|_| ())
}

/// Whose entry a link opens; none when there is no such link or it has run out.
pub(super) fn linked(u: &mut Unscoped<'_>, hash: &[u8], now: Timestamp) -> Result<Option<(i64, Uuid)>, StoreError> {
    const SQL: &str = "select organization, activity from activity_link where hash = $1 and expires_at > $2";
    Ok(u.query(SQL, &[hash.into(), now.into()], |r| Ok((r.take()?, r.take()?)))?.into_iter().next())
}

/// Counts a save by a link; says whether it may still save.
pub(super) fn count_save(tx: &mut Tx<'_>, hash: &[u8], most: i64) -> Result<bool, StoreError> {
    const SQL: &str = "update activity_link set saves = saves + 1 where organization = $1 and hash = $2 and saves < $3";
    Ok(tx.execute(SQL, &[hash.into(), most.into()])? > 0)
}
