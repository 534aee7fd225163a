//! A file as it is sent, CSV or XLSX, as text between semicolons: one form behind this border.
//!
//! A line keeps its number, so that a fault is told where the sender sees it.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use indicators::equity::population::line_of;

use crate::AppError;

/// A file, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// The whole of it, between semicolons.
    pub(crate) content: String,
    /// The names of its columns.
    pub(crate) columns: Vec<String>,
    /// The first lines after them.
    pub(crate) begins: Vec<Vec<String>>,
    /// Lines after the names.
    pub(crate) lines: usize,
}

/// Largest file, in bytes.
pub(crate) const FILE_LIMIT: usize = 5 * 1024 * 1024;
/// A workbook that is unpacked to more is not read.
const UNPACKED_LIMIT: u64 = 60 * 1024 * 1024;
/// Columns and lines at most: 98 municipalities by age, sex and education are some thousands.
const COLUMNS_MOST: usize = 60;
const LINES_MOST: usize = 100_000;
/// Lines shown before the columns are understood.
const SHOWN: usize = 4;

fn refuse(code: &'static str, message: impl Into<String>) -> AppError {
    AppError::field("fil", code, message)
}

/// Reads a file by its content; the name is not trusted.
///
/// # Errors
/// At the field of the file: it is empty, too large, or neither CSV nor XLSX.
pub(crate) fn read(bytes: &[u8]) -> Result<Sheet, AppError> {
    if bytes.is_empty() {
        return Err(refuse("missing", "Vælg en fil med tal."));
    }
    if bytes.len() > FILE_LIMIT {
        return Err(refuse("too_large", "Filen er over 5 MB. Del den op, eller fjern det, der ikke skal bruges."));
    }
    if bytes.starts_with(b"PK") {
        return parsed(&workbook(bytes)?);
    }
    let text = text(bytes).ok_or_else(unreadable)?;
    let between = delimiter(&text);
    if between == ';' { parsed(&text) } else { parsed(&rewritten(&text, between)?) }
}

fn unreadable() -> AppError {
    refuse("unreadable", "Filen kan ikke læses. Gem den som CSV eller Excel (.xlsx), og prøv igen.")
}

/// UTF-8, or what Danish spreadsheets wrote before it.
fn text(bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| latin(*byte)).collect(),
    };
    let plain = |letter: char| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t');
    text.chars().all(plain).then(|| text.trim_start_matches('\u{feff}').to_owned())
}

/// A letter of Windows-1252 as far as a table of figures has any: the upper half is that of Latin-1.
fn latin(byte: u8) -> char {
    match byte {
        0x80..=0x9f => '?',
        byte => char::from(byte),
    }
}

/// The sign that stands most often in the first line.
fn delimiter(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    [';', ',', '\t'].into_iter().max_by_key(|sign| (first.matches(*sign).count(), *sign == ';')).unwrap_or(';')
}

/// The same between semicolons, each record in its own line.
fn rewritten(text: &str, between: char) -> Result<String, AppError> {
    let delimiter = u8::try_from(between).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut lines = Lines::default();
    for record in reader.records() {
        let record = record.map_err(|_| unreadable())?;
        lines.up_to(line_of(&record, text));
        lines.add(record.iter().map(str::to_owned))?;
    }
    Ok(lines.text)
}

fn workbook(bytes: &[u8]) -> Result<String, AppError> {
    if unpacked(bytes).is_none_or(|size| size > UNPACKED_LIMIT) {
        return Err(unreadable());
    }
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let range = book.worksheet_range_at(0).and_then(Result::ok).ok_or_else(unreadable)?;
    let Some((first, _)) = range.start() else { return Err(refuse("empty", "Det første ark i filen er tomt.")) };
    let mut lines = Lines::default();
    lines.up_to(u64::from(first) + 1);
    for row in range.rows().take(LINES_MOST + 2) {
        lines.add(row.iter().map(cell))?;
    }
    Ok(lines.text)
}

/// What stands in a cell: a whole number without decimals, everything else as it is.
fn cell(data: &Data) -> String {
    match data {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::Float(number) => number.to_string().replace('.', ","),
        other => other.to_string(),
    }
}

/// Lines of a file under way; one that nothing stood in is kept as an empty one.
#[derive(Default)]
struct Lines {
    text: String,
    count: u64,
}

impl Lines {
    fn up_to(&mut self, line: u64) {
        while self.count + 1 < line && self.count < LINES_MOST as u64 {
            self.text.push('\n');
            self.count += 1;
        }
    }

    fn add(&mut self, cells: impl Iterator<Item = String>) -> Result<(), AppError> {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer(Vec::new());
        let cells = cells.map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "));
        writer.write_record(cells).map_err(|_| unreadable())?;
        let line = writer.into_inner().map_err(|_| unreadable())?;
        self.text.push_str(&String::from_utf8(line).map_err(|_| unreadable())?);
        self.count += 1;
        Ok(())
    }
}

