//! SQL of teams.

use std::collections::{BTreeSet, HashMap};

use domain::adaptation::Adaptations;
use domain::citizen::Citizen;
use domain::codes::InterventionCode;
use domain::disease::DiseaseGroup;
use domain::encounter::{AbsenceReason, Encounter};
use domain::ids::{CitizenId, PlannedInterventionId, SessionId, TeamId};
use domain::planned_intervention::PlannedIntervention;
use domain::response::Response;
use domain::safety::SafetyAnswers;
use domain::stratification::Stratification;
use domain::team::{Team, WaitingNeed};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use store::{StoreError, Tx, Value, Versioned};
use uuid::Uuid;

use crate::AppError;
use crate::records::{self, StoredRequest, content};

/// A team in the list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TeamRow {
    /// The team.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Which intervention, as a word.
    pub code: String,
    /// How many can take part.
    pub seats: i64,
    /// Seats that nobody has.
    pub free: i64,
}

/// All teams by name.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<TeamRow>, StoreError> {
    const SQL: &str = "select id, name, code, seats, free from team where organization = $1 order by name, id";
    tx.query(SQL, &[], |r| {
        Ok(TeamRow { id: r.take()?, name: r.take()?, code: r.take()?, seats: r.take()?, free: r.take()? })
    })
}

/// A team by id.
pub fn team(tx: &mut Tx<'_>, id: TeamId) -> Result<Versioned<Team>, AppError> {
    records::one(tx, Uuid::nil(), id.0)?.ok_or(AppError::NotFound("team"))
}

/// Teams whose last session ended at an instant or later, or that have none yet; by name.
pub(crate) fn current(tx: &mut Tx<'_>, since: Timestamp) -> Result<Vec<Team>, StoreError> {
    const SQL: &str = "select v.content from team t
        join record_version v on v.organization = t.organization and v.citizen = $2 and v.kind = 'team' and v.id = t.id
            and v.version = t.version
        where t.organization = $1 and (t.last_at is null or t.last_at >= $3) order by t.name, t.id";
    tx.query(SQL, &[Uuid::nil().into(), since.into()], content)
}

/// So many teams that are over are shown, the newest first.
const OVER: i64 = 100;

/// Teams whose last session ended before an instant, the newest first.
pub(super) fn over(tx: &mut Tx<'_>, before: Timestamp) -> Result<Vec<Team>, StoreError> {
    const SQL: &str = "select v.content from team t
        join record_version v on v.organization = t.organization and v.citizen = $2 and v.kind = 'team' and v.id = t.id
            and v.version = t.version
        where t.organization = $1 and t.last_at < $3 order by t.last_at desc, t.id limit $4";
    tx.query(SQL, &[Uuid::nil().into(), before.into(), OVER.into()], content)
}

/// Teams with an open offer whose time is over.
pub(super) fn ran_out(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<TeamId>, StoreError> {
    const SQL: &str = "select id from team where organization = $1 and answer_by < $2 order by answer_by, id";
    tx.query(SQL, &[now.into()], |row| Ok(TeamId(row.take()?)))
}

/// Somebody with a seat, or who waits for one.
pub(super) struct Member {
    pub(super) citizen: Citizen,
    /// Last day of the intervention that the seat is for.
    pub(super) ended_on: Option<Date>,
}

/// Citizens and interventions asked about in one query.
const AT_ONCE: usize = 48;

/// Ids for one query, filled up with one that nothing has.
fn filled_up(ids: impl Iterator<Item = Uuid>) -> Vec<Value<'static>> {
    let mut all: Vec<Value<'_>> = ids.map(Into::into).collect();
    all.resize(AT_ONCE, Uuid::nil().into());
    all
}

