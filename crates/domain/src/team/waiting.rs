//! The order of those who wait for a seat, and why each stands where they stand. The rule stands here and nowhere else.
//!
//! Whoever needs it most comes first; among equals whoever has waited longest since the grant. Somebody who was asked about
//! this team and said no, or did not answer, comes after those who were not asked, and stays on the list; so does whoever had a seat of this team and gave it back.
//! Source: the booklets on need-based priority (behovsorienteret prioritering) and the limit `start_days`.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::OfferState;
use crate::ids::{CitizenId, PlannedInterventionId};
use crate::words::word_enum;

word_enum! {
    /// How much a citizen needs the seat, as the professional has judged it.
    #[derive(Default)]
    pub enum WaitingNeed {
        /// Like most.
        #[default]
        Ordinary = ("ordinary", "Almindeligt behov"),
        /// More support than most: would otherwise have difficulty starting or keeping on.
        Support = ("support", "Øget støtte"),
        /// Cannot wait, for example before an operation.
        Urgent = ("urgent", "Haster"),
    }
}

/// Somebody who waits, with what the order is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Who.
    pub citizen: CitizenId,
    /// For which granted intervention.
    pub intervention: PlannedInterventionId,
    /// Since when.
    pub granted_on: Date,
    /// How much it is needed.
    pub need: WaitingNeed,
    /// How an earlier offer of this team ended, when it was not taken.
    pub passed_by: Option<OfferState>,
    /// Had a seat of this team and gave it back.
    pub left: bool,
}

/// One reason for a place in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitingReason {
    /// More than the ordinary need.
    Need(WaitingNeed),
    /// So many days since the grant.
    Waited(i32),
    /// The limit for the start is passed.
    OverLimit,
    /// An earlier offer of this team was not taken.
    Asked(OfferState),
    /// Had a seat of this team.
    Left,
}

impl WaitingReason {
    /// What staff read.
    pub fn text(self) -> String {
        match self {
            Self::Need(need) => need.label().to_owned(),
            Self::Waited(..=0) => "Bevilget i dag".to_owned(),
            Self::Waited(1) => "Ventet 1 dag".to_owned(),
            Self::Waited(days) => format!("Ventet {days} dage"),
            Self::OverLimit => "Over fristen for start".to_owned(),
            Self::Asked(OfferState::Declined) => "Har sagt nej til dette hold".to_owned(),
            Self::Asked(_) => "Spurgt før, svarede ikke".to_owned(),
            Self::Left => "Har haft plads på dette hold".to_owned(),
        }
    }
}

impl Waiting {
    /// Comes after those to whom this team is new.
    const fn comes_after(&self) -> bool {
        self.passed_by.is_some() || self.left
    }

    /// Why the citizen stands where they stand, the weightiest reason first.
    pub fn reasons(&self, today: Date, start_days: u16) -> Vec<WaitingReason> {
        let days = (today - self.granted_on).get_days();
        let mut reasons = Vec::new();
        if let Some(state) = self.passed_by {
            reasons.push(WaitingReason::Asked(state));
        }
        if self.left {
            reasons.push(WaitingReason::Left);
        }
        if self.need != WaitingNeed::Ordinary {
            reasons.push(WaitingReason::Need(self.need));
        }
        reasons.push(WaitingReason::Waited(days));
        if days > i32::from(start_days) {
            reasons.push(WaitingReason::OverLimit);
        }
        reasons
    }
}

/// Who is asked next when an offer goes on by itself: the first to whom this team is new.
pub fn next_to_ask(order: &[Waiting]) -> Option<&Waiting> {
    order.iter().find(|one| !one.comes_after())
}

/// Puts those who wait in their order; the first is the next to be asked.
pub fn in_order(mut all: Vec<Waiting>) -> Vec<Waiting> {
    all.sort_by_key(|one| (one.comes_after(), Reverse(one.need), one.granted_on, one.intervention));
    all
}
