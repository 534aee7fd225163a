//! Bridges: what is proposed is fresh and fits, and a partner is never told more than was agreed.

use domain::activity::{Activity, activity_changes, matches};
use domain::bridge::{BridgeOutcome, BridgeResult, escort_share};
use domain::consent::{Consent, ConsentForm, ConsentPurpose};
use domain::ids::{ConsentId, UserId};
use jiff::civil::date;
use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

use crate::records::{activity, bridge, citizen, wish};
use crate::values::{day, word};

proptest! {
    #[test]
    fn what_is_proposed_is_fresh_and_misses_one_thing_at_most(
        all in vec(activity(), 0..8),
        wish in wish(),
        today in day(),
    ) {
        let found = matches(&all, &wish, today);
        for one in &found {
            prop_assert!(one.activity.may_be_proposed(today));
            prop_assert!(one.missed.is_none() || !one.met.is_empty());
        }
        let misses: Vec<bool> = found.iter().map(|one| one.missed.is_some()).collect();
        prop_assert!(misses.is_sorted(), "what fits wholly comes first");
        // Whatever meets all when more is asked meets it when less is.
        let less = domain::activity::Wish { video: false, beginners: false, ..wish.clone() };
        let exact = |found: &[domain::activity::Match<'_>]| found.iter().filter(|one| one.missed.is_none()).count();
        prop_assert!(exact(&found) <= exact(&matches(&all, &less, today)));
    }

    #[test]
    fn an_entry_goes_stale_once_and_a_confirmation_makes_it_fresh(base in activity(), today in day()) {
        if base.is_stale(today) {
            prop_assert!(base.is_stale(today.saturating_add(jiff::Span::new().days(1))));
            prop_assert!(base.is_due(today, 0));
        }
        let confirmed = Activity { confirmed_on: today, ..base };
        prop_assert!(!confirmed.is_stale(today));
    }

    #[test]
    fn changes_are_told_for_two_entries_that_differ_only(a in activity(), b in activity()) {
        prop_assert!(activity_changes(&a.entry, &a.entry).is_empty());
        let told = activity_changes(&a.entry, &b.entry);
        prop_assert!(told.iter().all(|change| change.from != change.to));
    }

    #[test]
    fn a_partner_is_told_no_more_than_the_citizen_agreed_to(
        bridge in bridge(),
        citizen in citizen(),
        purposes in vec((word(ConsentPurpose::ALL), any::<bool>(), any::<bool>()), 0..4),
    ) {
        let consents: Vec<Consent> = (1..).zip(&purposes).map(|(n, (purpose, given, withdrawn))| Consent {
            id: ConsentId(Uuid::from_u128(n)),
            citizen: citizen.id,
            purpose: *purpose,
            given: *given,
            form: ConsentForm::Oral,
            on: date(2026, 3, 2),
            asked_by: UserId(Uuid::from_u128(1)),
            withdrawn_at: withdrawn.then_some(jiff::Timestamp::UNIX_EPOCH),
        }).collect();
        let shared = escort_share(&bridge, &citizen, &consents);
        let newest = purposes.iter().rev().find(|(purpose, ..)| *purpose == ConsentPurpose::Escort);
        let agreed = newest.is_some_and(|(_, given, withdrawn)| *given && !withdrawn);
        prop_assert_eq!(shared.more.is_some(), agreed);
        prop_assert!(!shared.first_name.contains(' '));
        if let Some(more) = shared.more {
            prop_assert!(more.address.is_none() || !citizen.protected_address);
        }
    }

    #[test]
    fn how_it_went_is_said_once(base in bridge(), outcome in word(BridgeOutcome::ALL), on in day()) {
        let over = base.result.is_some();
        let result = BridgeResult { outcome, on, reason: None };
        let ended = base.clone().end(result.clone());
        prop_assert_eq!(ended.is_err(), over);
        if let Ok(ended) = ended {
            prop_assert_eq!(ended.result.as_ref(), Some(&result));
            prop_assert!(ended.clone().end(result).is_err());
            prop_assert!(base.ask_on() > base.first_visit_on);
        }
    }
}
