//! A follow-up after closing: agreed for 3, 6 or 12 months, or another day (flow, section 4).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{CitizenId, CourseId, FollowUpId, PlannedInterventionId};
use crate::words::word_enum;

/// Two follow-ups with fewer days between them are one call.
const SAME_CALL_DAYS: i32 = 7;

/// An agreed follow-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// Stable id.
    pub id: FollowUpId,
    /// With whom.
    pub citizen: CitizenId,
    /// After which course.
    pub course: CourseId,
    /// The intervention Opfølgning that reports it.
    pub intervention: PlannedInterventionId,
    /// The agreed day.
    pub due_on: Date,
    /// Where it stands.
    pub state: FollowUpState,
    /// The nicotine intervention that STOPbasen's follow-up is about; none for every other follow-up.
    #[serde(default)]
    pub stop: Option<PlannedInterventionId>,
    /// It was agreed with the citizen besides: one call asks STOPbasen's questions and how it goes otherwise.
    #[serde(default)]
    pub agreed: bool,
    /// The day STOPbasen's part of such a call was answered; what was agreed is asked after it.
    #[serde(default)]
    pub stop_answered_on: Option<Date>,
    /// Days on which somebody tried without success.
    #[serde(default)]
    pub attempts: Vec<Date>,
}

/// Where a follow-up stands. That it is due follows from the day and is not stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum FollowUpState {
    /// Agreed.
    Planned,
    /// Held; holds how it goes.
    Done {
        /// Day it was held.
        on: Date,
        /// Whether the change was kept.
        kept: Kept,
        /// How it goes, in the citizen's words.
        words: Option<String>,
    },
    /// Tried without success.
    NotReached {
        /// Day of the last attempt.
        on: Date,
    },
    /// The citizen declined.
    Declined {
        /// Day the citizen said so.
        on: Date,
    },
    /// Called off.
    Cancelled {
        /// Day it was called off.
        on: Date,
    },
}

word_enum! {
    /// Whether the change was kept.
    pub enum Kept {
        /// Kept.
        Kept = ("kept", "Fastholdt"),
        /// Partly.
        Partly = ("partly", "Delvist fastholdt"),
        /// Lost.
        Lost = ("lost", "Ikke fastholdt"),
    }
}

/// The follow-up is no longer planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the follow-up is over")]
pub struct FollowUpOver;

impl FollowUp {
    /// Whether the day is within the window before it.
    pub fn is_due(&self, today: Date, window_days: u16) -> bool {
        let opens = self.due_on.saturating_sub(jiff::Span::new().days(window_days));
        matches!(self.state, FollowUpState::Planned) && today >= opens
    }

    /// Whether STOPbasen's questions are still to be asked.
    pub const fn asks_stop(&self) -> bool {
        matches!(self.state, FollowUpState::Planned) && self.stop.is_some() && self.stop_answered_on.is_none()
    }

    /// Whether it is to be asked now how it goes: what was agreed, after STOPbasen's questions when one call has both.
    pub const fn asks_how_it_goes(&self) -> bool {
        let stop_is_done = self.stop.is_none() || (self.agreed && self.stop_answered_on.is_some());
        matches!(self.state, FollowUpState::Planned) && stop_is_done
    }

    /// Whether another that is to be planned for a day is so near that one call does for both, and only one of them is
    /// STOPbasen's. Nobody is rung twice in a week.
    pub fn carries(&self, due_on: Date, stop: Option<PlannedInterventionId>) -> bool {
        let apart = due_on.since(self.due_on).map_or(i32::MAX, |span| span.get_days().abs());
        matches!(self.state, FollowUpState::Planned)
            && !self.agreed
            && self.stop.is_some() != stop.is_some()
            && apart < SAME_CALL_DAYS
    }

    /// One that carries another too, on the day that was agreed with the citizen. `stop` is the other's.
    #[must_use]
    pub fn carrying(self, due_on: Date, stop: Option<PlannedInterventionId>) -> Self {
        match stop {
            Some(_) => Self { stop, agreed: true, ..self },
            None => Self { due_on, agreed: true, ..self },
        }
    }

    /// STOPbasen's part falls away, and what was agreed is left; none when nothing was.
    pub fn without_stop(self) -> Option<Self> {
        self.agreed.then_some(Self { stop: None, agreed: false, stop_answered_on: None, ..self })
    }

    /// Ends a planned follow-up; a second end is refused.
    pub fn end(self, state: FollowUpState) -> Result<Self, FollowUpOver> {
        match self.state {
            FollowUpState::Planned => Ok(Self { state, ..self }),
            FollowUpState::Done { .. }
            | FollowUpState::NotReached { .. }
            | FollowUpState::Declined { .. }
            | FollowUpState::Cancelled { .. } => Err(FollowUpOver),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    const DAY: Date = date(2027, 5, 24);

    fn planned(stop: Option<PlannedInterventionId>) -> FollowUp {
        FollowUp {
            id: FollowUpId(Uuid::from_u128(1)),
            citizen: CitizenId(Uuid::from_u128(2)),
            course: CourseId(Uuid::from_u128(3)),
            intervention: PlannedInterventionId(Uuid::from_u128(4)),
            due_on: DAY,
            state: FollowUpState::Planned,
            stop,
            agreed: false,
            stop_answered_on: None,
            attempts: Vec::new(),
        }
    }

    const STOP: Option<PlannedInterventionId> = Some(PlannedInterventionId(Uuid::from_u128(5)));

    #[test]
    fn stopbasens_and_an_agreed_one_within_a_week_are_one_call() {
        let (near, far) = (date(2027, 5, 30), date(2027, 5, 31));
        assert!(planned(STOP).carries(near, None) && !planned(STOP).carries(far, None));
        assert!(planned(None).carries(date(2027, 5, 18), STOP) && !planned(None).carries(date(2027, 5, 17), STOP));
        assert!(!planned(None).carries(DAY, None) && !planned(STOP).carries(DAY, STOP), "two of a kind are two");
        let over = FollowUp { state: FollowUpState::Declined { on: DAY }, ..planned(STOP) };
        assert!(!over.carries(DAY, None));
        assert!(!planned(STOP).carrying(near, None).carries(near, None), "it carries one already");
    }

    #[test]
    fn the_day_is_the_one_that_was_agreed() {
        let day = date(2027, 5, 27);
        assert_eq!(planned(STOP).carrying(day, None).due_on, day);
        let both = planned(None).carrying(day, STOP);
        assert_eq!((both.due_on, both.stop), (DAY, STOP));
    }

    #[test]
    fn stopbasens_questions_come_first_and_what_was_agreed_is_left_when_they_fall_away() {
        let both = planned(None).carrying(DAY, STOP);
        assert!(both.asks_stop() && !both.asks_how_it_goes());
        let answered = FollowUp { stop_answered_on: Some(DAY), ..both.clone() };
        assert!(!answered.asks_stop() && answered.asks_how_it_goes());
        assert_eq!(both.without_stop(), Some(planned(None)));
        assert_eq!(planned(STOP).without_stop(), None);
        assert!(planned(None).asks_how_it_goes() && !planned(STOP).asks_how_it_goes());
    }
}
