//! The week of a booking: one colleague's with what is taken, or the free times of all who may hold the talk.

use domain::calendar::{Appointment, FreeTime, Period, Unmet};
use domain::workdays::day_bounds;
use jiff::ToSpan;
use jiff::civil::Date;
use store::Versioned;
use uuid::Uuid;

use super::booking::time_value;
use super::finding::Found;
use super::grid::{Item, Press, WeekGrid, week_grid};
use super::queries::{Practitioner, Taken};

/// The week of the page.
pub(super) struct Week<'a> {
    pub(super) found: &'a Found,
    pub(super) suggested: &'a [&'a FreeTime],
    pub(super) chosen: Option<&'a str>,
    pub(super) moving: Option<&'a Versioned<Appointment>>,
}

impl Week<'_> {
    /// The week of one colleague with what is taken, or the free times of all of them.
    pub(super) fn build(&self, shown: Date, today: Date, colleague: &str) -> WeekGrid {
        let (start, _) = day_bounds(shown);
        let (_, end) = day_bounds(shown.saturating_add(4.days()));
        let week = Period { start, end };
        let all = &self.found.colleagues;
        let one = colleague.parse::<Uuid>().ok().and_then(|id| all.iter().find(|c| c.role.value.id.0 == id));
        let mut items = match one.or(all.first().filter(|_| all.len() == 1)) {
            Some(one) => self.of(one),
            None => self.of_all(week),
        };
        items.retain(|item| item.period.overlaps(week));
        week_grid(shown, today, &items, "Ingen ledige tider")
    }

    fn of(&self, colleague: &Practitioner) -> Vec<Item> {
        let id = colleague.role.value.id;
        let current = |t: &Taken| self.moving.is_some_and(|time| time.value.id == t.id);
        let own = self.found.taken.iter().filter(|t| t.professional == id);
        let own = own.map(|t| Item {
            period: t.period,
            kind: "taken",
            text: if current(t) { "Tiden nu".to_owned() } else { "Optaget".to_owned() },
            detail: String::new(),
            press: Press::Nothing,
        });
        let leads = self.found.sessions.iter().filter(|meeting| meeting.people.contains(&id));
        let leads = leads.map(|meeting| Item {
            period: Period { start: meeting.start, end: meeting.end },
            kind: "taken",
            text: "Hold".to_owned(),
            detail: String::new(),
            press: Press::Nothing,
        });
        let taken = own.chain(leads).chain(colleague.role.value.absences.iter().map(Item::away));
        let free = self.found.free.iter().enumerate().filter(|(_, time)| time.professional == id);
        let free = free.map(|(index, time)| self.choice(index, time, 0));
        taken.chain(free).collect()
    }

    /// One block a time: what is proposed first, then what fits, then the rest, none over another. How many more are free
    /// at the same time is said on it; their own weeks have them.
    fn of_all(&self, week: Period) -> Vec<Item> {
        let rank = |time: &FreeTime| match (self.is_proposed(time), self.found.wishes.unmet(time)) {
            (true, _) => 0,
            (false, None) => 1,
            (false, Some(_)) => 2,
        };
        let mut free: Vec<(usize, &FreeTime)> = self.found.free.iter().enumerate().collect();
        free.retain(|(_, time)| time.period.overlaps(week));
        free.sort_by_key(|(_, time)| (rank(time), time.period.start));
        let mut placed: Vec<(usize, &FreeTime)> = Vec::new();
        for (index, time) in &free {
            if !placed.iter().any(|(_, other)| other.period.overlaps(time.period)) {
                placed.push((*index, *time));
            }
        }
        let others = |time: &FreeTime| free.iter().filter(|(_, other)| other.period == time.period).count() - 1;
        placed.into_iter().map(|(index, time)| self.choice(index, time, others(time))).collect()
    }

    fn is_proposed(&self, time: &FreeTime) -> bool {
        self.suggested.contains(&time)
    }

    fn choice(&self, index: usize, time: &FreeTime, others: usize) -> Item {
        let unmet = self.found.wishes.unmet(time);
        let value = time_value(time);
        let press = match self.suggested.iter().position(|proposed| *proposed == time) {
            Some(place) => Press::Same(format!("forslag-{}", place + 1)),
            None => {
                let checked = self.chosen == Some(value.as_str());
                Press::Choose { id: format!("tid-{index}"), value, checked }
            }
        };
        let who = self.found.colleagues.iter().find(|c| c.role.value.id == time.professional);
        let more = match others {
            0 => String::new(),
            others => format!(" +{others}"),
        };
        Item {
            period: time.period,
            kind: if unmet.is_some() { "unmet" } else { "free" },
            text: format!("{}{more}", who.map(Practitioner::label).unwrap_or_default()),
            detail: unmet.map(Unmet::label).unwrap_or_default(),
            press,
        }
    }
}
