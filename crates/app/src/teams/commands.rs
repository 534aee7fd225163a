//! Making teams, giving seats.

use domain::codes::InterventionCode;
use domain::ids::{OfferId, OrganizationId, PlannedInterventionId, SessionId, TeamId, UserId};
use domain::organization::ManagingOrganization;
use domain::planned_intervention::PlannedIntervention;
use domain::team::{Intake, Session, Team};
use jiff::Timestamp;
use serde::Deserialize;
use store::Tx;

use super::{clash, queries, said};
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

/// Makes a team, with its first sessions or without.
pub async fn create(app: &App, who: &Caller, new: NewTeam, sessions: NewSessions) -> Result<TeamId, AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    check_new(&new)?;
    app.store.write(who.scope("team.create", now), move |tx| make(tx, &home, new, &sessions, now)).await
}

fn check_new(new: &NewTeam) -> Result<(), AppError> {
    if new.name.trim().is_empty() {
        return Err(AppError::field("name", "required", "Skriv, hvad holdet hedder."));
    }
    if new.seats == 0 {
        return Err(AppError::field("seats", "required", "Holdet skal have mindst én plads."));
    }
    if new.code.is_talk() || new.code == InterventionCode::AlcoholTalk {
        return Err(domain::team::TeamError::NotInTeams.into());
    }
    Ok(())
}

fn make(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    new: NewTeam,
    sessions: &NewSessions,
    now: Timestamp,
) -> Result<TeamId, AppError> {
    let performer = new.performer.or(home.default_performer).ok_or(AppError::NotFound("performer"))?;
    catalogue::fits_team(tx, new.offer, new.code)?;
    let team = Team::new(ids::new(now), new.name.trim().to_owned(), new.code, performer, new.seats);
    let NewTeam { place, offer, instructors, intake, .. } = new;
    let team = Team { place, offer, instructors, intake, ..team };
    let team = with_sessions(tx, team, sessions, now)?;
    records::add(tx, &team)?;
    Ok(team.id)
}

/// Makes a team of some who wait, and gives each of them a seat in it (KS-3-05): all of them or nobody.
pub async fn create_of(
    app: &App,
    who: &Caller,
    new: NewTeam,
    waiting: Vec<PlannedInterventionId>,
) -> Result<TeamId, AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    check_new(&new)?;
    app.store
        .write(who.scope("team.create", now), move |tx| {
            let team = make(tx, &home, new, &NewSessions::default(), now)?;
            for intervention in waiting {
                enrol_in(tx, &home, team, intervention)?;
            }
            Ok(team)
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
            clash::refuse(tx, &before.value, &team, now)?;
            records::save(tx, before.version, &team)?;
            Ok(session)
        })
        .await
}

/// Sessions to add at once.
#[derive(Debug, Clone, Default)]
pub struct NewSessions {
    /// Their times.
    pub inputs: Vec<SessionInput>,
    /// Added although an instructor or the room is taken.
    pub despite: bool,
}

/// Sessions that were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// Each, as it was asked for; one that stood there already is itself.
    pub sessions: Vec<SessionId>,
    /// How many are new.
    pub new: usize,
}

/// Adds several sessions at once; one that stands there already is left as it is.
pub async fn add_sessions(app: &App, who: &Caller, id: TeamId, new: NewSessions) -> Result<Added, AppError> {
    let now = app.now();
    app.store
        .write(who.scope("team.session", now), move |tx| {
            let before = queries::team(tx, id)?;
            let team = with_sessions(tx, before.value.clone(), &new, now)?;
            records::save_if_changed(tx, &before, &team)?;
            let stands = |input: &SessionInput, s: &Session| {
                s.start == input.start && s.end == input.end && s.cancelled.is_none()
            };
            let there = |input: &SessionInput| team.sessions.iter().find(|session| stands(input, session));
            let sessions = new.inputs.iter().filter_map(there).map(|session| session.id).collect();
            Ok(Added { sessions, new: team.sessions.len() - before.value.sessions.len() })
        })
        .await
}

fn with_sessions(tx: &mut Tx<'_>, before: Team, new: &NewSessions, now: Timestamp) -> Result<Team, AppError> {
    let mut team = before.clone();
    for input in &new.inputs {
        if !team.meets_at(input.start, input.end) {
            team = team.add_session(ids::new(now), input.start, input.end)?;
        }
    }
    if !new.despite {
        clash::refuse(tx, &before, &team, now)?;
    }
    Ok(team)
}

/// Gives a citizen a seat.
pub async fn enrol(app: &App, who: &Caller, id: TeamId, input: EnrolInput) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    app.store.write(who.scope("team.enrol", app.now()), move |tx| enrol_in(tx, &home, id, input.intervention)).await
}

/// The same inside the act that grants the intervention.
pub(crate) fn enrol_in(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    id: TeamId,
    intervention: PlannedInterventionId,
) -> Result<(), AppError> {
    let citizen = records::citizen_of(tx, "planned_intervention", intervention.0)?;
    let granted = records::one::<PlannedIntervention>(tx, citizen.0, intervention.0)?
        .ok_or(AppError::NotFound("planned_intervention"))?;
    if !granted.value.status.is_open() {
        return Err(domain::care_plan::PlanError::Ended.into());
    }
    let before = queries::team(tx, id)?;
    let open = before.value.open_offers().find(|offer| offer.citizen == citizen).map(|offer| offer.id);
    let team = before.value.clone().enrol(citizen, intervention, granted.value.code)?;
    records::save(tx, before.version, &team)?;
    if let Some(offer) = open {
        notices::drop_about(tx, offer.0)?;
    }
    let seated = PlannedIntervention { team: Some(id), ..granted.value.clone() };
    records::save_if_changed(tx, &granted, &seated)?;
    said::seat_given(tx, home, &team, &seated, tx.scope().at)
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
