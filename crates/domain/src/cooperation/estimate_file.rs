//! Estimates from a file: columns by name, separated by semicolon or comma. Every fault is told with its line and column, and
//! a file with a fault gives nothing: nothing is half read.

use jiff::civil::Date;

use super::{Estimate, EstimateArea, EstimateError, Expected};
use crate::codes::municipality_name;
use crate::identifiers::MunicipalityCode;
use crate::ids::EstimateId;

/// What the columns are called.
pub const COLUMNS: [&str; 7] = ["kommune", "område", "år", "antal", "procent", "personer", "aftalt i"];

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column '{column}': {kind:?}")]
pub struct FileFault {
    /// From one; zero for the file as a whole.
    pub line: usize,
    /// The column; empty for the line as a whole.
    pub column: &'static str,
    /// What it is.
    pub kind: FileFaultKind,
}

/// What can be wrong in a file of estimates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFaultKind {
    /// A column is missing.
    NoColumn,
    /// Another number of cells than columns.
    Cells,
    /// No municipality has this code.
    UnknownMunicipality(String),
    /// No line is about the own municipality.
    NotOurs(MunicipalityCode),
    /// Referrals are not counted for this area.
    UnknownArea(String),
    /// No number where one should stand.
    NoNumber(String),
    /// Neither a number nor a share of people, or both.
    NumberOrShare,
    /// The estimate cannot be so.
    Estimate(EstimateError),
    /// The same municipality, area and year as in an earlier line.
    Twice(usize),
}

impl FileFault {
    /// What people read.
    pub fn user_message(&self) -> String {
        use FileFaultKind as K;
        let what = match &self.kind {
            K::NoColumn => "Filen har ikke denne kolonne.".to_owned(),
            K::Cells => "Linjen har ikke lige så mange felter som overskriften.".to_owned(),
            K::UnknownMunicipality(found) => format!("Ingen kommune har koden »{found}«."),
            K::NotOurs(code) => format!("Filen har ingen linje om kommune {}.", code.as_str()),
            K::UnknownArea(found) => format!("Henvisninger bliver ikke talt for »{found}«."),
            K::NoNumber(found) => format!("»{found}« er ikke et tal, der kan stå her."),
            K::NumberOrShare => "Skriv enten antal, eller procent og personer.".to_owned(),
            K::Estimate(error) => error.user_message().to_owned(),
            K::Twice(first) => format!("Linjen siger det samme som linje {first}."),
        };
        match (self.line, self.column) {
            (0, _) => what,
            (line, "") => format!("Linje {line}: {what}"),
            (line, column) => format!("Linje {line}, kolonnen »{column}«: {what}"),
        }
    }
}

/// What a file says of the own municipality.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Its estimates, in the order of the lines; their ids are to be given.
    pub estimates: Vec<Estimate>,
    /// Lines about others, checked and left out.
    pub others: usize,
}

/// Reads a file of estimates for a municipality.
///
/// # Errors
///
/// All that is wrong with it.
pub fn read(text: &str, ours: &MunicipalityCode, today: Date) -> Result<Read, Vec<FileFault>> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let whole = |kind| FileFault { line: 0, column: "", kind };
    let Some((header, first)) = lines.next() else { return Err(vec![whole(FileFaultKind::NotOurs(ours.clone()))]) };
    let separator = if header.contains(';') { ';' } else { ',' };
    let columns = columns(&cells(header, separator), first)?;
    let (mut faults, mut read) = (Vec::new(), Vec::new());
    for (line, number) in lines {
        match columns.line(&cells(line, separator), number, (ours, today)) {
            Ok(found) => read.push((number, found)),
            Err(found) => faults.extend(found),
        }
    }
    for (at, (number, (code, estimate))) in read.iter().enumerate() {
        let same = |(_, (other, it)): &&(usize, (MunicipalityCode, Estimate))| {
            other == code && it.area == estimate.area && it.year == estimate.year
        };
        if let Some((first, _)) = read[..at].iter().find(same) {
            faults.push(FileFault { line: *number, column: "", kind: FileFaultKind::Twice(*first) });
        }
    }
    let (own, others): (Vec<_>, Vec<_>) = read.into_iter().partition(|(_, (code, _))| code == ours);
    if own.is_empty() && faults.is_empty() {
        faults.push(whole(FileFaultKind::NotOurs(ours.clone())));
    }
    let estimates = own.into_iter().map(|(_, (_, estimate))| estimate).collect();
    if faults.is_empty() { Ok(Read { estimates, others: others.len() }) } else { Err(faults) }
}

