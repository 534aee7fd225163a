//! Requests, their diagnoses, attempts at contact and tasks.

use domain::codes::RequestedArea;
use domain::contact::{ContactAttempt, ContactChannel};
use domain::referral::{DeclineReason, FirstStep, ReferralState, ReturnReason};
use domain::service_request::{
    Channel, Flag, FocusCode, FocusCondition, LetterReference, Owner, Referrer, ServiceRequest, Source,
};
use domain::task::{Task, TaskKind, TaskState};
use proptest::collection::{btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;

use crate::values::{day, id, instant, maybe_text, text, word};

fn state() -> impl Strategy<Value = ReferralState> {
    prop_oneof![open_state().boxed(), closed_state().boxed()]
}

fn open_state() -> impl Strategy<Value = ReferralState> {
    prop_oneof![
        Just(ReferralState::Received),
        instant().prop_map(|at| ReferralState::Checked { at }),
        (any::<u8>(), instant()).prop_map(|(attempts, last_at)| ReferralState::Contacting { attempts, last_at }),
        instant().prop_map(|at| ReferralState::Reached { at }),
        (day(), day()).prop_map(|(letter_on, open_until)| ReferralState::Unreachable { letter_on, open_until }),
        (instant(), word(FirstStep::ALL)).prop_map(|(at, step)| ReferralState::Routed { at, step }),
    ]
}

fn closed_state() -> impl Strategy<Value = ReferralState> {
    prop_oneof![
        (instant(), id()).prop_map(|(at, course)| ReferralState::Joined { at, course }),
        instant().prop_map(|at| ReferralState::NeverReached { at }),
        (instant(), word(ReturnReason::ALL)).prop_map(|(at, reason)| ReferralState::Returned { at, reason }),
        (instant(), text()).prop_map(|(at, reason)| ReferralState::Rejected { at, reason }),
        (instant(), word(DeclineReason::ALL)).prop_map(|(at, reason)| ReferralState::Declined { at, reason }),
        (instant(), id()).prop_map(|(at, of)| ReferralState::Duplicate { at, of }),
        (instant(), id()).prop_map(|(at, by)| ReferralState::Replaced { at, by }),
        instant().prop_map(|at| ReferralState::Moved { at }),
        instant().prop_map(|at| ReferralState::Dead { at }),
        instant().prop_map(|at| ReferralState::EnteredInError { at }),
    ]
}

fn letter() -> impl Strategy<Value = LetterReference> {
    (id(), any::<u16>(), [text(), text(), text(), text()], maybe_text()).prop_map(
        |(message, index, texts, category)| {
            let [letter_id, version, sender_ean, episode_of_care] = texts;
            LetterReference { message, index, letter_id, version, sender_ean, episode_of_care, category }
        },
    )
}

fn owner() -> impl Strategy<Value = Owner> {
    prop_oneof![Just(Owner::Intake), text().prop_map(Owner::Unit), id().prop_map(Owner::User)]
}

fn referrer() -> impl Strategy<Value = Referrer> {
    (text(), maybe_text()).prop_map(|(name, title)| Referrer { name, title })
}

pub fn request() -> impl Strategy<Value = ServiceRequest> {
    let who = (id(), id(), instant(), word(Source::ALL), word(Channel::ALL), of(id()), of(referrer()));
    let what = (btree_set(word(RequestedArea::ALL), 0..4), of(any::<bool>()), of(day()), maybe_text(), of(letter()));
    let flags = btree_set(word(Flag::ALL), 0..3);
    let where_ = (vec(id(), 0..3), state(), owner(), of(id()), flags, of(instant()));
    let sender = (of(instant()), of(instant()), of(day()));
    (who, what, where_, sender).prop_map(|(who, what, where_, sender)| {
        let (asked_at, answered_at, next_attempt_on) = sender;
        let (id, citizen, received_at, source, channel, requester, referrer) = who;
        let (areas, chronic_disease, operation_on, reason, letter) = what;
        let (focus_conditions, state, owner, replaces, flags, sender_told_at) = where_;
        ServiceRequest {
            id,
            citizen,
            received_at,
            source,
            channel,
            requester,
            referrer,
            areas,
            chronic_disease,
            operation_on,
            reason,
            letter,
            focus_conditions,
            state,
            owner,
            replaces,
            flags,
            sender_told_at,
            asked_at,
            answered_at,
            next_attempt_on,
        }
    })
}

pub fn focus_condition() -> impl Strategy<Value = FocusCondition> {
    let code = prop_oneof![text().prop_map(FocusCode::Sks), text().prop_map(FocusCode::Icpc), Just(FocusCode::Text)];
    (id(), id(), code, text(), any::<[bool; 2]>()).prop_map(|(id, citizen, code, text, [active, entered_in_error])| {
        FocusCondition { id, citizen, code, text, active, entered_in_error }
    })
}

pub fn contact_attempt() -> impl Strategy<Value = ContactAttempt> {
    let how = (word(ContactChannel::ALL), any::<bool>(), maybe_text());
    (id(), id(), id(), instant(), id(), how).prop_map(|(id, citizen, service_request, at, by, how)| {
        let (channel, reached, note) = how;
        ContactAttempt { id, citizen, service_request, at, by, channel, reached, note }
    })
}

pub fn task() -> impl Strategy<Value = Task> {
    let what = (id(), word(TaskKind::ALL), day(), text());
    (id(), of(id()), what, owner(), word(TaskState::ALL)).prop_map(|(id, citizen, what, owner, state)| {
        let (subject, kind, due_on, rule) = what;
        Task { id, citizen, subject, kind, due_on, owner, rule, state }
    })
}
