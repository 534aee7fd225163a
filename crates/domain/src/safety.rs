//! Safety and route rules of the quality standard: what to look at before and during a course, and what settles it.
//!
//! A rule is a small function over [`Facts`] that gives a [`Warning`] or nothing; all of them stand in [`RULES`], so a new
//! one is added in one place. Nothing here stops anybody: a person decides, and says why when the warning stays
//! ([`Acknowledgement`]). An acknowledged warning is still shown, quietly, and comes back when its facts change.
//!
//! Source: the quality standard, chapters 4 to 8; each rule names its requirement.

mod acknowledgement;
mod alcohol;
mod diet;
mod facts;
mod nicotine;
mod teams;
mod training;
mod warning;

pub use acknowledgement::{Acknowledgement, Weighed, weigh};
pub use alcohol::NOTIFICATION as NOTIFICATION_RULE;
pub use facts::{
    AlcoholUse, Facts, HEAVY_UNITS_WEEK, Held, InterventionFacts, PhysicalTest, Question, QuestionGroup, SafetyAnswers,
    TrainingPart,
};
pub use teams::SMALL_TEAM_SEATS;
pub use warning::{Due, Level, Warning};

/// A rule: its requirement, and what it says about the facts.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The requirement, such as `KS-6.2-11`.
    pub id: &'static str,
    /// The warning that the facts call for, when they do.
    pub check: fn(&Facts) -> Option<Warning>,
}

/// Every rule, in the order its warnings are read: what can harm most comes first.
pub const RULES: [Rule; 22] = [
    Rule { id: "KS-8.2-07", check: alcohol::pregnancy },
    Rule { id: NOTIFICATION_RULE, check: alcohol::notification },
    Rule { id: "KS-8.2-12", check: alcohol::withdrawal },
    Rule { id: "KS-8.2-03", check: alcohol::dependence },
    Rule { id: "KS-8.2-04", check: alcohol::mental_illness },
    Rule { id: "KS-8.2-06", check: alcohol::treating_doctor },
    Rule { id: "KS-8.2-02", check: alcohol::offer_talk },
    Rule { id: "KS-8.2-01", check: alcohol::screening },
    Rule { id: "KS-8.3", check: alcohol::individual_only },
    Rule { id: "KS-5.4-01", check: nicotine::affected_medicine },
    Rule { id: "KS-5.3-06", check: nicotine::wait },
    Rule { id: "KS-6.2-11", check: training::weight_loss },
    Rule { id: "KS-6.4-02", check: training::caution },
    Rule { id: "KS-6.3-08", check: training::dose },
    Rule { id: "KS-6.3-09", check: training::weeks },
    Rule { id: "KS-6.2-09", check: training::tests },
    Rule { id: "KS-6.3-05", check: training::same_test },
    Rule { id: "KS-7.5-03", check: diet::dietitian },
    Rule { id: "KS-7.3-02", check: diet::individual_part },
    Rule { id: "KS-7.3-03", check: diet::follow_up },
    Rule { id: "KS-7.3-04", check: diet::reassessment },
    Rule { id: "KS-5.3-02", check: teams::smaller },
];

/// All warnings that the facts call for.
pub fn warnings(facts: &Facts) -> Vec<Warning> {
    RULES.iter().filter_map(|rule| (rule.check)(facts)).collect()
}

#[cfg(test)]
mod tests;
