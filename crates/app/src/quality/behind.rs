//! The rows behind a figure of an indicator, for those who may open the records: what each citizen adds is kept, so no record is
//! read. Whose rows were shown stands in the access log.

use std::collections::BTreeMap;

use indicators::definition::Definition;
use indicators::period::{FigurePeriod, Month};
use indicators::totals::{Cell, Contribution};
use store::{Row, Seen, StoreError, Tx, Value};
use uuid::Uuid;

use super::kept;
use crate::{App, AppError, Caller};

/// What a citizen, or the municipality itself, adds to a figure.
pub(crate) struct Behind {
    /// None for what is about no citizen.
    pub(crate) citizen: Option<(Uuid, String)>,
    pub(crate) months: BTreeMap<Month, Cell>,
}

/// Which figure is meant.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub(crate) definition: &'static Definition,
    pub(crate) part: String,
    pub(crate) period: FigurePeriod,
    /// The last month of the period stands for all of it.
    pub(crate) is_last: bool,
}

/// Citizens on one page.
const AT_MOST: usize = 100;

/// Those who add something to a figure, at most the first hundred; whether there are more.
pub(crate) async fn behind(app: &App, who: &Caller, of: Figure) -> Result<(Vec<Behind>, bool), AppError> {
    kept::up_to_date(app, who).await?;
    app.store
        .view(who.scope("monitoring.rows", app.now()), move |tx| {
            let mut rows = rows(tx, &of)?;
            let more = rows.len() > AT_MOST;
            rows.truncate(AT_MOST);
            let seen: Vec<Uuid> = rows.iter().filter_map(|row| row.citizen.as_ref().map(|(id, _)| *id)).collect();
            let answer = (rows, more);
            Ok::<_, AppError>(if seen.is_empty() { Seen::nothing(answer) } else { Seen::list(seen, answer) })
        })
        .await
}

/// Months of the longest period.
const MONTHS: usize = 12;

/// The rows, found by how an entry of what somebody adds begins.
fn rows(tx: &mut Tx<'_>, of: &Figure) -> Result<Vec<Behind>, StoreError> {
    const SQL: &str = "select p.citizen, c.given, c.surname, p.counts from indicator_part p
        left join citizen c on c.organization = p.organization and c.id = p.citizen
        where p.organization = $1 and (p.counts like $3 or p.counts like $4 or p.counts like $5 or p.counts like $6
            or p.counts like $7 or p.counts like $8 or p.counts like $9 or p.counts like $10 or p.counts like $11
            or p.counts like $12 or p.counts like $13 or p.counts like $14)
        order by p.citizen limit $2";
    let begins = |month: Month| {
        let Definition { id, version, .. } = of.definition;
        format!("%[\"{id}\",{version},\"{}\",\"{}\"%", of.part, month.first_day())
    };
    let months: Vec<Month> = if of.is_last { vec![Month::of(of.period.to())] } else { of.period.months().collect() };
    // A shorter period asks for one of its months again.
    let begins: Vec<String> = months.iter().cycle().take(MONTHS).map(|month| begins(*month)).collect();
    let mut values: Vec<Value<'_>> = vec![i64::try_from(AT_MOST + 1).unwrap_or(i64::MAX).into()];
    values.extend(begins.iter().map(Value::from));
    let found = tx.query(SQL, &values, |row| Ok((whose(row)?, kept::contribution(&row.take::<String>()?)?)))?;
    let row = |(citizen, own): (Option<(Uuid, String)>, Contribution)| Behind {
        citizen,
        months: own.of_figure(&of.definition.id, &of.part, of.period),
    };
    // An underscore in the name of a part stands for any sign: who is in a part alike is not in this one.
    Ok(found.into_iter().map(row).filter(|row| !row.months.is_empty()).collect())
}

fn whose(row: &mut Row<'_>) -> Result<Option<(Uuid, String)>, StoreError> {
    let (id, given, surname): (Uuid, Option<String>, Option<String>) = (row.take()?, row.take()?, row.take()?);
    let name = [given, surname].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Ok((!id.is_nil()).then_some((id, name)))
}
