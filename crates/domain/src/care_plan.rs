//! A course of interventions (indsatsforløb): what is granted together and ends together.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::{CarePlanCategory, StopReason};
use crate::ids::{CarePlanId, CitizenId, CourseId, OrganizationId};

/// A course of interventions, or of follow-ups.
///
/// One per intervention with a treatment focus, so that each can stop for its own reason; several interventions
/// share one only when they are one team course (our choice, stated in `docs/decisions/`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarePlan {
    /// Stable id, also in the report.
    pub id: CarePlanId,
    /// Whose.
    pub citizen: CitizenId,
    /// The course it belongs to.
    pub course: CourseId,
    /// Interventions or follow-up.
    pub category: CarePlanCategory,
    /// Day of the grant (bevilling).
    pub granted_on: Date,
    /// Where it stands.
    pub status: PlanStatus,
    /// Who delivers.
    pub performer: OrganizationId,
}

/// Where a care plan or an intervention stands. A reason exists exactly when it was stopped or cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum PlanStatus {
    /// Granted, waiting for its first session.
    Granted,
    /// First session held.
    Active {
        /// Day of the first session.
        started_on: Date,
    },
    /// An agreed pause.
    Paused {
        /// Day of the first session, when there was one.
        started_on: Option<Date>,
        /// First day of the pause.
        since: Date,
    },
    /// The planned scope is done.
    Completed {
        /// Last day.
        ended_on: Date,
    },
    /// Ended before it started.
    Cancelled {
        /// Day it was called off.
        ended_on: Date,
        /// Why; exactly one of the nine.
        reason: StopReason,
    },
    /// Ended after it started.
    Stopped {
        /// Last day.
        ended_on: Date,
        /// Why; exactly one of the nine.
        reason: StopReason,
    },
    /// Registered wrongly; holds what it was.
    EnteredInError {
        /// What it was.
        was: BeforeError,
    },
}

/// What a plan was before it was found to be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BeforeError {
    /// Granted, active or paused.
    InProgress,
    /// Completed.
    Completed,
    /// Cancelled, with its reason.
    Cancelled(StopReason),
    /// Stopped, with its reason.
    Stopped(StopReason),
}

/// What happens to a plan or an intervention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanEvent {
    /// First session held.
    Start {
        /// Day of the session.
        on: Date,
    },
    /// A pause is agreed.
    Pause {
        /// First day of the pause.
        on: Date,
    },
    /// The pause is over.
    Resume,
    /// The planned scope is done.
    Complete {
        /// Last day.
        on: Date,
    },
    /// Ended early: cancelled when it never started, stopped when it had.
    End {
        /// Last day.
        on: Date,
        /// Why; exactly one of the nine.
        reason: StopReason,
    },
    /// Registered wrongly.
    MarkError,
}

/// Why an event cannot happen now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Ended already.
    #[error("the intervention has ended")]
    Ended,
    /// Not paused.
    #[error("the intervention is not paused")]
    NotPaused,
    /// A day before the grant, or an end or a pause before the first session.
    #[error("the day lies before the grant or the start")]
    BeforeGrant,
}

impl PlanError {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::Ended => "Indsatsen er afsluttet. Bevilg en ny, hvis den skal fortsætte.",
            Self::NotPaused => "Indsatsen er ikke på pause.",
            Self::BeforeGrant => "Datoen ligger før bevillingen eller den første gang. Ret datoen.",
        }
    }
}

