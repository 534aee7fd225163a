//! Contact.

use super::super::codes::{CLASSES, ENCOUNTER_STATUS};
use super::super::table::{ConceptRule, ExtensionSlice, Kind, MANY, Shape, list, one, resource};
use crate::kind::ResourceKind;
use crate::systems::BASED_ON_CARE_PLAN;

static CLASS: ConceptRule = ConceptRule { versionless: true, ..ConceptRule::of(&CLASSES) };

static TIMES: Shape =
    Shape { elements: &[one("start", Kind::FullDateTime), one("end", Kind::FullDateTime)], prohibited: &[] };

/// klgateway-119-encounter.
pub static SHAPE: Shape = resource!(
    [
        list("extension", 0, MANY, Kind::Extensions(&[ExtensionSlice {
            url: BASED_ON_CARE_PLAN,
            min: 0,
            value: "valueReference",
            kind: Kind::Reference(&[ResourceKind::CarePlan, ResourceKind::PlannedIntervention]),
        }])),
        one("status", Kind::OneOf(&ENCOUNTER_STATUS)),
        one("class", Kind::Coding(&CLASS)),
        one("subject", Kind::Subject),
        one("period", Kind::Object(&TIMES)),
    ],
    prohibited: [
        "identifier", "statusHistory", "classHistory", "type", "serviceType", "priority", "episodeOfCare", "basedOn",
        "participant", "appointment", "length", "reasonCode", "reasonReference", "diagnosis", "account",
        "hospitalization", "location", "serviceProvider", "partOf",
    ]
);
