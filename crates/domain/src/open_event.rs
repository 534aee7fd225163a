//! Open offers: cafés, walks and mobile days where anybody may come. People are counted and nobody is written down.
//!
//! Source: the inspiration catalogue of equity (IK-002-12): small cafés of ten at most, and teams that come to where people
//! live. Such offers are no interventions of the standard and are not reported.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{OfferId, OpenEventId};
use crate::words::word_enum;

/// A café for people who find it hard to be among many is no larger (IK-002-12).
pub const CAFE_MOST: u16 = 10;

/// More people than this at once is a slip of the finger.
pub const PEOPLE_MOST: u16 = 2_000;

word_enum! {
    /// What kind of open offer.
    pub enum OpenEventKind {
        /// Health café.
        Cafe = ("cafe", "Sundhedscafé"),
        /// Walk that anybody may join.
        Walk = ("walk", "Åben gåtur"),
        /// A day when the team is where people live.
        MobileDay = ("mobile_day", "Mobil dag"),
        /// Open house.
        OpenHouse = ("open_house", "Åbent hus"),
    }
}

/// One time that an open offer was held, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenEvent {
    /// Stable id.
    pub id: OpenEventId,
    /// What it was.
    pub kind: OpenEventKind,
    /// When.
    pub held_on: Date,
    /// From when to when, when it was written.
    #[serde(default)]
    pub hours: Option<OpenHours>,
    /// Where.
    pub place: String,
    /// The offer of the catalogue that it was held for.
    #[serde(default)]
    pub offer: Option<OfferId>,
    /// How many came.
    pub people: u16,
    /// With how many of them somebody had a talk of their own.
    pub talked: u16,
    /// How many of them were helped on to an offer or an association.
    pub went_on: u16,
    /// How many became requests of the municipality's own.
    #[serde(default)]
    pub requests: u16,
    /// What to remember; nothing about a person.
    pub note: Option<String>,
}

/// The hours of a day that it was open, in minutes after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenHours {
    /// First minute.
    pub from: u16,
    /// The minute it closed.
    pub to: u16,
}

impl OpenHours {
    /// How long, in minutes; none when it closed before it opened.
    pub const fn minutes(self) -> Option<u16> {
        match self.to.checked_sub(self.from) {
            Some(0) | None => None,
            Some(minutes) => Some(minutes),
        }
    }
}

/// Why a count cannot be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenEventError {
    /// It has not been held yet.
    #[error("the day is in the future")]
    NotYet,
    /// It was held nowhere.
    #[error("no place")]
    NoPlace,
    /// More people than can be.
    #[error("too many people")]
    TooMany,
    /// More had a talk than came.
    #[error("more talked than came")]
    TalkedMoreThanCame,
    /// More were helped on than came.
    #[error("more went on than came")]
    WentOnMoreThanCame,
    /// It closed before it opened.
    #[error("it closed before it opened")]
    ClosedBeforeOpened,
    /// More became requests than came.
    #[error("more requests than people")]
    RequestsMoreThanCame,
    /// A number that may be somebody's.
    #[error("the note holds a number of ten digits")]
    NumberInNote,
}

impl OpenEventError {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::NotYet => "Dagen ligger ude i fremtiden. Tæl, når det er holdt.",
            Self::NoPlace => "Skriv, hvor det var.",
            Self::TooMany => "Tjek tallet. Der kan højst være 2000 deltagere.",
            Self::TalkedMoreThanCame => "Der kan ikke være flere samtaler end deltagere.",
            Self::WentOnMoreThanCame => "Der kan ikke være flere hjulpet videre end deltagere.",
            Self::ClosedBeforeOpened => "Sluttidspunktet skal ligge efter starttidspunktet.",
            Self::RequestsMoreThanCame => "Der kan ikke være flere henvendelser end deltagere.",
            Self::NumberInNote => "Skriv ikke CPR-numre her. Åbne tilbud er uden journal.",
        }
    }

    /// The field it is about, as the API names it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::NotYet => "held_on",
            Self::NoPlace => "place",
            Self::TooMany => "people",
            Self::TalkedMoreThanCame => "talked",
            Self::WentOnMoreThanCame => "went_on",
            Self::ClosedBeforeOpened => "hours",
            Self::RequestsMoreThanCame => "requests",
            Self::NumberInNote => "note",
        }
    }
}

impl OpenEvent {
    /// Everything that is wrong with a count.
    pub fn faults(&self, today: Date) -> Vec<OpenEventError> {
        use OpenEventError as E;
        let found = [
            (self.held_on > today, E::NotYet),
            (self.place.trim().is_empty(), E::NoPlace),
            (self.people > PEOPLE_MOST, E::TooMany),
            (self.talked > self.people, E::TalkedMoreThanCame),
            (self.went_on > self.people, E::WentOnMoreThanCame),
            (self.hours.is_some_and(|hours| hours.minutes().is_none()), E::ClosedBeforeOpened),
            (self.requests > self.people, E::RequestsMoreThanCame),
            (self.note.as_deref().is_some_and(holds_a_number), E::NumberInNote),
        ];
        found.into_iter().filter(|(wrong, _)| *wrong).map(|(_, error)| error).collect()
    }

