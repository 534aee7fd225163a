//! Care points (opmærksomhedspunkter): what whoever leads a session must know of a participant for safety and support, and no more.
//!
//! Some are noted by staff on the granted intervention; some follow of what was answered and decided elsewhere, so that
//! nobody writes them twice. Source: scenario I2; the answers are those of [`crate::safety`] (KS-6.4-02, KS-6.2-11,
//! KS-5.4-01), the marks those of [`crate::adaptation`] (KS-3.1-08).

use std::collections::BTreeSet;

use crate::adaptation::{Adaptation, Adaptations, Mark};
use crate::codes::InterventionCode;
use crate::safety::{Question, SafetyAnswers};
use crate::words::word_enum;

word_enum! {
    /// One thing to mind.
    pub enum CarePoint {
        /// Falls easily.
        Balance = ("balance", "Dårlig balance"),
        /// Blood sugar may fall.
        Insulin = ("insulin", "Får insulin: hold øje med lavt blodsukker"),
        /// Warms up slowly, stops at chest pain.
        Heart = ("heart", "Hjertesygdom: rolig opvarmning"),
        /// Needs pauses and the inhaler at hand.
        Breath = ("breath", "Åndenød: pauser og inhalator ved hånden"),
        /// Cannot do every exercise.
        Pain = ("pain", "Smerter: tilpas øvelserne"),
        /// May have a fit.
        Epilepsy = ("epilepsy", "Epilepsi"),
        /// Cannot eat or touch everything.
        Allergy = ("allergy", "Allergi"),
        /// A disease that calls for caution in training.
        Caution = ("caution", "Forsigtighed ved træning"),
        /// The same, and no doctor has been asked.
        CautionOpen = ("caution_open", "Forsigtighed ved træning, ikke afklaret med læge"),
        /// Pregnant.
        Pregnant = ("pregnant", "Gravid"),
        /// Has lost weight without wanting it.
        WeightLoss = ("weight_loss", "Har tabt sig uden at ville det"),
        /// Medicine whose dose depends on smoking.
        Medicine = ("medicine", "Tager medicin, som et rygestop påvirker"),
        /// Written material does not reach them.
        Written = ("written", "Svært ved at læse: sig det højt"),
        /// Many people at once.
        Crowd = ("crowd", "Svært ved at være mange sammen"),
    }
}

impl CarePoint {
    /// Those that staff note themselves; the others follow of what is answered elsewhere.
    pub const NOTED: [Self; 7] =
        [Self::Balance, Self::Insulin, Self::Heart, Self::Breath, Self::Pain, Self::Epilepsy, Self::Allergy];
}

/// What to mind about a participant, in the order of [`CarePoint`]; only what matters in a team that delivers `code`.
pub fn care_points(
    code: InterventionCode,
    noted: &BTreeSet<CarePoint>,
    answers: Option<&SafetyAnswers>,
    adapted: Option<&Adaptations>,
) -> BTreeSet<CarePoint> {
    use InterventionCode as C;
    let yes = |question| answers.is_some_and(|it| it.said.get(&question) == Some(&true));
    let marked = |mark| adapted.is_some_and(|it| it.marks.contains(&mark));
    let has = |adaptation| adapted.is_some_and(|it| it.has(adaptation));
    let training = code == C::PhysicalTraining;
    let caution = training && yes(Question::TrainingCaution);
    let all = [
        (caution && yes(Question::CautionCleared), CarePoint::Caution),
        (caution && !yes(Question::CautionCleared), CarePoint::CautionOpen),
        (yes(Question::Pregnant), CarePoint::Pregnant),
        (training && yes(Question::WeightLoss), CarePoint::WeightLoss),
        (code == C::NicotineCessation && yes(Question::AffectedMedicine), CarePoint::Medicine),
        (marked(Mark::WrittenHard) || has(Adaptation::ReadAloud), CarePoint::Written),
        (marked(Mark::CrowdHard), CarePoint::Crowd),
    ];
    let followed = all.into_iter().filter(|(so, _)| *so).map(|(_, point)| point);
    noted.iter().copied().filter(|point| CarePoint::NOTED.contains(point)).chain(followed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CitizenId, CourseId};
    use uuid::Uuid;

    fn answers(said: &[(Question, bool)]) -> SafetyAnswers {
        let none = SafetyAnswers::none(CitizenId(Uuid::from_u128(1)), CourseId(Uuid::from_u128(2)));
        SafetyAnswers { said: said.iter().copied().collect(), ..none }
    }

    fn points(code: InterventionCode, said: &[(Question, bool)]) -> Vec<CarePoint> {
        care_points(code, &BTreeSet::new(), Some(&answers(said)), None).into_iter().collect()
    }

    #[test]
    fn only_what_matters_in_this_team_is_told() {
        let said =
            [(Question::TrainingCaution, true), (Question::AffectedMedicine, true), (Question::MentalIllness, true)];
        assert_eq!(points(InterventionCode::PhysicalTraining, &said), [CarePoint::CautionOpen]);
        assert_eq!(points(InterventionCode::NicotineCessation, &said), [CarePoint::Medicine]);
        assert_eq!(
            points(InterventionCode::DiseaseManagement, &said),
            [],
            "an illness of the mind is nobody's business here"
        );
        let cleared =
            [(Question::TrainingCaution, true), (Question::CautionCleared, true), (Question::WeightLoss, false)];
        assert_eq!(points(InterventionCode::PhysicalTraining, &cleared), [CarePoint::Caution]);
    }

    #[test]
    fn what_staff_noted_stands_beside_what_follows_of_marks() {
        let noted = BTreeSet::from([CarePoint::Insulin, CarePoint::Pregnant]);
        let marks = Adaptations {
            marks: [Mark::WrittenHard, Mark::CrowdHard].into(),
            ..Adaptations::none(CitizenId(Uuid::from_u128(1)))
        };
        let all = care_points(InterventionCode::DiseaseManagement, &noted, None, Some(&marks));
        assert_eq!(all.into_iter().collect::<Vec<_>>(), [CarePoint::Insulin, CarePoint::Written, CarePoint::Crowd]);
    }
}
