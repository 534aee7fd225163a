//! The citizen answers on a screen: the staff member is logged out of it, and a random word in a cookie opens this one
//! response and nothing else, for two hours or until it is answered. The table holds only the word's hash.

use domain::ids::{CitizenId, ResponseId, UserId};
use domain::response::{Answers, Mode, Phase, Response, ResponseStatus, TestSetting};
use domain::workdays::local_date;
use instruments::{Context, Instrument, evaluate};
use jiff::{SignedDuration, Timestamp};
use store::{Scope, Seen, Tx, sha256_hex};

use super::commands::{is_done, record_in};
use super::queries::{self, Turn};
use super::{Instruments, Recorded, ResponseInput};
use crate::access::random_word;
use crate::records::{self, Record};
use crate::{App, AppError, Caller, ids, stopbasen};

/// How long the screen stays with the citizen.
const OPEN: SignedDuration = SignedDuration::from_hours(2);

/// What the browser of the tablet keeps: the organization and the word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pass {
    organization: i64,
    word: String,
}

impl Pass {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (organization, word) = text.split_once('.')?;
        Some(Self { organization: organization.parse().ok()?, word: word.to_owned() })
            .filter(|pass| pass.word.len() >= 32)
    }

    pub(super) fn text(&self) -> String {
        format!("{}.{}", self.organization, self.word)
    }

    fn hash(&self) -> String {
        sha256_hex(self.word.as_bytes())
    }

    pub(super) const fn organization(&self) -> i64 {
        self.organization
    }

    /// The frame of what the citizen does, in the name of whoever handed the screen over.
    fn scope(&self, actor: uuid::Uuid, at: Timestamp) -> Scope {
        Scope {
            actor,
            reason: Some("Borgeren svarede selv".to_owned()),
            ..Scope::system(self.organization, at, "response.tablet")
        }
    }
}

/// Opens an instrument to the citizen.
pub(super) async fn hand_over(
    app: &App,
    who: &Caller,
    citizen: CitizenId,
    instrument: String,
) -> Result<Pass, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, who) = (app.now(), who.clone());
    let pass = Pass { organization: who.organization, word: random_word() };
    let hash = pass.hash();
    app.store
        .write(who.scope("response.hand_over", now), move |tx| {
            let known = Instruments::read(tx, &home.settings.instruments_off)?;
            let record = records::citizen_record(tx, citizen)?;
            let instrument = known.to_answer(&instrument)?;
            stopbasen::refuse_without_consent(&record, &instrument.id)?;
            if !instrument.modes.contains(&Mode::CitizenSelf) {
                return Err(AppError::Rule {
                    code: "not_by_citizen",
                    message: "Redskabet besvares ikke af borgeren selv.",
                });
            }
            let course = record.open_course().map(|course| course.value.id);
            let own = |r: &&store::Versioned<Response>| {
                r.value.instrument == instrument.id && r.value.course == course && r.value.phase == Phase::Start
            };
            let started = instrument.pair && record.responses.iter().filter(own).any(|r| r.value.counts());
            let of = (instrument.id.as_str(), instrument.version);
            let how = (Mode::CitizenSelf, if started { Phase::End } else { Phase::Start });
            let response =
                Response { course, ..Response::begun(ids::new(now), citizen, of, how, local_date(now), who.user) };
            records::add(tx, &response)?;
            let turn = Turn { citizen: citizen.0, response: response.id.0, made_by: who.user.0 };
            Ok(queries::open_tablet(tx, &hash, &turn, now + OPEN)?)
        })
        .await?;
    Ok(pass)
}

/// What lies before the citizen.
pub(super) struct Laid {
    pub(super) instrument: Instrument,
    pub(super) answers: Answers,
}

impl Laid {
    /// The items that are asked, by what is answered so far.
    pub(super) fn asked(&self) -> Vec<u16> {
        let none = std::collections::BTreeSet::new();
        let context = Context { facts: &none, on: jiff::civil::Date::MIN, earlier: &[] };
        let skipped = evaluate(&self.instrument, &self.answers, context).not_asked;
        self.instrument.items.iter().map(|item| item.no).filter(|no| !skipped.contains(no)).collect()
    }
}

