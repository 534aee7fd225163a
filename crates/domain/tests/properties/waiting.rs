//! The waiting list: nobody is lost, the order is that of need and time, and the reasons say so.

use std::collections::BTreeSet;

use domain::team::{OfferState, Waiting, WaitingNeed, WaitingReason, in_order};
use proptest::prelude::*;
use uuid::Uuid;

use crate::values::{day, id, word};

fn waiting() -> impl Strategy<Value = Waiting> {
    let passed_by =
        prop_oneof![3 => Just(None), 1 => Just(Some(OfferState::Declined)), 1 => Just(Some(OfferState::Expired))];
    (id(), any::<u128>(), day(), word(WaitingNeed::ALL), passed_by, any::<bool>()).prop_map(
        |(citizen, intervention, granted_on, need, passed_by, left)| Waiting {
            citizen,
            intervention: Uuid::from_u128(intervention).into(),
            granted_on,
            need,
            passed_by,
            left,
        },
    )
}

proptest! {
    #[test]
    fn nobody_is_lost_and_need_comes_before_time(list in proptest::collection::vec(waiting(), 0..12)) {
        let before: BTreeSet<_> = list.iter().map(|one| one.intervention).collect();
        let order = in_order(list.clone());
        prop_assert_eq!(order.len(), list.len());
        prop_assert_eq!(order.iter().map(|one| one.intervention).collect::<BTreeSet<_>>(), before);
        for (first, second) in order.iter().zip(order.iter().skip(1)) {
            let asked = (first.passed_by.is_some() || first.left, second.passed_by.is_some() || second.left);
            prop_assert!(asked != (true, false));
            if asked.0 == asked.1 {
                prop_assert!(first.need >= second.need);
                prop_assert!(first.need > second.need || first.granted_on <= second.granted_on);
            }
        }
        let mut shuffled = list;
        shuffled.reverse();
        prop_assert_eq!(in_order(shuffled), order, "the order does not hang on how they were read");
    }

    #[test]
    fn the_reasons_tell_what_the_order_is_made_of(one in waiting(), today in day()) {
        let reasons = one.reasons(today, 30);
        let days = (today - one.granted_on).get_days();
        prop_assert!(reasons.contains(&WaitingReason::Waited(days)));
        prop_assert_eq!(reasons.contains(&WaitingReason::Need(one.need)), one.need != WaitingNeed::Ordinary);
        prop_assert_eq!(reasons.contains(&WaitingReason::OverLimit), days > 30);
        prop_assert_eq!(reasons.contains(&WaitingReason::Left), one.left);
        prop_assert!(reasons.iter().all(|reason| !reason.text().is_empty()));
    }
}
