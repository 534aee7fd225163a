//! Classes: announced before they start, seats offered in the order of the list, sessions with those who come.

use domain::codes::InterventionCode;
use domain::response::Phase;
use domain::team::{Intake, Presence};

use super::state::next_no;
use super::{Simulation, Step};
use crate::calendar::Moment;
use crate::calibration::{Parameter, Programme};
use crate::event::{Action, CitizenNo, InterventionNo, NewTeam, SessionNo, TeamNo};
use crate::expected::ABSENT;
use crate::measurement::{Measurement, Tool};
use crate::team::{Team, Waits};

/// Working days before the first session after which nobody is asked any more.
const ASKED_BEFORE_WORKDAYS: u32 = 2;

/// Days of a year, by which its starts are spread.
const YEAR: u64 = 365;

impl Simulation {
    /// Puts every class of the simulation on the agenda, spread evenly over the years.
    pub(super) fn announce_classes(&mut self) {
        let open = self.calibration().whole(Parameter::TeamOpenDays);
        for place in 0..self.calibration().programmes().len() {
            let code = self.setup.calibration.programmes().get(place).map(|programme| programme.code);
            let starts = code.and_then(|code| self.setup.team_plan(code)).map_or(0, |plan| plan.starts_a_year);
            let mut number = 0;
            while starts > 0 && self.start_of(number, starts) < self.setup.days + open {
                let announced = self.start_of(number, starts).saturating_sub(open);
                self.put(Moment::at(announced, 8 * 60), Step::Announce(place, number));
                number += 1;
            }
        }
    }

    /// The day on which the so-manieth class begins.
    fn start_of(&self, number: u32, starts: u32) -> u32 {
        let day = (u64::from(number) * 2 + 1) * YEAR / (2 * u64::from(starts));
        self.calendar.workday_from(u32::try_from(day).unwrap_or(u32::MAX / 2))
    }

    /// A class is made, with its sessions and who leads it, and its seats are offered.
    pub(super) fn announce(&mut self, place: usize, number: u32) {
        let Some(programme) = self.setup.calibration.programmes().get(place).cloned() else { return };
        let Some(plan) = self.setup.team_plan(programme.code).copied() else { return };
        let team = TeamNo(next_no(&self.teams));
        let days = self.session_days(&programme, self.start_of(number, plan.starts_a_year));
        let minute = start_minute(programme.code, number);
        let around = self.around();
        let length = u32::from(programme.minutes);
        let leading = (0..programme.instructors).map(|_| self.staff.lead(&days, length + around)).collect();
        let starts: Vec<Moment> = days.iter().map(|day| Moment::at(*day, minute)).collect();
        self.emit(Action::OpenTeam(Box::new(NewTeam {
            team,
            name: format!("{}, hold {}", programme.code.label(), number + 1),
            code: programme.code,
            seats: plan.seats,
            intake: Intake::Fixed,
            instructors: leading,
            sessions: starts.iter().map(|start| self.time(*start, length)).collect(),
        })));
        let ends: Vec<Moment> = starts.iter().map(|start| start.later(length)).collect();
        for (end, session) in ends.iter().zip(0..) {
            self.put(*end, Step::Session(team, session));
        }
        self.teams.push(Team {
            programme: place,
            seats: plan.seats,
            begins: starts.first().copied().unwrap_or_default(),
            ends,
            seated: Vec::new(),
            asked: Vec::new(),
            refused: Vec::new(),
        });
        self.ask(team);
    }

    fn session_days(&self, programme: &Programme, start: u32) -> Vec<u32> {
        let week = u32::from(programme.sessions_a_week.max(1));
        let mut days: Vec<u32> = Vec::with_capacity(usize::from(programme.sessions));
        for session in 0..u32::from(programme.sessions) {
            let wanted = start + session / week * 7 + session % week * (7 / week).min(2);
            let after = days.last().map_or(wanted, |last| wanted.max(last + 1));
            days.push(self.calendar.workday_from(after));
        }
        days
    }

    /// Somebody waits for a seat, and is asked at once when one is free.
    pub(super) fn wait(&mut self, intervention: InterventionNo) {
        let Some(place) = self.intervention(intervention).programme else { return };
        if let Some(list) = self.waiting.get_mut(place) {
            list.push(intervention);
        }
        let open: Vec<TeamNo> = (0..next_no(&self.teams)).map(TeamNo).filter(|no| self.is_open(*no, place)).collect();
        for team in open {
            self.ask(team);
        }
    }

    /// Whether a class of a programme has free seats and time to ask somebody.
    fn is_open(&self, team: TeamNo, place: usize) -> bool {
        let last = self.calendar.workdays_after(self.now.day(), ASKED_BEFORE_WORKDAYS);
        self.teams
            .get(team.index())
            .is_some_and(|team| team.programme == place && team.begins.day() > last && team.free() > 0)
    }

    /// Offers the free seats in the order of the list.
    fn ask(&mut self, no: TeamNo) {
        let place = self.team(no).programme;
        if !self.is_open(no, place) {
            return;
        }
        let waiting = self.waiting.get(place).into_iter().flatten().filter_map(|no| {
            let one = self.interventions.get(no.index())?;
            Some(Waits { citizen: one.citizen, intervention: *no, granted_on: one.granted_on, need: one.need })
        });
        let chosen = self.teams.get(no.index()).map_or_else(Vec::new, |team| team.next(waiting));
        for intervention in chosen {
            // An open offer takes them off the list: nobody is asked by two classes at once.
            if let Some(list) = self.waiting.get_mut(place) {
                list.retain(|one| *one != intervention);
            }
            self.team(no).asked.push(intervention);
            self.emit(Action::OfferSeat { team: no, intervention });
            let citizen = self.intervention(intervention).citizen;
            let most = self.whole(Parameter::SeatAnswerWorkdaysMost);
            let answer_at = self.workdays_on(citizen, 0, most).max(self.now.later(30));
            self.put(answer_at, Step::Answer(no, intervention));
        }
    }

