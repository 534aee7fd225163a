//! The one thread that writes to SQLite: waiting transactions share a commit, and so a disk sync. A run in bulk, whose group
//! stays open for its next transaction, does that on its own thread: handing each over and back cost more than most of them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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
const BULK_MAX: usize = 8_000;
/// How long a group of a run in bulk waits for the run's next transaction.
const BULK_PAUSE: Duration = Duration::from_millis(20);
/// How long the database is left alone after such a group, so that another process, which looks every [`BUSY_PAUSE`], finds it
/// free.
const BREATH: Duration = Duration::from_millis(5);

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
        match job.bulk {
            None => {
                self.count += 1;
                self.answers.push((job.run)(begun));
            }
            Some(bulk) => {
                self.join(&bulk);
                let begun = if bulk.failed() { Err(StoreError::CommitFailed) } else { begun };
                (job.run)(begun)(Ok(()));
            }
        }
    }

    /// A transaction of a run in bulk is one of them.
    fn join(&mut self, bulk: &Bulk) {
        self.count += 1;
        if !self.bulks.iter().any(|known| Arc::ptr_eq(&known.0, &bulk.0)) {
            self.bulks.push(bulk.clone());
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

/// The way to the connection that writes. The thread ends with the last of these.
#[derive(Clone)]
pub(crate) struct Writer {
    jobs: mpsc::Sender<Job>,
    desk: Arc<Desk>,
}

/// What the thread and a run in bulk work at.
struct Desk {
    session: Mutex<Session>,
    /// Transactions on their way to the thread.
    waiting: AtomicUsize,
}

/// The connection, and the members of the group that is open on it.
struct Session {
    connection: Connection,
    open: Option<Members>,
}

impl Writer {
    /// Starts the thread.
    pub(crate) fn start(connection: Connection) -> std::io::Result<Self> {
        let session = Mutex::new(Session { connection, open: None });
        let desk = Arc::new(Desk { session, waiting: AtomicUsize::new(0) });
        let (jobs, receiver) = mpsc::channel::<Job>();
        let at = Arc::clone(&desk);
        std::thread::Builder::new().name("sqlite-writer".into()).spawn(move || {
            let mut next = receiver.recv().ok();
            while let Some(first) = next {
                let (who, left) = at.commit_group(first, &receiver);
                if who == Who::OnlyBulk {
                    std::thread::sleep(BREATH);
                }
                next = left.or_else(|| receiver.recv().ok());
            }
        })?;
        Ok(Self { jobs, desk })
    }

    /// Hands a transaction to the thread.
    pub(crate) fn send(&self, job: Job) -> Result<(), StoreError> {
        self.desk.waiting.fetch_add(1, Ordering::AcqRel);
        self.jobs.send(job).map_err(|_| StoreError::Closed)
    }

    /// Does a transaction of a run in bulk on the thread that asks, when a group of such a run is open and nobody waits.
    /// Gives the work back when it must be handed over.
    pub(crate) fn here<T, E: From<StoreError>, W>(&self, bulk: &Bulk, work: W) -> Result<Result<T, E>, W>
    where
        W: FnOnce(&mut Connection) -> Result<T, E>,
    {
        if self.desk.waiting.load(Ordering::Acquire) > 0 {
            return Err(work);
        }
        let Ok(mut session) = self.desk.session.try_lock() else { return Err(work) };
        let Session { connection, open } = &mut *session;
        // A commit that fails says so before it lets the session go.
        let may_join = |members: &&mut Members| members.count < BULK_MAX && !bulk.failed();
        let Some(members) = open.as_mut().filter(may_join) else { return Err(work) };
        members.join(bulk);
        Ok(work(connection))
    }
}

impl Desk {
    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a transaction with all that may share its commit. Gives a transaction that came too late for it.
    fn commit_group(&self, first: Job, waiting: &mpsc::Receiver<Job>) -> (Who, Option<Job>) {
        let mut session = self.session();
        if let Err(error) = begin(&mut session.connection) {
            tracing::error!(%error, "could not begin a transaction");
            self.waiting.fetch_sub(1, Ordering::AcqRel);
            (first.run)(Err(error))(Ok(()));
            return (Who::Others, None);
        }
        let (mut members, mut next) = (Members::default(), Some(first));
        while let Some(job) = next {
            self.waiting.fetch_sub(1, Ordering::AcqRel);
            members.run(job, Ok(&mut session.connection));
            next = match members.who() {
                Who::Others if members.count < GROUP_MAX => waiting.try_recv().ok(),
                Who::Others => None,
                Who::OnlyBulk => {
                    session.open = Some(members);
                    drop(session);
                    let next = self.next_of_bulk(waiting);
                    session = self.session();
                    members = session.open.take().unwrap_or_default();
                    if next.as_ref().is_some_and(|job| job.bulk.is_some() && members.count >= BULK_MAX) {
                        session.commit(members);
                        return (Who::OnlyBulk, next);
                    }
                    next
                }
            };
        }
        let who = members.who();
        session.commit(members);
        (who, None)
    }

    /// The next transaction that is handed over while a run in bulk goes on by itself; none when it has paused or ended.
    fn next_of_bulk(&self, waiting: &mpsc::Receiver<Job>) -> Option<Job> {
        let mut done = 0;
        loop {
            match waiting.recv_timeout(BULK_PAUSE) {
                Ok(job) => return Some(job),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {}
            }
            let count = self.session().open.as_ref().map_or(0, |members| members.count);
            if count == done {
                return None;
            }
            done = count;
        }
    }
}

impl Session {
    fn commit(&mut self, members: Members) {
        let connection = &mut self.connection;
        let committed = group::write(connection).and_then(|()| connection.control("commit"));
        if let Err(error) = &committed {
            tracing::error!(%error, group = members.count, "commit failed");
            connection.group = Group::default();
            let _ = connection.control("rollback");
        }
        members.answer(committed.is_ok());
    }
}

/// Another process (a command beside the server) may hold the lock for a moment; the connection waits for it.
fn begin(connection: &mut Connection) -> Result<(), StoreError> {
    connection.control("begin immediate")?;
    match connection.mark() {
        Ok(mark) => {
            connection.group.hold_while(mark);
            Ok(())
        }
        Err(error) => {
            let _ = connection.control("rollback");
            Err(error)
        }
    }
}

/// Runs work in a savepoint, so that its failure leaves the rest of the group alone.
pub(crate) fn in_savepoint<T, E: From<StoreError>>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, E>,
) -> Result<T, E> {
    connection.control("savepoint work")?;
    connection.group.begin();
    let result = caught(connection, work);
    if result.is_err() {
        connection.group.undo();
        connection.control("rollback to work")?;
    }
    connection.control("release work")?;
    result
}

/// Runs work; a panic is an error. What it has done by then stays.
pub(crate) fn caught<T, E: From<StoreError>>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, E>,
) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(|| work(connection))).unwrap_or(Err(E::from(StoreError::Panicked)))
}

