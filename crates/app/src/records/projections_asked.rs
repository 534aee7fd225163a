//! What a citizen was asked and answered: consents and instruments, as columns.

use domain::consent::Consent;
use domain::response::Response;
use domain::stop_course::{self, StopForm};
use store::{StoreError, Tx};

use crate::stopbasen;

pub(super) fn response(response: &Response, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str =
        "insert into response (organization, id, citizen, version, course, instrument, instrument_version, phase, mode,
            state, measured_on, session, score, in_error, reached)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        on conflict (organization, id) do update set version = excluded.version, phase = excluded.phase,
            mode = excluded.mode, state = excluded.state, measured_on = excluded.measured_on, score = excluded.score,
            in_error = excluded.in_error, reached = excluded.reached";
    tx.execute(
        SQL,
        &[
            response.id.0.into(),
            response.citizen.0.into(),
            version.into(),
            response.course.map(|course| course.0).into(),
            (&response.instrument).into(),
            i64::from(response.version).into(),
            response.phase.word().into(),
            response.mode.word().into(),
            response.status.word().into(),
            response.on.into(),
            response.session.map(|session| session.0).into(),
            response.score.map(|score| i64::from(score.as_hundredths())).into(),
            response.entered_in_error.into(),
            stop_course::reached(response).into(),
        ],
    )?;
    if StopForm::parse(&response.instrument).is_ok() {
        stopbasen::refresh_standing(tx, response.citizen)?;
    }
    Ok(())
}

pub(super) fn consent(consent: &Consent, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str = "insert into consent (organization, id, citizen, version, purpose, said_on, stands)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (organization, id) do update set version = excluded.version, purpose = excluded.purpose,
            said_on = excluded.said_on, stands = excluded.stands";
    let (id, citizen, purpose) = (consent.id.0.into(), consent.citizen.0.into(), consent.purpose.word().into());
    tx.execute(SQL, &[id, citizen, version.into(), purpose, consent.on.into(), consent.stands().into()])?;
    if StopForm::SixMonths.needs().contains(&consent.purpose) {
        stopbasen::refresh_standing(tx, consent.citizen)?;
    }
    Ok(())
}
