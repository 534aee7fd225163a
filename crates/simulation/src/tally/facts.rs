//! What is remembered of the events so far, so that waits and endings can be told.

use domain::codes::InterventionCode;
use domain::stratification::Stratum;
use domain::workdays::local_date;
use jiff::Timestamp;

use crate::event::{Action, CaseNo, CitizenNo, Event, InterventionNo, NewTeam, RequestNo, TeamNo};

/// What is remembered, each by its number.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Facts {
    requests: Vec<(CitizenNo, Timestamp)>,
    cases: Vec<Case>,
    interventions: Vec<Option<Intervention>>,
    teams: Vec<TeamFacts>,
    levels: Vec<Option<Stratum>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Case {
    citizen: CitizenNo,
    received_at: Timestamp,
    interventions: Vec<InterventionNo>,
}

#[derive(Debug, Clone, PartialEq)]
struct Intervention {
    case: CaseNo,
    code: InterventionCode,
    /// From when a wait is counted.
    since: Option<Timestamp>,
    started: bool,
    ended: bool,
}

#[derive(Debug, Clone, PartialEq)]
struct TeamFacts {
    code: InterventionCode,
    seats: u32,
    begins: Option<Timestamp>,
    members: Vec<InterventionNo>,
}

impl Facts {
    /// Remembers an event.
    pub(super) fn learn(&mut self, event: &Event) {
        match &event.action {
            Action::Receive(request) => set(&mut self.requests, request.request.index(), (request.citizen, event.at)),
            Action::Route { request, case, step, planned } => {
                let Some((citizen, received_at)) = self.request(*request) else { return };
                set(&mut self.cases, case.index(), Case { citizen, received_at, interventions: Vec::new() });
                let code = step.intervention().unwrap_or(InterventionCode::ClarifyingTalk);
                // Nicotine waits from its start talk, which is a contact; alcohol from the call.
                let since = (code != InterventionCode::NicotineCessation).then_some(event.at);
                self.add_intervention(*planned, *case, code, since);
            }
            Action::HoldTalk { talk, grants, .. } => {
                let Some(case) = self.intervention(*talk).map(|talk| talk.case) else { return };
                self.end(*talk);
                for grant in grants {
                    self.add_intervention(grant.intervention, case, grant.code, Some(event.at));
                }
            }
            Action::Stratify { case, level, .. } => {
                let Some(citizen) = self.cases.get(case.index()).map(|case| case.citizen) else { return };
                set(&mut self.levels, citizen.index(), Some(*level));
            }
            Action::OpenTeam(team) => self.open(team),
            Action::AnswerOffer { team, intervention, yes: true } => {
                if let Some(team) = self.teams.get_mut(team.index()) {
                    team.members.push(*intervention);
                }
            }
            Action::Leave { team, intervention } => {
                if let Some(team) = self.teams.get_mut(team.index()) {
                    team.members.retain(|one| one != intervention);
                }
            }
            Action::Contact { intervention, .. } => self.contact(*intervention, event.at),
            Action::EndIntervention { intervention, .. } => self.end(*intervention),
            Action::Withdraw { case, .. } => self.running(*case).into_iter().for_each(|one| self.end(one)),
            _ => {}
        }
    }

    fn open(&mut self, team: &NewTeam) {
        let begins = team.sessions.first().map(|session| session.start);
        let facts = TeamFacts { code: team.code, seats: u32::from(team.seats), begins, members: Vec::new() };
        set(&mut self.teams, team.team.index(), facts);
    }

    fn add_intervention(&mut self, no: InterventionNo, case: CaseNo, code: InterventionCode, since: Option<Timestamp>) {
        let one = Intervention { case, code, since, started: false, ended: false };
        if self.interventions.len() <= no.index() {
            self.interventions.resize(no.index() + 1, None);
        }
        set(&mut self.interventions, no.index(), Some(one));
        if let Some(case) = self.cases.get_mut(case.index()) {
            case.interventions.push(no);
        }
    }

