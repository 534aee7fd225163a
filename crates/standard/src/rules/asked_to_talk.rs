//! Afklarende samtale: who is offered a clarifying talk, who goes straight to the intervention, and what is sent before the
//! talk (standard, section 3.1).

use domain::deadlines::Deadline;
use jiff::civil::Date;

use super::areas::requested;
use super::ending::{completed, weakest};
use super::forms::filled;
use crate::case::Case;
use crate::context::{Context, days_between};
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{Area, Phase, ReferralOutcome, Source, TalkAnswer, TalkKind, TargetGroup};
use crate::facts::{CourseFacts, Referral, Talk, TestResult};
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-3.1-01", decide: Decide::Referral(referred) },
    Rule { requirement: "KS-3.1-02", decide: Decide::Referral(self_referred) },
    Rule { requirement: "KS-3.1-03", decide: Decide::Referral(straight_there) },
    Rule { requirement: "IK-002-09", decide: Decide::Course(prepared_and_asked_again) },
];

/// The questionnaires that citizens answer about themselves (IK-002-09).
const PRO: [&str; 5] = ["pro_generic", "who5", "eq5d5l", "hlq", "pam"];

/// The talks that answer a referral, of some kind.
fn talks_of<'a>(
    course: &'a CourseFacts,
    referral: &'a Referral,
    kind: TalkKind,
) -> impl Iterator<Item = &'a Talk> + Clone {
    course.talks.iter().filter(move |one| one.kind == Some(kind) && one.referral.as_ref() == Some(&referral.id))
}

/// KS-3.1-01, section 3.1: a citizen with a chronic disease who was referred is offered a clarifying talk within
/// `afklarende_days` and answers; by the same day the talk is to be held. The figure is the days from reception to the talk.
fn referred(course: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    use Source::{GeneralPractice, Hospital, MunicipalDepartment, OtherMunicipality, Specialist};
    match referral.source {
        Some(GeneralPractice | Specialist | Hospital | MunicipalDepartment | OtherMunicipality) => {
            talk_offered(course, referral, at)
        }
        Some(Source::Citizen | Source::Relative) | None => Verdict::OUTSIDE,
    }
}

/// KS-3.1-02, section 3.1: so is one who came without a referral.
fn self_referred(course: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    match referral.source {
        Some(Source::Citizen | Source::Relative) => talk_offered(course, referral, at),
        _ => Verdict::OUTSIDE,
    }
}

/// KS-3.1-01, KS-3.1-02: offered in time, with an answer.
fn talk_offered(course: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    use ReferralOutcome::{Dead, Duplicate, Moved, Rejected};
    let counts =
        referral.target_group == Some(TargetGroup::Kronisk) && !matches!(referral.outcome, Some(Rejected | Duplicate));
    let Some(received_on) = at.in_period(referral.received_on).filter(|_| counts) else { return Verdict::OUTSIDE };
    let only = matches!(requested(referral, at), Some(Area::Nikotinafvaenning | Area::Alkohol));
    let runs = course.first_session_on.is_some_and(|first| first < received_on)
        && course.closed_on.is_none_or(|closed| closed >= received_on);
    let citizen = course.citizen.as_ref();
    let dead = citizen.is_some_and(|one| one.dead_on.is_some()) || referral.outcome == Some(Dead);
    let moved = citizen.is_some_and(|one| one.moved_on.is_some()) || referral.outcome == Some(Moved);
    let talks = || talks_of(course, referral, TalkKind::AfklarendeSamtale);
    let held_on = talks().filter_map(|one| one.held_on).min();
    let due = at.due(Deadline::ClarifyingTalk, received_on);
    Case::on(received_on)
        .except("nicotine_or_alcohol_only", only)
        .except("active_course", runs)
        .except("dead", dead)
        .except("moved", moved)
        .by(due)
        .done("talk.offered_on", talks().filter_map(|one| one.offered_on).min())
        .recorded("talk.answer", talks().any(|one| one.answer.is_some()))
        .figure(held_on.map(|on| f64::from(days_between(received_on, on))))
        .decide(at)
        .ahead("talk.held_on", Some(due).filter(|_| course.closed_on.is_none() && waits_for_talk(talks())))
}

