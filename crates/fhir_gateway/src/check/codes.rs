//! The value sets of the guide, and the check of a coding against them.

use domain::codes::{CarePlanCategory, ConditionCode, DeliveryType, InterventionCode, StopReason};

use super::Check;
use super::json::Node;
use super::path::Path;
use super::table::{ConceptRule, Kind, Shape, maybe};
use crate::systems::{ACT_CODE, CLINICAL, CONDITION_CATEGORY, FSIII, KL, SERVICE_TYPE, VERIFICATION};

/// A value set: per system, what finds the display of a code.
pub struct ValueSet {
    systems: &'static [(&'static str, Lookup)],
}

type Lookup = fn(&str) -> Option<&'static str>;

/// FSIII conditions, 20 codes (KLConditionCodes119).
pub static CONDITIONS: ValueSet =
    ValueSet { systems: &[(FSIII, |code| ConditionCode::from_code(code).ok().map(ConditionCode::label))] };
/// FSIII interventions, 14 codes (KLInterventionCodes119).
pub static INTERVENTIONS: ValueSet =
    ValueSet { systems: &[(FSIII, |code| InterventionCode::from_code(code).ok().map(InterventionCode::label))] };
/// CarePlanCategories119.
pub static CATEGORIES: ValueSet =
    ValueSet { systems: &[(KL, |code| CarePlanCategory::from_code(code).ok().map(CarePlanCategory::label))] };
/// DeliveryTypes119 of terminology 2.2 and later; the two newer codes are refused where the gateway has 2.1.0.
pub static DELIVERY_TYPES: ValueSet =
    ValueSet { systems: &[(KL, |code| DeliveryType::from_code(code).ok().map(DeliveryType::label))] };
/// CancellationTypes.
pub static STOP_REASONS: ValueSet =
    ValueSet { systems: &[(KL, |code| StopReason::from_code(code).ok().map(StopReason::label))] };
/// ServiceTypes119: one code.
pub static SERVICE_TYPES: ValueSet =
    ValueSet { systems: &[(KL, |code| (code == SERVICE_TYPE.0).then_some(SERVICE_TYPE.1))] };
/// EncounterClassCodes.
pub static CLASSES: ValueSet = ValueSet { systems: &[(ACT_CODE, act_class), (KL, kl_class)] };
/// condition-clinical.
pub static CLINICAL_STATUS: ValueSet = ValueSet {
    systems: &[(CLINICAL, |code| match code {
        "active" => Some("Active"),
        "recurrence" => Some("Recurrence"),
        "relapse" => Some("Relapse"),
        "inactive" => Some("Inactive"),
        "remission" => Some("Remission"),
        "resolved" => Some("Resolved"),
        _ => None,
    })],
};
/// condition-ver-status.
pub static VERIFICATION_STATUS: ValueSet = ValueSet {
    systems: &[(VERIFICATION, |code| match code {
        "unconfirmed" => Some("Unconfirmed"),
        "provisional" => Some("Provisional"),
        "differential" => Some("Differential"),
        "confirmed" => Some("Confirmed"),
        "refuted" => Some("Refuted"),
        "entered-in-error" => Some("Entered in Error"),
        _ => None,
    })],
};
/// The one category of a condition.
pub static IN_FOCUS: ValueSet =
    ValueSet { systems: &[(CONDITION_CATEGORY, |code| (code == "problem-list-item").then_some("Problem List Item"))] };

/// request-status.
pub static REQUEST_STATUS: [&str; 7] =
    ["active", "completed", "revoked", "on-hold", "entered-in-error", "unknown", "draft"];
/// care-plan-activity-status.
pub static ACTIVITY_STATUS: [&str; 9] = [
    "in-progress",
    "completed",
    "cancelled",
    "stopped",
    "on-hold",
    "unknown",
    "not-started",
    "scheduled",
    "entered-in-error",
];
/// encounter-status.
pub static ENCOUNTER_STATUS: [&str; 9] =
    ["finished", "entered-in-error", "planned", "cancelled", "in-progress", "arrived", "triaged", "onleave", "unknown"];

fn act_class(code: &str) -> Option<&'static str> {
    Some(match code {
        "AMB" => "ambulatory",
        "HH" => "home health",
        "VR" => "virtual",
        "EMER" => "emergency",
        "FLD" => "field",
        "IMP" => "inpatient encounter",
        "ACUTE" => "inpatient acute",
        "NONAC" => "inpatient non-acute",
        "OBSENC" => "observation encounter",
        "PRENC" => "pre-admission",
        "SS" => "short stay",
        _ => return None,
    })
}

fn kl_class(code: &str) -> Option<&'static str> {
    match code {
        "1b55a4b0-1156-4f58-b2df-b5c6014d9048" => Some("Telefonisk"),
        "124be95d-6924-4609-9d2a-e7c73ae3ab3d" => Some("Skærmbesøg"),
        _ => None,
    }
}

/// The elements of a Coding.
static CODING: Shape = Shape {
    elements: &[
        maybe("system", Kind::Uri),
        maybe("code", Kind::Code),
        maybe("display", Kind::Text),
        maybe("version", Kind::Text),
        maybe("userSelected", Kind::Boolean),
    ],
    prohibited: &[],
};

impl Check<'_> {
    /// A coding: its structure, what the profile leaves out, and its value set.
    pub fn coding(&mut self, node: &Node<'_>, path: &Path<'_>, rule: &ConceptRule) {
        self.object(node, path, &CODING);
        let left_out: &[&str] = match (rule.bare, rule.versionless) {
            (true, _) => &["display", "version", "userSelected"],
            (false, true) => &["version", "userSelected"],
            (false, false) => &[],
        };
        for name in left_out {
            if node.get(name).is_some() {
                self.error("prohibited", &path.child(name), "Elementet må ikke stå i en §119-rapport.");
            }
        }
        if let Some(set) = rule.set {
            self.bound(node, path, set);
        }
    }

    /// A coding against a value set. Another display is only a warning.
    pub fn bound(&mut self, node: &Node<'_>, path: &Path<'_>, set: &ValueSet) {
        let system = node.text_of("system").unwrap_or_default();
        let Some((_, lookup)) = set.systems.iter().find(|(known, _)| *known == system) else {
            return self.error("binding", &path.child("system"), "Kodesystemet hører ikke til værdisættet.");
        };
        match (node.text_of("code").and_then(lookup), node.text_of("display")) {
            (None, _) => self.error("binding", &path.child("code"), "Koden er ikke i det tilladte værdisæt."),
            (Some(official), Some(display)) if official != display => {
                self.warn("display", &path.child("display"), format!("Kodens officielle tekst er »{official}«."));
            }
            (Some(_), _) => {}
        }
    }
}
