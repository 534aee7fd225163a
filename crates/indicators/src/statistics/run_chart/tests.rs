//! Charts worked out by hand, and what holds for all of them.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::statistics::binomial::longest_run_by_chance;

fn points(values: &[u32]) -> Vec<Option<f64>> {
    values.iter().map(|value| Some(f64::from(*value))).collect()
}

fn confirmed() -> Confirmed {
    Confirmed { reason: "Opkald efter første udeblivelse".to_owned(), by: "MK".to_owned(), on: date(2026, 11, 2) }
}

/// Twelve months before a change (median of 66 67 68 68 69 69 70 70 71 72 73 74 is 69.5), eleven after it.
fn completed() -> Vec<Option<f64>> {
    points(&[68, 71, 66, 70, 73, 69, 67, 72, 70, 68, 74, 69, 76, 78, 75, 79, 77, 80, 78, 76, 81, 79, 80])
}

#[test]
fn the_median_is_that_of_the_points_before_the_marked_change() {
    let stretches = read(&completed(), &[Change::marked(12)], SignalRule::Chance);
    assert_eq!(stretches.len(), 1);
    assert_eq!(stretches[0].span.baseline, 0..12);
    assert!((stretches[0].reading.centre - 69.5).abs() < 1e-9);
    assert!(!stretches[0].span.preliminary);
}

/// All 23 points are useful, so a run of eight is still chance; the last eleven all lie above.
#[test]
fn eleven_in_a_row_above_the_median_are_a_signal() {
    let stretches = read(&completed(), &[Change::marked(12)], SignalRule::Chance);
    let reading = &stretches[0].reading;
    assert_eq!((reading.useful, reading.longest), (23, 11));
    assert_eq!(reading.signals, [Run { from: 12, to: 22, length: 11, side: Side::Above }]);
    assert!(reading.is_signal());
}

/// Twelve points, median 10.5: 9 12 | 8 | 13 | 10 | 11 12 | 9 | 11 | 10 … alternate nearly every time.
#[test]
fn points_that_wander_about_the_median_are_chance() {
    let values = points(&[9, 12, 8, 13, 10, 11, 12, 9, 11, 10, 13, 8]);
    let stretches = read(&values, &[], SignalRule::Chance);
    let reading = &stretches[0].reading;
    assert!((reading.centre - 10.5).abs() < 1e-9);
    assert_eq!((reading.useful, reading.longest, reading.crossings), (12, 2, 10));
    assert!(!reading.is_signal());
}

/// Seven of twelve useful points is the most that chance gives; the eighth makes the signal.
#[test]
fn the_longest_run_by_chance_is_no_signal_and_one_more_is() {
    let low = [1, 9, 1, 9, 1];
    let seven: Vec<_> = low.iter().copied().chain([9; 7]).collect();
    let eight: Vec<_> = low.iter().take(4).copied().chain([1]).chain([9; 8]).collect();
    assert_eq!(judge(&points(&seven), 5.0, SignalRule::Chance).signals, []);
    // Thirteen useful points allow seven.
    let signals = judge(&points(&eight), 5.0, SignalRule::Chance).signals;
    assert_eq!(signals, [Run { from: 5, to: 12, length: 8, side: Side::Above }]);
}

/// Four runs of five: three crossings of twenty points, where chance gives at least six; no run is over seven.
#[test]
fn too_few_crossings_are_a_signal_without_a_long_run() {
    let values: Vec<u32> = [[9; 5], [1; 5], [9; 5], [1; 5]].concat();
    let reading = judge(&points(&values), 5.0, SignalRule::Chance);
    assert_eq!((reading.useful, reading.crossings, reading.longest), (20, 3, 5));
    assert!(reading.crosses_too_seldom() && reading.is_signal() && reading.signals.is_empty());
}

#[test]
fn a_point_on_the_median_and_a_month_without_a_figure_neither_add_to_a_run_nor_break_it() {
    let mut values = points(&[6, 7, 5, 8, 6, 7, 9, 6, 7, 3, 4, 2]);
    values.insert(4, None);
    let reading = judge(&values, 5.0, SignalRule::Chance);
    // 6 7 . 8 – 6 7 9 6 7 | 3 4 2
    assert_eq!((reading.useful, reading.longest, reading.crossings), (11, 8, 1));
    assert_eq!(reading.signals, [Run { from: 0, to: 9, length: 8, side: Side::Above }]);
}

