//! Making teams, giving seats.

use domain::codes::InterventionCode;
use domain::ids::{OfferId, OrganizationId, PlannedInterventionId, SessionId, TeamId, UserId};
use domain::planned_intervention::PlannedIntervention;
use domain::team::{Intake, Team};
use jiff::Timestamp;
use serde::Deserialize;

use super::{queries, said};
use crate::{App, AppError, Caller, catalogue, ids};
use crate::{notices, records};

/// A new team.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct NewTeam {
    /// What it is called.
    pub name: String,
    /// Which intervention it delivers.
    #[schema(value_type = String)]
    pub code: InterventionCode,
    /// How many can take part.
    pub seats: u16,
    /// Where it meets.
    pub place: Option<String>,
    /// Who delivers, when it is not the municipality's own unit.
    #[schema(value_type = Option<Uuid>)]
    pub performer: Option<OrganizationId>,
    /// The offer of the catalogue that it delivers.
    #[schema(value_type = Option<Uuid>)]
    pub offer: Option<OfferId>,
    /// Who leads it.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    pub instructors: Vec<UserId>,
    /// When people join.
    #[serde(default)]
    #[schema(value_type = String)]
    pub intake: Intake,
}

/// A session of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
pub struct SessionInput {
    /// Start.
    #[schema(value_type = String, format = DateTime)]
    pub start: Timestamp,
    /// End.
    #[schema(value_type = String, format = DateTime)]
    pub end: Timestamp,
}

/// A seat for a granted intervention.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub struct EnrolInput {
    /// The intervention.
    #[schema(value_type = Uuid)]
    pub intervention: PlannedInterventionId,
}

/// Makes a team.
pub async fn create(app: &App, who: &Caller, new: NewTeam) -> Result<TeamId, AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    let name = new.name.trim().to_owned();
    if name.is_empty() {
        return Err(AppError::field("name", "required", "Skriv, hvad holdet hedder."));
    }
    if new.seats == 0 {
        return Err(AppError::field("seats", "required", "Holdet skal have mindst én plads."));
    }
    if new.code.is_talk() || new.code == InterventionCode::AlcoholTalk {
        return Err(domain::team::TeamError::NotInTeams.into());
    }
    app.store
        .write(who.scope("team.create", now), move |tx| {
            let performer = new.performer.or(home.default_performer).ok_or(AppError::NotFound("performer"))?;
            catalogue::fits_team(tx, new.offer, new.code)?;
            let team = Team::new(ids::new(now), name, new.code, performer, new.seats);
            let NewTeam { place, offer, instructors, intake, .. } = new;
            let team = Team { place, offer, instructors, intake, ..team };
            records::add(tx, &team)?;
            Ok(team.id)
        })
        .await
}

/// Adds a session.
pub async fn add_session(app: &App, who: &Caller, id: TeamId, input: SessionInput) -> Result<SessionId, AppError> {
    let now = app.now();
    app.store
        .write(who.scope("team.session", now), move |tx| {
            let before = queries::team(tx, id)?;
            let session: SessionId = ids::new(now);
            let team = before.value.clone().add_session(session, input.start, input.end)?;
            records::save(tx, before.version, &team)?;
            Ok(session)
        })
        .await
}

/// Adds several sessions at once; one that stands there already is left as it is. Says how many are new.
pub async fn add_sessions(app: &App, who: &Caller, id: TeamId, inputs: Vec<SessionInput>) -> Result<usize, AppError> {
    let now = app.now();
    app.store
        .write(who.scope("team.session", now), move |tx| {
            let before = queries::team(tx, id)?;
            let mut team = before.value.clone();
            for input in inputs {
                if !team.meets_at(input.start, input.end) {
                    team = team.add_session(ids::new(now), input.start, input.end)?;
                }
            }
            records::save_if_changed(tx, &before, &team)?;
            Ok(team.sessions.len() - before.value.sessions.len())
        })
        .await
}

/// Gives a citizen a seat.
pub async fn enrol(app: &App, who: &Caller, id: TeamId, input: EnrolInput) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    app.store
        .write(who.scope("team.enrol", now), move |tx| {
            let citizen = records::citizen_of(tx, "planned_intervention", input.intervention.0)?;
            let granted = records::one::<PlannedIntervention>(tx, citizen.0, input.intervention.0)?
                .ok_or(AppError::NotFound("planned_intervention"))?;
            if !granted.value.status.is_open() {
                return Err(domain::care_plan::PlanError::Ended.into());
            }
            let before = queries::team(tx, id)?;
            let open = before.value.open_offers().find(|offer| offer.citizen == citizen).map(|offer| offer.id);
            let team = before.value.clone().enrol(citizen, input.intervention, granted.value.code)?;
            records::save(tx, before.version, &team)?;
            if let Some(offer) = open {
                notices::drop_about(tx, offer.0)?;
            }
            let seated = PlannedIntervention { team: Some(id), ..granted.value.clone() };
            records::save_if_changed(tx, &granted, &seated)?;
            said::seat_given(tx, &home, &team, &seated, now)
        })
        .await
}

/// Gives a seat back.
pub async fn leave(app: &App, who: &Caller, id: TeamId, input: EnrolInput) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("team.leave", now), move |tx| {
            let citizen = records::citizen_of(tx, "planned_intervention", input.intervention.0)?;
            let before = queries::team(tx, id)?;
            let team = before.value.clone().leave(citizen);
            records::save_if_changed(tx, &before, &team)?;
            said::seat_left(tx, &team, citizen, now)?;
            // Without a seat the intervention waits for one again.
            let seated = records::one::<PlannedIntervention>(tx, citizen.0, input.intervention.0)?
                .ok_or(AppError::NotFound("planned_intervention"))?;
            let waiting = PlannedIntervention { team: None, ..seated.value.clone() };
            if seated.value.team == Some(id) {
                records::save_if_changed(tx, &seated, &waiting)?;
            }
            Ok(())
        })
        .await
}
