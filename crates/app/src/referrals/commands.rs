//! The steps of a request before a course: each loads, asks the domain, saves, and keeps the task in step. How a
//! request ends without a course stands in `endings`.

use domain::contact::{ContactAttempt, ContactChannel};
use domain::ids::{CitizenId, ServiceRequestId};
use domain::limits::Limits;
use domain::referral::{ReferralEvent, ReferralState, apply};
use domain::service_request::{Flag, Owner, ServiceRequest};
use domain::task::TaskKind;
use domain::workdays::{ExtraClosedDays, add_workdays, local_date};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;
use std::collections::BTreeSet;
use store::{Tx, Versioned};

use crate::records::{self, StoredRequest};
use crate::{App, AppError, Caller, ids, tasks};

/// What staff found when they read a request.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct CheckInput {
    /// What is asked for.
    #[schema(value_type = Vec<String>)]
    pub areas: BTreeSet<domain::codes::RequestedArea>,
    /// Whether a chronic disease is the ground.
    pub chronic_disease: Option<bool>,
    /// Planned operation.
    #[schema(value_type = Option<String>, format = Date)]
    pub operation_on: Option<Date>,
}

/// An attempt to reach the citizen.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct AttemptInput {
    /// Whether the citizen was reached.
    pub reached: bool,
    /// How.
    #[serde(default = "by_phone")]
    #[schema(value_type = String)]
    pub channel: ContactChannel,
    /// What was said.
    pub note: Option<String>,
    /// When to try again; the next working day when it is left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub next_on: Option<Date>,
}

/// The next attempt is at most this many days ahead: what lies further out is forgotten.
const NEXT_WITHIN_DAYS: i64 = 30;

/// When the citizen is tried next: as asked for, or on the next working day.
fn next_attempt(asked: Option<Date>, today: Date) -> Result<Date, AppError> {
    let day = asked.unwrap_or_else(|| add_workdays(today, 1, ExtraClosedDays::default()));
    let last = today.saturating_add(NEXT_WITHIN_DAYS.days());
    if (today..=last).contains(&day) {
        return Ok(day);
    }
    let text = format!("Næste forsøg skal ligge mellem i dag og {NEXT_WITHIN_DAYS} dage frem.");
    Err(AppError::field("next_on", "out_of_range", text))
}

const fn by_phone() -> ContactChannel {
    ContactChannel::Phone
}

/// Where a request goes inside the municipality.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct ForwardInput {
    /// The unit.
    pub unit: String,
    /// Why.
    pub reason: Option<String>,
}

/// Staff have read the request and found it to be ours.
pub async fn check(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    version: Option<i64>,
    input: CheckInput,
) -> Result<Versioned<StoredRequest>, AppError> {
    change(app, who, "referral.check", None, id, version, move |request, at, limits| {
        request.areas.extend(input.areas);
        request.chronic_disease = input.chronic_disease.or(request.chronic_disease);
        request.operation_on = input.operation_on.or(request.operation_on);
        request.flags.remove(&Flag::Corrected);
        request.state = apply(request.state.clone(), ReferralEvent::Check, at, limits)?;
        Ok(())
    })
    .await
}

/// An attempt to reach the citizen, kept with its time and by whom.
pub async fn attempt(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    version: Option<i64>,
    input: AttemptInput,
) -> Result<Versioned<StoredRequest>, AppError> {
    let organization = app.organization(who.organization).await?;
    let (now, by) = (app.now(), who.user);
    app.store
        .write(who.scope("referral.attempt", now), move |tx| {
            let before = load(tx, id, version)?;
            let mut request = before.value.request.clone();
            let event = if input.reached { ReferralEvent::Reach } else { ReferralEvent::NotReached };
            request.state = apply(request.state, event, now, &organization.settings.limits)?;
            let max = organization.settings.limits.contact_attempts_max;
            request.next_attempt_on = match &request.state {
                ReferralState::Contacting { attempts, .. } if *attempts < max => {
                    Some(next_attempt(input.next_on, local_date(now))?)
                }
                _ => None,
            };
            let attempt = ContactAttempt {
                id: ids::new(now),
                citizen: request.citizen,
                service_request: id,
                at: now,
                by,
                channel: input.channel,
                reached: input.reached,
                note: input.note.filter(|n| !n.trim().is_empty()),
            };
            records::add(tx, &attempt)?;
            store_change(tx, before, request, &organization.settings.limits)
        })
        .await
}

