//! Opening a store, and the three ways to use it: `write`, `view`, and the unscoped pair.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::config::DbConfig;
use tokio::sync::oneshot;

use crate::connection::Connection;
use crate::pool::Pool;
use crate::sqlite_writer::{Bulk, Job, Run, Writer, caught, in_savepoint, wait_for_others};
use crate::transaction::append_access;
use crate::{Engine, Scope, Seen, StoreError, Tx, Unscoped, checkpointer, migrations, reporting};

/// Where the data lie.
#[derive(Debug, Clone)]
pub enum Location {
    /// A SQLite file; made when it does not exist.
    Sqlite(PathBuf),
    /// A PostgreSQL address.
    Postgres(String),
}

/// The store. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    backend: Backend,
    statements: Arc<AtomicU64>,
    /// The run in bulk that this handle is for.
    bulk: Option<Bulk>,
}

#[derive(Clone)]
enum Backend {
    Sqlite { writer: Writer, readers: Pool, path: Arc<Path> },
    Postgres { sessions: Pool, address: Arc<str> },
}

/// SQLite readers; more than cores only lengthens queues.
const READERS: usize = 4;
/// PostgreSQL sessions of one process.
const SESSIONS: usize = 12;

impl Store {
    /// Opens the store and brings its schema up to date.
    pub fn open(location: &Location) -> Result<Self, StoreError> {
        let statements = Arc::new(AtomicU64::new(0));
        let backend = match location {
            Location::Sqlite(path) => open_sqlite(path, &statements)?,
            Location::Postgres(address) => open_postgres(address, &statements)?,
        };
        Ok(Self { backend, statements, bulk: None })
    }

    /// Which engine it is.
    pub const fn engine(&self) -> Engine {
        match self.backend {
            Backend::Sqlite { .. } => Engine::Sqlite,
            Backend::Postgres { .. } => Engine::Postgres,
        }
    }

    /// Statements run since the store was opened; tests count a page's queries with it.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// The same store for a long run whose changes need not be durable one by one, such as a simulated past: on SQLite many
    /// share a commit, and the run reads where it writes, which sees what is not committed yet. Everybody else waits for
    /// nothing and reads what is committed. [`Self::settled`] ends the run.
    #[must_use]
    pub fn in_bulk(&self) -> Self {
        Self { bulk: Some(Bulk::default()), ..self.clone() }
    }

    /// Returns when all that was done in bulk is durable.
    ///
    /// # Errors
    ///
    /// A commit failed; what followed it was refused.
    pub async fn settled(&self) -> Result<(), StoreError> {
        let durable = Self { bulk: None, ..self.clone() };
        durable.change(|_| Ok::<_, StoreError>(())).await?;
        if self.bulk.as_ref().is_some_and(Bulk::failed) { Err(StoreError::CommitFailed) } else { Ok(()) }
    }

    /// Runs a change: all of it is stored, with its audit row, or nothing. Returns when it is durable.
    pub async fn write<T, E>(
        &self,
        scope: Scope,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.change(move |connection| {
            let mut tx = Tx::new(connection, scope);
            tx.begin_scope()?;
            tx.check_expected()?;
            let value = work(&mut tx)?;
            tx.finish()?;
            Ok(value)
        })
        .await
    }

    /// Runs a read and logs what it showed; returns only when the log entry is durable.
    pub async fn view<T, E>(
        &self,
        scope: Scope,
        work: impl FnOnce(&mut Tx<'_>) -> Result<Seen<T>, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &self.backend {
            Backend::Sqlite { readers, .. } if self.bulk.is_none() => {
                let frame = scope.clone();
                let seen = readers.run_here(move |connection| snapshot(connection, frame, work)).await?;
                if seen.access != crate::Access::Nothing {
                    self.change(move |connection| Ok::<_, E>(append_access(connection, &scope, &seen.access)?)).await?;
                }
                Ok(seen.value)
            }
            Backend::Sqlite { writer, .. } => {
                self.on_writer(writer, |c| caught(c, move |c| seen(c, scope, work))).await
            }
            Backend::Postgres { .. } => self.change(move |connection| seen(connection, scope, work)).await,
        }
    }

