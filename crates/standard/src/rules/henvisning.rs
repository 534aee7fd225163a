//! Henvisning: what a referral says, and how soon somebody calls (standard, section 2.2).

use jiff::civil::Date;

use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{ReferralOutcome, Source};
use crate::facts::{CourseFacts, Referral};
use crate::limits::LimitId;
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-2.2-02", decide: Decide::Referral(background) },
    Rule { requirement: "KS-2.2-06", decide: Decide::Referral(first_contact) },
];

/// KS-2.2-02, section 2.2: a referral by a doctor or a hospital says why.
fn background(_: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    let Some(received_on) = at.in_period(referral.received_on) else { return Verdict::OUTSIDE };
    let by_doctor = matches!(referral.source, Some(Source::GeneralPractice | Source::Specialist | Source::Hospital));
    if referral.source.is_some() && !by_doctor {
        return Case::on(received_on).except("not_by_doctor", true).decide(at);
    }
    let text = referral.reason_text.as_ref().is_some_and(|text| !text.trim().is_empty());
    Case::on(received_on)
        .needs("referral.source", referral.source.is_some())
        .recorded("referral.reason_text", text || !referral.diagnoses.is_empty())
        .decide(at)
}

/// KS-2.2-06, section 2.2: somebody tries to reach the citizen within `contact_workdays` of reception. The figure is the
/// working days it took.
fn first_contact(course: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    let Some(received_on) = at.in_period(referral.received_on) else { return Verdict::OUTSIDE };
    let due = at.workdays_after(received_on, LimitId::ContactWorkdays);
    let attempted_on = first_attempt(course, referral, received_on);
    let left = matches!(referral.outcome, Some(ReferralOutcome::Dead | ReferralOutcome::Moved));
    Case::on(received_on)
        .except("duplicate", referral.outcome == Some(ReferralOutcome::Duplicate))
        .except("left_before_limit", left && referral.outcome_on.is_none_or(|on| on <= due))
        .by(due)
        .done("contact.attempted_on", attempted_on)
        .figure(attempted_on.map(|on| f64::from(at.workdays_between(received_on, on))))
        .decide(at)
}

/// The first attempt from reception on that is about this referral, or about none in particular.
fn first_attempt(course: &CourseFacts, referral: &Referral, received_on: Date) -> Option<Date> {
    let about = |of: &Option<String>| of.as_ref().is_none_or(|id| *id == referral.id);
    let contacts = course.contacts.iter().filter(|contact| about(&contact.referral));
    contacts.filter_map(|contact| contact.attempted_on.or(contact.date)).filter(|on| *on >= received_on).min()
}
