//! Relatives as participants, on the citizen's terms: whether, who, for what, until when; and the relative's own strain.
//!
//! Source: quality standard, section 4.2 (relatives are involved on the citizen's terms; negative relations and the
//! relatives' own strain are seen) and section 8.2 (they may be invited where somebody is of two minds about alcohol); flow,
//! "Relatives". Being named gives a relative no access to anything; somebody may be told when the citizen has said so.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{CitizenId, CourseId, UserId};
use crate::words::word_enum;

/// Most relatives of one citizen in a course. No rule sets it; more is a slip.
pub const RELATIVES_MAX: usize = 10;

word_enum! {
    /// What the citizen answered when asked about relatives.
    pub enum RelativesAnswer {
        /// Somebody is to take part.
        Yes = ("yes", "Ja"),
        /// Nobody is to.
        No = ("no", "Nej"),
        /// There is nobody.
        HasNone = ("has_none", "Har ingen"),
        /// They want to be asked again.
        Later = ("later", "Spørg igen senere"),
    }
}

word_enum! {
    /// What a relative takes part in.
    pub enum RelativePart {
        /// Teaching, beside the citizen.
        Teaching = ("teaching", "Undervisning"),
        /// One of the citizen's talks.
        Talk = ("talk", "En samtale"),
        /// A session for relatives.
        OwnSession = ("own_session", "Pårørendegang"),
    }
}

/// A relative who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakingPart {
    /// Name, as the citizen says it.
    pub name: String,
    /// Who it is to the citizen, in their words: "kone", "nabo".
    pub relation: String,
    /// In what.
    pub parts: BTreeSet<RelativePart>,
    /// The last day; none as long as the citizen wants.
    pub until: Option<Date>,
    /// They are to interpret, since the citizen insists; with the citizen's reason. As a rule they are not used.
    pub interprets_because: Option<String>,
}

impl TakingPart {
    /// Whether they take part on a day.
    pub fn on(&self, day: Date) -> bool {
        self.until.is_none_or(|last| day <= last)
    }
}

/// What was said about relatives in a course; one record, each change the next version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelativesTerms {
    /// Whose.
    pub citizen: CitizenId,
    /// In which course.
    pub course: CourseId,
    /// What the citizen answered.
    pub answer: RelativesAnswer,
    /// Day.
    pub asked_on: Date,
    /// Who asked.
    pub asked_by: UserId,
    /// Who takes part.
    pub people: Vec<TakingPart>,
    /// A relation that does harm, in the citizen's words.
    pub harm: Option<String>,
    /// What strains a relative themselves.
    pub strain: Option<String>,
    /// The help that was named to them.
    pub help_named: Option<String>,
}

/// Why something cannot be kept about relatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RelativesError {
    /// Somebody without a name.
    #[error("a relative without a name")]
    NoName,
    /// It is not said who they are.
    #[error("a relative without a relation")]
    NoRelation,
    /// It is not said what they take part in.
    #[error("a relative takes part in nothing")]
    NoPart,
    /// More than [`RELATIVES_MAX`].
    #[error("too many relatives")]
    TooMany,
    /// People are named though the citizen said no.
    #[error("people are named without a yes")]
    NotAYes,
    /// The last day is past.
    #[error("the last day is past")]
    UntilPast,
    /// Nobody is named, though the citizen said yes.
    #[error("a yes without anybody")]
    Nobody,
    /// Strain was noted, and no help named (section 4.2).
    #[error("no help was named")]
    HelpMissing,
}

impl RelativesError {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::NoName => "Skriv navnet på den pårørende.",
            Self::NoRelation => "Skriv, hvem den pårørende er for borgeren.",
            Self::NoPart => "Vælg, hvad den pårørende er med til.",
            Self::TooMany => "Der kan højst stå 10 pårørende.",
            Self::NotAYes => "Borgeren har ikke sagt ja til pårørende. Ret svaret, eller fjern navnene.",
            Self::UntilPast => "Slutdagen er gået. Vælg en dag i dag eller senere.",
            Self::Nobody => "Skriv, hvem der er med.",
            Self::HelpMissing => "Nævn en hjælp til den pårørende, og skriv den her.",
        }
    }

    /// The field it is about, as the form names it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::NoName | Self::TooMany | Self::Nobody => "navn",
            Self::NoRelation => "relation",
            Self::NoPart => "del",
            Self::NotAYes => "svar",
            Self::UntilPast => "til",
            Self::HelpMissing => "hjaelp",
        }
    }
}

