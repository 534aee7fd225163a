//! Text messages as files in a folder, for a program of the municipality that sends them: one JSON file each, named after
//! the message, written whole or not at all. The same message twice is the same file.

use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use async_trait::async_trait;

use super::sender::{NotSent, TextMessage, TextSender};

/// A folder that another program empties.
#[derive(Debug, Clone)]
pub struct OutboxFolder {
    folder: PathBuf,
    from: String,
}

impl OutboxFolder {
    /// Uses a folder; it is made when it is missing, closed to other users. `from` is the sender that citizens see.
    pub fn open(folder: &Path, from: &str) -> std::io::Result<Self> {
        std::fs::DirBuilder::new().recursive(true).mode(0o750).create(folder)?;
        Ok(Self { folder: folder.to_owned(), from: from.to_owned() })
    }

    fn write(&self, message: &TextMessage) -> std::io::Result<()> {
        let body = super::outbox_body(message, &self.from).to_string();
        let partial = self.folder.join(format!("{}.part", message.reference));
        let mut file =
            std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o640).open(&partial)?;
        file.write_all(body.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&partial, self.folder.join(format!("{}.json", message.reference)))?;
        std::fs::File::open(&self.folder)?.sync_all()
    }
}

#[async_trait]
impl TextSender for OutboxFolder {
    async fn send(&self, message: &TextMessage) -> Result<(), NotSent> {
        let (this, message) = (self.clone(), message.clone());
        let written = tokio::task::spawn_blocking(move || this.write(&message)).await;
        match written {
            Ok(Ok(())) => Ok(()),
            // A half-written file has another name, so the message was not handed over.
            Ok(Err(error)) => {
                tracing::error!(%error, "the folder of text messages cannot be written");
                Err(NotSent::Later)
            }
            Err(_) => Err(NotSent::Unknown),
        }
    }
}
