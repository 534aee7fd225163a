//! What a professional may decide on a result, as a form: the routes, what the citizen is told, and what must be asked.

use domain::response::Response;
use instruments::{Instrument, Outcome};

use super::form::Typed;
use super::notification;
use crate::layout::{Choice, Field};

/// What is decided, before it is.
pub(super) struct DecisionForm {
    pub(super) routes: Vec<RouteView>,
    pub(super) asks: Vec<AskView>,
    /// Something else than the proposed needs a reason; without routes it is what was done.
    pub(super) reason: Field,
    pub(super) proposed: Option<String>,
}

pub(super) struct RouteView {
    pub(super) choice: Choice,
    pub(super) proposed: bool,
    pub(super) tell: Vec<TellView>,
}

pub(super) struct TellView {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) told: bool,
}

pub(super) struct AskView {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) options: Vec<Choice>,
}

/// The form of a result that nothing is decided on yet.
pub(super) fn decision_form(
    instrument: &Instrument,
    outcome: &Outcome<'_>,
    of: &Response,
    typed: &Typed,
) -> DecisionForm {
    let chosen = typed.said("rute").or_else(|| outcome.route.map(str::to_owned));
    let route = |route: &instruments::Route| RouteView {
        choice: Choice {
            value: route.id.clone(),
            label: route.label.clone(),
            hint: None,
            selected: chosen.as_deref() == Some(&route.id),
        },
        proposed: outcome.route == Some(&route.id),
        tell: (0_u16..)
            .zip(&route.tell)
            .map(|(place, text)| TellView {
                name: format!("oplyst-{}", route.id),
                text: text.clone(),
                told: typed.all(&format!("oplyst-{}", route.id)).contains(&place.to_string()),
            })
            .collect(),
    };
    let asked = |ask: &&instruments::Ask| outcome.rules.iter().any(|rule| rule.asks.contains(&ask.id));
    let ask = |ask: &instruments::Ask| AskView {
        id: ask.id.clone(),
        text: ask.text.clone(),
        options: ask
            .options
            .iter()
            .map(|(word, label)| Choice {
                value: word.clone(),
                label: label.clone(),
                hint: None,
                selected: typed.get(&format!("spurgt-{}", ask.id)) == word,
            })
            .collect(),
    };
    DecisionForm {
        routes: instrument.routes.iter().map(route).collect(),
        asks: instrument
            .asks
            .iter()
            .filter(asked)
            .filter(|ask| !notification::decided_elsewhere(of, &ask.id))
            .map(ask)
            .collect(),
        reason: Field::of(typed.get("grund")),
        proposed: outcome.route.and_then(|id| instrument.route(id)).map(|route| route.label.clone()),
    }
}
