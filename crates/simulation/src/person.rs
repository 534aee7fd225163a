//! Who the citizens are: the official test persons first, and then invented ones with replacement numbers.
//!
//! There are nineteen official test CPR numbers. Everybody else has a replacement number (erstatnings-CPR), which names
//! nobody and is never reported. Names are words that nobody is called.

use domain::citizen::{Identity, PersonName};
use domain::identifiers::{AlternativeIdentifier, Cpr, TEST_PERSONS};

use crate::event::CitizenNo;

/// What a message or a caller says of a citizen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What names the person.
    pub identity: Identity,
    /// Invented.
    pub name: PersonName,
    /// A number of the telephone that is nobody's.
    pub phone: String,
}

const GIVEN: [&str; 10] =
    ["Prøve", "Forsøg", "Eksempel", "Skitse", "Udkast", "Model", "Mønster", "Kladde", "Afprøvning", "Øvelse"];
const SURNAME: [&str; 8] =
    ["Testsen", "Modelsen", "Prøvesen", "Skitsesen", "Kladdesen", "Mønstersen", "Udkastsen", "Øvesen"];

impl Person {
    /// The citizen of a number: the same each time.
    pub fn of(citizen: CitizenNo) -> Self {
        let number = usize::try_from(citizen.0).unwrap_or(usize::MAX);
        let pick = |names: &[&'static str], by: usize| names.get(by % names.len()).copied().unwrap_or_default();
        let given = format!("{} {}", pick(&GIVEN, number), u64::from(citizen.0) + 1);
        let name = PersonName { given: Some(given), surname: pick(&SURNAME, number / GIVEN.len()).to_owned() };
        Self { identity: identity(citizen), name, phone: format!("7{:07}", citizen.0 % 10_000_000) }
    }

    /// Whether the person is one of the official test persons, and so may be reported.
    pub const fn is_test_person(&self) -> bool {
        self.identity.cpr().is_some()
    }
}

fn identity(citizen: CitizenNo) -> Identity {
    let official = usize::try_from(citizen.0).ok().and_then(|number| TEST_PERSONS.get(number));
    if let Some(cpr) = official.and_then(|number| Cpr::parse(number).ok()) {
        return Identity::Cpr(cpr);
    }
    AlternativeIdentifier::parse(&format!("T{:09}", citizen.0)).map_or(Identity::Anonymous, Identity::Alternative)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_the_official_test_persons_and_nobody_else_has_a_cpr_number() {
        let with_cpr = (0..500).filter(|no| Person::of(CitizenNo(*no)).is_test_person()).count();
        assert_eq!(with_cpr, TEST_PERSONS.len());
        let other = Person::of(CitizenNo(999_999_999));
        assert_eq!(other.identity.number().map(str::len), Some(10));
        assert!(!matches!(other.identity, Identity::Anonymous));
    }

    #[test]
    fn no_two_have_the_same_number() {
        let numbers: std::collections::BTreeSet<_> =
            (0..2000).map(|no| Person::of(CitizenNo(no)).identity.number().map(str::to_owned)).collect();
        assert_eq!(numbers.len(), 2000);
    }
}
