//! What associations and others offer a citizen to go on with: the directory that staff and citizens choose from.
//!
//! An entry is as good as its date: one that nobody has confirmed for six months is marked and not proposed (house rule;
//! the standard asks for a directory that is kept up to date, IK-002-05 and KS-3.5-07).

mod changes;
mod matching;

use jiff::civil::{Date, Time, Weekday};
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

pub use changes::{ActivityChange, activity_changes};
pub use matching::{Criterion, Match, Wish, matches};

use crate::ids::{ActivityGapId, ActivityId, UserId};
use crate::words::word_enum;

/// An entry is stale when it was last confirmed this many months ago or more.
pub const STALE_MONTHS: i64 = 6;

/// Something in an association, an evening school or the like that a citizen can take part in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Stable id.
    pub id: ActivityId,
    /// What can be changed about it.
    pub entry: ActivityEntry,
    /// Day somebody who knows last said that it is right.
    pub confirmed_on: Date,
    /// Who said so.
    pub confirmed_by: ConfirmedBy,
    /// The member of staff who sees to it that it stays right; none when nobody does.
    pub owner: Option<UserId>,
    /// Day the association was last reminded.
    pub reminded_on: Option<Date>,
    /// No longer offered; kept because citizens have been there.
    pub closed: bool,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityEntry {
    /// Who offers it.
    pub association: String,
    /// What it is called.
    pub title: String,
    /// What kind of thing.
    pub kind: ActivityKind,
    /// For whom and what one does there, in plain words.
    pub about: Option<String>,
    /// Where, as the citizen reads it.
    pub place: String,
    /// Which day of the week.
    pub day: ActivityDay,
    /// From, Danish time.
    pub from: Option<Time>,
    /// To, Danish time.
    pub to: Option<Time>,
    /// What it costs; none when nobody has said.
    pub price: Option<Price>,
    /// Whoever has never tried it is welcome.
    pub beginners: bool,
    /// Can be reached and taken part in without steps.
    pub step_free: bool,
    /// A film that shows it, `https` only.
    pub video: Option<String>,
    /// Whom to ring to or meet.
    pub contact: Contact,
}

/// The association's own contact person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Name.
    pub name: String,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail; where the reminder goes.
    pub email: Option<String>,
}

/// What it costs to take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// Whole kroner; nothing is free.
    pub kroner: u16,
    /// For how long.
    pub per: PricePeriod,
}

word_enum! {
    /// What a price is for.
    pub enum PricePeriod {
        /// Each time.
        Time = ("time", "pr. gang"),
        /// A month.
        Month = ("month", "pr. måned"),
        /// A season.
        Season = ("season", "pr. sæson"),
        /// A year.
        Year = ("year", "pr. år"),
    }
}

word_enum! {
    /// What kind of thing an activity is.
    pub enum ActivityKind {
        /// Gymnastics, walking, swimming, ball games.
        Movement = ("movement", "Bevægelse"),
        /// Cooking and eating together.
        Food = ("food", "Mad og måltider"),
        /// Company, cafés, clubs.
        Company = ("company", "Samvær"),
        /// Song, craft, nature, evening school.
        Leisure = ("leisure", "Fritid og læring"),
        /// People with the same illness.
        Patients = ("patients", "Patientforening og netværk"),
        /// Volunteers who go along; asked for an escort and never proposed itself.
        Escort = ("escort", "Følgeven"),
    }
}

word_enum! {
    /// Which day of the week an activity is on.
    pub enum ActivityDay {
        /// Monday.
        Monday = ("monday", "Mandag"),
        /// Tuesday.
        Tuesday = ("tuesday", "Tirsdag"),
        /// Wednesday.
        Wednesday = ("wednesday", "Onsdag"),
        /// Thursday.
        Thursday = ("thursday", "Torsdag"),
        /// Friday.
        Friday = ("friday", "Fredag"),
        /// Saturday.
        Saturday = ("saturday", "Lørdag"),
        /// Sunday.
        Sunday = ("sunday", "Søndag"),
        /// No fixed day, or several.
        Varies = ("varies", "Efter aftale"),
    }
}

word_enum! {
    /// Who last said that an entry is right.
    pub enum ConfirmedBy {
        /// The association, by its personal link.
        Association = ("association", "Foreningen"),
        /// A member of staff who has spoken with them.
        Staff = ("staff", "Kommunen"),
    }
}

/// Somebody looked for something that is not there. Says nothing about whom it was for: the list leaves the health centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityGap {
    /// Stable id.
    pub id: ActivityGapId,
    /// Day it was missed.
    pub noted_on: Date,
    /// What was looked for.
    pub wish: Wish,
}

impl Activity {
    /// Whether nobody has confirmed it for [`STALE_MONTHS`].
    pub fn is_stale(&self, today: Date) -> bool {
        self.confirmed_on.saturating_add(STALE_MONTHS.months()) <= today
    }

