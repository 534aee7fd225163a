//! The file that is built in is read, and what must not be in one is refused with words that say where.

use super::*;

const TEXT: &str = include_str!("../../data/calibration.toml");

/// The built-in file with one text replaced by another.
fn changed(from: &str, to: &str) -> CalibrationFault {
    assert!(TEXT.contains(from), "{from} stands in the file");
    Calibration::read(&TEXT.replacen(from, to, 1)).unwrap_err()
}

#[test]
fn the_parameters_of_the_documents_stand_in_it_with_their_source() {
    let calibration = Calibration::stated();
    for (parameter, value, document) in [
        (Parameter::HospitalNicotineAMonth, 30.0, "002"),
        (Parameter::RiskReferredShare, 0.02, "004"),
        (Parameter::SupportShare, 0.175, "002"),
        (Parameter::ExtendedShare, 0.035, "002"),
    ] {
        assert!((calibration.of(parameter) - value).abs() < 1e-9, "{}", parameter.word());
        let stated = calibration.parameters().iter().find(|stated| stated.parameter == parameter).unwrap();
        assert!(matches!(&stated.ground, Ground::Source(source) if source.starts_with(document)), "{stated:?}");
    }
}

#[test]
fn the_share_of_silent_practices_is_called_an_assumption() {
    let stated = Calibration::stated().parameters();
    let silent = stated.iter().find(|stated| stated.parameter == Parameter::SilentPracticeShare).unwrap();
    assert!(matches!(silent.ground, Ground::Assumption(_)));
}

#[test]
fn an_unknown_field_is_refused_where_it_stands() {
    let fault = changed("value = 0.8\n", "value = 0.8\nmedian = 3\n");
    assert!(matches!(&fault, CalibrationFault::Form { at, .. } if at == "parameter.adult_share.median"), "{fault}");
    let fault = changed("[parameter.adult_share]", "[parameter.adult_share_of_all]");
    assert_eq!(fault, CalibrationFault::MissingParameter("adult_share"));
    let fault = changed(
        "[parameter.adult_share]",
        "[parameter.unheard_of]\nvalue = 1\nlow = 0\nhigh = 1\n[parameter.adult_share]",
    );
    assert!(matches!(fault, CalibrationFault::Form { .. } | CalibrationFault::UnknownParameter(_)), "{fault}");
}

#[test]
fn a_parameter_without_ground_is_refused() {
    let assumption = "assumption = \"Citizens who need an interpreter.\"\n";
    assert_eq!(changed(assumption, ""), CalibrationFault::Unfounded("parameter.interpreter_share".into()));
    let empty = changed(assumption, "assumption = \" \"\n");
    assert_eq!(empty, CalibrationFault::Unfounded("parameter.interpreter_share".into()));
    let both = changed(assumption, &format!("{assumption}source = \"001, section 1\"\n"));
    assert_eq!(both, CalibrationFault::Unfounded("parameter.interpreter_share".into()));
    let vague = changed(assumption, "source = \"well known\"\n");
    assert!(matches!(vague, CalibrationFault::VagueSource { at, .. } if at == "parameter.interpreter_share"));
}

#[test]
fn a_value_outside_its_limits_is_refused() {
    let fault = changed("value = 0.02\n", "value = 0.5\n");
    assert!(
        matches!(&fault, CalibrationFault::OutOfRange { parameter, .. } if parameter == "risk_referred_share"),
        "{fault}"
    );
    let fault = changed("low = 0.15\nhigh = 0.2\n", "low = 0.15\nhigh = 1.2\n");
    assert_eq!(fault, CalibrationFault::ImpossibleLimits("support_share".into()));
    let refused = Calibration::stated().clone().with(Parameter::SupportShare, 0.5).unwrap_err();
    assert!(refused.to_string().contains("support_share"));
    let set = Calibration::stated().clone().with(Parameter::SupportShare, 0.15).unwrap();
    assert!((set.of(Parameter::SupportShare) - 0.15).abs() < 1e-9);
}

#[test]
fn a_year_has_twelve_even_months_and_programmes_that_can_be_run() {
    assert!(matches!(changed("[1.6, 1.15", "[2.6, 1.15"), CalibrationFault::NotAYear { word: "citizen", .. }));
    assert!(matches!(changed("share = 0.42", "share = 0.40"), CalibrationFault::Shares(_)));
    assert!(matches!(changed("seats = 8\n", "seats = 80\n"), CalibrationFault::Programme { .. }));
    let group = changed("group = false\nshare = 0.0\nsessions = 2", "group = true\nshare = 0.0\nsessions = 2");
    assert!(matches!(group, CalibrationFault::Programme { code: "alcohol_talk", .. }));
}

#[test]
fn what_is_no_file_is_refused_in_words() {
    for text in ["", "parameter = 1", "[parameter", "[parameter.adult_share]\nvalue = 'x'"] {
        assert!(!Calibration::read(text).unwrap_err().to_string().is_empty());
    }
}
