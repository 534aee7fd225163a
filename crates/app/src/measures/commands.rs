//! Recording a response, correcting it, and withdrawing one that should never have been there.

use std::collections::BTreeSet;

use domain::ids::{CitizenId, ResponseId, SessionId, UserId};
use domain::limits::Limits;
use domain::response::{Answers, Mode, Phase, Response, ResponseStatus, TestSetting};
use domain::service_request::Owner;
use domain::task::TaskKind;
use domain::workdays::local_date;
use instruments::{AnswerFault, Context, Earlier, Instrument, Outcome, check, evaluate};
use jiff::civil::Date;
use serde::Deserialize;
use store::Tx;

use super::{Instruments, queries};
pub(super) use crate::records::expect;
use crate::records::{self, CitizenRecord};
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, safety, stopbasen};

/// The word of the task that a worrying result makes: the same day, by a habit of the house that no requirement sets.
const RULE: &str = "worrying_result";

/// What became of using an instrument.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Recorded {
    /// It was answered or measured.
    #[default]
    Answered,
    /// The citizen does not want it.
    Refused,
    /// It cannot be done.
    NotPossible,
}

/// One use of an instrument.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct ResponseInput {
    /// Id of the instrument; its newest version is used.
    pub instrument: String,
    /// How it was answered, as a word; left out, the instrument's usual way.
    #[schema(value_type = Option<String>)]
    pub mode: Option<Mode>,
    /// Where in the course, as a word.
    #[schema(value_type = String)]
    pub phase: Phase,
    /// The day it is about; left out, today.
    #[schema(value_type = Option<String>, format = Date)]
    pub on: Option<Date>,
    /// Place and equipment of a test.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub setting: TestSetting,
    /// The session of a team that it was measured in.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub session: Option<SessionId>,
    /// Answers by item number: points, a number, a list of points, a text, or null for "not known".
    #[serde(default)]
    #[schema(value_type = Object)]
    pub answers: Answers,
    /// What staff knows, by the words of the instrument's facts; left out when nobody was asked.
    #[serde(default)]
    pub facts: Option<BTreeSet<String>>,
    /// Answered, refused or not possible.
    #[serde(default)]
    pub recorded: Recorded,
    /// Why it was refused, was not possible or was stopped early.
    #[serde(default)]
    pub reason: Option<String>,
    /// A test that was stopped before its time.
    #[serde(default)]
    pub stopped_early: bool,
    /// Keep it though answers are missing.
    #[serde(default)]
    pub accept_incomplete: bool,
    /// Items whose unlikely number was looked at again and is right.
    #[serde(default)]
    pub confirmed: BTreeSet<u16>,
}

impl ResponseInput {
    /// These answers as they are, on the day itself.
    pub(crate) fn of(instrument: &str, phase: Phase, answers: Answers) -> Self {
        Self {
            instrument: instrument.to_owned(),
            mode: None,
            phase,
            on: None,
            setting: TestSetting::default(),
            session: None,
            answers,
            facts: None,
            recorded: Recorded::Answered,
            reason: None,
            stopped_early: false,
            accept_incomplete: false,
            confirmed: BTreeSet::new(),
        }
    }
}

/// Why and how a response is corrected.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct CorrectionInput {
    /// What is right.
    pub right: ResponseInput,
    /// What was wrong.
    pub why: String,
}

/// Records a response under an id of the caller's choosing; one that is there already is left as it is, so that a form
/// sent twice makes one.
pub async fn record(
    app: &App,
    who: &Caller,
    citizen: CitizenId,
    id: ResponseId,
    input: ResponseInput,
) -> Result<ResponseId, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, who) = (app.now(), who.clone());
    app.store
        .write(who.scope("response.record", now), move |tx| {
            let known = Instruments::read(tx, &home.settings.instruments_off)?;
            let record = records::citizen_record(tx, citizen)?;
            record_in(tx, who.user, &known, &record, id, &input)?;
            stopbasen::after_form(tx, &home, citizen, id, now)?;
            follow_screening(tx, &home.settings.limits, citizen, &input.instrument)?;
            Ok(id)
        })
        .await
}

