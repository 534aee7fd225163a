//! What the rules look at: the interventions of a course, and what was asked about the citizen.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::{DeliveryType, InterventionCode};
use crate::ids::{CitizenId, CourseId, PlannedInterventionId};
use crate::limits::Limits;
use crate::words::word_enum;

word_enum! {
    /// What a question belongs to.
    pub enum QuestionGroup {
        /// The citizen's situation.
        Citizen = ("citizen", "Borgeren"),
        /// Nicotine.
        Nicotine = ("nicotine", "Nikotin"),
        /// Training.
        Training = ("training", "Træning og ernæring"),
        /// Alcohol.
        Alcohol = ("alcohol", "Alkohol"),
    }
}

word_enum! {
    /// A question whose answer a rule needs: yes or no, or not asked yet.
    pub enum Question {
        /// Pregnant (KS-8.2-07, KS-5.3-02).
        Pregnant = ("pregnant", "Er borgeren gravid?"),
        /// A mental illness (KS-8.2-04, KS-5.3-02).
        MentalIllness = ("mental_illness", "Har borgeren en psykisk lidelse?"),
        /// Psychotropics or other medicine whose dose depends on smoking (KS-5.4-01).
        AffectedMedicine = ("affected_medicine", "Tager borgeren psykofarmaka eller anden medicin, som et rygestop påvirker?"),
        /// The treating doctor is involved about it.
        DoctorInvolved = ("doctor_involved", "Er den behandlende læge inddraget om medicinen?"),
        /// An unplanned weight loss of 1.0 kg or more (KS-6.2-11, chapter 7, footnote).
        WeightLoss = ("weight_loss", "Har borgeren tabt 1 kg eller mere uden at ville det?"),
        /// A nutrition intervention was offered and declined.
        NutritionDeclined = ("nutrition_declined", "Har borgeren takket nej til en ernæringsindsats?"),
        /// A disease that calls for caution in training (KS-6.4-02).
        TrainingCaution = ("training_caution", "Har borgeren en sygdom, der kræver forsigtighed ved træning?"),
        /// The doctor or the hospital was asked, when in doubt.
        CautionCleared = ("caution_cleared", "Er forsigtigheden afklaret med egen læge eller sygehus?"),
        /// The citizen said yes or no to talk about alcohol and be screened, in whatever talk it came up (KS-8-02).
        AlcoholAccepted = ("alcohol_accepted", "Siger borgeren ja til at tale om alkohol og blive screenet?"),
        /// Very high use or suspected dependence (KS-8.2-12).
        VeryHighUse = ("very_high_use", "Er der et meget højt forbrug eller mistanke om afhængighed?"),
        /// The citizen wants to stop altogether.
        WantsToStop = ("wants_to_stop", "Vil borgeren stoppe helt?"),
        /// A doctor has judged whether withdrawal needs treatment.
        WithdrawalAssessed = ("withdrawal_assessed", "Har en læge vurderet behovet for abstinensbehandling?"),
        /// Referred to alcohol treatment, or offered it and declined (sundhedsloven § 141).
        AlcoholTreatment = ("alcohol_treatment", "Er borgeren henvist til alkoholbehandling, eller har takket nej til det?"),
        /// The pregnant citizen is referred to the family clinic, or said no.
        FamilyClinic = ("family_clinic", "Er borgeren henvist til familieambulatoriet, eller har takket nej til det?"),
        /// A notification to child and family services was considered (KS-8.2-08). Only read: since decisions are kept
        /// ([`crate::notification`]), nobody answers it any more.
        NotificationConsidered = ("notification_considered", "Er en underretning vurderet?"),
        /// The treating doctor was told the result, or the citizen refused.
        TreatingDoctorTold = ("treating_doctor_told", "Er den behandlende læge orienteret om screeningen, eller har borgeren sagt nej?"),
    }
}

impl Question {
    /// Whether it is still asked: whether a notification was considered is a decision of its own now.
    pub const fn is_asked(self) -> bool {
        !matches!(self, Self::NotificationConsidered)
    }

