//! Målgruppe: whom the offers are for (standard, section 2.1).

use super::afklarende_samtale::assessment;
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::Fsiii;
use crate::facts::{CourseFacts, Intervention};
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[Rule { requirement: "KS-2.1-05", decide: Decide::Intervention(assessed_need) }];

/// KS-2.1-05, section 2.1: a grant rests on an assessment of function and health that is no older than the course.
fn assessed_need(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let other = matches!(intervention.fsiii_code, Some(Fsiii::NikotinTobaksafvaenning | Fsiii::SamtaleOmAlkohol));
    let Some(granted_on) = at.in_period(intervention.granted_on).filter(|_| !other) else { return Verdict::OUTSIDE };
    let case = Case::on(granted_on).except("transferred", intervention.transferred == Some(true));
    if intervention.assessment_id.is_none() {
        return case.recorded("intervention.assessment_id", false).decide(at);
    }
    let found = assessment(course, intervention.assessment_id.as_ref());
    let date = found.and_then(|one| one.date);
    let fresh = date.is_none_or(|on| on <= granted_on && course.started_on.is_none_or(|start| start <= on));
    case.needs("assessment.date", date.is_some())
        .answered("assessment.function_done", found.and_then(|one| one.function_done))
        .answered("assessment.health_done", found.and_then(|one| one.health_done))
        .holds("not_of_the_course", fresh)
        .decide(at)
}
