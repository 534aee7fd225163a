//! What a rule says: what is the matter, what can come of it, and what settles it.

use jiff::civil::Date;

use crate::codes::InterventionCode;
use crate::deadlines::Deadline;
use crate::ids::PlannedInterventionId;
use crate::limits::Limits;
use crate::task::TaskKind;
use crate::words::word_enum;

word_enum! {
    /// How much a warning weighs.
    pub enum Level {
        /// It is refused when it is tried; a reason does not help.
        Refused = ("refused", "Kan ikke gøres sådan"),
        /// Something can go wrong.
        Warning = ("warning", "Advarsel"),
        /// Something must be asked first.
        Ask = ("ask", "Mangler svar"),
    }
}

/// Something to do by a day, because of a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// What to do.
    pub kind: TaskKind,
    /// By when.
    pub on: Date,
}

/// What a rule says about the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The requirement behind it.
    pub rule: &'static str,
    /// Which intervention it is about, when it is about one.
    pub about: Option<InterventionCode>,
    /// The granted intervention, when there is one.
    pub intervention: Option<PlannedInterventionId>,
    /// How much it weighs.
    pub level: Level,
    /// What is the matter, as staff read it.
    pub text: &'static str,
    /// What can come of it.
    pub consequence: &'static str,
    /// What would settle it.
    pub settles: &'static str,
    /// What it stands on, as stable words: when they change, an acknowledgement no longer holds.
    pub facts: Vec<String>,
    /// What must be done by a day.
    pub due: Option<Due>,
}

/// The three sentences of a warning.
pub(super) struct Said(pub(super) &'static str, pub(super) &'static str, pub(super) &'static str);

impl Warning {
    /// A warning about the citizen's situation.
    pub(super) fn new(rule: &'static str, said: &Said, facts: &[&str]) -> Self {
        Self {
            rule,
            about: None,
            intervention: None,
            level: Level::Warning,
            text: said.0,
            consequence: said.1,
            settles: said.2,
            facts: facts.iter().map(|fact| (*fact).to_owned()).collect(),
            due: None,
        }
    }

    /// The same about an intervention.
    pub(super) fn about(self, it: &super::InterventionFacts) -> Self {
        Self { about: Some(it.code), intervention: it.id, ..self }
    }

    /// The same with another weight.
    pub(super) fn at(self, level: Level) -> Self {
        Self { level, ..self }
    }

    /// The same with what a deadline asks for.
    pub(super) fn due(self, deadline: Deadline, from: Date, limits: &Limits) -> Self {
        self.looked_into(deadline.kind(), deadline.due(from, limits))
    }

    /// The same with what is looked into by a day that no requirement sets.
    pub(super) fn looked_into(self, kind: TaskKind, on: Date) -> Self {
        Self { due: Some(Due { kind, on }), ..self }
    }

    /// The same with one more fact.
    pub(super) fn because(mut self, fact: String) -> Self {
        self.facts.push(fact);
        self
    }

    /// Whether a reason can set it aside. A notification is decided, yes or no, and that is kept elsewhere.
    pub fn may_be_acknowledged(&self) -> bool {
        self.level != Level::Refused && self.rule != super::NOTIFICATION_RULE
    }

    /// A stable word for forms: the rule and what it is about.
    pub fn word(&self) -> String {
        self.about.map_or_else(|| self.rule.to_owned(), |code| format!("{}-{}", self.rule, code.word()))
    }
}
