//! What stands beside the lists: today's talks, what a leader must know of promises, and that nothing is forgotten.

use domain::calendar::Period;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;

use super::queries::Requests;
use super::rows::{counted, talk_link};
use super::waiting::{PROMISE_WORKDAYS, Promises};
use crate::calendar::AppointmentRow;
use crate::layout::{Link, Tag, dates};

/// A talk of today.
pub(super) struct DayRow {
    pub(super) time: String,
    pub(super) name: String,
    pub(super) what: &'static str,
    pub(super) place: String,
    pub(super) tags: Vec<Tag>,
    pub(super) prepare: String,
    pub(super) hold: Option<Link>,
    /// The next one stands out.
    pub(super) next: bool,
}

/// Today's talks in order; the first that is not over is the next.
pub(super) fn day(times: &[AppointmentRow], now: Timestamp) -> Vec<DayRow> {
    let next = times.iter().position(|time| time.end > now);
    let row = |(index, time): (usize, &AppointmentRow)| DayRow {
        time: span(Period { start: time.start, end: time.end }),
        name: time.name.clone(),
        what: time.code.label(),
        place: time.place.clone(),
        tags: time.waits.then(|| Tag::of("soon", "wait", "Behov skal bestilles")).into_iter().collect(),
        prepare: format!("/borgere/{}", time.citizen),
        hold: talk_link(time.code, time.intervention),
        next: Some(index) == next,
    };
    times.iter().enumerate().map(row).collect()
}

fn span(period: Period) -> String {
    format!("{}–{}", dates::clock(period.start), dates::clock(period.end))
}

/// What one owner has that is broken or soon will be.
pub(super) struct PromiseRow {
    /// A person or a unit; otherwise the intake.
    pub(super) who: Option<String>,
    pub(super) tags: Vec<Tag>,
    pub(super) oldest: String,
    pub(super) next: Link,
}

/// A row an owner, the oldest promise first.
pub(super) fn promises(owners: Vec<Promises>, now: Timestamp) -> Vec<PromiseRow> {
    let today = local_date(now);
    owners.into_iter().map(|owner| promise(owner, today)).collect()
}

fn promise(owner: Promises, today: Date) -> PromiseRow {
    let mut tags = Vec::new();
    if owner.broken > 0 {
        tags.push(Tag::of("late", "late", format!("{} brudt", owner.broken)));
    }
    if owner.soon > 0 {
        tags.push(Tag::of("soon", "soon", format!("{} inden {PROMISE_WORKDAYS} arbejdsdage", owner.soon)));
    }
    let (who, next) = match owner.owner {
        Some((id, initials, title)) => {
            (Some(format!("{title} {initials}")), Link::new(format!("/opgaver/overdrag?fra={id}"), "Se og fordel"))
        }
        None => (owner.unit, Link::new("/henvisninger", "Se listen")),
    };
    PromiseRow { who, tags, oldest: dates::short_day(owner.oldest, today), next }
}

/// That every open request has a next step, or how many have none.
pub(super) struct Nothing {
    pub(super) tag: Tag,
    pub(super) text: String,
}

/// The count is shown also when it is 0: it is the proof that nothing hides.
pub(super) fn nothing_forgotten(requests: &Requests) -> Nothing {
    let Requests { bare, open, owned, .. } = requests;
    let open_ones = counted(*open, "åben henvisning", "åbne henvisninger");
    if bare.total > 0 {
        let tag = Tag::of("late", "late", format!("{} uden næste skridt", bare.total));
        return Nothing { tag, text: format!("De står øverst på siden. Der er {open_ones}.") };
    }
    let intake = open - owned;
    let text = if *open == 0 {
        "Der er ingen åbne henvisninger.".to_owned()
    } else if intake == 0 {
        format!("{open_ones}: alle har en ejer, et næste skridt og en dato.")
    } else {
        format!("{open_ones}: alle har en ejer, et næste skridt og en dato. Modtagelsen ejer {intake}.")
    };
    Nothing { tag: Tag::done("0 uden næste skridt"), text }
}
