//! A contact: Encounter, profile klgateway-119-encounter. Only contacts that were held, and those withdrawn later.

use domain::codes::EncounterClass;
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus};
use serde::Serialize;

use crate::elements::{Coding, Instant, Period, Reference, ReferenceExtension};
use crate::kind::ResourceKind;
use crate::report::{BuildError, Sheet};
use crate::scope::Scope;
use crate::systems::{ACT_CODE, BASED_ON_CARE_PLAN, KL};

#[derive(Serialize)]
struct Told {
    extension: [ReferenceExtension; 1],
    status: &'static str,
    class: Coding<'static>,
    subject: Reference,
    period: Period<Instant>,
}

/// Writes a contact that has a status to tell.
pub fn write(encounter: &Encounter, status: &'static str, sheet: &mut Sheet) -> Result<(), BuildError> {
    let basis = match encounter.based_on {
        EncounterBasis::CarePlan(id) => sheet.refer(ResourceKind::CarePlan, id.0),
        EncounterBasis::Intervention(id) => sheet.refer(ResourceKind::PlannedIntervention, id.0),
    };
    let subject = sheet.refer(ResourceKind::Citizen, encounter.citizen.0);
    let told = Told {
        extension: [ReferenceExtension::new(BASED_ON_CARE_PLAN, basis)],
        status,
        class: class(encounter.class),
        subject,
        period: Period { start: Instant(encounter.start), end: Some(Instant(encounter.end)) },
    };
    sheet.write((ResourceKind::Encounter, encounter.id.0), &told)
}

/// The status to tell; none for a contact that was not held. One that was told as held and turns out not to have
/// been is withdrawn, never silently dropped.
pub fn status(encounter: &Encounter, scope: &Scope<'_>) -> Option<&'static str> {
    match encounter.status {
        EncounterStatus::Finished => Some("finished"),
        EncounterStatus::Planned
        | EncounterStatus::Cancelled
        | EncounterStatus::NoShow
        | EncounterStatus::EnteredInError => {
            scope.reported.has((ResourceKind::Encounter, encounter.id.0)).then_some("entered-in-error")
        }
    }
}

/// HL7's classes with HL7's displays, KL's with KL's.
const fn class(class: EncounterClass) -> Coding<'static> {
    match class {
        EncounterClass::AtPremises => Coding::new(ACT_CODE, "AMB", "ambulatory"),
        EncounterClass::Home => Coding::new(ACT_CODE, "HH", "home health"),
        EncounterClass::Phone | EncounterClass::Screen => Coding::new(KL, class.code(), class.label()),
    }
}
