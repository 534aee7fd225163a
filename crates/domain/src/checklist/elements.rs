//! The elements of each intervention. A word is never changed or used again: ticks are kept by it.

use super::Element;
use crate::codes::InterventionCode;

const fn element(word: &'static str, text: &'static str, rule: &'static str) -> Element {
    Element { word, text, rule, older_only: false }
}

/// The content elements of an intervention; none for the talks, whose gaps stand in [`crate::course::TalkGap`], and for
/// follow-up.
pub const fn elements(code: InterventionCode) -> &'static [Element] {
    use InterventionCode as C;
    match code {
        C::ClarifyingTalk | C::NeedsTalk | C::ClosingTalk | C::FollowUp => &[],
        C::DiseaseManagement => DISEASE_MANAGEMENT,
        C::MentalCoping => MENTAL_COPING,
        C::ActivityGuidance => ACTIVITY_GUIDANCE,
        C::PhysicalTraining => PHYSICAL_TRAINING,
        C::SkillsTraining => SKILLS_TRAINING,
        C::DietaryGuidance => DIETARY_GUIDANCE,
        C::DietaryTreatment => DIETARY_TREATMENT,
        C::CookingInPractice => COOKING_IN_PRACTICE,
        C::NicotineCessation => NICOTINE_CESSATION,
        C::AlcoholTalk => ALCOHOL_TALK,
    }
}

const DISEASE_MANAGEMENT: &[Element] = &[
    element("disease", "Sygdomskendskab: sygdommen, risikofaktorer og udvikling", "KS-4.2-05"),
    element("worsening", "Forværring: tegn, forebyggelse og egne målinger", "KS-4.2-05"),
    element("other_efforts", "Betydning af søvn, alkohol, nikotin, bevægelse og kost", "KS-4.2-05"),
    element("mental_health", "Mental sundhed: reaktioner, redskaber og hvor der er hjælp", "KS-4.2-05"),
    element("social", "Sociale forhold: job, fritid, myndigheder og relationer", "KS-4.2-05"),
    element("coping", "Mestring i hverdagen: energi, smerter, samliv og hjælpemidler", "KS-4.2-05"),
    element("relatives", "Pårørende: støtte, deres rolle og belastning", "KS-4.2-05"),
    element(
        "specific",
        "Viden om den konkrete sygdom: forebyggelse, behandling, rehabilitering og palliation",
        "KS-4.4-01",
    ),
];

const MENTAL_COPING: &[Element] = &[
    element("knowledge", "Viden om mentalt velbefindende", "KS-4.2-05"),
    element("technique", "Mindst én teknik er øvet", "FSIII"),
    element("plan", "Plan for brug i hverdagen", "FSIII"),
    element("help", "Hvor der er hjælp, når der er brug for behandling", "FSIII"),
];

const ACTIVITY_GUIDANCE: &[Element] = &[
    element("effects", "Gavnlige effekter", "KS-6.2-01"),
    element("motivation", "Det, der motiverer borgeren", "KS-6.2-01"),
    element("local", "Lokale muligheder", "KS-6.2-01"),
    element("barriers", "Barrierer, og hvordan de overvindes", "KS-6.2-01"),
    element("everyday", "Aktivitet i hverdagen", "KS-6.2-01"),
    element("plan", "Aktivitetsplan med mål og delmål", "KS-6.2-02"),
    element("again", "Ny samtale er tilbudt", "KS-6.2-04"),
];

const PHYSICAL_TRAINING: &[Element] = &[
    element("knowledge", "Viden om træning og sygdom", "KS-6.2-05"),
    element("efficacy", "Oplevelse af egen formåen", "KS-6.2-05"),
    element("safety", "Tryghed ved aktivitet", "KS-6.2-05"),
    element("choice", "Valg af træning at fortsætte med", "KS-6.2-05"),
    element("plan_start", "Træningsplan ved start", "KS-6.2-06"),
    element("plan_end", "Træningsplan ved slut", "KS-6.2-06"),
    element("talk", "Samtale mod slutningen om at fortsætte", "KS-6.3-10"),
];

