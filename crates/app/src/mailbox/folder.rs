//! The folder transport: files in, files out, on one file system.
//!
//! A file is taken by renaming it to a name of ours in `intake/`; that name is its id in the database, so a crash
//! between commit and removal repeats nothing. Files out are written beside, synced and renamed, so that nobody ever
//! sees half a file.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use domain::message::TAKE_BACK_SECONDS;
use jiff::{SignedDuration, Timestamp};
use store::{Scope, StoreError, Tx};
use uuid::Uuid;

use super::backlog::{self, receive_all};
use super::outgoing::mark_unanswered;
use super::receive::Received;
use crate::{App, AppError, ids, organizations};

/// The folders under the data folder.
#[derive(Debug, Clone)]
pub struct Folders {
    /// Where the message supplier's client puts files.
    pub inbox: PathBuf,
    /// Where it fetches ours.
    pub outbox: PathBuf,
    /// Files that are ours, until they are in the database.
    pub intake: PathBuf,
    /// Copies of what could not be read, for the operator.
    pub quarantine: PathBuf,
    /// How long a file must have been still before it is taken.
    pub settle: Duration,
}

/// What a sweep did.
#[derive(Debug, Default)]
pub struct Sweep {
    /// Files taken in, each with its name and what became of it.
    pub received: Vec<(String, Received)>,
    /// Files left alone because they may still be growing.
    pub waiting: usize,
}

/// Messages handed over between two commits of the outbox.
const BATCH: i64 = 200;

impl Folders {
    /// The folders under a data folder, made when they are missing.
    pub fn open(data: &Path, settle: Duration) -> io::Result<Self> {
        let folders = Self {
            inbox: data.join("mailbox/in"),
            outbox: data.join("mailbox/out"),
            intake: data.join("intake"),
            quarantine: data.join("quarantine"),
            settle,
        };
        for folder in [&folders.inbox, &folders.outbox, &folders.intake, &folders.quarantine] {
            fs::create_dir_all(folder)?;
        }
        Ok(folders)
    }
}

/// Takes in every file that is there and still, then the ones that an earlier run left in `intake/`.
pub async fn sweep(app: &App, folders: &Folders) -> Result<Sweep, AppError> {
    let mut done = Sweep::default();
    claim_files(app, folders, &mut done).map_err(StoreError::from)?;
    let mut claimed = claimed_files(folders).map_err(StoreError::from)?;
    claimed.sort();
    let mut failure = None;
    let limit = app.message_limits.file_bytes();
    let files = claimed.into_iter().filter_map(|path| claimed_file(path, limit));
    receive_all(app, files, |(path, name), received| match received.and_then(|r| settle(folders, &path, &name, r)) {
        Ok(received) => done.received.push((name, received)),
        // It stays claimed and is tried again in the next sweep.
        Err(error) => failure = failure.take().or(Some(error)),
    })
    .await;
    failure.map_or(Ok(done), Err)
}

