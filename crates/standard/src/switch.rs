//! Requirements that a municipality has switched off: with a reason, a date and a person, and never a krav.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::catalogue::{Kind, STANDARD};

/// Why a requirement is not switched off.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SwitchFault {
    /// There is none of that id.
    #[error("no requirement '{0}'")]
    Unknown(String),
    /// It is a krav.
    #[error("{0} is a krav and cannot be switched off")]
    Krav(String),
    /// No reason is given.
    #[error("a reason is missing")]
    NoReason,
    /// Nobody answers for it.
    #[error("a responsible person is missing")]
    NoPerson,
}

impl SwitchFault {
    /// What people read.
    pub const fn user_message(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "Standarden har ikke det krav. Vælg et fra listen.",
            Self::Krav(_) => "Det er et krav i standarden og kan ikke slås fra.",
            Self::NoReason => "Skriv, hvorfor anbefalingen er slået fra.",
            Self::NoPerson => "Skriv, hvem der har ansvaret.",
        }
    }
}

/// A requirement that is switched off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwitchedOff {
    /// Why.
    pub reason: String,
    /// Since when.
    pub on: Date,
    /// Who answers for it, as a staff id.
    pub by: String,
}

/// All that are switched off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Switches(BTreeMap<&'static str, SwitchedOff>);

impl Switches {
    /// Switches a requirement off.
    pub fn off(&mut self, id: &str, off: SwitchedOff) -> Result<(), SwitchFault> {
        let requirement = STANDARD.requirement(id).ok_or_else(|| SwitchFault::Unknown(id.to_owned()))?;
        if requirement.kind == Kind::Krav {
            return Err(SwitchFault::Krav(id.to_owned()));
        }
        if off.reason.trim().is_empty() {
            return Err(SwitchFault::NoReason);
        }
        if off.by.trim().is_empty() {
            return Err(SwitchFault::NoPerson);
        }
        self.0.insert(requirement.id.as_str(), off);
        Ok(())
    }

    /// Switches a requirement on again.
    pub fn on(&mut self, id: &str) {
        self.0.remove(id);
    }

    /// Why, when and by whom a requirement is switched off.
    pub fn get(&self, id: &str) -> Option<&SwitchedOff> {
        self.0.get(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn off(reason: &str, by: &str) -> SwitchedOff {
        SwitchedOff { reason: reason.to_owned(), on: date(2026, 3, 1), by: by.to_owned() }
    }

    #[test]
    fn a_recommendation_is_switched_off_with_a_reason_and_a_person() {
        let mut switches = Switches::default();
        switches.off("KS-3-01", off("Samme afdeling", "S-01")).unwrap();
        assert!(switches.get("KS-3-01").is_some());
        assert_eq!(switches.off("KS-3-01", off(" ", "S-01")), Err(SwitchFault::NoReason));
        assert_eq!(switches.off("KS-3-01", off("Samme afdeling", "")), Err(SwitchFault::NoPerson));
        switches.on("KS-3-01");
        assert!(switches.get("KS-3-01").is_none());
    }

    #[test]
    fn a_krav_is_never_switched_off() {
        let mut switches = Switches::default();
        let krav = SwitchFault::Krav("KS-2.2-06".to_owned());
        assert_eq!(switches.off("KS-2.2-06", off("Travlt", "S-01")), Err(krav));
        assert!(matches!(switches.off("KS-0", off("Travlt", "S-01")), Err(SwitchFault::Unknown(_))));
    }
}