impl PlanStatus {
    /// Moves a plan or an intervention one step. `granted_on` is the earliest day anything can happen, and nothing
    /// pauses or ends before it began.
    ///
    /// Sessions may be registered late and in any order: the first one is the earliest, and one held before a pause
    /// does not end the pause.
    pub fn apply(self, event: PlanEvent, granted_on: Date) -> Result<Self, PlanError> {
        if event.day().is_some_and(|day| day < granted_on) {
            return Err(PlanError::BeforeGrant);
        }
        let begins_later = |day: Date| self.started_on().is_some_and(|started_on| day < started_on);
        match (self, event) {
            (status, PlanEvent::MarkError) => Ok(Self::EnteredInError { was: status.before_error() }),
            (Self::Granted, PlanEvent::Start { on }) => Ok(Self::Active { started_on: on }),
            (Self::Active { started_on }, PlanEvent::Start { on }) => {
                Ok(Self::Active { started_on: started_on.min(on) })
            }
            (Self::Paused { started_on, since }, PlanEvent::Start { on }) => {
                let started_on = started_on.map_or(on, |first| first.min(on));
                if on < since {
                    Ok(Self::Paused { started_on: Some(started_on), since })
                } else {
                    Ok(Self::Active { started_on })
                }
            }
            (_, PlanEvent::Pause { on } | PlanEvent::Complete { on } | PlanEvent::End { on, .. })
                if begins_later(on) =>
            {
                Err(PlanError::BeforeGrant)
            }
            (Self::Granted, PlanEvent::Pause { on }) => Ok(Self::Paused { started_on: None, since: on }),
            (Self::Active { started_on }, PlanEvent::Pause { on }) => {
                Ok(Self::Paused { started_on: Some(started_on), since: on })
            }
            (Self::Paused { started_on, .. }, PlanEvent::Resume) => {
                Ok(started_on.map_or(Self::Granted, |started_on| Self::Active { started_on }))
            }
            (status, PlanEvent::Complete { on }) if status.is_open() => Ok(Self::Completed { ended_on: on }),
            (status, PlanEvent::End { on, reason }) if status.is_open() => Ok(status.end(on, reason)),
            (Self::Granted | Self::Active { .. }, PlanEvent::Resume) => Err(PlanError::NotPaused),
            _ => Err(PlanError::Ended),
        }
    }

    /// Neither ended nor withdrawn.
    pub const fn is_paused(self) -> bool {
        matches!(self, Self::Paused { .. })
    }

    /// Whether it can still go on.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Granted | Self::Active { .. } | Self::Paused { .. })
    }

    /// Day of the first session, while it is open and there was one.
    pub const fn started_on(self) -> Option<Date> {
        match self {
            Self::Active { started_on } => Some(started_on),
            Self::Paused { started_on, .. } => started_on,
            Self::Granted
            | Self::Completed { .. }
            | Self::Cancelled { .. }
            | Self::Stopped { .. }
            | Self::EnteredInError { .. } => None,
        }
    }

    /// The reason, which exists exactly when it was stopped or cancelled.
    pub const fn reason(self) -> Option<StopReason> {
        match self {
            Self::Cancelled { reason, .. } | Self::Stopped { reason, .. } => Some(reason),
            Self::Granted
            | Self::Active { .. }
            | Self::Paused { .. }
            | Self::Completed { .. }
            | Self::EnteredInError { .. } => None,
        }
    }

    /// The last day, when it has ended.
    pub const fn ended_on(self) -> Option<Date> {
        match self {
            Self::Completed { ended_on } | Self::Cancelled { ended_on, .. } | Self::Stopped { ended_on, .. } => {
                Some(ended_on)
            }
            Self::Granted | Self::Active { .. } | Self::Paused { .. } | Self::EnteredInError { .. } => None,
        }
    }

    /// The stable word of the state.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Active { .. } => "active",
            Self::Paused { .. } => "paused",
            Self::Completed { .. } => "completed",
            Self::Cancelled { .. } => "cancelled",
            Self::Stopped { .. } => "stopped",
            Self::EnteredInError { .. } => "entered_in_error",
        }
    }

    /// What staff read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Granted => "Bevilget",
            Self::Active { .. } => "I gang",
            Self::Paused { .. } => "På pause",
            Self::Completed { .. } => "Gennemført",
            Self::Cancelled { .. } => "Aflyst",
            Self::Stopped { .. } => "Stoppet",
            Self::EnteredInError { .. } => "Fejlregistreret",
        }
    }

    const fn end(self, on: Date, reason: StopReason) -> Self {
        match self {
            Self::Granted | Self::Paused { started_on: None, .. } => Self::Cancelled { ended_on: on, reason },
            _ => Self::Stopped { ended_on: on, reason },
        }
    }

    const fn before_error(self) -> BeforeError {
        match self {
            Self::Granted | Self::Active { .. } | Self::Paused { .. } => BeforeError::InProgress,
            Self::Completed { .. } => BeforeError::Completed,
            Self::Cancelled { reason, .. } => BeforeError::Cancelled(reason),
            Self::Stopped { reason, .. } => BeforeError::Stopped(reason),
            Self::EnteredInError { was } => was,
        }
    }
}

