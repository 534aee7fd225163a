//! What becomes of a time when the talk was held or fell away; called inside the transaction that says so.

use domain::calendar::{Appointment, AppointmentReason, AppointmentState};
use domain::ids::{CarePlanId, PlannedInterventionId};
use domain::workdays::local_date;
use jiff::Timestamp;
use store::{Tx, Versioned};

use super::queries;
use crate::records::{self, CitizenRecord};
use crate::{AppError, notices, tasks};

/// The talk was held: its time is used. One that lies ahead is not needed any more.
pub(crate) fn talk_held(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    talk: PlannedInterventionId,
    now: Timestamp,
) -> Result<(), AppError> {
    match record.time_of(talk) {
        Some(time) if time.value.start <= now => end(tx, time, AppointmentState::Held),
        Some(time) => end(tx, time, cancelled(now)),
        None => Ok(()),
    }
}

/// An individual contact of a plan was held: the time of that day is used.
pub(crate) fn contact_held(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    plan: CarePlanId,
    start: Timestamp,
) -> Result<(), AppError> {
    let inside = record.interventions.iter().filter(|i| i.value.care_plan == Some(plan));
    for time in inside.flat_map(|i| record.times_of(i.value.id)) {
        if local_date(time.value.start) == local_date(start) {
            end(tx, time, AppointmentState::Held)?;
        }
    }
    Ok(())
}

/// The intervention is over without it, whatever the reason: stopped, withdrawn, moved away, dead.
pub(crate) fn fell_away(tx: &mut Tx<'_>, talk: PlannedInterventionId, now: Timestamp) -> Result<(), AppError> {
    for id in queries::of_intervention(tx, talk)? {
        let citizen = records::citizen_of(tx, "appointment", id)?;
        if let Some(time) = records::one::<Appointment>(tx, citizen.0, id)? {
            end(tx, &time, cancelled(now))?;
        }
    }
    Ok(())
}

const fn cancelled(at: Timestamp) -> AppointmentState {
    AppointmentState::Cancelled { reason: AppointmentReason::Ended, at }
}

fn end(tx: &mut Tx<'_>, time: &Versioned<Appointment>, state: AppointmentState) -> Result<(), AppError> {
    records::save(tx, time.version, &Appointment { state, ..time.value.clone() })?;
    notices::drop_about(tx, time.value.id.0)?;
    Ok(tasks::end_all(tx, time.value.id.0, false)?)
}
