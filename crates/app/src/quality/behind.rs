//! The rows behind a figure of an indicator, for those who may open the records: what each citizen adds is kept, so only those
//! who are in the figure are read. Whose records were looked at stands in the access log.

use indicators::definition::Definition;
use indicators::period::{FigurePeriod, Month};
use indicators::results::rows::{FigureRow, RowsAsked, of_citizen, of_municipality};
use store::{Seen, StoreError, Tx, Value};
use uuid::Uuid;

use super::kept::context;
use super::{load, municipality, settings};
use crate::{App, AppError, Caller};

/// A row with whose it is.
pub(crate) struct RowBehind {
    /// The citizen's name; none for what is about no citizen.
    pub(crate) name: Option<String>,
    /// The page of the course, or of the request that led to none.
    pub(crate) href: Option<String>,
    pub(crate) row: FigureRow,
}

/// Which figure is meant.
#[derive(Debug, Clone)]
pub(crate) struct Behind {
    pub(crate) definition: &'static Definition,
    pub(crate) part: String,
    pub(crate) period: FigurePeriod,
    /// The last month of the period stands for all of it.
    pub(crate) is_last: bool,
}

/// Citizens on one page.
const AT_MOST: i64 = 100;

/// The rows of a figure, at most those of the first hundred citizens; whether there are more.
pub(crate) async fn rows_behind(app: &App, who: &Caller, of: Behind) -> Result<(Vec<RowBehind>, bool), AppError> {
    let today = domain::workdays::local_date(app.now());
    let home = app.organization(who.organization).await?;
    let facts = municipality::read(app, who).await?;
    let partners = load::partners(app, who).await?;
    let wanted = of.clone();
    let scope = who.scope("monitoring.rows", app.now());
    let (set, mut whom) = app
        .store
        .view(scope, move |tx| Ok::<_, AppError>(Seen::nothing((settings::read(tx)?, citizens(tx, &wanted)?))))
        .await?;
    let more = whom.len() > usize::try_from(AT_MOST).unwrap_or(usize::MAX);
    whom.truncate(usize::try_from(AT_MOST).unwrap_or(usize::MAX));
    let at = context(&facts, &home, &set, today);
    let asked = RowsAsked { indicator: &of.definition.id, part: &of.part, period: of.period };
    let batch = load::shown(app, who, "monitoring.rows", whom).await?;
    let mut rows: Vec<RowBehind> =
        of_municipality(&at, asked).into_iter().map(|row| RowBehind { name: None, href: None, row }).collect();
    for (name, courses) in batch.named(&partners, &facts, today) {
        let own: Vec<_> = courses.iter().collect();
        let href = |row: &FigureRow| {
            let course = courses.iter().find(|course| Some(&course.id) == row.course.as_ref())?;
            let page = if course.started_on.is_some() { "forloeb" } else { "henvisninger" };
            Some(format!("/{page}/{}", course.id))
        };
        let found = of_citizen(&own, &at, asked).into_iter();
        rows.extend(found.map(|row| RowBehind { name: Some(name.clone()), href: href(&row), row }));
    }
    Ok((rows, more))
}

/// Months of the longest period.
const MONTHS: usize = 12;

/// Those who add something to a figure, found by how an entry of what they add begins.
fn citizens(tx: &mut Tx<'_>, of: &Behind) -> Result<Vec<Uuid>, StoreError> {
    const SQL: &str = "select citizen from indicator_part where organization = $1 and citizen <> $2
        and (counts like $4 or counts like $5 or counts like $6 or counts like $7 or counts like $8 or counts like $9
            or counts like $10 or counts like $11 or counts like $12 or counts like $13 or counts like $14
            or counts like $15)
        order by citizen limit $3";
    let months: Vec<Month> = if of.is_last { vec![Month::of(of.period.to())] } else { of.period.months().collect() };
    let begins = |month: &Month| {
        let Definition { id, version, .. } = of.definition;
        format!("%[\"{id}\",{version},\"{}\",\"{}\"%", of.part, month.first_day())
    };
    // A shorter period asks for one of its months again.
    let begins: Vec<String> = months.iter().cycle().take(MONTHS.max(months.len())).map(begins).collect();
    let mut values: Vec<Value<'_>> = vec![Uuid::nil().into(), (AT_MOST + 1).into()];
    values.extend(begins.iter().take(MONTHS).map(Value::from));
    tx.query(SQL, &values, |row| row.take::<Uuid>())
}
