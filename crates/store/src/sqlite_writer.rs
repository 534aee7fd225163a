//! The one thread that writes to SQLite: waiting transactions share a commit, and so a disk sync.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use crate::StoreError;
use crate::connection::Connection;
use crate::group::{self, Group};

/// A transaction that waits.
pub(crate) struct Job {
    /// Runs on the connection, when its group could begin, and gives what to call once the commit is known.
    pub(crate) run: Run,
    /// The run in bulk that it belongs to: then it is answered before the commit.
    pub(crate) bulk: Option<Bulk>,
}

/// What runs.
pub(crate) type Run = Box<dyn FnOnce(Result<&mut Connection, StoreError>) -> Done + Send>;
/// Answers whoever waits.
pub(crate) type Done = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// Most transactions in one commit; bounds how long the first of a group waits.
const GROUP_MAX: usize = 256;
/// Most transactions of a run in bulk in one commit: they are done one after the other, and meanwhile no other process writes.
const BULK_MAX: usize = 128;
/// How long a group of a run in bulk waits for the run's next transaction.
const BULK_PAUSE: Duration = Duration::from_millis(20);
/// How long the database is left alone after such a group, so that another process, which looks only now and then, finds it free.
const BREATH: Duration = Duration::from_millis(4);

/// A run whose transactions are answered before they are committed. Once one of its commits has failed, all that follows
/// fails too, for it may build on what is lost.
#[derive(Clone, Default)]
pub(crate) struct Bulk(Arc<AtomicBool>);

impl Bulk {
    /// Whether a commit failed.
    pub(crate) fn failed(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Whose transactions a group had.
#[derive(PartialEq, Eq)]
enum Who {
    OnlyBulk,
    Others,
}

/// Transactions that share a commit.
#[derive(Default)]
struct Members {
    count: usize,
    answers: Vec<Done>,
    bulks: Vec<Bulk>,
}

impl Members {
    fn run(&mut self, job: Job, begun: Result<&mut Connection, StoreError>) {
        self.count += 1;
        match job.bulk {
            None => self.answers.push((job.run)(begun)),
            Some(bulk) => {
                let begun = if bulk.failed() { Err(StoreError::CommitFailed) } else { begun };
                (job.run)(begun)(Ok(()));
                if !self.bulks.iter().any(|known| Arc::ptr_eq(&known.0, &bulk.0)) {
                    self.bulks.push(bulk);
                }
            }
        }
    }

    /// The next one for the same commit. Nobody is kept waiting for one that may come.
    fn next(&self, waiting: &mpsc::Receiver<Job>) -> Option<Job> {
        match self.who() {
            Who::OnlyBulk if self.count < BULK_MAX => waiting.recv_timeout(BULK_PAUSE).ok(),
            Who::Others if self.count < GROUP_MAX => waiting.try_recv().ok(),
            Who::OnlyBulk | Who::Others => None,
        }
    }

    const fn who(&self) -> Who {
        if self.answers.is_empty() { Who::OnlyBulk } else { Who::Others }
    }

    fn answer(self, committed: bool) {
        if !committed {
            self.bulks.iter().for_each(|bulk| bulk.0.store(true, Ordering::Release));
        }
        for answer in self.answers {
            answer(if committed { Ok(()) } else { Err(StoreError::CommitFailed) });
        }
    }
}

/// Starts the thread. It ends when the last sender is dropped.
pub(crate) fn start(mut connection: Connection) -> std::io::Result<mpsc::Sender<Job>> {
    let (sender, receiver) = mpsc::channel::<Job>();
    std::thread::Builder::new().name("sqlite-writer".into()).spawn(move || {
        while let Ok(first) = receiver.recv() {
            if commit_group(&mut connection, first, &receiver) == Who::OnlyBulk {
                std::thread::sleep(BREATH);
            }
        }
    })?;
    Ok(sender)
}

fn commit_group(connection: &mut Connection, first: Job, waiting: &mpsc::Receiver<Job>) -> Who {
    let mut members = Members::default();
    if let Err(error) = begin(connection) {
        tracing::error!(%error, "could not begin a transaction");
        (first.run)(Err(error))(Ok(()));
        return Who::Others;
    }
    members.run(first, Ok(connection));
    while let Some(job) = members.next(waiting) {
        members.run(job, Ok(connection));
    }
    let committed = group::write(connection).and_then(|()| connection.control("commit"));
    if let Err(error) = &committed {
        tracing::error!(%error, group = members.count, "commit failed");
        connection.group = Group::default();
        let _ = connection.control("rollback");
    }
    let who = members.who();
    members.answer(committed.is_ok());
    who
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicU64;

    /// Sends a transaction and waits for its answer.
    fn answered(writer: &mpsc::Sender<Job>, bulk: Option<&Bulk>, sql: &'static str) -> Result<(), StoreError> {
        let (reply, answer) = mpsc::channel();
        let run: Run = Box::new(move |begun| {
            let done = begun.and_then(|connection| connection.batch(sql));
            Box::new(move |committed| drop(reply.send(done.and(committed))))
        });
        writer.send(Job { run, bulk: bulk.cloned() }).map_err(|_| StoreError::Closed)?;
        answer.recv().unwrap_or(Err(StoreError::Closed))
    }

    #[test]
    fn what_follows_a_failed_commit_of_a_run_in_bulk_fails_and_others_go_on() -> Result<(), Box<dyn std::error::Error>>
    {
        let connection = Connection::sqlite(rusqlite::Connection::open_in_memory()?, Arc::new(AtomicU64::new(0)));
        let (writer, bulk) = (start(connection)?, Bulk::default());
        answered(&writer, Some(&bulk), "create table kept (a)")?;
        answered(&writer, None, "insert into kept values (1)")?;
        // Ends the transaction under the group, so that there is nothing to commit.
        answered(&writer, Some(&bulk), "insert into kept values (2); rollback")?;
        let failed = answered(&writer, None, "select 1");
        assert!(matches!(failed, Err(StoreError::CommitFailed)), "{failed:?}");
        let after = answered(&writer, Some(&bulk), "insert into kept values (3)");
        assert!(matches!(after, Err(StoreError::CommitFailed)), "{after:?}");
        assert!(bulk.failed() && !Bulk::default().failed());
        answered(&writer, None, "insert into kept values (4)")?;
        Ok(())
    }
}
