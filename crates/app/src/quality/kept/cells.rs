//! The counts of the indicators as they are kept: a row for each figure, stratum and month. One indicator, whole or by one
//! breakdown, is a range of rows of its own; all of them unsplit are one too.

use std::borrow::Cow;

use indicators::definition::Breakdown;
use indicators::period::Month;
use indicators::totals::{Cell, CellName, Contribution, Sums, Totals};
use jiff::civil::Date;
use store::{Row, StoreError, Tx, Value};
use uuid::Uuid;

use super::part::Written;
use super::queries::json;

/// What is read of the kept counts.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Ids of the indicators; none here are all of them.
    pub indicators: Vec<&'static str>,
    /// Whole, and by these breakdowns.
    pub by: Vec<Breakdown>,
    /// From the month of this day on.
    pub from: Date,
}

/// Indicators in one query.
const AT_ONCE: usize = 5;

/// The kept counts that are wanted, as the functions of [`indicators::results`] read them: one query for all indicators, whole
/// and by the first breakdown, else one for each five of them, whole and for each breakdown. What is kept is brought up to
/// date by [`super::up_to_date`] before.
pub(crate) fn totals(tx: &mut Tx<'_>, wanted: &Wanted) -> Result<Totals, StoreError> {
    const ALL: &str = "select breakdown, indicator, part, stratum, month, counts from indicator_cell
        where organization = $1 and breakdown in ($2, $4) and month >= $3";
    const SOME: &str = "select breakdown, indicator, part, stratum, month, counts from indicator_cell
        where organization = $1 and breakdown = $2 and month >= $3 and indicator in ($4, $5, $6, $7, $8)";
    let mut totals = Totals::default();
    let from = Month::of(wanted.from).first_day();
    let all: Vec<&str> = std::iter::once("").chain(wanted.by.iter().map(|by| by.word())).collect();
    let mut found = Vec::new();
    if wanted.indicators.is_empty() {
        // Whole and by one breakdown are what a page of several figures wants, and are one query.
        for two in all.chunks(2) {
            let (first, second) = (two[0], two[two.len() - 1]);
            found.extend(tx.query(ALL, &[first.into(), from.into(), second.into()], named)?);
        }
    }
    for by in &all {
        for some in wanted.indicators.chunks(AT_ONCE) {
            let mut values: Vec<Value<'_>> = vec![(*by).into(), from.into()];
            values.extend(some.iter().cycle().take(AT_ONCE).map(|id| Value::from(*id)));
            found.extend(tx.query(SOME, &values, named)?);
        }
    }
    for (name, cell) in found {
        totals.put(&name, &cell);
    }
    Ok(totals)
}

/// The groups that there are counts of, by breakdown: one query.
pub(crate) fn strata(
    tx: &mut Tx<'_>,
    indicator: &'static str,
    by: &[Breakdown],
) -> Result<Vec<(String, String)>, StoreError> {
    const SQL: &str = "select distinct breakdown, stratum from indicator_cell where organization = $1
        and breakdown in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) and indicator = $14
        order by breakdown, stratum";
    const AT_ONCE: usize = 12;
    let mut values: Vec<store::Value<'_>> = by.iter().take(AT_ONCE).map(|by| by.word().into()).collect();
    values.resize(AT_ONCE, "-".into());
    values.push(indicator.into());
    tx.query(SQL, &values, |row| Ok((row.take()?, row.take()?)))
}

pub(super) fn named(row: &mut Row<'_>) -> Result<(CellName, Cell), StoreError> {
    let (by, indicator, part): (String, String, String) = (row.take()?, row.take()?, row.take()?);
    let (stratum, month): (String, Date) = (row.take()?, row.take()?);
    let name = CellName {
        by: Cow::Owned(by),
        indicator: Cow::Owned(indicator),
        part: Cow::Owned(part),
        stratum: stratum.into(),
        month: Month::of(month),
    };
    Ok((name, cell(&row.take::<String>()?)?))
}

fn cell(text: &str) -> Result<Cell, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable { what: "indicator_cell" })
}

/// Puts what a citizen adds in the place of what they added before, and what differs to what the counts move by.
pub(super) fn put(tx: &mut Tx<'_>, whose: Uuid, now: &Written, moved: &mut Sums) -> Result<(), StoreError> {
    const SQL: &str = "insert into indicator_part (organization, citizen, counts) values ($1, $2, $3)
        on conflict (organization, citizen) do update set counts = excluded.counts";
    let before = kept(tx, whose)?;
    if before.as_ref() == Some(&now.indicators) {
        return Ok(());
    }
    if let Some(before) = before {
        moved.merge(&contribution(&before)?, -1);
    }
    moved.merge(&now.part.indicators, 1);
    tx.execute(SQL, &[whose.into(), (&now.indicators).into()]).map(|_| ())
}

/// Takes out what a citizen added.
pub(super) fn forget(tx: &mut Tx<'_>, citizen: Uuid) -> Result<(), StoreError> {
    const SQL: &str = "delete from indicator_part where organization = $1 and citizen = $2";
    let Some(before) = kept(tx, citizen)? else { return Ok(()) };
    let mut moved = Sums::default();
    moved.merge(&contribution(&before)?, -1);
    add(tx, &moved)?;
    tx.execute(SQL, &[citizen.into()]).map(|_| ())
}

fn kept(tx: &mut Tx<'_>, whose: Uuid) -> Result<Option<String>, StoreError> {
    const SQL: &str = "select counts from indicator_part where organization = $1 and citizen = $2";
    tx.first(SQL, &[whose.into()], |row| row.take())
}

pub(in crate::quality) fn contribution(text: &str) -> Result<Contribution, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable { what: "indicator_part" })
}

/// Moves each count by what differs, in the order in which they are kept.
pub(super) fn add(tx: &mut Tx<'_>, moved: &Sums) -> Result<(), StoreError> {
    const FIND: &str = "select counts from indicator_cell where organization = $1 and breakdown = $2 and indicator = $3
        and part = $4 and stratum = $5 and month = $6";
    const SAVE: &str = "insert into indicator_cell (organization, breakdown, indicator, part, stratum, month, counts)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (organization, breakdown, indicator, part, stratum, month) do update set counts = excluded.counts";
    const GONE: &str = "delete from indicator_cell where organization = $1 and breakdown = $2 and indicator = $3
        and part = $4 and stratum = $5 and month = $6";
    for (name, by) in moved.cells() {
        let CellName { by: breakdown, indicator, part, stratum, month } = &name;
        let key = [
            breakdown.as_ref().into(),
            indicator.as_ref().into(),
            part.as_ref().into(),
            stratum.as_ref().into(),
            month.first_day().into(),
        ];
        let found: Option<String> = tx.first(FIND, &key, |row| row.take())?;
        let mut sum = found.map_or_else(|| Ok(Cell::default()), |text| cell(&text))?;
        sum.merge(by, 1);
        if sum.is_empty() {
            tx.execute(GONE, &key)?;
        } else {
            let text = json(&sum)?;
            let [breakdown, indicator, part, stratum, month] = key;
            tx.execute(SAVE, &[breakdown, indicator, part, stratum, month, (&text).into()])?;
        }
    }
    Ok(())
}
