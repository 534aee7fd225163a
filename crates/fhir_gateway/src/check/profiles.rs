//! The eight profiles: a table and the invariants of each.

mod care_plan;
mod citizen;
mod condition;
mod encounter;
mod focus_condition;
mod organization;
mod planned_intervention;
mod service_request;

use super::Check;
use super::json::Node;
use super::path::Path;
use super::time::Moment;
use crate::kind::ResourceKind;

/// Checks a resource against its profile.
pub fn check(check: &mut Check<'_>, kind: ResourceKind, resource: &Node<'_>, path: &Path<'_>) {
    let (shape, rules): (_, fn(&mut Check<'_>, &Node<'_>, &Path<'_>)) = match kind {
        ResourceKind::Citizen => (&citizen::SHAPE, citizen::rules),
        ResourceKind::Organization => (&organization::SHAPE, organization::rules),
        ResourceKind::FocusCondition => (&focus_condition::SHAPE, condition::status_rules),
        ResourceKind::ServiceRequest => (&service_request::SHAPE, service_request::rules),
        ResourceKind::Condition => (&condition::SHAPE, condition::rules),
        ResourceKind::CarePlan => (&care_plan::SHAPE, care_plan::rules),
        ResourceKind::PlannedIntervention => (&planned_intervention::SHAPE, planned_intervention::rules),
        ResourceKind::Encounter => (&encounter::SHAPE, period_rule),
    };
    check.object(resource, path, shape);
    rules(check, resource, path);
}

/// The two ends of a resource's period, as far as they can be read.
fn period<'n>(resource: &'n Node<'_>) -> (Option<Moment<'n>>, Option<Moment<'n>>) {
    let end = |name| resource.get("period").and_then(|p| p.text_of(name)).and_then(Moment::parse);
    (end("start"), end("end"))
}

/// per-1: a period runs forwards.
fn period_rule(check: &mut Check<'_>, resource: &Node<'_>, path: &Path<'_>) {
    if let (Some(start), Some(end)) = period(resource)
        && start.is_after(&end)
    {
        check.error("per-1", &path.child("period"), "Perioden slutter, før den begynder.");
    }
}

/// own-7: real SOR codes have a valid check digit; the profile does not ask for it.
fn sor_check_digit(check: &mut Check<'_>, value: &str, path: &Path<'_>) {
    use domain::identifiers::SorId;
    if SorId::parse(value).is_ok_and(|sor| !sor.has_valid_check_digit()) {
        check.warn("own-7", path, "SOR-kodens kontrolciffer passer ikke.");
    }
}

/// min-digits-sor: at least eleven digits.
fn sor(check: &mut Check<'_>, value: &str, path: &Path<'_>) {
    if value.len() < 11 || !value.bytes().all(|b| b.is_ascii_digit()) {
        check.error("min-digits-sor", path, "En SOR-kode har mindst 11 cifre.");
    } else {
        sor_check_digit(check, value, path);
    }
}

/// The only activity of a plan.
fn detail<'n, 'a>(plan: &'n Node<'a>) -> Option<&'n Node<'a>> {
    plan.items_of("activity").first()?.get("detail")
}

/// cpl-3 (FHIR): an activity says what is done, or refers to it, not both.
fn activity_rule(check: &mut Check<'_>, plan: &Node<'_>, path: &Path<'_>) {
    for activity in plan.items_of("activity") {
        if activity.get("detail").is_some() && activity.get("reference").is_some() {
            check.error("cpl-3", &path.child("activity"), "En aktivitet kan ikke både beskrive og henvise.");
        }
    }
}

/// Elements of R4's CarePlan that both profiles prohibit.
macro_rules! plan_shape {
    ([$($element:expr),* $(,)?], prohibited: [$($name:literal),* $(,)?]) => {
        resource!([$($element,)*], prohibited: [
            "identifier", "instantiatesCanonical", "instantiatesUri", "replaces", "partOf", "title", "description",
            "encounter", "created", "author", "contributor", "careTeam", "addresses", "supportingInfo", "goal", "note",
            $($name,)*
        ])
    };
}
pub(super) use plan_shape;

/// What both profiles prohibit in an activity.
const ACTIVITY_PROHIBITED: &[&str] = &["outcomeCodeableConcept", "outcomeReference", "progress", "reference"];
