//! The deadlines of the quality standard that somebody has a task for. Each is said once: the rule that judges it in arrears
//! (crate `standard`) and the task that reminds of it beforehand both count here, so the two cannot differ.
//!
//! Sources: the requirements of each deadline, their limits, and the table of deadlines in the flow. A task whose rule is not
//! here is due by a habit of the house or on a day that was agreed; its place says which.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::codes::RequestedArea;
use crate::limits::{Limits, NICOTINE_WAIT_DAYS, STOP_FOLLOW_UP_MONTHS, STOP_FOLLOW_UP_WINDOW_DAYS};
use crate::service_request::{ServiceRequest, Source};
use crate::task::TaskKind;
use crate::workdays::{ExtraClosedDays, add_workdays};

/// Days by which the next talk of diet treatment is held (KS-7.3-03, section 7.3: every second to third month).
const DIET_FOLLOW_UP_DAYS: u16 = 92;
/// Months by which the need of diet treatment is assessed (KS-7.3-04, section 7.3).
const DIET_REASSESS_MONTHS: u16 = 12;

/// How long a deadline lets something wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// So many days after.
    Days(u16),
    /// So many working days after, as the standard counts them: Monday to Friday without public holidays.
    Workdays(u16),
    /// The same day so many months later, or the last of the month.
    Months(u16),
}

impl Length {
    /// The last day in time, counted from a day that is day zero.
    pub fn after(self, from: Date) -> Date {
        match self {
            Self::Days(days) => from.saturating_add(Span::new().days(days)),
            Self::Workdays(days) => add_workdays(from, days, ExtraClosedDays::NONE),
            Self::Months(months) => from.saturating_add(Span::new().months(months)),
        }
    }
}

/// What is said about a deadline.
struct Definition {
    limit: &'static str,
    rule: &'static str,
    kinds: &'static [TaskKind],
    requirements: &'static [&'static str],
    length: fn(&Limits) -> Length,
}

macro_rules! deadlines {
    ($($(#[$meta:meta])* $variant:ident {
        limit: $limit:literal, rule: $rule:literal, kinds: [$($kind:ident),+], requirements: [$($requirement:literal),+],
        length: $length:expr,
    })+) => {
        /// A deadline of the standard that somebody has a task for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Deadline { $($(#[$meta])* $variant,)+ }

        impl Deadline {
            /// Every deadline, in the order of a course.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            const fn definition(self) -> &'static Definition {
                match self {
                    $(Self::$variant => &Definition {
                        limit: $limit,
                        rule: $rule,
                        kinds: &[$(TaskKind::$kind),+],
                        requirements: &[$($requirement),+],
                        length: $length,
                    },)+
                }
            }
        }
    };
}

deadlines! {
    /// From reception to the first attempt at contact. IK-002-01 asks the same of those who want to stop with nicotine.
    FirstContact {
        limit: "contact_workdays", rule: "contact_workdays", kinds: [ContactCitizen, CheckReferral],
        requirements: ["KS-2.2-06", "IK-002-01"],
        length: |limits| Length::Workdays(limits.contact_workdays),
    }
    /// From reception to the clarifying talk, with or without a referral.
    ClarifyingTalk {
        limit: "afklarende_days", rule: "afklarende_days", kinds: [HoldTalk], requirements: ["KS-3.1-01", "KS-3.1-02"],
        length: |limits| Length::Days(limits.clarifying_days),
    }
    /// From reception of what is new in a running course to the needs talk.
    NeedsTalk {
        limit: "afklarende_days", rule: "afklarende_days", kinds: [NeedsTalk], requirements: ["FS-003-04"],
        length: |limits| Length::Days(limits.clarifying_days),
    }
    /// From reception of a request for the talk about alcohol to that talk.
    AlcoholTalk {
        limit: "alcohol_start_workdays", rule: "alcohol_start_workdays", kinds: [HoldTalk], requirements: ["KS-8.1-03"],
        length: |limits| Length::Workdays(limits.alcohol_start_workdays),
    }
    /// From the finding to the decision about a notification.
    Notification {
        limit: "pregnancy_referral_workdays", rule: "KS-8.2-08", kinds: [Safety], requirements: ["KS-8.2-08"],
        length: |limits| Length::Workdays(limits.pregnancy_referral_workdays),
    }
    /// From the grant to the first session. SP-004-22 judges the waiting list by it, not the course.
    Start {
        limit: "start_days", rule: "start_days", kinds: [StartIntervention], requirements: ["SP-004-22"],
        length: |limits| Length::Days(limits.start_days),
    }
    /// From the last contact in the wait for nicotine cessation, at the earliest [`nicotine_wait_over`], to the next one.
    BridgeContact {
        limit: "nicotine_bridge_days", rule: "KS-5.3-06", kinds: [BridgeContact], requirements: ["KS-5.3-06"],
        length: |limits| Length::Days(limits.nicotine_bridge_days),
    }
    /// From the session that was missed to an attempt at contact.
    NoShow {
        limit: "noshow_workdays", rule: "noshow_workdays", kinds: [NoShow], requirements: ["KS-3.4-07"],
        length: |limits| Length::Workdays(limits.no_show_workdays),
    }
    /// From the last individual contact of diet treatment, or its start, to the next one.
    DietFollowUp {
        limit: "diet_followup_days", rule: "KS-7.3-03", kinds: [DietFollowUp], requirements: ["KS-7.3-03"],
        length: |_| Length::Days(DIET_FOLLOW_UP_DAYS),
    }
    /// From the start of diet treatment, or the last assessment of its need, to the next one. The standard asks once; a
    /// treatment that goes on is looked at each year.
    DietReassess {
        limit: "diet_reassess_months", rule: "KS-7.3-04", kinds: [DietReassess], requirements: ["KS-7.3-04"],
        length: |_| Length::Months(DIET_REASSESS_MONTHS),
    }
    /// From the end of the last intervention to the closing talk.
    ClosingTalk {
        limit: "closing_talk_days", rule: "closing_talk_days", kinds: [ClosingTalk], requirements: ["FS-003-05"],
        length: |limits| Length::Days(limits.closing_talk_days),
    }
    /// From the closing to the status to the doctor.
    Status {
        limit: "final_status_workdays", rule: "final_status_workdays", kinds: [SendStatus], requirements: ["KS-3.5-02"],
        length: |limits| Length::Workdays(limits.final_status_workdays),
    }
    /// From the day a follow-up is agreed for to the last day that still counts. Its task is on the day itself, or the next
    /// working day.
    FollowUp {
        limit: "followup_window_days", rule: "followup_window_days", kinds: [FollowUp], requirements: ["FS-003-06"],
        length: |limits| Length::Days(limits.follow_up_window_days),
    }
    /// The same for STOPbasen's follow-up, from the day of [`six_months_after`].
    StopFollowUp {
        limit: "stop_followup_window_days", rule: "stop_followup_months", kinds: [FollowUp], requirements: ["KS-5.3-12"],
        length: |_| Length::Days(STOP_FOLLOW_UP_WINDOW_DAYS),
    }
    /// From the end with a reduction only, or from a relapse, to a new occasion to get help.
    NewOccasion {
        limit: "relapse_followup_days", rule: "relapse_followup_days", kinds: [FollowUp], requirements: ["KS-5.3-11"],
        length: |limits| Length::Days(limits.relapse_follow_up_days),
    }
}

