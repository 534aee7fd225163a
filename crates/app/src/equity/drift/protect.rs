//! What of the decisions may be shown. The chart, the groups and the levels are three releases of the same citizens that share
//! nothing but their sums: one is shown only where the sums that the others tell are exact in it too, so that it holds for
//! whoever knows them, and no two of them can be put together to tell more.

use std::collections::BTreeMap;

use indicators::equity::drift::{ALL_LEVELS, Drift, LevelCounts, ModelVersion};
use indicators::period::{Every, FigurePeriod, Month};
use indicators::statistics::Share;
use indicators::suppression::{self, Release, Shown, Sum};

use super::asked::Point;

/// Decisions as they are shown: those with another level than the model's, and all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decisions {
    pub(super) changed: Shown,
    kept: Shown,
    pub(super) of: Shown,
}

/// The same with which way the level went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moves {
    pub(super) up: Shown,
    pub(super) down: Shown,
    pub(super) both: Decisions,
}

/// How many are on each level, and how many in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Levels {
    pub(super) each: [Shown; 3],
    pub(super) of: u32,
}

/// What is shown of a version. What is none would give a few away.
#[derive(Debug, Default)]
pub(super) struct ShownDrift {
    /// Each point of the chart.
    pub(super) points: Option<Vec<Decisions>>,
    /// Each group by name, and all together.
    pub(super) groups: Option<(Vec<(String, Moves)>, Moves)>,
    /// The levels in the period, and in the one before.
    pub(super) levels: [Option<Levels>; 2],
}

impl Decisions {
    const fn is_exact(self) -> bool {
        self.changed.exact().is_some() && self.kept.exact().is_some() && self.of.exact().is_some()
    }

    /// The share with another level, where it may be shown.
    pub(super) fn share(self) -> Option<Share> {
        if self.is_exact() { suppression::share(self.changed.exact()?, self.of.exact()?) } else { None }
    }
}

/// What is protected.
pub(super) struct Of<'a> {
    pub(super) drift: &'a Drift,
    pub(super) version: &'a ModelVersion,
    pub(super) now: FigurePeriod,
    pub(super) before: FigurePeriod,
    pub(super) points: &'a [Point],
    /// Nobody is in more than one group.
    pub(super) add_up: bool,
}

/// How everything is shown.
pub(super) fn protect(of: &Of<'_>) -> ShownDrift {
    let whole = of.drift.whole(of.version, of.now);
    let groups: Vec<(String, LevelCounts)> =
        of.drift.groups(of.version, of.now).into_iter().map(|(name, counts)| (name.to_owned(), counts)).collect();
    let told = |ways| by_group(&groups, &whole, of.add_up, ways);
    let groups = told(true).or_else(|| told(false));
    let (points, sums) = over_time(of);
    let points = points.filter(|_| {
        let [now, before] = sums;
        now.of.exact().is_some() && before.of.exact().is_some() && (now.is_exact() || groups.is_none())
    });
    ShownDrift { points, groups, levels: [levels(&whole), levels(&of.drift.whole(of.version, of.before))] }
}

/// The levels of a period; none where their sum cannot be shown beside them.
fn levels(of: &LevelCounts) -> Option<Levels> {
    let shown = suppression::list(&ALL_LEVELS.map(|level| of.at(level)));
    Some(Levels { each: shown.cells.try_into().ok()?, of: shown.total.exact()? })
}

/// The smallest parts of some decisions: raised, lowered and kept, or only changed and kept.
fn parts(of: &LevelCounts, ways: bool) -> Vec<u32> {
    let kept = of.decided().saturating_sub(of.changed());
    if ways { vec![of.up(), of.down(), kept] } else { vec![of.changed(), kept] }
}

