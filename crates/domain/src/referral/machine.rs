//! The transitions of a request. Every pair that is not listed is refused.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{DeclineReason, FirstStep, ReferralState as State, ReturnReason};
use crate::ids::{CourseId, ServiceRequestId};
use crate::limits::Limits;

/// What happens to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReferralEvent {
    /// Staff have read it and found it to be ours.
    Check,
    /// An attempt to reach the citizen failed.
    NotReached,
    /// The citizen was spoken to.
    Reach,
    /// The letter after the last attempt was sent on this day.
    SendLetter {
        /// Day of the letter.
        on: Date,
    },
    /// The first step is chosen.
    Route(FirstStep),
    /// The request becomes part of a course.
    Join(CourseId),
    /// The letter's time is out on this day.
    LetterExpired {
        /// The day today.
        on: Date,
    },
    /// Sent back.
    Return(ReturnReason),
    /// Outside the target group, with the reason.
    Reject(String),
    /// The citizen wants nothing now.
    Decline(DeclineReason),
    /// The same request is open already.
    MarkDuplicate(ServiceRequestId),
    /// A newer request takes its place.
    ReplaceBy(ServiceRequestId),
    /// The citizen moved.
    Move,
    /// The citizen died.
    Die,
    /// Registered wrongly.
    MarkError,
}

/// Why an event cannot happen now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReferralError {
    /// The request is closed, or joined to a course.
    #[error("the request is already {0}")]
    AlreadyHandled(&'static str),
    /// Another step must come first.
    #[error("{event} is not possible while the request is {state}")]
    NotYet {
        /// What was tried.
        event: &'static str,
        /// Where the request stands.
        state: &'static str,
    },
    /// There are attempts left before a letter.
    #[error("{made} of {max} attempts made")]
    AttemptsLeft {
        /// Attempts made.
        made: u8,
        /// Attempts owed.
        max: u8,
    },
    /// The letter still holds the offer open.
    #[error("the letter is open until {0}")]
    LetterStillOpen(Date),
    /// A rejection needs its reason.
    #[error("a reason is required")]
    ReasonMissing,
}

impl ReferralError {
    /// What staff read: what is wrong and what to do.
    pub fn user_message(&self) -> String {
        match self {
            Self::AlreadyHandled(_) => "Henvisningen er allerede behandlet. Genindlæs siden for at se hvordan.".into(),
            Self::NotYet { .. } => "Det kan ikke gøres endnu. Se henvisningens næste skridt, og gør det først.".into(),
            Self::AttemptsLeft { made, max } => {
                format!("Der er gjort {made} af {max} forsøg. Prøv igen på et andet tidspunkt, før brevet sendes.")
            }
            Self::LetterStillOpen(until) => {
                format!("Brevet står åbent til {until}. Henvisningen kan først lukkes derefter.")
            }
            Self::ReasonMissing => "Skriv en begrundelse.".into(),
        }
    }
}

/// Moves a request one step.
///
/// A correction, a death or a move may come at any time while the request is open; `MarkError` also later, and the
/// first one keeps its time.
pub fn apply(state: State, event: ReferralEvent, at: Timestamp, limits: &Limits) -> Result<State, ReferralError> {
    use ReferralEvent as E;
    if let E::MarkError = event {
        return Ok(mark_error(state, at));
    }
    if let (State::Joined { .. }, E::ReplaceBy(by)) = (&state, &event) {
        return Ok(State::Replaced { at, by: *by });
    }
    if !state.is_open() {
        return Err(ReferralError::AlreadyHandled(state.word()));
    }
    match event {
        E::Check => check(state, at),
        E::NotReached => not_reached(state, at, limits),
        E::Reach => reach(state, at),
        E::SendLetter { on } => send_letter(state, on, limits),
        E::Route(step) => route(state, step, at),
        E::Join(course) => match state {
            State::Routed { .. } => Ok(State::Joined { at, course }),
            other => Err(not_yet("join", &other)),
        },
        E::LetterExpired { on } => letter_expired(&state, on, at),
        E::Return(reason) => Ok(State::Returned { at, reason }),
        E::Reject(reason) if reason.trim().is_empty() => Err(ReferralError::ReasonMissing),
        E::Reject(reason) => Ok(State::Rejected { at, reason }),
        E::Decline(reason) => match state {
            State::Reached { .. } | State::Routed { .. } => Ok(State::Declined { at, reason }),
            other => Err(not_yet("decline", &other)),
        },
        E::MarkDuplicate(of) => Ok(State::Duplicate { at, of }),
        E::ReplaceBy(by) => Ok(State::Replaced { at, by }),
        E::Move => Ok(State::Moved { at }),
        E::Die => Ok(State::Dead { at }),
        E::MarkError => Ok(mark_error(state, at)),
    }
}

fn mark_error(state: State, at: Timestamp) -> State {
    match state {
        State::EnteredInError { .. } => state,
        _ => State::EnteredInError { at },
    }
}

fn check(state: State, at: Timestamp) -> Result<State, ReferralError> {
    match state {
        State::Received => Ok(State::Checked { at }),
        other => Err(not_yet("check", &other)),
    }
}

/// Attempts go on counting while the citizen is not reached; the letter comes when they are used up.
fn not_reached(state: State, at: Timestamp, limits: &Limits) -> Result<State, ReferralError> {
    match state {
        State::Checked { .. } => Ok(State::Contacting { attempts: 1, last_at: at }),
        State::Contacting { attempts, .. } if attempts < limits.contact_attempts_max => {
            Ok(State::Contacting { attempts: attempts + 1, last_at: at })
        }
        other => Err(not_yet("not reached", &other)),
    }
}

/// A citizen who calls back after the letter is reached as well.
fn reach(state: State, at: Timestamp) -> Result<State, ReferralError> {
    match state {
        State::Checked { .. } | State::Contacting { .. } | State::Unreachable { .. } => Ok(State::Reached { at }),
        other => Err(not_yet("reach", &other)),
    }
}

fn send_letter(state: State, on: Date, limits: &Limits) -> Result<State, ReferralError> {
    match state {
        State::Contacting { attempts, .. } if attempts >= limits.contact_attempts_max => {
            let open = jiff::Span::new().days(limits.unreachable_open_days);
            Ok(State::Unreachable { letter_on: on, open_until: on.saturating_add(open) })
        }
        State::Contacting { attempts, .. } => {
            Err(ReferralError::AttemptsLeft { made: attempts, max: limits.contact_attempts_max })
        }
        other => Err(not_yet("letter", &other)),
    }
}

/// The step may be chosen again until a course begins.
fn route(state: State, step: FirstStep, at: Timestamp) -> Result<State, ReferralError> {
    match state {
        State::Reached { .. } | State::Routed { .. } => Ok(State::Routed { at, step }),
        other => Err(not_yet("route", &other)),
    }
}

fn letter_expired(state: &State, on: Date, at: Timestamp) -> Result<State, ReferralError> {
    match state {
        State::Unreachable { open_until, .. } if on > *open_until => Ok(State::NeverReached { at }),
        State::Unreachable { open_until, .. } => Err(ReferralError::LetterStillOpen(*open_until)),
        other => Err(not_yet("close as never reached", other)),
    }
}

const fn not_yet(event: &'static str, state: &State) -> ReferralError {
    ReferralError::NotYet { event, state: state.word() }
}

#[cfg(test)]
mod tests;
