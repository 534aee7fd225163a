//! Outcomes worked out on paper beside those of the rules, cell by cell.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use standard::facts::Municipality;
use standard::{Context, Finding, Outcome, Switches, Totals, UnitKind, Verdict, evaluate, rules};

/// Requirement and unit.
pub type Cell = (String, String);

/// What the paper says about one requirement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    pub requirement: String,
    pub unit_kind: UnitKind,
    pub outcomes: BTreeMap<String, Outcome>,
    #[serde(default)]
    pub why: BTreeMap<String, String>,
    #[serde(default = "first")]
    pub municipality: u8,
    #[serde(skip)]
    pub file: String,
}

fn first() -> u8 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    expected: Vec<Expected>,
}

/// The entries of a file.
pub fn read(text: &str, path: &Path) -> Vec<Expected> {
    let file: File = toml::from_str(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    file.expected.into_iter().map(|one| Expected { file: name.clone(), ..one }).collect()
}

/// What the rules say about a municipality.
pub fn actual(of: &Municipality) -> BTreeMap<Cell, Verdict> {
    let mut at = Context::new(&of.facts, of.on, (of.from, of.to));
    let mut totals = Totals::default();
    of.courses.iter().for_each(|course| totals.add(course, (of.from, of.to)));
    at.totals = totals;
    let mut cells = BTreeMap::new();
    let mut tell = |finding: Finding<'_>| {
        cells.insert((finding.requirement.to_owned(), finding.id.to_owned()), finding.verdict);
    };
    let switches = Switches::default();
    of.courses.iter().for_each(|course| evaluate::course(course, &at, &switches, &mut tell));
    evaluate::municipality(&at, &switches, &mut tell);
    cells
}

/// The cells that differ, one line each. A unit that the paper leaves out is `not_applicable` there; requirements without a
/// rule yet are left out, and in the small municipalities only the requirements with an entry are looked at.
pub fn differences(number: u8, expected: &[&Expected], actual: &BTreeMap<Cell, Verdict>) -> Vec<String> {
    let ruled: BTreeSet<&str> = rules::RULES.iter().map(|rule| rule.requirement).collect();
    let mut paper: BTreeMap<Cell, (Outcome, &str)> = BTreeMap::new();
    for one in expected {
        for (unit, outcome) in &one.outcomes {
            let why = one.why.get(unit).map_or("", String::as_str);
            let earlier = paper.insert((one.requirement.clone(), unit.clone()), (*outcome, why));
            assert!(earlier.is_none_or(|(was, _)| was == *outcome), "{}: {} {unit} twice", one.file, one.requirement);
        }
    }
    let looked_at = |requirement: &str| {
        let entered = number == 1 || expected.iter().any(|one| one.requirement == requirement);
        ruled.contains(requirement) && entered
    };
    let cells: BTreeSet<&Cell> = paper.keys().chain(actual.keys()).collect();
    let mut lines = Vec::new();
    for cell in cells.into_iter().filter(|(requirement, _)| looked_at(requirement)) {
        let (says, why) = paper.get(cell).copied().unwrap_or((Outcome::NotApplicable, "left out"));
        let rule = actual.get(cell);
        let got = rule.map_or(Outcome::NotApplicable, |verdict| verdict.outcome);
        if says != got {
            let because = rule.map_or_else(|| "outside".to_owned(), because);
            let (requirement, unit) = cell;
            lines.push(format!(
                "{number} {requirement} {unit}: paper {}, rule {} ({because}); {why}",
                says.word(),
                got.word()
            ));
        }
    }
    lines
}

fn because(verdict: &Verdict) -> String {
    let due = verdict.due.map_or_else(String::new, |due| format!(" due {due}"));
    format!("{} {}{due}", verdict.reason.unwrap_or("-"), verdict.missing.join(" "))
}
