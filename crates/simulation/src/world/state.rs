//! What the model remembers of each citizen, request, course and intervention.

use domain::codes::RequestedArea;
use domain::stratification::Stratum;
use domain::team::WaitingNeed;
use jiff::civil::Date;

use super::Simulation;
use crate::dice::Dice;
use crate::event::{Action, CaseNo, CitizenNo, FollowUpNo, InterventionNo, RequestNo, TeamNo};
use crate::measurement::Measurement;
use crate::talk::Disease;

/// What is thrown for what the model says of a course's level.
const PURPOSE_SCORE: u64 = 1 << 42;

/// A citizen: how they are, and dice of their own.
#[derive(Debug, Clone)]
pub(super) struct Citizen {
    pub dice: Dice,
    pub level: Stratum,
    pub disease: Disease,
    /// May be registered in STOPbasen, and contacted after six months; none before the first time somebody asks. The answer
    /// stays the same.
    pub registers: Option<(bool, bool)>,
}

/// A request under way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    pub citizen: CitizenNo,
    /// What it leads to.
    pub about: RequestedArea,
    pub attempts: u8,
}

/// A course.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "what came of a course is no state")]
pub(super) struct Case {
    pub citizen: CitizenNo,
    /// The clarifying talk, when there is one, and how often nobody came.
    pub missed: u8,
    /// Interventions that have not ended.
    pub running: u8,
    /// Something was dropped and nothing completed.
    pub completed: bool,
    /// WHO-5 at the start.
    pub well_being: Option<Measurement>,
    /// It was about nicotine.
    pub nicotine: bool,
    /// Nicotine cessation ended without a cigarette.
    pub smoke_free: bool,
    /// Follow-ups that are agreed and not over, each with its day.
    pub agreed: Vec<(FollowUpNo, u32)>,
    /// STOPbasen's follow-up is still to come.
    pub call_after_stop: bool,
    /// Closed, or stopped by the citizen.
    pub over: bool,
}

/// An intervention.
#[derive(Debug, Clone)]
pub(super) struct Intervention {
    pub case: CaseNo,
    pub citizen: CitizenNo,
    /// The place of its programme; none for a talk.
    pub programme: Option<usize>,
    pub granted_on: Date,
    pub need: WaitingNeed,
    /// The session before which the citizen drops out.
    pub drops_at: Option<u8>,
    /// Contacts or sessions so far.
    pub held: u8,
    /// In a class.
    pub group: bool,
    /// The start talk of nicotine cessation is still to come.
    pub start_talk: bool,
    /// Offers refused.
    pub refused: u8,
    /// The class with a seat.
    pub team: Option<TeamNo>,
    /// The test at the start.
    pub test: Option<Measurement>,
    /// When and with whom the next contact is.
    pub next: Option<Booked>,
}

/// A time that is booked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Booked {
    pub slot: crate::staff::Slot,
    pub minutes: u32,
}

/// The model numbers what it makes, so a number always has its place; one that has none is a mistake of the model.
const HELD: &str = "a number of the model has its place";

impl Simulation {
    pub(super) fn citizen(&self, no: CitizenNo) -> &Citizen {
        self.citizens.get(no.index()).expect(HELD)
    }

    pub(super) fn dice_of(&mut self, no: CitizenNo) -> &mut Dice {
        &mut self.citizens.get_mut(no.index()).expect(HELD).dice
    }

    pub(super) fn request(&mut self, no: RequestNo) -> &mut Open {
        self.open.get_mut(no.index()).expect(HELD)
    }

    pub(super) fn case(&mut self, no: CaseNo) -> &mut Case {
        self.cases.get_mut(no.index()).expect(HELD)
    }

    pub(super) fn intervention(&mut self, no: InterventionNo) -> &mut Intervention {
        self.interventions.get_mut(no.index()).expect(HELD)
    }

    pub(super) fn team(&mut self, no: TeamNo) -> &mut crate::team::Team {
        self.teams.get_mut(no.index()).expect(HELD)
    }

    /// Whether something of this probability happens to a citizen.
    pub(super) fn chance(&mut self, citizen: CitizenNo, probability: f64) -> bool {
        self.dice_of(citizen).chance(probability)
    }

    /// The level is that of the citizen; sometimes the model says another, and the professional decides. By dice of its own, so
    /// that it changes nothing else.
    pub(super) fn stratify(&mut self, case: CaseNo, citizen: CitizenNo) {
        let level = self.citizen(citizen).level;
        let mut dice = Dice::new(self.setup.seed, PURPOSE_SCORE + u64::from(case.0));
        let overridden = dice.chance(self.setup.calibration.of(crate::Parameter::LevelOverriddenShare));
        let scored = match level {
            other if !overridden => other,
            Stratum::Own | Stratum::Extended => Stratum::Support,
            Stratum::Support => dice.pick(Stratum::Own, &[Stratum::Extended]),
        };
        self.emit(Action::Stratify { case, scored, level });
    }

    /// Whether something happens, by one of three parameters for the citizen's level.
    pub(super) fn chance_by_level(&mut self, citizen: CitizenNo, parameters: [crate::Parameter; 3]) -> bool {
        let probability = self.setup.calibration.by_level(self.citizen(citizen).level, parameters);
        self.chance(citizen, probability)
    }
}

/// The next number of a list.
pub(super) fn next_no<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}
