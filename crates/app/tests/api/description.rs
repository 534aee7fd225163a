//! The description tells of every route, no other, and of each what a client must know.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::permissions::routes;

fn document() -> Value {
    serde_json::to_value(app::openapi::document()).unwrap()
}

fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let of = |(path, item): (&String, &Value)| -> Vec<(String, String, Value)> {
        let item = item.as_object().unwrap();
        item.iter().map(|(method, operation)| (method.to_uppercase(), path.clone(), operation.clone())).collect()
    };
    paths.iter().flat_map(of).collect()
}

#[test]
fn it_describes_exactly_the_routes_there_are() {
    let document = document();
    assert_eq!(document["openapi"].as_str().unwrap().split_once('.').unwrap().0, "3");
    let described: BTreeSet<_> = operations(&document).into_iter().map(|(method, path, _)| (method, path)).collect();
    let api = app::web::all().list().into_iter().filter(|route| route.path.starts_with("/api/v1"));
    let there: BTreeSet<_> = api.map(|route| (route.method.to_owned(), route.path.to_owned())).collect();
    assert_eq!(described, there);
    assert!(routes().len() == there.len() && there.len() > 50);
}

#[test]
fn every_operation_has_a_summary_a_name_security_and_problem_documents() {
    let mut names = BTreeSet::new();
    for (method, path, operation) in operations(&document()) {
        let place = format!("{method} {path}");
        assert!(operation["summary"].as_str().is_some_and(|text| text.len() > 8), "{place}");
        assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()), "{place}");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{place}");
        let public = path.ends_with("openapi.json") || path.contains("/municipalities/");
        assert!(operation["security"][0].is_object(), "{place}");
        let mut expected = if public { vec![] } else { vec!["401", "403", "422"] };
        if path.contains('{') {
            expected.push("404");
        }
        if method != "GET" {
            expected.extend(["400", "409", "412", "413", "415"]);
        }
        for status in expected {
            let problem = &responses[status]["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(problem, "#/components/schemas/Problem", "{place} {status}");
        }
    }
}

#[test]
fn every_reference_leads_somewhere_and_every_place_in_a_path_is_described() {
    let document = document();
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"").skip(1) {
        let target = reference.split('"').next().unwrap().trim_start_matches('#');
        assert!(document.pointer(target).is_some(), "{target}");
    }
    for (method, path, operation) in operations(&document) {
        let named: BTreeSet<&str> =
            operation["parameters"].as_array().into_iter().flatten().filter_map(|p| p["name"].as_str()).collect();
        for place in path.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()) {
            assert!(named.contains(place), "{method} {path} {place}");
        }
    }
}
