//! F1 and F2: checking a report beside parsing its JSON; building one beside writing the same JSON.
#![allow(clippy::unwrap_used)]

use std::hint::black_box;

use benches::{goal, rate};
use fhir_gateway::Options;
use fhir_gateway::sample::case;
use serde_json::Value;

fn main() {
    let cases: Vec<_> = (0..1000).map(|n| case(119, n)).collect();
    let texts: Vec<Vec<u8>> =
        cases.iter().filter_map(|case| case.build(&Options::default()).unwrap()).map(|report| report.json).collect();
    for text in &texts {
        assert!(fhir_gateway::check(text).accepted());
    }
    let parse = rate("serde_json parse (floor)", "reports/s", texts.len(), || {
        for text in &texts {
            black_box(serde_json::from_slice::<Value>(text).unwrap());
        }
    });
    let check = rate("fhir_gateway::check", "reports/s", texts.len(), || {
        for text in &texts {
            assert!(black_box(fhir_gateway::check(text)).accepted());
        }
    });
    // fhirkit, the peer of the goal, reads 0.21 of what serde_json parses into a value.
    goal("F1", "checked reports against parsed JSON", check / parse, 0.21);

    let values: Vec<Value> = texts.iter().map(|text| serde_json::from_slice(text).unwrap()).collect();
    let write = rate("serde_json write (floor)", "reports/s", values.len(), || {
        for value in &values {
            black_box(serde_json::to_vec(value).unwrap());
        }
    });
    let build = rate("fhir_gateway::build", "reports/s", cases.len(), || {
        for case in &cases {
            black_box(case.build(&Options::default())).unwrap();
        }
    });
    goal("F2", "built reports against written JSON", build / write, 1.0);
}
