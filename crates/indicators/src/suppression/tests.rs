//! Tables worked out by hand, and a reader who tries every set of counts that would be shown in the same way.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn texts(shown: &[Shown]) -> Vec<String> {
    shown.iter().map(|shown| shown.text()).collect()
}

#[test]
fn counts_of_one_to_four_are_shown_as_under_five_and_zero_as_zero() {
    let shown: Vec<String> = (0..7).map(|count| Shown::alone(count).text()).collect();
    assert_eq!(shown, ["0", "<5", "<5", "<5", "<5", "5", "6"]);
}

#[test]
fn a_share_is_hidden_with_a_small_denominator_numerator_or_rest() {
    assert_eq!(share(0, 4), None);
    assert_eq!(share(0, 5).map(|share| share.value().to_bits()), Some(0.0_f64.to_bits()));
    assert!(share(5, 5).is_some());
    assert_eq!(share(4, 30), None);
    assert_eq!(share(26, 30), None);
    assert!(share(25, 30).is_some());
    assert_eq!(share(6, 5), None);
}

#[test]
fn medians_need_five_values_mean_changes_five_pairs_and_comparisons_twenty_in_each() {
    let four = [1.0, 2.0, 3.0, 4.0];
    let five = [1.0, 2.0, 3.0, 4.0, 5.0];
    assert_eq!((shown_median(&four), shown_median(&five)), (None, Some(3.0)));
    assert_eq!((shown_percentile(&four, 90), shown_percentile(&five, 90)), (None, Some(5.0)));
    assert_eq!(shown_mean_change(&four), None);
    assert_eq!(shown_mean_change(&five).unwrap().pairs, 5);
    assert_eq!(comparison((10, 20), (9, 19)), None);
    assert!(comparison((10, 20), (10, 20)).is_some());
    // Two of twenty may not be shown, so nor may what it differs by.
    assert_eq!(comparison((2, 20), (10, 20)), None);
    assert!(needs_small_note(19) && !needs_small_note(20));
}

/// The total gives 3 away, so the next smallest is hidden as well.
#[test]
fn one_hidden_cell_hides_the_next_smallest() {
    let shown = list(&[3, 40, 12, 25]);
    assert_eq!(texts(&shown.cells), ["<5", "40", "Skjult", "25"]);
    assert_eq!(shown.total, Shown::Exact(80));
}

/// 1 and 2 hide each other, but together they are three people that the total gives away.
#[test]
fn hidden_cells_that_are_few_together_hide_one_more() {
    let shown = list(&[1, 2, 40, 50]);
    assert_eq!(texts(&shown.cells), ["<5", "<5", "Skjult", "50"]);
}

/// Two cells shown as "<5" with the sum eight can only be four and four.
#[test]
fn cells_at_the_end_of_their_range_are_not_given_away() {
    let shown = list(&[4, 4, 30]);
    assert_eq!(texts(&shown.cells), ["<5", "<5", "Skjult"]);
    // Nothing is left to hide beside them: the total is no longer exact.
    let shown = list(&[4, 4]);
    assert_eq!(texts(&shown.cells), ["<5", "<5"]);
    assert_ne!(shown.total, Shown::Exact(8));
}

/// Only zeros stand beside the one that is hidden: the total is as small and is hidden as well.
#[test]
fn zero_is_shown_and_never_hidden_for_anothers_sake() {
    let shown = list(&[0, 3, 0]);
    assert_eq!(texts(&shown.cells), ["0", "<5", "0"]);
    assert_eq!(shown.total, Shown::UnderFive);
}

/// A 3 in the middle needs a second hidden cell in its row and in its column, and those two need a fourth.
#[test]
fn a_table_hides_a_rectangle() {
    let shown = table(&[[3, 20, 30], [25, 8, 40], [35, 45, 50]]);
    let hidden = shown.cells.iter().flatten().filter(|cell| !matches!(cell, Shown::Exact(_))).count();
    assert_eq!(hidden, 4);
    assert_eq!(shown.total, Shown::Exact(256));
    assert!(shown.row_totals.iter().chain(&shown.column_totals).all(|total| matches!(total, Shown::Exact(_))));
}

#[test]
fn a_table_without_small_cells_is_shown_as_it_is() {
    let shown = table(&[[10, 20], [0, 40]]);
    assert_eq!(shown.cells, [[Shown::Exact(10), Shown::Exact(20)], [Shown::Exact(0), Shown::Exact(40)]]);
    assert_eq!(texts(&shown.row_totals), ["30", "40"]);
    let none = table::<[u32; 0]>(&[]);
    assert_eq!((none.cells.len(), none.total), (0, Shown::Exact(0)));
}

