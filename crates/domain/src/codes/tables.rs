//! Code systems of the §119 report as exhaustive enums: a code that is not here is an error that names it.
//!
//! Source: KL Gateway prevention guide 2.1.1 with KL Terminologi 2.3.0; the tables as files in `crates/domain/codes/`.
//! Displays are the official titles, misspellings included, since old titles may be refused. Each variant has three
//! texts: our stable word (database, API), the official code, and the official display.

code_enum! {
    /// The 14 common interventions (FSIII, value set KLInterventionCodes119).
    pub enum InterventionCode {
        /// Madlavning i praksis.
        CookingInPractice = ("cooking_in_practice", "01a500f6-c221-4fd0-b518-cd361218b60d", "Madlavning i praksis"),
        /// Afsluttende samtale.
        ClosingTalk = ("closing_talk", "03a3ebdb-9e2d-4be1-b32b-42f0bd2a3362", "Afsluttende samtale"),
        /// Færdighedstræning.
        SkillsTraining = ("skills_training", "61692d91-69b8-4830-9453-3d58454e49d3", "Færdighedstræning"),
        /// Nikotin- og tobaksafvænning.
        NicotineCessation = ("nicotine_cessation", "6d24992e-e0a2-43e7-bc27-0234622a8655", "Nikotin- og tobaksafvænning"),
        /// Afklarende samtale.
        ClarifyingTalk = ("clarifying_talk", "6eddbaf7-2a73-49d4-91e7-6138d419f58c", "Afklarende samtale"),
        /// Samtale om alkohol.
        AlcoholTalk = ("alcohol_talk", "924e9828-84cf-4689-9551-0ebb6dc71b98", "Samtale om alkohol"),
        /// Fysisk træning.
        PhysicalTraining = ("physical_training", "ab87c0b5-40be-4e0a-b749-d9f833bfed2d", "Fysisk træning"),
        /// Vejledning og introduktion til fysiske aktiviteter.
        ActivityGuidance = ("activity_guidance", "abe847e0-1ce0-44dc-a675-ce05b66f47e6", "Vejledning og introduktion til fysiske aktiviteter"),
        /// Kostvejledning.
        DietaryGuidance = ("dietary_guidance", "c9a99304-1788-43b7-b7be-e187b092ae9c", "Kostvejledning"),
        /// Diætbehandling.
        DietaryTreatment = ("dietary_treatment", "cf7a55c2-7061-47ed-b7c5-e29620fe93bf", "Diætbehandling"),
        /// Opfølgning.
        FollowUp = ("follow_up", "d1e016b5-150a-4ac4-97ba-d3e19e28471e", "Opfølgning"),
        /// Sygdomshåndtering.
        DiseaseManagement = ("disease_management", "e71b7d85-5c78-49c2-8624-8499d162317b", "Sygdomshåndtering"),
        /// Behovssamtale.
        NeedsTalk = ("needs_talk", "ee5606ac-1bed-487e-aa3c-72dcc30ec037", "Behovssamtale"),
        /// Mental håndtering.
        MentalCoping = ("mental_coping", "f30cab6d-2a42-4358-99d7-811127fb6e05", "Mental håndtering"),
    }
}

code_enum! {
    /// The 20 reportable conditions (FSIII, value set KLConditionCodes119).
    pub enum ConditionCode {
        /// Kognitiv funktion.
        CognitiveFunction = ("cognitive_function", "0520a107-2bb0-47b8-8856-c53e27607e51", "Kognitiv funktion"),
        /// Kropspfattelse.
        BodyImage = ("body_image", "43ad3091-f684-4d6f-8885-20ecd1cf2255", "Kropspfattelse"),
        /// Trivsel.
        WellBeing = ("well_being", "ba083ca7-fe46-41d0-acd5-85851ac8137f", "Trivsel"),
        /// Søvn og hvile.
        SleepAndRest = ("sleep_and_rest", "cb55874a-93d9-45c7-a25a-8ff677c24385", "Søvn og hvile"),
        /// Sociale relationer.
        SocialRelations = ("social_relations", "08042057-72f4-4798-a727-75ce6205dc86", "Sociale relationer"),
        /// Daglige aktiviteter.
        DailyActivities = ("daily_activities", "fab34c19-4805-45af-b961-56099c849744", "Daglige aktiviteter"),
        /// Tobak og nikotin.
        TobaccoAndNicotine = ("tobacco_and_nicotine", "1a34ed6c-083b-451f-b8c8-137f99126b0c", "Tobak og nikotin"),
        /// Alkohol.
        Alcohol = ("alcohol", "57b8979f-cf46-4312-aafa-3a0dd93aa921", "Alkohol"),
        /// Sundhedskompetence.
        HealthLiteracy = ("health_literacy", "bb7e9e71-73f6-4ec6-a0bf-eaec1e5982b4", "Sundhedskompetence"),
        /// Medicin og stoffer.
        MedicinesAndDrugs = ("medicines_and_drugs", "f0b62265-6c83-4239-af97-4d6e9ba9dea7", "Medicin og stoffer"),
        /// Fysisk aktivitet.
        PhysicalActivity = ("physical_activity", "f1f1eee3-a3ea-4ca1-bfa9-ebb381af1a1f", "Fysisk aktivitet"),
        /// Spisemønster.
        EatingPattern = ("eating_pattern", "f715168e-125b-4d00-8e93-2ca4147ed13f", "Spisemønster"),
        /// Håndtere genstande.
        HandlingObjects = ("handling_objects", "43f0b6da-11da-4eed-b00b-19b2177690b5", "Håndtere genstande"),
        /// Kontinens.
        Continence = ("continence", "880cdd75-c63a-44a0-a4e4-8209644c8628", "Kontinens"),
        /// Mobilitet og bevægelse.
        MobilityAndMovement = ("mobility_and_movement", "abc0b770-d080-4cc8-851a-aa62556730e6", "Mobilitet og bevægelse"),
        /// Ernæring.
        Nutrition = ("nutrition", "c0ee1cf6-47a9-4523-8fda-a80a13e28e30", "Ernæring"),
        /// Respiration.
        Respiration = ("respiration", "e33396bb-019a-4fda-b901-1dbfdea1fc10", "Respiration"),
        /// Cirkulation.
        Circulation = ("circulation", "e3ff3fea-a4ff-4c7b-ad04-f4aad2e67fd3", "Cirkulation"),
        /// Smerte.
        Pain = ("pain", "e7531532-7b7f-4ac0-863a-0b6a4cbe6ce2", "Smerte"),
        /// Vægt.
        Weight = ("weight", "febbd20d-f5ff-41e7-bf12-dfa0700678e0", "Vægt"),
    }
}

