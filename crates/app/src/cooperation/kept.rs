//! What is kept of the cooperation: read whole from the versions, changed one version at a time, struck and never deleted.

use domain::cooperation::{ConsultantNote, Estimate, Meeting, PackSchedule, PracticeNews, Struck};
use domain::ids::UserId;
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::Timestamp;
use store::{Seen, StoreError, Tx, Versioned};
use uuid::Uuid;

use crate::access::{self, User};
use crate::records::{self, Record};
use crate::{App, AppError, Caller};

/// A record of the cooperation.
pub(crate) trait Kept: Record + PartialEq + Clone {
    /// That it was struck.
    fn struck(&self) -> Option<&Struck>;
    /// The same, struck.
    fn strike(self, struck: Struck) -> Self;
}

macro_rules! kept {
    ($($type:ty),+) => {$(
        impl Kept for $type {
            fn struck(&self) -> Option<&Struck> {
                self.struck.as_ref()
            }
            fn strike(self, struck: Struck) -> Self {
                Self { struck: Some(struck), ..self }
            }
        }
    )+};
}
kept!(Meeting, ConsultantNote, PracticeNews, Estimate, PackSchedule);

/// All that were not struck, in the order they came into being.
pub(crate) fn all<R: Kept>(tx: &mut Tx<'_>) -> Result<Vec<Versioned<R>>, StoreError> {
    let found = records::of_nobody::<R>(tx)?;
    Ok(found.into_iter().filter(|it| it.value.struck().is_none()).collect())
}

/// One that was not struck.
pub(super) fn one<R: Kept>(tx: &mut Tx<'_>, id: Uuid) -> Result<Versioned<R>, AppError> {
    let found = records::one::<R>(tx, Uuid::nil(), id)?;
    found.filter(|it| it.value.struck().is_none()).ok_or(AppError::NotFound(R::KIND))
}

/// A version of one, as it was written.
pub(super) struct Written<R> {
    pub(super) version: i64,
    pub(super) value: R,
    pub(super) at: Timestamp,
    /// Title and initials.
    pub(super) by: String,
}

/// The newest versions of one that was not struck, the newest first: two queries.
///
/// # Errors
///
/// There is none of that id here.
pub(super) async fn versions<R: Kept + Send + 'static>(
    app: &App,
    who: &Caller,
    action: &'static str,
    id: Uuid,
) -> Result<Vec<Written<R>>, AppError> {
    const SQL: &str = "select version, at, actor, content from record_version
        where organization = $1 and citizen = $2 and kind = $3 and id = $4 order by version desc limit 20";
    let read = move |tx: &mut Tx<'_>| {
        let users = access::users_in(tx)?;
        let found = tx.query(SQL, &[Uuid::nil().into(), R::KIND.into(), id.into()], |row| {
            let (version, at, actor) = (row.take()?, row.take()?, UserId(row.take()?));
            Ok(Written { version, at, by: name(&users, actor), value: records::content::<R>(row)? })
        })?;
        Ok::<_, AppError>(Seen::nothing(found))
    };
    let found = app.store.view(who.scope(action, app.now()), read).await?;
    if found.first().is_none_or(|newest| newest.value.struck().is_some()) {
        return Err(AppError::NotFound(R::KIND));
    }
    Ok(found)
}

/// What the program did itself says so.
fn name(users: &[User], actor: UserId) -> String {
    if actor.0.is_nil() { "Forebyg".to_owned() } else { access::name_of(users, actor) }
}

/// Stores something new.
pub(crate) async fn add<R: Kept + Send + 'static>(
    app: &App,
    who: &Caller,
    action: &'static str,
    new: R,
) -> Result<Uuid, AppError> {
    who.require(Permission::Cooperation)?;
    app.store
        .write(who.scope(action, app.now()), move |tx| {
            records::add(tx, &new)?;
            Ok::<_, AppError>(new.id())
        })
        .await
}

/// Changes one: what it said before stays. Without a version the change builds on whatever is there.
///
/// # Errors
///
/// There is none of that id here, a colleague was first, or the change is refused.
pub(crate) async fn change<R: Kept + Send + 'static>(
    app: &App,
    who: &Caller,
    (action, reason): (&'static str, Option<String>),
    (id, version): (Uuid, Option<i64>),
    change: impl FnOnce(&mut Tx<'_>, R) -> Result<R, AppError> + Send + 'static,
) -> Result<i64, AppError> {
    who.require(Permission::Cooperation)?;
    app.store
        .write(who.scope_because(action, app.now(), reason), move |tx| {
            let before = one::<R>(tx, id)?;
            records::expect(version, before.version)?;
            let after = change(tx, before.value.clone())?;
            Ok(records::save_if_changed(tx, &before, &after)?)
        })
        .await
}

/// Strikes one with a reason.
///
/// # Errors
///
/// As [`change`]; no reason is given.
pub(super) async fn strike<R: Kept + Send + 'static>(
    app: &App,
    who: &Caller,
    action: &'static str,
    of: (Uuid, Option<i64>),
    reason: &str,
) -> Result<i64, AppError> {
    let struck = struck(app, who, reason)?;
    let said = Some(struck.reason.clone());
    change(app, who, (action, said), of, move |_, it: R| Ok(it.strike(struck))).await
}

/// Why, by whom and when something is struck.
pub(crate) fn struck(app: &App, who: &Caller, reason: &str) -> Result<Struck, AppError> {
    let reason = reason.trim();
    if !(1..=domain::cooperation::LINE_MOST).contains(&reason.chars().count()) {
        return Err(AppError::field("hvorfor", "reason_missing", "Skriv hvorfor, højst 200 tegn."));
    }
    Ok(Struck { reason: reason.to_owned(), by: who.user, on: local_date(app.now()) })
}

/// A text as it is kept; none when nothing was said.
pub(super) fn said(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}
