//! Outside suppliers and other municipalities that deliver an intervention for a citizen of ours (KS-3-06, KS-3-07).
//!
//! Source: flow, "Cross-municipal offers" and "External suppliers": an agreement on competence, data and response times;
//! the supplier sees its own enrolments only, and of each the name, the needs and what delivery requires; results come back
//! before the intervention is completed. Consent rule 11: whoever stands outside the municipality's responsibility is told
//! with the citizen's consent alone.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::{InterventionCode, StopReason};
use crate::competence::Competence;
use crate::consent::{Answer, Consent, ConsentPurpose, answer};
use crate::ids::{CitizenId, CourseId, EncounterId, OrganizationId, PlannedInterventionId, ResponseId, UserId};
use crate::words::word_enum;

/// Most days that a supplier may be given to send results back. No rule sets it; a year is a slip of the finger.
pub const RESPONSE_DAYS_MAX: u16 = 90;

word_enum! {
    /// Who delivers outside our own house.
    pub enum SupplierKind {
        /// Bought from somebody outside (KS-3-07).
        Outside = ("outside", "Ekstern leverandør"),
        /// Another municipality that runs the offer for several (KS-3-06).
        Municipality = ("municipality", "Anden kommune"),
    }
}

/// What was agreed with who delivers for us. A supplier has one; a renewed agreement is its next version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierAgreement {
    /// With whom, in the address book.
    pub supplier: OrganizationId,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: SupplierKind,
    /// Whom to ring there.
    pub contact: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// What its people can document that they hold; what it may be given follows from it.
    pub competences: BTreeSet<Competence>,
    /// What it gets to know and gives back, in words.
    pub data: String,
    /// Days after the last planned day within which results are back.
    pub response_days: u16,
    /// It answers for its data itself: then it is told with the citizen's consent alone.
    pub own_responsibility: bool,
    /// First day.
    pub from: Date,
    /// Last day; none while it runs on.
    pub to: Option<Date>,
}

/// Why something cannot be done with a supplier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SupplierError {
    /// No agreement on this day.
    #[error("no agreement holds today")]
    NoAgreement,
    /// Its people are not known to hold what the intervention asks for.
    #[error("the agreement covers no such competence")]
    NotCompetent(Competence),
    /// It answers for its data itself, and the citizen has not said yes.
    #[error("consent is missing")]
    ConsentMissing,
    /// A talk is held by the municipality itself.
    #[error("a talk is never given to a supplier")]
    Talk,
    /// The intervention is over.
    #[error("the intervention is over")]
    Over,
    /// Somebody has it already.
    #[error("a supplier has it already")]
    HasOne,
    /// It was taken back, or was never given.
    #[error("no supplier has it")]
    NotGiven,
    /// The result is there already.
    #[error("the results are back already")]
    AlreadyBack,
    /// It ended before it was given.
    #[error("ended before it was given")]
    EndBeforeGiven,
    /// It has not ended yet.
    #[error("ended in the future")]
    EndInFuture,
    /// Results are not back, and the intervention cannot be completed.
    #[error("results are missing")]
    ResultsMissing,
    /// Why it is set aside was not said.
    #[error("a reason is missing")]
    ReasonMissing,
}

impl SupplierError {
    /// What people read.
    pub fn user_message(self) -> String {
        let said = match self {
            Self::NotCompetent(competence) => {
                let needed = competence.label();
                return format!("Aftalen dækker ikke kompetencen {needed}. Vælg en anden, eller ret aftalen.");
            }
            Self::NoAgreement => "Der er ingen aftale, der gælder i dag.",
            Self::ConsentMissing => {
                "Leverandøren har selv ansvaret for sine oplysninger. Spørg borgeren om samtykke først."
            }
            Self::Talk => "En samtale holder kommunen selv.",
            Self::Over => "Indsatsen er slut.",
            Self::HasOne => "En leverandør har indsatsen allerede. Tag den tilbage først.",
            Self::NotGiven => "Ingen leverandør har indsatsen.",
            Self::AlreadyBack => "Resultaterne er sendt tilbage allerede.",
            Self::EndBeforeGiven => "Den kan ikke være sluttet, før den blev givet videre.",
            Self::EndInFuture => "Dagen ligger i fremtiden. Send tilbage, når forløbet er slut.",
            Self::ResultsMissing => {
                "Leverandørens resultater mangler. Ryk for dem, eller bed en leder sætte kravet til side med en grund."
            }
            Self::ReasonMissing => "Skriv, hvorfor indsatsen kan afsluttes uden resultaterne.",
        };
        said.to_owned()
    }
}

