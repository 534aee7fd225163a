//! D02: completed training within the recommended volume: sessions a week, minutes and weeks, together and each; a recorded
//! reason to deviate is shown apart (KS-6.3-08, KS-6.3-09).

use standard::facts::words::Fsiii;
use standard::facts::{CourseFacts, Intervention};
use standard::rules::{Delivered, filled};
use standard::{LimitId, days_between};

use crate::counting::shared::{completed_on, interventions, is_of};
use crate::counting::{Seen, Tell, Unit};

const DAYS_A_WEEK: i32 = 7;

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let within = |value: f64, least, most| (seen.at.limit(least)..=seen.at.limit(most)).contains(&value);
    for one in interventions(course, Fsiii::FysiskTraening) {
        let Some(on) = completed_on(one) else { continue };
        let training = course.trainings.iter().find(|other| is_of(other.intervention.as_ref(), one));
        let deviates = training.is_some_and(|training| filled(training.deviation_reason.as_ref()));
        let per_week = training.and_then(|training| training.per_week);
        let per_week = per_week.map(|value| within(value, LimitId::TrainPerWeekMin, LimitId::TrainPerWeekMax));
        let minutes = training.and_then(|training| training.minutes);
        let minutes = minutes.map(|value| within(value, LimitId::TrainMinutesMin, LimitId::TrainMinutesMax));
        let weeks = weeks(course, one, seen);
        let weeks = weeks.map(|value| within(value, LimitId::TrainWeeksMin, LimitId::TrainWeeksMax));
        let unit = Unit::of(course, on).intervention(one).except(deviates);
        let all = per_week.zip(minutes).zip(weeks).map(|((per_week, minutes), weeks)| per_week && minutes && weeks);
        tell(unit.answered(all));
        for (part, holds) in [("per_week", per_week), ("minutes", minutes), ("weeks", weeks)] {
            tell(unit.part(part).answered(holds));
        }
    }
}

/// Weeks begun from the first session to the last.
fn weeks(course: &CourseFacts, of: &Intervention, seen: &Seen<'_>) -> Option<f64> {
    let had = Delivered::of(course, of, seen.at);
    let days = days_between(had.first_day()?, had.last_day()?);
    Some(f64::from(days / DAYS_A_WEEK + 1))
}