    /// Reads what belongs to no organization: log-in, sessions, the list of organizations.
    pub async fn look_up<T, E>(
        &self,
        work: impl FnOnce(&mut Unscoped<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let work = move |connection: &mut Connection| work(&mut Unscoped::new(connection));
        match &self.backend {
            Backend::Sqlite { writer, .. } if self.bulk.is_some() => self.on_writer(writer, |c| caught(c, work)).await,
            Backend::Sqlite { readers, .. } => readers.run_here(work).await,
            Backend::Postgres { sessions, .. } => sessions.run(work).await,
        }
    }

    /// Changes what belongs to no organization.
    pub async fn maintain<T, E>(
        &self,
        work: impl FnOnce(&mut Unscoped<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.change(move |connection| work(&mut Unscoped::new(connection))).await
    }

    pub(crate) fn location(&self) -> Location {
        match &self.backend {
            Backend::Sqlite { path, .. } => Location::Sqlite(path.to_path_buf()),
            Backend::Postgres { address, .. } => Location::Postgres(address.to_string()),
        }
    }

    async fn change<T, E>(&self, work: impl FnOnce(&mut Connection) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &self.backend {
            Backend::Postgres { sessions, .. } => {
                sessions.run(move |connection| in_transaction(connection, work)).await
            }
            Backend::Sqlite { writer, .. } => self.on_writer(writer, |c| in_savepoint(c, work)).await,
        }
    }

    /// Runs work on the connection that writes.
    async fn on_writer<T, E>(
        &self,
        writer: &Writer,
        work: impl FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let work = match &self.bulk {
            None => work,
            Some(bulk) => match writer.here(bulk, work) {
                Ok(done) => {
                    // Nothing in a run in bulk waits for anything, and who answers requests on this thread comes in, too.
                    tokio::task::consume_budget().await;
                    return done;
                }
                Err(work) => work,
            },
        };
        let (reply, answer) = oneshot::channel();
        let run: Run = Box::new(move |begun| {
            let result = begun.map_err(E::from).and_then(work);
            Box::new(move |committed| {
                let _ = reply.send(result.and_then(|value| committed.map(|()| value).map_err(E::from)));
            })
        });
        writer.send(Job { run, bulk: self.bulk.clone() })?;
        answer.await.unwrap_or(Err(E::from(StoreError::Closed)))
    }
}

fn in_transaction<T, E: From<StoreError>>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, E>,
) -> Result<T, E> {
    connection.control("begin")?;
    let result = caught(connection, work);
    connection.control(if result.is_ok() { "commit" } else { "rollback" })?;
    result
}

/// A read that is logged in the transaction in which it is done.
fn seen<T, E: From<StoreError>>(
    connection: &mut Connection,
    scope: Scope,
    work: impl FnOnce(&mut Tx<'_>) -> Result<Seen<T>, E>,
) -> Result<T, E> {
    let mut tx = Tx::new(connection, scope.clone());
    tx.begin_scope()?;
    let seen = work(&mut tx)?;
    append_access(connection, &scope, &seen.access)?;
    Ok(seen.value)
}

/// A read of several queries sees one moment.
fn snapshot<T, E: From<StoreError>>(
    connection: &mut Connection,
    scope: Scope,
    work: impl FnOnce(&mut Tx<'_>) -> Result<Seen<T>, E>,
) -> Result<Seen<T>, E> {
    connection.control("begin")?;
    let result = work(&mut Tx::new(connection, scope));
    connection.group.forget();
    connection.control("commit")?;
    result
}

fn open_sqlite(path: &Path, statements: &Arc<AtomicU64>) -> Result<Backend, StoreError> {
    let mut writer = sqlite_connection(path, statements, true)?;
    migrations::run(&mut writer)?;
    let (reader_path, counted) = (path.to_path_buf(), Arc::clone(statements));
    let readers = Pool::new(READERS, move || sqlite_connection(&reader_path, &counted, false));
    Ok(Backend::Sqlite { writer: Writer::start(writer)?, readers, path: path.into() })
}

fn sqlite_connection(path: &Path, statements: &Arc<AtomicU64>, writes: bool) -> Result<Connection, StoreError> {
    let mut connection = rusqlite::Connection::open(path)?;
    wait_for_others(&mut connection)?;
    // FULL: a commit is on the disk before it is answered.
    connection.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
         pragma temp_store = memory; pragma trusted_schema = off;",
    )?;
    if writes {
        // The writer comes back to the same index pages with each group, and a run in bulk writes many before it commits.
        connection.pragma_update(None, "cache_size", -64_000)?;
    } else {
        connection.pragma_update(None, "cache_size", -8_000)?;
    }
    reporting::functions(&connection)?;
    connection.pragma_update(None, "query_only", !writes)?;
    // One plan for a statement, whatever its values: without it SQLite prepares anew, with each new value, every statement
    // on a table with a partial index.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    if writes {
        checkpointer::start(path, &mut connection)?;
    }
    Ok(Connection::sqlite(connection, Arc::clone(statements)))
}

fn open_postgres(address: &str, statements: &Arc<AtomicU64>) -> Result<Backend, StoreError> {
    let (to, counted) = (address.to_owned(), Arc::clone(statements));
    let open = move || {
        let client = postgres::Client::connect(&to, postgres::NoTls)?;
        Ok(Connection::postgres(client, Arc::clone(&counted)))
    };
    // The driver blocks on its own runtime, which must not happen on a thread that runs another one.
    let sessions = Pool::new(SESSIONS, open.clone());
    std::thread::spawn(move || open().and_then(|mut first: Connection| migrations::run(&mut first)))
        .join()
        .unwrap_or(Err(StoreError::Panicked))?;
    Ok(Backend::Postgres { sessions, address: address.into() })
}
