//! A referrer or a performing unit: Organization, profile klgateway-119-organization. Its SOR code and nothing else.

use domain::identifiers::SorId;
use domain::organization::Organization;
use serde::Serialize;

use crate::elements::Identifier;
use crate::kind::ResourceKind;
use crate::report::{BuildError, Sheet};

#[derive(Serialize)]
struct Told<'a> {
    identifier: [Identifier<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    active: Option<bool>,
}

/// Writes an organisation by its SOR code.
pub fn write(organization: &Organization, sor: &SorId, sheet: &mut Sheet) -> Result<(), BuildError> {
    let told = Told { identifier: [Identifier::sor(sor)], active: organization.entered_in_error.then_some(false) };
    sheet.write((ResourceKind::Organization, organization.id.0), &told)
}
