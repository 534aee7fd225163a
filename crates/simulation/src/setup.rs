//! What a simulation is started with: the municipality, its classes and staff, and how long.

use domain::codes::InterventionCode;
use jiff::civil::Date;

use crate::calibration::{Calibration, Programme};
use crate::expected::Expected;
use crate::municipality::Municipality;

/// The classes of an intervention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamPlan {
    /// Which intervention.
    pub code: InterventionCode,
    /// Seats of each class.
    pub seats: u16,
    /// Classes that begin in a year.
    pub starts_a_year: u32,
}

impl TeamPlan {
    /// Classes enough for what is expected.
    pub(crate) fn enough(expected: &Expected, calibration: &Calibration) -> Vec<Self> {
        let groups = calibration.programmes().iter().enumerate().filter(|(_, programme)| programme.group);
        let plan = |(place, programme): (usize, &Programme)| Self {
            code: programme.code,
            seats: programme.seats,
            starts_a_year: expected.starts(place, calibration),
        };
        groups.map(plan).collect()
    }
}

/// A part of the municipality by its postal code.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct District {
    /// The postal code.
    pub post_code: &'static str,
    /// What the place is called.
    pub name: &'static str,
    /// How many of those who come live there, beside the others.
    pub share: f64,
}

/// What a simulation is started with.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// Which municipality.
    pub municipality: Municipality,
    /// The seed: the same seed and setup give the same events.
    pub seed: u64,
    /// The first day.
    pub first_day: Date,
    /// How many days.
    pub days: u32,
    /// What it is calibrated to.
    pub calibration: Calibration,
    /// The classes of each intervention that has any.
    pub teams: Vec<TeamPlan>,
    /// Its parts; none when it is not told where anybody lives.
    pub districts: Vec<District>,
    /// Professionals.
    pub professionals: u32,
    /// Referrals of doctors and hospitals beside what the calibration says; 1 for the same.
    pub referrals: f64,
}

impl Setup {
    /// A municipality with classes and staff enough for what is expected.
    pub fn of(municipality: Municipality, seed: u64, first_day: Date, days: u32, calibration: &Calibration) -> Self {
        let expected = Expected::of(municipality.inhabitants, 1.0, calibration);
        Self {
            teams: TeamPlan::enough(&expected, calibration),
            professionals: expected.professionals(calibration),
            calibration: calibration.clone(),
            referrals: 1.0,
            districts: Vec::new(),
            municipality,
            seed,
            first_day,
            days,
        }
    }

    /// The classes of an intervention.
    pub fn team_plan(&self, code: InterventionCode) -> Option<&TeamPlan> {
        self.teams.iter().find(|plan| plan.code == code)
    }
}
