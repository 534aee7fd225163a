//! SQL of sending: whose turn it is, what was said, what that makes of the reports behind it.

use domain::tries::next_try;
use fhir_gateway::ReportState;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::queries::state;
use crate::AppError;

/// A report whose turn it is.
pub(super) struct Due {
    pub(super) id: Uuid,
    pub(super) state: ReportState,
    /// How often it was tried.
    pub(super) tries: u32,
}

/// So many are looked up at once.
const AT_ONCE: i64 = 100;

/// The oldest unsettled report of each citizen, when it may be tried: what was told first arrives first.
pub(super) fn due(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Due>, StoreError> {
    const SQL: &str = "select r.id, r.state, r.tries from delivery_report r
        where r.organization = $1 and r.state in ('queued', 'sent', 'unknown')
            and (r.next_try_at is null or r.next_try_at <= $2)
            and not exists (select 1 from delivery_report e where e.organization = r.organization
                and e.citizen = r.citizen and e.state in ('queued', 'sent', 'unknown')
                and (e.built_at, e.day, e.attempt) < (r.built_at, r.day, r.attempt))
        order by r.built_at, r.day, r.id limit $3";
    tx.query(SQL, &[now.into(), AT_ONCE.into()], |row| {
        let (id, state) = (row.take()?, state(row)?);
        Ok(Due { id, state, tries: u32::try_from(row.take::<i64>()?).unwrap_or(u32::MAX) })
    })
}

/// Takes a report to send it: its bytes, unless another process has taken it. Should the program end before there is an
/// answer, it is tried again under the same id.
pub(super) fn claim(tx: &mut Tx<'_>, due: &Due) -> Result<Option<Vec<u8>>, AppError> {
    const SQL: &str = "update delivery_report set state = 'sent', tries = tries + 1, sent_at = $3, next_try_at = $4
        where organization = $1 and id = $2 and tries = $5 and state in ('queued', 'sent', 'unknown')";
    let now = tx.scope().at;
    let again = next_try(now, due.tries.saturating_add(1));
    let values = [due.id.into(), now.into(), again.into(), i64::from(due.tries).into()];
    if tx.execute(SQL, &values)? == 0 {
        return Ok(None);
    }
    tx.note(&format!("report {} {}", due.id, ReportState::Sent.word()));
    super::payload(tx, due.id).map(|(_, payload)| Some(payload))
}

/// Keeps what the gateway said. What is accepted stays accepted. What waited behind a refused one is withdrawn: it builds on
/// what the gateway does not have, and the new try tells all of it.
pub fn settle(
    tx: &mut Tx<'_>,
    id: Uuid,
    state: ReportState,
    http_status: Option<i64>,
    outcome: Option<&str>,
) -> Result<(), AppError> {
    const SQL: &str = "update delivery_report set state = $3, sent_at = $4, http_status = $5, operation_outcome = $6
        where organization = $1 and id = $2 and state not in ('accepted', 'withdrawn')";
    const BEHIND: &str = "select b.id from delivery_report b
        join delivery_report r on r.organization = b.organization and r.citizen = b.citizen
        where b.organization = $1 and r.id = $2 and b.id <> r.id and b.state in ('queued', 'unknown', 'sent') order by b.id";
    const WITHDRAW: &str = "update delivery_report set state = 'withdrawn' where organization = $1 and id = $2";
    let at = tx.scope().at;
    let values = [id.into(), state.word().into(), at.into(), http_status.into(), outcome.into()];
    if tx.execute(SQL, &values)? == 0 {
        return Err(AppError::NotFound("report"));
    }
    tx.note(&format!("report {id} {}", state.word()));
    if state == ReportState::Rejected {
        for behind in tx.query(BEHIND, &[id.into()], |row| row.take::<Uuid>())? {
            tx.execute(WITHDRAW, &[behind.into()])?;
            tx.note(&format!("report {behind} {}", ReportState::Withdrawn.word()));
        }
    }
    Ok(())
}

/// Whether a citizen's report was refused, no new one was built, and nothing in the record has changed since: the same
/// again would be refused again.
pub(super) fn is_unmended(tx: &mut Tx<'_>, citizen: Uuid) -> Result<bool, StoreError> {
    const SQL: &str =
        "select 1 from delivery_report r where r.organization = $1 and r.citizen = $2 and r.state = 'rejected'
        and not exists (select 1 from delivery_report n where n.organization = r.organization and n.citizen = r.citizen
            and n.day = r.day and n.attempt > r.attempt)
        and not exists (select 1 from changed_day c where c.organization = r.organization and c.citizen = r.citizen
            and c.at > r.sent_at) limit 1";
    Ok(tx.first(SQL, &[citizen.into()], |_| Ok(()))?.is_some())
}

/// Whose report it is and of which day, when it was refused and is the newest of its day.
pub(super) fn refused(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<(Uuid, Date)>, StoreError> {
    const SQL: &str = "select r.citizen, r.day from delivery_report r
        where r.organization = $1 and r.id = $2 and r.state = 'rejected' and not exists (select 1 from delivery_report n
            where n.organization = r.organization and n.citizen = r.citizen and n.day = r.day and n.attempt > r.attempt)";
    tx.first(SQL, &[id.into()], |row| Ok((row.take()?, row.take()?)))
}

/// When each report was refused that still waits for a new one.
pub(super) fn refused_at(tx: &mut Tx<'_>) -> Result<Vec<Option<Timestamp>>, StoreError> {
    const SQL: &str = "select r.sent_at from delivery_report r
        join changed_day d on d.organization = r.organization and d.day = r.day and d.citizen = r.citizen
        where r.organization = $1 and r.state = 'rejected' and not exists (select 1 from delivery_report n
            where n.organization = r.organization and n.citizen = r.citizen and n.day = r.day and n.attempt > r.attempt)";
    tx.query(SQL, &[], |row| row.take())
}

/// What is not settled, as a whole.
pub(super) struct Waiting {
    /// How many reports.
    pub(super) reports: i64,
    /// When the oldest was built.
    pub(super) since: Timestamp,
    /// The last try, when there was one and it did not go well.
    pub(super) last: Option<LastTry>,
}

/// A try that did not go well.
pub(super) struct LastTry {
    /// What the gateway answered; none when it did not.
    pub(super) http_status: Option<i64>,
    /// It may have arrived all the same.
    pub(super) perhaps_arrived: bool,
    /// When it is tried again.
    pub(super) again_at: Option<Timestamp>,
}

/// What waits to be sent, when something does.
pub(super) fn waiting(tx: &mut Tx<'_>) -> Result<Option<Waiting>, StoreError> {
    const SQL: &str = "select w.reports, w.since, l.state, l.http_status, l.next_try_at from
        (select count(*) as reports, min(built_at) as since from delivery_report
            where organization = $1 and state in ('queued', 'sent', 'unknown')) w
        left join (select state, http_status, next_try_at from delivery_report
            where organization = $1 and state in ('queued', 'unknown') and tries > 0
            order by sent_at desc limit 1) l on 1 = 1";
    let found = tx.first(SQL, &[], |row| {
        let (reports, since): (_, Option<Timestamp>) = (row.take()?, row.take()?);
        let state = row.take::<Option<String>>()?;
        let (http_status, again_at) = (row.take()?, row.take()?);
        let arrived = state.as_deref() != Some(ReportState::Queued.word());
        let last = state.map(|_| LastTry { http_status, perhaps_arrived: arrived, again_at });
        Ok(since.map(|since| Waiting { reports, since, last }))
    })?;
    Ok(found.flatten())
}
