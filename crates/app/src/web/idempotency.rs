//! `Idempotency-Key`: a request that is sent again gets the answer it got, instead of being carried out twice.
//!
//! The key is taken before the work and gets its answer after the commit. Should the process die in between, the key is
//! free again after [`ABANDONED`], and then the work may be done a second time: its own rules (`If-Match`, message ids)
//! are the guard against that. Only successes are kept, so that what failed can be tried again.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use jiff::{SignedDuration, Timestamp};
use store::{Scope, Seen, StoreError, Tx};

use super::{Answer, Failure};
use crate::{App, AppError, Caller};

/// After this long a key without an answer is taken to be abandoned.
const ABANDONED: SignedDuration = SignedDuration::from_mins(1);

/// A key is known for this long.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// The key of a request; none when it has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let Some(value) = parts.headers.get("idempotency-key") else { return Ok(Self(None)) };
        let key = value.to_str().ok().map(str::trim).filter(|key| (1..=200).contains(&key.len()));
        key.map(|key| Self(Some(key.to_owned()))).ok_or_else(|| {
            let text = "Idempotency-Key skal være 1-200 tegn uden særlige bogstaver.";
            Failure::new(StatusCode::BAD_REQUEST, "idempotency_key_unreadable", text)
        })
    }
}

/// Forgets the keys of an organization that are older than a day; nobody repeats a request for longer.
pub async fn forget_old_keys(app: &App, organization: i64) -> Result<(), AppError> {
    const SQL: &str = "delete from idempotency where organization = $1 and at < $2";
    let now = app.now();
    let scope = Scope::system(organization, now, "idempotency.forget");
    app.store.write(scope, move |tx| Ok(tx.execute(SQL, &[(now - KEPT).into()]).map(|_| ())?)).await
}

/// What is known about a key.
enum Known {
    New,
    InProgress,
    OtherRequest,
    Answered(Answer),
}

/// Does the work once per key. `hash` tells the request from another one, see [`ApiJson`](super::ApiJson).
pub async fn idempotent(
    app: &App,
    caller: &Caller,
    key: IdempotencyKey,
    hash: [u8; 32],
    work: impl AsyncFnOnce() -> Result<Answer, AppError>,
) -> Result<Answer, Failure> {
    let Some(key) = key.0 else { return Ok(work().await?) };
    match take(app, caller, key.clone(), hash).await? {
        Known::New => {}
        Known::Answered(answer) => return Ok(answer),
        Known::InProgress => return Err(in_progress()),
        Known::OtherRequest => return Err(reused()),
    }
    let result = work().await;
    keep(app, caller, key, result.as_ref().ok().cloned()).await;
    Ok(result?)
}

/// Whether a request was sent before under its key: then it is not asked about anew.
pub async fn sent_before(app: &App, caller: &Caller, key: &IdempotencyKey, hash: [u8; 32]) -> Result<bool, AppError> {
    let (Some(key), now) = (key.0.clone(), app.now()) else { return Ok(false) };
    let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(known(tx, &key, hash, now)?));
    let known = app.store.view(caller.scope("idempotency.known", now), read).await?;
    Ok(!matches!(known, Known::New))
}

fn in_progress() -> Failure {
    let text = "Den samme forespørgsel er ved at blive behandlet. Prøv igen om lidt.";
    Failure::new(StatusCode::CONFLICT, "idempotency_in_progress", text)
}

fn reused() -> Failure {
    let text = "Nøglen er brugt til en anden forespørgsel. Brug en ny Idempotency-Key.";
    Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused", text)
}

async fn take(app: &App, caller: &Caller, key: String, hash: [u8; 32]) -> Result<Known, AppError> {
    let now = app.now();
    app.store
        .write(caller.scope("idempotency.take", now), move |tx| match known(tx, &key, hash, now)? {
            Known::New if reserve(tx, &key, hash, now)? => Ok(Known::New),
            Known::New => Ok(Known::InProgress),
            other => Ok(other),
        })
        .await
}

fn known(tx: &mut Tx<'_>, key: &str, hash: [u8; 32], now: Timestamp) -> Result<Known, StoreError> {
    const SQL: &str =
        "select request_hash, status, body, etag, at from idempotency where organization = $1 and key = $2";
    let row = tx.first(SQL, &[key.into()], |r| {
        Ok((r.take::<Vec<u8>>()?, r.take::<i64>()?, r.take()?, r.take()?, r.take::<Timestamp>()?))
    })?;
    let Some((asked, status, body, etag, at)) = row else { return Ok(Known::New) };
    let status = u16::try_from(status).ok().and_then(|s| StatusCode::from_u16(s).ok());
    Ok(match status {
        _ if asked != hash => Known::OtherRequest,
        Some(status) => Known::Answered(Answer { status, body, etag }),
        None if at + ABANDONED < now => Known::New,
        None => Known::InProgress,
    })
}

/// Takes the key for this request; false when another one was faster. Status 0 stands for "no answer yet".
fn reserve(tx: &mut Tx<'_>, key: &str, hash: [u8; 32], now: Timestamp) -> Result<bool, StoreError> {
    const SQL: &str = "insert into idempotency (organization, key, request_hash, status, body, etag, at)
        values ($1, $2, $3, 0, '', null, $4) on conflict (organization, key) do update set at = excluded.at
        where idempotency.status = 0 and idempotency.at < $5";
    let values = [key.into(), hash.as_slice().into(), now.into(), (now - ABANDONED).into()];
    Ok(tx.execute(SQL, &values)? > 0)
}

/// The work is done by now: what fails here must not turn its success into an error.
async fn keep(app: &App, caller: &Caller, key: String, answer: Option<Answer>) {
    const ANSWERED: &str =
        "update idempotency set status = $3, body = $4, etag = $5 where organization = $1 and key = $2";
    const FREED: &str = "delete from idempotency where organization = $1 and key = $2";
    let scope = caller.scope("idempotency.keep", app.now());
    let kept = app.store.write(scope, move |tx| match &answer {
        Some(answer) => {
            let status = i64::from(answer.status.as_u16());
            tx.execute(ANSWERED, &[(&key).into(), status.into(), (&answer.body).into(), answer.etag.as_deref().into()])
        }
        None => tx.execute(FREED, &[(&key).into()]),
    });
    if let Err(error) = kept.await {
        tracing::warn!(%error, "an idempotency key did not get its answer");
    }
}
