//! Counting, correcting and striking an open offer.

use domain::ids::{OfferId, OpenEventId};
use domain::offer::Offer;
use domain::open_event::{OpenEvent, OpenEventError, OpenEventKind, OpenHours};
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::Tx;
use uuid::Uuid;

use super::queries::{self, Counted};
use crate::{App, AppError, Caller, ids, records};

/// What was counted.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct OpenEventInput {
    /// `cafe`, `walk`, `mobile_day` or `open_house`.
    #[schema(value_type = String)]
    pub kind: OpenEventKind,
    /// Day it was held.
    #[schema(value_type = String, format = Date)]
    pub held_on: Date,
    /// From when to when, in minutes after midnight.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub hours: Option<OpenHours>,
    /// Where.
    pub place: String,
    /// The offer of the catalogue that it was held for.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub offer: Option<OfferId>,
    /// How many came.
    pub people: u16,
    /// With how many somebody had a talk of their own.
    #[serde(default)]
    pub talked: u16,
    /// How many were helped on to an offer or an association.
    #[serde(default)]
    pub went_on: u16,
    /// How many became requests.
    #[serde(default)]
    pub requests: u16,
    /// What to remember; nothing about a person.
    #[serde(default)]
    pub note: Option<String>,
}

impl OpenEventInput {
    /// As the thing it counts.
    pub(super) fn event(&self, id: OpenEventId) -> OpenEvent {
        OpenEvent {
            id,
            kind: self.kind,
            held_on: self.held_on,
            hours: self.hours,
            place: self.place.trim().to_owned(),
            offer: self.offer,
            people: self.people,
            talked: self.talked,
            went_on: self.went_on,
            requests: self.requests,
            note: self.note.as_deref().map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned),
        }
    }
}

fn refused(fault: OpenEventError) -> AppError {
    AppError::Field { field: fault.field(), code: "open_event", message: fault.user_message().to_owned() }
}

fn fitting(event: OpenEvent, today: Date) -> Result<OpenEvent, AppError> {
    match event.faults(today).first() {
        Some(fault) => Err(refused(*fault)),
        None => Ok(event),
    }
}

/// Keeps a count.
pub async fn count(app: &App, who: &Caller, input: &OpenEventInput) -> Result<OpenEventId, AppError> {
    who.require(Permission::TeamWrite)?;
    let now = app.now();
    let id = OpenEventId(ids::new(now));
    let event = fitting(input.event(id), local_date(now))?;
    app.store
        .write(who.scope("open_event.count", now), move |tx| {
            known_offer(tx, &event)?;
            queries::write(tx, &event, 1, false)?;
            tx.note(&format!("open_event/{id}"));
            Ok::<_, AppError>(id)
        })
        .await
}

/// Corrects a count; what it said stays.
pub async fn correct(app: &App, who: &Caller, id: Uuid, version: i64, input: &OpenEventInput) -> Result<(), AppError> {
    who.require(Permission::TeamWrite)?;
    let now = app.now();
    let event = fitting(input.event(OpenEventId(id)), local_date(now))?;
    app.store
        .write(who.scope("open_event.correct", now), move |tx| {
            let before = unchanged(tx, id, version)?;
            if before.event != event {
                known_offer(tx, &event)?;
                queries::write(tx, &event, version + 1, false)?;
                tx.note(&format!("open_event/{id}"));
            }
            Ok::<_, AppError>(())
        })
        .await
}

/// Strikes a count that should not have been made; it is kept and counts no more.
pub async fn strike(app: &App, who: &Caller, id: Uuid, version: i64) -> Result<(), AppError> {
    who.require(Permission::TeamWrite)?;
    app.store
        .write(who.scope("open_event.strike", app.now()), move |tx| {
            let before = unchanged(tx, id, version)?;
            queries::write(tx, &before.event, version + 1, true)?;
            tx.note(&format!("open_event/{id}/struck"));
            Ok::<_, AppError>(())
        })
        .await
}

/// The offer is one of ours.
fn known_offer(tx: &mut Tx<'_>, event: &OpenEvent) -> Result<(), AppError> {
    let Some(offer) = event.offer else { return Ok(()) };
    let known = records::one::<Offer>(tx, Uuid::nil(), offer.0)?;
    known.map(|_| ()).ok_or_else(|| AppError::field("offer", "unknown", "Vælg et af kommunens tilbud."))
}

/// The newest version, when it is the one that the change builds on.
fn unchanged(tx: &mut Tx<'_>, id: Uuid, version: i64) -> Result<Counted, AppError> {
    let newest = queries::versions(tx, id)?.into_iter().next().ok_or(AppError::NotFound("open event"))?;
    if newest.version == version && !newest.struck {
        Ok(newest)
    } else {
        Err(AppError::Changed { expected: version, found: newest.version })
    }
}
