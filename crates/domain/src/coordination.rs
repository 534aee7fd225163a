//! Coordination with what other departments do for a citizen beside the course: job centre, social psychiatry,
//! rehabilitation, home care.
//!
//! Source: quality standard, section 3 ("det er vigtigt, at der koordineres på tværs af kommunale forvaltninger"), and the
//! municipality's follow-up at closing ("koordinering til evt. øvrige kommunale rehabiliteringsindsatser"). What is told is
//! the citizen's to decide, department by department: nothing is shared until they have said yes, and no more than they
//! said yes to.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::consent::ConsentForm;
use crate::ids::{CitizenId, CoordinationId, CourseId, UserId};
use crate::words::word_enum;

word_enum! {
    /// Who else does something for the citizen.
    pub enum Department {
        /// Job centre.
        JobCentre = ("job_centre", "Jobcenter"),
        /// Social psychiatry.
        SocialPsychiatry = ("social_psychiatry", "Socialpsykiatri"),
        /// Rehabilitation by the law on social services.
        Rehabilitation = ("rehabilitation", "Genoptræning og rehabilitering"),
        /// Home care and home nursing.
        HomeCare = ("home_care", "Hjemmepleje og hjemmesygepleje"),
        /// Treatment of alcohol or drug misuse.
        Treatment = ("treatment", "Rusmiddelbehandling"),
        /// Somebody else.
        Other = ("other", "Anden forvaltning"),
    }
}

word_enum! {
    /// How much may be told, from nothing to all of it; each includes those before it.
    pub enum Shared {
        /// Nothing, not even that there is a course.
        Nothing = ("nothing", "Ingenting"),
        /// When the citizen comes here, so that times do not collide.
        Times = ("times", "Kun tider"),
        /// What is planned.
        Plan = ("plan", "Tider og plan"),
        /// How it goes.
        Status = ("status", "Tider, plan og status"),
    }
}

/// The citizen's yes, as it was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareConsent {
    /// How much they said yes to.
    pub upto: Shared,
    /// How it was said.
    pub form: ConsentForm,
    /// Day.
    pub on: Date,
    /// Who asked.
    pub asked_by: UserId,
    /// When it was taken back; at once and for the future.
    pub withdrawn_at: Option<Timestamp>,
}

/// What was agreed with the department on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoordinationNote {
    /// Day.
    pub on: Date,
    /// What was agreed.
    pub words: String,
    /// Who wrote it.
    pub by: UserId,
}

/// A course of another department beside ours. Each change is its next version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coordination {
    /// Stable id.
    pub id: CoordinationId,
    /// Whose.
    pub citizen: CitizenId,
    /// Our course.
    pub course: CourseId,
    /// Which department.
    pub department: Department,
    /// What it does for the citizen, as the citizen tells it.
    pub what: Option<String>,
    /// Whom to ring.
    pub contact: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Since when.
    pub since: Option<Date>,
    /// Until when; none while it runs.
    pub until: Option<Date>,
    /// What the citizen said to telling them; none when they were not asked.
    pub consent: Option<ShareConsent>,
    /// The day it is talked about next.
    pub next_on: Option<Date>,
    /// Who does it.
    pub owner: UserId,
    /// What was agreed, the oldest first.
    pub notes: Vec<CoordinationNote>,
}

/// Why something cannot be kept about a coordination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CoordinationError {
    /// It ends before it begins.
    #[error("it ends before it begins")]
    EndsBeforeStart,
    /// The next day is past.
    #[error("the next day is in the past")]
    NextInPast,
    /// It is over, and nothing is left to talk about.
    #[error("it is over")]
    Over,
    /// A note without words.
    #[error("the note is empty")]
    NoteEmpty,
}

impl CoordinationError {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::EndsBeforeStart => "Forløbet hos dem slutter, før det begynder. Ret datoerne.",
            Self::NextInPast => "Næste koordinering skal ligge i dag eller senere.",
            Self::Over => "Forløbet hos dem er slut. Slet dagen for næste koordinering.",
            Self::NoteEmpty => "Skriv, hvad der blev aftalt.",
        }
    }

    /// The field it is about, as the form names it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::EndsBeforeStart => "til",
            Self::NextInPast | Self::Over => "naeste",
            Self::NoteEmpty => "aftalt",
        }
    }
}

impl Coordination {
    /// How much may be told now. Nothing until the citizen has said yes, and nothing once they took it back.
    pub fn may_share(&self) -> Shared {
        match &self.consent {
            Some(consent) if consent.withdrawn_at.is_none() => consent.upto,
            Some(_) | None => Shared::Nothing,
        }
    }

