//! SQL of what is kept.

use std::collections::{BTreeMap, BTreeSet};

use indicators::totals::Sums;
use jiff::Timestamp;
use jiff::civil::Date;
use standard::Outcome;
use store::{Row, StoreError, Tx, Value};
use uuid::Uuid;

use super::cells;
use super::changes::Changed;
use super::part::{Counts, OUTCOMES, Part, TOTALS, Written};

/// How far what is kept has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    pub(super) evaluated_on: Date,
    pub(super) seq: i64,
    pub(super) at: Timestamp,
    pub(super) basis: String,
    /// A pass over everybody is under way, or was left on the way.
    pub(super) is_being_counted: bool,
}

pub(super) fn state(tx: &mut Tx<'_>) -> Result<Option<State>, StoreError> {
    const SQL: &str = "select s.evaluated_on, s.seq, s.at, s.basis, p.id
        from quality_state s left join quality_pass p on p.organization = s.organization where s.organization = $1";
    tx.first(SQL, &[], |row| {
        let (evaluated_on, seq, at, basis) = (row.take()?, row.take()?, row.take()?, row.take()?);
        let is_being_counted = row.take::<Option<Uuid>>()?.is_some();
        Ok(State { evaluated_on, seq, at, basis, is_being_counted })
    })
}

/// Hashes of the teams as they were looked at last.
pub(super) fn teams(tx: &mut Tx<'_>) -> Result<BTreeMap<String, String>, StoreError> {
    const SQL: &str = "select teams from quality_state where organization = $1";
    let text: Option<String> = tx.first(SQL, &[], |row| row.take())?;
    let unreadable = |_| StoreError::Unreadable { what: "quality_state" };
    text.map_or_else(|| Ok(BTreeMap::new()), |text| serde_json::from_str(&text).map_err(unreadable))
}

pub(super) fn save_state(tx: &mut Tx<'_>, state: &State, teams: &BTreeMap<String, String>) -> Result<(), StoreError> {
    const SQL: &str = "insert into quality_state (organization, evaluated_on, seq, at, basis, teams)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (organization) do update set evaluated_on = excluded.evaluated_on, seq = excluded.seq,
            at = excluded.at, basis = excluded.basis, teams = excluded.teams";
    let teams = json(teams)?;
    let State { evaluated_on, seq, at, basis, .. } = state;
    let values = [(*evaluated_on).into(), (*seq).into(), (*at).into(), basis.into(), Value::Json(&teams)];
    tx.execute(SQL, &values).map(|_| ())
}

/// What was read of the log up to a place said nothing that is looked at.
pub(super) fn pass_over(tx: &mut Tx<'_>, seq: i64) -> Result<(), StoreError> {
    const SQL: &str = "update quality_state set seq = $2 where organization = $1 and seq < $2";
    tx.execute(SQL, &[seq.into()]).map(|_| ())
}

pub(super) fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable { what: "quality" })
}

/// What the log says after a place in it, at most so many entries; with the place it was read to.
pub(super) fn changed_since(tx: &mut Tx<'_>, seq: i64, most: i64) -> Result<(Changed, i64, i64), StoreError> {
    const SQL: &str = "select seq, records from audit where organization = $1 and seq > $2 order by seq limit $3";
    let (mut changed, mut last, mut entries) = (Changed::default(), seq, 0);
    tx.query(SQL, &[seq.into(), most.into()], |row| {
        last = row.take()?;
        entries += 1;
        changed.read(&row.take::<String>()?);
        Ok(())
    })?;
    Ok((changed, last, entries))
}

