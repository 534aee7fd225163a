//! What the sender of a referral may be told, with random requests, answers, reasons and lives (flow, message M17 and
//! "what must hold", 7 and 11).

use domain::consent::{Answer, Basis, Consent, ConsentPurpose, SendRefused, answer};
use domain::identifiers::Gln;
use domain::referral::{NotTold, ReferralState, ReturnReason, SenderNotice};
use domain::service_request::ServiceRequest;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

use crate::records::{consent, request};

const PRACTICE: &str = "5790009999010";

/// A request that may have come by message, from somebody who can be answered or not; told or not yet.
fn any_request() -> impl Strategy<Value = ServiceRequest> {
    (request(), any::<bool>()).prop_map(|(mut request, answerable)| {
        if let Some(letter) = request.letter.as_mut().filter(|_| answerable) {
            PRACTICE.clone_into(&mut letter.sender_ean);
        }
        request
    })
}

/// Answers of which some are about feedback to the referrer.
fn answers() -> impl Strategy<Value = Vec<Consent>> {
    let about = |(consent, feedback): (Consent, bool)| {
        if feedback { Consent { purpose: ConsentPurpose::ReferrerFeedback, ..consent } } else { consent }
    };
    vec((consent(), any::<bool>()).prop_map(about), 0..4)
}

fn reason() -> impl Strategy<Value = Option<&'static str>> {
    of(prop_oneof![Just(""), Just("  "), Just("Lægen skal følge op på blodtrykket")])
}

fn can_be_answered(request: &ServiceRequest) -> bool {
    request.letter.as_ref().is_some_and(|letter| Gln::parse(&letter.sender_ean).is_ok())
}

proptest! {
    #[test]
    fn nobody_without_an_address_is_told_and_nothing_about_the_dead(
        request in any_request(), answers in answers(), reason in reason(), dead in any::<bool>(),
    ) {
        for notice in [SenderNotice::NoCourse, SenderNotice::Returned(ReturnReason::NotForUs)] {
            let outcome = notice.may_be_told(&request, &answers, reason, dead);
            prop_assert!(outcome.is_err() || (can_be_answered(&request) && !dead));
        }
    }

    #[test]
    fn that_no_course_started_leaves_once_on_consent_or_a_reason_and_never_after_a_no(
        request in any_request(), answers in answers(), reason in reason(),
    ) {
        prop_assume!(can_be_answered(&request));
        let outcome = SenderNotice::NoCourse.may_be_told(&request, &answers, reason, false);
        let written = reason.map(str::trim).filter(|r| !r.is_empty());
        let expected = match (request.sender_told_at, answer(&answers, ConsentPurpose::ReferrerFeedback)) {
            (Some(_), _) => Err(NotTold::AlreadyTold),
            (None, Answer::Refused) => Err(SendRefused::Refused.into()),
            (None, Answer::Given(id)) => Ok(Basis::Consent { id }),
            (None, Answer::NotAsked) => match (reason, written) {
                (_, Some(reason)) => Ok(Basis::Section41 { reason: reason.to_owned() }),
                (Some(_), None) => Err(SendRefused::ReasonMissing.into()),
                (None, None) => Err(SendRefused::NotAsked.into()),
            },
        };
        prop_assert_eq!(outcome, expected);
    }

    #[test]
    fn a_referral_that_comes_back_or_is_asked_about_needs_no_consent(
        request in any_request(), answers in answers(), reason in reason(),
    ) {
        prop_assume!(can_be_answered(&request));
        for notice in [SenderNotice::Returned(ReturnReason::LivesElsewhere), SenderNotice::Question] {
            prop_assert_eq!(notice.may_be_told(&request, &answers, reason, false), Ok(Basis::NoneNeeded));
            prop_assert_eq!(
                notice.may_be_told(&request, &answers, reason, true),
                Err(SendRefused::CitizenDead.into())
            );
        }
    }

    #[test]
    fn what_is_told_follows_from_where_the_request_stands(request in any_request()) {
        use ReferralState as S;
        let state = &request.state;
        let ended_without = matches!(
            state, S::Unreachable { .. } | S::NeverReached { .. } | S::Rejected { .. } | S::Declined { .. }
        );
        match SenderNotice::of(state) {
            Some(SenderNotice::NoCourse) => prop_assert!(ended_without),
            Some(SenderNotice::Returned(_)) => {
                let returned = matches!(state, S::Returned { .. });
                prop_assert!(returned);
            }
            // Asking is somebody's choice, never what a state calls for.
            Some(SenderNotice::Question) => prop_assert!(false),
            None => prop_assert!(!ended_without),
        }
    }
}

#[test]
fn every_reason_to_say_nothing_tells_staff_what_to_do() {
    let all = [
        NotTold::NothingToTell,
        NotTold::NoSender,
        NotTold::NoAddress,
        NotTold::AlreadyTold,
        NotTold::Refused(SendRefused::CitizenDead),
        NotTold::Refused(SendRefused::Refused),
        NotTold::Refused(SendRefused::NotAsked),
        NotTold::Refused(SendRefused::ReasonMissing),
    ];
    for reason in all {
        let text = reason.user_message();
        assert!(text.ends_with('.') && !text.contains("  "), "{text}");
    }
}