/// What the word opens; none when it opens nothing any more. Only what the citizen answered is read, so nobody has looked
/// into a record.
pub(super) async fn laid(app: &App, pass: &Pass) -> Result<Option<Laid>, AppError> {
    let (now, hash) = (app.now(), pass.hash());
    let read = move |tx: &mut Tx<'_>| {
        let Some((_, response)) = open(tx, &hash, now)? else { return Ok(Seen::nothing(None)) };
        let known = Instruments::read(tx, &std::collections::BTreeSet::new())?;
        let Response { instrument, version, answers, .. } = response.value;
        let instrument = known.find(&instrument, version).cloned().ok_or(AppError::NotFound("instrument"))?;
        Ok::<_, AppError>(Seen::nothing(Some(Laid { instrument, answers })))
    };
    app.store.view(Scope::system(pass.organization, now, "response.tablet"), read).await
}

/// The response that a word opens, while it is not ended.
fn open(tx: &mut Tx<'_>, hash: &str, now: Timestamp) -> Result<Option<(Turn, store::Versioned<Response>)>, AppError> {
    let Some(turn) = queries::turn(tx, hash, now)? else { return Ok(None) };
    let response = records::one::<Response>(tx, turn.citizen, turn.response)?;
    let response = response.ok_or(AppError::NotFound(Response::KIND))?;
    Ok((!is_done(response.value.status) && !response.value.entered_in_error).then_some((turn, response)))
}

/// Keeps the answers so far; those to questions that are not asked any more fall away.
pub(super) async fn keep(app: &App, pass: &Pass, answers: Answers) -> Result<(), AppError> {
    let (now, hash, pass) = (app.now(), pass.hash(), pass.clone());
    let actor = made_by(app, &pass).await?;
    app.store
        .write(pass.scope(actor, now), move |tx| {
            let (_, before) = open(tx, &hash, now)?.ok_or(AppError::NotFound("tablet"))?;
            let after = Response { answers, status: ResponseStatus::InProgress, ..before.value.clone() };
            records::save_if_changed(tx, &before, &after).map(|_| ()).map_err(AppError::from)
        })
        .await
}

/// Ends it, complete or not, and shuts the screen.
pub(super) async fn finish(app: &App, pass: &Pass) -> Result<(), AppError> {
    let home = app.organization(pass.organization).await?;
    let (now, hash, pass) = (app.now(), pass.hash(), pass.clone());
    let actor = made_by(app, &pass).await?;
    app.store
        .write(pass.scope(actor, now), move |tx| {
            let (turn, before) = open(tx, &hash, now)?.ok_or(AppError::NotFound("tablet"))?;
            let known = Instruments::read(tx, &home.settings.instruments_off)?;
            let record = records::citizen_record(tx, CitizenId(turn.citizen))?;
            let was = before.value;
            let input = ResponseInput {
                instrument: was.instrument.clone(),
                mode: Some(was.mode),
                phase: was.phase,
                on: Some(was.on),
                setting: TestSetting::default(),
                session: None,
                // An unlikely number was asked about on the screen.
                confirmed: was.answers.keys().copied().collect(),
                answers: was.answers,
                facts: None,
                recorded: Recorded::Answered,
                reason: None,
                stopped_early: false,
                accept_incomplete: true,
            };
            record_in(tx, UserId(turn.made_by), &known, &record, ResponseId(turn.response), &input)?;
            Ok(queries::close_tablet(tx, turn.response)?)
        })
        .await
}

/// Who handed the screen over.
async fn made_by(app: &App, pass: &Pass) -> Result<uuid::Uuid, AppError> {
    let (now, hash) = (app.now(), pass.hash());
    let read = move |tx: &mut Tx<'_>| {
        let turn = queries::turn(tx, &hash, now)?.ok_or(AppError::NotFound("tablet"))?;
        Ok::<_, AppError>(Seen::nothing(turn.made_by))
    };
    app.store.view(Scope::system(pass.organization, now, "response.tablet"), read).await
}
