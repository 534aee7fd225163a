//! What is shown of the answer to a question. Small numbers are hidden, and so is what would give them away by subtraction: a
//! total, a neighbour, or the same question without its filter.
//!
//! What is small is told by citizens, not by rows: seven contacts of one citizen are one citizen. Rule: the standard's chapter
//! 9, by [`indicators::suppression`]. Counts have totals, which are protected together with the cells. Citizens, shares and
//! averages do not add up, so they have none. Periods are whole months, so that no two differ by a day.

use std::collections::BTreeMap;

use indicators::suppression::{self, MIN_CELL, SMALL, Shown};

use crate::catalogue::MeasureKind;
use crate::period::Span;
use crate::question::{Asked, Split};
use crate::statement::MOST_GROUPS;
use crate::{Grain, function};

/// A group of an answer as it was counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// The value of each split.
    pub values: Vec<Option<String>>,
    /// Rows in the filter.
    pub rows: u32,
    /// Citizens in it.
    pub citizens: u32,
    /// Citizens of the group outside the filter.
    pub outside: u32,
    /// What is measured of the rows.
    pub measured: Measured,
}

/// What is measured of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Measured {
    /// The rows or the citizens themselves.
    #[default]
    Itself,
    /// Rows with a yes and with a no, and the citizens behind them.
    Share {
        /// Rows with a yes.
        yes: u32,
        /// Rows with a no.
        no: u32,
        /// Citizens with a yes.
        citizens_yes: u32,
        /// Citizens with a no.
        citizens_no: u32,
    },
    /// The average of the rows with a number, in hundredths, and how many citizens are behind it.
    Mean {
        /// Citizens with a number.
        citizens: u32,
        /// The average; none without a number.
        hundredths: Option<i64>,
    },
}

/// A figure as it may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// A count: zero, or of five citizens and more.
    Count(u32),
    /// A count of 1 to 4.
    Few,
    /// Cannot be shown.
    Hidden,
    /// A share in thousandths, and whether it is of few.
    Share(u32, bool),
    /// An average in hundredths, and whether it is of few.
    Mean(i64, bool),
    /// Nothing to measure.
    Nothing,
}

impl Figure {
    /// As people read it, without unit.
    pub fn text(self) -> String {
        match self {
            Self::Count(count) => charts::count(count),
            Self::Few => format!("<{MIN_CELL}"),
            Self::Hidden => "Skjult".to_owned(),
            Self::Share(thousandths, _) => charts::percent(f64::from(thousandths) / 1000.0, 1),
            Self::Mean(hundredths, _) => {
                charts::decimal(f64::from(i32::try_from(hundredths).unwrap_or(i32::MAX)) / 100.0, 1)
            }
            Self::Nothing => "–".to_owned(),
        }
    }

    /// Whether something is kept from the reader.
    pub const fn is_hidden(self) -> bool {
        matches!(self, Self::Few | Self::Hidden)
    }

    /// Whether chance dominates: under twenty citizens.
    pub const fn is_small(self) -> bool {
        matches!(self, Self::Share(_, true) | Self::Mean(_, true))
    }
}

/// An answer as it may be shown: a table of the first split by the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What each row is; one row without a name when nothing is split.
    pub rows: Vec<String>,
    /// What each column is; one without a name when there is no second split.
    pub columns: Vec<String>,
    /// The figures, row by row.
    pub cells: Vec<Vec<Figure>>,
    /// Sums of the rows, when it is a count by two.
    pub row_totals: Option<Vec<Figure>>,
    /// Sums of the columns, when it is a count.
    pub column_totals: Option<Vec<Figure>>,
    /// The sum of all, when it is a count by two.
    pub total: Option<Figure>,
}

/// Why there is no answer to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// Nothing is recorded in the period.
    #[error("nothing in the period")]
    Empty,
    /// More groups than anybody reads.
    #[error("too many groups")]
    TooMany,
}

impl Answer {
    /// Whether anything is hidden.
    pub fn hides(&self) -> bool {
        self.figures().any(Figure::is_hidden)
    }

