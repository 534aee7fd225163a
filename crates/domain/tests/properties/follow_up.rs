//! Follow-ups: each ends once.

use domain::follow_up::FollowUpState;
use proptest::prelude::*;

use crate::records::{follow_up, follow_up_state};
use crate::values::day;

proptest! {
    #[test]
    fn a_follow_up_ends_once_and_keeps_everything_else(
        base in follow_up(),
        ends in proptest::collection::vec(follow_up_state(), 1..6),
    ) {
        let mut now = base.clone();
        for end in ends {
            let over = now.state != FollowUpState::Planned;
            match now.clone().end(end.clone()) {
                Ok(after) => {
                    prop_assert!(!over);
                    prop_assert_eq!(&after.state, &end);
                    prop_assert_eq!((after.id, after.due_on, after.course), (base.id, base.due_on, base.course));
                    now = after;
                }
                Err(_) => prop_assert!(over),
            }
        }
    }

    #[test]
    fn a_follow_up_is_due_from_its_window_until_it_has_ended(base in follow_up(), today in day(), window in 0u16..60) {
        let due = base.is_due(today, window);
        prop_assert!(!due || base.state == FollowUpState::Planned);
        if base.state == FollowUpState::Planned && today >= base.due_on {
            prop_assert!(due);
        }
    }
}