/// Each group and all of them, with which way the levels went or without; none where the sums of all cannot be shown.
fn by_group(
    groups: &[(String, LevelCounts)],
    whole: &LevelCounts,
    add_up: bool,
    ways: bool,
) -> Option<(Vec<(String, Moves)>, Moves)> {
    let mut counts: Vec<u32> = groups.iter().flat_map(|(_, own)| parts(own, ways)).collect();
    let kinds = if ways { 3 } else { 2 };
    let grouped = counts.len();
    let mut figures: Vec<Sum> = Vec::new();
    let mut tell = |members: &[usize]| {
        let of = |wanted: &dyn Fn(usize) -> bool| Sum::total(members.iter().copied().filter(|at| wanted(at % kinds)));
        if ways {
            figures.extend([of(&|kind| kind == 0), of(&|kind| kind == 1)]);
        }
        figures.extend([of(&|kind| kind + 1 < kinds), of(&|kind| kind + 1 == kinds), of(&|_| true)]);
    };
    for at in (0..grouped).step_by(kinds) {
        tell(&(at..at + kinds).collect::<Vec<_>>());
    }
    if add_up {
        tell(&(0..grouped).collect::<Vec<_>>());
    } else {
        // Somebody may be in several groups: all of them stand by themselves.
        counts.extend(parts(whole, ways));
        tell(&(grouped..counts.len()).collect::<Vec<_>>());
    }
    let shown = Release::of(&counts, &figures);
    let mut each = shown.chunks_exact(if ways { 5 } else { 3 }).filter_map(moves);
    let groups: Vec<_> = groups.iter().map(|(name, _)| name.clone()).zip(each.by_ref()).collect();
    let all = each.next()?;
    let told = all.both.is_exact() && (!ways || (all.up.exact().is_some() && all.down.exact().is_some()));
    told.then_some((groups, all))
}

const fn moves(shown: &[Shown]) -> Option<Moves> {
    match shown {
        [up, down, changed, kept, of] => {
            Some(Moves { up: *up, down: *down, both: Decisions { changed: *changed, kept: *kept, of: *of } })
        }
        [changed, kept, of] => {
            let both = Decisions { changed: *changed, kept: *kept, of: *of };
            Some(Moves { up: Shown::Withheld, down: Shown::Withheld, both })
        }
        _ => None,
    }
}

