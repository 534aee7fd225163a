//! An answer as a file: the same figures as on the page, hidden where they are, and what they are of.

use analysis::answer::{Answer, Figure, NoAnswer};

use super::ask::Answered;
use super::form;
use crate::AppError;
use crate::quality::{Cell, FileKind, Sheet};

/// Writes an answer.
pub(super) fn make(kind: FileKind, name: &str, answered: &Answered) -> Result<Vec<u8>, AppError> {
    let columns = columns(answered);
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let rows = match &answered.answer {
        Ok(answer) => rows(answer),
        Err(error) => vec![vec![Cell::Text(no_answer(*error).to_owned())]],
    };
    let notes = [
        Vec::new(),
        vec![Cell::Text(name.to_owned())],
        vec![Cell::Text(form::in_words(&answered.asked))],
        vec![Cell::Text(format!("{} til {}", answered.span.from, answered.span.to))],
    ];
    let rows = rows.into_iter().chain(notes).collect();
    Ok(kind.make(&Sheet { name: "Svar".to_owned(), columns, rows })?.0)
}

/// Why there is nothing to show, as people read it.
pub(super) const fn no_answer(error: NoAnswer) -> &'static str {
    match error {
        NoAnswer::Empty => "Der er ingen tal i perioden. Vælg en anden periode eller et andet filter.",
        NoAnswer::TooMany => "Der er for mange grupper til en tabel. Vælg en anden opdeling.",
    }
}

fn columns(answered: &Answered) -> Vec<String> {
    let asked = &answered.asked;
    let first = asked.splits.first().map_or("", |split| split.label()).to_owned();
    let measured = asked.measure.label.clone();
    match &answered.answer {
        Ok(answer) if asked.splits.len() > 1 => {
            let all = answer.row_totals.is_some().then(|| "I alt".to_owned());
            std::iter::once(first).chain(answer.columns.iter().cloned()).chain(all).collect()
        }
        Ok(_) | Err(_) => vec![first, measured],
    }
}

fn rows(answer: &Answer) -> Vec<Vec<Cell>> {
    let body = answer.rows.iter().zip(&answer.cells).enumerate().map(|(at, (name, cells))| {
        let total = answer.row_totals.as_ref().and_then(|totals| totals.get(at));
        line(name.clone(), cells.iter().chain(total))
    });
    let sums = answer.column_totals.iter().map(|sums| line("I alt".to_owned(), sums.iter().chain(&answer.total)));
    body.chain(sums).collect()
}

fn line<'a>(name: String, figures: impl Iterator<Item = &'a Figure>) -> Vec<Cell> {
    std::iter::once(Cell::Text(name)).chain(figures.map(|figure| cell(*figure))).collect()
}

fn cell(figure: Figure) -> Cell {
    match figure {
        Figure::Count(count) => Cell::Number(count.into()),
        Figure::Share(thousandths, _) => Cell::Share(Some(f64::from(thousandths) / 1000.0)),
        Figure::Few | Figure::Hidden | Figure::Mean(..) | Figure::Nothing => Cell::Text(figure.text()),
    }
}