/// The cells of a line; one in quotes may hold the separator, and two quotes in it are one.
fn cells(line: &str, separator: char) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.trim_end_matches('\r').chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            letter if letter == separator && !quoted => cells.push(std::mem::take(&mut cell)),
            letter => cell.push(letter),
        }
    }
    cells.push(cell);
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

/// Where each of [`COLUMNS`] stands.
struct Columns {
    at: [Option<usize>; COLUMNS.len()],
    count: usize,
}

/// How many of [`COLUMNS`], from the first, a file must have.
const MUST: usize = 3;

fn columns(header: &[String], line: usize) -> Result<Columns, Vec<FileFault>> {
    let at = COLUMNS.map(|name| header.iter().position(|found| found.to_lowercase() == name));
    let missing = COLUMNS.into_iter().zip(at).take(MUST).filter(|(_, at)| at.is_none());
    let faults: Vec<FileFault> =
        missing.map(|(column, _)| FileFault { line, column, kind: FileFaultKind::NoColumn }).collect();
    if faults.is_empty() { Ok(Columns { at, count: header.len() }) } else { Err(faults) }
}

impl Columns {
    fn line(
        &self,
        cells: &[String],
        line: usize,
        (ours, today): (&MunicipalityCode, Date),
    ) -> Result<(MunicipalityCode, Estimate), Vec<FileFault>> {
        use FileFaultKind as K;
        if cells.len() != self.count {
            return Err(vec![FileFault { line, column: "", kind: K::Cells }]);
        }
        let said = |column: usize| self.at[column].and_then(|at| cells.get(at)).map_or("", String::as_str);
        let mut faults = Vec::new();
        let mut wrong = |column: usize, kind| faults.push(FileFault { line, column: COLUMNS[column], kind });
        let code =
            MunicipalityCode::parse(said(0)).ok().filter(|code| code == ours || municipality_name(code).is_some());
        if code.is_none() {
            wrong(0, K::UnknownMunicipality(said(0).to_owned()));
        }
        let area = area(said(1));
        if area.is_none() {
            wrong(1, K::UnknownArea(said(1).to_owned()));
        }
        let year = said(2).parse::<i16>().ok();
        if year.is_none() {
            wrong(2, K::NoNumber(said(2).to_owned()));
        }
        let number = |column: usize| whole(said(column)).ok_or_else(|| K::NoNumber(said(column).to_owned()));
        let expected = match (said(3), said(4), said(5)) {
            (_, "", "") if !said(3).is_empty() => {
                number(3).map(|number| Expected::Referrals { number }).map_err(|kind| (3, kind))
            }
            ("", percent, persons) if !percent.is_empty() && !persons.is_empty() => {
                share(percent).ok_or_else(|| (4, K::NoNumber(percent.to_owned()))).and_then(|percent| {
                    number(5).map(|persons| Expected::PercentOf { percent, persons }).map_err(|kind| (5, kind))
                })
            }
            _ => Err((3, K::NumberOrShare)),
        };
        let expected = expected.map_err(|(column, kind)| wrong(column, kind)).ok();
        let found = code.zip(area).zip(year).zip(expected);
        let Some((((code, area), year), expected)) = found else { return Err(faults) };
        let agreed_in = Some(said(6).to_owned()).filter(|text| !text.is_empty());
        let id = EstimateId(uuid::Uuid::nil());
        let estimate = Estimate { id, area, year, expected, agreed_in, struck: None };
        let column = |error: EstimateError| match error {
            EstimateError::Year => COLUMNS[2],
            EstimateError::Number => COLUMNS[3],
            EstimateError::Percent => COLUMNS[4],
            EstimateError::Persons => COLUMNS[5],
            EstimateError::AgreedIn => COLUMNS[6],
        };
        let wrong = estimate.faults(today).into_iter();
        let faults: Vec<FileFault> =
            wrong.map(|error| FileFault { line, column: column(error), kind: K::Estimate(error) }).collect();
        if faults.is_empty() { Ok((code, estimate)) } else { Err(faults) }
    }
}

