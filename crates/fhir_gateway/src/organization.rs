//! A referrer or a performing unit: Organization, profile klgateway-119-organization. Its SOR code and nothing else.

use domain::identifiers::SorId;
use domain::organization::Organization;
use serde::Serialize;

use crate::elements::{Head, Identifier};
use crate::kind::ResourceKind;
use crate::report::{BuildError, Sheet};

#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    head: Head,
    identifier: [Identifier<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    active: Option<bool>,
}

/// Writes an organisation by its SOR code.
pub fn write(organization: &Organization, sor: &SorId, sheet: &mut Sheet) -> Result<(), BuildError> {
    sheet.write(&Told {
        head: Head::new((ResourceKind::Organization, organization.id.0)),
        identifier: [Identifier::sor(sor)],
        active: organization.entered_in_error.then_some(false),
    })
}