    /// More people than a small café is for; told, never refused.
    pub const fn is_crowded(&self) -> bool {
        matches!(self.kind, OpenEventKind::Cafe) && self.people > CAFE_MOST
    }
}

/// Ten digits in a row, with or without a hyphen or blank before the last four, may be a CPR number.
pub(crate) fn holds_a_number(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (0..chars.len()).any(|start| {
        let mut digits = 0;
        for c in &chars[start..] {
            match c {
                '0'..='9' => digits += 1,
                '-' | ' ' if digits == 6 => {}
                _ => break,
            }
            if digits == 10 {
                return true;
            }
        }
        false
    })
}

/// What a kind of open offer came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct OpenEventTotal {
    /// Times held.
    pub times: u32,
    /// People, counted each time.
    pub people: u32,
    /// Talks.
    pub talked: u32,
    /// Helped on.
    pub went_on: u32,
    /// Became requests.
    pub requests: u32,
    /// Minutes open, of those whose hours were written.
    pub minutes: u32,
}

impl OpenEventTotal {
    /// Of all of them.
    pub fn of<'a>(events: impl IntoIterator<Item = &'a OpenEvent>) -> Self {
        events.into_iter().fold(Self::default(), |sum, event| Self {
            times: sum.times + 1,
            people: sum.people + u32::from(event.people),
            talked: sum.talked + u32::from(event.talked),
            went_on: sum.went_on + u32::from(event.went_on),
            requests: sum.requests + u32::from(event.requests),
            minutes: sum.minutes + event.hours.and_then(OpenHours::minutes).map_or(0, u32::from),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn event(people: u16, talked: u16, went_on: u16) -> OpenEvent {
        OpenEvent {
            id: OpenEventId(Uuid::from_u128(1)),
            kind: OpenEventKind::Cafe,
            held_on: date(2026, 11, 20),
            hours: None,
            place: "Biblioteket".into(),
            offer: None,
            people,
            talked,
            went_on,
            requests: 0,
            note: None,
        }
    }

    #[test]
    fn a_count_that_can_be_has_no_faults() {
        let today = date(2026, 11, 20);
        assert!(event(0, 0, 0).faults(today).is_empty(), "nobody came is a count too");
        assert!(event(10, 10, 10).faults(today).is_empty());
        assert!(!event(10, 0, 0).is_crowded() && event(11, 0, 0).is_crowded());
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let wrong = OpenEvent { place: " ".into(), note: Some("010203 1234".into()), ..event(3, 4, 5) };
        let faults = wrong.faults(date(2026, 11, 19));
        use OpenEventError as E;
        assert_eq!(faults, [E::NotYet, E::NoPlace, E::TalkedMoreThanCame, E::WentOnMoreThanCame, E::NumberInNote]);
        assert_eq!(event(PEOPLE_MOST + 1, 0, 0).faults(date(2026, 11, 20)), [E::TooMany]);
    }

    #[test]
    fn a_number_that_may_be_somebodys_is_seen() {
        assert!(holds_a_number("se 251248-9996 og") && holds_a_number("2512489996"));
        assert!(!holds_a_number("70 00 00 99") && !holds_a_number("12 kom, 3 gik") && !holds_a_number("010203-123"));
    }

    #[test]
    fn totals_add_up() {
        let events = [event(3, 1, 0), event(7, 2, 1)];
        assert_eq!(
            OpenEventTotal::of(&events),
            OpenEventTotal { times: 2, people: 10, talked: 3, went_on: 1, ..OpenEventTotal::default() }
        );
    }

    #[test]
    fn hours_run_forwards_and_add_up_and_requests_are_of_those_who_came() {
        let day = |from, to| OpenEvent { hours: Some(OpenHours { from, to }), requests: 2, ..event(3, 0, 0) };
        let today = date(2026, 11, 20);
        assert!(day(600, 601).faults(today).is_empty());
        for wrong in [day(600, 600), day(600, 599)] {
            assert_eq!(wrong.faults(today), [OpenEventError::ClosedBeforeOpened]);
        }
        let total = OpenEventTotal::of(&[day(600, 840), day(540, 600), event(1, 0, 0)]);
        assert_eq!((total.minutes, total.requests), (300, 4));
        assert_eq!(OpenEvent { requests: 4, ..event(3, 0, 0) }.faults(today), [OpenEventError::RequestsMoreThanCame]);
    }
}