impl SupplierAgreement {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }

    /// Whether an intervention may be given to it: the agreement holds, its people have the competence, and the citizen has
    /// said yes where that is asked for.
    pub fn may_be_given(&self, code: InterventionCode, consents: &[Consent], today: Date) -> Result<(), SupplierError> {
        if code.is_talk() || code == InterventionCode::FollowUp {
            return Err(SupplierError::Talk);
        }
        if !self.holds_on(today) {
            return Err(SupplierError::NoAgreement);
        }
        let needed = Competence::for_intervention(code);
        if !self.competences.contains(&needed) {
            return Err(SupplierError::NotCompetent(needed));
        }
        let asked = answer(consents, ConsentPurpose::Supplier);
        if self.own_responsibility && !matches!(asked, Answer::Given(_)) {
            return Err(SupplierError::ConsentMissing);
        }
        Ok(())
    }

    /// The day by which results are back of what is planned to end on a day.
    pub fn results_by(&self, planned_end_on: Date) -> Date {
        planned_end_on.saturating_add(i64::from(self.response_days).days())
    }
}

word_enum! {
    /// How an intervention ended at a supplier.
    pub enum SupplierOutcome {
        /// Went through all of it.
        Completed = ("completed", "Gennemført"),
        /// Stopped before time.
        Stopped = ("stopped", "Stoppet før tid"),
    }
}

/// How it ended, as the supplier sends it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierResult {
    /// Completed or stopped.
    pub outcome: SupplierOutcome,
    /// One of the nine reasons, when it was stopped.
    pub reason: Option<StopReason>,
    /// Last day.
    pub on: Date,
    /// What the municipality should know.
    pub note: Option<String>,
    /// Who sent it.
    pub by: UserId,
    /// The day it was sent.
    pub sent_on: Date,
}

/// That a leader lets the intervention be completed without the results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultsSetAside {
    /// Why.
    pub reason: String,
    /// Who.
    pub by: UserId,
    /// Day.
    pub on: Date,
}

/// An intervention that a supplier delivers to a citizen of ours. An intervention has one at a time; each change is the
/// next version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierEnrolment {
    /// Which intervention; also its own id.
    pub intervention: PlannedInterventionId,
    /// Whose.
    pub citizen: CitizenId,
    /// The course.
    pub course: CourseId,
    /// Who delivers.
    pub supplier: OrganizationId,
    /// What it was called then.
    pub supplier_name: String,
    /// Since when.
    pub given_on: Date,
    /// Who gave it, and hears of the results.
    pub given_by: UserId,
    /// What delivery requires the supplier to know, as it reads it.
    pub told: String,
    /// By when results are back.
    pub results_by: Date,
    /// What the supplier has recorded of contacts.
    pub contacts: Vec<EncounterId>,
    /// What it has recorded of tests.
    pub tests: Vec<ResponseId>,
    /// How it ended there; none until it is sent back.
    pub result: Option<SupplierResult>,
    /// Set aside by a leader.
    pub set_aside: Option<ResultsSetAside>,
    /// The day it was taken back.
    pub taken_back_on: Option<Date>,
}

impl SupplierEnrolment {
    /// Whether the supplier has it now.
    pub const fn is_there(&self) -> bool {
        self.taken_back_on.is_none()
    }

    /// Whether the supplier may still write about it.
    pub const fn may_be_written(&self) -> bool {
        self.is_there() && self.result.is_none()
    }

    /// Whether it keeps the intervention from being completed.
    pub const fn blocks(&self) -> bool {
        self.is_there() && self.result.is_none() && self.set_aside.is_none()
    }

    /// Sends the results back.
    pub fn send_back(self, result: SupplierResult, today: Date) -> Result<Self, SupplierError> {
        if !self.is_there() {
            return Err(SupplierError::NotGiven);
        }
        if self.result.is_some() {
            return Err(SupplierError::AlreadyBack);
        }
        if result.on > today {
            return Err(SupplierError::EndInFuture);
        }
        if result.on < self.given_on {
            return Err(SupplierError::EndBeforeGiven);
        }
        Ok(Self { result: Some(result), ..self })
    }

    /// Takes it back: the supplier sees it no more.
    pub fn take_back(self, today: Date) -> Result<Self, SupplierError> {
        if self.is_there() { Ok(Self { taken_back_on: Some(today), ..self }) } else { Err(SupplierError::NotGiven) }
    }

