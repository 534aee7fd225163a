//! What every letter of ours about a citizen begins with: its ids, we as the sender, the citizen, and the sender of the
//! referral as the receiver.

use domain::citizen::{Citizen, Identity};
use domain::identifiers::Gln;
use domain::organization::ManagingOrganization;
use domain::workdays::local;
use medcom::{
    Address, Ean, Envelope, IdentifierCode, LetterHead, LetterStatus, LetterVersion, NotePatient, Party, PatientId,
    Unit,
};
use store::Tx;

use super::outgoing::letter_ids;
use crate::AppError;

/// A new letter in an envelope of its own, that asks for a positive receipt: it is delivered only on that.
pub(crate) fn heads(tx: &mut Tx<'_>, version: LetterVersion) -> Result<(Envelope, LetterHead), AppError> {
    let sent = local(tx.scope().at).datetime();
    let (envelope, identifier) = letter_ids(tx)?;
    let envelope = Envelope { sent, identifier: envelope, wants_positive_receipt: true };
    let statistical_code = version.type_code().to_owned();
    Ok((envelope, LetterHead { identifier, statistical_code, authorised: sent, status: LetterStatus::New }))
}

/// Answers leave from the number that was written to when it is ours, else from the default one.
pub(crate) fn own_ean(home: &ManagingOrganization, written_to: Option<&Ean>) -> Option<Ean> {
    let ours = |gln: &&Gln| written_to.is_some_and(|ean| gln.as_str() == ean.as_str());
    home.glns.iter().find(ours).or_else(|| home.glns.first()).map(Ean::from)
}

/// We as the sender.
pub(crate) fn own_unit(home: &ManagingOrganization) -> Unit {
    Unit {
        identifier: home.code.as_str().to_owned(),
        identifier_code: IdentifierCode::Kommunenummer,
        organisation_name: Some(home.name.clone()),
        department_name: Some(home.department.clone()).filter(|d| !d.is_empty()),
        unit_name: None,
        address: Address::default(),
        telephone: home.phone.clone(),
    }
}

/// The citizen. A protected address is left out (the practice has it from its own register).
pub(crate) fn patient(citizen: &Citizen) -> Result<NotePatient, AppError> {
    let id = match &citizen.identity {
        Identity::Cpr(cpr) => PatientId::Cpr(*cpr),
        Identity::Alternative(number) => PatientId::Alternative(number.clone()),
        Identity::Anonymous => {
            return Err(AppError::Rule { code: "anonymous", message: "Om en anonym borger sendes ingen beskeder." });
        }
    };
    let address = citizen.address.clone().filter(|_| !citizen.protected_address).unwrap_or_default();
    Ok(NotePatient {
        id,
        surname: citizen.name.surname.clone(),
        given_name: citizen.name.given.clone(),
        address: Address {
            street: address.street,
            suburb: address.suburb,
            district: address.district,
            post_code: address.post_code,
        },
        occupation: None,
    })
}

/// The receiver by names only: a letter carries no address of them. The newer note demands a department.
pub(crate) fn receiver(ean: &Ean, unit: &Unit, department_demanded: bool) -> Party {
    let organisation = || department_demanded.then(|| unit.organisation_name.clone()).flatten();
    let unit = Unit {
        identifier: unit.identifier.clone(),
        identifier_code: unit.identifier_code.clone(),
        organisation_name: unit.organisation_name.clone(),
        department_name: unit.department_name.clone().or_else(organisation),
        unit_name: unit.unit_name.clone(),
        address: Address::default(),
        telephone: None,
    };
    Party { ean: ean.clone(), unit }
}
