//! Supervised training: form, groups, intensity, frequency and duration (section 6.3).

use super::{training_completed, training_of, training_started};
use crate::case::Case;
use crate::context::{Context, days_between};
use crate::facts::words::{Format, Fsiii, Mode, TrainingIntensity};
use crate::facts::{CourseFacts, Group, Intervention, Session};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::forms;
use crate::rules::sessions::Sessions;

/// KS-6.3-02, section 6.3: training is in groups, or there is a reason that it is not.
pub(super) fn in_group(_: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = training_started(intervention, at) else { return Verdict::OUTSIDE };
    let alone = intervention.format == Some(Format::Individual);
    let reason = forms::filled(intervention.individual_reason.as_ref());
    Case::on(started_on)
        .needs("intervention.format", intervention.format.is_some())
        .recorded("intervention.individual_reason", !alone || reason)
        .decide(at)
}

/// KS-6.3-03, section 6.3: a group is composed by function; one for a single disease says why.
pub(super) fn by_function(group: &Group, at: &Context<'_>) -> Verdict {
    let training = group.fsiii_code == Some(Fsiii::FysiskTraening) && group.cancelled != Some(true);
    let started_on = at.in_period(group.start_date).filter(|start| training && *start <= at.today);
    let Some(started_on) = started_on else { return Verdict::OUTSIDE };
    let level = forms::filled(group.function_level.as_ref());
    let for_one_disease = group.diagnosis.as_deref().is_some_and(|code| code != "none");
    Case::on(started_on)
        .needs("group.diagnosis", group.diagnosis.is_some() || !level)
        .recorded("group.function_level", level)
        .recorded("group.volume_reason", !for_one_disease || forms::filled(group.volume_reason.as_ref()))
        .decide(at)
}

/// KS-6.3-04, section 6.3: at most `instructor_ratio_max` participants to an instructor. The figure is how many; below
/// `instructor_ratio_min` it tells about fill and breaks nothing.
pub(super) fn per_instructor(group: &Group, session: &Session, at: &Context<'_>) -> Verdict {
    let held = group.fsiii_code == Some(Fsiii::FysiskTraening) && session.held == Some(true);
    let on = at.in_period(session.date.map(|date| date.date())).filter(|_| held);
    let Some(on) = on else { return Verdict::OUTSIDE };
    let digital = matches!(session.mode, Some(Mode::Video | Mode::App));
    let alone = session.unsupervised == Some(true) || session.instructors == Some(0);
    let both = session.enrolled.zip(session.instructors);
    let max = at.limit(LimitId::InstructorRatioMax);
    let within = both.is_none_or(|(enrolled, by)| f64::from(enrolled) <= f64::from(by) * max);
    Case::on(on)
        .except("digital_without_supervision", digital && alone)
        .needs("session.enrolled", session.enrolled.is_some())
        .needs("session.instructors", session.instructors.is_some())
        .holds("too_many_to_an_instructor", within)
        .figure(both.filter(|(_, by)| *by > 0).map(|(enrolled, by)| f64::from(enrolled) / f64::from(by)))
        .decide(at)
}

/// KS-6.3-06, section 6.3: intensity, times a week, minutes and weeks are planned by the first session.
pub(super) fn planned(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = training_started(intervention, at) else { return Verdict::OUTSIDE };
    let training = training_of(course, intervention);
    Case::on(started_on)
        .by(started_on)
        .recorded("training.intensity", training.is_some_and(|one| one.intensity.is_some()))
        .recorded("training.per_week", training.is_some_and(|one| one.per_week.is_some()))
        .recorded("training.minutes", training.is_some_and(|one| one.minutes.is_some()))
        .recorded("training.weeks", training.is_some_and(|one| one.weeks.is_some()))
        .decide(at)
}

/// KS-6.3-07, section 6.3: intensity is moderate or high, or there is a safety reason for less.
pub(super) fn intensity(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = training_started(intervention, at) else { return Verdict::OUTSIDE };
    let training = training_of(course, intervention);
    let intensity = training.and_then(|one| one.intensity);
    let reason = training.is_some_and(|one| forms::filled(one.low_intensity_reason.as_ref()));
    let low = intensity == Some(TrainingIntensity::Low);
    Case::on(started_on)
        .by(started_on)
        .needs("training.intensity", intensity.is_some() || reason)
        .recorded("training.low_intensity_reason", !low || reason)
        .decide(at)
}

/// KS-6.3-08, section 6.3: training is planned `train_per_week_min` to `train_per_week_max` times a week, of
/// `train_minutes_min` to `train_minutes_max` minutes.
pub(super) fn often_and_long(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = training_started(intervention, at) else { return Verdict::OUTSIDE };
    let training = training_of(course, intervention);
    let per_week = training.and_then(|one| one.per_week);
    let minutes = training.and_then(|one| one.minutes);
    let often = at.limit(LimitId::TrainPerWeekMin)..=at.limit(LimitId::TrainPerWeekMax);
    let long = at.limit(LimitId::TrainMinutesMin)..=at.limit(LimitId::TrainMinutesMax);
    Case::on(started_on)
        .except("reason_recorded", training.is_some_and(|one| forms::filled(one.deviation_reason.as_ref())))
        .needs("training.per_week", per_week.is_some())
        .needs("training.minutes", minutes.is_some())
        .holds("times_a_week", per_week.is_none_or(|times| often.contains(&times)))
        .holds("minutes", minutes.is_none_or(|minutes| long.contains(&minutes)))
        .decide(at)
}

/// KS-6.3-09, section 6.3: `train_weeks_min` to `train_weeks_max` weeks from the first session to the last, with six days
/// more at the upper end. The figure is the days.
pub(super) fn weeks(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(completed_on) = training_completed(intervention, at) else { return Verdict::OUTSIDE };
    let sessions = Sessions::of(course, intervention, at);
    let reason = training_of(course, intervention).is_some_and(|one| forms::filled(one.deviation_reason.as_ref()));
    let dated = sessions.days().count() >= 2;
    let days = sessions.days().next().zip(sessions.last_on()).filter(|_| dated);
    let days = days.map(|(first, last)| days_between(first, last));
    let right = at.count(LimitId::TrainWeeksMin) * 7..=at.count(LimitId::TrainWeeksMax) * 7 + 6;
    Case::on(completed_on)
        .except("reason_recorded", reason)
        .needs("session.date", dated)
        .holds("weeks", days.is_none_or(|days| right.contains(&days)))
        .figure(days.map(f64::from))
        .decide(at)
}
