//! What a plan is about, and what is wrong with one.

use domain::codes::InterventionCode;
use domain::identifiers::MunicipalityCode;

use crate::calibration::Calibration;
use crate::expected::Expected;
use crate::municipality::{INHABITANTS_LEAST, INHABITANTS_MOST, Municipality, SizeBasis};
use crate::setup::TeamPlan;

/// What may be changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Inputs {
    /// How many live in the municipality.
    pub inhabitants: u32,
    /// Referrals of doctors and hospitals beside today's; 1 for as many.
    pub referrals: f64,
    /// Professionals.
    pub professionals: u32,
    /// The classes.
    pub teams: Vec<TeamPlan>,
    /// The seed; two plans are compared over the same.
    pub seed: u64,
}

/// A field of the inputs, to show a fault at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// [`Inputs::inhabitants`].
    Inhabitants,
    /// [`Inputs::referrals`].
    Referrals,
    /// [`Inputs::professionals`].
    Professionals,
    /// [`TeamPlan::seats`] of an intervention.
    Seats(InterventionCode),
    /// [`TeamPlan::starts_a_year`] of an intervention.
    Starts(InterventionCode),
    /// The intervention itself: it has no classes, or stands twice.
    Programme(InterventionCode),
    /// How many times the year is run.
    Runs,
}

/// What is wrong with an input, in words for the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field:?} is out of range")]
pub struct InputFault {
    /// Where.
    pub field: Field,
    /// What is wrong and what to do, in Danish.
    pub text: String,
}

/// Least and most of each field.
const REFERRALS: (f64, f64) = (0.0, 5.0);
const PROFESSIONALS: (u32, u32) = (1, 500);
const SEATS: (u16, u16) = (1, 40);
const STARTS: (u32, u32) = (0, 1000);
const RUNS: (u32, u32) = (5, 500);

impl Inputs {
    /// A municipality with classes and staff enough for what is expected: where a plan begins.
    pub fn of(inhabitants: u32, calibration: &Calibration) -> Self {
        let expected = Expected::of(inhabitants, 1.0, calibration);
        Self {
            inhabitants,
            referrals: 1.0,
            professionals: expected.professionals(calibration),
            teams: TeamPlan::enough(&expected, calibration),
            seed: 1,
        }
    }

    /// All that is wrong.
    pub(super) fn check(&self, runs: u32) -> Result<(), Vec<InputFault>> {
        let mut faults = Vec::new();
        let mut refuse = |field, text: String| faults.push(InputFault { field, text });
        if !(INHABITANTS_LEAST..=INHABITANTS_MOST).contains(&self.inhabitants) {
            let text = format!("Indbyggere: Skriv et tal fra {INHABITANTS_LEAST} til {INHABITANTS_MOST}.");
            refuse(Field::Inhabitants, text);
        }
        // What is no number lies in no range.
        if !(REFERRALS.0..=REFERRALS.1).contains(&self.referrals) {
            refuse(Field::Referrals, "Henvisninger: Skriv fra 0 til 500 procent af i dag.".into());
        }
        if !(PROFESSIONALS.0..=PROFESSIONALS.1).contains(&self.professionals) {
            let text = format!("Medarbejdere: Skriv et tal fra {} til {}.", PROFESSIONALS.0, PROFESSIONALS.1);
            refuse(Field::Professionals, text);
        }
        for (place, one) in self.teams.iter().enumerate() {
            let name = one.code.label();
            if self.teams.iter().take(place).any(|other| other.code == one.code) {
                refuse(Field::Programme(one.code), format!("{name}: Indsatsen står der to gange. Fjern den ene."));
            }
            if one.code.is_talk() || matches!(one.code, InterventionCode::AlcoholTalk | InterventionCode::FollowUp) {
                refuse(Field::Programme(one.code), format!("{name}: Indsatsen holdes ikke på hold. Fjern den."));
            }
            if !(SEATS.0..=SEATS.1).contains(&one.seats) {
                let text = format!("{name}, pladser på hvert hold: Skriv et tal fra {} til {}.", SEATS.0, SEATS.1);
                refuse(Field::Seats(one.code), text);
            }
            if !(STARTS.0..=STARTS.1).contains(&one.starts_a_year) {
                let text = format!("{name}, holdstarter om året: Skriv et tal fra {} til {}.", STARTS.0, STARTS.1);
                refuse(Field::Starts(one.code), text);
            }
        }
        if !(RUNS.0..=RUNS.1).contains(&runs) {
            refuse(Field::Runs, format!("Antal gange året regnes: Skriv et tal fra {} til {}.", RUNS.0, RUNS.1));
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// A municipality of the size: which one is no matter here.
    pub(super) fn municipality(&self) -> Municipality {
        // A code is only a name, and three digits are always one.
        let code = MunicipalityCode::parse("999").expect("three digits are a code");
        Municipality { code, inhabitants: self.inhabitants, basis: SizeBasis::Given }
    }
}
