//! The day that courses are counted on, with what the rules see beside a course, and until when that count holds.

use std::cell::Cell;

use jiff::ToSpan;
use jiff::civil::Date;
use standard::Context;

/// A day to count on. It remembers the first later day on which the answer could be another, so that a table of figures only
/// counts those courses anew whose time has come.
#[derive(Debug)]
pub struct Seen<'a> {
    /// Limits, working days and the municipality. Its day is asked for with [`Seen::is_over`] alone.
    pub at: &'a Context<'a>,
    until: Cell<Option<Date>>,
}

impl<'a> Seen<'a> {
    /// On the day of the context.
    pub const fn on(at: &'a Context<'a>) -> Self {
        Self { at, until: Cell::new(None) }
    }

    /// Whether a day has passed.
    pub fn is_over(&self, day: Date) -> bool {
        let over = self.at.today > day;
        if !over {
            self.changes_on(day.saturating_add(1.day()));
        }
        over
    }

    /// Each month from that of a day on that is over, by its last day; until that of another day.
    pub fn month_ends(&self, from: Date, until: Option<Date>) -> impl Iterator<Item = Date> {
        let ends =
            std::iter::successors(Some(from.last_of_month()), |end| end.tomorrow().ok().map(Date::last_of_month));
        ends.take_while(move |end| until.is_none_or(|until| *end < until)).take_while(|end| self.is_over(*end))
    }

    /// The first later day on which a course that was counted may count otherwise; none when it never does by itself.
    pub const fn until(&self) -> Option<Date> {
        self.until.get()
    }

    fn changes_on(&self, day: Date) {
        self.until.set(Some(self.until.get().map_or(day, |known| known.min(day))));
    }
}
