//! When sessions clash, how many each instructor has, and which day comes instead of one that is called off.

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Team;
use crate::ids::{SessionId, TeamId, UserId};
use crate::workdays::{ExtraClosedDays, is_holiday, is_workday};

/// Fewest participants per instructor at supervised training; below it the team has room (KS-6.3-04: 6-8).
pub const INSTRUCTOR_RATIO_MIN: u16 = 6;
/// Most participants per instructor at supervised training (KS-6.3-04: 6-8).
pub const INSTRUCTOR_RATIO_MAX: u16 = 8;

/// How the seats of a team fit its instructors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Load {
    /// At most eight each.
    Fits,
    /// So many instructors are missing.
    Missing(u16),
}

/// A time in which somebody or somewhere is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Whose session; none for an appointment.
    pub team: Option<(TeamId, SessionId)>,
    /// Start.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
    /// Who is busy.
    pub people: Vec<UserId>,
    /// Where.
    pub place: Option<String>,
}

/// What two times want at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// A person.
    Person(UserId),
    /// A room.
    Place(String),
}

/// A clash with when it is.
pub type Clashes = Vec<(Timestamp, Clash)>;

/// What new times want that is taken already. Places are compared without regard to case and spaces.
pub fn clashes(new: &[Meeting], taken: &[Meeting]) -> Clashes {
    let mut found = Vec::new();
    for (one, other) in new.iter().flat_map(|one| taken.iter().map(move |other| (one, other))) {
        let same = one.team.is_some() && one.team == other.team;
        if same || one.end <= other.start || other.end <= one.start {
            continue;
        }
        let shared = one.people.iter().filter(|person| other.people.contains(person));
        found.extend(shared.map(|person| (one.start, Clash::Person(*person))));
        if let (Some(mine), Some(theirs)) = (&one.place, &other.place)
            && key(mine) == key(theirs)
        {
            found.push((one.start, Clash::Place(mine.trim().to_owned())));
        }
    }
    found
}

fn key(place: &str) -> String {
    place.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The next day a week or more later that is not closed.
pub fn next_open_day(after: Date) -> Date {
    let weeks = after.series(1.week()).skip(1).take(52);
    weeks.into_iter().find(|day| !is_closed(*day)).unwrap_or(after)
}

/// Public holidays and the days between; a Saturday as such is not closed, since somebody chose it.
pub fn is_closed(day: Date) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    is_holiday(day) || (!weekend && !is_workday(day, ExtraClosedDays::default()))
}

impl Team {
    /// How the seats fit the instructors, once some are named. `professionals` are those of them who hold the competence
    /// themselves: whoever teaches beside them from own experience is not counted (KS-4.5-03). The rule is that of
    /// supervised training (KS-6.3-04).
    pub fn load(&self, professionals: usize) -> Load {
        let professionals = u16::try_from(professionals).unwrap_or(u16::MAX);
        if self.code != crate::codes::InterventionCode::PhysicalTraining || self.instructors.is_empty() {
            return Load::Fits;
        }
        match self.seats.div_ceil(INSTRUCTOR_RATIO_MAX).saturating_sub(professionals) {
            0 => Load::Fits,
            missing => Load::Missing(missing),
        }
    }

    /// The times of the team's sessions that are still to come and stand.
    pub fn meetings(&self, from: Timestamp) -> Vec<Meeting> {
        let ahead = self.sessions.iter().filter(|s| s.end > from && s.cancelled.is_none());
        let meeting = |session: &super::Session| Meeting {
            team: Some((self.id, session.id)),
            start: session.start,
            end: session.end,
            people: self.instructors_of(session).to_vec(),
            place: self.place_of(session).map(str::to_owned),
        };
        ahead.map(meeting).collect()
    }
}
