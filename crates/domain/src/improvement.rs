//! Improvement boards: an aim, the measure that shows it, tests of changes, and what was learned (KS-9.1-14: methods such as the
//! Model for Improvement; a project has an aim with number and date, an indicator and tests by Plan-Do-Study-Act).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{ImprovementBoardId, ImprovementTestId, UserId};
use crate::words::word_enum;

/// A board: what a group of staff works on to make better.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImprovementBoard {
    /// Stable id.
    pub id: ImprovementBoardId,
    /// What it is called: "Udeblivelse, KOL-hold".
    pub name: String,
    /// What is to change, how much and by when.
    pub aim: String,
    /// The figure that shows it.
    pub measure: Measure,
    /// Who made it.
    pub owner: UserId,
    /// First day.
    pub started_on: Date,
    /// Last day; none while it goes on.
    pub ended_on: Option<Date>,
    /// In the order they were planned.
    pub tests: Vec<ImprovementTest>,
    /// What was learned so far.
    pub learning: Option<String>,
}

/// A figure of the quality monitoring, of all or of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Id of the indicator: "U08".
    pub indicator: String,
    /// Breakdown and group, as the counts name them; none for all.
    pub group: Option<(String, String)>,
}

/// A round of Plan-Do-Study-Act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImprovementTest {
    /// Stable id.
    pub id: ImprovementTestId,
    /// What is tested, and what is expected of it.
    pub plan: String,
    /// The day the change begins: its mark on the chart.
    pub from: Date,
    /// The day the round ended; none while it goes on.
    pub to: Option<Date>,
    /// What was done.
    pub did: Option<String>,
    /// What was seen, beside what was expected.
    pub studied: Option<String>,
    /// What follows.
    pub act: Option<TestDecision>,
}

word_enum! {
    /// What follows from a test.
    pub enum TestDecision {
        /// It becomes the way things are done.
        Adopt = ("adopt", "Vi gør det fast"),
        /// It is changed and tested again.
        Adapt = ("adapt", "Vi retter det og prøver igen"),
        /// It is given up.
        Abandon = ("abandon", "Vi dropper det"),
    }
}

/// Letters of a name.
pub const NAME_MOST: usize = 100;
/// Letters of a longer text.
pub const TEXT_MOST: usize = 4000;

/// Why a board cannot stand so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImprovementError {
    /// No name, or one that is too long.
    #[error("the board has no name, or a long one")]
    Name,
    /// Nothing says what is to change.
    #[error("the board has no aim")]
    Aim,
    /// An aim without a number and a time cannot be seen to be reached (KS-9.1-14).
    #[error("the aim has no number")]
    AimNumber,
    /// A test without a plan.
    #[error("a test has no plan")]
    Plan,
    /// A test that ends before it begins.
    #[error("a test ends before it begins")]
    EndsBeforeStart,
    /// A decision before anything was done and looked at.
    #[error("a test is decided before it was studied")]
    NotStudied,
    /// A text that is too long.
    #[error("a text is too long")]
    TooLong,
    /// The board is over.
    #[error("the board is over")]
    Over,
}

impl ImprovementError {
    /// What people read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::Name => "Skriv et navn på højst 100 tegn.",
            Self::Aim => "Skriv, hvad der skal ændre sig.",
            Self::AimNumber => "Skriv et tal i målet: hvor meget, og hvornår. Ellers kan I ikke se, om I når det.",
            Self::Plan => "Skriv, hvad I prøver.",
            Self::EndsBeforeStart => "Afprøvningen slutter, før den begynder. Ret datoerne.",
            Self::NotStudied => "Skriv, hvad I gjorde, og hvad I så, før I beslutter jer.",
            Self::TooLong => "Teksten er over 4.000 tegn. Gør den kortere.",
            Self::Over => "Tavlen er lukket. Åbn den igen først.",
        }
    }
}

