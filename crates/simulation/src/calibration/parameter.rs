//! The parameters that the model reads, as a closed list: none can be named that is not in the file, and the other way round.

use serde::Deserialize;

macro_rules! parameters {
    ($($(#[$meta:meta])* $variant:ident = $word:literal,)+) => {
        /// A parameter of the calibration.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Parameter { $($(#[$meta])* #[doc = concat!("`", $word, "`.")] $variant,)+ }

        impl Parameter {
            /// Every parameter, in the order of the file.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// Its name in the file.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The parameter of a name.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|parameter| parameter.word() == word)
            }

            /// Where it stands among all.
            pub(super) const fn place(self) -> usize {
                self as usize
            }
        }
    };
}

parameters! {
    AdultShare = "adult_share",
    NicotineRiskShare = "nicotine_risk_share",
    AlcoholRiskShare = "alcohol_risk_share",
    RiskReferredShare = "risk_referred_share",
    HospitalNicotineAMonth = "hospital_nicotine_a_month",
    HospitalReferenceInhabitants = "hospital_reference_inhabitants",
    NicotineShareOfRiskReferrals = "nicotine_share_of_risk_referrals",
    PracticeChronicAThousand = "practice_chronic_a_thousand",
    HospitalChronicAThousand = "hospital_chronic_a_thousand",
    OwnRequestAThousand = "own_request_a_thousand",
    OwnNicotineShare = "own_nicotine_share",
    OwnAlcoholShare = "own_alcohol_share",
    OwnByOthersShare = "own_by_others_share",
    InhabitantsAPractice = "inhabitants_a_practice",
    SilentPracticeShare = "silent_practice_share",
    KeenPracticeShare = "keen_practice_share",
    KeenPracticeWeight = "keen_practice_weight",
    WardFirstShare = "ward_first_share",
    WardSecondShare = "ward_second_share",
    ReturnShare = "return_share",
    SupportShare = "support_share",
    ExtendedShare = "extended_share",
    LevelOverriddenShare = "level_overridden_share",
    InterpreterShare = "interpreter_share",
    TransportShare = "transport_share",
    PhoneAnswerOwn = "phone_answer_own",
    PhoneAnswerSupport = "phone_answer_support",
    PhoneAnswerExtended = "phone_answer_extended",
    LetterAnswer = "letter_answer",
    RingBackDaysMost = "ring_back_days_most",
    ReadWorkdaysMost = "read_workdays_most",
    CallWorkdaysMost = "call_workdays_most",
    CallAgainWorkdaysMost = "call_again_workdays_most",
    DeclineShare = "decline_share",
    NicotineDeclineShare = "nicotine_decline_share",
    TalkMissedOwn = "talk_missed_own",
    TalkMissedSupport = "talk_missed_support",
    TalkMissedExtended = "talk_missed_extended",
    InvitedWorkdays = "invited_workdays",
    NoActionShare = "no_action_share",
    SecondInterventionShare = "second_intervention_share",
    NicotineIndividualShare = "nicotine_individual_share",
    FeedbackConsentShare = "feedback_consent_share",
    SeatTakenShare = "seat_taken_share",
    SeatAnswerWorkdaysMost = "seat_answer_workdays_most",
    SeatRefusedMost = "seat_refused_most",
    AbsentOwn = "absent_own",
    AbsentSupport = "absent_support",
    AbsentExtended = "absent_extended",
    RegretsShare = "regrets_share",
    DropOutOwn = "drop_out_own",
    DropOutSupport = "drop_out_support",
    DropOutExtended = "drop_out_extended",
    WithdrawShare = "withdraw_share",
    RisesAtStart = "rises_at_start",
    RisesDeviation = "rises_deviation",
    RisesGained = "rises_gained",
    RisesGainedDeviation = "rises_gained_deviation",
    WellBeingAtStart = "well_being_at_start",
    WellBeingDeviation = "well_being_deviation",
    WellBeingGained = "well_being_gained",
    WellBeingGainedDeviation = "well_being_gained_deviation",
    AuditAtStart = "audit_at_start",
    AuditDeviation = "audit_deviation",
    SmokeFreeAtEnd = "smoke_free_at_end",
    StopbasenConsentShare = "stopbasen_consent_share",
    StopbasenContactShare = "stopbasen_contact_share",
    StopDateDays = "stop_date_days",
    SmokeFreeKeptShare = "smoke_free_kept_share",
    SmokeFreeLaterShare = "smoke_free_later_share",
    ClosingReachedShare = "closing_reached_share",
    ClosingWorkdays = "closing_workdays",
    ClosedAloneDays = "closed_alone_days",
    GoalReachedShare = "goal_reached_share",
    FollowUpFirstShare = "follow_up_first_share",
    FollowUpSecondShare = "follow_up_second_share",
    FollowUpThirdShare = "follow_up_third_share",
    FollowUpDoneShare = "follow_up_done_share",
    ChangeKeptShare = "change_kept_share",
    DirectHoursAWeek = "direct_hours_a_week",
    StaffUse = "staff_use",
    ClarifyingMinutes = "clarifying_minutes",
    ClosingMinutes = "closing_minutes",
    StartTalkMinutes = "start_talk_minutes",
    AroundMinutes = "around_minutes",
    TeamOpenDays = "team_open_days",
    SeatsFilledShare = "seats_filled_share",
}

/// What a parameter rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// A document and the place in it.
    Source(String),
    /// Supposed, and why.
    Assumption(String),
}

/// A parameter as the file states it.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedParameter {
    /// Which.
    pub parameter: Parameter,
    /// What the model uses.
    pub value: f64,
    /// The least it may be set to.
    pub low: f64,
    /// The most it may be set to.
    pub high: f64,
    /// What it rests on.
    pub ground: Ground,
}

/// The kinds of sender that have a season of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Season {
    /// General practice.
    Practice,
    /// Hospitals.
    Hospital,
    /// Citizens, relatives and departments.
    Citizen,
}

impl Season {
    /// All, in the order of the file.
    pub const ALL: [Self; 3] = [Self::Practice, Self::Hospital, Self::Citizen];

    /// Its name in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Hospital => "hospital",
            Self::Citizen => "citizen",
        }
    }
}
