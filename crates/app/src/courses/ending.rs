//! The end of a course in one act: it is closed, and whoever referred is told, or neither happens.

use domain::ids::CourseId;
use domain::permission::Permission;

use super::closing::{Closing, close_in};
use super::final_note::send_in;
use super::{CloseInput, Closed, NoteInput, NotesSent};
use crate::{App, AppError, Caller};

/// What ending a course made.
#[derive(Debug, Clone)]
pub struct Ended {
    /// The talk and the follow-ups.
    pub closed: Closed,
    /// The notes, when the doctor is told.
    pub sent: Option<NotesSent>,
}

/// Closes a course and sends its closing note in the same transaction; without `note` nobody is told.
///
/// What stands in the way of either refuses both: a course that looks closed while its status was not sent is what the
/// quality standard (KS-3.5-02) is there to prevent.
pub async fn close_and_tell(
    app: &App,
    who: &Caller,
    course: CourseId,
    version: Option<i64>,
    input: CloseInput,
    note: Option<NoteInput>,
) -> Result<Ended, AppError> {
    if input.set_aside.is_some() {
        who.require(Permission::OverrideBlocker)?;
    }
    let home = app.organization(who.organization).await?;
    let (now, who, limits) = (app.now(), who.clone(), app.message_limits);
    let reason = input.set_aside.clone().or_else(|| note.as_ref()?.section_41.clone());
    app.store
        .write(who.scope_because("course.close", now, reason), move |tx| {
            let closing = Closing { who: &who, home: &home, course, now };
            let closed = close_in(tx, &closing, version, &input)?;
            let sent = note.as_ref().map(|note| send_in(tx, &closing, note, limits)).transpose()?;
            Ok(Ended { closed, sent })
        })
        .await
}
