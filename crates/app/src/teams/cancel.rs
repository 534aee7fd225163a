//! Calling a session off and telling everybody: one transaction for the session, the one instead of it, and the messages.

use domain::ids::{SessionId, TeamId};
use domain::team::{CancelReason, Cancellation, Session, Team, TeamError, is_closed, next_open_day};
use domain::workdays::{instant, local_date, local_time};
use jiff::Timestamp;
use serde::Deserialize;

use super::{SessionInput, clash, queries, said};
use crate::{App, AppError, Caller, ids, notices, records};

/// Why a session is called off, and what comes instead.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub struct CancelSession {
    /// Why.
    #[schema(value_type = String)]
    pub reason: CancelReason,
    /// The session instead of it.
    #[serde(default)]
    pub replacement: Option<SessionInput>,
    /// The new day is known to be a holiday.
    #[serde(default)]
    pub on_closed_day: bool,
    /// The new session is meant although an instructor or the room is taken.
    #[serde(default)]
    pub despite: bool,
}

/// Calls a session off and queues a message to everybody with a seat. Says how many are told.
pub async fn cancel_session(
    app: &App,
    who: &Caller,
    id: TeamId,
    session: SessionId,
    input: CancelSession,
) -> Result<usize, AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    if let Some(new) = input.replacement {
        if new.end <= new.start {
            return Err(TeamError::EndsBeforeStart.into());
        }
        if new.start <= now {
            return Err(AppError::field("dato", "past", "Den nye dag skal ligge efter nu."));
        }
        if is_closed(local_date(new.start)) && !input.on_closed_day {
            let message = "Den dag er der lukket. Vælg en anden dag, eller sæt flueben ved, at I mødes alligevel.";
            return Err(AppError::field("dato", "closed_day", message));
        }
    }
    let reason = Some(input.reason.label().to_owned());
    app.store
        .write(who.scope_because("team.session_cancelled", now, reason), move |tx| {
            let before = queries::team(tx, id)?;
            let off = before.value.session(session).cloned().map_err(|_| AppError::NotFound("session"))?;
            let (mut team, mut replaced_by) = (before.value.clone(), None);
            if let Some(new) = input.replacement {
                // Two who call off at once, or a day that is in the series already: it stands there once.
                let there = team.sessions.iter().find(|s| s.start == new.start && s.cancelled.is_none());
                let instead: SessionId = there.map_or_else(|| ids::new(now), |s| s.id);
                if there.is_none() {
                    team = team.add_session(instead, new.start, new.end)?;
                }
                replaced_by = Some(instead);
            }
            if !input.despite {
                clash::refuse(tx, &before.value, &team, now)?;
            }
            team = team.cancel_session(session, Cancellation { at: now, reason: input.reason, replaced_by })?;
            records::save(tx, before.version, &team)?;
            if off.end <= now {
                return Ok(0);
            }
            notices::drop_about(tx, session.0)?;
            let seats: Vec<_> = team.enrolled.iter().filter(|seat| !seat.left).collect();
            for seat in &seats {
                said::called_off(tx, &home, (&team, &off, replaced_by), seat, now)?;
            }
            Ok(seats.len())
        })
        .await
}

/// The day proposed instead: after the last one of the series, at the same time, on a day that is open.
pub(super) fn proposal(team: &Team, off: &Session) -> Option<SessionInput> {
    let last = team.sessions.iter().filter(|s| s.cancelled.is_none()).map(|s| local_date(s.start)).max()?;
    let day = next_open_day(last.max(local_date(off.start)));
    let at = |time: Timestamp| instant(day, local_time(time).time());
    Some(SessionInput { start: at(off.start)?, end: at(off.end)? })
}
