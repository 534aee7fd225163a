//! Our codes as the words of the standard.

use domain::codes::InterventionCode;
use domain::ids::CourseId;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use standard::facts::words::Fsiii;
use uuid::Uuid;

use super::CourseView;

/// The word of an intervention.
pub(in crate::quality) const fn fsiii(code: InterventionCode) -> Fsiii {
    match code {
        InterventionCode::ClarifyingTalk => Fsiii::AfklarendeSamtale,
        InterventionCode::NeedsTalk => Fsiii::Behovssamtale,
        InterventionCode::ClosingTalk => Fsiii::AfsluttendeSamtale,
        InterventionCode::FollowUp => Fsiii::Opfoelgning,
        InterventionCode::DiseaseManagement => Fsiii::Sygdomshaandtering,
        InterventionCode::MentalCoping => Fsiii::MentalHaandtering,
        InterventionCode::ActivityGuidance => Fsiii::VejledningFysiskAktivitet,
        InterventionCode::PhysicalTraining => Fsiii::FysiskTraening,
        InterventionCode::SkillsTraining => Fsiii::Faerdighedstraening,
        InterventionCode::DietaryGuidance => Fsiii::Kostvejledning,
        InterventionCode::DietaryTreatment => Fsiii::Diaetbehandling,
        InterventionCode::CookingInPractice => Fsiii::MadlavningIPraksis,
        InterventionCode::NicotineCessation => Fsiii::NikotinTobaksafvaenning,
        InterventionCode::AlcoholTalk => Fsiii::SamtaleOmAlkohol,
    }
}

/// The day something was first written: ids hold the instant at which they were given.
pub(super) fn made_on(id: Uuid) -> Option<Date> {
    let (seconds, nanoseconds) = id.get_timestamp()?.to_unix();
    let at = Timestamp::new(i64::try_from(seconds).ok()?, i32::try_from(nanoseconds).ok()?).ok()?;
    Some(local_date(at))
}

/// Text that says something.
pub(in crate::quality) fn said(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Whether a thing of a course is of this one.
pub(super) fn of_course(view: &CourseView<'_>, course: CourseId) -> bool {
    view.course.id == course
}
