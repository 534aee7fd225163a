//! WHO-5 well-being index: five items about the last two weeks, answered 0 (at no time) to 5 (all of the time).
//!
//! Source: WHO Regional Office for Europe, 1998; Topp et al. 2015 on its use. Free to use with its source named.

use crate::{Instrument, Item, Score, ScoreError};

/// WHO-5, first version.
pub static WHO5: Instrument =
    Instrument { code: "who5", version: 1, title: "WHO-5 Trivselsindeks", items: &ITEMS, score };

const fn item(text: &'static str) -> Item {
    Item { text, max: 5 }
}

static ITEMS: [Item; 5] = [
    item("Har jeg været glad og i godt humør?"),
    item("Har jeg følt mig rolig og afslappet?"),
    item("Har jeg følt mig aktiv og energisk?"),
    item("Er jeg vågnet frisk og udhvilet?"),
    item("Har min dagligdag været fyldt med ting, der interesserer mig?"),
];

/// Percentage score, 0 (worst) to 100 (best): the raw sum 0–25 times four.
#[expect(clippy::unnecessary_wraps, reason = "the shape of every instrument's scoring")]
fn score(answers: &[u8]) -> Result<Score, ScoreError> {
    Ok(Score(4 * answers.iter().map(|answer| u16::from(*answer)).sum::<u16>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_runs_from_zero_to_a_hundred() {
        assert_eq!(WHO5.score(&[0; 5]), Ok(Score(0)));
        assert_eq!(WHO5.score(&[5; 5]), Ok(Score(100)));
        assert_eq!(WHO5.score(&[3, 2, 3, 1, 2]), Ok(Score(44)));
    }

    #[test]
    fn a_missing_or_impossible_answer_gives_no_score() {
        assert_eq!(WHO5.score(&[1, 2, 3, 4]), Err(ScoreError::Incomplete));
        assert_eq!(WHO5.score(&[1, 2, 6, 4, 5]), Err(ScoreError::OutOfRange { item: 3 }));
    }

    proptest::proptest! {
        #[test]
        fn a_higher_answer_never_lowers_the_score(answers in proptest::array::uniform5(0u8..5), which in 0usize..5) {
            let mut higher = answers;
            higher[which] += 1;
            assert!(WHO5.score(&higher).unwrap() > WHO5.score(&answers).unwrap());
        }
    }
}
