//! SQL of short messages and of the letters that are kept with them.

use std::collections::BTreeMap;

use domain::citizen::{Citizen, Phone};
use domain::ids::{AppointmentId, CitizenId, CourseId, NoticeId, UserId};
use domain::notice::{NoticeChannel, NoticeKind, NoticeState};
use jiff::Timestamp;
use serde::Serialize;
use store::{Row, StoreError, Tx};
use uuid::Uuid;

/// A message to keep.
pub(super) struct New<'a> {
    pub(super) id: NoticeId,
    pub(super) citizen: CitizenId,
    pub(super) kind: NoticeKind,
    pub(super) channel: NoticeChannel,
    pub(super) subject: Uuid,
    pub(super) course: Option<CourseId>,
    pub(super) event_at: Option<Timestamp>,
    pub(super) text: &'a str,
    pub(super) letter: Option<&'a str>,
}

/// Adds a message that waits; says whether it is new. One about the same thing at the same time is there once.
pub(super) fn add(tx: &mut Tx<'_>, new: &New<'_>) -> Result<bool, StoreError> {
    const SQL: &str = "insert into notice (organization, id, citizen, kind, channel, subject, text, state, made_at,
            course, event_at, letter)
        values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9, $10, $11) on conflict do nothing";
    let at = tx.scope().at;
    let added = tx.execute(
        SQL,
        &[
            new.id.0.into(),
            new.citizen.0.into(),
            new.kind.word().into(),
            new.channel.word().into(),
            new.subject.into(),
            new.text.into(),
            at.into(),
            new.course.map(|course| course.0).into(),
            new.event_at.into(),
            new.letter.into(),
        ],
    )?;
    Ok(added > 0)
}

/// Ends the messages about something that still wait.
pub(super) fn end_about(tx: &mut Tx<'_>, subject: Uuid, state: NoticeState) -> Result<(), StoreError> {
    const SQL: &str = "update notice set state = $3, ended_at = $4
        where organization = $1 and subject = $2 and state = 'waiting'";
    let at = tx.scope().at;
    tx.execute(SQL, &[subject.into(), state.word().into(), at.into()]).map(|_| ())
}

/// Ends what a citizen still waits to be told about something.
pub(super) fn end_of(tx: &mut Tx<'_>, citizen: CitizenId, subject: Uuid, state: NoticeState) -> Result<(), StoreError> {
    const SQL: &str = "update notice set state = $4, ended_at = $5
        where organization = $1 and citizen = $2 and subject = $3 and state = 'waiting'";
    let at = tx.scope().at;
    tx.execute(SQL, &[citizen.0.into(), subject.into(), state.word().into(), at.into()]).map(|_| ())
}

/// Ends everything that a citizen still waits to be told.
pub(super) fn end_all_of(tx: &mut Tx<'_>, citizen: CitizenId, state: NoticeState) -> Result<(), StoreError> {
    const SQL: &str = "update notice set state = $3, ended_at = $4
        where organization = $1 and citizen = $2 and state = 'waiting' and recipient is null";
    let at = tx.scope().at;
    tx.execute(SQL, &[citizen.0.into(), state.word().into(), at.into()]).map(|_| ())
}

/// Ends the letters about a citizen to others that still wait.
pub(super) fn end_all_about(tx: &mut Tx<'_>, citizen: CitizenId, state: NoticeState) -> Result<(), StoreError> {
    const SQL: &str = "update notice set state = $3, ended_at = $4
        where organization = $1 and citizen = $2 and state = 'waiting' and recipient is not null";
    let at = tx.scope().at;
    tx.execute(SQL, &[citizen.0.into(), state.word().into(), at.into()]).map(|_| ())
}

/// Ends what still waits of one kind about something.
pub(super) fn end_kind(tx: &mut Tx<'_>, subject: Uuid, kind: NoticeKind, state: NoticeState) -> Result<(), StoreError> {
    const SQL: &str = "update notice set state = $4, ended_at = $5
        where organization = $1 and subject = $2 and kind = $3 and state = 'waiting'";
    let at = tx.scope().at;
    tx.execute(SQL, &[subject.into(), kind.word().into(), state.word().into(), at.into()]).map(|_| ())
}

