//! All SQL of the calendar.

use domain::calendar::{Period, PractitionerRole};
use domain::codes::{EncounterClass, InterventionCode};
use domain::competence::Competence;
use domain::ids::{AppointmentId, CitizenId, PlannedInterventionId, UserId};
use domain::workdays::local_date;
use jiff::Timestamp;
use serde::Serialize;
use store::{Row, StoreError, Tx, Versioned};
use uuid::Uuid;

/// A colleague with what they may hold and when.
#[derive(Debug, Clone)]
pub(super) struct Practitioner {
    pub(super) initials: String,
    pub(super) title: String,
    /// Version zero when nothing was said of them yet.
    pub(super) role: Versioned<PractitionerRole>,
}

impl Practitioner {
    /// "Sygeplejerske TN".
    pub(super) fn label(&self) -> String {
        format!("{} {}", self.title, self.initials)
    }
}

/// Active staff by name; systems are none, and neither are suppliers.
pub(super) fn practitioners(tx: &mut Tx<'_>) -> Result<Vec<Practitioner>, StoreError> {
    const SQL: &str = "select u.id, u.initials, u.title, v.version, v.content from user_account u
        left join record_version v on v.organization = u.organization and v.citizen = $2
            and v.kind = 'practitioner_role' and v.id = u.id
            and not exists (select 1 from record_version n where n.organization = $1 and n.citizen = $2
                and n.kind = v.kind and n.id = v.id and n.version > v.version)
        where u.organization = $1 and u.active and u.user_name not like 'token:%' and u.role <> 'supplier'
        order by u.title, u.initials, u.id";
    tx.query(SQL, &[Uuid::nil().into()], |row| {
        let id = UserId(row.take()?);
        let (initials, title) = (row.take()?, row.take()?);
        let (version, content): (Option<i64>, Option<String>) = (row.take()?, row.take()?);
        let stored = content.map(|text| serde_json::from_str(&text)).transpose();
        let value = stored.map_err(|_| StoreError::Unreadable { what: "practitioner_role" })?;
        let role =
            Versioned { version: version.unwrap_or(0), value: value.unwrap_or_else(|| PractitionerRole::empty(id)) };
        Ok(Practitioner { initials, title, role })
    })
}

/// Active staff with a competence that has not run out, and what they are called: "Diætist MB".
pub(crate) fn holders(tx: &mut Tx<'_>, competence: Competence) -> Result<Vec<(UserId, String)>, StoreError> {
    let mut all = practitioners(tx)?;
    let today = local_date(tx.scope().at);
    all.retain(|person| person.role.value.holding(competence, today).counts());
    Ok(all.iter().map(|person| (person.role.value.id, person.label())).collect())
}

/// A time that somebody has.
#[derive(Debug, Clone)]
pub(super) struct Taken {
    pub(super) id: AppointmentId,
    pub(super) professional: UserId,
    pub(super) period: Period,
    /// Where, or how when it is not held in a room.
    pub(super) place: String,
}

/// What is taken between two instants, whoever has it.
pub(super) fn taken(tx: &mut Tx<'_>, within: Period) -> Result<Vec<Taken>, StoreError> {
    // A day more before: nothing that is taken is longer.
    const SQL: &str = "select id, professional, start_at, end_at, place from appointment
        where organization = $1 and active and start_at >= $2 and start_at < $3 and end_at > $4 order by start_at, id";
    let from = within.start.saturating_sub(jiff::SignedDuration::from_hours(24)).unwrap_or(Timestamp::MIN);
    tx.query(SQL, &[from.into(), within.end.into(), within.start.into()], |row| {
        let (id, professional) = (AppointmentId(row.take()?), UserId(row.take()?));
        let period = Period { start: row.take()?, end: row.take()? };
        Ok(Taken { id, professional, period, place: row.take()? })
    })
}

/// A time in the calendar with whom it is.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct AppointmentRow {
    /// The appointment.
    #[schema(value_type = Uuid)]
    pub id: AppointmentId,
    /// With whom.
    #[schema(value_type = Uuid)]
    pub citizen: CitizenId,
    /// The talk or intervention it is for.
    #[schema(value_type = Uuid)]
    pub intervention: PlannedInterventionId,
    /// Which of the fourteen that is.
    #[schema(value_type = String)]
    pub code: InterventionCode,
    /// Who holds it.
    #[schema(value_type = Uuid)]
    pub professional: UserId,
    /// How.
    #[schema(value_type = String)]
    pub class: EncounterClass,
    /// Where.
    pub place: String,
    /// Start.
    #[schema(value_type = String, format = DateTime)]
    pub start: Timestamp,
    /// End.
    #[schema(value_type = String, format = DateTime)]
    pub end: Timestamp,
    /// Name of the citizen; for pages only.
    #[serde(skip)]
    pub name: String,
    /// A need is still to be ordered; for pages only.
    #[serde(skip)]
    pub waits: bool,
}

