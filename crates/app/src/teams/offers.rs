//! Offers of a seat: made, answered, taken back, and going on by themselves to the next who waits.
//!
//! The team's row is the lock: two who offer the last seat at once build on the same version, and the second is told so.

use domain::care_plan::PlanError;
use domain::ids::{PlannedInterventionId, SeatOfferId, TeamId};
use domain::organization::ManagingOrganization;
use domain::planned_intervention::PlannedIntervention;
use domain::team::{OfferState, SeatOffer, Team, TeamError, Waiting, WaitingNeed, in_order, next_to_ask};
use domain::workdays::{ExtraClosedDays, add_workdays, day_bounds, local_date};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use store::{Tx, Versioned};

use super::queries::{self, WaitingRow};
use super::said;
use crate::notices;
use crate::records;
use crate::{App, AppError, Caller, ids};

/// Who is asked, and until when they may answer.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub struct OfferInput {
    /// The granted intervention that waits for a seat.
    #[schema(value_type = Uuid)]
    pub intervention: PlannedInterventionId,
    /// Last day to answer; by the municipality's limit when left out.
    #[schema(value_type = Option<String>, format = Date)]
    pub answer_on: Option<Date>,
}

/// How much a seat is needed.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub struct NeedInput {
    /// The granted intervention that waits for a seat.
    #[schema(value_type = Uuid)]
    pub intervention: PlannedInterventionId,
    /// How much.
    #[schema(value_type = String)]
    pub need: WaitingNeed,
}

/// Offers a free seat to a citizen who waits, and queues the message about it.
pub async fn offer_seat(app: &App, who: &Caller, id: TeamId, input: OfferInput) -> Result<SeatOfferId, AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    let last_day = input.answer_on.unwrap_or_else(|| last_day(now, home.settings.limits.seat_offer_workdays));
    app.store
        .write(who.scope("team.offer", now), move |tx| {
            let granted = waits(tx, input.intervention)?;
            let before = queries::team(tx, id)?;
            let (team, offer) = ask(tx, before.value.clone(), &granted.value, last_day, &home, now)?;
            records::save(tx, before.version, &team)?;
            Ok(offer)
        })
        .await
}

/// The citizen says yes or no. A yes gives the seat.
pub async fn answer_offer(app: &App, who: &Caller, id: TeamId, offer: SeatOfferId, yes: bool) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    app.store
        .write(who.scope(if yes { "team.offer_accepted" } else { "team.offer_declined" }, now), move |tx| {
            let before = queries::team(tx, id)?;
            let asked = before.value.offers.iter().find(|one| one.id == offer).cloned();
            let asked = asked.ok_or(AppError::NotFound("offer"))?;
            let team = before.value.clone();
            let team = if yes { team.accept(offer, now)? } else { team.decline(offer)? };
            if yes {
                let granted = waits(tx, asked.intervention)?;
                let seated = PlannedIntervention { team: Some(id), ..granted.value.clone() };
                records::save_if_changed(tx, &granted, &seated)?;
                said::seat_given(tx, &home, &team, &seated, now)?;
            }
            records::save(tx, before.version, &team)?;
            notices::drop_about(tx, offer.0)
        })
        .await
}

/// Takes an offer back; the citizen waits as before.
pub async fn withdraw_offer(app: &App, who: &Caller, id: TeamId, offer: SeatOfferId) -> Result<(), AppError> {
    app.store
        .write(who.scope("team.offer_withdrawn", app.now()), move |tx| {
            let before = queries::team(tx, id)?;
            if !before.value.offers.iter().any(|one| one.id == offer) {
                return Err(AppError::NotFound("offer"));
            }
            records::save(tx, before.version, &before.value.clone().withdraw(offer)?)?;
            notices::drop_about(tx, offer.0)
        })
        .await
}

/// Says how much a citizen who waits needs the seat.
pub async fn set_need(app: &App, who: &Caller, input: NeedInput) -> Result<(), AppError> {
    app.store
        .write(who.scope("team.need", app.now()), move |tx| {
            let before = waits(tx, input.intervention)?;
            let after = PlannedIntervention { need: input.need, ..before.value.clone() };
            records::save_if_changed(tx, &before, &after)?;
            Ok(())
        })
        .await
}

