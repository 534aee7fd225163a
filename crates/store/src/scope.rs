//! Whose data, who acts, when and why: every transaction has one.

use jiff::Timestamp;
use uuid::Uuid;

/// The frame of a transaction. Nothing can be read or written without one.
#[derive(Debug, Clone)]
pub struct Scope {
    /// The organization whose data it is; `$1` of every statement.
    pub organization: i64,
    /// Who acts: a user, or the nil id for the program itself.
    pub actor: Uuid,
    /// The time by the program's clock.
    pub at: Timestamp,
    /// What is done, as a stable word: `referral.check`, `worklist`.
    pub action: &'static str,
    /// Why, when a reason was given.
    pub reason: Option<String>,
    /// The version that a change must find.
    pub expects: Option<Expected>,
}

/// A record in the version that somebody saw before they asked for a change (`If-Match`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// Stable word of what it is.
    pub kind: &'static str,
    /// About whom; the nil id for records about no citizen.
    pub citizen: Uuid,
    /// Which record.
    pub id: Uuid,
    /// The version seen.
    pub version: i64,
}

impl Scope {
    /// The program's own work, such as jobs and incoming messages.
    pub const fn system(organization: i64, at: Timestamp, action: &'static str) -> Self {
        Self { organization, actor: Uuid::nil(), at, action, reason: None, expects: None }
    }
}

/// What a read showed; no read of citizen data returns without one.
#[derive(Debug, Clone)]
pub struct Seen<T> {
    /// What was asked for.
    pub value: T,
    /// What goes into the access log.
    pub access: Access,
}

/// What goes into the access log about a read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// One citizen's record was opened.
    Record(Uuid),
    /// A list showed these citizens.
    List(Vec<Uuid>),
    /// Nothing about any citizen was shown.
    Nothing,
}

impl<T> Seen<T> {
    /// One citizen's record.
    pub const fn record(citizen: Uuid, value: T) -> Self {
        Self { value, access: Access::Record(citizen) }
    }

    /// A list of citizens.
    pub const fn list(citizens: Vec<Uuid>, value: T) -> Self {
        Self { value, access: Access::List(citizens) }
    }

    /// Nothing about any citizen.
    pub const fn nothing(value: T) -> Self {
        Self { value, access: Access::Nothing }
    }
}
