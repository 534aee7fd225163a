//! The content elements of our checklists as the standard words them, and what is ticked as content of sessions.

use std::collections::BTreeMap;

use domain::checklist::Checklist;
use domain::codes::InterventionCode;
use domain::encounter::{Encounter, EncounterStatus};
use domain::ids::EncounterId;
use domain::workdays::local_date;

/// The standard's word for a content element; none for one that the standard has elsewhere (a plan, a test, a talk) or not
/// at all.
pub(super) fn word(code: InterventionCode, element: &str) -> Option<&'static str> {
    use InterventionCode as C;
    Some(match (code, element) {
        (C::DiseaseManagement, "disease") => "sygdomskendskab",
        (C::DiseaseManagement, "worsening") => "sygdomsforværring",
        (C::DiseaseManagement, "other_efforts") => "betydning af andre forebyggende indsatser",
        (C::DiseaseManagement, "mental_health") => "mental sundhed",
        (C::DiseaseManagement, "social") => "sociale forhold",
        (C::DiseaseManagement, "coping") => "mestring i hverdagen",
        (C::DiseaseManagement, "relatives") => "pårørende",
        (C::DiseaseManagement, "specific") => "sygdomsspecifik_viden",
        (C::MentalCoping, "knowledge") => "viden om mentalt velbefindende",
        (C::MentalCoping, "technique") => "mindst én teknik øvet",
        (C::MentalCoping | C::SkillsTraining, "plan") => "plan for brug i hverdagen",
        (C::SkillsTraining, "activity") => "valgt hverdagsaktivitet",
        (C::ActivityGuidance, "effects") => "gavnlige effekter",
        (C::ActivityGuidance, "motivation") => "motivation",
        (C::ActivityGuidance, "local") => "lokale muligheder",
        (C::ActivityGuidance, "barriers") => "barrierer",
        (C::ActivityGuidance, "everyday") => "aktivitet i hverdagen",
        (C::PhysicalTraining, "knowledge") => "viden om træning og sygdom",
        (C::PhysicalTraining, "efficacy") => "egen formåen",
        (C::PhysicalTraining, "safety") => "tryghed ved aktivitet",
        (C::PhysicalTraining, "choice") => "valg af træning at fortsætte med",
        (C::DietaryGuidance, "habits") => "vurdering af vaner",
        (C::DietaryGuidance, "advice") => "råd om valg af fødevarer og måltider",
        (C::DietaryGuidance, "official") => "De officielle Kostråd",
        (C::DietaryGuidance, "older") => "kostråd fra 65 år, når borgeren er 65 eller ældre",
        (C::DietaryGuidance, "disease") => "anbefalinger for sygdommen",
        (C::DietaryGuidance, "motivation") => "motivation og handlekompetence",
        (C::DietaryGuidance, "goals") => "prioritering og egne mål",
        (C::DietaryGuidance, "maintenance") => "vedligehold",
        (C::DietaryTreatment, "history") => "kostanamnese",
        (C::DietaryTreatment, "need") => "vurdering af behov",
        (C::DietaryTreatment, "diagnosis") => "ernæringsdiagnose",
        (C::DietaryTreatment, "plan") => "ernæringsplan",
        (C::DietaryTreatment, "guidance") => "individuel diætvejledning",
        (C::DietaryTreatment, "monitoring") => "monitorering",
        (C::DietaryTreatment, "evaluation") => "evaluering",
        (C::DietaryTreatment, "ending") => "afslutning",
        (C::NicotineCessation, "stop_date") => "stopdato",
        (C::NicotineCessation, "dependence") => "afhængighed, abstinenser og proces",
        (C::NicotineCessation, "medicine") => "medicin og nedtrapning",
        (C::NicotineCessation, "test") => "valideret test og evt. kulilte",
        (C::NicotineCessation, "motivation") => "fastholdelse af motivation og stop",
        (C::NicotineCessation, "risk") => "risikosituationer, tilbagefald, stress, humør",
        (C::NicotineCessation, "body") => "søvn, væske, åndedræt, fysisk aktivitet",
        (C::NicotineCessation, "nutrition") => "ernæring, blodsukker og vægt",
        (C::NicotineCessation, "health") => "betydning for helbredet",
        (C::AlcoholTalk, "nature") => "problemets karakter",
        (C::AlcoholTalk, "role") => "alkoholens rolle i borgerens problemer",
        (C::AlcoholTalk, "influence") => "påvirkning af hverdag, familie og arbejde",
        (C::AlcoholTalk, "risks") => "helbredsrisici",
        (C::AlcoholTalk, "body") => "kroppens påvirkning",
        (C::AlcoholTalk, "motivation") => "motivation for at nedsætte",
        (C::AlcoholTalk, "goal") => "mål for reduktion eller ophør",
        (C::AlcoholTalk, "diary") => "løbende registrering (dagbog)",
        (C::AlcoholTalk, "strategies") => "strategier",
        (C::AlcoholTalk, "support") => "støttemuligheder",
        (C::AlcoholTalk, "follow_up") => "tilbud om opfølgning",
        _ => return None,
    })
}

/// What is ticked of an intervention, as content of its contacts. A tick is of the intervention and has a day: it belongs to
/// the last contact that was held by that day. One that was set before any contact belongs to none.
pub(in crate::quality) fn covered<'a>(
    checklist: &Checklist,
    code: InterventionCode,
    contacts: impl Iterator<Item = &'a Encounter>,
) -> BTreeMap<EncounterId, Vec<String>> {
    let mut held: Vec<&Encounter> = contacts.filter(|it| it.status == EncounterStatus::Finished).collect();
    held.sort_by_key(|it| (it.start, it.id.0));
    let mut all: BTreeMap<EncounterId, Vec<String>> = BTreeMap::new();
    for (element, tick) in &checklist.ticks {
        let last = held.iter().rev().find(|it| local_date(it.start) <= tick.on);
        if let Some((contact, word)) = last.zip(word(code, element)) {
            all.entry(contact.id).or_default().push(word.to_owned());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use standard::STANDARD;

    /// The elements of these requirements that no checklist of ours has: nobody can tick them yet.
    const NOT_OURS: [&str; 2] = ["refleksion over egne vaner", "viden om kostens betydning"];

    fn words(code: InterventionCode) -> Vec<&'static str> {
        domain::checklist::elements(code).iter().filter_map(|element| word(code, element.word)).collect()
    }

    #[test]
    fn every_element_of_the_standard_is_ticked_somewhere_but_those_we_do_not_ask_for() {
        let of = [
            ("KS-4.2-05", InterventionCode::DiseaseManagement),
            ("KS-5.2-01", InterventionCode::NicotineCessation),
            ("KS-6.2-01", InterventionCode::ActivityGuidance),
            ("KS-6.2-05", InterventionCode::PhysicalTraining),
            ("KS-7.2-02", InterventionCode::DietaryGuidance),
            ("KS-7.2-04", InterventionCode::DietaryGuidance),
            ("KS-7.2-05", InterventionCode::DietaryTreatment),
            ("KS-8.2-10", InterventionCode::AlcoholTalk),
        ];
        let mut missing: Vec<&str> = Vec::new();
        for (requirement, code) in of {
            let ours = words(code);
            let wanted = STANDARD.requirement(requirement).into_iter().flat_map(|it| &it.elements);
            missing.extend(wanted.map(String::as_str).filter(|element| !ours.contains(element)));
        }
        missing.sort_unstable();
        assert_eq!(missing, NOT_OURS);
    }
}
