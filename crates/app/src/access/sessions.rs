//! Sessions in the table `session`, for tower-sessions. The clock is the program's own; a session ends after an hour
//! without use and eight hours after log-in.
//!
//! The table holds the SHA-256 of the cookie: who reads the database cannot take over a session.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::ids::UserId;
use domain::permission::Role;
use jiff::{SignedDuration, Timestamp};
use rand::RngExt;
use serde::{Deserialize, Serialize};
use store::{Store, StoreError, sha256_hex};
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Error as SessionError, Id, Record};
use tower_sessions::{Session, SessionStore, session_store};

use crate::{App, AppError, Caller, Clock};

/// Ends after this long without use.
const IDLE: SignedDuration = SignedDuration::from_mins(60);
/// Ends this long after log-in, used or not.
const ABSOLUTE: SignedDuration = SignedDuration::from_hours(8);
/// Use is written down at most this often, so that reading a page does not write.
const TOUCH: SignedDuration = SignedDuration::from_mins(1);

const WHO: &str = "who";
const STARTED: &str = "started";
const TOUCHED: &str = "touched";
const NOTICE: &str = "notice";

/// What was just done, and where it can be undone.
pub(crate) type NoticeWords = (String, Option<String>);

/// What a session says about a request.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    /// Who.
    pub(crate) caller: Caller,
    /// Token of their forms.
    pub(crate) csrf: String,
    /// What was just done.
    pub(crate) notice: Option<NoticeWords>,
}

/// The caller as the session keeps them.
#[derive(Serialize, Deserialize)]
struct Who {
    organization: i64,
    user: UserId,
    name: String,
    initials: String,
    title: String,
    role: Role,
    csrf: String,
}

/// Who the session belongs to; writes down that it is used, at most once a minute.
pub(crate) async fn signed_in(app: &App, session: &Session) -> Result<Option<SignedIn>, AppError> {
    let Some(who) = session.get::<Who>(WHO).await.map_err(failed)? else { return Ok(None) };
    let notice = session.get::<NoticeWords>(NOTICE).await.map_err(failed)?;
    let touched = session.get::<i64>(TOUCHED).await.map_err(failed)?.unwrap_or(0);
    let now = app.now().as_millisecond();
    if i128::from(now - touched) >= TOUCH.as_millis() {
        session.insert(TOUCHED, now).await.map_err(failed)?;
    }
    let Who { organization, user, name, initials, title, role, csrf } = who;
    Ok(Some(SignedIn {
        caller: Caller { organization, user, name, initials, title, role, builds_on: None },
        csrf,
        notice,
    }))
}

/// Starts a session under a new id; whatever the browser had before is gone.
pub(crate) async fn start(app: &App, session: &Session, caller: &Caller) -> Result<(), AppError> {
    forget_expired(app).await?;
    session.clear().await;
    session.cycle_id().await.map_err(failed)?;
    let Caller { organization, user, name, initials, title, role, builds_on: _ } = caller.clone();
    let who = Who { organization, user, name, initials, title, role, csrf: random_word() };
    let now = app.now().as_millisecond();
    session.insert(WHO, who).await.map_err(failed)?;
    session.insert(STARTED, now).await.map_err(failed)?;
    session.insert(TOUCHED, now).await.map_err(failed)
}

/// A choice of the user's that the session keeps, such as the view of a list.
pub(crate) async fn chosen(session: &Session, what: &str) -> Result<Option<String>, AppError> {
    session.get::<String>(what).await.map_err(failed)
}

/// Keeps a choice for as long as the session lasts.
pub(crate) async fn choose(session: &Session, what: &str, choice: &str) -> Result<(), AppError> {
    session.insert(what, choice).await.map_err(failed)
}

/// Ends a session.
pub(crate) async fn end(session: &Session) -> Result<(), AppError> {
    session.flush().await.map_err(failed)
}

/// Ends every session of a user. The table has no column for the user: this is rare, and
/// the sessions of a day are few.
pub(super) async fn end_all_of(app: &App, user: UserId) -> Result<(), AppError> {
    const LIVE: &str = "select id, data from session where expires_at > $1";
    let now = app.now();
    app.store
        .maintain(move |unscoped| {
            let live = unscoped.query(LIVE, &[now.into()], |r| Ok((r.take::<String>()?, r.take::<Vec<u8>>()?)))?;
            for (id, _) in live.iter().filter(|(_, data)| user_of(data) == Some(user)) {
                unscoped.execute("delete from session where id = $1", &[id.into()])?;
            }
            Ok::<_, AppError>(())
        })
        .await
}