/// Six points that rise, 1 2 3 4 6 7, in the middle of twelve: runs and crossings are those of chance.
#[test]
fn a_trend_is_no_signal() {
    let values = points(&[3, 7, 1, 2, 3, 4, 6, 7, 3, 8, 2, 7]);
    let reading = judge(&values, 5.0, SignalRule::Chance);
    assert!(!reading.is_signal(), "{reading:?}");
}

#[test]
fn the_simpler_rule_calls_six_on_one_side() {
    let values = points(&[1, 9, 1, 9, 1, 9, 9, 9, 9, 9, 9, 1]);
    assert_eq!(judge(&values, 5.0, SignalRule::Chance).signals, []);
    let signals = judge(&values, 5.0, SignalRule::SixOnOneSide).signals;
    assert_eq!(signals, [Run { from: 5, to: 10, length: 6, side: Side::Above }]);
}

#[test]
fn under_ten_points_have_no_median_and_ten_or_eleven_a_preliminary_one() {
    let values = points(&[5, 7, 6, 8, 5, 7, 6, 8, 5, 7, 6, 8]);
    assert_eq!(read(&values[..9], &[], SignalRule::Chance), []);
    assert!(read(&values[..10], &[], SignalRule::Chance)[0].span.preliminary);
    assert!(read(&values[..11], &[], SignalRule::Chance)[0].span.preliminary);
    assert!(!read(&values, &[], SignalRule::Chance)[0].span.preliminary);
    assert_eq!(read(&[], &[], SignalRule::Chance), []);
}

#[test]
fn later_points_do_not_move_the_median_of_the_first_twelve() {
    let values = completed();
    let early = read(&values[..12], &[], SignalRule::Chance);
    let late = read(&values, &[], SignalRule::Chance);
    assert_eq!(early[0].reading.centre.to_bits(), late[0].reading.centre.to_bits());
}

#[test]
fn equal_points_say_nothing() {
    let reading = &read(&points(&[50; 20]), &[], SignalRule::Chance)[0].reading;
    assert_eq!((reading.useful, reading.rule, reading.is_signal()), (0, None, false));
}

#[test]
fn a_change_too_early_to_have_a_baseline_leaves_the_first_twelve() {
    assert_eq!(read(&completed(), &[Change::marked(4)], SignalRule::Chance)[0].span.baseline, 0..12);
    // One that lies outside the chart is as good as none.
    assert_eq!(read(&completed(), &[Change::marked(99)], SignalRule::Chance)[0].span.baseline, 0..12);
}

#[test]
fn a_confirmed_change_begins_a_new_median_and_the_old_line_is_carried_on() {
    let change = confirm(&completed(), 12, Better::Higher, SignalRule::Chance, confirmed()).unwrap();
    let stretches = read(&completed(), &[change], SignalRule::Chance);
    assert_eq!(stretches.len(), 2);
    assert_eq!((stretches[0].span.own.clone(), stretches[0].span.carried_to), (0..12, 23));
    assert_eq!(stretches[0].reading.signals.len(), 1);
    // 75 76 76 77 78 78 79 79 80 80 81: the sixth of eleven.
    assert!((stretches[1].reading.centre - 78.0).abs() < 1e-9);
    assert!(stretches[1].span.preliminary);
    assert!(!stretches[1].reading.is_signal());
}

