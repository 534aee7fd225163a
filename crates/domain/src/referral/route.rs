//! Which first step a request leads to, and why.

use std::collections::BTreeSet;

use crate::codes::{InterventionCode, RequestedArea};
use crate::words::word_enum;

word_enum! {
    /// The first step with the citizen.
    pub enum FirstStep {
        /// Clarifying talk (quality standard 3.1).
        ClarifyingTalk = ("clarifying_talk", "Afklarende samtale"),
        /// Needs talk, because a course is running (FS-003-04).
        NeedsTalk = ("needs_talk", "Behovssamtale"),
        /// Start talk of nicotine cessation, without clarifying talk (KS-3.1-03).
        NicotineStart = ("nicotine_start", "Opstartssamtale om nikotin"),
        /// Preventive talk about alcohol, without clarifying talk (KS-8.1-03).
        AlcoholTalk = ("alcohol_talk", "Samtale om alkohol"),
        /// Straight to alcohol treatment (sundhedsloven § 141).
        AlcoholTreatment = ("alcohol_treatment", "Alkoholbehandling"),
        /// Straight to an offer in physical activity or nutrition, for citizens at risk where the municipality offers it.
        DirectOffer = ("direct_offer", "Direkte til tilbud"),
    }
}

impl FirstStep {
    /// The intervention that the step plans at once; none when it happens outside §119 or is chosen later.
    pub const fn intervention(self) -> Option<InterventionCode> {
        match self {
            Self::ClarifyingTalk => Some(InterventionCode::ClarifyingTalk),
            Self::NeedsTalk => Some(InterventionCode::NeedsTalk),
            Self::NicotineStart => Some(InterventionCode::NicotineCessation),
            Self::AlcoholTalk => Some(InterventionCode::AlcoholTalk),
            Self::AlcoholTreatment | Self::DirectOffer => None,
        }
    }
}

/// What the choice rests on.
#[derive(Debug, Clone, Copy)]
pub struct RouteFacts<'a> {
    /// What is asked for; empty while nobody has read it.
    pub areas: &'a BTreeSet<RequestedArea>,
    /// Whether a chronic disease is the ground, when known.
    pub chronic_disease: Option<bool>,
    /// A course is open for the citizen.
    pub active_course: bool,
    /// The municipality offers talks to people at risk.
    pub at_risk_offers: bool,
}

/// The steps proposed, the reason in Danish and the requirement it rests on. Never decided without a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The step to take; the first is the one to begin with.
    pub steps: Vec<FirstStep>,
    /// Why, in words for staff.
    pub because: &'static str,
    /// Requirement id and chapter.
    pub rule: &'static str,
}

/// A step that the rules do not allow as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RouteError {
    /// Nicotine or alcohol alone goes direct; another way needs the citizen's own choice, written down.
    #[error("nicotine or alcohol alone goes direct unless the citizen chose otherwise")]
    DirectUnlessChosen,
    /// A second clarifying talk in a running course.
    #[error("a running course gets a needs talk, not a second clarifying talk")]
    CourseIsRunning,
    /// A needs talk without a course.
    #[error("a needs talk belongs to a running course")]
    NoCourse,
}

impl RouteError {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::DirectUnlessChosen => {
                "Nikotin og alkohol alene går direkte i gang uden afklarende samtale. Skriv en begrundelse, hvis borgeren selv har valgt andet."
            }
            Self::CourseIsRunning => {
                "Borgeren har et forløb i gang. Vælg behovssamtale i stedet for en ny afklarende samtale."
            }
            Self::NoCourse => "Borgeren har ikke et forløb i gang. Vælg afklarende samtale.",
        }
    }
}