/// Twelve months of ten, then one with 3: the two years differ by the first month and the last.
#[test]
fn overlapping_years_do_not_give_a_month_away() {
    let months = [10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 3];
    let mut figures: Vec<Sum> = (0..13).map(Sum::cell).collect();
    figures.push(Sum::total(0..12));
    figures.push(Sum::total(1..13));
    let shown = Release::of(&months, &figures);
    assert_eq!(shown[12], Shown::UnderFive);
    hides_all(&months, &figures, &shown);
    // The two years alone, without any month, would say what the new month has more than the old one: no month is known.
    let years = Release::of(&months, &figures[13..]);
    assert_eq!(years, [Shown::Exact(120), Shown::Exact(113)]);
}

/// The quarters to September are shown, so the year would give the last one away, of which no month is shown.
#[test]
fn a_year_does_not_give_away_a_quarter_that_is_not_shown() {
    let months = [9, 9, 9, 9, 9, 9, 9, 9, 9, 1, 1, 1];
    let figures = [Sum::total(0..3), Sum::total(3..6), Sum::total(6..9), Sum::total(0..12)];
    let shown = Release::of(&months, &figures);
    assert_eq!(shown[..3], [Shown::Exact(27); 3]);
    assert!(!matches!(shown[3], Shown::Exact(_)), "{shown:?}");
}

/// A district of 50 with one of 47 inside it: the 3 outside are not told.
#[test]
fn nested_districts_do_not_give_the_rest_away() {
    let counts = [47, 3, 60];
    let figures = [Sum::cell(0), Sum::total([0, 1]), Sum::total([0, 1, 2])];
    let shown = Release::of(&counts, &figures);
    assert!(shown.iter().any(|shown| !matches!(shown, Shown::Exact(_))));
    hides_all(&counts, &figures, &shown);
}

/// Every count is among those that its text allows, and each text allows more than one unless it is the count.
#[test]
fn what_is_shown_is_true() {
    for count in 5..200 {
        let shown = Shown::Rounded((count + 2) / 5 * 5);
        let (low, high) = shown.bounds();
        assert!(low <= count && count <= high && high - low <= 4);
        let all = (5..300).filter(|other: &u32| (other + 2) / 5 * 5 == (count + 2) / 5 * 5);
        assert_eq!(all.collect::<Vec<_>>(), (low..=high).collect::<Vec<_>>());
    }
    assert_eq!(Shown::Rounded(25).text(), "ca. 25");
}

/// A table of all municipalities by the months of a year is done at once.
#[test]
fn a_large_table_is_protected() {
    let rows: Vec<Vec<u32>> = (0..98).map(|row| (0..12).map(|month| (row * 7 + month * 5) % 23).collect()).collect();
    let shown = table(&rows);
    assert!(shown.cells.iter().flatten().any(|cell| matches!(cell, Shown::Exact(1..))));
}

/// A reader who holds everything shown and tries every set of counts near the true one, independent of how it was
/// protected: finding a second one near is enough, and looking further would only find more.
struct Reader {
    sums: Vec<Believed>,
    ranges: Vec<std::ops::RangeInclusive<u32>>,
}

/// What is known of a sum: its members, and between what it lies.
struct Believed {
    members: Vec<usize>,
    low: u32,
    high: u32,
}

impl Reader {
    /// All sets of counts that would be shown in the same way.
    fn all(counts: &[u32], figures: &[Sum], shown: &[Shown]) -> BTreeSet<Vec<u32>> {
        let sum = |(figure, shown): (&Sum, &Shown)| {
            let (low, high) = shown.bounds();
            Believed { members: (0..counts.len()).filter(|at| figure.holds(*at)).collect(), low, high }
        };
        let reader = Self {
            sums: figures.iter().zip(shown).map(sum).collect(),
            ranges: counts.iter().map(|count| count.saturating_sub(3)..=count + 3).collect(),
        };
        let mut found = BTreeSet::new();
        reader.go(&mut Vec::new(), &mut found);
        found
    }

    fn go(&self, begun: &mut Vec<u32>, found: &mut BTreeSet<Vec<u32>>) {
        if !self.sums.iter().all(|sum| sum.can_be(begun)) {
            return;
        }
        let Some(range) = self.ranges.get(begun.len()) else {
            found.insert(begun.clone());
            return;
        };
        for count in range.clone() {
            begun.push(count);
            self.go(begun, found);
            begun.pop();
        }
    }
}

impl Believed {
    fn can_be(&self, begun: &[u32]) -> bool {
        let sum: u32 = self.members.iter().filter_map(|at| begun.get(*at)).sum();
        let open = self.members.last().is_some_and(|last| *last >= begun.len());
        sum <= self.high && (open || sum >= self.low)
    }
}

