//! What the model is calibrated to: figures, seasons and programmes, read from `data/calibration.toml` and checked.
//!
//! A figure without a source and without being called an assumption is refused, and so is one that lies outside its own
//! limits: what comes out of the model can be no better known than what goes in.

mod fault;
mod figure;
mod file;
mod programme;

use std::sync::LazyLock;

use domain::stratification::Stratum;

pub use fault::CalibrationFault;
pub use figure::{Figure, Origin, Season, StatedFigure};
pub use programme::Programme;

/// The calibration that is built in.
static STATED: LazyLock<Calibration> = LazyLock::new(|| {
    // A test reads the same file, so the program cannot be built around a broken one unseen.
    Calibration::read(include_str!("../data/calibration.toml")).unwrap_or_else(|fault| panic!("{fault}"))
});

/// Everything the model is calibrated to.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    figures: Vec<StatedFigure>,
    seasons: [[f64; 12]; 3],
    programmes: Vec<Programme>,
}

impl Calibration {
    /// The one that is built in.
    pub fn stated() -> &'static Self {
        &STATED
    }

    /// Reads one. Every figure and season must be there once, with its source or assumption, and within its limits.
    pub fn read(text: &str) -> Result<Self, CalibrationFault> {
        file::read(text)
    }

    /// The value of a figure.
    pub fn of(&self, figure: Figure) -> f64 {
        self.figures.get(figure.place()).map_or(0.0, |stated| stated.value)
    }

    /// The value of a figure that is counted in whole things, at least zero.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held within its limits by the reader")]
    pub fn whole(&self, figure: Figure) -> u32 {
        self.of(figure).max(0.0) as u32
    }

    /// The value of one of three figures, by how much support somebody needs.
    pub fn by_level(&self, level: Stratum, [own, support, extended]: [Figure; 3]) -> f64 {
        self.of(match level {
            Stratum::Own => own,
            Stratum::Support => support,
            Stratum::Extended => extended,
        })
    }

    /// All figures as they are stated, for a page that shows what the model rests on.
    pub fn figures(&self) -> &[StatedFigure] {
        &self.figures
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

    /// The same with another value of a figure; refused outside its limits.
    pub fn with(mut self, figure: Figure, value: f64) -> Result<Self, CalibrationFault> {
        if let Some(stated) = self.figures.get_mut(figure.place()) {
            if !(stated.low..=stated.high).contains(&value) {
                return Err(CalibrationFault::OutOfRange {
                    figure: figure.word().to_owned(),
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
