//! The running model: an agenda of steps in the order of time; each step makes events and puts further steps on it.
//!
//! One file for each part of the course: [`arrivals`] who comes, [`contact`] who is reached, [`plan`] the talk and what is
//! granted, [`classes`] seats and sessions, [`single`] contacts alone, [`closing`] the end and the follow-ups, [`stop`] what
//! nicotine cessation has besides.

mod arrivals;
mod classes;
mod closing;
mod contact;
mod plan;
mod single;
mod state;
mod stop;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use jiff::Timestamp;

use crate::calendar::{Calendar, Moment};
use crate::calibration::{Calibration, Parameter};
use crate::dice::Dice;
use crate::event::{Action, CaseNo, CitizenNo, Event, FollowUpNo, InterventionNo, RequestNo, SessionTime, TeamNo};
use crate::expected::{Expected, Stream};
use crate::referrer::Referrers;
use crate::setup::Setup;
use crate::staff::Staff;
use crate::team::Team;

use state::{Case, Citizen, Intervention, Open};

/// Days that the calendar reaches beyond the end: classes that have begun have their sessions there.
const BEYOND_DAYS: u32 = 430;

/// What is thrown for something else than a citizen; those have the numbers below.
const PURPOSE_WORLD: u64 = 1 << 40;

/// Something that will be done at its moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// A day begins: how many requests come.
    Day,
    /// A request comes.
    Arrive(Stream),
    /// It is read.
    Check(RequestNo),
    /// The citizen is called.
    Call(RequestNo),
    /// The citizen rings after the letter.
    RingBack(RequestNo),
    /// The letter's time is out.
    LetterOver(RequestNo),
    /// A clarifying talk is over, or nobody came.
    Talk(InterventionNo),
    /// A contact alone is over, or nobody came.
    Single(InterventionNo),
    /// A class is announced.
    Announce(usize, u32),
    /// An offer is answered.
    Answer(TeamNo, InterventionNo),
    /// A session is over.
    Session(TeamNo, u8),
    /// The closing talk is over, or there is none.
    Close(CaseNo, Option<Moment>),
    /// A follow-up is due.
    FollowUp(FollowUpNo),
    /// STOPbasen's follow-up is due.
    CallAfterStop(CaseNo),
}

/// A municipality that runs. Iterate over it for its events.
#[derive(Debug, Clone)]
pub struct Simulation {
    setup: Setup,
    calendar: Calendar,
    agenda: BinaryHeap<Reverse<(Moment, u32, Step)>>,
    /// Steps put on the agenda so far: among those of one moment the first put comes first.
    put: u32,
    now: Moment,
    until: Moment,
    out: VecDeque<Event>,
    dice: Dice,
    referrers: Referrers,
    staff: Staff,
    expected: Expected,
    /// Requests of a day by stream, for the month that runs.
    rates: [f64; 6],
    citizens: Vec<Citizen>,
    open: Vec<Open>,
    cases: Vec<Case>,
    interventions: Vec<Intervention>,
    teams: Vec<Team>,
    follow_ups: Vec<CaseNo>,
    /// Citizens whose courses are closed: they may come again.
    closed: Vec<CitizenNo>,
    /// Who waits for a seat, by the place of the programme.
    waiting: Vec<Vec<InterventionNo>>,
}

impl Simulation {
    /// A municipality on the morning of its first day.
    pub fn new(setup: Setup) -> Self {
        let calibration = &setup.calibration;
        let calendar = Calendar::new(setup.first_day, setup.days + BEYOND_DAYS);
        let mut dice = Dice::new(setup.seed, PURPOSE_WORLD);
        let referrers = Referrers::of(setup.municipality.inhabitants, calibration, &mut dice);
        let minutes_a_day = calibration.whole(Parameter::DirectHoursAWeek) * 60 / 5;
        let mut world = Self {
            staff: Staff::new(setup.professionals, minutes_a_day, setup.days + BEYOND_DAYS),
            expected: Expected::of(setup.municipality.inhabitants, setup.referrals, calibration),
            waiting: vec![Vec::new(); calibration.programmes().len()],
            until: Moment::at(setup.days, 0),
            agenda: BinaryHeap::new(),
            put: 0,
            now: Moment::default(),
            out: VecDeque::new(),
            rates: [0.0; 6],
            citizens: Vec::new(),
            open: Vec::new(),
            cases: Vec::new(),
            interventions: Vec::new(),
            teams: Vec::new(),
            follow_ups: Vec::new(),
            closed: Vec::new(),
            referrers,
            calendar,
            dice,
            setup,
        };
        world.announce_classes();
        world.put(Moment::default(), Step::Day);
        world
    }

