//! The needs on a form: for each how it stands, and why when it cannot be met.

use domain::calendar::{Need, NeedArrangement, NeedState};

use crate::layout::{Choice, Field};
use crate::web::fields::{self, Fields};

/// A need to answer.
pub(super) struct NeedField {
    pub(super) id: &'static str,
    pub(super) reason_id: &'static str,
    pub(super) label: &'static str,
    /// Which language, for an interpreter.
    pub(super) language: Option<String>,
    pub(super) options: Vec<Choice>,
    pub(super) reason: Field,
}

/// Id of a need's field, and of its reason.
pub(super) const fn ids(need: Need) -> (&'static str, &'static str) {
    match need {
        Need::Interpreter => ("behov-tolk", "behov-tolk-hvorfor"),
        Need::Transport => ("behov-koersel", "behov-koersel-hvorfor"),
        Need::Companion => ("behov-ledsager", "behov-ledsager-hvorfor"),
    }
}

/// The fields of a form, with what was typed or what is known; a need that nobody has said anything of is to be ordered.
pub(super) fn fields(
    needs: &[Need],
    language: Option<&str>,
    known: &[NeedArrangement],
    typed: Option<&Fields>,
) -> Vec<NeedField> {
    let field = |need: &Need| {
        let (id, reason_id) = ids(*need);
        let stored = known.iter().find(|answer| answer.need == *need);
        let said = |id: &str| typed.and_then(|form| form.get(id)).cloned();
        let state = said(id).unwrap_or_else(|| stored.map_or(NeedState::Asked, |a| a.state).word().to_owned());
        let reason = said(reason_id).or_else(|| stored.and_then(|a| a.reason.clone())).unwrap_or_default();
        let option = |s: &NeedState| Choice {
            value: s.word().to_owned(),
            label: s.label().to_owned(),
            hint: None,
            selected: s.word() == state,
        };
        let language = language.filter(|_| *need == Need::Interpreter).map(str::to_lowercase);
        NeedField {
            id,
            reason_id,
            label: need.label(),
            language,
            options: NeedState::ALL.iter().map(option).collect(),
            reason: Field::of(reason),
        }
    };
    needs.iter().map(field).collect()
}

/// What was answered. A field that is not there is no answer.
pub(super) fn answers(form: &Fields) -> Vec<NeedArrangement> {
    let answer = |need: &Need| {
        let (id, reason_id) = ids(*need);
        let state = NeedState::parse(form.get(id)?).ok()?;
        let reason = fields::said(form, reason_id).map(str::to_owned);
        Some(NeedArrangement { need: *need, state, reason: reason.filter(|_| state == NeedState::NotPossible) })
    };
    Need::ALL.iter().filter_map(answer).collect()
}
