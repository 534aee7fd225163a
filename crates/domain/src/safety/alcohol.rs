//! Alcohol (quality standard 8): AUDIT bands and routes, pregnancy, mental illness, very high use, individual only.

use super::warning::Said;
use super::{Facts, Level, Question as Q, Warning};
use crate::codes::{DeliveryType, InterventionCode as C};

/// AUDIT from which use tends to be heavy (section 8.2).
const HEAVY: u8 = 8;
/// AUDIT from which use is probably harmful (section 8.2).
const HARMFUL: u8 = 16;
/// AUDIT from which dependence is possible (section 8.2).
const DEPENDENT: u8 = 20;

/// The rule that asks for a decision about a notification. It is settled by that decision and by nothing else.
pub const NOTIFICATION: &str = "KS-8.2-08";

fn audit(total: u8) -> String {
    format!("audit {total}")
}

/// KS-8.2-02: 8 to 19 asks for a preventive talk.
pub(super) fn offer_talk(facts: &Facts) -> Option<Warning> {
    let total = facts.audit_from(HEAVY).filter(|total| *total < DEPENDENT)?;
    let said = if total < HARMFUL {
        Said(
            "AUDIT tyder på storforbrug.",
            "Uden samtale om alkohol kan forbruget skade både sygdom og forløb.",
            "Tilbyd en samtale om alkohol, eller skriv, at borgeren takker nej.",
        )
    } else {
        Said(
            "AUDIT viser et sandsynligt skadeligt forbrug.",
            "Uden samtale om alkohol kan forbruget skade både sygdom og forløb.",
            "Tilbyd en samtale om alkohol, eller skriv, at borgeren takker nej.",
        )
    };
    let offered = facts.any(&[C::AlcoholTalk]) || facts.yes(Q::AlcoholTreatment);
    (!offered).then(|| Warning::new("KS-8.2-02", &said, &["no alcohol talk"]).because(audit(total)))
}

/// KS-8.2-03: 20 or more is referred to alcohol treatment.
pub(super) fn dependence(facts: &Facts) -> Option<Warning> {
    let total = facts.audit_from(DEPENDENT)?;
    let said = Said(
        "AUDIT viser mulig afhængighed.",
        "En samtale er ikke nok. Borgeren har ret til behandling, som er gratis og kan være anonym.",
        "Henvis til alkoholbehandling, og fortæl om frit valg og lokale støttegrupper. Skriv det, hvis borgeren takker nej.",
    );
    let settled = facts.yes(Q::AlcoholTreatment);
    (!settled).then(|| Warning::new("KS-8.2-03", &said, &["no alcohol treatment"]).because(audit(total)))
}

/// KS-8.2-04: heavy use beside a mental illness is referred whatever the band.
pub(super) fn mental_illness(facts: &Facts) -> Option<Warning> {
    let total = facts.audit_from(HEAVY).filter(|total| *total < DEPENDENT)?;
    let said = Said(
        "Borgeren har en psykisk lidelse og et stort eller skadeligt alkoholforbrug.",
        "De to ting forværrer hinanden. Forebyggende samtaler er ikke nok.",
        "Henvis til alkoholbehandling. Skriv det, hvis borgeren takker nej.",
    );
    let stands = facts.yes(Q::MentalIllness) && !facts.yes(Q::AlcoholTreatment);
    stands.then(|| Warning::new("KS-8.2-04", &said, &["mental illness", "no alcohol treatment"]).because(audit(total)))
}

/// KS-8.2-06: with dependence and a mental illness the treating doctor is told, with consent.
pub(super) fn treating_doctor(facts: &Facts) -> Option<Warning> {
    let total = facts.audit_from(DEPENDENT)?;
    let said = Said(
        "Borgeren har en psykisk lidelse og mulig afhængighed.",
        "Den behandlende læge kender måske ikke forbruget.",
        "Spørg om samtykke, og orientér den behandlende læge om screeningen.",
    );
    let stands = facts.yes(Q::MentalIllness) && !facts.yes(Q::TreatingDoctorTold);
    stands.then(|| Warning::new("KS-8.2-06", &said, &["mental illness", "doctor not told"]).because(audit(total)))
}

