//! All SQL about the texts of letters. No citizen is in them.

use domain::ids::UserId;
use jiff::Timestamp;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::Texts;
use super::kinds::LetterKind;
use crate::ids;

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Proposed,
    Approved,
    Replaced,
    Refused,
}

const STATES: [(State, &str); 4] = [
    (State::Proposed, "proposed"),
    (State::Approved, "approved"),
    (State::Replaced, "replaced"),
    (State::Refused, "refused"),
];

impl State {
    fn word(self) -> &'static str {
        STATES.into_iter().find(|(state, _)| *state == self).map_or("", |(_, word)| word)
    }

    fn parse(word: &str) -> Result<Self, StoreError> {
        let found = STATES.into_iter().find(|(_, of)| *of == word);
        found.map(|(state, _)| state).ok_or(StoreError::Unreadable { what: "letter_text" })
    }
}

/// A text that was proposed, and what became of it.
#[derive(Debug, Clone)]
pub(super) struct Version {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) texts: Texts,
    pub(super) state: State,
    pub(super) by: UserId,
    /// Initials.
    pub(super) by_whom: String,
    pub(super) at: Timestamp,
    /// Initials and when.
    pub(super) settled: Option<(String, Timestamp)>,
    pub(super) reason: Option<String>,
}

/// Every text that was ever proposed, the newest first; of one kind when it is said.
pub(super) fn versions(tx: &mut Tx<'_>, kind: Option<&LetterKind>) -> Result<Vec<Version>, StoreError> {
    const SQL: &str = "select t.id, t.kind, t.letter, t.sms, t.state, t.proposed_by, p.initials, t.proposed_at,
            s.initials, t.settled_at, t.reason
        from letter_text t
        left join user_account p on p.organization = $1 and p.id = t.proposed_by
        left join user_account s on s.organization = $1 and s.id = t.settled_by
        where t.organization = $1 and t.kind = coalesce($2, t.kind) order by t.proposed_at desc, t.id desc";
    tx.query(SQL, &[kind.map(|kind| kind.word).into()], |row| {
        let (id, kind) = (row.take()?, row.take()?);
        let texts = Texts { letter: row.take()?, sms: row.take()? };
        let state = State::parse(&row.take::<String>()?)?;
        let (by, by_whom, at) = (UserId(row.take()?), row.take::<Option<_>>()?.unwrap_or_default(), row.take()?);
        let (who, when): (Option<String>, Option<Timestamp>) = (row.take()?, row.take()?);
        let settled = when.map(|when| (who.unwrap_or_default(), when));
        Ok(Version { id, kind, texts, state, by, by_whom, at, settled, reason: row.take()? })
    })
}

/// The municipality's own text that held at a time.
pub(super) fn in_force(tx: &mut Tx<'_>, kind: &LetterKind, at: Timestamp) -> Result<Option<Texts>, StoreError> {
    const SQL: &str = "select letter, sms from letter_text where organization = $1 and kind = $2
        and state in ('approved', 'replaced') and settled_at <= $3 and (ended_at is null or ended_at > $3)";
    tx.first(SQL, &[kind.word.into(), at.into()], |row| Ok(Texts { letter: row.take()?, sms: row.take()? }))
}

/// Keeps a proposal.
pub(super) fn propose(tx: &mut Tx<'_>, kind: &LetterKind, texts: &Texts) -> Result<Uuid, StoreError> {
    const SQL: &str = "insert into letter_text (organization, id, kind, letter, sms, state, proposed_by, proposed_at)
        values ($1, $2, $3, $4, $5, 'proposed', $6, $7)";
    let (at, actor) = (tx.scope().at, tx.scope().actor);
    let id: Uuid = ids::new(at);
    let texts = (texts.letter.as_str(), texts.sms.as_str());
    tx.execute(SQL, &[id.into(), kind.word.into(), texts.0.into(), texts.1.into(), actor.into(), at.into()])?;
    Ok(id)
}

/// Approves or refuses a proposal.
pub(super) fn settle(tx: &mut Tx<'_>, id: Uuid, state: State, reason: Option<&str>) -> Result<(), StoreError> {
    const SQL: &str = "update letter_text set state = $3, settled_by = $4, settled_at = $5, reason = $6
        where organization = $1 and id = $2";
    let (at, actor) = (tx.scope().at, tx.scope().actor);
    tx.execute(SQL, &[id.into(), state.word().into(), actor.into(), at.into(), reason.into()])?;
    Ok(())
}

/// Lets a text give way to another; who approved it and when stands.
pub(super) fn replace(tx: &mut Tx<'_>, id: Uuid) -> Result<(), StoreError> {
    const SQL: &str = "update letter_text set state = 'replaced', ended_at = $3 where organization = $1 and id = $2";
    let at = tx.scope().at;
    tx.execute(SQL, &[id.into(), at.into()])?;
    Ok(())
}