impl PlanEvent {
    const fn day(self) -> Option<Date> {
        match self {
            Self::Start { on } | Self::Pause { on } | Self::Complete { on } | Self::End { on, .. } => Some(on),
            Self::Resume | Self::MarkError => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const GRANTED_ON: Date = date(2026, 3, 2);

    fn go(status: PlanStatus, event: PlanEvent) -> Result<PlanStatus, PlanError> {
        status.apply(event, GRANTED_ON)
    }

    fn end(on: Date) -> PlanEvent {
        PlanEvent::End { on, reason: StopReason::OptedOut }
    }

    #[test]
    fn what_never_started_is_cancelled_and_what_started_is_stopped() {
        let (on, reason) = (date(2026, 3, 20), StopReason::OptedOut);
        let active = PlanStatus::Active { started_on: date(2026, 3, 9) };
        assert_eq!(go(PlanStatus::Granted, end(on)), Ok(PlanStatus::Cancelled { ended_on: on, reason }));
        assert_eq!(go(active, end(on)), Ok(PlanStatus::Stopped { ended_on: on, reason }));
    }

    #[test]
    fn a_pause_before_the_first_session_ends_as_cancelled() {
        let (since, on) = (date(2026, 3, 9), date(2026, 3, 20));
        let waiting = go(PlanStatus::Granted, PlanEvent::Pause { on: since }).unwrap();
        assert_eq!(go(waiting, PlanEvent::Resume), Ok(PlanStatus::Granted));
        assert!(matches!(go(waiting, end(on)), Ok(PlanStatus::Cancelled { .. })));
    }

    #[test]
    fn an_ended_intervention_is_not_taken_up_again() {
        let done = PlanStatus::Completed { ended_on: date(2026, 5, 1) };
        for event in [PlanEvent::Start { on: date(2026, 5, 2) }, PlanEvent::Resume, end(date(2026, 5, 2))] {
            assert_eq!(go(done, event), Err(PlanError::Ended));
        }
    }

    #[test]
    fn a_wrong_registration_remembers_what_it_was() {
        let done = PlanStatus::Completed { ended_on: date(2026, 5, 1) };
        let wrong = go(done, PlanEvent::MarkError);
        assert_eq!(wrong, Ok(PlanStatus::EnteredInError { was: BeforeError::Completed }));
    }

    #[test]
    fn nothing_happens_before_the_grant() {
        let early = PlanEvent::Start { on: date(2026, 3, 1) };
        assert_eq!(go(PlanStatus::Granted, early), Err(PlanError::BeforeGrant));
    }

    #[test]
    fn nothing_ends_or_pauses_before_its_first_session() {
        let active = PlanStatus::Active { started_on: date(2026, 3, 9) };
        let early = date(2026, 3, 8);
        for event in [PlanEvent::Complete { on: early }, PlanEvent::Pause { on: early }, end(early)] {
            assert_eq!(go(active, event), Err(PlanError::BeforeGrant));
        }
    }

    #[test]
    fn the_earliest_session_is_the_first_however_late_it_is_registered() {
        let active = PlanStatus::Active { started_on: date(2026, 3, 16) };
        let earlier = go(active, PlanEvent::Start { on: date(2026, 3, 9) });
        assert_eq!(earlier, Ok(PlanStatus::Active { started_on: date(2026, 3, 9) }));
    }

    #[test]
    fn a_session_from_before_the_pause_does_not_end_it_but_one_after_does() {
        let since = date(2026, 4, 1);
        let paused = PlanStatus::Paused { started_on: None, since };
        let (before, after) = (date(2026, 3, 30), date(2026, 4, 13));
        let late = go(paused, PlanEvent::Start { on: before });
        assert_eq!(late, Ok(PlanStatus::Paused { started_on: Some(before), since }));
        assert_eq!(go(paused, PlanEvent::Start { on: after }), Ok(PlanStatus::Active { started_on: after }));
    }

    #[test]
    fn a_talk_may_be_completed_without_a_separate_start() {
        let on = date(2026, 3, 9);
        assert_eq!(go(PlanStatus::Granted, PlanEvent::Complete { on }), Ok(PlanStatus::Completed { ended_on: on }));
    }
}
