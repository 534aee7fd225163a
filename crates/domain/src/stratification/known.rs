//! What the record knows of a citizen that weighs in a model: the model is filled with what it can, and a person corrects.

use super::{Model, Step};

/// Something the record knows that weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Burden {
    /// What staff read.
    pub text: &'static str,
    /// The factors it weighs in, over all models.
    pub factors: &'static [&'static str],
}

impl Burden {
    /// More than one diagnosis.
    pub const SEVERAL_DISEASES: Self = Self { text: "Flere sygdomme", factors: &["complexity", "clinical"] };
    /// A mental illness, answered under safety.
    pub const MENTAL_ILLNESS: Self = Self { text: "Psykisk lidelse", factors: &["complexity", "personal"] };
    /// Needs an interpreter.
    pub const LANGUAGE: Self = Self { text: "Brug for tolk", factors: &["complexity", "social", "personal"] };
    /// Reduced sight or hearing.
    pub const SENSES: Self = Self { text: "Nedsat syn eller hørelse", factors: &["complexity", "clinical"] };
    /// Cannot get there alone.
    pub const GETTING_THERE: Self = Self { text: "Svært at komme frem", factors: &["complexity", "social"] };
    /// Needs help with digital things.
    pub const DIGITAL: Self = Self { text: "Hjælp til det digitale", factors: &["coping", "personal"] };
    /// Hard to understand what is written.
    pub const WRITTEN: Self =
        Self { text: "Svært at forstå skriftlig information", factors: &["coping", "personal"] };
    /// Needs somebody to come along.
    pub const COMPANY: Self = Self { text: "Svært at komme alene", factors: &["coping", "social"] };
}

/// What is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// What weighs.
    pub burdens: Vec<Burden>,
    /// The needs were gone through with the citizen: then nothing known is something known.
    pub gone_through: bool,
}

/// An answer that the record leads to, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepProposal {
    /// The factor's word.
    pub factor: &'static str,
    /// The answer.
    pub step: Step,
    /// Because of what; empty when nothing weighs.
    pub because: Vec<&'static str>,
}

/// The answers that the record leads to: one or two burdens weigh some, three or more weigh much. Without any, and before
/// the needs were gone through, nothing is proposed.
pub fn propose(model: &Model, known: &Known) -> Vec<StepProposal> {
    let of = |factor: &super::Factor| {
        let weighs = known.burdens.iter().filter(|burden| burden.factors.contains(&factor.word));
        let because: Vec<_> = weighs.map(|burden| burden.text).collect();
        let step = match because.len() {
            0 if !known.gone_through => return None,
            0 => Step::Light,
            1 | 2 => Step::Middle,
            _ => Step::Heavy,
        };
        Some(StepProposal { factor: factor.word, step, because })
    };
    model.factors.iter().filter_map(of).collect()
}
