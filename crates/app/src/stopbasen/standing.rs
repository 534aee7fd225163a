//! Where the three forms of each nicotine intervention stand, in a row that is written anew after every change of what it
//! follows from: the intervention, the two consents and the answers. What counts is decided by the rules of
//! [`domain::stop_course`]; the page of a whole municipality then reads rows in order and nothing else.

use domain::care_plan::PlanStatus;
use domain::codes::InterventionCode;
use domain::consent::{Answer, ConsentPurpose, Said, answer};
use domain::ids::{CitizenId, ConsentId, CourseId, PlannedInterventionId, ResponseId};
use domain::planned_intervention::PlannedIntervention;
use domain::response::{Response, ResponseStatus};
use domain::stop_course::{Filled, StopForm, ended_on};
use jiff::civil::Date;
use store::{Row, StoreError, Tx};

use crate::records::content;

/// The answers that count for a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FormStanding {
    pub(super) response: ResponseId,
    pub(super) status: ResponseStatus,
}

/// What the citizen said yes to.
#[derive(Debug, Clone, Copy)]
struct Consented {
    /// Being registered.
    register: bool,
    /// Being contacted after six months.
    contact: bool,
}

/// A nicotine intervention and where its forms stand.
#[derive(Debug)]
pub(super) struct StopStanding {
    pub(super) id: PlannedInterventionId,
    pub(super) citizen: CitizenId,
    pub(super) course: CourseId,
    /// Has begun and is not over.
    pub(super) runs: bool,
    /// Last day of one that had begun.
    pub(super) ended_on: Option<Date>,
    consented: Consented,
    start: Option<FormStanding>,
    end: Option<FormStanding>,
    later: Option<FormStanding>,
    /// Whether the six-month form says that the citizen was reached.
    pub(super) reached: bool,
}

impl StopStanding {
    pub(super) const fn form(&self, form: StopForm) -> Option<FormStanding> {
        match form {
            StopForm::Baseline => self.start,
            StopForm::End => self.end,
            StopForm::SixMonths => self.later,
        }
    }

    /// Whether every consent that a form needs stands.
    pub(super) fn allowed(&self, form: StopForm) -> bool {
        form.needs().iter().all(|purpose| match purpose {
            ConsentPurpose::Stopbasen => self.consented.register,
            ConsentPurpose::StopbasenFollowUp => self.consented.contact,
            _ => false,
        })
    }
}

fn form_standing(row: &mut Row<'_>) -> Result<Option<FormStanding>, StoreError> {
    let (id, state): (Option<_>, Option<String>) = (row.take()?, row.take()?);
    let Some((id, state)) = id.zip(state) else { return Ok(None) };
    let status = ResponseStatus::parse(&state).map_err(|_| StoreError::Unreadable { what: "response" })?;
    Ok(Some(FormStanding { response: ResponseId(id), status }))
}

/// The nicotine interventions that were granted in a period, the earliest first.
pub(super) fn standings(tx: &mut Tx<'_>, (from, until): (Date, Date)) -> Result<Vec<StopStanding>, StoreError> {
    const SQL: &str =
        "select id, citizen, course, runs, ended_on, registered, contact, start_form, start_state, end_form,
            end_state, later_form, later_state, reached
        from stop_standing where organization = $1 and granted_on >= $2 and granted_on <= $3 order by granted_on, id";
    tx.query(SQL, &[from.into(), until.into()], |r| {
        Ok(StopStanding {
            id: PlannedInterventionId(r.take()?),
            citizen: CitizenId(r.take()?),
            course: CourseId(r.take()?),
            runs: r.take()?,
            ended_on: r.take()?,
            consented: Consented { register: r.take()?, contact: r.take()? },
            start: form_standing(r)?,
            end: form_standing(r)?,
            later: form_standing(r)?,
            reached: r.take::<Option<bool>>()? == Some(true),
        })
    })
}

/// The answers that were ended before they were whole, of the same interventions.
pub(super) fn not_whole(tx: &mut Tx<'_>, (from, until): (Date, Date)) -> Result<Vec<Response>, StoreError> {
    const SQL: &str = "select v.content from stop_standing s, response r, record_version v
        where s.organization = $1 and s.granted_on >= $2 and s.granted_on <= $3
            and (s.start_state <> 'complete' or s.end_state <> 'complete' or s.later_state <> 'complete')
            and r.organization = $1 and r.id in (s.start_form, s.end_form, s.later_form) and r.state <> 'complete'
            and v.organization = $1 and v.citizen = r.citizen and v.kind = 'response' and v.id = r.id
            and v.version = r.version";
    tx.query(SQL, &[from.into(), until.into()], content)
}

/// The whole answers of one form, of the same interventions.
pub(super) fn whole(tx: &mut Tx<'_>, form: StopForm, (from, until): (Date, Date)) -> Result<Vec<Response>, StoreError> {
    const SQL: &str = "select v.content from stop_standing s, response r, record_version v
        where s.organization = $1 and s.granted_on >= $2 and s.granted_on <= $3
            and r.organization = $1 and r.id in (s.start_form, s.end_form, s.later_form) and r.instrument = $4
            and r.state = 'complete' and v.organization = $1 and v.citizen = r.citizen and v.kind = 'response'
            and v.id = r.id and v.version = r.version";
    tx.query(SQL, &[from.into(), until.into(), form.word().into()], content)
}

