//! A limit as the standard gives it.

use serde::Deserialize;

use super::LimitId;

/// One limit.
#[derive(Debug, Clone)]
pub struct LimitDefinition {
    /// Which.
    pub id: LimitId,
    /// What the standard says.
    pub value: LimitValue,
    /// What it is counted in.
    pub unit: LimitUnit,
    /// Where it comes from.
    pub origin: Origin,
    /// Where it stands, or why it is what it is.
    pub note: String,
}

impl LimitDefinition {
    /// Whether a municipality may set another value.
    pub fn is_configurable(&self) -> bool {
        self.origin == Origin::Local
    }
}

/// A value.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum LimitValue {
    /// A number.
    Number(f64),
    /// Several, as the months of the follow-ups.
    Numbers(Vec<f64>),
    /// Words of a limit that is no longer used.
    Text(String),
}

impl LimitValue {
    /// Its numbers.
    pub fn numbers(&self) -> impl Iterator<Item = f64> + '_ {
        let numbers: &[f64] = match self {
            Self::Number(one) => std::slice::from_ref(one),
            Self::Numbers(many) => many,
            Self::Text(_) => &[],
        };
        numbers.iter().copied()
    }
}

/// Where a limit comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A service goal of the municipality.
    Local,
    /// The standard or a document beside it.
    Standard,
    /// A law.
    Law,
    /// STOPbasen's guide.
    Stopbasen,
    /// Replaced, and read by no rule.
    Obsolete,
}

macro_rules! units {
    ($($(#[$meta:meta])* $variant:ident = ($word:literal, $label:literal, $least:literal, $most:literal),)+) => {
        /// What a limit is counted in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
        pub enum LimitUnit { $(#[doc = concat!("In ", $word, ".")] #[serde(rename = $word)] $variant,)+ }

        impl LimitUnit {
            /// What people read.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// The least and the most that a limit in this unit can be.
            pub const fn range(self) -> (f64, f64) {
                match self { $(Self::$variant => ($least, $most),)+ }
            }
        }
    };
}

units! {
    Days = ("days", "dage", 1.0, 365.0),
    Workdays = ("workdays", "arbejdsdage", 0.0, 60.0),
    Weeks = ("weeks", "uger", 1.0, 52.0),
    Months = ("months", "måneder", 1.0, 60.0),
    Years = ("years", "år", 18.0, 120.0),
    Count = ("count", "stk.", 1.0, 100.0),
    Points = ("points", "point", 0.0, 40.0),
    PercentagePoints = ("percentage points", "procentpoint", 1.0, 100.0),
    Lessons = ("lessons", "lektioner", 1.0, 40.0),
    Sessions = ("sessions", "gange", 1.0, 40.0),
    Minutes = ("minutes", "minutter", 5.0, 240.0),
    PerWeek = ("per week", "gange om ugen", 1.0, 7.0),
    BodyMassIndex = ("kg/m2", "kg/m²", 15.0, 60.0),
    Kilograms = ("kg", "kg", 0.1, 50.0),
    UnitsPerWeek = ("units per week", "genstande om ugen", 1.0, 50.0),
    UnitsPerDay = ("units per day", "genstande om dagen", 1.0, 20.0),
    Share = ("share", "andel", 0.5, 1.0),
}
