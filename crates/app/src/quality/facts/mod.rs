//! The records of a citizen as the facts that the rules of the quality standard read ([`standard::facts`]).
//!
//! Each entity has a small pure function that says where its facts come from. What nobody recorded stays empty: no value
//! stands for it, and nothing is guessed.

mod alcohol;
mod assessment;
mod bridging;
mod citizen;
mod closing;
pub(super) mod codes;
mod condition;
mod consent;
mod contact;
mod course;
pub(super) mod elements;
mod interventions;
mod kept;
mod message;
mod network;
mod nicotine;
mod nutrition;
mod plan;
mod referral;
mod report;
pub(super) mod sessions;
mod talk;
mod tests;
mod training;
mod words;

use domain::course::Course;
use domain::ids::CourseId;
use domain::referral::ReferralState;
use jiff::civil::Date;
use standard::facts::CourseFacts;

pub use kept::{KeptBeside, MessageText, NoticeKept, OutgoingKept, PartnerCodes, ReportKept};

use crate::AppError;
use crate::records::{CitizenRecord, StoredRequest};

/// A course with all that is known around it on a day.
#[derive(Debug, Clone, Copy)]
pub struct CourseView<'a> {
    /// Everything that is kept of the citizen.
    pub record: &'a CitizenRecord,
    /// The course.
    pub course: &'a Course,
    /// What is kept beside the record: messages, letters and reports.
    pub kept: &'a KeptBeside,
    /// How other organizations are called in a report.
    pub partners: &'a PartnerCodes,
    /// The day the facts are read on: age and what is open depend on it.
    pub on: Date,
}

/// The facts of a course, with everything about it.
///
/// # Errors
///
/// The course is none of the record's.
pub fn course_facts(
    record: &CitizenRecord,
    course: CourseId,
    kept: &KeptBeside,
    partners: &PartnerCodes,
    on: Date,
) -> Result<CourseFacts, AppError> {
    let view = CourseView { record, course: &record.course(course)?.value, kept, partners, on };
    Ok(compose(&view))
}

/// The facts of everything that is kept of a citizen: each course, and each request that led to none.
pub fn citizen_facts(record: &CitizenRecord, kept: &KeptBeside, partners: &PartnerCodes, on: Date) -> Vec<CourseFacts> {
    if record.citizen.value.entered_in_error {
        return Vec::new();
    }
    let courses = record.courses.iter().map(|course| {
        let view = CourseView { record, course: &course.value, kept, partners, on };
        compose(&view)
    });
    let alone = record.requests.iter().map(|request| &request.value).filter(|request| stands_alone(request));
    let alone = alone.map(|request| request_facts(record, request, kept, partners, on));
    courses.chain(alone).collect()
}

fn compose(view: &CourseView<'_>) -> CourseFacts {
    let plan = plan::of(view);
    CourseFacts {
        plan_id: plan.as_ref().and_then(|plan| plan.id.clone()),
        plan,
        citizen: Some(citizen::of(view)),
        needs: citizen::needs(view.record, view.kept),
        consents: consent::of(view),
        closure: closing::of(view),
        referrals: referral::of(view),
        contacts: contact::of(view),
        talks: talk::of(view),
        assessments: assessment::of(view),
        goals: plan::goals(view),
        interventions: interventions::of(view),
        enrolments: sessions::enrolments(view),
        sessions: sessions::of(view),
        attendances: sessions::attendances(view),
        test_results: tests::of(view),
        activity_plans: training::plans(view),
        trainings: training::of(view),
        nutrition_assessments: nutrition::of(view),
        diets: nutrition::diets(view),
        nicotine_courses: nicotine::of(view),
        stops: nicotine::stops(view),
        alcohol_talks: alcohol::of(view),
        relatives: network::relatives(view),
        coordinations: network::coordinations(view),
        messages: message::of(view),
        follow_ups: closing::follow_ups(view),
        bridgings: bridging::of(view),
        conditions: condition::of(view),
        reports: report::of(view),
        ..course::of(view)
    }
}

/// A request that led to no course stands by itself; one that was made by mistake stands nowhere.
const fn stands_alone(request: &StoredRequest) -> bool {
    !matches!(request.request.state, ReferralState::Joined { .. } | ReferralState::EnteredInError { .. })
}

/// The facts of a request without a course: who, how it came and what became of it. It has the request's id.
fn request_facts(
    record: &CitizenRecord,
    request: &StoredRequest,
    kept: &KeptBeside,
    partners: &PartnerCodes,
    on: Date,
) -> CourseFacts {
    CourseFacts {
        id: request.request.id.to_string(),
        anonymous: Some(course::anonymous(record)),
        target_group: referral::target_group(request),
        citizen: Some(citizen::known(record, partners, on)),
        needs: citizen::needs(record, kept),
        referrals: vec![referral::one(request, partners)],
        contacts: contact::attempts(record, |of| of == request.request.id),
        messages: message::of_request(request, kept),
        ..CourseFacts::default()
    }
}
