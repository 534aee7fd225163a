//! What happens: events, each with what the command of the program needs that does the same.
//!
//! Things are named by numbers of the model. Whoever applies the events keeps beside each number the id that the program
//! gave; nothing here knows how ids are made.

use std::collections::BTreeSet;

use domain::codes::{DeliveryType, EncounterClass, InterventionCode, RequestedArea, StopReason};
use domain::follow_up::Kept;
use domain::goal::GoalOutcome;
use domain::referral::{DeclineReason, FirstStep};
use domain::safety::Question;
use domain::service_request::{Channel, Source};
use domain::stop_course::{StopForm, StopOutcome};
use domain::stratification::Stratum;
use domain::team::{Intake, Presence, WaitingNeed};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::measurement::Measurement;
use crate::person::Person;
use crate::setup::District;
use crate::talk::TalkAnswers;

macro_rules! numbers {
    ($($(#[$meta:meta])* $name:ident,)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// Where it stands in a list of all of its kind.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

numbers! {
    /// A citizen.
    CitizenNo,
    /// A request.
    RequestNo,
    /// A course.
    CaseNo,
    /// A planned intervention, talks included.
    InterventionNo,
    /// A team.
    TeamNo,
    /// A session of a team, counted within the team.
    SessionNo,
    /// A follow-up.
    FollowUpNo,
    /// A professional.
    ProfessionalNo,
}

/// Something that happens at an instant. Events come in the order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub action: Action,
}

/// What happens; the comment names the command that does it.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A team is made with its sessions: `teams::create`.
    OpenTeam(Box<NewTeam>),
    /// A request comes: by MedCom through the mailbox, else `referrals::register`.
    Receive(Box<Request>),
    /// Staff read it and find it to be ours: `referrals::check`.
    Check {
        /// Which.
        request: RequestNo,
    },
    /// A call: `referrals::attempt`. One that reaches the citizen after the letter is the citizen who rings.
    Attempt {
        /// About which.
        request: RequestNo,
        /// Whether the citizen was reached.
        reached: bool,
    },
    /// The letter after the last attempt: `referrals::send_letter`.
    SendLetter {
        /// About which.
        request: RequestNo,
    },
    /// The letter's time is out: `referrals::close_expired`.
    CloseUnanswered {
        /// About which.
        request: RequestNo,
    },
    /// The citizen wants nothing now: `referrals::decline`.
    Decline {
        /// Which.
        request: RequestNo,
        /// Why.
        reason: DeclineReason,
    },
    /// The first step: `referrals::route`, which opens the course and plans the talk or intervention.
    Route {
        /// Which.
        request: RequestNo,
        /// The course it opens.
        case: CaseNo,
        /// The step.
        step: FirstStep,
        /// What is planned.
        planned: InterventionNo,
    },
    /// A talk gets its time: `calendar::book`, or `calendar::move_appointment` when it had one.
    BookTalk {
        /// Which.
        talk: InterventionNo,
        /// Who holds it.
        professional: ProfessionalNo,
        /// From and to.
        time: SessionTime,
        /// The citizen did not come to an earlier time.
        again: bool,
    },
    /// The level of support: `safety::stratify`, with [`crate::level_answers`].
    Stratify {
        /// Of which course.
        case: CaseNo,
        /// What the model says.
        scored: Stratum,
        /// The level that the professional decides.
        level: Stratum,
    },
    /// The talk is held and the plan is made: `courses::hold_talk`.
    HoldTalk {
        /// Which.
        talk: InterventionNo,
        /// From and to.
        time: SessionTime,
        /// Where.
        class: EncounterClass,
        /// What was said.
        answers: Box<TalkAnswers>,
        /// What is granted.
        grants: Vec<Grant>,
    },
    /// Safety questions are answered: `safety::answer`.
    AnswerSafety {
        /// Of which course.
        case: CaseNo,
        /// Each question with its answer.
        answers: Vec<(Question, bool)>,
    },
    /// How much a seat is needed: `teams::set_need`.
    SetNeed {
        /// For which intervention.
        intervention: InterventionNo,
        /// How much.
        need: WaitingNeed,
    },
    /// A seat is offered: `teams::offer_seat`.
    OfferSeat {
        /// Of which team.
        team: TeamNo,
        /// For which intervention.
        intervention: InterventionNo,
    },
    /// The offer is answered: `teams::answer_offer`.
    AnswerOffer {
        /// Of which team.
        team: TeamNo,
        /// For which intervention.
        intervention: InterventionNo,
        /// The citizen takes the seat.
        yes: bool,
    },
    /// Attendance is taken: `teams::take_attendance`. Who is not named came.
    TakeAttendance {
        /// Of which team.
        team: TeamNo,
        /// Which session.
        session: SessionNo,
        /// Who had a seat.
        asked: Vec<CitizenNo>,
        /// Who did not come.
        absent: Vec<(CitizenNo, Presence)>,
    },
    /// The seat is given back: `teams::leave`.
    Leave {
        /// Of which team.
        team: TeamNo,
        /// For which intervention.
        intervention: InterventionNo,
    },
    /// A single contact is held: `courses::record_contact`.
    Contact {
        /// In which intervention.
        intervention: InterventionNo,
        /// From and to.
        time: SessionTime,
        /// Where.
        class: EncounterClass,
        /// Who holds it.
        professional: ProfessionalNo,
    },
    /// A test or questionnaire: `measures::record`.
    Measure {
        /// Of whom.
        citizen: CitizenNo,
        /// What.
        measurement: Measurement,
    },
    /// Nicotine cessation begins: `courses::record_consent` for STOPbasen, and `stopbasen::agree_stop_date`.
    BeginStop {
        /// Which course.
        case: CaseNo,
        /// May be registered in STOPbasen.
        register: bool,
        /// May be contacted after six months. Only those are asked who may be registered.
        contact: bool,
        /// The day of the last cigarette.
        stop_on: Date,
    },
    /// A form of STOPbasen is filled in from what is known: `measures::record`.
    FillStopForm {
        /// Of whom.
        citizen: CitizenNo,
        /// Which.
        form: StopForm,
    },
    /// How nicotine cessation ended: `stopbasen::say_end`.
    SayStopEnd {
        /// Which course.
        case: CaseNo,
        /// Where the citizen stands.
        outcome: StopOutcome,
        /// The new occasion to get help that the program agrees by itself.
        occasion: Option<FollowUpNo>,
    },
    /// STOPbasen's follow-up after six months: `measures::record`, or `stopbasen::not_reached`.
    CallAfterStop {
        /// Which course.
        case: CaseNo,
        /// What became of it.
        outcome: FollowUpOutcome,
        /// The new occasion to get help that the program agrees by itself.
        occasion: Option<FollowUpNo>,
    },
    /// An intervention ends: `courses::end_intervention`.
    EndIntervention {
        /// Which.
        intervention: InterventionNo,
        /// Why, when it did not run its course.
        reason: Option<StopReason>,
    },
    /// The citizen stops the whole course: `courses::withdraw`.
    Withdraw {
        /// Which.
        case: CaseNo,
        /// Why.
        reason: StopReason,
    },
    /// The course is closed, and the doctor told who may be: `courses::close_and_tell`.
    Close {
        /// Which.
        case: CaseNo,
        /// From and to; none when the citizen could not be reached.
        talk: Option<SessionTime>,
        /// How the goal went.
        goal: GoalOutcome,
        /// Whether the doctor may be told.
        consent: bool,
        /// What is agreed, by day.
        follow_ups: Vec<(FollowUpNo, Date)>,
    },
    /// A follow-up is over: `courses::end_follow_up`.
    FollowUp {
        /// Which.
        follow_up: FollowUpNo,
        /// What became of it.
        outcome: FollowUpOutcome,
    },
}

/// What became of a follow-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FollowUpOutcome {
    /// Spoken to.
    Done(Kept),
    /// Tried without success.
    NotReached,
    /// The citizen declined.
    Declined,
}

/// A request that comes.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Which.
    pub request: RequestNo,
    /// About whom.
    pub citizen: CitizenNo,
    /// What is said of them.
    pub person: Person,
    /// Where they live, when the municipality has districts.
    pub home: Option<District>,
    /// Who asks.
    pub source: Source,
    /// How it comes.
    pub channel: Channel,
    /// The practice or ward; none when the citizen asks.
    pub referrer: Option<ReferredBy>,
    /// What is asked for.
    pub areas: BTreeSet<RequestedArea>,
    /// Whether a chronic disease is the ground.
    pub chronic_disease: bool,
    /// In the asker's words.
    pub text: &'static str,
}

/// Who refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReferredBy {
    /// A practice, by number.
    Practice(u16),
    /// A hospital ward, by number.
    Ward(u16),
}

/// From and to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionTime {
    /// Start.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
}

/// A team to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTeam {
    /// Which.
    pub team: TeamNo,
    /// What it is called.
    pub name: String,
    /// Which intervention it delivers.
    pub code: InterventionCode,
    /// How many can take part.
    pub seats: u16,
    /// When people join.
    pub intake: Intake,
    /// Who leads it.
    pub instructors: Vec<ProfessionalNo>,
    /// Its sessions by time; a session's number is its place here.
    pub sessions: Vec<SessionTime>,
}

/// An intervention that is granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Which.
    pub intervention: InterventionNo,
    /// Which of the fourteen.
    pub code: InterventionCode,
    /// Alone or in a group.
    pub delivery: DeliveryType,
    /// Why this one.
    pub because: &'static str,
}
