//! A change asked for through the API: who asks, the version it builds on (`If-Match`), its key (`Idempotency-Key`) and
//! its input, read together; and what is answered: ids and versions, never the record itself, so that kept answers hold
//! nothing about a citizen.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::{Expected, Seen, Tx};
use uuid::Uuid;

use super::{Answer, ApiJson, Failure, IdempotencyKey, IfMatch, idempotent};
use crate::records::{self, Record};
use crate::{App, AppError, Caller};

/// A change on its way in.
pub struct Command<T> {
    go: Go,
    key: IdempotencyKey,
    hash: [u8; 32],
    input: T,
}

/// What the work of a change has at hand.
#[derive(Clone)]
pub struct Go {
    /// The program.
    pub app: App,
    /// Who asks.
    pub who: Caller,
    /// The version that the change builds on.
    pub version: Option<i64>,
}

/// A change that needs nothing said.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub struct NoInput {}

/// A record after a change.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
pub struct Changed {
    /// The record.
    pub id: Uuid,
    /// Its version now; also the entity tag of the answer.
    pub version: i64,
}

impl<T: DeserializeOwned> FromRequest<App> for Command<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let who = <Caller as FromRequestParts<App>>::from_request_parts(&mut parts, app).await?;
        let IfMatch(version) = IfMatch::from_request_parts(&mut parts, app).await?;
        let key = IdempotencyKey::from_request_parts(&mut parts, app).await?;
        let ApiJson { value, hash } = ApiJson::from_request(Request::from_parts(parts, body), app).await?;
        Ok(Self { go: Go { app: app.clone(), who, version }, key, hash, input: value })
    }
}

impl<T> Command<T> {
    /// Does the work, once per key. A record that is not of the version asked for is 412, one that a colleague saved at the
    /// same moment 409.
    pub async fn run(self, work: impl AsyncFnOnce(Go, T) -> Result<Answer, AppError>) -> Result<Answer, Failure> {
        let Self { go, key, hash, input } = self;
        let (app, who, conditional) = (go.app.clone(), go.who.clone(), go.version.is_some());
        let answer = idempotent(&app, &who, key, hash, async move || work(go, input).await).await;
        answer.map_err(|failure| match failure.code {
            "changed" if conditional => Failure { status: StatusCode::PRECONDITION_FAILED, ..failure },
            _ => failure,
        })
    }
}

impl Go {
    /// The change is refused, in its transaction, when `If-Match` is no longer true of this record; for commands that
    /// take no version themselves.
    pub async fn expect<R: Record>(&mut self, id: Uuid) -> Result<(), AppError> {
        if self.version.is_none() {
            return Ok(());
        }
        let scope = self.who.scope("version", self.app.now());
        let find = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(citizen_of::<R>(tx, id)?));
        let citizen = self.app.store.view(scope, find).await?;
        self.expect_of::<R>(citizen, id);
        Ok(())
    }

    /// The same when it is known whose record it is.
    pub fn expect_of<R: Record>(&mut self, citizen: Uuid, id: Uuid) {
        self.who.builds_on = self.version.map(|version| Expected { kind: R::KIND, citizen, id, version });
    }

    /// The record was changed: its id and version.
    pub async fn changed<R: Record>(&self, id: Uuid) -> Result<Answer, AppError> {
        let version = self.version_after::<R>(id).await?;
        Answer::version(&Changed { id, version }, version)
    }

    /// The same with an answer of its own.
    pub async fn answer<R: Record, T: Serialize>(&self, id: Uuid, answer: &T) -> Result<Answer, AppError> {
        Answer::version(answer, self.version_after::<R>(id).await?)
    }

    /// Something came into being by a change of this record.
    pub async fn created<R: Record, T: Serialize>(&self, id: Uuid, answer: &T) -> Result<Answer, AppError> {
        Answer::created(answer, self.version_after::<R>(id).await?)
    }

    /// Something that may have been there before: its id and version.
    pub async fn made_or_found<R: Record>(&self, id: Uuid) -> Result<Answer, AppError> {
        let version = self.stored_version::<R>(id).await?;
        Answer::created(&Changed { id, version }, version)
    }

    /// Something came into being that has a version of its own.
    pub fn made(id: Uuid) -> Result<Answer, AppError> {
        Answer::created(&Changed { id, version: 1 }, 1)
    }

    /// Never further than one step from what the caller built on: what a colleague saved after it was not seen.
    async fn version_after<R: Record>(&self, id: Uuid) -> Result<i64, AppError> {
        let stored = self.stored_version::<R>(id).await?;
        Ok(self.version.map_or(stored, |builds_on| stored.min(builds_on + 1)))
    }

    async fn stored_version<R: Record>(&self, id: Uuid) -> Result<i64, AppError> {
        let scope = self.who.scope("version", self.app.now());
        let find = move |tx: &mut Tx<'_>| {
            let citizen = citizen_of::<R>(tx, id)?;
            let found = records::one::<R>(tx, citizen, id)?.ok_or(AppError::NotFound(R::KIND))?;
            Ok::<_, AppError>(Seen::nothing(found.version))
        };
        self.app.store.view(scope, find).await
    }
}

/// Whose record it is; nil for one about nobody.
fn citizen_of<R: Record>(tx: &mut Tx<'_>, id: Uuid) -> Result<Uuid, AppError> {
    match R::KIND {
        "team" | "partner" | "practitioner_role" | "instrument" | "offer" | "estimate" | "pack_schedule" => {
            Ok(Uuid::nil())
        }
        kind => Ok(records::citizen_of(tx, kind, id)?.0),
    }
}