/// Proposes the first step by the route rules of the flow.
pub fn propose(facts: RouteFacts<'_>) -> Proposal {
    let direct = direct_steps(facts.areas);
    let others = facts.areas.iter().any(|a| !matches!(a, RequestedArea::Nicotine | RequestedArea::Alcohol));
    let talk = if facts.active_course { FirstStep::NeedsTalk } else { FirstStep::ClarifyingTalk };
    match (direct.is_empty(), others || facts.areas.is_empty()) {
        (false, false) => Proposal {
            steps: direct,
            because: "Fordi der kun er ønsket hjælp til nikotin eller alkohol, begynder tilbuddet uden afklarende samtale.",
            rule: "KS-3.1-03, Kvalitetsstandarden 3.1",
        },
        (false, true) => Proposal {
            steps: direct.into_iter().chain([talk]).collect(),
            because: "Hjælp til nikotin eller alkohol begynder med det samme, og samtalen om resten holdes ved siden af.",
            rule: "KS-3.1-03, Kvalitetsstandarden 3.1",
        },
        (true, _) if facts.active_course => Proposal {
            steps: vec![FirstStep::NeedsTalk],
            because: "Fordi borgeren har et forløb i gang, holdes en behovssamtale i stedet for en ny afklarende samtale.",
            rule: "FS-003-04, De fælles indsatser",
        },
        (true, _) if facts.chronic_disease == Some(false) && facts.at_risk_offers => Proposal {
            steps: vec![FirstStep::ClarifyingTalk, FirstStep::DirectOffer],
            because: "Borgeren er i risiko uden kronisk sygdom. Kommunen tilbyder samtale eller direkte tilbud om fysisk aktivitet og kost.",
            rule: "KS-2.1, Kvalitetsstandarden 2.1",
        },
        (true, _) => Proposal {
            steps: vec![FirstStep::ClarifyingTalk],
            because: clarifying_because(facts.chronic_disease),
            rule: "KS-3.1-01, Kvalitetsstandarden 3.1",
        },
    }
}

/// A reason must not claim a disease that nobody has written.
const fn clarifying_because(chronic_disease: Option<bool>) -> &'static str {
    match chronic_disease {
        Some(true) => {
            "Fordi borgeren har kronisk sygdom og ikke kun ønsker hjælp til nikotin eller alkohol, begynder forløbet med en afklarende samtale."
        }
        Some(false) => {
            "Henvisningen nævner ingen kronisk sygdom, og kommunen har ikke valgt tilbud til borgere i risiko. Afklar med borgeren, om tilbuddet er det rigtige."
        }
        None => {
            "Det er ikke oplyst, om borgeren har kronisk sygdom. Forløbet begynder med en afklarende samtale, fordi der ikke kun er ønsket hjælp til nikotin eller alkohol."
        }
    }
}

/// Whether missing chronic disease may be the ground for rejecting a request: never for nicotine or alcohol (KS-2.1-02).
pub fn asks_for_chronic_disease(areas: &BTreeSet<RequestedArea>) -> bool {
    direct_steps(areas).is_empty()
}

fn direct_steps(areas: &BTreeSet<RequestedArea>) -> Vec<FirstStep> {
    let nicotine = areas.contains(&RequestedArea::Nicotine).then_some(FirstStep::NicotineStart);
    let alcohol = areas.contains(&RequestedArea::Alcohol).then_some(FirstStep::AlcoholTalk);
    nicotine.into_iter().chain(alcohol).collect()
}

