//! What runs inside a transaction: statements bound to one organization, versions, and their place in the audit.

use std::any::Any;
use std::fmt::Write;

use hashbrown::HashSet;
use serde::Serialize;
use uuid::Uuid;

use crate::canonical;
use crate::chain::{self, AccessEntry, AuditEntry, Log};
use crate::connection::Connection;
use crate::dialect::Engine;
use crate::group;
use crate::{Access, Expected, Row, Scope, StoreError, Value};

/// A transaction of one organization. `$1` is always its key; statements name the others from `$2` on.
///
/// PostgreSQL refuses a statement that leaves `$1` out, so a forgotten `organization = $1` cannot pass the tests.
pub struct Tx<'c> {
    connection: &'c mut Connection,
    scope: Scope,
    /// What was saved, for the audit row: `citizen/kind/id/version/hash` per line.
    saved: String,
    /// What was done for a subject once and needs no second time.
    named: HashSet<Uuid>,
}

/// A record as it was read: its value and the version a change must build on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Versioned<T> {
    /// The version read; zero for one that is not stored yet.
    pub version: i64,
    /// The record.
    pub value: T,
}

/// A version about to be stored.
#[derive(Debug, Clone, Copy)]
pub struct NewVersion<'a, T> {
    /// Stable word of what it is.
    pub kind: &'static str,
    /// About whom; the nil id for records about no citizen.
    pub citizen: Uuid,
    /// Which record.
    pub id: Uuid,
    /// The version it builds on; zero for a new record.
    pub builds_on: i64,
    /// What it is now.
    pub content: &'a T,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(connection: &'c mut Connection, scope: Scope) -> Self {
        Self { connection, scope, saved: String::new(), named: HashSet::new() }
    }

    /// Tells PostgreSQL whose rows may be seen: the second lock beside `$1`.
    pub(crate) fn begin_scope(&mut self) -> Result<(), StoreError> {
        if self.connection.engine() == Engine::Postgres {
            const SQL: &str = "select set_config('forebyg.organization', $1, true)";
            let organization = self.scope.organization.to_string();
            self.connection.query(SQL, &[Value::Text(&organization)], |_| Ok(()))?;
        }
        Ok(())
    }

    /// Refuses a change whose record is no longer of the version it was asked for. One that is not there is left to the
    /// work, which knows what to say about it.
    pub(crate) fn check_expected(&mut self) -> Result<(), StoreError> {
        const SQL: &str = "select version from record_version
            where organization = $1 and citizen = $2 and kind = $3 and id = $4 order by version desc limit 1";
        let Some(Expected { kind, citizen, id, version: expected }) = self.scope.expects else { return Ok(()) };
        let found = self.first(SQL, &[citizen.into(), kind.into(), id.into()], |r| r.take::<i64>())?;
        found.filter(|found| *found != expected).map_or(Ok(()), |found| Err(StoreError::Changed { expected, found }))
    }

    /// On PostgreSQL a colleague may commit between that check and the reading: what is saved first of the record must
    /// build on the version expected. It is expected no more then.
    fn keep_expected(&mut self, kind: &'static str, id: Uuid, builds_on: i64) -> Result<(), StoreError> {
        match self.scope.expects {
            Some(expects) if expects.kind == kind && expects.id == id => {
                self.scope.expects = None;
                let expected = expects.version;
                if builds_on == expected { Ok(()) } else { Err(StoreError::Changed { expected, found: builds_on }) }
            }
            _ => Ok(()),
        }
    }

    /// Whose data, who, when, why.
    pub const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Which engine runs it.
    pub const fn engine(&self) -> Engine {
        self.connection.engine()
    }

    /// Runs a statement; says how many rows it touched.
    pub fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let bound = self.bind(values);
        self.connection.execute(sql, &bound)
    }

    /// Runs a query and reads each row.
    pub fn query<T>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        read: impl FnMut(&mut Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let bound = self.bind(values);
        self.connection.query(sql, &bound, read)
    }

    /// Runs a query over the reporting schema that was put together of texts of the program, and of nothing else.
    pub fn ask<T>(
        &mut self,
        built: &analysis::Built,
        values: &[Value<'_>],
        read: impl FnMut(&mut Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let bound = self.bind(values);
        let sql = self.engine().reporting(&built.text());
        self.connection.query_once(&sql, &bound, read)
    }

    /// The first row of a query, when there is one.
    pub fn first<T>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        read: impl FnMut(&mut Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.query(sql, values, read)?.into_iter().next())
    }

    /// Stores a new version and notes it for the audit. A version that exists already is [`StoreError::Conflict`].
    pub fn save<T: Serialize>(&mut self, new: NewVersion<'_, T>) -> Result<i64, StoreError> {
        const SQL: &str =
            "insert into record_version (organization, citizen, kind, id, version, at, actor, reason, content)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        self.keep_expected(new.kind, new.id, new.builds_on)?;
        let version = new.builds_on + 1;
        let content = canonical::text(new.content).map_err(|_| StoreError::Unreadable { what: new.kind })?;
        let hash = sha256_hex(content.as_bytes());
        let reason = self.scope.reason.clone();
        let (at, actor) = (self.scope.at, self.scope.actor);
        self.execute(
            SQL,
            &[
                new.citizen.into(),
                new.kind.into(),
                new.id.into(),
                version.into(),
                at.into(),
                actor.into(),
                reason.as_deref().into(),
                Value::Json(&content),
            ],
        )
        .map_err(|error| if matches!(error, StoreError::Exists) { StoreError::Conflict } else { error })?;
        let _ = writeln!(self.saved, "{}/{}/{}/{version}/{hash}", new.citizen, new.kind, new.id);
        Ok(version)
    }

    /// Notes something for the audit that is no version: an export, a log-in, a deletion by retention.
    pub fn note(&mut self, what: &str) {
        self.saved.push_str(what);
        self.saved.push('\n');
    }

    /// Whether this is the first time in the transaction that a subject is named.
    pub fn first_time(&mut self, subject: Uuid) -> bool {
        self.named.insert(subject)
    }

    /// What was put together of a subject's rows and [`Self::keep`] took, when it still stands. Whoever changes the rows
    /// changes it with them, or makes it [`Self::forget`].
    pub fn kept<T: Any + Send>(&mut self, subject: Uuid) -> Option<&mut T> {
        self.connection.group.kept((self.scope.organization, subject))?.downcast_mut()
    }

    /// Keeps what was put together of a subject's rows until this transaction is undone or another process commits; in a read,
    /// until its end. On PostgreSQL, where others commit meanwhile, nothing is kept.
    pub fn keep<T: Any + Send>(&mut self, subject: Uuid, what: T) {
        if self.engine() == Engine::Sqlite {
            self.connection.group.keep((self.scope.organization, subject), Box::new(what));
        }
    }

    /// Forgets what was kept of every subject.
    pub fn forget(&mut self) {
        self.connection.group.forget();
    }

    /// The next number of a counter that never repeats.
    pub fn next_number(&mut self, name: &'static str) -> Result<i64, StoreError> {
        const SQL: &str = "insert into counter (organization, name, next) values ($1, $2, 2)
            on conflict (organization, name) do update set next = counter.next + 1 returning next - 1";
        match self.engine() {
            Engine::Sqlite => group::next_number(self.connection, self.scope.organization, name),
            Engine::Postgres => self.first(SQL, &[name.into()], |r| r.take())?.ok_or(StoreError::NoOrganization),
        }
    }

    /// The number of the organization's newest change: what was read after it in a [`crate::Store::view`] holds as long as
    /// the number does.
    pub fn newest_change(&mut self) -> Result<i64, StoreError> {
        const SQL: &str = "select seq from chain where organization = $1 and log = $2";
        self.first(SQL, &[Log::Audit.name().into()], |r| r.take())?.ok_or(StoreError::NoOrganization)
    }

    /// Lets no other transaction of the organization that asks for the same name in before this one ends.
    ///
    /// SQLite has one writer, so there it is always so.
    pub fn lock(&mut self, name: &str) -> Result<(), StoreError> {
        const SQL: &str = "select pg_advisory_xact_lock(hashtextextended($2, $1))";
        if self.engine() == Engine::Postgres {
            self.query(SQL, &[name.into()], |_| Ok(()))?;
        }
        Ok(())
    }

    /// Statements about no organization: log-in, sessions, organizations themselves. Never citizen data.
    pub const fn unscoped(&mut self) -> Unscoped<'_> {
        Unscoped::new(self.connection)
    }

    /// Writes the audit row of what was saved; nothing when nothing was.
    pub(crate) fn finish(mut self) -> Result<(), StoreError> {
        if self.saved.is_empty() {
            return Ok(());
        }
        let records = std::mem::take(&mut self.saved);
        append_audit(self.connection, &self.scope, &records)
    }

    fn bind<'v>(&self, values: &[Value<'v>]) -> Vec<Value<'v>> {
        let mut bound = Vec::with_capacity(values.len() + 1);
        bound.push(Value::Int(self.scope.organization));
        bound.extend_from_slice(values);
        bound
    }
}

