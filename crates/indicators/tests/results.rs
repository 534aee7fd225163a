//! The figures of a period, of the municipality worked out on paper.
#![allow(clippy::unwrap_used)]

mod municipality;

use indicators::counting::{REGISTRY, label, unrecorded};
use indicators::definition::{Breakdown, newest};
use indicators::period::{Every, FigurePeriod, Finality};
use indicators::results::gaps::{gaps, made_of};
use indicators::results::published::{PublishedValue, published, published_split};
use indicators::results::{Asked, PeriodFigure, Value, figure, requirements_met, series, split};
use indicators::statistics::Share;
use indicators::suppression::Shown;
use indicators::totals::{Cell, Contribution, Totals};
use jiff::civil::{Date, date};
use standard::{Context, LimitValues};

fn totals() -> Totals {
    let of = municipality::municipality();
    let at = Context::new(&of.facts, of.on, (of.from, of.to));
    municipality::counted(&of.courses, &at)
}

fn asked(id: &str, part: &'static str, on: Date) -> Asked<'static> {
    let definition = newest(id).unwrap();
    let period = FigurePeriod::containing(definition.every, on);
    Asked { definition, part, period, today: date(2027, 6, 30) }
}

fn july(id: &str) -> PeriodFigure {
    figure(&totals(), asked(id, "", date(2026, 7, 31)))
}

#[test]
fn a_waiting_time_has_its_median_quartiles_and_the_share_in_time() {
    let found = july("T01");
    let Value::Median(spread, within) = found.value else { panic!("{found:?}") };
    assert_eq!((spread.values, spread.median.to_bits()), (3, 2.0_f64.to_bits()));
    assert_eq!(spread.ninetieth.to_bits(), 9.0_f64.to_bits());
    assert_eq!(within, Share::new(2, 4));
    assert_eq!((found.of, found.finality), (4, Finality::Final));
}

#[test]
fn only_the_part_that_is_held_against_a_limit_says_how_many_are_within_it() {
    let totals = totals();
    let within = |part: &'static str| {
        let days = (1..=12).map(|month| date(2026, month, 28));
        let values = days.map(|on| figure(&totals, asked("T04", part, on)).value);
        values.filter_map(|value| if let Value::Median(_, within) = value { Some(within) } else { None }).collect()
    };
    let (from_reception, from_grant): (Vec<_>, Vec<_>) = (within(""), within("from_grant"));
    assert!(!from_reception.is_empty() && from_reception.iter().all(Option::is_none), "{from_reception:?}");
    assert!(!from_grant.is_empty() && from_grant.iter().all(Option::is_some), "{from_grant:?}");
}

#[test]
fn every_kind_of_figure_is_made() {
    let totals = totals();
    let of = |id: &str, on: Date| figure(&totals, asked(id, "", on)).value;
    assert!(matches!(of("R01", date(2026, 7, 31)), Value::Count(3, None)));
    assert!(matches!(of("C02", date(2026, 8, 31)), Value::Count(3, Some(spread)) if spread.median > 41.9));
    assert!(matches!(of("U05", date(2026, 9, 30)), Value::Share(share, _) if share.whole() == 2));
    assert!(matches!(of("O02", date(2026, 10, 31)), Value::Mean(mean, _) if mean.pairs == 1));
    assert!(matches!(of("U06", date(2026, 9, 30)), Value::Distribution(groups) if groups.len() == 3));
    assert!(matches!(of("E01", date(2026, 9, 30)), Value::Count(4, _)));
    assert_eq!(of("U05", date(2020, 1, 1)), Value::Nothing);
    assert!(matches!(of("R01", date(2020, 1, 1)), Value::Count(0, None)));
}

#[test]
fn what_nobody_records_is_unknown_with_its_reason() {
    let why = unrecorded::whole_figure("U04").unwrap().why;
    assert_eq!(figure(&Totals::default(), asked("U04", "", date(2026, 7, 31))).value, Value::Unknown(why));
    // Where a municipality has it, the figure is made.
    assert!(matches!(july("U04").value, Value::Share(..)));
}

#[test]
fn a_cohort_is_preliminary_until_its_follow_up_has_passed() {
    let seen_on = |today| figure(&totals(), Asked { today, ..asked("R08", "", date(2026, 8, 31)) }).finality;
    assert_eq!(seen_on(date(2026, 11, 29)), Finality::Preliminary { until: date(2026, 11, 30) });
    assert_eq!(seen_on(date(2026, 11, 30)), Finality::Final);
}

#[test]
fn nothing_of_so_few_leaves_the_unit() {
    let totals = totals();
    for one in REGISTRY.iter() {
        for month in 1..=12 {
            let found = figure(&totals, asked(one.id, "", date(2026, month, 28)));
            match published(&found).value {
                PublishedValue::Count(shown) => assert!(matches!(shown, Shown::UnderFive | Shown::Exact(0 | 5..))),
                PublishedValue::Share(share, _) => assert!(share.whole() >= 5, "{}", one.id),
                PublishedValue::Distribution(groups, _) => {
                    assert!(groups.iter().all(|(_, shown)| !matches!(shown, Shown::Exact(1..5))), "{}", one.id);
                }
                _ => {}
            }
        }
    }
    let strata = split(&totals, asked("U08", "", date(2026, 9, 30)), Breakdown::StratLevel);
    assert_eq!(strata.iter().map(|(_, figure)| figure.of).sum::<u32>(), 8);
    let shown = published_split(&strata, Breakdown::StratLevel).unwrap();
    assert!(shown.rows.iter().all(|row| row.share.is_none()));
}

