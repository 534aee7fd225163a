//! What people read for the words that figures are told by: parts, groups and strata. What a municipality names itself
//! (districts, places, offers, education) and codes are read as they stand.

/// The Danish label of a word; none for what is read as it stands.
pub fn label(word: &str) -> Option<&'static str> {
    LABELS.iter().find(|(known, _)| *known == word).map(|(_, label)| *label)
}

/// Whether a text is one of the labels.
pub fn is_label(text: &str) -> bool {
    LABELS.iter().any(|(_, label)| *label == text)
}

const LABELS: &[(&str, &str)] = &[
    // Parts.
    ("not_held", "Ikke holdt efter 90 dage"),
    ("from_grant", "Fra bevilling"),
    ("strict", "Alle talt med"),
    ("sessions", "Mødegange"),
    ("hours", "Timer"),
    ("dropout", "Efter frafald"),
    ("present", "Fremmødte pr. instruktør"),
    ("per_week", "Gange om ugen"),
    ("minutes", "Minutter"),
    ("weeks", "Uger"),
    ("lowest_start", "I laveste bånd ved start"),
    ("lowest_end", "I laveste bånd ved slut"),
    ("all", "Alle, der skulle følges op"),
    ("audit", "AUDIT"),
    ("answered", "Svarede"),
    ("in_time", "Til tiden"),
    ("actions", "Handlinger efter slags"),
    ("kept", "Ændringer holdt"),
    ("errors", "Fejl efter kode"),
    // What is not stated, and what is more than one.
    ("not_stated", "Ikke oplyst"),
    ("not_assessed", "Ikke vurderet"),
    ("several", "Flere områder"),
    ("two_or_more", "To eller flere"),
    ("other", "Andre"),
    ("yes", "Ja"),
    ("no", "Nej"),
    // Who refers, and for whom.
    ("general_practice", "Almen praksis"),
    ("specialist", "Speciallæge"),
    ("hospital", "Sygehus"),
    ("municipal_department", "Kommune"),
    ("other_municipality", "Anden kommune"),
    ("citizen", "Borger"),
    ("relative", "Pårørende"),
    ("kronisk", "Kronisk sygdom"),
    ("risiko", "Risiko for sygdom"),
    ("nikotin", "Nikotin"),
    ("alkohol", "Alkohol"),
    ("specific_offer", "Et bestemt tilbud"),
    // Areas.
    ("afklarende_samtale", "Afklarende samtale"),
    ("sygdomsmestring", "Sygdomsmestring"),
    ("nikotinafvaenning", "Nikotinafvænning"),
    ("fysisk_aktivitet", "Fysisk aktivitet"),
    ("ernaering", "Ernæring"),
    // Diagnoses.
    ("type2_diabetes", "Type 2-diabetes"),
    ("heart_vessels", "Hjerte-kar-sygdom"),
    ("copd", "KOL"),
    ("cancer", "Kræft"),
    ("musculoskeletal", "Lænde-ryg og muskel-skelet"),
    // Citizens.
    ("under_18", "Under 18 år"),
    ("18-39", "18-39 år"),
    ("40-49", "40-49 år"),
    ("50-59", "50-59 år"),
    ("60-69", "60-69 år"),
    ("70-79", "70-79 år"),
    ("80+", "80 år og over"),
    ("male", "Mand"),
    ("female", "Kvinde"),
    ("1", "Niveau 1"),
    ("2", "Niveau 2"),
    ("3", "Niveau 3"),
    ("interpreter", "Tolk"),
    ("transport", "Transport"),
    ("companion", "Ledsager"),
    // How it was held.
    ("group", "Hold"),
    ("individual", "Individuelt"),
    ("mixed", "Hold og individuelt"),
    ("intensive", "Intensivt"),
    ("flexible", "Fleksibelt"),
    ("short", "Kort"),
    ("fremmoede", "Fremmøde"),
    ("hjemmebesoeg", "Hjemmebesøg"),
    ("video", "Video"),
    ("telefon", "Telefon"),
    ("app", "App"),
    ("early", "Før kl. 8"),
    ("day", "Kl. 8-16"),
    ("evening", "Fra kl. 16"),
    ("monday", "Mandag"),
    ("tuesday", "Tirsdag"),
    ("wednesday", "Onsdag"),
    ("thursday", "Torsdag"),
    ("friday", "Fredag"),
    ("saturday", "Lørdag"),
    ("sunday", "Søndag"),
    // The interventions of FSIII.
    ("behovssamtale", "Behovssamtale"),
    ("afsluttende_samtale", "Afsluttende samtale"),
    ("opfoelgning", "Opfølgning"),
    ("sygdomshaandtering", "Sygdomshåndtering"),
    ("mental_haandtering", "Mental håndtering"),
    ("vejledning_fysisk_aktivitet", "Vejledning om fysisk aktivitet"),
    ("fysisk_traening", "Fysisk træning"),
    ("faerdighedstraening", "Færdighedstræning"),
    ("kostvejledning", "Kostvejledning"),
    ("diaetbehandling", "Diætbehandling"),
    ("madlavning_i_praksis", "Madlavning i praksis"),
    ("nikotin_tobaksafvaenning", "Nikotin- og tobaksafvænning"),
    ("samtale_om_alkohol", "Samtale om alkohol"),
    // Why it ended, or never began.
    ("ikke_behov_borger", "Ikke behov, vurderet af borgeren"),
    ("ikke_behov_fagperson", "Ikke behov, vurderet af fagperson"),
    ("aktivt_fravalg", "Aktivt fravalg"),
    ("fravalg_anden_sygdom", "Fravalg på grund af anden sygdom"),
    ("fravalg_transport_oekonomi", "Fravalg på grund af økonomi til transport"),
    ("fravalg_transport_logistik", "Fravalg på grund af transportens logistik"),
    ("fravalg_anden_traening", "Fravalg på grund af anden træning"),
    ("haendelse", "Hændelse"),
    ("udeblevet", "Udeblevet"),
    ("never_reached", "Aldrig truffet"),
    ("declined", "Sagde nej"),
    ("no_answer", "Svarede ikke"),
    ("wants_nothing_now", "Ønsker ikke noget nu"),
    ("illness", "Anden sygdom"),
    ("work_or_family", "Arbejde eller familie"),
    ("other_offer", "Er i gang et andet sted"),
    ("unknown", "Ikke oplyst"),
    // Outcomes.
    ("better", "Bedre"),
    ("same", "Uændret"),
    ("worse", "Værre"),
    ("not", "Ikke nået"),
    ("partly", "Delvist nået"),
    ("reached", "Nået"),
    ("exceeded", "Mere end nået"),
    ("raadgivning", "Rådgivning"),
    ("besoeg", "Besøg"),
    ("foelgeskab", "Følgeskab"),
    ("introforloeb", "Introforløb"),
    ("oevrig", "Øvrig"),
    // Safety tasks and requirements.
    ("late", "For sent"),
    ("open", "Åben"),
    ("pregnancy_alcohol", "Graviditet og alkohol"),
    ("weight_loss", "Uplanlagt vægttab"),
    ("training_caution", "Forbehold ved træning"),
    ("data", "Ud fra registreringerne"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use standard::facts::words::{
        Area, Attainment, BridgingKind, CourseType, Format, Fsiii, Mode, Source, TargetGroup,
    };

    use super::*;

    #[test]
    fn every_word_of_the_facts_that_figures_are_split_by_has_a_label_and_none_has_two() {
        let words = Source::ALL.iter().map(|one| one.word());
        let words = words.chain(TargetGroup::ALL.iter().map(|one| one.word()));
        let words = words.chain(Area::ALL.iter().map(|one| one.word()));
        let words = words.chain(Fsiii::ALL.iter().map(|one| one.word()));
        let words = words.chain(Format::ALL.iter().map(|one| one.word()));
        let words = words.chain(CourseType::ALL.iter().map(|one| one.word()));
        let words = words.chain(Mode::ALL.iter().map(|one| one.word()));
        let words = words.chain(Attainment::ALL.iter().map(|one| one.word()));
        for word in words.chain(BridgingKind::ALL.iter().map(|one| one.word())) {
            assert!(label(word).is_some(), "{word}");
        }
        let different: BTreeSet<&str> = LABELS.iter().map(|(word, _)| *word).collect();
        assert_eq!(different.len(), LABELS.len());
    }
}
