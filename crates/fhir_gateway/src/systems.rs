//! Canonical names: profiles, extensions and code systems of the prevention guide 2.1.1 and DK Core 3.2.0.

/// Start of every profile and extension name of the guide.
pub const STRUCTURE: &str = "http://fhir.kl.dk/prevention/StructureDefinition/";
/// Profile of the report itself.
pub const REPORT_PROFILE: &str = "http://fhir.kl.dk/prevention/StructureDefinition/klgateway-119-delivery-report";

/// Extension on an intervention: the request that led to it.
pub const BASED_ON_SERVICE_REQUEST: &str =
    "http://fhir.kl.dk/prevention/StructureDefinition/BasedOnServiceRequestExtension";
/// Extension on a contact: what it delivers.
pub const BASED_ON_CARE_PLAN: &str = "http://fhir.kl.dk/prevention/StructureDefinition/BasedOnCarePlanExtension";
/// Extension on an intervention's detail: alone or in a group.
pub const DELIVERY_TYPE: &str = "http://fhir.kl.dk/prevention/StructureDefinition/DeliveryType";

/// CPR numbers.
pub const CPR: &str = "urn:oid:1.2.208.176.1.2";
/// SOR codes.
pub const SOR: &str = "urn:oid:1.2.208.176.1.1";
/// FK Organisation ids.
pub const FK_ORGANISATION: &str = "https://kombit.dk/sts/organisation";
/// SKS diagnoses.
pub const SKS: &str = "urn:oid:1.2.208.176.2.4.12";
/// ICPC-2.
pub const ICPC2: &str = "urn:oid:1.2.208.176.2.31";
/// FSIII conditions and interventions.
pub const FSIII: &str = "urn:oid:1.2.208.176.2.21";
/// KL's common codes.
pub const KL: &str = "http://fhir.kl.dk/term/CodeSystem/CareSocialCodes";
/// Local names below an FSIII intervention.
pub const LOCAL_INTERVENTIONS: &str = "http://gateway.kl.dk/1.0/CodeSystem/LocallyDefinedInterventions";
/// HL7 classes of contacts.
pub const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
/// Clinical status of a condition.
pub const CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
/// Verification status of a condition.
pub const VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
/// Category of a condition.
pub const CONDITION_CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/condition-category";

/// The single service type of §119 requests.
pub const SERVICE_TYPE: (&str, &str) =
    ("a71921ea-fe83-441d-933b-cc21d0b3c8c3", "Kommunal Sundhedsfremme og forebyggelse");
/// The retired code for tobacco cessation: still in the rule on `basedOn`, no longer in the value set.
pub const RETIRED_TOBACCO: &str = "c203c6b5-3be0-40a8-8204-e93751deabf5";
