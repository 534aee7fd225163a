//! Who is offered cessation, and what course is agreed (standard, sections 5.1 and 5.3).

use jiff::civil::Date;

use super::{first_session, is_nicotine, record, start_talk};
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{Area, CourseType, Format, Fsiii, NicotineGoal, RiskTobacco, TalkKind};
use crate::facts::{CourseFacts, Intervention, MentalIllness, Need, Nicotine, Pregnant, Referral, Talk};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::areas::requested;
use crate::rules::delivered::{Delivered, filled, is_alive, offered, over_on, ran};

pub(in crate::rules) const RULES: &[Rule] = &[
    Rule { requirement: "KS-5.1-01", decide: Decide::Course(offered_cessation) },
    Rule { requirement: "KS-5.3-02", decide: Decide::Intervention(small_or_alone) },
    Rule { requirement: "KS-5.3-03", decide: Decide::Intervention(agreed_in_start_talk) },
    Rule { requirement: "KS-5.3-04", decide: Decide::Talk(intensive_recommended) },
    Rule { requirement: "KS-5.3-08", decide: Decide::Intervention(intensive) },
    Rule { requirement: "KS-5.3-10", decide: Decide::Intervention(reduction) },
    Rule { requirement: "SP-004-18", decide: Decide::Course(smokers_offered) },
];

const fn is_cessation(code: Fsiii) -> bool {
    matches!(code, Fsiii::NikotinTobaksafvaenning)
}

/// KS-5.1-01, section 5.1: who wants to stop is offered cessation within `start_days`, whatever the product.
fn offered_cessation(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let asks = |referral: &&Referral| asks_for_cessation(referral, at);
    let asked_on = course.referrals.iter().filter(asks).filter_map(|one| one.received_on).min();
    let wished = |record: &Nicotine| {
        let open = record.wish_to_stop.is_none_or(|wish| wish == Need::Yes);
        at.in_period(record.recorded_on.or(asked_on)).filter(|_| open)
    };
    let found = course.nicotine_courses.iter().find_map(|record| Some((record, wished(record)?)));
    let Some((record, wished_on)) = found else { return Verdict::OUTSIDE };
    let rejected = |reason| {
        let mut asked = course.referrals.iter().filter(asks);
        asked.any(|referral| referral.rejection_reason.as_deref() == Some(reason))
    };
    let offer = offered(course, is_cessation);
    Case::on(wished_on)
        .except("other_municipality", rejected("other_municipality"))
        .needs("nicotine.wish_to_stop", record.wish_to_stop.is_some())
        .holds("rejected_by_product", !rejected("product_type"))
        .holds("rejected_by_occasional_use", !rejected("occasional_use"))
        .by(at.days_after(wished_on, LimitId::StartDays))
        .done("intervention.offered_on", offer.and_then(|one| one.offered_on))
        .recorded("intervention.answer", offer.is_some_and(|one| one.answer.is_some()))
        .decide(at)
}

fn asks_for_cessation(referral: &Referral, at: &Context<'_>) -> bool {
    requested(referral, at) == Some(Area::Nikotinafvaenning)
}

/// KS-5.3-02, section 5.3: whether the pregnant and those with a mental illness come alone or in a small group. Only shown;
/// the figure is the size of the group.
fn small_or_alone(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let flagged = course.citizen.as_ref().is_some_and(|citizen| {
        let pregnant = citizen.pregnant.and_then(Pregnant::known);
        let ill = citizen.mental_illness.and_then(MentalIllness::known);
        pregnant == Some(true) || ill == Some(true)
    });
    let counts = flagged && is_nicotine(of);
    let Some(started_on) = at.in_period(of.started_on).filter(|_| counts) else { return Verdict::OUTSIDE };
    let mut seats = course.enrolments.iter().filter(|seat| seat.intervention.as_deref() == Some(&of.id));
    let size = seats.find_map(|seat| at.municipality.group(seat.group.as_deref()?)?.enrolled_at_start);
    let alone = of.format == Some(Format::Individual);
    Case::on(started_on)
        .needs("intervention.format", of.format.is_some())
        .needs("group.enrolled_at_start", alone || size.is_some())
        .figure(size.filter(|_| !alone).map(f64::from))
        .decide(at)
}

