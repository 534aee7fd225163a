//! Henvisning: what a referral says, and how soon somebody calls (standard, section 2.2).

mod reached;
mod told;

use domain::deadlines::Deadline;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{Channel, ContactResult, MessageKind, ReferralOutcome, Source, TargetGroup};
use crate::facts::{CourseFacts, Offer, Referral};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::delivered::is_active;

pub(super) use reached::REACHED;
pub(super) use told::TOLD;

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-2.2-02", decide: Decide::Referral(background) },
    Rule { requirement: "KS-2.2-03", decide: Decide::Referral(electronic) },
    Rule { requirement: "KS-2.2-05", decide: Decide::Offer(seen_by_practice) },
    Rule { requirement: "PL-000-01", decide: Decide::Referral(newly_diagnosed) },
    Rule { requirement: "SP-004-01", decide: Decide::Offer(described) },
    Rule { requirement: "SP-004-06", decide: Decide::Referral(receipt) },
    Rule { requirement: "SP-004-17", decide: Decide::Referral(lifestyle) },
    Rule { requirement: "KS-2.2-06", decide: Decide::Referral(first_contact) },
];

/// KS-2.2-02, section 2.2: a referral by a doctor or a hospital says why, or the referrer has been asked.
fn background(_: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    let Some(received_on) = at.in_period(referral.received_on) else { return Verdict::OUTSIDE };
    let by_doctor = matches!(referral.source, Some(Source::GeneralPractice | Source::Specialist | Source::Hospital));
    if referral.source.is_some() && !by_doctor {
        return Case::on(received_on).except("not_by_doctor", true).decide(at);
    }
    let text = referral.reason_text.as_ref().is_some_and(|text| !text.trim().is_empty());
    Case::on(received_on)
        .needs("referral.source", referral.source.is_some())
        .recorded("referral.reason_text", text || !referral.diagnoses.is_empty() || referral.query_sent_on.is_some())
        .decide(at)
}

/// KS-2.2-06, section 2.2: somebody tries to reach the citizen within `contact_workdays` of reception. The figure is the
/// working days it took.
fn first_contact(course: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    let Some(received_on) = at.in_period(referral.received_on) else { return Verdict::OUTSIDE };
    if referral.outcome == Some(ReferralOutcome::Rejected) {
        return Verdict::OUTSIDE;
    }
    let due = at.due(Deadline::FirstContact, received_on);
    let citizen = course.citizen.as_ref();
    let left_on = referral.outcome_on.or_else(|| citizen.and_then(|one| one.dead_on.or(one.moved_on)));
    let attempted_on = first_attempt(course, referral, received_on);
    let left = matches!(referral.outcome, Some(ReferralOutcome::Dead | ReferralOutcome::Moved));
    Case::on(received_on)
        .except("duplicate", referral.outcome == Some(ReferralOutcome::Duplicate))
        .except("left_before_limit", left && left_on.is_none_or(|on| on <= due))
        .needs("contact.attempted_on", attempted_on.is_some_and(|on| on <= due) || !has_undated(course, referral))
        .by(due)
        .done("contact.attempted_on", attempted_on)
        .figure(attempted_on.map(|on| f64::from(at.workdays_between(received_on, on))))
        .decide(at)
}

/// Whether a contact about this referral has no date.
fn has_undated(course: &CourseFacts, referral: &Referral) -> bool {
    let about = |of: &Option<String>| of.as_ref().is_none_or(|id| *id == referral.id);
    course.contacts.iter().any(|one| about(&one.referral) && one.attempted_on.is_none() && one.date.is_none())
}

/// The first attempt from reception on that is about this referral, or about none in particular.
fn first_attempt(course: &CourseFacts, referral: &Referral, received_on: Date) -> Option<Date> {
    let about = |of: &Option<String>| of.as_ref().is_none_or(|id| *id == referral.id);
    let contacts = course.contacts.iter().filter(|contact| about(&contact.referral));
    contacts.filter_map(|contact| contact.attempted_on.or(contact.date)).filter(|on| *on >= received_on).min()
}

