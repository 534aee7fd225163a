//! The rules, by area: one short function each, found through [`RULES`] by the id of its requirement.
//!
//! A rule returns [`Verdict::OUTSIDE`](crate::Verdict::OUTSIDE) for a unit the requirement is not about, and otherwise a
//! [`Case`](crate::Case): exclusions, what is needed, the limit and the condition, in whatever order reads best.

mod afklarende_samtale;
mod differentiering;
mod dokumentation;
mod henvisning;
mod lighed;
mod maalgruppe;
mod sygdomsmestring;

use std::sync::LazyLock;

use crate::evaluate::Rule;

/// Every rule.
pub static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| AREAS.concat());

const AREAS: &[&[Rule]] = &[
    maalgruppe::RULES,
    lighed::RULES,
    differentiering::RULES,
    afklarende_samtale::RULES,
    henvisning::RULES,
    sygdomsmestring::RULES,
    dokumentation::RULES,
];