    /// Whether a figure is of so few that chance dominates.
    pub fn is_small(&self) -> bool {
        self.figures().any(Figure::is_small)
    }

    fn figures(&self) -> impl Iterator<Item = Figure> {
        let totals = self.row_totals.iter().chain(&self.column_totals).flatten().chain(&self.total);
        self.cells.iter().flatten().chain(totals).copied()
    }
}

/// Puts the groups in order and hides what must be.
pub fn protect(asked: &Asked, span: Span, groups: Vec<Group>) -> Result<Answer, NoAnswer> {
    if groups.iter().all(|group| group.rows == 0) {
        return Err(NoAnswer::Empty);
    }
    if groups.len() > MOST_GROUPS {
        return Err(NoAnswer::TooMany);
    }
    let values = |at: usize| -> Vec<Option<String>> {
        let Some(split) = asked.splits.get(at) else { return vec![None] };
        let mut all: BTreeMap<(usize, String), Option<String>> = BTreeMap::new();
        let seen = groups.iter().filter_map(|group| group.values.get(at).cloned());
        for value in seen.chain(times(*split, span).into_iter().map(Some)) {
            all.insert(split.order(value.as_deref()), value);
        }
        all.into_values().collect()
    };
    let (rows, columns) = (values(0), values(1));
    if rows.len() * columns.len() > MOST_GROUPS {
        return Err(NoAnswer::TooMany);
    }
    let found = |row: &Option<String>, column: &Option<String>| {
        let same = |group: &&Group| {
            asked.splits.is_empty()
                || group.values.first() == Some(row) && (asked.splits.len() < 2 || group.values.get(1) == Some(column))
        };
        groups.iter().find(same).cloned().unwrap_or_default()
    };
    let table: Vec<Vec<Group>> =
        rows.iter().map(|row| columns.iter().map(|column| found(row, column)).collect()).collect();
    let read = |at: usize, values: &[Option<String>]| -> Vec<String> {
        let name = |value: &Option<String>| asked.splits.get(at).map(|split| split.value(value.as_deref()));
        values.iter().map(|value| name(value).unwrap_or_default()).collect()
    };
    let names = (read(0, &rows), read(1, &columns));
    Ok(match asked.measure.kind {
        MeasureKind::Count => counts(&table, asked.splits.len(), names),
        MeasureKind::Citizens | MeasureKind::Share | MeasureKind::Mean => {
            let cells = single(&table, asked.measure.kind);
            Answer { rows: names.0, columns: names.1, cells, row_totals: None, column_totals: None, total: None }
        }
    })
}

