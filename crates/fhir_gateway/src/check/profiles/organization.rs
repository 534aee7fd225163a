//! Organization: a SOR code or an FK Organisation id.

use super::super::Check;
use super::super::json::Node;
use super::super::path::Path;
use super::super::primitives::is_uuid;
use super::super::table::{IDENTIFIER, Kind, Shape, list, maybe, resource};
use super::sor;
use crate::systems::{FK_ORGANISATION, SOR};

/// klgateway-119-organization.
pub static SHAPE: Shape = resource!(
    [
        list("identifier", 1, 1, Kind::Object(&IDENTIFIER)),
        maybe("active", Kind::Boolean),
        maybe("name", Kind::Text),
    ],
    prohibited: ["type", "alias", "telecom", "address", "partOf", "endpoint", "contact"]
);

/// CVR counts for DK Core's rule, but its slice is prohibited.
const CVR: &str = "http://cvr.dk";

/// The rules on the number.
pub fn rules(check: &mut Check<'_>, resource: &Node<'_>, path: &Path<'_>) {
    let identifiers = path.child("identifier");
    let mut named = false;
    for (i, identifier) in resource.items_of("identifier").iter().enumerate() {
        let at = identifiers.at(i);
        let value = identifier.text_of("value").unwrap_or_default();
        match identifier.text_of("system") {
            Some(SOR) => sor(check, value, &at.child("value")),
            Some(FK_ORGANISATION) if value.strip_prefix("urn:uuid:").is_some_and(is_uuid) => {}
            Some(FK_ORGANISATION) => {
                check.error(
                    "uuid",
                    &at.child("value"),
                    "Et id fra FK Organisation er urn:uuid: og et UUID med små bogstaver.",
                );
            }
            Some(_) => check.error(
                "prohibited",
                &at.child("system"),
                "Kun SOR og FK Organisation må bruges i en §119-rapport.",
            ),
            None => continue,
        }
        named |= identifier.text_of("system").is_some_and(|system| [SOR, FK_ORGANISATION, CVR].contains(&system));
    }
    if !named {
        let text = "Organisationen skal have en SOR-kode eller et id fra FK Organisation.";
        check.error("dk-core-organization-mandatory-identifier", &identifiers, text);
    }
    if resource.get("name").is_some() {
        check.warn("organization-name", &path.child("name"), "Organisationens navn ønskes ikke i rapporten.");
    }
}
