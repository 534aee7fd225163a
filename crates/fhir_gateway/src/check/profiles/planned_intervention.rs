//! Intervention.

use domain::codes::{CarePlanCategory, InterventionCode};

use super::super::Check;
use super::super::codes::{ACTIVITY_STATUS, DELIVERY_TYPES, INTERVENTIONS, REQUEST_STATUS};
use super::super::json::Node;
use super::super::path::Path;
use super::super::table::{ConceptRule, ExtensionSlice, Kind, MANY, PERIOD, Shape, list, one, resource};
use super::{ACTIVITY_PROHIBITED, activity_rule, detail, period, period_rule, plan_shape};
use crate::kind::ResourceKind;
use crate::systems::{BASED_ON_SERVICE_REQUEST, DELIVERY_TYPE, FSIII, LOCAL_INTERVENTIONS, RETIRED_TOBACCO};

/// klgateway-119-planned-intervention.
pub static SHAPE: Shape = plan_shape!(
    [
        list("extension", 0, MANY, Kind::Extensions(&[ExtensionSlice {
            url: BASED_ON_SERVICE_REQUEST,
            min: 0,
            value: "valueReference",
            kind: Kind::Reference(&[ResourceKind::ServiceRequest]),
        }])),
        list("basedOn", 0, 1, Kind::Reference(&[ResourceKind::CarePlan])),
        one("status", Kind::OneOf(&REQUEST_STATUS)),
        one("intent", Kind::Fixed("plan")),
        one("subject", Kind::Subject),
        one("period", Kind::Object(&PERIOD)),
        list("activity", 1, 1, Kind::Object(&ACTIVITY)),
    ],
    prohibited: ["category"]
);

static ACTIVITY: Shape = Shape { elements: &[one("detail", Kind::Object(&DETAIL))], prohibited: ACTIVITY_PROHIBITED };

static DETAIL: Shape = Shape {
    elements: &[
        list(
            "extension",
            1,
            MANY,
            Kind::Extensions(&[ExtensionSlice {
                url: DELIVERY_TYPE,
                min: 1,
                value: "valueCodeableConcept",
                kind: Kind::Custom(delivery_type),
            }]),
        ),
        one("code", Kind::Custom(code)),
        list("reasonReference", 0, MANY, Kind::Reference(&[ResourceKind::Condition])),
        one("status", Kind::OneOf(&ACTIVITY_STATUS)),
        list("performer", 1, 1, Kind::Reference(&[ResourceKind::Organization])),
    ],
    prohibited: &[
        "kind",
        "instantiatesCanonical",
        "instantiatesUri",
        "reasonCode",
        "goal",
        "statusReason",
        "doNotPerform",
        "scheduled[x]",
        "location",
        "product[x]",
        "dailyAmount",
        "quantity",
        "description",
    ],
};

static DELIVERY: ConceptRule = ConceptRule::of(&DELIVERY_TYPES);
static OPEN: ConceptRule = ConceptRule::OPEN;

/// Two codes in terminology 2.1.0, which the guide depends on; four from 2.2.0 on.
fn delivery_type(check: &mut Check<'_>, node: &Node<'_>, path: &Path<'_>) {
    const NEWER: [&str; 2] = ["284857a4-5e91-499a-a001-64d7f0b7038a", "34cdd6ab-3da9-49e8-84dc-1cbf683d4fcf"];
    check.concept(node, path, &DELIVERY);
    let newer = |coding: &Node<'_>| coding.text_of("code").is_some_and(|code| NEWER.contains(&code));
    if !check.options.terminology_2_2 && node.items_of("coding").iter().any(newer) {
        check.error("binding", path, "Leveringsformen er ikke i den terminologi, som vejledningen bygger på (2.1.0).");
    }
}

