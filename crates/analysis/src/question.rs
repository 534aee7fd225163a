//! A question as people put it together and as it is saved: words of the catalogue. Before it is asked every word is looked up;
//! one that is not there any more is told with where it stood.

use serde::{Deserialize, Serialize};

use crate::catalogue::{CATALOGUE, Column, Kind, Measure, View};
use crate::period::{Grain, Period};
use crate::{codes, period};

/// Splits of one question.
pub const MOST_SPLITS: usize = 2;

/// A question in words of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Question {
    /// Id of the measure.
    pub measure: String,
    /// Columns or grains of time, at most two.
    #[serde(default)]
    pub splits: Vec<String>,
    /// A column and a word of its vocabulary (or ja, nej): only rows that have it.
    #[serde(default)]
    pub filter: Option<(String, String)>,
    /// Word of the period.
    pub period: String,
}

/// Why a question cannot be asked. Names of the catalogue are no personal data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuestionError {
    /// No such measure.
    #[error("there is no measure '{0}'")]
    Measure(String),
    /// The view has no such column now.
    #[error("{view} has no column '{name}'")]
    Column {
        /// What the rows are called.
        view: &'static str,
        /// The word that was asked for.
        name: String,
        /// Where in the question.
        place: Place,
        /// What the column is called now, when it got another name.
        now: Option<&'static str>,
    },
    /// The column cannot be used in that place.
    #[error("'{name}' cannot be used as {place:?}")]
    Unfit {
        /// The column.
        name: &'static str,
        /// Where.
        place: Place,
    },
    /// The value is not one of the column's.
    #[error("'{name}' has no value '{value}'")]
    Value {
        /// The column.
        name: &'static str,
        /// What was asked for.
        value: String,
    },
    /// The same split twice.
    #[error("the same split twice")]
    Twice,
    /// Too many splits.
    #[error("more than two splits")]
    TooMany,
    /// No such period.
    #[error("there is no period '{0}'")]
    Period(String),
}

/// A place in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What is split by.
    Split,
    /// What is filtered by.
    Filter,
}

impl Place {
    /// As people read it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Split => "Opdel efter",
            Self::Filter => "Kun",
        }
    }
}

impl QuestionError {
    /// What people read, with where it is.
    pub fn user_message(&self) -> String {
        match self {
            Self::Measure(name) if name.is_empty() => "Vælg, hvad der skal tælles.".to_owned(),
            Self::Measure(name) => format!("Det, der tælles, »{name}«, findes ikke længere. Vælg et andet."),
            Self::Column { view, name, place, now: Some(now) } => {
                format!("Feltet »{name}« i {view} under »{}« hedder nu »{now}«. Vælg det og gem igen.", place.label())
            }
            Self::Column { view, name, place, now: None } => {
                format!("Feltet »{name}« i {view} under »{}« findes ikke længere. Vælg et andet.", place.label())
            }
            Self::Unfit { name, place } => {
                format!("Feltet »{name}« kan ikke bruges under »{}«. Vælg et andet.", place.label())
            }
            Self::Value { name, value } => {
                format!("»{name}« kan ikke være »{value}«. Vælg en anden værdi under »Kun«.")
            }
            Self::Twice => "Vælg to forskellige opdelinger.".to_owned(),
            Self::TooMany => "Vælg højst to opdelinger.".to_owned(),
            Self::Period(word) => format!("Perioden »{word}« findes ikke. Vælg en anden."),
        }
    }

    /// The field of the form that it stands at.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Measure(_) => "maal",
            Self::Column { place: Place::Split, .. } | Self::Unfit { place: Place::Split, .. } => "opdel",
            Self::Column { place: Place::Filter, .. } | Self::Unfit { place: Place::Filter, .. } => "kun",
            Self::Value { .. } => "kun",
            Self::Twice | Self::TooMany => "opdel2",
            Self::Period(_) => "periode",
        }
    }
}

/// What an answer is split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// The view's own day, in whole months and more.
    Time(Grain),
    /// A column.
    Column(&'static Column),
}

impl Split {
    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Time(grain) => grain.label(),
            Self::Column(column) => column.label.as_str(),
        }
    }

    /// What people read of one of its values.
    pub fn value(self, value: Option<&str>) -> String {
        match (self, value) {
            (_, None) => codes::UNKNOWN.to_owned(),
            (Self::Column(Column { kind: Kind::Flag, .. }), Some("1")) => "Ja".to_owned(),
            (Self::Column(Column { kind: Kind::Flag, .. }), Some(_)) => "Nej".to_owned(),
            (Self::Column(Column { codes: Some(codes), .. }), Some(word)) => codes::label(codes, word),
            (_, Some(text)) => text.to_owned(),
        }
    }

    /// Where a value stands among the others: a vocabulary has its own order, and what is not told comes last.
    pub fn order(self, value: Option<&str>) -> (usize, String) {
        let Some(value) = value else { return (usize::MAX, String::new()) };
        let known = match self {
            Self::Column(Column { codes: Some(codes), .. }) => codes::words(codes),
            Self::Column(_) | Self::Time(_) => None,
        };
        let place = known.map_or(0, |all| all.iter().position(|(word, _)| *word == value).unwrap_or(all.len()));
        (place, value.to_owned())
    }
}