    /// What it belongs to.
    pub const fn group(self) -> QuestionGroup {
        match self {
            Self::Pregnant | Self::MentalIllness => QuestionGroup::Citizen,
            Self::AffectedMedicine | Self::DoctorInvolved => QuestionGroup::Nicotine,
            Self::WeightLoss | Self::NutritionDeclined | Self::TrainingCaution | Self::CautionCleared => {
                QuestionGroup::Training
            }
            Self::AlcoholAccepted
            | Self::VeryHighUse
            | Self::WantsToStop
            | Self::WithdrawalAssessed
            | Self::AlcoholTreatment
            | Self::FamilyClinic
            | Self::NotificationConsidered
            | Self::TreatingDoctorTold => QuestionGroup::Alcohol,
        }
    }
}

word_enum! {
    /// A physical test whose start and end can be compared (instruments of chapter 6.2).
    pub enum PhysicalTest {
        /// Six-minute walk.
        SixMinuteWalk = ("six_minute_walk", "6 minutters gangtest"),
        /// Two-minute walk.
        TwoMinuteWalk = ("two_minute_walk", "2 minutters gangtest"),
        /// Rising from a chair in 30 seconds.
        ChairStand = ("chair_stand", "Rejse-sætte-sig, 30 sekunder"),
        /// Timed up and go.
        TimedUpAndGo = ("timed_up_and_go", "Timed Up and Go"),
        /// Stairs.
        Stairs = ("stairs", "Trappetest"),
        /// Two-minute step.
        TwoMinuteStep = ("two_minute_step", "2 minutters steptest"),
    }
}

word_enum! {
    /// What a citizen's training is made of (KS-6.2-08). Each participant of a team has a list of their own.
    pub enum TrainingPart {
        /// Aerobic training.
        Fitness = ("fitness", "Kondition"),
        /// Strength.
        Strength = ("strength", "Styrke"),
        /// Balance.
        Balance = ("balance", "Balance"),
        /// Motor skills.
        MotorSkills = ("motor_skills", "Motorisk færdighedstræning"),
    }
}

/// Units of alcohol a week above which use is heavy, for women and men alike (section 8; limit `alcohol_units_week`).
pub const HEAVY_UNITS_WEEK: u16 = 10;

word_enum! {
    /// What a problem with alcohol is (KS-8-03, ICD-10). A professional says it; a number alone says no more than heavy.
    pub enum AlcoholUse {
        /// More than [`HEAVY_UNITS_WEEK`] units a week.
        Heavy = ("heavy", "Storforbrug"),
        /// Harm to body or mind has come of it.
        Harmful = ("harmful", "Skadeligt forbrug"),
        /// Dependence.
        Dependence = ("dependence", "Afhængighed"),
    }
}

impl AlcoholUse {
    /// What units a week suggest. Harmful use and dependence are never suggested by an amount or a screening: whoever
    /// talks with the citizen judges them.
    pub const fn suggested(units_a_week: u16) -> Option<Self> {
        if units_a_week > HEAVY_UNITS_WEEK { Some(Self::Heavy) } else { None }
    }
}

/// What was answered in a course. It is one record: a changed answer is its next version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyAnswers {
    /// About whom.
    pub citizen: CitizenId,
    /// In which course; a course has one.
    pub course: CourseId,
    /// Yes or no; a question that is not there was not answered.
    #[serde(default)]
    pub said: BTreeMap<Question, bool>,
    /// AUDIT total, 0 to 40.
    #[serde(default)]
    pub audit_total: Option<u8>,
    /// Units of alcohol in an ordinary week.
    #[serde(default)]
    pub units_a_week: Option<u16>,
    /// What the use of alcohol is, as a professional judged it.
    #[serde(default)]
    pub alcohol_use: Option<AlcoholUse>,
    /// Planned training: what it is made of.
    #[serde(default)]
    pub training: BTreeSet<TrainingPart>,
    /// Planned training: times a week.
    #[serde(default)]
    pub times_a_week: Option<u16>,
    /// Planned training: minutes each time.
    #[serde(default)]
    pub minutes: Option<u16>,
    /// Planned training: weeks.
    #[serde(default)]
    pub weeks: Option<u16>,
    /// The test at the start.
    #[serde(default)]
    pub start_test: Option<PhysicalTest>,
    /// The test at the end.
    #[serde(default)]
    pub end_test: Option<PhysicalTest>,
    /// Day the need of diet treatment was last assessed.
    #[serde(default)]
    pub diet_reassessed_on: Option<Date>,
}