/// Keeps the row of an intervention that was changed; of other interventions there is none.
pub(crate) fn keep_standing(tx: &mut Tx<'_>, it: &PlannedIntervention) -> Result<(), StoreError> {
    const GONE: &str = "delete from stop_standing where organization = $1 and granted_on = $2 and id = $3";
    const SQL: &str = "insert into stop_standing (organization, granted_on, id, citizen, course, runs, ended_on)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (organization, granted_on, id) do update set runs = excluded.runs, ended_on = excluded.ended_on";
    if it.code != InterventionCode::NicotineCessation {
        return Ok(());
    }
    let (day, id) = (it.granted_on.into(), it.id.0.into());
    if matches!(it.status, PlanStatus::EnteredInError { .. }) {
        tx.execute(GONE, &[day, id])?;
    } else {
        let (runs, ended) = (it.status.started_on().is_some(), ended_on(it.status));
        tx.execute(SQL, &[day, id, it.citizen.0.into(), it.course.0.into(), runs.into(), ended.into()])?;
    }
    refresh_standing(tx, it.citizen)
}

struct FormRow {
    id: ResponseId,
    form: String,
    status: ResponseStatus,
    on: Date,
    reached: Option<bool>,
}

impl Filled for FormRow {
    fn filled(&self) -> Option<(&str, ResponseStatus, Date, ResponseId)> {
        Some((&self.form, self.status, self.on, self.id))
    }
}

struct ConsentRow {
    id: ConsentId,
    purpose: ConsentPurpose,
    on: Date,
    stands: bool,
}

impl Said for ConsentRow {
    fn said(&self) -> (ConsentPurpose, bool, Date, ConsentId) {
        (self.purpose, self.stands, self.on, self.id)
    }
}

/// Says anew, for all nicotine interventions of a citizen, which answers count and what was consented to.
pub(crate) fn refresh_standing(tx: &mut Tx<'_>, citizen: CitizenId) -> Result<(), StoreError> {
    const ALL: &str = "select granted_on, id from stop_standing where organization = $1 and citizen = $2";
    const SQL: &str = "update stop_standing set registered = $4, contact = $5, start_form = $6, start_state = $7,
            end_form = $8, end_state = $9, later_form = $10, later_state = $11, reached = $12
        where organization = $1 and granted_on = $2 and id = $3";
    let all: Vec<(Date, uuid::Uuid)> = tx.query(ALL, &[citizen.0.into()], |r| Ok((r.take()?, r.take()?)))?;
    if all.is_empty() {
        return Ok(());
    }
    let (consents, forms) = (consents_of(tx, citizen)?, forms_of(tx, citizen)?);
    let given = |purpose| matches!(answer(&consents, purpose), Answer::Given(_));
    let (registered, contact) = (given(ConsentPurpose::Stopbasen), given(ConsentPurpose::StopbasenFollowUp));
    for (granted_on, id) in &all {
        let next = all.iter().map(|(day, _)| *day).filter(|day| day > granted_on).min();
        let counts = |form: StopForm| form.answered(*granted_on, next, forms.iter());
        let [start, end, later] = [StopForm::Baseline, StopForm::End, StopForm::SixMonths].map(counts);
        let mut values = vec![(*granted_on).into(), (*id).into(), registered.into(), contact.into()];
        for found in [start, end, later] {
            values.push(found.map(|it| it.id.0).into());
            values.push(found.map(|it| it.status.word()).into());
        }
        values.push(later.and_then(|it| it.reached).into());
        tx.execute(SQL, &values)?;
    }
    Ok(())
}

fn consents_of(tx: &mut Tx<'_>, citizen: CitizenId) -> Result<Vec<ConsentRow>, StoreError> {
    const SQL: &str = "select id, purpose, said_on, stands from consent where organization = $1 and citizen = $2
        and purpose in ('stopbasen', 'stopbasen_follow_up')";
    tx.query(SQL, &[citizen.0.into()], |r| {
        let (id, purpose) = (ConsentId(r.take()?), ConsentPurpose::parse(&r.take::<String>()?));
        let purpose = purpose.map_err(|_| StoreError::Unreadable { what: "consent" })?;
        Ok(ConsentRow { id, purpose, on: r.take()?, stands: r.take()? })
    })
}

fn forms_of(tx: &mut Tx<'_>, citizen: CitizenId) -> Result<Vec<FormRow>, StoreError> {
    const SQL: &str = "select id, instrument, state, measured_on, reached from response
        where organization = $1 and citizen = $2 and not in_error
            and instrument in ('stopbasen_baseline', 'stopbasen_end', 'stopbasen_6m')";
    tx.query(SQL, &[citizen.0.into()], |r| {
        let (id, form, status) = (ResponseId(r.take()?), r.take()?, ResponseStatus::parse(&r.take::<String>()?));
        let status = status.map_err(|_| StoreError::Unreadable { what: "response" })?;
        Ok(FormRow { id, form, status, on: r.take()?, reached: r.take()? })
    })
}