/// The times between two instants; of one person when named.
pub(crate) fn appointments(
    tx: &mut Tx<'_>,
    within: Period,
    of: Option<UserId>,
) -> Result<Vec<AppointmentRow>, StoreError> {
    const ALL: &str = "select a.id, a.citizen, a.intervention, a.code, a.professional, a.class, a.place, a.start_at,
            a.end_at, c.given, c.surname, t.id from appointment a
        join citizen c on c.organization = a.organization and c.id = a.citizen
        left join task t on t.organization = a.organization and t.subject = a.id and t.state = 'open'
            and t.kind = 'arrange_need'
        where a.organization = $1 and a.active and a.start_at >= $2 and a.start_at < $3
        order by a.start_at, a.id";
    const MINE: &str = "select a.id, a.citizen, a.intervention, a.code, a.professional, a.class, a.place, a.start_at,
            a.end_at, c.given, c.surname, t.id from appointment a
        join citizen c on c.organization = a.organization and c.id = a.citizen
        left join task t on t.organization = a.organization and t.subject = a.id and t.state = 'open'
            and t.kind = 'arrange_need'
        where a.organization = $1 and a.active and a.professional = $4 and a.start_at >= $2 and a.start_at < $3
        order by a.start_at, a.id";
    match of {
        None => tx.query(ALL, &[within.start.into(), within.end.into()], row),
        Some(user) => tx.query(MINE, &[within.start.into(), within.end.into(), user.0.into()], row),
    }
}

fn row(row: &mut Row<'_>) -> Result<AppointmentRow, StoreError> {
    let unreadable = |_| StoreError::Unreadable { what: "appointment" };
    let (id, citizen, intervention) =
        (AppointmentId(row.take()?), CitizenId(row.take()?), PlannedInterventionId(row.take()?));
    let code = InterventionCode::parse(&row.take::<String>()?).map_err(unreadable)?;
    let professional = UserId(row.take()?);
    let class = EncounterClass::parse(&row.take::<String>()?).map_err(unreadable)?;
    let (place, start, end) = (row.take()?, row.take()?, row.take()?);
    let (given, surname) = (row.take::<Option<String>>()?, row.take::<String>()?);
    let name = given.map_or(surname.clone(), |given| format!("{given} {surname}"));
    let waits = row.take::<Option<Uuid>>()?.is_some();
    Ok(AppointmentRow { id, citizen, intervention, code, professional, class, place, start, end, name, waits })
}

/// The active times of an intervention.
pub(super) fn of_intervention(tx: &mut Tx<'_>, id: PlannedInterventionId) -> Result<Vec<Uuid>, StoreError> {
    const SQL: &str = "select id from appointment where organization = $1 and intervention = $2 and active";
    tx.query(SQL, &[id.0.into()], |row| row.take())
}

/// A talk that waits for a time.
#[derive(Debug, Clone)]
pub(super) struct WaitingRow {
    pub(super) citizen: Uuid,
    pub(super) intervention: PlannedInterventionId,
    pub(super) code: InterventionCode,
    pub(super) due_on: jiff::civil::Date,
    pub(super) name: String,
}

/// So many stand in the list; the rest follow when these have their time.
const WAITING: i64 = 30;

/// Talks that somebody must find a time for, the most urgent first.
pub(super) fn waiting(tx: &mut Tx<'_>) -> Result<Vec<WaitingRow>, StoreError> {
    const SQL: &str = "select c.id, p.id, p.code, t.due_on, c.given, c.surname from task t
        join planned_intervention p on p.organization = t.organization and p.id = t.subject
        join citizen c on c.organization = t.organization and c.id = t.citizen
        where t.organization = $1 and t.state = 'open' and t.kind = 'book_talk' order by t.due_on, t.id limit $2";
    tx.query(SQL, &[WAITING.into()], |row| {
        let (citizen, intervention) = (row.take()?, PlannedInterventionId(row.take()?));
        let code = InterventionCode::parse(&row.take::<String>()?);
        let due_on = row.take()?;
        let (given, surname) = (row.take::<Option<String>>()?, row.take::<String>()?);
        Ok(WaitingRow {
            citizen,
            intervention,
            code: code.map_err(|_| StoreError::Unreadable { what: "planned_intervention" })?,
            due_on,
            name: given.map_or(surname.clone(), |given| format!("{given} {surname}")),
        })
    })
}
