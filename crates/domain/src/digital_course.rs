//! A digital course: begun and ended with a talk, with feedback from a professional on the way.
//!
//! Source: flow, "Digital courses" (start talk, feedback from a professional, end talk; use is not attendance: an agreed
//! contact or a completed module is), and the quality standard, sections 4.3, 6.3 and 7.3, which allow digital delivery with
//! the same content, tests and safety as any other.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{CitizenId, CourseId, EncounterId, OfferId, PlannedInterventionId};
use crate::words::word_enum;

/// Most contacts and modules of one course. No rule sets it; more is a slip of the finger.
pub const STEPS_MAX: usize = 40;

word_enum! {
    /// What a contact in a digital course is.
    pub enum DigitalContactKind {
        /// Before the citizen begins.
        Start = ("start", "Startsamtale"),
        /// Feedback from a professional on the way.
        Feedback = ("feedback", "Tilbagemelding"),
        /// When they are through.
        End = ("end", "Slutsamtale"),
    }
}

/// A contact that was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigitalContact {
    /// Stable id.
    pub id: Uuid,
    /// What it is.
    pub kind: DigitalContactKind,
    /// The agreed day.
    pub agreed_on: Date,
    /// The contact that became of it.
    pub held: Option<EncounterId>,
}

/// A module that the citizen goes through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigitalModule {
    /// What it is called there.
    pub name: String,
    /// The day that the citizen or the professional says it was completed. Having opened it counts for nothing.
    pub completed_on: Option<Date>,
}

/// How an intervention is delivered digitally. An intervention has one; each change is its next version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigitalCourse {
    /// Whose.
    pub citizen: CitizenId,
    /// The course.
    pub course: CourseId,
    /// Which intervention; also its own id.
    pub intervention: PlannedInterventionId,
    /// The offer, which is given digitally.
    pub offer: OfferId,
    /// What the offer was called then.
    pub offer_name: String,
    /// Agreed contacts by day: the start talk first, the end talk last.
    pub contacts: Vec<DigitalContact>,
    /// Modules in their order.
    pub modules: Vec<DigitalModule>,
}

/// Why a digital course cannot be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DigitalError {
    /// No start talk.
    #[error("no start talk")]
    NoStart,
    /// No feedback on the way.
    #[error("no feedback")]
    NoFeedback,
    /// No end talk.
    #[error("no end talk")]
    NoEnd,
    /// Start, feedback and end are not in that order.
    #[error("the days are not in order")]
    Order,
    /// The agreed day is past.
    #[error("an agreed day is past")]
    InThePast,
    /// More than [`STEPS_MAX`].
    #[error("too many steps")]
    TooMany,
    /// The contact before it was not held.
    #[error("an earlier contact is not held")]
    EarlierOpen,
    /// There is none to hold.
    #[error("no such contact")]
    NoSuchContact,
    /// No module of that place.
    #[error("no such module")]
    NoSuchModule,
    /// The offer is not given digitally.
    #[error("the offer is not digital")]
    NotDigital,
    /// The start talk was not held yet.
    #[error("the start talk is not held")]
    NotBegun,
    /// There is a digital course already.
    #[error("it is digital already")]
    HasOne,
}

impl DigitalError {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::NoStart => "Vælg en dag til startsamtalen.",
            Self::NoFeedback => "Aftal mindst én tilbagemelding undervejs.",
            Self::NoEnd => "Vælg en dag til slutsamtalen.",
            Self::Order => "Startsamtalen kommer først, så tilbagemeldingerne, så slutsamtalen. Ret dagene.",
            Self::InThePast => "En aftalt dag ligger før i dag. Vælg en dag i dag eller senere.",
            Self::TooMany => "Der kan højst være 40 kontakter og moduler.",
            Self::EarlierOpen => "En tidligere kontakt er ikke holdt endnu. Skriv den først.",
            Self::NoSuchContact => "Der er ingen aftalt kontakt at skrive.",
            Self::NoSuchModule => "Modulet findes ikke. Genindlæs siden.",
            Self::NotDigital => "Tilbuddet gives ikke digitalt. Vælg et andet.",
            Self::NotBegun => "Hold startsamtalen først. Så kan moduler tælle.",
            Self::HasOne => "Indsatsen er digital allerede.",
        }
    }
}