/// Ends one that still waits.
pub(super) fn end_waiting(tx: &mut Tx<'_>, id: NoticeId, state: NoticeState) -> Result<(), StoreError> {
    const SQL: &str = "update notice set state = $3, ended_at = $4
        where organization = $1 and id = $2 and state = 'waiting'";
    let at = tx.scope().at;
    tx.execute(SQL, &[id.0.into(), state.word().into(), at.into()]).map(|_| ())
}

/// To whom a message is.
pub(super) fn citizen_of(tx: &mut Tx<'_>, id: NoticeId) -> Result<Option<CitizenId>, StoreError> {
    const SQL: &str = "select citizen from notice where organization = $1 and id = $2";
    Ok(tx.first(SQL, &[id.0.into()], |row| row.take::<Uuid>())?.map(CitizenId))
}

/// Says that a message was given, or waits again; one that fell away, is being sent or
/// was sent by the program stays so.
pub(super) fn end(tx: &mut Tx<'_>, id: NoticeId, state: NoticeState, by: UserId) -> Result<(), StoreError> {
    const SQL: &str = "update notice set state = $3, ended_at = $4, ended_by = $5
        where organization = $1 and id = $2 and state not in ('dropped', 'sending') and state <> $3
            and (state = 'waiting' or ended_by is not null)";
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
    /// What it is about begins then; it must be given before.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub event_at: Option<Timestamp>,
    /// Why it could not be sent as it should have been.
    pub why: Option<String>,
    /// How often it was tried to send it.
    pub tries: i64,
    /// Name of the citizen; for pages only.
    #[serde(skip)]
    pub name: String,
    /// The language of the interpreter, when one is needed; for pages only.
    #[serde(skip)]
    pub interpreter: Option<String>,
    /// To whom else than the citizen; for pages only.
    #[serde(skip)]
    pub recipient: Option<String>,
    /// There is a letter to print; for pages only.
    #[serde(skip)]
    pub has_letter: bool,
}

/// A message with the letter that says it, as it was written.
pub(super) struct Kept {
    pub(super) kind: NoticeKind,
    pub(super) state: NoticeState,
    pub(super) text: String,
    pub(super) letter: Option<String>,
    pub(super) recipient: Option<String>,
    pub(super) course: Option<CourseId>,
    pub(super) made_at: Timestamp,
}

/// One message.
pub(super) fn kept(tx: &mut Tx<'_>, id: NoticeId) -> Result<Option<Kept>, StoreError> {
    const SQL: &str = "select kind, state, text, letter, recipient, course, made_at from notice
        where organization = $1 and id = $2";
    tx.first(SQL, &[id.0.into()], |row| {
        let kind = kind(row)?;
        let state = NoticeState::parse(&row.take::<String>()?).map_err(unreadable)?;
        let (text, letter, recipient) = (row.take()?, row.take()?, row.take()?);
        let course = row.take::<Option<Uuid>>()?.map(CourseId);
        Ok(Kept { kind, state, text, letter, recipient, course, made_at: row.take()? })
    })
}

/// So many are shown; the rest follow when these are given.
const AT_MOST: i64 = 200;

/// Messages that wait, what is soonest first. How a citizen is told of a new time by letter or telephone is a task of its
/// own, which stands in the list of tasks.
pub fn waiting(tx: &mut Tx<'_>) -> Result<Vec<NoticeRow>, StoreError> {
    const SQL: &str = "select n.id, n.kind, n.channel, n.text, n.made_at, n.event_at, n.why, n.recipient,
            n.letter is not null, n.tries, v.content from notice n
        join citizen c on c.organization = n.organization and c.id = n.citizen
        join record_version v on v.organization = c.organization and v.citizen = c.id and v.kind = 'citizen'
            and v.id = c.id and v.version = c.version
        where n.organization = $1 and n.state = 'waiting' and (n.kind <> 'confirmed' or n.channel = 'sms' or n.why is not null)
        order by n.made_at, n.id limit $2";
    tx.query(SQL, &[AT_MOST.into()], row)
}

fn row(row: &mut Row<'_>) -> Result<NoticeRow, StoreError> {
    let id = NoticeId(row.take()?);
    let (kind, channel) = (kind(row)?, channel(row)?);
    let (text, made_at, event_at, why) = (row.take()?, row.take()?, row.take()?, row.take()?);
    let (recipient, has_letter, tries) = (row.take()?, row.take()?, row.take()?);
    let citizen = citizen(row)?;
    let phone = number(&citizen, channel).map(|phone| phone.number.clone());
    let interpreter = citizen.needs.interpreter.then(|| citizen.language.clone()).flatten();
    let name = citizen.name.full();
    Ok(NoticeRow {
        id,
        citizen: citizen.id,
        kind,
        channel,
        phone,
        text,
        made_at,
        event_at,
        why,
        tries,
        name,
        interpreter,
        recipient,
        has_letter,
    })
}

