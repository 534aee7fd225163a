//! The guards of the flow, section 1, one by one.

use jiff::Timestamp;
use jiff::civil::date;
use uuid::Uuid;

use super::*;

fn at(hour: i64) -> Timestamp {
    // 2 March 2026, 06:00 UTC and onwards.
    Timestamp::from_second(1_772_431_200 + 3600 * hour).unwrap()
}

fn go(state: State, event: ReferralEvent) -> Result<State, ReferralError> {
    apply(state, event, at(9), &Limits::default())
}

/// A state reached by events that are all allowed.
fn after(events: &[ReferralEvent]) -> State {
    events.iter().fold(State::Received, |state, event| go(state, event.clone()).unwrap())
}

fn other_request() -> ServiceRequestId {
    ServiceRequestId(Uuid::from_u128(7))
}

fn course() -> CourseId {
    CourseId(Uuid::from_u128(8))
}

fn open_states() -> Vec<State> {
    use ReferralEvent as E;
    let attempts = [E::Check, E::NotReached, E::NotReached, E::NotReached];
    let unreachable = [&attempts[..], &[E::SendLetter { on: date(2026, 3, 20) }]].concat();
    vec![
        State::Received,
        after(&[E::Check]),
        after(&attempts[..2]),
        after(&attempts),
        after(&unreachable),
        after(&[E::Check, E::Reach]),
        after(&[E::Check, E::Reach, E::Route(FirstStep::ClarifyingTalk)]),
    ]
}

#[test]
fn a_request_is_read_before_the_citizen_is_called() {
    assert!(matches!(go(State::Received, ReferralEvent::Reach), Err(ReferralError::NotYet { .. })));
    assert!(matches!(go(State::Received, ReferralEvent::NotReached), Err(ReferralError::NotYet { .. })));
    assert_eq!(after(&[ReferralEvent::Check, ReferralEvent::Reach]), State::Reached { at: at(9) });
}

#[test]
fn the_first_failed_attempt_begins_the_contact_phase() {
    let tried = after(&[ReferralEvent::Check, ReferralEvent::NotReached]);
    assert_eq!(tried, State::Contacting { attempts: 1, last_at: at(9) });
}

#[test]
fn the_letter_comes_only_after_the_last_attempt() {
    use ReferralEvent as E;
    let letter = E::SendLetter { on: date(2026, 3, 20) };
    let two = after(&[E::Check, E::NotReached, E::NotReached]);
    assert_eq!(go(two.clone(), letter.clone()), Err(ReferralError::AttemptsLeft { made: 2, max: 3 }));
    let three = go(two, E::NotReached).unwrap();
    let sent = go(three, letter).unwrap();
    assert_eq!(sent, State::Unreachable { letter_on: date(2026, 3, 20), open_until: date(2026, 4, 19) });
}

#[test]
fn there_is_no_fourth_attempt_when_three_are_owed() {
    use ReferralEvent as E;
    let three = after(&[E::Check, E::NotReached, E::NotReached, E::NotReached]);
    assert!(matches!(go(three, E::NotReached), Err(ReferralError::NotYet { .. })));
}

#[test]
fn the_letter_holds_the_offer_open_to_the_end_of_its_last_day() {
    let open = State::Unreachable { letter_on: date(2026, 3, 20), open_until: date(2026, 4, 19) };
    let on_the_last_day = go(open.clone(), ReferralEvent::LetterExpired { on: date(2026, 4, 19) });
    assert_eq!(on_the_last_day, Err(ReferralError::LetterStillOpen(date(2026, 4, 19))));
    let the_day_after = go(open, ReferralEvent::LetterExpired { on: date(2026, 4, 20) });
    assert_eq!(the_day_after, Ok(State::NeverReached { at: at(9) }));
}

#[test]
fn a_citizen_who_answers_the_letter_is_reached() {
    let open = State::Unreachable { letter_on: date(2026, 3, 20), open_until: date(2026, 4, 19) };
    assert_eq!(go(open, ReferralEvent::Reach), Ok(State::Reached { at: at(9) }));
}

