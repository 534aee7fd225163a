//! What must never happen, whatever is answered.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::collections::BTreeSet;

use domain::quantity::Quantity;
use domain::response::{Answer, Answers};
use instruments::{CATALOGUE, Context, Instrument, Kind, Outcome, check, evaluate, newest};
use jiff::civil::date;

fn the(id: &str) -> &'static Instrument {
    newest(id).unwrap()
}

fn outcome<'a>(instrument: &'a Instrument, answers: &Answers) -> Outcome<'a> {
    evaluate(instrument, answers, Context { facts: &BTreeSet::new(), on: date(2026, 11, 24), earlier: &[] })
}

/// An answer to an item, by two numbers that stand for a choice.
fn any_answer(kind: &Kind, pick: usize, absent: bool) -> Option<Answer> {
    if absent {
        return None;
    }
    Some(match kind {
        Kind::Choice(options) => Answer::Value(options[pick % options.len()].1),
        Kind::Many(options) => Answer::Many([options[pick % options.len()].1].into()),
        Kind::Number { plausible, .. } => {
            let span = (plausible.1.minus(plausible.0)).as_hundredths() / 100 + 1;
            Answer::Value(plausible.0.plus(Quantity::whole(i32::try_from(pick).unwrap() % span)))
        }
        Kind::Text => Answer::Text("ord".to_owned()),
    })
}

proptest::proptest! {
    #[test]
    fn whatever_is_answered(picks in proptest::collection::vec((0_usize..1000, 0_u8..12), 60), which in 0_usize..25) {
        let it = &CATALOGUE[which];
        let of = it.computed_from.as_deref().map_or(it, the);
        let answers: Answers = of.items.iter().zip(&picks)
            .filter_map(|(item, (pick, absent))| Some((item.no, any_answer(&item.kind, *pick, *absent == 0)?)))
            .collect();
        let one = outcome(it, &answers);
        assert_eq!(one, outcome(it, &answers), "the same answers say the same");
        if !one.is_complete() {
            assert!(one.score.is_none() && one.band.is_none(), "nothing is said of an incomplete set");
        }
        if let (Some(score), Some((least, most))) = (one.score, it.range) {
            assert!(score >= least && score <= most, "{} {score}", it.id);
            assert!(it.bands.is_empty() || one.band.is_some(), "{} {score}", it.id);
        }
        if let (Some(at_least), Some(_)) = (one.at_least, one.missing.first()) {
            let mut full = answers.clone();
            for item in &it.items {
                full.entry(item.no).or_insert_with(|| any_answer(&item.kind, 0, false).unwrap());
            }
            let total = outcome(it, &full).score;
            // A set that contradicts itself is asked about before it is scored.
            let sound = check(it, &full).is_empty();
            assert!(!sound || total.is_none_or(|total| total >= at_least), "no total is lower");
        }
    }
}
