//! Who is calling: a member of staff or another system, and for which organization.

use domain::ids::UserId;
use domain::permission::{Permission, Role};
use jiff::Timestamp;
use store::{Expected, Scope};

use crate::AppError;

/// A caller whose identity is established.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The organization they work for; they see no other.
    pub organization: i64,
    /// Who.
    pub user: UserId,
    /// Name.
    pub name: String,
    /// Two or three letters.
    pub initials: String,
    /// Title, such as "Sygeplejerske".
    pub title: String,
    /// Role.
    pub role: Role,
    /// The version that their change builds on (`If-Match`); carried into each transaction of the change.
    pub builds_on: Option<Expected>,
}

impl Caller {
    /// Refuses what the role may not do.
    pub fn require(&self, permission: Permission) -> Result<(), AppError> {
        if self.role.may(permission) { Ok(()) } else { Err(AppError::Forbidden(permission.word())) }
    }

    /// The frame of a transaction of theirs.
    pub fn scope(&self, action: &'static str, at: Timestamp) -> Scope {
        Scope { organization: self.organization, actor: self.user.0, at, action, reason: None, expects: self.builds_on }
    }

    /// The same, with the reason given.
    pub fn scope_because(&self, action: &'static str, at: Timestamp, reason: Option<String>) -> Scope {
        Scope { reason: reason.filter(|r| !r.trim().is_empty()), ..self.scope(action, at) }
    }
}
