//! The parts of a synthetic record, each with the least that is valid.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use domain::care_plan::{CarePlan, PlanStatus};
use domain::citizen::{Citizen, Identity, PersonName};
use domain::codes::{CarePlanCategory, ConditionCode, EncounterClass, InterventionCode};
use domain::condition::{Condition, ConditionState};
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus};
use domain::identifiers::{Cpr, SorId};
use domain::ids::{CitizenId, CourseId, OrganizationId};
use domain::organization::{Organization, OrganizationKind};
use domain::planned_intervention::PlannedIntervention;
use domain::referral::ReferralState;
use domain::service_request::{Channel, FocusCode, FocusCondition, Owner, ServiceRequest, Source};
use domain::workdays::day_bounds;

/// Official test persons of DK Core.
pub const TEST_PERSONS: [&str; 6] =
    ["2512489996", "2509479989", "0201919990", "3001749995", "1502779995", "0211223989"];

/// Chronic diseases that referrals come with.
pub const DIAGNOSES: [(&str, &str); 3] = [
    ("DE11", "Type 2-diabetes"),
    ("DJ44", "Kronisk obstruktiv lungesygdom"),
    ("DI25", "Kronisk iskæmisk hjertesygdom"),
];

/// Interventions that need a course.
pub const COURSES: [InterventionCode; 6] = [
    InterventionCode::CookingInPractice,
    InterventionCode::DietaryGuidance,
    InterventionCode::DiseaseManagement,
    InterventionCode::PhysicalTraining,
    InterventionCode::MentalCoping,
    InterventionCode::DietaryTreatment,
];

/// Whose, in which course, delivered by whom.
#[derive(Debug, Clone, Copy)]
pub struct Basis {
    /// Whose.
    pub citizen: CitizenId,
    /// In which course.
    pub course: CourseId,
    /// Delivered by.
    pub performer: OrganizationId,
}

/// So many hours into a Danish day.
pub fn at(day: Date, hour: i64) -> Timestamp {
    day_bounds(day).0.saturating_add(hour.hours()).unwrap_or(Timestamp::MAX)
}

/// A SOR code written in the program.
///
/// # Panics
/// When the code is none.
pub fn sor(code: &str) -> SorId {
    SorId::parse(code).expect("a SOR code written in the program is valid")
}

/// A citizen by the number of a test person.
///
/// # Panics
/// When the number is none.
pub fn citizen(id: Uuid, cpr: &str) -> Citizen {
    let identity = Identity::Cpr(Cpr::parse(cpr).expect("the number of a test person is valid"));
    Citizen::named(id.into(), identity, PersonName { given: None, surname: "Test".into() })
}

/// An organisation with a SOR code.
pub fn organization(id: Uuid, code: &str) -> Organization {
    Organization {
        id: id.into(),
        name: "Enhed".into(),
        department: None,
        kind: OrganizationKind::OwnUnit,
        sor: Some(sor(code)),
        gln: None,
        medcom_identifier: None,
        phone: None,
        entered_in_error: false,
    }
}

/// A referral by MedCom that has been checked.
pub fn service_request(id: Uuid, citizen: CitizenId, received_at: Timestamp) -> ServiceRequest {
    ServiceRequest {
        id: id.into(),
        citizen,
        received_at,
        source: Source::GeneralPractice,
        channel: Channel::Medcom,
        requester: None,
        referrer: None,
        areas: std::collections::BTreeSet::new(),
        chronic_disease: Some(true),
        operation_on: None,
        reason: None,
        letter: None,
        focus_conditions: Vec::new(),
        state: ReferralState::Checked { at: received_at },
        owner: Owner::Intake,
        replaces: None,
        flags: std::collections::BTreeSet::new(),
        sender_told_at: None,
        asked_at: None,
        answered_at: None,
        next_attempt_on: None,
    }
}

/// An active SKS diagnosis.
pub fn focus_condition(id: Uuid, citizen: CitizenId, code: &str, text: &str) -> FocusCondition {
    FocusCondition {
        id: id.into(),
        citizen,
        code: FocusCode::Sks(code.into()),
        text: text.into(),
        active: true,
        entered_in_error: false,
    }
}

/// A condition in focus.
pub fn condition(id: Uuid, basis: Basis, code: ConditionCode, recorded_on: Date) -> Condition {
    let state = ConditionState::InFocus;
    Condition { id: id.into(), citizen: basis.citizen, course: basis.course, code, recorded_on, state, note: None }
}

/// A granted course of interventions.
pub fn care_plan(id: Uuid, basis: Basis, granted_on: Date) -> CarePlan {
    CarePlan {
        id: id.into(),
        citizen: basis.citizen,
        course: basis.course,
        category: CarePlanCategory::Interventions,
        granted_on,
        status: PlanStatus::Granted,
        performer: basis.performer,
    }
}

/// A granted, individual intervention outside any course of interventions.
pub fn intervention(id: Uuid, basis: Basis, code: InterventionCode, granted_on: Date) -> PlannedIntervention {
    let of = (basis.citizen, basis.course);
    PlannedIntervention::granted(id.into(), of, code, basis.performer, granted_on)
}

/// An hour at the municipality's premises, held.
pub fn encounter(id: Uuid, basis: Basis, based_on: EncounterBasis, day: Date, hour: i64) -> Encounter {
    Encounter {
        id: id.into(),
        citizen: basis.citizen,
        course: basis.course,
        based_on,
        class: EncounterClass::AtPremises,
        status: EncounterStatus::Finished,
        start: at(day, hour),
        end: at(day, hour + 1),
        session: None,
        held_by: None,
        note: None,
        absence: None,
    }
}
