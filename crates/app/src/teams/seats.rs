//! Teams that somebody can join now, for whoever plans with a citizen.

use domain::codes::InterventionCode;
use domain::ids::TeamId;
use domain::team::Team;
use domain::workdays::local_date;
use jiff::Timestamp;

use crate::layout::dates;

/// A team with a free seat.
pub(crate) struct FreeSeats {
    /// The team.
    pub(crate) team: TeamId,
    /// Which intervention it delivers.
    pub(crate) code: InterventionCode,
    /// "KOL-hold tirsdag, næste gang tir. 1. dec., 3 ledige".
    pub(crate) label: String,
}

/// Those of the teams that have free seats and meet again, the next to meet first.
pub(crate) fn free_seats(teams: &[Team], now: Timestamp) -> Vec<FreeSeats> {
    let mut found: Vec<(Timestamp, FreeSeats)> = teams.iter().filter_map(|team| free_in(team, now)).collect();
    found.sort_by_key(|(next, seats)| (*next, seats.team));
    found.into_iter().map(|(_, seats)| seats).collect()
}

fn free_in(team: &Team, now: Timestamp) -> Option<(Timestamp, FreeSeats)> {
    let next = team.next_session(now)?.start;
    let free = match team.free_seats() {
        0 => return None,
        1 => "1 ledig".to_owned(),
        many => format!("{many} ledige"),
    };
    let day = local_date(next);
    let when = format!("{} {}", dates::weekday(day), dates::short_day(day, local_date(now)));
    let label = format!("{}, næste gang {when}, {free}", team.name);
    Some((next, FreeSeats { team: team.id, code: team.code, label }))
}