/// Whom the messages, letters and reports of a change are about.
pub(super) fn whom(tx: &mut Tx<'_>, changed: &Changed) -> Result<BTreeSet<Uuid>, StoreError> {
    const OUTGOING: &str = "select coalesce(o.citizen, m.citizen) from outgoing o
        left join message m on m.organization = o.organization and m.id = o.answers
        where o.organization = $1 and o.id = $2";
    const NOTICE: &str = "select citizen from notice where organization = $1 and id = $2";
    const REPORT: &str = "select citizen from delivery_report where organization = $1 and id = $2";
    let mut all = changed.citizens.clone();
    for (sql, ids) in [(OUTGOING, &changed.outgoing), (NOTICE, &changed.notices), (REPORT, &changed.reports)] {
        for id in ids {
            all.extend(tx.first(sql, &[(*id).into()], |row| row.take::<Option<Uuid>>())?.flatten());
        }
    }
    Ok(all)
}

/// Those whose outcomes depend on a team.
pub(super) fn of_team(tx: &mut Tx<'_>, team: &str) -> Result<Vec<Uuid>, StoreError> {
    const SQL: &str = "select citizen from quality_team where organization = $1 and team = $2";
    tx.query(SQL, &[team.into()], |row| row.take())
}

/// How many citizens there are, counted no further than asked for.
pub(super) fn citizens_up_to(tx: &mut Tx<'_>, most: i64) -> Result<i64, StoreError> {
    const SQL: &str = "select count(*) from (select id from citizen where organization = $1 limit $2) as found";
    Ok(tx.first(SQL, &[most.into()], |row| row.take())?.unwrap_or_default())
}

/// What the sums move by.
#[derive(Debug, Default)]
pub(super) struct Moved {
    counts: Counts,
    cells: Sums,
}

/// Puts parts in the place of those that were kept, and adds what differs to what the sums move by.
pub(super) fn put(tx: &mut Tx<'_>, parts: &[(Uuid, Written)], moved: &mut Moved) -> Result<(), StoreError> {
    for (whose, now) in parts {
        cells::put(tx, *whose, now, &mut moved.cells)?;
        let kept = kept(tx, *whose)?;
        let (counts, known) = kept.map_or_else(|| (Counts::new(), None), |(counts, hash)| (counts, Some(hash)));
        let same = known.as_ref() == Some(&now.hash);
        if same && counts == now.part.counts {
            continue;
        }
        move_by(&mut moved.counts, &counts, -1);
        move_by(&mut moved.counts, &now.part.counts, 1);
        save_part(tx, *whose, now)?;
        if !same {
            replace(tx, *whose, &now.part)?;
        }
    }
    Ok(())
}

/// Moves the sums.
pub(super) fn settle(tx: &mut Tx<'_>, moved: &Moved) -> Result<(), StoreError> {
    add(tx, &moved.counts)?;
    cells::add(tx, &moved.cells)
}

fn move_by(moved: &mut Counts, counts: &Counts, step: i64) {
    for (name, count) in counts {
        match moved.get_mut(name) {
            Some(sum) => *sum += step * count,
            None => {
                moved.insert(name.clone(), step * count);
            }
        }
    }
}

fn kept(tx: &mut Tx<'_>, whose: Uuid) -> Result<Option<(Counts, String)>, StoreError> {
    const SQL: &str = "select counts, hash from quality_part where organization = $1 and citizen = $2";
    let found = tx.first(SQL, &[whose.into()], |row| Ok((row.take::<String>()?, row.take::<String>()?)))?;
    let Some((counts, hash)) = found else { return Ok(None) };
    let counts = serde_json::from_str(&counts).map_err(|_| StoreError::Unreadable { what: "quality_part" })?;
    Ok(Some((counts, hash)))
}

fn save_part(tx: &mut Tx<'_>, whose: Uuid, Written { counts, hash, .. }: &Written) -> Result<(), StoreError> {
    const SQL: &str = "insert into quality_part (organization, citizen, counts, hash) values ($1, $2, $3, $4)
        on conflict (organization, citizen) do update set counts = excluded.counts, hash = excluded.hash";
    tx.execute(SQL, &[whose.into(), Value::Json(counts), hash.into()]).map(|_| ())
}

