//! Whether somebody has shown what a time or a contact asks of them. What is missing is told and counted, and stops nobody
//! (requirements, `competence_enforcement`); diet treatment alone is refused, elsewhere (KS-7.5-03).

use domain::codes::InterventionCode;
use domain::competence::{Competence, Holding};
use domain::ids::{AppointmentId, CarePlanId, UserId};
use domain::permission::Role;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Seen, StoreError, Tx, Value};

use super::queries;
use crate::layout::lower_first;
use crate::records;
use crate::{App, AppError, Caller};

/// A time of somebody's own about an intervention.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OwnTime {
    pub(crate) professional: UserId,
    pub(crate) code: InterventionCode,
    pub(crate) on: Date,
    pub(crate) start: Timestamp,
}

/// Times that stand, between two instants; of suppliers' people there are none.
pub(crate) fn own_times(tx: &mut Tx<'_>, from: Timestamp, to: Timestamp) -> Result<Vec<OwnTime>, StoreError> {
    const SQL: &str = "select professional, code, start_at from appointment
        where organization = $1 and active and start_at >= $2 and start_at < $3 order by start_at, id";
    let values: [Value<'_>; 2] = [from.into(), to.into()];
    tx.query(SQL, &values, |row| {
        let (professional, code) = (UserId(row.take()?), row.take::<String>()?);
        let code = InterventionCode::parse(&code).map_err(|_| StoreError::Unreadable { what: "appointment" })?;
        let start = row.take()?;
        Ok(OwnTime { professional, code, on: local_date(start), start })
    })
}

/// Whether a competence was seen and has not run out.
pub(crate) const fn is_proven(holding: Holding) -> bool {
    matches!(holding, Holding::Valid | Holding::RunsOut(_))
}

/// What is said after a time was booked with somebody who has not shown the competence; empty when all is well.
pub(super) async fn of_time(app: &App, who: &Caller, id: AppointmentId) -> Result<String, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "appointment", id.0)?;
        let time = records::one::<domain::calendar::Appointment>(tx, citizen.0, id.0)?;
        let time = time.ok_or(AppError::NotFound("appointment"))?.value;
        let missing = missing(tx, time.professional, &[time.code], local_date(time.start))?;
        Ok::<_, AppError>(Seen::record(citizen.0, missing))
    };
    let missing = app.store.view(who.scope("appointment.competence", app.now()), read).await?;
    Ok(missing.map(|one| said("Kollegaen", one)).unwrap_or_default())
}

/// The same after a contact of an intervention: it began, or went on, with the caller.
pub(crate) async fn of_contact(app: &App, who: &Caller, plan: CarePlanId, on: Date) -> Result<String, AppError> {
    if matches!(who.role, Role::System | Role::Supplier) {
        return Ok(String::new());
    }
    let user = who.user;
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "care_plan", plan.0)?;
        let record = records::citizen_record(tx, citizen)?;
        let inside = record.interventions.iter().map(|i| &i.value).filter(|i| i.care_plan == Some(plan));
        let codes: Vec<_> = inside.filter(|i| i.status.is_open()).map(|i| i.code).collect();
        let missing = missing(tx, user, &codes, on)?;
        Ok::<_, AppError>(Seen::record(citizen.0, missing))
    };
    let missing = app.store.view(who.scope("contact.competence", app.now()), read).await?;
    Ok(missing.map(|one| said("Du", one)).unwrap_or_default())
}

/// The first competence that somebody has not shown on a day.
fn missing(
    tx: &mut Tx<'_>,
    user: UserId,
    codes: &[InterventionCode],
    on: Date,
) -> Result<Option<Competence>, AppError> {
    let person = queries::practitioners(tx)?.into_iter().find(|person| person.role.value.id == user);
    let holding = |one: Competence| person.as_ref().map_or(Holding::No, |it| it.role.value.holding(one, on));
    let needed = codes.iter().map(|code| Competence::for_intervention(*code));
    Ok(needed.into_iter().find(|one| !is_proven(holding(*one))))
}

fn said(who: &str, competence: Competence) -> String {
    let what = lower_first(competence.label());
    format!(" {who} har ikke dokumenteret kompetencen {what}. Det tælles under Hvem kan lede hvad.")
}
