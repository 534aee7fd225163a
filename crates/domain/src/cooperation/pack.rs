//! Packs of figures that are given out, and what makes them by itself.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Struck;
use crate::ids::PackScheduleId;
use crate::words::word_enum;

word_enum! {
    /// For whom a pack is.
    pub enum PackKind {
        /// The committee with practice.
        Klu = ("klu", "Pakke til KLU"),
        /// The leader.
        Month = ("maaned", "Lederens måned"),
        /// Who is responsible by law, and who does the work for them.
        Authority = ("myndighed", "Myndighedens overblik"),
    }
}

word_enum! {
    /// How often a schedule makes one: when the period is over.
    pub enum PackEvery {
        /// Each month.
        Month = ("month", "Hver måned"),
        /// Each quarter.
        Quarter = ("quarter", "Hvert kvartal"),
    }
}

/// Makes a pack by itself when a period is over. Each change is a version; one that is stopped is struck.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackSchedule {
    /// Stable id.
    pub id: PackScheduleId,
    /// Which pack.
    pub pack: PackKind,
    /// How often.
    pub every: PackEvery,
    /// Since when: periods that ended before are not made.
    pub from: Date,
    /// Stopped.
    #[serde(default)]
    pub struck: Option<Struck>,
}
