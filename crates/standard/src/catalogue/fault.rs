//! What can be wrong with the files of the standard: every fault says the file, the requirement and the field.

use crate::limits::LimitUnit;

/// The part of a requirement that names something which is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The area of a file.
    Area,
    /// The document it stands in.
    Document,
    /// What the system has to be able to do.
    Capability,
    /// A fact of the rule.
    Field,
    /// A limit of the rule.
    Limit,
}

impl Part {
    /// The word in the file.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Document => "document",
            Self::Capability => "capability",
            Self::Field => "fields",
            Self::Limit => "limits",
        }
    }

    const fn danish(self) -> &'static str {
        match self {
            Self::Area => "området",
            Self::Document => "dokumentet",
            Self::Capability => "funktionen",
            Self::Field => "feltet",
            Self::Limit => "grænsen",
        }
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StandardFault {
    /// A file is not of its form: no TOML, an unknown or a missing field, a word that is none.
    #[error("{file}, line {line}: {why}")]
    Form {
        /// The file.
        file: String,
        /// From one; zero when it is not known.
        line: usize,
        /// The requirement or limit that the line belongs to.
        entry: Option<String>,
        /// What the reader says, in English.
        why: String,
    },
    /// A requirement names something that is not there.
    #[error("{file}, {requirement}: no {} '{found}'", part.key())]
    Unknown {
        /// The file.
        file: String,
        /// The requirement.
        requirement: String,
        /// Which part names it.
        part: Part,
        /// What stands there.
        found: String,
    },
    /// An id stands twice.
    #[error("{file}: '{id}' stands twice")]
    Twice {
        /// The file of the second.
        file: String,
        /// The id.
        id: String,
    },
    /// `check` says one thing, and the table that follows is missing or another one.
    #[error("{file}, {requirement}: check = {check} needs [requirement.{needs}] and no other")]
    WrongTable {
        /// The file.
        file: String,
        /// The requirement.
        requirement: String,
        /// What `check` says.
        check: &'static str,
        /// The table it needs.
        needs: &'static str,
    },
    /// A limit lies outside what its unit can be.
    #[error("{file}, {limit}: {value} is not within {least} to {most}")]
    Range {
        /// The file.
        file: String,
        /// The limit.
        limit: String,
        /// What stands there.
        value: f64,
        /// Its unit.
        unit: LimitUnit,
        /// Lowest that can be.
        least: f64,
        /// Highest that can be.
        most: f64,
    },
    /// A limit that the program has no use for, or one that it needs and does not find.
    #[error("{file}: the limit '{limit}' is unknown or missing")]
    Limits {
        /// The file.
        file: String,
        /// The limit.
        limit: String,
    },
    /// The number of requirements is not what the standard says.
    #[error("{found} requirements with check = {check}, the standard has {expected}")]
    Count {
        /// Which of them, or `all`.
        check: &'static str,
        /// How many there should be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
}

impl StandardFault {
    /// What an administrator reads.
    pub fn user_message(&self) -> String {
        match self {
            Self::Form { file, line, entry: Some(entry), .. } => {
                format!("{file}, {entry}: Linje {line} kan ikke læses. Se, om feltet er skrevet rigtigt.")
            }
            Self::Form { file, line: 0, .. } => format!("{file}: Filen kan ikke læses som TOML."),
            Self::Form { file, line, .. } => {
                format!("{file}: Linje {line} kan ikke læses. Se, om feltet er skrevet rigtigt.")
            }
            Self::Unknown { file, requirement, part, found } => {
                format!("{file}, {requirement}, {}: Standarden kender ikke {} »{found}«.", part.key(), part.danish())
            }
            Self::Twice { file, id } => format!("{file}: {id} står der to gange. Fjern den ene."),
            Self::WrongTable { file, requirement, check, needs } => format!(
                "{file}, {requirement}, check: Når der står {check}, skal [requirement.{needs}] være der, og ingen anden."
            ),
            Self::Range { file, limit, value, unit, least, most } => format!(
                "{file}, {limit}, value: {value} {} kan ikke passe. Skriv et tal fra {least} til {most}.",
                unit.label()
            ),
            Self::Limits { file, limit } => {
                format!("{file}: Grænsen {limit} mangler, eller programmet bruger den ikke.")
            }
            Self::Count { check, expected, found } => format!(
                "Der er {found} krav og anbefalinger ({check}). Standarden har {expected}. Se, om en fil mangler noget."
            ),
        }
    }
}
