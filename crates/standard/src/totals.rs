//! What the courses add up to, for the rules whose unit is the municipality. Counted while the courses pass by, and taken
//! away again when one of them changes, so that nobody has to read them all anew.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::facts::CourseFacts;
use crate::facts::words::{Fsiii, InterventionStatus, TargetGroup};

/// Counts by what the rules about the whole split them by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Interventions started in the period, by target group of the course and intervention.
    pub started: BTreeMap<(TargetGroup, Fsiii), i64>,
    /// Interventions that ended in the period, by support level (zero when not recorded): completed, and all.
    pub ended: BTreeMap<i32, (i64, i64)>,
    /// Courses started in the period.
    pub courses: i64,
    /// Referrals received in the period, by what they ask for.
    pub referrals: BTreeMap<String, i64>,
}

impl Totals {
    /// Counts a course in.
    pub fn add(&mut self, course: &CourseFacts, period: (Date, Date)) {
        self.count(course, period, 1);
    }

    /// Takes a course out, as it was when it was counted.
    pub fn remove(&mut self, course: &CourseFacts, period: (Date, Date)) {
        self.count(course, period, -1);
        self.started.retain(|_, count| *count != 0);
        self.ended.retain(|_, counts| *counts != (0, 0));
        self.referrals.retain(|_, count| *count != 0);
    }

    fn count(&mut self, course: &CourseFacts, (from, to): (Date, Date), step: i64) {
        let within = |day: Option<Date>| day.is_some_and(|day| (from..=to).contains(&day));
        if within(course.started_on) {
            self.courses += step;
        }
        for referral in course.referrals.iter().filter(|one| within(one.received_on)) {
            *self.referrals.entry(referral.requested_area.clone().unwrap_or_default()).or_default() += step;
        }
        for intervention in &course.interventions {
            if let (true, Some(group), Some(code)) =
                (within(intervention.started_on), course.target_group, intervention.fsiii_code)
            {
                *self.started.entry((group, code)).or_default() += step;
            }
            let completed = intervention.status == Some(InterventionStatus::Completed);
            if intervention.started_on.is_some() && within(intervention.ended_on.or(intervention.stopped_on)) {
                let counts = self.ended.entry(intervention.support_level.unwrap_or_default()).or_default();
                counts.0 += if completed { step } else { 0 };
                counts.1 += step;
            }
        }
    }
}