    /// Whether it runs on a day.
    pub fn runs_on(&self, day: Date) -> bool {
        self.until.is_none_or(|last| day <= last)
    }

    /// Whether it can stand so. A next day that was agreed before stays when it has passed.
    pub fn check(&self, before: Option<&Self>, today: Date) -> Result<(), CoordinationError> {
        if self.since.zip(self.until).is_some_and(|(since, until)| until < since) {
            return Err(CoordinationError::EndsBeforeStart);
        }
        if let Some(next) = self.next_on {
            if !self.runs_on(next) {
                return Err(CoordinationError::Over);
            }
            if next < today && before.and_then(|it| it.next_on) != self.next_on {
                return Err(CoordinationError::NextInPast);
            }
        }
        Ok(())
    }

    /// With what was agreed, and when it is talked about again.
    pub fn noted(mut self, note: CoordinationNote, next_on: Option<Date>) -> Result<Self, CoordinationError> {
        if note.words.trim().is_empty() {
            return Err(CoordinationError::NoteEmpty);
        }
        let today = note.on;
        if next_on.is_some_and(|next| next < today) {
            return Err(CoordinationError::NextInPast);
        }
        self.notes.push(note);
        self.next_on = next_on;
        self.check(None, today)?;
        Ok(self)
    }

    /// With the citizen's yes taken back.
    #[must_use]
    pub fn withdrawn(mut self, at: Timestamp) -> Self {
        if let Some(consent) = &mut self.consent {
            consent.withdrawn_at.get_or_insert(at);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    const TODAY: Date = date(2026, 11, 24);

    fn coordination() -> Coordination {
        Coordination {
            id: CoordinationId(Uuid::from_u128(1)),
            citizen: CitizenId(Uuid::from_u128(2)),
            course: CourseId(Uuid::from_u128(3)),
            department: Department::JobCentre,
            what: None,
            contact: None,
            phone: None,
            since: None,
            until: None,
            consent: None,
            next_on: None,
            owner: UserId(Uuid::from_u128(4)),
            notes: Vec::new(),
        }
    }

    fn note(words: &str) -> CoordinationNote {
        CoordinationNote { on: TODAY, words: words.into(), by: UserId(Uuid::from_u128(4)) }
    }

    #[test]
    fn nothing_is_told_before_a_yes_and_nothing_after_it_was_taken_back() {
        assert_eq!(coordination().may_share(), Shared::Nothing);
        let (form, asked_by) = (ConsentForm::Oral, UserId(Uuid::from_u128(4)));
        let consent = ShareConsent { upto: Shared::Plan, form, on: TODAY, asked_by, withdrawn_at: None };
        let said = Coordination { consent: Some(consent), ..coordination() };
        assert_eq!(said.may_share(), Shared::Plan);
        let (first, later) = ("2026-11-24T09:00:00Z".parse().unwrap(), "2026-11-25T09:00:00Z".parse().unwrap());
        let back = said.withdrawn(first);
        assert_eq!(back.may_share(), Shared::Nothing);
        assert_eq!(back.clone().withdrawn(later), back, "it is taken back once");
        assert!(Shared::Nothing < Shared::Times && Shared::Times < Shared::Plan && Shared::Plan < Shared::Status);
    }

    #[test]
    fn days_run_forwards_and_the_next_one_is_not_past() {
        let it = Coordination { since: Some(TODAY), until: Some(date(2026, 11, 23)), ..coordination() };
        assert_eq!(it.check(None, TODAY), Err(CoordinationError::EndsBeforeStart));
        let past = Coordination { next_on: Some(date(2026, 11, 23)), ..coordination() };
        assert_eq!(past.check(None, TODAY), Err(CoordinationError::NextInPast));
        assert_eq!(past.check(Some(&past), TODAY), Ok(()), "what was agreed before stays");
        let over = Coordination { next_on: Some(date(2026, 12, 2)), until: Some(date(2026, 12, 1)), ..coordination() };
        assert_eq!(over.check(None, TODAY), Err(CoordinationError::Over));
    }

    #[test]
    fn a_note_says_something_and_sets_the_next_day() {
        assert_eq!(coordination().noted(note(" "), None), Err(CoordinationError::NoteEmpty));
        let yesterday = Some(date(2026, 11, 23));
        assert_eq!(coordination().noted(note("Praktik"), yesterday), Err(CoordinationError::NextInPast));
        let noted = coordination().noted(note("Praktik"), Some(date(2026, 12, 1))).unwrap();
        assert_eq!((noted.notes.len(), noted.next_on), (1, Some(date(2026, 12, 1))));
    }
}
