//! What an indicator is: what is counted of what, when, and how it is split. The definitions are data, a file for each group
//! in `data/`; how each is counted is code and stands in a file of its own.

mod read;
#[cfg(test)]
mod tests;
mod words;

use std::sync::LazyLock;

use serde::Deserialize;

pub use read::{FileFault, read};
pub use words::{Area, Breakdown, Chart, Kind};

use crate::period::Every;
use crate::statistics::Better;

macro_rules! files {
    ($($name:literal,)+) => {
        [$(($name, include_str!(concat!("../data/", $name, ".toml"))),)+]
    };
}

/// The files, in the order in which people read them.
pub(crate) const FILES: [(&str, &str); 9] =
    files!["referrals", "times", "uptake", "capacity", "documentation", "outcomes", "aftercare", "equity", "quality",];

/// Every definition; a test holds that each file is read.
pub static DEFINITIONS: LazyLock<Vec<Definition>> =
    LazyLock::new(|| FILES.iter().filter_map(|(_, text)| read(text).ok()).flatten().collect());

/// The newest version of an indicator.
pub fn newest(id: &str) -> Option<&'static Definition> {
    DEFINITIONS.iter().filter(|one| one.id == id).max_by_key(|one| one.version)
}

/// An indicator in one version.
pub fn find(id: &str, version: u8) -> Option<&'static Definition> {
    DEFINITIONS.iter().find(|one| one.id == id && one.version == version)
}

/// The definition of an indicator in one version. A published one is never edited.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Stable id: the letter of its group and a number, "U05".
    pub id: String,
    /// Version, from one.
    pub version: u8,
    /// The area of the standard that it tells about.
    pub area: Area,
    /// What kind of figure it is.
    pub kind: Kind,
    /// Over time it is shown so.
    pub chart: Chart,
    /// Which direction is an improvement.
    pub better: Better,
    /// One of those that every municipality follows.
    pub core: bool,
    /// How often it is made.
    pub every: Every,
    /// Days that each unit is followed before the figure is final; none when its period is enough.
    pub closes_after_days: Option<u16>,
    /// The quality goal in per cent, where there is one (STOPbasen's annual reports).
    pub goal_percent: Option<u8>,
    /// How it is split.
    pub breakdowns: Vec<Breakdown>,
    /// Ids of the limits that it depends on, as the requirements name them.
    pub limits: Vec<String>,
    /// The part whose units are held against them; the whole figure's are when none is named.
    #[serde(default)]
    pub limited_part: String,
    /// Requirements that it tells about.
    pub requirements: Vec<String>,
    /// The fields that it reads, as the requirements name them.
    pub fields: Vec<String>,
    /// What people read.
    pub danish: Wording,
    /// What people read in English.
    pub english: Wording,
}

impl Definition {
    /// Whether how much of a part lies within the limits is told with it.
    pub fn is_limited(&self, part: &str) -> bool {
        !self.limits.is_empty() && self.limited_part == part
    }
}

/// A definition in words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Its name.
    pub title: String,
    /// Who meets it.
    pub numerator: String,
    /// Of whom.
    pub denominator: String,
    /// Which period a unit belongs to.
    pub time: String,
    /// Who is left out; empty when nobody is.
    pub exclusions: String,
}

impl Definition {
    /// The group's letter.
    pub fn group(&self) -> char {
        self.id.chars().next().unwrap_or_default()
    }

    /// Days that each unit is followed from its anchor.
    pub fn followed_days(&self) -> u16 {
        self.closes_after_days.unwrap_or(0)
    }
}
