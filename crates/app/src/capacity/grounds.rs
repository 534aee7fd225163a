//! What the model rests on, in words: what has a source, and what is an estimate until the municipality has counted.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use simulation::{Calibration, Ground, Parameter};

/// What a parameter is called, and where its value is from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    da: String,
    en: String,
    source_da: Option<String>,
    source_en: Option<String>,
}

/// The words by the parameter's name.
static WORDS: LazyLock<BTreeMap<String, Words>> = LazyLock::new(|| {
    toml::from_str(include_str!("grounds.toml")).unwrap_or_else(|error| {
        tracing::error!(%error, "the words of the model's parameters cannot be read");
        BTreeMap::new()
    })
});

/// A parameter on the page.
pub(super) struct GroundView {
    pub(super) label: &'static str,
    pub(super) value: String,
    /// None for an estimate.
    pub(super) source: Option<&'static str>,
}

/// Those with a source, and those without, in the order of the model's file. What the municipality has counted itself is in
/// neither.
pub(super) fn of(calibration: &Calibration) -> (Vec<GroundView>, Vec<GroundView>) {
    let all = calibration.parameters().iter().filter_map(|stated| {
        let words = WORDS.get(stated.parameter.word())?;
        let source = match stated.ground {
            Ground::Source(_) => words.source_da.as_deref(),
            Ground::Assumption(_) => None,
        };
        let value = said(stated.parameter, stated.value);
        Some(GroundView { label: words.da.as_str(), value, source })
    });
    all.partition(|view| view.source.is_some())
}

/// A share in per cent, everything else as the number it is.
fn said(parameter: Parameter, value: f64) -> String {
    let share = parameter.word().contains("share")
        || ["phone_", "letter_", "talk_missed", "absent_", "drop_out"]
            .iter()
            .any(|start| parameter.word().starts_with(start));
    if share { charts::percent(value, 1) } else { charts::decimal(value, 1) }
}

/// The English of the words.
pub(crate) fn english() -> impl Iterator<Item = (&'static str, String)> {
    WORDS.values().flat_map(|words| {
        let source = words.source_da.as_deref().zip(words.source_en.clone());
        [Some((words.da.as_str(), words.en.clone())), source].into_iter().flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_of_the_model_has_its_words_and_no_estimate_has_one() {
        let stated = Calibration::stated();
        for one in stated.parameters() {
            let words = WORDS.get(one.parameter.word());
            let sourced = matches!(one.ground, Ground::Source(_));
            assert_eq!(words.is_some_and(|words| words.source_da.is_some()), sourced, "{}", one.parameter.word());
            assert!(words.is_none_or(|words| words.source_da.is_some() == words.source_en.is_some()));
        }
        assert!(WORDS.keys().all(|word| Parameter::parse(word).is_some()));
        let (sourced, estimated) = of(stated);
        assert_eq!((sourced.len(), sourced.len() + estimated.len()), (5, WORDS.len()));
    }

    #[test]
    fn a_share_is_said_in_per_cent() {
        assert_eq!(said(Parameter::PhoneAnswerOwn, 0.6), "60\u{a0}%");
        assert_eq!(said(Parameter::DirectHoursAWeek, 24.0), "24");
        assert_eq!(said(Parameter::HospitalReferenceInhabitants, 108_021.0), "108.021");
    }
}