/// Each point of the chart, and the sums of the period and of the one before: the smallest parts are the months of each version.
fn over_time(asked: &Of<'_>) -> (Option<Vec<Decisions>>, [Decisions; 2]) {
    let mut counts = Vec::new();
    let mut places: BTreeMap<(ModelVersion, Month), usize> = BTreeMap::new();
    let mut figures = Vec::new();
    let mut tell = |of: Option<&ModelVersion>, period: FigurePeriod| {
        let mut own = Vec::new();
        for (of, month) in of.into_iter().flat_map(|of| period.months().map(move |month| (of, month))) {
            own.push(*places.entry((of.clone(), month)).or_insert_with(|| {
                let only = FigurePeriod::containing(Every::Month, month.first_day());
                counts.extend(parts(&asked.drift.whole(of, only), false));
                counts.len() - 2
            }));
        }
        let (changed, kept) = (own.iter().copied(), own.iter().map(|at| at + 1));
        figures.extend([Sum::total(changed.clone()), Sum::total(kept.clone()), Sum::total(changed.chain(kept))]);
    };
    asked.points.iter().for_each(|point| tell(point.version.as_ref(), point.period));
    tell(Some(asked.version), asked.now);
    tell(Some(asked.version), asked.before);
    let shown = Release::of(&counts, &figures);
    let mut each = shown.chunks_exact(3).filter_map(moves).map(|moves| moves.both);
    let points: Vec<Decisions> = each.by_ref().take(asked.points.len()).collect();
    let hidden = Decisions { changed: Shown::Withheld, kept: Shown::Withheld, of: Shown::Withheld };
    let sums = [each.next().unwrap_or(hidden), each.next().unwrap_or(hidden)];
    (Some(points).filter(|points| !points.is_empty()), sums)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use std::borrow::Cow;

    use indicators::equity::drift::LEVELS;
    use indicators::totals::{Cell, CellName};
    use jiff::civil::date;

    use super::*;

    /// In each of some months for each group: kept, raised and lowered.
    type Months = Vec<Vec<[u32; 3]>>;

    const GROUPS: [&str; 3] = ["Nord", "Syd", "Vest"];

    fn months() -> Vec<FigurePeriod> {
        let last = FigurePeriod::containing(Every::Month, date(2026, 10, 1));
        (-23..=0).map(|step| last.step(step)).collect()
    }

    /// Two years of months; the earliest first.
    fn drift(of: &Months) -> Drift {
        let mut drift = Drift::default();
        for (period, groups) in months().iter().zip(of) {
            for (name, [kept, up, down]) in GROUPS.iter().zip(groups) {
                let groups = [("1>1", kept), ("1>2", up), ("3>2", down)];
                let groups = groups.map(|(pair, count)| (Box::<str>::from(pair), i64::from(*count)));
                let cell = Cell { of: i64::from(kept + up + down), groups: groups.into(), ..Cell::default() };
                for (by, stratum) in [("", ""), ("district", *name)] {
                    let month = Month::of(period.from());
                    let (by, indicator, part) = (Cow::Borrowed(by), Cow::Borrowed(LEVELS), Cow::Borrowed("esbjerg-1"));
                    drift.put(&CellName { by, indicator, part, stratum: stratum.into(), month }, &cell);
                }
            }
        }
        drift
    }

    fn shown(of: &Months) -> ShownDrift {
        let (drift, version) = (drift(of), ModelVersion::new("esbjerg", 1));
        let point = |period| Point { period, version: Some(version.clone()) };
        let points: Vec<Point> = months().into_iter().map(point).collect();
        let now = FigurePeriod::containing(Every::RollingYear, date(2026, 10, 1));
        protect(&Of { drift: &drift, version: &version, now, before: now.step(-1), points: &points, add_up: true })
    }

    #[test]
    fn large_numbers_are_shown_as_they_are() {
        let shown = shown(&vec![vec![[20, 6, 5], [30, 7, 8], [40, 9, 10]]; 24]);
        let points = shown.points.unwrap();
        assert_eq!((points.len(), points[23].changed, points[23].of), (24, Shown::Exact(45), Shown::Exact(135)));
        let (groups, all) = shown.groups.unwrap();
        assert_eq!((groups[0].1.up, groups[0].1.down), (Shown::Exact(72), Shown::Exact(60)));
        assert_eq!((all.up, all.both.of), (Shown::Exact(264), Shown::Exact(1_620)));
        assert_eq!(shown.levels[0].unwrap().each, [Shown::Exact(1_080), Shown::Exact(540), Shown::Exact(0)]);
        assert_eq!(shown.levels[0], shown.levels[1]);
    }

    /// Of 362 decisions two were raised in one month: neither the way, the group nor the month is told.
    #[test]
    fn two_of_a_whole_year_are_told_nowhere() {
        let mut of = vec![vec![[10, 0, 0]; 3]; 24];
        of[20][1][1] = 2;
        let shown = shown(&of);
        assert!(shown.groups.is_none());
        assert!(shown.points.is_none_or(|points| points[20].share().is_none()));
    }

    /// Six were raised and three lowered: the three are not told, but nine of 369 are.
    #[test]
    fn where_one_way_is_of_few_only_both_are_told() {
        let mut of = vec![vec![[10, 0, 0]; 3]; 24];
        of[20][0] = [10, 6, 3];
        let (groups, all) = shown(&of).groups.unwrap();
        assert_eq!((all.up, all.down, all.both.changed), (Shown::Withheld, Shown::Withheld, Shown::Exact(9)));
        assert_eq!(groups[0].1.both.changed, Shown::Exact(9));
    }

    /// What a reader knows: numbers by name, and which of them are the sum of which.
    #[derive(Default)]
    struct Reader {
        known: BTreeMap<String, u32>,
        sums: Vec<(String, Vec<String>)>,
    }

    impl Reader {
        fn read(&mut self, name: String, shown: Shown) {
            self.known.extend(shown.exact().map(|count| (name, count)));
        }

        fn both(&mut self, name: &str, both: Decisions) {
            self.read(format!("{name}.changed"), both.changed);
            self.read(format!("{name}.kept"), both.kept);
            self.read(format!("{name}.of"), both.of);
            self.sum(&format!("{name}.of"), &[&format!("{name}.changed"), &format!("{name}.kept")]);
        }

        fn moves(&mut self, name: &str, moves: Moves) {
            self.read(format!("{name}.up"), moves.up);
            self.read(format!("{name}.down"), moves.down);
            self.sum(&format!("{name}.changed"), &[&format!("{name}.up"), &format!("{name}.down")]);
            self.both(name, moves.both);
        }

        fn sum(&mut self, whole: &str, parts: &[&str]) {
            self.sums.push((whole.to_owned(), parts.iter().map(|part| (*part).to_owned()).collect()));
        }

        fn sum_of(&mut self, whole: &str, names: &[String]) {
            for kind in ["changed", "kept", "of"] {
                let parts = names.iter().map(|name| format!("{name}.{kind}")).collect();
                self.sums.push((format!("{whole}.{kind}"), parts));
            }
        }

        /// Subtracts as long as anything new comes of it.
        fn subtract(&mut self) {
            loop {
                let before = self.known.len();
                for (whole, parts) in &self.sums {
                    let told: u32 = parts.iter().filter_map(|part| self.known.get(part)).sum();
                    let unknown: Vec<_> = parts.iter().filter(|part| !self.known.contains_key(*part)).collect();
                    match (self.known.get(whole).copied(), unknown.as_slice()) {
                        (None, []) => self.known.insert(whole.clone(), told),
                        (Some(all), [one]) => self.known.insert((*one).clone(), all - told),
                        _ => None,
                    };
                }
                if self.known.len() == before {
                    return;
                }
            }
        }
    }

    /// Everything that is shown with every sum that a reader knows.
    fn reader(shown: &ShownDrift) -> Reader {
        let mut reader = Reader::default();
        let names = |from: usize| (from..from + 12).map(|at| format!("point {at}")).collect::<Vec<_>>();
        for (at, point) in shown.points.iter().flatten().enumerate() {
            reader.both(&format!("point {at}"), *point);
        }
        reader.sum_of("before", &names(0));
        reader.sum_of("now", &names(12));
        if let Some((groups, all)) = &shown.groups {
            reader.moves("now", *all);
            for (name, moves) in groups {
                reader.moves(name, *moves);
            }
            let names: Vec<String> = groups.iter().map(|(name, _)| name.clone()).collect();
            reader.sum_of("now", &names);
            for way in ["up", "down"] {
                let parts: Vec<String> = names.iter().map(|name| format!("{name}.{way}")).collect();
                reader.sums.push((format!("now.{way}"), parts));
            }
        }
        for (period, levels) in ["now", "before"].into_iter().zip(shown.levels) {
            let Some(levels) = levels else { continue };
            reader.read(format!("{period}.of"), Shown::Exact(levels.of));
            let each = [1, 2, 3].map(|level| format!("{period} level {level}"));
            each.iter().zip(levels.each).for_each(|(name, shown)| reader.read(name.clone(), shown));
            reader.sum(&format!("{period}.of"), &each.each_ref().map(String::as_str));
        }
        reader
    }

    /// A hundred municipalities with few and many decisions: neither what is shown nor what comes of subtracting it, across the
    /// chart, the groups and the levels, is one to four citizens.
    #[test]
    fn subtracting_whatever_is_shown_gives_no_few_away() {
        let mut state: u64 = 0x5eed;
        let mut below = |most: u32| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            u32::try_from(state >> 33).unwrap() % most
        };
        let (mut all_told, mut hidden) = (0, 0);
        for case in 0..100 {
            let most = [[9, 3, 2], [30, 8, 6], [60, 2, 9], [4, 1, 2]][case % 4].map(|most| most + 1);
            let of: Months = (0..24).map(|_| GROUPS.iter().map(|_| most.map(&mut below)).collect()).collect();
            let shown = shown(&of);
            all_told += usize::from(shown.points.is_some() && shown.groups.is_some());
            let mut reader = reader(&shown);
            hidden += shown.points.iter().flatten().filter(|point| point.share().is_none()).count();
            reader.subtract();
            let few: Vec<_> = reader.known.iter().filter(|(_, count)| (1..5).contains(*count)).collect();
            assert!(few.is_empty(), "{case}: {few:?} of {of:?}");
        }
        assert!(all_told > 50 && hidden > 100, "{all_told} {hidden}");
    }
}
