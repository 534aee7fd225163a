//! What the referrer and the citizen's own doctor are told, and when.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{Area, CourseStatus, Fsiii, InterventionStatus, MessageKind, Source};
use crate::facts::{Consent, Consents, CourseFacts, Intervention, Message, Referral};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::areas::{area_of, requested};

pub(in crate::rules) const TOLD: &[Rule] = &[
    Rule { requirement: "KS-2.2-07", decide: Decide::Course(referrer_told) },
    Rule { requirement: "KS-2.2-08", decide: Decide::Course(doctor_told) },
    Rule { requirement: "SP-004-04", decide: Decide::Referral(other_offer_told) },
];

/// A citizen without a doctor has this for one.
const NO_DOCTOR: &str = "none";

/// The referral that opened the course.
fn first(course: &CourseFacts) -> Option<&Referral> {
    course.referrals.iter().min_by_key(|one| (one.received_on.is_none(), one.received_on))
}

/// Whether a consent was refused or taken back.
fn refused(consent: Option<&Consent>) -> bool {
    consent.is_some_and(|one| !one.answer || one.withdrawn_on.is_some())
}

/// The codes of some of the interventions.
fn codes<'a>(course: &'a CourseFacts, counts: impl Fn(&Intervention) -> bool + 'a) -> impl Iterator<Item = Fsiii> + 'a {
    course.interventions.iter().filter(move |one| counts(one)).filter_map(|one| one.fsiii_code)
}

/// Whether an intervention was offered or granted.
const fn was_offered(one: &Intervention) -> bool {
    one.offered_on.is_some() || one.granted_on.is_some()
}

/// Whether an intervention was completed.
fn was_completed(one: &Intervention) -> bool {
    one.status == Some(InterventionStatus::Completed)
}

/// The messages to a unit that tell how it went.
fn reports<'a>(course: &'a CourseFacts, to: Option<&'a String>) -> impl Iterator<Item = &'a Message> {
    let tells = |one: &&Message| matches!(one.kind, Some(MessageKind::Feedback | MessageKind::ClosingStatus));
    course.messages.iter().filter(tells).filter(move |one| to.is_some() && one.recipient_unit.as_ref() == to)
}

/// The day on which everything had been told, by one message or several together.
fn all_told<'a>(
    messages: impl Iterator<Item = &'a Message> + Clone,
    (offered, completed): (BTreeSet<Fsiii>, BTreeSet<Fsiii>),
) -> Option<Date> {
    let told = |list: fn(&Message) -> &Vec<String>, code: &Fsiii| {
        let naming = messages.clone().filter(|one| list(one).iter().any(|word| word == code.word()));
        naming.filter_map(|one| one.sent_on).min()
    };
    let first = messages.clone().filter_map(|one| one.sent_on).min();
    let offered = offered.iter().map(|code| told(|one| &one.interventions_offered, code));
    let completed = completed.iter().map(|code| told(|one| &one.interventions_completed, code));
    std::iter::once(first).chain(offered).chain(completed).try_fold(Date::MIN, |last, day| Some(last.max(day?)))
}

/// KS-2.2-07, section 2.2: the referrer hears within `feedback_workdays` of the closing what was offered and completed; what
/// was offered may have been told with the plan.
fn referrer_told(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let by_doctor =
        |one: &&Referral| matches!(one.source, Some(Source::GeneralPractice | Source::Specialist | Source::Hospital));
    let referral = first(course).filter(by_doctor);
    let Some((closed_on, referral)) = at.in_period(course.closed_on).zip(referral) else { return Verdict::OUTSIDE };
    let consent = course.consents.as_ref().and_then(|all| all.feedback.as_ref());
    let citizen_dead = course.citizen.as_ref().is_some_and(|one| one.dead_on.is_some());
    let messages: Vec<&Message> = reports(course, referral.sender_unit.as_ref()).collect();
    let what = (codes(course, was_offered).collect(), codes(course, was_completed).collect());
    let told_on = all_told(messages.iter().copied(), what);
    Case::on(closed_on)
        .except("no_consent", refused(consent))
        .except("dead", citizen_dead || course.status == Some(CourseStatus::Dead))
        .except("sender_unit_closed", referral.sender_unit_closed == Some(true))
        .needs("consent.feedback", consent.is_some())
        .needs("referral.sender_unit", referral.sender_unit.is_some())
        .needs("message.sent_on", told_on.is_some() || messages.iter().all(|one| one.sent_on.is_some()))
        .by(at.workdays_after(closed_on, LimitId::FeedbackWorkdays))
        .done("message.sent_on", told_on)
        .decide(at)
}

