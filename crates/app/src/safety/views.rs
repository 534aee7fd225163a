//! Warnings as they are read.

use domain::codes::InterventionCode;
use domain::safety::{Level, Weighed};
use domain::workdays::local_date;
use jiff::civil::Date;

use crate::access::{self, User};
use crate::calendar;
use crate::layout::{Link, Moment, Tag, dates};

/// A warning on a page.
pub(crate) struct WarningLine {
    /// Id of the line and of its field: the rule and what it is about.
    pub(crate) word: String,
    pub(crate) rule: &'static str,
    /// The intervention's word; empty when it is about none.
    pub(crate) about: &'static str,
    pub(crate) tag: Tag,
    pub(crate) text: &'static str,
    pub(crate) consequence: &'static str,
    pub(crate) settles: &'static str,
    pub(crate) by: Option<Moment>,
    /// Where it is settled at once.
    pub(crate) link: Option<Link>,
    /// Why it was set aside, and by whom.
    pub(crate) reason: Option<(String, String)>,
    /// A reason can set it aside.
    pub(crate) may: bool,
}

/// The lines of all warnings; those that were set aside come last.
pub(crate) fn lines(weighed: &[Weighed], users: &[User], today: Date) -> Vec<WarningLine> {
    weighed.iter().map(|one| line(one, users, today)).collect()
}

fn line(one: &Weighed, users: &[User], today: Date) -> WarningLine {
    let warning = &one.warning;
    let booking = (warning.rule == "KS-7.5-03").then_some(warning.intervention).flatten();
    let said = one.acknowledged.as_ref().map(|said| {
        let who = access::name_of(users, said.by);
        (said.reason.clone(), format!("{who}, {}", dates::short_day(local_date(said.at), today)))
    });
    WarningLine {
        word: warning.word(),
        rule: warning.rule,
        about: warning.about.map_or("", InterventionCode::word),
        tag: match (warning.level, &said) {
            (_, Some(_)) => Tag::of("mute", "done", "Kvitteret"),
            (Level::Refused, None) => Tag::wrong(Level::Refused.label()),
            (Level::Warning, None) => Tag::of("soon", "late", Level::Warning.label()),
            (Level::Ask, None) => Tag::of("wait", "info", Level::Ask.label()),
        },
        text: warning.text,
        consequence: warning.consequence,
        settles: warning.settles,
        by: warning.due.map(|due| Moment::day(due.on, today)),
        link: booking.map(|id| Link::new(calendar::booking_href(id), "Book en diætist")),
        may: warning.may_be_acknowledged() && said.is_none(),
        reason: said,
    }
}
