//! Saving a question, changing it, taking it away. Each is a version: who and when stay.

use analysis::Question;
use domain::permission::Permission;
use domain::workdays::local_date;
use store::{Tx, Versioned};
use uuid::Uuid;

use super::queries;
use super::saved::SavedQuestion;
use crate::{App, AppError, Caller, ids, records};

/// Letters of a name.
const LONGEST_NAME: usize = 120;

/// What is saved.
#[derive(Debug, Clone)]
pub struct QuestionInput {
    /// What it is called.
    pub name: String,
    /// Colleagues see it too.
    pub shared: bool,
    /// It is answered by itself.
    pub monthly: bool,
    /// What is asked.
    pub question: Question,
}

/// Saves a question: a new one, or the next version of an own one with the version that was read.
///
/// # Errors
///
/// The name is missing or too long, the question cannot be asked, it is somebody else's, a colleague was first.
pub async fn save(app: &App, who: &Caller, of: Option<(Uuid, i64)>, input: QuestionInput) -> Result<Uuid, AppError> {
    who.require(Permission::QualityRead)?;
    let name = input.name.trim().to_owned();
    if name.is_empty() {
        return Err(AppError::field("navn", "missing", "Skriv et navn."));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(AppError::field("navn", "too_long", format!("Skriv højst {LONGEST_NAME} tegn.")));
    }
    input.question.asked().map_err(|error| AppError::field(error.field(), "question", error.user_message()))?;
    let (owner, on, fresh) = (who.user, local_date(app.now()), ids::new(app.now()));
    app.store
        .write(who.scope("question.save", app.now()), move |tx| {
            let before = match of {
                Some((id, version)) => own(tx, id, version, owner)?,
                None => Versioned {
                    version: 0,
                    value: SavedQuestion {
                        id: fresh,
                        name: String::new(),
                        owner,
                        shared: false,
                        monthly: false,
                        question: Question::default(),
                        made_on: on,
                        withdrawn_on: None,
                    },
                },
            };
            if before.value.question != input.question && before.version > 0 {
                // What was kept answers another question.
                queries::forget(tx, before.value.id)?;
            }
            let QuestionInput { shared, monthly, question, .. } = input;
            let after = SavedQuestion { name, shared, monthly, question, ..before.value.clone() };
            records::save_if_changed(tx, &before, &after)?;
            Ok::<_, AppError>(after.id)
        })
        .await
}

/// Takes an own question away, and the answers that were kept of it.
///
/// # Errors
///
/// It is not there or somebody else's, a colleague was first.
pub async fn withdraw(app: &App, who: &Caller, id: Uuid, version: i64) -> Result<(), AppError> {
    who.require(Permission::QualityRead)?;
    let (owner, on) = (who.user, local_date(app.now()));
    app.store
        .write(who.scope("question.withdraw", app.now()), move |tx| {
            let before = own(tx, id, version, owner)?;
            let after = SavedQuestion { withdrawn_on: Some(on), ..before.value.clone() };
            records::save(tx, before.version, &after)?;
            queries::forget(tx, id)?;
            Ok::<_, AppError>(())
        })
        .await
}

/// A question of one's own, of the version that was read.
fn own(
    tx: &mut Tx<'_>,
    id: Uuid,
    version: i64,
    owner: domain::ids::UserId,
) -> Result<Versioned<SavedQuestion>, AppError> {
    let found = records::one::<SavedQuestion>(tx, Uuid::nil(), id)?.filter(|one| one.value.withdrawn_on.is_none());
    let found = found.filter(|one| one.value.is_seen_by(owner)).ok_or(AppError::NotFound("question"))?;
    if found.value.owner != owner {
        let message = "Spørgsmålet er en kollegas. Gem det som dit eget.";
        return Err(AppError::Rule { code: "not_own", message });
    }
    records::expect(version, found.version)?;
    Ok(found)
}
