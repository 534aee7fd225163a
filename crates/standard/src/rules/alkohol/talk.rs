//! Who is offered the talk, what it holds and what follows (standard, sections 8, 8.1, 8.2 and 8.3).

use domain::deadlines::Deadline;
use jiff::civil::Date;

use super::{ELEMENTS, alcohol_talks, held, in_treatment, is_alcohol, record, talk_of};
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{AlcoholGoal, Area, Attainment, RelativeAnswer, Source, TalkKind};
use crate::facts::{CourseFacts, FollowUp, Intervention, Offer, Referral, RiskAlcohol, Talk, Ternary};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::areas::requested;
use crate::rules::delivered::{Delivered, any_known, covered, is_active, outside_working_hours};
use crate::rules::forms::{end, filled};

pub(in crate::rules) const RULES: &[Rule] = &[
    Rule { requirement: "KS-8-01", decide: Decide::Referral(offered_after_referral) },
    Rule { requirement: "KS-8.1-01", decide: Decide::Course(offered_at_risk) },
    Rule { requirement: "KS-8.1-03", decide: Decide::Intervention(direct) },
    Rule { requirement: "KS-8.2-10", decide: Decide::Intervention(several_elements) },
    Rule { requirement: "KS-8.2-11", decide: Decide::Intervention(diary) },
    Rule { requirement: "KS-8.3-01", decide: Decide::Municipality(modes_and_hours) },
    Rule { requirement: "KS-8.3-03", decide: Decide::Intervention(follow_up_offered) },
    Rule { requirement: "KS-8.3-04", decide: Decide::Intervention(more_help) },
    Rule { requirement: "KS-8.4-01", decide: Decide::Intervention(medicine_advice) },
];

fn asks_for_talk(referral: &Referral, at: &Context<'_>) -> bool {
    requested(referral, at) == Some(Area::Alkohol)
}

/// The first offer of a talk among some: one that was answered goes before one that was not.
fn first_offer<'a>(talks: impl Iterator<Item = &'a Talk>) -> Option<&'a Talk> {
    talks.filter(|talk| talk.offered_on.is_some()).min_by_key(|talk| (talk.answer.is_none(), talk.offered_on))
}

/// KS-8-01, section 8: who is referred for it is offered the talk within `alcohol_offer_workdays`.
fn offered_after_referral(course: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    let by_others = referral.source.is_some_and(|source| !matches!(source, Source::Citizen | Source::Relative));
    let counts = by_others && asks_for_talk(referral, at);
    let Some(received_on) = at.in_period(referral.received_on).filter(|_| counts) else { return Verdict::OUTSIDE };
    let about = |talk: &&Talk| match &talk.referral {
        Some(id) => *id == referral.id,
        None => talk.offered_on.is_some_and(|day| day >= received_on),
    };
    let offer = first_offer(alcohol_talks(course).filter(about));
    Case::on(received_on)
        .except("in_treatment", in_treatment(course))
        .by(at.workdays_after(received_on, LimitId::AlcoholOfferWorkdays))
        .done("talk.offered_on", offer.and_then(|talk| talk.offered_on))
        .recorded("talk.answer", offer.is_some_and(|talk| talk.answer.is_some()))
        .decide(at)
}

fn at_risk(risk: Option<RiskAlcohol>, at: &Context<'_>) -> bool {
    match risk {
        Some(RiskAlcohol::Pattern) => true,
        Some(RiskAlcohol::Units(units)) => units > at.limit(LimitId::AlcoholUnitsWeek),
        Some(RiskAlcohol::None | RiskAlcohol::NotDiscussed) | None => false,
    }
}

