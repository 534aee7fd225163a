//! Moves what is committed from SQLite's log into its file, on a thread and a connection of its own: the writer, whom
//! everybody waits for, does not wait for that.

use std::path::Path;
use std::sync::mpsc;

use rusqlite::hooks::Wal;

use crate::StoreError;
use crate::sqlite_writer::wait_for_others;

/// After so many pages more in the log, 4 kB each, they are moved. Moving costs two syncs, so it is done seldom.
const MOVED_FROM: i32 = 4_000;
/// Under steady load the log never comes to an end, and so never starts anew; here the writer stops for it once.
const AT_MOST: i32 = 16_000;

/// Starts the thread. It ends when the writer's connection is closed.
pub(crate) fn start(path: &Path, writer: &mut rusqlite::Connection) -> Result<(), StoreError> {
    let (wake, woken) = mpsc::sync_channel::<()>(1);
    writer.pragma_update(None, "wal_autocheckpoint", 0)?;
    let mut due = MOVED_FROM;
    writer.wal_hook(Some(move |log: &mut Wal, pages: i32| {
        if pages < due - MOVED_FROM {
            // The log has begun anew.
            due = MOVED_FROM;
        }
        if pages >= AT_MOST {
            // Should the thread be at it right now, the next commit asks again; an error here would undo this one.
            let _ = log.checkpoint();
        } else if pages >= due {
            due = pages + MOVED_FROM;
            // Woken already when it is full.
            let _ = wake.try_send(());
        }
        Ok(())
    }))?;
    let mut connection = rusqlite::Connection::open(path)?;
    wait_for_others(&mut connection)?;
    std::thread::Builder::new().name("sqlite-checkpoint".into()).spawn(move || {
        while woken.recv().is_ok() {
            if let Err(error) = connection.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(())) {
                tracing::error!(%error, "the log could not be moved into the file; it is tried again");
            }
        }
    })?;
    Ok(())
}