/// One code of level 2, at most one local of level 3, no others.
fn code(check: &mut Check<'_>, node: &Node<'_>, path: &Path<'_>) {
    check.concept(node, path, &OPEN);
    let codings = path.child("coding");
    let (mut level2, mut level3) = (0, 0);
    for (i, coding) in node.items_of("coding").iter().enumerate() {
        let at = codings.at(i);
        match coding.text_of("system") {
            Some(FSIII) => {
                level2 += 1;
                check.bound(coding, &at, &INTERVENTIONS);
            }
            Some(LOCAL_INTERVENTIONS) => {
                level3 += 1;
                for name in ["code", "display"].into_iter().filter(|name| coding.get(name).is_none()) {
                    check.error("cardinality", &at.child(name), "Elementet mangler.");
                }
            }
            _ => check.error("slice", &at, "Kun FSIII og lokalt definerede indsatser må stå her."),
        }
    }
    if level2 > 1 || level3 > 1 {
        check.error("slice", &codings, "Der må højst stå én kode på hvert niveau.");
    }
    if level2 == 0 {
        check.warn("level2-missing", &codings, "Indsatsens kode fra FSIII bør altid sendes.");
    }
}

/// The invariants of the guide and our own on what an intervention is part of.
///
/// At the gateway a second coding switches the guide's two rules off; here they hold whatever stands beside.
pub fn rules(check: &mut Check<'_>, resource: &Node<'_>, path: &Path<'_>) {
    period_rule(check, resource, path);
    activity_rule(check, resource, path);
    let at = path.child("basedOn");
    let plan = resource.items_of("basedOn").first();
    for code in codes(resource) {
        match (basis(code), plan) {
            (Basis::Plan(rule, _), None) => check.error(rule, &at, "Indsatsen skal høre til et indsatsforløb."),
            (Basis::None, Some(_)) => {
                check.error("klgateway-119-intervention-2", &at, "Samtalen må ikke høre til et indsatsforløb.");
            }
            (Basis::Plan(_, category), Some(plan)) => kind_of_plan(check, plan, category, &at),
            (Basis::None, None) | (Basis::Unknown, _) => {}
        }
    }
    if let Some(plan) = plan {
        within_plan(check, resource, plan, path);
    }
}

/// What a code demands of `basedOn`.
enum Basis {
    /// A plan of this kind, under this rule.
    Plan(&'static str, CarePlanCategory),
    None,
    Unknown,
}

fn basis(code: &str) -> Basis {
    if code == RETIRED_TOBACCO {
        return Basis::Plan("klgateway-119-intervention-1", CarePlanCategory::Interventions);
    }
    let Ok(code) = InterventionCode::from_code(code) else { return Basis::Unknown };
    match (code, code.care_plan_category()) {
        (InterventionCode::NicotineCessation, Some(category)) => Basis::Plan("own-2", category),
        (_, Some(category)) => Basis::Plan("klgateway-119-intervention-1", category),
        (_, None) => Basis::None,
    }
}

fn codes<'n>(resource: &'n Node<'_>) -> impl Iterator<Item = &'n str> {
    let code = detail(resource).and_then(|detail| detail.get("code"));
    let codings = code.map_or(&[][..], |code| code.items_of("coding"));
    codings.iter().filter(|c| c.text_of("system") == Some(FSIII)).filter_map(|c| c.text_of("code"))
}

/// own-1: interventions in a course of interventions, follow-ups in a course of follow-ups.
fn kind_of_plan(check: &mut Check<'_>, plan: &Node<'_>, wanted: CarePlanCategory, path: &Path<'_>) {
    let Some((Some(ResourceKind::CarePlan), target)) = check.target(plan) else { return };
    // One category is allowed; a hostile report with thousands is not read again for every intervention.
    let codings =
        target.items_of("category").iter().take(1).flat_map(|category| category.items_of("coding").iter().take(8));
    let mut given = codings.filter_map(|c| CarePlanCategory::from_code(c.text_of("code")?).ok());
    if given.any(|category| category != wanted) {
        check.error(
            "own-1",
            path,
            "Opfølgning hører til et opfølgningsforløb, alle andre indsatser til et interventionsforløb.",
        );
    }
}

/// own-6: an intervention lies within its course.
fn within_plan(check: &mut Check<'_>, resource: &Node<'_>, plan: &Node<'_>, path: &Path<'_>) {
    let Some((Some(ResourceKind::CarePlan), target)) = check.target(plan) else { return };
    let ((start, end), (plan_start, plan_end)) = (period(resource), period(target));
    let after =
        |a: Option<super::Moment<'_>>, b: Option<super::Moment<'_>>| a.zip(b).is_some_and(|(a, b)| a.is_after(&b));
    if after(plan_start, start) || after(start, plan_end) || after(end, plan_end) {
        check.error("own-6", &path.child("period"), "Indsatsens periode ligger uden for forløbets.");
    }
}
