//! Answers: yes and no with what belongs to them, written as a boolean or as a table.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

/// Yes, no, or asked and not known. Not asked is a missing fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ternary {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Asked, and nobody knows.
    Unknown,
}

impl Ternary {
    /// Yes or no, when it is known.
    pub const fn known(self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No => Some(false),
            Self::Unknown => None,
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum BoolOr<T> {
    Bool(bool),
    Other(T),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum UnknownWord {
    Unknown,
}

impl<'de> Deserialize<'de> for Ternary {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match BoolOr::<UnknownWord>::deserialize(from)? {
            BoolOr::Bool(true) => Self::Yes,
            BoolOr::Bool(false) => Self::No,
            BoolOr::Other(UnknownWord::Unknown) => Self::Unknown,
        })
    }
}

/// Yes, no, or later: a need or a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not now.
    Later,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum LaterWord {
    Later,
}

impl<'de> Deserialize<'de> for Need {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match BoolOr::<LaterWord>::deserialize(from)? {
            BoolOr::Bool(true) => Self::Yes,
            BoolOr::Bool(false) => Self::No,
            BoolOr::Other(LaterWord::Later) => Self::Later,
        })
    }
}

/// Whether the citizen has a mental illness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentalIllness {
    /// One that is not severe, or not said to be.
    Yes,
    /// A severe one.
    Severe,
    /// None.
    No,
    /// Asked, and nobody knows.
    Unknown,
}

impl MentalIllness {
    /// Yes or no, when it is known.
    pub const fn known(self) -> Option<bool> {
        match self {
            Self::Yes | Self::Severe => Some(true),
            Self::No => Some(false),
            Self::Unknown => None,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Illness {
    answer: bool,
    #[serde(default)]
    severe: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum IllnessForm {
    Word(UnknownWord),
    Table(Illness),
}

impl<'de> Deserialize<'de> for MentalIllness {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match BoolOr::<IllnessForm>::deserialize(from)? {
            BoolOr::Other(IllnessForm::Table(Illness { answer: true, severe: true })) => Self::Severe,
            BoolOr::Bool(true) | BoolOr::Other(IllnessForm::Table(Illness { answer: true, .. })) => Self::Yes,
            BoolOr::Bool(false) | BoolOr::Other(IllnessForm::Table(Illness { answer: false, .. })) => Self::No,
            BoolOr::Other(IllnessForm::Word(UnknownWord::Unknown)) => Self::Unknown,
        })
    }
}

/// Whether the citizen is pregnant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pregnant {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The question does not fit the citizen.
    NotRelevant,
    /// Asked, and nobody knows.
    Unknown,
}

impl Pregnant {
    /// Yes or no, when it is known.
    pub const fn known(self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No | Self::NotRelevant => Some(false),
            Self::Unknown => None,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum PregnantWord {
    NotRelevant,
    Unknown,
}

impl<'de> Deserialize<'de> for Pregnant {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match BoolOr::<PregnantWord>::deserialize(from)? {
            BoolOr::Bool(true) => Self::Yes,
            BoolOr::Bool(false) => Self::No,
            BoolOr::Other(PregnantWord::NotRelevant) => Self::NotRelevant,
            BoolOr::Other(PregnantWord::Unknown) => Self::Unknown,
        })
    }
}

/// An answer with what belongs to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noted {
    /// Yes or no.
    pub answer: bool,
    /// Day of the answer.
    pub on: Option<Date>,
    /// Who decided, as a staff id.
    pub by: Option<String>,
    /// A note, a kind or a reason.
    pub note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotedTable {
    answer: bool,
    on: Option<Date>,
    by: Option<String>,
    #[serde(alias = "reason", alias = "kind")]
    note: Option<String>,
}

impl<'de> Deserialize<'de> for Noted {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match BoolOr::<NotedTable>::deserialize(from)? {
            BoolOr::Bool(answer) => Self { answer, ..Self::default() },
            BoolOr::Other(NotedTable { answer, on, by, note }) => Self { answer, on, by, note },
        })
    }
}

/// A consent or a refusal for one purpose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consent {
    /// What messages point to.
    pub id: Option<String>,
    /// Given, or refused.
    pub answer: bool,
    /// Day of the answer.
    pub on: Option<Date>,
    /// Day it was withdrawn.
    pub withdrawn_on: Option<Date>,
}

impl Consent {
    /// Whether it is given and stands on a day.
    pub fn stands_on(&self, day: Date) -> bool {
        self.answer && self.on.is_none_or(|on| on <= day) && self.withdrawn_on.is_none_or(|end| day < end)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsentTable {
    id: Option<String>,
    answer: bool,
    on: Option<Date>,
    withdrawn_on: Option<Date>,
}

impl<'de> Deserialize<'de> for Consent {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match BoolOr::<ConsentTable>::deserialize(from)? {
            BoolOr::Bool(answer) => Self { answer, ..Self::default() },
            BoolOr::Other(ConsentTable { id, answer, on, withdrawn_on }) => Self { id, answer, on, withdrawn_on },
        })
    }
}

/// Loss of weight that nobody planned.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Loss {
    /// Whether there is one.
    pub answer: bool,
    /// How much, in kg.
    pub kg: Option<f64>,
    /// Over how many months.
    pub months: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LossTable {
    answer: bool,
    kg: Option<f64>,
    months: Option<f64>,
}

impl<'de> Deserialize<'de> for Loss {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match BoolOr::<LossTable>::deserialize(from)? {
            BoolOr::Bool(answer) => Self { answer, ..Self::default() },
            BoolOr::Other(LossTable { answer, kg, months }) => Self { answer, kg, months },
        })
    }
}