/// KS-5.3-03, section 5.3: a start talk held by the first session agrees the format.
fn agreed_in_start_talk(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = at.in_period(of.started_on).filter(|_| is_nicotine(of)) else { return Verdict::OUTSIDE };
    let offer = of.offer.as_deref().and_then(|offer| at.municipality.offer(offer));
    let talk = start_talk(course, of);
    let accepted = talk.is_some_and(|talk| talk.answer == Some(crate::facts::words::TalkAnswer::Accepted));
    let held_on = talk.and_then(|talk| talk.held_on);
    Case::on(started_on)
        .except("drop_in", offer.is_some_and(|offer| offer.drop_in == Some(true)))
        .needs("talk.held_on", held_on.is_some() || !accepted)
        .by(first_session(&Delivered::of(course, of, at), of).unwrap_or(started_on))
        .done("talk.held_on", held_on)
        .recorded("intervention.format", of.format.is_some())
        .decide(at)
}

/// KS-5.3-04, section 5.3: the start talk recommends an intensive course, or says why not.
fn intensive_recommended(course: &CourseFacts, talk: &Talk, at: &Context<'_>) -> Verdict {
    let start = talk.kind == Some(TalkKind::Opstartssamtale);
    let Some(held_on) = at.in_period(talk.held_on).filter(|_| start) else { return Verdict::OUTSIDE };
    let record = talk.intervention.as_deref().and_then(|intervention| record(course, intervention));
    let recommended = record.and_then(|record| record.recommended_type);
    let reason = record.is_some_and(|record| filled(record.not_intensive_reason.as_ref()));
    Case::on(held_on)
        .needs("nicotine.recommended_type", recommended.is_some() || reason)
        .recorded("nicotine.not_intensive_reason", reason || recommended == Some(CourseType::Intensive))
        .decide(at)
}

/// KS-5.3-08, section 5.3: the course is intensive.
fn intensive(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = at.in_period(of.started_on).filter(|_| is_nicotine(of)) else { return Verdict::OUTSIDE };
    let reason = record(course, &of.id).is_some_and(|record| filled(record.not_intensive_reason.as_ref()));
    let intensive = of.course_type == Some(CourseType::Intensive);
    Case::on(started_on)
        .except("flexible_for_a_reason", reason && of.course_type.is_some() && !intensive)
        .needs("intervention.course_type", of.course_type.is_some())
        .holds("not_intensive", intensive)
        .decide(at)
}

/// KS-5.3-10, section 5.3: who is not ready to stop has a goal of using less, from, to and by when.
fn reduction(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let agreed = start_talk(course, of).is_some_and(|talk| talk.held_on.is_some()) || of.started_on.is_some();
    if !is_nicotine(of) || !is_alive(of, at) || !agreed {
        return Verdict::OUTSIDE;
    }
    let record = record(course, &of.id);
    let goal = record.and_then(|record| record.goal_type);
    if goal == Some(NicotineGoal::Stop) {
        return Verdict::OUTSIDE;
    }
    let to = record.and_then(|record| record.reduction_to.as_ref());
    let complete = to.is_some_and(|to| to.amount.is_some() && to.on.is_some());
    Case::today()
        .needs("nicotine.goal_type", goal.is_some())
        .recorded("nicotine.reduction_from", record.is_some_and(|record| record.reduction_from.is_some()))
        .recorded("nicotine.reduction_to", complete)
        .decide(at)
}

/// SP-004-18, who is offered prevention: a citizen who smokes is offered cessation before the course is closed.
fn smokers_offered(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let smokes = |risk| matches!(risk, Some(RiskTobacco::Daily | RiskTobacco::Occasional));
    let mut found = course.assessments.iter().filter(|one| smokes(one.risk_tobacco));
    let Some(assessment) = found.next().filter(|_| ran(course, at)) else { return Verdict::OUTSIDE };
    let offer = offered(course, is_cessation);
    let case = Case::today()
        .except("already_in_cessation", already_stopping(course, assessment.date))
        .done("intervention.offered_on", offer.and_then(|one| one.offered_on))
        .recorded("intervention.answer", offer.is_some_and(|one| one.answer.is_some()));
    match course.closed_on {
        Some(closed_on) => case.by(closed_on),
        None => case.waits(true),
    }
    .decide(at)
}

/// Whether the citizen was in cessation on a day, here or elsewhere.
fn already_stopping(course: &CourseFacts, day: Option<Date>) -> bool {
    let elsewhere = course.parallel_efforts.iter().any(|one| one.kind == Area::Nikotinafvaenning.word());
    let mut here = course.interventions.iter().filter(|one| is_nicotine(one));
    let runs = |one: &Intervention, day| {
        one.started_on.is_some_and(|start| start <= day) && over_on(one).is_none_or(|end| end >= day)
    };
    elsewhere || day.is_some_and(|day| here.any(|one| runs(one, day)))
}