#[test]
fn a_citizen_who_was_never_spoken_to_cannot_have_declined() {
    let decline = ReferralEvent::Decline(DeclineReason::NotNow);
    assert!(matches!(go(after(&[ReferralEvent::Check]), decline.clone()), Err(ReferralError::NotYet { .. })));
    let declined = go(after(&[ReferralEvent::Check, ReferralEvent::Reach]), decline);
    assert_eq!(declined, Ok(State::Declined { at: at(9), reason: DeclineReason::NotNow }));
}

#[test]
fn the_first_step_may_be_chosen_again_until_the_course_begins() {
    use ReferralEvent as E;
    let routed = after(&[E::Check, E::Reach, E::Route(FirstStep::ClarifyingTalk), E::Route(FirstStep::NicotineStart)]);
    assert_eq!(routed, State::Routed { at: at(9), step: FirstStep::NicotineStart });
    let joined = go(routed, E::Join(course())).unwrap();
    assert_eq!(joined, State::Joined { at: at(9), course: course() });
    assert_eq!(go(joined, E::Route(FirstStep::NeedsTalk)), Err(ReferralError::AlreadyHandled("joined")));
}

#[test]
fn a_request_joins_a_course_only_with_a_first_step() {
    let reached = after(&[ReferralEvent::Check, ReferralEvent::Reach]);
    assert!(matches!(go(reached, ReferralEvent::Join(course())), Err(ReferralError::NotYet { .. })));
}

#[test]
fn somebody_who_lives_elsewhere_is_sent_back_with_the_reason_kept() {
    let returned = go(State::Received, ReferralEvent::Return(ReturnReason::LivesElsewhere));
    assert_eq!(returned, Ok(State::Returned { at: at(9), reason: ReturnReason::LivesElsewhere }));
}

#[test]
fn a_rejection_without_a_reason_is_refused_from_every_open_state() {
    for state in open_states() {
        assert_eq!(go(state.clone(), ReferralEvent::Reject("  ".into())), Err(ReferralError::ReasonMissing));
        assert!(go(state, ReferralEvent::Reject("uden for målgruppen".into())).is_ok());
    }
}

#[test]
fn death_and_a_move_close_a_request_from_every_open_state() {
    for state in open_states() {
        assert_eq!(go(state.clone(), ReferralEvent::Die), Ok(State::Dead { at: at(9) }));
        assert_eq!(go(state, ReferralEvent::Move), Ok(State::Moved { at: at(9) }));
    }
}

#[test]
fn a_correction_takes_the_place_of_the_request_from_every_open_state_and_from_a_course() {
    let replaced = Ok(State::Replaced { at: at(9), by: other_request() });
    for state in open_states() {
        assert_eq!(go(state, ReferralEvent::ReplaceBy(other_request())), replaced);
    }
    let joined = State::Joined { at: at(1), course: course() };
    assert_eq!(go(joined, ReferralEvent::ReplaceBy(other_request())), replaced);
}

#[test]
fn a_replaced_request_can_still_be_marked_as_an_error_but_not_replaced_again() {
    let replaced = State::Replaced { at: at(1), by: other_request() };
    let again = go(replaced.clone(), ReferralEvent::ReplaceBy(other_request()));
    assert_eq!(again, Err(ReferralError::AlreadyHandled("replaced")));
    assert_eq!(go(replaced, ReferralEvent::MarkError), Ok(State::EnteredInError { at: at(9) }));
}

#[test]
fn marking_an_error_again_keeps_the_first_time() {
    let first = State::EnteredInError { at: at(1) };
    assert_eq!(go(first.clone(), ReferralEvent::MarkError), Ok(first));
}

#[test]
fn the_same_request_twice_points_to_the_open_one() {
    let twice = go(State::Received, ReferralEvent::MarkDuplicate(other_request()));
    assert_eq!(twice, Ok(State::Duplicate { at: at(9), of: other_request() }));
}

#[test]
fn a_death_after_joining_is_the_courses_matter() {
    let joined = State::Joined { at: at(1), course: course() };
    assert_eq!(go(joined, ReferralEvent::Die), Err(ReferralError::AlreadyHandled("joined")));
}