fn add(tx: &mut Tx<'_>, moved: &Counts) -> Result<(), StoreError> {
    const SQL: &str = "insert into quality_count (organization, name, count) values ($1, $2, $3)
        on conflict (organization, name) do update set count = quality_count.count + excluded.count";
    const EMPTY: &str = "delete from quality_count where organization = $1 and count = 0";
    for (name, count) in moved.iter().filter(|(_, count)| **count != 0) {
        tx.execute(SQL, &[name.into(), (*count).into()])?;
    }
    if moved.values().any(|count| *count < 0) { tx.execute(EMPTY, &[]).map(|_| ()) } else { Ok(()) }
}

fn replace(tx: &mut Tx<'_>, whose: Uuid, part: &Part) -> Result<(), StoreError> {
    const FINDING: &str = "insert into quality_finding (organization, requirement, citizen, subject, unit, of_course,
            outcome, due, reason, missing)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    const TEAM: &str = "insert into quality_team (organization, team, citizen) values ($1, $2, $3)";
    clear(tx, whose)?;
    for it in &part.findings {
        let values = [
            it.requirement.into(),
            whose.into(),
            it.subject.into(),
            it.unit.as_str().into(),
            it.of_course.into(),
            it.outcome.word().into(),
            it.due.into(),
            it.reason.into(),
            it.facts.as_str().into(),
        ];
        tx.execute(FINDING, &values)?;
    }
    for team in &part.teams {
        tx.execute(TEAM, &[team.as_str().into(), whose.into()])?;
    }
    Ok(())
}

fn clear(tx: &mut Tx<'_>, whose: Uuid) -> Result<(), StoreError> {
    const FINDINGS: &str = "delete from quality_finding where organization = $1 and citizen = $2";
    const TEAMS: &str = "delete from quality_team where organization = $1 and citizen = $2";
    tx.execute(FINDINGS, &[whose.into()])?;
    tx.execute(TEAMS, &[whose.into()]).map(|_| ())
}

/// Takes a citizen's part out, as retention does before the record goes.
///
/// # Errors
///
/// The store cannot be written.
pub fn forget(tx: &mut Tx<'_>, citizen: Uuid) -> Result<(), StoreError> {
    const SQL: &str = "delete from quality_part where organization = $1 and citizen = $2";
    let Some((counts, _)) = kept(tx, citizen)? else { return Ok(()) };
    let mut moved = Counts::new();
    move_by(&mut moved, &counts, -1);
    add(tx, &moved)?;
    clear(tx, citizen)?;
    cells::forget(tx, citizen)?;
    tx.execute(SQL, &[citizen.into()]).map(|_| ())
}

/// What the courses add up to.
pub(super) fn totals(tx: &mut Tx<'_>) -> Result<standard::Totals, StoreError> {
    let all = by_name(tx, TOTALS)?;
    Ok(standard::Totals::of_named(all.iter().map(|(name, count)| (name.as_str(), *count))))
}

fn by_name(tx: &mut Tx<'_>, under: &'static str) -> Result<Vec<(String, i64)>, StoreError> {
    const SQL: &str = "select name, count from quality_count where organization = $1 and name >= $2 and name < $3";
    // The next word after every name that begins so: a slash is followed by a zero.
    let after = under.replace('/', "0");
    tx.query(SQL, &[under.into(), (&after).into()], |row| {
        let name: String = row.take()?;
        Ok((name[under.len()..].to_owned(), row.take()?))
    })
}

/// How many units of a requirement have an outcome in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The requirement.
    pub requirement: String,
    /// First day of the month; none for what belongs to no month.
    pub month: Option<Date>,
    /// The outcome.
    pub outcome: Outcome,
    /// How many.
    pub count: u64,
}

/// All counts of outcomes.
pub(in crate::quality) fn counts(tx: &mut Tx<'_>) -> Result<Vec<Count>, StoreError> {
    let all = by_name(tx, OUTCOMES)?;
    Ok(all.iter().filter_map(|(name, count)| count_of(name, *count)).collect())
}

