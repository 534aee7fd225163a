//! SQL of the citizen's page: the record, messages, tasks, versions, who has looked; and search.

use std::sync::Arc;

use domain::ids::CitizenId;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use store::{Row, StoreError, Tx};
use uuid::Uuid;

use crate::AppError;
use crate::records::{self, CitizenRecord};

/// What is known of a citizen: the record, what was written to and fro, and what is to be done.
#[derive(Debug, Clone)]
pub struct CitizenView {
    /// The record.
    pub record: Arc<CitizenRecord>,
    /// Messages in and out, newest first.
    pub messages: Vec<MessageRow>,
    /// Open tasks.
    pub tasks: Vec<TaskRow>,
    /// Partners named in the record.
    pub partners: Vec<domain::organization::Organization>,
}

/// A message in either direction.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct MessageRow {
    /// The message.
    pub id: Uuid,
    /// In or out.
    pub incoming: bool,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// What it is: a word of MedCom's or ours.
    pub kind: String,
    /// Where it stands: outcome or delivery, as a word.
    pub state: String,
    /// Sender, or the receiver's location number.
    pub party: Option<String>,
    /// Why it was refused.
    pub reason: Option<String>,
}

/// A task of a citizen.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TaskRow {
    /// The task.
    pub id: Uuid,
    /// What it is about.
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

/// A stored version.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct VersionRow {
    /// What kind of record.
    pub kind: String,
    /// Which record.
    pub id: Uuid,
    /// Which version of it.
    pub version: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// By whom; none for the program itself.
    pub actor: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// A look into the record.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct AccessRow {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who; none for the program itself.
    pub name: Option<String>,
    /// Their role, as a word.
    pub role: Option<String>,
    /// What was opened, as a word.
    pub what: String,
    /// Why, when a reason was given.
    pub purpose: String,
    /// Seen in a list with others.
    pub in_list: bool,
}

/// Reads what is known of a citizen: four queries.
pub fn citizen(tx: &mut Tx<'_>, id: CitizenId) -> Result<CitizenView, AppError> {
    Ok(CitizenView {
        record: records::citizen_record(tx, id)?,
        messages: messages(tx, id)?,
        tasks: tasks(tx, id)?,
        partners: crate::organizations::partners(tx)?,
    })
}

/// Whether there is such a citizen here.
pub fn exists(tx: &mut Tx<'_>, id: CitizenId) -> Result<(), AppError> {
    records::citizen_of(tx, "citizen", id.0).map(|_| ())
}

fn messages(tx: &mut Tx<'_>, id: CitizenId) -> Result<Vec<MessageRow>, StoreError> {
    const SQL: &str = "select id, 1, received_at, kind, outcome, coalesce(sender_name, sender), reason from message
            where organization = $1 and citizen = $2
        union all
        select id, 0, queued_at, kind, delivery, receiver, refuse_text from outgoing
            where organization = $1 and (citizen = $2 or answers in
                (select id from message where organization = $1 and citizen = $2))
        order by 3 desc limit 200";
    tx.query(SQL, &[id.0.into()], |r| {
        Ok(MessageRow {
            id: r.take()?,
            incoming: r.take_number()? == 1,
            at: r.take()?,
            kind: r.take()?,
            state: r.take()?,
            party: r.take()?,
            reason: r.take()?,
        })
    })
}

fn tasks(tx: &mut Tx<'_>, id: CitizenId) -> Result<Vec<TaskRow>, StoreError> {
    const SQL: &str = "select t.id, t.subject, t.kind, t.due_on, u.initials, t.unit, t.rule from task t
        left join user_account u on u.organization = t.organization and u.id = t.owner
        where t.organization = $1 and t.citizen = $2 and t.state = 'open' order by t.due_on, t.id";
    tx.query(SQL, &[id.0.into()], |r| {
        Ok(TaskRow {
            id: r.take()?,
            subject: r.take()?,
            kind: r.take()?,
            due_on: r.take()?,
            owner: r.take()?,
            unit: r.take()?,
            rule: r.take()?,
        })
    })
}

/// The newest versions of anything in the record.
pub fn versions(tx: &mut Tx<'_>, id: CitizenId, limit: i64) -> Result<Vec<VersionRow>, StoreError> {
    const SQL: &str = "select v.kind, v.id, v.version, v.at, u.name, v.reason from record_version v
        left join user_account u on u.organization = v.organization and u.id = v.actor
        where v.organization = $1 and v.citizen = $2 order by v.at desc, v.kind, v.id, v.version desc limit $3";
    tx.query(SQL, &[id.0.into(), limit.into()], |r| {
        Ok(VersionRow {
            kind: r.take()?,
            id: r.take()?,
            version: r.take()?,
            at: r.take()?,
            actor: r.take()?,
            reason: r.take()?,
        })
    })
}

/// How far back lists are searched for a citizen; an opened record is found however old.
const LISTS_DAYS: i64 = 30;