/// KS-2.2-08, section 2.2: the doctor of a citizen who came without a referral hears within `feedback_workdays` of the closing
/// what was completed.
fn doctor_told(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let oneself = |one: &Referral| matches!(one.source, Some(Source::Citizen | Source::Relative));
    let completed: BTreeSet<Fsiii> = codes(course, was_completed).collect();
    let counts = first(course).is_some_and(oneself) && !completed.is_empty();
    let Some(closed_on) = at.in_period(course.closed_on).filter(|_| counts) else { return Verdict::OUTSIDE };
    let consent = course.consents.as_ref().and_then(|all| all.gp_status.as_ref());
    let doctor = course.citizen.as_ref().and_then(|one| one.gp_unit.as_ref());
    let messages: Vec<&Message> = reports(course, doctor).collect();
    let told_on = all_told(messages.iter().copied(), (BTreeSet::new(), completed));
    Case::on(closed_on)
        .except("no_doctor", doctor.is_some_and(|unit| unit == NO_DOCTOR))
        .except("no_consent", refused(consent))
        .needs("consent.gp_status", consent.is_some())
        .needs("citizen.gp_unit", doctor.is_some())
        .needs("message.sent_on", told_on.is_some() || messages.iter().all(|one| one.sent_on.is_some()))
        .by(at.workdays_after(closed_on, LimitId::FeedbackWorkdays))
        .done("message.sent_on", told_on)
        .decide(at)
}

/// SP-004-04, the first talk with the municipality: a referrer who asked for something certain hears within
/// `feedback_workdays` of the grant when the citizen gets something else or more.
fn other_offer_told(course: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    let outsider = !matches!(referral.source, None | Some(Source::Citizen | Source::Relative));
    let Some(wished) = requested(referral, at).filter(|_| outsider && at.in_period(referral.received_on).is_some())
    else {
        return Verdict::OUTSIDE;
    };
    let answers = |one: &&Intervention| match &one.referral {
        Some(id) => *id == referral.id,
        None => first(course).is_some_and(|first| first.id == referral.id),
    };
    let differs = |one: &&Intervention| {
        one.fsiii_code.and_then(area_of).is_some_and(|area| area != wished && area != Area::AfklarendeSamtale)
    };
    let granted = course.interventions.iter().filter(answers).filter(differs).filter_map(|one| one.granted_on).min();
    let Some(granted_on) = granted else { return Verdict::OUTSIDE };
    let about = |one: &&Message| {
        matches!(one.kind, Some(MessageKind::OtherOfferNotice | MessageKind::Feedback))
            && referral.sender_unit.is_some()
            && one.recipient_unit == referral.sender_unit
            && one.referral.as_ref().is_none_or(|id| *id == referral.id)
    };
    let messages = || course.messages.iter().filter(about);
    let told_on = messages().filter_map(|one| one.sent_on).filter(|on| *on >= granted_on).min();
    let consent = course.consents.as_ref().and_then(|all: &Consents| all.feedback.as_ref());
    Case::on(granted_on)
        .except("clarifying_talk_only", wished == Area::AfklarendeSamtale)
        .except("no_consent", refused(consent))
        .needs("consent.feedback", consent.is_some())
        .needs("message.sent_on", told_on.is_some() || messages().all(|one| one.sent_on.is_some()))
        .by(at.workdays_after(granted_on, LimitId::FeedbackWorkdays))
        .done("message.sent_on", told_on)
        .decide(at)
}
