//! One record by its id, and whose a thing is.

use domain::ids::CitizenId;
use store::{StoreError, Tx, Versioned};
use uuid::Uuid;

use super::load::Kept;
use super::{Record, versioned};
use crate::AppError;

/// One record of a citizen, or of nobody with the nil id; of what was read already, where it was.
pub fn one<R: Record>(tx: &mut Tx<'_>, citizen: Uuid, id: Uuid) -> Result<Option<Versioned<R>>, StoreError> {
    if citizen.is_nil() {
        return one_of_nobody(tx, id);
    }
    match tx.kept(citizen).map(Kept::now) {
        Some(record) => Ok(R::found(id, &record)),
        None => read_one(tx, citizen, id),
    }
}

/// A team is asked for with each thing that happens on it: it is read once, and what is saved takes its place.
fn one_of_nobody<R: Record>(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Versioned<R>>, StoreError> {
    if let Some(kept) = tx.kept::<Versioned<R>>(id).cloned() {
        debug_assert!(
            read_one(tx, Uuid::nil(), id)?.is_some_and(|read| same(&read, &kept)),
            "what took its place is what was saved"
        );
        return Ok(Some(kept));
    }
    let found = read_one::<R>(tx, Uuid::nil(), id)?;
    if let Some(found) = &found {
        tx.keep(id, found.clone());
    }
    Ok(found)
}

fn same<R: Record>(one: &Versioned<R>, other: &Versioned<R>) -> bool {
    let text = |record: &R| serde_json::to_string(record).ok();
    one.version == other.version && text(&one.value) == text(&other.value)
}

fn read_one<R: Record>(tx: &mut Tx<'_>, citizen: Uuid, id: Uuid) -> Result<Option<Versioned<R>>, StoreError> {
    const SQL: &str = "select version, content from record_version
        where organization = $1 and citizen = $2 and kind = $3 and id = $4 order by version desc limit 1";
    tx.first(SQL, &[citizen.into(), R::KIND.into(), id.into()], versioned)
}

/// Whose a thing is, by its id; the table is one of those that carry a citizen.
pub fn citizen_of(tx: &mut Tx<'_>, what: &'static str, id: Uuid) -> Result<CitizenId, AppError> {
    let sql = match what {
        "service_request" => "select citizen from service_request where organization = $1 and id = $2",
        "course" => "select citizen from course where organization = $1 and id = $2",
        "care_plan" => "select citizen from care_plan where organization = $1 and id = $2",
        "planned_intervention" => "select citizen from planned_intervention where organization = $1 and id = $2",
        "encounter" => "select citizen from encounter where organization = $1 and id = $2",
        "appointment" => "select citizen from appointment where organization = $1 and id = $2",
        "response" => "select citizen from response where organization = $1 and id = $2",
        "bridge" => "select citizen from bridge where organization = $1 and id = $2",
        // A yes has had a task since it was decided.
        "notification" => {
            "select citizen from task where organization = $1 and subject = $2 and kind = 'send_notification'
                and citizen is not null limit 1"
        }
        "coordination" => "select citizen from coordination where organization = $1 and id = $2",
        // Each has had a task since it was agreed; done ones are kept.
        "follow_up" => {
            "select citizen from task where organization = $1 and subject = $2 and kind = 'follow_up'
                and citizen is not null limit 1"
        }
        "condition" => "select citizen from condition where organization = $1 and id = $2",
        _ => "select id from citizen where organization = $1 and id = $2",
    };
    let found = tx.first(sql, &[id.into()], |r| r.take::<Uuid>())?;
    found.map(CitizenId).ok_or(AppError::NotFound(what))
}
