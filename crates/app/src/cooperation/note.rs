//! Commands about the notes of practice consultants.

use domain::cooperation::ConsultantNote;
use domain::ids::{ConsultantNoteId, OrganizationId};
use domain::workdays::local_date;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::Tx;
use uuid::Uuid;

use super::{kept, practices};
use crate::{App, AppError, Caller, ids};

/// A note.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct NoteInput {
    /// The day of the visit or talk.
    #[schema(value_type = String, format = Date)]
    pub noted_on: Date,
    /// Whose note it is.
    pub consultant: String,
    /// The practice it is about; none when it is general.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub practice: Option<OrganizationId>,
    /// What was noted; nothing about a citizen.
    pub text: String,
}

impl NoteInput {
    pub(super) fn note(&self, id: ConsultantNoteId) -> ConsultantNote {
        ConsultantNote {
            id,
            noted_on: self.noted_on,
            consultant: self.consultant.trim().to_owned(),
            practice: self.practice,
            text: self.text.trim().to_owned(),
            struck: None,
        }
    }
}

fn fitting(tx: &mut Tx<'_>, note: ConsultantNote, today: Date) -> Result<ConsultantNote, AppError> {
    if let Some(fault) = note.faults(today).first() {
        return Err(AppError::field(fault.field(), "consultant_note", fault.user_message()));
    }
    if let Some(practice) = note.practice {
        practices::known(tx, practice, "practice")?;
    }
    Ok(note)
}

/// Keeps a note.
///
/// # Errors
///
/// It cannot be so, or its practice is not known here.
pub async fn add_note(app: &App, who: &Caller, input: NoteInput) -> Result<Uuid, AppError> {
    who.require(domain::permission::Permission::Cooperation)?;
    let now = app.now();
    app.store
        .write(who.scope("consultant_note.add", now), move |tx| {
            let note = fitting(tx, input.note(ids::new(now)), local_date(now))?;
            crate::records::add(tx, &note)?;
            Ok::<_, AppError>(note.id.0)
        })
        .await
}

/// Corrects a note; what it said stays.
///
/// # Errors
///
/// It cannot be so, there is none, or a colleague was first.
pub async fn correct_note(app: &App, who: &Caller, of: (Uuid, Option<i64>), input: NoteInput) -> Result<i64, AppError> {
    let today = local_date(app.now());
    let action = ("consultant_note.correct", None);
    kept::change(app, who, action, of, move |tx, it: ConsultantNote| fitting(tx, input.note(it.id), today)).await
}

/// Strikes a note.
///
/// # Errors
///
/// No reason, there is none, or a colleague was first.
pub async fn strike_note(app: &App, who: &Caller, of: (Uuid, Option<i64>), reason: &str) -> Result<i64, AppError> {
    kept::strike::<ConsultantNote>(app, who, "consultant_note.strike", of, reason).await
}