code_enum! {
    /// Why a course of interventions was stopped or cancelled: the nine reasons (KL, value set CancellationTypes).
    pub enum StopReason {
        /// Hændelse medfører ophør.
        Event = ("event", "82e99421-31da-4915-96ed-168ccfa1d20c", "Hændelse medfører ophør"),
        /// Borger har ikke henvendt sig eller er udeblevet.
        NotHeardFrom = ("not_heard_from", "ef491570-7884-4acd-bcf7-43d6b2c64762", "Borger har ikke henvendt sig eller er udeblevet"),
        /// Ikke yderligere behov (borger-vurderet).
        NoNeedCitizen = ("no_need_citizen", "4bbf6d6a-a1c6-41c2-b8c1-7352b7378adf", "Ikke yderligere behov (borger-vurderet)"),
        /// Ikke yderligere behov (fagperson-vurderet).
        NoNeedProfessional = ("no_need_professional", "a63b6aa6-7d56-4e67-a5b3-d73f6d262af5", "Ikke yderligere behov (fagperson-vurderet)"),
        /// Aktivt fravalg.
        OptedOut = ("opted_out", "3a5a72b7-addf-4857-b80c-04e4246e3072", "Aktivt fravalg"),
        /// Aktivt fravalg pga. anden sygdom.
        OptedOutOtherDisease = ("opted_out_other_disease", "0cd5734d-b663-47c6-a3da-6b14a937d144", "Aktivt fravalg pga. anden sygdom"),
        /// Aktivt fravalg pga. økonomi ifm. transport.
        OptedOutTransportCost = ("opted_out_transport_cost", "f8436c2e-af1c-44fe-939d-473b518dd01d", "Aktivt fravalg pga. økonomi ifm. transport"),
        /// Aktivt fravalg pga. logistik ifm. transport.
        OptedOutTransportLogistics = ("opted_out_transport_logistics", "8371b769-4bfb-4ac8-b130-d91c54784a56", "Aktivt fravalg pga. logistik ifm. transport"),
        /// Aktivt fravalg pga. anden træning.
        OptedOutOtherTraining = ("opted_out_other_training", "a3f2bd01-078b-486e-81be-797d192ad7bd", "Aktivt fravalg pga. anden træning"),
    }
}

code_enum! {
    /// The two kinds of course of interventions (KL, value set CarePlanCategories119).
    pub enum CarePlanCategory {
        /// Interventionsforløb efter §119.
        Interventions = ("interventions", "5c160c02-e858-4c1f-925a-71ed64844749", "Interventionsforløb efter §119"),
        /// Opfølgningsforløb efter §119.
        FollowUp = ("follow_up", "9791e55a-656f-47eb-8fd5-c4a06b0a4662", "Opfølgningsforløb efter §119"),
    }
}

code_enum! {
    /// How an intervention is delivered (KL, value set DeliveryTypes119).
    ///
    /// The last two came with terminology 2.2.0 and are not sent before the gateway is known to have it.
    pub enum DeliveryType {
        /// Individuel indsats.
        Individual = ("individual", "8d12d74c-17da-47a7-a4fe-e69dbaec0a8c", "Individuel indsats"),
        /// Gruppebaseret indsats.
        Group = ("group", "2865f123-15a7-4a36-a514-32ea37c400ca", "Gruppebaseret indsats"),
        /// Digital levering af indsats.
        Digital = ("digital", "284857a4-5e91-499a-a001-64d7f0b7038a", "Digital levering af indsats"),
        /// Robot leverer indsats.
        Robot = ("robot", "34cdd6ab-3da9-49e8-84dc-1cbf683d4fcf", "Robot leverer indsats"),
    }
}
