//! Groups of diseases, as referral diagnoses tell of them: for counting who waits, and for the rare offer that is for one
//! disease. Offers are for everybody who functions alike (KS-3-03); with enough of one disease a team of them may be made
//! (KS-3-05).

use std::collections::BTreeSet;

use crate::service_request::{FocusCode, FocusCondition};
use crate::words::word_enum;

word_enum! {
    /// A group of diseases. The words are those of the indicators' breakdown by diagnosis.
    pub enum DiseaseGroup {
        /// Type 2 diabetes.
        Type2Diabetes = ("type2_diabetes", "Type 2-diabetes"),
        /// Heart and vessels.
        HeartVessels = ("heart_vessels", "Hjerte-kar-sygdom"),
        /// Chronic obstructive pulmonary disease.
        Copd = ("copd", "KOL"),
        /// Cancer.
        Cancer = ("cancer", "Kræft"),
        /// Muscles, bones and joints.
        Musculoskeletal = ("musculoskeletal", "Muskel- og skeletsygdom"),
        /// Another that has a code.
        Other = ("other", "Anden sygdom"),
    }
}

/// How SKS codes of a group begin.
const SKS: [(&str, DiseaseGroup); 5] = [
    ("DE11", DiseaseGroup::Type2Diabetes),
    ("DI", DiseaseGroup::HeartVessels),
    ("DJ44", DiseaseGroup::Copd),
    ("DC", DiseaseGroup::Cancer),
    ("DM", DiseaseGroup::Musculoskeletal),
];

/// How ICPC-2 codes of a group begin.
const ICPC: [(&str, DiseaseGroup); 4] = [
    ("T90", DiseaseGroup::Type2Diabetes),
    ("R95", DiseaseGroup::Copd),
    ("K", DiseaseGroup::HeartVessels),
    ("L", DiseaseGroup::Musculoskeletal),
];

impl DiseaseGroup {
    /// The group of a referral diagnosis; none when it is text alone.
    pub fn of(code: &FocusCode) -> Option<Self> {
        let (groups, code): (&[(&str, Self)], &str) = match code {
            FocusCode::Sks(code) => (&SKS, code),
            FocusCode::Icpc(code) => (&ICPC, code),
            FocusCode::Text => return None,
        };
        let found = groups.iter().find(|(start, _)| code.starts_with(start));
        Some(found.map_or(Self::Other, |(_, group)| *group))
    }

    /// The groups of what a referral tells; what was withdrawn or no longer holds is none.
    pub fn told(focus: &[FocusCondition]) -> BTreeSet<Self> {
        let holds = focus.iter().filter(|one| one.active && !one.entered_in_error);
        holds.filter_map(|one| Self::of(&one.code)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_belongs_to_one_group_and_text_to_none() {
        for (code, group) in [
            (FocusCode::Sks("DE112".into()), Some(DiseaseGroup::Type2Diabetes)),
            (FocusCode::Sks("DK50".into()), Some(DiseaseGroup::Other)),
            (FocusCode::Icpc("R95".into()), Some(DiseaseGroup::Copd)),
            (FocusCode::Icpc("K86".into()), Some(DiseaseGroup::HeartVessels)),
            (FocusCode::Text, None),
        ] {
            assert_eq!(DiseaseGroup::of(&code), group, "{code:?}");
        }
    }
}
