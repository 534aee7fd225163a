//! Stratification: how much support a course needs, by published models side by side, each with its version.
//!
//! The score is a table, never a verdict: the result always says because of what, and a professional may choose another
//! level with a reason. A published model is never edited; a correction is a new version, and old results keep theirs.
//!
//! Source: the inspiration catalogue, theme 2 (IK-002-06), Esbjerg and Vordingborg. The catalogue gives the ideas; the
//! tables are the project's own (instruments, `stratification` and `vordingborg`).

mod known;
mod models;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{CitizenId, CourseId, UserId};
use crate::words::word_enum;

pub use known::{Burden, Known, StepProposal, propose};
pub use models::{ESBJERG, MODELS, VORDINGBORG, model};

word_enum! {
    /// How much support.
    pub enum Stratum {
        /// Standard course.
        Own = ("own", "Kan selv"),
        /// A contact person, reminders, an extra talk.
        Support = ("support", "Har brug for støtte"),
        /// Coordination, other parts of the municipality, teams of their own, company.
        Extended = ("extended", "Udvidet forløbskoordination"),
    }
}

impl Stratum {
    /// What the level gives the citizen.
    pub const fn gives(self) -> &'static str {
        match self {
            Self::Own => "Standardforløb, kontaktperson og digitale muligheder.",
            Self::Support => "Fast kontaktperson, påmindelser og en ekstra samtale.",
            Self::Extended => {
                "Koordinationssamtaler, samarbejde med andre forvaltninger og læge, særligt tilrettelagte hold og følgeskab."
            }
        }
    }
}

word_enum! {
    /// How much a factor weighs; the words that are shown are the model's.
    pub enum Step {
        /// Weighs nothing.
        Light = ("light", "Let"),
        /// Weighs some.
        Middle = ("middle", "Middel"),
        /// Weighs much.
        Heavy = ("heavy", "Tung"),
    }
}

/// A question of a model.
#[derive(Debug, Clone, Copy)]
pub struct Factor {
    /// Stable word.
    pub word: &'static str,
    /// What staff read.
    pub label: &'static str,
    /// The three answers, from light to heavy.
    pub answers: [&'static str; 3],
    /// What to think of.
    pub cues: &'static str,
}

impl Factor {
    /// What an answer is called.
    pub const fn answer(&self, step: Step) -> &'static str {
        match step {
            Step::Light => self.answers[0],
            Step::Middle => self.answers[1],
            Step::Heavy => self.answers[2],
        }
    }
}

/// A way to stratify, in one version.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    /// Stable word.
    pub word: &'static str,
    /// Version.
    pub version: u16,
    /// What staff read.
    pub name: &'static str,
    /// Its questions; all are needed.
    pub factors: &'static [Factor],
    /// The level of a full set of answers, in the order of the factors.
    pub score: fn(&[Step]) -> Stratum,
}

/// Answers by the word of their factor.
pub type Answers = BTreeMap<String, Step>;

/// One reason of a result: a factor and its answer, as the model words them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Because {
    /// The factor.
    pub factor: &'static str,
    /// Its answer.
    pub answer: &'static str,
}

/// What a model says, and because of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// The level.
    pub stratum: Stratum,
    /// All factors with their answers; never empty.
    pub because: Vec<Because>,
}

impl Model {
    /// The result; none when an answer is missing: then the level is not assessed.
    pub fn assess(&self, answers: &Answers) -> Option<Scored> {
        let steps: Option<Vec<Step>> = self.factors.iter().map(|factor| answers.get(factor.word).copied()).collect();
        let steps = steps?;
        let because = |(factor, step): (&Factor, &Step)| Because { factor: factor.label, answer: factor.answer(*step) };
        Some(Scored { stratum: (self.score)(&steps), because: self.factors.iter().zip(&steps).map(because).collect() })
    }
}

/// A stratification that was made. Each is kept; the newest of a course counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stratification {
    /// Stable id.
    pub id: Uuid,
    /// Whom.
    pub citizen: CitizenId,
    /// In which course.
    pub course: CourseId,
    /// The model's word.
    pub model: String,
    /// The model's version.
    pub version: u16,
    /// What was answered.
    pub answers: Answers,
    /// What the model says.
    pub scored: Stratum,
    /// What was decided.
    pub decided: Stratum,
    /// Why it is another level than the model's; there exactly when it is.
    pub reason: Option<String>,
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

/// Why a stratification cannot stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StratificationError {
    /// No such model, or not in that version.
    #[error("unknown model")]
    UnknownModel,
    /// An answer is missing.
    #[error("an answer is missing")]
    AnswerMissing,
    /// Another level than the model's needs a reason.
    #[error("another level needs a reason")]
    ReasonMissing,
}

impl StratificationError {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::UnknownModel => "Modellen findes ikke i den udgave.",
            Self::AnswerMissing => "Svar på alle modellens spørgsmål.",
            Self::ReasonMissing => "Skriv, hvorfor niveauet er et andet end modellens.",
        }
    }
}

/// The level that is decided, given what the model says; a reason is kept only when it is another one.
pub fn decide(
    scored: Stratum,
    chosen: Option<Stratum>,
    reason: &str,
) -> Result<(Stratum, Option<String>), StratificationError> {
    let reason = reason.trim();
    match chosen {
        Some(other) if other != scored && reason.is_empty() => Err(StratificationError::ReasonMissing),
        Some(other) if other != scored => Ok((other, Some(reason.to_owned()))),
        Some(_) | None => Ok((scored, None)),
    }
}

#[cfg(test)]
mod tests;
