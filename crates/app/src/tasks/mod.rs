//! Tasks: what somebody must do, by when, and the rule that says so. Kept in step with what makes them.

mod api;
mod handover;
mod handover_page;
mod handover_queries;
mod place;
mod queries;
mod routes;
mod why;

pub use api::{document as api_document, routes as api_routes};
pub use handover::{HandoverInput, hand_over_all, undo_handover};
pub use handover_queries::Handover;
pub(crate) use place::place;
pub use routes::routes;
pub use why::why;
pub(crate) use why::{requirements, why_and_when};

use domain::deadlines::Deadline;
use domain::ids::CitizenId;
use domain::limits::Limits;
use domain::service_request::Owner;
use domain::task::TaskKind;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{StoreError, Tx};
use uuid::Uuid;

use crate::records::StoredRequest;
use crate::{ids, records};

/// A task to make.
#[derive(Debug, Clone)]
pub struct NewTask<'a> {
    /// About whom.
    pub citizen: Option<CitizenId>,
    /// What it is about.
    pub subject: Uuid,
    /// What to do.
    pub kind: TaskKind,
    /// By when.
    pub due_on: Date,
    /// Who.
    pub owner: &'a Owner,
    /// The rule: the word of a [`Deadline`], or the habit or agreement that is due on the day.
    pub rule: &'a str,
}

impl<'a> NewTask<'a> {
    /// The task of a deadline, counted from a day.
    pub fn of(
        deadline: Deadline,
        (from, limits): (Date, &Limits),
        (citizen, subject): (CitizenId, Uuid),
        owner: &'a Owner,
    ) -> Self {
        let (kind, due_on, rule) = (deadline.kind(), deadline.due(from, limits), deadline.rule());
        Self { citizen: Some(citizen), subject, kind, due_on, owner, rule }
    }
}

/// Makes a task.
pub fn add(tx: &mut Tx<'_>, task: &NewTask<'_>) -> Result<(), StoreError> {
    const SQL: &str =
        "insert into task (organization, id, citizen, subject, kind, due_on, owner, unit, rule, state, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10)";
    let at = tx.scope().at;
    let id: Uuid = ids::new(at);
    let unit = if let Owner::Unit(unit) = task.owner { Some(unit.as_str()) } else { None };
    tx.execute(
        SQL,
        &[
            id.into(),
            task.citizen.map(|c| c.0).into(),
            task.subject.into(),
            task.kind.word().into(),
            task.due_on.into(),
            records::owner_user(task.owner).into(),
            unit.into(),
            task.rule.into(),
            at.into(),
        ],
    )
    .map(|_| ())
}

/// Ends the open tasks of one kind about something: done when the thing was done, cancelled when it fell away.
pub fn end(tx: &mut Tx<'_>, subject: Uuid, kind: TaskKind, done: bool) -> Result<(), StoreError> {
    const SQL: &str = "update task set state = $4, ended_at = $5
        where organization = $1 and subject = $2 and kind = $3 and state = 'open'";
    let at = tx.scope().at;
    let state = if done { "done" } else { "cancelled" };
    tx.execute(SQL, &[subject.into(), kind.word().into(), state.into(), at.into()]).map(|_| ())
}

/// Ends the open tasks of one kind about a citizen, whatever each is about.
pub fn end_of(tx: &mut Tx<'_>, citizen: CitizenId, kind: TaskKind, done: bool) -> Result<(), StoreError> {
    const SQL: &str = "update task set state = $4, ended_at = $5
        where organization = $1 and citizen = $2 and kind = $3 and state = 'open'";
    let at = tx.scope().at;
    let state = if done { "done" } else { "cancelled" };
    tx.execute(SQL, &[citizen.0.into(), kind.word().into(), state.into(), at.into()]).map(|_| ())
}