/// Who has looked: opened records, and lists that showed the citizen in the last thirty days.
pub fn access_log(tx: &mut Tx<'_>, id: CitizenId, limit: i64) -> Result<Vec<AccessRow>, StoreError> {
    const SQLITE: &str = "select a.at, u.name, u.role, a.what, a.purpose, 0, a.seq from access_log a
            left join user_account u on u.organization = a.organization and u.id = a.actor
            where a.organization = $1 and a.citizen = $2
        union all
        select a.at, u.name, u.role, a.what, a.purpose, 1, a.seq from access_log a
            left join user_account u on u.organization = a.organization and u.id = a.actor
            where a.organization = $1 and a.citizen is null and a.at >= $4 and instr(a.shown, $3) > 0
        order by 7 desc limit $5";
    const POSTGRES: &str = "select a.at, u.name, u.role, a.what, a.purpose, 0, a.seq from access_log a
            left join user_account u on u.organization = a.organization and u.id = a.actor
            where a.organization = $1 and a.citizen = $2
        union all
        select a.at, u.name, u.role, a.what, a.purpose, 1, a.seq from access_log a
            left join user_account u on u.organization = a.organization and u.id = a.actor
            where a.organization = $1 and a.citizen is null and a.at >= $4 and position($3 in a.shown) > 0
        order by 7 desc limit $5";
    let sql = match tx.engine() {
        store::Engine::Sqlite => SQLITE,
        store::Engine::Postgres => POSTGRES,
    };
    let since =
        tx.scope().at.saturating_sub(jiff::SignedDuration::from_hours(24 * LISTS_DAYS)).unwrap_or(Timestamp::MIN);
    let bytes = id.0.into_bytes();
    tx.query(sql, &[id.0.into(), bytes.as_slice().into(), since.into(), limit.into()], |r| {
        Ok(AccessRow {
            at: r.take()?,
            name: r.take()?,
            role: r.take()?,
            what: r.take()?,
            purpose: r.take()?,
            in_list: r.take_number()? == 1,
        })
    })
}

/// A citizen found by a search.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Found {
    /// The citizen.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Birthday, for the age.
    #[schema(value_type = Option<String>, format = Date)]
    pub born_on: Option<Date>,
    /// Name and address protection.
    pub protected: bool,
    /// A course is open.
    pub open_course: bool,
}

/// Citizens by CPR number (whole or its beginning) or by the beginning of a name; at most fifty.
pub fn search(tx: &mut Tx<'_>, text: &str) -> Result<Vec<Found>, StoreError> {
    const NUMBER: &str = "select c.id, c.given, c.surname, c.born_on, c.protected,
            (select count(*) from course o where o.organization = c.organization and o.citizen = c.id and o.open)
        from citizen c where c.organization = $1 and c.number >= $2 and c.number < $3 order by c.number limit 50";
    const NAME: &str = "select c.id, c.given, c.surname, c.born_on, c.protected,
            (select count(*) from course o where o.organization = c.organization and o.citizen = c.id and o.open)
        from citizen c where c.organization = $1 and ((c.surname_key >= $2 and c.surname_key < $3)
            or (c.name_key >= $2 and c.name_key < $3)
            or (c.name_key >= $4 and c.name_key < $5 and c.surname_key >= $6 and c.surname_key < $7))
        order by c.surname, c.given, c.id limit 50";
    match Wanted::of(text) {
        Wanted::Nobody => Ok(Vec::new()),
        Wanted::Number(number) => tx.query(NUMBER, &[(&number).into(), (&after(&number, ':')).into()], found),
        Wanted::Name(names) => tx.query(NAME, &names.each_ref().map(Into::into), found),
    }
}

/// Who a text that is typed asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Too little to look for.
    Nobody,
    /// The beginning of a CPR number.
    Number(String),
    /// From and up to: the whole text, its first word, its last word. Someone with several first names is found by one
    /// of them and the surname.
    Name([String; 6]),
}

impl Wanted {
    pub(crate) fn of(text: &str) -> Self {
        let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
            return Self::Number(digits);
        }
        let name = text.trim().to_lowercase();
        if name.chars().count() < 2 {
            return Self::Nobody;
        }
        let whole = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let (first, last) = (whole.split(' ').next().unwrap_or_default(), whole.rsplit(' ').next().unwrap_or_default());
        let [first, last] = [first, last].map(|word| [word.to_owned(), after(word, char::MAX)]);
        let ([from, to], [last_from, last_to]) = (first, last);
        Self::Name([whole.clone(), after(&whole, char::MAX), from, to, last_from, last_to])
    }
}

/// The end of the range of what begins with a text.
pub(crate) fn after(text: &str, last: char) -> String {
    format!("{text}{last}")
}

fn found(r: &mut Row<'_>) -> Result<Found, StoreError> {
    let id = r.take()?;
    let (given, surname) = (r.take::<Option<String>>()?, r.take::<String>()?);
    Ok(Found {
        id,
        name: given.map_or_else(|| surname.clone(), |given| format!("{given} {surname}")),
        born_on: r.take()?,
        protected: r.take()?,
        open_course: r.take_number()? > 0,
    })
}
