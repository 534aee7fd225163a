//! Addresses kept by hand: who we write to and hear from, with the numbers that lead there.

use domain::identifiers::{Gln, SorId};
use domain::ids::OrganizationId;
use domain::organization::{Organization, OrganizationKind};
use domain::permission::Permission;

use super::{partner, partners, save_partner};
use crate::{App, AppError, Caller, ids, records};

/// A name in a message has room for so many characters (MedCom).
const NAME_MOST: usize = 35;

/// All that is kept by hand of an address; an empty text is none.
#[derive(Debug, Clone, Default)]
pub struct AddressInput {
    /// Name.
    pub name: String,
    /// Department.
    pub department: String,
    /// Kind, as a word.
    pub kind: String,
    /// Location number (EAN/GLN).
    pub gln: String,
    /// SOR code.
    pub sor: String,
    /// Telephone.
    pub phone: String,
    /// Why it is changed; for the log.
    pub reason: String,
}

/// What an address can be read as; every field that is wrong is told, not only the first.
struct Read {
    name: String,
    department: Option<String>,
    kind: OrganizationKind,
    gln: Option<Gln>,
    sor: Option<SorId>,
    phone: Option<String>,
}

/// What is wrong with an address: field and text of each.
pub fn address_errors(input: &AddressInput) -> Vec<(&'static str, &'static str)> {
    read(input).err().unwrap_or_default()
}

fn read(input: &AddressInput) -> Result<Read, Vec<(&'static str, &'static str)>> {
    let mut errors = Vec::new();
    let name = input.name.trim();
    if name.is_empty() || name.chars().count() > NAME_MOST {
        errors.push(("navn", "Skriv et navn med højst 35 tegn. Der er ikke plads til flere i en besked."));
    }
    let department = text(&input.department);
    if department.as_ref().is_some_and(|text| text.chars().count() > NAME_MOST) {
        errors.push(("afdeling", "Afdelingens navn må højst have 35 tegn."));
    }
    let kind = OrganizationKind::parse(input.kind.trim()).ok();
    if kind.is_none() {
        errors.push(("type", "Vælg, hvad det er for et sted."));
    }
    let gln = text(&input.gln).map(|text| Gln::parse(&text).ok());
    if gln == Some(None) {
        errors.push(("gln", "Et lokationsnummer har 13 cifre. Tjek tallet."));
    }
    let sor = text(&input.sor).map(|text| SorId::parse(&text).ok().filter(SorId::has_valid_check_digit));
    if sor == Some(None) {
        errors.push(("sor", "SOR-koden passer ikke. Den har 11-18 cifre, og det sidste er et kontrolciffer."));
    }
    match kind {
        Some(kind) if errors.is_empty() => Ok(Read {
            name: name.to_owned(),
            department,
            kind,
            gln: gln.flatten(),
            sor: sor.flatten(),
            phone: text(&input.phone),
        }),
        _ => Err(errors),
    }
}

fn text(said: &str) -> Option<String> {
    Some(said.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn readable(input: &AddressInput) -> Result<Read, AppError> {
    read(input).map_err(|errors| {
        let (field, message) = errors.first().copied().unwrap_or(("navn", "Skriv et navn."));
        AppError::field(field, "unreadable", message)
    })
}

/// Adds an address. One with the same number, name and department is there already.
pub async fn add_address(app: &App, who: &Caller, input: AddressInput) -> Result<OrganizationId, AppError> {
    who.require(Permission::Administer)?;
    let new = readable(&input)?;
    let now = app.now();
    app.store
        .write(who.scope_because("partner.add", now, Some(input.reason)), move |tx| {
            let address = put(
                Organization {
                    id: ids::new(now),
                    name: String::new(),
                    department: None,
                    kind: new.kind,
                    sor: None,
                    gln: None,
                    medcom_identifier: None,
                    phone: None,
                    entered_in_error: false,
                },
                new,
            );
            let same = |one: &Organization| {
                one.gln == address.gln && one.name == address.name && one.department == address.department
            };
            if partners(tx)?.iter().any(same) {
                let message = "Stedet er her allerede med det navn og lokationsnummer. Ret det i stedet.";
                return Err(AppError::field("navn", "exists", message));
            }
            records::add(tx, &address)?;
            Ok(address.id)
        })
        .await
}

/// Changes an address; the version before stays.
pub async fn change_address(
    app: &App,
    who: &Caller,
    id: OrganizationId,
    version: i64,
    input: AddressInput,
) -> Result<i64, AppError> {
    who.require(Permission::Administer)?;
    let new = readable(&input)?;
    app.store
        .write(who.scope_because("partner.edit", app.now(), Some(input.reason)), move |tx| {
            let before = partner(tx, id)?;
            records::expect(version, before.version)?;
            let after = put(before.value.clone(), new);
            if after == before.value { Ok(before.version) } else { Ok(save_partner(tx, before.version, &after)?) }
        })
        .await
}

fn put(was: Organization, new: Read) -> Organization {
    let Read { name, department, kind, gln, sor, phone } = new;
    Organization { name, department, kind, gln, sor, phone, ..was }
}
