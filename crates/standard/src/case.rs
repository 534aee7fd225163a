//! How a verdict comes about: a rule says what it looks at, in any order, and [`Case::decide`] takes it in the standard's.
//!
//! The order is: an exclusion; a needed fact that is missing; the limit that has not passed; met or not met.
//!
//! Three kinds of missing differ. What the unit is measured from or divided by is *needed*: without it nobody knows. What the
//! standard asks to be *recorded* is owed when it is missing. A yes or no that the standard wants *answered* with yes is
//! owed until the limit and unknown after it.

use jiff::civil::Date;

use crate::context::Context;
use crate::outcome::{Outcome, Verdict};

/// A unit that a requirement is about, while it is looked at.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Case {
    excluded: Option<&'static str>,
    needed: Vec<&'static str>,
    owed: Vec<&'static str>,
    unanswered: Vec<&'static str>,
    broken: Option<&'static str>,
    deeds: Vec<(&'static str, Option<Date>)>,
    due: Option<Date>,
    on: Option<Date>,
    waits: bool,
    figure: Option<f64>,
}

impl Case {
    /// A unit that belongs to the month of a day; a limit set with [`Case::by`] goes before.
    pub fn on(day: Date) -> Self {
        Self { on: Some(day), ..Self::default() }
    }

    /// A unit of no month, as an offer seen on the day.
    pub fn today() -> Self {
        Self::default()
    }

    /// The unit does not count when `holds`; `reason` names the exclusion.
    pub fn except(mut self, reason: &'static str, holds: bool) -> Self {
        if holds && self.excluded.is_none() {
            self.excluded = Some(reason);
        }
        self
    }

    /// A fact that is measured from or compared, or that decides whether the unit belongs: unknown without it.
    pub fn needs(mut self, fact: &'static str, is_there: bool) -> Self {
        if !is_there {
            self.needed.push(fact);
        }
        self
    }

    /// The last day in time.
    pub fn by(mut self, due: Date) -> Self {
        self.due = Some(due);
        self
    }

    /// When `holds`, the last day in time has not come, and nobody knows yet when it will, as that of a next session.
    pub fn waits(mut self, holds: bool) -> Self {
        self.waits |= holds;
        self
    }

    /// Something that has to be recorded: owed until it is there, and not met after the limit.
    pub fn recorded(mut self, fact: &'static str, is_there: bool) -> Self {
        if !is_there {
            self.owed.push(fact);
        }
        self
    }

    /// A yes or no that has to be yes: no is not met at once, no answer is unknown after the limit.
    pub fn answered(mut self, fact: &'static str, answer: Option<bool>) -> Self {
        match answer {
            Some(true) => self,
            Some(false) => self.holds(fact, false),
            None => {
                self.unanswered.push(fact);
                self
            }
        }
    }

    /// A condition on what is recorded: not met when it fails, whatever day it is. `reason` names it.
    pub fn holds(mut self, reason: &'static str, holds: bool) -> Self {
        if !holds && self.broken.is_none() {
            self.broken = Some(reason);
        }
        self
    }

    /// Something that has to be done by the limit; without a limit, at all. `fact` is its date.
    pub fn done(mut self, fact: &'static str, on: Option<Date>) -> Self {
        self.deeds.push((fact, on));
        self
    }

    /// A figure told beside the outcome.
    pub fn figure(mut self, figure: Option<f64>) -> Self {
        self.figure = figure;
        self
    }

