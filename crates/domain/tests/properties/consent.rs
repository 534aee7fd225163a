//! Consent: every history of up to three answers, every basis, alive and dead (flow, "what must hold", 7 and 11).

use domain::consent::{Answer, Basis, Consent, ConsentForm, ConsentPurpose, SendRefused, answer, may_send};
use domain::ids::{CitizenId, ConsentId, UserId};
use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

/// What the citizen said on one occasion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Yes,
    No,
    YesWithdrawn,
}

const ALL_SAID: [Said; 3] = [Said::Yes, Said::No, Said::YesWithdrawn];
const REASONS: [Option<&str>; 4] = [None, Some(""), Some("  "), Some("lægen skal følge op på blodtrykket")];

/// A history, oldest first; all on the same day when `same_day`, so that only the id tells the order.
fn history(said: &[Said], purpose: ConsentPurpose, same_day: bool) -> Vec<Consent> {
    (1..).zip(said).map(|(n, said)| consent(n, *said, purpose, if same_day { 0 } else { n })).collect()
}

fn consent(n: i32, said: Said, purpose: ConsentPurpose, days: i32) -> Consent {
    Consent {
        id: ConsentId(Uuid::from_u128(u128::try_from(n).unwrap())),
        citizen: CitizenId(Uuid::from_u128(1)),
        purpose,
        given: said != Said::No,
        form: ConsentForm::Oral,
        on: date(2026, 3, 2).saturating_add(days.days()),
        asked_by: UserId(Uuid::from_u128(1)),
        withdrawn_at: (said == Said::YesWithdrawn).then_some(Timestamp::UNIX_EPOCH),
    }
}

fn histories() -> Vec<Vec<Said>> {
    let longer = |shorter: &[Vec<Said>]| {
        let add = |list: &Vec<Said>| ALL_SAID.map(|said| list.iter().copied().chain([said]).collect::<Vec<_>>());
        shorter.iter().flat_map(add).collect::<Vec<_>>()
    };
    let none = vec![vec![]];
    let (one, two) = (longer(&none), longer(&longer(&none)));
    let three = longer(&two);
    [none, one, two, three].concat()
}

/// Calls the test with every history, purpose, section 41 reason and life.
fn for_all(test: impl Fn(&[Said], Option<&str>, bool, Result<Basis, SendRefused>)) {
    for said in histories() {
        for purpose in ConsentPurpose::ALL {
            for same_day in [true, false] {
                // The order of the list must not matter, as rows may come in any order.
                let forwards = history(&said, *purpose, same_day);
                let backwards: Vec<_> = forwards.iter().rev().cloned().collect();
                for reason in REASONS {
                    for dead in [false, true] {
                        let outcome = may_send(&forwards, *purpose, reason, dead);
                        assert_eq!(outcome, may_send(&backwards, *purpose, reason, dead));
                        test(&said, reason, dead, outcome);
                    }
                }
            }
        }
    }
}

#[test]
fn nothing_leaves_about_a_dead_citizen() {
    for_all(|_, _, dead, outcome| assert_eq!(outcome == Err(SendRefused::CitizenDead), dead));
}

#[test]
fn nothing_leaves_after_a_refusal_or_a_withdrawal_whatever_is_written() {
    for_all(|said, _, dead, outcome| {
        if !dead && matches!(said.last(), Some(Said::No | Said::YesWithdrawn)) {
            assert_eq!(outcome, Err(SendRefused::Refused));
        }
    });
}

#[test]
fn the_newest_yes_is_the_basis() {
    for_all(|said, _, dead, outcome| {
        if !dead && said.last() == Some(&Said::Yes) {
            let newest = ConsentId(Uuid::from_u128(said.len() as u128));
            assert_eq!(outcome, Ok(Basis::Consent { id: newest }));
        }
    });
}

#[test]
fn section_41_needs_a_reason_and_an_unasked_question() {
    for_all(|said, reason, dead, outcome| {
        let written = reason.map(str::trim).filter(|r| !r.is_empty());
        let section_41 = matches!(outcome, Ok(Basis::Section41 { .. }));
        assert_eq!(section_41, !dead && said.is_empty() && written.is_some());
        if !dead && said.is_empty() && reason.is_none() {
            assert_eq!(outcome, Err(SendRefused::NotAsked));
        }
    });
}

#[test]
fn an_answer_for_one_purpose_says_nothing_about_another() {
    for asked in ConsentPurpose::ALL {
        for other in ConsentPurpose::ALL.iter().filter(|other| *other != asked) {
            assert_eq!(answer(&history(&[Said::Yes], *asked, true), *other), Answer::NotAsked);
        }
    }
}
