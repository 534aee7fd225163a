//! The citizen of a letter: known by number, or made from what the letter and the person register say.

use domain::citizen::{Address, Citizen, Identity, PersonName, Phone, PhoneKind, Relation, Relative};
use domain::identifiers::Cpr;
use domain::ids::CitizenId;
use medcom::{PatientId, ReferralLetter, RelationCode, TelephoneCode};
use store::Tx;
use uuid::Uuid;

use super::super::receive::Intake;
use crate::records;
use crate::{AppError, ids};

pub(super) struct Found {
    pub id: CitizenId,
    pub is_new: bool,
}

/// The citizen, added when the number is new. A known citizen keeps what staff know; the letter only fills gaps.
pub(super) fn find_or_add(tx: &mut Tx<'_>, intake: &Intake, letter: &ReferralLetter) -> Result<Found, AppError> {
    const SQL: &str = "select id from citizen where organization = $1 and number = $2";
    let number = letter.patient.id.as_str();
    match tx.first(SQL, &[number.into()], |r| r.take::<Uuid>())? {
        Some(id) => {
            fill_gaps(tx, intake, CitizenId(id), letter)?;
            Ok(Found { id: CitizenId(id), is_new: false })
        }
        None => {
            let citizen = registered(intake, from_letter(intake, letter));
            records::add(tx, &citizen)?;
            Ok(Found { id: citizen.id, is_new: true })
        }
    }
}

fn from_letter(intake: &Intake, letter: &ReferralLetter) -> Citizen {
    let patient = &letter.patient;
    let identity = match &patient.id {
        PatientId::Cpr(cpr) => Identity::Cpr(*cpr),
        PatientId::Alternative(number) => Identity::Alternative(number.clone()),
    };
    let name = PersonName { given: patient.given_name.clone(), surname: patient.surname.clone() };
    Citizen {
        address: address(&patient.address),
        phones: phones(letter),
        email: patient.email.clone(),
        relatives: letter.relative.iter().map(relative).collect(),
        ..Citizen::named(ids::new(intake.at), identity, name)
    }
}

/// What the person register knows, when there is one.
fn registered(intake: &Intake, citizen: Citizen) -> Citizen {
    let known = citizen.identity.cpr().and_then(|cpr| intake.register.as_ref()?.find(cpr));
    match known {
        Some(person) => domain::person_register::refresh(citizen, &person, &intake.home.code),
        None => citizen,
    }
}

fn fill_gaps(tx: &mut Tx<'_>, intake: &Intake, id: CitizenId, letter: &ReferralLetter) -> Result<(), AppError> {
    let before = records::one::<Citizen>(tx, id.0, id.0)?.ok_or(AppError::NotFound("citizen"))?;
    let told = from_letter(intake, letter);
    let was = before.value.clone();
    let now = Citizen {
        phones: if was.phones.is_empty() { told.phones } else { was.phones },
        address: was.address.or(told.address),
        email: was.email.or(told.email),
        relatives: if was.relatives.is_empty() { told.relatives } else { was.relatives },
        ..was
    };
    records::save_if_changed(tx, &before, &now)?;
    Ok(())
}

fn address(told: &medcom::Address) -> Option<Address> {
    let address = Address {
        street: told.street.clone(),
        suburb: told.suburb.clone(),
        district: told.district.clone(),
        post_code: told.post_code.clone(),
    };
    (address != Address::default()).then_some(address)
}

fn phones(letter: &ReferralLetter) -> Vec<Phone> {
    let phone = |told: &medcom::Telephone| Phone {
        number: told.number.clone(),
        kind: match told.kind {
            TelephoneCode::Work => PhoneKind::Work,
            TelephoneCode::Landline => PhoneKind::Landline,
            TelephoneCode::Mobile | TelephoneCode::Other(_) => PhoneKind::Mobile,
        },
    };
    letter.patient.telephones.iter().map(phone).collect()
}

fn relative(told: &medcom::Relative) -> Relative {
    Relative {
        relation: match told.relation {
            RelationCode::Mother => Relation::Mother,
            RelationCode::Father => Relation::Father,
            RelationCode::Son => Relation::Son,
            RelationCode::Daughter => Relation::Daughter,
            RelationCode::Unspecified | RelationCode::Other(_) => Relation::Unspecified,
        },
        name: PersonName { given: told.given_name.clone(), surname: told.surname.clone() },
        cpr: told.identifier.as_deref().and_then(|text| Cpr::parse(text).ok()),
    }
}