#[test]
fn strata_add_up_to_the_whole_wherever_a_citizen_has_one_of_each() {
    let totals = totals();
    let several = [Breakdown::Disease];
    for one in REGISTRY.iter() {
        let definition = newest(one.id).unwrap();
        for month in 1..=12 {
            let asked = asked(one.id, "", date(2026, month, 28));
            for by in definition.breakdowns.iter().filter(|by| !several.contains(by)) {
                let sum: u32 = split(&totals, asked, *by).iter().map(|(_, figure)| figure.of).sum();
                assert_eq!(sum, figure(&totals, asked).of, "{} by {}", one.id, by.word());
            }
        }
    }
}

#[test]
fn a_gap_among_few_is_not_told_and_the_requirements_met_are_counted() {
    let totals = totals();
    let year = FigurePeriod::containing(Every::RollingYear, date(2026, 9, 30));
    for (id, part) in made_of("E03").iter().chain(made_of("E04")) {
        let found = gaps(&totals, (id, part), Breakdown::StratLevel, year, &LimitValues::default());
        assert!(found.iter().all(|one| one.gap.is_none() && !one.is_called && !one.may_be_published), "{id}");
    }
    let quarter = FigurePeriod::containing(Every::Quarter, date(2026, 9, 30));
    let met = requirements_met(&totals, quarter).unwrap();
    assert!(met.part() < met.whole());
}

/// What each citizen and the municipality add to a figure is what it is made of.
#[test]
fn the_rows_of_a_figure_are_what_it_is_made_of() {
    let of = municipality::municipality();
    let at = Context::new(&of.facts, of.on, (of.from, of.to));
    let totals = municipality::counted(&of.courses, &at);
    let citizens = municipality::citizens(&of.courses);
    let mut all: Vec<Contribution> = citizens.iter().map(|own| Contribution::of_citizen(own, &at)).collect();
    all.push(Contribution::of_municipality(&at));
    // Those that are made of what the rules say are told apart from the records.
    for one in REGISTRY.iter().filter(|one| !["Q01", "Q03", "Q07", "C01"].contains(&one.id)) {
        for month in 1..=12 {
            let asked = asked(one.id, "", date(2026, month, 28));
            let mut sum = Cell::default();
            for (of, cell) in all.iter().flat_map(|own| own.of_figure(one.id, "", asked.period)) {
                assert!(asked.period.contains(of.first_day()));
                sum.merge(&cell, 1);
            }
            assert_eq!(sum, totals.cell(one.id, "", None, asked.period), "{} {month}", one.id);
        }
    }
}

#[test]
fn a_series_ends_with_the_period_and_rolling_years_move_on_by_a_month() {
    let totals = totals();
    let months = series(&totals, asked("R01", "", date(2026, 8, 31)), 3);
    let counts: Vec<u32> = months.iter().map(|(_, figure)| figure.of).collect();
    assert_eq!(counts, [1, 3, 5]);
    let years = series(&totals, asked("E01", "", date(2026, 9, 30)), 2);
    let ends: Vec<Date> = years.iter().map(|(period, _)| period.to()).collect();
    assert_eq!(ends, [date(2026, 8, 31), date(2026, 9, 30)]);
}

/// What a municipality names itself, and codes, are read as they stand.
#[test]
fn every_part_group_and_stratum_has_a_label_or_is_read_as_it_stands() {
    let free = [
        Breakdown::SenderUnit,
        Breakdown::District,
        Breakdown::Education,
        Breakdown::Place,
        Breakdown::Disease,
        Breakdown::Condition,
        Breakdown::Instrument,
        Breakdown::ErrorCode,
        Breakdown::Month,
        Breakdown::Kind,
    ];
    // A code of an error, and a reason that was written.
    let written = ["E12", "ingen_tid"];
    let totals = totals();
    for one in REGISTRY.iter() {
        for part in totals.parts(one.id) {
            assert!(part.is_empty() || label(part).is_some(), "{} {part}", one.id);
            let groups = totals.months(one.id, part, None).flat_map(|(_, cell)| cell.groups.keys());
            for group in groups.filter(|group| !written.contains(&group.as_ref())) {
                assert!(label(group).is_some(), "{} {group}", one.id);
            }
        }
        for by in newest(one.id).unwrap().breakdowns.iter().filter(|by| !free.contains(by)) {
            for (stratum, _) in totals.strata(one.id, "", *by, FigurePeriod::containing(Every::Year, date(2026, 6, 1)))
            {
                let of_standard = one.id == "Q03" || one.id == "Q04" || one.id == "Q08";
                assert!(of_standard || label(stratum).is_some(), "{} {stratum}", one.id);
            }
        }
    }
}
