//! How the levels of support are decided against what the models answer (IK-002-06), by the month of the decision: a model, or
//! how it is used, drifts when the levels shift or other levels than its own are chosen more often, and it may do so for some
//! groups alone. Each version stands by itself. Kept as participation is.

use std::collections::BTreeMap;

use jiff::civil::Date;
use standard::facts::{CourseFacts, DecidedLevel};

use crate::definition::Breakdown;
use crate::equity::participation::EQUITY;
use crate::period::{FigurePeriod, Month};
use crate::totals::{Cell, CellName};

/// What its counts are called among the kept ones; no indicator has such an id.
pub const LEVELS: &str = "levels";

/// The levels of coordination (IK-002-06).
pub const ALL_LEVELS: [i32; 3] = [1, 2, 3];

/// Whether decisions are split by a breakdown: by those of participation without the level, which is what is decided.
pub fn is_split_by(by: Breakdown) -> bool {
    by != Breakdown::StratLevel && EQUITY.contains(&by)
}

/// A model in one version. A correction is a new version, and two versions are never counted together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ModelVersion {
    /// Its stable word.
    pub model: Box<str>,
    /// Its version.
    pub version: u16,
}

impl ModelVersion {
    /// One by its word and version.
    pub fn new(model: &str, version: u16) -> Self {
        Self { model: model.into(), version }
    }

    /// As it is kept and asked for: "esbjerg-1".
    pub fn word(&self) -> String {
        format!("{}-{}", self.model, self.version)
    }

    /// The one of a word.
    pub fn parse(word: &str) -> Option<Self> {
        let (model, version) = word.rsplit_once('-')?;
        Some(Self::new(model, version.parse().ok()?)).filter(|it| !it.model.is_empty())
    }
}

/// Decisions: each with the level that was decided and the one that the model gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LevelCounts {
    cell: Cell,
}

impl LevelCounts {
    /// Adds what was kept.
    pub fn add(&mut self, cell: &Cell) {
        self.cell.merge(cell, 1);
    }

    /// How many.
    pub fn decided(&self) -> u32 {
        u32::try_from(self.cell.of).unwrap_or(0)
    }

    /// Those of a level.
    pub fn at(&self, level: i32) -> u32 {
        self.sum(|_, decided| decided == level)
    }

    /// Those with a higher level than the model's.
    pub fn up(&self) -> u32 {
        self.sum(|scored, decided| decided > scored)
    }

    /// Those with a lower one.
    pub fn down(&self) -> u32 {
        self.sum(|scored, decided| decided < scored)
    }

    /// Those with another one.
    pub fn changed(&self) -> u32 {
        self.up() + self.down()
    }

    fn sum(&self, wanted: impl Fn(i32, i32) -> bool) -> u32 {
        let of = |scored: i32, decided: i32| self.cell.groups.get(pair(scored, decided)).copied().unwrap_or(0);
        let pairs = ALL_LEVELS.into_iter().flat_map(|scored| ALL_LEVELS.map(|decided| (scored, decided)));
        let count: i64 = pairs.filter(|(scored, decided)| wanted(*scored, *decided)).map(|(s, d)| of(s, d)).sum();
        u32::try_from(count).unwrap_or(0)
    }
}

/// What a pair of levels is called in a kept cell: what the model gave, and what was decided. Empty for what is no level.
const fn pair(scored: i32, decided: i32) -> &'static str {
    match (scored, decided) {
        (1, 1) => "1>1",
        (1, 2) => "1>2",
        (1, 3) => "1>3",
        (2, 1) => "2>1",
        (2, 2) => "2>2",
        (2, 3) => "2>3",
        (3, 1) => "3>1",
        (3, 2) => "3>2",
        (3, 3) => "3>3",
        _ => "",
    }
}

type Months = BTreeMap<Month, LevelCounts>;

/// The decisions of a version: all of them, and by group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct OfVersion {
    whole: Months,
    groups: BTreeMap<Box<str>, Months>,
}