/// Renames what is still into `intake/<id>__<name>`.
fn claim_files(app: &App, folders: &Folders, done: &mut Sweep) -> io::Result<()> {
    for entry in fs::read_dir(&folders.inbox)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let half = name.starts_with('.') || name.ends_with(".tmp") || name.ends_with(".part");
        if half || !entry.file_type()?.is_file() {
            continue;
        }
        if !is_still(&entry.path(), folders.settle) {
            done.waiting += 1;
            continue;
        }
        let id: Uuid = ids::new(app.now());
        match fs::rename(entry.path(), folders.intake.join(format!("{id}__{name}"))) {
            Ok(()) => {}
            // Somebody else took or removed it first.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Not written to for a while. A clock that stands wrong makes it wait, never lose.
fn is_still(path: &Path, settle: Duration) -> bool {
    #[expect(clippy::disallowed_methods, reason = "compared with the file system's own clock, not with ours")]
    let now = SystemTime::now();
    let changed = fs::metadata(path).and_then(|m| m.modified());
    changed.is_ok_and(|at| now.duration_since(at).is_ok_and(|age| age >= settle))
}

fn claimed_files(folders: &Folders) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(&folders.intake)?.map(|entry| entry.map(|e| e.path())).collect()
}

/// A claimed file with its bytes; none for what is not ours or is gone.
fn claimed_file(path: PathBuf, limit: usize) -> Option<backlog::File<(PathBuf, String)>> {
    let file_name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let (id, name) = file_name.split_once("__")?;
    let (id, name) = (id.parse::<Uuid>().ok()?, name.to_owned());
    let bytes = read_bounded(&path, limit).transpose()?;
    Some(backlog::File { tag: (path, name), id, bytes })
}

/// Removes a file once it is in the database; what could not be read is copied for the operator first.
fn settle(folders: &Folders, path: &Path, name: &str, received: Received) -> Result<Received, AppError> {
    if received.is_quarantined() {
        copy_to_quarantine(folders, path, name).map_err(StoreError::from)?;
    }
    fs::remove_file(path).map_err(StoreError::from)?;
    Ok(received)
}

/// A file larger than the limit is read just far enough to be refused; what is kept of it is its beginning.
fn read_bounded(path: &Path, limit: usize) -> io::Result<Option<Vec<u8>>> {
    use io::Read;
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

fn copy_to_quarantine(folders: &Folders, path: &Path, name: &str) -> io::Result<()> {
    let half = folders.quarantine.join(format!(".{name}.tmp"));
    fs::copy(path, &half)?;
    fs::rename(half, folders.quarantine.join(name))
}

/// Hands every queued message to the mailbox; gives how many.
///
/// Files are written and renamed first, then the rows are marked in one commit: a crash between writes the same file
/// again under the same name.
pub async fn send_queued(app: &App, folders: &Folders, letters_wait: SignedDuration) -> Result<usize, AppError> {
    let mut sent = 0;
    for organization in organizations::at_work(app).await? {
        sent += hand_over(app, organization.key, letters_wait, |batch| write_files(folders, batch)).await?;
        let scope = Scope::system(organization.key, app.now(), "message.unanswered");
        app.store.write(scope, |tx| Ok::<_, AppError>(mark_unanswered(tx)?)).await?;
    }
    Ok(sent)
}

/// Hands every queued message of an organization to whoever takes them; gives how many.
pub(crate) async fn hand_over(
    app: &App,
    organization: i64,
    letters_wait: SignedDuration,
    mut take: impl FnMut(&[Queued]) -> io::Result<()>,
) -> Result<usize, AppError> {
    let mut sent = 0;
    loop {
        let batch = queued(app, organization, letters_wait).await?;
        if batch.is_empty() {
            return Ok(sent);
        }
        take(&batch).map_err(StoreError::from)?;
        sent += batch.len();
        mark_sent(app, organization, batch).await?;
    }
}

/// A message that waits to be handed over.
pub(crate) struct Queued {
    id: Uuid,
    file_name: String,
    /// Its bytes.
    pub(crate) body: Vec<u8>,
}

/// Receipts go at once; a letter stays so long that its writer can take it back.
async fn queued(app: &App, organization: i64, letters_wait: SignedDuration) -> Result<Vec<Queued>, AppError> {
    const SQL: &str = "select id, file_name, body from outgoing
        where organization = $1 and delivery = 'queued' and (kind not in ('XDIS15', 'XDIS91') or queued_at <= $3)
        order by id limit $2";
    let written_before = app.now().saturating_sub(letters_wait).unwrap_or(Timestamp::MIN);
    let scope = Scope::system(organization, app.now(), "message.send");
    app.store
        .view(scope, move |tx| {
            let read = |r: &mut store::Row<'_>| Ok(Queued { id: r.take()?, file_name: r.take()?, body: r.take()? });
            Ok::<_, AppError>(store::Seen::nothing(tx.query(SQL, &[BATCH.into(), written_before.into()], read)?))
        })
        .await
}

/// Writes beside, syncs, renames; the folder itself is synced once for the batch.
fn write_files(folders: &Folders, batch: &[Queued]) -> io::Result<()> {
    for message in batch {
        let half = folders.outbox.join(format!(".{}.tmp", message.file_name));
        let mut file = File::create(&half)?;
        file.write_all(&message.body)?;
        file.sync_data()?;
        fs::rename(&half, folders.outbox.join(&message.file_name))?;
    }
    File::open(&folders.outbox)?.sync_all()
}

async fn mark_sent(app: &App, organization: i64, batch: Vec<Queued>) -> Result<(), AppError> {
    let scope = Scope::system(organization, app.now(), "message.send");
    app.store
        .write(scope, move |tx: &mut Tx<'_>| {
            const SQL: &str = "update outgoing set delivery = 'sent', sent_at = $3
                where organization = $1 and id = $2 and delivery = 'queued'";
            let at = tx.scope().at;
            for message in &batch {
                tx.execute(SQL, &[message.id.into(), at.into()])?;
                tx.note(&format!("outgoing {} sent", message.id));
            }
            Ok::<_, AppError>(())
        })
        .await
}

/// Watches the mailbox until the program ends. A failure is logged and tried again.
pub async fn run(app: App, folders: Folders, every: Duration) {
    loop {
        if let Err(error) = sweep(&app, &folders).await {
            tracing::error!(%error, "taking in messages failed; it is tried again");
        }
        if let Err(error) = send_queued(&app, &folders, SignedDuration::from_secs(TAKE_BACK_SECONDS)).await {
            tracing::error!(%error, "handing over messages failed; it is tried again");
        }
        tokio::time::sleep(every).await;
    }
}
