//! Who may hold what: shown where somebody without the competence would else be stuck.

use domain::competence::Competence;
use domain::ids::UserId;
use domain::permission::Role;
use store::Tx;

use crate::{AppError, Caller, calendar};

/// A colleague who may.
pub(crate) struct Colleague {
    pub(crate) id: UserId,
    /// "Diætist MB".
    pub(crate) label: String,
}

/// Everybody with a competence: one query.
pub(crate) fn may_hold(tx: &mut Tx<'_>, competence: Competence) -> Result<Vec<Colleague>, AppError> {
    let all = calendar::holders(tx, competence)?;
    Ok(all.into_iter().map(|(id, label)| Colleague { id, label }).collect())
}

/// Refuses that somebody without the competence gives diet treatment (KS-7.5-03). Another system answers for its own people,
/// and so does a supplier: its agreement was asked when the intervention was given.
pub(crate) fn must_hold(tx: &mut Tx<'_>, who: &Caller) -> Result<(), AppError> {
    let competence = Competence::ClinicalDietitian;
    let may = matches!(who.role, Role::System | Role::Supplier)
        || may_hold(tx, competence)?.iter().any(|colleague| colleague.id == who.user);
    if may {
        return Ok(());
    }
    let message =
        "Diætbehandling gives af en klinisk diætist. Book en tid hos en, der kan. Andre må gerne vejlede om kost.";
    Err(AppError::Rule { code: "dietitian_only", message })
}
