//! Giving a session to a guest instructor for its day, and asking whether it is theirs. The rule is
//! [`domain::team::Session::guest_at`]; here stand who may be given one, and the transactions.

use domain::ids::{SessionId, TeamId, UserId};
use domain::permission::Permission;
use domain::team::{Guest, Session};
use jiff::Timestamp;
use serde::Deserialize;
use store::Tx;

use super::queries;
use crate::access::{self, User};
use crate::records;
use crate::{App, AppError, Caller};

/// Who is given a session.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub struct GuestInput {
    /// The user; one who reads no teams otherwise.
    #[schema(value_type = Uuid)]
    pub user: UserId,
}

/// Gives a session to somebody who reads no teams otherwise.
pub async fn invite_guest(
    app: &App,
    who: &Caller,
    id: TeamId,
    session: SessionId,
    input: GuestInput,
) -> Result<(), AppError> {
    let user = input.user;
    let (now, by) = (app.now(), who.user);
    app.store
        .write(who.scope("team.guest_invited", now), move |tx| {
            let before = queries::team(tx, id)?;
            before.value.session(session).map_err(|_| AppError::NotFound("session"))?;
            if !may_be_guests(tx)?.iter().any(|one| one.id == user) {
                return Err(AppError::field("gaest", "required", "Vælg, hvem der skal have holdgangen."));
            }
            let team = before.value.clone().invite_guest(session, Guest { user, by, at: now })?;
            records::save_if_changed(tx, &before, &team)?;
            Ok(())
        })
        .await
}

/// Takes the session back.
pub async fn send_guest_home(
    app: &App,
    who: &Caller,
    id: TeamId,
    session: SessionId,
    user: UserId,
) -> Result<(), AppError> {
    app.store
        .write(who.scope("team.guest_sent_home", app.now()), move |tx| {
            let before = queries::team(tx, id)?;
            let team = before.value.clone().send_guest_home(session, user);
            let team = team.map_err(|_| AppError::NotFound("session"))?;
            records::save_if_changed(tx, &before, &team)?;
            Ok(())
        })
        .await
}

/// Active users whom a session can be given to.
pub(super) fn may_be_guests(tx: &mut Tx<'_>) -> Result<Vec<User>, AppError> {
    let mut users = access::users_in(tx)?;
    users.retain(|user| user.active && user.role.may(Permission::GuestSession));
    // Those whose work it is first.
    users.sort_by_key(|user| !matches!(user.role, domain::permission::Role::Guest));
    Ok(users)
}

/// Who answers for what follows of a caller's attendance: whoever gave the session to a guest, otherwise the caller.
/// To somebody who has not been given it, or not any more, the session does not exist.
pub(super) fn answers_for(session: &Session, who: &Caller, now: Timestamp) -> Result<UserId, AppError> {
    if who.role.may(Permission::TeamWrite) {
        return Ok(who.user);
    }
    session.guest_at(who.user, now).map(|guest| guest.by).ok_or(AppError::NotFound("session"))
}
