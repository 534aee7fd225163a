//! Making teams, giving seats, taking attendance.

use std::collections::BTreeSet;

use domain::codes::{EncounterClass, InterventionCode};
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus, check_held};
use domain::ids::{CitizenId, OrganizationId, PlannedInterventionId, SessionId, TeamId};
use domain::planned_intervention::PlannedIntervention;
use domain::service_request::Owner;
use domain::task::TaskKind;
use domain::team::{Attendance, Presence, Session, Team};
use domain::workdays::{ExtraClosedDays, add_workdays, local_date};
use jiff::Timestamp;
use serde::Deserialize;
use store::Tx;

use super::queries;
use crate::courses::start_plan;
use crate::records;
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, ids};

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

/// Who came to a session. Everybody with a seat who is not named came.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AttendanceInput {
    /// Those who did not come, each with regrets or without.
    #[schema(value_type = Vec<Object>)]
    pub absent: Vec<Attendance>,
    /// Everybody who was asked about. Left out, it is whoever has a seat; named, it must be exactly them, so that nobody
    /// counts as present whom the one who took attendance did not see in the list.
    #[schema(value_type = Option<Vec<Uuid>>)]
    pub asked: Option<Vec<CitizenId>>,
    /// Where it was held.
    #[schema(value_type = Option<String>)]
    pub class: Option<EncounterClass>,
    /// One note for all who came.
    pub note: Option<String>,
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
            let team = Team {
                id: ids::new(now),
                name,
                code: new.code,
                performer,
                seats: new.seats,
                place: new.place,
                enrolled: Vec::new(),
                sessions: Vec::new(),
            };
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
            let team = before.value.clone().enrol(citizen, input.intervention, granted.value.code)?;
            records::save(tx, before.version, &team)?;
            let seated = PlannedIntervention { team: Some(id), ..granted.value.clone() };
            records::save_if_changed(tx, &granted, &seated)?;
            Ok(())
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

/// Takes attendance of a session: one transaction for the whole class.
pub async fn take_attendance(
    app: &App,
    who: &Caller,
    id: TeamId,
    session: SessionId,
    input: AttendanceInput,
) -> Result<usize, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, who) = (app.now(), who.clone());
    app.store
        .write(who.scope("team.attendance", now), move |tx| {
            let before = queries::team(tx, id)?;
            let held = before.value.sessions.iter().find(|s| s.id == session).cloned();
            let held = held.ok_or(domain::team::TeamError::NoSuchSession)?;
            check_held(held.start, held.end, now)?;
            let attendance = everybody(&before.value, &input.absent)?;
            if held.attendance.is_none() && input.asked.as_ref().is_some_and(|asked| !same_people(asked, &attendance)) {
                let message = "Holdet er ændret, mens du tog fremmøde. Se listen igennem, og gem igen.";
                return Err(AppError::Rule { code: "team_changed", message });
            }
            let team = before.value.clone().take_attendance(session, attendance.clone())?;
            records::save(tx, before.version, &team)?;
            let mut came = 0;
            for one in attendance {
                came += usize::from(one.presence == Presence::Present);
                let no_show_days = home.settings.limits.no_show_workdays;
                Attended { team: &team, session: &held, who: &who, input: &input, now, no_show_days }
                    .store(tx, &one)?;
            }
            Ok(came)
        })
        .await
}

/// All with a seat: those named as they are named, the others present.
fn everybody(team: &Team, absent: &[Attendance]) -> Result<Vec<Attendance>, AppError> {
    if absent.iter().any(|a| !team.has_seat(a.citizen)) {
        return Err(domain::team::TeamError::NotEnrolled.into());
    }
    let presence = |citizen| absent.iter().find(|a| a.citizen == citizen).map_or(Presence::Present, |a| a.presence);
    let seats = team.enrolled.iter().filter(|s| !s.left);
    Ok(seats.map(|s| Attendance { citizen: s.citizen, presence: presence(s.citizen) }).collect())
}

/// Whether exactly these were asked about.
fn same_people(asked: &[CitizenId], attendance: &[Attendance]) -> bool {
    let asked: BTreeSet<_> = asked.iter().copied().collect();
    asked == attendance.iter().map(|one| one.citizen).collect()
}

/// What the contact of one citizen with a session is made of.
struct Attended<'a> {
    team: &'a Team,
    session: &'a Session,
    who: &'a Caller,
    input: &'a AttendanceInput,
    now: Timestamp,
    no_show_days: u16,
}

impl Attended<'_> {
    fn store(&self, tx: &mut Tx<'_>, one: &Attendance) -> Result<(), AppError> {
        let seat = self.team.enrolled.iter().find(|s| s.citizen == one.citizen && !s.left);
        let intervention = seat.ok_or(domain::team::TeamError::NotEnrolled)?.intervention;
        let record = records::citizen_record(tx, one.citizen)?;
        let granted = record.intervention(intervention)?.value.clone();
        let plan = granted.care_plan.ok_or(AppError::NotFound("care_plan"))?;
        let status = match one.presence {
            Presence::Present => EncounterStatus::Finished,
            Presence::Regrets => EncounterStatus::Cancelled,
            Presence::Absent => EncounterStatus::NoShow,
        };
        let encounter = Encounter {
            id: ids::new(self.now),
            citizen: one.citizen,
            course: granted.course,
            based_on: EncounterBasis::CarePlan(plan),
            class: self.input.class.unwrap_or(EncounterClass::AtPremises),
            status,
            start: self.session.start,
            end: self.session.end,
            session: Some(self.session.id),
            held_by: Some(self.who.user),
            note: self.input.note.clone().filter(|n| status == EncounterStatus::Finished && !n.trim().is_empty()),
        };
        if status == EncounterStatus::Finished {
            start_plan(tx, &record, plan, local_date(self.session.start))?;
            crate::courses::session_held(tx, &record, granted.course, self.now)?;
        }
        records::add(tx, &encounter)?;
        if one.presence == Presence::Absent {
            self.no_show_task(tx, &encounter)?;
        }
        Ok(())
    }

    fn no_show_task(&self, tx: &mut Tx<'_>, encounter: &Encounter) -> Result<(), AppError> {
        let due_on = add_workdays(local_date(self.now), self.no_show_days, ExtraClosedDays::default());
        let (citizen, kind) = (Some(encounter.citizen), TaskKind::NoShow);
        let owner = Owner::User(self.who.user);
        let task = NewTask { citizen, subject: encounter.id.0, kind, due_on, owner: &owner, rule: "noshow_workdays" };
        Ok(tasks::add(tx, &task)?)
    }
}
