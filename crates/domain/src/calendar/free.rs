//! Free times: hours of work, less what is taken with a small pause around it, less closed days and what is past.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::{Need, Period, PractitionerRole, Workday};
use crate::competence::Competence;
use crate::ids::UserId;
use crate::workdays::{ExtraClosedDays, instant, is_workday, local_date};

/// A time that nobody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeTime {
    /// Whose.
    pub professional: UserId,
    /// When.
    pub period: Period,
    /// Where.
    pub place: String,
}

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    /// Nothing before this.
    pub now: Timestamp,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Length of the talk.
    pub minutes: i64,
    /// Days the municipality is closed besides the holidays.
    pub closed: ExtraClosedDays,
}

/// Starts are on whole half hours from the beginning of the working hours.
const STEP: SignedDuration = SignedDuration::from_mins(30);
/// Between two talks: to write, to fetch the next.
const PAUSE: SignedDuration = SignedDuration::from_mins(10);

/// Why a time cannot be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AppointmentError {
    /// End before start, or longer than a working day.
    #[error("the time does not run forwards within a day")]
    Unreadable,
    /// In the past.
    #[error("the time has passed")]
    Past,
    /// Holiday, weekend or closed day.
    #[error("the day is closed")]
    Closed,
    /// Outside the person's hours.
    #[error("outside the working hours")]
    OutsideHours,
    /// Away or busy.
    #[error("the person is away")]
    Away,
    /// Somebody has it.
    #[error("the time is taken")]
    Taken,
    /// The citizen is somewhere else then.
    #[error("the citizen has another appointment then")]
    CitizenTaken,
    /// The person may not hold this.
    #[error("competence {0:?} is missing")]
    NotCompetent(Competence),
    /// The talk has a time already.
    #[error("the talk has a time already")]
    HasTime,
    /// It was called off or held.
    #[error("the appointment is over")]
    Over,
    /// The talk is over, or the citizen is dead.
    #[error("nothing is planned that a time could be booked for")]
    NothingPlanned,
    /// A need has no answer.
    #[error("need {0:?} has no answer")]
    NeedOpen(Need),
    /// A need cannot be met and nobody says why the time stands.
    #[error("need {0:?} cannot be met and has no reason")]
    NeedReason(Need),
}

impl AppointmentError {
    /// What staff read.
    pub fn user_message(self) -> String {
        match self {
            Self::Unreadable => "Tiden kan ikke læses. Vælg en af de ledige tider.".into(),
            Self::Past => "Tiden er gået. Vælg en senere.".into(),
            Self::Closed => "Der er lukket den dag. Vælg en anden.".into(),
            Self::OutsideHours => "Tiden ligger uden for medarbejderens arbejdstid. Vælg en af de ledige.".into(),
            Self::Away => "Medarbejderen er optaget af andet på det tidspunkt. Vælg en af de ledige.".into(),
            Self::Taken => "Tiden er lige blevet taget af en anden. Vælg en af de ledige. Intet er booket.".into(),
            Self::CitizenTaken => "Borgeren har allerede en anden tid på det tidspunkt. Vælg en anden.".into(),
            Self::NotCompetent(competence) => {
                format!("Medarbejderen har ikke kompetencen {}. Vælg en anden.", competence.label().to_lowercase())
            }
            Self::HasTime => "Samtalen har allerede en tid. Flyt den i stedet.".into(),
            Self::Over => "Tiden er allerede aflyst eller holdt. Book en ny i stedet.".into(),
            Self::NothingPlanned => "Der er ingen planlagt samtale at booke tid til.".into(),
            Self::NeedOpen(need) => format!("Vælg, hvordan det står til med {}.", need.label().to_lowercase()),
            Self::NeedReason(need) => {
                format!("{} kan ikke skaffes. Skriv, hvorfor tiden bookes alligevel.", need.label())
            }
        }
    }
}

/// All free times of a person, in the order of time, none overlapping another.
pub fn free_times(role: &PractitionerRole, taken: &[Period], search: Search) -> Vec<FreeTime> {
    let length = SignedDuration::from_mins(search.minutes);
    if length <= SignedDuration::ZERO || search.to < search.from {
        return Vec::new();
    }
    let days = search.from.series(1.day()).take_while(|day| *day <= search.to);
    let open = days.filter(|day| is_workday(*day, search.closed));
    let mut found: Vec<FreeTime> = open.flat_map(|day| of_day(role, taken, day, length, search.now)).collect();
    found.sort_by_key(|free| free.period.start);
    found
}

fn of_day(
    role: &PractitionerRole,
    taken: &[Period],
    day: Date,
    length: SignedDuration,
    now: Timestamp,
) -> Vec<FreeTime> {
    let mut found = Vec::new();
    for hours in role.hours.iter().filter(|hours| Some(hours.day) == Workday::of(day)) {
        let Some((mut start, end)) = instant(day, hours.from).zip(instant(day, hours.to)) else { continue };
        while start + length <= end {
            let period = Period { start, end: start + length };
            if start > now && is_free(role, taken, period) {
                found.push(FreeTime { professional: role.id, period, place: hours.place.clone() });
                start = next_step(start, length + PAUSE);
            } else {
                start += STEP;
            }
        }
    }
    found
}

/// The first step that lies at least so long after a start.
fn next_step(start: Timestamp, after: SignedDuration) -> Timestamp {
    let mut next = start + STEP;
    while next < start + after {
        next += STEP;
    }
    next
}

fn is_free(role: &PractitionerRole, taken: &[Period], period: Period) -> bool {
    let with_pause = |other: &Period| Period { start: other.start - PAUSE, end: other.end + PAUSE };
    !taken.iter().any(|other| with_pause(other).overlaps(period))
        && !role.absences.iter().any(|away| away.period.overlaps(period))
}

/// Checks a time that somebody asks for, and says where it is. `taken` are the person's other appointments.
pub fn check_time(
    role: &PractitionerRole,
    taken: &[Period],
    period: Period,
    now: Timestamp,
    closed: ExtraClosedDays,
) -> Result<String, AppointmentError> {
    let day = local_date(period.start);
    if period.end <= period.start || period.end.duration_since(period.start) > SignedDuration::from_hours(12) {
        return Err(AppointmentError::Unreadable);
    }
    if period.start <= now {
        return Err(AppointmentError::Past);
    }
    if !is_workday(day, closed) {
        return Err(AppointmentError::Closed);
    }
    let inside = role.hours.iter().filter(|hours| Some(hours.day) == Workday::of(day)).find(|hours| {
        let bounds = instant(day, hours.from).zip(instant(day, hours.to));
        bounds.is_some_and(|(from, to)| from <= period.start && period.end <= to)
    });
    let place = inside.map(|hours| hours.place.clone()).ok_or(AppointmentError::OutsideHours)?;
    if role.absences.iter().any(|away| away.period.overlaps(period)) {
        return Err(AppointmentError::Away);
    }
    if taken.iter().any(|other| other.overlaps(period)) {
        return Err(AppointmentError::Taken);
    }
    Ok(place)
}
