//! The worklist of requests: its SQL, its counts, and the page of it that is kept while nothing changes.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use store::{Row, StoreError, Tx};
use uuid::Uuid;

/// Rows of a page.
pub(super) const ROWS: u8 = 50;

/// Which requests a worklist shows: where they stand, and whose they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct View {
    /// Where they stand.
    pub stands: Stands,
    /// Whose they are.
    pub owner: Whose,
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stands {
    /// Anywhere before the end.
    Open,
    /// Open and read by nobody.
    New,
    /// Open, and the sender owes an answer.
    Asked,
    /// Open with a passed deadline.
    Late,
    /// Closed, newest first.
    Closed,
}

/// Whose a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// No matter.
    Any,
    /// Nobody has taken it.
    Nobody,
    /// This user's.
    Of(Uuid),
}

impl Whose {
    /// For the database: whether any will do, and else the owner, nobody being the empty id.
    const fn asked(self) -> (bool, Uuid) {
        match self {
            Self::Any => (true, Uuid::nil()),
            Self::Nobody => (false, Uuid::nil()),
            Self::Of(user) => (false, user),
        }
    }

    fn holds(self, owner: Option<Uuid>) -> bool {
        match self {
            Self::Any => true,
            Self::Nobody => owner.is_none(),
            Self::Of(user) => owner == Some(user),
        }
    }
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
    today: Date,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<WorklistRow>, StoreError> {
    // The open ones are few and lie in the list's index in their order; what else is asked for is looked at there.
    const OPEN: &str = rows_where!(
        "s.open and (s.due_on, s.id) > ($3, $4) and s.due_on < $5 and ($6 or s.state = 'received')
            and ($7 or s.asked_on is not null) and ($8 or coalesce(s.owner, $9) = $10)",
        "s.due_on, s.id"
    );
    const CLOSED: &str = rows_where!("not s.open and s.id < $3 and ($4 or coalesce(s.owner, $5) = $6)", "s.id desc");
    let (any, owner) = view.owner.asked();
    let whose = [any.into(), Uuid::nil().into(), owner.into()];
    if view.stands == Stands::Closed {
        let newest = after.map_or(Uuid::max(), |(_, id)| id);
        let [any, nobody, owner] = whose;
        return tx.query(CLOSED, &[limit.into(), newest.into(), any, nobody, owner], row);
    }
    let (day, id) = after.unwrap_or((Date::ZERO, Uuid::nil()));
    let before = if view.stands == Stands::Late { today } else { Date::MAX };
    let [read, unasked] = [view.stands != Stands::New, view.stands != Stands::Asked];
    let [any, nobody, owner] = whose;
    tx.query(
        OPEN,
        &[limit.into(), day.into(), id.into(), before.into(), read.into(), unasked.into(), any, nobody, owner],
        row,
    )
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

/// How many open requests somebody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owned {
    /// Who; nobody has taken the others.
    pub owner: Option<Uuid>,
    /// Their name.
    pub name: Option<String>,
    /// All open.
    pub open: i64,
    /// Read by nobody.
    pub new: i64,
    /// The sender owes an answer.
    pub asked: i64,
    /// Past their deadline.
    pub late: i64,
}

/// How many open requests everybody has, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts(pub Vec<Owned>);

impl Counts {
    /// How many a view holds; the closed ones are not counted.
    pub fn of(&self, view: View) -> Option<usize> {
        let count = |owned: &Owned| match view.stands {
            Stands::Open => Some(owned.open),
            Stands::New => Some(owned.new),
            Stands::Asked => Some(owned.asked),
            Stands::Late => Some(owned.late),
            Stands::Closed => None,
        };
        let counts = self.0.iter().filter(|owned| view.owner.holds(owned.owner));
        if view.stands == Stands::Closed { None } else { usize::try_from(counts.filter_map(count).sum::<i64>()).ok() }
    }
}

/// Counts in one pass over the open requests. Each has a day; naming it keeps the pass inside the list's index.
pub fn counts(tx: &mut Tx<'_>, today: Date) -> Result<Counts, StoreError> {
    const SQL: &str = "select s.owner, u.name, count(*), sum(case when s.state = 'received' then 1 else 0 end),
            sum(case when s.asked_on is not null then 1 else 0 end), sum(case when s.due_on < $2 then 1 else 0 end)
        from service_request s
        left join user_account u on u.organization = s.organization and u.id = s.owner
        where s.organization = $1 and s.open and s.due_on > $3 group by s.owner, u.name order by u.name";
    let read = |r: &mut Row<'_>| {
        Ok(Owned {
            owner: r.take()?,
            name: r.take()?,
            open: r.take()?,
            new: r.take()?,
            asked: r.take()?,
            late: r.take()?,
        })
    };
    Ok(Counts(tx.query(SQL, &[today.into(), Date::ZERO.into()], read)?))
}

/// A page of the worklist that somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct WorklistKey {
    pub(super) organization: i64,
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
        let mut rows = worklist(tx, asked.view, asked.today, asked.after, i64::from(ROWS) + 1)?;
        let more = rows.split_off(rows.len().min(ROWS.into()));
        Ok(Self { rows, more: !more.is_empty(), counts: counts(tx, asked.today)? })
    }
}