    /// The verdict, in the standard's order.
    pub fn decide(self, at: &Context<'_>) -> Verdict {
        let Self { excluded, needed, mut owed, mut unanswered, mut broken, deeds, due, on, waits, figure } = self;
        let verdict = |outcome, reason, missing| Verdict { outcome, reason, missing, due, on, figure, ahead: None };
        if excluded.is_some() {
            return verdict(Outcome::NotApplicable, excluded, Vec::new());
        }
        if !needed.is_empty() {
            return verdict(Outcome::Unknown, None, needed);
        }
        for (fact, done) in deeds {
            match (done, due) {
                (None, _) => owed.push(fact),
                (Some(day), Some(due)) if day > due => broken = broken.or(Some("late")),
                (Some(_), _) => {}
            }
        }
        let may_still_come = waits || due.is_some_and(|due| at.today <= due);
        if !may_still_come && !unanswered.is_empty() {
            return verdict(Outcome::Unknown, None, unanswered);
        }
        owed.append(&mut unanswered);
        match (broken, owed.is_empty()) {
            (Some(reason), _) => verdict(Outcome::NotMet, Some(reason), owed),
            (None, true) => verdict(Outcome::Met, None, owed),
            (None, false) if may_still_come => verdict(Outcome::NotYetDue, None, owed),
            (None, false) => verdict(Outcome::NotMet, None, owed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::MunicipalityFacts;
    use jiff::civil::date;

    fn outcome(case: Case, today: Date) -> Outcome {
        let facts = MunicipalityFacts::default();
        case.decide(&Context::new(&facts, today, (date(2026, 1, 1), date(2026, 12, 31)))).outcome
    }

    const DUE: Date = date(2026, 3, 10);

    #[test]
    fn an_exclusion_goes_before_everything() {
        let case = Case::on(DUE).needs("a", false).holds("b", false).except("dead", true);
        assert_eq!(outcome(case, DUE), Outcome::NotApplicable);
    }

    #[test]
    fn what_is_needed_and_missing_goes_before_the_limit_and_the_condition() {
        let case = Case::on(DUE).holds("b", false).recorded("c", false).by(DUE).needs("a", false);
        assert_eq!(outcome(case, date(2026, 3, 1)), Outcome::Unknown);
    }

    #[test]
    fn what_is_owed_is_not_yet_due_through_the_last_day() {
        let case = || Case::on(DUE).by(DUE).done("contact.attempted_on", None);
        assert_eq!(outcome(case(), DUE), Outcome::NotYetDue);
        assert_eq!(outcome(case(), date(2026, 3, 11)), Outcome::NotMet);
    }

    #[test]
    fn what_was_done_in_time_is_met_at_once_and_what_was_done_late_never_is() {
        let done = |day| Case::on(DUE).done("contact.attempted_on", Some(day)).by(DUE);
        assert_eq!(outcome(done(DUE), date(2026, 3, 10)), Outcome::Met);
        assert_eq!(outcome(done(date(2026, 3, 11)), date(2026, 4, 1)), Outcome::NotMet);
    }

    #[test]
    fn no_answer_is_unknown_after_its_limit_and_no_is_not_met_at_once() {
        let asked = |answer| Case::on(DUE).by(DUE).answered("nutrition.diet_considered", answer);
        assert_eq!(outcome(asked(None), DUE), Outcome::NotYetDue);
        assert_eq!(outcome(asked(None), date(2026, 3, 11)), Outcome::Unknown);
        assert_eq!(outcome(asked(Some(false)), DUE), Outcome::NotMet);
        assert_eq!(outcome(asked(Some(true)), DUE), Outcome::Met);
    }

    #[test]
    fn what_is_owed_waits_while_its_last_day_is_unknown() {
        let asked = |waits| Case::on(DUE).recorded("relative.asked_on", false).waits(waits);
        assert_eq!(outcome(asked(true), date(2027, 1, 1)), Outcome::NotYetDue);
        assert_eq!(outcome(asked(false), date(2027, 1, 1)), Outcome::NotMet);
        assert_eq!(outcome(asked(true).holds("b", false), DUE), Outcome::NotMet);
    }

    #[test]
    fn without_a_limit_it_is_decided_on_the_day() {
        assert_eq!(outcome(Case::today().recorded("offer.fsiii_code", false), DUE), Outcome::NotMet);
        assert_eq!(outcome(Case::today().answered("offer.soft_published", None), DUE), Outcome::Unknown);
    }
}
