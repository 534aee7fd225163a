//! Those who are to be reached in time: before an operation, and by telephone or letter.

use domain::deadlines::Deadline;
use jiff::civil::Date;

use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{Area, ContactChannel, ContactResult, MessageKind, ReferralOutcome, RiskTobacco};
use crate::facts::{Contact, CourseFacts, Message, Referral};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::areas::requested;
use crate::rules::forms::{ATTEMPT_DATE, SESSION_DATE};
use crate::rules::sessions::Sessions;

pub(in crate::rules) const REACHED: &[Rule] = &[
    Rule { requirement: "SP-004-19", decide: Decide::Referral(before_operation) },
    Rule { requirement: "IK-002-01", decide: Decide::Referral(rung_or_written) },
];

/// Working days to an operation within which nothing can be done (SP-004-19).
const TOO_SOON_WORKDAYS: i32 = 5;

/// Whether the citizen uses tobacco or nicotine, when anybody said.
fn tobacco(course: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Option<bool> {
    let wished = requested(referral, at) == Some(Area::Nikotinafvaenning);
    if wished || course.nicotine_courses.iter().any(|one| !one.products.is_empty()) {
        return Some(true);
    }
    let assessed = course.assessments.iter().rev().find_map(|one| match one.risk_tobacco? {
        RiskTobacco::Daily | RiskTobacco::Occasional => Some(true),
        RiskTobacco::None => Some(false),
        RiskTobacco::NotDiscussed => None,
    });
    assessed.or_else(|| referral.kram.as_ref()?.tobacco)
}

/// SP-004-19, who should have an offer: one who smokes, or drinks more than `preop_units_day` a day, has a first session before
/// a planned operation. The task is urgent from reception because its last day is the one before.
fn before_operation(course: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    let Some((received_on, operation_on)) = at.in_period(referral.received_on).zip(referral.operation_on) else {
        return Verdict::OUTSIDE;
    };
    let units = course.alcohol_talks.iter().filter_map(|one| one.units_day).reduce(f64::max);
    let drinks = units.map(|units| units > at.limit(LimitId::PreopUnitsDay));
    let told = drinks.or_else(|| referral.kram.as_ref()?.alcohol);
    let smokes = tobacco(course, referral, at);
    if smokes != Some(true) && drinks != Some(true) && (smokes.is_some() || told.is_some()) {
        return Verdict::OUTSIDE;
    }
    let had: Vec<Sessions<'_>> = course.interventions.iter().map(|one| Sessions::of(course, one, at)).collect();
    let days = had.iter().flat_map(Sessions::days).chain(course.first_session_on);
    let first_on = days.filter(|day| *day >= received_on).min();
    let dated = had.iter().flat_map(Sessions::iter).all(|one| one.on.is_some());
    let last_day = operation_on.yesterday().unwrap_or(operation_on);
    Case::on(received_on)
        .except("operation_too_soon", at.workdays_between(received_on, operation_on) <= TOO_SOON_WORKDAYS)
        .needs("assessment.risk_tobacco", smokes.is_some() || told.is_some())
        .needs(SESSION_DATE, dated || first_on.is_some_and(|day| day <= last_day))
        .by(last_day)
        .done(SESSION_DATE, first_on)
        .decide(at)
}

/// What was tried to reach the citizen about a referral.
struct Attempts<'a> {
    /// By telephone, or with somebody reached in any way; in order of date, those without one last.
    tried: Vec<(Option<Date>, &'a Contact)>,
}

impl<'a> Attempts<'a> {
    fn of(course: &'a CourseFacts, referral: &Referral, received_on: Date) -> Self {
        let about = |one: &&Contact| match &one.referral {
            Some(id) => *id == referral.id,
            None => one.intervention.is_none() && one.attendance.is_none(),
        };
        let counts =
            |one: &&Contact| one.channel == Some(ContactChannel::Phone) || one.result == Some(ContactResult::Reached);
        let dated = |one: &'a Contact| (one.attempted_on.or(one.date), one);
        let mut tried: Vec<_> = course.contacts.iter().filter(about).filter(counts).map(dated).collect();
        tried.retain(|(on, _)| on.is_none_or(|on| on >= received_on));
        tried.sort_by_key(|(on, _)| (on.is_none(), *on));
        Self { tried }
    }

    fn days(&self) -> impl Iterator<Item = Date> {
        self.tried.iter().filter_map(|(on, _)| *on)
    }

    fn reached(&self) -> bool {
        self.tried.iter().any(|(_, one)| one.result == Some(ContactResult::Reached))
    }
}

/// IK-002-01, Lillebælt: one who asks to stop with nicotine is rung up within `contact_workdays`; whoever is not reached gets a
/// letter as soon after the last of at most `contact_attempts_max` attempts.
fn rung_or_written(course: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    let wished = requested(referral, at) == Some(Area::Nikotinafvaenning);
    let Some(received_on) = at.in_period(referral.received_on).filter(|_| wished) else { return Verdict::OUTSIDE };
    let attempts = Attempts::of(course, referral, received_on);
    let reached = attempts.reached();
    let first_on = attempts.days().next();
    let due = at.due(Deadline::FirstContact, received_on);
    let dated = attempts.tried.iter().all(|(on, _)| on.is_some());
    let case = Case::on(received_on)
        .except("duplicate", referral.outcome == Some(ReferralOutcome::Duplicate))
        .needs("contact.result", reached || attempts.tried.iter().all(|(_, one)| one.result.is_some()))
        .needs(ATTEMPT_DATE, dated || first_on.is_some_and(|day| day <= due));
    let Some(last_on) = attempts.days().last().filter(|_| !reached) else {
        return case.by(due).done("contact.channel", first_on).decide(at);
    };
    let letter = |one: &&Message| {
        matches!(one.kind, Some(MessageKind::Letter | MessageKind::Offer | MessageKind::Invitation))
            && one.referral.as_ref().is_none_or(|id| *id == referral.id)
    };
    let letters = || course.messages.iter().filter(letter);
    let sent_on = letters().filter_map(|one| one.sent_on).filter(|on| Some(*on) >= first_on).min();
    let before = attempts.days().filter(|day| sent_on.is_none_or(|sent| *day <= sent));
    let few = i32::try_from(before.count()).is_ok_and(|count| count <= at.count(LimitId::ContactAttemptsMax));
    case.needs("message.sent_on", sent_on.is_some() || letters().all(|one| one.sent_on.is_some()))
        .holds("late", first_on.is_some_and(|day| day <= due))
        .holds("too_many_attempts", few)
        .by(at.workdays_after(last_on, LimitId::ContactWorkdays))
        .done("message.sent_on", sent_on)
        .decide(at)
}
