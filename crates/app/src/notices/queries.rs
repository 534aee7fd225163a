//! SQL of short messages.

use domain::citizen::{Citizen, Phone};
use domain::ids::{CitizenId, NoticeId, UserId};
use domain::notice::{NoticeChannel, NoticeKind, NoticeState};
use jiff::Timestamp;
use serde::Serialize;
use store::{Row, StoreError, Tx};
use uuid::Uuid;

use super::NewNotice;

pub(super) fn add(
    tx: &mut Tx<'_>,
    id: NoticeId,
    new: &NewNotice<'_>,
    channel: NoticeChannel,
) -> Result<(), StoreError> {
    const SQL: &str = "insert into notice (organization, id, citizen, kind, channel, subject, text, state, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8)";
    let at = tx.scope().at;
    tx.execute(
        SQL,
        &[
            id.0.into(),
            new.citizen.0.into(),
            new.kind.word().into(),
            channel.word().into(),
            new.subject.into(),
            new.text.into(),
            at.into(),
        ],
    )
    .map(|_| ())
}

/// Ends the messages about something that still wait.
pub(super) fn end_about(tx: &mut Tx<'_>, subject: Uuid, state: NoticeState) -> Result<(), StoreError> {
    const SQL: &str = "update notice set state = $3, ended_at = $4
        where organization = $1 and subject = $2 and state = 'waiting'";
    let at = tx.scope().at;
    tx.execute(SQL, &[subject.into(), state.word().into(), at.into()]).map(|_| ())
}

/// To whom a message is.
pub(super) fn citizen_of(tx: &mut Tx<'_>, id: NoticeId) -> Result<Option<CitizenId>, StoreError> {
    const SQL: &str = "select citizen from notice where organization = $1 and id = $2";
    Ok(tx.first(SQL, &[id.0.into()], |row| row.take::<Uuid>())?.map(CitizenId))
}

/// Says that a message was given, or waits again; one that fell away stays so.
pub(super) fn end(tx: &mut Tx<'_>, id: NoticeId, state: NoticeState, by: UserId) -> Result<(), StoreError> {
    const SQL: &str = "update notice set state = $3, ended_at = $4, ended_by = $5
        where organization = $1 and id = $2 and state <> 'dropped' and state <> $3";
    let at = tx.scope().at;
    tx.execute(SQL, &[id.0.into(), state.word().into(), at.into(), by.0.into()]).map(|_| ())
}

/// A message that waits.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct NoticeRow {
    /// The message.
    #[schema(value_type = Uuid)]
    pub id: NoticeId,
    /// To whom.
    #[schema(value_type = Uuid)]
    pub citizen: CitizenId,
    /// About what.
    #[schema(value_type = String)]
    pub kind: NoticeKind,
    /// How.
    #[schema(value_type = String)]
    pub channel: NoticeChannel,
    /// The number to send it to or to ring, when there is one.
    pub phone: Option<String>,
    /// What is said.
    pub text: String,
    /// Since when it waits.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Timestamp,
    /// Name of the citizen; for pages only.
    #[serde(skip)]
    pub name: String,
}

/// So many are shown; the rest follow when these are given.
const AT_MOST: i64 = 200;

/// Messages that wait, the oldest first.
pub fn waiting(tx: &mut Tx<'_>) -> Result<Vec<NoticeRow>, StoreError> {
    const SQL: &str = "select n.id, n.kind, n.channel, n.text, n.made_at, v.content from notice n
        join citizen c on c.organization = n.organization and c.id = n.citizen
        join record_version v on v.organization = c.organization and v.citizen = c.id and v.kind = 'citizen'
            and v.id = c.id and v.version = c.version
        where n.organization = $1 and n.state = 'waiting' order by n.made_at, n.id limit $2";
    tx.query(SQL, &[AT_MOST.into()], row)
}

fn row(row: &mut Row<'_>) -> Result<NoticeRow, StoreError> {
    let unreadable = |_| StoreError::Unreadable { what: "notice" };
    let id = NoticeId(row.take()?);
    let kind = NoticeKind::parse(&row.take::<String>()?).map_err(unreadable)?;
    let channel = NoticeChannel::parse(&row.take::<String>()?).map_err(unreadable)?;
    let (text, made_at) = (row.take()?, row.take()?);
    let content: String = row.take()?;
    let citizen: Citizen = serde_json::from_str(&content).map_err(|_| StoreError::Unreadable { what: "citizen" })?;
    let phone = number(&citizen, channel).map(|phone| phone.number.clone());
    Ok(NoticeRow { id, citizen: citizen.id, kind, channel, phone, text, made_at, name: citizen.name.full() })
}

/// A text message goes to a mobile telephone; somebody who rings uses the preferred one.
fn number(citizen: &Citizen, channel: NoticeChannel) -> Option<&Phone> {
    let mobile = citizen.phones.iter().find(|phone| phone.kind == domain::citizen::PhoneKind::Mobile);
    match channel {
        NoticeChannel::Sms => mobile,
        NoticeChannel::Call => citizen.phones.first(),
        NoticeChannel::Letter => None,
    }
}
