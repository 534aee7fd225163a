//! Times in which an instructor or a room is taken twice: asked about when a team is set up, when sessions are laid in, and
//! when a talk is booked. The rule is [`domain::team::clashes`].

use domain::calendar::Period;
use domain::team::{Clash, Clashes, Meeting, Team, clashes};
use domain::workdays::local_date;
use jiff::Timestamp;
use store::Tx;

use super::queries;
use crate::layout::dates;
use crate::{AppError, calendar};

/// The sessions of all teams that lie within a period, as times in which somebody and a room are taken.
pub(crate) fn meetings(tx: &mut Tx<'_>, within: Period) -> Result<Vec<Meeting>, AppError> {
    let teams = queries::current(tx, within.start)?;
    let mut all: Vec<Meeting> = teams.iter().flat_map(|team| team.meetings(within.start)).collect();
    all.retain(|meeting| meeting.start < within.end);
    Ok(all)
}

/// What these times of a team want that is taken already, by talks or by other teams.
pub(super) fn find(tx: &mut Tx<'_>, team: &Team, new: &[Meeting]) -> Result<Clashes, AppError> {
    let (start, end) = (new.iter().map(|meeting| meeting.start).min(), new.iter().map(|meeting| meeting.end).max());
    let Some((start, end)) = start.zip(end) else { return Ok(Vec::new()) };
    let within = Period { start, end };
    let mut taken = calendar::booked(tx, within)?;
    let others = meetings(tx, within)?;
    taken.extend(others.into_iter().filter(|other| other.team.is_none_or(|(id, _)| id != team.id)));
    Ok(clashes(new, &taken))
}

/// Refuses new sessions that clash, at the field of their day.
pub(super) fn refuse(tx: &mut Tx<'_>, before: &Team, after: &Team, now: Timestamp) -> Result<(), AppError> {
    let known = |meeting: &Meeting| meeting.team.is_some_and(|(_, id)| before.session(id).is_ok());
    let new: Vec<Meeting> = after.meetings(now).into_iter().filter(|meeting| !known(meeting)).collect();
    let found = find(tx, after, &new)?;
    if found.is_empty() { Ok(()) } else { Err(AppError::field("dato", "clash", in_words(&found, now))) }
}

/// "Lokalet er optaget tir. 1. dec. kl. 9.00. Underviseren er optaget …", the first few.
pub(super) fn in_words(found: &Clashes, now: Timestamp) -> String {
    let one = |(at, clash): &(Timestamp, Clash)| {
        let what = if matches!(clash, Clash::Place(_)) { "Lokalet" } else { "Underviseren" };
        let day = dates::short_day(local_date(*at), local_date(now));
        format!("{what} er optaget {day} kl. {}", dates::clock(*at))
    };
    found.iter().take(3).map(one).collect::<Vec<_>>().join(". ")
}
