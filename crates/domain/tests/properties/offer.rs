//! Offers: whatever happens to one, what is in public is complete and not over, and the night does its work once.

use domain::codes::InterventionCode;
use domain::ids::OfferId;
use domain::offer::{Entrance, Offer, Provider, Publication, TimeLimit, canonical, sheet};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::prelude::*;

const FIRST: Date = date(2026, 11, 1);

fn day() -> impl Strategy<Value = Date> {
    (0..90_i64).prop_map(|days| FIRST.saturating_add(days.days()))
}

fn said() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), Just("  ".to_owned()), "[a-zæøå \n]{1,12}"]
}

fn offer() -> impl Strategy<Value = Offer> {
    let limit =
        prop_oneof![Just(None), Just(Some(TimeLimit::Ongoing)), day().prop_map(|day| Some(TimeLimit::Until(day)))];
    let texts = (said(), said(), said(), said(), said());
    let code = prop::sample::select(InterventionCode::ALL);
    let provider = prop::sample::select(Provider::ALL);
    (texts, limit, code, provider, prop::option::of(said())).prop_map(|(texts, time_limit, code, provider, name)| {
        let draft = Offer::draft(OfferId(uuid::Uuid::from_u128(1)), "Tilbud".into(), code, FIRST);
        let mut offer = Offer { time_limit, provider, provider_name: name, ..draft };
        let about = &mut offer.description;
        (about.target_group, about.content, about.evidence_base, about.how_to_refer, about.contact.phone) = texts;
        offer
    })
}

#[derive(Debug, Clone, Copy)]
enum Event {
    Publish,
    Withdraw,
    Night,
}

proptest! {
    #[test]
    fn in_public_is_only_what_is_complete_and_not_over(
        offer in offer(),
        mut days in vec(day(), 1..8),
        events in vec(prop::sample::select(&[Event::Publish, Event::Withdraw, Event::Night][..]), 8),
    ) {
        days.sort();
        let mut offer = offer;
        for (today, event) in days.into_iter().zip(events) {
            offer = match event {
                Event::Publish => offer.clone().publish(today).unwrap_or(offer),
                Event::Withdraw => offer.clone().withdraw(today, None).unwrap_or(offer),
                Event::Night => offer.expire(today),
            };
            if offer.is_public(today) {
                prop_assert!(offer.blocking_lacks().is_empty());
                prop_assert!(offer.last_day().is_none_or(|last| last >= today));
            }
            let night = offer.clone().expire(today);
            prop_assert_eq!(night.clone().expire(today), night.clone());
            prop_assert_eq!(night.is_public(today), offer.is_public(today), "the night takes nothing that anybody saw");
            prop_assert_eq!(serde_json::from_str::<Offer>(&serde_json::to_string(&offer).unwrap()).unwrap(), offer.clone());
        }
    }

    #[test]
    fn where_an_offer_stands_changes_no_sheet_and_two_sheets_never_give_one_text(one in offer(), two in offer(), today in day()) {
        let entrance = Entrance::default();
        let (first, second) = (sheet(&one, &entrance), sheet(&two, &entrance));
        prop_assert_eq!(first == second, canonical(&first) == canonical(&second));
        let gone = Offer { publication: Publication::Expired { on: today }, ..one };
        prop_assert_eq!(sheet(&gone, &entrance), first);
    }

    #[test]
    fn more_words_never_find_more(offer in offer(), one in "[a-zæøå]{0,3}", two in "[a-zæøå]{0,3}") {
        let both = format!("{one} {two}");
        prop_assert!(!offer.matches(&both) || (offer.matches(&one) && offer.matches(&two)));
        prop_assert!(offer.matches("") && offer.matches("TILBUD"));
    }
}
