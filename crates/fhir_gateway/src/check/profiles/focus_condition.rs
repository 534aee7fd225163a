//! Focus condition: a referral diagnosis in the system it came in.

use super::super::Check;
use super::super::codes::{CLINICAL_STATUS, VERIFICATION_STATUS};
use super::super::json::Node;
use super::super::path::Path;
use super::super::table::{ConceptRule, Kind, Shape, maybe, one, resource};
use crate::systems::{FSIII, ICPC2, SKS};

static CLINICAL: ConceptRule = ConceptRule::of(&CLINICAL_STATUS);
static VERIFICATION: ConceptRule = ConceptRule::of(&VERIFICATION_STATUS);
static CODE: ConceptRule = ConceptRule { versionless: true, ..ConceptRule::OPEN };

/// klgateway-119-focus-condition.
pub static SHAPE: Shape = resource!(
    [
        maybe("extension", Kind::Custom(extensions)),
        one("clinicalStatus", Kind::Concept(&CLINICAL)),
        maybe("verificationStatus", Kind::Concept(&VERIFICATION)),
        maybe("code", Kind::Custom(code)),
        one("subject", Kind::Subject),
    ],
    prohibited: [
        "identifier", "category", "severity", "bodySite", "encounter", "onset[x]", "abatement[x]", "recordedDate",
        "recorder", "asserter", "note", "evidence", "stage",
    ]
);

/// FSIII, SNOMED CT and FFB: slices of DK Core that the profile prohibits.
const PROHIBITED: [&str; 3] = [FSIII, "http://snomed.info/sct", "urn:oid:1.2.208.176.2.22"];

/// At most one SKS and one ICPC-2 code; other systems are open but for the prohibited.
fn code(check: &mut Check<'_>, node: &Node<'_>, path: &Path<'_>) {
    check.concept(node, path, &CODE);
    let codings = path.child("coding");
    let of = |system: &str| node.items_of("coding").iter().filter(|c| c.text_of("system") == Some(system)).count();
    if of(SKS) > 1 || of(ICPC2) > 1 {
        check.error("slice", &codings, "Der må højst stå én kode fra hvert kodesystem.");
    }
    for (i, coding) in node.items_of("coding").iter().enumerate() {
        let at = codings.at(i);
        if coding.text_of("system").is_some_and(|system| PROHIBITED.contains(&system)) {
            check.error("prohibited", &at, "Kodesystemet må ikke bruges i en fokustilstand.");
        }
        if coding.text_of("code").is_none() {
            check.error("cardinality", &at.child("code"), "Elementet mangler.");
        }
    }
}

/// DK Core's own extensions are prohibited; others are only unwanted.
fn extensions(check: &mut Check<'_>, node: &Node<'_>, path: &Path<'_>) {
    check.unlisted_extensions(node, path);
    let of_dk_core = |url: &str| url.starts_with("http://hl7.dk/fhir/core/StructureDefinition/");
    if node.items().iter().any(|e| e.text_of("url").is_some_and(of_dk_core)) {
        check.error("prohibited", path, "DK Cores udvidelser må ikke stå i en fokustilstand.");
    }
}
