//! Change from start to end: end minus start, the sign turned so that positive is better.
//!
//! A pair is comparable only with the same instrument, version and mode, and for physical tests the same place and
//! equipment (quality standard 6.3, KS-6.3-10). What is not comparable is shown with its reason and never counted.

use domain::quantity::Quantity;
use domain::response::{Response, ResponseStatus};

use crate::instrument::{Direction, Instrument};

/// One result of a pair.
pub type Measured = Response;

/// How one thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// End minus start; positive is better, unless neither way is.
    pub amount: Quantity,
    /// How it compares with the smallest meaningful change.
    pub class: ChangeClass,
}

/// How a change compares with the smallest one taken as meaningful.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeClass {
    /// Better by at least that.
    Better,
    /// Less than that, either way.
    Same,
    /// Worse by at least that.
    Worse,
    /// No smallest change is known.
    NoneKnown,
    /// Neither way is better.
    NoDirection,
}

impl ChangeClass {
    /// What staff read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Better => "Bedre, mere end mindste betydende ændring",
            Self::Same => "Ingen ændring ud over mindste betydende",
            Self::Worse => "Dårligere, mere end mindste betydende ændring",
            Self::NoneKnown => "Mindste betydende ændring kendes ikke",
            Self::NoDirection => "Ændring uden bedre eller værre",
        }
    }
}

/// Why two results are not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotComparable {
    /// One of them is not complete, was refused or not possible.
    #[error("a result is incomplete")]
    Incomplete,
    /// One was stopped before its time.
    #[error("a test was stopped early")]
    StoppedEarly,
    /// Another instrument.
    #[error("the instruments differ")]
    OtherInstrument,
    /// Another version.
    #[error("the versions differ")]
    OtherVersion,
    /// Answered another way.
    #[error("the modes differ")]
    OtherMode,
    /// Another place, or it is not known.
    #[error("the places differ")]
    OtherPlace,
    /// Other equipment, or it is not known.
    #[error("the equipment differs")]
    OtherEquipment,
    /// The instrument gives no score.
    #[error("there is no score")]
    NoScore,
}

impl NotComparable {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::Incomplete => "Den ene måling er ikke fuldstændig",
            Self::StoppedEarly => "Den ene test blev stoppet før tid",
            Self::OtherInstrument => "Det er to forskellige redskaber",
            Self::OtherVersion => "Det er to udgaver af redskabet",
            Self::OtherMode => "De er ikke besvaret på samme måde",
            Self::OtherPlace => "De er ikke målt samme sted",
            Self::OtherEquipment => "De er ikke målt med samme udstyr",
            Self::NoScore => "Redskabet giver ikke et tal at sammenligne",
        }
    }
}

/// The change between two results, by the instrument and version of the start and the smallest change that counts.
pub fn change(
    instrument: &Instrument,
    start: &Measured,
    end: &Measured,
    mic: Option<Quantity>,
) -> Result<Change, NotComparable> {
    comparable(instrument, start, end)?;
    let (Some(then), Some(now)) = (start.score, end.score) else { return Err(NotComparable::NoScore) };
    let rose = now.minus(then);
    let amount = if instrument.direction == Direction::Lower { Quantity::default().minus(rose) } else { rose };
    let class = match (instrument.direction, mic) {
        (Direction::None, _) => ChangeClass::NoDirection,
        (_, None) => ChangeClass::NoneKnown,
        (_, Some(mic)) if amount.abs() < mic => ChangeClass::Same,
        _ if amount > Quantity::default() => ChangeClass::Better,
        _ => ChangeClass::Worse,
    };
    Ok(Change { amount, class })
}

fn comparable(instrument: &Instrument, start: &Measured, end: &Measured) -> Result<(), NotComparable> {
    let complete = |one: &Measured| one.status == ResponseStatus::Complete && !one.entered_in_error;
    // A blank place is not known to be the same.
    let same = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => a.trim().to_lowercase() == b.trim().to_lowercase(),
        _ => false,
    };
    match () {
        () if start.instrument != end.instrument => Err(NotComparable::OtherInstrument),
        () if start.version != end.version => Err(NotComparable::OtherVersion),
        () if !complete(start) || !complete(end) => Err(NotComparable::Incomplete),
        () if start.stopped_early || end.stopped_early => Err(NotComparable::StoppedEarly),
        () if start.mode != end.mode => Err(NotComparable::OtherMode),
        () if !instrument.needs_setting() => Ok(()),
        () if !same(&start.setting.place, &end.setting.place) => Err(NotComparable::OtherPlace),
        () if !same(&start.setting.equipment, &end.setting.equipment) => Err(NotComparable::OtherEquipment),
        () => Ok(()),
    }
}