    /// Whether it becomes stale within so many days, or is so already: time for a reminder.
    pub fn is_due(&self, today: Date, days: u16) -> bool {
        self.is_stale(today.saturating_add(Span::new().days(days)))
    }

    /// Whether it may be proposed to a citizen.
    pub fn may_be_proposed(&self, today: Date) -> bool {
        !self.closed && self.entry.kind != ActivityKind::Escort && !self.is_stale(today)
    }

    /// The first time from a day on that it is held; none without a fixed day.
    pub fn next_on(&self, from: Date) -> Option<Date> {
        let day = self.entry.day.weekday()?;
        (0..7).map(|days| from.saturating_add(days.days())).find(|date| date.weekday() == day)
    }
}

impl ActivityDay {
    /// The day of the week; none when it varies.
    pub const fn weekday(self) -> Option<Weekday> {
        match self {
            Self::Monday => Some(Weekday::Monday),
            Self::Tuesday => Some(Weekday::Tuesday),
            Self::Wednesday => Some(Weekday::Wednesday),
            Self::Thursday => Some(Weekday::Thursday),
            Self::Friday => Some(Weekday::Friday),
            Self::Saturday => Some(Weekday::Saturday),
            Self::Sunday => Some(Weekday::Sunday),
            Self::Varies => None,
        }
    }
}

impl Price {
    /// "Gratis", "40 kr. pr. gang".
    pub fn text(self) -> String {
        match self.kroner {
            0 => "Gratis".to_owned(),
            kroner => format!("{kroner} kr. {}", self.per.label()),
        }
    }

    /// About what a year costs, to order by: forty times, ten months or two seasons.
    pub const fn a_year(self) -> u32 {
        let times = match self.per {
            PricePeriod::Time => 40,
            PricePeriod::Month => 10,
            PricePeriod::Season => 2,
            PricePeriod::Year => 1,
        };
        self.kroner as u32 * times
    }
}

impl ActivityEntry {
    /// "Mandag kl. 10.00–11.30", "Efter aftale".
    pub fn when(&self) -> String {
        let clock = |time: Time| format!("{}.{:02}", time.hour(), time.minute());
        let day = self.day.label();
        match (self.from, self.to) {
            (Some(from), Some(to)) => format!("{day} kl. {}–{}", clock(from), clock(to)),
            (Some(from), None) => format!("{day} kl. {}", clock(from)),
            (None, _) => day.to_owned(),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use jiff::civil::{date, time};
    use uuid::Uuid;

    pub(crate) fn walk() -> Activity {
        Activity {
            id: ActivityId(Uuid::from_u128(1)),
            entry: ActivityEntry {
                association: "Testby Gymnastik".into(),
                title: "Gåtur for alle".into(),
                kind: ActivityKind::Movement,
                about: None,
                place: "Testby Hallen".into(),
                day: ActivityDay::Monday,
                from: Some(time(10, 0, 0, 0)),
                to: Some(time(11, 30, 0, 0)),
                price: Some(Price { kroner: 20, per: PricePeriod::Time }),
                beginners: true,
                step_free: true,
                video: None,
                contact: Contact::default(),
            },
            confirmed_on: date(2026, 5, 24),
            confirmed_by: ConfirmedBy::Staff,
            owner: None,
            reminded_on: None,
            closed: false,
        }
    }

    #[test]
    fn an_entry_is_stale_on_the_day_six_months_after_and_not_before() {
        let walk = walk();
        assert!(!walk.is_stale(date(2026, 11, 23)) && walk.is_stale(date(2026, 11, 24)));
        assert!(walk.may_be_proposed(date(2026, 11, 23)) && !walk.may_be_proposed(date(2026, 11, 24)));
        assert!(walk.is_due(date(2026, 11, 10), 14) && !walk.is_due(date(2026, 11, 9), 14));
    }

    #[test]
    fn who_goes_along_is_no_activity_to_choose() {
        let mut escort = walk();
        escort.entry.kind = ActivityKind::Escort;
        assert!(!escort.may_be_proposed(date(2026, 6, 1)));
        assert!(!Activity { closed: true, ..walk() }.may_be_proposed(date(2026, 6, 1)));
    }

    #[test]
    fn the_next_time_is_on_its_day_and_may_be_today() {
        assert_eq!(walk().next_on(date(2026, 11, 24)), Some(date(2026, 11, 30)));
        assert_eq!(walk().next_on(date(2026, 11, 30)), Some(date(2026, 11, 30)));
    }

    #[test]
    fn time_and_price_are_read_as_they_are_spoken() {
        let entry = walk().entry;
        assert_eq!(entry.when(), "Mandag kl. 10.00–11.30");
        assert_eq!(ActivityEntry { to: None, ..entry.clone() }.when(), "Mandag kl. 10.00");
        assert_eq!(entry.price.map(Price::text).as_deref(), Some("20 kr. pr. gang"));
        assert_eq!(Price { kroner: 0, per: PricePeriod::Year }.text(), "Gratis");
    }
}
