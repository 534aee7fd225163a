//! An answer as it stands on the page: the table with its totals, the figure, and what was hidden.

use analysis::answer::{Answer, Figure as Cell};
use analysis::{Asked, MeasureKind};
use charts::{Figure, ValueBar, ValueBars};
use jiff::civil::Date;

use super::ask::Answered;
use super::{file, form};
use crate::language::Language;
use crate::layout::dates;

/// Bars in a figure; a table reads more than a figure does.
const MOST_BARS: usize = 40;

/// What stands on the page.
pub(super) struct AnswerView {
    /// Why there is nothing.
    pub(super) nothing: Option<&'static str>,
    /// What was asked, in words.
    pub(super) words: String,
    /// First and last day.
    pub(super) from: String,
    pub(super) to: String,
    /// What the first column holds.
    pub(super) of: String,
    /// What the others hold.
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<RowView>,
    pub(super) hides: bool,
    pub(super) small: bool,
    /// It is not a count: there is nothing to add up.
    pub(super) no_sum: bool,
    /// The drawing for a wide and a narrow place, with what is seen.
    pub(super) figure: Option<Figure>,
    /// The figure is read already.
    pub(super) language: &'static str,
    /// The statement that ran.
    pub(super) sql: String,
    pub(super) values: Vec<(String, String)>,
}

pub(super) struct RowView {
    pub(super) name: String,
    pub(super) cells: Vec<CellView>,
    /// It is a sum.
    pub(super) total: bool,
}

pub(super) struct CellView {
    pub(super) text: String,
    pub(super) quiet: bool,
}

pub(super) fn view(answered: &Answered, language: Language, today: Date) -> AnswerView {
    let asked = &answered.asked;
    let mut view = AnswerView {
        nothing: None,
        words: form::in_words(asked),
        from: dates::month_day(answered.span.from, today),
        to: dates::month_day(answered.span.to, today),
        of: asked.splits.first().map_or_else(String::new, |split| split.label().to_owned()),
        columns: Vec::new(),
        rows: Vec::new(),
        hides: false,
        small: false,
        no_sum: asked.measure.kind != MeasureKind::Count,
        figure: None,
        language: language.code(),
        sql: answered.sql.clone(),
        values: answered.values.clone(),
    };
    match &answered.answer {
        Err(error) => view.nothing = Some(file::no_answer(*error)),
        Ok(answer) => {
            view.columns = columns(asked, answer);
            view.rows = rows(answer);
            view.hides = answer.hides();
            view.small = answer.is_small();
            let picture = picture(asked, answer, language);
            let read = |text: &str| Some(language.text(text));
            let draws = picture.bars.len() <= MOST_BARS && picture.bars.iter().any(|bar| bar.value.is_some());
            view.figure = draws.then(|| Figure::read_in(language.code(), &read, "svar", &picture));
        }
    }
    view
}

fn columns(asked: &Asked, answer: &Answer) -> Vec<String> {
    if asked.splits.len() < 2 {
        return vec![asked.measure.label.clone()];
    }
    answer.columns.iter().cloned().chain(answer.row_totals.is_some().then(|| "I alt".to_owned())).collect()
}

fn rows(answer: &Answer) -> Vec<RowView> {
    let line = |name: &str, figures: Vec<Cell>, total: bool| RowView {
        name: if name.is_empty() { "I alt".to_owned() } else { name.to_owned() },
        cells: figures.into_iter().map(cell).collect(),
        total,
    };
    let body = answer.rows.iter().zip(&answer.cells).enumerate().map(|(at, (name, cells))| {
        let total = answer.row_totals.as_ref().and_then(|totals| totals.get(at));
        line(name, cells.iter().chain(total).copied().collect(), false)
    });
    let sums = answer.column_totals.iter().map(|sums| sums.iter().chain(&answer.total).copied().collect());
    body.chain(sums.map(|sums| line("", sums, true))).collect()
}

fn cell(figure: Cell) -> CellView {
    let quiet = figure == Cell::Count(0) || figure == Cell::Nothing;
    CellView { text: figure.text(), quiet }
}

/// A bar for each group. Two splits stand together in its name, so they are read before they are put together.
fn picture(asked: &Asked, answer: &Answer, language: Language) -> ValueBars {
    let named = |row: &str, column: &str| match (row.is_empty(), column.is_empty()) {
        (true, _) => language.text(&asked.measure.label),
        (false, true) => language.text(row),
        (false, false) => format!("{}, {}", language.text(row), language.text(column)),
    };
    let bars =
        answer.rows.iter().zip(&answer.cells).flat_map(|(row, cells)| {
            cells.iter().zip(&answer.columns).map(move |(figure, column)| (row, column, *figure))
        });
    ValueBars {
        title: asked.measure.label.clone(),
        of: asked.splits.first().map_or("Alle", |split| split.label()).to_owned(),
        measured: asked.measure.label.clone(),
        bars: bars
            .map(|(row, column, figure)| ValueBar {
                name: named(row, column).into(),
                value: value(figure),
                said: figure.text(),
            })
            .collect(),
    }
}

fn value(figure: Cell) -> Option<f64> {
    match figure {
        Cell::Count(count) => Some(f64::from(count)),
        Cell::Share(thousandths, _) => Some(f64::from(thousandths)),
        Cell::Mean(hundredths, _) => i32::try_from(hundredths).ok().map(f64::from),
        Cell::Few | Cell::Hidden | Cell::Nothing => None,
    }
}
