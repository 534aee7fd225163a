//! Outgoing messages: a positive receipt never undoes a negative one, whatever the order.

use domain::message::Delivery;
use proptest::prelude::*;

use crate::values::word;

proptest! {
    #[test]
    fn one_negative_receipt_decides_in_every_order(
        start in word(Delivery::ALL),
        receipts in proptest::collection::vec(any::<bool>(), 1..8),
    ) {
        let end = receipts.iter().fold(start, |state, positive| state.receipted(*positive));
        let refused = start == Delivery::Refused || receipts.contains(&false);
        prop_assert_eq!(end, if refused { Delivery::Refused } else { Delivery::Delivered });
    }
}
