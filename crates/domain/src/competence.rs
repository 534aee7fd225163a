//! Who may hold what: a plain list of competences per person, one for each kind of talk and offer.
//!
//! Source: the competence requirements of the quality standard (chapters 3.2, 4.5, 5.5, 6.5, 7.5 and 8.5) and the lists
//! `competence` of the fourteen interventions. Evidence and expiry are not kept here: a person has one or has it not.

use crate::codes::InterventionCode;
use crate::words::word_enum;

word_enum! {
    /// What a member of staff may hold.
    pub enum Competence {
        /// Clarifying, needs and closing talks (KS-3.2-03, KS-3.2-04).
        ClarifyingTalk = ("clarifying_talk", "Afklarende samtale"),
        /// Teaching in disease coping (KS-4.5-01, KS-4.5-02).
        DiseaseCoping = ("disease_coping", "Sygdomsmestring"),
        /// Individual advice on nicotine (KS-5.5-01, KS-5.5-02).
        NicotineIndividual = ("nicotine_individual", "Nikotinrådgivning, individuelt"),
        /// Advice on nicotine in groups (KS-5.5-03).
        NicotineGroup = ("nicotine_group", "Nikotinrådgivning, hold"),
        /// Physical activity: guide, supervise, test, advise (KS-6.5-01).
        PhysicalActivity = ("physical_activity", "Fysisk aktivitet"),
        /// Guidance on diet (KS-7.5-01, KS-7.5-02).
        Nutrition = ("nutrition", "Kostvejledning"),
        /// Diet treatment: authorised clinical dietitian or equal (KS-7.5-03).
        ClinicalDietitian = ("clinical_dietitian", "Klinisk diætist"),
        /// Talk about alcohol (KS-8.5-01, KS-8.5-02).
        Alcohol = ("alcohol", "Samtale om alkohol"),
    }
}

impl Competence {
    /// What somebody must have who leads a team.
    pub const fn for_team(code: InterventionCode) -> Self {
        match code {
            InterventionCode::NicotineCessation => Self::NicotineGroup,
            other => Self::for_intervention(other),
        }
    }

    /// What somebody must have who meets one citizen about an intervention.
    pub const fn for_intervention(code: InterventionCode) -> Self {
        use InterventionCode as C;
        match code {
            C::ClarifyingTalk | C::NeedsTalk | C::ClosingTalk | C::FollowUp => Self::ClarifyingTalk,
            C::DiseaseManagement | C::MentalCoping => Self::DiseaseCoping,
            C::NicotineCessation => Self::NicotineIndividual,
            C::PhysicalTraining | C::ActivityGuidance | C::SkillsTraining => Self::PhysicalActivity,
            C::DietaryGuidance | C::CookingInPractice => Self::Nutrition,
            C::DietaryTreatment => Self::ClinicalDietitian,
            C::AlcoholTalk => Self::Alcohol,
        }
    }
}
