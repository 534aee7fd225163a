//! The one thread that writes to SQLite: waiting transactions share a commit, and so a disk sync.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::time::Duration;

use crate::StoreError;
use crate::connection::Connection;
use crate::group::{self, Group};

/// A transaction that waits: runs on the connection, when its group could begin, and gives what to call once the commit
/// is known.
pub(crate) type Job = Box<dyn FnOnce(Result<&mut Connection, StoreError>) -> Done + Send>;
/// Answers whoever waits.
pub(crate) type Done = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// Most transactions in one commit; bounds how long the first of a group waits.
const GROUP_MAX: usize = 256;

/// Starts the thread. It ends when the last sender is dropped.
pub(crate) fn start(mut connection: Connection) -> std::io::Result<mpsc::Sender<Job>> {
    let (sender, receiver) = mpsc::channel::<Job>();
    std::thread::Builder::new().name("sqlite-writer".into()).spawn(move || {
        while let Ok(first) = receiver.recv() {
            commit_group(&mut connection, first, &receiver);
        }
    })?;
    Ok(sender)
}

fn commit_group(connection: &mut Connection, first: Job, waiting: &mpsc::Receiver<Job>) {
    let mut answers = Vec::new();
    if let Err(error) = begin(connection) {
        tracing::error!(%error, "could not begin a transaction");
        return first(Err(error))(Ok(()));
    }
    answers.push(first(Ok(connection)));
    while answers.len() < GROUP_MAX {
        match waiting.try_recv() {
            Ok(job) => answers.push(job(Ok(connection))),
            Err(_) => break,
        }
    }
    let committed = group::write(connection).and_then(|()| connection.control("commit"));
    if let Err(error) = &committed {
        tracing::error!(%error, group = answers.len(), "commit failed");
        connection.group = Group::default();
        let _ = connection.control("rollback");
    }
    for answer in answers {
        answer(if committed.is_ok() { Ok(()) } else { Err(StoreError::CommitFailed) });
    }
}

/// Another process (a command beside the server) may hold the lock for a moment; the busy timeout waits for it.
fn begin(connection: &mut Connection) -> Result<(), StoreError> {
    connection.control("begin immediate")
}

/// Runs work in a savepoint, so that its failure leaves the rest of the group alone.
pub(crate) fn in_savepoint<T, E: From<StoreError>>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, E>,
) -> Result<T, E> {
    connection.control("savepoint work")?;
    let result = catch_unwind(AssertUnwindSafe(|| work(connection))).unwrap_or(Err(E::from(StoreError::Panicked)));
    if result.is_err() {
        connection.control("rollback to work")?;
    }
    connection.control("release work")?;
    result
}

/// How long a statement waits for another process's lock.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
