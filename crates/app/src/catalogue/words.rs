//! How offers are read on screens: their tags, addresses, and what is said of seats and waiting.

use domain::ids::OfferId;
use domain::offer::{Offer, Publication, Standing};
use domain::workdays::local_date;
use jiff::civil::Date;

use super::capacity::{Availability, Capacity};
use crate::layout::{Tag, dates};

/// Where staff see an offer.
pub(super) fn href(id: OfferId) -> String {
    format!("/katalog/{id}")
}

/// Where everybody sees it.
pub(super) fn public_href(municipality: &str, id: OfferId) -> String {
    format!("/tilbud/{municipality}/{id}")
}

/// Where it stands.
pub(super) fn state(offer: &Offer) -> Tag {
    match &offer.publication {
        Publication::Draft => Tag::draft(),
        Publication::Published { .. } => Tag::done("Udgivet"),
        Publication::Expired { .. } => Tag::of("mute", "wait", "Udløbet"),
        Publication::Withdrawn { .. } => Tag::of("mute", "close", "Trukket tilbage"),
    }
}

/// What somebody should look at, the most pressing first.
pub(super) fn attention(offer: &Offer, hash: &str, today: Date, review_months: u16) -> Vec<Tag> {
    let mut tags = Vec::new();
    let public = matches!(offer.publication, Publication::Published { .. });
    match offer.standing(today, review_months) {
        Standing::RunsOut(days) => {
            tags.push(Tag::of("soon", "soon", runs_out(days)));
            if offer.review_is_due(today, review_months) {
                tags.push(Tag::of("soon", "eye", "Skal gennemgås"));
            }
        }
        Standing::ReviewDue => tags.push(Tag::of("soon", "eye", "Skal gennemgås")),
        Standing::Fine => {}
    }
    let lacks = offer.lacks().len();
    if lacks > 0 && (public || offer.publication == Publication::Draft) {
        let fields = if lacks == 1 { "1 felt mangler".to_owned() } else { format!("{lacks} felter mangler") };
        tags.push(Tag::partly(fields));
    }
    if public {
        match &offer.on_soft {
            None => tags.push(Tag::of("mute", "swap", "Ikke lagt på SOFT")),
            Some(copied) if copied.has_drifted(hash) => tags.push(Tag::of("soon", "swap", "Ændret siden SOFT")),
            Some(_) => {}
        }
    }
    tags
}

/// "Udløber om 23 dage".
pub(super) fn runs_out(days: i32) -> String {
    match days {
        0 => "Udløber i dag".to_owned(),
        1 => "Udløber i morgen".to_owned(),
        days => format!("Udløber om {days} dage"),
    }
}

/// What everybody is told of seats.
pub(super) fn seats(availability: Availability) -> Option<Tag> {
    match availability {
        Availability::FreeSeats => Some(Tag::of("ok", "teams", "Ledige pladser")),
        Availability::WaitingList => Some(Tag::of("wait", "wait", "Venteliste")),
        Availability::NoTeam => None,
    }
}

/// When one can begin: the next team, else the weeks that somebody said.
pub(super) fn waiting(offer: &Offer, capacity: &Capacity) -> Option<String> {
    if let Some(start) = capacity.next_start {
        return Some(format!("Næste start {}", dates::full_day(local_date(start))));
    }
    offer.wait_weeks.map(|weeks| match weeks {
        0 => "Ingen ventetid".to_owned(),
        1 => "Ventetid cirka 1 uge".to_owned(),
        weeks => format!("Ventetid cirka {weeks} uger"),
    })
}

/// Labels in one line.
pub(super) fn joined<'a>(labels: impl Iterator<Item = &'a str>) -> String {
    labels.collect::<Vec<_>>().join(", ")
}
