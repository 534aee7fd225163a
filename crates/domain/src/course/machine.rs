//! The transitions of a course and what keeps it from closing.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{CourseState as State, TalkGap};
use crate::codes::InterventionCode;

/// What happens to a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CourseEvent {
    /// The clarifying talk has a time.
    TalkBooked,
    /// Nicotine or alcohol alone begins without a talk.
    DirectStart,
    /// The clarifying talk was held; holds what its notes still lack.
    TalkHeld { gaps: Vec<TalkGap> },
    /// Both agreed that nothing more is needed.
    NoFurtherAction { on: Date },
    /// A session or individual contact of an intervention was held.
    SessionHeld,
    /// The citizen declined all offers.
    AllDeclined { on: Date },
    /// An intervention was granted.
    InterventionGranted,
    /// The last open intervention ended.
    LastInterventionEnded { on: Date },
    /// A pause was agreed.
    Pause { on: Date, expected_end: Option<Date>, reason: String },
    /// The pause is over.
    Resume,
    /// The closing talk was held, or the course is closed without the citizen; holds what still stands in the way.
    Close { blockers: Vec<CloseBlocker>, set_aside: Option<String> },
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
    NotYet { event: &'static str, state: &'static str },
    /// The talk cannot be closed as held.
    #[error("the talk lacks {} things", .0.len())]
    TalkIncomplete(Vec<TalkGap>),
    /// Something keeps the course from closing.
    #[error("{} things keep the course from closing", .0.len())]
    Blocked(Vec<CloseBlocker>),
}

impl CourseError {
    /// What staff read.
    pub fn user_message(&self) -> String {
        match self {
            Self::Over(_) => "Forløbet er slut. En ny henvendelse åbner et nyt forløb.".into(),
            Self::NotYet { .. } => "Det kan ikke gøres endnu. Se forløbets næste skridt, og gør det først.".into(),
            Self::TalkIncomplete(gaps) => {
                format!("Samtalen mangler: {}.", gaps.iter().map(|g| g.label()).collect::<Vec<_>>().join(", "))
            }
            Self::Blocked(blockers) => {
                format!(
                    "Forløbet kan ikke afsluttes: {}.",
                    blockers.iter().map(|b| b.label()).collect::<Vec<_>>().join(", ")
                )
            }
        }
    }
}

/// What keeps a course from closing; a leader may set it aside with a reason.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum CloseBlocker {
    /// A safety task is open.
    SafetyTaskOpen,
    /// An intervention is still open.
    InterventionOpen { code: InterventionCode },
    /// The consent question for the status to the doctor was never asked.
    StatusConsentNotAsked,
    /// A goal has no evaluation.
    GoalNotEvaluated,
    /// Whether follow-up is needed was not answered.
    FollowUpNotAnswered,
}

impl CloseBlocker {
    /// What staff read.
    pub fn label(&self) -> String {
        match self {
            Self::SafetyTaskOpen => "en sikkerhedsopgave er åben".into(),
            Self::InterventionOpen { code } => format!("indsatsen {} er ikke afsluttet", code.label()),
            Self::StatusConsentNotAsked => "der er ikke spurgt om samtykke til status til lægen".into(),
            Self::GoalNotEvaluated => "et mål er ikke evalueret".into(),
            Self::FollowUpNotAnswered => "behovet for opfølgning er ikke besvaret".into(),
        }
    }
}

/// What stands in the way of closing, from the facts of the record (flow, "close blockers"; KS-3.5).
pub fn close_blockers(facts: &CloseFacts<'_>) -> Vec<CloseBlocker> {
    let open = facts.open_interventions.iter().map(|code| CloseBlocker::InterventionOpen { code: *code });
    let mut found: Vec<_> = open.collect();
    let mut add = |when: bool, what: CloseBlocker| {
        if when {
            found.push(what);
        }
    };
    add(facts.safety_task_open, CloseBlocker::SafetyTaskOpen);
    add(!facts.status_consent_asked, CloseBlocker::StatusConsentNotAsked);
    add(facts.goals_without_evaluation > 0, CloseBlocker::GoalNotEvaluated);
    add(!facts.follow_up_answered, CloseBlocker::FollowUpNotAnswered);
    found
}

/// The facts that closing rests on.
#[derive(Debug, Clone, Copy)]
pub struct CloseFacts<'a> {
    /// Interventions that are neither completed, stopped nor cancelled; follow-ups do not count.
    pub open_interventions: &'a [InterventionCode],
    /// A task marked as safety is open.
    pub safety_task_open: bool,
    /// The consent to send a status was asked, whatever the answer.
    pub status_consent_asked: bool,
    /// Goals without an evaluation.
    pub goals_without_evaluation: usize,
    /// The need of follow-up was answered.
    pub follow_up_answered: bool,
}

/// Moves a course one step.
pub fn apply(state: State, event: CourseEvent, at: Timestamp) -> Result<State, CourseError> {
    use CourseEvent as E;
    match (&state, event) {
        (_, E::Die) if !matches!(state, State::Dead { .. }) => Ok(State::Dead { at }),
        (State::Closed { .. }, E::Archive) => Ok(State::Archived { at }),
        (_, _) if !state.is_open() => Err(CourseError::Over(state.word())),
        (_, E::Withdraw) => Ok(State::Withdrawn { at }),
        (_, E::Transfer) => Ok(State::Transferred { at }),
        (State::Intake | State::Clarifying, E::TalkBooked) => Ok(State::Clarifying),
        (State::Planned | State::Active, E::TalkBooked) => Ok(state),
        (State::Intake, E::DirectStart) => Ok(State::Active),
        (_, E::TalkHeld { gaps }) if !gaps.is_empty() => Err(CourseError::TalkIncomplete(gaps)),
        (State::Intake | State::Clarifying, E::TalkHeld { .. }) => Ok(State::Planned),
        (State::Planned | State::Active | State::Paused { .. }, E::TalkHeld { .. }) => Ok(state),
        (State::Clarifying | State::Planned, E::NoFurtherAction { on } | E::AllDeclined { on }) => {
            Ok(State::Closing { since: on })
        }
        (State::Intake | State::Planned | State::Active, E::SessionHeld) => Ok(State::Active),
        (State::Closing { .. }, E::InterventionGranted) => Ok(State::Active),
        (
            State::Intake | State::Clarifying | State::Planned | State::Active | State::Paused { .. },
            E::InterventionGranted,
        ) => Ok(state),
        (State::Active | State::Planned | State::Paused { .. }, E::LastInterventionEnded { on }) => {
            Ok(State::Closing { since: on })
        }
        (State::Planned | State::Active, E::Pause { on, expected_end, reason }) => {
            Ok(State::Paused { since: on, expected_end, reason })
        }
        (State::Paused { .. }, E::Resume) => Ok(State::Active),
        (State::Closing { .. } | State::Active | State::Planned, E::Close { blockers, set_aside }) => {
            close(blockers, set_aside.as_deref(), at)
        }
        (_, event) => Err(CourseError::NotYet { event: event.name(), state: state.word() }),
    }
}

fn close(blockers: Vec<CloseBlocker>, set_aside: Option<&str>, at: Timestamp) -> Result<State, CourseError> {
    let set_aside = set_aside.is_some_and(|reason| !reason.trim().is_empty());
    if blockers.is_empty() || set_aside { Ok(State::Closed { at }) } else { Err(CourseError::Blocked(blockers)) }
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
