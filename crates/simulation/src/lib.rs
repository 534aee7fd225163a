//! A made-up municipality that runs by itself: who is referred, who is reached, who comes, who drops out, who gets better.
//!
//! A seeded discrete-event model. [`Simulation`] is an iterator of [`Event`]s in the order of time; each carries what the
//! command of the program needs that does the same in real life, so that every rule of the domain holds for what is made
//! of it. [`plan`] runs it many times over to say what other seats, starts, staff or referrals would lead to. The figures
//! stand in `data/`, each with its source or called the assumption it is.
//!
//! Nothing here reads a clock, a database or a network. Randomness comes from the seed alone, by a generator and
//! arithmetic that give the same events on every machine. Nobody in it exists: the persons are the official test persons
//! and invented ones with replacement numbers.
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that cannot go on should say where"))]

mod calendar;
mod calibration;
mod dice;
mod event;
mod expected;
mod level;
mod measurement;
mod municipality;
mod person;
mod planner;
mod referrer;
mod setup;
mod staff;
mod talk;
mod tally;
mod team;
mod world;

pub use calibration::{Calibration, CalibrationFault, Ground, Parameter, Programme, Season, StatedParameter};
pub use event::{
    Action, CaseNo, CitizenNo, Event, FollowUpNo, FollowUpOutcome, Grant, InterventionNo, NewTeam, ProfessionalNo,
    ReferredBy, Request, RequestNo, SessionNo, SessionTime, TeamNo,
};
pub use expected::{Expected, Stream};
pub use level::answers as level_answers;
pub use measurement::{Measurement, Tool};
pub use municipality::{Municipality, MunicipalityFault, SizeBasis, country, location_number};
pub use person::Person;
pub use planner::{Field, InputFault, Inputs, PlanOutcome, ProgrammeOutcome, Spread, plan};
pub use setup::{District, Setup, TeamPlan};
pub use talk::{Disease, TalkAnswers};
pub use tally::{EventTally, ProgrammeTally, percentile};
pub use world::Simulation;