/// The citizens of these interventions.
pub(super) fn members(
    tx: &mut Tx<'_>,
    interventions: &[PlannedInterventionId],
) -> Result<HashMap<PlannedInterventionId, Member>, StoreError> {
    const SQL: &str = "select p.id, p.ended_on, v.content from planned_intervention p
        join citizen c on c.organization = p.organization and c.id = p.citizen
        join record_version v on v.organization = c.organization and v.citizen = c.id and v.kind = 'citizen'
            and v.id = c.id and v.version = c.version
        where p.organization = $1 and p.id in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
            $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38,
            $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49)";
    let mut all = HashMap::new();
    for some in interventions.chunks(AT_ONCE) {
        all.extend(tx.query(SQL, &filled_up(some.iter().map(|id| id.0)), |row| {
            let (id, ended_on) = (PlannedInterventionId(row.take()?), row.take()?);
            Ok((id, Member { citizen: content(row)?, ended_on }))
        })?);
    }
    Ok(all)
}

/// One of the records that care points are made of.
pub(super) enum CareRow {
    Granted(PlannedIntervention),
    Answers(SafetyAnswers),
    Adapted(Adaptations),
}

/// What care points are made of, of these citizens; each in its newest version.
pub(super) fn care(tx: &mut Tx<'_>, citizens: &[CitizenId]) -> Result<Vec<CareRow>, StoreError> {
    const SQL: &str = "select r.kind, r.content from record_version r where r.organization = $1
        and r.citizen in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
            $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42,
            $43, $44, $45, $46, $47, $48, $49)
        and r.kind in ('planned_intervention', 'safety_answers', 'adaptations')
        and not exists (select 1 from record_version n where n.organization = $1 and n.citizen = r.citizen
            and n.kind = r.kind and n.id = r.id and n.version > r.version)";
    let mut all = Vec::new();
    for some in citizens.chunks(AT_ONCE) {
        all.extend(tx.query(SQL, &filled_up(some.iter().map(|id| id.0)), |row| {
            Ok(match row.take::<String>()?.as_str() {
                "safety_answers" => CareRow::Answers(content(row)?),
                "adaptations" => CareRow::Adapted(content(row)?),
                _ => CareRow::Granted(content(row)?),
            })
        })?);
    }
    Ok(all)
}

/// One of the records that tell how a citizen functions.
pub(super) enum FunctioningRow {
    Level(Stratification),
    Adapted(Adaptations),
    Test(Box<Response>),
}

/// What tells how these citizens function, each record in its newest version.
pub(super) fn functioning(tx: &mut Tx<'_>, citizens: &[CitizenId]) -> Result<Vec<FunctioningRow>, StoreError> {
    const SQL: &str = "select r.kind, r.content from record_version r where r.organization = $1
        and r.citizen in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
            $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42,
            $43, $44, $45, $46, $47, $48, $49)
        and (r.kind in ('stratification', 'adaptations') or (r.kind = 'response' and exists (select 1 from response t
            where t.organization = $1 and t.id = r.id and t.version = r.version and t.instrument = 'sts30')))
        and not exists (select 1 from record_version n where n.organization = $1 and n.citizen = r.citizen
            and n.kind = r.kind and n.id = r.id and n.version > r.version)";
    let mut all = Vec::new();
    for some in citizens.chunks(AT_ONCE) {
        all.extend(tx.query(SQL, &filled_up(some.iter().map(|id| id.0)), |row| {
            Ok(match row.take::<String>()?.as_str() {
                "adaptations" => FunctioningRow::Adapted(content(row)?),
                "response" => FunctioningRow::Test(Box::new(content(row)?)),
                _ => FunctioningRow::Level(content(row)?),
            })
        })?);
    }
    Ok(all)
}

/// Citizens whose interventions with a seat are not over, by intervention.
pub(crate) fn running_members(
    tx: &mut Tx<'_>,
    interventions: &[PlannedInterventionId],
) -> Result<HashMap<PlannedInterventionId, Citizen>, StoreError> {
    let all = members(tx, interventions)?.into_iter();
    Ok(all.filter(|(_, member)| member.ended_on.is_none()).map(|(id, member)| (id, member.citizen)).collect())
}