/// The decisions by version and month, whole and by the groups of one breakdown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drift {
    versions: BTreeMap<ModelVersion, OfVersion>,
}

impl Drift {
    /// Adds what was kept under its name: whole, or of a group. What is kept of something else is left out; the groups of one
    /// breakdown are all that should be put.
    pub fn put(&mut self, name: &CellName, cell: &Cell) {
        let Some(version) = ModelVersion::parse(&name.part).filter(|_| name.indicator == LEVELS) else { return };
        let own = self.versions.entry(version).or_default();
        let months =
            if name.by.is_empty() { &mut own.whole } else { own.groups.entry(name.stratum.clone()).or_default() };
        months.entry(name.month).or_default().add(cell);
    }

    /// The versions that were used, by model and version.
    pub fn versions(&self) -> impl Iterator<Item = &ModelVersion> {
        self.versions.keys()
    }

    /// The decisions of a version in a period.
    pub fn whole(&self, of: &ModelVersion, period: FigurePeriod) -> LevelCounts {
        self.versions.get(of).map_or_else(LevelCounts::default, |own| sum(&own.whole, period))
    }

    /// The same of each group that had any, by name.
    pub fn groups(&self, of: &ModelVersion, period: FigurePeriod) -> Vec<(&str, LevelCounts)> {
        let groups = self.versions.get(of).into_iter().flat_map(|own| &own.groups);
        let counted = groups.map(|(name, months)| (name.as_ref(), sum(months, period)));
        counted.filter(|(_, counts)| counts.decided() > 0).collect()
    }
}

fn sum(months: &Months, period: FigurePeriod) -> LevelCounts {
    let within = months.range(Month::of(period.from())..=Month::of(period.to()));
    within.fold(LevelCounts::default(), |mut sum, (_, counts)| {
        sum.add(&counts.cell);
        sum
    })
}

