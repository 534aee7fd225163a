//! The limits of the rules: what the standard says, what the municipality has set, and what a rule therefore reads.
//!
//! Limits that the whole system keeps to stand in [`domain::limits::Limits`]; the standard's value is their default, and a
//! test holds the two together. What is no local goal is read from the standard whatever the municipality has set.

mod definition;
mod local;
mod values;

pub use definition::{LimitDefinition, LimitUnit, LimitValue, Origin};
pub use local::{LimitFault, LocalLimits};
pub use values::LimitValues;

macro_rules! limit_ids {
    ($($variant:ident = $word:literal,)+) => {
        /// Every limit of the standard, so that a rule cannot name one that is not there.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum LimitId { $(#[doc = concat!("`", $word, "`")] $variant,)+ }

        impl LimitId {
            /// Every limit, in the order of the standard.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// Its id in the standard.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The limit of an id.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

limit_ids! {
    UnreachableOpenDays = "unreachable_open_days",
    OfferHorizonDays = "offer_horizon_days",
    ContactWorkdays = "contact_workdays",
    ContactAttemptsMax = "contact_attempts_max",
    AfklarendeDays = "afklarende_days",
    StartDays = "start_days",
    DocumentationWorkdays = "documentation_workdays",
    PlanRevisionDays = "plan_revision_days",
    CoordinationDays = "coordination_days",
    CourseReviewWeeks = "course_review_weeks",
    SoftReviewMonths = "soft_review_months",
    FeedbackWorkdays = "feedback_workdays",
    FinalStatusWorkdays = "final_status_workdays",
    ReceiptWorkdays = "receipt_workdays",
    NoshowWorkdays = "noshow_workdays",
    DropoutDays = "dropout_days",
    SmallNumber = "small_number",
    EquityGapPoints = "equity_gap_points",
    AssociationContactMonths = "association_contact_months",
    SmallGroupMax = "small_group_max",
    GroupLessonsMin = "group_lessons_min",
    GroupLessonMinutes = "group_lesson_minutes",
    IndLessonsMin = "ind_lessons_min",
    IndLessonsTarget = "ind_lessons_target",
    IndLessonMinutes = "ind_lesson_minutes",
    IndLessonMinutesMin = "ind_lesson_minutes_min",
    NicotineWaitDays = "nicotine_wait_days",
    NicotineBridgeDays = "nicotine_bridge_days",
    FlexibleElementsMin = "flexible_elements_min",
    RelapseFollowupDays = "relapse_followup_days",
    StopFollowupMonths = "stop_followup_months",
    StopFollowupWindowDays = "stop_followup_window_days",
    TrainPerWeekMin = "train_per_week_min",
    TrainPerWeekMax = "train_per_week_max",
    TrainMinutesMin = "train_minutes_min",
    TrainMinutesMax = "train_minutes_max",
    TrainWeeksMin = "train_weeks_min",
    TrainWeeksMax = "train_weeks_max",
    InstructorRatioMin = "instructor_ratio_min",
    InstructorRatioMax = "instructor_ratio_max",
    EndTestWindowDays = "end_test_window_days",
    ActivityFollowupDays = "activity_followup_days",
    BmiObesity = "bmi_obesity",
    WeightLossKg = "weight_loss_kg",
    KostraadAge = "kostraad_age",
    DietFollowupDays = "diet_followup_days",
    DietFollowupHintDays = "diet_followup_hint_days",
    DietReassessMonths = "diet_reassess_months",
    AlcoholUnitsWeek = "alcohol_units_week",
    AlcoholUnitsWeekBooklet = "alcohol_units_week_booklet",
    AuditLow = "audit_low",
    AuditMid = "audit_mid",
    AuditHigh = "audit_high",
    AuditValidDays = "audit_valid_days",
    AlcoholElementsMin = "alcohol_elements_min",
    AlcoholOfferWorkdays = "alcohol_offer_workdays",
    AlcoholStartWorkdays = "alcohol_start_workdays",
    AlcoholReferralWorkdays = "alcohol_referral_workdays",
    AlcoholTreatmentDays = "alcohol_treatment_days",
    PregnancyReferralWorkdays = "pregnancy_referral_workdays",
    PreopUnitsDay = "preop_units_day",
    IndicatorAgeDays = "indicator_age_days",
    CompletenessTarget = "completeness_target",
    ReportingDays = "reporting_days",
    PopulationAgeMonths = "population_age_months",
    KluMonths = "klu_months",
    IntroSessionsMin = "intro_sessions_min",
    IntroSessionsMax = "intro_sessions_max",
    CafeMax = "cafe_max",
    PauseMaxDays = "pause_max_days",
    ClosingTalkDays = "closing_talk_days",
    FollowupMonths = "followup_months",
    FollowupWindowDays = "followup_window_days",
}
