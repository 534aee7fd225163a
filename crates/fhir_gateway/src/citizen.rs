//! The citizen: Patient, profile klgateway-119-citizen. Number, whether dead, who keeps the record; nothing else.

use serde::Serialize;

use crate::elements::Identifier;
use crate::kind::ResourceKind;
use crate::report::{BuildError, Sheet};
use crate::scope::Scope;
use crate::systems::CPR;

#[derive(Serialize)]
struct Patient<'a> {
    identifier: [Identifier<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    active: Option<bool>,
    #[serde(rename = "deceasedBoolean")]
    deceased: bool,
    #[serde(rename = "managingOrganization")]
    managing_organization: Logical<'a>,
}

/// A reference by identifier alone.
#[derive(Serialize)]
struct Logical<'a> {
    identifier: Identifier<'a>,
}

/// Writes the citizen. One without a CPR number cannot be reported.
pub fn write(scope: &Scope<'_>, sheet: &mut Sheet) -> Result<(), BuildError> {
    let citizen = scope.records.citizen;
    let cpr = citizen.identity.cpr().ok_or(BuildError::NotReportable)?;
    let told = Patient {
        identifier: [Identifier::new(CPR, cpr.as_str())],
        active: citizen.entered_in_error.then_some(false),
        deceased: citizen.deceased_on.is_some(),
        managing_organization: Logical { identifier: Identifier::sor(scope.records.managing_organization) },
    };
    sheet.write((ResourceKind::Citizen, citizen.id.0), &told)
}