impl DigitalCourse {
    /// Whether it can begin so: start talk, feedback and end talk are agreed, in that order and not in the past.
    pub fn check_new(&self, today: Date) -> Result<(), DigitalError> {
        use DigitalContactKind as K;
        let days = |kind: K| self.contacts.iter().filter(move |one| one.kind == kind).map(|one| one.agreed_on);
        let start = days(K::Start).next().ok_or(DigitalError::NoStart)?;
        let end = days(K::End).next().ok_or(DigitalError::NoEnd)?;
        if days(K::Feedback).next().is_none() {
            return Err(DigitalError::NoFeedback);
        }
        if self.contacts.iter().any(|one| one.agreed_on < today) {
            return Err(DigitalError::InThePast);
        }
        if end < start || days(K::Feedback).any(|day| day < start || day > end) {
            return Err(DigitalError::Order);
        }
        if self.contacts.len() + self.modules.len() > STEPS_MAX {
            return Err(DigitalError::TooMany);
        }
        Ok(())
    }

    /// The contacts in the order that they are held.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.contacts.sort_by_key(|one| (one.kind == DigitalContactKind::End, one.agreed_on, one.kind, one.id));
        self
    }

    /// The contact that comes next; none when all are held.
    pub fn next(&self) -> Option<&DigitalContact> {
        self.contacts.iter().find(|one| one.held.is_none())
    }

    /// With the next contact held.
    pub fn held(mut self, id: Uuid, contact: EncounterId) -> Result<Self, DigitalError> {
        let next = self.next().ok_or(DigitalError::NoSuchContact)?.id;
        if next != id {
            let known = self.contacts.iter().any(|one| one.id == id && one.held.is_none());
            return Err(if known { DigitalError::EarlierOpen } else { DigitalError::NoSuchContact });
        }
        if let Some(one) = self.contacts.iter_mut().find(|one| one.id == id) {
            one.held = Some(contact);
        }
        Ok(self)
    }

    /// With a module completed on a day, or found not to be.
    pub fn completed(mut self, place: usize, on: Option<Date>) -> Result<Self, DigitalError> {
        if !self.has_begun() {
            return Err(DigitalError::NotBegun);
        }
        let module = self.modules.get_mut(place).ok_or(DigitalError::NoSuchModule)?;
        module.completed_on = on;
        Ok(self)
    }

    /// With one more feedback agreed, before the end talk.
    pub fn agreed(mut self, id: Uuid, on: Date, today: Date) -> Result<Self, DigitalError> {
        if on < today {
            return Err(DigitalError::InThePast);
        }
        let end = self.contacts.iter().find(|one| one.kind == DigitalContactKind::End);
        match end {
            Some(end) if end.held.is_some() => return Err(DigitalError::NoSuchContact),
            Some(end) if on > end.agreed_on => return Err(DigitalError::Order),
            Some(_) | None => {}
        }
        if self.contacts.len() + self.modules.len() >= STEPS_MAX {
            return Err(DigitalError::TooMany);
        }
        self.contacts.push(DigitalContact { id, kind: DigitalContactKind::Feedback, agreed_on: on, held: None });
        Ok(self.sorted())
    }

    /// Whether the start talk was held.
    pub fn has_begun(&self) -> bool {
        self.contacts.iter().any(|one| one.kind == DigitalContactKind::Start && one.held.is_some())
    }

    /// How many steps are done, of how many: held contacts and completed modules. How much an app was used counts nowhere.
    pub fn progress(&self) -> (usize, usize) {
        let held = self.contacts.iter().filter(|one| one.held.is_some()).count();
        let done = self.modules.iter().filter(|one| one.completed_on.is_some()).count();
        (held + done, self.contacts.len() + self.modules.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 24);

    fn contact(n: u128, kind: DigitalContactKind, agreed_on: Date) -> DigitalContact {
        DigitalContact { id: Uuid::from_u128(n), kind, agreed_on, held: None }
    }

    fn course(contacts: Vec<DigitalContact>) -> DigitalCourse {
        DigitalCourse {
            citizen: CitizenId(Uuid::from_u128(1)),
            course: CourseId(Uuid::from_u128(2)),
            intervention: PlannedInterventionId(Uuid::from_u128(3)),
            offer: OfferId(Uuid::from_u128(4)),
            offer_name: "Digital kost".into(),
            contacts,
            modules: vec![DigitalModule { name: "Morgenmad".into(), completed_on: None }],
        }
    }

    fn whole() -> DigitalCourse {
        use DigitalContactKind as K;
        let (end, start) = (contact(3, K::End, date(2026, 12, 20)), contact(1, K::Start, TODAY));
        course(vec![end, start, contact(2, K::Feedback, date(2026, 12, 8))]).sorted()
    }

    #[test]
    fn it_begins_with_a_talk_has_feedback_and_ends_with_a_talk_in_that_order() {
        use DigitalContactKind as K;
        assert_eq!(whole().check_new(TODAY), Ok(()));
        let without = |kind: K| course(whole().contacts.into_iter().filter(|one| one.kind != kind).collect());
        assert_eq!(without(K::Start).check_new(TODAY), Err(DigitalError::NoStart));
        assert_eq!(without(K::Feedback).check_new(TODAY), Err(DigitalError::NoFeedback));
        assert_eq!(without(K::End).check_new(TODAY), Err(DigitalError::NoEnd));
        assert_eq!(whole().check_new(date(2026, 11, 25)), Err(DigitalError::InThePast));
        let mut late = whole();
        late.contacts[1].agreed_on = date(2026, 12, 21);
        assert_eq!(late.check_new(TODAY), Err(DigitalError::Order));
        let mut many = whole();
        many.modules = vec![DigitalModule { name: "M".into(), completed_on: None }; STEPS_MAX];
        assert_eq!(many.check_new(TODAY), Err(DigitalError::TooMany));
    }

    #[test]
    fn contacts_are_held_one_after_the_other_and_modules_count_from_the_start_talk() {
        let (id, encounter) = (Uuid::from_u128, EncounterId(Uuid::from_u128(9)));
        assert_eq!(whole().held(id(2), encounter), Err(DigitalError::EarlierOpen));
        assert_eq!(whole().completed(0, Some(TODAY)), Err(DigitalError::NotBegun));
        let begun = whole().held(id(1), encounter).unwrap();
        assert_eq!(begun.clone().held(id(1), encounter), Err(DigitalError::NoSuchContact), "once");
        let done = begun.completed(0, Some(TODAY)).unwrap();
        assert_eq!(done.progress(), (2, 4));
        assert_eq!(done.clone().completed(1, None), Err(DigitalError::NoSuchModule));
        assert_eq!(done.completed(0, None).unwrap().progress(), (1, 4), "taken back");
    }

    #[test]
    fn more_feedback_is_agreed_before_the_end_talk() {
        let one = Uuid::from_u128(7);
        let more = whole().agreed(one, date(2026, 12, 1), TODAY).unwrap();
        assert_eq!(more.contacts.iter().map(|c| c.id.as_u128()).collect::<Vec<_>>(), [1, 7, 2, 3]);
        assert_eq!(whole().agreed(one, date(2026, 12, 21), TODAY), Err(DigitalError::Order));
        assert_eq!(whole().agreed(one, date(2026, 11, 23), TODAY), Err(DigitalError::InThePast));
    }
}
