//! SQL of what a plan starts from: five queries, none of which names a citizen.

use std::collections::BTreeMap;

use domain::calendar::PractitionerRole;
use domain::service_request::Source;
use domain::team::Team;
use domain::workdays::local_date;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use store::{StoreError, Tx};

use super::today::Kept;
use crate::{calendar, population, teams};

/// What is kept of the last year.
pub(super) fn kept(tx: &mut Tx<'_>) -> Result<Kept, StoreError> {
    let now = tx.scope().at;
    let today = local_date(now);
    let begins = |day| domain::workdays::day_bounds(day).0;
    let since = begins(today.saturating_sub(1.year()));
    let professionals = calendar::practitioners(tx)?.iter().filter(|(_, role)| works(role)).count();
    Ok(Kept {
        today,
        first_request: first_request(tx)?,
        requests: requests(tx, since, begins(today))?,
        classes: teams::current(tx, since)?.iter().filter_map(|team| class(team, today)).collect(),
        adults: population::own_adults(tx)?,
        professionals: u32::try_from(professionals).unwrap_or(u32::MAX),
    })
}

/// Whoever may hold something is a professional here; those who lead or take in referrals are not counted.
fn works(role: &PractitionerRole) -> bool {
    !role.competences.is_empty()
}

/// A class that has begun, with its sessions that were not called off.
fn class(team: &Team, today: Date) -> Option<super::today::Class> {
    let meets = || team.sessions.iter().filter(|session| session.cancelled.is_none());
    let first = meets().map(|session| local_date(session.start)).min()?;
    let last = meets().map(|session| local_date(session.start)).max()?;
    (first <= today).then_some(super::today::Class {
        code: team.code,
        seats: team.seats,
        first,
        last: last.min(today),
        rolling: team.intake == domain::team::Intake::Rolling,
    })
}

/// The day of the first request of all: how long the municipality has used the program.
fn first_request(tx: &mut Tx<'_>) -> Result<Option<Date>, StoreError> {
    const SQL: &str = "select min(at) from (
            select min(received_at) as at from service_request where organization = $1 and open
            union all select min(received_at) from service_request where organization = $1 and not open) both_kinds";
    let first = tx.first(SQL, &[], |row| row.take::<Option<Timestamp>>())?;
    Ok(first.flatten().map(local_date))
}

/// Requests of whole days, by who asked: what is simulated for today holds until the next.
fn requests(tx: &mut Tx<'_>, since: Timestamp, before: Timestamp) -> Result<BTreeMap<Source, u32>, StoreError> {
    const SQL: &str = "select source, count(*) from (
            select source from service_request
                where organization = $1 and open and received_at >= $2 and received_at < $3
            union all select source from service_request
                where organization = $1 and not open and received_at >= $2 and received_at < $3
        ) both_kinds group by source";
    let rows = tx.query(SQL, &[since.into(), before.into()], |row| {
        let source = Source::parse(&row.take::<String>()?);
        let source = source.map_err(|_| StoreError::Unreadable { what: "service_request" })?;
        Ok((source, u32::try_from(row.take::<i64>()?).unwrap_or(u32::MAX)))
    })?;
    Ok(rows.into_iter().collect())
}
