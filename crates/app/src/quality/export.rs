//! The pages as files: `GET /kvalitet/hent/{kind}` with every requirement, `GET /kvalitet/krav/{id}/hent/{kind}` with one and who
//! is missing. Who fetched what stands in the log.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::permission::Permission;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use standard::Check;
use uuid::Uuid;

use super::list::{self, RowView};
use super::read::Whole;
use super::requirement::known;
use super::stand::{RequirementStand, Status};
use super::{decided, read, words};
use crate::mailbox::{as_download, note_export};
use crate::stopbasen::csv_cell;
use crate::{App, AppError, Caller, ids};

/// A sheet: a name, what the columns are called, and the rows.
pub(crate) struct Sheet<'a> {
    pub(crate) name: String,
    pub(crate) columns: Vec<&'a str>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A cell.
pub(crate) enum Cell {
    Text(String),
    Number(u64),
    /// Between zero and one; nothing without units.
    Share(Option<f64>),
    /// A figure; nothing where there is none or it is hidden.
    Decimal(Option<f64>),
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Share(number) | Self::Decimal(number) => {
                number.map_or_else(String::new, |number| format!("{number:.4}").replace('.', ","))
            }
        }
    }
}

/// The kinds of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A workbook.
    Xlsx,
    /// Separated by semicolons.
    Csv,
}

impl FileKind {
    pub(crate) fn parse(word: &str) -> Result<Self, AppError> {
        match word {
            "xlsx" => Ok(Self::Xlsx),
            "csv" => Ok(Self::Csv),
            _ => Err(AppError::NotFound("kind of file")),
        }
    }

    /// A sheet as a file.
    pub(crate) fn bytes(self, sheet: &Sheet<'_>) -> Result<Vec<u8>, AppError> {
        Ok(self.make(sheet)?.0)
    }

    /// Its media type and the end of its name.
    pub(crate) const fn media(self) -> (&'static str, &'static str) {
        match self {
            Self::Xlsx => (XLSX, "xlsx"),
            Self::Csv => ("text/csv; charset=utf-8", "csv"),
        }
    }

    /// The file, its media type and the end of its name.
    pub(crate) fn make(self, sheet: &Sheet<'_>) -> Result<(Vec<u8>, &'static str, &'static str), AppError> {
        match self {
            Self::Xlsx => Ok((book(std::slice::from_ref(sheet))?, self.media().0, self.media().1)),
            Self::Csv => Ok((csv(sheet).into_bytes(), self.media().0, self.media().1)),
        }
    }
}

/// Separated by semicolons and marked as UTF-8, as a Danish spreadsheet opens it.
pub(super) fn csv(sheet: &Sheet<'_>) -> String {
    let line = |cells: Vec<String>| cells.iter().map(|text| csv_cell(text)).collect::<Vec<_>>().join(";");
    let head = line(sheet.columns.iter().map(|name| (*name).to_owned()).collect());
    let rows = sheet.rows.iter().map(|row| line(row.iter().map(Cell::text).collect()));
    let mut text = String::from("\u{feff}");
    for row in std::iter::once(head).chain(rows) {
        text.push_str(&row);
        text.push_str("\r\n");
    }
    text
}

/// The media type of a workbook.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A workbook with a page for each sheet.
pub(crate) fn book(sheets: &[Sheet<'_>]) -> Result<Vec<u8>, AppError> {
    let made = || {
        let mut book = Workbook::new();
        for sheet in sheets {
            write(&mut book, sheet)?;
        }
        book.save_to_buffer()
    };
    made().map_err(|error: XlsxError| {
        tracing::error!(%error, "a workbook could not be written");
        AppError::Rule { code: "file_not_made", message: "Filen kunne ikke laves. Prøv igen." }
    })
}

fn write(book: &mut Workbook, sheet: &Sheet<'_>) -> Result<(), XlsxError> {
    let page = book.add_worksheet();
    page.set_name(&sheet.name)?;
    let bold = Format::new().set_bold();
    let percent = Format::new().set_num_format("0 %");
    let column = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
    for (at, name) in sheet.columns.iter().enumerate() {
        page.write_string_with_format(0, column(at), *name, &bold)?;
    }
    for (down, row) in (1_u32..).zip(&sheet.rows) {
        for (at, cell) in row.iter().enumerate() {
            match cell {
                Cell::Text(text) => page.write_string(down, column(at), text)?,
                Cell::Number(number) => {
                    page.write_number(down, column(at), u32::try_from(*number).unwrap_or(u32::MAX))?
                }
                Cell::Share(Some(share)) => page.write_number_with_format(down, column(at), *share, &percent)?,
                Cell::Decimal(Some(number)) => page.write_number(down, column(at), *number)?,
                Cell::Share(None) | Cell::Decimal(None) => page,
            };
        }
    }
    page.set_freeze_panes(1, 0)?;
    page.autofit();
    Ok(())
}

/// Every requirement as a file.
///
/// # Errors
///
/// The workbook cannot be written.
pub fn file(whole: &Whole, kind: FileKind) -> Result<Vec<u8>, AppError> {
    kind.bytes(&of_all(whole))
}

fn of_all(whole: &Whole) -> Sheet<'static> {
    let rows = whole.requirements().iter().map(|stand| of_requirement(stand, whole.today)).collect();
    Sheet { name: "Kvalitetsstandarden".to_owned(), columns: COLUMNS.to_vec(), rows }
}

