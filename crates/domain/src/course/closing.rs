//! What keeps a course from closing (flow, "close blockers"; quality standard KS-3.5).

use crate::codes::InterventionCode;

/// What keeps a course from closing; a leader may set it aside with a reason.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum CloseBlocker {
    /// A safety task is open.
    SafetyTaskOpen,
    /// An intervention is still open.
    InterventionOpen {
        /// Which one.
        code: InterventionCode,
    },
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
