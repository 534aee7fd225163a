//! What staff hold, as their leaders attested it.

use domain::calendar::PractitionerRole;
use domain::competence::{Attestation, Competence as OurCompetence};
use domain::ids::UserId;
use standard::facts::{Competence, DateOrNone};

/// An attestation answers each requirement that its competence is asked for in. A competence that nobody attested is none.
pub(super) fn of(staff: &[PractitionerRole]) -> Vec<Competence> {
    let held = |role: &&PractitionerRole, one: &&Attestation| role.competences.contains(&one.competence);
    let all = staff.iter().flat_map(|role| {
        let seen = role.attestations.iter().filter(move |one| held(&role, one));
        seen.flat_map(move |one| requirements(one.competence).iter().map(move |id| attested(role.id, one, id)))
    });
    all.collect()
}

fn attested(person: UserId, one: &Attestation, requirement: &str) -> Competence {
    Competence {
        person: Some(person.to_string()),
        requirement_id: Some(requirement.to_owned()),
        given_on: Some(one.seen_on),
        given_by: Some(one.seen_by.to_string()),
        evidence: Some(one.evidence.clone()),
        expires_on: Some(one.expires_on.map_or(DateOrNone::None, DateOrNone::On)),
    }
}

const fn requirements(competence: OurCompetence) -> &'static [&'static str] {
    match competence {
        OurCompetence::ClarifyingTalk => &["KS-3.2-03", "KS-3.2-04"],
        OurCompetence::DiseaseCoping => &["KS-4.5-01", "KS-4.5-02"],
        OurCompetence::NicotineIndividual => &["KS-5.5-01", "KS-5.5-02"],
        OurCompetence::NicotineGroup => &["KS-5.5-03"],
        OurCompetence::PhysicalActivity => &["KS-6.5-01"],
        OurCompetence::Nutrition => &["KS-7.5-01", "KS-7.5-02"],
        OurCompetence::ClinicalDietitian => &["KS-7.5-03"],
        OurCompetence::Alcohol => &["KS-8.5-01", "KS-8.5-02"],
        OurCompetence::PeerInstructor => &["KS-4.5-03"],
    }
}
