//! A letter that waits or was sent, as it was written: `GET /beskedliste/{id}/brev`. Printed by staff, or read aloud.
//! Three queries.

use askama::Template;
use axum::extract::{Path, State};
use domain::ids::NoticeId;
use domain::notice::NoticeState;
use domain::permission::Permission;
use domain::workdays::local_date;
use store::{Seen, Tx};
use uuid::Uuid;

use super::queries;
use crate::layout::{Counts, Frame, Nav};
use crate::letters::{self, Block, Sheet};
use crate::safety;
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, courses, records};

#[derive(Template)]
#[template(path = "notices/letter.html")]
pub(super) struct LetterPage {
    frame: Frame,
    id: NoticeId,
    title: &'static str,
    /// Where it is seen among the others of its course.
    back: Option<String>,
    /// It waits, and the reader may say that it is sent.
    may_send: bool,
    sheet: Sheet,
    /// To the citizen, not to somebody about them.
    to_citizen: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<LetterPage>, AppError> {
    let id = NoticeId(id);
    let home = app.organization(caller.organization).await?;
    let read = move |tx: &mut Tx<'_>| {
        let citizen = queries::citizen_of(tx, id)?.ok_or(AppError::NotFound("notice"))?;
        let kept = queries::kept(tx, id)?.ok_or(AppError::NotFound("notice"))?;
        let record = records::citizen_record(tx, citizen)?;
        Ok::<_, AppError>(Seen::record(citizen.0, (kept, record)))
    };
    let (kept, record) = app.store.view(caller.scope("notice.letter", app.now()), read).await?;
    let citizen = &record.citizen.value;
    let waits = kept.state == NoticeState::Waiting;
    let text = kept.letter.ok_or(AppError::NotFound("letter"))?;
    let letter = letters::kept(text, kept.text);
    let sheet = Sheet::to(citizen, &home, safety::letter_shape(&record), local_date(kept.made_at), letter);
    let sheet = match kept.recipient.clone() {
        Some(name) => Sheet { to: vec![name], protected: false, pictures: false, ..sheet },
        None => sheet,
    };
    Ok(Page(LetterPage {
        frame: visit.frame(Nav::Teams, Counts::default()).await?,
        id,
        title: kept.kind.label(),
        back: kept.course.map(|course| format!("{}/beskeder", courses::course_href(course))),
        may_send: waits && caller.role.may(Permission::CitizenWrite),
        sheet,
        to_citizen: kept.recipient.is_none(),
    }))
}