    /// Practices, and those of them that refer nobody.
    pub fn practices(&self) -> (usize, usize) {
        self.referrers.practices()
    }

    /// Who waits for a seat of an intervention now.
    pub fn waiting_for(&self, code: domain::codes::InterventionCode) -> usize {
        let place = self.calibration().programmes().iter().position(|programme| programme.code == code);
        place.and_then(|place| self.waiting.get(place)).map_or(0, Vec::len)
    }

    /// Of the professionals' minutes from one day to another, so many are booked, and so many there are.
    pub fn staff_minutes(&self, from_day: u32, to_day: u32) -> (u64, u64) {
        self.staff.use_of(&self.calendar, from_day, to_day)
    }

    /// The instant at which a day begins.
    pub fn day(&self, day: u32) -> Timestamp {
        self.calendar.instant(Moment::at(day, 0))
    }

    fn calibration(&self) -> &Calibration {
        &self.setup.calibration
    }

    fn parameter(&self, parameter: Parameter) -> f64 {
        self.setup.calibration.of(parameter)
    }

    /// A parameter that is counted in whole minutes, days or times.
    fn whole(&self, parameter: Parameter) -> u32 {
        self.setup.calibration.whole(parameter)
    }

    /// Puts a step on the agenda.
    fn put(&mut self, at: Moment, step: Step) {
        self.put += 1;
        self.agenda.push(Reverse((at.max(self.now), self.put, step)));
    }

    /// Makes an event now.
    fn emit(&mut self, action: Action) {
        let at = self.calendar.instant(self.now);
        self.out.push_back(Event { at, action });
    }

    /// From and to, as instants.
    fn time(&self, start: Moment, minutes: u32) -> SessionTime {
        SessionTime { start: self.calendar.instant(start), end: self.calendar.instant(start.later(minutes)) }
    }

    /// A time so many working days from now, in office hours.
    fn workdays_on(&mut self, citizen: CitizenNo, first: u32, last: u32) -> Moment {
        let day = self.now.day();
        let dice = self.dice_of(citizen);
        let (days, minute) = (dice.between(first, last), dice.between(8 * 60 + 30, 15 * 60));
        Moment::at(self.calendar.workdays_after(day, days), minute)
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Day => self.begin_day(),
            Step::Arrive(stream) => self.arrive(stream),
            Step::Check(request) => self.check(request),
            Step::Call(request) => self.call(request),
            Step::RingBack(request) => self.ring_back(request),
            Step::LetterOver(request) => self.letter_over(request),
            Step::Talk(talk) => self.talk(talk),
            Step::Single(intervention) => self.single(intervention),
            Step::Announce(programme, number) => self.announce(programme, number),
            Step::Answer(team, intervention) => self.answer(team, intervention),
            Step::Session(team, number) => self.session(team, number),
            Step::Close(case, talk) => self.close(case, talk),
            Step::FollowUp(follow_up) => self.follow_up(follow_up),
            Step::CallAfterStop(case) => self.call_after_stop(case),
        }
    }
}

impl Iterator for Simulation {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.out.pop_front() {
                return Some(event);
            }
            let Reverse((at, _, step)) = self.agenda.pop()?;
            if at >= self.until {
                // What would come later belongs to a later year.
                self.agenda.clear();
                return None;
            }
            self.now = at;
            self.take(step);
        }
    }
}
