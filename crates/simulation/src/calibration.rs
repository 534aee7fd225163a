//! What the model is calibrated to: parameters, seasons and programmes, read from `data/calibration.toml` and checked.
//!
//! A parameter without a source and without being called an assumption is refused, and so is one that lies outside its own
//! limits: what comes out of the model can be no better known than what goes in.

mod fault;
mod file;
mod parameter;
mod programme;

use std::sync::LazyLock;

use domain::stratification::Stratum;

pub use fault::CalibrationFault;
pub use parameter::{Ground, Parameter, Season, StatedParameter};
pub use programme::Programme;

/// The calibration that is built in.
static STATED: LazyLock<Calibration> = LazyLock::new(|| {
    // A test reads the same file, so the program cannot be built around a broken one unseen.
    Calibration::read(include_str!("../data/calibration.toml")).unwrap_or_else(|fault| panic!("{fault}"))
});

/// Everything the model is calibrated to.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    parameters: Vec<StatedParameter>,
    seasons: [[f64; 12]; 3],
    programmes: Vec<Programme>,
}

impl Calibration {
    /// The one that is built in.
    pub fn stated() -> &'static Self {
        &STATED
    }

    /// Reads one. Every parameter and season must be there once, with its source or assumption, and within its limits.
    pub fn read(text: &str) -> Result<Self, CalibrationFault> {
        file::read(text)
    }

    /// The value of a parameter.
    pub fn of(&self, parameter: Parameter) -> f64 {
        self.parameters.get(parameter.place()).map_or(0.0, |stated| stated.value)
    }

    /// The value of a parameter that is counted in whole things, at least zero.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held within its limits by the reader")]
    pub fn whole(&self, parameter: Parameter) -> u32 {
        self.of(parameter).max(0.0) as u32
    }

    /// The value of one of three parameters, by how much support somebody needs.
    pub fn by_level(&self, level: Stratum, [own, support, extended]: [Parameter; 3]) -> f64 {
        self.of(match level {
            Stratum::Own => own,
            Stratum::Support => support,
            Stratum::Extended => extended,
        })
    }

    /// All parameters as they are stated, for a page that shows what the model rests on.
    pub fn parameters(&self) -> &[StatedParameter] {
        &self.parameters
    }

    /// How much of an even month comes in a month, 1 to 12.
    pub fn season(&self, season: Season, month: i8) -> f64 {
        let months = match season {
            Season::Practice => &self.seasons[0],
            Season::Hospital => &self.seasons[1],
            Season::Citizen => &self.seasons[2],
        };
        usize::try_from(month - 1).ok().and_then(|month| months.get(month)).copied().unwrap_or(1.0)
    }

    /// What is offered.
    pub fn programmes(&self) -> &[Programme] {
        &self.programmes
    }

    /// The same with another value of a parameter; refused outside its limits.
    pub fn with(mut self, parameter: Parameter, value: f64) -> Result<Self, CalibrationFault> {
        if let Some(stated) = self.parameters.get_mut(parameter.place()) {
            if !(stated.low..=stated.high).contains(&value) {
                return Err(CalibrationFault::OutOfRange {
                    parameter: parameter.word().to_owned(),
                    value,
                    low: stated.low,
                    high: stated.high,
                });
            }
            stated.value = value;
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests;
