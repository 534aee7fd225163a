//! The catalogue of views, columns and measures, read from `data/views.toml` and checked as a whole.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::codes;

/// The catalogue that the program was built with.
#[expect(clippy::panic, reason = "the file is part of the program, and a test reads it")]
pub static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::parse(include_str!("../data/views.toml")).unwrap_or_else(|error| panic!("data/views.toml: {error}"))
});

/// Views, and what can be measured in them.
#[derive(Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// In the order people see them.
    pub views: Vec<View>,
    /// In the order people see them.
    pub measures: Vec<Measure>,
}

/// A view: one row for each `one`.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// Stable name in the database.
    pub name: String,
    /// What its rows are called, in Danish.
    pub label: String,
    /// What one row is.
    pub one: String,
    /// The table whose newest state it shows.
    pub table: String,
    /// The kind of record behind the table.
    pub record: String,
    /// The column that periods go by.
    pub day: String,
    /// Which rows are in it; all when nothing is said.
    #[serde(default)]
    pub only: Option<String>,
    /// Its own columns first, then those of the citizen.
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
}

/// A column of a view.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Stable name in the database.
    pub name: String,
    /// What people call it, in Danish.
    pub label: String,
    /// What it means.
    pub meaning: String,
    /// What its values are.
    pub kind: Kind,
    /// Unit of a number.
    #[serde(default)]
    pub unit: Option<String>,
    /// Vocabulary of a code.
    #[serde(default)]
    pub codes: Option<String>,
    /// It may tell who it is, together with others.
    #[serde(default)]
    pub quasi: bool,
    /// What it was called before.
    #[serde(default)]
    pub was: Vec<String>,
    /// How it is made, for both engines.
    pub sql: String,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A pseudonym.
    Key,
    /// A word of a vocabulary.
    Code,
    /// A day.
    Day,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// A postal code and the like.
    Text,
}

impl Kind {
    /// As the data dictionary says it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Key => "pseudonym",
            Self::Code => "kode",
            Self::Day => "dato",
            Self::Number => "tal",
            Self::Flag => "ja eller nej",
            Self::Text => "tekst",
        }
    }
}

/// Something to ask for.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Stable word.
    pub id: String,
    /// The view it is counted in.
    pub view: String,
    /// How.
    pub kind: MeasureKind,
    /// Of what, for a share and a mean.
    #[serde(default)]
    pub column: Option<String>,
    /// What people call it, in Danish.
    pub label: String,
}

/// How something is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureKind {
    /// Rows.
    Count,
    /// Different citizens.
    Citizens,
    /// Those with a yes, of the rows where it is answered.
    Share,
    /// The average where it is known.
    Mean,
}

/// What is wrong with a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// Not the form that is read, or a field that is not known.
    #[error("{0}")]
    Form(String),
    /// The same name twice.
    #[error("'{0}' stands twice")]
    Twice(String),
    /// Something is named that does not stand anywhere.
    #[error("{at} names '{name}', which is not there")]
    Missing {
        /// Where.
        at: String,
        /// What.
        name: String,
    },
    /// A column lacks what its kind needs, or has what it cannot have.
    #[error("{0} does not fit its kind")]
    Kind(String),
    /// A name that could not stand in a statement as it is.
    #[error("'{0}' is no name of small letters, digits and underscores")]
    Name(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    citizen: Vec<Column>,
    view: Vec<View>,
    measure: Vec<Measure>,
}

impl Catalogue {
    /// Reads a catalogue and checks that everything named in it is there.
    pub fn parse(text: &str) -> Result<Self, CatalogueError> {
        let File { citizen, view, measure } =
            toml::from_str(text).map_err(|error| CatalogueError::Form(error.to_string()))?;
        let mut views = view;
        for view in &mut views {
            let day = view.columns.iter().find(|column| column.name == view.day).map(|column| column.sql.clone());
            let missing = || CatalogueError::Missing { at: view.name.clone(), name: view.day.clone() };
            let day = day.ok_or_else(missing)?;
            let own = citizen.iter().map(|column| Column { sql: column.sql.replace("@day", &day), ..column.clone() });
            view.columns.extend(own);
            check_view(view)?;
        }
        let catalogue = Self { views, measures: measure };
        once(catalogue.views.iter().map(|view| &view.name))?;
        once(catalogue.measures.iter().map(|measure| &measure.id))?;
        for measure in &catalogue.measures {
            catalogue.check_measure(measure)?;
        }
        Ok(catalogue)
    }

    /// A view by its name.
    pub fn view(&self, name: &str) -> Option<&View> {
        self.views.iter().find(|view| view.name == name)
    }

    /// A measure by its id.
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.id == id)
    }

    fn check_measure(&self, measure: &Measure) -> Result<(), CatalogueError> {
        let missing = |name: &String| CatalogueError::Missing { at: measure.id.clone(), name: name.clone() };
        let view = self.view(&measure.view).ok_or_else(|| missing(&measure.view))?;
        let wanted = match measure.kind {
            MeasureKind::Count | MeasureKind::Citizens => None,
            MeasureKind::Share => Some(Kind::Flag),
            MeasureKind::Mean => Some(Kind::Number),
        };
        let kind = match &measure.column {
            Some(name) => Some(view.column(name).ok_or_else(|| missing(name))?.kind),
            None => None,
        };
        if kind == wanted { Ok(()) } else { Err(CatalogueError::Kind(measure.id.clone())) }
    }
}

impl View {
    /// A column by its name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The column that was called so before.
    pub fn renamed(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.was.iter().any(|was| was == name))
    }

    /// What it is, in a sentence.
    pub fn meaning(&self) -> String {
        format!("Én række for hver {}, som den står nu. Uden navne, CPR-numre og fritekst.", self.one)
    }
}

impl Column {
    /// Meaning and unit, as the database's comments and the dictionary say it.
    pub fn comment(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{} Enhed: {unit}.", self.meaning),
            None => self.meaning.clone(),
        }
    }
}

fn check_view(view: &View) -> Result<(), CatalogueError> {
    for name in view.columns.iter().map(|column| &column.name).chain([&view.name]) {
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
            return Err(CatalogueError::Name(name.clone()));
        }
    }
    once(view.columns.iter().map(|column| &column.name))?;
    once(view.columns.iter().flat_map(|column| &column.was).chain(view.columns.iter().map(|column| &column.name)))?;
    for column in &view.columns {
        let at = || format!("{}.{}", view.name, column.name);
        if column.unit.is_some() != (column.kind == Kind::Number)
            || column.codes.is_some() != (column.kind == Kind::Code)
        {
            return Err(CatalogueError::Kind(at()));
        }
        if let Some(name) = column.codes.as_ref().filter(|name| codes::words(name).is_none()) {
            return Err(CatalogueError::Missing { at: at(), name: name.clone() });
        }
    }
    match view.column(&view.day) {
        Some(column) if column.kind == Kind::Day => Ok(()),
        _ => Err(CatalogueError::Kind(format!("{}.{}", view.name, view.day))),
    }
}

fn once<'a>(names: impl Iterator<Item = &'a String>) -> Result<(), CatalogueError> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(CatalogueError::Twice(name.clone()));
        }
    }
    Ok(())
}
