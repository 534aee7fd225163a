//! The eight kinds of thing a report holds.

use uuid::Uuid;

/// What names a resource in a report: its kind and its stable id.
pub type Key = (ResourceKind, Uuid);

/// A kind of resource; one profile each. The order is the order of the entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ResourceKind {
    /// The citizen (Patient).
    Citizen,
    /// A referrer or a performing unit.
    Organization,
    /// A referral diagnosis (Condition).
    FocusCondition,
    /// A request.
    ServiceRequest,
    /// An FSIII condition.
    Condition,
    /// A course of interventions.
    CarePlan,
    /// An intervention (CarePlan as well).
    PlannedIntervention,
    /// A contact.
    Encounter,
}

impl ResourceKind {
    /// Every kind, in the order of the entries.
    pub const ALL: [Self; 8] = [
        Self::Citizen,
        Self::Organization,
        Self::FocusCondition,
        Self::ServiceRequest,
        Self::Condition,
        Self::CarePlan,
        Self::PlannedIntervention,
        Self::Encounter,
    ];

    /// The stable word of database and API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Organization => "organization",
            Self::FocusCondition => "focus_condition",
            Self::ServiceRequest => "service_request",
            Self::Condition => "condition",
            Self::CarePlan => "care_plan",
            Self::PlannedIntervention => "planned_intervention",
            Self::Encounter => "encounter",
        }
    }

    /// The kind of a stable word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Citizen => "Borger",
            Self::Organization => "Organisation",
            Self::FocusCondition => "Fokustilstand",
            Self::ServiceRequest => "Anledning",
            Self::Condition => "Tilstand",
            Self::CarePlan => "Indsatsforløb",
            Self::PlannedIntervention => "Indsats",
            Self::Encounter => "Kontakt",
        }
    }

    /// The FHIR type.
    pub const fn fhir_type(self) -> &'static str {
        match self {
            Self::Citizen => "Patient",
            Self::Organization => "Organization",
            Self::FocusCondition | Self::Condition => "Condition",
            Self::ServiceRequest => "ServiceRequest",
            Self::CarePlan | Self::PlannedIntervention => "CarePlan",
            Self::Encounter => "Encounter",
        }
    }

    /// The canonical name of the profile.
    pub const fn profile(self) -> &'static str {
        match self {
            Self::Citizen => "http://fhir.kl.dk/prevention/StructureDefinition/klgateway-119-citizen",
            Self::Organization => "http://fhir.kl.dk/prevention/StructureDefinition/klgateway-119-organization",
            Self::FocusCondition => "http://fhir.kl.dk/prevention/StructureDefinition/klgateway-119-focus-condition",
            Self::ServiceRequest => "http://fhir.kl.dk/prevention/StructureDefinition/klgateway-119-servicerequest",
            Self::Condition => "http://fhir.kl.dk/prevention/StructureDefinition/klgateway-119-condition",
            Self::CarePlan => "http://fhir.kl.dk/prevention/StructureDefinition/klgateway-119-care-plan",
            Self::PlannedIntervention => {
                "http://fhir.kl.dk/prevention/StructureDefinition/klgateway-119-planned-intervention"
            }
            Self::Encounter => "http://fhir.kl.dk/prevention/StructureDefinition/klgateway-119-encounter",
        }
    }

    /// The kind that a profile describes.
    pub fn of_profile(profile: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.profile() == profile)
    }
}
