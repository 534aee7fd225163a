//! Back without a new referral: a citizen who is followed up and needs more begins anew there and then (flow, section 4:
//! "a new need opens a new course without a new referral").

use domain::contact::{ContactAttempt, ContactChannel};
use domain::ids::{CitizenId, ServiceRequestId};
use domain::limits::Limits;
use domain::referral::{ReferralEvent, ReferralState, apply};
use domain::service_request::{Channel, Owner, ServiceRequest, Source};
use jiff::Timestamp;
use std::collections::BTreeSet;
use store::Tx;

use crate::records::{self, StoredRequest};
use crate::{AppError, Caller, ids, tasks};

/// Writes down a request of the citizen's own, read and reached at once since they are on the telephone. Whoever rings has
/// it; the next step is to choose how it begins. One that is open already is the one.
pub(crate) fn reenter_in(
    tx: &mut Tx<'_>,
    who: &Caller,
    citizen: CitizenId,
    words: Option<String>,
    limits: &Limits,
    now: Timestamp,
) -> Result<ServiceRequestId, AppError> {
    let record = records::citizen_record(tx, citizen)?;
    if let Some(open) = record.requests.iter().find(|stored| stored.value.request.state.is_open()) {
        return Ok(open.value.request.id);
    }
    let read = apply(ReferralState::Received, ReferralEvent::Check, now, limits)?;
    let state = apply(read, ReferralEvent::Reach, now, limits)?;
    let request = ServiceRequest {
        id: ids::new(now),
        citizen,
        received_at: now,
        source: Source::Citizen,
        channel: Channel::Phone,
        requester: None,
        referrer: None,
        areas: BTreeSet::new(),
        chronic_disease: None,
        operation_on: None,
        reason: words,
        letter: None,
        focus_conditions: Vec::new(),
        state,
        owner: Owner::User(who.user),
        replaces: None,
        flags: BTreeSet::new(),
        sender_told_at: None,
        asked_at: None,
        answered_at: None,
        next_attempt_on: None,
    };
    let attempt = ContactAttempt {
        id: ids::new(now),
        citizen,
        service_request: request.id,
        at: now,
        by: who.user,
        channel: ContactChannel::Phone,
        reached: true,
        note: None,
    };
    let stored = StoredRequest::new(request, Vec::new(), limits);
    records::add(tx, &stored)?;
    records::add(tx, &attempt)?;
    tasks::for_new_request(tx, &stored)?;
    Ok(stored.request.id)
}
