//! Samarbejde: coordination around a citizen, and cooperation with general practice (standard, chapter 3, and the booklet on
//! cooperation).

use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{Area, TalkKind, TargetGroup};
use crate::facts::{Collab, Coordination, CourseFacts, Offer, ParallelEffort};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::delivered::{any_known, filled, is_active, ran};

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-3-01", decide: Decide::Course(coordinated) },
    Rule { requirement: "KS-3-02", decide: Decide::Course(treatment_considered) },
    Rule { requirement: "SP-004-13", decide: Decide::Municipality(easy_to_reach) },
    Rule { requirement: "SP-004-15", decide: Decide::Municipality(discussed_with_practice) },
    Rule { requirement: "SP-004-23", decide: Decide::Municipality(estimate_followed) },
];

/// KS-3-01, chapter 3: beside another rehabilitation of the municipality, coordination is settled within `coordination_days`.
fn coordinated(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let other = |one: &&ParallelEffort| Area::ALL.iter().all(|area| area.word() != one.kind);
    let efforts = || course.parallel_efforts.iter().filter(other);
    if efforts().next().is_none() || !ran(course, at) {
        return Verdict::OUTSIDE;
    }
    let consent = course.consents.as_ref().and_then(|consents| consents.coordination.as_ref());
    let agreed = consent.is_some_and(|consent| consent.answer && consent.withdrawn_on.is_none());
    let settled = |one: &&Coordination| {
        let contact = filled(one.contact_unit.as_ref()) && one.date.is_some() && agreed;
        contact || filled(one.not_needed_reason.as_ref())
    };
    let settled = course.coordinations.iter().filter(settled).min_by_key(|one| one.date);
    let recorded_on = efforts().filter_map(|one| one.recorded_on).min();
    let dated = efforts().all(|one| one.recorded_on.is_some());
    let case =
        recorded_on.map_or_else(Case::today, |day| Case::on(day).by(at.days_after(day, LimitId::CoordinationDays)));
    let case = case
        .except(
            "coordination_refused",
            consent.is_some_and(|consent| !consent.answer || consent.withdrawn_on.is_some()),
        )
        .needs("course.parallel_efforts", dated);
    match settled.map(|one| one.date) {
        Some(None) => case,
        date => case.done("coordination.date", date.flatten()),
    }
    .decide(at)
}

/// KS-3-02, chapter 3: the clarifying talk asks about treatment elsewhere, and decides on coordination when there is any.
fn treatment_considered(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let clarifying = course.talks.iter().filter(|talk| talk.kind == Some(TalkKind::AfklarendeSamtale));
    let mut completed = clarifying.filter(|talk| talk.stopped_by_citizen != Some(true));
    let found = completed.find_map(|talk| Some((talk, at.in_period(talk.held_on)?)));
    let Some((talk, held_on)) = found else { return Verdict::OUTSIDE };
    let assessment = course.assessments.iter().find(|one| Some(&one.id) == talk.assessment.as_ref());
    let treatment = assessment.and_then(|one| one.concurrent_treatment.as_deref());
    let decided = course.coordinations.iter().any(|one| one.decision.is_some());
    let single = matches!(course.target_group, Some(TargetGroup::Nikotin | TargetGroup::Alkohol));
    Case::on(held_on)
        .except("nicotine_or_alcohol_only", single)
        .recorded("assessment.concurrent_treatment", treatment.is_some())
        .recorded("coordination.decision", decided || treatment.is_none_or(|treatment| treatment == "none"))
        .decide(at)
}

/// SP-004-13, signs of good cooperation: every offer shows a telephone and a person, checked within `soft_review_months`.
fn easy_to_reach(at: &Context<'_>) -> Verdict {
    let offers = || at.municipality.tables().offers.iter().filter(|offer| is_active(offer, at));
    if offers().next().is_none() {
        return Verdict::OUTSIDE;
    }
    let checked = |offer: &Offer| {
        offer.contact_checked_on.is_some_and(|day| at.months_after(day, LimitId::SoftReviewMonths) >= at.today)
    };
    Case::today()
        .recorded("offer.contact_phone", offers().all(|offer| filled(offer.contact_phone.as_ref())))
        .recorded("offer.contact_person", offers().all(|offer| filled(offer.contact_person.as_ref())))
        .recorded("offer.contact_checked_on", offers().all(checked))
        .decide(at)
}

/// SP-004-15, signs of good cooperation: the committee with general practice has talked about prevention within
/// `klu_months`.
fn discussed_with_practice(at: &Context<'_>) -> Verdict {
    let recent = |meeting: &&Collab| {
        let within = |day| day <= at.today && at.months_after(day, LimitId::KluMonths) >= at.today;
        meeting.forum.as_deref() == Some("KLU") && meeting.meeting_on.is_some_and(within)
    };
    let meetings = at.municipality.tables().collabs.iter().filter(recent);
    let about = |topic: &String| topic.to_lowercase().contains("forebyg");
    let discussed = any_known(meetings.map(|meeting| meeting.topic.as_ref().map(about)));
    Case::today()
        .needs("collab.topic", discussed.is_some())
        .recorded("collab.meeting_on", discussed != Some(false))
        .decide(at)
}

/// SP-004-23, the committees of municipality and practice: an estimate of the year's referrals beside the actual ones. Only
/// shown; the figure is the actual share of the estimate.
#[expect(clippy::cast_precision_loss, reason = "counts of referrals, far below where it would matter")]
fn estimate_followed(at: &Context<'_>) -> Verdict {
    let all = at.municipality.tables().collabs.iter().filter_map(|one| one.estimate.as_ref());
    let of_year = all.filter(|one| one.year == Some(at.today.year()));
    let mut figures = of_year.filter_map(|one| Some((one.area.as_deref()?, one.number?)));
    let Some(first) = figures.next() else { return Verdict::OUTSIDE };
    let (actual, expected) =
        std::iter::once(first).chain(figures).fold((0, 0.0), |(actual, expected), (area, number)| {
            (actual + at.totals.referrals.get(area).copied().unwrap_or_default(), expected + number)
        });
    Case::today().figure((expected > 0.0).then(|| actual as f64 / expected)).decide(at)
}
