//! The life of a delivery report from the outbox to the gateway's answer. Pure: when it may be tried again, what an answer
//! means, and when a refused one has lain too long.
//!
//! What is publicly known of the transport: a Bundle is put once under an id that is never used again, and is validated at
//! once; a second one under the same id is answered as a duplicate; a refused one is not stored.

use domain::workdays::{ExtraClosedDays, add_workdays};
use jiff::civil::Date;
use serde_json::Value;

/// Where a report stands. Only one that is refused or withdrawn makes room for a new one of the same day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportState {
    /// Built, not sent.
    Queued,
    /// On its way.
    Sent,
    /// Taken in by the gateway.
    Accepted,
    /// Refused by the gateway.
    Rejected,
    /// Sent, no answer: a second try uses the same id.
    Unknown,
    /// Taken back before it was sent, since one before it was refused: it built on what the gateway does not have.
    Withdrawn,
}

impl ReportState {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Queued, Self::Sent, Self::Accepted, Self::Rejected, Self::Unknown, Self::Withdrawn];

    /// The stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads [`Self::word`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether what it tells counts as told: it is with the gateway or on its way there.
    pub const fn stands(self) -> bool {
        !matches!(self, Self::Rejected | Self::Withdrawn)
    }
}

/// What the gateway said to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It has it.
    Accepted,
    /// It has a report under this id already.
    Duplicate,
    /// It does not take it, and never will.
    Refused,
    /// It does not let us in, or is not where we look: nothing is said of the report.
    NoAccess,
    /// It cannot take anything just now, and has not taken this.
    Later,
    /// No answer, or one that does not say whether it was taken.
    Unknown,
}

impl Answer {
    /// An answer by its HTTP status and what it says (RFC 9110; an OperationOutcome names a duplicate by its issue).
    pub fn of(status: u16, body: &str) -> Self {
        match status {
            200..=299 => Self::Accepted,
            409 => Self::Duplicate,
            401 | 403 | 404 | 405 | 407 => Self::NoAccess,
            408 | 425 | 429 | 503 => Self::Later,
            400..=499 if names_a_duplicate(body) => Self::Duplicate,
            400..=499 => Self::Refused,
            _ => Self::Unknown,
        }
    }

    /// Where it leaves a report that stood in `before` and was tried so many times before this. A duplicate of what was
    /// tried before has arrived then; at the first try somebody else used the id, and the report needs another.
    pub const fn leaves(self, before: ReportState, tries_before: u32) -> ReportState {
        match self {
            Self::Accepted => ReportState::Accepted,
            Self::Duplicate if tries_before > 0 => ReportState::Accepted,
            Self::Duplicate | Self::Refused => ReportState::Rejected,
            // Whether an earlier try arrived is still not known.
            Self::NoAccess | Self::Later if matches!(before, ReportState::Sent | ReportState::Unknown) => {
                ReportState::Unknown
            }
            Self::NoAccess | Self::Later => ReportState::Queued,
            Self::Unknown => ReportState::Unknown,
        }
    }

    /// Whether the next report would fare no better: the round ends.
    pub const fn ends_the_round(self) -> bool {
        matches!(self, Self::NoAccess | Self::Later | Self::Unknown)
    }
}

fn names_a_duplicate(body: &str) -> bool {
    let Ok(outcome) = serde_json::from_str::<Value>(body) else { return false };
    let issues = outcome["issue"].as_array().map_or(&[][..], Vec::as_slice);
    issues.iter().any(|issue| matches!(issue["code"].as_str(), Some("duplicate" | "conflict")))
}

/// A refused report is mended within so many working days.
pub const MENDED_WORKDAYS: u16 = 2;

/// Whether a report that was refused on a day should have been mended by now.
pub fn is_overdue(refused_on: Date, today: Date) -> bool {
    add_workdays(refused_on, MENDED_WORKDAYS, ExtraClosedDays::default()) < today
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const DUPLICATE: &str = r#"{"issue":[{"severity":"error","code":"duplicate"}]}"#;

    #[test]
    fn every_state_is_read_back_from_its_word() {
        for state in ReportState::ALL {
            assert_eq!(ReportState::parse(state.word()), Some(state));
        }
        assert_eq!(ReportState::parse("lost"), None);
    }

    #[test]
    fn an_answer_is_read_by_its_status_and_its_issue() {
        let read = [200, 201, 400, 422, 401, 403, 404, 429, 503, 500, 502, 302, 409].map(|s| Answer::of(s, "<html>"));
        use Answer::{Accepted as A, Duplicate as D, Later as L, NoAccess as N, Refused as R, Unknown as U};
        assert_eq!(read, [A, A, R, R, N, N, N, L, L, U, U, U, D]);
        assert_eq!(Answer::of(422, DUPLICATE), D);
        assert_eq!(Answer::of(500, DUPLICATE), U, "a gateway that fails says nothing that counts");
    }

    #[test]
    fn a_duplicate_has_arrived_only_when_it_was_tried_before() {
        assert_eq!(Answer::Duplicate.leaves(ReportState::Unknown, 1), ReportState::Accepted);
        assert_eq!(Answer::Duplicate.leaves(ReportState::Queued, 0), ReportState::Rejected);
    }

    #[test]
    fn what_is_not_known_stays_so_until_the_gateway_says() {
        for answer in [Answer::Later, Answer::NoAccess] {
            assert_eq!(answer.leaves(ReportState::Queued, 3), ReportState::Queued);
            assert_eq!(answer.leaves(ReportState::Unknown, 3), ReportState::Unknown);
        }
        assert_eq!(Answer::Unknown.leaves(ReportState::Queued, 0), ReportState::Unknown);
        assert_eq!(Answer::Refused.leaves(ReportState::Unknown, 2), ReportState::Rejected);
    }

    #[test]
    fn a_refusal_is_overdue_after_two_working_days() {
        let friday = date(2026, 11, 20);
        assert!(!is_overdue(friday, date(2026, 11, 24)), "Tuesday is the second working day");
        assert!(is_overdue(friday, date(2026, 11, 25)));
    }
}
