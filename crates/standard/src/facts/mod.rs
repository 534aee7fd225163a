//! What the rules read: typed facts by theme. A fact that is missing was not recorded; no value stands for it.
//!
//! Everything about one course is in [`CourseFacts`], which borrows nothing, so that fifty thousand of them can pass by one
//! at a time; the rest is in [`MunicipalityFacts`]. Beside the facts of `data/fields.toml` stand ids, links and the few
//! facts that only an exclusion needs.

mod alcohol;
mod answers;
mod citizen;
mod closing;
mod course;
mod effort;
mod entity;
mod intervention;
mod municipality;
mod nicotine;
mod nutrition;
mod offer;
mod quality;
mod read;
mod referral;
mod talk;
mod values;
pub mod words;

pub use alcohol::Alcohol;
pub use answers::{Consent, Loss, MentalIllness, Need, Noted, Pregnant, Ternary};
pub use citizen::{Citizen, Consents, Needs, Relative};
pub use closing::{Bridging, Closure, Condition, Coordination, FollowUp, Report};
pub use course::CourseFacts;
pub use effort::{ActivityPlan, TestResult, Training};
pub use intervention::{Attendance, Enrolment, Group, Intervention, Session};
pub use municipality::{MunicipalityFacts, Settings, Tables};
pub use nicotine::{Nicotine, Stop};
pub use nutrition::{Diet, Nutrition};
pub use offer::{Association, Offer};
pub use quality::{Attestation, Collab, Competence, Improvement, IndicatorFacts, Population};
pub use read::{FactsFault, Municipality, read};
pub use referral::{Contact, Message, Referral};
pub use talk::{Assessment, Goal, Plan, Talk};
pub use values::{
    Amount, Caution, Chosen, DateOrNone, DecidedLevel, Diagnosis, Estimate, Kram, Listed, Loose, ParallelEffort,
    Product, RiskAlcohol, Span, Weight,
};

/// Every entity with its facts, to be compared with the standard's own list.
pub const ENTITIES: &[(&str, &[&str])] = &[
    (Citizen::ENTITY, Citizen::FACTS),
    (Referral::ENTITY, Referral::FACTS),
    (Contact::ENTITY, Contact::FACTS),
    (Talk::ENTITY, Talk::FACTS),
    (Assessment::ENTITY, Assessment::FACTS),
    (Needs::ENTITY, Needs::FACTS),
    (Plan::ENTITY, Plan::FACTS),
    (Goal::ENTITY, Goal::FACTS),
    (CourseFacts::ENTITY, CourseFacts::FACTS),
    (Intervention::ENTITY, Intervention::FACTS),
    (Enrolment::ENTITY, Enrolment::FACTS),
    (Group::ENTITY, Group::FACTS),
    (Session::ENTITY, Session::FACTS),
    (Attendance::ENTITY, Attendance::FACTS),
    (Offer::ENTITY, Offer::FACTS),
    (TestResult::ENTITY, TestResult::FACTS),
    (ActivityPlan::ENTITY, ActivityPlan::FACTS),
    (Training::ENTITY, Training::FACTS),
    (Nutrition::ENTITY, Nutrition::FACTS),
    (Diet::ENTITY, Diet::FACTS),
    (Nicotine::ENTITY, Nicotine::FACTS),
    (Stop::ENTITY, Stop::FACTS),
    (Alcohol::ENTITY, Alcohol::FACTS),
    (Relative::ENTITY, Relative::FACTS),
    (Coordination::ENTITY, Coordination::FACTS),
    (Consents::ENTITY, Consents::FACTS),
    (Message::ENTITY, Message::FACTS),
    (Closure::ENTITY, Closure::FACTS),
    (FollowUp::ENTITY, FollowUp::FACTS),
    (Bridging::ENTITY, Bridging::FACTS),
    (Association::ENTITY, Association::FACTS),
    (Condition::ENTITY, Condition::FACTS),
    (Report::ENTITY, Report::FACTS),
    (Population::ENTITY, Population::FACTS),
    (IndicatorFacts::ENTITY, IndicatorFacts::FACTS),
    (Improvement::ENTITY, Improvement::FACTS),
    (Collab::ENTITY, Collab::FACTS),
    (Competence::ENTITY, Competence::FACTS),
    (Attestation::ENTITY, Attestation::FACTS),
];