/// KS-2.2-03, section 2.2: a referral by a doctor or a hospital comes as XREF15.
fn electronic(_: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    let by_doctor = matches!(referral.source, Some(Source::GeneralPractice | Source::Specialist | Source::Hospital));
    let Some(received_on) = at.in_period(referral.received_on).filter(|_| by_doctor) else { return Verdict::OUTSIDE };
    Case::on(received_on)
        .except("network_downtime", referral.network_downtime == Some(true))
        .needs("referral.channel", referral.channel.is_some())
        .holds("other_channel", referral.channel == Some(Channel::Xref15))
        .decide(at)
}

/// KS-2.2-05, section 2.2: an offer to citizens with chronic disease is on SOFT, checked within `soft_review_months` and
/// since its last change.
fn seen_by_practice(offer: &Offer, at: &Context<'_>) -> Verdict {
    if !is_active(offer, at) || !offer.target_groups.contains(&TargetGroup::Kronisk) {
        return Verdict::OUTSIDE;
    }
    let oldest = at.today.saturating_sub(at.count(LimitId::SoftReviewMonths).months());
    let checked = offer.soft_checked_on;
    let since_change = checked.is_none_or(|on| offer.public_changed_on.is_none_or(|changed| changed <= on));
    Case::today()
        .except("not_public", offer.not_public_reason.is_some())
        .answered("offer.soft_published", offer.soft_published)
        .recorded("offer.soft_checked_on", checked.is_some())
        .holds("too_old", checked.is_none_or(|on| on >= oldest))
        .holds("changed_since", since_change)
        .decide(at)
}

/// PL-000-01: whether the disease is new is answered, at the latest at the first contact; "unknown" is an answer.
fn newly_diagnosed(course: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    let Some(received_on) = at.in_period(referral.received_on) else { return Verdict::OUTSIDE };
    let about = |of: &Option<String>| of.as_ref().is_none_or(|id| *id == referral.id);
    let reached = course.contacts.iter().any(|one| about(&one.referral) && one.result == Some(ContactResult::Reached));
    let case = Case::on(received_on).recorded("referral.newly_diagnosed", referral.newly_diagnosed.is_some());
    if reached { case } else { case.by(contact_due(received_on, at)) }.decide(at)
}

/// SP-004-01: a published offer says whom it is for, what it rests on, and whether it has an end.
fn described(offer: &Offer, at: &Context<'_>) -> Verdict {
    if !is_active(offer, at) || offer.soft_published == Some(false) {
        return Verdict::OUTSIDE;
    }
    Case::today()
        .needs("published", offer.soft_published.is_some())
        .recorded("offer.target_groups", !offer.target_groups.is_empty())
        .recorded("offer.evidence_base", offer.evidence_base.is_some())
        .recorded("offer.time_limit", offer.time_limit.is_some())
        .decide(at)
}

/// The day an electronic referral was received, when that is in the period.
fn by_message(referral: &Referral, at: &Context<'_>) -> Option<Date> {
    let electronic = matches!(referral.channel, Some(Channel::Xref15 | Channel::OtherMessage));
    at.in_period(referral.received_on).filter(|_| electronic)
}

/// SP-004-06: the doctor gets a receipt within `receipt_workdays`.
fn receipt(course: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    let Some(received_on) = by_message(referral, at) else { return Verdict::OUTSIDE };
    let mut receipts = course
        .messages
        .iter()
        .filter(|one| one.kind == Some(MessageKind::Receipt) && one.referral.as_ref() == Some(&referral.id));
    let dated = receipts.clone().filter_map(|one| one.sent_on).min();
    Case::on(received_on)
        .needs("message.sent_on", dated.is_some() || receipts.next().is_none())
        .by(at.workdays_after(received_on, LimitId::ReceiptWorkdays))
        .done("message.sent_on", dated)
        .decide(at)
}

/// SP-004-17: the referral tells of tobacco, alcohol, diet and activity, and of special needs.
fn lifestyle(_: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    let Some(received_on) = by_message(referral, at) else { return Verdict::OUTSIDE };
    let all = |kram: &crate::facts::Kram| {
        kram.tobacco.is_some() && kram.alcohol.is_some() && kram.diet.is_some() && kram.activity.is_some()
    };
    Case::on(received_on)
        .recorded("referral.kram", referral.kram.as_ref().is_some_and(all))
        .recorded("referral.special_needs", referral.special_needs.is_some())
        .decide(at)
}

/// The last day for the first contact.
fn contact_due(received_on: Date, at: &Context<'_>) -> Date {
    at.due(Deadline::FirstContact, received_on)
}
