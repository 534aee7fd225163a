//! Answers to the model of support that lead to a level: what a professional would have said.

use domain::stratification::{Answers, ESBJERG, Step, Stratum};

/// Answers to the first model ([`domain::stratification::ESBJERG`]) whose level is this one.
pub fn answers(level: Stratum) -> Answers {
    let (coping, complexity) = match level {
        Stratum::Own => (Step::Light, Step::Light),
        Stratum::Support => (Step::Middle, Step::Middle),
        Stratum::Extended => (Step::Heavy, Step::Heavy),
    };
    ESBJERG.factors.iter().map(|factor| factor.word.to_owned()).zip([coping, complexity]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_lead_to_the_level_they_are_for() {
        for level in Stratum::ALL {
            let answers = answers(*level);
            let steps: Vec<Step> = ESBJERG.factors.iter().map(|factor| answers[factor.word]).collect();
            assert_eq!((ESBJERG.score)(&steps), *level);
        }
    }
}
