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
use crate::layout::{Counts, Frame, Nav, dates};
use crate::letters::{self, Block, Written};
use crate::safety::{self, LetterShape};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, calendar, courses, records};

#[derive(Template)]
#[template(path = "notices/letter.html")]
pub(super) struct LetterPage {
    frame: Frame,
    id: NoticeId,
    title: &'static str,
    /// Where it is seen among the others of its course.
    back: Option<String>,
    protected: bool,
    /// It waits, and the reader may say that it is sent.
    may_send: bool,
    to: Vec<String>,
    from: Vec<String>,
    written_on: String,
    letter: Written,
    mobile: Option<String>,
    shape: LetterShape,
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
    Ok(Page(LetterPage {
        frame: visit.frame(Nav::Teams, Counts::default()).await?,
        id,
        title: kept.kind.label(),
        back: kept.course.map(|course| format!("{}/beskeder", courses::course_href(course))),
        protected: citizen.protected_address && kept.recipient.is_none(),
        may_send: waits && caller.role.may(Permission::CitizenWrite),
        to: kept.recipient.clone().map_or_else(|| calendar::addressee(citizen), |name| vec![name]),
        from: vec![home.name.clone(), home.department.clone()],
        written_on: dates::full_day(local_date(kept.made_at)),
        letter: letters::kept(text, kept.text),
        mobile: calendar::mobile(citizen),
        shape: safety::letter_shape(&record),
        to_citizen: kept.recipient.is_none(),
    }))
}