impl ImprovementBoard {
    /// Whether it can stand as it is.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), ImprovementError> {
        if self.name.trim().is_empty() || self.name.chars().count() > NAME_MOST {
            return Err(ImprovementError::Name);
        }
        if self.aim.trim().is_empty() {
            return Err(ImprovementError::Aim);
        }
        if !self.aim.chars().any(|letter| letter.is_ascii_digit()) {
            return Err(ImprovementError::AimNumber);
        }
        if [Some(&self.aim), self.learning.as_ref()].into_iter().flatten().any(|text| is_long(text)) {
            return Err(ImprovementError::TooLong);
        }
        self.tests.iter().try_for_each(ImprovementTest::check)
    }

    /// Tests that were begun by a day: planned ones are no test yet.
    pub fn tested_by(&self, on: Date) -> usize {
        self.tests.iter().filter(|test| test.from <= on).count()
    }
}

impl ImprovementTest {
    /// Whether it can stand as it is.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), ImprovementError> {
        let said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        if self.plan.trim().is_empty() {
            return Err(ImprovementError::Plan);
        }
        if self.to.is_some_and(|to| to < self.from) {
            return Err(ImprovementError::EndsBeforeStart);
        }
        if self.act.is_some() && !(said(&self.did) && said(&self.studied)) {
            return Err(ImprovementError::NotStudied);
        }
        let texts = [Some(&self.plan), self.did.as_ref(), self.studied.as_ref()];
        if texts.into_iter().flatten().any(|text| is_long(text)) { Err(ImprovementError::TooLong) } else { Ok(()) }
    }
}

fn is_long(text: &str) -> bool {
    text.chars().count() > TEXT_MOST
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn board() -> ImprovementBoard {
        ImprovementBoard {
            id: ImprovementBoardId(Uuid::nil()),
            name: "Udeblivelse, KOL-hold".to_owned(),
            aim: "Fra 20 % til 10 % inden 1. juni 2027".to_owned(),
            measure: Measure { indicator: "U08".to_owned(), group: None },
            owner: UserId(Uuid::nil()),
            started_on: date(2026, 11, 1),
            ended_on: None,
            tests: vec![ImprovementTest {
                id: ImprovementTestId(Uuid::nil()),
                plan: "Opkald dagen før".to_owned(),
                from: date(2026, 11, 10),
                to: None,
                did: None,
                studied: None,
                act: None,
            }],
            learning: None,
        }
    }

    fn with(change: impl Fn(&mut ImprovementBoard)) -> Result<(), ImprovementError> {
        let mut one = board();
        change(&mut one);
        one.check()
    }

    #[test]
    fn an_aim_says_how_much_and_by_when() {
        assert_eq!(board().check(), Ok(()));
        assert_eq!(with(|one| one.name = " ".into()), Err(ImprovementError::Name));
        assert_eq!(with(|one| one.name = "x".repeat(101)), Err(ImprovementError::Name));
        assert_eq!(with(|one| one.aim.clear()), Err(ImprovementError::Aim));
        assert_eq!(with(|one| one.aim = "Færre udebliver".into()), Err(ImprovementError::AimNumber));
        assert_eq!(with(|one| one.learning = Some("x".repeat(4001))), Err(ImprovementError::TooLong));
    }

    #[test]
    fn a_test_is_decided_when_it_was_done_and_studied() {
        assert_eq!(with(|one| one.tests[0].plan = " ".into()), Err(ImprovementError::Plan));
        assert_eq!(with(|one| one.tests[0].to = Some(date(2026, 11, 9))), Err(ImprovementError::EndsBeforeStart));
        let decided = |one: &mut ImprovementBoard| one.tests[0].act = Some(TestDecision::Adopt);
        assert_eq!(with(decided), Err(ImprovementError::NotStudied));
        let whole = |one: &mut ImprovementBoard| {
            one.tests[0].did = Some("Vi ringede til 14".into());
            one.tests[0].studied = Some("To udeblev".into());
            decided(one);
        };
        assert_eq!(with(whole), Ok(()));
    }

    #[test]
    fn a_test_that_is_planned_is_none_yet() {
        assert_eq!(board().tested_by(date(2026, 11, 9)), 0);
        assert_eq!(board().tested_by(date(2026, 11, 10)), 1);
    }
}
