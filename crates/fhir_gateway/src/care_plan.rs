//! A course of interventions: CarePlan, profile klgateway-119-care-plan. The reason for an early end stands here.

use domain::care_plan::CarePlan;
use serde::Serialize;

use crate::elements::{Coding, Concept, Day, Period, Reference};
use crate::kind::ResourceKind;
use crate::plan_status::tell;
use crate::report::{BuildError, Sheet};
use crate::systems::KL;

#[derive(Serialize)]
struct Told {
    status: &'static str,
    intent: &'static str,
    category: [Concept<'static>; 1],
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
    status: &'static str,
    #[serde(rename = "statusReason", skip_serializing_if = "Option::is_none")]
    reason: Option<Concept<'static>>,
    performer: [Reference; 1],
}

/// Writes a course.
pub fn write(plan: &CarePlan, sheet: &mut Sheet) -> Result<(), BuildError> {
    let told = tell(plan.status);
    let subject = sheet.refer(ResourceKind::Citizen, plan.citizen.0);
    let detail = Detail {
        status: told.activity,
        reason: told.reason.map(|reason| Coding::new(KL, reason.code(), reason.label()).into()),
        performer: [sheet.refer(ResourceKind::Organization, plan.performer.0)],
    };
    let told = Told {
        status: told.status,
        intent: "plan",
        category: [Coding::new(KL, plan.category.code(), plan.category.label()).into()],
        subject,
        period: Period { start: Day(plan.granted_on), end: plan.status.ended_on().map(Day) },
        activity: [Activity { detail }],
    };
    sheet.write((ResourceKind::CarePlan, plan.id.0), &told)
}