/// The open tasks of one kind about something become tasks of another: what is to be done changed, not by whom or when.
pub fn replace(
    tx: &mut Tx<'_>,
    citizen: CitizenId,
    subject: Uuid,
    from: TaskKind,
    to: TaskKind,
) -> Result<(), StoreError> {
    const SQL: &str = "select due_on, owner, unit, rule from task
        where organization = $1 and subject = $2 and kind = $3 and state = 'open' order by id";
    let rows = tx.query(SQL, &[subject.into(), from.word().into()], |r| {
        Ok((r.take::<Date>()?, r.take::<Option<Uuid>>()?, r.take::<Option<String>>()?, r.take::<String>()?))
    })?;
    end(tx, subject, from, false)?;
    for (due_on, owner, unit, rule) in rows {
        let owner = match (owner, unit) {
            (Some(user), _) => Owner::User(user.into()),
            (None, Some(unit)) => Owner::Unit(unit),
            (None, None) => Owner::Intake,
        };
        add(tx, &NewTask { citizen: Some(citizen), subject, kind: to, due_on, owner: &owner, rule: &rule })?;
    }
    Ok(())
}

/// The step taken at this instant is taken back: the tasks it ended are open again, those it made fall away.
pub fn undo(tx: &mut Tx<'_>, subject: Uuid, step_at: Timestamp) -> Result<(), StoreError> {
    const MADE: &str = "update task set state = 'cancelled', ended_at = $4
        where organization = $1 and subject = $2 and state = 'open' and made_at = $3";
    const ENDED: &str = "update task set state = 'open', ended_at = null
        where organization = $1 and subject = $2 and ended_at = $3";
    let at = tx.scope().at;
    tx.execute(ENDED, &[subject.into(), step_at.into()])?;
    tx.execute(MADE, &[subject.into(), step_at.into(), at.into()]).map(|_| ())
}

/// Hands the open tasks about something to one person.
pub fn hand_over(tx: &mut Tx<'_>, subject: Uuid, to: domain::ids::UserId) -> Result<(), StoreError> {
    const SQL: &str = "update task set owner = $3, unit = $4
        where organization = $1 and subject = $2 and state = 'open'";
    tx.execute(SQL, &[subject.into(), to.0.into(), store::Value::Null]).map(|_| ())
}

/// Ends every open task about something.
pub fn end_all(tx: &mut Tx<'_>, subject: Uuid, done: bool) -> Result<(), StoreError> {
    const SQL: &str =
        "update task set state = $3, ended_at = $4 where organization = $1 and subject = $2 and state = 'open'";
    let at = tx.scope().at;
    let state = if done { "done" } else { "cancelled" };
    tx.execute(SQL, &[subject.into(), state.into(), at.into()]).map(|_| ())
}

/// Ends every open task about a citizen, as when they die.
pub fn end_all_of_citizen(tx: &mut Tx<'_>, citizen: CitizenId) -> Result<(), StoreError> {
    const SQL: &str = "update task set state = 'cancelled', ended_at = $3
        where organization = $1 and citizen = $2 and state = 'open'";
    let at = tx.scope().at;
    tx.execute(SQL, &[citizen.0.into(), at.into()]).map(|_| ())
}

/// Makes the one task of a new request.
pub fn for_new_request(tx: &mut Tx<'_>, stored: &StoredRequest) -> Result<(), StoreError> {
    let Some(next) = &stored.next else { return Ok(()) };
    let request = &stored.request;
    add(
        tx,
        &NewTask {
            citizen: Some(request.citizen),
            subject: request.id.0,
            kind: next.kind,
            due_on: next.due_on,
            owner: &request.owner,
            rule: &next.rule,
        },
    )
}

/// Puts the task of a request in step with its state: the old one ends when the step was taken.
pub fn follow_request(tx: &mut Tx<'_>, before: &StoredRequest, now: &StoredRequest) -> Result<(), StoreError> {
    if before.next == now.next && before.request.owner == now.request.owner {
        return Ok(());
    }
    end_steps(tx, now.request.id.0)?;
    for_new_request(tx, now)
}

/// Ends the open tasks of a request's steps. What was asked of its sender goes on beside them.
fn end_steps(tx: &mut Tx<'_>, request: Uuid) -> Result<(), StoreError> {
    const SQL: &str = "update task set state = 'done', ended_at = $3
        where organization = $1 and subject = $2 and state = 'open' and kind not in ('await_answer', 'read_answer')";
    let at = tx.scope().at;
    tx.execute(SQL, &[request.into(), at.into()]).map(|_| ())
}
