//! One connection to either engine, with its prepared statements.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hashbrown::HashMap;

use crate::dialect::{Engine, numbered};
use crate::group::Group;
use crate::{Row, StoreError, Value, statistics};

/// A connection that speaks one SQL text on both engines.
pub(crate) struct Connection {
    inner: Inner,
    statements: Arc<AtomicU64>,
    /// What this group of SQLite transactions has moved; written once, before it commits.
    pub(crate) group: Group,
}

enum Inner {
    Sqlite { connection: rusqlite::Connection, texts: HashMap<Place, String> },
    Postgres { client: Box<postgres::Client>, prepared: HashMap<&'static str, postgres::Statement> },
}

/// Where a statement's text lies in the program, and its length: found again without reading it.
type Place = (usize, usize);

fn place(sql: &'static str) -> Place {
    (sql.as_ptr() as usize, sql.len())
}

impl Connection {
    pub(crate) fn sqlite(connection: rusqlite::Connection, statements: Arc<AtomicU64>) -> Self {
        connection.set_prepared_statement_cache_capacity(256);
        Self { inner: Inner::Sqlite { connection, texts: HashMap::new() }, statements, group: Group::default() }
    }

    pub(crate) fn postgres(client: postgres::Client, statements: Arc<AtomicU64>) -> Self {
        Self {
            inner: Inner::Postgres { client: Box::new(client), prepared: HashMap::new() },
            statements,
            group: Group::default(),
        }
    }

    pub(crate) const fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite { .. } => Engine::Sqlite,
            Inner::Postgres { .. } => Engine::Postgres,
        }
    }

    /// Begins, keeps or ends a transaction; prepared once, since each change and each read passes here.
    pub(crate) fn control(&mut self, sql: &'static str) -> Result<(), StoreError> {
        match &mut self.inner {
            Inner::Sqlite { connection, .. } => {
                connection.prepare_cached(sql)?.execute([])?;
                Ok(())
            }
            Inner::Postgres { client, .. } => Ok(client.batch_execute(sql)?),
        }
    }

    /// SQLite's mark of what other connections have committed, as this transaction sees it.
    pub(crate) fn mark(&mut self) -> Result<i64, StoreError> {
        match &self.inner {
            Inner::Sqlite { connection, .. } => {
                Ok(connection.prepare_cached("pragma data_version")?.query_row([], |row| row.get(0))?)
            }
            Inner::Postgres { .. } => Ok(0),
        }
    }

    /// Several statements without parameters, as in a migration.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        match &mut self.inner {
            Inner::Sqlite { connection, .. } => Ok(connection.execute_batch(sql)?),
            Inner::Postgres { client, .. } => Ok(client.batch_execute(sql)?),
        }
    }

    /// Tells SQLite's planner about the tables as they are now.
    pub(crate) fn plan_by_rule(&mut self) -> Result<(), StoreError> {
        match &self.inner {
            Inner::Sqlite { connection, .. } => statistics::write(connection),
            Inner::Postgres { .. } => Ok(()),
        }
    }

    /// Runs a statement; says how many rows it touched.
    pub(crate) fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        match &mut self.inner {
            Inner::Sqlite { connection, texts } => {
                let text = texts.entry(place(sql)).or_insert_with(|| numbered(sql));
                let count = connection.prepare_cached(text)?.execute(rusqlite::params_from_iter(values))?;
                Ok(count as u64)
            }
            Inner::Postgres { client, prepared } => {
                let statement = prepare(client, prepared, sql)?;
                Ok(client.execute(&statement, &references(values))?)
            }
        }
    }

    /// Runs a query and reads each row.
    pub(crate) fn query<T>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        mut read: impl FnMut(&mut Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        match &mut self.inner {
            Inner::Sqlite { connection, texts } => {
                let text = texts.entry(place(sql)).or_insert_with(|| numbered(sql));
                let mut statement = connection.prepare_cached(text)?;
                let mut rows = statement.query(rusqlite::params_from_iter(values))?;
                let mut found = Vec::new();
                while let Some(row) = rows.next()? {
                    found.push(read(&mut Row::sqlite(row))?);
                }
                Ok(found)
            }
            Inner::Postgres { client, prepared } => {
                let statement = prepare(client, prepared, sql)?;
                let rows = client.query(&statement, &references(values))?;
                rows.iter().map(|row| read(&mut Row::postgres(row))).collect()
            }
        }
    }

    /// Runs a query that was put together for this one time; it is not kept prepared.
    pub(crate) fn query_once<T>(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        mut read: impl FnMut(&mut Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        match &mut self.inner {
            Inner::Sqlite { connection, .. } => {
                let mut statement = connection.prepare(&numbered(sql))?;
                let mut rows = statement.query(rusqlite::params_from_iter(values))?;
                let mut found = Vec::new();
                while let Some(row) = rows.next()? {
                    found.push(read(&mut Row::sqlite(row))?);
                }
                Ok(found)
            }
            Inner::Postgres { client, .. } => {
                let rows = client.query(sql, &references(values))?;
                rows.iter().map(|row| read(&mut Row::postgres(row))).collect()
            }
        }
    }

    /// Whether the connection can still be used.
    pub(crate) fn is_broken(&self) -> bool {
        match &self.inner {
            Inner::Sqlite { .. } => false,
            Inner::Postgres { client, .. } => client.is_closed(),
        }
    }
}

fn prepare(
    client: &mut postgres::Client,
    prepared: &mut HashMap<&'static str, postgres::Statement>,
    sql: &'static str,
) -> Result<postgres::Statement, StoreError> {
    if let Some(statement) = prepared.get(sql) {
        return Ok(statement.clone());
    }
    let statement = client.prepare(sql)?;
    prepared.insert(sql, statement.clone());
    Ok(statement)
}

fn references<'v>(values: &'v [Value<'_>]) -> Vec<&'v (dyn postgres::types::ToSql + Sync)> {
    values.iter().map(|v| v as &(dyn postgres::types::ToSql + Sync)).collect()
}