/// KS-8.2-07: pregnant with harmful use or dependence goes to the family clinic and to alcohol treatment.
pub(super) fn pregnancy(facts: &Facts) -> Option<Warning> {
    let total = harmful(facts)?;
    let said = Said(
        "Borgeren er gravid og har et skadeligt forbrug eller mulig afhængighed.",
        "Alkohol kan skade barnet. Det haster.",
        "Henvis med samtykke til både familieambulatoriet og alkoholbehandling.",
    );
    let settled = facts.yes(Q::FamilyClinic) && facts.yes(Q::AlcoholTreatment);
    (facts.yes(Q::Pregnant) && !settled).then(|| Warning::new("KS-8.2-07", &said, &["pregnant"]).because(total))
}

/// KS-8.2-08: in the same situation a notification is considered; it does not wait for consent.
pub(super) fn notification(facts: &Facts) -> Option<Warning> {
    let total = harmful(facts)?;
    let said = Said(
        "Underretning til børne- og familieområdet er ikke vurderet.",
        "Det ufødte barn kan stå uden hjælp. Vurderingen venter ikke på samtykke.",
        "Vurdér en underretning, og skriv, hvad I besluttede.",
    );
    // Before decisions were kept, a yes to the question was all there was.
    let decided = facts.notification_decided || facts.yes(Q::NotificationConsidered);
    let stands = facts.yes(Q::Pregnant) && !decided;
    stands.then(|| Warning::new(NOTIFICATION, &said, &["pregnant", "not considered"]).because(total))
}

/// Harmful by AUDIT, or said to be very high.
fn harmful(facts: &Facts) -> Option<String> {
    facts.audit_from(HARMFUL).map(audit).or_else(|| facts.yes(Q::VeryHighUse).then(|| "very high use".to_owned()))
}

/// KS-8.2-12: a doctor judges withdrawal before somebody with a very high use stops.
pub(super) fn withdrawal(facts: &Facts) -> Option<Warning> {
    let said = Said(
        "Forbruget er meget højt, og borgeren vil stoppe helt.",
        "At stoppe brat kan give farlige abstinenser.",
        "Få en læge til at vurdere abstinensbehandling, før borgeren stopper.",
    );
    let high = facts.yes(Q::VeryHighUse) || facts.audit_from(DEPENDENT).is_some();
    let stands = high && facts.yes(Q::WantsToStop) && !facts.yes(Q::WithdrawalAssessed);
    stands.then(|| Warning::new("KS-8.2-12", &said, &["very high use", "wants to stop"]))
}

/// KS-8.2-01: the talk begins with a screening.
pub(super) fn screening(facts: &Facts) -> Option<Warning> {
    let said = Said(
        "Samtalen om alkohol begynder med en screening, for eksempel AUDIT.",
        "Uden den ved vi ikke, om en samtale er nok.",
        "Skriv AUDIT-tallet, eller skriv, at borgeren ikke vil screenes.",
    );
    let it = facts.of(C::AlcoholTalk).next()?;
    let missing = facts.answers.audit_total.is_none();
    missing.then(|| Warning::new("KS-8.2-01", &said, &["no audit"]).about(it).at(Level::Ask))
}

/// KS-8.3: the talk about alcohol is always with one citizen.
pub(super) fn individual_only(facts: &Facts) -> Option<Warning> {
    let said = Said(
        "Samtale om alkohol er altid individuel.",
        "Den kan ikke bevilges på hold.",
        "Vælg individuel indsats. En pårørende må gerne være med.",
    );
    let it = facts.of(C::AlcoholTalk).find(|it| it.delivery == DeliveryType::Group)?;
    Some(Warning::new("KS-8.3", &said, &["group"]).about(it).at(Level::Refused))
}