    /// The first contact of nicotine is its start talk, from which the wait is counted; of anything else it is the start.
    fn contact(&mut self, no: InterventionNo, at: Timestamp) {
        let Some(one) = self.interventions.get_mut(no.index()).and_then(Option::as_mut) else { return };
        match one.since {
            None => one.since = Some(at),
            Some(_) => one.started = true,
        }
    }

    fn end(&mut self, no: InterventionNo) {
        if let Some(one) = self.interventions.get_mut(no.index()).and_then(Option::as_mut) {
            one.ended = true;
        }
    }

    fn request(&self, no: RequestNo) -> Option<(CitizenNo, Timestamp)> {
        self.requests.get(no.index()).copied()
    }

    fn intervention(&self, no: InterventionNo) -> Option<&Intervention> {
        self.interventions.get(no.index())?.as_ref()
    }

    /// Days from the request to a talk.
    pub(super) fn waited_for_talk(&self, talk: InterventionNo, at: Timestamp) -> Option<i32> {
        let case = self.cases.get(self.intervention(talk)?.case.index())?;
        Some(days(case.received_at, at))
    }

    /// Days from the grant to the first contact alone.
    pub(super) fn waited_alone(&self, no: InterventionNo, at: Timestamp) -> Option<(InterventionCode, i32)> {
        let one = self.intervention(no).filter(|one| !one.started)?;
        Some((one.code, days(one.since?, at)))
    }

    /// The level of a citizen, once somebody has said it.
    pub(super) fn level(&self, citizen: CitizenNo) -> Option<Stratum> {
        self.levels.get(citizen.index()).copied().flatten()
    }

    /// What a team delivers, and its seats.
    pub(super) fn team(&self, team: TeamNo) -> Option<(InterventionCode, u32)> {
        self.teams.get(team.index()).map(|team| (team.code, team.seats))
    }

    /// How long each with a seat has waited when the team begins.
    pub(super) fn waits_of(&self, team: TeamNo, at: Timestamp) -> Vec<i32> {
        let members = self.teams.get(team.index()).map_or(&[][..], |team| &team.members);
        members.iter().filter_map(|no| Some(days(self.intervention(*no)?.since?, at))).collect()
    }

    /// An intervention that ends: what it was, and the citizen's level. None for a talk and for what is over.
    pub(super) fn ending(&self, no: InterventionNo) -> Option<(InterventionCode, Option<Stratum>)> {
        let one = self.intervention(no).filter(|one| !one.ended && !one.code.is_talk())?;
        let citizen = self.cases.get(one.case.index())?.citizen;
        Some((one.code, self.level(citizen)))
    }

    /// What has not ended in a course.
    pub(super) fn running(&self, case: CaseNo) -> Vec<InterventionNo> {
        let all = self.cases.get(case.index()).map_or(&[][..], |case| &case.interventions);
        all.iter().copied().filter(|no| self.intervention(*no).is_some_and(|one| !one.ended)).collect()
    }

    /// Seats of the teams of an intervention that begin in a period.
    pub(super) fn seats_of(&self, code: InterventionCode, from: Timestamp, to: Timestamp) -> u32 {
        let begins = |team: &&TeamFacts| team.code == code && team.begins.is_some_and(|at| from <= at && at < to);
        self.teams.iter().filter(begins).map(|team| team.seats).sum()
    }
}

/// Whole days of the calendar.
fn days(from: Timestamp, to: Timestamp) -> i32 {
    (local_date(to) - local_date(from)).get_days()
}

/// Puts something in the place of its number; numbers come in their order, give or take some that are made together.
fn set<T: Clone>(list: &mut Vec<T>, index: usize, value: T) {
    while list.len() <= index {
        list.push(value.clone());
    }
    if let Some(place) = list.get_mut(index) {
        *place = value;
    }
}
