//! What a municipality has set beside [`domain::limits::Limits`].

use std::collections::BTreeMap;

use super::LimitId;
use super::values::system_limit;
use crate::catalogue::STANDARD;

/// Why a limit is not set.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LimitFault {
    /// It stands in the standard, a law or a national guide.
    #[error("{} is fixed by the standard", .0.word())]
    Fixed(LimitId),
    /// It is one of the limits of the whole system, and is set there.
    #[error("{} is set among the limits of the system", .0.word())]
    SetElsewhere(LimitId),
    /// It cannot be that.
    #[error("{} cannot be {value}: {least} to {most}", limit.word())]
    OutOfRange {
        /// Which.
        limit: LimitId,
        /// What was wished.
        value: f64,
        /// Lowest that can be.
        least: f64,
        /// Highest that can be.
        most: f64,
    },
}

impl LimitFault {
    /// What people read.
    pub fn user_message(&self) -> String {
        match self {
            Self::Fixed(_) => "Grænsen står i standarden og kan ikke ændres lokalt.".to_owned(),
            Self::SetElsewhere(_) => "Grænsen ændres under Frister, så hele systemet følger den.".to_owned(),
            Self::OutOfRange { least, most, .. } => format!("Skriv et tal fra {least} til {most}."),
        }
    }
}

/// Local values of limits that are local goals.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LocalLimits(BTreeMap<LimitId, f64>);

impl LocalLimits {
    /// Sets a limit.
    pub fn set(&mut self, limit: LimitId, value: f64) -> Result<(), LimitFault> {
        let definition = &STANDARD.limits[limit as usize];
        if !definition.is_configurable() {
            return Err(LimitFault::Fixed(limit));
        }
        if system_limit(limit).is_some() {
            return Err(LimitFault::SetElsewhere(limit));
        }
        let (least, most) = definition.unit.range();
        if !(least..=most).contains(&value) {
            return Err(LimitFault::OutOfRange { limit, value, least, most });
        }
        self.0.insert(limit, value);
        Ok(())
    }

    /// The value that was set.
    pub fn get(&self, limit: LimitId) -> Option<f64> {
        self.0.get(&limit).copied()
    }
}
