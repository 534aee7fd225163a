//! How a course was closed, and what was agreed for after.

use domain::codes::InterventionCode;
use domain::consent::ConsentPurpose;
use domain::course::CourseState;
use domain::follow_up::{FollowUp as OurFollowUp, FollowUpState, Kept};
use domain::goal::{Goal, GoalOutcome};
use domain::notice::NoticeKind;
use domain::response::Response;
use domain::workdays::local_date;
use jiff::ToSpan;
use jiff::civil::Date;
use standard::facts::words::TalkAnswer;
use standard::facts::{Closure, FollowUp, Loose, Noted};

use super::CourseView;
use super::codes::made_on;
use super::message::given_on;
use super::words::{TalkWords, held, talks_held};

/// The instrument of the citizen's satisfaction (SP-004-24).
const SATISFACTION: &str = "satisfaction";

/// The closing; none while the course is open and nothing of it was asked. Evaluated means that each goal is; without goals
/// nothing tells. The own view is what the citizen said of the goals, or else the satisfaction score. The maintenance plan
/// counts when the closing letter told it. That the citizen wants no support, and whether a copy was wanted, is not
/// recorded.
pub(super) fn of(view: &CourseView<'_>) -> Option<Closure> {
    let closed = view.course.state.closed_at().is_some() || matches!(view.course.state, CourseState::Archived { .. });
    let satisfaction = satisfaction(view);
    let asked = satisfaction.map(|it| it.on);
    if !closed {
        return asked.map(|_| Closure {
            satisfaction_asked: asked,
            satisfaction_score: score(satisfaction),
            ..Closure::default()
        });
    }
    let letter = view.kept.notices.iter().filter(|it| it.kind == NoticeKind::Closing);
    let letter_on = letter.filter(|it| it.course == Some(view.course.id)).filter_map(given_on).min();
    Some(Closure {
        evaluation_done: evaluated(view),
        citizen_view: own_view(view).or_else(|| score(satisfaction).map(|it| it.to_string())).map(Loose),
        without_citizen: Some(!closing_talk_held(view)),
        maintenance_plan: letter_on.and_then(|_| maintenance(view)),
        gp_info_given_on: letter_on,
        status_agreed_with_citizen: status_agreed(view),
        satisfaction_asked: asked,
        satisfaction_score: score(satisfaction),
        ..Closure::default()
    })
}

fn goals<'a>(view: &CourseView<'a>) -> impl Iterator<Item = &'a Goal> {
    let course = view.course.id;
    view.record.goals.iter().map(|it| &it.value).filter(move |it| it.course == course)
}

fn evaluated(view: &CourseView<'_>) -> Option<bool> {
    goals(view).next()?;
    Some(goals(view).all(|it| it.evaluation.is_some()))
}

/// What the citizen said of each goal that was still theirs.
fn own_view(view: &CourseView<'_>) -> Option<String> {
    let said = goals(view).filter_map(|it| it.evaluation.as_ref());
    let said = said.filter(|it| it.outcome != GoalOutcome::Dropped).filter_map(|it| it.words.as_deref());
    let said: Vec<&str> = said.collect();
    (!said.is_empty()).then(|| said.join("\n"))
}

fn closing_talk_held(view: &CourseView<'_>) -> bool {
    let mine = view.record.interventions.iter().map(|it| &it.value).filter(|it| it.course == view.course.id);
    let mut talks = mine.filter(|it| it.code == InterventionCode::ClosingTalk);
    talks.any(|it| held(view, it.id).is_some())
}

fn maintenance(view: &CourseView<'_>) -> Option<String> {
    talks_held(view).iter().rev().find_map(|(_, contact)| TalkWords::of(contact).maintenance())
}

/// Whether the citizen agreed to a status to the doctor, in the newest answer.
fn status_agreed(view: &CourseView<'_>) -> Option<Noted> {
    let asked = view.record.consents.iter().map(|it| &it.value);
    let newest = asked.filter(|it| it.purpose == ConsentPurpose::StatusToDoctor).max_by_key(|it| (it.on, it.id))?;
    Some(Noted {
        answer: newest.given && newest.withdrawn_at.is_none(),
        on: Some(newest.on),
        by: Some(newest.asked_by.to_string()),
        note: None,
    })
}

/// The newest use of the satisfaction form; handing it over is asking.
fn satisfaction<'a>(view: &CourseView<'a>) -> Option<&'a Response> {
    let mine = view.record.responses.iter().map(|it| &it.value).filter(|it| it.course == Some(view.course.id));
    let fits = mine.filter(|it| it.instrument == SATISFACTION && !it.entered_in_error);
    fits.max_by_key(|it| (it.on, it.id))
}

fn score(response: Option<&Response>) -> Option<f64> {
    let score = response.filter(|it| it.counts())?.score?;
    Some(f64::from(score.as_hundredths()) / 100.0)
}

/// The follow-ups that were agreed, each needed and offered on the day it was agreed. That none is needed was answered at
/// closing, but the answer is not kept.
pub(super) fn follow_ups(view: &CourseView<'_>) -> Vec<FollowUp> {
    let mine = view.record.follow_ups.iter().map(|it| &it.value).filter(|it| it.course == view.course.id);
    mine.map(|it| follow_up(view, it)).collect()
}

fn follow_up(view: &CourseView<'_>, it: &OurFollowUp) -> FollowUp {
    let agreed_on = made_on(it.id.0);
    let (answer, done_on, status) = match &it.state {
        FollowUpState::Done { on, kept, .. } => (Some(TalkAnswer::Accepted), Some(*on), Some(word(*kept))),
        FollowUpState::Declined { .. } => (Some(TalkAnswer::Declined), None, None),
        FollowUpState::NotReached { .. } => (Some(TalkAnswer::NoAnswer), None, None),
        FollowUpState::Planned | FollowUpState::Cancelled { .. } => (None, None, None),
    };
    let closed_on = view.course.state.closed_at().map(local_date);
    FollowUp {
        intervention: it.stop.map(|id| id.to_string()),
        need: Some(true),
        planned_on: Some(it.due_on),
        offered_on: agreed_on,
        answer,
        due_month: [closed_on, agreed_on].into_iter().flatten().find_map(|from| months(from, it.due_on)),
        done_on,
        status: status.map(str::to_owned),
        ..FollowUp::default()
    }
}

const fn word(kept: Kept) -> &'static str {
    match kept {
        Kept::Kept => "kept",
        Kept::Partly => "partly",
        Kept::Lost => "lost",
    }
}

/// Three, six or twelve months when it lies within a fortnight of that; another day belongs to none.
fn months(from: Date, due: Date) -> Option<i32> {
    let near = |months: i32| {
        let day = from.saturating_add(months.months());
        let apart = due.since(day).map_or(i32::MAX, |span| span.get_days());
        (-14..=14).contains(&apart)
    };
    [3, 6, 12].into_iter().find(|months| near(*months))
}