    /// An offer is answered; a no goes on to the next who waits.
    pub(super) fn answer(&mut self, no: TeamNo, intervention: InterventionNo) {
        let one = self.intervention(intervention);
        let (citizen, never) = (one.citizen, one.drops_at == Some(0));
        let takes = self.parameter(Parameter::SeatTakenShare);
        let yes = self.chance(citizen, takes) && !never;
        self.emit(Action::AnswerOffer { team: no, intervention, yes });
        let team = self.team(no);
        team.asked.retain(|one| *one != intervention);
        if yes {
            team.seated.push(intervention);
            self.intervention(intervention).team = Some(no);
            return;
        }
        team.refused.push(intervention);
        let most = self.whole(Parameter::SeatRefusedMost);
        let one = self.intervention(intervention);
        one.refused += 1;
        if never || u32::from(one.refused) >= most {
            self.drop_out(intervention);
        } else {
            self.wait(intervention);
        }
        self.ask(no);
    }

    /// A session is over: attendance, tests, and after the last the end.
    pub(super) fn session(&mut self, no: TeamNo, session: u8) {
        self.leave_before(no, session);
        let team = self.team(no);
        let (seated, last) = (team.seated.clone(), usize::from(session) + 1 == team.ends.len());
        if seated.is_empty() {
            return;
        }
        let asked: Vec<CitizenNo> = seated.iter().map(|one| self.intervention(*one).citizen).collect();
        let absent: Vec<(CitizenNo, Presence)> =
            asked.iter().filter_map(|citizen| Some((*citizen, self.absence(*citizen)?))).collect();
        let came = |citizen: CitizenNo| !absent.iter().any(|(away, _)| *away == citizen);
        let present: Vec<InterventionNo> =
            seated.iter().zip(&asked).filter(|(_, citizen)| came(**citizen)).map(|(one, _)| *one).collect();
        let number = SessionNo(u32::from(session));
        self.emit(Action::TakeAttendance { team: no, session: number, asked, absent });
        for intervention in present {
            self.intervention(intervention).held += 1;
            self.test_at_start(intervention);
        }
        if last {
            for intervention in seated {
                self.complete(intervention);
            }
        }
    }

    /// Those who drop out before this session give their seat back.
    fn leave_before(&mut self, no: TeamNo, session: u8) {
        let leaves =
            |one: &InterventionNo| self.interventions.get(one.index()).is_some_and(|one| one.drops_at == Some(session));
        let leaving: Vec<InterventionNo> = self
            .teams
            .get(no.index())
            .map_or_else(Vec::new, |team| team.seated.iter().copied().filter(leaves).collect());
        for intervention in leaving {
            self.team(no).seated.retain(|one| *one != intervention);
            self.emit(Action::Leave { team: no, intervention });
            self.drop_out(intervention);
        }
    }

    fn absence(&mut self, citizen: CitizenNo) -> Option<Presence> {
        let regrets = self.parameter(Parameter::RegretsShare);
        if !self.chance_by_level(citizen, ABSENT) {
            return None;
        }
        Some(if self.chance(citizen, regrets) { Presence::Regrets } else { Presence::Absent })
    }

    /// Training is tested by the second session, the same way as at the end (001, section 6.3).
    fn test_at_start(&mut self, intervention: InterventionNo) {
        if self.code_of(intervention) != Some(InterventionCode::PhysicalTraining)
            || self.intervention(intervention).test.is_some()
        {
            return;
        }
        let (mean, spread) = (self.parameter(Parameter::RisesAtStart), self.parameter(Parameter::RisesDeviation));
        let citizen = self.intervention(intervention).citizen;
        let measurement = Measurement::around(Tool::Rises, Phase::Start, mean, spread, self.dice_of(citizen));
        self.intervention(intervention).test = Some(measurement);
        self.emit(Action::Measure { citizen, measurement });
    }

    /// What is measured when something is completed.
    pub(super) fn test_at_end(&mut self, intervention: InterventionNo) {
        let code = self.code_of(intervention);
        let (citizen, test) = (self.intervention(intervention).citizen, self.intervention(intervention).test);
        let (gained, smoke_free) = (self.parameter(Parameter::RisesGained), self.parameter(Parameter::SmokeFreeAtEnd));
        let spread = self.parameter(Parameter::RisesGainedDeviation);
        let dice = self.dice_of(citizen);
        let measurement = match (code, test) {
            (Some(InterventionCode::PhysicalTraining), Some(start)) => {
                let after = f64::from(start.points) + dice.normal(gained, spread);
                Measurement::about(Tool::Rises, Phase::End, after)
            }
            (Some(InterventionCode::NicotineCessation), _) => {
                let free = dice.chance(smoke_free);
                let case = self.intervention(intervention).case;
                self.case(case).smoke_free = free;
                Measurement::about(Tool::SmokeFree, Phase::End, if free { 1.0 } else { 0.0 })
            }
            _ => return,
        };
        self.emit(Action::Measure { citizen, measurement });
    }
}

/// When a class meets: in the day, and nicotine after work.
fn start_minute(code: InterventionCode, number: u32) -> u32 {
    let early = [9 * 60, 10 * 60 + 30, 13 * 60];
    match code {
        InterventionCode::NicotineCessation => 16 * 60 + 30,
        _ => early[usize::try_from(number % 3).unwrap_or(0)],
    }
}
