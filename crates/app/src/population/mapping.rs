//! What each column of a file is taken for: guessed from its name, checked by a person.

use indicators::definition::Breakdown;
use indicators::equity::population::Mapping;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Not used.
    Unused,
    /// The code of the municipality.
    Municipality,
    /// How many.
    Persons,
    /// The disease.
    Disease,
    /// Something it is split by.
    By(Breakdown),
}

/// What a table may be split by.
const SPLIT: [Breakdown; 7] = [
    Breakdown::District,
    Breakdown::AgeBand,
    Breakdown::Sex,
    Breakdown::Education,
    Breakdown::LanguageNeed,
    Breakdown::MentalIllness,
    Breakdown::Origin,
];

impl Column {
    /// All that may be chosen, in the order of the list.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        [Self::Unused, Self::Municipality, Self::Persons, Self::Disease].into_iter().chain(SPLIT.map(Self::By))
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Unused => "",
            Self::Municipality => "municipality",
            Self::Persons => "persons",
            Self::Disease => "disease",
            Self::By(by) => by.word(),
        }
    }

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Unused => "Bruges ikke",
            Self::Municipality => "Kommunens kode",
            Self::Persons => "Antal personer",
            Self::Disease => "Sygdom",
            Self::By(by) => by.label(),
        }
    }

    pub(super) fn parse(word: &str) -> Option<Self> {
        Self::all().find(|one| one.word() == word)
    }

    /// By the name that such a column mostly has.
    fn guess(name: &str) -> Self {
        let name = name.to_lowercase();
        let begins = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
        match () {
            () if name.contains("kommunenavn") => Self::Unused,
            () if begins(&["kommune", "komkode", "kom_kode", "kom.kode"]) => Self::Municipality,
            () if begins(&["antal", "personer", "borgere", "indhold", "n "]) || name == "n" => Self::Persons,
            () if begins(&["sygdom", "diagnose", "kronisk"]) => Self::Disease,
            () if begins(&["område", "distrikt", "bydel", "postnummer", "lokalområde"]) => {
                Self::By(Breakdown::District)
            }
            () if begins(&["alder"]) => Self::By(Breakdown::AgeBand),
            () if begins(&["køn"]) => Self::By(Breakdown::Sex),
            () if begins(&["uddannelse", "højeste"]) => Self::By(Breakdown::Education),
            () if begins(&["sprog", "tolk"]) => Self::By(Breakdown::LanguageNeed),
            () if begins(&["psykisk"]) => Self::By(Breakdown::MentalIllness),
            () if begins(&["herkomst", "oprindelse", "etnicitet"]) => Self::By(Breakdown::Origin),
            () => Self::Unused,
        }
    }
}

/// A guess for each column; what was guessed for an earlier one is not guessed again.
pub(super) fn guessed(columns: &[String]) -> Vec<Column> {
    let mut all: Vec<Column> = Vec::new();
    for name in columns {
        let guess = Column::guess(name);
        all.push(if all.contains(&guess) { Column::Unused } else { guess });
    }
    all
}

/// What the columns of a kept table were taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Chosen {
    /// A word for each column.
    pub(super) columns: Vec<String>,
    /// What stands for the sum of all groups.
    pub(super) total: String,
    /// What stands for those with any disease.
    pub(super) any_disease: String,
}

impl Chosen {
    fn taken(&self) -> Vec<Column> {
        self.columns.iter().map(|word| Column::parse(word).unwrap_or(Column::Unused)).collect()
    }

    /// As the reader of tables takes it; none when no column is the municipality or the number.
    pub(super) fn mapping(&self, names: &[String], source: &str, dataset_date: Date) -> Option<Mapping> {
        let taken = self.taken();
        let of = |wanted: Column| {
            let found = names.iter().zip(&taken).find(|(_, column)| **column == wanted);
            found.map(|(name, _)| name.clone())
        };
        let strata = names.iter().zip(&taken).filter_map(|(name, column)| match column {
            Column::By(by) => Some((*by, name.clone())),
            _ => None,
        });
        Some(Mapping {
            source: source.to_owned(),
            dataset_date,
            delimiter: ';',
            municipality: of(Column::Municipality)?,
            persons: of(Column::Persons)?,
            disease: of(Column::Disease),
            any_disease: self.any_disease.clone(),
            strata: strata.collect(),
            total: self.total.clone(),
        })
    }

    /// The columns that are chosen more than once for what can be only one.
    pub(super) fn twice(&self) -> Option<Column> {
        let taken = self.taken();
        let used = || taken.iter().filter(|column| **column != Column::Unused);
        used().enumerate().find(|(at, column)| used().take(*at).any(|before| before == *column)).map(|(_, one)| *one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_are_understood_and_none_twice() {
        let names =
            ["Kommunekode", "Kommunenavn", "Aldersgruppe", "Køn", "Højeste fuldførte uddannelse", "Antal", "Antal 2"];
        let names = names.map(str::to_owned);
        let expected = [
            Column::Municipality,
            Column::Unused,
            Column::By(Breakdown::AgeBand),
            Column::By(Breakdown::Sex),
            Column::By(Breakdown::Education),
            Column::Persons,
            Column::Unused,
        ];
        assert_eq!(guessed(&names), expected);
        assert!(Column::all().all(|one| Column::parse(one.word()) == Some(one)));
    }

    #[test]
    fn a_mapping_needs_a_municipality_and_a_number_and_each_once() {
        let chosen = |words: &[&str]| Chosen {
            columns: words.iter().map(|word| (*word).to_owned()).collect(),
            total: "I alt".to_owned(),
            any_disease: "Alle".to_owned(),
        };
        let names = ["a", "b", "c"].map(str::to_owned);
        let day = jiff::civil::date(2026, 1, 1);
        let good = chosen(&["municipality", "sex", "persons"]);
        let mapping = good.mapping(&names, "Profil", day).map(|one| (one.municipality, one.persons, one.strata));
        assert_eq!(mapping, Some(("a".to_owned(), "c".to_owned(), vec![(Breakdown::Sex, "b".to_owned())])));
        assert_eq!(chosen(&["municipality", "sex", ""]).mapping(&names, "Profil", day), None);
        assert_eq!(chosen(&["sex", "sex", "persons"]).twice(), Some(Column::By(Breakdown::Sex)));
        assert_eq!(good.twice(), None);
    }
}
