//! What came of a simulation, counted from its events alone: so the same can be counted of real life.

mod facts;

use std::collections::BTreeMap;

use domain::codes::{InterventionCode, RequestedArea};
use domain::service_request::Source;
use domain::stratification::Stratum;
use domain::workdays::local_date;
use jiff::Timestamp;

use crate::event::{Action, Event, FollowUpOutcome, InterventionNo, ReferredBy, Request, TeamNo};
use facts::Facts;

/// What happened in a period, with what happened before it remembered.
#[derive(Debug, Clone, PartialEq)]
pub struct EventTally {
    from: Timestamp,
    to: Timestamp,
    facts: Facts,
    /// Requests, by who asks and what about.
    pub requests: BTreeMap<(Source, RequestedArea), u32>,
    /// Requests of hospitals about nicotine, by year and month.
    pub hospital_nicotine: BTreeMap<(i16, i8), u32>,
    /// Requests of each practice.
    pub practices: BTreeMap<u16, u32>,
    /// Citizens reached.
    pub reached: u32,
    /// Letters whose time ran out.
    pub unanswered: u32,
    /// Citizens who wanted nothing now.
    pub declined: u32,
    /// Courses opened.
    pub courses: u32,
    /// Courses by level of support.
    pub levels: BTreeMap<Stratum, u32>,
    /// Days from the request to the clarifying talk, of talks held.
    pub talk_waits: Vec<i32>,
    /// Interventions that ran their course, and those that did not, by level.
    pub ended: BTreeMap<Stratum, (u32, u32)>,
    /// By programme.
    pub programmes: BTreeMap<InterventionCode, ProgrammeTally>,
    /// Attendances asked about and missed, by level.
    pub attendance: BTreeMap<Stratum, (u32, u32)>,
    /// Courses closed.
    pub closed: u32,
    /// Courses that the citizen stopped.
    pub withdrawn: u32,
    /// Follow-ups, and those in which the citizen was spoken to.
    pub follow_ups: (u32, u32),
    /// All events.
    pub events: u64,
}

/// What came of a programme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgrammeTally {
    /// Granted.
    pub granted: u32,
    /// Completed.
    pub completed: u32,
    /// Ended before their time.
    pub dropped: u32,
    /// Seats that were taken when their class began.
    pub taken: u32,
    /// Days from the grant to the first session or contact; for nicotine from the start talk (001, section 5.3).
    pub waits: Vec<i32>,
}

impl EventTally {
    /// Counts what happens from an instant up to, not including, another. Events before it are to be added, too: what a
    /// wait is counted from may lie there.
    pub fn new(from: Timestamp, to: Timestamp) -> Self {
        Self {
            from,
            to,
            facts: Facts::default(),
            requests: BTreeMap::new(),
            hospital_nicotine: BTreeMap::new(),
            practices: BTreeMap::new(),
            reached: 0,
            unanswered: 0,
            declined: 0,
            courses: 0,
            levels: BTreeMap::new(),
            talk_waits: Vec::new(),
            ended: BTreeMap::new(),
            programmes: BTreeMap::new(),
            attendance: BTreeMap::new(),
            closed: 0,
            withdrawn: 0,
            follow_ups: (0, 0),
            events: 0,
        }
    }

    /// Counts all of a stream.
    pub fn of(from: Timestamp, to: Timestamp, events: impl Iterator<Item = Event>) -> Self {
        let mut tally = Self::new(from, to);
        events.for_each(|event| tally.add(&event));
        tally
    }

    /// Counts one event.
    pub fn add(&mut self, event: &Event) {
        let within = self.from <= event.at && event.at < self.to;
        if within {
            self.events += 1;
            self.count(event);
        }
        self.facts.learn(event);
    }