/// Whether talks are offered and none is held: somebody still waits for one that was not turned down.
pub(super) fn waits_for_talk<'a>(mut talks: impl Iterator<Item = &'a Talk> + Clone) -> bool {
    let over = |one: &Talk| matches!(one.answer, Some(TalkAnswer::Declined | TalkAnswer::NoAnswer));
    talks.clone().all(|one| one.held_on.is_none()) && talks.any(|one| !over(one))
}

/// KS-3.1-03, section 3.1: one who asks for nicotine cessation or help with alcohol alone gets that first, with no clarifying
/// talk before it.
fn straight_there(course: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    use ReferralOutcome::{Dead, Declined, Duplicate, Moved, NeverReached, Rejected};
    let kind = match requested(referral, at) {
        Some(Area::Nikotinafvaenning) => TalkKind::Opstartssamtale,
        Some(Area::Alkohol) => TalkKind::ForebyggendeSamtaleAlkohol,
        _ => return Verdict::OUTSIDE,
    };
    let Some(received_on) = at.in_period(referral.received_on) else { return Verdict::OUTSIDE };
    let treatment = course.alcohol_talks.iter().filter_map(|one| one.treatment_referral_on);
    let treatment = treatment.filter(|on| kind == TalkKind::ForebyggendeSamtaleAlkohol && *on >= received_on);
    let straight = || talks_of(course, referral, kind);
    let clarifying = || talks_of(course, referral, TalkKind::AfklarendeSamtale);
    let first_on = straight().filter_map(|one| one.offered_on).chain(treatment).min();
    let ended = course.closed_on.is_some()
        || matches!(referral.outcome, Some(Rejected | Declined | NeverReached | Duplicate | Moved | Dead));
    let none = first_on.is_none() && straight().chain(clarifying()).next().is_none();
    let before = |one: &Talk| one.offered_on.is_some_and(|on| first_on.is_none_or(|first| on < first));
    Case::on(received_on)
        .except("wished_a_clarifying_talk", clarifying().any(|one| filled(one.citizen_choice.as_ref())))
        .except("ended_without_appointment", ended && none)
        .needs("talk.offered_on", straight().chain(clarifying()).all(|one| one.offered_on.is_some()))
        .holds("clarifying_talk_first", !clarifying().any(before))
        .waits(!ended)
        .recorded("talk.offered_on", first_on.is_some())
        .decide(at)
}

/// IK-002-09, Esbjerg: something to prepare with is sent before a clarifying talk, and a questionnaire answered at the start
/// is answered again, in the same version, by the end of a completed course.
fn prepared_and_asked_again(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let clarifying = course.talks.iter().filter(|one| one.kind == Some(TalkKind::AfklarendeSamtale));
    let held = clarifying.filter_map(|one| at.in_period(one.held_on).map(|on| (one, on)));
    let prepared = held.map(|(talk, held_on)| {
        Case::on(held_on)
            .by(held_on.yesterday().unwrap_or(held_on))
            .done("talk.preparation_sent_on", talk.preparation_sent_on)
            .decide(at)
    });
    let pairs = completed(course, at).into_iter().flat_map(|closed_on| {
        answered(course, Phase::Start).map(move |start| asked_again(course, start, closed_on, at))
    });
    weakest(prepared.chain(pairs))
}

/// The questionnaires answered in full.
fn answered(course: &CourseFacts, phase: Phase) -> impl Iterator<Item = &TestResult> {
    let whole = move |one: &&TestResult| one.complete == Some(true) && one.phase == Some(phase);
    let pro = |one: &&TestResult| one.instrument.as_deref().is_some_and(|id| PRO.contains(&id));
    course.test_results.iter().filter(whole).filter(pro)
}

/// IK-002-09: one of them, again by the closing.
fn asked_again(course: &CourseFacts, start: &TestResult, closed_on: Date, at: &Context<'_>) -> Verdict {
    let in_time = |one: &&TestResult| one.date.is_none_or(|on| on <= closed_on);
    let ends = || answered(course, Phase::End).filter(|one| one.instrument == start.instrument).filter(in_time);
    let same = ends().any(|one| one.version == start.version);
    Case::on(closed_on)
        .needs("testresult.version", start.version.is_some() && (same || ends().all(|one| one.version.is_some())))
        .recorded("testresult.phase", same)
        .decide(at)
}
