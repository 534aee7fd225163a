//! What SQLite's planner is told about the tables: figures by rule, never measured, so that a statement has the same plan
//! on an empty file and on ten years of a municipality.
//!
//! Without them the planner knows nothing of an index but its columns, and may read all rows of an organization where
//! an index of its own leads to one. PostgreSQL measures by itself.

use rusqlite::Connection;

use crate::StoreError;

/// Rows of a table, and of an index that holds only some of them.
const ROWS: i64 = 1_000_000;
const ROWS_OF_PARTIAL: i64 = 100_000;
/// Organizations in a database.
const ORGANIZATIONS: i64 = 100;
/// Rows behind any other column; one behind a whole unique key.
const ROWS_OF_KEY: i64 = 10;

struct Index {
    table: String,
    name: String,
    unique: bool,
    partial: bool,
}

/// Writes the figures of every index anew, and lets this connection plan by them.
pub(crate) fn write(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch("analyze; delete from sqlite_stat1")?;
    for index in indexes(connection)? {
        let figures = figures(&index, &columns(connection, &index.name)?);
        connection.execute("insert into sqlite_stat1 values (?1, ?2, ?3)", (&index.table, &index.name, figures))?;
    }
    connection.execute_batch("analyze sqlite_schema")?;
    Ok(())
}

fn indexes(connection: &Connection) -> Result<Vec<Index>, StoreError> {
    const SQL: &str = "select t.name, i.name, i.\"unique\", i.partial from sqlite_schema t, pragma_index_list(t.name) i
        where t.type = 'table' and t.name not like 'sqlite_%'";
    let mut statement = connection.prepare(SQL)?;
    let read =
        |r: &rusqlite::Row<'_>| Ok(Index { table: r.get(0)?, name: r.get(1)?, unique: r.get(2)?, partial: r.get(3)? });
    Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
}

fn columns(connection: &Connection, index: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare("select name from pragma_index_info(?1) order by seqno")?;
    Ok(statement.query_map([index], |r| r.get(0))?.collect::<Result<_, _>>()?)
}

/// As `analyze` writes them: rows in all, then rows that share the first column, the first two, and so on.
fn figures(index: &Index, columns: &[String]) -> String {
    let rows = if index.partial { ROWS_OF_PARTIAL } else { ROWS };
    let behind = |(place, column): (usize, &String)| {
        if index.unique && place + 1 == columns.len() {
            1
        } else if column == "organization" {
            rows / ORGANIZATIONS
        } else {
            ROWS_OF_KEY
        }
    };
    let behind = columns.iter().enumerate().map(behind);
    std::iter::once(rows).chain(behind).map(|n| n.to_string()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;

    /// Plans of a statement on a table that is still empty.
    fn plan(connection: &Connection, sql: &str) -> String {
        let mut statement = connection.prepare(&format!("explain query plan {sql}")).unwrap();
        let lines = statement.query_map([1, 2], |r| r.get::<_, String>(3)).unwrap();
        lines.map(Result::unwrap).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_key_of_its_own_is_preferred_to_all_rows_of_the_organization_in_their_order() {
        let connection = Connection::open_in_memory().unwrap();
        let schema = "create table letter (organization int, number text, envelope text, message blob,
                primary key (organization, number, envelope)) without rowid;
            create index letter_by_message on letter (organization, message);";
        connection.execute_batch(schema).unwrap();
        let first = "select envelope from letter where organization = ?1 and number = ?2 order by message limit 1";
        assert!(plan(&connection, first).contains("letter_by_message (organization=?)"));
        write(&connection).unwrap();
        assert!(plan(&connection, first).contains("PRIMARY KEY (organization=? AND number=?)"));
    }

    #[test]
    fn the_figures_say_one_row_behind_a_unique_key_and_few_behind_others() {
        let columns = ["organization".to_owned(), "id".to_owned()];
        let index = |unique, partial| Index { table: "t".into(), name: "i".into(), unique, partial };
        assert_eq!(figures(&index(true, false), &columns), "1000000 10000 1");
        assert_eq!(figures(&index(false, true), &columns), "100000 1000 10");
    }
}