/// Checks a chosen step against the rules that never give way (flow, "what must hold", 2 and 10).
///
/// `citizen_chose` is the written reason when the citizen wants a clarifying talk first for nicotine or alcohol alone.
pub fn check_route(facts: RouteFacts<'_>, step: FirstStep, citizen_chose: Option<&str>) -> Result<(), RouteError> {
    let only_direct = !facts.areas.is_empty()
        && facts.areas.iter().all(|a| matches!(a, RequestedArea::Nicotine | RequestedArea::Alcohol));
    let chosen = citizen_chose.is_some_and(|reason| !reason.trim().is_empty());
    match step {
        FirstStep::ClarifyingTalk if facts.active_course => Err(RouteError::CourseIsRunning),
        FirstStep::NeedsTalk if !facts.active_course => Err(RouteError::NoCourse),
        FirstStep::ClarifyingTalk if only_direct && !chosen => Err(RouteError::DirectUnlessChosen),
        FirstStep::ClarifyingTalk
        | FirstStep::NeedsTalk
        | FirstStep::NicotineStart
        | FirstStep::AlcoholTalk
        | FirstStep::AlcoholTreatment
        | FirstStep::DirectOffer => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::RequestedArea as Area;

    fn asked(areas: &[Area]) -> BTreeSet<Area> {
        areas.iter().copied().collect()
    }

    fn facts(areas: &BTreeSet<Area>) -> RouteFacts<'_> {
        RouteFacts { areas, chronic_disease: Some(true), active_course: false, at_risk_offers: false }
    }

    #[test]
    fn nicotine_alone_goes_direct_to_the_start_talk() {
        let proposal = propose(facts(&asked(&[Area::Nicotine])));
        assert_eq!(proposal.steps, [FirstStep::NicotineStart]);
        assert!(proposal.rule.starts_with("KS-3.1-03"));
    }

    #[test]
    fn alcohol_alone_goes_direct_to_the_talk_about_alcohol() {
        assert_eq!(propose(facts(&asked(&[Area::Alcohol]))).steps, [FirstStep::AlcoholTalk]);
    }

    #[test]
    fn nicotine_and_alcohol_together_both_go_direct() {
        let proposal = propose(facts(&asked(&[Area::Alcohol, Area::Nicotine])));
        assert_eq!(proposal.steps, [FirstStep::NicotineStart, FirstStep::AlcoholTalk]);
    }

    #[test]
    fn nicotine_beside_a_chronic_disease_starts_at_once_with_the_talk_beside_it() {
        let proposal = propose(facts(&asked(&[Area::Nicotine, Area::PhysicalActivity])));
        assert_eq!(proposal.steps, [FirstStep::NicotineStart, FirstStep::ClarifyingTalk]);
    }

    #[test]
    fn a_chronic_disease_leads_to_a_clarifying_talk() {
        let proposal = propose(facts(&asked(&[Area::PhysicalActivity, Area::DiseaseCoping])));
        assert_eq!(proposal.steps, [FirstStep::ClarifyingTalk]);
        assert!(proposal.because.contains("kronisk sygdom"));
    }

    #[test]
    fn a_new_referral_while_a_course_runs_leads_to_a_needs_talk() {
        let areas = asked(&[Area::Nutrition]);
        let running = RouteFacts { active_course: true, ..facts(&areas) };
        assert_eq!(propose(running).steps, [FirstStep::NeedsTalk]);
        assert_eq!(check_route(running, FirstStep::ClarifyingTalk, None), Err(RouteError::CourseIsRunning));
    }

    #[test]
    fn a_new_referral_for_nicotine_while_a_course_runs_starts_beside_the_others() {
        let areas = asked(&[Area::Nicotine]);
        let running = RouteFacts { active_course: true, ..facts(&areas) };
        assert_eq!(propose(running).steps, [FirstStep::NicotineStart]);
    }

    #[test]
    fn somebody_at_risk_may_go_direct_where_the_municipality_has_chosen_it() {
        let areas = asked(&[Area::PhysicalActivity]);
        let at_risk = RouteFacts { chronic_disease: Some(false), at_risk_offers: true, ..facts(&areas) };
        assert_eq!(propose(at_risk).steps, [FirstStep::ClarifyingTalk, FirstStep::DirectOffer]);
    }

    #[test]
    fn somebody_without_chronic_disease_is_not_told_to_have_one() {
        let areas = asked(&[Area::PhysicalActivity]);
        let at_risk = RouteFacts { chronic_disease: Some(false), ..facts(&areas) };
        assert!(propose(at_risk).because.contains("ingen kronisk sygdom"));
    }

    #[test]
    fn obvious_dependence_goes_straight_to_alcohol_treatment() {
        let areas = asked(&[Area::Alcohol]);
        assert_eq!(check_route(facts(&areas), FirstStep::AlcoholTreatment, None), Ok(()));
        assert_eq!(FirstStep::AlcoholTreatment.intervention(), None);
    }

    #[test]
    fn the_citizen_may_choose_to_talk_first() {
        let areas = asked(&[Area::Nicotine]);
        let refused = check_route(facts(&areas), FirstStep::ClarifyingTalk, None);
        assert_eq!(refused, Err(RouteError::DirectUnlessChosen));
        assert_eq!(check_route(facts(&areas), FirstStep::ClarifyingTalk, Some("borgerens eget ønske")), Ok(()));
    }

    #[test]
    fn missing_chronic_disease_never_rejects_nicotine_or_alcohol() {
        assert!(!asks_for_chronic_disease(&asked(&[Area::Nicotine, Area::Nutrition])));
        assert!(asks_for_chronic_disease(&asked(&[Area::Nutrition])));
    }
}