    /// Lets the intervention be completed without results.
    pub fn set_aside(self, reason: &str, by: UserId, on: Date) -> Result<Self, SupplierError> {
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return Err(SupplierError::ReasonMissing);
        }
        if !self.blocks() {
            return Err(if self.result.is_some() { SupplierError::AlreadyBack } else { SupplierError::NotGiven });
        }
        Ok(Self { set_aside: Some(ResultsSetAside { reason, by, on }), ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consent::ConsentForm;
    use crate::ids::ConsentId;
    use jiff::civil::date;
    use uuid::Uuid;

    const TODAY: Date = date(2026, 11, 24);
    const USER: UserId = UserId(Uuid::from_u128(9));

    fn agreement() -> SupplierAgreement {
        SupplierAgreement {
            supplier: OrganizationId(Uuid::from_u128(1)),
            name: "Røgfri".into(),
            kind: SupplierKind::Outside,
            contact: None,
            phone: None,
            competences: BTreeSet::from([Competence::NicotineIndividual]),
            data: "Navn".into(),
            response_days: 14,
            own_responsibility: true,
            from: date(2026, 1, 1),
            to: Some(TODAY),
        }
    }

    fn consent(given: bool) -> Consent {
        let (id, citizen) = (ConsentId(Uuid::from_u128(2)), CitizenId(Uuid::from_u128(3)));
        let (purpose, form) = (ConsentPurpose::Supplier, ConsentForm::Oral);
        Consent { id, citizen, purpose, given, form, on: TODAY, asked_by: USER, withdrawn_at: None }
    }

    fn enrolment() -> SupplierEnrolment {
        SupplierEnrolment {
            intervention: PlannedInterventionId(Uuid::from_u128(4)),
            citizen: CitizenId(Uuid::from_u128(3)),
            course: CourseId(Uuid::from_u128(5)),
            supplier: OrganizationId(Uuid::from_u128(1)),
            supplier_name: "Røgfri".into(),
            given_on: date(2026, 11, 2),
            given_by: USER,
            told: String::new(),
            results_by: date(2026, 12, 14),
            contacts: Vec::new(),
            tests: Vec::new(),
            result: None,
            set_aside: None,
            taken_back_on: None,
        }
    }

    fn result(on: Date) -> SupplierResult {
        let outcome = SupplierOutcome::Completed;
        SupplierResult { outcome, reason: None, on, note: None, by: USER, sent_on: TODAY }
    }

    #[test]
    fn what_may_be_given_follows_from_agreement_competence_and_consent() {
        let (code, yes) = (InterventionCode::NicotineCessation, [consent(true)]);
        assert_eq!(agreement().may_be_given(code, &yes, TODAY), Ok(()), "the last day counts");
        assert_eq!(agreement().may_be_given(code, &yes, date(2026, 11, 25)), Err(SupplierError::NoAgreement));
        assert_eq!(agreement().may_be_given(code, &yes, date(2025, 12, 31)), Err(SupplierError::NoAgreement));
        let diet = InterventionCode::DietaryTreatment;
        let missing = Err(SupplierError::NotCompetent(Competence::ClinicalDietitian));
        assert_eq!(agreement().may_be_given(diet, &yes, TODAY), missing);
        assert_eq!(agreement().may_be_given(InterventionCode::NeedsTalk, &yes, TODAY), Err(SupplierError::Talk));
        for asked in [&[][..], &[consent(false)][..]] {
            assert_eq!(agreement().may_be_given(code, asked, TODAY), Err(SupplierError::ConsentMissing));
            let ours = SupplierAgreement { own_responsibility: false, ..agreement() };
            assert_eq!(ours.may_be_given(code, asked, TODAY), Ok(()), "it acts for the municipality");
        }
        assert_eq!(agreement().results_by(date(2026, 11, 30)), date(2026, 12, 14));
    }

    #[test]
    fn results_keep_an_intervention_open_until_they_are_back_set_aside_or_not_awaited() {
        assert!(enrolment().blocks() && enrolment().may_be_written());
        let back = enrolment().send_back(result(TODAY), TODAY).unwrap();
        assert!(!back.blocks() && !back.may_be_written() && back.is_there());
        assert_eq!(back.send_back(result(TODAY), TODAY), Err(SupplierError::AlreadyBack));
        let aside = enrolment().set_aside(" Firmaet er lukket ", USER, TODAY).unwrap();
        assert!(!aside.blocks() && aside.set_aside.is_some_and(|it| it.reason == "Firmaet er lukket"));
        assert_eq!(enrolment().set_aside(" ", USER, TODAY), Err(SupplierError::ReasonMissing));
        let taken = enrolment().take_back(TODAY).unwrap();
        assert!(!taken.blocks() && !taken.may_be_written());
        assert_eq!(taken.clone().take_back(TODAY), Err(SupplierError::NotGiven));
        assert_eq!(taken.send_back(result(TODAY), TODAY), Err(SupplierError::NotGiven));
    }

    #[test]
    fn it_ends_between_the_day_it_was_given_and_today() {
        let ends = |on| enrolment().send_back(result(on), TODAY).map(|_| ());
        assert_eq!(ends(date(2026, 11, 1)), Err(SupplierError::EndBeforeGiven));
        assert_eq!(ends(date(2026, 11, 2)), Ok(()));
        assert_eq!(ends(date(2026, 11, 25)), Err(SupplierError::EndInFuture));
    }
}
