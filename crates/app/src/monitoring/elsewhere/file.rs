//! The file of figures that municipalities share: one line a figure, read whole or refused with every fault.

use indicators::definition::{Definition, Kind, find};
use indicators::period::FigurePeriod;
use jiff::civil::Date;

use crate::AppError;
use crate::population::{ImportError, sheet};

pub(in crate::monitoring) use crate::population::sheet::FILE_LIMIT;

/// The columns, as the file names them.
pub(super) const COLUMNS: [&str; 8] = ["Kilde", "Målepunkt", "Version", "Fra", "Til", "Værdi", "Tæller", "Nævner"];

/// A figure of somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Whose it is.
    pub source: String,
    /// Id of the definition.
    pub indicator: String,
    /// Its version.
    pub version: u8,
    /// Of when.
    pub period: FigurePeriod,
    /// A share between 0 and 1, days, or a count.
    pub value: f64,
    /// Numerator and denominator, where they are told.
    pub counts: Option<(u32, u32)>,
}

/// Reads a file, CSV or XLSX.
///
/// # Errors
/// At the field of the file: it is no table, a column is missing, or what is wrong with its lines.
pub(super) fn read(bytes: &[u8], today: Date) -> Result<Vec<Figure>, ImportError> {
    let table = sheet::read(bytes)?;
    let place =
        |name: &str| table.columns.iter().position(|column| column.trim().to_lowercase() == name.to_lowercase());
    let missing: Vec<&str> = COLUMNS[..6].iter().copied().filter(|name| place(name).is_none()).collect();
    if !missing.is_empty() {
        let message = format!("Filen mangler {}. Første linje skal have kolonnernes navne.", missing.join(", "));
        return Err(AppError::field("fil", "columns", message).into());
    }
    let places = COLUMNS.map(place);
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(table.content.as_bytes());
    let (mut figures, mut faults) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let Ok(record) = record else { continue };
        let cell = |at: usize| places[at].and_then(|place| record.get(place)).unwrap_or_default().trim();
        if (0..COLUMNS.len()).all(|at| cell(at).is_empty()) {
            continue;
        }
        match figure(&cell, today) {
            Ok(figure) => figures.push(figure),
            Err(fault) => faults
                .push(format!("Linje {}: {fault}", indicators::equity::population::line_of(&record, &table.content))),
        }
    }
    let twice = |one: &&Figure| figures.iter().filter(|other| key(other) == key(one)).count() > 1;
    if let Some(figure) = figures.iter().find(twice) {
        faults.push(format!("{} har to tal for {} i {}.", figure.source, figure.indicator, figure.period.label()));
    }
    match (faults.is_empty(), figures.is_empty()) {
        (false, _) => Err(ImportError::Lines(faults)),
        (true, true) => Err(AppError::field("fil", "empty", "Der står ingen tal i filen.").into()),
        (true, false) => Ok(figures),
    }
}

fn key(figure: &Figure) -> (&str, &str, u8, FigurePeriod) {
    (&figure.source, &figure.indicator, figure.version, figure.period)
}

/// A line, or what is wrong with it.
fn figure<'a>(cell: &impl Fn(usize) -> &'a str, today: Date) -> Result<Figure, String> {
    let (source, id) = (cell(0), cell(1).to_uppercase());
    if source.is_empty() || source.chars().count() > 100 {
        return Err("Skriv, hvis tallet er, med højst 100 tegn.".to_owned());
    }
    let version = cell(2).parse().map_err(|_| format!("Versionen »{}« er ikke et helt tal.", cell(2)))?;
    let definition =
        find(&id, version).ok_or_else(|| format!("Målepunktet »{}« version {version} findes ikke.", cell(1)))?;
    let period = period(cell(3), cell(4), today)?;
    let value = decimal(cell(5)).ok_or_else(|| format!("Værdien »{}« er ikke et tal.", cell(5)))?;
    let counts = match (cell(6), cell(7)) {
        ("", _) | (_, "") => None,
        (met, of) => Some((whole(met)?, whole(of)?)),
    };
    fits(definition, value, counts)?;
    Ok(Figure { source: source.to_owned(), indicator: id, version, period, value, counts })
}

fn period(from: &str, to: &str, today: Date) -> Result<FigurePeriod, String> {
    let day = |text: &str| text.parse::<Date>().map_err(|_| format!("»{text}« er ikke en dato som 2026-01-01."));
    let (from, to) = (day(from)?, day(to)?);
    if from > today {
        return Err(format!("Perioden fra {from} er ikke begyndt."));
    }
    FigurePeriod::between(from, to)
        .ok_or_else(|| format!("{from} til {to} er ikke en måned, et kvartal, et år eller 12 hele måneder."))
}

