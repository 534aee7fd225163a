//! Every closed vocabulary: words read back, differ, and have a Danish label.

use std::collections::BTreeSet;

/// One test per vocabulary, so that a new one is one line here.
macro_rules! vocabularies {
    ($($test:ident: $name:path,)+) => {$(
        #[test]
        fn $test() {
            use $name as Vocabulary;
            let words: BTreeSet<_> = Vocabulary::ALL.iter().map(|v| v.word()).collect();
            assert_eq!(words.len(), Vocabulary::ALL.len(), "two variants share a word");
            for variant in Vocabulary::ALL {
                assert_eq!(Vocabulary::parse(variant.word()), Ok(*variant));
                assert!(!variant.label().trim().is_empty());
                let json = serde_json::to_string(variant).unwrap();
                assert_eq!(json, format!("\"{}\"", variant.word()));
                assert_eq!(serde_json::from_str::<Vocabulary>(&json).unwrap(), *variant);
            }
            let unknown = Vocabulary::parse("no such word").unwrap_err();
            assert_eq!(unknown.found, "no such word");
            assert!(serde_json::from_str::<Vocabulary>("\"no such word\"").is_err());
        }
    )+};
}

vocabularies! {
    activity_days: domain::activity::ActivityDay,
    activity_kinds: domain::activity::ActivityKind,
    bridge_outcomes: domain::bridge::BridgeOutcome,
    confirmed_by: domain::activity::ConfirmedBy,
    criteria: domain::activity::Criterion,
    escort_answers: domain::bridge::EscortAnswer,
    price_periods: domain::activity::PricePeriod,
    appointment_reasons: domain::calendar::AppointmentReason,
    needs: domain::calendar::Need,
    need_states: domain::calendar::NeedState,
    parts_of_the_day: domain::calendar::PartOfDay,
    workdays: domain::calendar::Workday,
    competences: domain::competence::Competence,
    care_plan_categories: domain::codes::CarePlanCategory,
    condition_codes: domain::codes::ConditionCode,
    delivery_types: domain::codes::DeliveryType,
    encounter_classes: domain::codes::EncounterClass,
    intervention_codes: domain::codes::InterventionCode,
    requested_areas: domain::codes::RequestedArea,
    stop_reasons: domain::codes::StopReason,
    phone_kinds: domain::citizen::PhoneKind,
    relations: domain::citizen::Relation,
    condition_states: domain::condition::ConditionState,
    consent_forms: domain::consent::ConsentForm,
    consent_purposes: domain::consent::ConsentPurpose,
    contact_channels: domain::contact::ContactChannel,
    risk_factors: domain::course::RiskFactor,
    talk_areas: domain::course::TalkArea,
    encounter_statuses: domain::encounter::EncounterStatus,
    kept: domain::follow_up::Kept,
    goal_outcomes: domain::goal::GoalOutcome,
    deliveries: domain::message::Delivery,
    message_kinds: domain::message::MessageKind,
    outcomes: domain::message::Outcome,
    offer_accessibility: domain::offer::Accessibility,
    offer_formats: domain::offer::Format,
    offer_lacks: domain::offer::Lack,
    offer_languages: domain::offer::OfferLanguage,
    offer_providers: domain::offer::Provider,
    offer_themes: domain::offer::Theme,
    offer_times: domain::offer::TimeOfDay,
    identifier_codes: domain::organization::IdentifierCode,
    organization_kinds: domain::organization::OrganizationKind,
    permissions: domain::permission::Permission,
    roles: domain::permission::Role,
    decline_reasons: domain::referral::DeclineReason,
    first_steps: domain::referral::FirstStep,
    return_reasons: domain::referral::ReturnReason,
    channels: domain::service_request::Channel,
    flags: domain::service_request::Flag,
    sources: domain::service_request::Source,
    task_kinds: domain::task::TaskKind,
    task_states: domain::task::TaskState,
    presences: domain::team::Presence,
}
