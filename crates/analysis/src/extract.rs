//! What a research extract may hold. Columns that may tell who somebody is together (quasi-identifiers: sex, age, postal code,
//! interpreter and every day) are counted in combination: a combination that fewer citizens than `k` share is told, and nothing
//! is written. Days are made months, quarters or years, columns can be left out, and rows of rare combinations can be.
//!
//! Guarantee of KS-9.2-03 (section 9.2 Forskning): pseudonyms of a key of the extract's own, and no direct identifier, since
//! the views hold none.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::catalogue::{CATALOGUE, Column, Kind, View};
use crate::function;
use crate::period::Grain;
use crate::pseudonym::{Secret, short};

/// The smallest `k` that may be asked for: the standard's minimum cell.
pub const LEAST_K: u32 = 5;
/// The largest that makes sense.
pub const MOST_K: u32 = 1000;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Views, in the order of the catalogue.
    pub views: Vec<&'static View>,
    /// Names of columns that are left out of every view.
    pub left_out: BTreeSet<&'static str>,
    /// What days are made.
    pub days: Grain,
    /// How many citizens must share a combination.
    pub k: u32,
    /// Rows of rare combinations are left out instead of refusing the whole.
    pub leave_out_rare: bool,
}

/// Why an extract cannot be planned so. Names of the catalogue are no personal data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Nothing is asked for.
    #[error("no view is asked for")]
    NoView,
    /// No such view.
    #[error("there is no view '{0}'; there are: {all}", all = views())]
    View(String),
    /// No such column in any of the views.
    #[error("no view that is asked for has a column '{0}'")]
    Column(String),
    /// The pseudonym of the citizen holds rows together and is what is counted.
    #[error("citizen_key cannot be left out")]
    Citizen,
    /// `k` out of range.
    #[error("k must be from {LEAST_K} to {MOST_K}")]
    K,
}

impl PlanError {
    /// What people read.
    pub fn user_message(&self) -> String {
        match self {
            Self::NoView => "Vælg mindst én tabel.".to_owned(),
            Self::View(name) => format!("Der er ingen tabel »{name}«."),
            Self::Column(name) => format!("Ingen af de valgte tabeller har et felt »{name}«."),
            Self::Citizen => "Borgerens pseudonym kan ikke udelades.".to_owned(),
            Self::K => format!("Skriv et tal fra {LEAST_K} til {MOST_K}."),
        }
    }

    /// The field of the form that it stands at.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::NoView | Self::View(_) => "tabel",
            Self::Column(_) | Self::Citizen => "udelad",
            Self::K => "k",
        }
    }
}

fn views() -> String {
    CATALOGUE.views.iter().map(|view| view.name.as_str()).collect::<Vec<_>>().join(", ")
}

impl Plan {
    /// Looks every word up.
    pub fn new(views: &[String], left_out: &[String], days: Grain, k: u32, rare: bool) -> Result<Self, PlanError> {
        for name in views {
            CATALOGUE.view(name).ok_or_else(|| PlanError::View(name.clone()))?;
        }
        let views: Vec<&View> = CATALOGUE.views.iter().filter(|view| views.contains(&view.name)).collect();
        if views.is_empty() {
            return Err(PlanError::NoView);
        }
        let known = |name: &String| {
            let column = views.iter().find_map(|view| view.column(name));
            let column = column.ok_or_else(|| PlanError::Column(name.clone()))?;
            if column.name == CITIZEN { Err(PlanError::Citizen) } else { Ok(column.name.as_str()) }
        };
        let left_out = left_out.iter().map(known).collect::<Result<_, _>>()?;
        if !(LEAST_K..=MOST_K).contains(&k) {
            return Err(PlanError::K);
        }
        Ok(Self { views, left_out, days, k, leave_out_rare: rare })
    }

