//! What a report is built from, and the choices the guide leaves to the municipality.

use crate::check::CheckOptions;
use domain::care_plan::CarePlan;
use domain::citizen::Citizen;
use domain::condition::Condition;
use domain::encounter::Encounter;
use domain::identifiers::SorId;
use domain::organization::Organization;
use domain::planned_intervention::PlannedIntervention;
use domain::service_request::{FocusCondition, ServiceRequest};

/// One citizen's whole record as it stood at the end of the day.
#[derive(Debug, Clone, Copy)]
pub struct Records<'a> {
    /// SOR code of the organisation that keeps the record.
    pub managing_organization: &'a SorId,
    /// The citizen.
    pub citizen: &'a Citizen,
    /// Every organisation the record refers to; more do no harm.
    pub organizations: &'a [Organization],
    /// Requests.
    pub service_requests: &'a [ServiceRequest],
    /// Referral diagnoses.
    pub focus_conditions: &'a [FocusCondition],
    /// FSIII conditions.
    pub conditions: &'a [Condition],
    /// Courses of interventions.
    pub care_plans: &'a [CarePlan],
    /// Interventions.
    pub interventions: &'a [PlannedIntervention],
    /// Contacts.
    pub encounters: &'a [Encounter],
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options<'a> {
    /// Base of every `fullUrl`, without a closing slash. Need not lead anywhere.
    pub base_url: &'a str,
    /// Set `basedOnServiceRequest` on interventions, which brings the request and its diagnoses along (guide 3.1).
    pub service_request_link: bool,
    /// How a withdrawn condition is told.
    pub withdrawn_condition: WithdrawnCondition,
    /// The gateway knows terminology 2.2: all four delivery types may be sent; before that the two newer ones go as
    /// individual.
    pub terminology_2_2: bool,
}

impl Options<'_> {
    /// How a report that was built with these choices is checked.
    pub fn check_options(&self) -> CheckOptions {
        CheckOptions {
            terminology_2_2: self.terminology_2_2,
            withdrawn_condition_with_status: self.withdrawn_condition == WithdrawnCondition::EnteredInError,
        }
    }
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            base_url: "https://forebyg.invalid/fhir",
            service_request_link: true,
            withdrawn_condition: WithdrawnCondition::default(),
            terminology_2_2: false,
        }
    }
}

/// The two ways out of a contradiction: the profiles require `clinicalStatus`, while FHIR's con-5 forbids it on a
/// condition that is entered in error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WithdrawnCondition {
    /// `clinicalStatus` and `entered-in-error`, as the guide's text says. The gateway may refuse it under con-5.
    #[default]
    EnteredInError,
    /// `inactive` without category: the fallback when the gateway refuses the first.
    Inactive,
}