#[test]
fn a_new_median_needs_a_signal_a_direction_and_a_reason() {
    let values = completed();
    let ask =
        |values: &[Option<f64>], at, better, who| confirm(values, at, better, SignalRule::Chance, who).unwrap_err();
    assert_eq!(ask(&values, 12, Better::Lower, confirmed()), NotConfirmed::NoSignal);
    assert_eq!(ask(&values, 12, Better::Neither, confirmed()), NotConfirmed::NoDirection);
    assert_eq!(ask(&values[..18], 12, Better::Higher, confirmed()), NotConfirmed::TooFewPoints);
    assert_eq!(ask(&values, 99, Better::Higher, confirmed()), NotConfirmed::TooFewPoints);
    let silent = Confirmed { reason: "  ".to_owned(), ..confirmed() };
    assert_eq!(ask(&values, 12, Better::Higher, silent), NotConfirmed::NoReason);
    let chance = points(&[9, 12, 8, 13, 10, 11, 12, 9, 11, 10, 13, 8, 9, 12, 8, 13, 10, 11, 12, 9, 11, 10, 13, 8]);
    assert_eq!(ask(&chance, 12, Better::Higher, confirmed()), NotConfirmed::NoSignal);
}

#[test]
fn an_improvement_is_kept_when_twelve_points_vary_round_the_goal_or_lie_better() {
    let round = points(&[79, 82, 78, 81, 80, 83, 79, 81, 78, 82, 79, 83]);
    assert!(kept(&round, 80.0, Better::Higher));
    assert!(!kept(&round[..11], 80.0, Better::Higher));
    assert!(kept(&points(&[88; 12]), 80.0, Better::Higher));
    assert!(!kept(&points(&[72; 12]), 80.0, Better::Higher));
    // For days of waiting it is the other way round.
    assert!(kept(&points(&[7; 12]), 14.0, Better::Lower));
    assert!(!kept(&points(&[21; 12]), 14.0, Better::Lower));
    // Good for six months and worse for six: one crossing, no long run, and it has not lasted.
    assert!(!kept(&points(&[83, 84, 82, 83, 85, 84, 75, 76, 74, 75, 73, 74]), 80.0, Better::Higher));
    assert!(!kept(&round, 80.0, Better::Neither));
}

proptest! {
    #[test]
    fn the_runs_hold_every_useful_point_and_cross_between_each_other(values in prop::collection::vec(prop::option::of(0u32..9), 0..80)) {
        let values: Vec<Option<f64>> = values.into_iter().map(|value| value.map(f64::from)).collect();
        let reading = judge(&values, 4.0, SignalRule::Chance);
        let useful = values.iter().flatten().filter(|value| (**value - 4.0).abs() > 0.5).count();
        prop_assert_eq!(reading.useful, useful);
        prop_assert!(reading.longest <= useful && (useful == 0 || reading.crossings < useful));
        for run in &reading.signals {
            prop_assert!(run.length > longest_run_by_chance(useful));
            prop_assert!(run.to - run.from + 1 >= run.length);
        }
    }

    #[test]
    fn seen_in_a_mirror_the_chart_says_the_same(values in prop::collection::vec(0u32..100, 0..60)) {
        let values = points(&values);
        let mirrored: Vec<_> = values.iter().map(|value| value.map(|value| -value)).collect();
        let (one, other) = (read(&values, &[], SignalRule::Chance), read(&mirrored, &[], SignalRule::Chance));
        prop_assert_eq!(one.len(), other.len());
        for (one, other) in one.iter().zip(&other) {
            prop_assert_eq!(one.reading.is_signal(), other.reading.is_signal());
            prop_assert_eq!(one.reading.crossings, other.reading.crossings);
        }
    }

    #[test]
    fn nothing_in_the_place_of_changes_makes_it_fail(
        values in prop::collection::vec(prop::option::of(0u32..100), 0..60),
        changes in prop::collection::vec((0usize..80, any::<bool>()), 0..5),
    ) {
        let values: Vec<Option<f64>> = values.into_iter().map(|value| value.map(f64::from)).collect();
        let changes: Vec<_> = changes
            .into_iter()
            .map(|(at, sure)| Change { at, confirmed: sure.then(confirmed) })
            .collect();
        let stretches = read(&values, &changes, SignalRule::Chance);
        for stretch in &stretches {
            prop_assert!(stretch.span.baseline.end <= stretch.span.own.end && stretch.span.own.end <= stretch.span.carried_to);
            prop_assert!(stretch.reading.signals.iter().all(|run| run.to < stretch.span.carried_to));
        }
    }
}
