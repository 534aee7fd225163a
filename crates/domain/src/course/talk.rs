//! What a clarifying talk must have touched before it counts as held (quality standard 3.1, KS-3.1).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::words::word_enum;

word_enum! {
    /// The four areas of the talk (quality standard 3.1).
    pub enum TalkArea {
        /// Functioning.
        Functioning = ("functioning", "Funktionsevne"),
        /// Everyday life.
        EverydayLife = ("everyday_life", "Hverdagsliv"),
        /// Risk factors.
        RiskFactors = ("risk_factors", "Risikofaktorer"),
        /// The disease and its situation.
        Disease = ("disease", "Sygdomssituation"),
    }
}

word_enum! {
    /// The five risk factors that are always asked about (quality standard 3.1, point 3).
    pub enum RiskFactor {
        /// Smoking and nicotine.
        Smoking = ("smoking", "Rygning"),
        /// Alcohol.
        Alcohol = ("alcohol", "Alkohol"),
        /// Physical inactivity.
        Inactivity = ("inactivity", "Fysisk inaktivitet"),
        /// Unhealthy diet.
        Diet = ("diet", "Usund kost"),
        /// Poor mental health.
        MentalHealth = ("mental_health", "Mental sundhed"),
    }
}

word_enum! {
    /// The themes of the conversation wheel; each may be left empty (instruments, `conversation_wheel`).
    pub enum WheelTheme {
        /// Body and health.
        Body = ("body", "Krop og helbred"),
        /// Pain and energy.
        Energy = ("energy", "Smerter og energi"),
        /// Sleep.
        Sleep = ("sleep", "Søvn"),
        /// Mood and thoughts.
        Mood = ("mood", "Humør og tanker"),
        /// Food and weight.
        Food = ("food", "Mad og vægt"),
        /// Movement.
        Movement = ("movement", "Bevægelse"),
        /// Tobacco, alcohol and other habits.
        Habits = ("habits", "Tobak, alkohol og andre vaner"),
        /// Medicine and treatment.
        Treatment = ("treatment", "Medicin og behandling"),
        /// Everyday chores.
        Chores = ("chores", "Hverdag og gøremål"),
        /// Work, education and money.
        Work = ("work", "Arbejde, uddannelse og økonomi"),
        /// Family and network.
        Family = ("family", "Familie og netværk"),
        /// Leisure and company.
        Leisure = ("leisure", "Fritid og fællesskab"),
        /// Understanding and finding help.
        Help = ("help", "At forstå og finde hjælp"),
        /// What matters to the citizen.
        Matters = ("matters", "Det, der er vigtigt for mig"),
    }
}

/// How it goes with a theme of the wheel, from 0 (badly) to 10 (well). There is no score over themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct WheelStep(u8);

impl WheelStep {
    /// The highest step.
    pub const MAX: u8 = 10;

    /// The step; none above ten.
    pub fn new(step: u8) -> Option<Self> {
        (step <= Self::MAX).then_some(Self(step))
    }

    /// 0 to 10.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for WheelStep {
    type Error = &'static str;

    fn try_from(step: u8) -> Result<Self, Self::Error> {
        Self::new(step).ok_or("a step of the wheel is 0 to 10")
    }
}

impl From<WheelStep> for u8 {
    fn from(step: WheelStep) -> Self {
        step.0
    }
}

/// The notes of a talk, in words. An area or factor counts as touched when something stands there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TalkNotes {
    /// What the citizen would rather talk about than anything else: the talk begins there (KS-3.1-07).
    pub topics: Option<String>,
    /// Text per area.
    pub areas: BTreeMap<TalkArea, String>,
    /// Text per risk factor; "no" is an answer.
    pub risk_factors: BTreeMap<RiskFactor, String>,
    /// How the citizen will keep it up.
    pub maintenance: Option<String>,
    /// The conversation wheel, the themes that were filled in.
    pub wheel: BTreeMap<WheelTheme, WheelStep>,
}

/// Something a talk still lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "is", content = "which", rename_all = "snake_case")]
pub enum TalkGap {
    /// An area was not touched.
    Area(TalkArea),
    /// A risk factor was not answered.
    RiskFactor(RiskFactor),
    /// The needs block was not gone through.
    Needs,
    /// No goal in the citizen's own words.
    Goal,
    /// Keeping it up was not talked about.
    Maintenance,
    /// Consent to tell the referrer was not asked.
    FeedbackConsent,
}

impl TalkGap {
    /// What staff read.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Area(area) => area.label(),
            Self::RiskFactor(factor) => factor.label(),
            Self::Needs => "behov (tolk, transport, følge m.m.)",
            Self::Goal => "et mål med borgerens egne ord",
            Self::Maintenance => "hvordan det holdes ved lige",
            Self::FeedbackConsent => "spørgsmålet om samtykke til svar til henviseren",
        }
    }
}

impl TalkNotes {
    /// What the talk lacks, given what else the record says.
    pub fn gaps(&self, needs_asked: bool, has_goal: bool, feedback_consent_asked: bool) -> Vec<TalkGap> {
        let said = |text: Option<&String>| text.is_some_and(|t| !t.trim().is_empty());
        let areas = TalkArea::ALL.iter().filter(|a| !said(self.areas.get(a))).map(|a| TalkGap::Area(*a));
        let factors =
            RiskFactor::ALL.iter().filter(|f| !said(self.risk_factors.get(f))).map(|f| TalkGap::RiskFactor(*f));
        let rest = [
            (!needs_asked).then_some(TalkGap::Needs),
            (!has_goal).then_some(TalkGap::Goal),
            (!said(self.maintenance.as_ref())).then_some(TalkGap::Maintenance),
            (!feedback_consent_asked).then_some(TalkGap::FeedbackConsent),
        ];
        areas.chain(factors).chain(rest.into_iter().flatten()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> TalkNotes {
        TalkNotes {
            topics: None,
            areas: TalkArea::ALL.iter().map(|area| (*area, "berørt".to_owned())).collect(),
            risk_factors: RiskFactor::ALL.iter().map(|factor| (*factor, "nej".to_owned())).collect(),
            maintenance: Some("går tur hver dag".into()),
            wheel: BTreeMap::from([(WheelTheme::Food, WheelStep(3))]),
        }
    }

    #[test]
    fn a_talk_that_touched_everything_lacks_nothing() {
        assert_eq!(full().gaps(true, true, true), []);
    }

    #[test]
    fn an_empty_talk_lacks_all_four_areas_all_five_factors_and_four_more() {
        assert_eq!(TalkNotes::default().gaps(false, false, false).len(), 4 + 5 + 4);
    }

    #[test]
    fn spaces_are_no_answer() {
        let mut notes = full();
        notes.risk_factors.insert(RiskFactor::Alcohol, "  ".into());
        assert_eq!(notes.gaps(true, true, true), [TalkGap::RiskFactor(RiskFactor::Alcohol)]);
    }

    #[test]
    fn goal_needs_and_consent_come_from_the_record() {
        assert_eq!(full().gaps(false, false, false), [TalkGap::Needs, TalkGap::Goal, TalkGap::FeedbackConsent]);
    }
}