/// KS-8.1-01, section 8.1: who is at risk is offered the talk within `start_days`, or is referred to treatment or in it.
fn offered_at_risk(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let mut risky = course.assessments.iter().filter(|one| at_risk(one.risk_alcohol, at));
    let Some(assessed_on) = risky.find_map(|one| at.in_period(one.date)) else { return Verdict::OUTSIDE };
    let referred = course.alcohol_talks.iter().any(|one| one.treatment_referral_on.is_some());
    let case = Case::on(assessed_on).by(at.days_after(assessed_on, LimitId::StartDays));
    if referred || in_treatment(course) {
        return case.decide(at);
    }
    let offer = first_offer(alcohol_talks(course));
    case.done("talk.offered_on", offer.and_then(|talk| talk.offered_on))
        .recorded("talk.answer", offer.is_some_and(|talk| talk.answer.is_some()))
        .decide(at)
}

/// KS-8.1-03, section 8.1: a request for the talk leads straight to it within `alcohol_start_workdays`, without a clarifying
/// talk first. The figure is the working days it took. One that was granted waits for the talk, and is judged when it has
/// begun.
fn direct(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    if is_alcohol(of) && of.started_on.is_none() {
        return Verdict::OUTSIDE.ahead("talk.held_on", talk_due(course, of, at));
    }
    let Some(started_on) = at.in_period(of.started_on).filter(|_| is_alcohol(of)) else { return Verdict::OUTSIDE };
    let named = course.referrals.iter().find(|referral| of.referral.as_ref() == Some(&referral.id));
    let Some(request) = named.filter(|referral| asks_for_talk(referral, at)) else {
        return Case::on(started_on).except("from_clarifying_talk", true).decide(at);
    };
    let held_on = talk_of(course, of).and_then(|talk| talk.held_on);
    let clarifying = course.talks.iter().filter(|talk| talk.kind == Some(TalkKind::AfklarendeSamtale));
    let mut before = clarifying.filter(|talk| talk.referral.as_ref() == Some(&request.id));
    let detour = before.any(|talk| talk.held_on.is_some_and(|day| held_on.is_some_and(|held| day <= held)));
    let case = Case::on(started_on)
        .needs("referral.received_on", request.received_on.is_some())
        .needs("talk.held_on", held_on.is_some())
        .holds("clarifying_talk_first", !detour)
        .done("talk.held_on", held_on);
    let Some(received_on) = request.received_on else { return case.decide(at) };
    case.by(at.due(Deadline::AlcoholTalk, received_on))
        .figure(held_on.map(|held| f64::from(at.workdays_between(received_on, held))))
        .decide(at)
}