/// All months, quarters or years of the period: one in which nothing happened is a zero and not left out.
fn times(split: Split, span: Span) -> Vec<String> {
    let Split::Time(grain) = split else { return Vec::new() };
    let mut all: Vec<String> = Vec::new();
    let mut day = span.from;
    while day <= span.to {
        let name = match grain {
            Grain::Month => function::month(day),
            Grain::Quarter => function::quarter(day),
            Grain::Year => function::year(day),
        };
        if all.last() != Some(&name) {
            all.push(name);
        }
        match day.first_of_month().checked_add(jiff::Span::new().months(1)) {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    all
}

const fn is_few(citizens: u32) -> bool {
    0 < citizens && citizens < MIN_CELL
}

/// What a group counts as when it is protected: few citizens in it or outside it are few, however many rows they have.
const fn weight(group: &Group) -> u32 {
    if is_few(group.citizens) {
        group.citizens
    } else if group.rows > 0 && is_few(group.outside) {
        group.outside
    } else {
        group.rows
    }
}

fn counts(table: &[Vec<Group>], splits: usize, (rows, columns): (Vec<String>, Vec<String>)) -> Answer {
    let weights: Vec<Vec<u32>> = table.iter().map(|row| row.iter().map(weight).collect()).collect();
    let shown = suppression::table(&weights);
    let cells = table.iter().zip(&shown.cells);
    let cells =
        cells.map(|(row, shown)| row.iter().zip(shown).map(|(group, shown)| figure(*shown, &[group])).collect());
    let cells: Vec<Vec<Figure>> = cells.collect();
    let row_totals =
        table.iter().zip(&shown.row_totals).map(|(row, shown)| figure(*shown, &row.iter().collect::<Vec<_>>()));
    let column = |at: usize| table.iter().filter_map(|row| row.get(at)).collect::<Vec<_>>();
    let column_totals = shown.column_totals.iter().enumerate().map(|(at, shown)| figure(*shown, &column(at)));
    let all: Vec<&Group> = table.iter().flatten().collect();
    Answer {
        rows,
        columns,
        cells,
        row_totals: (splits > 1).then(|| row_totals.collect()),
        column_totals: (splits > 0).then(|| column_totals.collect()),
        total: (splits > 1).then(|| figure(shown.total, &all)),
    }
}

/// The sum of some groups, as their weights may be shown.
fn figure(shown: Shown, groups: &[&Group]) -> Figure {
    let rows: u32 = groups.iter().fold(0, |sum, group| sum.saturating_add(group.rows));
    let outside: u32 = groups.iter().fold(0, |sum, group| sum.saturating_add(group.outside));
    let gives_away = rows > 0 && is_few(outside);
    match shown {
        _ if rows == 0 => Figure::Count(0),
        Shown::Exact(_) if !gives_away => Figure::Count(rows),
        Shown::UnderFive if !gives_away && is_few(rows) => Figure::Few,
        Shown::Exact(_) | Shown::UnderFive | Shown::Hidden | Shown::Rounded(_) | Shown::Withheld => Figure::Hidden,
    }
}

/// What does not add up: each group by itself. When one alone is hidden the one of fewest citizens is hidden too, so that what
/// is known of all does not tell it.
fn single(table: &[Vec<Group>], kind: MeasureKind) -> Vec<Vec<Figure>> {
    let mut cells: Vec<Vec<Figure>> =
        table.iter().map(|row| row.iter().map(|group| measured(group, kind)).collect()).collect();
    if cells.iter().flatten().filter(|figure| figure.is_hidden()).count() == 1 {
        let places = table.iter().enumerate().flat_map(|(down, row)| (0..row.len()).map(move |at| (down, at)));
        let shown = places.filter(|(down, at)| {
            !cells[*down][*at].is_hidden() && !matches!(cells[*down][*at], Figure::Nothing | Figure::Count(0))
        });
        if let Some((down, at)) = shown.min_by_key(|(down, at)| table[*down][*at].citizens) {
            cells[down][at] = Figure::Hidden;
        }
    }
    cells
}

fn measured(group: &Group, kind: MeasureKind) -> Figure {
    let gives_away = group.rows > 0 && is_few(group.outside);
    match (kind, group.measured) {
        (_, Measured::Share { yes, no, citizens_yes, citizens_no }) => {
            if yes + no == 0 {
                return Figure::Nothing;
            }
            let few = is_few(citizens_yes) || is_few(citizens_no) || citizens_yes + citizens_no < MIN_CELL;
            match suppression::share(yes, yes + no).filter(|_| !few && !gives_away) {
                Some(_) => Figure::Share(thousandths(yes, yes + no), group.citizens < SMALL),
                None => Figure::Hidden,
            }
        }
        (_, Measured::Mean { citizens, hundredths }) => match hundredths {
            None => Figure::Nothing,
            Some(_) if citizens < MIN_CELL || gives_away => Figure::Hidden,
            Some(hundredths) => Figure::Mean(hundredths, citizens < SMALL),
        },
        (_, Measured::Itself) => match group.citizens {
            0 => Figure::Count(0),
            _ if gives_away => Figure::Hidden,
            citizens if is_few(citizens) => Figure::Few,
            citizens => Figure::Count(citizens),
        },
    }
}

fn thousandths(part: u32, whole: u32) -> u32 {
    let whole = u64::from(whole);
    u32::try_from((u64::from(part) * 1000 + whole / 2).checked_div(whole).unwrap_or(0)).unwrap_or(0)
}
