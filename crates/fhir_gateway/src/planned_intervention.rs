//! An intervention: CarePlan, profile klgateway-119-planned-intervention. It tells no reason for an early end; that
//! stands on its course.

use domain::codes::DeliveryType;
use domain::planned_intervention::PlannedIntervention;
use serde::Serialize;

use crate::elements::{Coding, Concept, ConceptExtension, Day, Period, Reference, ReferenceExtension};
use crate::kind::ResourceKind;
use crate::plan_status::{Told as Status, tell};
use crate::report::{BuildError, Sheet};
use crate::scope::Scope;
use crate::systems::{BASED_ON_SERVICE_REQUEST, DELIVERY_TYPE, FSIII, KL};

#[derive(Serialize)]
struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<[ReferenceExtension; 1]>,
    #[serde(rename = "basedOn", skip_serializing_if = "Option::is_none")]
    based_on: Option<[Reference; 1]>,
    status: &'static str,
    intent: &'static str,
    subject: Reference,
    period: Period<Day>,
    activity: [Activity; 1],
}

#[derive(Serialize)]
struct Activity {
    detail: Detail,
}

#[derive(Serialize)]
struct Detail {
    extension: [ConceptExtension<'static>; 1],
    code: Concept<'static>,
    #[serde(rename = "reasonReference", skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<Reference>,
    status: &'static str,
    performer: [Reference; 1],
}

/// Writes an intervention.
pub fn write(it: &PlannedIntervention, scope: &Scope<'_>, sheet: &mut Sheet) -> Result<(), BuildError> {
    let Status { status, activity, .. } = tell(it.status);
    let told = Told {
        extension: request_link(it, scope, sheet).map(|link| [link]),
        based_on: it.care_plan.map(|plan| [sheet.refer(ResourceKind::CarePlan, plan.0)]),
        status,
        intent: "plan",
        subject: sheet.refer(ResourceKind::Citizen, it.citizen.0),
        period: Period { start: Day(it.granted_on), end: it.status.ended_on().or(it.planned_end_on).map(Day) },
        activity: [Activity { detail: detail(it, activity, scope, sheet) }],
    };
    sheet.write((ResourceKind::PlannedIntervention, it.id.0), &told)
}

fn detail(it: &PlannedIntervention, status: &'static str, scope: &Scope<'_>, sheet: &mut Sheet) -> Detail {
    let delivery = sent_delivery(it.delivery, scope.options.terminology_2_2);
    let reasons = it.reasons.iter().filter(|reason| scope.may_refer(ResourceKind::Condition, reason.0));
    Detail {
        extension: [ConceptExtension::new(DELIVERY_TYPE, Coding::new(KL, delivery.code(), delivery.label()))],
        code: Coding::new(FSIII, it.code.code(), it.code.label()).into(),
        reasons: reasons.map(|reason| sheet.refer(ResourceKind::Condition, reason.0)).collect(),
        status,
        performer: [sheet.refer(ResourceKind::Organization, it.performer.0)],
    }
}

fn request_link(it: &PlannedIntervention, scope: &Scope<'_>, sheet: &mut Sheet) -> Option<ReferenceExtension> {
    let request =
        it.service_request.filter(|id| scope.options.service_request_link && scope.may_refer_to_request(*id))?;
    Some(ReferenceExtension::new(BASED_ON_SERVICE_REQUEST, sheet.refer(ResourceKind::ServiceRequest, request.0)))
}

/// The two newer kinds of delivery are not in the terminology that the guide depends on.
const fn sent_delivery(delivery: DeliveryType, terminology_2_2: bool) -> DeliveryType {
    match delivery {
        DeliveryType::Digital | DeliveryType::Robot if !terminology_2_2 => DeliveryType::Individual,
        DeliveryType::Individual | DeliveryType::Group | DeliveryType::Digital | DeliveryType::Robot => delivery,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_kinds_of_delivery_are_individual_until_the_gateway_knows_them() {
        assert_eq!(sent_delivery(DeliveryType::Digital, false), DeliveryType::Individual);
        assert_eq!(sent_delivery(DeliveryType::Robot, false), DeliveryType::Individual);
        assert_eq!(sent_delivery(DeliveryType::Group, false), DeliveryType::Group);
        assert_eq!(sent_delivery(DeliveryType::Digital, true), DeliveryType::Digital);
    }
}
