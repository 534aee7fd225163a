//! All SQL of this capability, but for the reading of the views: that is put together of the catalogue.

use analysis::extract::{Plan, Rows};
use analysis::{Built, Kind, View};
use jiff::civil::Date;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::made::ResearchExtract;
use crate::records;

/// The rows of a view in a period, each column as text, in the order of the plan. Ordered by pseudonyms, so that the order tells
/// nothing.
pub(super) fn rows(
    tx: &mut Tx<'_>,
    plan: &Plan,
    view: &'static View,
    (from, to): (Date, Date),
) -> Result<Rows, StoreError> {
    let columns = plan.columns(view);
    let mut sql = Built::default();
    sql.add("select ");
    for (at, column) in columns.iter().enumerate() {
        if at > 0 {
            sql.add(", ");
        }
        if column.kind == Kind::Flag {
            sql.add("case when ");
            sql.add(column.name.as_str());
            sql.add(" then 'true' when not ");
            sql.add(column.name.as_str());
            sql.add(" then 'false' end");
        } else {
            sql.add("cast(");
            sql.add(column.name.as_str());
            sql.add(" as text)");
        }
    }
    sql.add(" from reporting.");
    sql.add(view.name.as_str());
    sql.add(" where organization = $1 and ");
    sql.add(view.day.as_str());
    sql.add(" between $2 and $3");
    let width = columns.len();
    tx.ask(&sql, &[from.into(), to.into()], |row| (0..width).map(|_| row.take::<Option<String>>()).collect())
}

/// The extracts that were made, the newest first.
pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<ResearchExtract>, StoreError> {
    const SQL: &str = "select content from record_version where organization = $1 and citizen = $2
        and kind = 'research_extract' order by id desc limit 100";
    tx.query(SQL, &[Uuid::nil().into()], records::content)
}