pub(super) fn unreadable<E>(_: E) -> StoreError {
    StoreError::Unreadable { what: "notice" }
}

pub(super) fn kind(row: &mut Row<'_>) -> Result<NoticeKind, StoreError> {
    NoticeKind::parse(&row.take::<String>()?).map_err(unreadable)
}

pub(super) fn channel(row: &mut Row<'_>) -> Result<NoticeChannel, StoreError> {
    NoticeChannel::parse(&row.take::<String>()?).map_err(unreadable)
}

fn citizen(row: &mut Row<'_>) -> Result<Citizen, StoreError> {
    serde_json::from_str(&row.take::<String>()?).map_err(|_| StoreError::Unreadable { what: "citizen" })
}

/// A text message goes to a mobile telephone; somebody who rings uses the preferred one.
pub(super) fn number(citizen: &Citizen, channel: NoticeChannel) -> Option<&Phone> {
    let mobile = citizen.phones.iter().find(|phone| phone.kind == domain::citizen::PhoneKind::Mobile);
    match channel {
        NoticeChannel::Sms => mobile,
        NoticeChannel::Call => citizen.phones.first(),
        NoticeChannel::Letter => None,
    }
}

/// Times that stand between two instants, with whose they are.
pub(super) fn times_between(
    tx: &mut Tx<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<(AppointmentId, Timestamp, Citizen)>, StoreError> {
    const SQL: &str = "select a.id, a.start_at, v.content from appointment a
        join citizen c on c.organization = a.organization and c.id = a.citizen
        join record_version v on v.organization = c.organization and v.citizen = c.id and v.kind = 'citizen'
            and v.id = c.id and v.version = c.version
        where a.organization = $1 and a.active and a.start_at > $2 and a.start_at < $3 order by a.start_at, a.id";
    tx.query(SQL, &[from.into(), until.into()], |row| Ok((AppointmentId(row.take()?), row.take()?, citizen(row)?)))
}

/// When citizens were last told of a time or a seat, by citizen and what it is about.
pub(super) fn told_since(
    tx: &mut Tx<'_>,
    since: Timestamp,
) -> Result<BTreeMap<(CitizenId, Uuid), Timestamp>, StoreError> {
    const SQL: &str = "select citizen, subject, max(made_at) from notice
        where organization = $1 and kind in ('confirmed', 'seat') and made_at >= $2 group by citizen, subject";
    let rows = tx.query(SQL, &[since.into()], |row| {
        Ok(((CitizenId(row.take()?), row.take::<Uuid>()?), row.take::<Timestamp>()?))
    })?;
    Ok(rows.into_iter().collect())
}

/// A reminder that was made.
pub(super) struct Waiting {
    pub(super) id: NoticeId,
    pub(super) citizen: CitizenId,
    pub(super) subject: Uuid,
    pub(super) event_at: Timestamp,
    pub(super) kind: NoticeKind,
    pub(super) channel: NoticeChannel,
    pub(super) state: NoticeState,
    /// It goes another way than it should, since that failed.
    pub(super) failed: bool,
}

/// Reminders of what lies ahead, and whatever still waits to be said of what does not.
pub(super) fn reminders_since(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Waiting>, StoreError> {
    const SQL: &str = "select id, citizen, subject, event_at, kind, channel, state, why is not null from notice
        where organization = $1 and event_at is not null and ((state = 'waiting' and event_at <= $2)
            or (kind in ('reminder', 'day_reminder') and state <> 'dropped' and event_at > $2))";
    tx.query(SQL, &[now.into()], |row| {
        let (id, citizen) = (NoticeId(row.take()?), CitizenId(row.take()?));
        let (subject, event_at) = (row.take()?, row.take()?);
        let (kind, channel) = (kind(row)?, channel(row)?);
        let state = NoticeState::parse(&row.take::<String>()?).map_err(unreadable)?;
        Ok(Waiting { id, citizen, subject, event_at, kind, channel, state, failed: row.take()? })
    })
}
