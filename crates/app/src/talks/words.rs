//! What is said to the citizen about the plan, in plain words.

use domain::codes::{DeliveryType, InterventionCode};

/// An intervention as the citizen reads it: what they do, how, and what they hear as long as no time is known.
pub(super) fn plain(code: InterventionCode, delivery: DeliveryType) -> [&'static str; 3] {
    let what = match code {
        InterventionCode::DietaryGuidance => "Tal om mad og gode vaner",
        InterventionCode::DietaryTreatment => "Tal med en diætist",
        InterventionCode::CookingInPractice => "Lav mad i praksis",
        InterventionCode::PhysicalTraining => "Træn med vejledning",
        InterventionCode::ActivityGuidance => "Prøv aktiviteter af",
        InterventionCode::SkillsTraining => "Få hverdagens opgaver til at lykkes",
        InterventionCode::NicotineCessation => "Få hjælp til at stoppe med tobak og nikotin",
        InterventionCode::AlcoholTalk => "Tal om alkohol",
        InterventionCode::DiseaseManagement => "Lær at leve med din sygdom",
        InterventionCode::MentalCoping => "Lær øvelser, der gør det lettere at have det godt",
        InterventionCode::FollowUp => "Vi følger op sammen",
        InterventionCode::ClarifyingTalk | InterventionCode::NeedsTalk | InterventionCode::ClosingTalk => "Samtale",
    };
    let (how, later) = match delivery {
        DeliveryType::Group => ("Sammen med andre på et hold.", "Du hører fra os om dag og tid."),
        DeliveryType::Digital => ("Hjemme hos dig selv over nettet.", "Du hører fra os om, hvordan."),
        DeliveryType::Individual | DeliveryType::Robot => {
            ("Kun dig og en fagperson.", "Du hører fra os om dag og tid.")
        }
    };
    [what, how, later]
}
