//! A population table from the text of a CSV file. Every fault is told with its line and column, and a file with a fault
//! gives no table: nothing is half read.

use std::collections::{BTreeMap, BTreeSet};

use csv::{ReaderBuilder, StringRecord, Trim};
use domain::codes::municipality_name;
use domain::identifiers::MunicipalityCode;
use jiff::civil::Date;

use super::{PopulationRow, PopulationTable};
use crate::counting::strata::disease;
use crate::definition::Breakdown;

/// Which column is what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Where the file is from.
    pub source: String,
    /// The day of its data.
    pub dataset_date: Date,
    /// Between columns: `;` or `,`.
    pub delimiter: char,
    /// The column with the code of the municipality.
    pub municipality: String,
    /// The column with the number of persons.
    pub persons: String,
    /// The column with the disease, if it has one.
    pub disease: Option<String>,
    /// What stands there for those with any chronic disease.
    pub any_disease: String,
    /// The columns it is split by.
    pub strata: Vec<(Breakdown, String)>,
    /// What stands in a column for the sum of all its strata, as "I alt".
    pub total: String,
}

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column '{column}': {kind:?}")]
pub struct Fault {
    /// From one; zero for the file as a whole.
    pub line: u64,
    /// The column; empty for the line as a whole.
    pub column: String,
    /// What it is.
    pub kind: FaultKind,
}

/// What can be wrong with a population table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// It cannot be read as CSV: a line with another number of columns, a quote that does not end.
    Form,
    /// The mapping names a column that the file does not have.
    NoColumn,
    /// The mapping names the same column twice, or splits by the same twice.
    ColumnTwice,
    /// No municipality has this code.
    UnknownMunicipality(String),
    /// A municipality has no line.
    MissingMunicipality(MunicipalityCode),
    /// No whole number of persons.
    NoNumber(String),
    /// A stratum that this breakdown does not have.
    UnknownStratum(String),
    /// Nothing stands there.
    Empty,
    /// The same as in an earlier line.
    Twice(u64),
    /// A sum that is not that of its parts.
    Sum {
        /// What the line says.
        said: u64,
        /// What its parts come to.
        parts: u64,
    },
}

impl Fault {
    /// What people read.
    pub fn user_message(&self) -> String {
        let what = match &self.kind {
            FaultKind::Form => {
                "Linjen kan ikke læses. Se, om antallet af kolonner er det samme i hele filen.".to_owned()
            }
            FaultKind::NoColumn => "Filen har ikke denne kolonne.".to_owned(),
            FaultKind::ColumnTwice => "Kolonnen er valgt to gange.".to_owned(),
            FaultKind::UnknownMunicipality(code) => format!("Ingen kommune har koden »{code}«."),
            FaultKind::MissingMunicipality(code) => {
                let name = municipality_name(code).map_or_else(String::new, |name| format!("{name} "));
                format!("{name}Kommune ({}) mangler i filen.", code.as_str())
            }
            FaultKind::NoNumber(found) => format!("»{found}« er ikke et helt antal personer."),
            FaultKind::UnknownStratum(found) => format!("»{found}« er ikke en af grupperne."),
            FaultKind::Empty => "Feltet er tomt.".to_owned(),
            FaultKind::Twice(first) => format!("Linjen siger det samme som linje {first}."),
            FaultKind::Sum { said, parts } => format!("Summen er {said}, men dens dele giver {parts}."),
        };
        match (self.line, self.column.as_str()) {
            (0, "") => what,
            (0, column) => format!("Kolonnen »{column}«: {what}"),
            (line, "") => format!("Linje {line}: {what}"),
            (line, column) => format!("Linje {line}, kolonnen »{column}«: {what}"),
        }
    }
}

/// What can stand in a column of strata: one of them, or the word for their sum.
type Place = Option<String>;

/// A line that was read; sums are kept until they have been compared with their parts.
struct Line {
    number: u64,
    municipality: MunicipalityCode,
    disease: Option<String>,
    strata: Vec<Place>,
    persons: u64,
}

