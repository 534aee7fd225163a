//! Ways to associations.

use domain::bridge::{Bridge, BridgeOutcome, EscortAnswer};
use standard::facts::Bridging;
use standard::facts::words::BridgingKind;

use super::CourseView;

/// The ways to associations that were agreed in the course.
pub(super) fn of(view: &CourseView<'_>) -> Vec<Bridging> {
    let mine = view.record.bridges.iter().map(|it| &it.value).filter(|it| it.course == Some(view.course.id));
    mine.map(bridging).collect()
}

/// A first visit that is agreed; followed when somebody came along. Its day counts unless the citizen did not come. Advice
/// without a visit, and introductory courses, are not recorded.
fn bridging(bridge: &Bridge) -> Bridging {
    let escorted = bridge.escort.as_ref().is_some_and(|it| it.answer == EscortAnswer::Yes);
    let stayed_away = bridge.result.as_ref().is_some_and(|it| it.outcome == BridgeOutcome::DidNotCome);
    Bridging {
        id: Some(bridge.id.to_string()),
        kind: Some(if escorted { BridgingKind::Foelgeskab } else { BridgingKind::Besoeg }),
        date: (!stayed_away).then_some(bridge.first_visit_on),
        offered_on: Some(bridge.agreed_on),
        association_id: Some(bridge.activity.to_string()),
        ..Bridging::default()
    }
}
