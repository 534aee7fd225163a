//! FSIII condition, and the rules of FHIR that both kinds of condition share.

use super::super::codes::{CLINICAL_STATUS, CONDITIONS, IN_FOCUS, VERIFICATION_STATUS};
use super::super::json::Node;
use super::super::path::Path;
use super::super::table::{ConceptRule, Kind, Shape, list, maybe, one, resource};
use super::super::{Check, Severity};
use crate::systems::CONDITION_CATEGORY;

static CLINICAL: ConceptRule = ConceptRule { single: true, bare: true, ..ConceptRule::of(&CLINICAL_STATUS) };
static VERIFICATION: ConceptRule = ConceptRule { single: true, bare: true, ..ConceptRule::of(&VERIFICATION_STATUS) };
static CATEGORY: ConceptRule = ConceptRule { single: true, bare: true, ..ConceptRule::OPEN };
static CODE: ConceptRule = ConceptRule { single: true, ..ConceptRule::of(&CONDITIONS) };

/// klgateway-119-condition.
pub static SHAPE: Shape = resource!(
    [
        one("clinicalStatus", Kind::Concept(&CLINICAL)),
        maybe("verificationStatus", Kind::Concept(&VERIFICATION)),
        list("category", 0, 1, Kind::Custom(category)),
        one("code", Kind::Concept(&CODE)),
        one("subject", Kind::Subject),
        one("recordedDate", Kind::DateTime),
    ],
    prohibited: [
        "identifier", "severity", "bodySite", "encounter", "onset[x]", "abatement[x]", "recorder", "asserter", "stage",
        "evidence", "note",
    ]
);

/// Only the code is fixed; the system should stand there all the same.
fn category(check: &mut Check<'_>, node: &Node<'_>, path: &Path<'_>) {
    check.concept(node, path, &CATEGORY);
    let codings = path.child("coding");
    let [coding] = node.items_of("coding") else {
        if node.get("coding").is_none() {
            check.error("binding", path, "Der mangler en kode fra værdisættet.");
        }
        return;
    };
    let at = codings.at(0);
    if coding.text_of("system") == Some(CONDITION_CATEGORY) {
        check.bound(coding, &at, &IN_FOCUS);
    } else if coding.text_of("code") == Some("problem-list-item") {
        check.warn("category-system", &at.child("system"), "Kategoriens kodesystem bør sendes.");
    } else {
        check.error("binding", &at.child("code"), "Koden er ikke i det tilladte værdisæt.");
    }
}

/// The rules of an FSIII condition.
pub fn rules(check: &mut Check<'_>, resource: &Node<'_>, path: &Path<'_>) {
    status_rules(check, resource, path);
    if resource.get("verificationStatus").is_none() {
        check.warn("verification-missing", &path.child("verificationStatus"), "Verifikationsstatus bør altid sendes.");
    }
}

/// con-3, con-4 and con-5 (FHIR).
pub fn status_rules(check: &mut Check<'_>, resource: &Node<'_>, path: &Path<'_>) {
    let status = resource.get("clinicalStatus");
    let withdrawn = has_code(resource.get("verificationStatus"), &["entered-in-error"]);
    let at = path.child("clinicalStatus");
    if status.is_none() && !withdrawn {
        check.warn("con-3", &at, "Klinisk status skal stå på en tilstand, der ikke er fejlregistreret.");
    }
    if status.is_some() && withdrawn {
        let lenient = check.options.withdrawn_condition_with_status;
        let severity = if lenient { Severity::Warning } else { Severity::Error };
        let text = "En fejlregistreret tilstand må efter FHIR ikke have klinisk status.";
        check.outcome.add(severity, "con-5", &at, text.into());
    }
    let ended = has_code(status, &["inactive", "resolved", "remission"]);
    let Node::Object(members) = resource else { return };
    if !ended && let Some((name, _)) = members.iter().find(|(name, _)| name.starts_with("abatement")) {
        check.error("con-4", &path.child(name), "Et ophør kan kun stå på en tilstand, der ikke er aktiv.");
    }
}

fn has_code(concept: Option<&Node<'_>>, codes: &[&str]) -> bool {
    let codings = concept.map_or(&[][..], |concept| concept.items_of("coding"));
    codings.iter().any(|coding| coding.text_of("code").is_some_and(|code| codes.contains(&code)))
}
