//! Facts that indicators need and that nobody records yet: said here and nowhere else, so that a figure that lacks one is
//! unknown with its reason instead of guessed. When a fact comes to be recorded its line goes, and the figure appears.

use crate::definition::Breakdown;

/// What a missing fact takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacks {
    /// The whole figure.
    Figure,
    /// Some of those who meet it: they are counted as not, or not at all.
    Numerator,
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

/// All of them: those that take a whole figure first.
pub const UNRECORDED: &[Unrecorded] = &[
    Unrecorded {
        fact: "referral.newly_diagnosed",
        indicators: &["R06"],
        lacks: Lacks::Figure,
        why: "Det bliver ikke registreret, om sygdommen er nyopdaget.",
    },
    Unrecorded {
        fact: "intervention.offered_on",
        indicators: &["U02", "U03"],
        lacks: Lacks::Figure,
        why: "Dagen, hvor en indsats er tilbudt, bliver ikke registreret, kun dagen for bevillingen.",
    },
    Unrecorded {
        fact: "intervention.answered_on",
        indicators: &["U04"],
        lacks: Lacks::Figure,
        why: "Dagen, hvor borgeren sagde ja til indsatsen, bliver ikke registreret.",
    },
    Unrecorded {
        fact: "improvement.aim",
        indicators: &["Q08"],
        lacks: Lacks::Figure,
        why: "Forbedringsprojekter bliver ikke registreret.",
    },
    Unrecorded {
        fact: "intervention.answer",
        indicators: &["U07"],
        lacks: Lacks::Numerator,
        why: "Svar på en tilbudt indsats bliver ikke registreret, så kun afslag på selve henvisningen er talt med.",
    },
    Unrecorded {
        fact: "closure.closed_in_last_session",
        indicators: &["A01"],
        lacks: Lacks::Numerator,
        why: "Det bliver ikke registreret, at forløbet er afsluttet i den sidste mødegang.",
    },
    Unrecorded {
        fact: "referral.network_downtime",
        indicators: &["R05"],
        lacks: Lacks::Exclusion,
        why: "Nedetid på netværket bliver ikke registreret, så henvisninger fra de dage er talt med.",
    },
    Unrecorded {
        fact: "referral.sender_unit_closed",
        indicators: &["A02"],
        lacks: Lacks::Exclusion,
        why: "Det bliver ikke registreret, at en henviser er lukket, så de forløb er talt med.",
    },
    Unrecorded {
        fact: "talk.wished_later",
        indicators: &["T03"],
        lacks: Lacks::Exclusion,
        why: "Et ønske om en senere afklarende samtale bliver ikke registreret, så de borgere er talt med.",
    },
    Unrecorded {
        fact: "intervention.citizen_wished_later",
        indicators: &["T04", "T05", "C02"],
        lacks: Lacks::Exclusion,
        why: "Et ønske om en senere start bliver ikke registreret, så de borgere er talt med.",
    },
    Unrecorded {
        fact: "session.unsupervised",
        indicators: &["C03"],
        lacks: Lacks::Exclusion,
        why: "Det bliver ikke registreret, om en digital mødegang er uden opsyn, så alle er talt med.",
    },
    Unrecorded {
        fact: "closure.support_declined",
        indicators: &["A05", "A06"],
        lacks: Lacks::Exclusion,
        why: "Det bliver ikke registreret, at borgeren siger nej til støtte, så de forløb er talt med.",
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