/// An area by its word or by what people read.
fn area(said: &str) -> Option<EstimateArea> {
    let said = said.to_lowercase();
    EstimateArea::ALL.iter().copied().find(|area| area.word() == said || area.label().to_lowercase() == said)
}

/// A whole number, also with points between thousands: "4.000".
pub fn whole(text: &str) -> Option<u32> {
    let mut groups = text.trim().split('.');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = digits(first)
        && (rest.is_empty() || first.len() <= 3)
        && rest.iter().all(|group| group.len() == 3 && digits(group));
    fits.then(|| text.trim().replace('.', "").parse().ok()).flatten()
}

/// A per cent with a decimal comma or point: "2,5".
pub fn share(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim_end().replace(',', ".");
    text.parse::<f64>().ok().filter(|percent| percent.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 24);

    fn ours() -> MunicipalityCode {
        MunicipalityCode::parse("316").unwrap()
    }

    fn faults(text: &str) -> Vec<String> {
        read(text, &ours(), TODAY).unwrap_err().iter().map(FileFault::user_message).collect()
    }

    #[test]
    fn lines_of_the_own_municipality_become_estimates_and_others_are_left_out() {
        let text = "\u{feff}Kommune;Område;År;Antal;Procent;Personer;Aftalt i\r\n\
            316;nikotinafvaenning;2026;;2,0;4.000;\"KLU; 10. november\"\r\n\
            316;Afklarende samtale;2026;240;;;\r\n\
            101;alkohol;2026;9;;;\r\n";
        let found = read(text, &ours(), TODAY).unwrap();
        assert_eq!((found.estimates.len(), found.others), (2, 1));
        let first = &found.estimates[0];
        assert_eq!(first.expected, Expected::PercentOf { percent: 2.0, persons: 4_000 });
        assert_eq!(first.agreed_in.as_deref(), Some("KLU; 10. november"));
        assert_eq!(found.estimates[1].expected, Expected::Referrals { number: 240 });
    }

    #[test]
    fn every_fault_is_told_with_its_line_and_column_and_nothing_is_read() {
        let head = "kommune,område,år,antal,procent,personer\n";
        let text = format!("{head}316,tandpleje,2026,5,,\n999x,alkohol,to,5,,\n316,alkohol,2026,5,2,10\n316,alkohol\n");
        assert_eq!(
            faults(&text),
            [
                "Linje 2, kolonnen »område«: Henvisninger bliver ikke talt for »tandpleje«.",
                "Linje 3, kolonnen »kommune«: Ingen kommune har koden »999x«.",
                "Linje 3, kolonnen »år«: »to« er ikke et tal, der kan stå her.",
                "Linje 4, kolonnen »antal«: Skriv enten antal, eller procent og personer.",
                "Linje 5: Linjen har ikke lige så mange felter som overskriften.",
            ]
        );
        let twice = format!("{head}316,alkohol,2026,5,,\n316,alkohol,2026,6,,\n");
        assert_eq!(faults(&twice), ["Linje 3: Linjen siger det samme som linje 2."]);
        let year = format!("{head}316,alkohol,2046,0,,\n");
        assert_eq!(faults(&year).len(), 2, "the year and the number");
    }

    #[test]
    fn a_file_without_its_columns_or_without_us_is_refused() {
        assert_eq!(
            faults("kommune;antal\n316;4\n"),
            [
                "Linje 1, kolonnen »område«: Filen har ikke denne kolonne.",
                "Linje 1, kolonnen »år«: Filen har ikke denne kolonne."
            ]
        );
        assert_eq!(faults("kommune;område;år;antal\n101;alkohol;2026;4\n"), ["Filen har ingen linje om kommune 316."]);
        assert_eq!(faults(""), ["Filen har ingen linje om kommune 316."]);
    }
}