/// The same within a transaction.
pub(crate) fn record_in(
    tx: &mut Tx<'_>,
    who: UserId,
    known: &Instruments,
    record: &CitizenRecord,
    id: ResponseId,
    input: &ResponseInput,
) -> Result<ResponseId, AppError> {
    let before = record.responses.iter().find(|r| r.value.id == id);
    if before.is_some_and(|before| is_done(before.value.status)) {
        return Ok(id);
    }
    let instrument = known.to_answer(&input.instrument)?;
    stopbasen::refuse_without_consent(record, &instrument.id)?;
    let (citizen, today) = (record.citizen.value.id, local_date(tx.scope().at));
    let of = (instrument.id.as_str(), instrument.version);
    let empty = Response {
        course: record.open_course().map(|course| course.value.id),
        session: input.session,
        ..Response::begun(id, citizen, of, (Mode::Measured, input.phase), today, who)
    };
    let filled = filled(instrument, record, empty, input, today)?;
    let worry = outcome(instrument, record, &filled).worry;
    records::save(tx, before.map_or(0, |before| before.version), &filled)?;
    if worry {
        worry_task(tx, who, &filled)?;
    }
    Ok(id)
}

/// Ended, one way or another.
pub(super) const fn is_done(status: ResponseStatus) -> bool {
    !matches!(status, ResponseStatus::NotStarted | ResponseStatus::InProgress)
}

/// Corrects a response: the next version, with what was wrong as its reason. What was decided on another result falls
/// away, and so does its task when nothing worries any more.
pub async fn correct(
    app: &App,
    who: &Caller,
    id: ResponseId,
    version: Option<i64>,
    input: CorrectionInput,
) -> Result<(), AppError> {
    let why = said_why(&input.why)?;
    let home = app.organization(who.organization).await?;
    let (now, who) = (app.now(), who.clone());
    app.store
        .write(who.scope_because("response.correct", now, Some(why)), move |tx| {
            let known = Instruments::read(tx, &home.settings.instruments_off)?;
            let citizen = records::citizen_of(tx, "response", id.0)?;
            let record = records::citizen_record(tx, citizen)?;
            let before = record.response(id)?;
            expect(version, before.version)?;
            let was = &before.value;
            let instrument = known.find(&was.instrument, was.version).ok_or(AppError::NotFound("instrument"))?;
            let mut right = filled(instrument, &record, was.clone(), &input.right, local_date(now))?;
            let (then, is) = (outcome(instrument, &record, was), outcome(instrument, &record, &right));
            if then.route != is.route || was.score != right.score {
                right.decision = None;
            }
            records::save_if_changed(tx, before, &right)?;
            follow_worry(tx, who.user, &right, is.worry)?;
            follow_screening(tx, &home.settings.limits, citizen, &right.instrument)
        })
        .await
}

/// Marks a response as an error: it stays, and counts nowhere.
pub async fn withdraw(app: &App, who: &Caller, id: ResponseId, why: String) -> Result<(), AppError> {
    let why = said_why(&why)?;
    let now = app.now();
    app.store
        .write(who.scope_because("response.withdraw", now, Some(why)), move |tx| {
            let citizen = records::citizen_of(tx, "response", id.0)?;
            let before = records::one::<Response>(tx, citizen.0, id.0)?.ok_or(AppError::NotFound("response"))?;
            let wrong = Response { entered_in_error: true, ..before.value.clone() };
            records::save_if_changed(tx, &before, &wrong)?;
            queries::close_tablet(tx, id.0)?;
            Ok(tasks::end(tx, id.0, TaskKind::Safety, false)?)
        })
        .await
}

/// What an alcohol screening calls for, such as a decision about a notification, is there as soon as it is answered.
pub(super) fn follow_screening(
    tx: &mut Tx<'_>,
    limits: &Limits,
    citizen: CitizenId,
    instrument: &str,
) -> Result<(), AppError> {
    let at = tx.scope().at;
    if instrument == "audit" { safety::keep_in_step(tx, citizen, limits, at) } else { Ok(()) }
}

fn said_why(why: &str) -> Result<String, AppError> {
    let why = why.trim();
    if why.is_empty() {
        return Err(AppError::field("why", "required", "Skriv, hvad der var forkert."));
    }
    Ok(why.to_owned())
}

