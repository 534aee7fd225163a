//! The data dictionary: each column of a view with what it means, in which unit, and what its codes stand for.

use crate::catalogue::{Column, View};
use crate::codes;

/// What the columns of the dictionary are called.
pub const COLUMNS: [&str; 7] = ["Tabel", "Felt", "Navn", "Slags", "Enhed", "Betydning", "Koder"];

/// A line of the dictionary.
pub fn line(view: &View, column: &Column) -> [String; 7] {
    let words = column.codes.as_deref().and_then(codes::words).unwrap_or_default();
    let words = words.iter().map(|(word, label)| format!("{word} = {label}")).collect::<Vec<_>>().join(", ");
    [
        view.name.clone(),
        column.name.clone(),
        column.label.clone(),
        column.kind.label().to_owned(),
        column.unit.clone().unwrap_or_default(),
        column.meaning.clone(),
        words,
    ]
}
