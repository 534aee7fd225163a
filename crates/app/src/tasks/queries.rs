//! SQL of the task list.

use jiff::civil::Date;
use serde::Serialize;
use store::{StoreError, Tx};
use uuid::Uuid;

/// An open task in the list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct OpenTask {
    /// The task.
    pub id: Uuid,
    /// About whom; none when it is about no citizen.
    pub citizen: Option<Uuid>,
    /// What it is about: a request, an intervention, a course, a follow-up, a contact.
    pub subject: Uuid,
    /// What to do, as a word.
    pub kind: String,
    /// By when.
    #[schema(value_type = String, format = Date)]
    pub due_on: Date,
    /// Initials of who has it.
    pub owner: Option<String>,
    /// The unit that has it.
    pub unit: Option<String>,
    /// The rule that made it.
    pub rule: String,
}

/// Open tasks by due day; of one user when named.
pub fn open(tx: &mut Tx<'_>, owner: Option<Uuid>, limit: i64) -> Result<Vec<OpenTask>, StoreError> {
    const ALL: &str = "select t.id, t.citizen, t.subject, t.kind, t.due_on, u.initials, t.unit, t.rule from task t
        left join user_account u on u.organization = t.organization and u.id = t.owner
        where t.organization = $1 and t.state = 'open' order by t.due_on, t.id limit $2";
    const MINE: &str = "select t.id, t.citizen, t.subject, t.kind, t.due_on, u.initials, t.unit, t.rule from task t
        left join user_account u on u.organization = t.organization and u.id = t.owner
        where t.organization = $1 and t.state = 'open' and t.owner = $3 order by t.due_on, t.id limit $2";
    let read = |r: &mut store::Row<'_>| {
        Ok(OpenTask {
            id: r.take()?,
            citizen: r.take()?,
            subject: r.take()?,
            kind: r.take()?,
            due_on: r.take()?,
            owner: r.take()?,
            unit: r.take()?,
            rule: r.take()?,
        })
    };
    match owner {
        None => tx.query(ALL, &[limit.into()], read),
        Some(owner) => tx.query(MINE, &[limit.into(), owner.into()], read),
    }
}