const SKILLS_TRAINING: &[Element] = &[
    element("activity", "Valgt hverdagsaktivitet", "FSIII"),
    element("practice", "Øvelse med vejledning", "FSIII"),
    element("energy", "Energibesparende udførelse", "FSIII"),
    element("aids", "Hjælpemidler er afklaret", "FSIII"),
    element("plan", "Plan for brug i hverdagen", "FSIII"),
];

const DIETARY_GUIDANCE: &[Element] = &[
    element("risk", "Vurdering af ernæringsrelateret risiko", "KS-7.2-01"),
    element("habits", "Vurdering af vaner", "KS-7.2-04"),
    element("advice", "Råd om valg af fødevarer og måltider", "KS-7.2-04"),
    element("official", "De officielle Kostråd", "KS-7.2-03"),
    Element { older_only: true, ..element("older", "Kostråd til borgere på 65 år og derover", "KS-7.2-03") },
    element("disease", "Anbefalinger for sygdommen", "KS-7.2-03"),
    element("motivation", "Motivation og handlekompetence", "KS-7.2-02"),
    element("goals", "Egne mål", "KS-7.2-02"),
    element("maintenance", "Vedligehold af nye vaner", "KS-7.2-02"),
];

const DIETARY_TREATMENT: &[Element] = &[
    element("history", "Kostanamnese", "KS-7.2-05"),
    element("need", "Vurdering af behov", "KS-7.2-05"),
    element("diagnosis", "Ernæringsdiagnose", "KS-7.2-05"),
    element("plan", "Ernæringsplan", "KS-7.2-05"),
    element("guidance", "Individuel diætvejledning", "KS-7.2-05"),
    element("monitoring", "Monitorering", "KS-7.2-05"),
    element("evaluation", "Evaluering af behandlingen", "KS-7.2-05"),
    element("ending", "Afslutning af behandlingen", "KS-7.2-05"),
];

const COOKING_IN_PRACTICE: &[Element] = &[
    element("shopping", "Opskrifter eller indkøb", "KS-7.2-09"),
    element("cooking", "Tilberedning og sammensætning af måltid", "KS-7.2-09"),
    element("everyday", "Overførsel til egen hverdag", "KS-7.2-09"),
];

const NICOTINE_CESSATION: &[Element] = &[
    element("stop_date", "Stopdato", "KS-5.2-01"),
    element("dependence", "Afhængighed, abstinenser og processen", "KS-5.2-01"),
    element("medicine", "Medicin og nedtrapning", "KS-5.2-03"),
    element("test", "Valideret test og eventuelt kulilte", "KS-5.2-02"),
    element("motivation", "Fastholdelse af motivation og stop", "KS-5.2-01"),
    element("risk", "Risikosituationer, tilbagefald, stress og humør", "KS-5.2-01"),
    element("body", "Søvn, væske, åndedræt og fysisk aktivitet", "KS-5.2-01"),
    element("nutrition", "Ernæring, blodsukker og vægt", "KS-5.2-01"),
    element("health", "Betydning for helbredet", "KS-5.2-01"),
];

const ALCOHOL_TALK: &[Element] = &[
    element("nature", "Problemets karakter", "KS-8.2-10"),
    element("role", "Alkoholens rolle i borgerens problemer", "KS-8.2-10"),
    element("influence", "Påvirkning af hverdag, familie og arbejde", "KS-8.2-10"),
    element("risks", "Helbredsrisici", "KS-8.2-10"),
    element("body", "Kroppens påvirkning", "KS-8.2-10"),
    element("motivation", "Motivation for at nedsætte forbruget", "KS-8.2-10"),
    element("goal", "Mål for reduktion eller ophør", "KS-8.2-10"),
    element("diary", "Løbende registrering i en dagbog", "KS-8.2-10"),
    element("strategies", "Strategier", "KS-8.2-10"),
    element("support", "Støttemuligheder", "KS-8.2-10"),
    element("follow_up", "Tilbud om opfølgning", "KS-8.2-10"),
];
