//! The data and the rules fit together: one rule each, and nothing read that the data does not name.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use domain::deadlines::Deadline;
use standard::facts::ENTITIES;
use standard::{Check, LimitId, STANDARD, rules};

#[test]
fn every_requirement_decided_from_records_has_one_rule_of_its_unit() {
    let mut seen = BTreeSet::new();
    for rule in rules::RULES.iter() {
        assert!(seen.insert(rule.requirement), "{} has two rules", rule.requirement);
        let text = STANDARD.requirement(rule.requirement).and_then(standard::Requirement::rule);
        let text = text.unwrap_or_else(|| panic!("{} is not decided by a rule", rule.requirement));
        assert_eq!(rule.decide.unit(), text.unit, "{}", rule.requirement);
    }
    let unwritten: Vec<&str> = STANDARD
        .requirements
        .iter()
        .filter(|one| matches!(one.check, Check::Data(_)) && !seen.contains(one.id.as_str()))
        .map(|one| one.id.as_str())
        .collect();
    assert!(unwritten.is_empty(), "no rule decides {unwritten:?}");
}

#[test]
fn the_facts_are_those_of_the_standard() {
    let held: BTreeMap<&str, &[&str]> = ENTITIES.iter().copied().collect();
    for field in STANDARD.fields.keys() {
        let (entity, fact) = field.split_once('.').unwrap();
        assert!(held.get(entity).is_some_and(|facts| facts.contains(&fact)), "no struct holds {field}");
    }
}

/// A function of a rule file: the requirements that its comment starts with, and its body.
struct Function {
    requirements: Vec<String>,
    file: PathBuf,
    body: String,
}

fn functions() -> Vec<Function> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let mut all = Vec::new();
    for file in files_below(&folder) {
        let text = std::fs::read_to_string(&file).unwrap();
        for part in text.split("\n\n").filter(|part| part.starts_with("/// ") && part.contains("fn ")) {
            let named = part.trim_start_matches("/// ").split(':').next().unwrap_or_default();
            let ids = named.split(", ").filter_map(|word| STANDARD.requirement(word.trim()));
            let requirements = ids.map(|one| one.id.clone()).collect();
            all.push(Function { requirements, file: file.clone(), body: part.to_owned() });
        }
    }
    all
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[test]
fn a_rule_says_which_requirement_it_decides_and_reads_what_that_names() {
    let functions = functions();
    let documented: BTreeSet<&str> =
        functions.iter().flat_map(|one| one.requirements.iter().map(String::as_str)).collect();
    for rule in rules::RULES.iter() {
        assert!(documented.contains(rule.requirement), "no function's comment starts with {}", rule.requirement);
    }
    for function in &functions {
        let texts: Vec<_> =
            function.requirements.iter().map(|id| STANDARD.requirement(id).unwrap().rule().unwrap()).collect();
        if texts.is_empty() {
            continue;
        }
        let place = format!("{}: {}", function.file.display(), function.requirements.join(", "));
        for limit in LimitId::ALL {
            let variant: String = limit.word().split('_').map(capital).collect();
            let reads = function.body.contains(&format!("LimitId::{variant})"));
            let named = texts.iter().any(|text| text.limits.iter().any(|one| one == limit.word()));
            assert!(!reads || named, "{place} reads the limit {}", limit.word());
        }
        for deadline in Deadline::ALL {
            let counts = function.body.contains(&format!("Deadline::{deadline:?},"));
            let named = texts.iter().any(|text| text.limits.iter().any(|one| one == deadline.limit()));
            assert!(!counts || named, "{place} counts {deadline:?}");
        }
        let literals = function.body.split('"').skip(1).step_by(2).filter(|word| word.contains('.'));
        for literal in literals.filter(|word| !function.requirements.iter().any(|id| id == word)) {
            let named = texts.iter().any(|text| text.fields.iter().any(|one| one == literal));
            assert!(named, "{place} names {literal}");
        }
    }
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}
