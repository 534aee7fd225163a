//! A document that is given out: tables under headings, printed from its page or fetched as a workbook. It is Danish in
//! either language, as letters are.
//!
//! A PDF is made by the browser's print: it is tagged from the headings and tables of the page. The libraries that write
//! tagged PDF want every line and page break laid out by us first.

use crate::AppError;
use crate::quality::{Cell, Sheet, book};

/// A table under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    /// Its id in the page.
    pub(crate) id: &'static str,
    /// What it is about.
    pub(crate) heading: &'static str,
    /// What the columns are called.
    pub(crate) columns: Vec<&'static str>,
    /// Its cells; each row begins with what it is about.
    pub(crate) rows: Vec<Vec<String>>,
    /// What is said when there are none.
    pub(crate) nothing: &'static str,
    /// What a reader must know.
    pub(crate) note: Option<String>,
}

/// The tables as a workbook, a page each; the first page says what it is.
pub(crate) fn workbook(about: &[(&str, String)], tables: &[Table]) -> Result<Vec<u8>, AppError> {
    let line = |(name, text): &(&str, String)| vec![Cell::Text((*name).to_owned()), Cell::Text(text.clone())];
    let first = Sheet { name: "Om".to_owned(), columns: vec!["Om", ""], rows: about.iter().map(line).collect() };
    let sheet = |table: &Table| Sheet {
        // A page's name has room for 31 letters.
        name: table.heading.chars().filter(|letter| !"[]:*?/\\".contains(*letter)).take(31).collect(),
        columns: table.columns.clone(),
        rows: table
            .rows
            .iter()
            .map(|row| row.iter().map(|text| cell(text)).collect())
            .chain(table.note.iter().map(|note| vec![Cell::Text(note.clone())]))
            .collect(),
    };
    book(&std::iter::once(first).chain(tables.iter().map(sheet)).collect::<Vec<_>>())
}

/// A number is a number there too, and a per cent a share.
fn cell(text: &str) -> Cell {
    if let Ok(number) = text.parse::<u64>() {
        return Cell::Number(number);
    }
    let share = text.strip_suffix(" %").and_then(|percent| percent.parse::<u32>().ok());
    share.map_or_else(|| Cell::Text(text.to_owned()), |percent| Cell::Share(Some(f64::from(percent) / 100.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_number_in_print_is_one_in_the_workbook() {
        assert!(matches!(cell("12"), Cell::Number(12)));
        assert!(matches!(cell("85 %"), Cell::Share(Some(share)) if (share - 0.85).abs() < 1e-9));
        assert!(matches!(cell("<5"), Cell::Text(_)) && matches!(cell("12 dage"), Cell::Text(_)));
    }
}
