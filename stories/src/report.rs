//! A delivery report as a story reads it: what is in it, by the words of the guide.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// A report with names for what it holds.
pub struct Report {
    /// The Bundle.
    pub bundle: Value,
    /// Name and content of each resource.
    resources: BTreeMap<String, Value>,
}

impl Report {
    /// Checks a Bundle and names its parts.
    pub fn new(bundle: Value) -> Self {
        let outcome = fhir_gateway::check(bundle.to_string().as_bytes());
        assert!(outcome.accepted(), "{:#?}", outcome.issues);
        let entries = bundle["entry"].as_array().unwrap();
        let mut resources = BTreeMap::new();
        for entry in entries {
            let resource = entry["resource"].clone();
            assert!(resources.insert(name(&resource), resource).is_none(), "two resources of one name");
        }
        Self { bundle, resources }
    }

    /// The names of all that is in it.
    pub fn holds(&self) -> BTreeSet<&str> {
        self.resources.keys().map(String::as_str).collect()
    }

    /// A resource by its name.
    pub fn get(&self, name: &str) -> &Value {
        self.resources.get(name).unwrap_or_else(|| panic!("no {name} among {:?}", self.holds()))
    }

    /// Stable ids by name, to see that the same thing keeps its id from report to report.
    pub fn ids(&self) -> BTreeMap<String, String> {
        self.resources.iter().map(|(name, r)| (name.clone(), r["id"].as_str().unwrap().to_owned())).collect()
    }
}

/// What a resource is called in the story: kind and what tells it from others.
fn name(resource: &Value) -> String {
    let kind = resource["resourceType"].as_str().unwrap();
    let text = |pointer: &str| resource.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    match kind {
        "Organization" => format!("Organization {}", text("/identifier/0/value")),
        "Condition" => format!("Condition {}", condition(resource)),
        "ServiceRequest" => format!("ServiceRequest {}", text("/authoredOn").get(..10).unwrap_or_default()),
        "CarePlan" => match resource.pointer("/activity/0/detail/code/coding/0/display").and_then(Value::as_str) {
            Some(display) => format!("Indsats {display}"),
            None => format!("Forløb {}", text("/period/start").get(..10).unwrap_or_default()) + &category(resource),
        },
        "Encounter" => format!("Encounter {}", text("/period/start")),
        other => other.to_owned(),
    }
}

/// A focus condition by its code, an FSIII condition by its title.
fn condition(resource: &Value) -> String {
    let coding = &resource["code"]["coding"][0];
    let focus = coding["system"] != "urn:oid:1.2.208.176.2.21";
    coding[if focus { "code" } else { "display" }].as_str().unwrap_or("tekst").to_owned()
}

fn category(resource: &Value) -> String {
    let display = resource.pointer("/category/0/coding/0/display").and_then(Value::as_str).unwrap_or_default();
    if display.starts_with("Opfølgning") { " (opfølgning)".into() } else { String::new() }
}
