//! What changed in the catalogue since practices heard last, and the first draft of the letter that tells it.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::PracticeNews;
use crate::offer::{Offer, Publication};
use crate::words::word_enum;

word_enum! {
    /// What happened to an offer.
    pub enum OfferChange {
        /// It came into public.
        New = ("new", "Nye tilbud"),
        /// What is told of it changed.
        Changed = ("changed", "Ændrede tilbud"),
        /// It ran out or was taken out of public.
        Ended = ("ended", "Ophørte tilbud"),
    }
}

/// What happened to an offer since practices heard last; without any news before, everything in public is new. What
/// changed on the day of the last news counts, unless that was about the offer.
pub fn change_since(offer: &Offer, last: Option<&PracticeNews>) -> Option<OfferChange> {
    let since = |day: Date| {
        last.is_none_or(|last| day > last.made_on || (day == last.made_on && !last.offers.contains(&offer.id)))
    };
    match &offer.publication {
        Publication::Draft => None,
        Publication::Published { on } if since(*on) => Some(OfferChange::New),
        Publication::Published { .. } => since(offer.changed_on).then_some(OfferChange::Changed),
        Publication::Expired { on } | Publication::Withdrawn { on, .. } => {
            (last.is_some() && since(*on)).then_some(OfferChange::Ended)
        }
    }
}

/// Heading and text of a letter about these offers.
pub fn draft<'a>(changes: impl IntoIterator<Item = (OfferChange, &'a Offer)>, from: &str) -> (String, String) {
    let changes: Vec<(OfferChange, &Offer)> = changes.into_iter().collect();
    let mut text = String::from("Til praksis\n\nDer er nyt om kommunens forebyggelsestilbud.\n");
    for kind in OfferChange::ALL {
        let mut own = changes.iter().filter(|(change, _)| change == kind).map(|(_, offer)| *offer).peekable();
        if own.peek().is_some() {
            let _ = write!(text, "\n{}\n", kind.label());
        }
        for offer in own {
            let _ = writeln!(text, "- {}", line(*kind, offer));
        }
    }
    let _ = write!(text, "\nTilbuddene står på sundhed.dk (SOFT). Henvis, som I plejer.\n\nVenlig hilsen\n{from}");
    ("Nyt om forebyggelsestilbud".to_owned(), text)
}

fn line(kind: OfferChange, offer: &Offer) -> String {
    let told = &offer.description;
    let parts = [told.target_group.as_str(), told.how_to_refer.as_str()];
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = parts.into_iter().map(one_line).filter(|text| !text.is_empty()).collect::<Vec<_>>();
    match (kind, said.is_empty()) {
        (OfferChange::Ended, _) | (_, true) => offer.name.clone(),
        (OfferChange::New | OfferChange::Changed, false) => format!("{}: {}", offer.name, said.join(". ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::InterventionCode;
    use crate::ids::{OfferId, PracticeNewsId};
    use jiff::civil::date;
    use uuid::Uuid;

    fn offer(name: &str, publication: Publication, changed_on: Date) -> Offer {
        let id = OfferId(Uuid::from_u128(5));
        let draft = Offer::draft(id, name.into(), InterventionCode::NicotineCessation, date(2026, 1, 1));
        Offer { publication, changed_on, ..draft }
    }

    fn news(made_on: Date, offers: Vec<OfferId>) -> PracticeNews {
        let (title, text) = (String::new(), String::new());
        PracticeNews {
            id: PracticeNewsId(Uuid::from_u128(1)),
            title,
            text,
            made_on,
            offers,
            recipients: Vec::new(),
            struck: None,
        }
    }

    #[test]
    fn what_is_new_changed_or_ended_since_the_last_news_is_told() {
        let (may, june) = (date(2026, 5, 1), date(2026, 6, 1));
        let published = |on, changed| offer("Røgfri", Publication::Published { on }, changed);
        let last = news(may, Vec::new());
        assert_eq!(change_since(&published(june, june), Some(&last)), Some(OfferChange::New));
        assert_eq!(change_since(&published(date(2026, 4, 1), june), Some(&last)), Some(OfferChange::Changed));
        assert_eq!(change_since(&published(date(2026, 4, 1), date(2026, 4, 2)), Some(&last)), None);
        assert_eq!(change_since(&offer("Kladde", Publication::Draft, june), Some(&last)), None);
        let ended = offer("Gammelt", Publication::Expired { on: june }, may);
        assert_eq!(change_since(&ended, Some(&last)), Some(OfferChange::Ended));
        assert_eq!(change_since(&ended, None), None, "who heard of nothing hears of no end");
        assert_eq!(change_since(&published(may, may), None), Some(OfferChange::New));
    }

    #[test]
    fn what_changed_on_the_day_of_the_last_news_is_told_once() {
        let day = date(2026, 5, 1);
        let same = offer("Røgfri", Publication::Published { on: date(2026, 1, 2) }, day);
        assert_eq!(change_since(&same, Some(&news(day, Vec::new()))), Some(OfferChange::Changed));
        assert_eq!(change_since(&same, Some(&news(day, vec![same.id]))), None);
    }

    #[test]
    fn the_draft_names_the_offers_under_what_happened_to_them() {
        let day = date(2026, 5, 1);
        let mut new = offer("Røgfri", Publication::Published { on: day }, day);
        new.description.target_group = "Voksne, der\nryger".into();
        let ended = offer("Gammelt", Publication::Expired { on: day }, day);
        let (title, text) = draft([(OfferChange::Ended, &ended), (OfferChange::New, &new)], "Testby Kommune");
        assert_eq!(title, "Nyt om forebyggelsestilbud");
        assert!(text.contains("\nNye tilbud\n- Røgfri: Voksne, der ryger\n\nOphørte tilbud\n- Gammelt\n"), "{text}");
        assert!(!text.contains("Ændrede") && text.ends_with("Testby Kommune"));
    }
}
