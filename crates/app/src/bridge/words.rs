//! How an activity is said: where it stands, what it costs, whom to ring to.

use domain::activity::{Activity, ActivityEntry, Price, STALE_MONTHS};
use domain::ids::{BridgeId, CitizenId};
use jiff::civil::{Date, Time};

use crate::layout::{Tag, dates};

/// The address of a way to an association.
pub(crate) fn bridge_href(bridge: BridgeId) -> String {
    format!("/brobygning/{bridge}")
}

/// Where something is found for a citizen.
pub(crate) fn match_href(citizen: CitizenId) -> String {
    format!("/borgere/{citizen}/forening")
}

/// How true an entry is.
pub(super) fn freshness(activity: &Activity, today: Date) -> Tag {
    let on = dates::short_day(activity.confirmed_on, today);
    if activity.closed {
        return Tag::of("mute", "close", "Lukket");
    }
    let tag = if activity.is_stale(today) {
        Tag::of("late", "late", format!("Ikke bekræftet i {STALE_MONTHS} måneder"))
    } else if activity.is_due(today, DUE_DAYS) {
        Tag::of("soon", "soon", format!("Bekræftet {on}"))
    } else {
        Tag::done(format!("Bekræftet {on}"))
    };
    Tag { title: Some(dates::full_day(activity.confirmed_on)), ..tag }
}

/// A reminder is due this long before an entry goes stale.
pub(super) const DUE_DAYS: u16 = 14;

/// "Gratis", "40 kr. pr. gang", "Pris ikke oplyst".
pub(super) fn price(entry: &ActivityEntry) -> String {
    entry.price.map_or_else(|| "Pris ikke oplyst".to_owned(), Price::text)
}

/// What is good to know, as signs.
pub(super) fn signs(entry: &ActivityEntry) -> Vec<Tag> {
    let all = [
        (entry.beginners, Tag::of("line", "done", "Åben for begyndere")),
        (entry.step_free, Tag::of("line", "accept", "Uden trin")),
    ];
    all.into_iter().filter(|(has, _)| *has).map(|(_, tag)| tag).collect()
}

/// "mandag 30. november kl. 10.00".
pub(super) fn visit(on: Date, at: Option<Time>, today: Date) -> String {
    let day = dates::long_day(on, today);
    at.map_or(day.clone(), |at| format!("{day} kl. {}", clock(at)))
}

/// "10.00".
pub(super) fn clock(at: Time) -> String {
    format!("{}.{:02}", at.hour(), at.minute())
}
