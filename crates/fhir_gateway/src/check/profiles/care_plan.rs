//! Course of interventions.

use super::super::Check;
use super::super::codes::{ACTIVITY_STATUS, CATEGORIES, REQUEST_STATUS, STOP_REASONS};
use super::super::json::Node;
use super::super::path::Path;
use super::super::table::{ConceptRule, Kind, PERIOD, Shape, list, maybe, one, resource};
use super::{ACTIVITY_PROHIBITED, activity_rule, detail, period_rule, plan_shape};
use crate::kind::ResourceKind;

static CATEGORY: ConceptRule = ConceptRule::of(&CATEGORIES);
static REASON: ConceptRule = ConceptRule::of(&STOP_REASONS);

/// klgateway-119-care-plan.
pub static SHAPE: Shape = plan_shape!(
    [
        one("status", Kind::OneOf(&REQUEST_STATUS)),
        one("intent", Kind::Fixed("plan")),
        list("category", 1, 1, Kind::Concept(&CATEGORY)),
        one("subject", Kind::Subject),
        one("period", Kind::Object(&PERIOD)),
        list("activity", 1, 1, Kind::Object(&ACTIVITY)),
    ],
    prohibited: ["basedOn"]
);

static ACTIVITY: Shape = Shape { elements: &[one("detail", Kind::Object(&DETAIL))], prohibited: ACTIVITY_PROHIBITED };

static DETAIL: Shape = Shape {
    elements: &[
        one("status", Kind::OneOf(&ACTIVITY_STATUS)),
        maybe("statusReason", Kind::Concept(&REASON)),
        list("performer", 1, 1, Kind::Reference(&[ResourceKind::Organization])),
    ],
    prohibited: &[
        "kind",
        "instantiatesCanonical",
        "instantiatesUri",
        "code",
        "reasonCode",
        "reasonReference",
        "goal",
        "doNotPerform",
        "scheduled[x]",
        "location",
        "product[x]",
        "dailyAmount",
        "quantity",
        "description",
    ],
};

/// A reason stands exactly when the course was cancelled or stopped. The rule looks at the activity, not the plan.
pub fn rules(check: &mut Check<'_>, resource: &Node<'_>, path: &Path<'_>) {
    period_rule(check, resource, path);
    activity_rule(check, resource, path);
    let Some(detail) = detail(resource) else { return };
    let ended_early = matches!(detail.text_of("status"), Some("cancelled" | "stopped"));
    if detail.get("statusReason").is_some() != ended_early {
        let text = "Begrundelsen skal stå, netop når forløbet er aflyst eller stoppet.";
        check.error("klgateway-119-care-plan-1", &path.child("activity").at(0).child("detail"), text);
    }
}
