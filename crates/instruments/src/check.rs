//! Answers held against the items: what cannot be is refused, what is unlikely is asked again.

use domain::quantity::Quantity;
use domain::response::{Answer, Answers};

use crate::evaluate::not_asked;
use crate::instrument::{Instrument, Item, Kind};

/// Something about the answer to one item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("item {item}: {kind:?}")]
pub struct AnswerFault {
    /// Which item.
    pub item: u16,
    /// What it is.
    pub kind: FaultKind,
}

/// What is the matter with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// There is no such item.
    NoSuchItem,
    /// It is none of the item's options, or of another kind.
    NotAnOption,
    /// A number that cannot be.
    OutOfRange {
        /// Lowest that can be.
        least: Quantity,
        /// Highest that can be.
        most: Quantity,
    },
    /// Only whole numbers can be.
    NotWhole,
    /// It can be, and is unlikely: it needs a second look.
    Unlikely {
        /// Lowest that is likely.
        least: Quantity,
        /// Highest that is likely.
        most: Quantity,
    },
    /// An answer that says no is contradicted by this one, which should not have been asked.
    Contradiction {
        /// The item that says no.
        by: u16,
    },
}

impl FaultKind {
    /// Whether somebody who looked again may let it stand.
    pub const fn can_be_confirmed(self) -> bool {
        matches!(self, Self::Unlikely { .. })
    }

    /// What people read.
    pub fn user_message(self) -> String {
        match self {
            Self::NoSuchItem => "Spørgsmålet findes ikke i denne udgave.".to_owned(),
            Self::NotAnOption => "Vælg et af svarene.".to_owned(),
            Self::OutOfRange { least, most } => format!("Skriv et tal fra {least} til {most}."),
            Self::NotWhole => "Skriv et helt tal.".to_owned(),
            Self::Unlikely { least, most } => {
                format!(
                    "Det er uden for det sædvanlige ({least}–{most}). Ret tallet, eller bekræft, at det er rigtigt."
                )
            }
            Self::Contradiction { by } => {
                format!("Svaret passer ikke med svaret på spørgsmål {by}. Ret det ene af dem.")
            }
        }
    }
}

/// All that is the matter with a set of answers, in the order of the items. What is missing is no fault.
pub fn check(instrument: &Instrument, answers: &Answers) -> Vec<AnswerFault> {
    let one = |(no, answer): (&u16, &Answer)| {
        let kind = instrument.item(*no).map_or(Some(FaultKind::NoSuchItem), |item| fault(item, answer))?;
        Some(AnswerFault { item: *no, kind })
    };
    let mut faults: Vec<AnswerFault> = answers.iter().filter_map(one).collect();
    for (no, by) in not_asked(instrument, answers) {
        let said = matches!(answers.get(&no), Some(Answer::Value(points)) if *points != Quantity::default());
        if said && !faults.iter().any(|fault| fault.item == no) {
            faults.push(AnswerFault { item: no, kind: FaultKind::Contradiction { by } });
        }
    }
    faults.sort_by_key(|fault| fault.item);
    faults
}

fn fault(item: &Item, answer: &Answer) -> Option<FaultKind> {
    let among = |points: &Quantity| item.options().iter().any(|(_, option)| option == points);
    match (&item.kind, answer) {
        (_, Answer::NotStated) if item.may_not_state => None,
        (Kind::Choice(_), Answer::Value(points)) if among(points) => None,
        (Kind::Many(_), Answer::Many(all)) if all.iter().all(among) => None,
        (Kind::Text, Answer::Text(_)) => None,
        (Kind::Number { range, plausible, whole, .. }, Answer::Value(number)) => {
            if *number < range.0 || *number > range.1 {
                return Some(FaultKind::OutOfRange { least: range.0, most: range.1 });
            }
            if *whole && number.as_hundredths() % 100 != 0 {
                return Some(FaultKind::NotWhole);
            }
            let likely = *number >= plausible.0 && *number <= plausible.1;
            (!likely).then_some(FaultKind::Unlikely { least: plausible.0, most: plausible.1 })
        }
        _ => Some(FaultKind::NotAnOption),
    }
}
