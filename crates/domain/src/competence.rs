//! Who may hold what: a list of competences per person, one for each kind of talk and offer, and what each rests on.
//!
//! Source: the competence requirements of the quality standard (chapters 3.2, 4.5, 5.5, 6.5, 7.5 and 8.5) and the lists
//! `competence` of the fourteen interventions.
//! Each is attested by a leader who has seen the evidence; an attestation may run out (`validity_months` there). A missing
//! or expired one is told and counted, and stops nobody: the requirements ask for a warning.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::InterventionCode;
use crate::ids::UserId;
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
        /// Teaching from own experience beside a professional, such as Lær at Tackle (KS-4.5-03).
        PeerInstructor = ("peer_instructor", "Medunderviser med egen erfaring"),
    }
}

/// So many days before an attestation runs out it is told of, everywhere (the flow, deadlines: 60 days ahead).
pub const WARN_DAYS: i32 = 60;

/// That somebody has seen what a competence rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attestation {
    /// Of which competence.
    pub competence: Competence,
    /// What was seen: education, course, supervision.
    pub evidence: String,
    /// The day it was seen.
    pub seen_on: Date,
    /// Who saw it.
    pub seen_by: UserId,
    /// Title and initials of who saw it, as colleagues read them.
    pub seen_by_label: String,
    /// The last day it counts; none when it does not run out.
    pub expires_on: Option<Date>,
}

/// How somebody holds a competence on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// Not at all.
    No,
    /// Said, and nobody has seen what it rests on.
    Unproven,
    /// Seen.
    Valid,
    /// Seen, and its last day is near.
    RunsOut(Date),
    /// Its last day is past.
    Expired(Date),
}

impl Holding {
    /// Of a competence, from what somebody holds and what was seen of it. The attestation that lasts longest counts.
    pub fn of(competence: Competence, held: &BTreeSet<Competence>, seen: &[Attestation], today: Date) -> Self {
        if !held.contains(&competence) {
            return Self::No;
        }
        let own = seen.iter().filter(|one| one.competence == competence);
        let Some(last) = own.map(|one| one.expires_on.unwrap_or(Date::MAX)).max() else { return Self::Unproven };
        if last < today {
            Self::Expired(last)
        } else if last <= today.saturating_add(WARN_DAYS.days()) {
            Self::RunsOut(last)
        } else {
            Self::Valid
        }
    }

    /// Whether whoever holds it so may be said to have it.
    pub const fn counts(self) -> bool {
        match self {
            Self::Unproven | Self::Valid | Self::RunsOut(_) => true,
            Self::No | Self::Expired(_) => false,
        }
    }
}

impl Competence {
    /// Whether whoever has it may lead by themselves. Peer instructors supplement a professional (KS-4.5-03).
    pub const fn leads_alone(self) -> bool {
        match self {
            Self::PeerInstructor => false,
            Self::ClarifyingTalk
            | Self::DiseaseCoping
            | Self::NicotineIndividual
            | Self::NicotineGroup
            | Self::PhysicalActivity
            | Self::Nutrition
            | Self::ClinicalDietitian
            | Self::Alcohol => true,
        }
    }

    /// Months that an attestation counts as a rule; none when it does not run out (KS-3.2-04, KS-4.5-01, KS-4.5-03,
    /// KS-5.5-02, KS-6.5-01, KS-7.5-01, KS-8.5-01; the months are local goals).
    pub const fn validity_months(self) -> Option<i32> {
        match self {
            Self::ClarifyingTalk | Self::DiseaseCoping | Self::PhysicalActivity | Self::Alcohol => Some(36),
            Self::NicotineIndividual | Self::NicotineGroup => Some(60),
            Self::PeerInstructor => Some(24),
            Self::Nutrition | Self::ClinicalDietitian => None,
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 24);

    fn seen(expires_on: Option<Date>) -> Attestation {
        let (competence, seen_by) = (Competence::Alcohol, UserId(uuid::Uuid::nil()));
        let (evidence, seen_by_label) = ("Kursus".to_owned(), "Leder BN".to_owned());
        Attestation { competence, evidence, seen_on: date(2025, 1, 1), seen_by, seen_by_label, expires_on }
    }

    fn holding(seen: &[Attestation]) -> Holding {
        Holding::of(Competence::Alcohol, &BTreeSet::from([Competence::Alcohol]), seen, TODAY)
    }

    #[test]
    fn a_competence_is_held_as_long_as_the_longest_of_what_was_seen() {
        assert_eq!(Holding::of(Competence::Alcohol, &BTreeSet::new(), &[seen(None)], TODAY), Holding::No);
        assert_eq!(holding(&[]), Holding::Unproven);
        assert_eq!(holding(&[seen(Some(TODAY))]), Holding::RunsOut(TODAY), "the last day counts");
        assert_eq!(holding(&[seen(Some(date(2026, 11, 23)))]), Holding::Expired(date(2026, 11, 23)));
        let (near, far) = (date(2027, 1, 23), date(2027, 1, 24));
        assert_eq!(holding(&[seen(Some(near))]), Holding::RunsOut(near));
        assert_eq!(holding(&[seen(Some(near)), seen(Some(far))]), Holding::Valid);
        assert_eq!(holding(&[seen(Some(near)), seen(None)]), Holding::Valid);
    }

    #[test]
    fn a_peer_instructor_is_the_only_one_who_never_leads_alone() {
        let beside: Vec<_> = Competence::ALL.iter().filter(|one| !one.leads_alone()).collect();
        assert_eq!(beside, [&Competence::PeerInstructor]);
        let needed = crate::codes::InterventionCode::ALL.iter().map(|code| Competence::for_intervention(*code));
        assert!(needed.into_iter().all(Competence::leads_alone), "somebody leads every intervention");
    }
}
