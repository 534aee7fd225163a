//! What is kept of an extract that was made: not the rows, but what they were and why.

use std::collections::BTreeMap;

use domain::ids::UserId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An extract that left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResearchExtract {
    /// Which.
    pub id: Uuid,
    /// Who made it.
    pub by: UserId,
    /// When.
    pub on: Date,
    /// What it is for.
    pub purpose: String,
    /// The legal basis: a decision, an approval, an agreement and its number.
    pub basis: String,
    /// First day of the rows.
    pub from: Date,
    /// Last day of the rows.
    pub to: Date,
    /// Rows of each view.
    pub rows: BTreeMap<String, u64>,
    /// Rows left out because too few share their combination.
    pub left_out_rows: u64,
    /// Columns left out.
    pub left_out: Vec<String>,
    /// What days were made.
    pub days: String,
    /// How many citizens share each combination at least.
    pub k: u32,
    /// SHA-256 of each file by its name.
    pub files: BTreeMap<String, String>,
}
