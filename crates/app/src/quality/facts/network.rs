//! Relatives, and coordination with others.

use domain::coordination::Coordination as OurCoordination;
use domain::relatives::RelativesAnswer;
use standard::facts::words::{CoordinationDecision, RelativeAnswer};
use standard::facts::{Coordination, Relative};

use super::CourseView;

/// What the citizen answered about relatives: one for each who takes part, by who they are to the citizen and without a
/// name; one without a role when nobody does.
pub(super) fn relatives(view: &CourseView<'_>) -> Vec<Relative> {
    let Some(terms) = view.record.relatives_terms(view.course.id).map(|it| &it.value) else { return Vec::new() };
    let answer = match terms.answer {
        RelativesAnswer::Yes => RelativeAnswer::Yes,
        RelativesAnswer::No => RelativeAnswer::No,
        RelativesAnswer::HasNone => RelativeAnswer::HasNone,
        RelativesAnswer::Later => RelativeAnswer::Later,
    };
    let one = |role: Option<String>| Relative {
        asked_on: Some(terms.asked_on),
        citizen_answer: Some(answer),
        role,
        ..Relative::default()
    };
    if terms.people.is_empty() {
        return vec![one(None)];
    }
    terms.people.iter().map(|person| one(Some(person.relation.clone()))).collect()
}

/// Courses of other departments: done once something was agreed with them, needed while a day is set for it. That none is
/// needed, and why, is not recorded.
pub(super) fn coordinations(view: &CourseView<'_>) -> Vec<Coordination> {
    let mine = view.record.coordinations.iter().map(|it| &it.value).filter(|it| it.course == view.course.id);
    mine.map(coordination).collect()
}

fn coordination(it: &OurCoordination) -> Coordination {
    let date = it.notes.iter().map(|note| note.on).max();
    let decision = match (date, it.next_on) {
        (Some(_), _) => Some(CoordinationDecision::Done),
        (None, Some(_)) => Some(CoordinationDecision::Needed),
        (None, None) => None,
    };
    Coordination { contact_unit: Some(it.department.word().to_owned()), date, decision, ..Coordination::default() }
}