fn user_of(data: &[u8]) -> Option<UserId> {
    let data: HashMap<String, serde_json::Value> = serde_json::from_slice(data).ok()?;
    serde_json::from_value(data.get(WHO)?.get("user")?.clone()).ok()
}

/// Deletes the sessions whose time has passed.
async fn forget_expired(app: &App) -> Result<(), AppError> {
    const OVER: &str = "delete from session where expires_at <= $1";
    let now = app.now();
    app.store.maintain(move |unscoped| Ok(unscoped.execute(OVER, &[now.into()]).map(|_| ())?)).await
}

/// Shows a text on the next page.
pub(crate) async fn set_notice(session: &Session, notice: NoticeWords) -> Result<(), AppError> {
    session.insert(NOTICE, notice).await.map_err(failed)
}

/// Has shown it.
pub(crate) async fn clear_notice(session: &Session) -> Result<(), AppError> {
    session.remove::<NoticeWords>(NOTICE).await.map(|_| ()).map_err(failed)
}

/// 32 random bytes as letters that may stand in an address or a cookie.
pub(crate) fn random_word() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(rand::rng().random::<[u8; 32]>())
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn failed(error: SessionError) -> AppError {
    tracing::error!(%error, "a session could not be read or written");
    StoreError::Unreadable { what: "session" }.into()
}

/// The table as tower-sessions sees it.
#[derive(Clone)]
pub(crate) struct SessionTable {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl SessionTable {
    pub(crate) fn new(app: &App) -> Self {
        Self { store: app.store.clone(), clock: Arc::clone(&app.clock) }
    }

    fn row(&self, record: &Record) -> session_store::Result<(String, Vec<u8>, Timestamp)> {
        let data = serde_json::to_vec(&record.data).map_err(|e| session_store::Error::Encode(e.to_string()))?;
        let started = record.data.get(STARTED).and_then(serde_json::Value::as_i64);
        Ok((key(&record.id), data, expiry(self.clock.now(), started)))
    }
}

impl fmt::Debug for SessionTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionTable")
    }
}

fn expiry(now: Timestamp, started: Option<i64>) -> Timestamp {
    let started = started.and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or(now);
    (now + IDLE).min(started + ABSOLUTE)
}

fn key(id: &Id) -> String {
    sha256_hex(id.to_string().as_bytes())
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn backend(error: StoreError) -> session_store::Error {
    session_store::Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for SessionTable {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        const SQL: &str = "insert into session (id, data, expires_at) values ($1, $2, $3)";
        let (id, data, expires) = self.row(record)?;
        self.store
            .maintain(move |u| u.execute(SQL, &[(&id).into(), (&data).into(), expires.into()]).map(|_| ()))
            .await
            .map_err(backend)
    }

    /// Updates only: a session that was ended meanwhile does not come back.
    async fn save(&self, record: &Record) -> session_store::Result<()> {
        const SQL: &str = "update session set data = $2, expires_at = $3 where id = $1";
        let (id, data, expires) = self.row(record)?;
        self.store
            .maintain(move |u| u.execute(SQL, &[(&id).into(), (&data).into(), expires.into()]).map(|_| ()))
            .await
            .map_err(backend)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        const SQL: &str = "select data, expires_at from session where id = $1 and expires_at > $2";
        let (key, now) = (key(id), self.clock.now());
        let row = self
            .store
            .look_up(move |u| {
                u.query(SQL, &[(&key).into(), now.into()], |r| Ok((r.take::<Vec<u8>>()?, r.take::<Timestamp>()?)))
            })
            .await
            .map_err(backend)?
            .into_iter()
            .next();
        let Some((data, expires)) = row else { return Ok(None) };
        let data: HashMap<String, serde_json::Value> =
            serde_json::from_slice(&data).map_err(|e| session_store::Error::Decode(e.to_string()))?;
        let expiry_date =
            OffsetDateTime::from_unix_timestamp(expires.as_second()).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        let key = key(id);
        self.store
            .maintain(move |u| u.execute("delete from session where id = $1", &[(&key).into()]).map(|_| ()))
            .await
            .map_err(backend)
    }
}