impl RelativesTerms {
    /// Whether it can stand so. A last day that has passed since it was said stays.
    pub fn check(&self, before: Option<&Self>, today: Date) -> Result<(), RelativesError> {
        if !self.people.is_empty() && self.answer != RelativesAnswer::Yes {
            return Err(RelativesError::NotAYes);
        }
        if self.people.is_empty() && self.answer == RelativesAnswer::Yes {
            return Err(RelativesError::Nobody);
        }
        if self.people.len() > RELATIVES_MAX {
            return Err(RelativesError::TooMany);
        }
        for one in &self.people {
            if one.name.trim().is_empty() {
                return Err(RelativesError::NoName);
            }
            if one.relation.trim().is_empty() {
                return Err(RelativesError::NoRelation);
            }
            if one.parts.is_empty() {
                return Err(RelativesError::NoPart);
            }
            let known = before.is_some_and(|was| was.people.contains(one));
            if one.until.is_some_and(|last| last < today) && !known {
                return Err(RelativesError::UntilPast);
            }
        }
        if self.strain.is_some() && self.help_named.is_none() {
            return Err(RelativesError::HelpMissing);
        }
        Ok(())
    }

    /// Who takes part in something on a day.
    pub fn taking_part(&self, part: RelativePart, day: Date) -> impl Iterator<Item = &TakingPart> {
        let asked = self.answer == RelativesAnswer::Yes;
        self.people.iter().filter(move |one| asked && one.on(day) && one.parts.contains(&part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    const TODAY: Date = date(2026, 11, 24);

    fn wife() -> TakingPart {
        TakingPart {
            name: "Karen".into(),
            relation: "kone".into(),
            parts: BTreeSet::from([RelativePart::Teaching]),
            until: Some(TODAY),
            interprets_because: None,
        }
    }

    fn terms(answer: RelativesAnswer, people: Vec<TakingPart>) -> RelativesTerms {
        RelativesTerms {
            citizen: CitizenId(Uuid::from_u128(1)),
            course: CourseId(Uuid::from_u128(2)),
            answer,
            asked_on: TODAY,
            asked_by: UserId(Uuid::from_u128(3)),
            people,
            harm: None,
            strain: None,
            help_named: None,
        }
    }

    #[test]
    fn only_who_the_citizen_said_yes_to_takes_part_and_only_in_what_they_said() {
        let yes = terms(RelativesAnswer::Yes, vec![wife()]);
        assert_eq!(yes.check(None, TODAY), Ok(()));
        assert_eq!(yes.taking_part(RelativePart::Teaching, TODAY).count(), 1);
        assert_eq!(yes.taking_part(RelativePart::Talk, TODAY).count(), 0);
        assert_eq!(yes.taking_part(RelativePart::Teaching, date(2026, 11, 25)).count(), 0, "until, and no longer");
        let nobody = terms(RelativesAnswer::Yes, vec![TakingPart { relation: " ".into(), ..wife() }]);
        assert_eq!(nobody.check(None, TODAY), Err(RelativesError::NoRelation), "a role is stated");
        let no = terms(RelativesAnswer::No, vec![wife()]);
        assert_eq!(no.check(None, TODAY), Err(RelativesError::NotAYes));
        assert_eq!(no.taking_part(RelativePart::Teaching, TODAY).count(), 0);
        assert_eq!(terms(RelativesAnswer::Yes, Vec::new()).check(None, TODAY), Err(RelativesError::Nobody));
        assert_eq!(terms(RelativesAnswer::HasNone, Vec::new()).check(None, TODAY), Ok(()));
    }

    #[test]
    fn each_is_named_with_who_they_are_what_for_and_a_day_to_come() {
        let check = |one: TakingPart| terms(RelativesAnswer::Yes, vec![one]).check(None, TODAY);
        assert_eq!(check(TakingPart { name: " ".into(), ..wife() }), Err(RelativesError::NoName));
        assert_eq!(check(TakingPart { relation: String::new(), ..wife() }), Err(RelativesError::NoRelation));
        assert_eq!(check(TakingPart { parts: BTreeSet::new(), ..wife() }), Err(RelativesError::NoPart));
        let over = TakingPart { until: Some(date(2026, 11, 23)), ..wife() };
        assert_eq!(check(over.clone()), Err(RelativesError::UntilPast));
        let before = terms(RelativesAnswer::Yes, vec![over]);
        assert_eq!(before.check(Some(&before), TODAY), Ok(()), "what was said before stays");
        let many = terms(RelativesAnswer::Yes, vec![wife(); RELATIVES_MAX + 1]);
        assert_eq!(many.check(None, TODAY), Err(RelativesError::TooMany));
    }

    #[test]
    fn strain_is_never_noted_without_a_help_that_was_named() {
        let strained = RelativesTerms { strain: Some("Sover ikke".into()), ..terms(RelativesAnswer::No, Vec::new()) };
        assert_eq!(strained.check(None, TODAY), Err(RelativesError::HelpMissing));
        let helped = RelativesTerms { help_named: Some("Pårørendelinjen".into()), ..strained };
        assert_eq!(helped.check(None, TODAY), Ok(()));
    }
}
