//! What must hold within an instrument: its parts name each other rightly, and its bands leave no score without one.

use std::collections::BTreeSet;

use domain::quantity::Quantity;

use crate::instrument::{Condition, Instrument, Kind, Scoring};
use crate::read::FileFault;

/// A file of this many items is no questionnaire.
const MOST_ITEMS: usize = 200;

/// Holds an instrument against itself.
pub(crate) fn hold(it: &Instrument) -> Result<(), FileFault> {
    let word = |text: &str| {
        let letters = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        letters && (2..=40).contains(&text.len())
    };
    require(word(&it.id), "id", "Et id er små bogstaver, tal og understreg, højst 40 tegn.")?;
    require(it.version > 0, "version", "Versioner tælles fra 1.")?;
    require(
        !it.name.trim().is_empty() && it.name.len() < 120,
        "name",
        "Redskabet skal have et navn på højst 120 tegn.",
    )?;
    require(!it.licence.trim().is_empty(), "licence", "Skriv, hvad redskabet må bruges til.")?;
    require(!it.reference.trim().is_empty(), "reference", "Skriv, hvor redskabet kommer fra.")?;
    let computed = it.computed_from.is_some();
    require(computed == it.modes.is_empty(), "modes", "Skriv, hvordan redskabet besvares.")?;
    require(computed == it.items.is_empty(), "item", "Redskabet har ingen spørgsmål.")?;
    require(it.items.len() <= MOST_ITEMS, "item", "Redskabet har for mange spørgsmål.")?;
    let numbers: BTreeSet<u16> = it.items.iter().map(|item| item.no).collect();
    require(numbers.len() == it.items.len(), "item", "To spørgsmål har samme nummer.")?;
    require(it.items.iter().all(|item| !item.text.trim().is_empty()), "item", "Et spørgsmål mangler sin tekst.")?;
    let named = |no: &u16| computed || numbers.contains(no);
    let skips = it.skips.iter().flat_map(|skip| skip.when_zero.iter().chain(&skip.not_asked));
    require(skips.clone().all(named), "skip", "Et spørgsmål, der springes over, findes ikke.")?;
    require(scored(it).iter().all(named), "scoring", "Et spørgsmål i udregningen findes ikke.")?;
    table(it)?;
    bands(it)?;
    words(it)
}

fn require(holds: bool, place: &str, why: &'static str) -> Result<(), FileFault> {
    if holds { Ok(()) } else { Err(FileFault::Content { place: place.to_owned(), why }) }
}

fn scored(it: &Instrument) -> Vec<u16> {
    match &it.scoring {
        Scoring::None | Scoring::Count { .. } => Vec::new(),
        Scoring::Sum { items, .. } => items.clone(),
        Scoring::Value { item } => vec![*item],
        Scoring::Bmi { weight, height, .. } => vec![*weight, *height],
        Scoring::Table { row, column, .. } => vec![*row, *column],
    }
}

/// Every row and column that can be chosen has a level.
fn table(it: &Instrument) -> Result<(), FileFault> {
    let Scoring::Table { row, column, levels } = &it.scoring else { return Ok(()) };
    let most = |no: u16| {
        let points = it.item(no).map(|item| item.options().iter().map(|(_, points)| *points));
        points.and_then(Iterator::max).unwrap_or_default().as_hundredths() / 100
    };
    let rows = usize::try_from(most(*row)).unwrap_or_default() + 1;
    let columns = usize::try_from(most(*column)).unwrap_or_default() + 1;
    let whole = levels.len() == rows && levels.iter().all(|row| row.len() == columns);
    require(whole, "scoring", "Tabellen skal have et niveau for hver kombination af svar.")
}

fn bands(it: &Instrument) -> Result<(), FileFault> {
    let (Some(first), Some(last)) = (it.bands.first(), it.bands.last()) else { return Ok(()) };
    let forwards = it.bands.iter().all(|band| band.from <= band.to);
    let in_order = it.bands.windows(2).all(|two| two[0].to < two[1].from);
    require(forwards && in_order, "band", "Båndene skal stå fra det laveste, uden at overlappe.")?;
    // Whole scores lie at most one apart.
    let close = it.bands.windows(2).all(|two| two[1].from.minus(two[0].to) <= Quantity::whole(1));
    require(close, "band", "Der er scorer uden bånd imellem båndene.")?;
    let all = it.range.is_none_or(|(least, most)| first.from <= least && last.to >= most);
    require(all, "band", "Båndene dækker ikke alle scorer.")
}

fn words(it: &Instrument) -> Result<(), FileFault> {
    let route = |id: &Option<String>| id.as_ref().is_none_or(|id| it.route(id).is_some());
    let routes = it.bands.iter().map(|band| &band.route).chain(it.rules.iter().map(|rule| &rule.route));
    require(routes.clone().all(route), "route", "Et bånd eller en regel fører til noget, der ikke findes.")?;
    let asked = it.rules.iter().flat_map(|rule| &rule.asks);
    require(
        asked.clone().all(|id| it.asks.iter().any(|ask| ask.id == *id)),
        "ask",
        "En regel spørger om noget, der ikke findes.",
    )?;
    let conditions = || it.rules.iter().flat_map(|rule| rule.any.iter().flatten());
    let known = |c: &Condition| c.fact.as_ref().is_none_or(|id| it.facts.iter().any(|fact| fact.id == *id));
    require(conditions().all(known), "rule", "En regel bruger en oplysning, der ikke findes.")?;
    let item = |c: &Condition| c.item.is_none_or(|no| it.item(no).is_some());
    require(conditions().all(item), "rule", "En regel bruger et spørgsmål, der ikke findes.")?;
    let single = !it.class_grid || it.single().is_some_and(|item| matches!(item.kind, Kind::Number { .. }));
    require(single, "class_grid", "Kun en test med ét tal kan stå i holdets skema.")
}
