//! What is typed during a talk, kept field by field until the talk is ended.
//!
//! Two people may write in one talk. Each save says up to which step its writer had seen the draft; a field that
//! somebody else changed after that is not overwritten but given back, so that both texts can be read.

use std::collections::BTreeMap;

use domain::ids::{CitizenId, PlannedInterventionId, UserId};
use jiff::Timestamp;
use store::{StoreError, Tx};

use super::fields;
use super::page::Loaded;
use crate::records::{self, CitizenRecord};
use crate::{App, AppError, Caller};

/// Longest text of a field, in characters: some fifteen pages.
pub(super) const LONGEST: usize = 40_000;

/// A field as it was last saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Saved {
    pub(super) text: String,
    pub(super) step: i64,
    pub(super) by: UserId,
    pub(super) at: Timestamp,
}

/// All that is saved of a talk, by field.
pub(super) type Draft = BTreeMap<String, Saved>;

/// The fields that a writer changed.
pub(super) struct Change {
    /// The last step they had seen.
    pub(super) seen: i64,
    /// What they want to stand there.
    pub(super) texts: BTreeMap<String, String>,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// The step of the draft now.
    pub(super) step: i64,
    /// When it was saved.
    pub(super) at: Timestamp,
    /// Fields that others saved since the writer last looked, the refused ones among them.
    pub(super) others: BTreeMap<String, Saved>,
    /// Fields that both wrote in: the other's text stands.
    pub(super) refused: Vec<String>,
}

/// Reads the draft of a talk: one query.
pub(super) fn read(tx: &mut Tx<'_>, talk: PlannedInterventionId) -> Result<Draft, StoreError> {
    const SQL: &str =
        "select field, text, step, saved_by, saved_at from talk_draft where organization = $1 and talk = $2";
    let rows = tx.query(SQL, &[talk.0.into()], |r| {
        Ok((r.take()?, Saved { text: r.take()?, step: r.take()?, by: UserId(r.take()?), at: r.take()? }))
    })?;
    Ok(rows.into_iter().collect())
}

/// The newest step of a draft; 0 when nothing was saved.
pub(super) fn step(draft: &Draft) -> i64 {
    draft.values().map(|saved| saved.step).max().unwrap_or(0)
}

/// Saves what was typed since, in a talk that is still open; gives the talk as it stands then.
pub(super) async fn save(
    app: &App,
    who: &Caller,
    talk: PlannedInterventionId,
    change: Change,
) -> Result<(Kept, Loaded), AppError> {
    check(&change.texts)?;
    let (now, by) = (app.now(), who.user);
    let work = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "planned_intervention", talk.0)?;
        tx.lock(&format!("talk {talk}"))?;
        let record = records::citizen_record(tx, citizen)?;
        open_talk(&record, talk)?;
        let kept = keep(tx, citizen, talk, &change, (by, now))?;
        let planned = record.intervention(talk)?.value.clone();
        let draft = read(tx, talk)?;
        Ok((kept, Loaded::with(tx, record, planned, draft)?))
    };
    app.store.write(who.scope("talk.draft", now), work).await
}

/// Refuses what no form of ours sends, and texts without end.
fn check(texts: &BTreeMap<String, String>) -> Result<(), AppError> {
    if let Some(field) = texts.keys().find(|field| !fields::known(field)) {
        tracing::debug!(length = field.len(), "an unknown field of a talk");
        return Err(AppError::Unreadable("form"));
    }
    if texts.values().any(|text| text.chars().count() > LONGEST) {
        let text = "Teksten er for lang til at blive gemt. Del den i to felter, eller gør den kortere.";
        return Err(AppError::field("tekst", "too_long", text));
    }
    Ok(())
}

/// A talk that can still be written in.
pub(super) fn open_talk(record: &CitizenRecord, talk: PlannedInterventionId) -> Result<(), AppError> {
    let planned = &record.intervention(talk)?.value;
    if !super::has_page(planned.code) {
        return Err(AppError::Rule {
            code: "not_a_talk",
            message: "Indsatsen er ikke en afklarende samtale eller en behovssamtale.",
        });
    }
    if !planned.status.is_open() {
        return Err(AppError::Rule { code: "talk_ended", message: "Samtalen er afsluttet. Ret den i journalen." });
    }
    Ok(())
}

/// Writes the fields that nobody else has written in since; the others are given back.
fn keep(
    tx: &mut Tx<'_>,
    citizen: CitizenId,
    talk: PlannedInterventionId,
    change: &Change,
    (by, at): (UserId, Timestamp),
) -> Result<Kept, AppError> {
    const SQL: &str = "insert into talk_draft (organization, talk, field, citizen, text, step, saved_by, saved_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (organization, talk, field) do update set
            text = excluded.text, step = excluded.step, saved_by = excluded.saved_by, saved_at = excluded.saved_at";
    let before = read(tx, talk)?;
    let mut step = step(&before);
    let next = step + 1;
    let mut refused = Vec::new();
    for (field, text) in &change.texts {
        match before.get(field) {
            Some(saved) if saved.text == *text => {}
            None if text.is_empty() => {}
            Some(saved) if saved.step > change.seen => refused.push(field.clone()),
            _ => {
                step = next;
                let values =
                    [talk.0.into(), field.into(), citizen.0.into(), text.into(), next.into(), by.0.into(), at.into()];
                tx.execute(SQL, &values)?;
            }
        }
    }
    if step == next {
        tx.note(&format!("talk_draft {talk} {next}"));
    }
    let newer = |(field, saved): (String, Saved)| {
        let mine = change.texts.get(&field).is_some_and(|text| *text == saved.text);
        (saved.step > change.seen && !mine && (refused.contains(&field) || !change.texts.contains_key(&field)))
            .then_some((field, saved))
    };
    let others = before.into_iter().filter_map(newer).collect();
    Ok(Kept { step, at, others, refused })
}

/// The draft has become record.
pub(crate) fn forget(tx: &mut Tx<'_>, talk: PlannedInterventionId) -> Result<(), StoreError> {
    const SQL: &str = "delete from talk_draft where organization = $1 and talk = $2";
    tx.execute(SQL, &[talk.0.into()]).map(drop)
}

/// Refuses to end a talk that somebody wrote in after it was read.
pub(crate) fn same_step(tx: &mut Tx<'_>, talk: PlannedInterventionId, seen: i64) -> Result<(), AppError> {
    let found = step(&read(tx, talk)?);
    if found == seen { Ok(()) } else { Err(AppError::Changed { expected: seen, found }) }
}
