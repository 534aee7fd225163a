//! What a plan in the making should be looked at again for. Hints never stop anybody: a person decides.

use crate::codes::{DeliveryType, InterventionCode};
use crate::planned_intervention::{GrantError, check_grant};

/// Something to look at before a plan is agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanHint {
    /// Training alone can increase an unplanned weight loss; nutrition belongs beside it (KS-6.2-11).
    TrainingWithWeightLoss,
    /// The intervention cannot be delivered so.
    Format(InterventionCode, GrantError),
}

impl PlanHint {
    /// What staff read.
    pub fn text(&self) -> String {
        match self {
            Self::TrainingWithWeightLoss => {
                "Borgeren har tabt sig uden at ville det. Træning alene kan øge vægttabet: tilbyd også en ernæringsindsats, \
                 eller skriv, at borgeren takker nej."
                    .to_owned()
            }
            Self::Format(code, error) => format!("{}: {}", code.label(), error.user_message()),
        }
    }

    /// The requirement behind it, when there is one.
    pub const fn rule(&self) -> Option<&'static str> {
        match self {
            Self::TrainingWithWeightLoss => Some("KS-6.2-11"),
            Self::Format(InterventionCode::AlcoholTalk, _) => Some("KS-8.3"),
            Self::Format(..) => None,
        }
    }
}

/// Words for a weight loss that was not wanted.
const UNWANTED_LOSS: [&str; 5] =
    ["utilsigtet vægttab", "uplanlagt vægttab", "ufrivilligt vægttab", "tabt sig uden", "taber sig uden"];

/// What to look at in the interventions chosen, given the words of the talk.
pub fn plan_hints<'a>(
    chosen: &[(InterventionCode, DeliveryType)],
    words: impl IntoIterator<Item = &'a str>,
) -> Vec<PlanHint> {
    use InterventionCode as Code;
    let has = |codes: &[Code]| chosen.iter().any(|(code, _)| codes.contains(code));
    let loss = |text: &str| {
        let text = text.to_lowercase();
        UNWANTED_LOSS.iter().any(|words| text.contains(words))
    };
    let nutrition = [Code::DietaryGuidance, Code::DietaryTreatment, Code::CookingInPractice];
    let training = has(&[Code::PhysicalTraining]) && !has(&nutrition) && words.into_iter().any(loss);
    let format = |(code, delivery): &(Code, DeliveryType)| {
        let category = code.care_plan_category();
        check_grant(*code, *delivery, category).err().map(|error| PlanHint::Format(*code, error))
    };
    training.then_some(PlanHint::TrainingWithWeightLoss).into_iter().chain(chosen.iter().filter_map(format)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use DeliveryType::{Group, Individual};
    use InterventionCode::{AlcoholTalk, DietaryTreatment, PhysicalTraining};

    #[test]
    fn training_with_an_unwanted_weight_loss_asks_for_nutrition_beside_it() {
        let words = ["Tabt sig uden at ville det, 4 kg siden sommer."];
        assert_eq!(plan_hints(&[(PhysicalTraining, Group)], words), [PlanHint::TrainingWithWeightLoss]);
        assert_eq!(plan_hints(&[(PhysicalTraining, Group), (DietaryTreatment, Individual)], words), []);
        assert_eq!(plan_hints(&[(PhysicalTraining, Group)], ["Vil gerne tabe sig."]), []);
    }

    #[test]
    fn a_format_that_is_not_allowed_is_said_before_it_is_refused() {
        let hints = plan_hints(&[(AlcoholTalk, Group)], []);
        assert_eq!(hints, [PlanHint::Format(AlcoholTalk, GrantError::AlcoholInGroup)]);
        assert_eq!(hints[0].rule(), Some("KS-8.3"));
    }
}
