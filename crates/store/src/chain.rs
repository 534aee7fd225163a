//! Hash chains: each entry carries the hash of the one before, so that nothing can be taken out or changed unseen.
//!
//! One chain of changes and one of reads per organization. The hash is SHA-256 over the previous hash and the
//! entry's own fields with their lengths, so that no two different entries give the same bytes.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::connection::Connection;
use crate::value::instant_text;
use crate::{Engine, Scope, StoreError, Value};

/// Which chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Log {
    Audit,
    Access,
}

impl Log {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Audit => "audit",
            Self::Access => "access",
        }
    }
}

/// The fields of an entry, in order, as they go into its hash.
pub(crate) struct Link {
    hasher: Sha256,
}

impl Link {
    pub(crate) fn after(previous: &[u8], organization: i64, seq: i64, at: Timestamp) -> Self {
        let mut link = Self { hasher: Sha256::new() };
        link.field(previous);
        link.field(&organization.to_be_bytes());
        link.field(&seq.to_be_bytes());
        link.field(instant_text(at).as_bytes());
        link
    }

    pub(crate) fn field(&mut self, bytes: &[u8]) {
        self.hasher.update((bytes.len() as u64).to_be_bytes());
        self.hasher.update(bytes);
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.hasher.finalize().to_vec()
    }
}

/// A change as it stands in the chain.
pub(crate) struct AuditEntry<'a> {
    pub at: Timestamp,
    pub actor: Uuid,
    pub action: &'a str,
    pub reason: Option<&'a str>,
    pub records: &'a str,
}

impl AuditEntry<'_> {
    pub(crate) fn hash(&self, previous: &[u8], organization: i64, seq: i64) -> Vec<u8> {
        let mut link = Link::after(previous, organization, seq, self.at);
        link.field(self.actor.as_bytes());
        link.field(self.action.as_bytes());
        link.field(self.reason.unwrap_or_default().as_bytes());
        link.field(self.records.as_bytes());
        link.finish()
    }
}

/// A read as it stands in the chain.
pub(crate) struct AccessEntry<'a> {
    pub at: Timestamp,
    pub actor: Uuid,
    pub what: &'a str,
    pub purpose: &'a str,
    pub citizen: Option<Uuid>,
    pub shown: Option<&'a [u8]>,
}

impl AccessEntry<'_> {
    pub(crate) fn hash(&self, previous: &[u8], organization: i64, seq: i64) -> Vec<u8> {
        let mut link = Link::after(previous, organization, seq, self.at);
        link.field(self.actor.as_bytes());
        link.field(self.what.as_bytes());
        link.field(self.purpose.as_bytes());
        link.field(self.citizen.as_ref().map_or(&[][..], |id| id.as_bytes()));
        link.field(self.shown.unwrap_or_default());
        link.finish()
    }
}

/// Appends an entry: `fields` are its columns between `actor` and `hash`, in the order of `sql`.
///
/// It is the last thing that a transaction does: on SQLite, whose one writer lets nobody else in before the group's
/// commit, the chain's head then moves in memory, and only its last place is written.
pub(crate) fn append(
    connection: &mut Connection,
    scope: &Scope,
    log: Log,
    sql: &'static str,
    fields: &[Value<'_>],
    hash: impl FnOnce(&[u8], i64) -> Vec<u8>,
) -> Result<(), StoreError> {
    let organization = scope.organization;
    let (last, previous) = head(connection, organization, log)?;
    let seq = last + 1;
    let hash = hash(&previous, seq);
    let mut values: Vec<Value<'_>> = vec![organization.into(), seq.into(), scope.at.into(), scope.actor.into()];
    values.extend_from_slice(fields);
    values.push((&hash).into());
    connection.execute(sql, &values)?;
    match connection.engine() {
        Engine::Sqlite => {
            connection.group.heads.insert((organization, log), (seq, hash));
            Ok(())
        }
        Engine::Postgres => advance(connection, organization, log, seq, &hash),
    }
}

/// Number and hash of the last entry; locks the chain's head on PostgreSQL until the transaction ends.
fn head(connection: &mut Connection, organization: i64, log: Log) -> Result<(i64, Vec<u8>), StoreError> {
    if let Some(moved) = connection.group.heads.get(&(organization, log)) {
        return Ok(moved.clone());
    }
    let sql = match connection.engine() {
        Engine::Sqlite => "select seq, hash from chain where organization = $1 and log = $2",
        Engine::Postgres => "select seq, hash from chain where organization = $1 and log = $2 for update",
    };
    let rows = connection.query(sql, &[organization.into(), log.name().into()], |r| Ok((r.take()?, r.take()?)))?;
    rows.into_iter().next().ok_or(StoreError::NoOrganization)
}

/// Moves the head on.
pub(crate) fn advance(
    connection: &mut Connection,
    organization: i64,
    log: Log,
    seq: i64,
    hash: &[u8],
) -> Result<(), StoreError> {
    const SQL: &str = "update chain set seq = $3, hash = $4 where organization = $1 and log = $2";
    let values: [Value<'_>; 4] = [organization.into(), log.name().into(), seq.into(), hash.into()];
    connection.execute(SQL, &values).map(|_| ())
}