/// Every count of 1 to 4, every hidden figure, and every group of 1 to 4 that two figures differ by can have two values.
fn hides_all(counts: &[u32], figures: &[Sum], shown: &[Shown]) {
    let all = Reader::all(counts, figures, shown);
    assert!(all.contains(counts), "what is shown is not true");
    let sum = |counts: &[u32], members: &[usize]| members.iter().map(|at| counts[*at]).sum::<u32>();
    let can_be_two =
        |members: &[usize]| all.iter().map(|counts| sum(counts, members)).collect::<BTreeSet<_>>().len() >= 2;
    let members = |figure: &Sum| (0..counts.len()).filter(|at| figure.holds(*at)).collect::<Vec<_>>();
    for (figure, shown) in figures.iter().zip(shown) {
        let hidden = matches!(shown, Shown::UnderFive | Shown::Hidden);
        assert!(!hidden || can_be_two(&members(figure)), "{counts:?} {shown:?}: {figure:?} is given away");
        for other in figures {
            let rest: Vec<usize> = members(figure).into_iter().filter(|at| !other.holds(*at)).collect();
            if rest.len() < members(figure).len() && (1..5).contains(&sum(counts, &rest)) {
                assert!(can_be_two(&rest), "{counts:?} {shown:?}: {rest:?} are given away");
            }
        }
    }
    for (at, count) in counts.iter().enumerate() {
        assert!(!(1..5).contains(count) || can_be_two(&[at]), "{counts:?}: {at} is given away by {shown:?}");
    }
}

fn figures_of(rows: usize, columns: usize) -> Vec<Sum> {
    let cells = (0..rows * columns).map(Sum::cell);
    let across = (0..rows).map(|row| Sum::total(row * columns..(row + 1) * columns));
    let down = (0..columns).map(|column| Sum::total((0..rows).map(|row| row * columns + column)));
    cells.chain(across).chain(down).chain([Sum::total(0..rows * columns)]).collect()
}

/// The sum of the first column is withheld, and the others told what it was: four in the second and third row together.
#[test]
fn a_group_of_few_stays_hidden_when_the_figure_it_is_left_of_is_withheld() {
    let counts = [4, 0, 2, 8, 2, 12];
    let figures = figures_of(3, 2);
    hides_all(&counts, &figures, &Release::of(&counts, &figures));
}

/// Counts as they come in a small municipality: many are small.
fn count() -> impl Strategy<Value = u32> {
    prop_oneof![3 => 1u32..5, 1 => Just(0u32), 3 => 5u32..9, 2 => 9u32..30]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_subtraction_in_a_table_recovers_a_hidden_cell(
        rows in 2usize..=3, columns in 2usize..=3, counts in prop::collection::vec(count(), 9),
    ) {
        let counts = &counts[..rows * columns];
        let figures = figures_of(rows, columns);
        let shown = Release::of(counts, &figures);
        hides_all(counts, &figures, &shown);
        // What people get is what was proved.
        let lines: Vec<&[u32]> = counts.chunks(columns).collect();
        let table = table(&lines);
        let flat: Vec<Shown> = table.cells.into_iter().flatten().chain(table.row_totals).chain(table.column_totals).collect();
        prop_assert_eq!(&flat[..], &shown[..shown.len() - 1]);
    }

    #[test]
    fn no_subtraction_in_a_list_recovers_a_hidden_cell(counts in prop::collection::vec(count(), 2..7)) {
        let shown = list(&counts);
        let mut figures: Vec<Sum> = (0..counts.len()).map(Sum::cell).collect();
        figures.push(Sum::total(0..counts.len()));
        let mut all = shown.cells.clone();
        all.push(shown.total);
        hides_all(&counts, &figures, &all);
    }

    #[test]
    fn no_subtraction_between_overlapping_periods_recovers_a_small_one(
        counts in prop::collection::vec(count(), 4..7),
        periods in prop::collection::vec((0usize..6, 1usize..6), 1..6),
        months in any::<bool>(),
    ) {
        let mut figures: Vec<Sum> = periods
            .into_iter()
            .map(|(from, length)| Sum::total(from.min(counts.len() - 1)..(from + length).min(counts.len())))
            .filter(|figure| !figure.has_the_same(&Sum::total([])))
            .collect();
        figures.dedup();
        if months {
            figures.extend((0..counts.len()).map(Sum::cell));
        }
        let shown = Release::of(&counts, &figures);
        hides_all(&counts, &figures, &shown);
    }

    #[test]
    fn no_subtraction_between_nested_districts_recovers_a_small_one(counts in prop::collection::vec(count(), 6)) {
        let mut figures: Vec<Sum> = (0..6).map(Sum::cell).collect();
        figures.extend([Sum::total([0, 1]), Sum::total([0, 1, 2]), Sum::total([3, 4]), Sum::total(0..6)]);
        let shown = Release::of(&counts, &figures);
        hides_all(&counts, &figures, &shown);
    }
}
