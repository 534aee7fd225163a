//! SQL of handing over.

use domain::ids::UserId;
use domain::task::TaskKind;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use store::{Row, StoreError, Tx};
use uuid::Uuid;

/// A hand-over that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Stable id.
    pub id: Uuid,
    /// Whose the tasks were.
    pub from: UserId,
    /// Who got them.
    pub to: UserId,
    /// Who did it.
    pub by: UserId,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
}

/// A task that changed hands.
pub(super) struct Moved {
    pub(super) citizen: Option<Uuid>,
    pub(super) subject: Uuid,
}

/// A hand-over by its id.
pub(super) fn handover(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Handover>, StoreError> {
    const SQL: &str = "select from_user, to_user, by_user, reason, at, undone_at from handover
        where organization = $1 and id = $2";
    tx.first(SQL, &[id.into()], |row| {
        let (from, to, by) = (UserId(row.take()?), UserId(row.take()?), UserId(row.take()?));
        Ok(Handover { id, from, to, by, reason: row.take()?, at: row.take()?, undone_at: row.take()? })
    })
}

/// Stores a hand-over.
pub(super) fn add(tx: &mut Tx<'_>, new: &Handover) -> Result<(), StoreError> {
    const SQL: &str = "insert into handover (organization, id, from_user, to_user, by_user, reason, at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    let (from, to, by) = (new.from.0, new.to.0, new.by.0);
    let values = [new.id.into(), from.into(), to.into(), by.into(), new.reason.as_deref().into(), new.at.into()];
    tx.execute(SQL, &values).map(|_| ())
}

/// Moves one open task, when it still is its owner's.
pub(super) fn move_task(tx: &mut Tx<'_>, task: Uuid, to: &Handover) -> Result<Option<Moved>, StoreError> {
    const SQL: &str = "update task set owner = $3, handover = $4
        where organization = $1 and id = $2 and owner = $5 and state = 'open' returning citizen, subject";
    let values = [task.into(), to.to.0.into(), to.id.into(), to.from.0.into()];
    tx.first(SQL, &values, moved)
}

/// Moves the open tasks of a hand-over back.
pub(super) fn give_back(tx: &mut Tx<'_>, from: &Handover, at: Timestamp) -> Result<Vec<Moved>, StoreError> {
    const TASKS: &str = "update task set owner = $3, handover = $4
        where organization = $1 and handover = $2 and owner = $5 and state = 'open' returning citizen, subject";
    const UNDONE: &str = "update handover set undone_at = $3 where organization = $1 and id = $2";
    tx.execute(UNDONE, &[from.id.into(), at.into()])?;
    let nothing = store::Value::from(None::<Uuid>);
    tx.query(TASKS, &[from.id.into(), from.from.0.into(), nothing, from.to.0.into()], moved)
}

fn moved(row: &mut Row<'_>) -> Result<Moved, StoreError> {
    Ok(Moved { citizen: row.take()?, subject: row.take()? })
}

/// An open task as it is handed over.
pub(super) struct Item {
    pub(super) id: Uuid,
    pub(super) kind: TaskKind,
    pub(super) rule: String,
    pub(super) due_on: Date,
    pub(super) citizen: Option<Uuid>,
    pub(super) name: Option<String>,
    pub(super) born_on: Option<Date>,
    /// What the request says that it is about, when it is about one.
    pub(super) about: Option<String>,
    /// The last thing written about the citizen.
    pub(super) note: Option<Note>,
}

/// A note of a call or a talk.
#[derive(Clone)]
pub(super) struct Note {
    pub(super) at: Timestamp,
    pub(super) by: Option<String>,
    pub(super) text: String,
}

/// Which tasks a list shows.
#[derive(Clone, Copy)]
pub(super) enum Of {
    /// The open ones of a person.
    Owner(UserId),
    /// Those that a hand-over moved and that are not finished.
    Handover(Uuid),
}

/// Open tasks with the last note about each citizen, the first due first: two queries.
pub(super) fn items(tx: &mut Tx<'_>, of: Of) -> Result<Vec<Item>, StoreError> {
    macro_rules! items {
        ($where:literal) => {
            concat!(
                "select t.id, t.kind, t.rule, t.due_on, t.citizen, c.given, c.surname, c.born_on, r.about from task t
                left join citizen c on c.organization = t.organization and c.id = t.citizen
                left join service_request r on r.organization = t.organization and r.id = t.subject
                where t.organization = $1 and t.state = 'open' and ",
                $where,
                " order by t.due_on, t.id"
            )
        };
    }
    let mut items = match of {
        Of::Owner(user) => tx.query(items!("t.owner = $2"), &[user.0.into()], item)?,
        Of::Handover(id) => tx.query(items!("t.handover = $2"), &[id.into()], item)?,
    };
    if let Of::Owner(user) = of {
        let notes = notes(tx, user)?;
        for item in &mut items {
            // The newest stands last.
            item.note = notes.iter().rev().find(|(citizen, _)| Some(*citizen) == item.citizen).map(|(_, n)| n.clone());
        }
    }
    Ok(items)
}

fn item(row: &mut Row<'_>) -> Result<Item, StoreError> {
    let id = row.take()?;
    let kind = TaskKind::parse(&row.take::<String>()?).map_err(|_| StoreError::Unreadable { what: "task" })?;
    let (rule, due_on, citizen) = (row.take()?, row.take()?, row.take()?);
    let (given, surname) = (row.take::<Option<String>>()?, row.take::<Option<String>>()?);
    let name = surname.map(|surname| given.map_or(surname.clone(), |given| format!("{given} {surname}")));
    Ok(Item { id, kind, rule, due_on, citizen, name, born_on: row.take()?, about: row.take()?, note: None })
}

/// What calls and talks have in common.
#[derive(Deserialize)]
struct Noted {
    note: Option<String>,
}

/// The notes about those whom somebody has a task for, the oldest first.
fn notes(tx: &mut Tx<'_>, owner: UserId) -> Result<Vec<(Uuid, Note)>, StoreError> {
    const SQL: &str = "select v.citizen, v.at, u.title, u.initials, v.content from record_version v
        left join user_account u on u.organization = v.organization and u.id = v.actor
        where v.organization = $1 and v.kind in ('contact_attempt', 'encounter') and v.citizen in (
            select t.citizen from task t where t.organization = $1 and t.owner = $2 and t.state = 'open')
        order by v.at, v.id";
    let rows = tx.query(SQL, &[owner.0.into()], |row| {
        let (citizen, at): (Uuid, _) = (row.take()?, row.take()?);
        let (title, initials) = (row.take::<Option<String>>()?, row.take::<Option<String>>()?);
        let content = serde_json::from_str::<Noted>(&row.take::<String>()?);
        let noted = content.map_err(|_| StoreError::Unreadable { what: "note" })?;
        let by = title.zip(initials).map(|(title, initials)| format!("{title} {initials}"));
        Ok(noted.note.filter(|text| !text.trim().is_empty()).map(|text| (citizen, Note { at, by, text })))
    })?;
    Ok(rows.into_iter().flatten().collect())
}
