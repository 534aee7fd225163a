//! SQL of the municipal tables, and of what stands beside the records about nicotine and the page of safety.

use std::collections::HashMap;

use domain::activity::Activity;
use domain::calendar::PractitionerRole;
use domain::checklist::Checklist;
use domain::codes::InterventionCode;
use domain::encounter::{Encounter, EncounterBasis};
use domain::ids::{CitizenId, PlannedInterventionId};
use domain::improvement::ImprovementBoard;
use domain::offer::Offer;
use domain::team::Team;
use domain::workdays::local_date;
use jiff::civil::Date;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::groups::{Ticked, WaitingKept};
use crate::records::{self, Record, content, parsed};

/// The newest versions of a kind that is about no citizen.
fn of_nobody<R: Record>(tx: &mut Tx<'_>) -> Result<Vec<R>, StoreError> {
    Ok(records::of_nobody::<R>(tx)?.into_iter().map(|it| it.value).collect())
}

pub(super) fn offers(tx: &mut Tx<'_>) -> Result<Vec<Offer>, StoreError> {
    of_nobody(tx)
}

pub(super) fn teams(tx: &mut Tx<'_>) -> Result<Vec<Team>, StoreError> {
    of_nobody(tx)
}

pub(super) fn activities(tx: &mut Tx<'_>) -> Result<Vec<Activity>, StoreError> {
    of_nobody(tx)
}

pub(super) fn boards(tx: &mut Tx<'_>) -> Result<Vec<ImprovementBoard>, StoreError> {
    of_nobody(tx)
}

pub(super) fn staff(tx: &mut Tx<'_>) -> Result<Vec<PractitionerRole>, StoreError> {
    of_nobody(tx)
}

/// Who has an intervention in a group granted and no team yet.
pub(super) fn waiting(tx: &mut Tx<'_>) -> Result<HashMap<InterventionCode, WaitingKept>, StoreError> {
    const SQL: &str = "select code, count(*), min(granted_on) from planned_intervention where organization = $1
        and delivery = 'group' and ended_on is null and not seated and state in ('granted', 'active', 'paused')
        group by code";
    let all = tx.query(SQL, &[], |row| {
        let (code, count) = (intervention_code(&row.take::<String>()?)?, row.take::<i64>()?);
        Ok((code, WaitingKept { count: i32::try_from(count).unwrap_or(i32::MAX), since: row.take()? }))
    })?;
    Ok(all.into_iter().collect())
}

fn intervention_code(word: &str) -> Result<InterventionCode, StoreError> {
    InterventionCode::parse(word).map_err(|_| StoreError::Unreadable { what: "planned_intervention" })
}

/// The checklists of interventions in groups that run or ended on a day or later, each with the contacts that were held of
/// its plan.
pub(super) fn ticked(tx: &mut Tx<'_>, from: Date) -> Result<Vec<Ticked>, StoreError> {
    // In this order: there are far fewer such interventions than versions of records.
    const SQL: &str = "select p.id, p.code, p.care_plan, c.content, v.content from (
            select id, citizen, course, code, care_plan from planned_intervention where organization = $1
                and delivery = 'group' and ended_on is null and state <> 'entered_in_error'
            union all select id, citizen, course, code, care_plan from planned_intervention where organization = $1
                and delivery = 'group' and ended_on >= $2 and state <> 'entered_in_error') p
        cross join record_version c cross join record_version v cross join encounter e
        where c.organization = $1 and c.citizen = p.citizen and c.kind = 'checklist' and c.id = p.id
            and not exists (select 1 from record_version n where n.organization = $1 and n.citizen = c.citizen
                and n.kind = c.kind and n.id = c.id and n.version > c.version)
            and v.organization = $1 and v.citizen = p.citizen and v.kind = 'encounter'
            and e.organization = $1 and e.id = v.id and e.version = v.version and e.course = p.course
            and e.state = 'finished'
        order by p.id, e.id";
    let rows = tx.query(SQL, &[from.into()], |row| {
        let (id, code) = (PlannedInterventionId(row.take()?), intervention_code(&row.take::<String>()?)?);
        let plan: Option<Uuid> = row.take()?;
        Ok((id, code, plan, row.take::<String>()?, content::<Encounter>(row)?))
    })?;
    let mut all: Vec<Ticked> = Vec::new();
    for (id, code, plan, checklist, contact) in rows {
        let ours = match contact.based_on {
            EncounterBasis::CarePlan(of) => plan == Some(of.0),
            EncounterBasis::Intervention(of) => of == id,
        };
        match all.last_mut().filter(|last| last.checklist.intervention == id) {
            Some(last) if ours => last.contacts.push(contact),
            Some(_) => {}
            None => {
                let checklist = parsed::<Checklist>(&checklist)?;
                all.push(Ticked { code, checklist, contacts: ours.then_some(contact).into_iter().collect() });
            }
        }
    }
    Ok(all)
}

/// The day each form of STOPbasen was first exported, of the citizens whose ids lie after one and up to another.
pub(in crate::quality) fn stop_exports(
    tx: &mut Tx<'_>,
    after: CitizenId,
    until: CitizenId,
) -> Result<Vec<(CitizenId, Uuid, Date)>, StoreError> {
    const SQL: &str = "select citizen, response, first_at from stop_exported
        where organization = $1 and citizen > $2 and citizen <= $3";
    tx.query(SQL, &[after.0.into(), until.0.into()], |row| {
        Ok((CitizenId(row.take()?), row.take()?, local_date(row.take()?)))
    })
}
