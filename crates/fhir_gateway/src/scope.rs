//! What the profiles look up while they render: the record by id, the choices, and what was reported before.

use domain::care_plan::{CarePlan, PlanStatus};
use domain::condition::{Condition, ConditionState};
use domain::ids::{CourseId, FocusConditionId, OrganizationId, ServiceRequestId};
use domain::organization::Organization;
use domain::planned_intervention::PlannedIntervention;
use domain::service_request::{Channel, FocusCondition, ServiceRequest};
use uuid::Uuid;

use crate::kind::{Key, ResourceKind};
use crate::records::{Options, Records};
use crate::reported::Reported;
use crate::service_request;

/// A citizen's record with its indexes.
pub struct Scope<'a> {
    pub records: Records<'a>,
    pub options: Options<'a>,
    pub reported: &'a Reported,
    /// Courses with an intervention that has not ended, and courses with any at all.
    open_courses: Vec<CourseId>,
    courses: Vec<CourseId>,
    /// Optional references lead only to what stands here; sorted.
    referable: Vec<Key>,
}

impl<'a> Scope<'a> {
    pub fn new(records: Records<'a>, options: Options<'a>, reported: &'a Reported) -> Self {
        let alive = |i: &&PlannedIntervention| !withdrawn(i.status);
        let courses = courses_of(records.interventions.iter().filter(alive));
        let open_courses = courses_of(records.interventions.iter().filter(|i| i.status.is_open()));
        let mut scope = Self { records, options, reported, open_courses, courses, referable: Vec::new() };
        scope.referable = scope.referable_keys().collect();
        scope.referable.sort_unstable();
        scope
    }

    /// What stands in the report and is not withdrawn: who depends on a withdrawn thing is sent again without it.
    fn referable_keys(&self) -> impl Iterator<Item = Key> {
        let stands = |r: &&ServiceRequest| service_request::status(r, self).is_some_and(|s| s != "entered-in-error");
        let requests = self.records.service_requests.iter().filter(stands);
        let focus = self.records.focus_conditions.iter().filter(|f| !f.entered_in_error);
        let conditions = self.records.conditions.iter().filter(|c| c.state != ConditionState::EnteredInError);
        requests
            .map(|r| (ResourceKind::ServiceRequest, r.id.0))
            .chain(focus.map(|f| (ResourceKind::FocusCondition, f.id.0)))
            .chain(conditions.map(|c| (ResourceKind::Condition, c.id.0)))
    }

    /// Whether every intervention of a course has ended, follow-ups included; false while there is none.
    pub fn course_has_ended(&self, course: CourseId) -> bool {
        self.courses.binary_search(&course).is_ok() && self.open_courses.binary_search(&course).is_err()
    }

    /// A withdrawn diagnosis is only told to somebody who knew it.
    pub fn shows_focus(&self, focus: &FocusCondition) -> bool {
        !focus.entered_in_error || self.reported.has((ResourceKind::FocusCondition, focus.id.0))
    }

    pub fn shows_condition(&self, condition: &Condition) -> bool {
        condition.state != ConditionState::EnteredInError
            || self.reported.has((ResourceKind::Condition, condition.id.0))
    }

    /// Whether an optional reference may lead to this thing.
    pub fn may_refer(&self, kind: ResourceKind, id: Uuid) -> bool {
        self.referable.binary_search(&(kind, id)).is_ok()
    }

    /// A request that may be referred to.
    pub fn may_refer_to_request(&self, id: ServiceRequestId) -> bool {
        self.may_refer(ResourceKind::ServiceRequest, id.0)
    }

    /// The diagnoses a request tells: only those that came with a MedCom referral.
    pub fn told_focus(&self, request: &'a ServiceRequest) -> impl Iterator<Item = FocusConditionId> {
        let medcom = request.channel == Channel::Medcom;
        request
            .focus_conditions
            .iter()
            .copied()
            .filter(move |f| medcom && self.may_refer(ResourceKind::FocusCondition, f.0))
    }

    /// An organisation of the record.
    pub fn organization(&self, id: OrganizationId) -> Option<&'a Organization> {
        self.records.organizations.iter().find(|o| o.id == id)
    }

    /// Whether a plan is withdrawn and nobody was told of it.
    pub fn plan_is_untold(&self, plan: &CarePlan) -> bool {
        withdrawn(plan.status) && !self.reported.has((ResourceKind::CarePlan, plan.id.0))
    }

    /// The same for an intervention.
    pub fn intervention_is_untold(&self, intervention: &PlannedIntervention) -> bool {
        withdrawn(intervention.status) && !self.reported.has((ResourceKind::PlannedIntervention, intervention.id.0))
    }
}

/// The courses that interventions belong to, each once; mostly there is one.
fn courses_of<'i>(interventions: impl Iterator<Item = &'i PlannedIntervention>) -> Vec<CourseId> {
    let mut courses: Vec<CourseId> = interventions.map(|i| i.course).collect();
    courses.sort_unstable();
    courses.dedup();
    courses
}

const fn withdrawn(status: PlanStatus) -> bool {
    matches!(status, PlanStatus::EnteredInError { .. })
}
