//! Reminders of a time: whether, when and how a citizen gets them, by their own wish.
//!
//! Source: the flow, "Deadlines and reminders": at booking, some days before and, if the citizen wants, on the day; as
//! chosen. What is said at booking is no reminder and not made here.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};

use crate::citizen::Citizen;
use crate::limits::Limits;
use crate::notice::{NoticeChannel, NoticeKind, channel_for};
use crate::words::word_enum;
use crate::workdays::{ExtraClosedDays, day_bounds, instant, is_workday, local, local_date, workday_before};

word_enum! {
    /// Which reminders a citizen wants.
    #[derive(Default)]
    pub enum ReminderWish {
        /// Some days before.
        #[default]
        Before = ("before", "Nogle dage før"),
        /// Some days before, and on the day.
        AlsoOnTheDay = ("also_on_the_day", "Også på dagen"),
        /// None.
        None = ("none", "Ingen påmindelser"),
    }
}

/// A reminder that is to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// Before the day, or on it.
    pub kind: NoticeKind,
    /// How.
    pub channel: NoticeChannel,
    /// From when.
    pub due_at: Timestamp,
}

/// The hours in which a message may reach somebody, in Danish time: nobody is woken.
const DECENT: (i8, i8) = (8, 20);

/// Times from this hour are early enough to be reminded of on the morning; others on the evening before.
const MORNING_IS_ENOUGH: i8 = 10;

/// The evening hour for those.
const EVENING: i8 = 18;

/// The reminders of a time that begins at `start`, in the order they are due.
///
/// `told_at` is when the citizen was last told of the time; what would come before that is left out, since it is known.
/// None for the dead and for whoever wants none. A letter leaves early enough for the post, and never on the day.
pub fn reminders(citizen: &Citizen, start: Timestamp, told_at: Option<Timestamp>, limits: &Limits) -> Vec<Reminder> {
    let wish = citizen.needs.reminders;
    let Some(channel) = channel_for(citizen).filter(|_| wish != ReminderWish::None) else { return Vec::new() };
    let day = local_date(start);
    let before = at_hour(before_on(day, channel, limits), DECENT.0);
    let on_the_day = (wish == ReminderWish::AlsoOnTheDay).then(|| on_the_day(start, channel)).flatten();
    let kinds = [(NoticeKind::Reminder, before), (NoticeKind::DayReminder, on_the_day)];
    let known = |due_at: Timestamp| told_at.is_some_and(|told| told >= due_at);
    let all = kinds.into_iter().filter_map(|(kind, due_at)| Some(Reminder { kind, channel, due_at: due_at? }));
    all.filter(|reminder| !known(reminder.due_at) && reminder.due_at < start).collect()
}

/// The one that is to be given now: the last that is due, while the time lies ahead.
pub fn due(reminders: &[Reminder], start: Timestamp, now: Timestamp) -> Option<Reminder> {
    reminders.iter().rev().find(|reminder| reminder.due_at <= now && now < start).copied()
}

/// Whether a message may reach somebody now.
pub fn is_decent(at: Timestamp) -> bool {
    (DECENT.0..DECENT.1).contains(&local(at).hour())
}

/// How far ahead a time may lie and a reminder of it be due, in days; holidays included.
pub fn horizon_days(limits: &Limits) -> i64 {
    i64::from(limits.reminder_days) + 2 * i64::from(limits.post_workdays) + 14
}

/// The day of the reminder before: for a letter so many working days earlier as the post takes; a working day when
/// somebody must do it.
fn before_on(day: Date, channel: NoticeChannel, limits: &Limits) -> Date {
    let closed = ExtraClosedDays::default();
    let reached = day.saturating_sub(i64::from(limits.reminder_days).days());
    let open = |day: Date| if is_workday(day, closed) { day } else { workday_before(day, closed) };
    match channel {
        NoticeChannel::Sms => reached,
        NoticeChannel::Call => open(reached),
        NoticeChannel::Letter => (0..limits.post_workdays).fold(open(reached), |day, _| workday_before(day, closed)),
    }
}

/// On the morning of the day, or on the evening before an early time. Nobody rings on a closed day.
fn on_the_day(start: Timestamp, channel: NoticeChannel) -> Option<Timestamp> {
    let day = local_date(start);
    let (on, hour) =
        if local(start).hour() >= MORNING_IS_ENOUGH { (day, DECENT.0) } else { (day.saturating_sub(1.day()), EVENING) };
    match channel {
        NoticeChannel::Sms => at_hour(on, hour),
        // Colleagues have gone home in the evening.
        NoticeChannel::Call if is_workday(day, ExtraClosedDays::default()) => at_hour(day, DECENT.0),
        NoticeChannel::Call | NoticeChannel::Letter => None,
    }
}

fn at_hour(day: Date, hour: i8) -> Option<Timestamp> {
    let time = Time::new(hour, 0, 0, 0).ok()?;
    // No clock changes at these hours; the day's start is the honest fallback.
    Some(instant(day, time).unwrap_or(day_bounds(day).0))
}

#[cfg(test)]
mod tests;
