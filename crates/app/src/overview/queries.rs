//! SQL of the start page about work at hand: the tasks and the requests, each of several lists that have the same columns.

use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Row, StoreError, Tx};
use uuid::Uuid;

/// Lines of a panel; the worklist has the rest.
pub(super) const LINES: i64 = 10;

/// The first lines, and how many there are in all.
pub(super) struct Panel<T> {
    pub(super) lines: Vec<T>,
    pub(super) total: usize,
}

impl<T> Default for Panel<T> {
    fn default() -> Self {
        Self { lines: Vec::new(), total: 0 }
    }
}

impl<T> Panel<T> {
    fn push(&mut self, total: usize, line: T) {
        self.total = total;
        self.lines.push(line);
    }
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
    pub(super) rule: String,
    pub(super) due_on: Date,
    /// None for a message that belongs to no citizen.
    pub(super) person: Option<Person>,
    pub(super) owner: Option<(String, String)>,
    /// Id, subject and arrival of the request it is about, when it is about one.
    pub(super) request: Option<(Uuid, String, Timestamp)>,
    /// Who handed it over and why, when it was.
    pub(super) handed: Option<Handed>,
}

/// A hand-over as its row tells it.
pub(super) struct Handed {
    pub(super) by: (String, String),
    pub(super) why: Option<String>,
}

/// The tasks of the page.
#[derive(Default)]
pub(super) struct Tasks {
    /// Past their day.
    pub(super) late: Panel<TaskLine>,
    /// The reader's own that are not late.
    pub(super) mine: Panel<TaskLine>,
    /// How many of those are due today.
    pub(super) today: usize,
}

/// Whose work a page shows.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    pub(super) user: Uuid,
    /// What is late and what waits is everybody's, not only the reader's own.
    pub(super) everybodys: bool,
    /// What the intake has is theirs to do as well.
    pub(super) intake: bool,
    /// Calls of today have a list of their own, and stand in no other.
    pub(super) calls: bool,
}

/// Tasks past their day; and those of the reader that are not late, with the intake's when it is theirs. A request that
/// nobody has read stands under the new ones; one whose citizen has a letter waits for the citizen until its last day.
pub(super) fn tasks(tx: &mut Tx<'_>, reader: Reader, today: Date) -> Result<Tasks, StoreError> {
    const SQL: &str = "select t.panel, t.total, t.today, t.kind, t.subject, t.rule, t.due_on,
            c.id, c.given, c.surname, c.born_on, u.initials, u.title, r.id, r.about, r.received_at,
            hu.initials, hu.title, h.reason
        from (
            select 'late' as panel, l.* from (
                select count(*) over () as total, 0 as today, id, kind, subject, rule, due_on, citizen, owner, handover from task
                where organization = $1 and state = 'open' and due_on < $2 and ($5 or owner = $3)
                    and not ($7 and kind in ('follow_up', 'ask_bridge'))
                order by due_on, id limit $4) l
            union all
            select 'mine' as panel, m.* from (
                select count(*) over () as total, count(*) filter (where due_on = $2) over () as today,
                    id, kind, subject, rule, due_on, citizen, owner, handover from task
                where organization = $1 and state = 'open' and due_on >= $2
                    and not ($7 and due_on = $2 and kind in ('follow_up', 'ask_bridge'))
                    and (kind <> 'close_unreachable' or due_on = $2) and (owner = $3 or ($6 and owner is null and unit is null and kind <> 'check_referral'))
                order by due_on, id limit $4) m
        ) t
        left join citizen c on c.organization = $1 and c.id = t.citizen
        left join user_account u on u.organization = $1 and u.id = t.owner
        left join service_request r on r.organization = $1 and r.id = t.subject
        left join handover h on h.organization = $1 and h.id = t.handover
        left join user_account hu on hu.organization = $1 and hu.id = h.by_user
        order by t.due_on, t.id";
    let Reader { user, everybodys, intake, calls } = reader;
    let values = [today.into(), user.into(), LINES.into(), everybodys.into(), intake.into(), calls.into()];
    let rows = tx.query(SQL, &values, |row| {
        let panel: String = row.take()?;
        Ok((panel, count(row)?, count(row)?, task(row)?))
    })?;
    let mut tasks = Tasks::default();
    for (panel, total, due_today, line) in rows {
        if panel == "late" {
            tasks.late.push(total, line);
        } else {
            tasks.today = due_today;
            tasks.mine.push(total, line);
        }
    }
    Ok(tasks)
}

fn task(row: &mut Row<'_>) -> Result<TaskLine, StoreError> {
    let kind = TaskKind::parse(&row.take::<String>()?).map_err(|_| StoreError::Unreadable { what: "task" })?;
    let (subject, rule, due_on) = (row.take()?, row.take()?, row.take()?);
    let (person, owner) = (person(row)?, owner(row)?);
    let (id, about, received_at): (Option<_>, Option<_>, Option<_>) = (row.take()?, row.take()?, row.take()?);
    let request = id.zip(about).zip(received_at).map(|((id, about), received_at)| (id, about, received_at));
    let by = self::owner(row)?;
    let why = row.take()?;
    let handed = by.map(|by| Handed { by, why });
    Ok(TaskLine { kind, subject, rule, due_on, person, owner, request, handed })
}