/// A response with what the input says, scored by its own version of the instrument.
fn filled(
    instrument: &Instrument,
    record: &CitizenRecord,
    empty: Response,
    input: &ResponseInput,
    today: Date,
) -> Result<Response, AppError> {
    let mode = input.mode.or_else(|| instrument.modes.first().copied()).unwrap_or(Mode::Interview);
    if !instrument.modes.contains(&mode) {
        return Err(AppError::field("mode", "mode_unknown", "Redskabet kan ikke besvares på den måde."));
    }
    let on = input.on.unwrap_or(today);
    if on > today {
        return Err(AppError::field("on", "in_the_future", "Datoen ligger i fremtiden. Ret datoen."));
    }
    let text = |text: &Option<String>| text.as_ref().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    let setting = TestSetting { place: text(&input.setting.place), equipment: text(&input.setting.equipment) };
    let reason = text(&input.reason);
    let base = Response { mode, phase: input.phase, on, setting, reason: reason.clone(), ..empty };
    let without = |status| {
        let none = Response { answers: Answers::new(), facts: None, score: None, stopped_early: false, ..base.clone() };
        match &reason {
            Some(_) => Ok(Response { status, ..none }),
            None => Err(AppError::field("reason", "required", "Skriv hvorfor.")),
        }
    };
    match input.recorded {
        Recorded::Refused => return without(ResponseStatus::Refused),
        Recorded::NotPossible => return without(ResponseStatus::NotPossible),
        Recorded::Answered => {}
    }
    if input.stopped_early && reason.is_none() {
        return Err(AppError::field("reason", "required", "Skriv, hvorfor testen blev stoppet."));
    }
    let faults = check(instrument, &input.answers);
    if let Some(fault) = faults.iter().find(|fault| !is_confirmed(fault, &input.confirmed)) {
        let message = format!("Spørgsmål {}: {}", fault.item, fault.kind.user_message());
        return Err(AppError::field("answers", "answer_rule", message));
    }
    let unknown = input.facts.iter().flatten().any(|id| !instrument.facts.iter().any(|fact| fact.id == *id));
    if unknown {
        return Err(AppError::field("facts", "fact_unknown", "En af oplysningerne hører ikke til redskabet."));
    }
    let mut response = Response {
        answers: input.answers.clone(),
        facts: input.facts.clone(),
        stopped_early: input.stopped_early,
        ..base
    };
    let outcome = outcome(instrument, record, &response);
    if !outcome.is_complete() && !input.accept_incomplete {
        return Err(AppError::field(
            "answers",
            "incomplete",
            "Der mangler svar. Udfyld dem, eller gem som ufuldstændig.",
        ));
    }
    let (complete, score) = (outcome.is_complete(), outcome.score);
    response.status = if complete { ResponseStatus::Complete } else { ResponseStatus::Incomplete };
    response.score = score;
    Ok(response)
}

pub(super) fn is_confirmed(fault: &AnswerFault, confirmed: &BTreeSet<u16>) -> bool {
    fault.kind.can_be_confirmed() && confirmed.contains(&fault.item)
}

/// What a response says, with the earlier ones of the same citizen at hand.
pub(super) fn outcome<'a>(instrument: &'a Instrument, record: &CitizenRecord, response: &Response) -> Outcome<'a> {
    let none = BTreeSet::new();
    let earlier: Vec<Earlier> = record
        .responses
        .iter()
        .map(|r| &r.value)
        .filter(|r| r.instrument == response.instrument && r.counts() && r.id != response.id && r.on <= response.on)
        .map(|r| Earlier { on: r.on, answers: r.answers.clone() })
        .collect();
    let facts = response.facts.as_ref().unwrap_or(&none);
    evaluate(instrument, &response.answers, Context { facts, on: response.on, earlier: &earlier })
}

/// Keeps the day's task in step with a result that was read anew.
pub(super) fn follow_worry(tx: &mut Tx<'_>, who: UserId, response: &Response, worry: bool) -> Result<(), AppError> {
    let open = queries::worry_owner(tx, response.id.0)?.is_some();
    match (worry && response.decision.is_none(), open) {
        (true, false) => worry_task(tx, who, response),
        (false, true) => Ok(tasks::end(tx, response.id.0, TaskKind::Safety, false)?),
        (true, true) | (false, false) => Ok(()),
    }
}

/// A worrying result is never only a number on a screen: whoever recorded it acts the same day.
fn worry_task(tx: &mut Tx<'_>, who: UserId, response: &Response) -> Result<(), AppError> {
    let owner = Owner::User(who);
    let due_on = local_date(tx.scope().at);
    let citizen = Some(response.citizen);
    let task = NewTask { citizen, subject: response.id.0, kind: TaskKind::Safety, due_on, owner: &owner, rule: RULE };
    Ok(tasks::add(tx, &task)?)
}
