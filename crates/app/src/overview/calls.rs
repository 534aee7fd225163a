//! Whom a coordinator rings to today, each with why: what is agreed or promised, and patterns that broke lately.

use domain::attendance_pattern::{BrokenPattern, broken_pattern};
use domain::task::TaskKind;
use domain::team::Presence;
use domain::workdays::{day_bounds, local_date};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::queries::{Panel, Person, person};

/// A pattern is shown for so many days after the miss; somebody has rung by then, or the citizen came again.
const SHOWN_DAYS: i64 = 14;
/// So far back sessions are looked at.
const LOOKED_AT_WEEKS: i64 = 26;
/// So many calls are a day's work; the rest is on the list of follow-ups.
const MOST: i64 = 30;

/// Somebody to ring to.
pub(super) struct CallLine {
    pub(super) person: Person,
    pub(super) why: Why,
}

/// Why they are rung to.
pub(super) enum Why {
    /// A task of today or before: its kind, rule, what it is about and its day.
    Due { kind: TaskKind, rule: String, subject: Uuid, due_on: Date },
    /// A pattern of attendance.
    Broken(BrokenPattern),
}

struct Raw {
    task: Option<(TaskKind, String, Uuid)>,
    due_on: Date,
    state: String,
    at: Timestamp,
    person: Option<Person>,
}

/// What is due by the day and is the reader's or nobody's; then the broken patterns, the newest first. One query.
pub(super) fn calls(tx: &mut Tx<'_>, user: Uuid, today: Date) -> Result<Panel<CallLine>, StoreError> {
    const SQL: &str = "select p.kind, p.rule, p.subject, p.due_on, p.state, p.at, c.id, c.given, c.surname, c.born_on
        from (
            select t.* from (
                select kind, rule, subject, due_on, '' as state, made_at as at, citizen from task
                where organization = $1 and state = 'open' and kind in ('follow_up', 'ask_bridge') and due_on <= $2
                    and (owner = $3 or owner is null)
                order by due_on, id limit $4) t
            union all
            select '' as kind, '' as rule, e.id as subject, $2 as due_on, e.state, e.start_at as at, e.citizen
            from encounter e
            where e.organization = $1 and e.session is not null and e.start_at >= $5
                and e.state in ('finished', 'cancelled', 'no_show')
                and e.citizen in (select m.citizen from encounter m
                    where m.organization = $1 and m.session is not null and m.start_at >= $6
                        and m.state in ('cancelled', 'no_show'))
        ) p
        join citizen c on c.organization = $1 and c.id = p.citizen
        where c.deceased_on is null
        order by p.kind desc, p.due_on, c.id, p.at";
    let back = |span: jiff::Span| day_bounds(today.saturating_sub(span)).0;
    let values =
        [today.into(), user.into(), MOST.into(), back(LOOKED_AT_WEEKS.weeks()).into(), back(SHOWN_DAYS.days()).into()];
    let rows = tx.query(SQL, &values, |row| {
        let (kind, rule, subject): (String, String, Uuid) = (row.take()?, row.take()?, row.take()?);
        let task = match kind.as_str() {
            "" => None,
            kind => Some((TaskKind::parse(kind).map_err(|_| StoreError::Unreadable { what: "task" })?, rule, subject)),
        };
        Ok(Raw { task, due_on: row.take()?, state: row.take()?, at: row.take()?, person: person(row)? })
    })?;
    let mut lines = Vec::new();
    let mut sessions: Vec<(Person, Vec<(Date, Presence)>)> = Vec::new();
    for Raw { task, due_on, state, at, person } in rows {
        let Some(person) = person else { continue };
        if let Some((kind, rule, subject)) = task {
            lines.push(CallLine { person, why: Why::Due { kind, rule, subject, due_on } });
            continue;
        }
        let session = (local_date(at), presence(&state));
        match sessions.last_mut() {
            Some((known, all)) if known.id == person.id => all.push(session),
            _ => sessions.push((person, vec![session])),
        }
    }
    let since = today.saturating_sub(SHOWN_DAYS.days());
    let broken = |(person, all): (Person, Vec<_>)| Some((person, broken_pattern(&all).filter(|it| it.on() >= since)?));
    let mut broken: Vec<_> = sessions.into_iter().filter_map(broken).collect();
    broken.sort_by_key(|(_, pattern)| std::cmp::Reverse(pattern.on()));
    lines.extend(broken.into_iter().map(|(person, pattern)| CallLine { person, why: Why::Broken(pattern) }));
    Ok(Panel { total: lines.len(), lines })
}

fn presence(state: &str) -> Presence {
    match state {
        "finished" => Presence::Present,
        "cancelled" => Presence::Regrets,
        _ => Presence::Absent,
    }
}
