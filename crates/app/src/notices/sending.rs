//! SQL of sending text messages.

use domain::ids::NoticeId;
use jiff::{SignedDuration, Timestamp};
use store::{StoreError, Tx};

/// So many are sent in a round; the rest follow in the next.
const AT_ONCE: i64 = 100;

/// A message that has been on its way for so long was lost when the program stopped.
const LOST_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// What a round has to look at.
pub(super) struct ToSend {
    /// Waiting, with how often and when it was last tried.
    pub(super) waiting: Vec<(NoticeId, i64, Option<Timestamp>)>,
    /// Of which nobody knows whether they were sent.
    pub(super) lost: Vec<NoticeId>,
}

/// The messages to send, the oldest first.
pub(super) fn to_send(tx: &mut Tx<'_>, now: Timestamp) -> Result<ToSend, StoreError> {
    const WAITING: &str = "select id, tries, tried_at from notice
        where organization = $1 and state = 'waiting' and channel = 'sms' and (event_at is null or event_at > $2)
        order by made_at, id limit $3";
    const LOST: &str = "select id from notice where organization = $1 and state = 'sending' and tried_at < $2";
    let before = now.saturating_sub(LOST_AFTER).unwrap_or(Timestamp::MIN);
    Ok(ToSend {
        waiting: tx.query(WAITING, &[now.into(), AT_ONCE.into()], |row| {
            Ok((NoticeId(row.take()?), row.take()?, row.take()?))
        })?,
        lost: tx.query(LOST, &[before.into()], |row| Ok(NoticeId(row.take()?)))?,
    })
}

/// Marks a message as being sent and gives its text; none when somebody else has it, gave it or dropped it.
pub(super) fn claim(tx: &mut Tx<'_>, id: NoticeId, now: Timestamp) -> Result<Option<String>, StoreError> {
    const SQL: &str = "update notice set state = 'sending', tries = tries + 1, tried_at = $3
        where organization = $1 and id = $2 and state = 'waiting' and channel = 'sms'
            and (event_at is null or event_at > $3)";
    const TEXT: &str = "select text from notice where organization = $1 and id = $2";
    if tx.execute(SQL, &[id.0.into(), now.into()])? == 0 {
        return Ok(None);
    }
    tx.first(TEXT, &[id.0.into()], |row| row.take())
}

/// How often it was tried.
pub(super) fn tries(tx: &mut Tx<'_>, id: NoticeId) -> Result<i64, StoreError> {
    const SQL: &str = "select tries from notice where organization = $1 and id = $2";
    Ok(tx.first(SQL, &[id.0.into()], |row| row.take())?.unwrap_or(0))
}

/// It was handed over.
pub(super) fn done(tx: &mut Tx<'_>, id: NoticeId) -> Result<(), StoreError> {
    const SQL: &str = "update notice set state = 'done', ended_at = $3
        where organization = $1 and id = $2 and state = 'sending'";
    let at = tx.scope().at;
    tx.execute(SQL, &[id.0.into(), at.into()]).map(|_| ())
}

/// It waits for its next try.
pub(super) fn again(tx: &mut Tx<'_>, id: NoticeId) -> Result<(), StoreError> {
    const SQL: &str = "update notice set state = 'waiting' where organization = $1 and id = $2 and state = 'sending'";
    tx.execute(SQL, &[id.0.into()]).map(|_| ())
}

/// A colleague rings instead, and reads why.
pub(super) fn becomes_call(tx: &mut Tx<'_>, id: NoticeId, why: &str) -> Result<(), StoreError> {
    const SQL: &str = "update notice set state = 'waiting', channel = 'call', why = $3
        where organization = $1 and id = $2 and state in ('waiting', 'sending')";
    tx.execute(SQL, &[id.0.into(), why.into()]).map(|_| ())
}

/// Messages that wait or are on their way, and those of them that could not be sent.
pub(super) fn counts(tx: &mut Tx<'_>) -> Result<(i64, i64), StoreError> {
    const SQL: &str = "select count(*), count(why) from notice
        where organization = $1 and state in ('waiting', 'sending')";
    Ok(tx.first(SQL, &[], |row| Ok((row.take()?, row.take()?)))?.unwrap_or((0, 0)))
}
