//! Which of the free times to propose: the earliest that fit the citizen's needs, before the promised day, each on a day
//! of its own so that there is something to choose between.

use jiff::civil::Date;

use super::{FreeTime, Need};
use crate::words::word_enum;
use crate::workdays::{ExtraClosedDays, add_workdays, local, local_date};

word_enum! {
    /// The part of a day that suits somebody.
    pub enum PartOfDay {
        /// Before noon.
        Morning = ("morning", "formiddag"),
        /// From noon.
        Afternoon = ("afternoon", "eftermiddag"),
    }
}

impl PartOfDay {
    /// Which part is meant by the citizen's own words; none when they name no part or both.
    pub fn in_words(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        match (text.contains("formiddag") || text.contains("morgen"), text.contains("eftermiddag")) {
            (true, false) => Some(Self::Morning),
            (false, true) => Some(Self::Afternoon),
            _ => None,
        }
    }
}

/// What a time should fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// What must be arranged.
    pub needs: Vec<Need>,
    /// The part of the day that suits the citizen.
    pub part_of_day: Option<PartOfDay>,
    /// The last day by the promise.
    pub promised_on: Option<Date>,
    /// Today, from when needs can be ordered.
    pub today: Date,
}

/// Why a free time does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmet {
    /// The need cannot be ordered in time.
    TooSoon(Need),
    /// The other part of the day suits the citizen.
    PartOfDay(PartOfDay),
    /// After the promised day.
    AfterPromise,
}

impl Unmet {
    /// What staff read.
    pub fn label(self) -> String {
        match self {
            Self::TooSoon(need) => format!("{} kan ikke nås", need.label()),
            Self::PartOfDay(part) => format!("Helst {}", part.label()),
            Self::AfterPromise => "Efter fristen".to_owned(),
        }
    }
}

/// Working days from today in which an interpreter or a car can be ordered (local).
const ORDER_WORKDAYS: u16 = 2;
/// So many are proposed.
const MOST: usize = 3;

impl Wishes {
    /// The first reason why a time does not fit; none when it does.
    pub fn unmet(&self, free: &FreeTime) -> Option<Unmet> {
        let start = local(free.period.start);
        let ready = add_workdays(self.today, ORDER_WORKDAYS, ExtraClosedDays::default());
        let late = self.needs.iter().find(|need| need.takes_time() && start.date() < ready);
        if let Some(need) = late {
            return Some(Unmet::TooSoon(*need));
        }
        let part = if start.hour() < 12 { PartOfDay::Morning } else { PartOfDay::Afternoon };
        if let Some(wanted) = self.part_of_day.filter(|wanted| *wanted != part) {
            return Some(Unmet::PartOfDay(wanted));
        }
        self.promised_on.filter(|day| start.date() > *day).map(|_| Unmet::AfterPromise)
    }
}

/// Up to three of the free times, in the order of time: those that fit, and only where these are too few, the earliest
/// after the promise. A time whose need cannot be met is never proposed.
pub fn suggest<'a>(free: &'a [FreeTime], wishes: &Wishes) -> Vec<&'a FreeTime> {
    let mut chosen: Vec<&FreeTime> = Vec::new();
    for wanted in [None, Some(Unmet::AfterPromise)] {
        let of_kind: Vec<&FreeTime> = free.iter().filter(|time| wishes.unmet(time) == wanted).collect();
        let day = |time: &FreeTime| local_date(time.period.start);
        let mut days: Vec<Date> = Vec::new();
        let firsts = of_kind.iter().filter(|time| {
            let new = !days.contains(&day(time));
            days.push(day(time));
            new
        });
        let firsts: Vec<&FreeTime> = firsts.copied().collect();
        let rest = of_kind.iter().copied().filter(|time| !firsts.iter().any(|first| first == time));
        let missing = MOST - chosen.len();
        chosen.extend(firsts.iter().copied().chain(rest).take(missing));
    }
    chosen.sort_by_key(|time| time.period.start);
    chosen
}
