//! A request: ServiceRequest, profile klgateway-119-servicerequest.
//!
//! Told from the day it was checked and found to be ours (our choice, the guide leaves it open). Also a citizen who
//! is never reached is told: who is referred is part of the monitoring.

use domain::referral::ReferralState as State;
use domain::service_request::{Channel, ServiceRequest};
use domain::workdays::local_date;
use serde::Serialize;

use crate::elements::{Coding, Concept, Day, Reference};
use crate::kind::ResourceKind;
use crate::report::{BuildError, Sheet};
use crate::scope::Scope;
use crate::systems::{KL, SERVICE_TYPE};

#[derive(Serialize)]
struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<[Reference; 1]>,
    status: &'static str,
    intent: &'static str,
    code: Concept<'static>,
    subject: Reference,
    #[serde(rename = "authoredOn")]
    authored_on: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    requester: Option<Reference>,
    #[serde(rename = "reasonReference", skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<Reference>,
}

/// Writes a request that has a status to tell.
pub fn write(
    request: &ServiceRequest,
    status: &'static str,
    scope: &Scope<'_>,
    sheet: &mut Sheet,
) -> Result<(), BuildError> {
    let replaces = request.replaces.filter(|old| scope.may_refer_to_request(*old));
    let told = Told {
        replaces: replaces.map(|old| [sheet.refer(ResourceKind::ServiceRequest, old.0)]),
        status,
        intent: "plan",
        code: Coding::new(KL, SERVICE_TYPE.0, SERVICE_TYPE.1).into(),
        subject: sheet.refer(ResourceKind::Citizen, request.citizen.0),
        authored_on: Day(local_date(request.received_at)),
        requester: requester(request, scope).map(|id| sheet.refer(ResourceKind::Organization, id)),
        reasons: scope.told_focus(request).map(|id| sheet.refer(ResourceKind::FocusCondition, id.0)).collect(),
    };
    sheet.write((ResourceKind::ServiceRequest, request.id.0), &told)
}

/// Who asked, when it came by MedCom from an organisation with a SOR code.
fn requester(request: &ServiceRequest, scope: &Scope<'_>) -> Option<uuid::Uuid> {
    if request.channel != Channel::Medcom {
        return None;
    }
    let organization = scope.organization(request.requester?)?;
    organization.sor.as_ref().map(|_| organization.id.0)
}

/// The status to tell; none while there is nothing to tell.
///
/// What was sent back, was a copy, or was registered wrongly is only told to somebody who knew it.
pub fn status(request: &ServiceRequest, scope: &Scope<'_>) -> Option<&'static str> {
    let told_before = || scope.reported.has((ResourceKind::ServiceRequest, request.id.0));
    match request.state {
        State::Received => None,
        State::Joined { course, .. } if scope.course_has_ended(course) => Some("completed"),
        State::Checked { .. }
        | State::Contacting { .. }
        | State::Reached { .. }
        | State::Unreachable { .. }
        | State::Routed { .. }
        | State::Joined { .. } => Some("active"),
        State::NeverReached { .. }
        | State::Rejected { .. }
        | State::Declined { .. }
        | State::Replaced { .. }
        | State::Moved { .. }
        | State::Dead { .. } => Some("revoked"),
        State::Returned { .. } | State::Duplicate { .. } => told_before().then_some("revoked"),
        State::EnteredInError { .. } => told_before().then_some("entered-in-error"),
    }
}
