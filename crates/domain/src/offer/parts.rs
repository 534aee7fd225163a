//! What an offer is made of: closed lists in plain words, the contact, the time limit.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::InterventionCode;
use crate::words::word_enum;

word_enum! {
    /// How an offer is given.
    pub enum Format {
        /// Together with others.
        Group = ("group", "På hold"),
        /// Alone with a professional.
        Individual = ("individual", "Individuelt"),
        /// By video or in an app.
        Digital = ("digital", "Digitalt"),
        /// By telephone.
        Phone = ("phone", "På telefon"),
        /// In the open air.
        Outdoors = ("outdoors", "Udendørs"),
    }
}

word_enum! {
    /// When on the day it is held (KS-6 and S004: also outside working hours).
    pub enum TimeOfDay {
        /// On a working day.
        Day = ("day", "Dagtimer"),
        /// After four o'clock.
        Evening = ("evening", "Aften"),
        /// On Saturday or Sunday.
        Weekend = ("weekend", "Weekend"),
        /// When it suits the citizen.
        Free = ("free", "Når det passer dig"),
    }
}

word_enum! {
    /// A language that the offer is given in.
    pub enum OfferLanguage {
        /// Danish.
        Danish = ("da", "Dansk"),
        /// English.
        English = ("en", "Engelsk"),
        /// Arabic.
        Arabic = ("ar", "Arabisk"),
        /// Farsi or Dari.
        Farsi = ("fa", "Farsi og dari"),
        /// Polish.
        Polish = ("pl", "Polsk"),
        /// Somali.
        Somali = ("so", "Somali"),
        /// Turkish.
        Turkish = ("tr", "Tyrkisk"),
        /// Ukrainian.
        Ukrainian = ("uk", "Ukrainsk"),
        /// Urdu.
        Urdu = ("ur", "Urdu"),
        /// Danish sign language.
        Sign = ("sign", "Tegnsprog"),
        /// Any, with an interpreter.
        Interpreter = ("interpreter", "Med tolk"),
    }
}

word_enum! {
    /// What makes it possible to come.
    pub enum Accessibility {
        /// No steps, wide doors.
        Wheelchair = ("wheelchair", "Adgang med kørestol"),
        /// For hearing aids.
        HearingLoop = ("hearing_loop", "Teleslynge"),
        /// Transport can be granted.
        Transport = ("transport", "Kørsel kan bevilges"),
        /// In the citizen's home.
        HomeVisit = ("home_visit", "Kan foregå hjemme"),
        /// Few words, pictures.
        PlainLanguage = ("plain_language", "Let sprog"),
        /// For those who need fewer people around them.
        SmallGroups = ("small_groups", "Små hold"),
        /// Somebody close may come too.
        Relatives = ("relatives", "Pårørende kan komme med"),
    }
}

word_enum! {
    /// Who gives it.
    pub enum Provider {
        /// The municipality itself.
        Own = ("own", "Kommunens eget"),
        /// Together with other municipalities.
        Shared = ("cross_municipal", "Fælles med andre kommuner"),
        /// Bought from somebody.
        Bought = ("external", "Købt hos en leverandør"),
    }
}

word_enum! {
    /// What people look for, in their own words; every intervention is under one.
    pub enum Theme {
        /// The talk that comes first, and the ones later.
        Talk = ("talk", "Samtale om sundhed"),
        /// Living with a disease.
        Disease = ("disease", "Leve med sygdom"),
        /// Stress, worry, sleep.
        Mental = ("mental", "Trivsel og mental sundhed"),
        /// Tobacco and nicotine.
        Nicotine = ("nicotine", "Røg og nikotin"),
        /// Movement and training.
        Activity = ("activity", "Bevægelse og træning"),
        /// Food and weight.
        Food = ("food", "Kost og vægt"),
        /// Alcohol.
        Alcohol = ("alcohol", "Alkohol"),
    }
}

impl Theme {
    /// Where an intervention belongs.
    pub const fn of(code: InterventionCode) -> Self {
        use InterventionCode as C;
        match code {
            C::ClarifyingTalk | C::NeedsTalk | C::ClosingTalk | C::FollowUp => Self::Talk,
            C::DiseaseManagement => Self::Disease,
            C::MentalCoping => Self::Mental,
            C::NicotineCessation => Self::Nicotine,
            C::PhysicalTraining | C::ActivityGuidance | C::SkillsTraining => Self::Activity,
            C::DietaryGuidance | C::DietaryTreatment | C::CookingInPractice => Self::Food,
            C::AlcoholTalk => Self::Alcohol,
        }
    }

    /// Words that people type for it and that need not stand in the description.
    pub const fn also_called(self) -> &'static str {
        match self {
            Self::Talk => "hjælp rådgivning afklaring henvisning sundhedstjek",
            Self::Disease => "diabetes sukkersyge kol hjerte kræft ryg gigt smerter patientuddannelse lær at tackle",
            Self::Mental => "stress angst depression søvn bekymring ensomhed",
            Self::Nicotine => "rygestop ryger ryge cigaretter tobak snus vape e-cigaret nikotinposer kvit",
            Self::Activity => "motion gang genoptræning styrke kondition balance fysioterapi overvægt",
            Self::Food => "slankekur overvægt vægttab diætist mad ernæring madlavning underernæring diabetes",
            Self::Alcohol => "druk drikke øl vin misbrug rusmiddel",
        }
    }
}

/// Whom to ask about an offer (SP-004-13: telephone, hours and contact person).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// A person or a team by name.
    pub who: String,
    /// Telephone.
    pub phone: String,
    /// When it is answered.
    pub hours: String,
    /// Mail.
    pub mail: String,
}

/// Whether an offer runs out; "none" is an answer too (SP-004-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeLimit {
    /// It goes on.
    Ongoing,
    /// This is the last day.
    Until(Date),
}
