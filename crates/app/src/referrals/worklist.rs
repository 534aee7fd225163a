//! The worklist of requests: its SQL, its counts, and the page of it that is kept while nothing changes.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use store::{Row, StoreError, Tx};
use uuid::Uuid;

/// Rows of a page.
pub(super) const ROWS: u8 = 50;

/// Which requests a worklist shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// All open ones.
    Open,
    /// Open and read by nobody.
    New,
    /// Open and mine.
    Mine,
    /// Open and nobody's.
    Unowned,
    /// Open with a passed deadline.
    Late,
    /// Closed, newest first.
    Closed,
}

/// A row of the worklist.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct WorklistRow {
    /// The request.
    pub id: Uuid,
    /// The citizen.
    pub citizen: Uuid,
    /// Name.
    pub name: String,
    /// Birthday, for the age.
    #[schema(value_type = Option<String>, format = Date)]
    pub born_on: Option<Date>,
    /// Name and address protection.
    pub protected: bool,
    /// What it is about.
    pub about: String,
    /// What is wished for.
    pub wish: String,
    /// Who refers.
    pub requester: Option<String>,
    /// Who asks, as a word.
    pub source: String,
    /// When it came.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    /// Where it stands, as a word.
    pub state: String,
    /// What staff must look at, as words.
    pub flags: String,
    /// By when.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// What to do, as a word.
    pub next_step: Option<String>,
    /// Initials of who has it.
    pub owner: Option<String>,
    /// Since when the sender owes an answer.
    #[schema(value_type = Option<String>, format = Date)]
    pub asked_on: Option<Date>,
}

/// Where a page of the worklist ended: the next begins after it.
pub type After = (Date, Uuid);

/// The rows of the list that fit `$where`; `$2` is how many.
macro_rules! rows_where {
    ($where:literal, $order:literal) => {
        concat!(
            "select s.id, s.citizen, c.given, c.surname, c.born_on, c.protected, s.about, s.wish, p.name, s.source, s.received_at,
                s.state, s.flags, s.due_on, s.next_step, u.initials, s.asked_on
            from service_request s
            join citizen c on c.organization = s.organization and c.id = s.citizen
            left join partner p on p.organization = s.organization and p.id = s.requester
            left join user_account u on u.organization = s.organization and u.id = s.owner
            where s.organization = $1 and ", $where, " order by ", $order, " limit $2"
        )
    };
}
pub(super) use rows_where;

/// A page of the worklist, oldest promise first. By key, never by offset: a page costs the same wherever it lies.
pub fn worklist(
    tx: &mut Tx<'_>,
    view: View,
    user: Uuid,
    today: Date,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<WorklistRow>, StoreError> {
    let (day, id) = after.unwrap_or((Date::ZERO, Uuid::nil()));
    let newest = after.map_or(Uuid::max(), |(_, id)| id);
    match view {
        View::Open => tx.query(
            rows_where!("s.open and (s.due_on, s.id) > ($3, $4)", "s.due_on, s.id"),
            &[limit.into(), day.into(), id.into()],
            row,
        ),
        View::New => tx.query(
            rows_where!("s.open and s.state = 'received' and (s.due_on, s.id) > ($3, $4)", "s.due_on, s.id"),
            &[limit.into(), day.into(), id.into()],
            row,
        ),
        View::Mine => tx.query(
            rows_where!("s.open and s.owner = $5 and (s.due_on, s.id) > ($3, $4)", "s.due_on, s.id"),
            &[limit.into(), day.into(), id.into(), user.into()],
            row,
        ),
        View::Unowned => tx.query(
            rows_where!("s.open and s.owner is null and (s.due_on, s.id) > ($3, $4)", "s.due_on, s.id"),
            &[limit.into(), day.into(), id.into()],
            row,
        ),
        View::Late => tx.query(
            rows_where!("s.open and s.due_on < $5 and (s.due_on, s.id) > ($3, $4)", "s.due_on, s.id"),
            &[limit.into(), day.into(), id.into(), today.into()],
            row,
        ),
        View::Closed => {
            tx.query(rows_where!("not s.open and s.id < $3", "s.id desc"), &[limit.into(), newest.into()], row)
        }
    }
}

pub(super) fn row(r: &mut Row<'_>) -> Result<WorklistRow, StoreError> {
    let (id, citizen) = (r.take()?, r.take()?);
    let (given, surname) = (r.take::<Option<String>>()?, r.take::<String>()?);
    Ok(WorklistRow {
        id,
        citizen,
        name: given.map_or_else(|| surname.clone(), |given| format!("{given} {surname}")),
        born_on: r.take()?,
        protected: r.take()?,
        about: r.take()?,
        wish: r.take()?,
        requester: r.take()?,
        source: r.take()?,
        received_at: r.take()?,
        state: r.take()?,
        flags: r.take()?,
        due_on: r.take()?,
        next_step: r.take()?,
        owner: r.take()?,
        asked_on: r.take()?,
    })
}

/// How many requests each view holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All open.
    pub open: i64,
    /// Read by nobody.
    pub new: i64,
    /// Mine.
    pub mine: i64,
    /// Nobody's.
    pub unowned: i64,
    /// Past their deadline.
    pub late: i64,
}

/// Counts every view in one pass over the open requests. Each has a day; naming it keeps the pass inside the list's index.
pub fn counts(tx: &mut Tx<'_>, user: Uuid, today: Date) -> Result<Counts, StoreError> {
    const SQL: &str = "select count(*), coalesce(sum(case when state = 'received' then 1 else 0 end), 0),
            coalesce(sum(case when owner = $2 then 1 else 0 end), 0),
            coalesce(sum(case when owner is null then 1 else 0 end), 0), coalesce(sum(case when due_on < $3 then 1 else 0 end), 0)
        from service_request where organization = $1 and open and due_on > $4";
    let read = |r: &mut Row<'_>| {
        Ok(Counts { open: r.take()?, new: r.take()?, mine: r.take()?, unowned: r.take()?, late: r.take()? })
    };
    Ok(tx.first(SQL, &[user.into(), today.into(), Date::ZERO.into()], read)?.unwrap_or_default())
}

/// A page of the worklist that somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct WorklistKey {
    pub(super) organization: i64,
    pub(super) user: Uuid,
    pub(super) view: View,
    pub(super) today: Date,
    pub(super) after: Option<After>,
}

/// What it holds.
#[derive(Debug)]
pub(crate) struct WorklistPage {
    pub(super) rows: Vec<WorklistRow>,
    /// Whether another page follows.
    pub(super) more: bool,
    pub(super) counts: Counts,
}

impl WorklistPage {
    pub(super) fn read(tx: &mut Tx<'_>, asked: WorklistKey) -> Result<Self, StoreError> {
        // One more than shown tells whether there is another page.
        let mut rows = worklist(tx, asked.view, asked.user, asked.today, asked.after, i64::from(ROWS) + 1)?;
        let more = rows.split_off(rows.len().min(ROWS.into()));
        Ok(Self { rows, more: !more.is_empty(), counts: counts(tx, asked.user, asked.today)? })
    }
}
