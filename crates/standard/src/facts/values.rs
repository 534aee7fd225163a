//! Facts of more than one part, and those that are written in several ways.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

/// A diagnosis of the citizen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Diagnosis {
    /// SKS or ICPC-2.
    pub code: String,
    /// In words.
    pub text: Option<String>,
    /// The main diagnosis.
    pub main: bool,
    /// Set where the code does not say whether the disease is chronic.
    pub chronic: Option<bool>,
}

impl Diagnosis {
    /// What is counted as a chronic disease when nobody said otherwise: diabetes, heart and vessels, COPD and asthma,
    /// muscles and joints, cancer, nervous system, mental illness.
    const CHRONIC: [&str; 13] =
        ["DE10", "DE11", "DE12", "DE13", "DE14", "DI1", "DI2", "DI3", "DI4", "DI5", "DI6", "DI7", "DJ44"];

    /// Whether it is a chronic disease.
    pub fn is_chronic(&self) -> bool {
        let listed = || {
            let starts = |prefix: &str| self.code.starts_with(prefix);
            Self::CHRONIC.into_iter().any(starts) || ["DJ45", "DM", "DC", "DG", "DF"].into_iter().any(starts)
        };
        self.chronic.unwrap_or_else(listed)
    }
}

/// What a referrer said about tobacco, alcohol, diet and activity. A part that is missing was not stated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Kram {
    /// Tobacco.
    pub tobacco: Option<bool>,
    /// Alcohol.
    pub alcohol: Option<bool>,
    /// Diet.
    pub diet: Option<bool>,
    /// Activity.
    pub activity: Option<bool>,
}

/// Use of alcohol as told in the assessment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RiskAlcohol {
    /// None.
    None,
    /// Units a week.
    Units(f64),
    /// A pattern that is a problem of its own.
    Pattern,
    /// The citizen did not wish to discuss it.
    NotDiscussed,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum AlcoholWord {
    None,
    Pattern,
    NotDiscussed,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum AlcoholForm {
    Word(AlcoholWord),
    Units(f64),
}

impl<'de> Deserialize<'de> for RiskAlcohol {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match AlcoholForm::deserialize(from)? {
            AlcoholForm::Word(AlcoholWord::None) => Self::None,
            AlcoholForm::Word(AlcoholWord::Pattern) => Self::Pattern,
            AlcoholForm::Word(AlcoholWord::NotDiscussed) => Self::NotDiscussed,
            AlcoholForm::Units(units) => Self::Units(units),
        })
    }
}

/// Whether training needs caution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caution {
    /// None.
    None,
    /// This.
    Named(String),
    /// Nobody is sure, so a doctor is asked.
    Doubt,
}

impl<'de> Deserialize<'de> for Caution {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Ok(match text.as_str() {
            "none" => Self::None,
            "doubt" => Self::Doubt,
            _ => Self::Named(text),
        })
    }
}

/// A list that may be answered by "none".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// Asked, and there is none.
    None,
    /// These.
    Some(Vec<String>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ListedForm {
    Word(String),
    Many(Vec<String>),
}

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match ListedForm::deserialize(from)? {
            ListedForm::Word(word) if word == "none" => Self::None,
            ListedForm::Word(word) => Self::Some(vec![word]),
            ListedForm::Many(many) if many.is_empty() => Self::None,
            ListedForm::Many(many) => Self::Some(many),
        })
    }
}

/// A date, or that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrNone {
    /// Asked, and there is none.
    None,
    /// That day.
    On(Date),
}

impl<'de> Deserialize<'de> for DateOrNone {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        if text == "none" {
            return Ok(Self::None);
        }
        text.parse().map(Self::On).map_err(serde::de::Error::custom)
    }
}

/// From one day to another, open-ended while the last is missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Span {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// A weight with its day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weight {
    /// Day.
    pub on: Option<Date>,
    /// In kg.
    pub kg: Option<f64>,
    /// Told by the citizen.
    pub self_reported: bool,
}

/// A tobacco or nicotine product.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Product {
    /// Which.
    pub kind: String,
    /// How much.
    pub amount: Option<f64>,
    /// A day or a week.
    pub per: Option<String>,
}

/// An amount to reach by a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Amount {
    /// How much.
    pub amount: Option<Loose>,
    /// By when.
    pub on: Option<Date>,
}

/// Another effort beside the course.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ParallelEffort {
    /// Which.
    pub kind: String,
    /// Day it was recorded.
    pub recorded_on: Option<Date>,
}

/// A level of coordination as it was decided: what the model gave, and what was chosen. Each is kept; the newest of a course
/// is its level.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DecidedLevel {
    /// The model's stable word.
    pub model: String,
    /// The model's version.
    pub version: u16,
    /// What it gave, 1-3.
    pub scored: i32,
    /// What was decided, 1-3.
    pub decided: i32,
    /// Day of the decision.
    pub decided_on: Option<Date>,
}

/// What practice is expected to refer.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Estimate {
    /// Area.
    pub area: Option<String>,
    /// Year.
    pub year: Option<i16>,
    /// Referrals.
    pub number: Option<f64>,
}

/// Text, a number, or text and a number: what counts is that it was recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loose(pub String);

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match toml::Value::deserialize(from)? {
            toml::Value::String(text) => Self(text),
            other => Self(other.to_string()),
        })
    }
}

/// A word with the reason for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// What was chosen.
    pub word: String,
    /// Why.
    pub reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ChosenForm {
    Word(String),
    Table { decision: String, reason: Option<String> },
}

impl<'de> Deserialize<'de> for Chosen {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(match ChosenForm::deserialize(from)? {
            ChosenForm::Word(word) => Self { word, reason: None },
            ChosenForm::Table { decision, reason } => Self { word: decision, reason },
        })
    }
}
