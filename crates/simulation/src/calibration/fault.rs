//! Why a calibration is refused: what is wrong and where.

/// A calibration that is not used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CalibrationFault {
    /// Not the form of the file: an unknown field, a missing one, no TOML.
    #[error("{at}: {why}")]
    Form {
        /// Where.
        at: String,
        /// What the reader says.
        why: String,
    },
    /// A parameter that the model does not know.
    #[error("parameter.{0} is not a parameter of the model")]
    UnknownParameter(String),
    /// A parameter that the file leaves out.
    #[error("parameter.{0} is missing")]
    MissingParameter(&'static str),
    /// Neither a source nor an assumption, or both.
    #[error("{0} needs either a source or an assumption")]
    Unfounded(String),
    /// A source that names no document, or no place in it.
    #[error("{at}: the source '{source_text}' names no document and section")]
    VagueSource {
        /// Which parameter.
        at: String,
        /// What stands there.
        source_text: String,
    },
    /// Outside its own limits.
    #[error("parameter.{parameter} is {value}, and must lie from {low} to {high}")]
    OutOfRange {
        /// Which parameter.
        parameter: String,
        /// What stands there.
        value: f64,
        /// The least.
        low: f64,
        /// The most.
        high: f64,
    },
    /// A share outside zero to one, or limits the wrong way round.
    #[error("parameter.{0} has impossible limits")]
    ImpossibleLimits(String),
    /// Seasons that do not make a year.
    #[error("season.{word}: the twelve months must be above zero and average 1; they average {mean:.3}")]
    NotAYear {
        /// Which.
        word: &'static str,
        /// What they average.
        mean: f64,
    },
    /// A programme that cannot be run.
    #[error("programme {code}: {why}")]
    Programme {
        /// Which.
        code: &'static str,
        /// What is wrong.
        why: &'static str,
    },
    /// What is granted first after a talk does not add up.
    #[error("the shares of the programmes add up to {0:.3} and must be 1")]
    Shares(f64),
}
