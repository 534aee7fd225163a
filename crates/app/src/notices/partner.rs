//! Letters about a citizen to somebody else, and the list of what a course has said to whom.

use domain::consent::Basis;
use domain::ids::{CitizenId, CourseId, NoticeId};
use domain::notice::{NoticeChannel, NoticeKind, NoticeState};
use jiff::Timestamp;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::queries::{channel, kind, unreadable};
use crate::{AppError, ids};

/// A letter to somebody else than the citizen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PartnerLetter<'a> {
    pub(crate) citizen: CitizenId,
    pub(crate) course: CourseId,
    pub(crate) kind: NoticeKind,
    /// To whom.
    pub(crate) recipient: &'a str,
    /// The letter, with its marks.
    pub(crate) letter: &'a str,
    /// What it rests on.
    pub(crate) basis: &'a Basis,
    /// The outgoing message that carries it; without one it waits to be sent on paper.
    pub(crate) sent: Option<Uuid>,
}

/// Keeps a letter with its basis and its words.
pub(crate) fn to_partner(tx: &mut Tx<'_>, new: &PartnerLetter<'_>) -> Result<NoticeId, AppError> {
    const SQL: &str = "insert into notice (organization, id, citizen, kind, channel, subject, text, state, made_at,
            course, letter, recipient, basis)
        values ($1, $2, $3, $4, 'letter', $5, '', $6, $7, $8, $9, $10, $11)";
    let at = tx.scope().at;
    let id: NoticeId = ids::new(at);
    let state = if new.sent.is_some() { NoticeState::Done } else { NoticeState::Waiting };
    let basis = serde_json::to_string(new.basis).map_err(|_| StoreError::Unreadable { what: "basis" })?;
    tx.execute(
        SQL,
        &[
            id.0.into(),
            new.citizen.0.into(),
            new.kind.word().into(),
            new.sent.unwrap_or(id.0).into(),
            state.word().into(),
            at.into(),
            new.course.0.into(),
            new.letter.into(),
            new.recipient.into(),
            (&basis).into(),
        ],
    )?;
    tx.note(&format!("notice/{id}"));
    Ok(id)
}

/// Something that was said in a course, or is to be.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) id: NoticeId,
    pub(crate) kind: NoticeKind,
    pub(crate) channel: NoticeChannel,
    pub(crate) state: NoticeState,
    pub(crate) subject: Uuid,
    pub(crate) made_at: Timestamp,
    pub(crate) recipient: Option<String>,
    pub(crate) basis: Option<Basis>,
    pub(crate) why: Option<String>,
    pub(crate) has_letter: bool,
}

/// What a course has said, the newest first.
pub(crate) fn of_course(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<Said>, StoreError> {
    const SQL: &str = "select id, kind, channel, state, subject, made_at, recipient, basis, why, letter is not null
        from notice where organization = $1 and course = $2 order by made_at desc, id desc limit 200";
    tx.query(SQL, &[course.0.into()], |row| {
        let id = NoticeId(row.take()?);
        let (kind, channel) = (kind(row)?, channel(row)?);
        let state = NoticeState::parse(&row.take::<String>()?).map_err(unreadable)?;
        let (subject, made_at, recipient) = (row.take()?, row.take()?, row.take()?);
        let basis = row.take::<Option<String>>()?.map(|text| serde_json::from_str(&text)).transpose();
        let basis = basis.map_err(unreadable)?;
        Ok(Said {
            id,
            kind,
            channel,
            state,
            subject,
            made_at,
            recipient,
            basis,
            why: row.take()?,
            has_letter: row.take()?,
        })
    })
}
