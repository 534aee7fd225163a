//! Proposing a text and settling a proposal. Two people stand behind what a municipality writes to its citizens.

use domain::permission::Permission;
use domain::plain_language::health_words;
use store::Tx;
use uuid::Uuid;

use super::Texts;
use super::engine::{self, TextError};
use super::kinds::LetterKind;
use super::queries::{self, State, Version};
use crate::{App, AppError, Caller};

/// What is wrong with the two texts of a proposal, in Danish.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) letter: Option<String>,
    pub(super) sms: Option<String>,
}

impl Wrong {
    pub(super) fn is_none(&self) -> bool {
        self.letter.is_none() && self.sms.is_none()
    }
}

/// Holds both texts against their fields, and the message against what others may see.
pub(super) fn wrong(kind: &LetterKind, texts: &Texts) -> Wrong {
    let examples = kind.examples();
    let letter = engine::letter(kind, &texts.letter, &examples).err().map(|error| error.message());
    let sms = match engine::sms(kind, &texts.sms, &examples) {
        Err(error) => Some(error.message()),
        Ok(sms) => engine::told_too_much(kind, &texts.sms).as_ref().map(TextError::message).or_else(|| {
            let told = health_words(&sms);
            (!told.is_empty()).then(|| format!("En sms må ikke nævne helbred: {}.", told.join(", ")))
        }),
    };
    Wrong { letter, sms }
}

const UNCHANGED: AppError = AppError::Rule {
    code: "unchanged",
    message: "Teksten er den, der allerede gælder. Ret den, før du foreslår den.",
};

const OWN: AppError =
    AppError::Rule { code: "own_proposal", message: "En tekst godkendes af en anden end den, der har foreslået den." };

const SETTLED: AppError = AppError::Rule {
    code: "settled",
    message: "Forslaget er allerede behandlet eller afløst af et nyt. Se, hvad der gælder nu.",
};

/// Proposes a text. An earlier proposal that still waits gives way to it.
pub(super) async fn propose(app: &App, who: &Caller, kind: &'static LetterKind, texts: Texts) -> Result<(), AppError> {
    who.require(Permission::SetUp)?;
    // What cannot be filled in is told by the page; here it only must not be kept.
    if !wrong(kind, &texts).is_none() {
        return Err(AppError::Rule { code: "text", message: "Teksten kan ikke bruges, som den står." });
    }
    app.store
        .write(who.scope("letter.propose", app.now()), move |tx| {
            let at = tx.scope().at;
            let holds = queries::in_force(tx, kind, at)?.unwrap_or_else(|| Texts::ours(kind));
            if holds == texts {
                return Err(UNCHANGED);
            }
            if let Some(waiting) = current(tx, kind, State::Proposed)? {
                queries::replace(tx, waiting.id)?;
            }
            let id = queries::propose(tx, kind, &texts)?;
            tx.note(&format!("letter_text/{id}/{}", kind.word));
            Ok(())
        })
        .await
}

/// Approves a proposal: it holds from now on. Never one's own.
pub(super) async fn approve(app: &App, who: &Caller, kind: &'static LetterKind, id: Uuid) -> Result<(), AppError> {
    who.require(Permission::SetUp)?;
    let me = who.user;
    app.store
        .write(who.scope("letter.approve", app.now()), move |tx| {
            let proposal = waiting(tx, kind, id)?;
            if proposal.by == me {
                return Err(OWN);
            }
            if let Some(holds) = current(tx, kind, State::Approved)? {
                queries::replace(tx, holds.id)?;
            }
            queries::settle(tx, id, State::Approved, None)?;
            tx.note(&format!("letter_text/{id}/{}", kind.word));
            Ok(())
        })
        .await
}

/// Refuses a proposal, or takes one's own back.
pub(super) async fn refuse(
    app: &App,
    who: &Caller,
    kind: &'static LetterKind,
    id: Uuid,
    reason: String,
) -> Result<(), AppError> {
    who.require(Permission::SetUp)?;
    app.store
        .write(who.scope_because("letter.refuse", app.now(), Some(reason.clone())), move |tx| {
            waiting(tx, kind, id)?;
            queries::settle(tx, id, State::Refused, Some(reason.trim()).filter(|reason| !reason.is_empty()))?;
            tx.note(&format!("letter_text/{id}/{}", kind.word));
            Ok(())
        })
        .await
}

/// The proposal with this id, while it waits.
fn waiting(tx: &mut Tx<'_>, kind: &LetterKind, id: Uuid) -> Result<Version, AppError> {
    let all = queries::versions(tx, Some(kind))?;
    let found = all.into_iter().find(|version| version.id == id).ok_or(AppError::NotFound("letter text"))?;
    if found.state == State::Proposed { Ok(found) } else { Err(SETTLED) }
}

fn current(tx: &mut Tx<'_>, kind: &LetterKind, state: State) -> Result<Option<Version>, AppError> {
    Ok(queries::versions(tx, Some(kind))?.into_iter().find(|version| version.state == state))
}