/// Lets every offer without an answer run out, and asks the next who waits. Safe to repeat: what ran out is over, and an
/// offer is made in the transaction that ends the one before it.
pub async fn offers_go_on(app: &App, who: &Caller) -> Result<usize, AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    let find = move |tx: &mut Tx<'_>| Ok::<_, AppError>(store::Seen::nothing(queries::ran_out(tx, now)?));
    let teams = app.store.view(who.scope("team.offers_due", now), find).await?;
    let mut ended = 0;
    for id in teams {
        let home = home.clone();
        let one = app.store.write(who.scope("team.offer_expired", now), move |tx| {
            let limit = home.settings.limits.seat_offer_workdays;
            go_on(tx, id, last_day(now, limit), &home, now)
        });
        // A colleague who saved the team at the same moment wins; the next round does what is left.
        match one.await {
            Ok(count) => ended += count,
            Err(AppError::Changed { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(ended)
}

fn go_on(
    tx: &mut Tx<'_>,
    id: TeamId,
    last_day: Date,
    home: &ManagingOrganization,
    now: Timestamp,
) -> Result<usize, AppError> {
    let before = queries::team(tx, id)?;
    let over: Vec<SeatOfferId> =
        before.value.open_offers().filter(|offer| offer.ran_out(now)).map(|offer| offer.id).collect();
    let mut team = before.value.clone().expire(now);
    for offer in &over {
        notices::drop_about(tx, offer.0)?;
    }
    let ahead = team.sessions.iter().any(|session| session.start > now && session.cancelled.is_none());
    for _ in over.iter().filter(|_| ahead) {
        let order = order(&queries::waiting(tx, team.code)?, &team);
        let Some(next) = next_to_ask(&order) else { break };
        if team.free_seats() == 0 {
            break;
        }
        let granted = waits(tx, next.intervention)?;
        team = ask(tx, team, &granted.value, last_day, home, now)?.0;
    }
    records::save_if_changed(tx, &before, &team)?;
    Ok(over.len())
}

/// Those who wait and are not asked by this team at the moment, in their order.
pub(super) fn order(rows: &[WaitingRow], team: &Team) -> Vec<Waiting> {
    let free = rows.iter().filter(|row| !team.open_offers().any(|offer| offer.citizen == row.citizen));
    let waiting = free.map(|row| Waiting {
        citizen: row.citizen,
        intervention: row.intervention,
        granted_on: row.granted_on,
        need: row.need,
        passed_by: team.passed_by(row.citizen),
        left: team.has_left(row.citizen),
    });
    in_order(waiting.collect())
}

/// The last day to answer an offer that is made now.
pub(super) fn last_day(now: Timestamp, workdays: u16) -> Date {
    add_workdays(local_date(now), workdays, ExtraClosedDays::default())
}

/// An intervention that waits for a seat.
fn waits(tx: &mut Tx<'_>, id: PlannedInterventionId) -> Result<Versioned<PlannedIntervention>, AppError> {
    let citizen = records::citizen_of(tx, "planned_intervention", id.0)?;
    let granted = records::one::<PlannedIntervention>(tx, citizen.0, id.0)?;
    let granted = granted.ok_or(AppError::NotFound("planned_intervention"))?;
    if !granted.value.status.is_open() {
        return Err(PlanError::Ended.into());
    }
    if granted.value.team.is_some() {
        let message = "Borgeren har fået plads på et hold i mellemtiden. Træk tilbuddet tilbage.";
        return Err(AppError::Rule { code: "seated_elsewhere", message });
    }
    Ok(granted)
}

/// Makes an offer with its message.
fn ask(
    tx: &mut Tx<'_>,
    team: Team,
    granted: &PlannedIntervention,
    last_day: Date,
    home: &ManagingOrganization,
    now: Timestamp,
) -> Result<(Team, SeatOfferId), AppError> {
    if last_day < local_date(now) {
        return Err(TeamError::AnswerBeforeOffer.into());
    }
    let offer = SeatOffer {
        id: ids::new(now),
        citizen: granted.citizen,
        intervention: granted.id,
        made_at: now,
        answer_by: day_bounds(last_day).1,
        state: OfferState::Open,
    };
    let id = offer.id;
    let team = team.offer(offer, granted.code)?;
    said::seat_offered(tx, home, &team, granted, (id, last_day), now)?;
    Ok((team, id))
}
