//! The transitions of a course. Every pair of state and event that is not listed is refused.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{BeforePause, CloseBlocker, CourseState as State, TalkGap};

/// What happens to a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CourseEvent {
    /// A talk has a time; the first moves the course, later ones do not.
    TalkBooked,
    /// Nicotine or alcohol alone begins without a talk.
    DirectStart,
    /// A talk was held; holds what its notes still lack.
    TalkHeld {
        /// What the notes lack; must be empty.
        gaps: Vec<TalkGap>,
    },
    /// Both agreed that nothing more is needed.
    NoFurtherAction {
        /// Day of the agreement.
        on: Date,
    },
    /// A session or individual contact of an intervention was held.
    SessionHeld,
    /// The citizen declined all offers.
    AllDeclined {
        /// Day of the last answer.
        on: Date,
    },
    /// An intervention was granted. Talks and follow-ups do not count: a closing talk reopens nothing.
    InterventionGranted,
    /// The last open intervention ended; talks and follow-ups do not count.
    LastInterventionEnded {
        /// Last day.
        on: Date,
    },
    /// A pause was agreed.
    Pause {
        /// First day of the pause.
        on: Date,
        /// When it is expected to end.
        expected_end: Option<Date>,
        /// Why.
        reason: String,
    },
    /// The pause is over.
    Resume,
    /// The closing talk was held, or the course is closed without the citizen; holds what still stands in the way.
    Close {
        /// What stands in the way.
        blockers: Vec<CloseBlocker>,
        /// A leader's reason for closing all the same.
        set_aside: Option<String>,
    },
    /// The citizen stops the whole course.
    Withdraw,
    /// Another municipality takes over.
    Transfer,
    /// The citizen died.
    Die,
    /// No open follow-up is left.
    Archive,
}

/// Why an event cannot happen now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CourseError {
    /// The course is over.
    #[error("the course is {0}")]
    Over(&'static str),
    /// Another step must come first.
    #[error("{event} is not possible while the course is {state}")]
    NotYet {
        /// What was tried.
        event: &'static str,
        /// Where the course stands.
        state: &'static str,
    },
    /// The talk cannot be closed as held.
    #[error("the talk lacks {} things", .0.len())]
    TalkIncomplete(Vec<TalkGap>),
    /// Something keeps the course from closing.
    #[error("{} things keep the course from closing", .0.len())]
    Blocked(Vec<CloseBlocker>),
    /// A pause needs its reason.
    #[error("a reason is required")]
    ReasonMissing,
}

impl CourseError {
    /// What staff read.
    pub fn user_message(&self) -> String {
        match self {
            Self::Over(_) => "Forløbet er slut. En ny henvendelse åbner et nyt forløb.".into(),
            Self::NotYet { .. } => "Det kan ikke gøres endnu. Se forløbets næste skridt, og gør det først.".into(),
            Self::TalkIncomplete(gaps) => {
                format!("Samtalen mangler: {}.", gaps.iter().map(TalkGap::label).collect::<Vec<_>>().join(", "))
            }
            Self::ReasonMissing => "Skriv en begrundelse.".into(),
            Self::Blocked(blockers) => {
                format!(
                    "Forløbet kan ikke afsluttes: {}.",
                    blockers.iter().map(CloseBlocker::label).collect::<Vec<_>>().join(", ")
                )
            }
        }
    }
}

/// Moves a course one step.
///
/// A course that is over stays as it is: a closed one keeps its day when the citizen dies during follow-up.
pub fn apply(state: State, event: CourseEvent, at: Timestamp) -> Result<State, CourseError> {
    use CourseEvent as E;
    if !state.is_open() {
        return after_the_end(&state, &event, at);
    }
    match event {
        E::Die => Ok(State::Dead { at }),
        E::Withdraw => Ok(State::Withdrawn { at }),
        E::Transfer => Ok(State::Transferred { at }),
        E::TalkHeld { gaps } if !gaps.is_empty() => Err(CourseError::TalkIncomplete(gaps)),
        E::TalkBooked | E::TalkHeld { .. } => Ok(talk(state, &event)),
        E::DirectStart => direct_start(state),
        E::SessionHeld => Ok(session_held(state)),
        E::InterventionGranted => Ok(granted(state)),
        E::NoFurtherAction { on } | E::AllDeclined { on } => nothing_to_do(&state, event.name(), on),
        E::LastInterventionEnded { on } => Ok(last_ended(state, on)),
        E::Pause { on, expected_end, reason } => pause(&state, on, expected_end, reason),
        E::Resume => resume(&state),
        E::Close { blockers, set_aside } => close(&state, blockers, set_aside.as_deref(), at),
        E::Archive => Err(not_yet("archive", &state)),
    }
}

