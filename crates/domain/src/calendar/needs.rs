//! What a citizen needs to be able to come, carried along on the appointment: each need has an answer before a time is
//! confirmed (flow, "Interpreter, transport, companion, sight and hearing, digital help").

use serde::{Deserialize, Serialize};

use super::AppointmentError;
use crate::citizen::Needs;
use crate::codes::EncounterClass;
use crate::words::word_enum;

word_enum! {
    /// A need that somebody must arrange for each time.
    pub enum Need {
        /// Interpreter.
        Interpreter = ("interpreter", "Tolk"),
        /// Transport to and from.
        Transport = ("transport", "Kørsel"),
        /// Somebody to come along.
        Companion = ("companion", "Ledsager"),
    }
}

impl Need {
    /// Somebody outside must be ordered some working days before.
    pub const fn takes_time(self) -> bool {
        matches!(self, Self::Interpreter | Self::Transport)
    }
}

word_enum! {
    /// How it stands with a need.
    pub enum NeedState {
        /// To be ordered for this time; a task says by when.
        Asked = ("asked", "Skal bestilles"),
        /// Ordered and confirmed.
        Arranged = ("arranged", "Er på plads"),
        /// Cannot be had; the reason is written down.
        NotPossible = ("not_possible", "Kan ikke skaffes"),
        /// The citizen sees to it.
        Declined = ("declined", "Borgeren klarer det selv"),
    }
}

/// A need on an appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedArrangement {
    /// Which.
    pub need: Need,
    /// How it stands.
    pub state: NeedState,
    /// Why the time is booked all the same, when it cannot be had.
    pub reason: Option<String>,
}

/// What must be arranged for a citizen at a time of a kind: nobody is fetched for a telephone call.
pub fn needs_of(needs: &Needs, class: EncounterClass) -> Vec<Need> {
    let travels = matches!(class, EncounterClass::AtPremises);
    let all = [
        (needs.interpreter, Need::Interpreter),
        (needs.transport && travels, Need::Transport),
        (needs.companion && travels, Need::Companion),
    ];
    all.into_iter().filter(|(needed, _)| *needed).map(|(_, need)| need).collect()
}

/// Every need has an answer, and one that cannot be met has a reason; otherwise the time is not confirmed.
pub fn check_needs(needed: &[Need], answers: &[NeedArrangement]) -> Result<(), AppointmentError> {
    for need in needed {
        let answer = answers.iter().find(|answer| answer.need == *need).ok_or(AppointmentError::NeedOpen(*need))?;
        let said = answer.reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
        if answer.state == NeedState::NotPossible && !said {
            return Err(AppointmentError::NeedReason(*need));
        }
    }
    Ok(())
}
