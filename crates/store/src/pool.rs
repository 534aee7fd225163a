//! Connections that are lent out: SQLite's readers, PostgreSQL's sessions.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;

use crate::StoreError;
use crate::connection::Connection;

/// A bounded set of connections, opened when first needed.
#[derive(Clone)]
pub(crate) struct Pool {
    shared: Arc<Shared>,
}

struct Shared {
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
    open: Box<dyn Fn() -> Result<Connection, StoreError> + Send + Sync>,
}

impl Pool {
    pub(crate) fn new(size: usize, open: impl Fn() -> Result<Connection, StoreError> + Send + Sync + 'static) -> Self {
        let permits = Arc::new(Semaphore::new(size));
        Self { shared: Arc::new(Shared { idle: Mutex::new(Vec::new()), permits, open: Box::new(open) }) }
    }

    /// Lends a connection to work that is done within a millisecond or so, on the thread that asks: a read of SQLite
    /// waits for nobody, and handing it to another thread and back costs more than most reads do.
    pub(crate) async fn run_here<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let _permit = self.shared.permits.acquire().await.map_err(|_| StoreError::Closed)?;
        let mut connection = self.shared.take()?;
        // A connection that somebody panicked on is closed, and with it the transaction it may have been in.
        let result = catch_unwind(AssertUnwindSafe(|| work(&mut connection))).map_err(|_| StoreError::Panicked)?;
        self.shared.give_back(connection);
        result
    }

    /// Lends a connection to work on a thread that may block.
    pub(crate) async fn run<T, E>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let permit = Arc::clone(&self.shared.permits).acquire_owned().await.map_err(|_| StoreError::Closed)?;
        let shared = Arc::clone(&self.shared);
        let result = tokio::task::spawn_blocking(move || {
            let mut connection = shared.take()?;
            let result = work(&mut connection);
            shared.give_back(connection);
            drop(permit);
            result
        });
        result.await.unwrap_or(Err(E::from(StoreError::Panicked)))
    }
}

/// PostgreSQL's driver waits for the server when a connection is dropped, which must not happen on a thread that
/// runs an asynchronous runtime.
impl Drop for Shared {
    fn drop(&mut self) {
        let idle = std::mem::take(self.idle.get_mut().unwrap_or_else(PoisonError::into_inner));
        if !idle.is_empty() {
            std::thread::spawn(move || drop(idle));
        }
    }
}

impl Shared {
    fn take(&self) -> Result<Connection, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| (self.open)(), Ok)
    }

    fn give_back(&self, connection: Connection) {
        if !connection.is_broken() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
    }
}
