//! The course itself: where it stands, how much support, who else works with the citizen.

use domain::adaptation::Adaptation;
use domain::citizen::Identity;
use domain::course::CourseState;
use domain::referral::ReferralState;
use domain::stratification::{Stratification, Stratum};
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use standard::facts::words::{CourseStatus, TargetGroup};
use standard::facts::{CourseFacts, DecidedLevel, ParallelEffort};

use super::codes::made_on;
use super::{CourseView, referral};
use crate::records::CitizenRecord;

/// The course's own facts. Measures to keep the citizen are the adaptations that were accepted; a start form that was
/// declined and measures that were declined by the citizen are not recorded as such.
pub(super) fn of(view: &CourseView<'_>) -> CourseFacts {
    let course = view.course;
    let level = level(view);
    CourseFacts {
        id: course.id.to_string(),
        retention_on: measures_on(view),
        new_need_on: new_need_on(view),
        anonymous: Some(anonymous(view.record)),
        started_on: Some(course.opened_on),
        first_session_on: course.first_session_on,
        closed_on: course.state.closed_at().map(local_date),
        status: Some(status(&course.state)),
        target_group: target_group(view),
        parallel_efforts: parallel_efforts(view),
        contact_person: course.contact_person.map(|id| id.to_string()),
        strat_level: level.map(|it| number(it.decided)),
        strat_override_reason: level.and_then(|it| it.reason.clone()),
        levels: levels(view).map(decided).collect(),
        retention_measures: measures(view).map(|(measure, _)| measure.word().to_owned()).collect(),
        ..CourseFacts::default()
    }
}

/// Without a CPR number by the citizen's wish (flow, consent rule 10).
pub(super) const fn anonymous(record: &CitizenRecord) -> bool {
    matches!(record.citizen.value.identity, Identity::Anonymous)
}

const fn status(state: &CourseState) -> CourseStatus {
    match state {
        CourseState::Intake => CourseStatus::Intake,
        CourseState::Clarifying => CourseStatus::Clarifying,
        CourseState::Planned => CourseStatus::Planned,
        CourseState::Active => CourseStatus::Active,
        CourseState::Paused { .. } => CourseStatus::Paused,
        CourseState::Closing { .. } => CourseStatus::Closing,
        CourseState::Closed { .. } => CourseStatus::Closed,
        CourseState::Withdrawn { .. } => CourseStatus::Withdrawn,
        CourseState::Transferred { .. } => CourseStatus::Transferred,
        CourseState::Dead { .. } => CourseStatus::Dead,
        CourseState::Archived { .. } => CourseStatus::Archived,
    }
}

/// For whom the course is, by its requests: chronic disease goes before risk, and both before nicotine or alcohol alone.
fn target_group(view: &CourseView<'_>) -> Option<TargetGroup> {
    referral::joined(view).filter_map(referral::target_group).min()
}

/// The stratifications of the course.
fn levels<'a>(view: &CourseView<'a>) -> impl Iterator<Item = &'a Stratification> + use<'a> {
    let course = view.course.id;
    view.record.stratifications.iter().map(|it| &it.value).filter(move |it| it.course == course)
}

/// The newest of them.
fn level<'a>(view: &CourseView<'a>) -> Option<&'a Stratification> {
    levels(view).max_by_key(|it| it.at)
}

fn decided(of: &Stratification) -> DecidedLevel {
    DecidedLevel {
        model: of.model.clone(),
        version: of.version,
        scored: number(of.scored),
        decided: number(of.decided),
        decided_on: Some(local_date(of.at)),
    }
}

const fn number(stratum: Stratum) -> i32 {
    match stratum {
        Stratum::Own => 1,
        Stratum::Support => 2,
        Stratum::Extended => 3,
    }
}

/// Courses of other departments, each with the day it was written down.
fn parallel_efforts(view: &CourseView<'_>) -> Vec<ParallelEffort> {
    let mine = view.record.coordinations.iter().map(|it| &it.value).filter(|it| it.course == view.course.id);
    mine.map(|it| ParallelEffort { kind: it.department.word().to_owned(), recorded_on: made_on(it.id.0) }).collect()
}

/// Adaptations that are done, with the time of the decision.
fn measures<'a>(view: &CourseView<'a>) -> impl Iterator<Item = (Adaptation, Timestamp)> + use<'a> {
    let decided = view.record.adaptations.iter().flat_map(|it| &it.value.decided);
    decided.filter(|(_, decision)| decision.accepted).map(|(measure, decision)| (*measure, decision.at))
}

fn measures_on(view: &CourseView<'_>) -> Option<Date> {
    measures(view).map(|(_, at)| local_date(at)).min()
}

/// The day the newest further request joined the running course; the first request is what opened it.
fn new_need_on(view: &CourseView<'_>) -> Option<Date> {
    let joined = referral::joined(view).filter_map(|it| match it.request.state {
        ReferralState::Joined { at, .. } => Some(at),
        _ => None,
    });
    let mut all: Vec<Timestamp> = joined.collect();
    all.sort_unstable();
    all.iter().skip(1).next_back().map(|at| local_date(*at))
}
