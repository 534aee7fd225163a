//! The municipality worked out on paper, and counting all of it.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use indicators::totals::Totals;
use standard::facts::{self, CourseFacts, Municipality};
use standard::{Context, Finding, Switches, evaluate};

/// The files of the folder whose names start with a word, in order.
pub fn files(start: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paper");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.file_name().unwrap().to_string_lossy().starts_with(start));
    files.sort();
    files
}

/// Its text.
pub fn text() -> String {
    let parts: Vec<String> = files("municipality").iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    parts.join("\n")
}

/// Its facts.
pub fn municipality() -> Municipality {
    facts::read(&text()).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Courses by citizen; one without a citizen stands alone.
pub fn citizens(courses: &[CourseFacts]) -> Vec<Vec<&CourseFacts>> {
    let mut citizens: BTreeMap<&str, Vec<&CourseFacts>> = BTreeMap::new();
    for course in courses {
        let citizen = course.citizen.as_ref().map_or(course.id.as_str(), |citizen| citizen.id.as_str());
        citizens.entry(citizen).or_default().push(course);
    }
    citizens.into_values().collect()
}

/// What the rules say about all courses, over the period.
pub fn findings<'a>(courses: &'a [CourseFacts], at: &Context<'_>) -> Vec<Finding<'a>> {
    let mut all = Vec::new();
    for course in courses {
        evaluate::course(course, at, &Switches::default(), |finding| all.push(finding));
    }
    all
}

/// Everything counted anew.
pub fn counted(courses: &[CourseFacts], at: &Context<'_>) -> Totals {
    let mut totals = Totals::default();
    for citizen in citizens(courses) {
        totals.add(&citizen, at);
    }
    totals.add_municipality(at);
    for finding in findings(courses, at) {
        totals.add_finding(&finding, at);
    }
    totals
}
