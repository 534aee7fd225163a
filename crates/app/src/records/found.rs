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

use super::{CitizenRecord, StoredRequest};
use crate::AppError;

impl CitizenRecord {
    /// The course that new requests join, when there is one.
    pub fn open_course(&self) -> Option<&Versioned<Course>> {
        self.courses.iter().find(|c| c.value.state.is_open())
    }

    /// A request by id.
    pub fn request(&self, id: ServiceRequestId) -> Result<&Versioned<StoredRequest>, AppError> {
        self.requests.iter().find(|r| r.value.request.id == id).ok_or(AppError::NotFound("service_request"))
    }

    /// A course by id.
    pub fn course(&self, id: CourseId) -> Result<&Versioned<Course>, AppError> {
        self.courses.iter().find(|c| c.value.id == id).ok_or(AppError::NotFound("course"))
    }

    /// A care plan by id.
    pub fn care_plan(&self, id: CarePlanId) -> Result<&Versioned<CarePlan>, AppError> {
        self.care_plans.iter().find(|p| p.value.id == id).ok_or(AppError::NotFound("care_plan"))
    }

    /// An intervention by id.
    pub fn intervention(&self, id: PlannedInterventionId) -> Result<&Versioned<PlannedIntervention>, AppError> {
        self.interventions.iter().find(|i| i.value.id == id).ok_or(AppError::NotFound("planned_intervention"))
    }

    /// An appointment by id.
    pub fn appointment(&self, id: AppointmentId) -> Result<&Versioned<Appointment>, AppError> {
        self.appointments.iter().find(|a| a.value.id == id).ok_or(AppError::NotFound("appointment"))
    }

    /// A response by id.
    pub fn response(&self, id: ResponseId) -> Result<&Versioned<Response>, AppError> {
        self.responses.iter().find(|r| r.value.id == id).ok_or(AppError::NotFound("response"))
    }

    /// A follow-up by id.
    pub fn follow_up(&self, id: FollowUpId) -> Result<&Versioned<FollowUp>, AppError> {
        self.follow_ups.iter().find(|f| f.value.id == id).ok_or(AppError::NotFound("follow_up"))
    }

    /// A way to an association by id.
    pub fn bridge(&self, id: BridgeId) -> Result<&Versioned<Bridge>, AppError> {
        self.bridges.iter().find(|b| b.value.id == id).ok_or(AppError::NotFound("bridge"))
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
