//! SQL of reporting.

use fhir_gateway::{ContentHash, DeliveryReport, Inclusion, ReportState, Reported, ResourceKind};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use store::{Row, StoreError, Tx};
use uuid::Uuid;

use crate::AppError;

/// A day with reports.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DayRow {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// How many.
    pub reports: i64,
    /// Of them queued.
    pub queued: i64,
    /// Of them on their way, or without an answer.
    pub sent: i64,
    /// Of them accepted.
    pub accepted: i64,
    /// Of them rejected.
    pub rejected: i64,
}

/// A report in a list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ReportRow {
    /// The Bundle's id.
    pub id: Uuid,
    /// About whom.
    pub citizen: Uuid,
    /// Where it stands: `queued`, `sent`, `accepted`, `rejected`, `unknown` or `withdrawn`.
    #[schema(value_type = String)]
    #[serde(serialize_with = "as_word")]
    pub state: ReportState,
    /// When it was built.
    #[schema(value_type = String, format = DateTime)]
    pub built_at: Timestamp,
    /// How many resources it holds.
    pub resources: i64,
}

pub(super) fn state(row: &mut Row<'_>) -> Result<ReportState, StoreError> {
    let word: String = row.take()?;
    ReportState::parse(&word).ok_or(StoreError::Unreadable { what: "state of a report" })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that a serializer is called by")]
fn as_word<S: serde::Serializer>(state: &ReportState, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(state.word())
}

/// An attempt at a day's report.
pub(super) struct Try {
    pub id: Uuid,
    pub state: ReportState,
}

/// Days with changes that no report tells of yet: none was built, it was rejected, or the change came after it.
pub(super) fn due_days(tx: &mut Tx<'_>, until: Date) -> Result<Vec<Date>, StoreError> {
    const SQL: &str = "select distinct day from changed_day c where organization = $1 and day <= $2
        and not exists (select 1 from delivery_report r where r.organization = c.organization and r.citizen = c.citizen
            and r.day = c.day and r.state not in ('rejected', 'withdrawn') and r.built_at >= c.at) order by day";
    tx.query(SQL, &[until.into()], |r| r.take())
}

/// A citizen with something that no report tells of yet.
pub(super) struct DueRow {
    pub citizen: Uuid,
    /// The first day with it.
    pub since: Date,
}

/// Citizens with changes up to a day that no report tells of yet, the oldest first.
pub(super) fn due(tx: &mut Tx<'_>, until: Date, limit: i64) -> Result<Vec<DueRow>, StoreError> {
    const SQL: &str = "select c.citizen, min(c.day) from changed_day c where c.organization = $1 and c.day <= $2
        and not exists (select 1 from delivery_report r where r.organization = c.organization and r.citizen = c.citizen
            and r.day = c.day and r.state not in ('rejected', 'withdrawn') and r.built_at >= c.at)
        group by c.citizen order by min(c.day), c.citizen limit $3";
    tx.query(SQL, &[until.into(), limit.into()], |r| Ok(DueRow { citizen: r.take()?, since: r.take()? }))
}

/// A report that was refused, and that nothing was built after.
pub(super) struct RejectedRow {
    pub id: Uuid,
    pub citizen: Uuid,
    pub day: Date,
    pub answered_at: Option<Timestamp>,
    pub outcome: Option<String>,
    pub payload: Vec<u8>,
    pub name: String,
}

/// So many refused reports stand on the page; the rest follow when these are mended.
const REJECTED: i64 = 50;

/// Refused reports that still wait for a new try, the newest day first.
pub(super) fn rejected(tx: &mut Tx<'_>) -> Result<Vec<RejectedRow>, StoreError> {
    const SQL: &str = "select r.id, r.citizen, r.day, r.sent_at, r.operation_outcome, r.payload, c.given, c.surname
        from delivery_report r
        join citizen c on c.organization = r.organization and c.id = r.citizen
        join changed_day d on d.organization = r.organization and d.day = r.day and d.citizen = r.citizen
        where r.organization = $1 and r.state = 'rejected' and not exists (select 1 from delivery_report n
            where n.organization = r.organization and n.citizen = r.citizen and n.day = r.day and n.attempt > r.attempt)
        order by r.day desc, r.id limit $2";
    tx.query(SQL, &[REJECTED.into()], |r| {
        let (id, citizen, day) = (r.take()?, r.take()?, r.take()?);
        let (answered_at, outcome, payload) = (r.take()?, r.take()?, r.take()?);
        let (given, surname) = (r.take::<Option<String>>()?, r.take::<String>()?);
        let name = given.map_or(surname.clone(), |given| format!("{given} {surname}"));
        Ok(RejectedRow { id, citizen, day, answered_at, outcome, payload, name })
    })
}

/// Every report of a day as it is or will be sent, each with whom it is about.
pub(super) fn payloads_of_day(tx: &mut Tx<'_>, day: Date) -> Result<Vec<(Uuid, Vec<u8>)>, StoreError> {
    const SQL: &str = "select citizen, payload from delivery_report where organization = $1 and day = $2
        order by citizen, attempt";
    tx.query(SQL, &[day.into()], |r| Ok((r.take()?, r.take()?)))
}

/// Notes that a day's changes of a citizen hold nothing to report.
pub(super) fn nothing_to_tell(tx: &mut Tx<'_>, citizen: Uuid, day: Date) -> Result<(), StoreError> {
    const SQL: &str = "delete from changed_day where organization = $1 and day = $2 and citizen = $3 and at <= $4";
    let at = tx.scope().at;
    tx.execute(SQL, &[day.into(), citizen.into(), at.into()]).map(|_| ())
}

/// Citizens with something changed on a day.
pub(super) fn changed_on(tx: &mut Tx<'_>, day: Date) -> Result<Vec<Uuid>, StoreError> {
    const SQL: &str = "select citizen from changed_day where organization = $1 and day = $2 order by citizen";
    tx.query(SQL, &[day.into()], |r| r.take())
}

pub(super) fn tries(tx: &mut Tx<'_>, citizen: Uuid, day: Date) -> Result<Vec<Try>, StoreError> {
    const SQL: &str = "select id, state from delivery_report
        where organization = $1 and citizen = $2 and day = $3 order by attempt";
    tx.query(SQL, &[citizen.into(), day.into()], |r| Ok(Try { id: r.take()?, state: state(r)? }))
}

/// What the latest reports before a day that were not rejected said of each resource.
pub(super) fn reported(tx: &mut Tx<'_>, citizen: Uuid, before: Date) -> Result<Reported, AppError> {
    const SQL: &str = "select s.kind, s.resource, s.hash from delivery_report_resource s
        join delivery_report r on r.organization = s.organization and r.id = s.report
        where s.organization = $1 and s.citizen = $2 and r.state not in ('rejected', 'withdrawn') and r.day <= $3 order by r.day, r.attempt";
    let rows = tx.query(SQL, &[citizen.into(), before.into()], |r| {
        Ok((r.take::<String>()?, r.take::<Uuid>()?, r.take::<Vec<u8>>()?))
    })?;
    let mut reported = Reported::default();
    for (kind, resource, hash) in rows {
        let kind = ResourceKind::parse(&kind).ok_or(StoreError::Unreadable { what: "resource kind" })?;
        let hash = hash.try_into().map_err(|_| StoreError::Unreadable { what: "hash" })?;
        reported.0.insert((kind, resource), ContentHash(hash));
    }
    Ok(reported)
}

pub(super) fn store_report(
    tx: &mut Tx<'_>,
    citizen: Uuid,
    day: Date,
    attempt: i64,
    report: &DeliveryReport,
) -> Result<(), StoreError> {
    const REPORT: &str =
        "insert into delivery_report (organization, id, citizen, day, attempt, state, built_at, guide_version, payload)
        values ($1, $2, $3, $4, $5, 'queued', $6, '2.1.1', $7)";
    const RESOURCE: &str =
        "insert into delivery_report_resource (organization, citizen, report, kind, resource, hash, inclusion)
        values ($1, $2, $3, $4, $5, $6, $7)";
    let at = tx.scope().at;
    tx.execute(
        REPORT,
        &[report.bundle_id.into(), citizen.into(), day.into(), attempt.into(), at.into(), (&report.json).into()],
    )?;
    for resource in &report.resources {
        tx.execute(
            RESOURCE,
            &[
                citizen.into(),
                report.bundle_id.into(),
                resource.kind.word().into(),
                resource.id.into(),
                resource.hash.0.as_slice().into(),
                inclusion_word(resource.inclusion).into(),
            ],
        )?;
    }
    tx.note(&format!("report {} {}", report.bundle_id, store::sha256_hex(&report.json)));
    Ok(())
}

const fn inclusion_word(inclusion: Inclusion) -> &'static str {
    match inclusion {
        Inclusion::New => "new",
        Inclusion::Updated => "updated",
        Inclusion::Referred => "referred",
    }
}

