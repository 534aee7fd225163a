//! All SQL of the start page.

use domain::task::TaskKind;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Row, Seen, StoreError, Tx};
use uuid::Uuid;

/// Lines of a panel; the worklist has the rest.
const LINES: i64 = 10;

/// What the start page shows.
pub(super) struct Overview {
    pub(super) late: Panel<TaskLine>,
    pub(super) mine: Panel<TaskLine>,
    pub(super) new: Panel<RequestLine>,
}

/// The first lines, and how many there are in all.
pub(super) struct Panel<T> {
    pub(super) lines: Vec<T>,
    pub(super) total: usize,
}

/// Who it is about.
pub(super) struct Person {
    pub(super) id: Uuid,
    pub(super) given: Option<String>,
    pub(super) surname: String,
    pub(super) born_on: Option<Date>,
}

/// A task and what it is about.
pub(super) struct TaskLine {
    pub(super) kind: TaskKind,
    pub(super) subject: Uuid,
    pub(super) due_on: Date,
    pub(super) person: Person,
    pub(super) owner: Option<(String, String)>,
    /// Id, subject and arrival of the request it is about, when it is about one.
    pub(super) request: Option<(Uuid, String, Timestamp)>,
}

/// A request that nobody has read.
pub(super) struct RequestLine {
    pub(super) id: Uuid,
    pub(super) about: String,
    pub(super) wish: String,
    pub(super) received_at: Timestamp,
    pub(super) person: Person,
    pub(super) owner: Option<(String, String)>,
}

/// Reads all three panels, and says whom they show.
pub(super) fn overview(tx: &mut Tx<'_>, user: Uuid, today: Date) -> Result<Seen<Overview>, StoreError> {
    let overview = Overview { late: late(tx, today)?, mine: mine(tx, user, today)?, new: new(tx)? };
    let people = overview.late.lines.iter().chain(&overview.mine.lines).map(|line| &line.person);
    let mut shown: Vec<Uuid> = people.chain(overview.new.lines.iter().map(|line| &line.person)).map(|p| p.id).collect();
    shown.sort_unstable();
    shown.dedup();
    Ok(if shown.is_empty() { Seen::nothing(overview) } else { Seen::list(shown, overview) })
}

/// Tasks past their day, whoever has them.
fn late(tx: &mut Tx<'_>, today: Date) -> Result<Panel<TaskLine>, StoreError> {
    const SQL: &str = "select count(*) over (), t.kind, t.due_on, c.id, c.given, c.surname, c.born_on,
            u.initials, u.title, r.id, r.about, r.received_at, t.subject
        from task t
        join citizen c on c.organization = t.organization and c.id = t.citizen
        left join user_account u on u.organization = t.organization and u.id = t.owner
        left join service_request r on r.organization = t.organization and r.id = t.subject
        where t.organization = $1 and t.state = 'open' and t.due_on < $2
        order by t.due_on, t.id limit $3";
    panel(tx.query(SQL, &[today.into(), LINES.into()], |row| Ok((row.take()?, task(row)?)))?)
}

/// Tasks of one person that are not late.
fn mine(tx: &mut Tx<'_>, user: Uuid, today: Date) -> Result<Panel<TaskLine>, StoreError> {
    const SQL: &str = "select count(*) over (), t.kind, t.due_on, c.id, c.given, c.surname, c.born_on,
            u.initials, u.title, r.id, r.about, r.received_at, t.subject
        from task t
        join citizen c on c.organization = t.organization and c.id = t.citizen
        left join user_account u on u.organization = t.organization and u.id = t.owner
        left join service_request r on r.organization = t.organization and r.id = t.subject
        where t.organization = $1 and t.state = 'open' and t.owner = $2 and t.due_on >= $3
        order by t.due_on, t.id limit $4";
    panel(tx.query(SQL, &[user.into(), today.into(), LINES.into()], |row| Ok((row.take()?, task(row)?)))?)
}

/// Requests that nobody has read, the oldest promise first.
fn new(tx: &mut Tx<'_>) -> Result<Panel<RequestLine>, StoreError> {
    const SQL: &str =
        "select count(*) over (), r.id, r.about, r.wish, r.received_at, c.id, c.given, c.surname, c.born_on,
            u.initials, u.title
        from service_request r
        join citizen c on c.organization = r.organization and c.id = r.citizen
        left join user_account u on u.organization = r.organization and u.id = r.owner
        where r.organization = $1 and r.open and r.state = 'received'
        order by r.due_on, r.id limit $2";
    panel(tx.query(SQL, &[LINES.into()], |row| Ok((row.take()?, request(row)?)))?)
}

fn panel<T>(rows: Vec<(i64, T)>) -> Result<Panel<T>, StoreError> {
    let total = rows.first().map_or(0, |(total, _)| *total);
    let total = usize::try_from(total).map_err(|_| StoreError::Column { index: 0 })?;
    Ok(Panel { lines: rows.into_iter().map(|(_, line)| line).collect(), total })
}

fn task(row: &mut Row<'_>) -> Result<TaskLine, StoreError> {
    let kind = TaskKind::parse(&row.take::<String>()?).map_err(|_| StoreError::Unreadable { what: "task" })?;
    let (due_on, person, owner) = (row.take()?, person(row)?, owner(row)?);
    let (id, about, received_at): (Option<_>, Option<_>, Option<_>) = (row.take()?, row.take()?, row.take()?);
    let request = id.zip(about).zip(received_at).map(|((id, about), received_at)| (id, about, received_at));
    let subject = row.take()?;
    Ok(TaskLine { kind, subject, due_on, person, owner, request })
}

fn request(row: &mut Row<'_>) -> Result<RequestLine, StoreError> {
    Ok(RequestLine {
        id: row.take()?,
        about: row.take()?,
        wish: row.take()?,
        received_at: row.take()?,
        person: person(row)?,
        owner: owner(row)?,
    })
}

fn person(row: &mut Row<'_>) -> Result<Person, StoreError> {
    Ok(Person { id: row.take()?, given: row.take()?, surname: row.take()?, born_on: row.take()? })
}

fn owner(row: &mut Row<'_>) -> Result<Option<(String, String)>, StoreError> {
    let (initials, title): (Option<_>, Option<_>) = (row.take()?, row.take()?);
    Ok(initials.zip(title))
}