pub(super) async fn all(
    State(app): State<App>,
    caller: Caller,
    Path(kind): Path<String>,
) -> Result<Response, AppError> {
    let kind = FileKind::parse(&kind)?;
    let whole = read::whole(&app, &caller).await?;
    give(&app, &caller, kind, &of_all(&whole), "kvalitetsstandarden").await
}

const COLUMNS: [&str; 18] = [
    "Krav",
    "Område",
    "Slags",
    "Hvad",
    "Kilde",
    "Afgøres af",
    "Status",
    "Andel",
    "Opfyldt",
    "Ikke opfyldt",
    "Ukendt",
    "Har frist endnu",
    "Gælder ikke",
    "Sidste kvartal",
    "Kvartalet før",
    "Ansvarlig",
    "Bevis",
    "Bemærkning",
];

fn of_requirement(stand: &RequirementStand<'_>, today: jiff::civil::Date) -> Vec<Cell> {
    let requirement = stand.requirement;
    let RowView { kind, summary, tag, way, proof, note, reason, .. } = list::row(stand, today);
    let text = |text: &str| Cell::Text(text.to_owned());
    let (document, section) = words::source(requirement);
    let area = standard::STANDARD.area(&requirement.area).map_or("", |area| area.name_da.as_str());
    let (owner, evidence) = proof.unwrap_or_default();
    let evidence = match &requirement.check {
        Check::Design(design) if evidence.is_empty() => design.test.join(", "),
        _ => evidence,
    };
    let share = |tally: standard::Tally| {
        Cell::Share(if matches!(stand.status, Status::Off(_)) { None } else { tally.share().rate() })
    };
    vec![
        text(&requirement.id),
        text(area),
        text(kind),
        text(summary),
        Cell::Text(format!("{document}, {section}")),
        text(way),
        Cell::Text(tag.text),
        share(stand.all),
        Cell::Number(stand.all.met),
        Cell::Number(stand.all.not_met),
        Cell::Number(stand.all.unknown),
        Cell::Number(stand.all.not_yet_due),
        Cell::Number(stand.all.not_applicable),
        share(stand.quarter),
        share(stand.quarter_before),
        Cell::Text(owner),
        Cell::Text(evidence),
        Cell::Text([note, reason].into_iter().flatten().collect::<Vec<_>>().join(". ")),
    ]
}

pub(super) async fn one(
    State(app): State<App>,
    caller: Caller,
    Path((id, kind)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let (requirement, kind) = (known(&id)?, FileKind::parse(&kind)?);
    let rule = requirement.rule().ok_or(AppError::NotFound("file"))?;
    let whole = read::whole(&app, &caller).await?;
    let stands = whole.requirements();
    let stand =
        stands.iter().find(|one| one.requirement.id == requirement.id).ok_or(AppError::NotFound("requirement"))?;
    let opens = caller.role.may(Permission::CitizenRead);
    let sheet = if opens || !decided::is_about_citizens(rule.unit) {
        let found = read::missing(&app, &caller, requirement.id.as_str(), read::IN_A_FILE).await?;
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let rows = found.iter().map(|one| {
            vec![
                Cell::Text(one.name.clone().unwrap_or_default()),
                Cell::Text(rule.unit.label().to_owned()),
                Cell::Text(one.outcome.label().to_owned()),
                Cell::Text(decided::lacks(one).join(", ")),
                Cell::Text(day(one.due)),
                Cell::Text(decided::href(Some(rule.unit), one).unwrap_or_default()),
            ]
        });
        let columns = vec!["Hvem", "Hvad", "Status", "Hvad mangler", "Frist", "Side"];
        Sheet { name: requirement.id.clone(), columns, rows: rows.collect() }
    } else {
        let rows = vec![of_requirement(stand, whole.today)];
        Sheet { name: requirement.id.clone(), columns: COLUMNS.to_vec(), rows }
    };
    give(&app, &caller, kind, &sheet, &requirement.id.to_lowercase()).await
}

/// A sheet as a file to the one who asks, with a note of it in the log.
pub(crate) async fn give(
    app: &App,
    caller: &Caller,
    kind: FileKind,
    sheet: &Sheet<'_>,
    name: &str,
) -> Result<Response, AppError> {
    let (body, media_type, ending) = kind.make(sheet)?;
    let id: Uuid = ids::new(app.now());
    note_export(app, caller, "quality.export", id, &body).await?;
    let today = domain::workdays::local_date(app.now());
    Ok(as_download(body, media_type, &format!("{name}-{today}.{ending}")))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;

    fn sheet() -> Sheet<'static> {
        let rows = vec![vec![Cell::Text("=1+1; \"x\"".to_owned()), Cell::Number(3), Cell::Share(Some(0.75))]];
        Sheet { name: "KS-2.2-06".to_owned(), columns: vec!["Hvad", "Antal", "Andel"], rows }
    }

    #[test]
    fn a_text_is_never_a_formula_and_a_semicolon_never_a_column() {
        assert_eq!(csv(&sheet()), "\u{feff}Hvad;Antal;Andel\r\n\"'=1+1; \"\"x\"\"\";3;0,7500\r\n");
    }

    #[test]
    fn a_workbook_is_a_zip_file() {
        assert!(book(&[sheet()]).unwrap().starts_with(b"PK"));
    }
}
