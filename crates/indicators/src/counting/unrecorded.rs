//! Facts that indicators need and that nobody records yet: said here and nowhere else, so that a figure that lacks one is
//! unknown with its reason instead of guessed. When a fact comes to be recorded its line goes, and the figure appears.

use crate::definition::Breakdown;

/// What a missing fact takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacks {
    /// The whole figure.
    Figure,
    /// One exclusion of the definition: the units it would leave out are counted.
    Exclusion,
    /// One way to split it: all units are in the stratum of what was not stated.
    Split(Breakdown),
}

/// A fact that nobody records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unrecorded {
    /// The fact, as `entity.fact`.
    pub fact: &'static str,
    /// The indicators that need it.
    pub indicators: &'static [&'static str],
    /// What they lack.
    pub lacks: Lacks,
    /// Why, in Danish, for whoever reads the figure.
    pub why: &'static str,
}

/// All of them.
pub const UNRECORDED: [Unrecorded; 6] = [
    Unrecorded {
        fact: "intervention.answered_on",
        indicators: &["U04"],
        lacks: Lacks::Figure,
        why: "Dagen, hvor borgeren sagde ja til indsatsen, bliver ikke registreret.",
    },
    Unrecorded {
        fact: "session.led_by",
        indicators: &["D06"],
        lacks: Lacks::Figure,
        why: "Det bliver ikke registreret, hvem der leder en mødegang.",
    },
    Unrecorded {
        fact: "talk.wished_later",
        indicators: &["T03"],
        lacks: Lacks::Exclusion,
        why: "Et ønske om en senere afklarende samtale bliver ikke registreret, så de borgere er talt med.",
    },
    Unrecorded {
        fact: "goal.withdrawn_on",
        indicators: &["O04"],
        lacks: Lacks::Exclusion,
        why: "Det bliver ikke registreret, at borgeren opgiver et mål, så de mål er talt med.",
    },
    Unrecorded {
        fact: "citizen.origin",
        indicators: &["E02"],
        lacks: Lacks::Split(Breakdown::Origin),
        why: "Borgerens oprindelse bliver ikke registreret.",
    },
    Unrecorded {
        fact: "course.unit",
        indicators: &["Q01"],
        lacks: Lacks::Split(Breakdown::Unit),
        why: "Det bliver ikke registreret, hvilken enhed der har forløbet.",
    },
];

/// What an indicator lacks.
pub fn of(id: &str) -> impl Iterator<Item = &'static Unrecorded> {
    UNRECORDED.iter().filter(move |one| one.indicators.contains(&id))
}

/// Why an indicator cannot be told at all; none when it can.
pub fn whole_figure(id: &str) -> Option<&'static Unrecorded> {
    of(id).find(|one| one.lacks == Lacks::Figure)
}
