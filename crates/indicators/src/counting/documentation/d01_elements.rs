//! D01: completed interventions with all elements of their checklist covered, or said not to be relevant (KS-4.2-05,
//! KS-5.2-01, KS-6.2-01, KS-7.2-05).

use standard::STANDARD;
use standard::facts::words::{CourseType, Fsiii};
use standard::facts::{CourseFacts, Intervention};
use standard::rules::{Delivered, filled};

use crate::counting::shared::completed_on;
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in &course.interventions {
        let Some((on, requirement)) = completed_on(one).zip(checklist(one)) else { continue };
        let had = Delivered::of(course, one, seen.at);
        let covered = had.elements();
        let wanted = STANDARD.requirement(requirement).into_iter().flat_map(|one| &one.elements);
        let said = |element: &str| filled(one.element_not_relevant_reason.get(element));
        let all = wanted.clone().all(|element| covered.contains(element.as_str()) || said(element));
        tell(Unit::of(course, on).intervention(one).needs(had.is_recorded()).met(all));
    }
}

/// The requirement whose elements are the checklist of an intervention.
fn checklist(of: &Intervention) -> Option<&'static str> {
    match of.fsiii_code? {
        Fsiii::Sygdomshaandtering => Some("KS-4.2-05"),
        // The other types cover a choice of the nine (KS-5.3-09).
        Fsiii::NikotinTobaksafvaenning if of.course_type == Some(CourseType::Intensive) => Some("KS-5.2-01"),
        Fsiii::VejledningFysiskAktivitet => Some("KS-6.2-01"),
        Fsiii::Diaetbehandling => Some("KS-7.2-05"),
        _ => None,
    }
}