fn decimal(text: &str) -> Option<f64> {
    let number: f64 = text.replace(',', ".").parse().ok()?;
    number.is_finite().then_some(number)
}

fn whole(text: &str) -> Result<u32, String> {
    text.replace('.', "").parse().map_err(|_| format!("»{text}« er ikke et helt tal."))
}

/// A share lies between 0 and 1, and is what its numerator and denominator make.
fn fits(definition: &Definition, value: f64, counts: Option<(u32, u32)>) -> Result<(), String> {
    const ROUNDED: f64 = 0.01;
    match definition.kind {
        Kind::Share if !(0.0..=1.0).contains(&value) => {
            Err(format!("Andelen {value} ligger ikke mellem 0 og 1. Skriv 45 % som 0,45."))
        }
        Kind::Share => match counts {
            Some((met, of)) if met > of => Err(format!("Tælleren {met} er større end nævneren {of}.")),
            Some((met, of)) if of > 0 && (f64::from(met) / f64::from(of) - value).abs() > ROUNDED => {
                Err(format!("{met} af {of} er ikke {value}."))
            }
            _ => Ok(()),
        },
        Kind::Gap => Err("En forskel mellem grupper kan ikke sammenlignes på tværs.".to_owned()),
        _ if value < 0.0 && definition.kind != Kind::MeanChange => Err(format!("{value} er under nul.")),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use indicators::period::Every;
    use jiff::civil::date;

    use super::*;

    const HEAD: &str = "Kilde;Målepunkt;Version;Fra;Til;Værdi;Tæller;Nævner\n";
    const TODAY: Date = date(2026, 11, 24);

    fn refused(line: &str) -> String {
        match read(format!("{HEAD}{line}\n").as_bytes(), TODAY).unwrap_err() {
            ImportError::Lines(lines) => lines.join(" "),
            ImportError::App(error) => error.user_message(),
        }
    }

    #[test]
    fn a_line_is_a_figure_with_its_period_and_its_counts_where_they_are_told() {
        let text = format!(
            "{HEAD}Nabokommunen;a01;1;2026-07-01;2026-09-30;0,75;150;200\n;;;;;;;\nDanmark;A01;1;2025-01-01;2025-12-31;0.6;;\n"
        );
        let figures = read(text.as_bytes(), TODAY).unwrap();
        assert_eq!(figures.len(), 2);
        assert_eq!(
            (figures[0].indicator.as_str(), figures[0].value, figures[0].counts),
            ("A01", 0.75, Some((150, 200)))
        );
        assert_eq!(figures[0].period, FigurePeriod::containing(Every::Quarter, date(2026, 8, 1)));
        assert_eq!((figures[1].period.label().as_str(), figures[1].counts), ("2025", None));
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_line_and_nothing_is_read() {
        for (line, told) in [
            ("N;A01;1;2026-07-01;2026-08-31;0,5;;", "er ikke en måned, et kvartal"),
            ("N;A01;1;2027-01-01;2027-01-31;0,5;;", "er ikke begyndt"),
            ("N;A01;9;2026-07-01;2026-07-31;0,5;;", "»A01« version 9 findes ikke"),
            ("N;X99;1;2026-07-01;2026-07-31;0,5;;", "findes ikke"),
            ("N;A01;1;2026-07-01;2026-07-31;45;;", "Skriv 45 % som 0,45"),
            ("N;A01;1;2026-07-01;2026-07-31;0,5;300;200", "større end nævneren"),
            ("N;A01;1;2026-07-01;2026-07-31;0,9;100;200", "100 af 200 er ikke 0.9"),
            ("N;A01;1;i går;2026-07-31;0,5;;", "er ikke en dato"),
            (";A01;1;2026-07-01;2026-07-31;0,5;;", "hvis tallet er"),
            ("N;A01;1;2026-07-01;2026-07-31;halvdelen;;", "er ikke et tal"),
        ] {
            let message = refused(line);
            assert!(message.contains("Linje 2") && message.contains(told), "{message}");
        }
        let twice = "N;A01;1;2026-07-01;2026-07-31;0,5;;\nN;A01;1;2026-07-01;2026-07-31;0,6;;";
        assert!(refused(twice).contains("to tal for A01"));
        let ImportError::App(error) = read(b"Kilde;Tal\nN;1\n", TODAY).unwrap_err() else { panic!("no column") };
        assert!(error.user_message().contains("mangler Målepunkt, Version"), "{error}");
    }
}
