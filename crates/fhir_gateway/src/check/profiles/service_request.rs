//! ServiceRequest: what was asked for, by whom and why.

use super::super::Check;
use super::super::codes::{REQUEST_STATUS, SERVICE_TYPES};
use super::super::json::Node;
use super::super::path::Path;
use super::super::table::{ConceptRule, Kind, MANY, Shape, list, maybe, one, resource};
use crate::kind::ResourceKind;

static CODE: ConceptRule = ConceptRule::of(&SERVICE_TYPES);

/// klgateway-119-servicerequest.
pub static SHAPE: Shape = resource!(
    [
        list("replaces", 0, 1, Kind::Reference(&[ResourceKind::ServiceRequest])),
        one("status", Kind::OneOf(&REQUEST_STATUS)),
        one("intent", Kind::Fixed("plan")),
        maybe("code", Kind::Concept(&CODE)),
        one("subject", Kind::Subject),
        one("authoredOn", Kind::DateTime),
        maybe("requester", Kind::Reference(&[ResourceKind::Organization])),
        list("reasonReference", 0, MANY, Kind::Reference(&[ResourceKind::FocusCondition])),
    ],
    prohibited: [
        "identifier", "instantiatesCanonical", "instantiatesUri", "basedOn", "requisition", "category", "priority",
        "doNotPerform", "orderDetail", "quantity[x]", "encounter", "occurrence[x]", "asNeeded[x]", "performerType",
        "performer", "locationCode", "locationReference", "reasonCode", "insurance", "supportingInfo", "specimen",
        "bodySite", "note", "patientInstruction", "relevantHistory",
    ]
);

/// The code is formally optional; every request has one.
pub fn rules(check: &mut Check<'_>, resource: &Node<'_>, path: &Path<'_>) {
    if resource.get("code").is_none() {
        check.warn("code-missing", &path.child("code"), "Anledningen bør have kode.");
    }
}