/// A citizen who waits for a seat.
pub(super) struct WaitingRow {
    pub(super) citizen: CitizenId,
    pub(super) intervention: PlannedInterventionId,
    pub(super) granted_on: Date,
    pub(super) need: WaitingNeed,
}

/// Citizens with this intervention granted in a group and no team yet, by the day of the grant.
pub(super) fn waiting(tx: &mut Tx<'_>, code: InterventionCode) -> Result<Vec<WaitingRow>, StoreError> {
    const SQL: &str = "select citizen, id, granted_on, need from planned_intervention
        where organization = $1 and code = $2 and delivery = 'group' and ended_on is null and not seated
        order by granted_on, id";
    tx.query(SQL, &[code.word().into()], |row| {
        let (citizen, intervention) = (CitizenId(row.take()?), PlannedInterventionId(row.take()?));
        let (granted_on, need) = (row.take()?, WaitingNeed::parse(&row.take::<String>()?));
        let need = need.map_err(|_| StoreError::Unreadable { what: "planned_intervention" })?;
        Ok(WaitingRow { citizen, intervention, granted_on, need })
    })
}

/// The diseases that the referrals of these citizens tell of.
pub(super) fn diseases(
    tx: &mut Tx<'_>,
    citizens: &[CitizenId],
) -> Result<HashMap<CitizenId, BTreeSet<DiseaseGroup>>, StoreError> {
    const SQL: &str = "select v.content from service_request r
        join record_version v on v.organization = r.organization and v.citizen = r.citizen
            and v.kind = 'service_request' and v.id = r.id and v.version = r.version
        where r.organization = $1 and r.state <> 'entered_in_error' and r.citizen in ($2, $3, $4, $5, $6, $7, $8, $9,
            $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30,
            $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49)";
    let mut all: HashMap<CitizenId, BTreeSet<DiseaseGroup>> = HashMap::new();
    for some in citizens.chunks(AT_ONCE) {
        let told: Vec<StoredRequest> = tx.query(SQL, &filled_up(some.iter().map(|id| id.0)), content)?;
        for one in told {
            all.entry(one.request.citizen).or_default().extend(DiseaseGroup::told(&one.focus));
        }
    }
    Ok(all)
}

/// What follows when somebody stayed away.
pub(super) struct FollowUpRow {
    pub(super) citizen: CitizenId,
    pub(super) due_on: Date,
    pub(super) open: bool,
}

/// The tasks that came of a session.
pub(super) fn follow_ups(tx: &mut Tx<'_>, session: SessionId) -> Result<Vec<FollowUpRow>, StoreError> {
    const SQL: &str = "select e.citizen, t.due_on, t.state from encounter e
        join task t on t.organization = e.organization and t.subject = e.id and t.kind = 'no_show'
        where e.organization = $1 and e.session = $2 and e.state <> 'entered_in_error' order by t.due_on, t.id";
    tx.query(SQL, &[session.0.into()], |row| {
        let (citizen, due_on) = (CitizenId(row.take()?), row.take()?);
        Ok(FollowUpRow { citizen, due_on, open: row.take::<String>()? == "open" })
    })
}

/// Why somebody did not come to a session, as far as it was told.
pub(super) fn absences(tx: &mut Tx<'_>, session: SessionId) -> Result<HashMap<CitizenId, AbsenceReason>, StoreError> {
    const SQL: &str = "select v.content from encounter e
        join record_version v on v.organization = e.organization and v.citizen = e.citizen and v.kind = 'encounter'
            and v.id = e.id and v.version = e.version
        where e.organization = $1 and e.session = $2 and e.state in ('no_show', 'cancelled') order by e.id";
    let rows = tx.query(SQL, &[session.0.into()], content::<Encounter>)?;
    Ok(rows.into_iter().filter_map(|one| one.absence.map(|why| (one.citizen, why))).collect())
}
