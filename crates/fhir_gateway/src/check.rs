//! Holds a delivery report, ours or another system's, against FHIR R4 and the prevention guide 2.1.1.
//!
//! What a profile says stands in static tables (`check/profiles`), one walk goes through the report once, and each
//! invariant of the guide is a few lines of Rust under its own id. Nothing of the report's values is repeated in an
//! issue: it may be shown, logged and stored.
//!
//! # Rule ids
//! The guide's, DK Core's and FHIR's rules have their own ids. Ours, all stable:
//!
//! - Structure: `json`, `type`, `cardinality`, `prohibited`, `unknown-element`, `fixed-value`, `date-precision`,
//!   `entry-type`, `full-url`.
//! - Profiles and codes: `profile`, `slice-citizen`, `slice`, `binding`.
//! - References: `reference-not-bundled`, `own-3`, `own-4`, `own-5`.
//! - Content: `own-1` (kind of plan), `own-2` (nicotine cessation has a plan), `own-6` (within the plan's period).
//! - Warnings only: `own-7` (SOR check digit), `display`, `extension`, `id-uuid`, `organization-name`, `code-missing`,
//!   `level2-missing`, `narrative`, `verification-missing`, `category-system`, and `full-url` where there is none.

mod bundle;
mod codes;
mod index;
mod json;
mod path;
mod primitives;
mod profiles;
mod references;
mod table;
mod time;
mod walk;

use std::borrow::Cow;

use index::Index;
use path::Path;

/// Reports above this are refused unread; the largest real one is far below.
const MAX_BYTES: usize = 64 << 20;
/// So many issues of each severity are kept; a report with more is not read for its thousandth fault.
const MAX_ISSUES: usize = 500;

/// How bad an issue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The report is refused.
    Error,
    /// Worth knowing; the report is accepted.
    Warning,
}

impl Severity {
    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Error => "Fejl",
            Self::Warning => "Advarsel",
        }
    }
}

/// One thing found in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Error or warning.
    pub severity: Severity,
    /// The id of the broken rule: the guide's own where it has one, else one of ours.
    pub rule: &'static str,
    /// Where, as a FHIR path: `Bundle.entry[3].resource.activity[0].detail.code`.
    pub path: String,
    /// What is wrong, in Danish, without values from the report.
    pub text: Cow<'static, str>,
}

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// In the order of the report.
    pub issues: Vec<Issue>,
    /// How many errors there are, also those above what `issues` keeps.
    pub errors: usize,
    /// How many warnings there are.
    pub warnings: usize,
}

impl Outcome {
    /// Whether the report breaks no rule.
    pub const fn accepted(&self) -> bool {
        self.errors == 0
    }
}

/// What the gateway is known to take besides the guide's strictest reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CheckOptions {
    /// The gateway knows terminology 2.2: all four delivery types.
    pub terminology_2_2: bool,
    /// Take `clinicalStatus` on a condition that is entered in error: con-5 forbids it while the profile requires it, so
    /// no form of a withdrawn condition passes both. Con-5 is then a warning. Meant for our own reports.
    pub withdrawn_condition_with_status: bool,
}

/// Checks a report by the strictest reading.
pub fn check(json: &[u8]) -> Outcome {
    check_with(json, CheckOptions::default())
}

/// Checks a report for a gateway of which more is known.
pub fn check_with(json: &[u8], options: CheckOptions) -> Outcome {
    let mut outcome = Outcome::default();
    if json.len() > MAX_BYTES {
        outcome.add(
            Severity::Error,
            "json",
            &Path::root("Bundle"),
            Cow::Borrowed("Rapporten er for stor til at blive læst."),
        );
        return outcome;
    }
    match json::parse(json) {
        Ok(root) => {
            let index = Index::of(&root);
            let mut check = Check { outcome, options, index: &index, entry: None };
            bundle::check(&mut check, &root);
            check.outcome
        }
        Err(fault) => {
            outcome.add(Severity::Error, "json", &Path::root("Bundle"), fault.text());
            outcome
        }
    }
}

impl Outcome {
    fn add(&mut self, severity: Severity, rule: &'static str, path: &Path<'_>, text: Cow<'static, str>) {
        let count = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *count += 1;
        if *count <= MAX_ISSUES {
            self.issues.push(Issue { severity, rule, path: path.to_string(), text });
        }
    }
}

/// A check under way.
struct Check<'a> {
    outcome: Outcome,
    options: CheckOptions,
    index: &'a Index<'a>,
    /// The entry being read, for references.
    entry: Option<usize>,
}

impl Check<'_> {
    fn error(&mut self, rule: &'static str, path: &Path<'_>, text: impl Into<Cow<'static, str>>) {
        self.outcome.add(Severity::Error, rule, path, text.into());
    }

    fn warn(&mut self, rule: &'static str, path: &Path<'_>, text: impl Into<Cow<'static, str>>) {
        self.outcome.add(Severity::Warning, rule, path, text.into());
    }
}
