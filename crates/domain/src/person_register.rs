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
