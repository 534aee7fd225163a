use proptest::prelude::*;

use super::*;
use Step::{Heavy, Light, Middle};

fn answers(model: &Model, steps: &[Step]) -> Answers {
    model.factors.iter().zip(steps).map(|(factor, step)| (factor.word.to_owned(), *step)).collect()
}

fn level(model: &Model, steps: &[Step]) -> Option<Stratum> {
    model.assess(&answers(model, steps)).map(|scored| scored.stratum)
}

#[test]
fn the_grid_is_the_one_of_the_instrument() {
    use Stratum::{Extended, Own, Support};
    let rows =
        [(Light, [Own, Own, Support]), (Middle, [Own, Support, Extended]), (Heavy, [Support, Extended, Extended])];
    for (coping, row) in rows {
        for (complexity, wanted) in [Light, Middle, Heavy].into_iter().zip(row) {
            assert_eq!(level(&ESBJERG, &[coping, complexity]), Some(wanted), "{coping:?} {complexity:?}");
        }
    }
}

#[test]
fn significant_groups_are_counted() {
    assert_eq!(level(&VORDINGBORG, &[Light, Middle, Middle]), Some(Stratum::Own));
    assert_eq!(level(&VORDINGBORG, &[Light, Heavy, Middle]), Some(Stratum::Support));
    assert_eq!(level(&VORDINGBORG, &[Heavy, Heavy, Light]), Some(Stratum::Extended));
}

#[test]
fn without_every_answer_the_level_is_not_assessed() {
    assert_eq!(level(&ESBJERG, &[Light]), None);
    assert_eq!(level(&VORDINGBORG, &[Heavy, Heavy]), None);
}

#[test]
fn another_level_needs_a_reason_and_the_same_keeps_none() {
    let scored = Stratum::Own;
    assert_eq!(decide(scored, Some(Stratum::Support), "  "), Err(StratificationError::ReasonMissing));
    let other = decide(scored, Some(Stratum::Support), " Lige blevet alene ");
    assert_eq!(other, Ok((Stratum::Support, Some("Lige blevet alene".to_owned()))));
    assert_eq!(decide(scored, Some(scored), "x"), Ok((scored, None)));
    assert_eq!(decide(scored, None, ""), Ok((scored, None)));
}

#[test]
fn the_record_fills_what_it_knows_and_says_because_of_what() {
    let nothing = Known::default();
    assert_eq!(propose(&ESBJERG, &nothing), []);
    let asked = Known { gone_through: true, ..Known::default() };
    assert!(propose(&ESBJERG, &asked).iter().all(|proposal| proposal.step == Light));
    let known = Known { burdens: vec![Burden::SEVERAL_DISEASES, Burden::LANGUAGE], gone_through: false };
    let proposed = propose(&ESBJERG, &known);
    assert_eq!(proposed.len(), 1, "nothing is known of coping");
    assert_eq!((proposed[0].factor, proposed[0].step), ("complexity", Middle));
    assert_eq!(proposed[0].because, ["Flere sygdomme", "Brug for tolk"]);
    let burdens = vec![Burden::SEVERAL_DISEASES, Burden::LANGUAGE, Burden::MENTAL_ILLNESS];
    assert_eq!(propose(&ESBJERG, &Known { burdens, gone_through: true })[1].step, Heavy);
}

#[test]
fn a_model_is_found_by_word_and_version() {
    for one in MODELS {
        assert_eq!(model(one.word, one.version).map(|found| found.name), Some(one.name));
    }
    assert!(model("esbjerg", 99).is_none() && model("", 1).is_none());
}

proptest! {
    #[test]
    fn a_result_always_says_because_of_what(steps in proptest::collection::vec(0_usize..3, 3), which in 0_usize..2) {
        let model = &MODELS[which];
        let steps: Vec<Step> = steps.into_iter().map(|at| Step::ALL[at]).collect();
        let scored = model.assess(&answers(model, &steps)).unwrap();
        prop_assert_eq!(scored.because.len(), model.factors.len());
        prop_assert!(scored.because.iter().all(|one| !one.factor.is_empty() && !one.answer.is_empty()));
    }

    #[test]
    fn a_heavier_answer_never_gives_a_lighter_level(
        steps in proptest::collection::vec(0_usize..3, 3), at in 0_usize..3, which in 0_usize..2,
    ) {
        let model = &MODELS[which];
        let before: Vec<Step> = steps.iter().take(model.factors.len()).map(|at| Step::ALL[*at]).collect();
        let mut after = before.clone();
        let at = at % after.len();
        after[at] = Step::Heavy;
        prop_assert!(level(model, &before) <= level(model, &after));
    }
}
