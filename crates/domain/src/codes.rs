//! Official code systems as types: an unknown code is an error that names it, there is no default.

/// An enum of an official code system: stable word, official code, official display.
macro_rules! code_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = ($word:literal, $code:literal, $label:literal),)+ }) => {
        $crate::words::word_enum! {
            $(#[$meta])* pub enum $name { $($(#[$vmeta])* $variant = ($word, $label),)+ }
        }

        impl $name {
            /// The official code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The variant of an official code.
            pub fn from_code(code: &str) -> Result<Self, $crate::words::UnknownWord> {
                match code {
                    $($code => Ok(Self::$variant),)+
                    _ => Err($crate::words::UnknownWord { kind: stringify!($name), found: code.to_owned() }),
                }
            }
        }
    };
}

mod tables;

pub use tables::{CarePlanCategory, ConditionCode, DeliveryType, InterventionCode, StopReason};

use crate::words::word_enum;

code_enum! {
    /// Where a contact takes place: the four classes that the guide asks §119 to use (guide 2.1.1, Encounter.class).
    pub enum EncounterClass {
        /// At the municipality's premises.
        AtPremises = ("at_premises", "AMB", "Fremmøde i kommunen"),
        /// In the citizen's home or with it as starting point.
        Home = ("home", "HH", "I eller fra borgerens hjem"),
        /// By telephone.
        Phone = ("phone", "1b55a4b0-1156-4f58-b2df-b5c6014d9048", "Telefonisk"),
        /// By video.
        Screen = ("screen", "124be95d-6924-4609-9d2a-e7c73ae3ab3d", "Skærmbesøg"),
    }
}

/// Where nothing is said, it is where most contacts are.
impl Default for EncounterClass {
    fn default() -> Self {
        Self::AtPremises
    }
}

word_enum! {
    /// What a referral asks for: the quality standard's areas, chapters 3 to 8.
    pub enum RequestedArea {
        /// The clarifying talk itself, chapter 3.1.
        ClarifyingTalk = ("clarifying_talk", "Afklarende samtale"),
        /// Disease coping, chapter 4.
        DiseaseCoping = ("disease_coping", "Sygdomsmestring"),
        /// Nicotine cessation, chapter 5.
        Nicotine = ("nicotine", "Nikotinafvænning"),
        /// Physical activity, chapter 6.
        PhysicalActivity = ("physical_activity", "Fysisk aktivitet"),
        /// Nutrition, chapter 7.
        Nutrition = ("nutrition", "Ernæringsindsats"),
        /// Preventive talk about alcohol, chapter 8.
        Alcohol = ("alcohol", "Forebyggende samtale om alkohol"),
    }
}

impl InterventionCode {
    /// The three talks stand alone: no care plan (invariant klgateway-119-intervention-2).
    pub const fn is_talk(self) -> bool {
        matches!(self, Self::ClarifyingTalk | Self::NeedsTalk | Self::ClosingTalk)
    }

    /// The kind of care plan an intervention belongs to; talks belong to none.
    ///
    /// Invariant klgateway-119-intervention-1, with nicotine cessation treated like the code it replaced
    /// (our rules own-1 and own-2).
    pub const fn care_plan_category(self) -> Option<CarePlanCategory> {
        match self {
            Self::ClarifyingTalk | Self::NeedsTalk | Self::ClosingTalk => None,
            Self::FollowUp => Some(CarePlanCategory::FollowUp),
            Self::CookingInPractice
            | Self::SkillsTraining
            | Self::NicotineCessation
            | Self::AlcoholTalk
            | Self::PhysicalTraining
            | Self::ActivityGuidance
            | Self::DietaryGuidance
            | Self::DietaryTreatment
            | Self::DiseaseManagement
            | Self::MentalCoping => Some(CarePlanCategory::Interventions),
        }
    }
}

/// The name of a municipality by its three- or four-digit code, or none when no municipality has it.
pub fn municipality_name(code: &crate::identifiers::MunicipalityCode) -> Option<&'static str> {
    include_str!("../codes/municipalities.csv")
        .lines()
        .skip(2)
        .filter_map(|line| line.split_once(','))
        .find(|(four, _)| four.strip_prefix('0') == Some(code.as_str()))
        .and_then(|(_, rest)| rest.split(',').next())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of a code file as columns; quoted commas only stand in the last column.
    fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
        text.lines().skip(2).map(|line| line.split(',').collect())
    }

    #[test]
    fn every_reportable_intervention_of_the_code_file_is_known() {
        let reportable: Vec<_> =
            rows(include_str!("../codes/fsiii-119-interventions.csv")).filter(|row| row[3] == "yes").collect();
        assert_eq!(reportable.len(), InterventionCode::ALL.len());
        for row in reportable {
            let code = InterventionCode::from_code(row[1]).unwrap();
            assert_eq!(code.label(), row[2]);
            assert_eq!(code.is_talk(), row[4] == "forbidden", "{}", row[2]);
        }
    }

    #[test]
    fn every_reportable_condition_of_the_code_file_is_known() {
        let reportable: Vec<_> =
            rows(include_str!("../codes/fsiii-119-conditions.csv")).filter(|row| row[6] == "yes").collect();
        assert_eq!(reportable.len(), ConditionCode::ALL.len());
        for row in reportable {
            assert_eq!(ConditionCode::from_code(row[1]).unwrap().label(), row[2]);
        }
    }

    #[test]
    fn stop_reasons_categories_and_delivery_types_match_their_files() {
        for row in rows(include_str!("../codes/kl-cancellation-types.csv")) {
            assert_eq!(StopReason::from_code(row[1]).unwrap().label(), row[2]);
        }
        assert_eq!(StopReason::ALL.len(), 9);
        for row in rows(include_str!("../codes/kl-care-plan-categories.csv")) {
            assert_eq!(CarePlanCategory::from_code(row[1]).unwrap().label(), row[2]);
        }
        for row in rows(include_str!("../codes/kl-delivery-types.csv")) {
            assert_eq!(DeliveryType::from_code(row[1]).unwrap().label(), row[2]);
        }
    }

    #[test]
    fn every_encounter_class_in_use_is_known() {
        for row in rows(include_str!("../codes/encounter-class-codes.csv")).filter(|row| row[3] == "yes") {
            assert!(EncounterClass::from_code(row[1]).is_ok(), "{}", row[2]);
        }
        assert_eq!(EncounterClass::ALL.len(), 4);
    }

    #[test]
    fn a_retired_or_unknown_code_is_an_error_that_names_it() {
        let retired = "c203c6b5-3be0-40a8-8204-e93751deabf5";
        assert_eq!(InterventionCode::from_code(retired).unwrap_err().found, retired);
    }

    #[test]
    fn there_are_98_municipalities_and_their_names_are_found() {
        let count = rows(include_str!("../codes/municipalities.csv")).filter(|row| row[2] == "municipality").count();
        assert_eq!(count, 98);
        let code = crate::identifiers::MunicipalityCode::parse("316").unwrap();
        assert_eq!(municipality_name(&code), Some("Holbæk"));
    }

    #[test]
    fn words_are_unique_and_read_back() {
        for code in InterventionCode::ALL {
            assert_eq!(InterventionCode::parse(code.word()), Ok(*code));
            let json = serde_json::to_string(code).unwrap();
            assert_eq!(serde_json::from_str::<InterventionCode>(&json).unwrap(), *code);
        }
    }
}
