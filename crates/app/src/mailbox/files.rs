//! SQL of files that came with letters.

use store::Tx;
use uuid::Uuid;

use crate::AppError;

/// A stored file.
pub(super) struct AttachmentFile {
    /// Whose; none while its letter has not come.
    pub(super) citizen: Option<Uuid>,
    /// Its type as the letter says it.
    pub(super) file_type: String,
    /// The file.
    pub(super) bytes: Vec<u8>,
}

/// A file by id.
pub(super) fn attachment_file(tx: &mut Tx<'_>, id: Uuid) -> Result<AttachmentFile, AppError> {
    const SQL: &str = "select citizen, file_type, body from attachment where organization = $1 and id = $2";
    let read =
        |r: &mut store::Row<'_>| Ok(AttachmentFile { citizen: r.take()?, file_type: r.take()?, bytes: r.take()? });
    tx.first(SQL, &[id.into()], read)?.ok_or(AppError::NotFound("attachment"))
}
