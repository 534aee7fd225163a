//! A test round of a whole class: one number per person and test, saved together.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{CitizenId, ResponseId, SessionId, TeamId, UserId};
use domain::quantity::Quantity;
use domain::response::{Answer, Phase, TestSetting};
use store::Tx;

use super::commands::record_in;
use super::{Instruments, Recorded, ResponseInput};
use crate::{App, AppError, Caller, records, teams};

/// One number of the grid.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) citizen: CitizenId,
    pub(super) instrument: String,
    /// Id that the response will have.
    pub(super) id: ResponseId,
    pub(super) number: Quantity,
    /// An unlikely number that was looked at again.
    pub(super) confirmed: bool,
}

/// A whole round.
#[derive(Debug, Clone)]
pub(super) struct Round {
    pub(super) team: TeamId,
    pub(super) session: SessionId,
    pub(super) phase: Phase,
    /// Place and equipment by instrument.
    pub(super) settings: BTreeMap<String, TestSetting>,
    pub(super) cells: Vec<Cell>,
}

pub(super) fn grid_href(team: TeamId, session: SessionId) -> String {
    format!("/hold/{team}/gange/{session}/maalinger")
}

/// Saves a round in one transaction: all of it or nothing. A number that was saved before under its id is left as it is.
pub(super) async fn save_round(app: &App, who: &Caller, round: Round) -> Result<usize, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, who) = (app.now(), who.clone());
    app.store
        .write(who.scope("response.grid", now), move |tx| {
            let known = Instruments::read(tx, &home.settings.instruments_off)?;
            let team = teams::team(tx, round.team)?.value;
            let held = team.sessions.iter().find(|session| session.id == round.session);
            let on = domain::workdays::local_date(held.ok_or(AppError::NotFound("session"))?.start);
            for cell in &round.cells {
                if !team.has_seat(cell.citizen) {
                    return Err(domain::team::TeamError::NotEnrolled.into());
                }
                save_cell(tx, who.user, &known, &round, cell, on)?;
            }
            Ok(round.cells.len())
        })
        .await
}

fn save_cell(
    tx: &mut Tx<'_>,
    who: UserId,
    known: &Instruments,
    round: &Round,
    cell: &Cell,
    on: jiff::civil::Date,
) -> Result<(), AppError> {
    let item = known.to_answer(&cell.instrument)?.single().ok_or(AppError::NotFound("instrument"))?.no;
    let record = records::citizen_record(tx, cell.citizen)?;
    let input = ResponseInput {
        instrument: cell.instrument.clone(),
        mode: None,
        phase: round.phase,
        on: Some(on),
        setting: round.settings.get(&cell.instrument).cloned().unwrap_or_default(),
        session: Some(round.session),
        answers: [(item, Answer::Value(cell.number))].into(),
        facts: None,
        recorded: Recorded::Answered,
        reason: None,
        stopped_early: false,
        accept_incomplete: false,
        confirmed: if cell.confirmed { [item].into() } else { BTreeSet::new() },
    };
    record_in(tx, who, known, &record, cell.id, &input).map(|_| ())
}