/// Statements without an organization.
pub struct Unscoped<'c> {
    connection: &'c mut Connection,
}

impl<'c> Unscoped<'c> {
    pub(crate) const fn new(connection: &'c mut Connection) -> Self {
        Self { connection }
    }

    /// Runs a statement.
    pub fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.connection.execute(sql, values)
    }

    /// Runs a query.
    pub fn query<T>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        read: impl FnMut(&mut Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.connection.query(sql, values, read)
    }
}

fn append_audit(connection: &mut Connection, scope: &Scope, records: &str) -> Result<(), StoreError> {
    const SQL: &str = "insert into audit (organization, seq, at, actor, action, reason, records, hash)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let reason = scope.reason.as_deref();
    let entry = AuditEntry { at: scope.at, actor: scope.actor, action: scope.action, reason, records };
    let fields = [scope.action.into(), reason.into(), records.into()];
    chain::append(connection, scope, Log::Audit, SQL, &fields, |previous, seq| {
        entry.hash(previous, scope.organization, seq)
    })
}

/// Writes what a read showed.
pub(crate) fn append_access(connection: &mut Connection, scope: &Scope, access: &Access) -> Result<(), StoreError> {
    const SQL: &str = "insert into access_log (organization, seq, at, actor, what, purpose, citizen, shown, hash)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let (citizen, shown) = match access {
        Access::Nothing => return Ok(()),
        Access::Record(citizen) => (Some(*citizen), None),
        Access::List(citizens) => {
            (None, Some(citizens.iter().flat_map(|id| id.as_bytes().iter().copied()).collect::<Vec<u8>>()))
        }
    };
    let (purpose, shown) = (scope.reason.as_deref().unwrap_or_default(), shown.as_deref());
    let entry = AccessEntry { at: scope.at, actor: scope.actor, what: scope.action, purpose, citizen, shown };
    let fields = [scope.action.into(), purpose.into(), citizen.into(), shown.into()];
    chain::append(connection, scope, Log::Access, SQL, &fields, |previous, seq| {
        entry.hash(previous, scope.organization, seq)
    })
}

/// SHA-256 as lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    Sha256::digest(bytes).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