/// How long a statement that finds the database locked by another process waits before it looks again: less than a [`BREATH`].
const BUSY_PAUSE: Duration = Duration::from_millis(2);
/// How often it looks: for some ten seconds.
const BUSY_TRIES: i32 = 5_000;

/// Statements of the connection wait for another process's lock.
pub(crate) fn wait_for_others(connection: &mut rusqlite::Connection) -> rusqlite::Result<()> {
    connection.busy_handler(Some(|tries| {
        std::thread::sleep(BUSY_PAUSE);
        tries < BUSY_TRIES
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicU64;

    /// Sends a transaction and waits for its answer.
    fn answered(writer: &Writer, bulk: Option<&Bulk>, sql: &'static str) -> Result<(), StoreError> {
        let (reply, answer) = mpsc::channel();
        let run: Run = Box::new(move |begun| {
            let done = begun.and_then(|connection| connection.batch(sql));
            Box::new(move |committed| drop(reply.send(done.and(committed))))
        });
        writer.send(Job { run, bulk: bulk.cloned() })?;
        answer.recv().unwrap_or(Err(StoreError::Closed))
    }

    #[test]
    fn what_follows_a_failed_commit_of_a_run_in_bulk_fails_and_others_go_on() -> Result<(), Box<dyn std::error::Error>>
    {
        let connection = Connection::sqlite(rusqlite::Connection::open_in_memory()?, Arc::new(AtomicU64::new(0)));
        let (writer, bulk) = (Writer::start(connection)?, Bulk::default());
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