/// Reads a population table. `expected` are the municipalities that must be in it; one known municipality more is no fault.
pub fn read(text: &str, mapping: &Mapping, expected: &[MunicipalityCode]) -> Result<PopulationTable, Vec<Fault>> {
    let mut import = Import { mapping, expected, faults: Vec::new() };
    let lines = import.lines(text.trim_start_matches('\u{feff}'));
    if import.faults.is_empty() {
        import.look_for_missing(&lines, expected);
        import.look_for_same(&lines);
        import.compare_sums(&lines);
    }
    if !import.faults.is_empty() {
        return Err(import.faults);
    }
    // A sum has been compared with its parts and is no row of its own.
    let rows = lines.into_iter().filter_map(|Line { municipality, disease, strata, persons, .. }| {
        let strata = strata.into_iter().collect::<Option<Vec<String>>>()?;
        Some(PopulationRow { municipality, disease, strata, persons })
    });
    Ok(PopulationTable {
        source: mapping.source.clone(),
        dataset_date: mapping.dataset_date,
        by: mapping.strata.iter().map(|(by, _)| *by).collect(),
        has_diseases: mapping.disease.is_some(),
        rows: rows.collect(),
    })
}

/// The line that a record of a text begins on, from one: lines that nothing stands in are lines too.
pub fn line_of(record: &StringRecord, text: &str) -> u64 {
    let Some(position) = record.position() else { return 0 };
    let rest = usize::try_from(position.byte()).ok().and_then(|at| text.as_bytes().get(at..)).unwrap_or_default();
    let empty = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n').count();
    position.line() + u64::try_from(empty).unwrap_or(0)
}

struct Import<'a> {
    mapping: &'a Mapping,
    /// Known without a look at the table of municipalities: a test municipality is in none.
    expected: &'a [MunicipalityCode],
    faults: Vec<Fault>,
}

/// Where each column of the mapping stands.
struct Columns {
    municipality: usize,
    persons: usize,
    disease: Option<usize>,
    strata: Vec<usize>,
}

