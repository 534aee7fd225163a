//! FSIII conditions.

use domain::condition::ConditionState;
use standard::facts::Condition;

use super::CourseView;

/// The conditions of the course. Each is in focus when it is recorded; where it stands is its end status once the course has
/// ended, or once it is no longer worked on.
pub(super) fn of(view: &CourseView<'_>) -> Vec<Condition> {
    let mine = view.record.conditions.iter().map(|it| &it.value).filter(|it| it.course == view.course.id);
    let ended = view.course.state.closed_at().is_some();
    let standing = mine.filter(|it| it.state != ConditionState::EnteredInError);
    standing
        .map(|it| Condition {
            code: Some(it.code.label().to_lowercase()),
            start_status: Some(ConditionState::InFocus.word().to_owned()),
            end_status: (ended || it.state != ConditionState::InFocus).then(|| it.state.word().to_owned()),
        })
        .collect()
}