    fn count(&mut self, event: &Event) {
        match &event.action {
            Action::Receive(request) => self.request(request, event.at),
            Action::Attempt { reached, .. } => self.reached += u32::from(*reached),
            Action::CloseUnanswered { .. } => self.unanswered += 1,
            Action::Decline { .. } => self.declined += 1,
            Action::Route { step, .. } => {
                self.courses += 1;
                if let Some(code) = step.intervention().filter(|code| !code.is_talk()) {
                    self.programme(code).granted += 1;
                }
            }
            Action::Stratify { level, .. } => *self.levels.entry(*level).or_default() += 1,
            Action::HoldTalk { talk, grants, .. } => {
                self.talk_waits.extend(self.facts.waited_for_talk(*talk, event.at));
                for grant in grants {
                    self.programme(grant.code).granted += 1;
                }
            }
            Action::OpenTeam(_) | Action::AnswerOffer { .. } => {}
            Action::TakeAttendance { team, session, asked, absent } => {
                self.attend(*team, session.0, event.at);
                for citizen in asked {
                    if let Some(level) = self.facts.level(*citizen) {
                        let (all, missed) = self.attendance.entry(level).or_default();
                        *all += 1;
                        *missed += u32::from(absent.iter().any(|(away, _)| away == citizen));
                    }
                }
            }
            Action::Contact { intervention, .. } => {
                if let Some((code, days)) = self.facts.waited_alone(*intervention, event.at) {
                    self.programme(code).waits.push(days);
                }
            }
            Action::EndIntervention { intervention, reason } => self.end(*intervention, reason.is_none()),
            Action::Withdraw { case, .. } => {
                self.withdrawn += 1;
                for intervention in self.facts.running(*case) {
                    self.end(intervention, false);
                }
            }
            Action::Close { .. } => self.closed += 1,
            Action::FollowUp { outcome, .. } | Action::CallAfterStop { outcome, .. } => {
                self.follow_ups.0 += 1;
                self.follow_ups.1 += u32::from(matches!(outcome, FollowUpOutcome::Done(_)));
            }
            Action::Check { .. }
            | Action::SendLetter { .. }
            | Action::BookTalk { .. }
            | Action::AnswerSafety { .. }
            | Action::SetNeed { .. }
            | Action::OfferSeat { .. }
            | Action::Leave { .. }
            | Action::BeginStop { .. }
            | Action::FillStopForm { .. }
            | Action::SayStopEnd { .. }
            | Action::Measure { .. } => {}
        }
    }

    fn request(&mut self, request: &Request, at: Timestamp) {
        for area in &request.areas {
            *self.requests.entry((request.source, *area)).or_default() += 1;
            if (request.source, *area) == (Source::Hospital, RequestedArea::Nicotine) {
                let day = local_date(at);
                *self.hospital_nicotine.entry((day.year(), day.month())).or_default() += 1;
            }
        }
        if let Some(ReferredBy::Practice(practice)) = request.referrer {
            *self.practices.entry(practice).or_default() += 1;
        }
    }

    /// A class that begins: how full it is, and how long each has waited.
    fn attend(&mut self, team: TeamNo, session: u32, at: Timestamp) {
        let Some((code, _)) = self.facts.team(team) else { return };
        if session != 0 {
            return;
        }
        let waits = self.facts.waits_of(team, at);
        let programme = self.programme(code);
        programme.taken += u32::try_from(waits.len()).unwrap_or(u32::MAX);
        programme.waits.extend(waits);
    }

    fn end(&mut self, intervention: InterventionNo, completed: bool) {
        let Some((code, level)) = self.facts.ending(intervention) else { return };
        let programme = self.programme(code);
        programme.completed += u32::from(completed);
        programme.dropped += u32::from(!completed);
        if let Some(level) = level {
            let (done, dropped) = self.ended.entry(level).or_default();
            *done += u32::from(completed);
            *dropped += u32::from(!completed);
        }
    }

    fn programme(&mut self, code: InterventionCode) -> &mut ProgrammeTally {
        self.programmes.entry(code).or_default()
    }

    /// Requests of doctors and hospitals about nicotine and alcohol.
    pub fn risk_referrals(&self) -> u32 {
        let about = |area| matches!(area, RequestedArea::Nicotine | RequestedArea::Alcohol);
        let referred = |source| matches!(source, Source::GeneralPractice | Source::Hospital);
        self.requests
            .iter()
            .filter(|((source, area), _)| referred(*source) && about(*area))
            .map(|(_, count)| count)
            .sum()
    }

    /// Seats of a programme's classes whose first session lay in the period, and how many of them were taken.
    pub fn seats(&self, code: InterventionCode) -> (u32, u32) {
        let seats = self.facts.seats_of(code, self.from, self.to);
        (seats, self.programmes.get(&code).map_or(0, |programme| programme.taken))
    }
}

/// The value below which a share of some values lies; none of no values. A share of 0.5 is the median.
pub fn percentile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place")]
    let place = (share.clamp(0.0, 1.0) * (sorted.len().saturating_sub(1)) as f64 + 0.5) as usize;
    sorted.get(place).copied()
}

#[cfg(test)]
mod tests;
