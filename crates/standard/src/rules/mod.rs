//! The rules, by area: one short function each, found through [`RULES`] by the id of its requirement.
//!
//! A rule returns [`Verdict::OUTSIDE`](crate::Verdict::OUTSIDE) for a unit the requirement is not about, and otherwise a
//! [`Case`](crate::Case): exclusions, what is needed, the limit and the condition, in whatever order reads best.

mod afklarende_samtale;
mod afslutning;
mod alkohol;
mod areas;
mod asked_to_talk;
mod brobygning;
mod delivered;
mod differentiering;
mod dokumentation;
mod ending;
mod ernaering;
mod figures;
mod forms;
mod fysisk_aktivitet;
mod henvisning;
mod lighed;
mod maalgruppe;
mod monitorering;
mod nikotinafvaenning;
mod opfoelgning;
mod paaroerende;
mod samarbejde;
mod samtykke;
mod sessions;
mod sundhedspaedagogik;
mod sygdomsmestring;
mod tilrettelaeggelse;

pub use areas::{area_of, requested};
pub use delivered::Delivered;
pub use ending::{died, taken_up};
pub use forms::{end, filled};

use std::sync::LazyLock;

use crate::evaluate::Rule;

/// Every rule.
pub static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| AREAS.concat());

const AREAS: &[&[Rule]] = &[
    maalgruppe::RULES,
    henvisning::RULES,
    henvisning::TOLD,
    henvisning::REACHED,
    afklarende_samtale::RULES,
    asked_to_talk::RULES,
    sundhedspaedagogik::RULES,
    lighed::RULES,
    differentiering::RULES,
    sygdomsmestring::RULES,
    nikotinafvaenning::OFFER,
    nikotinafvaenning::CONTENT,
    nikotinafvaenning::TIME,
    fysisk_aktivitet::RULES,
    ernaering::RULES,
    alkohol::TALK,
    alkohol::SCREENING,
    alkohol::SAFETY,
    paaroerende::RULES,
    samtykke::RULES,
    tilrettelaeggelse::COURSE,
    tilrettelaeggelse::OFFER,
    samarbejde::RULES,
    brobygning::RULES,
    afslutning::RULES,
    opfoelgning::RULES,
    dokumentation::RULES,
    monitorering::RULES,
    figures::RULES,
];
