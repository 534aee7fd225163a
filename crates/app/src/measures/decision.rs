//! What a professional decides on a result; with it the day's task is done.

use std::collections::{BTreeMap, BTreeSet};

use domain::consent::ConsentForm;
use domain::ids::ResponseId;
use domain::response::{Decision, Response};
use domain::task::TaskKind;
use instruments::{DecisionFault, Instrument, check_decision};
use serde::Deserialize;

use super::commands::{expect, follow_screening, follow_worry, outcome};
use super::{Instruments, notification};
use crate::courses::{self, ConsentInput};
use crate::{App, AppError, Caller, records, tasks};

/// What is decided on a result.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct DecisionInput {
    /// Word of the route; empty for an instrument without routes.
    pub route: String,
    /// Why another route than the proposed one, or what was done where the instrument names no routes.
    pub reason: Option<String>,
    /// Answers to what must be asked, such as consent, by their words.
    pub said: BTreeMap<String, String>,
    /// What the citizen was told, by its place in the route's list, from zero.
    pub told: BTreeSet<u16>,
    /// What staff knows that changes the advice; left out, as it stands.
    pub facts: Option<BTreeSet<String>>,
}

/// Keeps a decision; with other facts than before the result is read anew first, so that nothing is decided unseen.
pub async fn decide(
    app: &App,
    who: &Caller,
    id: ResponseId,
    version: Option<i64>,
    input: DecisionInput,
) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let (now, who) = (app.now(), who.clone());
    app.store
        .write(who.scope("response.decide", now), move |tx| {
            let known = Instruments::read(tx, &home.settings.instruments_off)?;
            let citizen = records::citizen_of(tx, "response", id.0)?;
            let record = records::citizen_record(tx, citizen)?;
            let before = record.response(id)?;
            expect(version, before.version)?;
            let was = &before.value;
            let instrument = known.find(&was.instrument, was.version).ok_or(AppError::NotFound("instrument"))?;
            let reason = input.reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
            let DecisionInput { route, said, told, facts, .. } = input;
            let response = Response { facts: facts.or_else(|| was.facts.clone()), ..was.clone() };
            let outcome = outcome(instrument, &record, &response);
            let asked = |ask: &str| outcome.rules.iter().any(|rule| rule.asks.contains(ask));
            let mut said = notification::said(said, &record, &response);
            said.retain(|ask, _| asked(ask));
            let decision = Decision { route, reason, said, told, by: who.user, at: now };
            let faults = check_decision(instrument, &outcome, &decision).into_iter();
            refuse(faults.filter(|fault| notification::stands(&response, fault)))?;
            for input in consents(instrument, &decision) {
                courses::store_consent(tx, &record, &who, input, now)?;
            }
            let decided = Response { decision: Some(decision), ..response };
            records::save_if_changed(tx, before, &decided)?;
            Ok(tasks::end(tx, id.0, TaskKind::Safety, true)?)
        })
        .await
}

/// What the citizen said yes or no to on the way: an answer given here is not asked for once more.
fn consents(instrument: &Instrument, decision: &Decision) -> Vec<ConsentInput> {
    let answer = |ask: &instruments::Ask| {
        let given = decision.said.get(&ask.id)? == "yes";
        Some(ConsentInput { purpose: ask.consent?, given, form: ConsentForm::Oral })
    };
    instrument.asks.iter().filter_map(answer).collect()
}

fn refuse(mut faults: impl Iterator<Item = DecisionFault>) -> Result<(), AppError> {
    let Some(fault) = faults.next() else { return Ok(()) };
    let field = match fault {
        DecisionFault::NoSuchRoute => "route",
        DecisionFault::NoReason | DecisionFault::NotSaid => "reason",
        DecisionFault::NotAsked(_) => "said",
    };
    Err(AppError::field(field, "decision_rule", fault.user_message()))
}

/// Keeps what staff knows of a result, and reads it anew by it: pregnancy or mental illness may make a task of the day.
pub async fn set_facts(
    app: &App,
    who: &Caller,
    id: ResponseId,
    version: Option<i64>,
    facts: BTreeSet<String>,
) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let (now, who) = (app.now(), who.clone());
    app.store
        .write(who.scope("response.facts", now), move |tx| {
            let known = Instruments::read(tx, &home.settings.instruments_off)?;
            let citizen = records::citizen_of(tx, "response", id.0)?;
            let record = records::citizen_record(tx, citizen)?;
            let before = record.response(id)?;
            expect(version, before.version)?;
            let was = &before.value;
            let instrument = known.find(&was.instrument, was.version).ok_or(AppError::NotFound("instrument"))?;
            if facts.iter().any(|id| !instrument.facts.iter().any(|fact| fact.id == *id)) {
                return Err(AppError::field("facts", "fact_unknown", "En af oplysningerne hører ikke til redskabet."));
            }
            let mut response = Response { facts: Some(facts), ..was.clone() };
            let (then, is) = (outcome(instrument, &record, was), outcome(instrument, &record, &response));
            if then.route != is.route || then.rules != is.rules {
                response.decision = None;
            }
            response.score = is.score;
            records::save_if_changed(tx, before, &response)?;
            follow_worry(tx, who.user, &response, is.worry)?;
            follow_screening(tx, &home.settings.limits, citizen, &response.instrument)
        })
        .await
}