fn after_the_end(state: &State, event: &CourseEvent, at: Timestamp) -> Result<State, CourseError> {
    match (state, event) {
        (State::Closed { .. }, CourseEvent::Archive) => Ok(State::Archived { at }),
        _ => Err(CourseError::Over(state.word())),
    }
}

/// Only the first talk moves the course; needs and closing talks are booked and held beside what goes on.
fn talk(state: State, event: &CourseEvent) -> State {
    match (&state, event) {
        (State::Intake, CourseEvent::TalkBooked) => State::Clarifying,
        (State::Intake | State::Clarifying, CourseEvent::TalkHeld { .. }) => State::Planned,
        _ => state,
    }
}

/// Nicotine and alcohol start at once, also beside a talk or a running course; a pause must be ended first.
fn direct_start(state: State) -> Result<State, CourseError> {
    match state {
        State::Intake | State::Clarifying | State::Planned | State::Active | State::Closing { .. } => Ok(State::Active),
        State::Paused { .. } => Err(not_yet("direct start", &state)),
        other => Err(CourseError::Over(other.word())),
    }
}

/// A session that is registered late neither ends a pause nor reopens what has ended.
fn session_held(state: State) -> State {
    match state {
        State::Intake | State::Clarifying | State::Planned => State::Active,
        other => other,
    }
}

fn granted(state: State) -> State {
    match state {
        State::Closing { .. } => State::Active,
        other => other,
    }
}

fn nothing_to_do(state: &State, event: &'static str, on: Date) -> Result<State, CourseError> {
    match state {
        State::Intake | State::Clarifying | State::Planned => Ok(State::Closing { since: on }),
        other => Err(not_yet(event, other)),
    }
}

/// Before the talk there is still a plan to make, and a course that is closing keeps its first day.
fn last_ended(state: State, on: Date) -> State {
    match state {
        State::Planned | State::Active | State::Paused { .. } => State::Closing { since: on },
        other => other,
    }
}

fn pause(state: &State, since: Date, expected_end: Option<Date>, reason: String) -> Result<State, CourseError> {
    let before = match state {
        State::Clarifying => BeforePause::Clarifying,
        State::Planned => BeforePause::Planned,
        State::Active => BeforePause::Active,
        other => return Err(not_yet("pause", other)),
    };
    if reason.trim().is_empty() {
        return Err(CourseError::ReasonMissing);
    }
    Ok(State::Paused { since, expected_end, reason, before })
}

fn resume(state: &State) -> Result<State, CourseError> {
    match state {
        State::Paused { before: BeforePause::Clarifying, .. } => Ok(State::Clarifying),
        State::Paused { before: BeforePause::Planned, .. } => Ok(State::Planned),
        State::Paused { before: BeforePause::Active, .. } => Ok(State::Active),
        other => Err(not_yet("resume", other)),
    }
}

fn close(
    state: &State,
    blockers: Vec<CloseBlocker>,
    set_aside: Option<&str>,
    at: Timestamp,
) -> Result<State, CourseError> {
    if !matches!(state, State::Closing { .. } | State::Active | State::Planned) {
        return Err(not_yet("close", state));
    }
    let set_aside = set_aside.is_some_and(|reason| !reason.trim().is_empty());
    if blockers.is_empty() || set_aside { Ok(State::Closed { at }) } else { Err(CourseError::Blocked(blockers)) }
}

const fn not_yet(event: &'static str, state: &State) -> CourseError {
    CourseError::NotYet { event, state: state.word() }
}

impl CourseEvent {
    const fn name(&self) -> &'static str {
        match self {
            Self::TalkBooked => "talk booked",
            Self::DirectStart => "direct start",
            Self::TalkHeld { .. } => "talk held",
            Self::NoFurtherAction { .. } => "no further action",
            Self::SessionHeld => "session held",
            Self::AllDeclined { .. } => "all declined",
            Self::InterventionGranted => "intervention granted",
            Self::LastInterventionEnded { .. } => "last intervention ended",
            Self::Pause { .. } => "pause",
            Self::Resume => "resume",
            Self::Close { .. } => "close",
            Self::Withdraw => "withdraw",
            Self::Transfer => "transfer",
            Self::Die => "die",
            Self::Archive => "archive",
        }
    }
}

#[cfg(test)]
mod tests;