    /// The columns of a view that are in the extract.
    pub fn columns(&self, view: &'static View) -> Vec<&'static Column> {
        view.columns.iter().filter(|column| !self.left_out.contains(column.name.as_str())).collect()
    }
}

/// The column that tells rows of the same citizen.
const CITIZEN: &str = "citizen_key";

/// Rows of a view as they were read, in the order of [`Plan::columns`].
pub type Rows = Vec<Vec<Option<String>>>;

/// A combination that too few citizens share. How few is not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rare {
    /// Name of the view.
    pub view: &'static str,
    /// Each column with its value.
    pub combination: Vec<(&'static Column, Option<String>)>,
}

impl Rare {
    /// As people read it: what stands in each column.
    pub fn text(&self) -> String {
        let one = |(column, value): &(&Column, Option<String>)| {
            format!("{} = {}", column.name, said(column, value.as_deref()))
        };
        self.combination.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

fn said(column: &Column, value: Option<&str>) -> String {
    match (value, &column.codes) {
        (None, _) => crate::codes::UNKNOWN.to_owned(),
        (Some(flag), None) if column.kind == Kind::Flag => (if flag == "true" { "ja" } else { "nej" }).to_owned(),
        (Some(word), Some(codes)) => crate::codes::label(codes, word),
        (Some(text), None) => text.to_owned(),
    }
}

/// Rows of a view as they may leave, and what was found on the way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Check {
    /// The rows, with pseudonyms of the extract's own and days made coarser.
    pub rows: Rows,
    /// Combinations that too few share.
    pub rare: Vec<Rare>,
    /// Rows left out for it.
    pub left_out: usize,
}

impl Check {
    /// Makes the rows of a view ready and counts who shares each combination.
    pub fn of(plan: &Plan, view: &'static View, secret: &Secret, rows: Rows) -> Self {
        let columns = plan.columns(view);
        let mut rows = rows;
        for row in &mut rows {
            for (column, value) in columns.iter().zip(row) {
                *value = value.take().map(|value| made(column.kind, &value, plan.days, secret));
            }
        }
        let citizen = columns.iter().position(|column| column.name == CITIZEN);
        let quasi: Vec<usize> = (0..columns.len()).filter(|at| is_quasi(columns[*at])).collect();
        let combination = |row: &[Option<String>]| -> Vec<Option<String>> {
            quasi.iter().map(|at| row.get(*at).cloned().flatten()).collect()
        };
        let mut sharing: BTreeMap<Vec<Option<String>>, BTreeSet<Option<String>>> = BTreeMap::new();
        for row in &rows {
            let who = citizen.and_then(|at| row.get(at).cloned().flatten());
            sharing.entry(combination(row)).or_default().insert(who);
        }
        let few: BTreeSet<Vec<Option<String>>> = sharing
            .into_iter()
            .filter(|(_, citizens)| citizens.len() < usize::try_from(plan.k).unwrap_or(usize::MAX))
            .map(|(combination, _)| combination)
            .collect();
        let named = |values: &Vec<Option<String>>| Rare {
            view: view.name.as_str(),
            combination: quasi.iter().map(|at| columns[*at]).zip(values.iter().cloned()).collect(),
        };
        let rare = few.iter().map(named).collect();
        let before = rows.len();
        if plan.leave_out_rare {
            rows.retain(|row| !few.contains(&combination(row)));
        }
        Self { left_out: before - rows.len(), rows, rare }
    }
}

/// Whether a column may tell who it is together with others: every day does.
pub fn is_quasi(column: &Column) -> bool {
    column.quasi || column.kind == Kind::Day
}

fn made(kind: Kind, value: &str, days: Grain, secret: &Secret) -> String {
    match kind {
        Kind::Key => again(secret, value),
        Kind::Day => coarser(value, days),
        Kind::Code | Kind::Number | Kind::Flag | Kind::Text => value.to_owned(),
    }
}

/// The pseudonym of a pseudonym, under another key.
fn again(secret: &Secret, value: &str) -> String {
    let hash = Sha256::new().chain_update(secret.0).chain_update(value).finalize();
    short(&hash)
}

/// A day as its month, quarter or year; what is no day is left out.
fn coarser(day: &str, grain: Grain) -> String {
    let Ok(day) = day.parse() else { return String::new() };
    match grain {
        Grain::Month => function::month(day),
        Grain::Quarter => function::quarter(day),
        Grain::Year => function::year(day),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;

    fn plan(rare: bool, days: Grain) -> Plan {
        let names = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        let out = ["condition_key", "course_key", "code", "post_code", "interpreter", "age_band"];
        Plan::new(&names(&["condition"]), &names(&out), days, 5, rare).unwrap()
    }

    /// Citizens of a sex with a day: in the order of the columns that are left, day, citizen and sex.
    fn rows(of: &[(&str, &str, usize)]) -> Rows {
        let each = |(at, (day, sex, count)): (usize, &(&str, &str, usize))| {
            (0..*count)
                .map(move |n| vec![Some((*day).to_owned()), Some(format!("{at}-{n}")), Some((*sex).to_owned())])
                .collect::<Vec<_>>()
        };
        of.iter().enumerate().flat_map(each).collect()
    }

    fn check(rare: bool, days: Grain, rows: Rows) -> Check {
        let plan = plan(rare, days);
        Check::of(&plan, plan.views[0], &Secret([7; 32]), rows)
    }

    #[test]
    fn a_combination_that_too_few_share_is_told_without_how_few() {
        let found = check(false, Grain::Month, rows(&[("2025-03-14", "female", 5), ("2025-03-20", "male", 4)]));
        assert_eq!(found.rare.len(), 1);
        assert_eq!(found.rare[0].text(), "recorded_on = 2025-03, sex = Mand");
        assert_eq!(found.left_out, 0);
    }

    #[test]
    fn coarser_days_bring_citizens_together_and_rare_rows_can_be_left_out() {
        let two = || rows(&[("2025-01-14", "male", 3), ("2025-03-20", "male", 4)]);
        assert_eq!(check(false, Grain::Month, two()).rare.len(), 2);
        assert!(check(false, Grain::Quarter, two()).rare.is_empty());
        let left = check(true, Grain::Month, rows(&[("2025-01-14", "male", 3), ("2025-03-20", "male", 6)]));
        assert_eq!((left.rows.len(), left.left_out), (6, 3));
    }

    #[test]
    fn one_citizen_with_many_rows_is_one_and_nobody_keeps_the_pseudonym_of_the_views() {
        let many = (0..9).map(|_| vec![Some("2025-01-14".into()), Some("same".into()), Some("male".into())]).collect();
        let found = check(false, Grain::Year, many);
        assert_eq!(found.rare.len(), 1);
        let keys: BTreeSet<_> = found.rows.iter().map(|row| row[1].clone().unwrap()).collect();
        assert!(keys.len() == 1 && !keys.contains("same"));
        assert_ne!(keys.first().unwrap(), &again(&Secret([8; 32]), "same"), "another extract, another pseudonym");
    }

    #[test]
    fn what_cannot_be_planned_says_why() {
        let names = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        let plan = |views: &[&str], out: &[&str], k| Plan::new(&names(views), &names(out), Grain::Month, k, false);
        assert_eq!(plan(&[], &[], 5), Err(PlanError::NoView));
        assert_eq!(plan(&["citizen"], &[], 5), Err(PlanError::View("citizen".into())));
        assert_eq!(plan(&["course"], &["source"], 5), Err(PlanError::Column("source".into())));
        assert_eq!(plan(&["course"], &["citizen_key"], 5), Err(PlanError::Citizen));
        assert_eq!(plan(&["course"], &[], 4), Err(PlanError::K));
        assert!(PlanError::View("citizen".into()).to_string().contains("referral, course"));
    }
}
