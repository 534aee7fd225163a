//! What a rule says about a unit.

use jiff::civil::Date;
use serde::Deserialize;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// A course.
    Course,
    /// A referral or a self-referral.
    Referral,
    /// A talk.
    Talk,
    /// An intervention.
    Intervention,
    /// A seat on a group.
    Enrolment,
    /// A citizen at a session.
    Attendance,
    /// A message.
    Message,
    /// A local offer.
    Offer,
    /// A group.
    Group,
    /// A session of a group.
    Session,
    /// An association of the directory.
    Association,
    /// The municipality as a whole.
    Municipality,
}

impl UnitKind {
    /// The stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Course => "course",
            Self::Referral => "referral",
            Self::Talk => "talk",
            Self::Intervention => "intervention",
            Self::Enrolment => "enrolment",
            Self::Attendance => "attendance",
            Self::Message => "message",
            Self::Offer => "offer",
            Self::Group => "group",
            Self::Session => "session",
            Self::Association => "association",
            Self::Municipality => "municipality",
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Course => "forløb",
            Self::Referral => "henvisning",
            Self::Talk => "samtale",
            Self::Intervention => "indsats",
            Self::Enrolment => "tilmelding",
            Self::Attendance => "fremmøde",
            Self::Message => "besked",
            Self::Offer => "tilbud",
            Self::Group => "hold",
            Self::Session => "mødegang",
            Self::Association => "forening",
            Self::Municipality => "kommune",
        }
    }
}

/// The outcome of one requirement for one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Met.
    Met,
    /// Not met.
    NotMet,
    /// Not done yet, and its time is not up.
    NotYetDue,
    /// The requirement does not apply.
    NotApplicable,
    /// A needed fact was not recorded.
    Unknown,
}

impl Outcome {
    /// The stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::NotYetDue => "not_yet_due",
            Self::NotApplicable => "not_applicable",
            Self::Unknown => "unknown",
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Met => "Opfyldt",
            Self::NotMet => "Ikke opfyldt",
            Self::NotYetDue => "Fristen er ikke gået",
            Self::NotApplicable => "Gælder ikke",
            Self::Unknown => "Ukendt",
        }
    }
}

/// What a rule says about a unit, with what is missing and by when.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The outcome.
    pub outcome: Outcome,
    /// Why: the name of the exclusion, or of what does not hold. The page has the words for it.
    pub reason: Option<&'static str>,
    /// The facts that are missing, as `entity.fact`.
    pub missing: Vec<&'static str>,
    /// The last day in time.
    pub due: Option<Date>,
    /// The day the unit belongs to when it has no deadline.
    pub on: Option<Date>,
    /// A figure told beside the outcome, as days to the contact; its unit is the rule's.
    pub figure: Option<f64>,
    /// What the requirement waits for beside what is judged today. It moves no outcome and is counted nowhere.
    pub ahead: Option<Ahead>,
}

/// Something that a requirement will ask for, of a unit that it is about later, or once more of one that has done its part so
/// far: the closing talk of a course that is closing, the next talk of a treatment that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead {
    /// The fact that is missing.
    pub fact: &'static str,
    /// The last day in time.
    pub due: Date,
}

impl Verdict {
    /// The unit is none of those that the requirement is about.
    pub const OUTSIDE: Self = Self {
        outcome: Outcome::NotApplicable,
        reason: None,
        missing: Vec::new(),
        due: None,
        on: None,
        figure: None,
        ahead: None,
    };

    /// Whether the unit is none of those that the requirement is about; an excluded one is not outside.
    pub const fn is_outside(&self) -> bool {
        matches!(self.outcome, Outcome::NotApplicable) && self.reason.is_none()
    }

    /// The same with what it waits for; an excluded unit waits for nothing.
    #[must_use]
    pub fn ahead(self, fact: &'static str, due: Option<Date>) -> Self {
        let excluded = self.outcome == Outcome::NotApplicable && self.reason.is_some();
        Self { ahead: due.filter(|_| !excluded).map(|due| Ahead { fact, due }), ..self }
    }

    /// First day of the month the unit belongs to: in which its deadline passed, or in which it ended. None while its time
    /// is not up: nobody knows yet how the month will count it.
    pub fn month(&self) -> Option<Date> {
        if self.outcome == Outcome::NotYetDue {
            return None;
        }
        self.due.or(self.on).map(Date::first_of_month)
    }

    /// Whether somebody still has something to do: it is missing, whether its time is up or not.
    pub fn is_open(&self) -> bool {
        let undone = matches!(self.outcome, Outcome::NotYetDue | Outcome::NotMet | Outcome::Unknown);
        undone && self.due.is_some() && !self.missing.is_empty()
    }
}

/// A verdict with the requirement and the unit it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding<'a> {
    /// Id of the requirement.
    pub requirement: &'static str,
    /// What is counted.
    pub unit: UnitKind,
    /// Which; `municipality` for the whole.
    pub id: &'a str,
    /// What the rule says.
    pub verdict: Verdict,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_excluded_waits_for_nothing() {
        let due = Some(date(2026, 12, 14));
        let waits = |verdict: Verdict| verdict.ahead("talk.held_on", due).ahead.is_some();
        assert!(waits(Verdict::OUTSIDE) && waits(Verdict { outcome: Outcome::Met, ..Verdict::OUTSIDE }));
        assert!(!waits(Verdict { reason: Some("dead"), ..Verdict::OUTSIDE }));
    }

    #[test]
    fn what_is_not_yet_due_belongs_to_no_month() {
        let due = Some(date(2026, 12, 14));
        let verdict = |outcome| Verdict { outcome, due, on: Some(date(2026, 11, 2)), ..Verdict::OUTSIDE };
        assert_eq!(verdict(Outcome::NotMet).month(), Some(date(2026, 12, 1)));
        assert_eq!(Verdict { due: None, ..verdict(Outcome::Met) }.month(), Some(date(2026, 11, 1)));
        assert_eq!(verdict(Outcome::NotYetDue).month(), None);
    }
}
