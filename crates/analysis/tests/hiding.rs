//! No answer lets a hidden number be computed: for each small number there is another set of counts that would have been shown
//! in exactly the same way, and no figure stands as little from the same question without its filter as few citizens.

#![allow(clippy::unwrap_used)]

use analysis::answer::{Answer, Figure, Group, Measured, NoAnswer, protect};
use analysis::{Asked, Question};
use jiff::civil::date;
use proptest::prelude::*;

fn asked(measure: &str, splits: &[&str], filter: bool) -> Asked {
    let question = Question {
        measure: measure.into(),
        splits: splits.iter().map(|word| (*word).to_owned()).collect(),
        filter: filter.then(|| ("joined".into(), "ja".into())),
        period: "2025".into(),
    };
    question.asked().unwrap()
}

const SEX: [Option<&str>; 2] = [Some("female"), Some("male")];
const CHANNEL: [Option<&str>; 3] = [Some("medcom"), Some("web"), None];

/// A table of counts by sex and channel; every row is a citizen of its own.
fn groups(counts: &[u32], outside: &[u32]) -> Vec<Group> {
    let places = SEX.into_iter().flat_map(|sex| CHANNEL.into_iter().map(move |channel| [sex, channel]));
    let counted = counts.iter().zip(outside);
    let group = |(place, (rows, outside)): ([Option<&str>; 2], (&u32, &u32))| Group {
        values: place.map(|value| value.map(str::to_owned)).to_vec(),
        rows: *rows,
        citizens: *rows,
        outside: *outside,
        measured: Measured::Itself,
    };
    places.zip(counted).map(group).collect()
}

fn answer(counts: &[u32], outside: &[u32]) -> Result<Answer, NoAnswer> {
    let asked = asked("henvisninger", &["sex", "channel"], outside.iter().any(|few| *few > 0));
    let span = asked.period.span(date(2026, 11, 28));
    protect(&asked, span, groups(counts, outside))
}

/// Whether a reader who sees the answer must hold a table for possible: nothing that is shown speaks against it.
fn possible(shown: &Answer, counts: &[u32]) -> bool {
    let fits = |figure: Figure, count: u32| match figure {
        Figure::Count(exact) => exact == count,
        Figure::Few => (1..5).contains(&count),
        _ => true,
    };
    let row = |at: usize| counts[at * 3..at * 3 + 3].iter().sum();
    let column = |at: usize| counts[at] + counts[at + 3];
    let cells = shown.cells.iter().flatten().zip(counts).all(|(figure, count)| fits(*figure, *count));
    let rows = shown.row_totals.iter().flatten().enumerate().all(|(at, figure)| fits(*figure, row(at)));
    let columns = shown.column_totals.iter().flatten().enumerate().all(|(at, figure)| fits(*figure, column(at)));
    cells && rows && columns && shown.total.is_none_or(|figure| fits(figure, counts.iter().sum()))
}

