//! Municipalities written by hand, with every outcome worked out on paper: `paper/municipality*.toml` is the first one (its
//! parts joined in the order of their names), `paper/other_2*.toml` and on are small ones for what the first cannot show.
#![allow(clippy::unwrap_used)]

mod comparison;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use comparison::{Cell, Expected, actual, differences};
use standard::facts;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paper")
}

/// The files whose names start with a word, in order.
fn files(start: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder()) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with(start) && name.ends_with(".toml")
    });
    files.sort();
    files
}

/// A municipality by its number, when there is one.
fn municipality(number: u8) -> Option<facts::Municipality> {
    let start = if number == 1 { "municipality".to_owned() } else { format!("other_{number}") };
    let parts: Vec<String> = files(&start).iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    (!parts.is_empty()).then(|| match facts::read(&parts.join("\n")) {
        Ok(municipality) => municipality,
        Err(fault) => panic!("municipality {number}: {fault}"),
    })
}

fn expected() -> Vec<Expected> {
    let read = |path: &PathBuf| comparison::read(&std::fs::read_to_string(path).unwrap(), path);
    files("expected").iter().flat_map(read).collect()
}

#[test]
fn the_rules_agree_with_the_paper_in_every_cell() {
    let mut wrong = Vec::new();
    let expected = expected();
    for number in 1..=9 {
        let Some(municipality) = municipality(number) else { continue };
        let actual: BTreeMap<Cell, _> = actual(&municipality);
        let of_this: Vec<&Expected> = expected.iter().filter(|one| one.municipality == number).collect();
        wrong.extend(differences(number, &of_this, &actual));
    }
    assert!(wrong.is_empty(), "{} cells differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_paper_names_requirements_of_the_standard_with_their_units() {
    for one in expected() {
        let requirement = standard::STANDARD.requirement(&one.requirement);
        let rule = requirement.and_then(standard::Requirement::rule);
        let rule = rule.unwrap_or_else(|| panic!("{}: {} is decided by no rule", one.file, one.requirement));
        assert_eq!(rule.unit, one.unit_kind, "{}: {}", one.file, one.requirement);
    }
}