/// The newest days with reports.
pub fn days(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<DayRow>, StoreError> {
    const SQL: &str = "select day, count(*), coalesce(sum(case when state = 'queued' then 1 else 0 end), 0),
            coalesce(sum(case when state in ('sent', 'unknown') then 1 else 0 end), 0),
            coalesce(sum(case when state = 'accepted' then 1 else 0 end), 0),
            coalesce(sum(case when state = 'rejected' then 1 else 0 end), 0)
        from delivery_report where organization = $1 group by day order by day desc limit $2";
    tx.query(SQL, &[limit.into()], |r| {
        let (day, reports, queued, sent) = (r.take()?, r.take()?, r.take()?, r.take()?);
        Ok(DayRow { day, reports, queued, sent, accepted: r.take()?, rejected: r.take()? })
    })
}

/// The reports of a day.
pub fn reports_of_day(tx: &mut Tx<'_>, day: Date) -> Result<Vec<ReportRow>, StoreError> {
    const SQL: &str = "select r.id, r.citizen, r.state, r.built_at, (select count(*) from delivery_report_resource s
            where s.organization = r.organization and s.citizen = r.citizen and s.report = r.id)
        from delivery_report r where r.organization = $1 and r.day = $2 order by r.citizen, r.attempt";
    tx.query(SQL, &[day.into()], |r| {
        Ok(ReportRow { id: r.take()?, citizen: r.take()?, state: state(r)?, built_at: r.take()?, resources: r.take()? })
    })
}

/// A report's Bundle and whose it is.
pub fn payload(tx: &mut Tx<'_>, id: Uuid) -> Result<(Uuid, Vec<u8>), AppError> {
    const SQL: &str = "select citizen, payload from delivery_report where organization = $1 and id = $2";
    tx.first(SQL, &[id.into()], |r| Ok((r.take()?, r.take()?)))?.ok_or(AppError::NotFound("report"))
}
