//! Completing what is known of a partner: the numbers that letters leave out.

use domain::identifiers::{Gln, SorId};
use domain::ids::OrganizationId;
use domain::organization::Organization;
use domain::permission::Permission;
use serde::Deserialize;

use super::{partner, save_partner};
use crate::{App, AppError, Caller, records};

/// What may be changed of a partner. Members left out stay; an empty text takes the number away.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct PartnerInput {
    /// SOR code; only an organisation with one can stand in a report.
    pub sor: Option<String>,
    /// Location number: where messages go. Asks for the right to administer.
    pub gln: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

/// Changes a partner; the version before stays. Where messages go is for administrators: they hold health data.
pub async fn edit_partner(
    app: &App,
    who: &Caller,
    id: OrganizationId,
    version: Option<i64>,
    input: PartnerInput,
) -> Result<i64, AppError> {
    if input.gln.is_some() {
        who.require(Permission::Administer)?;
    }
    app.store
        .write(who.scope("partner.edit", app.now()), move |tx| {
            let before = partner(tx, id)?;
            records::expect(version, before.version)?;
            let after = changed(before.value.clone(), &input)?;
            if after == before.value { Ok(before.version) } else { Ok(save_partner(tx, before.version, &after)?) }
        })
        .await
}

fn changed(was: Organization, input: &PartnerInput) -> Result<Organization, AppError> {
    let sor = match input.sor.as_deref().map(str::trim) {
        None => was.sor,
        Some("") => None,
        Some(text) => Some(SorId::parse(text).map_err(|_| wrong("sor", "En SOR-kode har 11-18 cifre."))?),
    };
    let gln = match input.gln.as_deref().map(str::trim) {
        None => was.gln,
        Some("") => None,
        Some(text) => {
            Some(Gln::parse(text).map_err(|_| wrong("gln", "Et lokationsnummer har 13 cifre. Tjek tallet."))?)
        }
    };
    let phone = match input.phone.as_deref().map(str::trim) {
        None => was.phone,
        Some("") => None,
        Some(text) => Some(text.to_owned()),
    };
    Ok(Organization { sor, gln, phone, ..was })
}

fn wrong(field: &'static str, message: &'static str) -> AppError {
    AppError::field(field, field, message)
}