/// The decisions of a course: each counts, also when another came after it. One without a day or with no known level counts
/// nowhere.
pub(crate) fn each(course: &CourseFacts, tell: &mut dyn FnMut(&str, Date, &Cell)) {
    for one in &course.levels {
        let DecidedLevel { model, version, scored, decided, decided_on } = one;
        let (Some(on), pair) = (decided_on, pair(*scored, *decided)) else { continue };
        if !pair.is_empty() {
            let mut cell = Cell { of: 1, met: i64::from(scored != decided), ..Cell::default() };
            cell.groups.insert(pair.into(), 1);
            tell(&ModelVersion::new(model, *version).word(), *on, &cell);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use jiff::civil::date;
    use standard::Context;
    use standard::facts::{Citizen, MunicipalityFacts};

    use super::*;
    use crate::totals::{Contribution, Sums};

    fn decided(version: u16, month: i8, scored: i32, decided: i32) -> DecidedLevel {
        let decided_on = Some(date(2026, month, 20));
        DecidedLevel { model: "esbjerg".to_owned(), version, scored, decided, decided_on }
    }

    fn course(id: &str, sex: &str, levels: Vec<DecidedLevel>) -> CourseFacts {
        let citizen = Citizen { id: id.to_owned(), sex: Some(sex.to_owned()), ..Citizen::default() };
        CourseFacts { id: id.to_owned(), citizen: Some(citizen), levels, ..CourseFacts::default() }
    }

    /// What is kept of some courses, whole and by a breakdown.
    fn drift(courses: &[CourseFacts], by: Breakdown) -> Drift {
        let (municipality, day) = (MunicipalityFacts::default(), date(2026, 11, 1));
        let at = Context::new(&municipality, day, (day, day));
        let (mut drift, mut sums) = (Drift::default(), Sums::default());
        for course in courses {
            sums.merge(&Contribution::of_citizen(&[course], &at), 1);
        }
        let asked = |name: &CellName| name.by.is_empty() || name.by == by.word();
        sums.cells().iter().filter(|(name, _)| asked(name)).for_each(|(name, cell)| drift.put(name, cell));
        drift
    }

    fn year() -> FigurePeriod {
        FigurePeriod::between(date(2026, 1, 1), date(2026, 12, 31)).unwrap()
    }

    /// A woman kept at 1 and later raised from 1 to 3; a man lowered from 3 to 2, and one kept at 2 with the next version.
    fn three() -> [CourseFacts; 3] {
        [
            course("1", "female", vec![decided(1, 3, 1, 1), decided(1, 9, 1, 3)]),
            course("2", "male", vec![decided(1, 9, 3, 2)]),
            course("3", "male", vec![decided(2, 10, 2, 2)]),
        ]
    }

    #[test]
    fn each_decision_counts_in_its_month_with_its_version_its_level_and_its_way() {
        let found = drift(&three(), Breakdown::Sex);
        let (first, second) = (ModelVersion::new("esbjerg", 1), ModelVersion::new("esbjerg", 2));
        assert_eq!(found.versions().collect::<Vec<_>>(), [&first, &second]);
        let of = |counts: &LevelCounts| {
            (counts.decided(), ALL_LEVELS.map(|level| counts.at(level)), counts.up(), counts.down())
        };
        assert_eq!(of(&found.whole(&first, year())), (3, [1, 1, 1], 1, 1));
        assert_eq!(of(&found.whole(&second, year())), (1, [0, 1, 0], 0, 0));
        let third = FigurePeriod::between(date(2026, 7, 1), date(2026, 9, 30)).unwrap();
        assert_eq!(of(&found.whole(&first, third)), (2, [0, 1, 1], 1, 1));
        let groups = found.groups(&first, third);
        let told: Vec<_> = groups.iter().map(|(name, counts)| (*name, counts.up(), counts.down())).collect();
        assert_eq!(told, [("female", 1, 0), ("male", 0, 1)]);
        assert_eq!(found.groups(&second, third), []);
    }

    #[test]
    fn what_has_no_day_or_no_level_counts_nowhere_and_no_decision_is_split_by_its_own_level() {
        let undated = DecidedLevel { decided_on: None, ..decided(1, 3, 1, 1) };
        let all = [course("1", "male", vec![undated, decided(1, 3, 0, 2), decided(1, 3, 2, 4)])];
        assert_eq!(drift(&all, Breakdown::Sex), Drift::default());
        let first = ModelVersion::new("esbjerg", 1);
        assert_eq!(drift(&three(), Breakdown::StratLevel).groups(&first, year()), []);
        assert!(!is_split_by(Breakdown::StratLevel) && !is_split_by(Breakdown::Weekday) && is_split_by(Breakdown::Sex));
    }

    #[test]
    fn a_citizen_without_a_decision_adds_nothing() {
        let (municipality, day) = (MunicipalityFacts::default(), date(2026, 11, 1));
        let at = Context::new(&municipality, day, (day, day));
        let mut sums = Sums::default();
        sums.merge(&Contribution::of_citizen(&[&course("1", "male", Vec::new())], &at), 1);
        assert!(sums.cells().iter().all(|(name, _)| name.indicator != LEVELS));
    }

    #[test]
    fn a_version_is_found_by_its_word_and_what_is_none_is_left_out() {
        let version = ModelVersion::new("to-ord", 12);
        assert_eq!(ModelVersion::parse(&version.word()), Some(version));
        for word in ["", "esbjerg", "-1", "esbjerg-", "esbjerg-x"] {
            assert_eq!(ModelVersion::parse(word), None, "{word}");
        }
        let mut drift = Drift::default();
        let name = |indicator: &'static str, part: &'static str| CellName {
            by: Cow::Borrowed(""),
            indicator: Cow::Borrowed(indicator),
            part: Cow::Borrowed(part),
            stratum: "".into(),
            month: Month::of(date(2026, 9, 1)),
        };
        let cell = Cell { of: 1, ..Cell::default() };
        drift.put(&name("way", "esbjerg-1"), &cell);
        drift.put(&name(LEVELS, ""), &cell);
        assert_eq!(drift, Drift::default());
    }
}