/// Rows that have a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filter {
    /// The column.
    pub column: &'static Column,
    /// Its value: a word of the vocabulary, or whether it is so.
    pub value: Wanted,
}

/// The value of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A word of the vocabulary.
    Word(&'static str),
    /// Yes or no.
    Flag(bool),
}

impl Filter {
    /// What people read: "Køn: Kvinde".
    pub fn label(self) -> String {
        let value = match (self.value, &self.column.codes) {
            (Wanted::Word(word), Some(codes)) => codes::label(codes, word),
            (Wanted::Word(word), None) => word.to_owned(),
            (Wanted::Flag(true), _) => "Ja".to_owned(),
            (Wanted::Flag(false), _) => "Nej".to_owned(),
        };
        format!("{}: {value}", self.column.label)
    }
}

/// A question whose words all are in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What is measured.
    pub measure: &'static Measure,
    /// Where.
    pub view: &'static View,
    /// By what.
    pub splits: Vec<Split>,
    /// Of what.
    pub filter: Option<Filter>,
    /// When.
    pub period: Period,
}

impl Question {
    /// Looks every word up.
    pub fn asked(&self) -> Result<Asked, QuestionError> {
        let measure = CATALOGUE.measure(&self.measure).ok_or_else(|| QuestionError::Measure(self.measure.clone()))?;
        let view = CATALOGUE.view(&measure.view).ok_or_else(|| QuestionError::Measure(self.measure.clone()))?;
        if self.splits.len() > MOST_SPLITS {
            return Err(QuestionError::TooMany);
        }
        let splits = self.splits.iter().map(|word| split(view, word)).collect::<Result<Vec<_>, _>>()?;
        if let [one, other] = &*splits
            && (one == other || matches!((one, other), (Split::Time(_), Split::Time(_))))
        {
            return Err(QuestionError::Twice);
        }
        let filter = self.filter.as_ref().map(|(name, value)| filter(view, name, value)).transpose()?;
        let period =
            Period::parse(&self.period).map_err(|period::PeriodError| QuestionError::Period(self.period.clone()))?;
        Ok(Asked { measure, view, splits, filter, period })
    }
}

fn column(view: &'static View, name: &str, place: Place) -> Result<&'static Column, QuestionError> {
    view.column(name).ok_or_else(|| QuestionError::Column {
        view: view.label.as_str(),
        name: name.to_owned(),
        place,
        now: view.renamed(name).map(|column| column.label.as_str()),
    })
}

fn split(view: &'static View, word: &str) -> Result<Split, QuestionError> {
    if let Some(grain) = Grain::ALL.into_iter().find(|grain| grain.word() == word) {
        return Ok(Split::Time(grain));
    }
    let column = column(view, word, Place::Split)?;
    if can_split(column) {
        Ok(Split::Column(column))
    } else {
        Err(QuestionError::Unfit { name: column.label.as_str(), place: Place::Split })
    }
}

fn filter(view: &'static View, name: &str, value: &str) -> Result<Filter, QuestionError> {
    let column = column(view, name, Place::Filter)?;
    let unfit = || QuestionError::Unfit { name: column.label.as_str(), place: Place::Filter };
    let unknown = || QuestionError::Value { name: column.label.as_str(), value: value.to_owned() };
    let value = match (column.kind, &column.codes) {
        (Kind::Flag, _) => match value {
            "ja" => Wanted::Flag(true),
            "nej" => Wanted::Flag(false),
            _ => return Err(unknown()),
        },
        (Kind::Code, Some(codes)) => {
            let words = codes::words(codes).ok_or_else(unfit)?;
            Wanted::Word(words.iter().find(|(word, _)| *word == value).map(|(word, _)| *word).ok_or_else(unknown)?)
        }
        _ => return Err(unfit()),
    };
    Ok(Filter { column, value })
}

/// Whether answers can be split by a column: not by pseudonyms, days and numbers.
pub const fn can_split(column: &Column) -> bool {
    match column.kind {
        Kind::Code | Kind::Flag | Kind::Text => true,
        Kind::Key | Kind::Day | Kind::Number => false,
    }
}

/// The values that a filter on a column can have, as a question keeps them and as people read them.
pub fn filter_values(column: &Column) -> Vec<(&'static str, &'static str)> {
    match (column.kind, &column.codes) {
        (Kind::Flag, _) => vec![("ja", "Ja"), ("nej", "Nej")],
        (Kind::Code, Some(codes)) => codes::words(codes).unwrap_or_default(),
        _ => Vec::new(),
    }
}
