//! The seam to the person register (CPR): names, addresses, deaths and moves come from it.

mod file;

use jiff::civil::Date;

use crate::citizen::{Address, Citizen, PersonName};
use crate::identifiers::{Cpr, MunicipalityCode};

pub use file::{COLUMNS, RegisterFault, RegisterLineError, parse_register};

/// What the register says about one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredPerson {
    /// Number.
    pub cpr: Cpr,
    /// Name.
    pub name: PersonName,
    /// Address, also when it is protected.
    pub address: Option<Address>,
    /// Name and address protection.
    pub protected_address: bool,
    /// Municipality of residence.
    pub municipality: Option<MunicipalityCode>,
    /// Day of death.
    pub deceased_on: Option<Date>,
}

/// Something that can tell who a number belongs to. Implementations live outside this crate.
pub trait PersonRegister: Send + Sync {
    /// The person, or none when the register does not know the number.
    fn find(&self, cpr: &Cpr) -> Option<RegisteredPerson>;
}

/// The citizen's record with what the register knows filled in; what only we know stays.
pub fn refresh(citizen: Citizen, person: &RegisteredPerson, home: &MunicipalityCode) -> Citizen {
    let elsewhere = person.municipality.as_ref().filter(|code| *code != home);
    Citizen {
        name: person.name.clone(),
        address: person.address.clone().or(citizen.address),
        protected_address: person.protected_address,
        deceased_on: person.deceased_on.or(citizen.deceased_on),
        moved_to: elsewhere
            .map(|code| crate::codes::municipality_name(code).unwrap_or(code.as_str()).to_owned())
            .or_else(|| if person.municipality.is_some() { None } else { citizen.moved_to.clone() }),
        ..citizen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citizen::{Identity, Needs};
    use crate::ids::CitizenId;
    use jiff::civil::date;

    fn cpr() -> Cpr {
        Cpr::parse("2512489996").unwrap()
    }

    fn citizen() -> Citizen {
        let name = PersonName { given: None, surname: "Berggren".into() };
        Citizen {
            address: Some(Address { street: Some("Testgade 1".into()), ..Address::default() }),
            email: Some("nancy@example.dk".into()),
            needs: Needs { asked: true, transport: true, ..Needs::default() },
            ..Citizen::named(CitizenId(uuid::Uuid::from_u128(1)), Identity::Cpr(cpr()), name)
        }
    }

    fn registered(municipality: &str) -> RegisteredPerson {
        RegisteredPerson {
            cpr: cpr(),
            name: PersonName { given: Some("Nancy Ann Test".into()), surname: "Berggren".into() },
            address: None,
            protected_address: true,
            municipality: MunicipalityCode::parse(municipality).ok(),
            deceased_on: None,
        }
    }

    fn home() -> MunicipalityCode {
        MunicipalityCode::parse("316").unwrap()
    }

    #[test]
    fn what_the_register_knows_is_filled_in_and_the_rest_stays() {
        let fresh = refresh(citizen(), &registered("316"), &home());
        assert_eq!(fresh.name.full(), "Nancy Ann Test Berggren");
        assert_eq!((fresh.address, fresh.protected_address), (citizen().address, true));
        assert_eq!((fresh.email, fresh.needs), (citizen().email, citizen().needs));
        assert_eq!(fresh.moved_to, None);
    }

    #[test]
    fn a_move_names_the_municipality_and_a_return_clears_it() {
        let gone = refresh(citizen(), &registered("101"), &home());
        assert_eq!(gone.moved_to.as_deref(), Some("København"));
        assert_eq!(refresh(gone, &registered("316"), &home()).moved_to, None);
    }

    #[test]
    fn an_unknown_municipality_is_named_by_its_code_and_none_changes_nothing() {
        let gone = refresh(citizen(), &registered("999"), &home());
        assert_eq!(gone.moved_to.as_deref(), Some("999"));
        let silent = RegisteredPerson { municipality: None, ..registered("316") };
        assert_eq!(refresh(gone, &silent, &home()).moved_to.as_deref(), Some("999"));
    }

    #[test]
    fn a_death_is_never_taken_back_by_silence() {
        let dead = Citizen { deceased_on: Some(date(2026, 3, 2)), ..citizen() };
        assert_eq!(refresh(dead, &registered("316"), &home()).deceased_on, Some(date(2026, 3, 2)));
    }
}
