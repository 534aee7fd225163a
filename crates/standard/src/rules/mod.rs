//! The rules, by area: one short function each, found through [`RULES`] by the id of its requirement.
//!
//! A rule returns [`Verdict::OUTSIDE`](crate::Verdict::OUTSIDE) for a unit the requirement is not about, and otherwise a
//! [`Case`](crate::Case): exclusions, what is needed, the limit and the condition, in whatever order reads best.

mod afslutning;
mod brobygning;
mod dokumentation;
mod ending;
mod figures;
mod henvisning;
mod monitorering;
mod opfoelgning;
mod sygdomsmestring;

use std::sync::LazyLock;

use crate::evaluate::Rule;

/// Every rule.
pub static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| AREAS.concat());

const AREAS: &[&[Rule]] = &[
    henvisning::RULES,
    sygdomsmestring::RULES,
    brobygning::RULES,
    afslutning::RULES,
    opfoelgning::RULES,
    dokumentation::RULES,
    monitorering::RULES,
    figures::RULES,
];
