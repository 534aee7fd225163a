//! What the system guarantees is proved by tests that are really there.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use standard::{Check, STANDARD};

#[test]
fn every_guarantee_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut unproved = Vec::new();
    for requirement in &STANDARD.requirements {
        let Check::Design(design) = &requirement.check else { continue };
        if design.test.is_empty() {
            unproved.push(requirement.id.as_str());
        }
        for test in &design.test {
            let (file, name) = test.split_once("::").unwrap_or_else(|| panic!("{}: {test}", requirement.id));
            let text =
                std::fs::read_to_string(root.join(file)).unwrap_or_else(|_| panic!("{}: {file}", requirement.id));
            let there = if file.ends_with(".rs") { text.contains(&format!("fn {name}(")) } else { text.contains(name) };
            assert!(there, "{}: no test '{name}' in {file}", requirement.id);
        }
    }
    assert!(unproved.is_empty(), "no test: {unproved:?}");
}