impl SafetyAnswers {
    /// Nothing answered yet.
    pub const fn none(citizen: CitizenId, course: CourseId) -> Self {
        Self {
            citizen,
            course,
            said: BTreeMap::new(),
            audit_total: None,
            units_a_week: None,
            alcohol_use: None,
            training: BTreeSet::new(),
            times_a_week: None,
            minutes: None,
            weeks: None,
            start_test: None,
            end_test: None,
            diet_reassessed_on: None,
        }
    }
}

/// A contact that was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Day.
    pub on: Date,
    /// With one citizen, not in a team.
    pub alone: bool,
}

/// What is known of an intervention that is planned or runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterventionFacts {
    /// The granted one; none while it is only chosen in a talk.
    pub id: Option<PlannedInterventionId>,
    /// Which.
    pub code: InterventionCode,
    /// Alone or in a team.
    pub delivery: DeliveryType,
    /// Day of the grant; today while it is only chosen.
    pub granted_on: Date,
    /// Day of the first session.
    pub started_on: Option<Date>,
    /// Agreed last day.
    pub planned_end_on: Option<Date>,
    /// Contacts that were held, in any order.
    pub held: Vec<Held>,
    /// It has a time with somebody who may hold it: booking asks for the competence.
    pub booked: bool,
    /// Seats of the team it is delivered in.
    pub seats: Option<u16>,
}

/// All that the rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The day it is looked at.
    pub today: Date,
    /// What is chosen, granted or runs.
    pub interventions: Vec<InterventionFacts>,
    /// What was answered.
    pub answers: SafetyAnswers,
    /// The talk's words tell of a weight loss that was not wanted.
    pub words_of_weight_loss: bool,
    /// A smaller team was agreed on for the citizen.
    pub smaller_team: bool,
    /// A decision about a notification to child and family services is kept in the course.
    pub notification_decided: bool,
    /// The limits in force.
    pub limits: Limits,
}

impl Facts {
    /// Answered with yes.
    pub fn yes(&self, question: Question) -> bool {
        self.answers.said.get(&question) == Some(&true)
    }

    /// Answered at all.
    pub fn asked(&self, question: Question) -> bool {
        self.answers.said.contains_key(&question)
    }

    /// The interventions of a code.
    pub fn of(&self, code: InterventionCode) -> impl Iterator<Item = &InterventionFacts> {
        self.interventions.iter().filter(move |it| it.code == code)
    }

    /// Whether any of these is chosen, granted or runs.
    pub fn any(&self, codes: &[InterventionCode]) -> bool {
        self.interventions.iter().any(|it| codes.contains(&it.code))
    }

    /// A nutrition intervention is beside it.
    pub fn nutrition(&self) -> bool {
        use InterventionCode as C;
        self.any(&[C::DietaryGuidance, C::DietaryTreatment, C::CookingInPractice])
    }

    /// An unplanned weight loss, answered or in the talk's words; an answered no counts more than words.
    pub fn weight_loss(&self) -> bool {
        self.yes(Question::WeightLoss) || self.words_of_weight_loss && !self.asked(Question::WeightLoss)
    }

    /// The AUDIT total, when it is at least so much.
    pub fn audit_from(&self, least: u8) -> Option<u8> {
        self.answers.audit_total.filter(|total| *total >= least)
    }
}

impl InterventionFacts {
    /// The last contact, of those with the citizen alone or of all.
    pub fn last_held(&self, alone: bool) -> Option<Date> {
        self.held.iter().filter(|held| held.alone || !alone).map(|held| held.on).max()
    }

    /// Sessions held in the days up to one day, that day included.
    pub fn held_within(&self, days: i32, until: Date) -> usize {
        let from = until.saturating_sub(jiff::Span::new().days(days - 1));
        self.held.iter().filter(|held| (from..=until).contains(&held.on)).count()
    }
}