fn count_of(name: &str, count: i64) -> Option<Count> {
    let mut parts = name.split('/');
    let (requirement, month, outcome) = (parts.next()?, parts.next()?, parts.next()?);
    let month = format!("{month}-01").parse().ok();
    Some(Count {
        requirement: requirement.to_owned(),
        month,
        outcome: outcome_of(outcome)?,
        count: u64::try_from(count).unwrap_or_default(),
    })
}

fn outcome_of(word: &str) -> Option<Outcome> {
    let all = [Outcome::Met, Outcome::NotMet, Outcome::NotYetDue, Outcome::NotApplicable, Outcome::Unknown];
    all.into_iter().find(|outcome| outcome.word() == word)
}

/// A unit that does not meet a requirement, or not yet, or nobody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Whose; the nil id for what is about no citizen.
    pub citizen: Uuid,
    /// The course, or the request that led to none; an offer or a team when it is about no citizen.
    pub subject: Uuid,
    /// The subject is a course.
    pub of_course: bool,
    /// The unit.
    pub unit: String,
    /// The outcome.
    pub outcome: Outcome,
    /// The last day in time.
    pub due: Option<Date>,
    /// What does not hold.
    pub reason: Option<String>,
    /// The facts that are missing, with a blank between.
    pub missing: String,
    /// Name of the citizen, the team or the offer.
    pub name: Option<String>,
}

/// What is missing of a requirement, the oldest deadline first, and what nobody can do anything about yet last; without what is
/// about citizens for who may not see it.
pub(in crate::quality) fn findings(
    tx: &mut Tx<'_>,
    requirement: &str,
    of_citizens: bool,
    most: i64,
) -> Result<Vec<Finding>, StoreError> {
    const ALL: &str = "select f.citizen, f.subject, f.of_course, f.unit, f.outcome, f.due, f.reason, f.missing,
            coalesce(c.surname, t.name, o.name), c.given
        from quality_finding f
        left join citizen c on c.organization = f.organization and c.id = f.citizen
        left join team t on t.organization = f.organization and t.id = f.subject
        left join offer o on o.organization = f.organization and o.id = f.subject
        where f.organization = $1 and f.requirement = $2
        order by case f.outcome when 'not_met' then 0 when 'unknown' then 1 else 2 end, f.due, f.subject, f.unit limit $3";
    const OF_NOBODY: &str = "select f.citizen, f.subject, f.of_course, f.unit, f.outcome, f.due, f.reason, f.missing,
            coalesce(t.name, o.name), cast(null as text)
        from quality_finding f
        left join team t on t.organization = f.organization and t.id = f.subject
        left join offer o on o.organization = f.organization and o.id = f.subject
        where f.organization = $1 and f.requirement = $2 and f.citizen = $4
        order by case f.outcome when 'not_met' then 0 when 'unknown' then 1 else 2 end, f.due, f.subject, f.unit limit $3";
    if of_citizens {
        tx.query(ALL, &[requirement.into(), most.into()], finding)
    } else {
        tx.query(OF_NOBODY, &[requirement.into(), most.into(), Uuid::nil().into()], finding)
    }
}

fn finding(row: &mut Row<'_>) -> Result<Finding, StoreError> {
    let (citizen, subject, of_course, unit) = (row.take()?, row.take()?, row.take()?, row.take()?);
    let outcome = outcome_of(&row.take::<String>()?).ok_or(StoreError::Unreadable { what: "quality_finding" })?;
    let (due, reason, missing) = (row.take()?, row.take()?, row.take()?);
    let (surname, given) = (row.take::<Option<String>>()?, row.take::<Option<String>>()?);
    let name = surname.map(|surname| given.map_or_else(|| surname.clone(), |given| format!("{given} {surname}")));
    Ok(Finding { citizen, subject, of_course, unit, outcome, due, reason, missing, name })
}
