//! Sessions as the calendar shows them.

use domain::calendar::Period;
use domain::ids::UserId;
use store::Tx;

use super::queries;
use super::words::session_href;
use crate::AppError;

/// A session that stands, with who leads it.
pub(crate) struct TeamTime {
    pub(crate) period: Period,
    pub(crate) people: Vec<UserId>,
    /// The team's name.
    pub(crate) name: String,
    pub(crate) place: Option<String>,
    pub(crate) href: String,
}

/// The sessions that begin within a period and are not called off, by time.
pub(crate) fn times(tx: &mut Tx<'_>, within: Period) -> Result<Vec<TeamTime>, AppError> {
    let teams = queries::current(tx, within.start)?;
    let all = teams.iter().flat_map(|team| team.sessions.iter().map(move |session| (team, session)));
    let ours = all.filter(|(_, s)| s.cancelled.is_none() && s.start >= within.start && s.start < within.end);
    let mut times: Vec<TeamTime> = ours
        .map(|(team, session)| TeamTime {
            period: Period { start: session.start, end: session.end },
            people: team.instructors_of(session).to_vec(),
            name: team.name.clone(),
            place: team.place_of(session).map(str::to_owned),
            href: session_href(team.id, session.id),
        })
        .collect();
    times.sort_by_key(|time| time.period.start);
    Ok(times)
}
