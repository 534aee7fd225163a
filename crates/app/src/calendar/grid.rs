//! A week as a grid: days across, quarters of an hour down. On a phone the same blocks are a list.
//!
//! A block's place is a class (`fb-r`, `fb-s` of calendar.css): the pages allow no styles of their own.

use domain::calendar::{Absence, Period};
use domain::workdays::{ExtraClosedDays, is_workday, local, local_date};
use jiff::ToSpan;
use jiff::civil::Date;

use super::words::span;
use crate::layout::{capitalised, dates};

/// The hours that are shown when nothing lies outside them.
const USUAL: (i8, i8) = (8, 15);
/// The style sheet has classes for so many quarters of an hour.
const MOST_HOURS: i8 = 14;

/// A week.
pub(super) struct WeekGrid {
    pub(super) hours: Vec<HourLabel>,
    pub(super) days: Vec<Day>,
    /// Said of a day without blocks.
    pub(super) empty: &'static str,
}

pub(super) struct HourLabel {
    pub(super) class: String,
    pub(super) text: String,
}

pub(super) struct Day {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) today: bool,
    pub(super) closed: bool,
    pub(super) past: bool,
    pub(super) blocks: Vec<Block>,
}

pub(super) struct Block {
    pub(super) class: String,
    pub(super) time: String,
    pub(super) text: String,
    pub(super) detail: String,
    pub(super) press: Press,
}

/// What a block does.
#[derive(Clone)]
pub(super) enum Press {
    Nothing,
    /// Nothing either: somebody is away, and the text is what was written of it.
    Away,
    Open(String),
    Choose {
        id: String,
        value: String,
        checked: bool,
    },
    /// Presses another control of the page, by its id.
    Same(String),
}

/// A block before it has a place.
#[derive(Clone)]
pub(super) struct Item {
    pub(super) period: Period,
    /// free, unmet, taken or mine.
    pub(super) kind: &'static str,
    pub(super) text: String,
    pub(super) detail: String,
    pub(super) press: Press,
}

impl Item {
    /// A colleague's absence or meeting.
    pub(super) fn away(absence: &Absence) -> Self {
        let Absence { period, what } = absence.clone();
        Self { period, kind: "taken", text: what, detail: String::new(), press: Press::Away }
    }
}

/// The five working days from a Monday.
pub(super) fn week_grid(monday: Date, today: Date, items: &[Item], empty: &'static str) -> WeekGrid {
    let days: Vec<Date> = monday.series(1.day()).take(5).collect();
    let parts: Vec<(Date, Item)> = days.iter().flat_map(|day| of_day(*day, items)).collect();
    let (from, to) = bounds(&parts);
    let day = |day: &Date| {
        let mut blocks: Vec<&Item> = parts.iter().filter(|(d, _)| d == day).map(|(_, item)| item).collect();
        blocks.sort_by_key(|item| item.period.start);
        Day {
            id: format!("dag-{day}"),
            name: capitalised(&format!("{} {}", dates::weekday(*day), dates::short_day(*day, today))),
            today: *day == today,
            past: *day < today,
            closed: !is_workday(*day, ExtraClosedDays::default()),
            blocks: blocks.into_iter().map(|item| block(item, from)).collect(),
        }
    };
    let hour =
        |hour: i8| HourLabel { class: format!("fb-r{}", i32::from(hour - from) * 4 + 1), text: format!("{hour}.00") };
    WeekGrid { hours: (from..=to).map(hour).collect(), days: days.iter().map(day).collect(), empty }
}

/// The parts of the items that lie on a day; an absence may lie over several.
fn of_day(day: Date, items: &[Item]) -> Vec<(Date, Item)> {
    let (start, end) = domain::workdays::day_bounds(day);
    let whole = Period { start, end };
    let inside = items.iter().filter(|item| item.period.overlaps(whole));
    let cut = |item: &Item| {
        let period = Period { start: item.period.start.max(start), end: item.period.end.min(end) };
        (day, Item { period, ..item.clone() })
    };
    inside.map(cut).collect()
}

/// First and last hour to show. What lasts all day does not make the day longer.
fn bounds(parts: &[(Date, Item)]) -> (i8, i8) {
    let hour = |at| local(at).hour();
    let timed = || parts.iter().filter(|(_, item)| item.kind != "taken");
    let from = timed().map(|(_, item)| hour(item.period.start)).min().unwrap_or(USUAL.0).min(USUAL.0);
    let end = |item: &Item| hour(item.period.end) + i8::from(local(item.period.end).minute() > 0);
    let same_day = |item: &&(Date, Item)| local_date(item.1.period.end) == item.0;
    let to = timed().filter(same_day).map(|(_, item)| end(item)).max().unwrap_or(USUAL.1).max(USUAL.1);
    (from, to.min(from + MOST_HOURS))
}

fn block(item: &Item, first_hour: i8) -> Block {
    let quarters = |at| {
        let at = local(at);
        (i32::from(at.hour()) - i32::from(first_hour)) * 4 + i32::from(at.minute()) / 15
    };
    let most = i32::from(MOST_HOURS) * 4;
    let start = quarters(item.period.start).clamp(0, most - 2);
    let ends_later = local_date(item.period.end) != local_date(item.period.start);
    let end = if ends_later { most } else { quarters(item.period.end).clamp(start + 2, most) };
    // An absence of the whole day ends with the hours that are shown.
    let length = if item.kind == "taken" { (end - start).min(i32::from(USUAL.1 - USUAL.0) * 4) } else { end - start };
    let whole_day = ends_later && item.kind == "taken";
    Block {
        class: format!("fb-slot fb-slot--{} fb-r{} fb-s{}", item.kind, start + 1, length.max(2)),
        time: if whole_day { "Hele dagen".to_owned() } else { span(item.period) },
        text: item.text.clone(),
        detail: item.detail.clone(),
        press: item.press.clone(),
    }
}
