//! SQL of the start page about what others must do: answers that are waited for, and promises by owner.

use domain::workdays::{ExtraClosedDays, add_workdays};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::queries::{LINES, Panel, Person, Reader, count, owner, person};

/// A leader sees what will be broken within so many working days.
pub(super) const PROMISE_WORKDAYS: u16 = 2;

/// Something that waits for somebody else.
pub(super) struct WaitLine {
    /// A message of ours; otherwise a request whose citizen is not reached.
    pub(super) message: bool,
    pub(super) id: Uuid,
    /// Kind of message, or what the request is about.
    pub(super) what: String,
    /// When it was sent or received.
    pub(super) at: Option<Timestamp>,
    /// Until when is waited.
    pub(super) day: Option<Date>,
    pub(super) person: Option<Person>,
    pub(super) owner: Option<(String, String)>,
}

/// Messages that nobody answered, and citizens who have a letter and may answer it.
pub(super) fn waits(tx: &mut Tx<'_>, reader: Reader, today: Date) -> Result<Panel<WaitLine>, StoreError> {
    const SQL: &str = "select w.panel, w.total, w.id, w.what, w.at, w.day,
            c.id, c.given, c.surname, c.born_on, u.initials, u.title
        from (
            select 'message' as panel, m.* from (
                select count(*) over () as total, o.id, o.citizen, s.owner, o.kind as what, o.sent_at as at,
                    s.due_on as day
                from outgoing o left join service_request s on s.organization = $1 and s.id = o.service_request
                where o.organization = $1 and o.delivery = 'unanswered' and ($4 or s.owner = $2)
                order by o.queued_at, o.id limit $3) m
            union all
            select 'citizen' as panel, n.* from (
                select count(*) over () as total, id, citizen, owner, about as what, received_at as at, due_on as day
                from service_request where organization = $1 and open and state = 'unreachable' and due_on > $5
                    and ($4 or owner = $2)
                order by due_on, id limit $3) n
        ) w
        left join citizen c on c.organization = $1 and c.id = w.citizen
        left join user_account u on u.organization = $1 and u.id = w.owner
        order by w.panel desc, w.at, w.id";
    let values = [reader.user.into(), LINES.into(), reader.everybodys.into(), today.into()];
    let rows = tx.query(SQL, &values, |row| {
        let panel: String = row.take()?;
        let total = count(row)?;
        Ok((
            total,
            WaitLine {
                message: panel == "message",
                id: row.take()?,
                what: row.take()?,
                at: row.take()?,
                day: row.take()?,
                person: person(row)?,
                owner: owner(row)?,
            },
        ))
    })?;
    let of = |message| rows.iter().find(|(_, line)| line.message == message).map_or(0, |(total, _)| *total);
    Ok(Panel { total: of(true) + of(false), lines: rows.into_iter().map(|(_, line)| line).collect() })
}

/// What one owner has that is broken or about to be.
pub(super) struct Promises {
    /// Id, initials and title of a person; none for the intake or a unit.
    pub(super) owner: Option<(Uuid, String, String)>,
    pub(super) unit: Option<String>,
    pub(super) broken: usize,
    pub(super) soon: usize,
    pub(super) oldest: Date,
}

/// What is broken and what will be within two working days, by owner, the oldest promise first.
pub(super) fn promises(tx: &mut Tx<'_>, today: Date) -> Result<Vec<Promises>, StoreError> {
    const SQL: &str = "select u.id, u.initials, u.title, t.unit, count(*) filter (where t.due_on < $2),
            count(*) filter (where t.due_on >= $2), min(t.due_on)
        from task t left join user_account u on u.organization = t.organization and u.id = t.owner
        where t.organization = $1 and t.state = 'open' and t.due_on <= $3
        group by u.id, u.initials, u.title, t.unit order by min(t.due_on), u.initials";
    let until = add_workdays(today, PROMISE_WORKDAYS, ExtraClosedDays::default());
    tx.query(SQL, &[today.into(), until.into()], |row| {
        let (id, initials, title): (Option<_>, Option<_>, Option<_>) = (row.take()?, row.take()?, row.take()?);
        let owner = id.zip(initials).zip(title).map(|((id, initials), title)| (id, initials, title));
        Ok(Promises { owner, unit: row.take()?, broken: count(row)?, soon: count(row)?, oldest: row.take()? })
    })
}
