//! One thing of a citizen's record, found.

use domain::bridge::Bridge;
use domain::calendar::Appointment;
use domain::care_plan::CarePlan;
use domain::consent::Consent;
use domain::course::Course;
use domain::digital_course::DigitalCourse;
use domain::follow_up::FollowUp;
use domain::ids::{
    AppointmentId, BridgeId, CarePlanId, CourseId, FollowUpId, PlannedInterventionId, ResponseId, ServiceRequestId,
};
use domain::planned_intervention::PlannedIntervention;
use domain::relatives::RelativesTerms;
use domain::response::Response;
use domain::supplier::SupplierEnrolment;
use store::Versioned;
use uuid::Uuid;

use super::{CitizenRecord, Record, StoredRequest};
use crate::AppError;

pub(super) fn by_id<R: Record>(all: &[Versioned<R>], id: Uuid) -> Result<&Versioned<R>, AppError> {
    all.iter().find(|one| one.value.id() == id).ok_or(AppError::NotFound(R::KIND))
}

impl CitizenRecord {
    /// The course that new requests join, when there is one.
    pub fn open_course(&self) -> Option<&Versioned<Course>> {
        self.courses.iter().find(|c| c.value.state.is_open())
    }

    /// A request by id.
    pub fn request(&self, id: ServiceRequestId) -> Result<&Versioned<StoredRequest>, AppError> {
        by_id(&self.requests, id.0)
    }

    /// A course by id.
    pub fn course(&self, id: CourseId) -> Result<&Versioned<Course>, AppError> {
        by_id(&self.courses, id.0)
    }

    /// A care plan by id.
    pub fn care_plan(&self, id: CarePlanId) -> Result<&Versioned<CarePlan>, AppError> {
        by_id(&self.care_plans, id.0)
    }

    /// An intervention by id.
    pub fn intervention(&self, id: PlannedInterventionId) -> Result<&Versioned<PlannedIntervention>, AppError> {
        by_id(&self.interventions, id.0)
    }

    /// An appointment by id.
    pub fn appointment(&self, id: AppointmentId) -> Result<&Versioned<Appointment>, AppError> {
        by_id(&self.appointments, id.0)
    }

    /// A response by id.
    pub fn response(&self, id: ResponseId) -> Result<&Versioned<Response>, AppError> {
        by_id(&self.responses, id.0)
    }

    /// A follow-up by id.
    pub fn follow_up(&self, id: FollowUpId) -> Result<&Versioned<FollowUp>, AppError> {
        by_id(&self.follow_ups, id.0)
    }

    /// A way to an association by id.
    pub fn bridge(&self, id: BridgeId) -> Result<&Versioned<Bridge>, AppError> {
        by_id(&self.bridges, id.0)
    }

    /// The times that stand for a talk or an intervention, in no order.
    pub fn times_of(&self, planned: PlannedInterventionId) -> impl Iterator<Item = &Versioned<Appointment>> {
        self.appointments.iter().filter(move |a| a.value.intervention == planned && a.value.state.is_active())
    }

    /// The first time that stands for a talk or an intervention.
    pub fn time_of(&self, planned: PlannedInterventionId) -> Option<&Versioned<Appointment>> {
        self.times_of(planned).min_by_key(|a| a.value.start)
    }

    /// How an intervention is delivered digitally.
    pub fn digital_course(&self, id: PlannedInterventionId) -> Option<&Versioned<DigitalCourse>> {
        self.digital_courses.iter().find(|it| it.value.intervention == id)
    }

    /// What was said about relatives in a course.
    pub fn relatives_terms(&self, course: CourseId) -> Option<&Versioned<RelativesTerms>> {
        self.relatives.iter().find(|it| it.value.course == course)
    }

    /// What a supplier has or had of an intervention.
    pub fn supplier_enrolment(&self, id: PlannedInterventionId) -> Option<&Versioned<SupplierEnrolment>> {
        self.supplier_enrolments.iter().find(|it| it.value.intervention == id)
    }

    /// All consents, for the rules.
    pub fn consent_values(&self) -> Vec<Consent> {
        self.consents.iter().map(|c| c.value.clone()).collect()
    }
}