/// Every table that differs little from one, as far as the hidden cells go.
fn others(shown: &Answer, counts: &[u32]) -> Vec<Vec<u32>> {
    let open: Vec<usize> =
        shown.cells.iter().flatten().enumerate().filter(|(_, figure)| figure.is_hidden()).map(|(at, _)| at).collect();
    let mut tables = vec![counts.to_vec()];
    for at in open {
        let moved = tables.iter().flat_map(|table| {
            [-2_i64, -1, 1, 2].into_iter().filter_map(|by| {
                let mut table = table.clone();
                table[at] = u32::try_from(i64::from(table[at]) + by).ok()?;
                Some(table)
            })
        });
        let moved: Vec<_> = moved.collect();
        tables.extend(moved);
    }
    tables
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_hidden_number_follows_from_what_is_shown(counts in prop::collection::vec(0_u32..12, 6)) {
        let Ok(shown) = answer(&counts, &[0; 6]) else { return Ok(()) };
        prop_assert!(possible(&shown, &counts));
        let others: Vec<Vec<u32>> = others(&shown, &counts).into_iter().filter(|table| possible(&shown, table)).collect();
        for (at, count) in counts.iter().enumerate() {
            let figure = shown.cells[at / 3][at % 3];
            if (1..5).contains(count) {
                prop_assert!(figure.is_hidden(), "{counts:?} {shown:?}");
            }
            if figure.is_hidden() {
                prop_assert!(others.iter().any(|table| table[at] != *count), "{at} of {counts:?} in {shown:?}");
            }
        }
    }

    #[test]
    fn no_figure_stands_few_citizens_from_the_same_question_without_its_filter(
        counts in prop::collection::vec(0_u32..30, 6), outside in prop::collection::vec(0_u32..9, 6)
    ) {
        let Ok(shown) = answer(&counts, &outside) else { return Ok(()) };
        for (at, figure) in shown.cells.iter().flatten().enumerate() {
            if let Figure::Count(count) = figure {
                prop_assert!(*count == 0 || !(1..5).contains(&outside[at]), "{counts:?} {outside:?} {shown:?}");
            }
        }
        let few = (1..5).contains(&outside.iter().sum::<u32>());
        prop_assert!(!few || !matches!(shown.total, Some(Figure::Count(1..))));
    }

    #[test]
    fn few_citizens_are_hidden_however_many_rows_they_have(rows in 5_u32..100, citizens in 1_u32..5, other in 10_u32..50) {
        let asked = asked("henvisninger", &["sex"], false);
        let group = |sex: &str, rows, citizens| Group { values: vec![Some(sex.into())], rows, citizens, ..Group::default() };
        let span = asked.period.span(date(2026, 11, 28));
        let shown = protect(&asked, span, vec![group("female", rows, citizens), group("male", other, other)]).unwrap();
        prop_assert_eq!(shown.cells[0][0], Figure::Hidden);
        let total = shown.column_totals.unwrap()[0];
        prop_assert!(shown.cells[1][0].is_hidden() || total == Figure::Hidden);
    }
}

#[test]
fn a_share_is_shown_of_enough_citizens_with_yes_and_with_no() {
    let asked = asked("henvisninger-til-forloeb", &["sex"], false);
    let span = asked.period.span(date(2026, 11, 28));
    let group = |sex: &str, yes, no| Group {
        values: vec![Some(sex.into())],
        rows: yes + no,
        citizens: yes + no,
        outside: 0,
        measured: Measured::Share { yes, no, citizens_yes: yes, citizens_no: no },
    };
    let cells = |groups| protect(&asked, span, groups).unwrap().cells.concat();
    let two = cells(vec![group("female", 30, 10), group("male", 7, 8)]);
    assert_eq!(two, [Figure::Share(750, false), Figure::Share(467, true)]);
    assert_eq!((two[0].text().as_str(), two[1].text().as_str()), ("75\u{a0}%", "46,7\u{a0}%"));
    let one_hidden = cells(vec![group("female", 30, 10), group("male", 7, 3)]);
    assert_eq!(one_hidden, [Figure::Hidden, Figure::Hidden], "the other would give it away");
    let none = protect(&asked, span, vec![group("female", 0, 0)]);
    assert_eq!(none, Err(NoAnswer::Empty));
}

#[test]
fn months_without_anything_are_zeros_and_what_is_not_told_comes_last() {
    let asked = asked("henvisninger", &["maaned", "sex"], false);
    let span = asked.period.span(date(2026, 11, 28));
    let group = |sex: Option<&str>| Group {
        values: vec![Some("2025-03".into()), sex.map(str::to_owned)],
        rows: 1200,
        citizens: 1200,
        ..Group::default()
    };
    let shown = protect(&asked, span, vec![group(None), group(Some("male"))]).unwrap();
    assert_eq!((shown.rows.len(), shown.rows[2].as_str()), (12, "2025-03"));
    assert_eq!(shown.columns, ["Mand", "Ikke oplyst"]);
    assert_eq!(shown.cells[0], [Figure::Count(0), Figure::Count(0)]);
    assert_eq!(shown.total.unwrap().text(), "2.400");
}

#[test]
fn more_groups_than_anybody_reads_are_no_answer() {
    let asked = asked("henvisninger", &["post_code"], false);
    let span = asked.period.span(date(2026, 11, 28));
    let groups =
        (0..401).map(|at: u32| Group { values: vec![Some(at.to_string())], rows: 9, citizens: 9, ..Group::default() });
    assert_eq!(protect(&asked, span, groups.collect()), Err(NoAnswer::TooMany));
}
