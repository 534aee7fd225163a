//! What is said in a clarifying talk: kept as a few facts, told in the words that the record needs.

use domain::citizen::Needs;
use domain::codes::ConditionCode;
use domain::course::{RiskFactor, TalkArea, TalkNotes};

/// The disease that brings somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disease {
    /// Type 2 diabetes.
    Diabetes,
    /// Chronic obstructive pulmonary disease.
    Copd,
    /// Heart disease.
    Heart,
    /// Muscles and joints, such as low back pain.
    Musculoskeletal,
    /// Cancer.
    Cancer,
}

impl Disease {
    /// The others beside the first: the leaflet's examples (000, Hvem kan henvises).
    pub(crate) const OTHERS: [Self; 4] = [Self::Copd, Self::Heart, Self::Musculoskeletal, Self::Cancer];

    /// What a referral says.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Diabetes => "Type 2-diabetes",
            Self::Copd => "KOL",
            Self::Heart => "Hjertesygdom",
            Self::Musculoskeletal => "Lænde- og rygsmerter",
            Self::Cancer => "Senfølger efter kræft",
        }
    }

    /// The condition that is worked on first.
    const fn condition(self) -> ConditionCode {
        match self {
            Self::Diabetes => ConditionCode::Nutrition,
            Self::Copd => ConditionCode::Respiration,
            Self::Heart => ConditionCode::Circulation,
            Self::Musculoskeletal => ConditionCode::Pain,
            Self::Cancer => ConditionCode::WellBeing,
        }
    }
}

/// What was said in a talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "answers to questions of yes and no")]
pub struct TalkAnswers {
    /// What it is about.
    pub disease: Disease,
    /// Uses nicotine.
    pub smokes: bool,
    /// Drinks more than is good.
    pub drinks: bool,
    /// Needs an interpreter.
    pub interpreter: bool,
    /// Needs transport.
    pub transport: bool,
    /// The referrer may be told what was offered; the doctor how it ended.
    pub consent: bool,
    /// The goal, in the citizen's words.
    pub goal: &'static str,
}

const GOALS: [&str; 4] = [
    "Jeg vil have mere luft i hverdagen.",
    "Jeg vil tabe mig og holde det.",
    "Jeg vil forstå min sygdom og turde bruge kroppen.",
    "Jeg vil ud blandt andre igen.",
];

impl TalkAnswers {
    /// The goals that are not the first.
    pub(crate) const OTHER_GOALS: [&'static str; 4] = GOALS;
    /// The first goal.
    pub(crate) const FIRST_GOAL: &'static str = "Jeg vil kunne gå tur med mine børnebørn.";

    /// The notes of the talk: four areas, five risk factors, and how it will be kept up (001, section 3.1).
    pub fn notes(&self) -> TalkNotes {
        let areas = TalkArea::ALL.iter().map(|area| (*area, area_text(*area, self.disease)));
        let risk_factors = RiskFactor::ALL.iter().map(|factor| (*factor, self.risk_text(*factor).to_owned()));
        TalkNotes {
            areas: areas.collect(),
            risk_factors: risk_factors.collect(),
            maintenance: Some("Vil gå en tur hver dag og følges med en nabo.".to_owned()),
            ..TalkNotes::default()
        }
    }

    /// What is needed to take part.
    pub fn needs(&self) -> Needs {
        Needs { asked: true, interpreter: self.interpreter, transport: self.transport, ..Needs::default() }
    }

    /// The conditions that were found.
    pub fn conditions(&self) -> Vec<ConditionCode> {
        let smokes = self.smokes.then_some(ConditionCode::TobaccoAndNicotine);
        let drinks = self.drinks.then_some(ConditionCode::Alcohol);
        [Some(self.disease.condition()), smokes, drinks].into_iter().flatten().collect()
    }

    const fn risk_text(&self, factor: RiskFactor) -> &'static str {
        match factor {
            RiskFactor::Smoking if self.smokes => "Ja, dagligt.",
            RiskFactor::Alcohol if self.drinks => "Ja, mere end anbefalet.",
            RiskFactor::Inactivity => "Går lidt, men mindre end ønsket.",
            RiskFactor::Smoking | RiskFactor::Alcohol | RiskFactor::Diet | RiskFactor::MentalHealth => "Nej.",
        }
    }
}

fn area_text(area: TalkArea, disease: Disease) -> String {
    match area {
        TalkArea::Functioning => "Klarer det meste selv, men bliver hurtigt træt.".to_owned(),
        TalkArea::EverydayLife => "Har støtte hjemme og vil gerne ud blandt andre.".to_owned(),
        TalkArea::RiskFactors => "Gennemgået, se hver for sig.".to_owned(),
        TalkArea::Disease => format!("{}. Vil gerne vide mere om den.", disease.text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_talk_touches_everything_that_a_held_talk_must_touch() {
        let answers = TalkAnswers {
            disease: Disease::Copd,
            smokes: true,
            drinks: false,
            interpreter: true,
            transport: false,
            consent: true,
            goal: TalkAnswers::FIRST_GOAL,
        };
        assert_eq!(answers.notes().gaps(answers.needs().asked, true, true), Vec::new());
        assert_eq!(answers.conditions(), [ConditionCode::Respiration, ConditionCode::TobaccoAndNicotine]);
        assert!(answers.needs().interpreter);
    }
}