impl Deadline {
    /// The last day in time.
    pub fn due(self, from: Date, limits: &Limits) -> Date {
        self.length(limits).after(from)
    }

    /// How long something may wait, by the limits in force.
    pub fn length(self, limits: &Limits) -> Length {
        (self.definition().length)(limits)
    }

    /// Id of its limit in the standard.
    pub const fn limit(self) -> &'static str {
        self.definition().limit
    }

    /// The word that its tasks are stored with.
    pub const fn rule(self) -> &'static str {
        self.definition().rule
    }

    /// The task of it.
    pub const fn kind(self) -> TaskKind {
        self.definition().kinds[0]
    }

    /// The requirements that it stands in.
    pub const fn requirements(self) -> &'static [&'static str] {
        self.definition().requirements
    }

    /// Those of them that ask it of a request: a clarifying talk is owed to chronic disease, by one requirement with a referral
    /// and by another without.
    pub fn requirements_of(self, request: &ServiceRequest) -> Vec<&'static str> {
        let by_themselves = matches!(request.source, Source::Citizen | Source::Relative);
        let chronic = request.chronic_disease != Some(false);
        let asks = |id: &&'static str| match *id {
            "KS-3.1-01" => chronic && !by_themselves,
            "KS-3.1-02" => chronic && by_themselves,
            "IK-002-01" => request.areas.contains(&RequestedArea::Nicotine),
            _ => true,
        };
        self.requirements().iter().copied().filter(asks).collect()
    }

    /// The deadline behind a task, by its kind and the word it is stored with.
    pub fn of_task(kind: TaskKind, rule: &str) -> Option<Self> {
        let is = |deadline: &&Self| deadline.rule() == rule && deadline.definition().kinds.contains(&kind);
        Self::ALL.iter().find(is).copied()
    }
}

/// The last day of the wait for nicotine cessation that calls for no contact, from the talk that agreed on it (KS-5.3-06).
pub fn nicotine_wait_over(agreed_on: Date) -> Date {
    Length::Days(NICOTINE_WAIT_DAYS).after(agreed_on)
}

/// The day of STOPbasen's follow-up, from the end of nicotine cessation (KS-5.3-12).
pub fn six_months_after(ended_on: Date) -> Date {
    ended_on.saturating_add(i64::from(STOP_FOLLOW_UP_MONTHS).months())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_working_days_and_months_are_counted_from_day_zero() {
        let limits = Limits { clarifying_days: 10, contact_workdays: 2, ..Limits::default() };
        assert_eq!(Deadline::ClarifyingTalk.due(date(2026, 12, 24), &limits), date(2027, 1, 3));
        assert_eq!(
            Deadline::FirstContact.due(date(2026, 12, 23), &limits),
            date(2026, 12, 28),
            "24 December is worked"
        );
        assert_eq!(Deadline::DietReassess.due(date(2028, 2, 29), &limits), date(2029, 2, 28));
    }

    #[test]
    fn a_stored_task_is_known_again_by_its_kind_and_its_word() {
        for deadline in Deadline::ALL {
            for kind in deadline.definition().kinds {
                assert_eq!(Deadline::of_task(*kind, deadline.rule()), Some(*deadline), "{deadline:?}");
            }
        }
        assert_eq!(Deadline::of_task(TaskKind::BookTalk, "book_talk"), None, "a habit of the house");
        assert_eq!(Deadline::of_task(TaskKind::Safety, "worrying_result"), None);
    }
}
