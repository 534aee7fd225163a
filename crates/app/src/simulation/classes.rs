//! Classes: made, their seats offered and answered, attendance taken.

use domain::ids::{CitizenId, SessionId, TeamId};
use domain::team::{Attendance, Presence, WaitingNeed};
use simulation::{CitizenNo, InterventionNo, NewTeam, SessionNo, TeamNo};

use super::driver::Driver;
use super::known;
use crate::AppError;
use crate::teams::{self, AttendanceInput, EnrolInput, NeedInput, NewSessions, OfferInput, SessionInput};

impl Driver {
    pub(super) async fn open_team(&mut self, team: NewTeam) -> Result<(), AppError> {
        let new = teams::NewTeam {
            name: team.name,
            code: team.code,
            seats: team.seats,
            place: None,
            performer: None,
            offer: None,
            instructors: self.cast.users(&team.instructors),
            intake: team.intake,
        };
        let inputs: Vec<SessionInput> =
            team.sessions.iter().map(|time| SessionInput { start: time.start, end: time.end }).collect();
        // Somebody takes over where a colleague is busy: the simulation counts minutes, not who sits where.
        let sessions = NewSessions { inputs, despite: true };
        let who = &self.cast.coordinator;
        let id = teams::create(&self.app, who, new, NewSessions::default()).await?;
        let added = teams::add_sessions(&self.app, who, id, sessions).await?;
        self.known.teams.insert(team.team, (id, added.sessions));
        Ok(())
    }

    pub(super) async fn set_need(&self, intervention: InterventionNo, need: WaitingNeed) -> Result<(), AppError> {
        let (intervention, _) = known::of(&self.known.interventions, &intervention, "planned_intervention")?;
        teams::set_need(&self.app, &self.cast.coordinator, NeedInput { intervention, need }).await
    }

    pub(super) async fn offer_seat(&mut self, no: TeamNo, asked: InterventionNo) -> Result<(), AppError> {
        let (intervention, _) = known::of(&self.known.interventions, &asked, "planned_intervention")?;
        let input = OfferInput { intervention, answer_on: None };
        let offer = teams::offer_seat(&self.app, &self.cast.coordinator, self.team_id(no)?, input).await?;
        self.known.offers.insert((no, asked), offer);
        Ok(())
    }

    pub(super) async fn answer_offer(&self, no: TeamNo, asked: InterventionNo, yes: bool) -> Result<(), AppError> {
        let offer = known::of(&self.known.offers, &(no, asked), "offer")?;
        teams::answer_offer(&self.app, &self.cast.coordinator, self.team_id(no)?, offer, yes).await
    }

    pub(super) async fn take_attendance(
        &self,
        no: TeamNo,
        session: SessionNo,
        asked: &[CitizenNo],
        absent: &[(CitizenNo, Presence)],
    ) -> Result<(), AppError> {
        let (team, sessions) = known::of(&self.known.teams, &no, "team")?;
        let session: SessionId = *sessions.get(session.index()).ok_or(AppError::NotFound("session"))?;
        let citizen = |no: &CitizenNo| known::of(&self.known.citizens, no, "citizen");
        let away = |(no, presence): &(CitizenNo, Presence)| {
            citizen(no).map(|citizen| Attendance { citizen, presence: *presence })
        };
        let input = AttendanceInput {
            absent: absent.iter().map(away).collect::<Result<_, _>>()?,
            asked: Some(asked.iter().map(citizen).collect::<Result<Vec<CitizenId>, _>>()?),
            ..AttendanceInput::default()
        };
        teams::take_attendance(&self.app, self.cast.anyone(), team, session, input).await?;
        Ok(())
    }

    pub(super) async fn leave(&self, no: TeamNo, intervention: InterventionNo) -> Result<(), AppError> {
        let (intervention, _) = known::of(&self.known.interventions, &intervention, "planned_intervention")?;
        teams::leave(&self.app, &self.cast.coordinator, self.team_id(no)?, EnrolInput { intervention }).await
    }

    fn team_id(&self, no: TeamNo) -> Result<TeamId, AppError> {
        Ok(known::of(&self.known.teams, &no, "team")?.0)
    }
}