/// The letter after the last attempt was sent: the offer stays open for a while.
pub async fn send_letter(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    version: Option<i64>,
) -> Result<Versioned<StoredRequest>, AppError> {
    change(app, who, "referral.letter", None, id, version, |request, at, limits| {
        let event = ReferralEvent::SendLetter { on: local_date(at) };
        request.state = apply(request.state.clone(), event, at, limits)?;
        Ok(())
    })
    .await
}

/// Moved inside the municipality; the original time of reception is kept.
pub async fn forward(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    version: Option<i64>,
    input: ForwardInput,
) -> Result<Versioned<StoredRequest>, AppError> {
    let unit = input.unit.trim().to_owned();
    if unit.is_empty() {
        return Err(AppError::field("unit", "required", "Skriv, hvor henvisningen skal hen."));
    }
    change(app, who, "referral.forward", input.reason, id, version, move |request, _, _| {
        if !request.state.is_open() {
            return Err(domain::referral::ReferralError::AlreadyHandled(request.state.word()).into());
        }
        request.owner = Owner::Unit(unit);
        Ok(())
    })
    .await
}

/// One person takes a request on.
pub async fn take_over(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    version: Option<i64>,
) -> Result<Versioned<StoredRequest>, AppError> {
    let user = who.user;
    change(app, who, "referral.take_over", None, id, version, move |request, _, _| {
        request.owner = Owner::User(user);
        Ok(())
    })
    .await
}

/// Registered wrongly: kept, marked, and withdrawn from the state's data when it was reported.
pub async fn mark_error(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    version: Option<i64>,
    reason: String,
) -> Result<Versioned<StoredRequest>, AppError> {
    if reason.trim().is_empty() {
        return Err(AppError::field("reason", "required", "Skriv, hvad der er fejlregistreret."));
    }
    change(app, who, "referral.error", Some(reason), id, version, |request, at, limits| {
        request.state = apply(request.state.clone(), ReferralEvent::MarkError, at, limits)?;
        Ok(())
    })
    .await
}

/// Loads, changes, saves.
pub(super) async fn change(
    app: &App,
    who: &Caller,
    action: &'static str,
    reason: Option<String>,
    id: ServiceRequestId,
    version: Option<i64>,
    decide: impl FnOnce(&mut ServiceRequest, Timestamp, &Limits) -> Result<(), AppError> + Send + 'static,
) -> Result<Versioned<StoredRequest>, AppError> {
    let organization = app.organization(who.organization).await?;
    let now = app.now();
    app.store
        .write(who.scope_because(action, now, reason), move |tx| {
            let before = load(tx, id, version)?;
            let mut request = before.value.request.clone();
            decide(&mut request, now, &organization.settings.limits)?;
            store_change(tx, before, request, &organization.settings.limits)
        })
        .await
}

/// A request, when it is of the version that the change builds on.
pub(super) fn load(
    tx: &mut Tx<'_>,
    id: ServiceRequestId,
    version: Option<i64>,
) -> Result<Versioned<StoredRequest>, AppError> {
    let citizen: CitizenId = records::citizen_of(tx, "service_request", id.0)?;
    let found = records::one::<StoredRequest>(tx, citizen.0, id.0)?.ok_or(AppError::NotFound("service_request"))?;
    records::expect(version, found.version)?;
    Ok(found)
}

/// Saves a changed request and puts its task in step.
pub(crate) fn store_change(
    tx: &mut Tx<'_>,
    before: Versioned<StoredRequest>,
    request: ServiceRequest,
    limits: &Limits,
) -> Result<Versioned<StoredRequest>, AppError> {
    let mut request = request;
    // What is over waits for nobody; a course may still need the answer.
    let closed = !request.state.is_open() && !matches!(request.state, ReferralState::Joined { .. });
    if closed {
        request.flags.remove(&Flag::BackgroundMissing);
    }
    let now = StoredRequest::new(request, before.value.focus.clone(), limits);
    let version = records::save(tx, before.version, &now)?;
    tasks::follow_request(tx, &before.value, &now)?;
    if now.next.is_none() {
        tasks::end(tx, now.request.id.0, TaskKind::ReadCorrection, true)?;
    }
    if before.value.request.waits_since().is_some() && now.request.waits_since().is_none() {
        tasks::end(tx, now.request.id.0, TaskKind::AwaitAnswer, !closed)?;
    }
    let unread = |request: &ServiceRequest| request.flags.contains(&Flag::Answered);
    if unread(&before.value.request) && !unread(&now.request) {
        tasks::end(tx, now.request.id.0, TaskKind::ReadAnswer, true)?;
    }
    Ok(Versioned { version, value: now })
}
