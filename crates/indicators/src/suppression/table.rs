//! The two shapes that figures are shown in: a list with its sum, and a table with the sums of rows and columns.

use super::{Release, Shown, Sum};

/// A list as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownList {
    /// Its counts.
    pub cells: Vec<Shown>,
    /// Their sum.
    pub total: Shown,
}

/// A table as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownTable {
    /// Its rows.
    pub cells: Vec<Vec<Shown>>,
    /// The sum of each row.
    pub row_totals: Vec<Shown>,
    /// The sum of each column.
    pub column_totals: Vec<Shown>,
    /// The sum of all.
    pub total: Shown,
}

/// Protects a list that is shown with its sum.
pub fn list(counts: &[u32]) -> ShownList {
    let ShownTable { cells, total, .. } = table(&[counts]);
    ShownList { cells: cells.into_iter().flatten().collect(), total }
}

/// Protects a table that is shown with the sums of its rows and columns. Rows may be of different length.
pub fn table<Row: AsRef<[u32]>>(rows: &[Row]) -> ShownTable {
    let counts: Vec<u32> = rows.iter().flat_map(|row| row.as_ref()).copied().collect();
    let mut begins = 0;
    let places: Vec<Vec<usize>> = rows
        .iter()
        .map(|row| {
            let from = begins;
            begins += row.as_ref().len();
            (from..begins).collect()
        })
        .collect();
    let width = places.iter().map(Vec::len).max().unwrap_or(0);
    let column = |at: usize| -> Vec<usize> { places.iter().filter_map(|row| row.get(at)).copied().collect() };

    let mut asked = Asked::default();
    let cells: Vec<Vec<usize>> =
        places.iter().map(|row| row.iter().map(|at| asked.ask(Sum::cell(*at))).collect()).collect();
    let row_totals: Vec<usize> = places.iter().map(|row| asked.ask(Sum::total(row.clone()))).collect();
    let column_totals: Vec<usize> = (0..width).map(|at| asked.ask(Sum::total(column(at)))).collect();
    let total = asked.ask(Sum::total(0..counts.len()));

    let shown = Release::of(&counts, &asked.figures);
    let at = |figure: &usize| shown.get(*figure).copied().unwrap_or(Shown::Withheld);
    ShownTable {
        cells: cells.iter().map(|row| row.iter().map(at).collect()).collect(),
        row_totals: row_totals.iter().map(at).collect(),
        column_totals: column_totals.iter().map(at).collect(),
        total: at(&total),
    }
}

/// Figures asked for, the same one only once: the sum of a row with one cell is that cell.
#[derive(Default)]
struct Asked {
    figures: Vec<Sum>,
}

impl Asked {
    fn ask(&mut self, figure: Sum) -> usize {
        self.figures.iter().position(|known| known.has_the_same(&figure)).unwrap_or_else(|| {
            self.figures.push(figure);
            self.figures.len() - 1
        })
    }
}
