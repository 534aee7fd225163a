//! The professionals' time: so many minutes a working day each, taken by classes first and then by talks and contacts.

use crate::calendar::{Calendar, Moment};
use crate::event::ProfessionalNo;

/// When the day begins for talks and contacts, in minutes.
const MORNING: u32 = 8 * 60;

/// The professionals and what is taken of their days.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Minutes a day that each has for citizens.
    minutes_a_day: u32,
    /// Minutes taken, by professional and day.
    taken: Vec<Vec<u32>>,
    /// Who leads the next class: they take turns.
    next_lead: usize,
}

/// A time that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Who.
    pub professional: ProfessionalNo,
    /// When it begins.
    pub start: Moment,
}

impl Staff {
    /// So many professionals with so many hours a week for citizens, over so many days.
    pub fn new(professionals: u32, minutes_a_day: u32, days: u32) -> Self {
        let days = usize::try_from(days).unwrap_or(0);
        let taken = (0..professionals.max(1)).map(|_| vec![0; days]).collect();
        Self { minutes_a_day, taken, next_lead: 0 }
    }

    /// The first time of so many minutes from a day on. What is asked for beyond the calendar begins on its last day.
    pub fn book(&mut self, calendar: &Calendar, from: u32, minutes: u32) -> Slot {
        let mut day = calendar.workday_from(from);
        loop {
            let index = usize::try_from(day).unwrap_or(usize::MAX);
            let beyond = self.taken.first().is_none_or(|days| index >= days.len());
            if beyond {
                return Slot { professional: ProfessionalNo(0), start: Moment::at(day, MORNING) };
            }
            // Whoever has done least on the day takes it, so that the work is spread.
            let least = self.taken.iter().enumerate().filter_map(|(who, days)| Some((*days.get(index)?, who))).min();
            if let Some((taken, who)) = least.filter(|(taken, _)| taken + minutes <= self.minutes_a_day.max(minutes)) {
                return self.take(who, day, taken, minutes);
            }
            day = calendar.workday_from(day + 1);
        }
    }

    /// Somebody for a class on these days, whether or not the day is full already: a class that is announced is held.
    pub fn lead(&mut self, days: &[u32], minutes: u32) -> ProfessionalNo {
        let who = self.next_lead % self.taken.len();
        self.next_lead += 1;
        for day in days {
            if let Some(taken) = self.taken.get_mut(who).and_then(|mine| mine.get_mut(usize::try_from(*day).ok()?)) {
                *taken += minutes;
            }
        }
        ProfessionalNo(u32::try_from(who).unwrap_or(0))
    }

    /// Minutes booked between two days, and minutes that there were.
    pub fn use_of(&self, calendar: &Calendar, from: u32, to: u32) -> (u64, u64) {
        let range = usize::try_from(from).unwrap_or(0)..usize::try_from(to).unwrap_or(0);
        let booked =
            self.taken.iter().filter_map(|days| days.get(range.clone())).flatten().map(|m| u64::from(*m)).sum();
        let days = u64::from(calendar.workdays_before(to) - calendar.workdays_before(from));
        (booked, days * u64::from(self.minutes_a_day) * u64::try_from(self.taken.len()).unwrap_or(0))
    }

    fn take(&mut self, who: usize, day: u32, taken: u32, minutes: u32) -> Slot {
        if let Some(mine) = self.taken.get_mut(who).and_then(|days| days.get_mut(usize::try_from(day).unwrap_or(0))) {
            *mine += minutes;
        }
        let professional = ProfessionalNo(u32::try_from(who).unwrap_or(0));
        Slot { professional, start: Moment::at(day, MORNING + taken) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn work_is_spread_and_then_moves_to_the_next_working_day() {
        let calendar = Calendar::new(date(2026, 1, 1), 60);
        let mut staff = Staff::new(2, 120, 60);
        let first: Vec<Slot> = (0..5).map(|_| staff.book(&calendar, 1, 60)).collect();
        let seen: Vec<_> =
            first.iter().map(|slot| (slot.professional.0, slot.start.day(), slot.start.minute())).collect();
        assert_eq!(seen, [(0, 1, 480), (1, 1, 480), (0, 1, 540), (1, 1, 540), (0, 4, 480)], "Friday and then Monday");
        assert_eq!(staff.use_of(&calendar, 0, 5), (300, 2 * 120 * 2));
    }

    #[test]
    fn a_class_takes_time_that_talks_do_not_get() {
        let calendar = Calendar::new(date(2026, 1, 1), 60);
        let mut staff = Staff::new(1, 120, 60);
        assert_eq!(staff.lead(&[1, 4], 120), ProfessionalNo(0));
        assert_eq!(staff.book(&calendar, 1, 60).start.day(), 5);
    }

    #[test]
    fn a_talk_longer_than_a_day_is_held_on_an_empty_one_and_nothing_loops_forever() {
        let calendar = Calendar::new(date(2026, 1, 1), 10);
        let mut staff = Staff::new(1, 30, 10);
        assert_eq!(staff.book(&calendar, 1, 60).start.day(), 1);
        assert_eq!(staff.book(&calendar, 1, 60).start.day(), 4);
        for _ in 0..20 {
            staff.book(&calendar, 1, 60);
        }
        assert!(staff.book(&calendar, 1, 60).start.day() >= 10);
    }
}
