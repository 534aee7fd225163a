//! SQL of figures from elsewhere.

use indicators::period::FigurePeriod;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Row, StoreError, Tx};

use super::file::Figure;

/// A source and what it gave.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) figures: i64,
    pub(super) indicators: i64,
    /// Last day of the newest period.
    pub(super) until: Date,
    pub(super) imported_at: Timestamp,
}

/// Every source, by name.
pub(super) fn sources(tx: &mut Tx<'_>) -> Result<Vec<Source>, StoreError> {
    const SQL: &str = "select source, count(*), count(distinct indicator), max(to_on), max(imported_at)
        from figure_elsewhere where organization = $1 group by source order by source";
    tx.query(SQL, &[], |row| {
        let (name, figures, indicators) = (row.take()?, row.take()?, row.take()?);
        Ok(Source { name, figures, indicators, until: row.take()?, imported_at: row.take()? })
    })
}

/// The figures of an indicator in a version, by period, the newest first, and source.
pub fn of_indicator(tx: &mut Tx<'_>, indicator: &str, version: u8) -> Result<Vec<Figure>, StoreError> {
    const SQL: &str = "select source, from_on, to_on, value, numerator, denominator from figure_elsewhere
        where organization = $1 and indicator = $2 and version = $3 order by to_on desc, from_on desc, source";
    tx.query(SQL, &[indicator.into(), i64::from(version).into()], |row| figure(row, indicator, version))
}

fn figure(row: &mut Row<'_>, indicator: &str, version: u8) -> Result<Figure, StoreError> {
    let (source, from, to): (_, Date, Date) = (row.take()?, row.take()?, row.take()?);
    let value: String = row.take()?;
    let (met, of): (Option<i64>, Option<i64>) = (row.take()?, row.take()?);
    let count = |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok());
    let unreadable = || StoreError::Unreadable { what: "figure_elsewhere" };
    Ok(Figure {
        source,
        indicator: indicator.to_owned(),
        version,
        period: FigurePeriod::between(from, to).ok_or_else(unreadable)?,
        value: value.parse().map_err(|_| unreadable())?,
        counts: count(met).zip(count(of)),
    })
}

/// Keeps a figure, in the place of the one that the source gave before.
pub(super) fn put(tx: &mut Tx<'_>, figure: &Figure) -> Result<(), StoreError> {
    const SQL: &str = "insert into figure_elsewhere (organization, indicator, version, source, from_on, to_on, value,
            numerator, denominator, imported_at, imported_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (organization, indicator, version, source, from_on, to_on) do update set value = excluded.value,
            numerator = excluded.numerator, denominator = excluded.denominator, imported_at = excluded.imported_at,
            imported_by = excluded.imported_by";
    let (at, actor, value) = (tx.scope().at, tx.scope().actor, figure.value.to_string());
    let (met, of) = figure.counts.map(|(met, of)| (i64::from(met), i64::from(of))).unzip();
    let values = [
        figure.indicator.as_str().into(),
        i64::from(figure.version).into(),
        figure.source.as_str().into(),
        figure.period.from().into(),
        figure.period.to().into(),
        value.as_str().into(),
        met.into(),
        of.into(),
        at.into(),
        actor.into(),
    ];
    tx.execute(SQL, &values).map(|_| ())
}

/// Takes away what a source gave; how many figures.
pub(super) fn strike(tx: &mut Tx<'_>, source: &str) -> Result<u64, StoreError> {
    tx.execute("delete from figure_elsewhere where organization = $1 and source = $2", &[source.into()])
}
