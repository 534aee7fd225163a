//! What a professional decides on a result, held against what the instrument asks.

use domain::response::Decision;

use crate::evaluate::Outcome;
use crate::instrument::Instrument;

/// Why a decision cannot be kept as it stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionFault {
    /// The route is none of the instrument's.
    #[error("the route is none of the instrument's")]
    NoSuchRoute,
    /// Another route than the proposed one, without a reason.
    #[error("a deviation without a reason")]
    NoReason,
    /// What was done is not said, where the instrument names no routes.
    #[error("what was done is not said")]
    NotSaid,
    /// Something that must be asked has no answer.
    #[error("'{0}' was not asked")]
    NotAsked(String),
}

impl DecisionFault {
    /// What people read.
    pub const fn user_message(&self) -> &'static str {
        match self {
            Self::NoSuchRoute => "Vælg, hvad der skal ske.",
            Self::NoReason => "Skriv, hvorfor du vælger noget andet end forslaget.",
            Self::NotSaid => "Skriv, hvad du gjorde.",
            Self::NotAsked(_) => "Svar på spørgsmålet, før du gemmer.",
        }
    }
}

/// Everything that keeps a decision from being kept: a result guides, and whoever deviates says why; what the rules that
/// hold ask for, such as consent and whether a notification was considered, has an answer (KS-8.2-06 to KS-8.2-08).
pub fn check_decision(instrument: &Instrument, outcome: &Outcome<'_>, decision: &Decision) -> Vec<DecisionFault> {
    let mut faults = Vec::new();
    let said_why = decision.reason.as_ref().is_some_and(|reason| !reason.trim().is_empty());
    if instrument.routes.is_empty() {
        // Without routes the words are the decision: what was done about it.
        if !said_why {
            faults.push(DecisionFault::NotSaid);
        }
    } else if instrument.route(&decision.route).is_none() {
        faults.push(DecisionFault::NoSuchRoute);
    } else {
        let deviates = outcome.route.is_some_and(|route| route != decision.route);
        if deviates && !said_why {
            faults.push(DecisionFault::NoReason);
        }
    }
    for ask in instrument.asks.iter().filter(|ask| outcome.rules.iter().any(|rule| rule.asks.contains(&ask.id))) {
        let said = decision.said.get(&ask.id);
        if !said.is_some_and(|said| ask.options.iter().any(|(word, _)| word == said)) {
            faults.push(DecisionFault::NotAsked(ask.id.clone()));
        }
    }
    faults
}