impl Import<'_> {
    fn fault(&mut self, line: u64, column: &str, kind: FaultKind) {
        self.faults.push(Fault { line, column: column.to_owned(), kind });
    }

    fn lines(&mut self, text: &str) -> Vec<Line> {
        let delimiter = u8::try_from(self.mapping.delimiter).unwrap_or(b';');
        let mut reader = ReaderBuilder::new().delimiter(delimiter).trim(Trim::All).from_reader(text.as_bytes());
        let Ok(header) = reader.headers().cloned() else {
            self.fault(1, "", FaultKind::Form);
            return Vec::new();
        };
        let Some(columns) = self.columns(&header) else { return Vec::new() };
        let mut lines = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => lines.extend(self.line(line_of(&record, text), &record, &columns)),
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    self.fault(line, "", FaultKind::Form);
                }
            }
        }
        lines
    }

    fn columns(&mut self, header: &StringRecord) -> Option<Columns> {
        let mapping = self.mapping;
        let names = [&mapping.municipality, &mapping.persons].into_iter().chain(&mapping.disease);
        let mut seen = BTreeSet::new();
        for name in names.chain(mapping.strata.iter().map(|(_, name)| name)) {
            if !seen.insert(name) {
                self.fault(0, name, FaultKind::ColumnTwice);
            }
        }
        let mut split: BTreeSet<Breakdown> = BTreeSet::new();
        for (by, name) in &mapping.strata {
            if !split.insert(*by) {
                self.fault(0, name, FaultKind::ColumnTwice);
            }
        }
        let mut find = |name: &String| {
            let at = header.iter().position(|column| column == name);
            if at.is_none() {
                self.fault(1, name, FaultKind::NoColumn);
            }
            at
        };
        let (municipality, persons) = (find(&mapping.municipality), find(&mapping.persons));
        let disease = mapping.disease.as_ref().map(&mut find);
        let strata: Vec<Option<usize>> = mapping.strata.iter().map(|(_, name)| find(name)).collect();
        let columns = Columns {
            municipality: municipality?,
            persons: persons?,
            disease: match disease {
                Some(found) => Some(found?),
                None => None,
            },
            strata: strata.into_iter().collect::<Option<_>>()?,
        };
        self.faults.is_empty().then_some(columns)
    }

    fn line(&mut self, number: u64, record: &StringRecord, columns: &Columns) -> Option<Line> {
        let mapping = self.mapping;
        let before = self.faults.len();
        let at = |column: usize| record.get(column).unwrap_or_default();
        let code = at(columns.municipality);
        let municipality = MunicipalityCode::parse(code).ok();
        let municipality =
            municipality.filter(|code| self.expected.contains(code) || municipality_name(code).is_some());
        if municipality.is_none() {
            self.fault(number, &mapping.municipality, FaultKind::UnknownMunicipality(code.to_owned()));
        }
        let persons = whole(at(columns.persons));
        if persons.is_none() {
            self.fault(number, &mapping.persons, FaultKind::NoNumber(at(columns.persons).to_owned()));
        }
        let found = columns.disease.map(at);
        if let (Some(""), Some(column)) = (found, &mapping.disease) {
            self.fault(number, column, FaultKind::Empty);
        }
        let mut strata: Vec<Place> = Vec::new();
        for ((by, column), place) in mapping.strata.iter().zip(&columns.strata) {
            let said = at(*place);
            match stratum(*by, said) {
                _ if said == mapping.total => strata.push(None),
                _ if said.is_empty() => self.fault(number, column, FaultKind::Empty),
                Some(stratum) => strata.push(Some(stratum)),
                None => self.fault(number, column, FaultKind::UnknownStratum(said.to_owned())),
            }
        }
        let disease = found.filter(|found| *found != mapping.any_disease).map(|found| disease(found).to_owned());
        let (municipality, persons) = municipality.zip(persons)?;
        (self.faults.len() == before).then_some(Line { number, municipality, disease, strata, persons })
    }

    fn look_for_missing(&mut self, lines: &[Line], expected: &[MunicipalityCode]) {
        let column = &self.mapping.municipality;
        for code in expected.iter().filter(|code| !lines.iter().any(|line| line.municipality == **code)) {
            self.fault(0, column, FaultKind::MissingMunicipality(code.clone()));
        }
    }

    fn look_for_same(&mut self, lines: &[Line]) {
        let mut seen = BTreeMap::new();
        for line in lines {
            let key = (line.municipality.as_str(), &line.disease, &line.strata);
            if let Some(first) = seen.get(&key) {
                self.fault(line.number, "", FaultKind::Twice(*first));
            } else {
                seen.insert(key, line.number);
            }
        }
    }

    /// Each line with the word for a sum is the sum of the lines that have strata there and are otherwise the same.
    fn compare_sums(&mut self, lines: &[Line]) {
        let mut parts: BTreeMap<_, Vec<&Line>> = BTreeMap::new();
        for line in lines.iter().filter(|line| line.strata.iter().all(Option::is_some)) {
            parts.entry((line.municipality.as_str(), &line.disease)).or_default().push(line);
        }
        for sum in lines.iter().filter(|line| line.strata.iter().any(Option::is_none)) {
            let same = parts.get(&(sum.municipality.as_str(), &sum.disease)).into_iter().flatten();
            let fits = |part: &&&Line| {
                let mut pairs = part.strata.iter().zip(&sum.strata);
                pairs.all(|(own, wanted)| wanted.is_none() || own == wanted)
            };
            let parts: u64 = same.filter(fits).map(|part| part.persons).sum();
            if parts != sum.persons {
                self.fault(sum.number, &self.mapping.persons.clone(), FaultKind::Sum { said: sum.persons, parts });
            }
        }
    }
}

/// A whole number, also with a point between thousands.
fn whole(text: &str) -> Option<u64> {
    let mut groups = text.split('.');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let digits = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = rest.iter().all(|group| group.len() == 3 && digits(group)) && (rest.is_empty() || first.len() <= 3);
    (digits(&first) && grouped).then(|| text.replace('.', "").parse().ok()).flatten()
}

/// The stratum as the figures name it; none when the breakdown has none of that name.
fn stratum(by: Breakdown, said: &str) -> Option<String> {
    const AGES: [&str; 6] = ["18-39", "40-49", "50-59", "60-69", "70-79", "80+"];
    let one_of = |words: &[(&str, &str)]| {
        let lower = said.to_lowercase();
        words.iter().find(|(word, _)| *word == lower).map(|(_, stratum)| (*stratum).to_owned())
    };
    match by {
        Breakdown::AgeBand => {
            let band = said.trim_end_matches("år").trim_end();
            AGES.contains(&band).then(|| band.to_owned())
        }
        Breakdown::Sex => one_of(&[
            ("mand", "male"),
            ("mænd", "male"),
            ("male", "male"),
            ("kvinde", "female"),
            ("kvinder", "female"),
            ("female", "female"),
        ]),
        Breakdown::MentalIllness | Breakdown::LanguageNeed => {
            one_of(&[("ja", "yes"), ("yes", "yes"), ("nej", "no"), ("no", "no")])
        }
        _ => (!said.is_empty()).then(|| said.to_owned()),
    }
}
