//! What the courses add up to, for the rules whose unit is the municipality. Counted while the courses pass by, and taken
//! away again when one of them changes, so that nobody has to read them all anew.
//!
//! What a rule looks at over the last twelve months, or on the day, is counted by its day, so that it stays right as the
//! days go by; the rest is counted for the period.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::facts::words::{AttendanceStatus, Fsiii, InterventionStatus, TargetGroup};
use crate::facts::{CourseFacts, Intervention};

/// Interventions that ended, with what came of them (KS-3.4-02).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ended {
    /// All of them, completed or stopped.
    pub all: i64,
    /// Those that were completed.
    pub completed: i64,
    /// Results with a change from the start.
    pub compared: i64,
    /// Results with a change for the better.
    pub improved: i64,
}

/// Whom a participant is counted among (KS-9-01).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reach {
    /// First day of the month the course started in.
    pub month: Date,
    /// The intervention.
    pub intervention: Fsiii,
    /// Code of a chronic disease, its first four characters.
    pub disease: String,
    /// The citizen's area; empty when not recorded.
    pub district: String,
}

/// Counts by what the rules about the whole split them by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Interventions started in the period, by target group of the course and intervention.
    pub started: BTreeMap<(TargetGroup, Fsiii), i64>,
    /// Interventions that ended or were stopped, by day and support level (zero when not recorded).
    pub ended: BTreeMap<(Date, i32), Ended>,
    /// Granted interventions that wait for their first session, by the day of the grant and the offer (empty when not
    /// recorded); those of closed courses do not wait (SP-004-22).
    pub waiting: BTreeMap<(Date, String), i64>,
    /// Courses at the highest coordination level with attendance in the period, by the citizen's area (KS-3.4-06).
    pub high_need: BTreeMap<String, i64>,
    /// Adults with a chronic disease who take part.
    pub reached: BTreeMap<Reach, i64>,
    /// Courses started in the period.
    pub courses: i64,
    /// Courses whose citizen's education is recorded (KS-3.3-02).
    pub educated: i64,
    /// Referrals received in the period, by what they ask for.
    pub referrals: BTreeMap<String, i64>,
}

/// The level of support with extended coordination.
pub(crate) const HIGHEST_LEVEL: i32 = 3;
/// Age from which the offers are meant.
const ADULT: i32 = 18;
/// Characters of a code that name the disease.
const DISEASE: usize = 4;

impl Totals {
    /// Counts a course in.
    pub fn add(&mut self, course: &CourseFacts, period: (Date, Date)) {
        self.count(course, period, 1);
    }

    /// Takes a course out, as it was when it was counted.
    pub fn remove(&mut self, course: &CourseFacts, period: (Date, Date)) {
        self.count(course, period, -1);
        self.started.retain(|_, count| *count != 0);
        self.ended.retain(|_, counts| *counts != Ended::default());
        self.waiting.retain(|_, count| *count != 0);
        self.high_need.retain(|_, count| *count != 0);
        self.reached.retain(|_, count| *count != 0);
        self.referrals.retain(|_, count| *count != 0);
    }

    /// Adds what other courses come to.
    pub fn merge(&mut self, other: Self) {
        let Self { started, ended, waiting, high_need, reached, courses, educated, referrals } = other;
        self.courses += courses;
        self.educated += educated;
        merge(&mut self.started, started);
        merge(&mut self.waiting, waiting);
        merge(&mut self.high_need, high_need);
        merge(&mut self.reached, reached);
        merge(&mut self.referrals, referrals);
        for (key, Ended { all, completed, compared, improved }) in ended {
            let own = self.ended.entry(key).or_default();
            own.all += all;
            own.completed += completed;
            own.compared += compared;
            own.improved += improved;
        }
    }

    fn count(&mut self, course: &CourseFacts, (from, to): (Date, Date), step: i64) {
        let within = |day: Option<Date>| day.is_some_and(|day| (from..=to).contains(&day));
        if within(course.started_on) {
            self.courses += step;
        }
        if course.citizen.as_ref().is_some_and(|citizen| citizen.education.is_some()) {
            self.educated += step;
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
            self.count_ended(course, intervention, step);
            if let Some(granted_on) = waits_since(course, intervention) {
                *self.waiting.entry((granted_on, intervention.offer.clone().unwrap_or_default())).or_default() += step;
            }
        }
        let came = |status| matches!(status, Some(AttendanceStatus::Present | AttendanceStatus::Late));
        let attended = course.attendances.iter().any(|one| came(one.status) && within(one.date));
        if attended && course.strat_level == Some(HIGHEST_LEVEL) {
            *self.high_need.entry(district(course)).or_default() += step;
        }
        for reach in reaches(course) {
            *self.reached.entry(reach).or_default() += step;
        }
    }

    fn count_ended(&mut self, course: &CourseFacts, intervention: &Intervention, step: i64) {
        let Some(ended_on) = intervention.ended_on.or(intervention.stopped_on) else { return };
        let counts = self.ended.entry((ended_on, intervention.support_level.unwrap_or_default())).or_default();
        counts.all += step;
        if intervention.status == Some(InterventionStatus::Completed) {
            counts.completed += step;
        }
        let of_this = |id: &Option<String>| id.as_deref() == Some(intervention.id.as_str());
        for change in course.test_results.iter().filter(|one| of_this(&one.intervention)).filter_map(|one| one.change) {
            counts.compared += step;
            if change > 0.0 {
                counts.improved += step;
            }
        }
    }
}

fn merge<K: Ord>(counts: &mut BTreeMap<K, i64>, others: BTreeMap<K, i64>) {
    for (key, count) in others {
        *counts.entry(key).or_default() += count;
    }
}

/// The day of the grant, while the first session has not been held and nothing has ended.
fn waits_since(course: &CourseFacts, intervention: &Intervention) -> Option<Date> {
    let over = intervention.ended_on.or(intervention.stopped_on).or(course.closed_on).is_some();
    let may_start =
        matches!(intervention.status, None | Some(InterventionStatus::Granted | InterventionStatus::Paused));
    intervention.granted_on.filter(|_| may_start && !over && intervention.started_on.is_none())
}

fn district(course: &CourseFacts) -> String {
    course.citizen.as_ref().and_then(|citizen| citizen.area.clone()).unwrap_or_default()
}

/// Each started intervention with each chronic disease, once.
fn reaches(course: &CourseFacts) -> BTreeSet<Reach> {
    let adult = course.citizen.as_ref().filter(|citizen| citizen.age.is_some_and(|age| age >= ADULT));
    let (Some(month), Some(citizen)) = (course.started_on.map(Date::first_of_month), adult) else {
        return BTreeSet::new();
    };
    let begun = course.interventions.iter().filter(|one| one.started_on.is_some());
    let diseases = || citizen.diagnoses.iter().filter(|one| one.is_chronic());
    let reach = |intervention, code: &str| Reach {
        month,
        intervention,
        disease: code.chars().take(DISEASE).collect(),
        district: district(course),
    };
    let each = begun.filter_map(|one| one.fsiii_code);
    each.flat_map(|code| diseases().map(move |disease| reach(code, &disease.code))).collect()
}