/// The last day for the talk that was granted on a request for it and has not been held (KS-8.1-03).
fn talk_due(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Option<Date> {
    let waits = end(of).is_none() && talk_of(course, of).is_some_and(|talk| talk.held_on.is_none());
    let named = course.referrals.iter().find(|referral| of.referral.as_ref() == Some(&referral.id));
    let request = named.filter(|referral| waits && asks_for_talk(referral, at))?;
    Some(at.due(Deadline::AlcoholTalk, request.received_on?))
}

/// KS-8.2-10, section 8.2: the talk holds at least `alcohol_elements_min` of the eleven elements. The figure is how many.
fn several_elements(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some((talk, held_on)) = held(course, of, at) else { return Verdict::OUTSIDE };
    let had = Delivered::of(course, of, at);
    let count = covered(&ELEMENTS, &had.elements());
    let over = end(of).is_some();
    Case::on(held_on)
        .except("stopped_by_citizen", talk.stopped_by_citizen == Some(true))
        .needs("session.elements_covered", had.is_recorded() || !over)
        .recorded("session.elements_covered", count >= at.count(LimitId::AlcoholElementsMin))
        .waits(!over)
        .figure(Some(f64::from(count)))
        .decide(at)
}

/// KS-8.2-11, section 8.2: who wants to drink less is advised to keep a diary.
fn diary(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some((_, held_on)) = held(course, of, at) else { return Verdict::OUTSIDE };
    let reduces = record(course, of).filter(|record| record.goal_type == Some(AlcoholGoal::Reduction));
    let Some(record) = reduces else { return Verdict::OUTSIDE };
    Case::on(held_on).answered("alcohol.diary_advised", record.diary_advised).decide(at)
}

/// KS-8.3-01, section 8.3: the talk can be had face to face and at a distance, also outside working hours.
fn modes_and_hours(at: &Context<'_>) -> Verdict {
    let of_area = |offer: &&Offer| offer.area == Some(Area::Alkohol) && is_active(offer, at);
    let offers: Vec<&Offer> = at.municipality.tables().offers.iter().filter(of_area).collect();
    if offers.is_empty() {
        return Verdict::OUTSIDE;
    }
    let has = |wanted: &[&str]| {
        any_known(offers.iter().map(|offer| {
            let modes = &offer.delivery_modes;
            (!modes.is_empty()).then(|| modes.iter().any(|mode| wanted.contains(&mode.as_str())))
        }))
    };
    let (face_to_face, distant) = (has(&["fremmoede"]), has(&["video", "app", "telefon"]));
    let hours = any_known(offers.iter().map(|offer| outside_working_hours(offer)));
    Case::today()
        .needs("offer.delivery_modes", face_to_face.is_some() && distant.is_some())
        .needs("offer.time_of_day", hours.is_some())
        .holds("not_face_to_face", face_to_face != Some(false))
        .holds("not_at_a_distance", distant != Some(false))
        .holds("working_hours_only", hours != Some(false))
        .decide(at)
}

/// KS-8.3-03, section 8.3: a follow-up is offered at the talk, with an answer.
fn follow_up_offered(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some((_, held_on)) = held(course, of, at) else { return Verdict::OUTSIDE };
    let referred = record(course, of).is_some_and(|record| record.treatment_referral_on.is_some());
    let about = |one: &&FollowUp| one.intervention.as_ref().is_none_or(|id| *id == of.id) && one.offered_on.is_some();
    let offers = course.follow_ups.iter().filter(about);
    let offer = offers.min_by_key(|one| (one.answer.is_none(), one.offered_on));
    Case::on(held_on)
        .except("referred_to_treatment", referred)
        .by(held_on)
        .done("followup.offered_on", offer.and_then(|one| one.offered_on))
        .recorded("followup.answer", offer.is_some_and(|one| one.answer.is_some()))
        .decide(at)
}

/// KS-8.3-04, section 8.3: whether those who did not reach the goal were referred to treatment or had a relative with them.
/// Only shown.
fn more_help(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(ended_on) = at.in_period(end(of)).filter(|_| is_alcohol(of)) else { return Verdict::OUTSIDE };
    let mut goals = course.goals.iter().filter(|goal| goal.intervention_id.as_deref() == Some(&of.id));
    if !goals.any(|goal| matches!(goal.attainment, Some(Attainment::Not | Attainment::Partly))) {
        return Verdict::OUTSIDE;
    }
    let referred = record(course, of).is_some_and(|record| record.treatment_referral_on.is_some());
    let relative = course.relatives.iter().any(|one| {
        let about = one.intervention.as_ref().is_none_or(|id| *id == of.id);
        about && one.citizen_answer == Some(RelativeAnswer::Yes) && filled(one.role.as_ref())
    });
    Case::on(ended_on).holds("neither_treatment_nor_relative", referred || relative).decide(at)
}

/// KS-8.4-01, section 8.4: who takes medicine and changes the use is advised to talk about it with the doctor.
fn medicine_advice(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some((_, held_on)) = held(course, of, at) else { return Verdict::OUTSIDE };
    let changes = |goal| matches!(goal, Some(AlcoholGoal::Reduction | AlcoholGoal::Stop));
    let Some(record) = record(course, of).filter(|record| changes(record.goal_type)) else { return Verdict::OUTSIDE };
    let uses = record.uses_medicine.and_then(Ternary::known);
    if uses == Some(false) {
        return Verdict::OUTSIDE;
    }
    Case::on(held_on)
        .needs("alcohol.uses_medicine", uses.is_some())
        .answered("alcohol.medicine_advice_given", record.medicine_advice_given)
        .decide(at)
}
