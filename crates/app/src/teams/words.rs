//! Times of sessions as they are read: "tirsdag 24. november kl. 10.00–11.30"; and addresses.

use domain::codes::{EncounterClass, InterventionCode};
use domain::ids::{SessionId, TeamId};
use domain::team::{Session, Team};
use domain::workdays::local_date;
use jiff::Timestamp;

use crate::layout::dates;

/// Where a team is seen.
pub(crate) fn team_href(id: TeamId) -> String {
    format!("/hold/{id}")
}

/// Where attendance of a session is taken and seen.
pub(super) fn session_href(team: TeamId, session: SessionId) -> String {
    format!("/hold/{team}/gange/{session}")
}

/// "10.00–11.30".
pub(super) fn span(session: &Session) -> String {
    format!("{}–{}", dates::clock(session.start), dates::clock(session.end))
}

/// The form, when it is another than together at a place.
pub(super) fn in_form(session: &Session) -> String {
    match session.class {
        EncounterClass::AtPremises => String::new(),
        other => format!(" · {}", other.label()),
    }
}

/// "tirsdag 24. november kl. 10.00–11.30".
pub(super) fn when(session: &Session, now: Timestamp) -> String {
    let day = dates::long_day(local_date(session.start), local_date(now));
    format!("{day} kl. {}", span(session))
}

/// The day in a narrow place: "tir. 24. nov.".
pub(super) fn short_day(session: &Session, now: Timestamp) -> String {
    let day = local_date(session.start);
    let weekday: String = dates::weekday(day).chars().take(3).collect();
    format!("{weekday}. {}", dates::short_day(day, local_date(now)))
}

/// "6. gang af 8".
pub(super) fn place_in_row(team: &Team, session: SessionId) -> String {
    let index = team.sessions.iter().position(|s| s.id == session).unwrap_or(0);
    format!("{}. gang af {}", index + 1, team.sessions.len())
}

/// Where the team meets, when that is written.
pub(super) fn place(team: &Team) -> Option<String> {
    team.place.as_deref().map(str::trim).filter(|place| !place.is_empty()).map(str::to_owned)
}

/// "1 plads", "3 pladser".
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// What can be delivered in a team.
pub(super) fn codes() -> impl Iterator<Item = InterventionCode> {
    InterventionCode::ALL.iter().copied().filter(|code| !code.is_talk() && *code != InterventionCode::AlcoholTalk)
}