/// The size of all files of a zip archive when they are unpacked, as its directory says (APPNOTE 4.3.12 and 4.3.16).
fn unpacked(bytes: &[u8]) -> Option<u64> {
    let number = |at: usize, width: usize| -> Option<u64> {
        let found = bytes.get(at..at.checked_add(width)?)?;
        Some(found.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    };
    let end = (0..bytes.len().saturating_sub(21)).rev().find(|at| bytes[*at..].starts_with(b"PK\x05\x06"))?;
    let (count, start) = (number(end + 10, 2)?, number(end + 16, 4)?);
    let (mut at, mut sum) = (usize::try_from(start).ok()?, 0_u64);
    for _ in 0..count {
        if !bytes.get(at..)?.starts_with(b"PK\x01\x02") {
            return None;
        }
        sum = sum.checked_add(number(at + 24, 4)?)?;
        let names = number(at + 28, 2)? + number(at + 30, 2)? + number(at + 32, 2)?;
        at = at.checked_add(46 + usize::try_from(names).ok()?)?;
    }
    Some(sum)
}

/// The names of the columns and the first lines. What is wrong with a line is told when the columns are understood.
pub(crate) fn parsed(content: &str) -> Result<Sheet, AppError> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(content.as_bytes());
    let header = reader.headers().map_err(|_| unreadable())?;
    let columns: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    if columns.len() < 2 || columns.len() > COLUMNS_MOST {
        return Err(refuse(
            "columns",
            "Filens første linje skal have navnene på mindst to og højst 60 kolonner, skilt ad med semikolon.",
        ));
    }
    let (mut begins, mut lines) = (Vec::new(), 0);
    for record in reader.records() {
        lines += 1;
        if let (Ok(record), true) = (record, begins.len() < SHOWN) {
            begins.push(record.iter().map(str::to_owned).collect());
        }
    }
    match lines {
        0 => Err(refuse("empty", "Der står ingen tal under kolonnernes navne.")),
        1..=LINES_MOST => Ok(Sheet { content: content.to_owned(), columns, begins, lines }),
        _ => Err(refuse("too_large", "Filen har over 100.000 linjer. Del den op.")),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::*;

    fn code(bytes: &[u8]) -> &'static str {
        read(bytes).unwrap_err().code()
    }

    #[test]
    fn a_csv_of_any_usual_kind_is_read_with_its_lines_where_they_were() {
        let danish = read("\u{feff}kommune;køn;antal\n0101;Mænd;1.200\n".as_bytes()).unwrap();
        assert_eq!(danish.columns, ["kommune", "køn", "antal"]);
        assert_eq!(danish.begins, [["0101", "Mænd", "1.200"]]);
        let latin = read(b"kommune;k\xf8n;antal\n0101;M\xe6nd;5\n").unwrap();
        assert_eq!(latin.columns[1], "køn");
        let commas = read(b"kommune,navn,antal\n\n0101,\"Nord; og Syd\",5\n").unwrap();
        assert_eq!(commas.content, "kommune;navn;antal\n\n0101;\"Nord; og Syd\";5\n");
        assert_eq!(read(b"kommune\tantal\n0101\t5\n").unwrap().begins, [["0101", "5"]]);
    }

    #[test]
    fn a_workbook_is_read_from_its_first_sheet_with_whole_numbers_whole() {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        for (at, name) in (0..).zip(["kommune", "alder", "antal"]) {
            page.write_string(1, at, name).unwrap();
        }
        page.write_string(2, 0, "0101").unwrap();
        page.write_string(2, 1, "18-39 år").unwrap();
        page.write_number(2, 2, 1200).unwrap();
        page.write_number(3, 2, 9.5).unwrap();
        let sheet = read(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(sheet.content, "\nkommune;alder;antal\n0101;18-39 år;1200\n;;9,5\n", "row two is line two");
        assert_eq!((sheet.columns.len(), sheet.lines), (3, 2));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(code(b""), "missing");
        assert_eq!(code(b"PK\x03\x04 and no more"), "unreadable");
        assert_eq!(code(b"\x00\x01\x02;a\n"), "unreadable");
        assert_eq!(code(b"kommune;antal\n"), "empty");
        assert_eq!(code(b"hej\n1\n"), "columns");
        assert_eq!(code(&vec![b';'; FILE_LIMIT + 1]), "too_large");
        let mut book = Workbook::new();
        book.add_worksheet();
        assert_eq!(code(&book.save_to_buffer().unwrap()), "empty");
        let mut bomb = book.save_to_buffer().unwrap();
        let at = bomb.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
        bomb[at + 24..at + 28].copy_from_slice(&[0xff; 4]);
        assert_eq!(code(&bomb), "unreadable", "it says that it unpacks to four gigabytes");
    }
}
