//! Whether child and family services are notified (M12) is decided in one place, [`crate::notifications`]. A screening that
//! calls for it says where that stands and leads there; what it asks of it is answered by that decision alone.

use std::collections::BTreeMap;

use domain::notification::NotificationDecision;
use domain::response::Response;
use instruments::{Ask, DecisionFault, Outcome};

use crate::layout::Tag;
use crate::notifications;
use crate::records::CitizenRecord;

/// What an instrument calls the question, and its two answers.
const ASK: &str = "notification";
const SENT: &str = "sent";
const NOT_NEEDED: &str = "not_needed";

/// Whether a question is answered by the decision of the course. Without a course there is none to decide in, and it is
/// asked beside the result.
pub(super) fn decided_elsewhere(response: &Response, ask: &str) -> bool {
    ask == ASK && response.course.is_some()
}

/// Whether it is a fault still: the referral does not wait for the notification, which has a task of its own.
pub(super) fn stands(response: &Response, fault: &DecisionFault) -> bool {
    !matches!(fault, DecisionFault::NotAsked(ask) if decided_elsewhere(response, ask))
}

/// The newest decision of the response's course.
fn newest<'a>(record: &'a CitizenRecord, response: &Response) -> Option<&'a NotificationDecision> {
    let all = record.notifications.iter().map(|n| &n.value).filter(|n| Some(n.course) == response.course);
    all.max_by_key(|n| (n.at, n.id))
}

/// What was said, with the decision as the answer to what it answers.
pub(super) fn said(
    mut said: BTreeMap<String, String>,
    record: &CitizenRecord,
    response: &Response,
) -> BTreeMap<String, String> {
    if decided_elsewhere(response, ASK) {
        said.remove(ASK);
    }
    if let Some(decision) = newest(record, response) {
        said.insert(ASK.to_owned(), if decision.notify { SENT } else { NOT_NEEDED }.to_owned());
    }
    said
}

/// Where the decision stands, on the page of a result that calls for it.
pub(super) struct NotificationState {
    pub(super) href: String,
    pub(super) text: String,
    /// None while nobody has decided.
    pub(super) tag: Option<Tag>,
}

/// Where it stands; none when no rule that holds asks for it.
pub(super) fn state(
    asks: &[Ask],
    outcome: &Outcome<'_>,
    record: &CitizenRecord,
    response: &Response,
) -> Option<NotificationState> {
    let course = response.course?;
    let ask = asks.iter().find(|ask| ask.id == ASK)?;
    if !outcome.rules.iter().any(|rule| rule.asks.contains(&ask.id)) {
        return None;
    }
    let tag = newest(record, response).map(notifications::decision_tag);
    Some(NotificationState { href: notifications::decide_href(course), text: ask.text.clone(), tag })
}
