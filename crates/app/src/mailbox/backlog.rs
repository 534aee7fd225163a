//! Many files, one after the other, in batches: while one batch is written, the next is read and checked.
//!
//! A batch is one transaction, so that what a transaction costs is shared; what a file becomes is the same as if it came
//! alone, and in the order given: a copy after its original, an attachment after its letter. A file that fails fails
//! alone, since its batch is then taken in file by file.

use std::io;
use std::sync::Arc;

use store::{Scope, StoreError};
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::receive::{Prepared, Received, prepare};
use crate::{App, AppError};

/// Files in a batch. Whoever else writes waits for one, some tens of milliseconds.
const FILES: usize = 200;
/// Bytes in a batch; a single larger file goes alone.
const BYTES: usize = 8 << 20;

/// A file to take in, with what the caller knows it by.
pub struct File<T> {
    /// The caller's own.
    pub tag: T,
    /// The id it was given: the same id twice is done once.
    pub id: Uuid,
    /// What stands in it, or why it could not be read.
    pub bytes: io::Result<Vec<u8>>,
}

impl<T> File<T> {
    fn length(&self) -> usize {
        self.bytes.as_ref().map_or(0, Vec::len)
    }
}

/// Takes in files in their order; `done` hears of each in the same order, when it is durable.
pub async fn receive_all<T>(
    app: &App,
    files: impl Iterator<Item = File<T>>,
    mut done: impl FnMut(T, Result<Received, AppError>),
) {
    let mut files = files.peekable();
    let mut writing: Option<Writing<T>> = None;
    while files.peek().is_some() {
        let (mut tags, mut batch) = (Vec::with_capacity(FILES), Vec::with_capacity(FILES));
        let mut bytes = 0;
        while batch.len() < FILES && files.peek().is_some_and(|file| batch.is_empty() || bytes + file.length() <= BYTES)
        {
            let Some(file) = files.next() else { break };
            bytes += file.length();
            tags.push(file.tag);
            batch.push(match file.bytes {
                Ok(content) => prepare(app, None, file.id, content).await.map(Arc::new),
                Err(error) => Err(StoreError::from(error).into()),
            });
            // Reading is work without a pause; others on this thread want their turn.
            tokio::task::yield_now().await;
        }
        let before = match writing.take() {
            Some(before) => Some(before.written().await),
            None => None,
        };
        let app = app.clone();
        writing = Some(Writing { tags, results: tokio::spawn(async move { write(&app, batch).await }) });
        // Told while the next batch is being written, which waits for nothing here.
        before.into_iter().flatten().for_each(|(tag, result)| done(tag, result));
    }
    if let Some(last) = writing {
        last.written().await.for_each(|(tag, result)| done(tag, result));
    }
}

/// A batch that is being written.
struct Writing<T> {
    tags: Vec<T>,
    results: JoinHandle<Vec<Result<Received, AppError>>>,
}

impl<T> Writing<T> {
    async fn written(self) -> impl Iterator<Item = (T, Result<Received, AppError>)> {
        let mut results = self.results.await.unwrap_or_default().into_iter();
        self.tags.into_iter().map(move |tag| (tag, results.next().unwrap_or(Err(StoreError::Panicked.into()))))
    }
}

/// Stores a batch: what follows each other for one organization in one transaction.
async fn write(app: &App, batch: Vec<Result<Arc<Prepared>, AppError>>) -> Vec<Result<Received, AppError>> {
    let mut results = Vec::with_capacity(batch.len());
    let mut run: Vec<Arc<Prepared>> = Vec::new();
    for file in batch {
        match file {
            Ok(file) => {
                if run.last().is_some_and(|before| before.organization() != file.organization()) {
                    results.extend(write_run(app, std::mem::take(&mut run)).await);
                }
                run.push(file);
            }
            Err(error) => {
                results.extend(write_run(app, std::mem::take(&mut run)).await);
                results.push(Err(error));
            }
        }
    }
    results.extend(write_run(app, run).await);
    results
}

async fn write_run(app: &App, run: Vec<Arc<Prepared>>) -> Vec<Result<Received, AppError>> {
    match together(app, run.clone()).await {
        Ok(received) => received.into_iter().map(Ok).collect(),
        Err(error) if run.len() == 1 => vec![Err(error)],
        Err(error) => {
            tracing::warn!(%error, files = run.len(), "a batch could not be taken in; its files are taken in one by one");
            let mut results = Vec::with_capacity(run.len());
            for file in run {
                results.push(alone(app, file).await);
            }
            results
        }
    }
}

/// Takes one file in.
pub(super) async fn alone(app: &App, file: Arc<Prepared>) -> Result<Received, AppError> {
    together(app, vec![file]).await.and_then(|mut received| received.pop().ok_or(AppError::NotFound("message")))
}

/// All of them in one transaction, or none.
async fn together(app: &App, run: Vec<Arc<Prepared>>) -> Result<Vec<Received>, AppError> {
    let Some(first) = run.first() else { return Ok(Vec::new()) };
    let scope = Scope::system(first.organization(), first.at(), "message.receive");
    let received: Vec<Received> =
        app.store.write(scope, move |tx| run.iter().map(|file| file.take_in(tx)).collect::<Result<_, _>>()).await?;
    for file in received.iter().filter(|file| file.is_quarantined()) {
        tracing::warn!(target: "security", file = %file.message, reason = file.reason, "file quarantined");
    }
    Ok(received)
}