/// A request that nobody has read, or a request or course that has no next step.
pub(super) struct RequestLine {
    /// A course, not a request.
    pub(super) course: bool,
    pub(super) id: Uuid,
    /// What it is about.
    pub(super) about: String,
    pub(super) wish: String,
    /// When it came; of a course when its record was last written in.
    pub(super) at: Option<Timestamp>,
    pub(super) person: Option<Person>,
    pub(super) owner: Option<(String, String)>,
}

/// The requests of the page.
#[derive(Default)]
pub(super) struct Requests {
    /// Nobody has read them.
    pub(super) new: Panel<RequestLine>,
    /// Without a next step.
    pub(super) bare: Panel<RequestLine>,
    /// All that are open.
    pub(super) open: usize,
    /// Those of them that one person has.
    pub(super) owned: usize,
}

/// Requests that nobody has read, the oldest promise first; what is open and has nothing to be done next.
///
/// The rules give every open request a task, so that the second list is empty; that it is shows here, every day.
pub(super) fn requests(tx: &mut Tx<'_>, now: Timestamp) -> Result<Requests, StoreError> {
    const SQL: &str = "select n.open, n.owned, r.panel, r.total, r.id, r.about, r.wish, r.at,
            c.id, c.given, c.surname, c.born_on, u.initials, u.title
        from (select count(*) as open, count(owner) as owned from service_request where organization = $1 and open) n
        left join (
            select 'new' as panel, a.* from (
                select count(*) over () as total, id, citizen, owner, about, wish, received_at as at, due_on as day
                from service_request where organization = $1 and open and state = 'received'
                order by due_on, id limit $2) a
            union all
            select 'request' as panel, b.* from (
                select count(*) over () as total, s.id, s.citizen, s.owner, s.about, s.wish, s.received_at as at,
                    s.due_on as day
                from service_request s where s.organization = $1 and s.open
                    and not exists (select 1 from task t where t.organization = $1 and t.subject = s.id and t.state = 'open')
                order by s.received_at, s.id limit $2) b
            union all
            select 'course' as panel, o.total, o.id, o.citizen, nullif(o.id, o.id) as owner, 'Forløb' as about, '' as wish,
                (select max(v.at) from record_version v where v.organization = $1 and v.citizen = o.citizen) as at, o.day
            from (
                select count(*) over () as total, k.id, k.citizen, k.opened_on as day
                from course k where k.organization = $1 and k.open and k.opened_on <= $4
                    and not exists (select 1 from planned_intervention p
                        where p.organization = $1 and p.course = k.id and p.ended_on is null)
                    and not exists (select 1 from task t
                        where t.organization = $1 and t.citizen = k.citizen and t.state = 'open')
                    and not exists (select 1 from appointment a
                        where a.organization = $1 and a.citizen = k.citizen and a.active and a.end_at > $3)
                order by k.opened_on, k.id limit $2) o
        ) r on true
        left join citizen c on c.organization = $1 and c.id = r.citizen
        left join user_account u on u.organization = $1 and u.id = r.owner
        order by r.day, r.id";
    // That a course was opened by today leads the planner to the index that has all that is asked here.
    let rows = tx.query(SQL, &[LINES.into(), now.into(), local_date(now).into()], |row| {
        let (open, owned) = (count(row)?, count(row)?);
        let panel: Option<String> = row.take()?;
        let Some(panel) = panel else { return Ok((open, owned, None)) };
        let total = count(row)?;
        Ok((open, owned, Some((panel == "new", total, request(row, panel == "course")?))))
    })?;
    let mut requests = Requests::default();
    let (mut bare_requests, mut bare_courses) = (0, 0);
    for (open, owned, line) in rows {
        (requests.open, requests.owned) = (open, owned);
        match line {
            Some((true, total, line)) => requests.new.push(total, line),
            Some((false, total, line)) => {
                if line.course {
                    bare_courses = total;
                } else {
                    bare_requests = total;
                }
                requests.bare.push(bare_requests + bare_courses, line);
            }
            None => {}
        }
    }
    Ok(requests)
}

fn request(row: &mut Row<'_>, course: bool) -> Result<RequestLine, StoreError> {
    Ok(RequestLine {
        course,
        id: row.take()?,
        about: row.take()?,
        wish: row.take()?,
        at: row.take()?,
        person: person(row)?,
        owner: owner(row)?,
    })
}

pub(super) fn count(row: &mut Row<'_>) -> Result<usize, StoreError> {
    usize::try_from(row.take::<i64>()?).map_err(|_| StoreError::Column { index: 0 })
}

pub(super) fn person(row: &mut Row<'_>) -> Result<Option<Person>, StoreError> {
    let (id, given, surname): (Option<_>, _, Option<_>) = (row.take()?, row.take()?, row.take()?);
    let born_on = row.take()?;
    Ok(id.zip(surname).map(|(id, surname)| Person { id, given, surname, born_on }))
}

pub(super) fn owner(row: &mut Row<'_>) -> Result<Option<(String, String)>, StoreError> {
    let (initials, title): (Option<_>, Option<_>) = (row.take()?, row.take()?);
    Ok(initials.zip(title))
}
