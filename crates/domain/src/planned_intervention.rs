//! An intervention (indsats): one of the fourteen, granted to a citizen.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::care_plan::PlanStatus;
use crate::codes::{DeliveryType, InterventionCode};
use crate::ids::{
    CarePlanId, CitizenId, ConditionId, CourseId, OrganizationId, PlannedInterventionId, ServiceRequestId, TeamId,
};
use crate::team::{CarePoint, WaitingNeed};

/// An intervention that was granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedIntervention {
    /// Stable id, also in the report.
    pub id: PlannedInterventionId,
    /// Whose.
    pub citizen: CitizenId,
    /// The course it belongs to.
    pub course: CourseId,
    /// The care plan it is part of; none for the three talks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub care_plan: Option<CarePlanId>,
    /// The request that led to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_request: Option<ServiceRequestId>,
    /// Which of the fourteen.
    pub code: InterventionCode,
    /// Alone or in a group.
    pub delivery: DeliveryType,
    /// Day of the grant.
    pub granted_on: Date,
    /// Planned last day, when one is agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned_end_on: Option<Date>,
    /// Where it stands.
    pub status: PlanStatus,
    /// Who delivers.
    pub performer: OrganizationId,
    /// The conditions it addresses.
    pub reasons: Vec<ConditionId>,
    /// Why this one was chosen, in words (KS-3.3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice_reason: Option<String>,
    /// The team, when it is delivered in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// How much a seat is needed, while it waits for one.
    #[serde(default)]
    pub need: WaitingNeed,
    /// What whoever leads the team must mind, as staff noted it.
    #[serde(default)]
    pub care: BTreeSet<CarePoint>,
}

impl PlannedIntervention {
    /// One that was granted on a day: individual, part of no plan, with nothing more known of it.
    pub const fn granted(
        id: PlannedInterventionId,
        (citizen, course): (CitizenId, CourseId),
        code: InterventionCode,
        performer: OrganizationId,
        granted_on: Date,
    ) -> Self {
        Self {
            id,
            citizen,
            course,
            care_plan: None,
            service_request: None,
            code,
            delivery: DeliveryType::Individual,
            granted_on,
            planned_end_on: None,
            status: PlanStatus::Granted,
            performer,
            reasons: Vec::new(),
            choice_reason: None,
            team: None,
            need: WaitingNeed::Ordinary,
            care: BTreeSet::new(),
        }
    }
}

impl PlannedIntervention {
    /// Whether practical cooking may support it (KS-7.2-09).
    pub const fn can_be_supported(&self) -> bool {
        matches!(self.code, InterventionCode::DietaryGuidance | InterventionCode::DietaryTreatment)
    }

    /// Whether it supports another: practical cooking in the plan of dietary guidance or treatment.
    pub fn supports(&self, other: &Self) -> bool {
        self.code == InterventionCode::CookingInPractice
            && other.can_be_supported()
            && self.care_plan.is_some()
            && self.care_plan == other.care_plan
    }
}

/// Why an intervention cannot be granted as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    /// A talk belongs to no care plan (klgateway-119-intervention-2).
    #[error("a talk stands alone, without a care plan")]
    TalkInPlan,
    /// Everything else belongs to one (klgateway-119-intervention-1).
    #[error("the intervention needs a care plan")]
    PlanMissing,
    /// Interventions and follow-ups are not mixed in one plan (own-1).
    #[error("the care plan is of the other kind")]
    WrongCategory,
    /// The alcohol talk is always individual (quality standard 8, KS-8.3).
    #[error("the talk about alcohol is always individual")]
    AlcoholInGroup,
    /// A talk is always individual.
    #[error("a talk is individual")]
    TalkInGroup,
}

impl GrantError {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::TalkInPlan => "En samtale står alene og hører ikke til et indsatsforløb.",
            Self::PlanMissing => "Indsatsen skal høre til et indsatsforløb.",
            Self::WrongCategory => "Opfølgning og indsatser kan ikke stå i samme forløb.",
            Self::AlcoholInGroup => "Samtale om alkohol er altid individuel.",
            Self::TalkInGroup => "Samtalen er altid individuel.",
        }
    }
}

/// Checks that code, delivery and plan fit together.
pub fn check_grant(
    code: InterventionCode,
    delivery: DeliveryType,
    plan: Option<crate::codes::CarePlanCategory>,
) -> Result<(), GrantError> {
    match (code.care_plan_category(), plan) {
        (None, Some(_)) => return Err(GrantError::TalkInPlan),
        (Some(_), None) => return Err(GrantError::PlanMissing),
        (Some(wanted), Some(given)) if wanted != given => return Err(GrantError::WrongCategory),
        (Some(_), Some(_)) | (None, None) => {}
    }
    match (code, delivery) {
        (InterventionCode::AlcoholTalk, DeliveryType::Group) => Err(GrantError::AlcoholInGroup),
        (code, DeliveryType::Group) if code.is_talk() => Err(GrantError::TalkInGroup),
        _ => Ok(()),
    }
}
