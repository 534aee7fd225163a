//! The address book: partners filled from incoming letters, and by hand.

use domain::ids::OrganizationId;
use domain::organization::{IdentifierCode, MedcomIdentifier, Organization, OrganizationKind};
use store::{StoreError, Tx, Versioned};
use uuid::Uuid;

use crate::{AppError, records};

/// A partner by id.
pub fn partner(tx: &mut Tx<'_>, id: OrganizationId) -> Result<Versioned<Organization>, AppError> {
    records::one(tx, Uuid::nil(), id.0)?.ok_or(AppError::NotFound("organization"))
}

/// All partners in their newest version.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Organization>, StoreError> {
    const SQL: &str = "select v.content from partner p
        join record_version v on v.organization = p.organization and v.citizen = $2 and v.kind = 'partner' and v.id = p.id
            and v.version = p.version
        where p.organization = $1 order by p.name, p.id";
    tx.query(SQL, &[Uuid::nil().into()], |row| {
        serde_json::from_str(&row.take::<String>()?).map_err(|_| StoreError::Unreadable { what: "partner" })
    })
}

/// Stores a changed partner.
pub fn save_partner(tx: &mut Tx<'_>, builds_on: i64, partner: &Organization) -> Result<i64, StoreError> {
    records::save(tx, builds_on, partner)
}

/// The partner that a letter names, added when it is new. A department of its own is a partner of its own.
pub fn find_or_add(tx: &mut Tx<'_>, wanted: Organization) -> Result<OrganizationId, AppError> {
    const SQL: &str =
        "select id from partner where organization = $1 and gln = $2 and number_kind = $3 and number = $4";
    let (Some(gln), Some(number)) = (&wanted.gln, &wanted.medcom_identifier) else {
        records::add(tx, &wanted)?;
        return Ok(wanted.id);
    };
    let values = [gln.as_str().into(), number.code.word().into(), (&number.value).into()];
    match tx.first(SQL, &values, |r| r.take::<Uuid>())? {
        Some(id) => Ok(OrganizationId(id)),
        None => {
            records::add(tx, &wanted)?;
            Ok(wanted.id)
        }
    }
}

/// A sender as a partner. Its SOR code is known when the letter itself gives one.
pub fn partner_from_unit(id: OrganizationId, ean: &medcom::Ean, unit: &medcom::Unit) -> Organization {
    let code = identifier_code(&unit.identifier_code);
    Organization {
        id,
        name: unit.organisation_name.clone().unwrap_or_default(),
        department: unit.department_name.clone(),
        kind: kind_of(code),
        sor: unit.sor_id(),
        gln: ean.gln(),
        medcom_identifier: Some(MedcomIdentifier { value: unit.identifier.clone(), code }),
        phone: unit.telephone.clone(),
        entered_in_error: false,
    }
}

/// MedCom's word for the kind of number; one that the list lacks is treated as a location number, which it mostly is.
fn identifier_code(code: &medcom::IdentifierCode) -> IdentifierCode {
    IdentifierCode::parse(code.code()).unwrap_or(IdentifierCode::Gln)
}

const fn kind_of(code: IdentifierCode) -> OrganizationKind {
    match code {
        IdentifierCode::Ydernummer => OrganizationKind::GeneralPractice,
        IdentifierCode::Shak => OrganizationKind::Hospital,
        IdentifierCode::Municipality => OrganizationKind::OwnUnit,
        IdentifierCode::Gln | IdentifierCode::Sor => OrganizationKind::Other,
    }
}
